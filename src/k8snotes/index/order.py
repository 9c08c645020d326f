"""In which order lessons and passages answer a query, as far as the index alone tells."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import cached_property
from heapq import heappush, heapreplace, nsmallest
from operator import itemgetter

from k8snotes.index import ranking
from k8snotes.index.matches import Matches
from k8snotes.index.rows import FIELD_BITS, FIELD_MASK, LENGTH_OF, LESSON_SHIFT, PASSAGE_BITS, Field, Length
from k8snotes.index.store import Store

ENOUGH = 0.5  # of what the best partial match covers, for another to be one
ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first
BY_KIND = sorted(ranking.KIND_WEIGHTS, key=lambda field: -ranking.KIND_WEIGHTS[field])  # the weightiest first


class Order:
    """The order of what matches a query."""

    def __init__(self, store: Store, matches: Matches) -> None:
        self._store = store
        self._matches = matches
        self._coverage = matches.coverage
        self._best = self._coverage.best_of_lessons()
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
            holds_all = set.intersection(*map(matches.lessons_with, groups))
        covers: defaultdict[int, float] = defaultdict(float)  # which part of what the query says
        for term, share in matches.shares.items():
            for lesson in matches.counted(term).lessons:
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
        partial = coverage.covering(ENOUGH) - full
        if coverage.count(full) <= FEW:
            best = self._in_order(coverage.rows(full), most)
        else:
            best = self._best_of_lessons(full, most)
        if len(best) < most:
            best += self._best_of_lessons(partial, most - len(best))
        return best, coverage.count(full) + coverage.count(partial)

    def _best_of_lessons(self, wanted: Set[int], most: int) -> list[int]:
        """The best of the passages in lists that are wanted, in order.

        Lessons are taken one by one, those first whose passages may score highest, until no passage of
        the next one can come near what was found.
        """
        found: list[int] = []
        best: list[float] = []  # scores, as a heap
        for lesson, ceiling in self._ceilings:
            if len(best) == most:
                if ceiling < best[0]:
                    break
                if self._ceiling(lesson) < best[0]:
                    continue
            for row in self._coverage.of_lesson(lesson, wanted):
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
        title, weights, divisors = int(Field.TITLE), _weights(), self._divisors()
        scores: defaultdict[int, float] = defaultdict(float)
        for term, share in self._matches.shares.items():
            frequencies: defaultdict[int, float] = defaultdict(float)
            for slot, passages in self._matches.counted(term).slots.items():
                lesson, field = slot >> FIELD_BITS, slot & FIELD_MASK
                worth = weights[field] / divisors[field][lesson]
                if field == title:
                    scores[lesson] += share * worth
                else:
                    frequencies[lesson] += passages * worth
            for lesson, frequency in frequencies.items():
                scores[lesson] += share * ranking.saturated(frequency)
        return {lesson: scores[lesson] + ranking.BEST_PASSAGE * share for lesson, share in self._best.items()}

    def _divisors(self) -> list[Sequence[float]]:
        """By what the frequencies of terms are divided in each field, by lesson."""
        by_part = self._store.divisors
        ones = [1.0] * len(by_part[Length.TEXT])
        return [by_part[LENGTH_OF[field]] if field in LENGTH_OF else ones for field in Field]

    @cached_property
    def _ceilings(self) -> list[tuple[int, float]]:
        """The lessons that match, each with what no passage of it scores more than, the highest first.

        That is so of a passage of the weightiest kind; `_ceiling` looks at the kinds that a lesson has.
        """
        highest, share, scores = max(ranking.KIND_WEIGHTS.values()), ranking.LESSON_SHARE, self._lesson_scores
        ceilings = [(lesson, best + highest + share * scores[lesson]) for lesson, best in self._best.items()]
        return sorted(ceilings, key=itemgetter(1), reverse=True)

    def _ceiling(self, lesson: int) -> float:
        weights, stands_in = ranking.KIND_WEIGHTS, self._coverage.stands_in
        highest = next(weights[field] for field in BY_KIND if stands_in(lesson, field))
        return self._best[lesson] + highest + ranking.LESSON_SHARE * self._lesson_scores[lesson]


def _weights() -> list[float]:
    """What it is worth that a passage holds a term, by its field."""
    return [
        ranking.TITLE if field == Field.TITLE else ranking.FIELD_WEIGHTS.get(field, 0.0) for field in Field
    ]
