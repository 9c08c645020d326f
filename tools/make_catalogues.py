"""Writes src/k8snotes/locale/*/LC_MESSAGES/k8snotes.{po,mo}: what the program says, in other languages.

    python tools/make_catalogues.py

Messages that are new in the source come in without a translation, those that are gone go out;
translations stay. What is still to be translated is listed. Written by hand is `msgstr` alone.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "k8snotes"
LOCALES = PACKAGE / "locale"
# What takes a message, and in how many forms. Babel's own look at a source sees no call in an f-string.
FORMS = {
    **dict.fromkeys(
        (
            "_",
            "Message",
            "Broken",
            "BrokenPdf",
            "ConfigError",
            "DamagedIndex",
            "K8sNotesError",
            "NothingToRead",
            "NotWritable",
            "Undecodable",
            "UnreadableInput",
            "UsageError",
        ),
        1,
    ),
    "counted": 2,
}
# What a reader may see of click's own words: it asks the same catalogue for them.
CLICK = (
    "Usage:",
    "Options",
    "default: {default}",
    "Show this message and exit.",
    "Show the version and exit.",
    "No such option {name!r}.",
    "No such option: {name}",
    "Option {name!r} does not take a value.",
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "Missing parameter",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
# What systems say most often, in their own words.
SYSTEMS = (
    "Directory not empty",
    "Disk quota exceeded",
    "File exists",
    "File name too long",
    "Input/output error",
    "Invalid argument",
    "Is a directory",
    "No space left on device",
    "No such file or directory",
    "Not a directory",
    "Operation not permitted",
    "Permission denied",
    "Read-only file system",
    "Too many levels of symbolic links",
    "Too many open files",
)
HEADER = "What k8snotes says. Written by tools/make_catalogues.py, but for the translations."


class Timeless(Catalog):
    """A catalogue whose head says nothing that changes from day to day."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Language", str(self.locale)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


class Said(NamedTuple):
    """A message and where it is said."""

    msgid: str | tuple[str, ...]
    file: str  # below the root of the project, with "/"


def messages() -> Iterator[Said]:
    """Everything that the program says, as it is written in its source."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for msgid in messages_in(ast.parse(path.read_text("utf-8"))):
            yield Said(msgid, path.relative_to(ROOT).as_posix())
    yield from (Said(text, "src/k8snotes/cli/clicks.py") for text in CLICK)
    yield from (Said(text, "src/k8snotes/errors.py") for text in SYSTEMS)
    yield from helps()


def messages_in(tree: ast.Module) -> Iterator[str | tuple[str, ...]]:
    """The messages of a module in the order in which they stand there."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        forms = FORMS.get(name_of(call.func), 0)
        given = [part.value for part in call.args[:forms] if isinstance(part, ast.Constant)]
        if forms and len(given) == forms and all(given):
            yield tuple(given) if forms > 1 else given[0]


def name_of(called: ast.expr) -> str:
    """The last part of a name: "counted" for Message.counted."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def helps() -> Iterator[Said]:
    """The help of all commands, and what it says of each option."""
    from k8snotes.cli import COMMANDS
    from k8snotes.cli.clicks import words_of
    from k8snotes.cli.group import cli

    yield from (Said(text, "src/k8snotes/cli/group.py") for text in words_of(cli))
    yield from (Said(text, "src/k8snotes/cli/__init__.py") for text in COMMANDS.values())
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        yield from (Said(text, f"src/k8snotes/cli/{name}.py") for text in words_of(command))


def catalogue_of(locale: str) -> Catalog:
    """The catalogue as it stands, brought up to date with the source."""
    file = file_of(locale)
    old = Catalog(locale=locale)
    if file.exists():
        with file.open("rb") as stream:
            old = read_po(stream, locale=locale)
    new = Catalog(locale=locale, project="k8snotes", header_comment=f"# {HEADER}", fuzzy=False)
    for said in messages():
        known = old.get(said.msgid[0] if isinstance(said.msgid, tuple) else said.msgid)
        translated = known.string if known else ""
        if known and isinstance(translated, str) == isinstance(said.msgid, tuple):
            translated = ""  # it has become a plural, or is none any more
        new.add(said.msgid, translated, locations=[(said.file, 1)])
    return new


def file_of(locale: str, suffix: str = ".po") -> Path:
    return LOCALES / locale / "LC_MESSAGES" / f"k8snotes{suffix}"


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file to edit; the same on each day."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, include_lineno=False, omit_header=True)
    head = (
        f"# {HEADER}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return head.encode() + stream.getvalue()


def compiled(po: bytes, locale: str) -> bytes:
    """The catalogue as the program reads it."""
    stream = BytesIO()
    catalogue = read_po(BytesIO(po), locale=locale)
    kept = Timeless(locale=locale, fuzzy=False)
    for message in catalogue:
        if message.id:
            kept.add(message.id, message.string, flags=message.flags)
    write_mo(stream, kept)
    return stream.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not all_said(message.string)]


def all_said(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def main() -> int:
    missing: list[str] = []
    for folder in sorted(LOCALES.iterdir()):
        catalogue = catalogue_of(folder.name)
        po = written(catalogue)
        file_of(folder.name).parent.mkdir(exist_ok=True)
        file_of(folder.name).write_bytes(po)
        file_of(folder.name, ".mo").write_bytes(compiled(po, folder.name))
        missing += untranslated(catalogue)
        print(f"{file_of(folder.name)}: {len(catalogue)} messages")
    for msgid in missing:
        print(f"to be translated: {msgid}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
