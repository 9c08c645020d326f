"""In which order lessons and passages answer a query, as far as the index alone tells."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from heapq import heappush, heappushpop, nsmallest
from operator import add, truediv

from k8snotes.index import ranking
from k8snotes.index.matches import ENOUGH, Matches
from k8snotes.index.postings import Postings
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length
from k8snotes.index.store import Store

ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first


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
        found = [lesson for lesson in self._best if lesson in holds_all or covers[lesson] >= enough]
        scores, places = self._lesson_scores, self._places(found)
        return sorted(
            found, key=lambda lesson: (lesson not in holds_all, -scores[lesson], places.get(lesson, 0))
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
            best = self._best_of(self._full, most)
        if len(best) < most:
            best += self._best_of(self._partial, most - len(best))
        return best, coverage.count(self._full) + coverage.count(self._partial)

    def _best_of(self, wanted: Set[int], most: int) -> list[int]:
        """The best of the passages in lists that are wanted, in order.

        Those in the same lists and the same field differ by their lessons alone. They are taken together,
        those first that are worth most, until no others can come near what was found.
        """
        found: list[int] = []
        best: list[float] = []  # scores, as a heap
        highest = ranking.LESSON_SHARE * max(self._lesson_scores.values(), default=0.0)
        for worth, held, field in self._by_worth(wanted):
            if len(best) == most and worth + highest < best[0]:
                break
            lessons = self._coverage.alike(held, field).lessons
            for lesson in sorted(lessons, key=self._lesson_scores.__getitem__, reverse=True):
                score = worth + ranking.LESSON_SHARE * self._lesson_scores[lesson]
                if len(best) == most and score < best[0]:
                    break
                for row in self._coverage.of_lesson_alike(lesson, held, field):
                    found.append(row)
                    (heappush if len(best) < most else heappushpop)(best, score)
        return self._in_order(found, most)

    def _by_worth(self, wanted: Set[int]) -> list[tuple[float, int, int]]:
        """What passages in lists that are wanted are worth, by the lists and the field: the best first."""
        return sorted(
            (
                (self._coverage.shares[held] + weight, held, field)
                for held in wanted
                for field, weight in ranking.KIND_WEIGHTS.items()
            ),
            reverse=True,
        )

    def _in_order(self, rows: Iterable[int], most: int) -> list[int]:
        """The best of passages that all hold all the words, or none of which does."""
        scores = {row: self.score(row) for row in rows}
        places = self._places({row >> LESSON_SHIFT for row in scores})
        return nsmallest(
            most, scores, key=lambda row: (-scores[row], places.get(row >> LESSON_SHIFT, 0), row)
        )

    def _places(self, lessons: Collection[int]) -> Mapping[int, int]:
        """What puts lessons that score the same in order: ids tell when they came, not where they stand.

        Empty where no two score the same.
        """
        if len({self._lesson_scores[lesson] for lesson in lessons}) == len(lessons):
            return {}
        return {lesson: place for place, lesson in enumerate(self._store.order)}

    # --- scores

    def _scores(self) -> dict[int, float]:
        """Of the lessons with a passage that may be wanted."""
        lessons = sorted(self._best)
        places = {lesson: place for place, lesson in enumerate(lessons)}
        scores = [0.0] * len(lessons)
        divisors = self._store.divisors
        for term, share in self._matches.shares.items():
            postings = self._matches.counted(term).of_lessons(places)
            counted = postings.counted_of(lessons)
            added = ranking.saturated(_frequencies(postings, counted, divisors), share)
            if len(counted) == len(lessons):
                scores = [*map(add, scores, added)]
            else:
                for lesson, more in zip(counted, added, strict=True):
                    scores[places[lesson]] += more
            for lesson in postings.lessons_in(Field.TITLE):
                if lesson in places:
                    scores[places[lesson]] += share * ranking.TITLE / divisors[Length.TITLE][lesson]
        return {
            lesson: score + ranking.BEST_PASSAGE * self._best[lesson]
            for lesson, score in zip(lessons, scores, strict=True)
        }


def _frequencies(
    postings: Postings, lessons: Sequence[int], divisors: Sequence[Sequence[float]]
) -> list[float]:
    """How often something stands in each of some lessons, in units, by the lengths of the parts."""
    known = {*postings.lessons_in(Field.FACTS)}
    worth = float(ranking.worths(None)[Field.FACTS])
    frequencies = [worth if lesson in known else 0.0 for lesson in lessons] if known else [0.0] * len(lessons)
    for part in (Length.TEXT, Length.SAID):
        if units := postings.sums(part, lessons):
            own = map(divisors[part].__getitem__, lessons)
            frequencies = [*map(add, frequencies, map(truediv, units, own))]
    return frequencies
