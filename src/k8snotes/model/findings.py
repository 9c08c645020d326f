"""What analysis finds in lessons: sentences worth reading, themes, a digest of the comments."""

from dataclasses import dataclass
from typing import Literal

from k8snotes.model.lesson import Comment, Lesson

# What a passage is to a reader; the other parts of a page go by the name of their section.
PassageKind = Literal[
    "title", "heading", "body", "code", "comment", "reply",
    "masthead", "card", "audio", "navigation", "boilerplate", "comments",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySentence:
    """A sentence worth reading, verbatim."""

    text: str
    plain: str  # without inline marks, for showing
    line: int  # where it begins
    score: float  # salience, 0 to 1 within its lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A key phrase: its commonest written form, how often it occurs, how much it matters."""

    text: str
    count: int  # occurrences in title, headings and body
    lessons: int  # lessons that it occurs in
    score: float  # 0 to 1 within the lessons looked at
    aliases: tuple[str, ...]  # the other written forms found


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDigest:
    total: int
    questions: int
    answered: int  # comments with a reply of the author's
    thanks: int  # thanks and check-ins
    top: tuple[Comment, ...]  # most liked of what is more than thanks


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    lesson: Lesson
    thesis: KeySentence | None
    sentences: tuple[KeySentence, ...]  # in reading order
    themes: tuple[Theme, ...]
    comments: CommentDigest

    @property
    def other_sentences(self) -> tuple[KeySentence, ...]:
        """The key sentences but for the thesis, which stands above them."""
        return tuple(sentence for sentence in self.sentences if sentence != self.thesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHit:
    """A source line, or one of several comments that share it, with what was found in it."""

    lesson: Lesson
    line: int
    column: int  # of the first match in the source line, from 1
    kind: PassageKind
    text: str
    matches: tuple[tuple[int, int], ...]  # offsets into `text`, half open, ascending, apart
    author: str | None  # of the comment that the line belongs to
