"""What analysis finds in lessons: sentences worth reading, themes, a digest of the comments."""

import datetime
from dataclasses import dataclass, replace
from typing import NamedTuple

from k8snotes.model.lesson import Comment, Lesson, Reply
from k8snotes.model.source import Place
from k8snotes.model.thread import Share


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySentence:
    """A sentence worth reading, verbatim."""

    text: str
    plain: str  # without inline marks, for showing
    line: int  # where it begins
    score: float  # salience, 0 to 1 within its lesson


class Phrase(NamedTuple):
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
    entry: int  # which lesson of its file, from 0
    lesson: str | None  # the title
    phrases: tuple[Phrase, ...]


NO_PHRASES = LessonPhrases("", 0, None, ())


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
class Topic:
    """A section of a lesson: its heading, and what it speaks of."""

    heading: str  # without inline marks
    line: int
    depth: int  # 0 for the uppermost
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDigest:
    total: int
    questions: int
    answered: int  # comments with a reply of the author's
    thanks: int  # thanks and check-ins
    top: tuple[Comment, ...]  # most liked of what is more than thanks


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCard:
    """What a summary says of its lesson, where the lesson is not at hand."""

    path: str
    entry: int  # which lesson of its file, from 0
    title: str | None
    course: str | None
    author: str | None
    date: datetime.date | None

    def place_of(self, said: Comment | Reply) -> Place:
        """Where a comment of the lesson, or a reply to one, stands."""
        return said.elsewhere or Place(path=self.path, locator=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What is found in a lesson."""

    thesis: KeySentence | None
    sentences: tuple[KeySentence, ...]  # in reading order
    author_summary: tuple[KeySentence, ...] = ()  # where the author himself sums up, in reading order
    themes: tuple[Theme, ...]
    comments: CommentDigest
    phrases: LessonPhrases = NO_PHRASES  # all that may be themes of a course

    @property
    def key_points(self) -> tuple[KeySentence, ...]:
        """The key sentences but for the thesis, and those of the author's summary, which is shown whole."""
        return tuple(one for one in self.sentences if one != self.thesis and one not in self.author_summary)

    @property
    def rest_of_author_summary(self) -> tuple[KeySentence, ...]:
        """The author's summary but for the thesis, which stands above it."""
        return tuple(one for one in self.author_summary if one != self.thesis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Findings):
    """What is found in a lesson that is at hand."""

    lesson: Lesson

    def listed(self) -> "ListedSummary":
        """The summary without its lesson: all that is wanted for a list of many."""
        lesson, comments = self.lesson, self.comments
        return ListedSummary(
            lesson=LessonCard(
                path=lesson.source.path,
                entry=lesson.source.entry,
                title=lesson.title,
                course=lesson.course,
                author=lesson.author,
                date=lesson.date,
            ),
            thesis=self.thesis,
            sentences=self.sentences,
            author_summary=self.author_summary,
            themes=self.themes,
            comments=replace(comments, top=tuple(_with_its_place(lesson, top) for top in comments.top)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSummary(Findings):
    """What is found in a lesson, apart from it."""

    lesson: LessonCard


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """A theme of a course, and the sentence that says most of it."""

    theme: str
    lesson: LessonCard
    sentence: KeySentence


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSummary:
    """A course rolled up."""

    name: str | None  # None: no text says
    lessons: tuple[ListedSummary, ...]  # in reading order
    themes: tuple[Theme, ...]
    thread: tuple[CourseStep, ...]  # in reading order


def _with_its_place(lesson: Lesson, comment: Comment) -> Comment:
    replies = tuple(replace(reply, elsewhere=lesson.place_of(reply)) for reply in comment.replies)
    return replace(comment, elsewhere=lesson.place_of(comment), replies=replies)
