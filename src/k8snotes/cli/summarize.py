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
def command(session: Session, paths: tuple[str, ...], sentences: int | None, chars: int | None) -> int:
    """What each lesson says: its thesis, the sentences it stands on, its themes, its readers.

    Every sentence is the author's own, with the line it stands on.
    """
    if sentences is not None and chars is not None:
        raise UsageError("--sentences and --chars both set the length; give one of them")
    if chars is None and sentences is None:
        sentences = session.number("sentences")
    records = []
    count = 0
    for lesson in session.lessons_in_reading_order(paths):
        summary = summarize_lesson(
            lesson, session.words, sentences=sentences, characters=chars, themes=session.number("themes")
        )
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
