"""In which order lessons and passages answer a query, as far as the index alone tells."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from heapq import heappush, heapreplace, nsmallest

from k8snotes.index import ranking
from k8snotes.index.matches import Matches
from k8snotes.index.rows import FIELD_BITS, FIELD_MASK, LENGTH_OF, LESSON_SHIFT, PASSAGE_BITS, Field
from k8snotes.index.store import Store

ENOUGH = 0.5  # of what the best partial match covers, for another to be one
ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first


class Order:
    """The order of what matches a query."""

    def __init__(self, store: Store, matches: Matches) -> None:
        self._store = store
        self._matches = matches
        self._coverage = matches.coverage
        self._best = self._coverage.by_lesson()
        self._lesson_scores = self._scores()

    def score(self, row: int) -> float:
        """Of a passage that matches."""
        return (
            self._coverage.share(row)
            + ranking.KIND_WEIGHTS[row >> PASSAGE_BITS & FIELD_MASK]
            + ranking.LESSON_SHARE * self._lesson_scores[row >> LESSON_SHIFT]
        )

    def lessons(self) -> list[int]:
        """The lessons that match, the best first; those that hold all the words where these are few."""
        matches, groups = self._matches, self._matches.query.groups
        holds_all: set[int] = set()
        if 1 < len(groups) <= WHOLE_WORDS:
            holds_all = set.intersection(
                *({row >> LESSON_SHIFT for row in matches.of_group(group)} for group in groups)
            )
        covers: defaultdict[int, float] = defaultdict(float)  # which part of what the query says
        for term, share in matches.shares.items():
            for lesson in matches.lessons_with(term):
                covers[lesson] += share
        enough = ENOUGH_FOR_A_LESSON * max(covers.values(), default=0.0)
        scores = self._lesson_scores
        found = [lesson for lesson in scores if lesson in holds_all or covers[lesson] >= enough]
        return sorted(
            found, key=lambda lesson: (lesson not in holds_all, -scores[lesson], self._place_of(lesson))
        )

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson that match, the best first."""
        return sorted(
            self._coverage.of_lesson(lesson),
            key=lambda row: (not self._matches.is_full(row), -self.score(row), row),
        )

    def passages(self, most: int) -> tuple[list[int], int]:
        """The best of the passages that match, those with all the words first; how many match."""
        coverage, full = self._coverage, self._matches.full
        if full is None:
            return self._best_of_lessons(lambda _: True, most), len(coverage)
        enough = ENOUGH * coverage.highest
        if len(full) <= FEW:
            best = self._in_order(full, most)
        else:
            best = self._best_of_lessons(full.__contains__, most)
        if len(best) < most:
            is_partial = lambda row: row not in full and coverage.share(row) >= enough  # noqa: E731
            best += self._best_of_lessons(is_partial, most - len(best))
        partial = coverage.covering(enough) - sum(1 for row in full if coverage.share(row) >= enough)
        return best, len(full) + partial

    def _best_of_lessons(self, is_wanted: Callable[[int], bool], most: int) -> list[int]:
        """The best of the passages wanted, in order; `is_wanted` is asked of passages that match.

        Lessons are taken one by one, those first whose passages may score highest, until no passage of
        the next one can come near what was found.
        """
        found: list[int] = []
        best: list[float] = []  # scores, as a heap
        ceilings = self._ceilings
        for lesson in sorted(ceilings, key=ceilings.__getitem__, reverse=True):
            if len(best) == most and ceilings[lesson] < best[0]:
                break
            for row in filter(is_wanted, self._coverage.of_lesson(lesson)):
                found.append(row)
                score = self.score(row)
                if len(best) < most:
                    heappush(best, score)
                elif score > best[0]:
                    heapreplace(best, score)
        return self._in_order(found, most)

    def _in_order(self, rows: Iterable[int], most: int) -> list[int]:
        """The best of passages that all hold all the words, or none of which does."""
        return nsmallest(
            most, rows, key=lambda row: (-self.score(row), self._place_of(row >> LESSON_SHIFT), row)
        )

    def _place_of(self, lesson: int) -> int:
        """What puts lessons that score the same in order: ids tell when they came, not where they stand."""
        return self._places[lesson] if self._places else lesson

    @cached_property
    def _places(self) -> dict[int, int]:
        """The lessons' places; empty where no two score the same."""
        if len(set(self._lesson_scores.values())) == len(self._lesson_scores):
            return {}
        return {lesson: place for place, lesson in enumerate(self._store.order)}

    # --- scores

    def _scores(self) -> dict[int, float]:
        """Of the lessons that match."""
        matches, title = self._matches, int(Field.TITLE)
        by_part = self._store.divisors
        divisors_of = [by_part[LENGTH_OF[field]] if field in LENGTH_OF else None for field in Field]
        weights = _weights()
        scores: defaultdict[int, float] = defaultdict(float)
        for term, share in matches.shares.items():
            frequencies: defaultdict[int, float] = defaultdict(float)
            for slot, passages in matches.counted(term).slots.items():
                lesson, field = slot >> FIELD_BITS, slot & FIELD_MASK
                divisors = divisors_of[field]
                worth = weights[field] / divisors[lesson] if divisors else weights[field]
                if field == title:
                    scores[lesson] += share * worth
                else:
                    frequencies[lesson] += passages * worth
            for lesson, frequency in frequencies.items():
                scores[lesson] += share * ranking.saturated(frequency)
        return {lesson: scores[lesson] + ranking.BEST_PASSAGE * share for lesson, share in self._best.items()}

    @cached_property
    def _ceilings(self) -> dict[int, float]:
        """What no passage of a lesson scores more than."""
        kinds = [ranking.KIND_WEIGHTS.get(field, 0.0) for field in Field]
        highest: dict[int, float] = {}
        for slot in self._coverage.slots:
            lesson, weight = slot >> FIELD_BITS, kinds[slot & FIELD_MASK]
            if weight > highest.get(lesson, -1.0):
                highest[lesson] = weight
        scores, best = self._lesson_scores, self._best
        return {
            lesson: best[lesson] + weight + ranking.LESSON_SHARE * scores[lesson]
            for lesson, weight in highest.items()
        }


def _weights() -> list[float]:
    """What it is worth that a passage holds a term, by its field."""
    return [
        ranking.TITLE if field == Field.TITLE else ranking.FIELD_WEIGHTS.get(field, 0.0) for field in Field
    ]
