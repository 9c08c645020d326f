"""Every occurrence of a pattern, line by line, as stored and as read.

Two views of a lesson are scanned. As stored: the source lines, so that nothing a literal
scan finds is missed, whatever the parser made of it. As read: the passages, so that a word
is found that a page break, a Markdown mark or an entity cuts in the source.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from k8snotes.index.passages import Passage, line_kinds, passages_of
from k8snotes.model.findings import LineHit, PassageKind
from k8snotes.model.lesson import Lesson
from k8snotes.model.text import Folded, Text

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Finds spans in a string; `over_lines` where a match may run over a line's end."""

    find: Callable[[str], Spans]
    over_lines: bool


def literal(pattern: str, fold: Callable[[str], Folded]) -> Matcher:
    """Matches the pattern's characters, whatever their case, width or script."""
    needle = fold(pattern).string
    if not needle:  # nothing but invisible characters
        return exact(pattern)

    def find(text: str) -> Spans:
        folded = fold(text)
        return [
            folded.source_span(start, start + len(needle)) for start in _occurrences(folded.string, needle)
        ]

    return Matcher(find=find, over_lines=True)


def exact(pattern: str) -> Matcher:
    """Matches the pattern to the letter."""
    return Matcher(
        find=lambda text: [(start, start + len(pattern)) for start in _occurrences(text, pattern)],
        over_lines=False,
    )


def regular(pattern: str, fold: Callable[[str], Folded] | None) -> Matcher:
    """Matches a regular expression, folded unless `fold` is None; empty matches count for nothing.

    Raises:
        re.error: the expression is none.
    """
    if fold is None:
        rule = re.compile(pattern)
        return Matcher(find=lambda text: _matches(rule, text), over_lines=False)
    # Only what is not ASCII is folded in the pattern: the rest may be syntax.
    rule = re.compile(
        "".join(c if c.isascii() else re.escape(fold(c).string) for c in pattern), re.IGNORECASE
    )

    def find(text: str) -> Spans:
        folded = fold(text)
        return [folded.source_span(start, stop) for start, stop in _matches(rule, folded.string)]

    return Matcher(find=find, over_lines=False)


def grep(
    lesson: Lesson,
    matcher: Matcher,
    plain: Callable[[Text], Text],
    *,
    kinds: Collection[PassageKind] | None = None,
) -> Iterator[LineHit]:
    """The lines that hold a match, in order; a line that several comments share, comment by comment.

    `plain` takes inline marks out of a text. `kinds` None means all.
    """
    page = _Page(lesson)
    found: dict[int, Spans] = defaultdict(list)
    for line, string in enumerate(lesson.source.lines, start=1):
        if spans := matcher.find(string):
            found[line] += spans
    for passage in page.passages:
        for line, span in _read_spans(passage, matcher, plain, lesson):
            found[line].append(span)
    for line in sorted(found):
        for hit in page.hits(line, _merged(found[line])):
            if kinds is None or hit.kind in kinds:
                yield hit


class _Page:
    """The lines of a lesson, and the comments that share one."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.passages = list(passages_of(lesson))
        self.kinds = line_kinds(lesson)
        on_line: dict[int, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            if passage.kind == "comment":
                for line in range(passage.first_line, passage.last_line + 1):
                    on_line[line].append(passage)
        self.shared = {line: together for line, together in on_line.items() if len(together) > 1}

    def hits(self, line: int, spans: Spans) -> Iterator[LineHit]:
        string = self.lesson.source.lines[line - 1]
        if line not in self.shared:
            kind, author = self.kinds[line - 1]
            yield self._hit(line, 0, string, spans, kind, author)
            return
        # Each comment owns the line from the tag of its item to the next one's.
        starts = [match.start() for match in re.finditer(r"<li>", string)]
        together = self.shared[line]
        if together[0].first_line < line:
            starts.insert(0, 0)
        bounds = [*starts[: len(together)], len(string)]
        if bounds[0] > 0:
            bounds[0] = 0
        for passage, start, stop in zip(together, bounds, bounds[1:], strict=False):
            own = [(max(a, start) - start, min(b, stop) - start) for a, b in spans if a < stop and b > start]
            if own:
                yield self._hit(line, start, string[start:stop], own, "comment", passage.author)

    def _hit(
        self, line: int, offset: int, text: str, spans: Spans, kind: PassageKind, author: str | None
    ) -> LineHit:
        return LineHit(
            lesson=self.lesson,
            line=line,
            column=offset + spans[0][0] + 1,
            kind=kind,
            text=text,
            matches=tuple(spans),
            author=author,
        )


def _read_spans(
    passage: Passage, matcher: Matcher, plain: Callable[[Text], Text], lesson: Lesson
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Matches in a passage as it reads, as source lines and columns; only where that differs."""
    text = plain(passage.text) if lesson.markup == "markdown" and passage.kind != "code" else passage.text
    if len(text.pieces) <= text.string.count("\n") + 1:
        return  # every piece is a whole run of a source line
    for start, stop in matcher.find(text.string):
        first_line, first = text.place_at(start)
        last_line, last = text.place_at(stop - 1)
        if first_line == last_line:
            yield first_line, (first, max(last, first) + 1)
        elif matcher.over_lines:
            yield first_line, (first, max(len(lesson.source.lines[first_line - 1].rstrip()), first + 1))


def _occurrences(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


def _matches(rule: re.Pattern[str], text: str) -> Spans:
    return [match.span() for match in rule.finditer(text) if match.end() > match.start()]


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """The spans in order, those that touch or overlap as one only where they overlap."""
    merged: Spans = []
    for start, stop in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged
