"""Which of several things each passage holds, and which part of what a query says that covers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from operator import itemgetter
from typing import NamedTuple

from k8snotes.index.grid import Grid
from k8snotes.index.postings import Listed, Mapped, Postings
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field

MOST_IN_SHORT = 1_500  # passages of a short list


class Held(NamedTuple):
    """The passages that hold something, with the share of the whole that it covers: 0 to 1."""

    thing: object  # lists of the same thing have no passage in common
    postings: Postings
    share: float


class Coverage:
    """The passages of several lists. In which ones one stands, a number says: the sum of 1 << place.

    Most passages stand in one list, and are only counted. Those in several of which one is short are
    gone through; those in long lists alone are told apart as bitmaps.
    """

    def __init__(self, grid: Grid, lists: Sequence[Held]) -> None:
        self._lists = lists
        self._grid = grid
        by_bit = {1 << at: held.postings for at, held in enumerate(lists)}
        self._long = {bit: postings for bit, postings in by_bit.items() if self._is_long(postings)}
        self._short = {bit: postings for bit, postings in by_bit.items() if bit not in self._long}
        self._in_several = self._of_short_lists_in_several()
        self._in_long = self._of_long_lists_alone()  # by the lists that they stand in
        self._counts = self._counted()
        self.shares = {held: self._covered(held) for held in self._counts}
        self._known = {**self._in_several}  # in which lists some of the passages stand
        self.alike = cache(self._alike)
        self._of_lessons: dict[int, dict[int, int]] = {}

    def _is_long(self, postings: Postings) -> bool:
        # Of a single list nothing has to be told apart.
        return isinstance(postings, Mapped) or (len(postings) > MOST_IN_SHORT and len(self._lists) > 1)

    def _of_short_lists_in_several(self) -> dict[int, int]:
        """The passages that stand in a short list and in any other, and in which."""
        in_others: set[int] = set()
        seen: set[int] = set()
        for postings in sorted(self._short.values(), key=len):
            in_others |= seen.intersection(postings.rows)
            seen.update(postings.rows)
        in_long = {bit: postings.among(seen) for bit, postings in self._long.items()} if seen else {}
        in_others.update(*in_long.values())
        found: dict[int, int] = {}
        for bit, postings in self._short.items():
            for row in in_others.intersection(postings.rows):
                found[row] = found.get(row, 0) | bit
        for bit, rows in in_long.items():
            for row in rows:
                found[row] |= bit
        return found

    def _of_long_lists_alone(self) -> dict[int, int]:
        """The bitmaps of the passages that stand in no short list, by the lists that they stand in."""
        left = ~self._grid.bits_of(self._in_several) if self._in_several and self._long else -1
        parts: dict[int, int] = {}
        seen = 0
        for bit, postings in self._long.items():
            bits = postings.bits & left
            for held, those in [*parts.items()]:
                if both := those & bits:
                    parts[held | bit] = both
                    parts[held] = those ^ both
            parts[bit] = bits & ~seen
            seen |= bits
        return {held: bits for held, bits in parts.items() if bits}

    def _counted(self) -> dict[int, int]:
        """How many passages stand in just these lists."""
        counts = Counter(self._in_several.values())
        in_others = dict.fromkeys(self._short, 0)
        for held, count in counts.items():
            for bit in self._short:
                if held & bit:
                    in_others[bit] += count
        for bit, postings in self._short.items():
            if len(postings) > in_others[bit]:
                counts[bit] = len(postings) - in_others[bit]
        for held, bits in self._in_long.items():
            counts[held] = bits.bit_count()
        return counts

    def _covered(self, held: int) -> float:
        return sum(share for at, (_, _, share) in enumerate(self._lists) if held >> at & 1)

    # --- of all passages

    def where(self, is_wanted: Callable[[int], bool]) -> set[int]:
        """In which lists stands what is wanted."""
        return set(filter(is_wanted, self._counts))

    def covering(self, part: float) -> set[int]:
        """In which lists stands what covers such a part of the most that any covers."""
        least = part * max(self.shares.values(), default=0.0)
        return {held for held, share in self.shares.items() if share >= least}

    def least(self, wanted: Set[int]) -> float:
        """What passages in lists that are wanted cover at least."""
        return min((self.shares[held] for held in wanted), default=0.0)

    def count(self, wanted: Set[int]) -> int:
        """How many passages stand in lists that are wanted."""
        return sum(self._counts[held] for held in wanted)

    def rows(self, wanted: Set[int]) -> Iterator[int]:
        """The passages that stand in lists that are wanted, each once."""
        held_by = self._in_several
        yield from (row for row, held in held_by.items() if held in wanted)
        for bit, postings in self._short.items():
            if bit in wanted:
                yield from (row for row in postings.rows if row not in held_by)
        for held, bits in self._in_long.items():
            if held in wanted:
                rows = self._grid.rows_of(bits)
                self._known.update(dict.fromkeys(rows, held))
                yield from rows

    # --- of the same lists and field

    def _alike(self, held: int, field: int) -> Postings:
        """The passages in a field that stand in just these lists."""
        if held in self._in_long:
            return Mapped(self._grid, self._in_long[held] & self._grid.field(Field(field)))
        return Listed(self._grid, self._listed.get((held, field), ()))

    @cached_property
    def _listed(self) -> Mapping[tuple[int, int], list[int]]:
        """The passages of short lists by the lists that they stand in, and the field."""
        listed: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        held_by = self._in_several
        for row in sorted(held_by):
            listed[held_by[row], row >> PASSAGE_BITS & FIELD_MASK].append(row)
        for bit, postings in self._short.items():
            for row in postings.rows:
                if row not in held_by:
                    listed[bit, row >> PASSAGE_BITS & FIELD_MASK].append(row)
        return listed

    def of_lesson_alike(self, lesson: int, held: int, field: int) -> list[int]:
        """The passages of a lesson in a field that stand in just these lists, ascending."""
        rows = self.alike(held, field).of_lesson(lesson)
        self._known.update(dict.fromkeys(rows, held))
        return rows

    # --- of lessons

    def lessons(self, wanted: Set[int]) -> set[int]:
        """The lessons of passages in lists that are wanted; where one is, those it is among are, too."""
        lessons = {row >> LESSON_SHIFT for row, held in self._in_several.items() if held in wanted}
        alone = (postings.lessons for bit, postings in self._short.items() if bit in wanted)
        in_long = (self._grid.lessons_of(bits) for held, bits in self._in_long.items() if held in wanted)
        return lessons.union(*alone, *in_long)

    def best_of_lessons(self, least: float) -> dict[int, float]:
        """What the passage of each lesson covers that covers most; of those that cover so much at least."""
        shares = {held: share for held, share in self.shares.items() if share >= least}
        found: list[tuple[float, Iterable[int]]] = [
            (shares[bit], postings.lessons) for bit, postings in self._short.items() if bit in shares
        ]
        found += [
            (shares[held], self._grid.lessons_of(bits))
            for held, bits in self._in_long.items()
            if held in shares
        ]
        best: dict[int, float] = {}
        for share, lessons in sorted(found, key=itemgetter(0)):
            best.update(dict.fromkeys(lessons, share))
        for row, held in self._in_several.items():
            lesson = row >> LESSON_SHIFT
            if shares.get(held, 0.0) > best.get(lesson, 0.0):
                best[lesson] = shares[held]
        return best

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson, ascending."""
        return sorted(self._held_in(lesson))

    # --- of one

    def held(self, row: int) -> int:
        """The lists that one of these passages stands in."""
        return self._known.get(row) or self._held_in(row >> LESSON_SHIFT)[row]

    def share(self, row: int) -> float:
        """What one of these passages covers."""
        return self.shares[self.held(row)]

    def _held_in(self, lesson: int) -> dict[int, int]:
        """The passages of a lesson, each with the lists that it stands in."""
        if lesson not in self._of_lessons:
            held: dict[int, int] = {}
            for at, (_, postings, _) in enumerate(self._lists):
                for row in postings.of_lesson(lesson):
                    held[row] = held.get(row, 0) | 1 << at
            self._of_lessons[lesson] = held
        return self._of_lessons[lesson]
