"""What search and grep find."""

import datetime
from typing import NamedTuple

from k8snotes.model.kinds import PassageKind


class LineHit(NamedTuple):
    """A source line, or one of several comments that share it, with what was found in it of one kind."""

    path: str
    lesson: str | None  # the title
    line: int
    place: int | str | None  # page or chapter of that line; None in a plain file
    column: int  # of the first match in the source line, from 1
    kind: PassageKind
    text: str
    matches: tuple[tuple[int, int], ...]  # offsets into `text`, half open, ascending, apart
    author: str | None  # of the comment or reply that the line belongs to

    @property
    def begins(self) -> int:
        """Where `text` begins in the source line, from 0."""
        return self.column - 1 - self.matches[0][0]


class PassageHit(NamedTuple):
    """A passage, with what was found in it."""

    path: str
    lesson: str | None  # the title
    section: str | None  # the heading above it
    kind: PassageKind
    line: int  # of the first match, or where the passage begins
    place: int | str | None  # page or chapter of that line; None in a plain file
    score: float  # higher is better, comparable within one answer
    text: str
    matches: tuple[tuple[int, int], ...]  # as of a LineHit
    is_partial: bool  # it lacks some of the words
    author: str | None  # of a comment or a reply
    date: datetime.date | None  # of a comment, as its likes
    likes: int | None


class LookedUp(NamedTuple):
    """A term of a query."""

    spellings: tuple[str, ...]  # all that count as one, folded
    weight: float  # its share in what a passage can cover: 0 to 1
    passages: int  # that hold it


class Answer(NamedTuple):
    """The hits asked for, best first, of how many there are."""

    hits: tuple[PassageHit, ...]
    total: int
    has_all: bool  # whether any passage holds all that was asked for
    terms: tuple[LookedUp, ...]
    suggestions: tuple[str, ...] = ()  # what the reader may have meant, where none does
