"""In which order lessons and passages answer a query, as far as the index alone tells."""

from collections import defaultdict
from collections.abc import Iterable, Set
from functools import cached_property
from heapq import heappush, heapreplace, nsmallest
from operator import itemgetter

from k8snotes.index import ranking
from k8snotes.index.matches import Matches
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length
from k8snotes.index.store import Store

ENOUGH = 0.5  # of what the best partial match covers, for another to be one
ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first
BY_KIND = sorted(map(Field, ranking.KIND_WEIGHTS), key=lambda field: -ranking.KIND_WEIGHTS[field])
LOOKED_FOR = 2  # of the weightiest fields: whether a lesson has any passage in them


class Order:
    """The order of what matches a query: of so many passages, or where `most` is None of lessons."""

    def __init__(self, store: Store, matches: Matches, most: int | None = None) -> None:
        self._store = store
        self._matches = matches
        self._coverage = coverage = matches.coverage
        self._full = matches.full
        self._partial = coverage.covering(ENOUGH) - self._full
        self._most = most
        least = 0.0
        if most is not None:
            is_enough = coverage.count(self._full) >= most
            least = coverage.least(self._full if is_enough else self._full | self._partial)
        self._best = coverage.best_of_lessons(least)
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
        found = [lesson for lesson in self._best if lesson in holds_all or covers[lesson] >= enough]
        return sorted(
            found, key=lambda lesson: (lesson not in holds_all, -scores[lesson], self._place_of(lesson))
        )

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson that match, the best first."""
        return sorted(
            self._coverage.of_lesson(lesson),
            key=lambda row: (not self._matches.is_full(row), -self.score(row), row),
        )

    def passages(self) -> tuple[list[int], int]:
        """The best of the passages that match, those with all the words first; how many match."""
        coverage, most = self._coverage, self._most or 0
        if coverage.count(self._full) <= FEW:
            best = self._in_order(coverage.rows(self._full), most)
        else:
            best = self._best_of_lessons(self._full, most)
        if len(best) < most:
            best += self._best_of_lessons(self._partial, most - len(best))
        return best, coverage.count(self._full) + coverage.count(self._partial)

    def _best_of_lessons(self, wanted: Set[int], most: int) -> list[int]:
        """The best of the passages in lists that are wanted, in order.

        Lessons are taken one by one, those first whose passages may score highest, until no passage of
        the next one can come near what was found.
        """
        found: list[int] = []
        best: list[float] = []  # scores, as a heap
        for lesson, ceiling in self._ceilings:
            if len(best) == most and ceiling < best[0]:
                break
            for row in self._coverage.of_lesson(lesson, wanted):
                score = self.score(row)
                if len(best) < most:
                    heappush(best, score)
                elif score >= best[0]:
                    heapreplace(best, score)
                else:
                    continue
                found.append(row)
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
        if len({self._lesson_scores[lesson] for lesson in self._best}) == len(self._best):
            return {}
        return {lesson: place for place, lesson in enumerate(self._store.order)}

    # --- scores

    def _scores(self) -> list[float]:
        """Of the lessons, by their ids."""
        divisors = self._store.divisors
        known = ranking.worths(None)[Field.FACTS]
        scores = [0.0] * len(divisors[Length.TITLE])
        for term, share in self._matches.shares.items():
            postings = self._matches.counted(term)
            frequencies = defaultdict(float, dict.fromkeys(postings.lessons_in(Field.FACTS), float(known)))
            for part in (Length.TEXT, Length.SAID):
                lengths = divisors[part]
                for lesson, units in postings.sums(part):
                    if units:
                        frequencies[lesson] += units / lengths[lesson]
            for lesson, frequency in frequencies.items():
                scores[lesson] += share * ranking.saturated(frequency)
            for lesson in postings.lessons_in(Field.TITLE):
                scores[lesson] += share * ranking.TITLE / divisors[Length.TITLE][lesson]
        for lesson, best in self._best.items():
            scores[lesson] += ranking.BEST_PASSAGE * best
        return scores

    @cached_property
    def _ceilings(self) -> list[tuple[int, float]]:
        """The lessons that match, each with what no passage of it scores more than, the highest first."""
        weights, share, scores = ranking.KIND_WEIGHTS, ranking.LESSON_SHARE, self._lesson_scores
        highest = dict.fromkeys(self._best, weights[BY_KIND[LOOKED_FOR]])
        for field in reversed(BY_KIND[:LOOKED_FOR]):
            highest.update(dict.fromkeys(self._coverage.lessons_in(field), weights[field]))
        ceilings = [
            (lesson, best + highest[lesson] + share * scores[lesson]) for lesson, best in self._best.items()
        ]
        return sorted(ceilings, key=itemgetter(1), reverse=True)
