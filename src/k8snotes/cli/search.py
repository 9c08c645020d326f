"""`k8snotes search`: passages that answer a query, best first."""

import os

from k8snotes.cli.options import Call, Option
from k8snotes.cli.session import Session, kinds_named
from k8snotes.errors import UsageError
from k8snotes.lookup import search_library
from k8snotes.model.filters import Filters
from k8snotes.model.kinds import KINDS
from k8snotes.render.hits import answer_fields, explanation_lines, passage_line, passage_record
from k8snotes.speech import _


def run(
    session: Session,
    query: str,
    paths: tuple[str, ...],
    limit: int,
    offset: int,
    by: str,
    kinds: str | None,
    author: str | None,
    min_likes: int | None,
    since: str | None,
    until: str | None,
    lesson: str | None,
    explain: bool,
) -> int:
    """Passages that answer QUERY, best first.

    Several words: passages with all of them first. "a phrase" must stand as it is, -word must
    not stand, a OR b is either. Other names of a thing are found as well: k8s, Kubernetes.
    """
    filters = Filters(
        kinds=kinds_named(kinds, KINDS),
        author=author,
        min_likes=min_likes,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        lesson=lesson,
    )
    answer = search_library(
        session.library(paths),
        query,
        filters,
        own_terms=session.own_terms,
        limit=limit,
        offset=offset,
        by_lesson=by == "lesson",
        suggests=session.as_json or session.is_hinting,
    )
    if session.as_json:
        session.json_document(**answer_fields(query, answer, explain=explain))
    elif session.as_jsonl:
        for hit in answer.hits:
            session.json_line(passage_record(hit))
    elif session.terminal is not None:
        session.terminal.answer(answer, offset=offset, explain=explain)
    else:
        for line in (*explanation_lines(answer), "") if explain else ():
            session.line(line)
        for hit in answer.hits:
            session.line(passage_line(hit))
    if answer.suggestions:
        session.hint(_("did you mean {names}?", names=", ".join(answer.suggestions)))
    if any(map(_is_a_word, paths)):
        import shlex

        words = shlex.quote(" ".join((query, *paths)))
        session.hint(_("several words go in quotes: {call}", call=f"k8snotes search {words}"))
    return session.finish(found=bool(answer.hits))


def _is_a_word(path: str) -> bool:
    """Whether what stands where paths do looks like another word of the query."""
    return not (os.path.exists(path) or any(mark in path for mark in "./\\*?["))  # noqa: PTH110 - loads nothing


def _day(day: str | None, option: str) -> str | None:
    """A day as the index keeps it.

    Raises:
        UsageError: it is none.
    """
    if day is None:
        return None
    try:
        from datetime import date  # here: it takes 1 ms to load, and days are seldom asked for

        return date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise UsageError("{option} {day}: no day; write it as 2018-12-24", option=option, day=day) from error


CALL = Call(
    name="search",
    word="query",
    options=(
        Option(
            ("--limit",), "limit", "N hits at most.", metavar="N", least=1, default=10, shows_default=True
        ),
        Option(("--offset",), "offset", "Leave out the first N.", metavar="N", least=0, default=0),
        Option(
            ("--by",), "by", "lesson: one hit a lesson.", choices=("passage", "lesson"), default="passage"
        ),
        Option(("--in",), "kinds", f"Only in these parts: {', '.join(KINDS)}.", metavar="KIND[,KIND]"),
        Option(("--author",), "author", "Only what NAME wrote; a part of the name will do.", metavar="NAME"),
        Option(("--min-likes",), "min_likes", "Only comments with N likes or more.", metavar="N", least=0),
        Option(("--since",), "since", "Only from this day on: 2018-12-24.", metavar="DATE"),
        Option(("--until",), "until", "Only up to this day.", metavar="DATE"),
        Option(
            ("--lesson",),
            "lesson",
            "Only lessons of this number, or with TEXT in title or path.",
            metavar="TEXT",
        ),
        Option(("--explain",), "explain", "Show what was looked for, and how much each word counts."),
    ),
    run=run,
)
