"""Every occurrence of a pattern, line by line, as stored and as read.

Two views of a page are scanned. As stored: the source lines, so that nothing a literal
scan finds is missed, whatever the parser made of it. As read: the passages, so that a word
is found that a page break, a Markdown mark or an entity cuts in the source.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from k8snotes.index.expressions import folded_expression, literals_of, size_of
from k8snotes.index.folding import folded_each
from k8snotes.model.folded import Folded
from k8snotes.model.hits import LineHit
from k8snotes.model.kinds import PassageKind
from k8snotes.model.page import Page, Passage, place_at
from k8snotes.model.text import Text

if TYPE_CHECKING:
    import regex

    from k8snotes.index.standing import Lines, Part

Spans = list[tuple[int, int]]

ENTITY = re.compile(r"&#?\w{1,32};")
LARGEST_EXPRESSION = 1_000_000  # characters, repetitions written out
LONGEST_SEARCH = 2.0  # seconds for an expression in one text


class TooSlow(Exception):
    """An expression that would take ages, or all memory: repetitions within repetitions."""


class TooLarge(Exception):
    """An expression that its engine has no room for: nested hundreds of times, or repeated millions."""


class Matcher(NamedTuple):
    """Finds spans in a string, and says how far from the stored line it may look.

    `as_read`: also in passages as they are read, over inline marks and entities; `over_lines`: also where
    only a page break stands in between.
    """

    find: Callable[[str], Spans]
    as_read: bool
    over_lines: bool
    # The positions of the texts that may hold a match: as they are, or whatever marks are taken out of them.
    candidates: Callable[[Sequence[str]], Iterable[int]] = lambda texts: range(len(texts))
    undressed_candidates: Callable[[Sequence[str]], Iterable[int]] = lambda texts: range(len(texts))
    by_line: bool = True  # whether a line has to be looked at by itself: `^`, `$`
    begin: Callable[[], None] = lambda: None  # to be called before the first string of a text


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

    return Matcher(
        find=find,
        as_read=True,
        over_lines=True,
        undressed_candidates=lambda texts: _with_characters(texts, [[needle]], fold),
        by_line="\n" in needle,
    )


def exact(pattern: str) -> Matcher:
    """Matches the pattern to the letter."""
    return Matcher(
        find=lambda text: [(start, start + len(pattern)) for start in _occurrences(text, pattern)],
        as_read=False,
        over_lines=False,
        by_line="\n" in pattern,
    )


def regular(pattern: str, fold: Callable[[str], Folded] | None) -> Matcher:
    """Matches a regular expression, folded unless `fold` is None; empty matches count for nothing.

    Raises:
        ValueError: the expression is none.
        TooLarge: it cannot be made.
    """
    import regex  # like `re`, but its searches can be stopped

    if size_of(pattern) > LARGEST_EXPRESSION:
        raise TooLarge
    try:
        as_written = regex.compile(pattern)
        rule = (
            as_written if fold is None else regex.compile(folded_expression(pattern, fold), regex.IGNORECASE)
        )
    except regex.error as error:
        raise ValueError(str(error)) from error
    except (RecursionError, MemoryError, OverflowError) as error:
        raise TooLarge from error
    patience = _Patience()
    ways = literals_of(pattern)
    if fold is None:
        return Matcher(
            find=lambda text: patience.matches(rule, text),
            as_read=False,
            over_lines=False,
            candidates=lambda texts: _with_parts(texts, ways),
            begin=patience.begin,
        )
    folded_ways = [[fold(literal).string for literal in literals] for literals in ways]

    def find(text: str) -> Spans:
        folded = fold(text)
        found = [folded.source_span(*span) for span in patience.matches(rule, folded.string)]
        if rule.pattern == pattern and folded.string == text.lower():
            return found
        # What folds into several characters, or into none, is one as it is written: `零.宽`, `[①-⑩]`.
        return sorted((*found, *_apart_from(found, patience.matches(as_written, text))))

    return Matcher(
        find=find,
        as_read=True,
        over_lines=False,
        candidates=lambda texts: _with_parts(_folded(texts, fold), folded_ways),
        undressed_candidates=lambda texts: _with_characters(texts, folded_ways, fold),
        begin=patience.begin,
    )


class _Patience:
    """The time that an expression may take in one text."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Begins another text."""
        self.left = LONGEST_SEARCH

    def matches(self, rule: "regex.Pattern[str]", text: str) -> Spans:
        """The spans of all matches that are not empty.

        Raises:
            TooSlow: the time is up.
        """
        if self.left <= 0:
            raise TooSlow
        began = monotonic()
        try:
            found = rule.finditer(text, timeout=self.left)
            return [match.span() for match in found if match.end() > match.start()]
        except (TimeoutError, MemoryError) as error:
            raise TooSlow from error
        finally:
            self.left -= monotonic() - began


