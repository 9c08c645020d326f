"""The thread of a theme through lessons, and the question book."""

from dataclasses import dataclass
from typing import Literal

from k8snotes.model.kinds import PassageKind
from k8snotes.model.lesson import Comment
from k8snotes.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A sentence that names a theme, verbatim; in code, a line."""

    path: str
    entry: int  # which lesson of its file, from 0
    lesson: str | None  # the title
    kind: PassageKind
    text: str
    plain: str  # without inline marks, for showing
    line: int  # where it begins
    place: int | str | None  # page or chapter of that line; None in a plain file
    lines: tuple[int, ...]  # on which the theme is named: those that grep shows
    score: float  # how much it tells of the theme, 0 to 1
    author: str | None  # of a comment or a reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often a lesson names a theme in what it teaches: title, headings, body, code."""

    path: str
    entry: int  # which lesson of its file, from 0
    lesson: str | None  # the title
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A theme that stands in the same paragraphs more often than chance would have it."""

    text: str
    together: int  # paragraphs that hold both
    score: float  # log-likelihood ratio (Dunning 1993): how little it looks like chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A theme through all lessons looked at, in the order in which they are read."""

    text: str  # its commonest spelling
    aliases: tuple[str, ...]  # the other spellings found, the commonest first
    definition: Mention | None  # None: no sentence says what it is
    mentions: tuple[Mention, ...]
    shares: tuple[Share, ...]  # of every lesson, those that do not name it too
    related: tuple[Neighbour, ...]  # the nearest first

    @property
    def occurrences(self) -> int:
        return sum(share.count for share in self.shares)

    @property
    def lessons(self) -> int:
        """How many lessons name it in what they teach."""
        return sum(share.count > 0 for share in self.shares)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The paragraph that a comment seems to talk of, and the words that say so."""

    first_line: int
    last_line: int
    score: float  # 0 to 1; no probability
    because: Literal["quotes", "terms"]  # it repeats the paragraph word for word, or shares rare terms
    words: tuple[str, ...]  # the words that both have, as the comment writes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment with its place: where it stands, and the paragraph that it seems to talk of."""

    lesson: str | None  # the title
    path: str  # of the lesson
    place: Place  # of the comment: of a lesson in several texts, perhaps in another one
    comment: Comment
    about: About | None  # None: its words do not say
