"""Courses for a pipe: a record a line, tabs between its fields.

record, course, position, number, path, title, why
"""

from collections.abc import Iterator

from k8snotes.model.course import Clash, Course, CourseLesson, LessonFacts, MergedComment, Missing, Sameness
from k8snotes.render import labels
from k8snotes.render.escaping import one_line


def lesson_lines(course: Course, held: CourseLesson, *, position: int) -> Iterator[str]:
    """A lesson, and a line for each other text that holds it."""
    number = labels.lesson_number(held.chapter_number, held.number, held.last_number)
    facts = held.facts
    yield _joined("lesson", course.name, position, number, facts.path, facts.title, held.placed_by)
    for duplicate in held.duplicates:
        why = f"{_why(duplicate.sameness)} {duplicate.of.path}"
        facts = duplicate.facts
        yield _joined("duplicate", course.name, position, number, facts.path, facts.title, why)


def comment_line(course: Course, merged: MergedComment, *, position: int) -> str:
    """A comment, and where else it stands."""
    comment = merged.whole
    said = [labels.comment_byline(comment), comment.text.string]
    said += [f"{labels.replied(reply)}: {reply.text.string}" for reply in comment.replies]
    place, *others = (f"{held.place.path}:{held.comment.first_line}" for held in merged.held)
    return _joined(
        "comment", course.name, position, "", place, " | ".join(map(one_line, said)), " ".join(others)
    )


def missing_line(course: Course, missing: Missing) -> str:
    number = labels.lesson_number(missing.chapter_number, missing.number)
    named_by = " ".join(facts.path for facts in missing.named_by)
    return _joined("missing", course.name, None, number, "", missing.title, named_by)


def clash_lines(course: Course, clash: Clash) -> Iterator[str]:
    number = labels.lesson_number(clash.chapter_number, clash.number)
    for facts in clash.lessons:
        yield _joined("clash", course.name, None, number, facts.path, facts.title, "")


def rest_line(facts: LessonFacts) -> str:
    return _joined("rest", None, None, "", facts.path, facts.title, "")


def _why(same: Sameness) -> str:
    """What shows that two texts hold one lesson: "title,number,body=0.93"."""
    body = None if same.body is None else f"body={same.body:.2f}"
    return ",".join(filter(None, ("title" if same.title else "", "number" if same.number else "", body)))


def _joined(
    record: str, course: str | None, position: int | None, number: str, path: str, title: str | None, why: str
) -> str:
    """The fields with tabs between them, and none in them; empty ones at the end are left out."""
    fields = (
        record,
        one_line(course or ""),
        "" if position is None else str(position),
        number,
        path,
        one_line(title or ""),
        why,
    )
    return "\t".join(field.replace("\t", " ") for field in fields).rstrip("\t")
