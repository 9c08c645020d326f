"""Courses: their lessons in reading order, what is missing of them, and why we say so.

As everywhere, None means that no text says.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from k8snotes.model.lesson import Comment, Lesson, Reply
from k8snotes.model.source import InputFile, Locator, Place

# What a lesson is to its course, where it is not one like the others.
Role = Literal["opening", "extra", "closing"]
# What says that a text is of a course, and what gave the course its name: the text itself, its
# e-book, its folder, a link between neighbours, or a text of the course that is the same.
Ground = Literal["text", "book", "folder", "link", "same"]
# What a lesson's place in the order follows from; "name": from nothing else than its name.
Placing = Literal["number", "word", "link", "file", "book", "folder", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """What a title, or a file's name, says of a lesson's place, and what remains to tell it by.

    All strings are folded.
    """

    chapter: int | None  # 3 in "第三章 02 | …"
    number: int | None  # 16 in "16 | …"
    second: int | None  # 11 in "10-11 | …": the last of several, or one of a chapter
    digits: str | None  # the number as it is written: "0201" may be the first lesson of chapter 2
    role: Role | None
    word: str  # what the course calls it: "加餐"; "" for nothing
    ordinal: int | None  # 2 in "加餐（二）"
    rest: str  # the title proper, letters and digits only; "" for none
    is_cut: bool  # it ends in "…"
    is_index: bool  # the number counts files, as in "016_5f3a09c2e1.txt"

    @property
    def is_of_lesson(self) -> bool:
        """Whether titles of lessons are such: with a number, or a word of courses."""
        return (self.number is not None and not self.is_index) or self.role is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A sample of a text's clauses, by which two texts can be compared when neither is at hand."""

    hashes: bytes  # 4 a clause, ascending: the least of all
    is_whole: bool  # of all clauses
    characters: int  # letters and digits of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """What is to know of a lesson to find its place: a kilobyte, however long the lesson is."""

    path: str
    entry: int  # which lesson of its file, from 0
    place: Locator | None  # of its first line
    folders: tuple[str, ...]  # that it stands in, from the root of the file system on
    is_in_book: bool
    book: str | None  # the title of its e-book
    title: str | None
    course: str | None
    course_key: str  # the course's name folded; "" where the text does not say
    author: str | None
    by_title: Designation | None
    by_file: Designation | None
    previous: str | None
    next: str | None
    by_previous: Designation | None
    by_next: Designation | None
    body: Sketch
    comments: int
    richness: int  # how much the text states besides its body


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """Why two texts are taken for one lesson."""

    title: bool  # their titles are the same, number and marks aside
    number: bool  # both have the same number
    body: float | None  # share of the clauses of the one that the other has; None: too few to say


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A further text of a lesson, and what shows that it is one."""

    facts: LessonFacts
    of: LessonFacts  # the text that it was compared with
    sameness: Sameness


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLesson:
    """A lesson of a course: its richest text, and the others that hold it too."""

    facts: LessonFacts
    belongs_by: Ground
    placed_by: Placing
    chapter: str | None  # the folders between the course and the text, with "/"
    chapter_number: int | None
    number: int | None
    last_number: int | None  # where one lesson stands for several: 11 for "10-11 | …"
    role: Role | None
    duplicates: tuple[Duplicate, ...]

    @property
    def texts(self) -> tuple[LessonFacts, ...]:
        """All that hold it, the richest first."""
        return (self.facts, *(duplicate.facts for duplicate in self.duplicates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A lesson that is not held, though its number is left out or a link leads to it."""

    chapter: str | None
    chapter_number: int | None
    number: int | None
    title: str | None  # as links call it
    named_by: tuple[LessonFacts, ...]  # whose links lead to it
    before: int  # position, from 0, of the lesson that it would stand before; their count: it would be last


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Several lessons under one number that are not the same."""

    chapter: str | None
    chapter_number: int | None
    number: int
    lessons: tuple[LessonFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    name: str | None
    named_by: Ground | None
    authors: tuple[str, ...]  # the most frequent first
    lessons: tuple[CourseLesson, ...]  # in reading order
    missing: tuple[Missing, ...]  # in the order in which they would stand
    clashes: tuple[Clash, ...]

    @property
    def rows(self) -> Iterator[CourseLesson | Missing]:
        """The lessons in reading order, with those that are missing where they would stand."""
        waiting = list(reversed(self.missing))
        for position, lesson in enumerate(self.lessons):
            while waiting and waiting[-1].before <= position:
                yield waiting.pop()
            yield lesson
        yield from reversed(waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The courses that some texts make, and the texts that belong to none."""

    courses: tuple[Course, ...]
    rest: tuple[LessonFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldComment:
    """A comment and the text that holds it: its lines are lines of that file."""

    place: Place
    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReply:
    """A reply and the text that holds it."""

    place: Place
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedComment:
    """A comment as all texts of a lesson hold it."""

    held: tuple[HeldComment, ...]  # the fullest first
    author: str | None  # this and what follows as the fullest text has it that has it at all
    author_truncated: bool
    date: datetime.date | None
    likes: int | None
    replies: tuple[HeldReply, ...]  # of all texts, each once

    @property
    def whole(self) -> Comment:
        """The fullest text of the comment with what the others know; its lines are the fullest's."""
        return replace(
            self.held[0].comment,
            author=self.author,
            author_truncated=self.author_truncated,
            date=self.date,
            likes=self.likes,
            replies=tuple(held.reply for held in self.replies),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A text of a lesson that is left out, as another holds all that it says."""

    file: InputFile
    entry: int  # which lesson of the file, from 0
    called: str  # its title, or the name of its file


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeLesson:
    """A lesson as its richest text has it, with the comments of all its texts."""

    file: InputFile
    lesson: Lesson
    copies: tuple[Copy, ...] = ()
