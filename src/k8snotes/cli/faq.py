"""`k8snotes faq`: the questions that an author answered."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session

if TYPE_CHECKING:
    from k8snotes.model.lesson import Comment
    from k8snotes.model.thread import Remark
    from k8snotes.threads import Named


@session_command("faq")
@paths_argument
@click.option("--about", "theme", metavar="THEME", help="Only where THEME is named, by any of its names.")
@click.option("--limit", type=Count(min=1), metavar="N", help="N questions at most.")
def command(session: Session, paths: tuple[str, ...], theme: str | None, limit: int | None) -> int:
    """Every comment that an author replied to, with the replies, the most worth reading first.

    A question counts for more than a remark, a longer one with terms and a full reply for more than
    a short one, and what readers liked for more than what they passed over.
    """
    from k8snotes.render.plain import remark_line
    from k8snotes.render.records import remark_record
    from k8snotes.threads import named

    about = None if theme is None else named(theme, session.own_terms)
    ranked = sorted(_answered(session, paths, about), key=lambda found: -found[0])
    remarks = [remark for _, remark in ranked[:limit]]
    if session.as_json:
        session.json_document(comments=[remark_record(remark) for remark in remarks], total=len(ranked))
    elif session.as_jsonl:
        for remark in remarks:
            session.json_line(remark_record(remark))
    elif session.terminal is not None:
        session.terminal.remarks(remarks, of=None, folded=0)
    else:
        for remark in remarks:
            session.line(remark_line(remark))
    return session.finish(found=bool(remarks))


def _answered(
    session: Session, paths: tuple[str, ...], about: "Named | None"
) -> "Iterator[tuple[float, Remark]]":
    """What authors replied to, with how much it is worth reading."""
    from k8snotes.pipeline import question_worth, remarks_on

    for lesson in session.lessons_in_reading_order(paths, until_end=True):
        answered = [
            comment
            for comment in lesson.comments
            if comment.is_answered and (about is None or says(comment, about))
        ]
        for remark in remarks_on(lesson, answered, session.vocabulary):
            yield question_worth(remark.comment, session.vocabulary), remark


def says(comment: "Comment", theme: "Named") -> bool:
    """Whether a comment or a reply to it names a theme."""
    texts = (comment.text, *(reply.text for reply in comment.replies))
    return any(theme.stands_in(text.string) for text in texts)
