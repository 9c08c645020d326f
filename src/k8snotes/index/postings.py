"""Which passages hold something: by their numbers, or of a common word as a bitmap."""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial, reduce
from operator import and_
from typing import NamedTuple

from k8snotes.index import ranking
from k8snotes.index.grid import Grid, Placed
from k8snotes.index.maps import WITHIN, name_of
from k8snotes.index.rows import FIELD_BITS, FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length, row_number
from k8snotes.index.store import Store

MOST_AT_ONCE = 200  # alternatives that FTS5 is asked for in one go
FEW_OF_ALL = 8  # lessons to one that is wanted, to look up each of these is faster than to ask for all
MANY_TO_ONE = 20  # passages of a list, to look one up in the list is faster than to make a set of it


class Postings(ABC):
    """The passages that hold something."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    @property
    @abstractmethod
    def rows(self) -> list[int]:
        """Their numbers, ascending."""

    @property
    @abstractmethod
    def bits(self) -> int:
        """Their places in the grid."""

    @property
    @abstractmethod
    def lessons(self) -> set[int]:
        """The lessons that they belong to."""

    @property
    def lesson_count(self) -> int:
        return len(self.lessons)

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def among(self, rows: Collection[int]) -> list[int]:
        """Those of some passages that are these."""

    @abstractmethod
    def of_lesson(self, lesson: int) -> list[int]: ...

    @abstractmethod
    def of_lessons(self, lessons: Collection[int], /) -> "Postings":
        """Those of some lessons, and perhaps others where it would take longer to leave them out."""

    @abstractmethod
    def counted_of(self, lessons: Sequence[int]) -> Sequence[int]:
        """Of some lessons, ascending, those that they belong to, and perhaps others."""

    @abstractmethod
    def named_in(self, field: Field, lessons: Sequence[int], /) -> Iterable[int]:
        """Those of the lessons with one of these in a field that is no passage; after `of_lessons`."""

    @abstractmethod
    def sums(self, part: Length, lessons: Sequence[int]) -> list[int]:
        """What the passages in a part of each lesson are worth together; empty for nothing in any."""

    @abstractmethod
    def within(self, others: "Postings") -> "Postings": ...

    @abstractmethod
    def without(self, others: "Postings") -> "Postings": ...

    @abstractmethod
    def joined(self, others: "Postings") -> "Postings": ...

    def with_facts(self) -> "Postings":
        """And what is known of the lessons of which these hold the title: it is shown as that."""
        titled = self.within(Mapped(self.grid, self.grid.field(Field.TITLE))).lessons
        facts = sorted(row_number(Field.FACTS, 0) | lesson << LESSON_SHIFT for lesson in titled)
        return self.joined(Listed(self.grid, facts))


class Listed(Postings):
    """Passages by their numbers."""

    def __init__(self, grid: Grid, rows: Iterable[int]) -> None:
        super().__init__(grid)
        self._rows = [*rows]

    @property
    def rows(self) -> list[int]:
        return self._rows

    @cached_property
    def bits(self) -> int:
        return self.grid.bits_of(self._rows)

    @cached_property
    def lessons(self) -> set[int]:
        return {row >> LESSON_SHIFT for row in self._rows}

    @cached_property
    def _set(self) -> frozenset[int]:
        return frozenset(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def among(self, rows: Collection[int]) -> list[int]:
        if len(rows) * MANY_TO_ONE > len(self._rows):
            return [*filter(self._set.__contains__, rows)]
        places = map(partial(bisect_left, self._rows), rows)
        return [row for row, at in zip(rows, places, strict=True) if self._rows[at : at + 1] == [row]]

    def of_lesson(self, lesson: int) -> list[int]:
        start = bisect_left(self._rows, lesson << LESSON_SHIFT)
        return self._rows[start : bisect_left(self._rows, (lesson + 1) << LESSON_SHIFT, start)]

    @cached_property
    def _counts(self) -> Mapping[int, Mapping[int, int]]:
        """How many there are in each field, by the lessons."""
        counts: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for slot, passages in Counter([row >> PASSAGE_BITS for row in self._rows]).items():
            counts[slot & FIELD_MASK][slot >> FIELD_BITS] = passages
        return counts

    def named_in(self, field: Field, _lessons: Sequence[int], /) -> Iterable[int]:
        return self._counts.get(field, ())

    def of_lessons(self, lessons: Collection[int], /) -> Postings:
        if len(lessons) == self.grid.lesson_count:
            return self
        return Listed(self.grid, [row for row in self._rows if row >> LESSON_SHIFT in lessons])

    def counted_of(self, lessons: Sequence[int]) -> Sequence[int]:
        held = {row >> LESSON_SHIFT for row in self._rows}
        return [*filter(held.__contains__, lessons)]

    def sums(self, part: Length, lessons: Sequence[int]) -> list[int]:
        sums = defaultdict[int, int](int)
        for field, worth in ranking.worths(part).items():
            for lesson, passages in self._counts.get(field, {}).items():
                sums[lesson] += worth * passages
        return [sums.get(lesson, 0) for lesson in lessons] if sums else []

    def within(self, others: Postings) -> Postings:
        return Listed(self.grid, others.among(self._rows))

    def without(self, others: Postings) -> Postings:
        held = {*others.among(self._rows)}
        return Listed(self.grid, [row for row in self._rows if row not in held])

    def joined(self, others: Postings) -> Postings:
        if isinstance(others, Listed):
            return Listed(self.grid, sorted(self._set | others._set))
        return others.joined(self)


class Kept(NamedTuple):
    """What is known of a term from when its bitmap was made."""

    lesson_count: int
    sums: Callable[[Length], list[int]]  # as `Grid.sums`


class Mapped(Postings):
    """Passages as a bitmap."""

    def __init__(self, grid: Grid, bits: int, kept: Kept | None = None) -> None:
        super().__init__(grid)
        self._bits = bits
        self._kept = kept

    @property
    def bits(self) -> int:
        return self._bits

    @cached_property
    def rows(self) -> list[int]:
        return self.grid.rows_of(self._bits)

    @cached_property
    def lessons(self) -> set[int]:
        return {*self.grid.lessons_of(self._bits)}

    @property
    def lesson_count(self) -> int:
        return self._kept.lesson_count if self._kept else len(self.lessons)

    @cached_property
    def _bytes(self) -> bytes:
        return self.grid.bytes_of(self._bits)

    @cached_property
    def _length(self) -> int:
        return self._bits.bit_count()

    def __len__(self) -> int:
        return self._length

    def among(self, rows: Collection[int]) -> list[int]:
        return self.among_placed(self.grid.placed(rows))

    def among_placed(self, placed: Placed) -> list[int]:
        """As `among`, for passages whose places in the grid are known."""
        return self.grid.among(self._bytes, placed)

    def of_lesson(self, lesson: int) -> list[int]:
        return self.grid.rows_in(lesson, self._bytes)

    def named_in(self, field: Field, lessons: Sequence[int], /) -> Iterable[int]:
        if len(lessons) * FEW_OF_ALL < self.grid.lesson_count:
            return self.grid.holding(self._bytes, field, lessons)
        named = self._bits & self.grid.field(field)
        return {*self.grid.lessons_of(named)}.intersection(lessons) if named else ()

    def of_lessons(self, _lessons: Collection[int], /) -> Postings:
        return self

    def counted_of(self, lessons: Sequence[int]) -> Sequence[int]:
        return lessons

    def sums(self, part: Length, lessons: Sequence[int]) -> list[int]:
        sums = self._kept.sums(part) if self._kept else self.grid.sums(self._bits, ranking.worths(part))
        return [sums[lesson] for lesson in lessons] if len(lessons) < len(sums) else sums

    def within(self, others: Postings) -> Postings:
        if isinstance(others, Listed):
            return others.within(self)
        return Mapped(self.grid, self._bits & others.bits)

    def without(self, others: Postings) -> Postings:
        return Mapped(self.grid, self._bits & ~others.bits)

    def joined(self, others: Postings) -> Postings:
        return Mapped(self.grid, self._bits | others.bits)


def matching(store: Store, alternatives: Sequence[str], few: int, *, but: str | None = None) -> Postings:
    """The passages that match one of some expressions of FTS5; listed if they are few.

    Each is a term in quotes, or several that a passage must hold all: `("b" AND "c")`. What matches `but`
    is left out where that makes the others fewer to look through.
    """
    if (name := name_of(alternatives)) in store.maps:
        since = store.grid.bits_of(_since(store, alternatives))
        return Mapped(store.grid, store.maps.bits(name) | since, _kept(store, name))
    bits, unmapped, mapped = 0, [], []
    for alternative in alternatives:
        rows = _mapped(store, alternative)
        if rows is None:
            unmapped.append(alternative)
        else:
            mapped.append(alternative)
            bits |= rows
    listed = _asked(store, unmapped, but=but)
    if len(listed) <= few and not mapped:
        return Listed(store.grid, listed)
    more = listed + _since(store, mapped)
    return Mapped(store.grid, bits | store.grid.bits_of(more) if more else bits)


def within_words(
    store: Store, part: str, few: int, *, besides: Collection[str], but: str | None = None
) -> Postings:
    """The passages that hold a longer word of which a stretch is a part; as `matching`.

    Words that are asked for `besides` may be left out.
    """
    words = [f'"{word}"' for word in store.longer_words(part) if word not in besides]
    if WITHIN + part not in store.maps:
        return matching(store, words, few, but=but)
    return Mapped(store.grid, store.maps.bits(WITHIN + part) | store.grid.bits_of(_since(store, words)))


def _mapped(store: Store, alternative: str) -> int | None:
    """The passages that hold all of an alternative's terms, if bitmaps of all of them are kept."""
    terms = alternative.strip("()").split(" AND ")
    if all(term in store.maps for term in terms):
        return reduce(and_, map(store.maps.bits, terms))
    return None


def _kept(store: Store, name: str) -> Kept | None:
    """What is known of something that is mapped, if no lesson came or went since."""
    maps = store.maps
    if store.gone or not maps.is_complete:
        return None
    return Kept(maps.lesson_count(name), partial(maps.sums, name))


def _since(store: Store, alternatives: Sequence[str]) -> list[int]:
    """The passages of lessons that no bitmap knows of."""
    if store.maps.is_complete:
        return []
    return _asked(store, alternatives, first_lesson=store.maps.unmapped)


def _asked(
    store: Store, alternatives: Sequence[str], *, but: str | None = None, first_lesson: int = 0
) -> list[int]:
    """The passages that match one of many alternatives, ascending."""
    found: list[list[int]] = []
    for start in range(0, len(alternatives), MOST_AT_ONCE):
        expression = " OR ".join(alternatives[start : start + MOST_AT_ONCE])
        if but is not None:
            expression = f"({expression}) NOT ({but})"
        found.append(store.matching(expression, first_lesson=first_lesson))
    return found[0] if len(found) == 1 else sorted(set().union(*found))
