"""A lesson as search sees it: its lines and its passages, and whose words stand where."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from k8snotes.model.kinds import PassageKind
from k8snotes.model.text import Text

if TYPE_CHECKING:
    import datetime

LineRun = tuple[int, PassageKind, str | None]  # the last line of a run; its kind, and who wrote the comment


class Passage(NamedTuple):
    """A unit of text that one person wrote: a block, a comment, a reply."""

    kind: PassageKind
    text: Text
    first_line: int
    last_line: int
    # Of a comment; a reply has those of the comment that it answers.
    author: str | None = None
    date: "datetime.date | None" = None
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
    date: "datetime.date | None"
    is_markdown: bool
    lines: tuple[str, ...]  # as stored, without their ends
    passages: Sequence[Passage]  # in reading order; a reply follows the comment that it answers
    # Of all lines, ascending.
    line_kinds: tuple[LineRun, ...]
    places: tuple[
        tuple[int, int | str], ...
    ]  # from which line on: page number or chapter; none in a plain file
