"""Which of several things each passage holds, and which part of what a query says that covers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from k8snotes.index.grid import Grid, Placed
from k8snotes.index.postings import Listed, Mapped, Postings
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field

MOST_IN_SHORT = 4_000  # passages of a short list
LOOKED_AHEAD = 8  # passages
ROUNDING = 1e-9  # of shares that are added up in another order


class Held(NamedTuple):
    """The passages that hold something, with the share of the whole that it covers: 0 to 1."""

    thing: object  # lists of the same thing have no passage in common
    postings: Postings
    share: float


class Coverage:
    """The passages of several lists. In which ones one stands, a number says: the sum of 1 << place.

    Told are at least those that cover `part` of the most that any covers. Lists are gone through from the
    weightiest on; where a passage that stands in none of those before can no longer cover so much, the
    rest, the common words, are only asked for the passages that were met.

    Passages of short lists are told one by one, those in long lists alone as bitmaps.
    """

    def __init__(self, grid: Grid, lists: Sequence[Held], part: float = 0.0) -> None:
        self._lists = lists
        self._grid = grid
        self._one_by_one: dict[int, int] = {}  # passages with the lists that they stand in
        self._in_bits: dict[int, int] = {}  # of the others bitmaps, by the lists that they stand in
        self._share_of = {1 << place: share for place, (_, _, share) in enumerate(lists)}
        self._covers = cache(self._covered)
        self._tell_apart(part)
        self._counts = Counter(self._one_by_one.values())
        self._counts.update({held: bits.bit_count() for held, bits in self._in_bits.items()})
        self.shares = {held: self._covers(held) for held in self._counts}
        self._known = {**self._one_by_one}  # in which lists some of the passages stand
        self.alike = cache(self._alike)
        self._of_lessons: dict[int, dict[int, int]] = {}

    def _tell_apart(self, part: float) -> None:
        places = sorted(
            range(len(self._lists)),
            key=lambda place: (self._is_long(self._lists[place].postings), -self._lists[place].share),
        )
        most = 0.0  # that any passage covers, as far as is known
        to_come = self._to_come(places)
        look_ahead = max(to_come, default=0.0) / 2  # from so little on that is still to come
        for at, (place, left) in enumerate(zip(places, to_come, strict=True)):
            bit, postings = 1 << place, self._lists[place].postings
            if left <= look_ahead:
                most = max(most, self._in_the_end(places[at:]))
                look_ahead = left / 2
            least = part * most - ROUNDING
            is_needed = left >= least  # else no passage that stands in none of the lists before
            if not is_needed:
                self._leave_out(least - left)
            if is_needed and not self._is_long(postings):
                held = self._hold(bit, postings.rows)
            else:
                held = self._hold(bit, self._met_in(postings))
            if self._is_long(postings) and (is_needed or self._in_bits):
                held |= self._divide(bit, postings.bits, is_needed)
            most = max((most, *map(self._covers, held)))

    def _is_long(self, postings: Postings) -> bool:
        # Of a single list nothing has to be told apart.
        return isinstance(postings, Mapped) or (len(postings) > MOST_IN_SHORT and len(self._lists) > 1)

    def _to_come(self, places: Sequence[int]) -> list[float]:
        """What a passage covers at most by each of some lists and those that follow."""
        shares: dict[object, float] = {}
        most = []
        for place in reversed(places):
            thing, _, share = self._lists[place]
            shares[thing] = max(share, shares.get(thing, 0.0))
            most.append(sum(shares.values()))
        return most[::-1]

    def _in_the_end(self, places: Sequence[int]) -> float:
        """What one of the passages that cover most so far will cover, once these lists are asked as well."""
        best = nlargest(LOOKED_AHEAD, {*self._one_by_one.values()}, key=self._covers)
        held_best = ((row, held) for row, held in self._one_by_one.items() if held in best)
        found = dict(islice(held_best, LOOKED_AHEAD))
        for place in places:
            for row in self._lists[place].postings.among(found):
                found[row] |= 1 << place
        return max(map(self._covers, found.values()), default=0.0)

    def _leave_out(self, least: float) -> None:
        """Leaves out what covers less."""
        covers = self._covers
        self._one_by_one = {row: held for row, held in self._one_by_one.items() if covers(held) >= least}
        self.__dict__.pop("_placed", None)
        self._in_bits = {held: bits for held, bits in self._in_bits.items() if covers(held) >= least}

    def _met_in(self, postings: Postings) -> Sequence[int]:
        """The passages that were met, of some."""
        if isinstance(postings, Mapped):
            return postings.among_placed(self._placed)
        return postings.among(self._one_by_one)

    @cached_property
    def _placed(self) -> Placed:
        """The passages that were met, when all short lists have been gone through."""
        return self._grid.placed(self._one_by_one)

    def _hold(self, bit: int, rows: Sequence[int]) -> set[int]:
        """Notes that passages stand in one more list; gives the lists that any of them stands in now."""
        held_by = self._one_by_one
        if not held_by:
            held_by.update(dict.fromkeys(rows, bit))
        else:
            for row in rows:
                held_by[row] = held_by.get(row, 0) | bit
        return {held_by[row] for row in rows}

    def _divide(self, bit: int, bits: int, is_needed: bool) -> set[int]:
        """As `_hold`, of passages that stand in no short list; of new ones where that is needed."""
        bits &= self._in_no_short
        changed = set()
        for held, those in [*self._in_bits.items()]:
            if both := those & bits:
                changed.add(held | bit)
                self._in_bits[held | bit] = both
                bits ^= both
                if both == those:
                    del self._in_bits[held]
                else:
                    self._in_bits[held] ^= both
        if bits and is_needed:
            changed.add(bit)
            self._in_bits[bit] = bits
        return changed

    @cached_property
    def _in_no_short(self) -> int:
        """The bits of all passages but those in short lists, which have all been gone through."""
        return ~self._grid.bits_of(self._one_by_one)

    def _covered(self, held: int) -> float:
        covered = 0.0
        while held:
            first = held & -held
            covered += self._share_of[first]
            held ^= first
        return covered

    # --- of all passages

    def where(self, is_wanted: Callable[[int], bool]) -> set[int]:
        """In which lists stands what is wanted."""
        return set(filter(is_wanted, self._counts))

    @property
    def highest(self) -> float:
        """The most that any covers."""
        return max(self.shares.values(), default=0.0)

    def covering(self, part: float) -> set[int]:
        """In which lists stands what covers such a part of the most that any covers."""
        least = part * self.highest
        return {held for held, share in self.shares.items() if share >= least}

    def least(self, wanted: Set[int]) -> float:
        """What passages in lists that are wanted cover at least."""
        return min((self.shares[held] for held in wanted), default=0.0)

    def count(self, wanted: Set[int]) -> int:
        """How many passages stand in lists that are wanted."""
        return sum(self._counts[held] for held in wanted)

    def rows(self, wanted: Set[int]) -> Iterator[int]:
        """The passages that stand in lists that are wanted, each once."""
        yield from (row for row, held in self._one_by_one.items() if held in wanted)
        for held, bits in self._in_bits.items():
            if held in wanted:
                rows = self._grid.rows_of(bits)
                self._known.update(dict.fromkeys(rows, held))
                yield from rows

    # --- of the same lists and field

    def _alike(self, held: int, field: int) -> Postings:
        """The passages in a field that stand in just these lists."""
        if held in self._in_bits:
            return Mapped(self._grid, self._in_bits[held] & self._grid.field(Field(field)))
        return Listed(self._grid, self._listed.get((held, field), ()))

    @cached_property
    def _listed(self) -> Mapping[tuple[int, int], list[int]]:
        """The passages told one by one, ascending, by the lists that they stand in, and the field."""
        listed: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for row, held in sorted(self._one_by_one.items()):
            listed[held, row >> PASSAGE_BITS & FIELD_MASK].append(row)
        return listed

    def of_lesson_alike(self, lesson: int, held: int, field: int) -> list[int]:
        """The passages of a lesson in a field that stand in just these lists, ascending."""
        rows = self.alike(held, field).of_lesson(lesson)
        self._known.update(dict.fromkeys(rows, held))
        return rows

    # --- of lessons

    def best_of_lessons(self, least: float) -> dict[int, float]:
        """What the passage of each lesson covers that covers most; of those that cover so much at least."""
        shares = {held: share for held, share in self.shares.items() if share >= least}
        in_bits = [(shares[held], bits) for held, bits in self._in_bits.items() if held in shares]
        best: dict[int, float] = {}
        for share, bits in sorted(in_bits, key=itemgetter(0)):
            best.update(dict.fromkeys(self._grid.lessons_of(bits), share))
        for row, held in self._one_by_one.items():
            lesson = row >> LESSON_SHIFT
            if shares.get(held, 0.0) > best.get(lesson, 0.0):
                best[lesson] = shares[held]
        return best

    def best_of(self, lesson: int) -> float:
        """What the passage of a lesson covers that covers most."""
        return max(map(self._covers, self._held_in(lesson).values()), default=0.0)

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson, ascending."""
        return sorted(self._held_in(lesson))

    # --- of one

    def held(self, row: int) -> int:
        """The lists that one of these passages stands in."""
        return self._known.get(row) or self._held_in(row >> LESSON_SHIFT)[row]

    def share(self, row: int) -> float:
        """What one of these passages covers."""
        return self._covers(self.held(row))

    def _held_in(self, lesson: int) -> dict[int, int]:
        """The passages of a lesson, each with the lists that it stands in."""
        if lesson not in self._of_lessons:
            held: dict[int, int] = {}
            for at, (_, postings, _) in enumerate(self._lists):
                for row in postings.of_lesson(lesson):
                    held[row] = held.get(row, 0) | 1 << at
            self._of_lessons[lesson] = held
        return self._of_lessons[lesson]
