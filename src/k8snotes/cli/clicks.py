"""Click in the reader's language: its own words, the help of commands, and how wide that is.

Click asks gettext for its words, and gettext the environment for the language.
"""

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import TypeVar

import click

from k8snotes.speech import DOMAIN, LOCALE, _, language

NARROWEST, GUTTER = 20, 2  # cells
Command = TypeVar("Command", bound=click.Command)


@contextmanager
def clicks_own_words() -> Iterator[None]:
    """Has click speak the reader's language as well."""
    if language() == "en":
        yield
        return
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def in_language(command: Command) -> Command:
    """The command with its help in the language that is spoken."""
    said = copy(command)
    said.params = [_parameter(param) for param in command.params]
    said._help_option = None  # click keeps it, in the language of its first call
    if language() == "en":
        return said
    said.context_class = WideContext
    said.help = _(paragraphs(command.help or ""))
    said.epilog = _(command.epilog) if command.epilog else None
    if command.options_metavar:
        said.options_metavar = _(command.options_metavar)
    if isinstance(said, click.Group):
        said.subcommand_metavar = _(said.subcommand_metavar)
    return said


def words_of(command: click.Command) -> Iterator[str]:
    """All that the help of a command says, as it is written."""
    yield from filter(None, [paragraphs(command.help or ""), command.epilog, command.options_metavar])
    if isinstance(command, click.Group):
        yield command.subcommand_metavar
    for param in command.params:
        yield from filter(None, [getattr(param, "help", None), _metavar(param)])


def paragraphs(text: str) -> str:
    """A docstring with each paragraph on a line of its own."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _parameter(param: click.Parameter) -> click.Parameter:
    said = copy(param)
    if isinstance(said, click.Option) and said.help:
        said.help = _(said.help)
    if metavar := _metavar(param):
        said.metavar = _(metavar)
    return said


def _metavar(param: click.Parameter) -> str | None:
    if isinstance(param, click.Argument) and not isinstance(param.type, click.Choice):
        return param.metavar or (param.name or "").upper()
    return param.metavar


def cells(text: str) -> int:
    from k8snotes.render import wrap  # English help needs none

    return wrap.cells(text)


class Columns(click.HelpFormatter):
    """Help in which a character may be two cells wide, and a line may break without a blank."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        if width is None:
            import shutil

            width = min(shutil.get_terminal_size().columns, max_width or 80) - GUTTER
        super().__init__(indent_increment, max(width, NARROWEST), max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage = _("Usage:") if prefix is None else prefix.rstrip()
        lead = f"{usage}{prog} " if usage.endswith("：") else f"{usage} {prog} "
        indent = cells(lead)
        if indent + NARROWEST > self.width:
            self.write(f"{lead.rstrip()}\n")
            lead, indent = " " * 4, 4
        self._write(args, lead, indent)

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(text.split("\n\n")):
            self.write("\n" if number else "")
            self._write(paragraph, " " * self.current_indent, self.current_indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        col_max = min(col_max, self.width // 3)
        first = min(max((cells(term) for term, said in rows), default=0), col_max) + col_spacing
        indent = self.current_indent + first
        for term, said in rows:
            lead = f"{'':>{self.current_indent}}{term}"
            if cells(term) > first - col_spacing:
                self.write(f"{lead}\n")
                lead = ""
            self._write(said, lead + " " * (indent - cells(lead)), indent)

    def _write(self, text: str, lead: str, indent: int) -> None:
        """Text behind its lead, further lines indented."""
        from k8snotes.render.wrap import wrap

        for line in wrap(text, max(self.width - indent, NARROWEST), cells):
            self.write(f"{lead}{line}".rstrip() + "\n")
            lead = " " * indent


class WideContext(click.Context):
    """A context whose help is in cells."""

    formatter_class = Columns
