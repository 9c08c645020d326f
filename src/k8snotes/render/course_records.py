"""Courses as the records of `--json` and `--jsonl`."""

from collections.abc import Sequence
from dataclasses import replace

from k8snotes.model.course import (
    Assembly,
    Clash,
    Course,
    CourseLesson,
    Duplicate,
    LessonFacts,
    MergedComment,
    Missing,
    Sameness,
)
from k8snotes.model.lesson import Comment
from k8snotes.model.source import Locator
from k8snotes.render.document import Record
from k8snotes.render.records import comment_record


def course_record(course: Course, lessons: Sequence[Record]) -> Record:
    """A course with its lessons, which `lesson_record` makes."""
    return {
        "name": course.name,
        "named_by": course.named_by,
        "authors": list(course.authors),
        "lessons": list(lessons),
        "missing": [missing_record(missing, course) for missing in course.missing],
        "clashes": [clash_record(clash) for clash in course.clashes],
    }


def lesson_record(held: CourseLesson, *, position: int, comments: int) -> Record:
    """A lesson at its place, from 1, in reading order; `comments` are those of all its texts."""
    return {
        "position": position,
        **_text(held.facts),
        "number": held.number,
        "last_number": held.last_number,
        "chapter": held.chapter,
        "chapter_number": held.chapter_number,
        "role": held.role,
        "placed_by": held.placed_by,
        "belongs_by": held.belongs_by,
        "comments": comments,
        "duplicates": [duplicate_record(duplicate) for duplicate in held.duplicates],
    }


def duplicate_record(duplicate: Duplicate) -> Record:
    return {
        **_text(duplicate.facts),
        "of": duplicate.of.path,
        "same": _sameness(duplicate.sameness),
        "comments": duplicate.facts.comments,
    }


def missing_record(missing: Missing, course: Course) -> Record:
    return {
        "number": missing.number,
        "chapter": missing.chapter,
        "chapter_number": missing.chapter_number,
        "title": missing.title,
        "named_by": [facts.path for facts in missing.named_by],
        "before": missing.before + 1 if missing.before < len(course.lessons) else None,
    }


def clash_record(clash: Clash) -> Record:
    return {
        "number": clash.number,
        "chapter": clash.chapter,
        "chapter_number": clash.chapter_number,
        "lessons": [_text(facts) for facts in clash.lessons],
    }


def rest_records(assembly: Assembly) -> list[Record]:
    return [_text(facts) for facts in assembly.rest]


def merged_comment_record(merged: MergedComment) -> Record:
    """A comment as `comments` lists it, with the other places that it stands at."""
    fullest = merged.held[0]
    return {
        "path": fullest.path,
        **_place(fullest.place),
        **comment_record(whole_comment(merged)),
        "replies": [
            {
                "path": held.path,
                "by": held.reply.by,
                "text": held.reply.text.string,
                "first_line": held.reply.first_line,
                "last_line": held.reply.last_line,
            }
            for held in merged.replies
        ],
        "also": [
            {
                "path": held.path,
                **_place(held.place),
                "first_line": held.comment.first_line,
                "last_line": held.comment.last_line,
            }
            for held in merged.held[1:]
        ],
    }


def whole_comment(merged: MergedComment) -> Comment:
    """The fullest text of a comment with what the others know; its lines are the fullest's."""
    return replace(
        merged.held[0].comment,
        author=merged.author,
        author_truncated=merged.author_truncated,
        date=merged.date,
        likes=merged.likes,
        replies=tuple(held.reply for held in merged.replies),
    )


def _text(facts: LessonFacts) -> Record:
    return {"path": facts.path, **_place(facts.place), "title": facts.title}


def _place(place: Locator | None) -> Record:
    if place is None:
        return {}
    return {"locator": {"page": place.page} if place.page is not None else {"chapter": place.chapter}}


def _sameness(same: Sameness) -> Record:
    return {"title": same.title, "number": same.number, "body": same.body}
