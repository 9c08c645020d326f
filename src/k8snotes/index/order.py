"""In which order lessons and passages answer a query, as far as the index alone tells."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from heapq import heappush, heappushpop, nsmallest
from itertools import accumulate
from operator import add, itemgetter, truediv

from k8snotes.index import ranking
from k8snotes.index.coverage import ROUNDING
from k8snotes.index.matches import Matches
from k8snotes.index.postings import Postings
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length
from k8snotes.index.store import Store

ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first


class Order:
    """The order of what matches a query."""

    def __init__(self, store: Store, matches: Matches) -> None:
        self._store = store
        self._matches = matches
        self._coverage = matches.coverage
        self._lesson_scores: dict[int, float] = {}

    def score(self, row: int) -> float:
        """Of a passage of a lesson that has a score."""
        return (
            self._coverage.share(row)
            + ranking.KIND_WEIGHTS[row >> PASSAGE_BITS & FIELD_MASK]
            + ranking.LESSON_SHARE * self.lesson_score(row >> LESSON_SHIFT)
        )

    def lesson_score(self, lesson: int) -> float:
        """Of a lesson that was put in order, or has passages that were."""
        return self._lesson_scores[lesson]

    # --- lessons

    def lessons(self, most: int) -> tuple[list[int], int]:
        """The best of the lessons that match, those that hold all the words first where these are few.

        And how many match.
        """
        matches, groups = self._matches, self._matches.query.groups
        holds_all: set[int] = set()
        if 1 < len(groups) <= WHOLE_WORDS:
            holds_all = set.intersection(*map(matches.lessons_with, groups))
        found = matches.with_phrases(holds_all.union(self._covered_lessons()))
        in_order = self._best_lessons(holds_all & found, most)
        if len(in_order) < most:
            in_order += self._best_lessons(found - holds_all, most - len(in_order))
        return in_order, len(found)

    def of_lesson(self, lesson: int) -> list[int]:
        """The passages of a lesson that match, the best first."""
        return sorted(
            self._coverage.of_lesson(lesson),
            key=lambda row: (not self._matches.is_full(row), -self.score(row), row),
        )

    def _covered_lessons(self) -> Iterator[int]:
        """The lessons that cover enough of what the query says.

        As of passages in `Coverage`: of the commonest words it is only asked which of the lessons that were
        met before hold them.
        """
        shares = sorted(self._matches.shares.items(), key=itemgetter(1), reverse=True)
        to_come = [*accumulate(share for _, share in reversed(shares))][::-1]
        covers: dict[int, float] = {}
        most = 0.0
        for (term, share), left in zip(shares, to_come, strict=True):
            lessons: Set[int] = self._matches.counted(term).lessons
            least = ENOUGH_FOR_A_LESSON * most - ROUNDING
            if left < least:
                covers = {lesson: covered for lesson, covered in covers.items() if covered + left >= least}
                lessons = lessons & covers.keys()
            for lesson in lessons:
                covers[lesson] = covers.get(lesson, 0.0) + share
            most = max(covers.values(), default=0.0)
        least = ENOUGH_FOR_A_LESSON * most - ROUNDING
        return (lesson for lesson, covered in covers.items() if covered >= least)

    def _best_lessons(self, lessons: Collection[int], most: int) -> list[int]:
        """The best of some lessons, in order."""
        scores = self._lesson_scores
        known = self._scores(lessons)  # without what their best passages add
        added = ranking.BEST_PASSAGE * self._coverage.highest  # at most
        best: list[float] = []  # scores, as a heap
        looked_at: list[int] = []
        for lesson in sorted(lessons, key=known.__getitem__, reverse=True):
            if len(best) == most and known[lesson] + added < best[0]:
                break
            scores[lesson] = known[lesson] + ranking.BEST_PASSAGE * self._coverage.best_of(lesson)
            looked_at.append(lesson)
            (heappush if len(best) < most else heappushpop)(best, scores[lesson])
        places = self._places(looked_at)
        return nsmallest(most, looked_at, key=lambda lesson: (-scores[lesson], places.get(lesson, 0)))

    # --- passages

    def passages(self, most: int) -> tuple[list[int], int]:
        """The best of the passages that match, those with all the words first; how many match."""
        coverage, full = self._coverage, self._matches.full
        partial = coverage.covering(self._matches.enough) - full
        in_full, in_part = coverage.count(full), coverage.count(partial)
        wanted = full if in_full >= most else full | partial
        best = coverage.best_of_lessons(coverage.least(wanted))
        for lesson, score in self._scores(best).items():
            self._lesson_scores[lesson] = score + ranking.BEST_PASSAGE * best[lesson]
        found = self._in_order(coverage.rows(full), most) if in_full <= FEW else self._best_of(full, most)
        if len(found) < most:
            found += self._best_of(partial, most - len(found))
        return found, in_full + in_part

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

    def _scores(self, lessons: Collection[int]) -> dict[int, float]:
        """Of lessons, by how often what is asked for stands in their parts."""
        lessons = sorted(lessons)
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
            for lesson in postings.named_in(Field.TITLE, lessons):
                scores[places[lesson]] += share * ranking.TITLE / divisors[Length.TITLE][lesson]
        return dict(zip(lessons, scores, strict=True))


def _frequencies(
    postings: Postings, lessons: Sequence[int], divisors: Sequence[Sequence[float]]
) -> list[float]:
    """How often something stands in each of some lessons, in units, by the lengths of the parts."""
    known = {*postings.named_in(Field.FACTS, lessons)}
    worth = float(ranking.worths(None)[Field.FACTS])
    frequencies = [worth if lesson in known else 0.0 for lesson in lessons] if known else [0.0] * len(lessons)
    for part in (Length.TEXT, Length.SAID):
        if units := postings.sums(part, lessons):
            own = map(divisors[part].__getitem__, lessons)
            frequencies = [*map(add, frequencies, map(truediv, units, own))]
    return frequencies
