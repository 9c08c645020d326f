"""`k8snotes summarize`: thesis, key sentences, themes and a digest of the comments."""

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session
from k8snotes.errors import UsageError
from k8snotes.pipeline import summarize_lesson
from k8snotes.render.plain import summary_lines
from k8snotes.render.records import summary_record


@session_command("summarize")
@paths_argument
@click.option("--sentences", type=Count(min=1), metavar="N", help="How many key sentences.  [5]")
@click.option("--chars", type=Count(min=1), metavar="N", help="Key sentences of N characters in all.")
@click.option("--percent", type=click.IntRange(1, 100), metavar="N", help="N percent of the prose.")
@click.option("--about", metavar="THEME", help="Only what is said of this theme.")
@click.option("--no-author-summary", is_flag=True, help="Nothing from where the author himself sums up.")
def command(
    session: Session,
    paths: tuple[str, ...],
    sentences: int | None,
    chars: int | None,
    percent: int | None,
    about: str | None,
    no_author_summary: bool,
) -> int:
    """What each lesson says: its thesis, the sentences it stands on, its themes, its readers.

    Every sentence is the author's own, with the line it stands on.
    """
    if sum(length is not None for length in (sentences, chars, percent)) > 1:
        raise UsageError("--sentences, --chars and --percent all set the length; give one of them")
    if chars is None and percent is None and sentences is None:
        sentences = session.number("sentences")
    records = []
    count = 0
    for lesson in session.lessons_in_reading_order(paths):
        summary = summarize_lesson(
            lesson,
            session.words,
            sentences=sentences,
            characters=chars,
            percent=percent,
            themes=session.number("themes"),
            about=about,
            author_summary=not no_author_summary,
        )
        if about is not None and summary.thesis is None and not summary.sentences:
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
