"""Which passages hold the terms of a query, and which hold all that it asks for."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from k8snotes.index import ranking
from k8snotes.index.coverage import Coverage, Held
from k8snotes.index.postings import Listed, Postings, matching
from k8snotes.index.query import Alternative, Group, Query, Term
from k8snotes.index.rows import LESSON_SHIFT
from k8snotes.index.store import Store

FEW = 4_000  # passages that are listed
FEW_OF_LONGER = 20_000  # to find them takes longer than to list them
LONGER_WORDS = 200  # that hold a Latin word as a part: so many are looked up at once


class Matches:
    """What the index holds of a query.

    `allowed` says of a passage whether it is wanted (None: all are), `says` whether it says a phrase.
    """

    def __init__(
        self,
        store: Store,
        query: Query,
        allowed: Callable[[int], bool] | None,
        says: Callable[[int, str], bool],
    ) -> None:
        self.query = query
        self._store = store
        self._allowed = allowed
        self._says = says
        self._lessons = store.lessons()
        self.exact: dict[Term, Postings] = {}  # passages that hold a term
        self.longer: dict[Term, Postings] = {}  # and those that hold it within a longer word
        self._phrases: dict[Alternative, Postings] = {}  # that say what is not sure from their terms
        for term in dict.fromkeys((*query.terms, *query.excluded_terms)):
            self.exact[term] = self._wanted(term.match, FEW)
            self.longer[term] = self._within_words(term)
        self._leave_out_excluded()
        self._keep_phrases()
        weights = {term: self._weight(term) for term in query.terms}
        mass = sum(weights.values()) or 1.0
        self.shares = {term: weight / mass for term, weight in weights.items()}  # of what is asked for
        lists = self._lists()
        self._bits = _bits(lists)
        self.coverage = Coverage(store, lists)

    def counted(self, term: Term) -> Postings:
        """The passages by which a term counts for a lesson."""
        return self.exact[term] if len(self.exact[term]) else self.longer[term]

    @cached_property
    def full(self) -> set[int]:
        """The lists of the coverage that passages stand in which hold all that is asked for."""
        groups = [*map(self._holds, self.query.groups)]
        return self.coverage.where(lambda held: all(holds(held) for holds in groups))

    def is_full(self, row: int) -> bool:
        """Whether a passage of the coverage holds all that is asked for."""
        return self.coverage.held(row) in self.full

    def lessons_with(self, group: Group) -> set[int]:
        """The lessons with a passage that holds what a group asks for."""
        if any(one.is_verbatim for one in self.query.groups):  # the coverage lacks what another group misses
            return {row >> LESSON_SHIFT for row in self._of_group(group)}
        return self.coverage.lessons(self.coverage.where(self._holds(group)))

    @property
    def is_answered(self) -> bool:
        """Whether any passage holds all that is asked for."""
        return bool(self.full)

    # --- what holds what

    def _wanted(self, expression: str, few: int) -> Postings:
        if self._allowed is None:
            return matching(self._store, expression, few)
        return Listed(filter(self._allowed, self._store.matching(expression)))

    def _within_words(self, term: Term) -> Postings:
        longer = [
            word
            for part in term.inside
            for word in self._store.words_holding(part)
            if word not in term.spellings and term.may_stand_in(word, part)
        ]
        if not longer:
            return Listed(())
        # A letter or two are a part of thousands: where they are but a word, the first will do.
        words = longer[:LONGER_WORDS] if term.edges is None else longer
        parts = [
            self._wanted(
                f"({_any_of(words[first : first + LONGER_WORDS])}) NOT ({term.match})", FEW_OF_LONGER
            )
            for first in range(0, len(words), LONGER_WORDS)
        ]
        return parts[0] if len(parts) == 1 else Listed(sorted(set().union(*(part.rows for part in parts))))

    def _leave_out_excluded(self) -> None:
        excluded = {row for group in self.query.excluded for row in self._of_group(group)}
        if excluded:
            for found in (self.exact, self.longer):
                found.update({term: postings.without(excluded) for term, postings in found.items()})

    def _keep_phrases(self) -> None:
        """Takes what holds the words of a phrase, but not the phrase, from what holds these words."""
        alternatives = [alternative for group in self.query.groups for alternative in group.alternatives]
        plain = {term for one in alternatives if one.phrase is None for term in one.terms}
        for alternative in alternatives:
            if not alternative.is_sure:
                rows = set(self._of_alternative(alternative))
                self._phrases[alternative] = Listed(sorted(rows))
                for term in {*alternative.terms} - plain:
                    self.exact[term] = self.exact[term].within(rows)
                    self.longer[term] = self.longer[term].within(rows)

    def _of_group(self, group: Group) -> set[int]:
        """The passages that hold what a group asks for."""
        return set().union(*map(self._of_alternative, group.alternatives))

    def _of_alternative(self, alternative: Alternative) -> Collection[int]:
        first, *others = sorted(map(self._holding, alternative.terms), key=len)
        rows = set(first).intersection(*others) if others else first
        if alternative.phrase is not None and not alternative.is_sure:
            rows = {row for row in rows if self._says(row, alternative.phrase)}
        return rows

    def _holding(self, term: Term) -> list[int]:
        return [*self.exact[term].rows, *self.longer[term].rows]

    # --- what that says

    def _lists(self) -> list[Held]:
        """What passages may hold of what is asked for."""
        lists: list[Held] = []
        for term, share in self.shares.items():
            lists += [Held(term, self.exact[term], share), Held(term, self.longer[term], share / 2)]
        lists += [Held(alternative, postings, 0.0) for alternative, postings in self._phrases.items()]
        for group in self.query.groups:
            if group.is_verbatim:  # a phrase in quotes has no partial matches
                rows = self._of_group(group)
                lists = [held._replace(postings=held.postings.within(rows)) for held in lists]
        return [held for held in lists if len(held.postings)]

    def _holds(self, group: Group) -> Callable[[int], bool]:
        """Whether passages that stand in these lists hold what a group asks for."""
        alternatives = [self._asked_for(alternative) for alternative in group.alternatives]
        return lambda held: any(all(held & lists for lists in asked_for) for asked_for in alternatives)

    def _asked_for(self, alternative: Alternative) -> list[int]:
        """Of each thing that an alternative asks for the lists that tell who holds it."""
        things: list[object] = [*alternative.terms]
        if alternative in self._phrases:
            things.append(alternative)
        return [self._bits.get(thing, 0) for thing in things]

    def _weight(self, term: Term) -> float:
        return ranking.term_weight(term.spellings, self._lessons, len(self.counted(term).lessons))


def _any_of(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _bits(lists: Iterable[Held]) -> dict[object, int]:
    """The lists of each thing, as the sum of 1 << place."""
    bits: dict[object, int] = {}
    for place, held in enumerate(lists):
        bits[held.thing] = bits.get(held.thing, 0) | 1 << place
    return bits
