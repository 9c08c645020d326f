"""Which of several things each passage holds, and which part of what a query says that covers.

Most passages hold one of them, and are only counted; those that hold several are gone through.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from k8snotes.index.postings import Asked, Listed, Postings
from k8snotes.index.rows import FIELD_BITS, LESSON_SHIFT
from k8snotes.index.store import Store

MOST_ASKED = 6  # long lists; where there are more, to go through all of them costs less


class Held(NamedTuple):
    """The passages that hold something, with the share of the whole that it covers: 0 to 1."""

    thing: object  # lists of the same thing have no passage in common
    postings: Postings
    share: float


class Coverage:
    """The passages of several lists. In which ones one stands, a number says: the sum of 1 << place."""

    def __init__(self, store: Store, lists: Sequence[Held]) -> None:
        self._lists = lists
        self._in_several = _in_several(store, lists)
        self._counts = self._counted()
        self._shares = {held: self._covered(held) for held in self._counts}
        self._of_lessons: dict[int, dict[int, int]] = {}

    def _counted(self) -> dict[int, int]:
        """How many passages stand in just these lists."""
        counts = Counter(self._in_several.values())
        shared = [0] * len(self._lists)
        for held, count in counts.items():
            for place in _places(held):
                shared[place] += count
        for place, (_, postings, _) in enumerate(self._lists):
            if len(postings) > shared[place]:
                counts[1 << place] = len(postings) - shared[place]
        return counts

    def _covered(self, held: int) -> float:
        return sum(self._lists[place].share for place in _places(held))

    # --- of all passages

    def where(self, is_wanted: Callable[[int], bool]) -> set[int]:
        """In which lists stands what is wanted."""
        return set(filter(is_wanted, self._counts))

    def covering(self, part: float) -> set[int]:
        """In which lists stands what covers such a part of the most that any covers."""
        least = part * max(self._shares.values(), default=0.0)
        return {held for held, share in self._shares.items() if share >= least}

    def count(self, wanted: Set[int]) -> int:
        """How many passages stand in lists that are wanted."""
        return sum(self._counts[held] for held in wanted)

    def rows(self, wanted: Set[int]) -> Iterator[int]:
        """The passages that stand in lists that are wanted, each once."""
        held_by = self._in_several
        yield from (row for row, held in held_by.items() if held in wanted)
        for place, (_, postings, _) in enumerate(self._lists):
            if 1 << place in wanted:
                yield from (row for row in postings.rows if row not in held_by)

    # --- of lessons

    def lessons(self, wanted: Set[int]) -> set[int]:
        """The lessons of passages in lists that are wanted; where one is, those it is among are, too."""
        lessons = {row >> LESSON_SHIFT for row, held in self._in_several.items() if held in wanted}
        alone = (
            postings.lessons for place, (_, postings, _) in enumerate(self._lists) if 1 << place in wanted
        )
        return lessons.union(*alone)

    def best_of_lessons(self) -> dict[int, float]:
        """What the passage of each lesson covers that covers most."""
        best: dict[int, float] = {}
        for _, postings, share in sorted(self._lists, key=lambda held: held.share):
            best.update(dict.fromkeys(postings.lessons, share))
        shares = self._shares
        for row, held in self._in_several.items():
            lesson = row >> LESSON_SHIFT
            if shares[held] > best[lesson]:
                best[lesson] = shares[held]
        return best

    def stands_in(self, lesson: int, field: int) -> bool:
        """Whether any of these passages stands in a field of a lesson."""
        slot = lesson << FIELD_BITS | field
        return any(slot in postings.slots for _, postings, _ in self._lists)

    def of_lesson(self, lesson: int, wanted: Set[int] | None = None) -> list[int]:
        """The passages of a lesson, all or those in lists that are wanted, ascending."""
        if wanted is not None and wanted.isdisjoint(self._alone):
            held_by = self._in_several
            return [row for row in self._rows_in_several.of_lesson(lesson) if held_by[row] in wanted]
        if len(self._lists) == 1:
            return self._lists[0].postings.of_lesson(lesson)
        held_by = self._held_in(lesson)
        return sorted(row for row, held in held_by.items() if wanted is None or held in wanted)

    # --- of one

    def held(self, row: int) -> int:
        """The lists that one of these passages stands in."""
        if len(self._lists) == 1:
            return 1
        return self._in_several.get(row) or self._held_in(row >> LESSON_SHIFT)[row]

    def share(self, row: int) -> float:
        """What one of these passages covers."""
        return self._shares[self.held(row)]

    @cached_property
    def _alone(self) -> set[int]:
        """Each list by itself."""
        return {1 << place for place in range(len(self._lists))}

    @cached_property
    def _rows_in_several(self) -> Postings:
        return Listed(sorted(self._in_several))

    def _held_in(self, lesson: int) -> dict[int, int]:
        """The passages of a lesson, each with the lists that it stands in."""
        if lesson not in self._of_lessons:
            held: dict[int, int] = {}
            for place, (_, postings, _) in enumerate(self._lists):
                for row in postings.of_lesson(lesson):
                    held[row] = held.get(row, 0) | 1 << place
            self._of_lessons[lesson] = held
        return self._of_lessons[lesson]


def _in_several(store: Store, lists: Sequence[Held]) -> dict[int, int]:
    """The passages that stand in more than one list, and in which."""
    if len({held.thing for held in lists}) < 2:
        return {}
    shared = _shared(store, lists)
    listed = sorted((postings.rows for at, (_, postings, _) in enumerate(lists) if at not in shared), key=len)
    in_others = set().union(*shared.values())
    seen: set[int] = set()
    for shorter, rows in zip([[], *listed], listed, strict=False):
        seen.update(shorter)
        in_others |= seen.intersection(rows)
    found: dict[int, int] = {}
    for place, (_, postings, _) in enumerate(lists):
        bit = 1 << place
        for row in shared[place] if place in shared else in_others.intersection(postings.rows):
            found[row] = found.get(row, 0) | bit
    return found


def _shared(store: Store, lists: Sequence[Held]) -> dict[int, list[int]]:
    """Of long lists, by their places, the passages that stand in others too: as the index tells."""
    others_of = {
        place: [held.postings.expression for held in lists if held.thing != lists[place].thing]
        for place, held in enumerate(lists)
        if isinstance(held.postings, Asked)
    }
    if len(others_of) > MOST_ASKED:
        return {}
    return {
        place: store.matching(_with_any(lists[place].postings.expression, others)) if others else []
        for place, others in others_of.items()
        if None not in others
    }


def _with_any(expression: str | None, others: Sequence[str | None]) -> str:
    return f"({expression}) AND ({' OR '.join(f'({other})' for other in others)})"


def _places(held: int) -> list[int]:
    """The places whose sum of 1 << place it is."""
    places: list[int] = []
    while held:
        places.append((held & -held).bit_length() - 1)
        held &= held - 1
    return places
