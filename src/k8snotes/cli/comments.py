"""`k8snotes comments`: what readers wrote."""

from datetime import date

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session
from k8snotes.model.lesson import Comment
from k8snotes.render.plain import comment_line
from k8snotes.render.records import listed_comment_record


@session_command("comments")
@paths_argument
@click.option("--questions", is_flag=True, help="Only questions.")
@click.option("--answered", is_flag=True, help="Only what the author replied to.")
@click.option("--min-likes", type=Count(min=0), metavar="N", help="Only with N likes or more.")
@click.option(
    "--sort",
    type=click.Choice(["page", "likes", "date"]),
    default="page",
    show_default=True,
    help="The order within a lesson: as on the page, most liked or newest first.",
)
@click.option("--all", "everything", is_flag=True, help="Thanks and check-ins too.")
def command(
    session: Session,
    paths: tuple[str, ...],
    questions: bool,
    answered: bool,
    min_likes: int | None,
    sort: str,
    everything: bool,
) -> int:
    """What readers wrote, with the author's replies.

    On a terminal, thanks and check-ins are folded into a count; --json and pipes have them all.
    """
    records: list[object] = []
    found = False
    for lesson in session.lessons_in_reading_order(paths):
        chosen = [
            comment
            for comment in lesson.comments
            if (not questions or comment.kind == "question")
            and (not answered or comment.is_answered)
            and (min_likes is None or (comment.likes is not None and comment.likes >= min_likes))
        ]
        chosen = _sorted(chosen, sort)
        if not chosen:
            continue
        found = True
        if session.as_json:
            records += [listed_comment_record(lesson, comment) for comment in chosen]
        elif session.as_jsonl:
            for comment in chosen:
                session.json_line(listed_comment_record(lesson, comment))
        elif session.terminal is not None:
            shown = [comment for comment in chosen if everything or comment.has_substance]
            session.terminal.comments(lesson, shown, folded=len(chosen) - len(shown))
        else:
            for comment in chosen:
                session.line(comment_line(lesson, comment))
    if session.as_json:
        session.json_document(comments=records)
    return session.finish(found=found)


def _sorted(comments: list[Comment], order: str) -> list[Comment]:
    if order == "likes":
        return sorted(
            comments, key=lambda comment: -1 if comment.likes is None else comment.likes, reverse=True
        )
    if order == "date":
        return sorted(comments, key=lambda comment: comment.date or date.min, reverse=True)
    return comments