def _apart_from(known: Spans, spans: Spans) -> Iterator[tuple[int, int]]:
    """Those of some spans that overlap none of others; both in order."""
    starts = [start for start, _ in known]
    for start, stop in spans:
        at = bisect_left(starts, stop)  # those before begin before it ends
        if at == 0 or known[at - 1][1] <= start:
            yield start, stop


def grep(
    page: Page,
    matcher: Matcher,
    plain: Callable[[Text], Text],
    *,
    kinds: Collection[PassageKind] | None = None,
    lines: Collection[int] | None = None,
) -> Iterator[LineHit]:
    """The lines that hold a match, in order; one that several kinds of passage share, kind by kind.

    Several comments that share a line come each with its own text, all else with the whole line. `plain`
    takes inline marks out of a text. `kinds` None means all. `lines`: those that hold all matches, each of
    them as it is stored.

    Raises:
        TooSlow: an expression takes too long.
    """
    yield from Sight(page, plain).hits(matcher, kinds=kinds, lines=lines)


class Sight:
    """A page that several patterns are looked for in, what all need of it worked out once; as `grep`."""

    def __init__(self, page: Page, plain: Callable[[Text], Text]) -> None:
        self.page = page
        self._plain = plain
        self._readings: dict[int, tuple[Text, ...]] = {}

    def hits(
        self,
        matcher: Matcher,
        *,
        kinds: Collection[PassageKind] | None = None,
        lines: Collection[int] | None = None,
    ) -> Iterator[LineHit]:
        matcher.begin()
        found = self._found(matcher) if lines is None else self._found_on(lines, matcher)
        for line in sorted(found):
            for part in self._lines.parts(line, _merged(found[line])):
                if kinds is None or part.kind in kinds:
                    yield self._hit(line, part)

    def lines(self, matcher: Matcher) -> list[int]:
        """The numbers of the lines that hold a match, whatever it is part of."""
        matcher.begin()
        return sorted(self._found(matcher))

    def _found_on(self, lines: Collection[int], matcher: Matcher) -> dict[int, Spans]:
        """As `_found`, of the lines that hold all matches."""
        return {line: spans for line in lines if (spans := matcher.find(self.page.lines[line - 1]))}

    def _found(self, matcher: Matcher) -> dict[int, Spans]:
        """The matches by their lines, as columns."""
        page = self.page
        found: dict[int, Spans] = defaultdict(list)
        for line, span in _stored_spans(page.lines, matcher):
            found[line].append(span)
        passages = [*page.passages] if matcher.as_read else []
        for at in matcher.undressed_candidates([passage.text.string for passage in passages]):
            for text in self._read(at, passages[at]):
                for line, span in _read_spans(text, matcher, page.lines):
                    found[line].append(span)
        return found

    def _hit(self, line: int, part: "Part") -> LineHit:
        start, stop, kind, author, spans = part
        return LineHit(
            path=self.page.path,
            lesson=self.page.title,
            line=line,
            place=place_at(self.page.places, line),
            column=spans[0][0] + 1,
            kind=kind,
            text=self.page.lines[line - 1][start:stop],
            matches=tuple((first - start, last - start) for first, last in spans),
            author=author,
        )

    def _read(self, at: int, passage: Passage) -> tuple[Text, ...]:
        if at not in self._readings:
            self._readings[at] = tuple(_readings(passage, self._plain, self.page))
        return self._readings[at]

    @cached_property
    def _lines(self) -> "Lines":
        from k8snotes.index.standing import Lines

        return Lines(self.page)


