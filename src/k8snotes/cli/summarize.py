"""`k8snotes summarize`: what lessons say, and what a course says."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session
from k8snotes.errors import UsageError

if TYPE_CHECKING:
    from k8snotes.model.findings import CourseSummary, ListedSummary
    from k8snotes.studies import Summarizing


@session_command("summarize")
@paths_argument
@click.option("--sentences", type=Count(min=1), metavar="N", help="How many key sentences.  [5]")
@click.option("--chars", type=Count(min=1), metavar="N", help="Key sentences of N characters in all.")
@click.option("--percent", type=Count(min=1, max=100), metavar="N", help="N percent of the prose.")
@click.option("--about", metavar="THEME", help="Only what is said of this theme.")
@click.option("--no-author-summary", is_flag=True, help="Nothing from where the author himself sums up.")
@click.option("--course", is_flag=True, help="A line a lesson, then the thread of the whole course.")
def command(
    session: Session,
    paths: tuple[str, ...],
    sentences: int | None,
    chars: int | None,
    percent: int | None,
    about: str | None,
    no_author_summary: bool,
    course: bool,
) -> int:
    """What each lesson says: its thesis, the sentences it stands on, its themes, its readers.

    Every sentence is the author's own, with the line it stands on.
    """
    if sum(length is not None for length in (sentences, chars, percent)) > 1:
        raise UsageError("--sentences, --chars and --percent all set the length; give one of them")
    if chars is None and percent is None and sentences is None:
        sentences = session.number("sentences")
    from k8snotes.studies import Summarizing

    wish = Summarizing(
        own_terms=session.own_terms,
        sentences=sentences,
        characters=chars,
        percent=percent,
        themes=session.number("themes"),
        about=about,
        author_summary=not no_author_summary,
    )
    return _show_courses(session, paths, wish) if course else _show_lessons(session, paths, wish)


def _show_lessons(session: Session, paths: tuple[str, ...], wish: "Summarizing") -> int:
    from k8snotes.render.plain import summary_lines
    from k8snotes.render.records import summary_record
    from k8snotes.studies import summary_study

    records = []
    count = 0
    for studied in session.studied(paths, summary_study(wish)):
        summary = studied.result
        if not _is_wanted(summary, wish):
            continue
        count += 1
        if session.as_json:
            records.append(summary_record(summary))
        elif session.as_jsonl:
            session.json_line(summary_record(summary))
        elif session.terminal is not None:
            session.terminal.summary(summary)
        else:
            if count > 1:
                session.line("")
            for line in summary_lines(summary):
                session.line(line)
    if session.as_json:
        session.json_document(lessons=records)
    return session.finish(found=count > 0)


def _is_wanted(summary: "ListedSummary", wish: "Summarizing") -> bool:
    """About a theme, only lessons that say something of it."""
    return wish.about is None or summary.thesis is not None or bool(summary.sentences)


def _show_courses(session: Session, paths: tuple[str, ...], wish: "Summarizing") -> int:
    from k8snotes.render.plain import course_summary_lines
    from k8snotes.render.records import course_summary_record, summary_record

    courses = [*_rolled_up(session, paths, wish)]
    if session.as_json:
        lessons = [summary_record(lesson) for course in courses for lesson in course.lessons]
        session.json_document(lessons=lessons, courses=[course_summary_record(course) for course in courses])
        return session.finish(found=bool(courses))
    for number, course in enumerate(courses):
        if session.as_jsonl:
            session.json_line(course_summary_record(course))
        elif session.terminal is not None:
            session.terminal.course_summary(course)
        else:
            if number:
                session.line("")
            for line in course_summary_lines(course):
                session.line(line)
    return session.finish(found=bool(courses))


def _rolled_up(session: Session, paths: tuple[str, ...], wish: "Summarizing") -> "Iterator[CourseSummary]":
    """The courses that the texts make."""
    from k8snotes.pipeline import roll_up
    from k8snotes.studies import course_study

    found = (
        (studied.course, studied.course_name, *studied.result)
        for studied in session.studied(paths, course_study(wish), until_end=True)
        if _is_wanted(studied.result[0], wish)
    )
    return roll_up(found, session.vocabulary, themes=wish.themes)
