"""A course as one JSON document, a lesson a line; its schema is data/course.schema.json."""

from collections.abc import Iterable, Iterator

from k8snotes.model.document import SIGNATURES, LessonPart
from k8snotes.render.escaping import json_string


def course_text(lessons: Iterable[LessonPart]) -> Iterator[str]:
    """The document in pieces: the lessons first, since only they tell which courses there are."""
    yield f'{SIGNATURES["json"]} "lessons": ['
    courses: dict[str | None, int] = {}
    between = "\n"
    for lesson in lessons:
        courses[lesson.course] = courses.get(lesson.course, 0) + 1
        yield between + lesson.text
        between = ",\n"
    listed = [{"name": name, "lessons": count} for name, count in courses.items()]
    yield f'\n], "courses": {json_string(listed)}}}\n'
