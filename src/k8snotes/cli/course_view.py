"""What `k8snotes course` shows, by itself: help needs none of it."""

from collections.abc import Iterator, Sequence

from k8snotes.cli.session import Session
from k8snotes.courses import Courses, merged_comments
from k8snotes.model.course import Course, CourseLesson, MergedComment, Missing
from k8snotes.model.lesson import Comment
from k8snotes.render import course_lines, course_records
from k8snotes.render.document import Record


class View:
    """Shows courses as the session wants them."""

    def __init__(self, session: Session, courses: Courses, *, with_comments: bool) -> None:
        self._session = session
        self._courses = courses
        self._with_comments = with_comments

    def show(self, course: Course) -> None:
        if self._session.as_jsonl:
            for record in self._records(course):
                self._session.json_line(record)
        elif self._session.terminal is not None:
            self._session.terminal.course(course, self._counted)
        else:
            for line in self._lines(course):
                self._session.line(line)

    def record(self, course: Course) -> Record:
        lessons = [
            self._lesson_record(held, position) for position, held in enumerate(course.lessons, start=1)
        ]
        return course_records.course_record(course, lessons)

    def rest_records(self) -> list[Record]:
        return course_records.rest_records(self._courses.assembly)

    def show_rest(self) -> None:
        rest = self._courses.assembly.rest
        if self._session.as_jsonl:
            for record in self.rest_records():
                self._session.json_line({"record": "rest", **record})
        elif self._session.terminal is not None:
            self._session.terminal.rest(rest)
        else:
            for facts in rest:
                self._session.line(course_lines.rest_line(facts))

    def _lesson_record(self, held: CourseLesson, position: int) -> Record:
        merged = self._merged(held)
        count = held.facts.comments if merged is None else len(merged)
        record = course_records.lesson_record(held, position=position, comments=count)
        if self._with_comments:
            record["merged_comments"] = [
                course_records.merged_comment_record(comment) for comment in merged or ()
            ]
        return record

    def _records(self, course: Course) -> Iterator[Record]:
        position = 0
        for row in course.rows:
            if isinstance(row, Missing):
                record = course_records.missing_record(row, course)
                yield {"record": "missing", "course": course.name, **record}
            else:
                position += 1
                yield {"record": "lesson", "course": course.name, **self._lesson_record(row, position)}
        for clash in course.clashes:
            yield {"record": "clash", "course": course.name, **course_records.clash_record(clash)}

    def _lines(self, course: Course) -> Iterator[str]:
        position = 0
        for row in course.rows:
            if isinstance(row, Missing):
                yield course_lines.missing_line(course, row)
                continue
            position += 1
            yield from course_lines.lesson_lines(course, row, position=position)
            for comment in (self._merged(row) or ()) if self._with_comments else ():
                yield course_lines.comment_line(course, comment, position=position)
        for clash in course.clashes:
            yield from course_lines.clash_lines(course, clash)

    def _counted(self, held: CourseLesson) -> tuple[int, Sequence[tuple[str, Comment]]]:
        """How many comments a lesson has, and those to show with the path of their text."""
        merged = self._merged(held)
        if merged is None:
            return held.facts.comments, ()
        shown = merged if self._with_comments else ()
        return len(merged), [(comment.held[0].place.path, comment.whole) for comment in shown]

    def _merged(self, held: CourseLesson) -> tuple[MergedComment, ...] | None:
        """A lesson's comments; None where its one text holds them all and none is to be shown."""
        if held.duplicates or self._with_comments:
            return merged_comments(self._courses, held)
        return None
