"""`k8snotes grep`: every occurrence, in the manner of rg."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from k8snotes.cli.options import Call, Option
from k8snotes.cli.session import Session, kinds_named
from k8snotes.errors import UsageError
from k8snotes.lookup import grep_page, make_matcher
from k8snotes.model.kinds import ALL_KINDS, KINDS
from k8snotes.render.hits import context_line, hit_line, line_record

if TYPE_CHECKING:
    from k8snotes.model.hits import LineHit
    from k8snotes.model.page import Page


def run(
    session: Session,
    pattern: str,
    paths: tuple[str, ...],
    regex: bool,
    exact: bool,
    count: bool,
    names_only: bool,
    only_matching: bool,
    max_count: int | None,
    after: int | None,
    before: int | None,
    around: int,
    kinds: str | None,
) -> int:
    """Every occurrence of PATTERN, in reading order; it never misses what a literal scan finds.

    学习 finds 學習 as well, k8s finds K8S and Ｋ８Ｓ; with -s only itself.
    """
    if not pattern:
        raise UsageError("the pattern is empty; say what to look for")
    wanted = kinds_named(kinds, ALL_KINDS)
    before, after = around if before is None else before, around if after is None else after
    is_listed = session.as_json or session.as_jsonl or only_matching or session.terminal is not None
    if not (regex or is_listed or wanted or before or after):
        lines = session.lines_with(paths, pattern, exactly=exact)
        return _print_lines(session, lines, max_count, count=count, names_only=names_only)
    matcher = make_matcher(pattern, regex=regex, exactly=exact)
    found = False
    records: list[object] = []
    for page, as_read in session.pages(paths, None if regex else pattern, exactly=exact):
        hits = list(_limited(grep_page(page, matcher, kinds=wanted, as_read=as_read), max_count))
        if not hits:
            continue
        found = True
        if session.as_json:
            records += [line_record(hit) for hit in hits]
        elif session.as_jsonl:
            for hit in hits:
                session.json_line(line_record(hit))
        elif names_only:
            session.line(page.path)
        elif count:
            session.line(f"{page.path}:{len({hit.line for hit in hits})}")
        elif only_matching:
            for hit in hits:
                for start, stop in hit.matches:
                    session.line(f"{page.path}:{hit.line}:{hit.text[start:stop]}")
        else:
            _print(session, page, hits, before, after)
    if session.as_json:
        session.json_document(hits=records)
    return session.finish(found=found)


def _print_lines(
    session: Session,
    found: Iterable[tuple[str, list[tuple[int, str]]]],
    max_count: int | None,
    *,
    count: bool,
    names_only: bool,
) -> int:
    """What is said where lines alone are asked for."""
    any_found = False
    for path, lines in found:
        any_found = True
        numbers = list(dict.fromkeys([number for number, _ in lines]))[:max_count]
        if names_only:
            session.line(path)
        elif count:
            session.line(f"{path}:{len(numbers)}")
        else:
            session.text_lines(path, [line for line in lines if line[0] <= numbers[-1]])
    return session.finish(found=any_found)


def _limited(hits: "Iterable[LineHit]", most: int | None) -> "Iterator[LineHit]":
    lines: set[int] = set()
    for hit in hits:
        lines.add(hit.line)
        if most is not None and len(lines) > most:
            return
        yield hit


def _print(session: Session, page: "Page", hits: "list[LineHit]", before: int, after: int) -> None:
    if session.terminal is not None:
        session.terminal.line_hits(page, _with_context(page, hits, before, after))
        return
    last = 0
    for line, hit in _with_context(page, hits, before, after):
        if (before or after) and last and line > last + 1:
            session.line("--")
        session.line(context_line(page, line) if hit is None else hit_line(hit))
        last = line


def _with_context(
    page: "Page", hits: "list[LineHit]", before: int, after: int
) -> "Iterator[tuple[int, LineHit | None]]":
    """The hits in order with the lines around them, each line of context once."""
    at = {hit.line for hit in hits}
    shown = 0
    for position, hit in enumerate(hits):
        for line in range(max(shown + 1, hit.line - before), hit.line):
            if line not in at:
                yield line, None
        yield hit.line, hit
        next_hit = hits[position + 1].line if position + 1 < len(hits) else len(page.lines) + 1
        shown = min(hit.line + after, next_hit - 1, len(page.lines))
        for line in range(hit.line + 1, shown + 1):
            yield line, None
        shown = max(shown, hit.line)


CALL = Call(
    name="grep",
    word="pattern",
    options=(
        Option(("-E", "--regex"), "regex", "The pattern is a regular expression."),
        Option(("-s", "--exact"), "exact", "To the letter: case, width and script count."),
        Option(("-c", "--count"), "count", "How many lines match, a text a line."),
        Option(("-l", "--files-with-matches"), "names_only", "Which texts match."),
        Option(("-o", "--only-matching"), "only_matching", "What matched, a match a line."),
        Option(("-m", "--max-count"), "max_count", "N matching lines a text.", metavar="N", least=1),
        Option(("-A",), "after", "N lines after each match.", metavar="N", least=0),
        Option(("-B",), "before", "N lines before each match.", metavar="N", least=0),
        Option(("-C",), "around", "N lines on both sides.", metavar="N", least=0, default=0),
        Option(("--in",), "kinds", f"Only in these parts: {', '.join(KINDS)}.", metavar="KIND[,KIND]"),
    ),
    run=run,
)
