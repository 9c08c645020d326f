"""Invented lessons as the facts that courses are made of, and courses as a reader would list them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from k8snotes.assemble.courses import assemble
from k8snotes.assemble.designation import course_key, designation
from k8snotes.assemble.facts import facts_of
from k8snotes.model.course import Assembly, Course, LessonFacts
from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.read.files import split_lines
from k8snotes.segment.fold import fold_string

SHELF = ("/", "study", "seeds")
WORDS = "米水火锅盖柴灶勺碗筷盐糖油酱醋葱姜蒜椒茶"


@cache
def prose(seed: str, sentences: int = 24) -> str:
    """Sentences that no two seeds share."""
    state = sum(ord(character) * 31**at for at, character in enumerate(seed)) or 1
    lines = []
    for number in range(sentences):
        letters = []
        for _ in range(11):
            state = (state * 1_103_515_245 + 12_345 + number) % 2**31
            letters.append(WORDS[(state >> 8) % len(WORDS)])
        lines.append(f"{''.join(letters)}。")
    return "\n\n".join(lines)


def lesson(name: str, body: str) -> Lesson:
    """The text of a file of that name."""
    return parse(Source(path=name, name=name, lines=split_lines(body), encoding="utf-8"))


@cache
def _facts(name: str, content: str) -> LessonFacts:
    return facts_of(lesson(name, content), fold_string)


def text(
    path: str,
    body: str | None = None,
    *,
    title: str | None = None,
    course: str | None = None,
    previous: str | None = None,
    next: str | None = None,  # noqa: A002 - as the field is called
    book: str | None = None,
    entry: int = 0,
) -> LessonFacts:
    """A text at `path` below the shelf; without a body one that no other text is like."""
    *folders, name = path.split("/")
    heading = "" if title is None else f"# {title}\n\n"
    found = _facts(name, heading + (prose(path + (title or "")) if body is None else body))
    return replace(
        found,
        path=f"seeds/{path}",
        folders=(*SHELF, *folders),
        entry=entry,
        course=course,
        course_key=course_key(course or "", fold_string),
        previous=previous,
        by_previous=None if previous is None else designation(previous, fold_string),
        next=next,
        by_next=None if next is None else designation(next, fold_string),
        book=book,
        is_in_book=book is not None,
    )


def assembled(texts: Iterable[LessonFacts]) -> Assembly:
    return assemble(texts, fold_string, shelf=SHELF)


def course_of(*texts: LessonFacts) -> Course:
    """The one course that the texts make, with none left over."""
    assembly = assembled(texts)
    assert assembly.rest == ()
    (course,) = assembly.courses
    return course


def order_of(*names: str, **options: str) -> list[str]:
    """Files of a course named so, in reading order, without their endings."""
    course = course_of(*(text(f"焖饭/{name}.md", **options) for name in names))
    return [held.facts.path.removeprefix("seeds/焖饭/").removesuffix(".md") for held in course.lessons]
