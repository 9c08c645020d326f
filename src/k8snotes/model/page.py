"""A lesson as search sees it: its lines and its passages, and whose words stand where."""

import datetime  # what looks at pages has it loaded; an annotation that is a string takes 2 ms to be compiled
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from k8snotes.model.kinds import PassageKind
from k8snotes.model.text import Text

LineRun = tuple[int, PassageKind, str | None]  # the last line of a run, its kind, and who said it

Places = tuple[tuple[int, int | str], ...]  # from which line on: page number or chapter; none in a plain file


def title_lines(line_kinds: Iterable[LineRun]) -> Iterator[int]:
    """The lines that are the title, ascending."""
    before = 0
    for last, kind, _ in line_kinds:
        if kind == "title":
            yield from range(before + 1, last + 1)
        before = last


def place_at(places: Places, line: int) -> int | str | None:
    """The page or chapter of a line."""
    at = bisect_right(places, line, key=lambda place: place[0])
    return places[at - 1][1] if at else None


class Passage(NamedTuple):
    """A unit of text that one person wrote: a block, a comment, a reply."""

    kind: PassageKind
    text: Text
    first_line: int
    last_line: int
    author: str | None = None  # of a comment or a reply
    date: datetime.date | None = None  # of a comment, as its likes
    likes: int | None = None


class Page(NamedTuple):
    """What search and grep need of a lesson, and nothing else, so that it can be kept."""

    path: str  # as it is shown
    entry: int  # which lesson of its file, from 0
    name: str  # of the file, for titles that stand nowhere else; "" for standard input
    title: str | None
    number: int | None
    course: str | None
    author: str | None
    date: datetime.date | None
    is_markdown: bool
    lines: tuple[str, ...]  # as stored, without their ends
    passages: Sequence[Passage]  # in reading order; a reply follows the comment that it answers
    # Of all lines, ascending.
    line_kinds: tuple[LineRun, ...]
    # Where several passages stand, or one and the title.
    shared_lines: tuple[int, ...]
    places: Places
