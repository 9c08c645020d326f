"""What a query finds in the words of a passage: where, and what that is worth."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from math import inf
from typing import NamedTuple

from k8snotes.index import ranking
from k8snotes.index.query import Query, Term
from k8snotes.index.signs import is_defined, is_quoted
from k8snotes.index.terms import LATIN, is_han
from k8snotes.model.folded import Folded
from k8snotes.model.text import Text

Spans = list[tuple[int, int]]

# Characters from which on marks are left in a text to judge it: to read so much without them takes long,
# and a few marks more or less make no difference to what it shows.
LONG = 1_000

# What may stand between the parts of one spelling in a text.
JOINT = r"[\s\-_]*"


class Reader(NamedTuple):
    """How texts are read for comparison: stages of their own, handed in."""

    fold: Callable[[str], Folded]
    fold_string: Callable[[str], str]
    plain: Callable[[Text], Text]  # without marks
    plain_string: Callable[[str], str]


class Marker:
    """Finds a query's terms in texts."""

    def __init__(self, query: Query, reader: Reader) -> None:
        self.terms = query.terms
        self.reader = reader
        # The stretches of Han that were cut into pairs: whole they say more.
        self.runs = tuple(dict.fromkeys(term.run for term in self.terms))
        self._expressions = {
            term: _expression(term.spellings)
            for term in self.terms
            if len(term.spellings) > 1 or not is_han(term.spellings[0])
        }

    def spans(self, text: Text, *, is_markdown: bool) -> tuple[tuple[int, int], ...]:
        """Where the terms stand in a text, in order and apart."""
        plain = self.reader.plain(text) if is_markdown else text
        folded = self.reader.fold(plain.string)
        found = [folded.source_span(*span) for span in self._spans(folded.string)]
        if plain is not text:
            back = _Way(plain, text)
            found = [span for start, stop in found if (span := back(start, stop))]
        return tuple(_apart(found))

    def worth(self, string: str, *, is_markdown: bool) -> float:
        """What a text shows beside what it covers."""
        dressed = folded = self.reader.fold_string(string)
        if is_markdown and len(string) <= LONG:
            plain = self.reader.plain_string(string)
            folded = dressed if plain == string else self.reader.fold_string(plain)
        return self._worth(dressed, folded, self._spans(folded))

    def _spans(self, folded: str) -> Spans:
        """What was found, in order and apart; stretches of pairs that overlap as one."""
        spans: Spans = []
        whole = {run for run in self.runs if len(run) > 2 and run in folded}
        for run in whole:
            spans += _occurrences(folded, run)
        for term in self.terms:
            if term in self._expressions:
                spans += (match.span() for match in self._expressions[term].finditer(folded))
            elif term.run not in whole:
                spans += _occurrences(folded, term.spellings[0])
        for term in self.terms:
            if term.inside and not any(folded[start:stop] in term.spellings for start, stop in spans):
                spans += (
                    span
                    for part in term.inside
                    for span in _occurrences(folded, part)
                    if _is_cut_as(term, folded, *span)
                )
        return _joined(spans)

    def _worth(self, dressed: str, folded: str, spans: Spans) -> float:
        runs = [run for run in self.runs if len(run) > 1]
        together = sum(1 for run in runs if run in folded) / len(runs) if runs else 0.0
        found = sum(stop - start for start, stop in spans)
        worth = ranking.RUN_OF_WORDS * together + ranking.DENSITY * found / (found + len(folded) + 1)
        if self._subject is not None:
            stands = [found.span() for found in self._subject.finditer(dressed)]
            worth += ranking.DEFINES * any(is_defined(dressed, *span) for span in stands)
            worth += ranking.QUOTES * any(is_quoted(dressed, *span) for span in stands)
        return worth

    @cached_property
    def _subject(self) -> "re.Pattern[str] | None":
        """What finds what the query is about, if it is about one thing."""
        names = {spelling for term in self.terms if len(term.spellings) > 1 for spelling in term.spellings}
        if names and len(self.runs) == 1:
            return _expression(names)
        if self.runs and len(self.runs) <= 2 and not names:
            return re.compile(JOINT.join(map(re.escape, self.runs)))
        return None


class _Way:
    """The way from a text without marks back to the text that it was made of."""

    def __init__(self, plain: Text, text: Text) -> None:
        self.plain = plain
        self.places = sorted((line, column, offset) for offset, line, column in text.line_pieces())
        self.length = len(text.string)

    def __call__(self, start: int, stop: int) -> tuple[int, int] | None:
        first, last = self._offset(start), self._offset(stop - 1)
        if first is None or last is None or last < first:
            return None
        return first, min(last + 1, self.length)

    def _offset(self, offset: int) -> int | None:
        line, column = self.plain.place_at(offset)
        at = bisect_right(self.places, (line, column, inf)) - 1
        if at < 0 or self.places[at][0] != line:
            return None
        return self.places[at][2] + column - self.places[at][1]


def _expression(spellings: Iterable[str]) -> "re.Pattern[str]":
    """Finds any of these, the longest that stands at a place; Latin words only as words of their own."""
    in_order = sorted(spellings, key=len, reverse=True)
    latin = [_spelled(spelling) for spelling in in_order if LATIN.match(spelling)]
    others = [_spelled(spelling) for spelling in in_order if not LATIN.match(spelling)]
    # What may not stand before is asked once for all: twice as fast.
    parts = [f"(?<![a-z0-9])(?:{'|'.join(latin)})"] if latin else []
    return re.compile("|".join((*parts, *others)))


def _spelled(spelling: str) -> str:
    """A spelling in any form of its blanks and hyphens, no Latin word going on behind it."""
    parts = re.findall(f"{LATIN.pattern}|[^\\s_-]", spelling)
    after = "(?![a-z0-9])" if parts and LATIN.fullmatch(parts[-1]) else ""
    return f"{JOINT.join(map(re.escape, parts))}{after}"


def _is_cut_as(term: Term, folded: str, start: int, stop: int) -> bool:
    """Whether a part of a word goes on where a phrase may have cut it, and nowhere else."""
    begins, ends = term.edges or (False, False)
    before, after = folded[max(start - 1, 0) : start], folded[stop : stop + 1]
    return not ((begins and LATIN.match(before)) or (ends and LATIN.match(after)))


def _occurrences(text: str, needle: str) -> Iterator[tuple[int, int]]:
    at = text.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = text.find(needle, at + 1)


def _joined(spans: Spans) -> Spans:
    """The spans in order, those that overlap as one."""
    joined: Spans = []
    for start, stop in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return joined


def _apart(spans: Spans) -> Spans:
    return _joined([span for span in spans if span[0] < span[1]])
