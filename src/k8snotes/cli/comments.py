"""`k8snotes comments`: what readers wrote."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from heapq import nlargest
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import Count, paths_argument, session_command
from k8snotes.cli.session import Session

if TYPE_CHECKING:
    from k8snotes.model.lesson import Comment
    from k8snotes.model.thread import Remark

# The orders over all lessons, greatest first; beside them there is that of the pages.
ORDERS: "dict[str, Callable[[Remark], int]]" = {
    "likes": lambda remark: -1 if remark.comment.likes is None else remark.comment.likes,
    "date": lambda remark: (remark.comment.date or date.min).toordinal(),
}


@session_command("comments")
@paths_argument
@click.option("--questions", is_flag=True, help="Only questions.")
@click.option("--answered", is_flag=True, help="Only what the author replied to.")
@click.option("--min-likes", type=Count(min=0), metavar="N", help="Only with N likes or more.")
@click.option(
    "--sort",
    type=click.Choice(["place", "page", "likes", "date"]),
    default="place",
    show_default=True,
    help="As they stand on the pages (place, page), or over all lessons the most liked or newest first.",
)
@click.option("--limit", type=Count(min=1), metavar="N", help="N comments at most.")
@click.option("--all", "everything", is_flag=True, help="Thanks and check-ins too.")
def command(
    session: Session,
    paths: tuple[str, ...],
    questions: bool,
    answered: bool,
    min_likes: int | None,
    sort: str,
    limit: int | None,
    everything: bool,
) -> int:
    """What readers wrote, with the author's replies.

    On a terminal, thanks and check-ins are folded into a count; --json and pipes have them all.
    """

    from k8snotes.render.plain import remark_line
    from k8snotes.render.records import remark_counts, remark_record

    def is_wanted(comment: "Comment") -> bool:
        return (
            (not questions or comment.kind == "question")
            and (not answered or comment.is_answered)
            and (min_likes is None or (comment.likes is not None and comment.likes >= min_likes))
        )

    by_lesson = _ordered(_remarks(session, paths, is_wanted), ORDERS.get(sort), limit)
    if session.as_json:
        remarks = list(chain.from_iterable(by_lesson))
        counts = remark_counts(remark.comment for remark in remarks)
        session.json_document(comments=[remark_record(remark) for remark in remarks], counts=counts)
        return session.finish(found=bool(remarks))
    found = False
    seen: list[date | None] = []
    for remarks in by_lesson:
        found = True
        seen += [remark.comment.date for remark in remarks]
        if session.as_jsonl:
            for remark in remarks:
                session.json_line(remark_record(remark))
        elif session.terminal is not None:
            shown = [remark for remark in remarks if everything or remark.comment.has_substance]
            folded = len(remarks) - len(shown)
            session.terminal.remarks(
                shown, of=remarks[0] if sort in ("place", "page") else None, folded=folded
            )
        else:
            for remark in remarks:
                session.line(remark_line(remark))
    if session.terminal is not None:
        session.terminal.timeline(seen)
    return session.finish(found=found)


def _remarks(
    session: Session, paths: tuple[str, ...], is_wanted: "Callable[[Comment], bool]"
) -> "Iterator[list[Remark]]":
    """The comments wanted, lesson by lesson in reading order; lessons without any are left out."""
    from k8snotes.pipeline import remarks_on

    for lesson in session.lessons_in_reading_order(paths):
        wanted = [comment for comment in lesson.comments if is_wanted(comment)]
        if wanted:
            yield list(remarks_on(lesson, wanted, session.vocabulary))


def _ordered(
    by_lesson: "Iterable[list[Remark]]", key: "Callable[[Remark], int] | None", limit: int | None
) -> "Iterator[list[Remark]]":
    """At most so many comments: as they come, lesson by lesson, or all together in the order of a key."""
    if key is not None:
        found = chain.from_iterable(by_lesson)
        best = sorted(found, key=key, reverse=True) if limit is None else nlargest(limit, found, key=key)
        if best:
            yield best
        return
    left = limit
    for remarks in by_lesson:
        if left is None:
            yield remarks
            continue
        yield list(islice(remarks, left))
        left -= len(remarks)
        if left <= 0:
            return
