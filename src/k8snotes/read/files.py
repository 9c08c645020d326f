"""A file as sources: its bytes, never more than a text can have, and what they are."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, count, repeat
from typing import BinaryIO
from weakref import WeakKeyDictionary

from k8snotes.errors import UnreadableInput, reason_of
from k8snotes.model.source import STANDARD_INPUT, InputFile, Locator, Look, Source
from k8snotes.read.decode import Undecodable, decode, decode_as
from k8snotes.read.epub import BrokenBook, Chapter, chapters
from k8snotes.read.epub_contents import lesson_starts
from k8snotes.read.own_files import is_of_ours
from k8snotes.read.pdf import BrokenPdf, NeedsExtra, pages

ZIP, PDF = b"PK\x03\x04", b"%PDF-"
# A lesson has some ten thousand bytes, a whole course in one text some millions.
LARGEST_TEXT = 64_000_000
MOST_LINES = 1_000_000
LARGEST_DOCUMENT = 512_000_000  # an e-book or PDF, which may be full of pictures
CHUNK = 65_536  # more than a lesson; a larger one costs more than reading does
# What came from standard input, which some commands ask for twice.
_taken_in: "WeakKeyDictionary[BinaryIO, bytes]" = WeakKeyDictionary()


def read_sources(file: InputFile, *, encoding: str | None = None) -> Iterator[Source]:
    """What a file holds: one text, or the chapters of an e-book in their order.

    What an export wrote holds nothing, unless it is named by itself: its reader asked for it.
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
        yield from _chapter_sources(file, raw)
    elif raw.startswith(PDF):
        yield _pdf_source(file, raw, name)
    elif file.is_named or not is_of_ours(raw):
        yield _text_source(file, raw, name=name, encoding=encoding)


def _chapter_sources(file: InputFile, raw: bytes) -> Iterator[Source]:
    """The chapters that can be read; one that cannot costs no other, and is named in the end."""
    failed: list[UnreadableInput] = []
    entries = count()
    try:
        for chapter in chapters(raw):
            try:
                sources = _lessons_of(file, chapter)
            except UnreadableInput as error:
                failed.append(error)
            else:
                yield from (replace(source, entry=next(entries)) for source in sources)
    except BrokenBook as error:
        raise UnreadableInput("{path}: {why}", path=file.shown, why=error) from error
    if failed:
        first, others = failed[0], len(failed) - 1
        if not others:
            raise first
        raise UnreadableInput(
            "{why} (and {others} more of its chapters)", why=first, others=others
        ) from first


def _lessons_of(file: InputFile, chapter: Chapter) -> list[Source]:
    """The lessons of a chapter: one, or as many as the table of contents has in its file.

    Lines are those of the file, whichever lesson they belong to; of a chapter in several files they
    go on from one to the next.
    """
    parts = [
        _text_source(file, content, name=name.rpartition("/")[2], place=Locator(chapter=name))
        for name, content in zip(chapter.names, chapter.contents, strict=True)
    ]
    lines: list[str] = []
    places: list[tuple[int, Locator]] = []
    for part in parts:
        places.append((len(lines) + 1, part.places[0][1]))
        lines += part.lines
    label = chapter.entries[0].label if chapter.entries else None
    whole = replace(parts[0], lines=tuple(lines), places=tuple(places), book=chapter.book, listed_as=label)
    text = "\n".join(lines)
    starts = lesson_starts(text, chapter.entries)
    if not starts:
        return [whole]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    begins = [0, *(start for start, _ in starts[1:])]
    line_starts = [*accumulate((len(line) + 1 for line in lines), initial=0)]
    return [
        replace(whole, lines=_only(lines, line_starts, begin, end), listed_as=title)
        for (_, title), begin, end in zip(starts, begins, ends, strict=True)
    ]


def _only(lines: Sequence[str], starts: Sequence[int], begin: int, end: int) -> tuple[str, ...]:
    """The lines with nothing outside of [begin, end) of their text, so that they keep their numbers.

    `starts` is where each line begins.
    """
    first, last = bisect_right(starts, begin) - 1, bisect_left(starts, end) - 1
    held = list(lines[first : last + 1])
    held[-1] = held[-1][: end - starts[last]]
    column = begin - starts[first]
    held[0] = " " * column + held[0][column:]
    return (*repeat("", first), *held, *repeat("", len(lines) - last - 1))


def _bytes_of(file: InputFile) -> bytes:
    """All that is in a file, or comes through a pipe; never more of it than a text can have."""
    try:
        if file.shown == STANDARD_INPUT:
            if (known := _taken_in.get(sys.stdin.buffer)) is None:
                known = _taken_in[sys.stdin.buffer] = _read_all(sys.stdin.buffer, file)
            return known
        with file.path.open("rb") as stream:
            return _read_all(stream, file)
    except OSError as error:
        raise UnreadableInput(
            "{path}: {why}; check the path and its permissions", path=file.shown, why=reason_of(error)
        ) from error


def _read_all(stream: BinaryIO, file: InputFile) -> bytes:
    parts = [stream.read(CHUNK)]
    largest = LARGEST_DOCUMENT if parts[0].startswith((ZIP, PDF)) else LARGEST_TEXT
    size = len(parts[0])
    while len(parts[-1]) == CHUNK:
        parts.append(stream.read(CHUNK))
        size += len(parts[-1])
        if size > largest:
            raise UnreadableInput(
                "{path}: more than {megabytes} MB; split it into lessons, or take it out",
                path=file.shown,
                megabytes=largest // 1_000_000,
            )
    return b"".join(parts)


def _text_source(
    file: InputFile,
    raw: bytes,
    *,
    name: str,
    place: Locator | None = None,
    encoding: str | None = None,
) -> Source:
    where = file.shown if place is None else f"{file.shown}: {place.chapter}"
    try:
        text, found = decode(raw) if encoding is None else (decode_as(raw, encoding), encoding)
    except Undecodable as error:
        if encoding is None:
            raise UnreadableInput(
                "{path}: {why}; save it as UTF-8 text and try again", path=where, why=error
            ) from error
        raise UnreadableInput(
            "{path}: {why}; name another encoding, or none", path=where, why=error
        ) from error
    if not text.strip("\ufeff\u200b\u00a0\u3000\0 \t\r\n\f\v"):
        raise UnreadableInput("{path}: empty; nothing to read in it", path=where)
    lines = split_lines(text)
    if len(lines) > MOST_LINES:
        raise UnreadableInput(
            "{path}: more than {most:,} lines; split it into lessons", path=where, most=MOST_LINES
        )
    places = () if place is None else ((1, place),)
    return Source(path=file.shown, name=name, lines=lines, encoding=found, places=places)


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
        raise UnreadableInput("{path}: {why}", path=file.shown, why=error) from error
    except NeedsExtra as error:
        raise UnreadableInput(
            "{path}: a PDF; to read it run: pip install 'k8snotes[{extra}]'", path=file.shown, extra=error
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
