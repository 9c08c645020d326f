"""`k8snotes course`: which lessons make a course, in which order, and what is missing."""

import click

from k8snotes.cli.commands import paths_argument, session_command
from k8snotes.cli.session import Session


@session_command("course")
@paths_argument
@click.option("--comments", is_flag=True, help="The comments of each lesson too, from all its texts.")
@click.option("--check", is_flag=True, help="End with exit code 3 where lessons are missing or clash.")
def command(session: Session, paths: tuple[str, ...], comments: bool, check: bool) -> int:
    """The courses that the texts make: lessons in reading order, what is missing, what is held twice.

    Piped: record, course, position, number, path, title and why, tabs between them.
    """
    from k8snotes.cli.course_view import View

    courses = session.courses(paths)
    found = courses.assembly.courses
    view = View(session, courses, with_comments=comments)
    if session.as_json:
        session.json_document(courses=[view.record(course) for course in found], rest=view.rest_records())
    else:
        for course in found:
            view.show(course)
        view.show_rest()
    if check and any(course.missing or course.clashes for course in found):
        session.needs_a_person()
    return session.finish(found=bool(found))
