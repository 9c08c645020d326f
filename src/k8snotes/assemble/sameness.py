"""Which texts hold one lesson, and why we say so.

Titles alone never decide where texts are long enough to compare: two courses have their 开篇词, two
parts of a lesson their （上） and （下）, and a reader's own notes bear the title of the lesson.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from k8snotes.assemble.keys import designations, number_of, order_key
from k8snotes.assemble.sketches import hashes_of, shares
from k8snotes.model.course import Designation, Duplicate, LessonFacts, Sameness

# Shares of common clauses that suffice, by what else agrees. Pages made from one template share nearly
# all: 98 % in the reference of kubectl. So what title, number or chapter contradicts must be the same text.
WITH_TITLE_AND_NUMBER = 0.2  # of the one text: it may be an excerpt, or another edition
WITH_EITHER = 0.5  # where the other is not said
WITH_NEITHER = 0.6  # of both texts, as from here on: a page may quote another whole
IN_SPITE_OF_ONE = 0.6  # title or number agree, and the other does not
IN_SPITE_OF_ALL = 1.0
AS_LONG = 0.98
SHORTEST_TITLE = 4  # letters of one that hardly two lessons share
SHORTEST_CUT = 6
NEARLY_AS_LONG = 0.9  # of two such texts the one is richer that states more besides
PROBES = 16  # least hashes by which like texts find each other
MOST_ALIKE = 40  # what more texts than these have in common tells none of them

Found = tuple[LessonFacts, Sameness]


def is_same_title(one: Designation, other: Designation) -> bool:
    """Whether two titles are the same, number, marks and what the course calls the lesson aside."""
    if one.rest and other.rest:
        return one.rest == other.rest or _is_cut_of(one, other) or _is_cut_of(other, one)
    return bool(one.word) and (one.word, one.ordinal, one.rest) == (other.word, other.ordinal, other.rest)


def sameness(one: LessonFacts, other: LessonFacts, *, apart: bool = False) -> Sameness | None:
    """What shows that two texts hold one lesson; None where not enough does.

    `apart`: they stand in two chapters of a course.
    """
    title, telling = _same_title(one, other)
    mine, theirs = number_of(one), number_of(other)
    number = None if mine is None or theirs is None else mine == theirs
    body = shares(one.body, other.body)
    if body is None:
        agrees = title is True and number is not False and (telling or number is True) and not apart
        same = agrees or (title is True and one.body.hashes == other.body.hashes != b"")
        return Sameness(title=True, number=number is True, body=None) if same else None
    if not _is_enough(title, number, max(body), min(body), apart=apart, as_long=_are_as_long(one, other)):
        return None
    return Sameness(title=title is True, number=number is True, body=round(max(body), 2))


def _is_enough(
    title: bool | None, number: bool | None, most: float, least: float, *, apart: bool, as_long: bool
) -> bool:
    """Whether so large shares of common clauses suffice, given whether titles and numbers agree.

    None: one text does not say.
    """
    agree, differ = (title, number).count(True), (title, number).count(False)
    if apart or differ > agree:
        return least >= IN_SPITE_OF_ALL and as_long
    if differ:
        return least >= IN_SPITE_OF_ONE
    if agree == 2:
        return most >= WITH_TITLE_AND_NUMBER
    return most >= WITH_EITHER if agree else least >= WITH_NEITHER


def _same_title(one: LessonFacts, other: LessonFacts) -> tuple[bool | None, bool]:
    """Whether two texts have one title, and whether it is one that tells a lesson.

    None: it is not clear, as one text has no title, or one title goes on where the other ends.
    """
    pairs = [(mine, theirs) for mine in _telling(one) for theirs in _telling(other)]
    same = [mine for mine, theirs in pairs if is_same_title(mine, theirs)]
    if same:
        return True, any(len(found.rest) >= SHORTEST_TITLE for found in same)
    is_clear = bool(pairs) and not any(_may_be_one_title(mine, theirs) for mine, theirs in pairs)
    return (False if is_clear else None), False


def _telling(facts: LessonFacts) -> list[Designation]:
    return [found for found in designations(facts) if found.rest or found.word]


def _may_be_one_title(one: Designation, other: Designation) -> bool:
    """Whether the one says nothing more than how the other begins."""
    shorter, longer = sorted((one.rest, other.rest), key=len)
    if not shorter:
        called, otherwise = (one.word, one.ordinal), (other.word, other.ordinal)
        return not one.word or not other.word or called == otherwise
    goes_on = longer[len(shorter) - 1 : len(shorter) + 1]
    is_within_word = goes_on.isascii() and goes_on.isalnum()  # "create role" in "create rolebinding"
    return len(shorter) >= SHORTEST_CUT and longer.startswith(shorter) and not is_within_word


def _are_as_long(one: LessonFacts, other: LessonFacts) -> bool:
    shorter, longer = sorted((one.body.characters, other.body.characters))
    return shorter >= AS_LONG * longer


def _is_cut_of(one: Designation, other: Designation) -> bool:
    return one.is_cut and len(one.rest) >= SHORTEST_CUT and other.rest.startswith(one.rest)


class Alike:
    """Finds which of some texts another may be the same as, without comparing it with each."""

    def __init__(self, traits: Callable[[LessonFacts], Iterable[Hashable]]) -> None:
        self._traits = traits
        self._by_trait: dict[Hashable, list[LessonFacts]] = defaultdict(list)

    def add(self, facts: LessonFacts) -> None:
        for trait in set(self._traits(facts)):
            self._by_trait[trait].append(facts)

    def to(self, facts: LessonFacts) -> list[LessonFacts]:
        """Such texts, each once, in no order; what many have in common finds none."""
        found: dict[tuple[str, int], LessonFacts] = {}
        for trait in set(self._traits(facts)):
            alike = self._by_trait.get(trait, ())
            if len(alike) <= MOST_ALIKE:
                found.update({(other.path, other.entry): other for other in alike})
        return list(found.values())


def body_traits(facts: LessonFacts) -> Iterator[Hashable]:
    """The least clauses: of two texts that are the same, most are."""
    yield from hashes_of(facts.body)[:PROBES]


def all_traits(facts: LessonFacts) -> Iterator[Hashable]:
    for designation in designations(facts):
        if designation.rest:
            yield "rest", designation.rest[:SHORTEST_CUT]
            yield "title", designation.rest
        elif designation.word:
            yield "word", designation.word, designation.ordinal
    if (number := number_of(facts)) is not None:
        yield "number", number
    yield from body_traits(facts)


def one_of_each(
    lessons: Iterable[LessonFacts], chapters_of: Callable[[LessonFacts], tuple[str, ...]]
) -> list[tuple[LessonFacts, tuple[Duplicate, ...]]]:
    """The texts, one of each lesson: the richest, with the others that hold it, in no order that matters.

    Each text is compared with the longest of a lesson, so that no chain of likenesses makes one
    lesson of two.
    """
    likely = Alike(all_traits)
    clusters: dict[tuple[str, int], list[Duplicate]] = {}
    longest: dict[tuple[str, int], LessonFacts] = {}
    for facts in sorted(lessons, key=lambda facts: (-facts.body.characters, order_key(facts))):
        found: list[Found] = []
        for other in likely.to(facts):
            mine, theirs = chapters_of(facts), chapters_of(other)
            if same := sameness(facts, other, apart=bool(mine and theirs and mine != theirs)):
                found.append((other, same))
        if found:
            of, same = min(found, key=_weakness)
            clusters[of.path, of.entry].append(Duplicate(facts=facts, of=of, sameness=same))
        else:
            likely.add(facts)
            clusters[facts.path, facts.entry] = []
            longest[facts.path, facts.entry] = facts
    return [_with_the_richest_first(longest[key], duplicates) for key, duplicates in clusters.items()]


def _weakness(found: Found) -> tuple[object, ...]:
    other, same = found
    return (-(same.title + same.number), -(same.body or 0), order_key(other))


def _with_the_richest_first(
    longest: LessonFacts, duplicates: Sequence[Duplicate]
) -> tuple[LessonFacts, tuple[Duplicate, ...]]:
    """The richest text of a lesson; the longest, in its place, is a duplicate of it."""
    enough = NEARLY_AS_LONG * longest.body.characters
    nearly = [duplicate.facts for duplicate in duplicates if duplicate.facts.body.characters >= enough]
    richest = min([longest, *nearly], key=lambda facts: (-facts.richness, order_key(facts)))
    others = [
        replace(duplicate, facts=longest, of=richest) if duplicate.facts is richest else duplicate
        for duplicate in duplicates
    ]
    return richest, tuple(sorted(others, key=lambda duplicate: order_key(duplicate.facts)))
