"""Passages that answer a query, best first.

The index is asked once for each term; what comes back are the numbers of the passages that hold
it. From these alone lessons and passages are scored and put in order. Only those that may be
shown are then read, and those that lie close together ordered by what their words show.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from heapq import heappush, heapreplace, nsmallest

from k8snotes.index import ranking
from k8snotes.index.filters import allowed_by
from k8snotes.index.marking import Marker, Reader
from k8snotes.index.packing import unpacked
from k8snotes.index.query import Alternative, Group, Query, Term
from k8snotes.index.rows import (
    FIELD_BITS,
    FIELD_MASK,
    KIND_OF,
    LAST_PASSAGE,
    LENGTH_OF,
    LESSON_SHIFT,
    PASSAGE_BITS,
    Field,
    Length,
)
from k8snotes.index.store import WIDTH, Store
from k8snotes.model.filters import Filters
from k8snotes.model.hits import Answer, LookedUp, PassageHit
from k8snotes.model.page import Page
from k8snotes.model.text import Piece, Text

ENOUGH = 0.5  # of what the best partial match covers, for another to be one
ENOUGH_FOR_A_LESSON = 0.25  # whose passages share the words
CHUNK = 48  # passages that are read and put in order together
MOST_FOR_A_LESSON = 8  # passages that are read to choose the one that stands for their lesson
MOST_LONGER_WORDS = 200  # that hold a Latin word as a part
FEW = 500  # passages that are put in order without further ado
WHOLE_WORDS = 2  # up to so many words, lessons that hold all of them come first


def search(
    store: Store,
    query: Query,
    reader: Reader,
    filters: Filters,
    *,
    limit: int,
    offset: int = 0,
    by_lesson: bool = False,
) -> Answer:
    """The hits from `offset` on, with how many there are in all."""
    found = _Found(store, query, reader, filters)
    if by_lesson:
        lessons = found.lessons_in_order()
        best = [found.best_hit(lesson) for lesson in lessons[offset : offset + limit]]
        hits, total = [hit for one in best for hit in one], len(lessons)
    else:
        first, last = offset // CHUNK, (offset + limit - 1) // CHUNK
        rows, total = found.best_rows((last + 1) * CHUNK)
        chunks = (rows[chunk * CHUNK : (chunk + 1) * CHUNK] for chunk in range(first, last + 1))
        hits = [hit for chunk in chunks for hit in found.hits(chunk)]
        hits = hits[offset - first * CHUNK :][:limit]
    return Answer(
        hits=tuple(found.with_section(row, hit) for row, hit in hits),
        total=total,
        has_all=bool(found.full),
        terms=found.looked_up(),
    )


class _Found:
    """What the index knows of a query's terms, and the order that follows from it."""

    def __init__(self, store: Store, query: Query, reader: Reader, filters: Filters) -> None:
        self.store = store
        self.query = query
        self.reader = reader
        self.terms = query.terms
        self.lengths = store.lengths
        self.lessons = store.lessons()
        self.marks = Marker(query)
        self._pages: dict[int, Page] = {}
        allowed = allowed_by(store, filters, lambda text: reader.fold(text).string)
        self.exact: dict[Term, list[int]] = {}  # passages that hold a term
        self.longer: dict[Term, list[int]] = {}  # and those that hold it within a longer word
        for term in dict.fromkeys((*self.terms, *query.excluded_terms)):
            self.exact[term] = _kept(store.matching(term.match), allowed)
            self.longer[term] = _kept(self._within_words(term), allowed)
        excluded = {row for group in query.excluded for row in self._of_group(group)}
        if excluded:
            for rows in (*self.exact.values(), *self.longer.values()):
                rows[:] = [row for row in rows if row not in excluded]
        self._keep_phrases()
        self.slots = {term: self._counts(term) for term in self.terms}
        self.idf = {term: self._idf(term) for term in self.terms}
        self.mass = sum(self.idf.values()) or 1.0
        self.covered = self._covered()
        self.full = self._full()
        self.lesson_scores = self._lesson_scores()

    # --- what holds what

    def _within_words(self, term: Term) -> list[int]:
        longer = [
            word
            for part in term.inside
            for word in self.store.words_holding(part)
            if word not in term.spellings
        ]
        if not longer:
            return []
        rows = self.store.matching(" OR ".join(f'"{word}"' for word in longer[:MOST_LONGER_WORDS]))
        exact = set(self.exact[term])
        return [row for row in rows if row not in exact]

    def _counts(self, term: Term) -> Counter[int]:
        """How many passages of each field of each lesson hold a term: by lesson and field in one number."""
        rows = self.exact[term] or self.longer[term]
        return Counter([row >> PASSAGE_BITS for row in rows])

    def _idf(self, term: Term) -> float:
        lessons = len({slot >> FIELD_BITS for slot in self.slots[term]})
        return ranking.term_weight(term.spellings, self.lessons, lessons)

    def _covered(self) -> dict[int, float]:
        """Which part of what the query says a passage covers: 0 to 1."""
        covered: dict[int, float] = {}
        for term in self.terms:
            share = self.idf[term] / self.mass
            for rows, covers in ((self.exact[term], share), (self.longer[term], share / 2)):
                if covered:
                    for row in rows:
                        covered[row] = covered.get(row, 0.0) + covers
                else:  # of a common word there are tens of thousands
                    covered = dict.fromkeys(rows, covers)
        return covered

    def _keep_phrases(self) -> None:
        """Takes what holds the words of a phrase, but not the phrase, from what holds these words."""
        plain = {
            term
            for group in self.query.groups
            for alternative in group.alternatives
            if alternative.phrase is None
            for term in alternative.terms
        }
        for group in self.query.groups:
            for alternative in group.alternatives:
                if not alternative.is_sure:
                    rows = self._of_alternative(alternative)
                    for term in {*alternative.terms} - plain:
                        self.exact[term] = [row for row in self.exact[term] if row in rows]

    def _of_group(self, group: Group) -> set[int]:
        first, *others = map(self._of_alternative, group.alternatives)
        return first.union(*others) if others else first

    def _of_alternative(self, alternative: Alternative) -> set[int]:
        first, *others = sorted(
            ([*self.exact[term], *self.longer[term]] for term in alternative.terms), key=len
        )
        rows = set(first)
        for other in others:
            rows.intersection_update(other)
        if alternative.phrase is not None and not alternative.is_sure:
            rows = {row for row in rows if self._says(row, alternative.phrase)}
        return rows

    def _says(self, row: int, phrase: str) -> bool:
        return phrase in " ".join(self.reader.fold(self._text(row).string).string.split())

    def _full(self) -> set[int]:
        """The passages that hold all the words."""
        groups = [self._of_group(group) for group in self.query.groups]
        for rows, group in zip(groups, self.query.groups, strict=True):
            if group.is_verbatim:  # a phrase in quotes has no partial matches
                self.covered = {row: share for row, share in self.covered.items() if row in rows}
        if len(groups) == 1:
            return groups[0]
        return set.intersection(*groups) if groups else set()

    # --- order

    def _lesson_scores(self) -> dict[int, float]:
        scores: defaultdict[int, float] = defaultdict(float)
        weights, divisors, title = _weights(), self._divisors(), int(Field.TITLE)
        for term in self.terms:
            share = self.idf[term] / self.mass
            frequencies: defaultdict[int, float] = defaultdict(float)
            for slot, passages in self.slots[term].items():
                lesson, field = slot >> FIELD_BITS, slot & FIELD_MASK
                worth = weights[field] / divisors[field][lesson]
                if field == title:
                    scores[lesson] += share * worth
                else:
                    frequencies[lesson] += passages * worth
            for lesson, frequency in frequencies.items():
                scores[lesson] += share * ranking.saturated(frequency)
        return {
            lesson: scores[lesson] + ranking.BEST_PASSAGE * share for lesson, share in self._best().items()
        }

    def _divisors(self) -> list[list[float]]:
        """By field and lesson, by what it is divided that a passage holds a term."""
        of_part: dict[Length | None, list[float]] = {None: [1.0] * (len(self.lengths) // WIDTH)}
        for part in Length:
            lengths = self.lengths[part::WIDTH]
            of_part[part] = ranking.divisors(part, lengths, sum(lengths) / (self.lessons or 1))
        return [of_part[LENGTH_OF.get(field)] for field in Field]

    def _best(self) -> dict[int, float]:
        """What the passage of each lesson covers that covers most."""
        shares = sorted(set(self.covered.values()))
        if len(shares) == 1:
            return dict.fromkeys([row >> LESSON_SHIFT for row in self.covered], shares[0])
        best: dict[int, float] = {}
        for row, share in self.covered.items():
            lesson = row >> LESSON_SHIFT
            if share > best.get(lesson, 0.0):
                best[lesson] = share
        return best

    def lessons_in_order(self) -> list[int]:
        """The lessons that match, those that hold all the words first where these are few."""
        holds_all: set[int] = set()
        if 1 < len(self.query.groups) <= WHOLE_WORDS:
            holds_all = set.intersection(
                *({row >> LESSON_SHIFT for row in self._of_group(group)} for group in self.query.groups)
            )
        scores = self.lesson_scores
        covers: defaultdict[int, float] = defaultdict(float)  # which part of what the query says
        for term in self.terms:
            share = self.idf[term] / self.mass
            for lesson in {slot >> FIELD_BITS for slot in self.slots[term]}:
                covers[lesson] += share
        enough = ENOUGH_FOR_A_LESSON * max(covers.values(), default=0.0)
        found = [lesson for lesson in scores if lesson in holds_all or covers[lesson] >= enough]
        return sorted(
            found, key=lambda lesson: (lesson not in holds_all, -scores[lesson], self._place_of(lesson))
        )

    def best_rows(self, most: int) -> tuple[list[int], int]:
        """The best of the passages that match, those with all the words first; how many match."""
        full = self.full
        enough = ENOUGH * max(self.covered.values(), default=0.0)
        partial = [row for row, share in self.covered.items() if share >= enough and row not in full]
        best = self._best_of(list(full), most)
        if len(best) < most:
            best += self._best_of(partial, most - len(best))
        return best, len(full) + len(partial)

    def _best_of(self, rows: list[int], most: int) -> list[int]:
        """The best of passages that all hold all the words, or none of which does, in order."""
        if len(rows) > FEW:
            rows = self._near_the_best(rows, most)
        return nsmallest(
            most, rows, key=lambda row: (-self._row_score(row), self._place_of(row >> LESSON_SHIFT), row)
        )

    def _near_the_best(self, rows: list[int], most: int) -> list[int]:
        """Some of the passages, so many of the best among them.

        Of a common word there are tens of thousands. So lessons are taken one by one, the best first,
        until no passage of the next one can come near what was found.
        """
        rows.sort()
        reach = max(self.covered.values()) + max(ranking.KIND_WEIGHTS.values())
        found: list[int] = []
        best: list[float] = []  # scores, as a heap
        scores = self.lesson_scores
        for lesson in sorted(scores, key=scores.__getitem__, reverse=True):
            if len(best) == most and reach + ranking.LESSON_SHARE * scores[lesson] < best[0]:
                break
            start = bisect_left(rows, lesson << LESSON_SHIFT)
            for row in rows[start : bisect_left(rows, (lesson + 1) << LESSON_SHIFT, start)]:
                found.append(row)
                score = self._row_score(row)
                if len(best) < most:
                    heappush(best, score)
                elif score > best[0]:
                    heapreplace(best, score)
        return found

    def _place_of(self, lesson: int) -> int:
        """What puts lessons that score the same in order: ids tell when they came, not where they stand."""
        return self._places[lesson] if self._places else lesson

    @cached_property
    def _places(self) -> dict[int, int]:
        """The lessons' places; empty where no two score the same."""
        if len(set(self.lesson_scores.values())) == len(self.lesson_scores):
            return {}
        return {lesson: place for place, lesson in enumerate(self.store.lessons_in_order())}

    def _row_score(self, row: int) -> float:
        return (
            self.covered[row]
            + ranking.KIND_WEIGHTS[row >> PASSAGE_BITS & FIELD_MASK]
            + ranking.LESSON_SHARE * self.lesson_scores[row >> LESSON_SHIFT]
        )

    # --- hits

    def looked_up(self) -> tuple[LookedUp, ...]:
        return tuple(
            LookedUp(
                term.spellings,
                round(self.idf[term] / self.mass, 4),
                len(self.exact[term]) + len(self.longer[term]),
            )
            for term in self.terms
        )

    def hits(self, rows: Iterable[int]) -> list[tuple[int, PassageHit]]:
        """Passages as hits, put in order by what their words show; those with all the words first."""
        hits = [(row, self._hit(row)) for row in rows]
        return sorted(hits, key=lambda found: (found[1].is_partial, -found[1].score))

    def with_section(self, row: int, hit: PassageHit) -> PassageHit:
        """A hit with the heading above it, which is looked up only where it is shown."""
        if hit.kind == "title":
            return hit
        return hit._replace(section=_section(self._page(row >> LESSON_SHIFT), row & LAST_PASSAGE))

    def best_hit(self, lesson: int) -> list[tuple[int, PassageHit]]:
        """The passage that stands for a lesson."""
        rows = sorted(
            self._rows_of[lesson], key=lambda row: (row not in self.full, -self._row_score(row), row)
        )
        return self.hits(rows[:MOST_FOR_A_LESSON])[:1]

    @cached_property
    def _rows_of(self) -> dict[int, list[int]]:
        rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for row in self.covered:
            rows_of[row >> LESSON_SHIFT].append(row)
        return rows_of

    def _hit(self, row: int) -> PassageHit:
        page = self._page(row >> LESSON_SHIFT)
        field = row >> PASSAGE_BITS & FIELD_MASK
        kind = KIND_OF[field]
        text = self._text(row)
        passage = None if kind == "title" else page.passages[row & LAST_PASSAGE]
        signs = self.marks.read(text, self.reader, is_markdown=page.is_markdown and kind != "code")
        line = text.line_at(signs.spans[0][0]) if signs.spans else text.line_at(0)
        return PassageHit(
            path=page.path,
            lesson=page.title,
            section=None,
            kind=kind,
            line=line,
            place=_place(page, line),
            score=round(self._row_score(row) + signs.worth, 4),
            text=text.string,
            matches=signs.spans,
            is_partial=row not in self.full,
            author=None if passage is None else passage.author,
            date=None if passage is None else passage.date,
            likes=None if passage is None else passage.likes,
        )

    def _text(self, row: int) -> Text:
        page = self._page(row >> LESSON_SHIFT)
        if KIND_OF[row >> PASSAGE_BITS & FIELD_MASK] == "title":
            return _title(page)
        return page.passages[row & LAST_PASSAGE].text

    def _page(self, lesson: int) -> Page:
        if lesson not in self._pages:
            for _, content in self.store.pages([lesson]):
                self._pages[lesson] = unpacked(content)
        return self._pages[lesson]


def _kept(rows: list[int], allowed: Callable[[int], bool] | None) -> list[int]:
    return rows if allowed is None else [row for row in rows if allowed(row)]


def _weights() -> list[float]:
    """What it is worth that a passage holds a term, by its field."""
    return [
        ranking.TITLE if field == Field.TITLE else ranking.FIELD_WEIGHTS.get(field, 0.0) for field in Field
    ]


def _title(page: Page) -> Text:
    """The title where it stands; a name of a file is said to stand in the first line."""
    line = 1
    for last, kind, _ in page.line_kinds:
        if kind == "title":
            break
        line = last + 1
    else:
        line = 1
    title = page.title or page.name.rpartition(".")[0] or page.name or page.path
    column = page.lines[line - 1].find(title) if page.lines else 0
    return Text(string=title, pieces=(Piece(0, line, max(column, 0)),))


def _section(page: Page, position: int) -> str | None:
    """The heading above a passage of the body."""
    if page.passages[position].kind in ("comment", "reply"):
        return None
    for passage in reversed(page.passages[:position]):
        if passage.kind == "heading":
            return passage.text.string
    return None


def _place(page: Page, line: int) -> int | str | None:
    at = bisect_right(page.places, line, key=lambda place: place[0])
    return page.places[at - 1][1] if at else None
