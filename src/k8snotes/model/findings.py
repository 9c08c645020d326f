"""What analysis finds in lessons: sentences worth reading, themes, a digest of the comments."""

from dataclasses import dataclass
from typing import NamedTuple

from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.thread import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySentence:
    """A sentence worth reading, verbatim."""

    text: str
    plain: str  # without inline marks, for showing
    line: int  # where it begins
    score: float  # salience, 0 to 1 within its lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A run of words in one lesson that may be a theme."""

    key: str  # what all its spellings share
    words: tuple[str, ...]
    spellings: tuple[tuple[str, int], ...]  # as written, and how often in title, headings and body
    is_quoted: bool
    in_title: bool
    in_heading: bool


class LessonPhrases(NamedTuple):
    """The phrases of a lesson that may be themes."""

    path: str
    lesson: str | None  # the title
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A key phrase: its commonest written form, how often it occurs, how much it matters."""

    text: str
    count: int  # occurrences in title, headings and body
    lessons: int  # lessons that it occurs in
    score: float  # 0 to 1 within the lessons looked at
    aliases: tuple[str, ...]  # the other written forms found
    shares: tuple[Share, ...] = ()  # of every lesson looked at, those that do not name it too


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
    author_summary: tuple[KeySentence, ...] = ()  # where the author himself sums up, in reading order
    themes: tuple[Theme, ...]
    comments: CommentDigest

    @property
    def other_sentences(self) -> tuple[KeySentence, ...]:
        """The key sentences but for the thesis, which stands above them."""
        return tuple(sentence for sentence in self.sentences if sentence != self.thesis)

    @property
    def key_points(self) -> tuple[KeySentence, ...]:
        """The other key sentences but for those of the author's summary, which is shown whole."""
        return tuple(one for one in self.other_sentences if one not in self.author_summary)
