"""What a query finds in the words of a passage: where, and what that is worth."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple, Self

from k8snotes.index import ranking
from k8snotes.index.query import Query, Term, in_numbers
from k8snotes.index.signs import is_defined, is_quoted
from k8snotes.index.terms import LATIN, is_han
from k8snotes.model.folded import Folded
from k8snotes.model.text import Edit, edited

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
    edits_of: Callable[[str], Sequence[Edit]]  # that take the marks out of Markdown

    def plain_string(self, markdown: str) -> str:
        """The words alone."""
        return edited(markdown, self.edits_of(markdown))


class Judged(NamedTuple):
    """What a text shows."""

    worth: float  # beside what it covers
    lacking: tuple[Term, ...]  # names that it does not hold, though it may hold all their words


class Marker:
    """Finds a query's terms in texts."""

    def __init__(self, query: Query, reader: Reader) -> None:
        self.terms = query.terms
        self.reader = reader
        self.names = tuple(term for term in self.terms if term.is_name)
        # Words, and the stretches of Han that were cut into pairs: whole they say more.
        self.runs = tuple(dict.fromkeys(term.run for term in self.terms if not term.is_name))
        # Copies of a passage, in editions of a lesson or quoted, are looked at once.
        self.spans, self.judged = cache(self._spans_in), cache(self._judged)
        self._unsure = tuple(term for term in self.terms if not term.is_sure)
        self._spelled = {
            term: Spelled.of(term)
            for term in self.terms
            if len(term.spellings) > 1 or not is_han(term.spellings[0])
        }

    def _spans_in(self, string: str, is_markdown: bool) -> tuple[tuple[int, int], ...]:
        """Where the terms stand in a text, in order and apart."""
        edits = self.reader.edits_of(string) if is_markdown else ()
        folded = self.reader.fold(edited(string, edits) if edits else string)
        found = [folded.source_span(*span) for span in self._spans(folded.string)]
        return tuple(_apart(map(_Way(edits), found) if edits else found))

    def _judged(self, string: str, is_markdown: bool) -> Judged:
        """What a text shows beside what it covers."""
        dressed = folded = self.reader.fold_string(string)
        if is_markdown and len(string) <= LONG:
            plain = self.reader.plain_string(string)
            folded = dressed if plain == string else self.reader.fold_string(plain)
        lacking = tuple(name for name in self._unsure if not self._is_named(name, folded))
        return Judged(self._worth(dressed, folded, self._spans(folded)), lacking)

    def _is_named(self, name: Term, folded: str) -> bool:
        return bool(self._spelled[name].spans(folded)) or any(part in folded for part in name.inside)

    def _spans(self, folded: str) -> Spans:
        """What was found, in order and apart; stretches of pairs that overlap as one."""
        spans: Spans = []
        whole = {run for run in self.runs if len(run) > 2 and run in folded}
        for run in whole:
            spans += _occurrences(folded, run)
        for term in self.terms:
            if term in self._spelled:
                standing = self._spelled[term].spans(folded)
                spans += standing or self._spans_inside(term, folded)
            elif term.run not in whole and term.spellings[0] in folded:
                spans += _occurrences(folded, term.spellings[0])
        return _joined(spans)

    def _spans_inside(self, term: Term, folded: str) -> Iterator[tuple[int, int]]:
        """Where longer words hold a term."""
        for part in term.inside if term.within is None else (*term.inside, term.within):
            yield from (span for span in _occurrences(folded, part) if _is_cut_as(term, folded, *span))

    def _worth(self, dressed: str, folded: str, spans: Spans) -> float:
        runs = [run for run in self.runs if len(run) > 1]
        standing = sum(1 for run in runs if run in folded)
        standing += sum(1 for name in self.names if self._is_named(name, folded))
        together = standing / (len(runs) + len(self.names)) if standing else 0.0
        found = sum(stop - start for start, stop in spans)
        worth = ranking.RUN_OF_WORDS * together + ranking.DENSITY * found / (found + len(folded) + 1)
        if self._subject is not None:
            stands = self._subject(dressed)
            worth += ranking.DEFINES * any(is_defined(dressed, *span) for span in stands)
            worth += ranking.QUOTES * any(is_quoted(dressed, *span) for span in stands)
        return worth

    @cached_property
    def _subject(self) -> Callable[[str], Spans] | None:
        """What finds what the query is about, if it is about one thing."""
        names = {spelling for term in self.terms if len(term.spellings) > 1 for spelling in term.spellings}
        if names and len(self.runs) + len(self.names) == 1:
            return Spelled(names).spans
        if self.runs and len(self.runs) <= 2 and not names:
            expression = re.compile(JOINT.join(map(re.escape, self.runs)))
            return lambda text: [found.span() for found in expression.finditer(text)]
        return None


class Spelled:
    """Finds spellings, the longest that stands at a place; Latin words only as words of their own."""

    def __init__(self, spellings: Iterable[str]) -> None:
        self.parts = [max(_parts(spelling), key=len, default="") for spelling in spellings]
        latin: defaultdict[str, list[str]] = defaultdict(list)
        others = []
        for spelling in sorted(spellings, key=len, reverse=True):
            if LATIN.match(spelling):
                latin[spelling[0]].append(_expression(spelling)[1:])
            else:
                others.append(_expression(spelling))
        # What may not stand before is asked after the first letter, which is looked for ten times as fast.
        words = [f"{first}(?<![a-z0-9]{first})(?:{'|'.join(more)})" for first, more in latin.items()]
        self.expression = re.compile("|".join((*words, *others)))

    @classmethod
    def of(cls, term: Term) -> Self:
        """Finds a term, in singular and plural."""
        return cls(dict.fromkeys(chain.from_iterable(map(in_numbers, term.spellings))))

    def spans(self, text: str) -> Spans:
        if not any(part in text for part in self.parts):
            return []
        return [found.span() for found in self.expression.finditer(text)]


class _Way:
    """The way from the words of a text back to the text that they were taken from."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.starts: list[int] = []  # of what replaces each run
        shorter = 0
        for start, stop, words in edits:
            self.starts.append(start - shorter)
            shorter += stop - start - len(words)

    def __call__(self, span: tuple[int, int]) -> tuple[int, int]:
        start, stop = span
        return self._character(start)[0], self._character(stop - 1)[1]

    def _character(self, offset: int) -> tuple[int, int]:
        """What one comes of."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return offset, offset + 1
        start, stop, words = self.edits[at]
        beyond = offset - self.starts[at] - len(words)
        return (start, stop) if beyond < 0 else (stop + beyond, stop + beyond + 1)


def _parts(spelling: str) -> list[str]:
    """The stretches of letters and digits, and the other characters one by one; no blanks, no hyphens."""
    return re.findall(f"{LATIN.pattern}|[^\\s_-]", spelling)


def _expression(spelling: str) -> str:
    """Finds a spelling in any form of its blanks and hyphens, no Latin word going on behind it."""
    parts = _parts(spelling)
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


def _apart(spans: Iterable[tuple[int, int]]) -> Spans:
    return _joined([span for span in spans if span[0] < span[1]])
