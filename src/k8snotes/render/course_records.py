"""Courses as the records of `--json` and `--jsonl`."""

from collections.abc import Sequence

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
from k8snotes.model.source import Place
from k8snotes.render.document import Record
from k8snotes.render.records import comment_record, place_record


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
    return {
        **place_record(merged.held[0].place),
        **comment_record(merged.whole),
        "replies": [
            {
                "path": held.place.path,
                "by": held.reply.by,
                "text": held.reply.text.string,
                "first_line": held.reply.first_line,
                "last_line": held.reply.last_line,
            }
            for held in merged.replies
        ],
        "also": [
            {
                **place_record(held.place),
                "first_line": held.comment.first_line,
                "last_line": held.comment.last_line,
            }
            for held in merged.held[1:]
        ],
    }


def _text(facts: LessonFacts) -> Record:
    return {**place_record(Place(path=facts.path, locator=facts.place)), "title": facts.title}


def _sameness(same: Sameness) -> Record:
    return {"title": same.title, "number": same.number, "body": same.body}
