"""Passages that answer a query, best first.

The index is asked once for each term; what comes back are the numbers of the passages that hold
it. From these alone lessons and passages are scored and put in order. Only those that may be
shown are then read, and those that lie close together ordered by what their words show.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from k8snotes.index.filters import allowed_by
from k8snotes.index.marking import Marker, Reader, Spelled
from k8snotes.index.matches import Matches
from k8snotes.index.order import Order
from k8snotes.index.packing import Leaf
from k8snotes.index.query import Query, Term
from k8snotes.index.rows import FIELD_MASK, KIND_OF, LAST_PASSAGE, LESSON_SHIFT, PASSAGE_BITS
from k8snotes.index.store import Store
from k8snotes.index.terms import HAN_CHARACTER
from k8snotes.model.filters import Filters
from k8snotes.model.hits import Answer, LookedUp, PassageHit
from k8snotes.model.kinds import PassageKind
from k8snotes.model.page import Passage, place_at
from k8snotes.model.text import Piece, Text

CHUNK = 32  # passages that are read and put in order together
MOST_FOR_A_LESSON = 8  # passages that are read to choose the one that stands for their lesson
BELOW_NO_HEADING = frozenset({"title", "comment", "reply"})


def search(
    store: Store,
    query: Query,
    reader: Reader,
    filters: Filters,
    *,
    limit: int,
    offset: int = 0,
    by_lesson: bool = False,
) -> Answer:
    """The hits from `offset` on, with how many there are in all."""
    leaves = _Leaves(store)
    allowed = allowed_by(store, filters, reader.fold_string)
    matches = Matches(
        store,
        query,
        allowed,
        says=lambda row, phrase: _says(leaves.standing(row), phrase, reader),
        names=lambda row, name: _names(leaves.standing(row), name, reader),
    )
    first, last = offset // CHUNK, (offset + limit - 1) // CHUNK
    order = Order(store, matches)
    shown = _Shown(leaves, Marker(query, reader), matches, order)
    if by_lesson:
        lessons, total = order.lessons(offset + limit)
        rows = [shown.best_of(lesson) for lesson in lessons[offset:]]
    else:
        found, total = order.passages((last + 1) * CHUNK)
        starts = range(first * CHUNK, len(found), CHUNK)
        rows = [row for start in starts for row in shown.in_order(found[start : start + CHUNK])]
        rows = rows[offset - first * CHUNK :][:limit]
    return Answer(
        hits=tuple(map(shown.hit, rows)), total=total, has_all=matches.is_answered, terms=_looked_up(matches)
    )


class _Standing(NamedTuple):
    """A passage, or a title, where it stands."""

    leaf: Leaf
    kind: PassageKind
    text: Text
    passage: Passage | None

    @property
    def is_markdown(self) -> bool:
        return self.leaf.is_markdown and self.kind != "code"


class _Leaves:
    """The pages that are looked into, each opened once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._leaves: dict[int, Leaf] = {}

    def leaf(self, lesson: int) -> Leaf:
        if lesson not in self._leaves:
            for _, content in self._store.pages([lesson]):
                self._leaves[lesson] = Leaf(content)
        return self._leaves[lesson]

    def standing(self, row: int) -> _Standing:
        leaf = self.leaf(row >> LESSON_SHIFT)
        kind = KIND_OF[row >> PASSAGE_BITS & FIELD_MASK]
        if kind == "title":
            return _Standing(leaf, kind, _title(leaf), None)
        passage = leaf.passages[row & LAST_PASSAGE]
        return _Standing(leaf, kind, passage.text, passage)


class _Shown:
    """Passages that may be shown, read."""

    def __init__(self, leaves: _Leaves, marker: Marker, matches: Matches, order: Order) -> None:
        self._leaves = leaves
        self._marker = marker
        self._matches = matches
        self._order = order
        self._scores: dict[int, float] = {}
        self._is_full: dict[int, bool] = {}

    def best_of(self, lesson: int) -> int:
        """The passage that stands for a lesson that matches."""
        return self.in_order(self._order.of_lesson(lesson)[:MOST_FOR_A_LESSON])[0]

    def in_order(self, rows: Sequence[int]) -> list[int]:
        """Passages put in order by what their words show; those with all the words first."""
        for row in rows:
            stands = self._leaves.standing(row)
            judged = self._marker.judged(stands.text.string, stands.is_markdown)
            self._scores[row] = round(self._order.score(row) + judged.worth, 4)
            self._is_full[row] = self._matches.is_full(row, judged.lacking)
        return sorted(rows, key=lambda row: (not self._is_full[row], -self._scores[row]))

    def hit(self, row: int) -> PassageHit:
        """One of those that were put in order."""
        leaf, kind, text, passage = stands = self._leaves.standing(row)
        spans = self._marker.spans(text.string, stands.is_markdown)
        line = text.line_at(spans[0][0] if spans else 0)
        return PassageHit(
            path=leaf.path,
            lesson=leaf.title,
            section=None if kind in BELOW_NO_HEADING else leaf.heading_above(row & LAST_PASSAGE),
            kind=kind,
            line=line,
            place=place_at(leaf.places, line),
            score=self._scores[row],
            text=text.string,
            matches=spans,
            is_partial=not self._is_full[row],
            author=None if passage is None else passage.author,
            date=None if passage is None else passage.date,
            likes=None if passage is None else passage.likes,
        )


def _looked_up(matches: Matches) -> tuple[LookedUp, ...]:
    return tuple(
        LookedUp(term.spellings, round(share, 4), len(matches.exact[term]) + len(matches.longer[term]))
        for term, share in matches.shares.items()
    )


def _says(stands: _Standing, phrase: str, reader: Reader) -> bool:
    """Whether a passage says a phrase, as it is written or as it reads."""
    phrase = _closed_up(phrase)
    if phrase in _words(stands.text.string, reader):
        return True
    return stands.is_markdown and phrase in _words(reader.plain_string(stands.text.string), reader)


def _names(stands: _Standing, name: Term, reader: Reader) -> bool:
    """Whether a passage holds a name, and not only its words."""
    string = reader.plain_string(stands.text.string) if stands.is_markdown else stands.text.string
    return bool(Spelled.of(name).spans(reader.fold_string(string)))


def _words(string: str, reader: Reader) -> str:
    return _closed_up(" ".join(reader.fold_string(string).split()))


def _closed_up(words: str) -> str:
    """Without the blank between Latin and Han that some writers leave and others do not."""
    return re.sub(f"(?<=[a-z0-9]) (?={HAN_CHARACTER})|(?<={HAN_CHARACTER}) (?=[a-z0-9])", "", words)


def _title(leaf: Leaf) -> Text:
    """The title where it stands; a name of a file is said to stand in the first line."""
    line = 1
    for last, kind, _ in leaf.line_kinds:
        if kind == "title":
            break
        line = last + 1
    else:
        line = 1
    title = leaf.title or leaf.name.rpartition(".")[0] or leaf.name or leaf.path
    column = leaf.lines[line - 1].find(title) if leaf.lines else 0
    return Text(string=title, pieces=(Piece(0, line, max(column, 0)),))
