"""What search and grep found, as lines for a pipe and as records of `--json` and `--jsonl`."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from k8snotes.render.document import Record
from k8snotes.render.escaping import one_line

if TYPE_CHECKING:
    from k8snotes.model.hits import Answer, LineHit, PassageHit
    from k8snotes.model.page import Page

EXCERPT = 160  # characters of a passage in a line of its own
BEFORE = 40  # of them in front of the first match, where the passage is longer
CUT = "…"


def locator(place: int | str | None) -> Record:
    """Where something stands in what has pages or chapters; nothing for what has none."""
    return {} if place is None else {"locator": {"page" if isinstance(place, int) else "chapter": place}}


def line_record(hit: "LineHit") -> Record:
    record: Record = {
        "path": hit.path,
        "line": hit.line,
        "column": hit.column,
        "kind": hit.kind,
        "text": hit.text,
        "matches": [list(span) for span in hit.matches],
        "lesson": hit.lesson,
        **locator(hit.place),
    }
    return {**record, "author": hit.author} if hit.kind in ("comment", "reply") else record


def passage_record(hit: "PassageHit") -> Record:
    record: Record = {
        "path": hit.path,
        "lesson": hit.lesson,
        "section": hit.section,
        "kind": hit.kind,
        "line": hit.line,
        "score": hit.score,
        "partial": hit.is_partial,
        "text": hit.text,
        "matches": [list(span) for span in hit.matches],
        **locator(hit.place),
    }
    if hit.kind in ("comment", "reply"):
        day = None if hit.date is None else hit.date.isoformat()
        record |= {"author": hit.author, "date": day, "likes": hit.likes}
    return record


def answer_fields(query: str, answer: "Answer", *, explain: bool) -> Record:
    """What `--json` says of an answer."""
    fields: Record = {
        "query": query,
        "total": answer.total,
        "hits": [passage_record(hit) for hit in answer.hits],
        "suggestions": list(answer.suggestions),
    }
    if explain:
        fields["terms"] = [
            {"spellings": list(term.spellings), "weight": term.weight, "passages": term.passages}
            for term in answer.terms
        ]
    return fields


def explanation_lines(answer: "Answer") -> Iterator[str]:
    """The terms that were looked up: weight, passages, and the spellings that count as one."""
    for term in answer.terms:
        yield f"{term.weight:.2f}\t{term.passages}\t{' = '.join(term.spellings)}"


def hit_line(hit: "LineHit") -> str:
    return f"{hit.path}:{hit.line}:{hit.text}"


def whole_lines(hits: Iterable["LineHit"]) -> Iterator["LineHit"]:
    """The hits of one page as lines to be shown: what stands in the same text as one, whatever its kind."""
    for _, same in groupby(hits, key=lambda hit: (hit.line, hit.begins)):
        first, *others = same
        spans = [*first.matches, *(span for hit in others for span in hit.matches)]
        yield first._replace(matches=tuple(sorted(spans))) if others else first


def context_line(page: "Page", line: int) -> str:
    return f"{page.path}-{line}-{page.lines[line - 1]}"


def passage_line(hit: "PassageHit") -> str:
    """A passage on one line, led by its place; of a long one what stands around the matches."""
    return f"{hit.path}:{hit.line}:{one_line(excerpt(hit, EXCERPT)[0])}"


def excerpt(hit: "PassageHit", length: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """About so many characters of a passage, where most of its matches stand, and the matches in them."""
    text = hit.text
    if len(text) <= length:
        return text, hit.matches
    start = _best_start(hit.matches, length - BEFORE)
    first = max(min(start - BEFORE, len(text) - length), 0)
    last = min(first + length, len(text))
    before, after = CUT if first else "", CUT if last < len(text) else ""
    move = len(before) - first
    matches = tuple(
        (max(start, first) + move, min(stop, last) + move)
        for start, stop in hit.matches
        if start < last and stop > first
    )
    return f"{before}{text[first:last]}{after}", matches


def _best_start(matches: tuple[tuple[int, int], ...], reach: int) -> int:
    """Where the match begins from which on most is found within reach; matches are apart and in order."""
    most, best, found, past = -1, 0, 0, 0  # `found` characters in the matches from one on up to `past`
    for number, (start, stop) in enumerate(matches):
        if past < number:
            past, found = number, 0
        while past < len(matches) and matches[past][1] <= start + reach:
            found += matches[past][1] - matches[past][0]
            past += 1
        if found > most:
            most, best = found, start
        if past > number:
            found -= stop - start
    return best
