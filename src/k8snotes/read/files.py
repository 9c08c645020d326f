"""Which files are course texts, and a file as a Source."""

import glob
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from k8snotes.errors import K8sNotesError, NothingToRead, UnreadableInput
from k8snotes.model.source import InputFile, Locator, Look, Source
from k8snotes.read.decode import Undecodable, decode, decode_as
from k8snotes.read.epub import BrokenBook, chapters
from k8snotes.read.pdf import BrokenPdf, NeedsExtra, pages

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".pdf"})
ZIP, PDF = b"PK\x03\x04", b"%PDF-"
STANDARD_INPUT = "-"


def find_inputs(arguments: Iterable[str]) -> Iterator[InputFile | K8sNotesError]:
    """The texts that the arguments name, folders in reading order; each file once.

    What cannot be found comes in its place as an error, so that the others go on.
    """
    seen: set[str] = set()
    for argument in arguments:
        for found in _expand(argument):
            if isinstance(found, K8sNotesError):
                yield found
            elif (path := os.path.normpath(found.shown)) not in seen:
                seen.add(path)
                yield found


def walk(folder: Path, *, skip: frozenset[str] = frozenset()) -> Iterator[Path]:
    """The text files below `folder` in natural order (2 before 10), hidden ones left out.

    Linked folders are followed, each real folder once. `skip` names files directly in
    `folder` that are not course texts.
    """
    seen: set[tuple[int, int]] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        status = Path(root).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=natural_key)
        at_top = Path(root) == folder
        for name in sorted(files, key=natural_key):
            if name.startswith(".") or (at_top and name in skip):
                continue
            if os.path.splitext(name)[1].lower() in SUFFIXES:  # noqa: PTH122 - no Path for each of 10,000
                yield Path(root, name)


def folder_below(root: Path, file: Path) -> str:
    """The folders between `root` and `file`, with "/"; "" for none."""
    below = file.parent.relative_to(root).as_posix()
    return "" if below == "." else below


def natural_key(name: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """A sort key that takes runs of digits as numbers; no two names share one."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part), name


def read_sources(file: InputFile, *, encoding: str | None = None) -> Iterator[Source]:
    """What a file holds: one text, or the chapters of an e-book in their order.

    `encoding` is what a text is read in; None: what its bytes look like. PDFs and e-books say
    themselves what theirs is.

    Raises:
        UnreadableInput: it is missing, empty, binary, broken or in no known encoding, or the
            extra that reads it is not installed.
    """
    yield from sources_in(_bytes_of(file), file, encoding=encoding)


def sources_in(raw: bytes, file: InputFile, *, encoding: str | None = None) -> Iterator[Source]:
    """As `read_sources`, of a file's bytes."""
    name = "" if file.shown == STANDARD_INPUT else file.path.name
    if raw.startswith(ZIP):
        try:
            for chapter in chapters(raw):
                place = Locator(chapter=chapter.name)
                name = chapter.name.rpartition("/")[2]
                yield _text_source(file, chapter.content, name=name, place=place, book=chapter.book)
        except BrokenBook as error:
            raise UnreadableInput(f"{file.shown}: {error}; download it again") from error
    elif raw.startswith(PDF):
        yield _pdf_source(file, raw, name)
    else:
        yield _text_source(file, raw, name=name, encoding=encoding)


def _bytes_of(file: InputFile) -> bytes:
    try:
        return sys.stdin.buffer.read() if file.shown == STANDARD_INPUT else file.path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{file.shown}: {error.strerror}; check the path and its permissions"
        ) from error


def _text_source(
    file: InputFile,
    raw: bytes,
    *,
    name: str,
    place: Locator | None = None,
    encoding: str | None = None,
    book: str | None = None,
) -> Source:
    next_step = (
        "save it as UTF-8 text and try again" if encoding is None else "name another encoding, or none"
    )
    try:
        text, encoding = decode(raw) if encoding is None else (decode_as(raw, encoding), encoding)
    except Undecodable as error:
        raise UnreadableInput(f"{file.shown}: {error}; {next_step}") from error
    if not text.strip("\ufeff\u200b\u00a0\u3000\0 \t\r\n\f\v"):
        raise UnreadableInput(f"{file.shown}: empty; nothing to read in it")
    places = () if place is None else ((1, place),)
    return Source(
        path=file.shown, name=name, lines=split_lines(text), encoding=encoding, places=places, book=book
    )


def _pdf_source(file: InputFile, raw: bytes, name: str) -> Source:
    lines: list[str] = []
    places: list[tuple[int, Locator]] = []
    looks: list[Look | None] = []
    try:
        for page in pages(raw):
            places.append((len(lines) + 1, Locator(page=page.number)))
            lines += page.lines
            looks += page.looks
    except BrokenPdf as error:
        raise UnreadableInput(f"{file.shown}: {error}") from error
    except NeedsExtra as error:
        raise UnreadableInput(
            f"{file.shown}: a PDF; to read it run: pip install 'k8snotes[{error}]'"
        ) from error
    return Source(
        path=file.shown,
        name=name,
        lines=tuple(lines),
        encoding="utf-8",
        places=tuple(places),
        looks=tuple(looks),
    )


def split_lines(text: str) -> tuple[str, ...]:
    r"""The lines of a text as editors count them, each without its `\n` or `\r\n`."""
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return tuple(lines)


def _expand(argument: str) -> Iterator[InputFile | K8sNotesError]:
    path = Path(argument)
    if argument == STANDARD_INPUT:
        yield InputFile(path=path, shown=STANDARD_INPUT, folder="")
    elif os.path.isdir(argument):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        found = False
        for file in walk(path):
            found = True
            shown = os.path.join(argument, file.relative_to(path))  # noqa: PTH118 - keeps "./" as given
            yield InputFile(path=file, shown=shown, folder=folder_below(path, file))
        if not found:
            yield NothingToRead(f"{argument}: no course texts in this folder; put .txt or .md files there")
    elif os.path.lexists(argument):
        yield InputFile(path=path, shown=argument, folder="")
    elif matches := glob.glob(argument, recursive=True):  # noqa: PTH207 - a pattern may be absolute
        for match in sorted(matches, key=natural_key):
            yield from _expand(match)
    else:
        yield UnreadableInput(f"{argument}: no such file or folder; check the path")
