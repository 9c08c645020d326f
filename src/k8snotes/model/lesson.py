"""A lesson as parsed: what the text says, and on which lines it says it.

None always means that the text does not say. Lines are 1-based and inclusive.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

from k8snotes.model.source import Place, Source
from k8snotes.model.text import Text
from k8snotes.speech import Message

SectionKind = Literal["masthead", "card", "audio", "body", "navigation", "boilerplate", "comments"]
CommentKind = Literal["question", "thanks", "checkin", "remark"]
Replier = Literal["author", "editor", "reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of source lines, both ends included."""

    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Span):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Span):
    text: Text
    level: int  # 1 to 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList(Span):
    """A list with its marks, one source line a line; nested code stands in blocks of its own."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Span):
    text: Text
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Span):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Span):
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Span):
    """Images without words around them; the text is their source."""

    text: Text


Block = Paragraph | Heading | ItemList | Code | Quote | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Span):
    """A part of the page; the sections of a lesson tile its source lines."""

    kind: SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    seconds: int | None
    size_mb: float | None
    narrator: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStats:
    """What the course's cover card counts."""

    days: int | None
    articles: int | None
    characters: int | None
    hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Span):
    by: Replier
    text: Text
    elsewhere: Place | None = None  # in another text of the lesson, whose lines these are


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Span):
    author: str | None  # without the "..." of a name that the page cut
    author_truncated: bool
    date: datetime.date | None
    likes: int | None  # 0: a thumb without a number; None: no mark, or one whose number is lost
    text: Text
    clipped: bool  # the page showed only the beginning of the text
    pinned: bool
    kind: CommentKind
    reply_count: int | None  # as the page counts them; most are not in the file
    replies: tuple[Reply, ...]
    elsewhere: Place | None = None  # in another text of the lesson, whose lines these are

    @property
    def is_answered(self) -> bool:
        """Whether the author replied."""
        return any(reply.by == "author" for reply in self.replies)

    @property
    def is_answered_question(self) -> bool:
        return self.kind == "question" and self.is_answered

    @property
    def has_substance(self) -> bool:
        """Whether it says more than thanks, or was found worth an answer."""
        return bool(self.text) and (self.kind in ("question", "remark") or self.is_answered)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseWarning(Span):
    """Something odd that did not stop the work."""

    code: str  # stable, kebab-case
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much a text looks like one of the formats."""

    format: str
    points: int
    signs: tuple[Message, ...]  # what the points were given for


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    source: Source
    format: str
    markup: Literal["markdown", "plain"]  # how the text of blocks is written
    title: str | None
    number: int | None
    course: str | None
    author: str | None
    author_bio: str | None
    date: datetime.date | None
    audio: Audio | None
    stats: CourseStats | None
    previous: str | None
    next: str | None
    copyright: str | None
    title_lines: Span | None  # where the title stands; None: it is the file's name, or missing
    blocks: tuple[Block, ...]  # of the body, in order
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...]
    comments_total: int | None  # as the page counts them; the file may hold fewer
    warnings: tuple[ParseWarning, ...]

    @property
    def called(self) -> str:
        """What to call it by: its title, or the name of its file; "" for neither."""
        return self.title or self.source.name

    def place_of(self, said: Comment | Reply) -> Place:
        """Where a comment of the lesson, or a reply to one, stands."""
        return said.elsewhere or self.source.place_of(said.first_line)
