"""Which passages hold the terms of a query, and which hold all that it asks for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, reduce

from k8snotes.index import ranking
from k8snotes.index.coverage import Coverage, Held
from k8snotes.index.postings import Listed, Mapped, Postings, matching, within_words
from k8snotes.index.query import Alternative, Group, Query, Term
from k8snotes.index.store import Store

ENOUGH = 0.5  # of what the best partial match covers, for another to be one
MOST_READ = 1_000  # passages, to tell whether they hold a name that is to be left out
FEW = 12_000  # passages that are listed; more are soon told apart as a bitmap


class Matches:
    """What the index holds of a query.

    `allowed` are the passages that are wanted (None: all), `says` tells of one whether it says a phrase,
    `names` whether it holds a name.
    """

    def __init__(
        self,
        store: Store,
        query: Query,
        allowed: Postings | None,
        says: Callable[[int, str], bool],
        names: Callable[[int, Term], bool],
    ) -> None:
        self.query = query
        self._store = store
        self._nothing: Postings = Listed(store.grid, ())
        self._allowed = allowed
        self._says = says
        self._names = names
        self._lessons = store.lessons()
        self.exact: dict[Term, Postings] = {}  # passages that hold a term
        self.longer: dict[Term, Postings] = {}  # and those that hold it within a longer word
        self._within: dict[Term, Postings] = {}  # and those that hold a short name so, which hardly means it
        self._phrases: dict[Alternative, Postings] = {}  # that say what is not sure from their terms
        for term in dict.fromkeys((*query.terms, *query.excluded_terms)):
            self.exact[term] = self._wanted(matching(store, term.match.split(" OR "), FEW))
            self.longer[term] = self._within_words(term)
        for term in query.terms:
            if term.within is not None:
                found = within_words(store, term.within, FEW, besides=term.spellings)
                self._within[term] = self._wanted(found).without(self.exact[term]).without(self.longer[term])
        self._leave_out_excluded()
        self._keep_phrases()
        weights = self._weights()
        mass = sum(weights.values()) or 1.0
        self.shares = {term: weight / mass for term, weight in weights.items()}  # of what is asked for
        self._held = lists = self._lists()
        self._bits = _bits(lists)
        # What holds all of one alternative may hold less than half of what all alternatives say.
        most_alternatives = max((len(group.alternatives) for group in query.groups), default=1)
        self.enough = ENOUGH / most_alternatives
        self.coverage = Coverage(store.grid, lists, ENOUGH if most_alternatives == 1 else 0.0)

    def counted(self, term: Term) -> Postings:
        """The passages by which a term counts for a lesson."""
        return self.exact[term] if len(self.exact[term]) else self.longer[term]

    @cached_property
    def full(self) -> set[int]:
        """The lists of the coverage that passages stand in which hold all that is asked for."""
        return self.coverage.where(self._holds_all)

    def is_full(self, row: int, lacking: Sequence[Term] = ()) -> bool:
        """Whether a passage of the coverage holds all that is asked for.

        `lacking` are names of which it is known that it only holds their words.
        """
        held = self.coverage.held(row)
        if not lacking:
            return held in self.full
        for term in lacking:
            held &= ~self._bits.get(term, 0)
        return self._holds_all(held)

    def lessons_with(self, group: Group) -> set[int]:
        """The lessons with a passage that holds what a group asks for."""
        return self._of_group(group).lessons

    def with_phrases(self, lessons: set[int]) -> set[int]:
        """Of some lessons those with a passage that says all that must stand as it is."""
        if not any(group.is_verbatim for group in self.query.groups):
            return lessons
        return lessons.intersection(set[int]().union(*(held.postings.lessons for held in self._held)))

    @property
    def is_answered(self) -> bool:
        """Whether any passage holds all that is asked for."""
        return bool(self.full)

    # --- what holds what

    def _wanted(self, found: Postings) -> Postings:
        return found if self._allowed is None else found.within(self._allowed)

    def _within_words(self, term: Term) -> Postings:
        exact = self.exact[term]
        but = None if isinstance(exact, Mapped) else term.match  # to look through a long list costs more
        if term.edges is None:
            found = [
                within_words(self._store, part, FEW, besides=term.spellings, but=but) for part in term.inside
            ]
        else:
            words = [
                f'"{word}"'
                for part in term.inside
                for word in self._store.words_holding(part)
                if word not in term.spellings and term.may_stand_in(word, part)
            ]
            found = [matching(self._store, words, FEW, but=but)]
        return self._wanted(self._any_of(found)).without(exact)

    def _leave_out_excluded(self) -> None:
        self._read_excluded_names()
        excluded = self._any_of(map(self._of_group, self.query.excluded))
        if len(excluded):
            excluded = excluded.with_facts()
            for found in (self.exact, self.longer, self._within):
                found.update({term: postings.without(excluded) for term, postings in found.items()})

    def _read_excluded_names(self) -> None:
        """Leaves of what matches the names to be left out those that hold them, not only their words."""
        unsure = [term for term in self.query.excluded_terms if not term.is_sure]
        if not unsure:
            return
        found = (self.exact[term].joined(self.longer[term]) for term in self.query.terms)
        asked_for = self._any_of((*found, *self._within.values()))
        for name in unsure:
            matching_too = self.exact[name].within(asked_for)
            if len(matching_too) <= MOST_READ:
                named = [row for row in matching_too.rows if self._names(row, name)]
                self.exact[name] = Listed(self._store.grid, named)

    def _keep_phrases(self) -> None:
        """Takes what holds the words of a phrase, but not the phrase, from what holds these words."""
        alternatives = [alternative for group in self.query.groups for alternative in group.alternatives]
        plain = {term for one in alternatives if one.phrase is None for term in one.terms}
        for alternative in alternatives:
            if not alternative.is_sure:
                saying = self._phrases[alternative] = self._of_alternative(alternative)
                for term in {*alternative.terms} - plain:
                    self.exact[term] = self.exact[term].within(saying)
                    self.longer[term] = self.longer[term].within(saying)

    def _of_group(self, group: Group) -> Postings:
        """The passages that hold what a group asks for."""
        return self._any_of(map(self._of_alternative, group.alternatives))

    def _of_alternative(self, alternative: Alternative) -> Postings:
        if alternative in self._phrases:
            return self._phrases[alternative]
        held = sorted((self.exact[term].joined(self.longer[term]) for term in alternative.terms), key=len)
        found = reduce(lambda found, other: found.within(other), held)
        if alternative.phrase is not None and not alternative.is_sure:
            phrase = alternative.phrase
            return Listed(found.grid, [row for row in found.rows if self._says(row, phrase)])
        return found

    def _any_of(self, found: Iterable[Postings]) -> Postings:
        return reduce(lambda joined, other: joined.joined(other), found, self._nothing)

    # --- what that says

    def _lists(self) -> list[Held]:
        """What passages may hold of what is asked for."""
        lists: list[Held] = []
        for term, share in self.shares.items():
            lists += [Held(term, self.exact[term], share), Held(term, self.longer[term], share / 2)]
        lists += [
            Held(("within", term), postings, self.shares[term] / 2) for term, postings in self._within.items()
        ]
        lists += [Held(alternative, postings, 0.0) for alternative, postings in self._phrases.items()]
        for group in self.query.groups:
            if group.is_verbatim:  # a phrase in quotes has no partial matches
                saying = self._of_group(group)
                lists = [held._replace(postings=held.postings.within(saying)) for held in lists]
        return [held for held in lists if len(held.postings)]

    @cached_property
    def _holds_all(self) -> Callable[[int], bool]:
        """Whether passages that stand in these lists hold all that is asked for."""
        groups = [*map(self._holds, self.query.groups)]
        return lambda held: all(holds(held) for holds in groups)

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

    def _weights(self) -> dict[Term, float]:
        """How much each term says that is asked for."""
        counts = {term: self.counted(term).lesson_count for term in self.query.terms}
        across = {
            term
            for before, term, after in self._neighbours()
            if min(counts[before], counts[after]) > ranking.FAR_MORE * counts[term]
        }
        return {
            term: ranking.term_weight(term.spellings, self._lessons, count)
            * (ranking.ACROSS_WORDS if term in across else 1.0)
            for term, count in counts.items()
        }

    def _neighbours(self) -> Iterator[tuple[Term, Term, Term]]:
        """The pairs of characters within runs, each with the pair before and the one after."""
        for group in self.query.groups:
            for alternative in group.alternatives:
                if alternative.phrase is None:
                    for before, term, after in zip(
                        alternative.terms, alternative.terms[1:], alternative.terms[2:], strict=False
                    ):
                        if before.is_followed_by(term) and term.is_followed_by(after):
                            yield before, term, after


def _bits(lists: Iterable[Held]) -> dict[object, int]:
    """The lists of each thing, as the sum of 1 << place."""
    bits: dict[object, int] = {}
    for place, held in enumerate(lists):
        bits[held.thing] = bits.get(held.thing, 0) | 1 << place
    return bits
