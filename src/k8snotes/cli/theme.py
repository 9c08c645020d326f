"""`k8snotes theme`: the thread of one theme through the lessons."""

from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import session_command
from k8snotes.cli.faq import says
from k8snotes.cli.session import Session
from k8snotes.speech import _

if TYPE_CHECKING:
    from k8snotes.model.thread import Remark, Thread
    from k8snotes.threads import Named


@session_command("theme")
@click.argument("name")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="On a terminal, every mention of a lesson.")
def command(session: Session, name: str, paths: tuple[str, ...], everything: bool) -> int:
    """What the lessons say of NAME: its definition, every mention in reading order, what it stands
    together with, and what readers asked.

    Case, width, 繁/简, blanks and other names of a thing find the same theme. --jsonl gives the
    mentions. Where no lesson knows the name: exit code 1, and names that come near.
    """
    from k8snotes.render.plain import thread_lines
    from k8snotes.render.records import mention_record, thread_record
    from k8snotes.threads import named, near_themes, thread_of

    theme = named(name, session.own_terms)
    library = session.library(paths)
    thread = thread_of(library, theme, session.progress)
    if thread is None:
        near = near_themes(library, name, theme)
        if session.as_json:
            session.json_document(theme=None, suggestions=list(near))
        elif near:
            session.hint(_("did you mean {names}?", names=", ".join(near)))
        return session.finish(found=False)
    if session.as_jsonl:
        for mention in thread.mentions:
            session.json_line(mention_record(mention))
        return session.finish(found=True)
    questions = _questions(session, paths, thread, theme)
    if session.as_json:
        session.json_document(theme=thread_record(thread, questions), suggestions=[])
    elif session.terminal is not None:
        session.terminal.thread(thread, questions, spans=theme.spans, everything=everything)
    else:
        for line in thread_lines(thread, questions):
            session.line(line)
    return session.finish(found=True)


def _questions(session: Session, paths: tuple[str, ...], thread: "Thread", theme: "Named") -> "list[Remark]":
    """What readers asked about the theme, answered first, the most worth reading first."""
    from k8snotes.pipeline import question_worth, remarks_on

    asked_in = {mention.path for mention in thread.mentions if mention.kind in ("comment", "reply")}
    found: dict[tuple[str | None, object, str], Remark] = {}  # a lesson in several texts: each once
    for lesson in session.lessons_at(paths, asked_in):
        asked = [
            comment for comment in lesson.comments if comment.kind == "question" and says(comment, theme)
        ]
        for remark in remarks_on(lesson, asked, session.vocabulary):
            comment = remark.comment
            found.setdefault((comment.author, comment.date, comment.text.string), remark)

    def rank(remark: "Remark") -> tuple[bool, float]:
        return not remark.comment.is_answered, -question_worth(remark.comment, session.vocabulary)

    return sorted(found.values(), key=rank)
