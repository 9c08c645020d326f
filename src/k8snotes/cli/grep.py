"""`k8snotes grep`: every occurrence, in the manner of rg."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from k8snotes.cli.options import Call, Option
from k8snotes.cli.session import Session, kinds_named
from k8snotes.errors import UsageError
from k8snotes.model.kinds import ALL_KINDS, KINDS
from k8snotes.render.hits import context_line, hit_line, line_record, whole_lines

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
        if count or names_only or max_count is not None:
            lines = session.lines_with(paths, pattern, _numbered, exactly=exact)
            return _print_counted(session, lines, max_count, count=count, names_only=names_only)
        return _print_all(session, session.lines_with(paths, pattern, session.as_written, exactly=exact))
    is_summed_up = (names_only or count) and not (session.as_json or session.as_jsonl)
    found = False
    records: list[object] = []
    pages = session.hits(paths, pattern, regex=regex, exactly=exact, kinds=wanted)
    # Of an e-book each lesson is a page; what is counted is counted for the file.
    for path, of_path in groupby(pages, key=lambda found: found[0][0].path):
        total = 0
        for all_hits, page in of_path:
            left = None if max_count is None else max_count - total
            hits = list(_limited(all_hits, left))
            total += len({hit.line for hit in hits})
            if session.as_json:
                records += [line_record(hit) for hit in hits]
            elif hits and not is_summed_up:
                _print(session, hits, page, before, after, only_matching=only_matching)
        found = found or total > 0
        if is_summed_up and total:
            _sum_up(session, path, total, names_only=names_only)
    if session.as_json:
        session.json_document(hits=records)
    return session.finish(found=found)


def _print_all(session: Session, texts: Iterable[str]) -> int:
    """What is said where nothing but lines is asked for."""
    any_found = False
    for text in texts:
        any_found = True
        session.write(text)
    return session.finish(found=any_found)


def _numbered(path: str, lines: list[tuple[int, str]]) -> tuple[str, list[int], list[str]]:
    return path, [number for number, _ in lines], [text for _, text in lines]


def _print_counted(
    session: Session,
    found: Iterable[tuple[str, list[int], list[str]]],
    max_count: int | None,
    *,
    count: bool,
    names_only: bool,
) -> int:
    """What is said where lines are counted, of each text: of an e-book each lesson is found by itself."""
    any_found = False
    for path, of_path in groupby(found, key=itemgetter(0)):
        any_found = True
        total = 0
        for _, numbers, texts in of_path:
            left = None if max_count is None else max_count - total
            wanted = list(dict.fromkeys(numbers))[:left]
            total += len(wanted)
            if wanted and not (names_only or count):
                lines = zip(numbers, texts, strict=True)
                session.write(session.as_written(path, [line for line in lines if line[0] <= wanted[-1]]))
        if names_only or count:
            _sum_up(session, path, total, names_only=names_only)
    return session.finish(found=any_found)


def _sum_up(session: Session, path: str, lines: int, *, names_only: bool) -> None:
    """What is said of a text as a whole."""
    session.line(path if names_only else f"{path}:{lines}")


def _limited(hits: "Iterable[LineHit]", most: int | None) -> "Iterator[LineHit]":
    lines: set[int] = set()
    for hit in hits:
        lines.add(hit.line)
        if most is not None and len(lines) > most:
            return
        yield hit


def _print(
    session: Session,
    hits: "list[LineHit]",
    page: "Callable[[], Page]",
    before: int,
    after: int,
    *,
    only_matching: bool,
) -> None:
    """The hits of a page, at least one."""
    if session.as_jsonl:
        for hit in hits:
            session.json_line(line_record(hit))
        return
    lines = list(whole_lines(hits))
    if only_matching:
        for hit in lines:
            for start, stop in hit.matches:
                session.line(f"{hit.path}:{hit.line}:{hit.text[start:stop]}")
    elif session.terminal is not None:
        whole = page()
        session.terminal.line_hits(whole, _with_context(whole, lines, before, after))
    elif before or after:
        _print_with_context(session, page(), lines, before, after)
    else:
        for hit in lines:
            session.line(hit_line(hit))


def _print_with_context(
    session: Session, page: "Page", hits: "list[LineHit]", before: int, after: int
) -> None:
    last = -1 if session.has_printed else 0  # of another text, if any
    for line, hit in _with_context(page, hits, before, after):
        if last and line > last + 1:
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
