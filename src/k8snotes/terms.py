"""`terms.toml`: the terms of a workspace's course, found by the program and owned by the reader.

    [[term]]
    name = "声明式 API"          # as themes, notes and tags shall call it
    aliases = ["声明式接口"]      # other names of the same thing
    drop = true                  # no theme after all

What the reader wrote is never changed: new terms are added at the end.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from k8snotes.config import read_toml
from k8snotes.errors import ConfigError
from k8snotes.export.writer import Folder, locked
from k8snotes.model.findings import Theme
from k8snotes.render.escaping import json_string

HEAD = """\
# The terms of this course. Rename, join (a name among another's aliases), drop (drop = true) or add
# as you like: words, search, themes, tags and notes follow. Nothing that stands here is ever changed.
"""
PATIENCE = 30  # seconds that one who adds terms waits for another
FIELDS = {"name", "aliases", "drop"}
NOT_IN_A_TERM = re.compile(r"[=\n]|^[!#]|\s#")  # what the lines of a lexicon use themselves


class Term(NamedTuple):
    name: str
    aliases: tuple[str, ...]
    is_dropped: bool

    @property
    def line(self) -> str:
        """The term as a line of a lexicon."""
        names = " = ".join((self.name, *self.aliases))
        return f"! {names}" if self.is_dropped else names


def load_terms(file: Path) -> tuple[Term, ...]:
    """The terms of a file, none where there is no file.

    Raises:
        ConfigError: it cannot be read, is no TOML, or says something else than terms.
    """
    table = read_toml(str(file))
    entries = table.get("term", [])
    if not isinstance(entries, list) or table.keys() - {"term"}:
        raise ConfigError("{file}: holds something else than [[term]] entries; correct it", file=file)
    return tuple(_term(file, number, entry) for number, entry in enumerate(entries, start=1))


def save_found(file: Path, themes: Iterable[Theme], key: Callable[[str], str]) -> int:
    """Adds to a file of terms the themes that none of them names, and says how many.

    `key` gives what all spellings of a term share.

    Raises:
        ConfigError: the file is none of terms.
        NotWritable: it cannot be written.
    """
    folder = Folder(file.parent)
    with locked(folder, PATIENCE):
        folder.sweep(deep=False)
        return _added(file, folder, themes, key)


def _added(file: Path, folder: Folder, themes: Iterable[Theme], key: Callable[[str], str]) -> int:
    names = {key(name) for term in load_terms(file) for name in (term.name, *term.aliases)}
    new = [
        theme
        for theme in themes
        if not NOT_IN_A_TERM.search(theme.text)
        and names.isdisjoint(key(name) for name in (theme.text, *theme.aliases))
    ]
    if new:
        held = folder.read(file)
        before = held or HEAD.encode()
        between = b"" if before.endswith(b"\n") else b"\n"
        after = before + between + "".join(map(_block, new)).encode("utf-8", "replace")
        if not folder.replace(file, after, before=held):  # the reader saved it meanwhile
            return _added(file, folder, themes, key)
        folder.settle()
    return len(new)


def _block(theme: Theme) -> str:
    aliases = [alias for alias in theme.aliases if not NOT_IN_A_TERM.search(alias)]
    lines = ["", "[[term]]", f"name = {json_string(theme.text)}"]
    if aliases:
        lines.append(f"aliases = [{', '.join(map(json_string, aliases))}]")
    return "\n".join(lines) + "\n"


def _term(file: Path, number: int, entry: object) -> Term:
    where = f"{file}: term {number}"
    if not isinstance(entry, dict) or entry.keys() - FIELDS:
        raise ConfigError(
            "{where}: a term has a name, aliases and drop, and nothing else; correct it", where=where
        )
    name, aliases, is_dropped = entry.get("name"), entry.get("aliases", []), entry.get("drop", False)
    if not isinstance(name, str) or not name.strip():
        raise ConfigError("{where}: its name must be a string that is not empty; correct it", where=where)
    if not isinstance(aliases, list) or not all(
        isinstance(alias, str) and alias.strip() for alias in aliases
    ):
        raise ConfigError(
            "{where}, {name}: aliases must be a list of strings; correct it", where=where, name=name
        )
    if not isinstance(is_dropped, bool):
        raise ConfigError("{where}, {name}: drop must be true or false; correct it", where=where, name=name)
    if odd := next(
        (spelling for spelling in (name, *aliases) if NOT_IN_A_TERM.search(spelling.strip())), None
    ):
        raise ConfigError(
            "{where}: {odd!r} holds a mark that no term may: = or a # or ! before a word",
            where=where,
            odd=odd,
        )
    return Term(name.strip(), tuple(alias.strip() for alias in aliases), is_dropped)
