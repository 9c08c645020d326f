"""What shows that texts are of one course where neither a name nor a folder does: links, likenesses."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from k8snotes.assemble.keys import designations
from k8snotes.assemble.sameness import (
    MOST_ALIKE,
    SHORTEST_TITLE,
    WITH_EITHER,
    Alike,
    body_traits,
    sameness,
)
from k8snotes.model.course import LessonFacts

# What is taken to be of one course before anything is compared: what a text, a book or a folder
# calls so, or a text alone.
Unit = tuple[str, ...]
UnitOf = Mapping[tuple[str, int], Unit]  # by a text's path and entry
Evidence = defaultdict[Unit, Counter[Unit]]  # how much shows that one unit is of one course with another


def links_between(lessons: Sequence[LessonFacts], unit_of: UnitOf) -> Evidence:
    """Between which units links lead, and how many: such as name title and number, and a title that tells."""
    by_title: dict[tuple[str, int | None], list[LessonFacts]] = defaultdict(list)
    for facts in lessons:
        for title in {(d.rest, d.number) for d in designations(facts) if len(d.rest) >= SHORTEST_TITLE}:
            by_title[title].append(facts)
    found: Evidence = defaultdict(Counter)
    for facts in lessons:
        for link in (facts.by_previous, facts.by_next):
            there = by_title.get((link.rest, link.number), ()) if link is not None else ()
            if len(there) <= MOST_ALIKE:
                for other in there:
                    _note(found, facts, other, unit_of)
    return found


def likenesses_between(lessons: Sequence[LessonFacts], unit_of: UnitOf) -> Evidence:
    """Between which units texts are the same, and how many."""
    alike = Alike(body_traits)
    for facts in lessons:
        alike.add(facts)
    found: Evidence = defaultdict(Counter)
    for facts in lessons:
        unit = unit_of[facts.path, facts.entry]
        if unit[0] != "text":  # which says itself what it is of
            for other in alike.to(facts):
                if unit_of[other.path, other.entry] != unit and _is_same_text(facts, other):
                    _note(found, facts, other, unit_of)
    return found


def _note(found: Evidence, one: LessonFacts, other: LessonFacts, unit_of: UnitOf) -> None:
    mine, theirs = unit_of[one.path, one.entry], unit_of[other.path, other.entry]
    if mine != theirs:
        found[mine][theirs] += 1
        found[theirs][mine] += 1


def _is_same_text(one: LessonFacts, other: LessonFacts) -> bool:
    same = sameness(one, other)
    return same is not None and same.body is not None and same.body >= WITH_EITHER
