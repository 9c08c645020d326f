"""Which passages hold the terms of a query, and which hold all that it asks for."""

from collections.abc import Callable, Collection

from k8snotes.index import ranking
from k8snotes.index.coverage import Coverage, Postings
from k8snotes.index.query import Alternative, Group, Query, Term
from k8snotes.index.rows import FIELD_BITS
from k8snotes.index.store import Store

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
        for term in dict.fromkeys((*query.terms, *query.excluded_terms)):
            self.exact[term] = self._wanted(store.matching(term.match))
            self.longer[term] = self._within_words(term)
        self._leave_out_excluded()
        self._keep_phrases()
        weights = {term: self._weight(term) for term in query.terms}
        mass = sum(weights.values()) or 1.0
        self.shares = {term: weight / mass for term, weight in weights.items()}  # of what is asked for
        groups = [self.of_group(group) for group in query.groups]
        self.full = self._full(groups)
        self.coverage = self._coverage(groups)

    def counted(self, term: Term) -> Postings:
        """The passages by which a term counts for a lesson."""
        return self.exact[term] if self.exact[term].rows else self.longer[term]

    def lessons_with(self, term: Term) -> set[int]:
        return {slot >> FIELD_BITS for slot in self.counted(term).slots}

    def is_full(self, row: int) -> bool:
        """Whether a passage that holds a term holds all that is asked for."""
        return self.full is None or row in self.full

    @property
    def is_answered(self) -> bool:
        """Whether any passage holds all that is asked for."""
        return bool(self.coverage if self.full is None else self.full)

    # --- what holds what

    def _wanted(self, rows: Collection[int]) -> Postings:
        return Postings(rows if self._allowed is None else filter(self._allowed, rows))

    def _within_words(self, term: Term) -> Postings:
        longer = [
            word
            for part in term.inside
            for word in self._store.words_holding(part)
            if word not in term.spellings and term.may_stand_in(word, part)
        ]
        if not longer:
            return Postings(())
        # A letter or two are a part of thousands: where they are but a word, the first will do.
        words = longer[:LONGER_WORDS] if term.edges is None else longer
        rows: set[int] = set()
        for first in range(0, len(words), LONGER_WORDS):
            together = words[first : first + LONGER_WORDS]
            rows.update(self._store.matching(" OR ".join(f'"{word}"' for word in together)))
        return self._wanted(sorted(rows)).without(set(self.exact[term].rows))

    def _leave_out_excluded(self) -> None:
        excluded = {row for group in self.query.excluded for row in self.of_group(group)}
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
                for term in {*alternative.terms} - plain:
                    self.exact[term] = self.exact[term].within(rows)
                    self.longer[term] = self.longer[term].within(rows)

    def of_group(self, group: Group) -> Collection[int]:
        """The passages that hold what a group asks for, each once."""
        first, *others = map(self._of_alternative, group.alternatives)
        return set(first).union(*others) if others else first

    def _of_alternative(self, alternative: Alternative) -> Collection[int]:
        first, *others = sorted(map(self._holding, alternative.terms), key=len)
        rows = set(first).intersection(*others) if others else first
        if alternative.phrase is not None and not alternative.is_sure:
            rows = {row for row in rows if self._says(row, alternative.phrase)}
        return rows

    def _holding(self, term: Term) -> list[int]:
        exact, longer = self.exact[term].rows, self.longer[term].rows
        return [*exact, *longer] if longer else exact

    # --- what that says

    def _weight(self, term: Term) -> float:
        return ranking.term_weight(term.spellings, self._lessons, len(self.lessons_with(term)))

    def _full(self, groups: list[Collection[int]]) -> set[int] | None:
        """The passages that hold all that is asked for; None: all that hold a term."""
        if len(groups) == 1 and all(
            len(one.terms) == 1 and one.phrase is None for one in self.query.groups[0].alternatives
        ):
            return None
        first, *others = sorted(groups, key=len) or [()]
        return set(first).intersection(*others)

    def _coverage(self, groups: list[Collection[int]]) -> Coverage:
        lists = [
            (postings, covers)
            for term, share in self.shares.items()
            for postings, covers in ((self.exact[term], share), (self.longer[term], share / 2))
        ]
        for rows, group in zip(groups, self.query.groups, strict=True):
            if group.is_verbatim:  # a phrase in quotes has no partial matches
                holds = set(rows)
                lists = [(postings.within(holds), share) for postings, share in lists]
        return Coverage(lists or [(Postings(()), 0.0)])
