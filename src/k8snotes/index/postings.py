"""Which passages hold something: by their numbers, or as the index can tell of them.

Of a common word there are a hundred thousand. FTS5 finds them in a few milliseconds; to hand their
numbers over, one by one, takes ten times as long. So of these it is asked how many each lesson has,
which stand in the lessons that are looked at, and which of them hold something else besides.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import cached_property

from k8snotes.index.rows import FIELD_BITS, LESSON_SHIFT, PASSAGE_BITS
from k8snotes.index.store import Store
from k8snotes.index.terms import PREFIX

MOST_LESSONS_ASKED = 60  # one by one; where many lessons come near the best, the list is soon cheaper


class Postings(ABC):
    """The passages that hold something, ascending."""

    expression: str | None = None  # of FTS5, that just these match

    @property
    @abstractmethod
    def rows(self) -> list[int]:
        """Their numbers."""

    @property
    @abstractmethod
    def slots(self) -> Mapping[int, int]:
        """How many there are of each field of each lesson: by lesson and field in one number."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def of_lesson(self, lesson: int) -> list[int]: ...

    @cached_property
    def lessons(self) -> set[int]:
        """The lessons that they belong to."""
        return {slot >> FIELD_BITS for slot in self.slots}

    def within(self, rows: Set[int]) -> "Postings":
        return Listed(row for row in self.rows if row in rows)

    def without(self, rows: Set[int]) -> "Postings":
        return Listed(row for row in self.rows if row not in rows)


class Listed(Postings):
    """Passages whose numbers are known."""

    def __init__(self, rows: Iterable[int], expression: str | None = None) -> None:
        self._rows = [*rows]
        self.expression = expression

    @property
    def rows(self) -> list[int]:
        return self._rows

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def slots(self) -> Mapping[int, int]:
        return Counter([row >> PASSAGE_BITS for row in self._rows])

    def of_lesson(self, lesson: int) -> list[int]:
        start = bisect_left(self._rows, lesson << LESSON_SHIFT)
        return self._rows[start : bisect_left(self._rows, (lesson + 1) << LESSON_SHIFT, start)]


class Asked(Postings):
    """Passages that the index is asked for when, and as far as, they are wanted."""

    expression: str

    def __init__(self, store: Store, expression: str) -> None:
        self._store = store
        self.expression = expression
        self._lessons_asked = 0

    def __len__(self) -> int:
        return self._length

    @cached_property
    def rows(self) -> list[int]:
        return self._store.matching(self.expression)

    @cached_property
    def slots(self) -> Mapping[int, int]:
        return self._store.tally(self.expression)

    @cached_property
    def _length(self) -> int:
        return sum(self.slots.values())

    @cached_property
    def _listed(self) -> "Listed":
        return Listed(self.rows)

    def of_lesson(self, lesson: int) -> list[int]:
        self._lessons_asked += 1
        if self._lessons_asked > MOST_LESSONS_ASKED:
            return self._listed.of_lesson(lesson)
        return self._store.matching(self.expression, lesson=lesson)


def matching(store: Store, expression: str, few: int) -> Postings:
    """The passages that match an expression of FTS5; listed if they are so few."""
    if PREFIX in expression:  # FTS5 gathers what begins so each time it is asked
        return Listed(store.matching(expression))
    rows = store.few_matching(expression, few)
    return Asked(store, expression) if rows is None else Listed(rows, expression)
