"""Which passages hold what, and which part of what a query says each of them covers.

Of a common word there are tens of thousands of passages, so as little as can be is asked of each.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Set
from functools import cached_property
from typing import Self

from k8snotes.index.rows import FIELD_BITS, LESSON_SHIFT, PASSAGE_BITS


class Postings:
    """The passages that hold something, by their numbers, ascending."""

    def __init__(self, rows: Iterable[int]) -> None:
        self.rows = [*rows]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def slots(self) -> Counter[int]:
        """How many there are of each field of each lesson: by lesson and field in one number."""
        return Counter([row >> PASSAGE_BITS for row in self.rows])

    def of_lesson(self, lesson: int) -> list[int]:
        start = bisect_left(self.rows, lesson << LESSON_SHIFT)
        return self.rows[start : bisect_left(self.rows, (lesson + 1) << LESSON_SHIFT, start)]

    def within(self, rows: Set[int]) -> Self:
        return type(self)(row for row in self.rows if row in rows)

    def without(self, rows: Set[int]) -> Self:
        return type(self)(row for row in self.rows if row not in rows)


class Coverage:
    """The passages that hold any of several things, each with the share of the whole that it covers: 0 to 1.

    Nearly all of many cover the same: those of the longest list that are in no other.
    """

    def __init__(self, lists: Collection[tuple[Postings, float]]) -> None:
        *others, (self._longest, self._share) = sorted(lists, key=lambda held: len(held[0]))
        covered: dict[int, float] = {}
        for postings, share in others:
            if covered:
                for row in postings.rows:
                    covered[row] = covered.get(row, 0.0) + share
            else:
                covered = dict.fromkeys(postings.rows, share)
        in_both = set(covered).intersection(self._longest.rows) if covered else set()
        for row in in_both:
            covered[row] += self._share
        self._others = covered
        self._in_longest_alone = len(self._longest) - len(in_both)

    def __len__(self) -> int:
        return self._in_longest_alone + len(self._others)

    def share(self, row: int) -> float:
        """What a passage covers, if it is one of these."""
        return self._others.get(row, self._share)

    @cached_property
    def highest(self) -> float:
        highest = max(self._others.values(), default=0.0)
        return max(highest, self._share) if self._in_longest_alone else highest

    def covering(self, least: float) -> int:
        """How many passages cover so much."""
        alone = self._in_longest_alone if self._share >= least else 0
        return alone + sum(1 for share in self._others.values() if share >= least)

    def by_lesson(self) -> dict[int, float]:
        """What the passage of each lesson covers that covers most."""
        best = dict.fromkeys([slot >> FIELD_BITS for slot in self._longest.slots], self._share)
        for row, share in self._others.items():
            lesson = row >> LESSON_SHIFT
            if share > best.get(lesson, 0.0):
                best[lesson] = share
        return best

    @property
    def slots(self) -> Collection[int]:
        """The fields of lessons that such passages stand in."""
        if not self._others:
            return self._longest.slots.keys()
        return {*self._longest.slots, *(row >> PASSAGE_BITS for row in self._others)}

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson, ascending."""
        found = self._longest.of_lesson(lesson)
        if self._others:
            found = sorted({*found, *self._other_rows.of_lesson(lesson)})
        return found

    @cached_property
    def _other_rows(self) -> Postings:
        return Postings(sorted(self._others))