def _stored_spans(lines: Sequence[str], matcher: Matcher) -> Iterator[tuple[int, tuple[int, int]]]:
    """The matches in the lines as stored, as lines and columns."""
    if matcher.by_line:
        for at in matcher.candidates(lines):
            yield from ((at + 1, span) for span in matcher.find(lines[at]))
        return
    line, begin = 0, 0  # the position of the line that the last match stands in, and where it begins
    for start, stop in matcher.find("\n".join(lines)):
        while start > begin + len(lines[line]):
            begin += len(lines[line]) + 1
            line += 1
        yield line + 1, (start - begin, stop - begin)


def _readings(passage: Passage, plain: Callable[[Text], Text], page: Page) -> Iterator[Text]:
    """The passage as it reads, where that is not how it is stored: joined, decoded, without marks."""
    lines = page.lines
    if not _is_verbatim(passage.text, lines):
        yield passage.text
    if page.is_markdown and passage.kind != "code":
        text = plain(passage.text)
        if text is not passage.text and not _is_verbatim(text, lines):
            yield text


def _is_verbatim(text: Text, lines: Sequence[str]) -> bool:
    """Whether each line of a text is a run of a source line."""
    offset = 0
    for string in text.string.split("\n"):
        line, column = text.place_at(offset)
        if not lines[line - 1].startswith(string, column):
            return False
        offset += len(string) + 1
    return True


def _read_spans(text: Text, matcher: Matcher, lines: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The matches in a text, as source lines and columns."""
    for start, stop in _spans_within(text, matcher):
        first_line, first = text.place_at(start)
        # A blank that joins two lines stands on neither.
        while start < stop - 1 and first >= len(lines[first_line - 1]):
            start += 1
            first_line, first = text.place_at(start)
        if first >= len(lines[first_line - 1]):
            continue
        last_line, last = text.place_at(stop - 1)
        string = lines[first_line - 1]
        if first_line == last_line:
            entity = None if string[last : last + 1] == text.string[stop - 1] else ENTITY.match(string, last)
            yield first_line, (first, max(entity.end() if entity else last + 1, first + 1))
        elif matcher.over_lines:
            yield first_line, (first, max(len(string.rstrip()), first + 1))


def _spans_within(text: Text, matcher: Matcher) -> Iterator[tuple[int, int]]:
    """The matches in a text; where none may run on from line to line, in the part on each by itself."""
    if matcher.over_lines:
        yield from matcher.find(text.string)
        return
    pieces = [*text.line_pieces()]
    begins = [piece.offset for before, piece in pairwise(pieces) if piece.line != before.line]
    for begin, end in pairwise([0, *begins, len(text.string)]):
        for start, stop in matcher.find(text.string[begin:end].removesuffix("\n")):
            yield begin + start, begin + stop


def _with_characters(
    texts: Sequence[str], ways: Sequence[Sequence[str]], fold: Callable[[str], Folded]
) -> Iterator[int]:
    """The positions of the texts that have all characters of one of some ways, all of them folded.

    Or an entity, which may be any.
    """
    characters = [set("".join(way)) for way in ways]
    return (
        at
        for at, string in enumerate(_folded(texts, fold))
        if "&" in string or any(all(map(string.__contains__, held)) for held in characters)
    )


def _with_parts(texts: Sequence[str], ways: Sequence[Sequence[str]]) -> Iterator[int]:
    """The positions of the texts that hold all parts of one of some ways."""
    return (
        at for at, string in enumerate(texts) if any(all(map(string.__contains__, parts)) for parts in ways)
    )


def _folded(texts: Sequence[str], fold: Callable[[str], Folded]) -> list[str]:
    return folded_each(texts, lambda text: fold(text).string)


def _occurrences(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle))


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """The spans in order, those that touch or overlap as one only where they overlap."""
    merged: Spans = []
    for start, stop in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged
