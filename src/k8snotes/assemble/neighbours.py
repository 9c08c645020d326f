"""Which lessons 上一篇 and 下一篇 lead to, of those that are held."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from k8snotes.assemble.numbering import Held, Number, Numbering
from k8snotes.assemble.sameness import MOST_ALIKE, SHORTEST_TITLE
from k8snotes.model.course import Designation, LessonFacts

Direction = Literal["previous", "next"]
# What pages say in place of a title, before the first lesson and behind the last.
NOWHERE = re.compile("暂?无|(?:暂时)?没有了?|已经?[是到](?:第一|最后)一?[篇讲课节].*|none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a text says stands before or behind its lesson."""

    owner: int  # position of the lesson
    text: LessonFacts
    direction: Direction
    title: str
    designation: Designation
    targets: frozenset[int]  # positions of the lessons that it may lead to; none: it is not held

    @property
    def target(self) -> int | None:
        """The lesson that it leads to; None where that is not held, or could be several."""
        return next(iter(self.targets)) if len(self.targets) == 1 else None


class Neighbours:
    """The links of a course's lessons, by their positions.

    Lessons that are not held, but whose numbers links tell, have positions behind all others: so
    what stands beside them finds its place.
    """

    def __init__(self, lessons: Sequence[Held], numbering: Numbering) -> None:
        self._finder = _Finder(lessons, numbering)
        self.links = tuple(
            link
            for owner, held in enumerate(lessons)
            for text in held.texts
            for link in self._links_of(owner, text)
        )
        lost = {number for link in self.links if (number := self._number_lost(link, numbering)) is not None}
        self.lost = {len(lessons) + at: number for at, number in enumerate(sorted(lost, key=_value))}
        self._lost_at = {number: at for at, number in self.lost.items()}
        self._numbering = numbering
        self.before = self._nearest("previous", "next")
        self.after = self._nearest("next", "previous")

    def _links_of(self, owner: int, text: LessonFacts) -> Iterator[Link]:
        ways: tuple[tuple[Direction, str | None, Designation | None], ...] = (
            ("previous", text.previous, text.by_previous),
            ("next", text.next, text.by_next),
        )
        for direction, title, designation in ways:
            if title is not None and designation is not None and _leads_somewhere(designation):
                targets = self._finder.lessons_called(designation)
                if targets != {owner}:
                    yield Link(
                        owner=owner, text=text, direction=direction, title=title,
                        designation=designation, targets=targets,
                    )  # fmt: skip

    def _nearest(self, own: Direction, others: Direction) -> dict[int, int]:
        """What stands on one side of each lesson: as its own link says, or else as another's does."""
        found: dict[int, int] = {}
        for link in self.links:
            if link.direction == own and (target := self._target(link)) is not None:
                found.setdefault(link.owner, target)
        for link in self.links:
            if link.direction == others and (target := self._target(link)) is not None:
                found.setdefault(target, link.owner)
        return found

    def _target(self, link: Link) -> int | None:
        number = self._number_lost(link, self._numbering)
        return link.target if number is None else self._lost_at[number]

    def _number_lost(self, link: Link, numbering: Numbering) -> Number | None:
        """The number of a lesson that a link leads to and that is not held."""
        if link.targets or numbering.folders_restart:
            return None  # where chapters begin anew, a number alone is no place
        number = numbering.read(link.designation)
        return None if number is None else replace(number, last=None)


def _value(number: Number) -> tuple[int, int]:
    return number.chapter or 0, number.number


class _Finder:
    """Finds the lessons that a link can mean."""

    def __init__(self, lessons: Sequence[Held], numbering: Numbering) -> None:
        self._lessons = lessons
        self._numbering = numbering
        self._by_rest: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[tuple[str, int | None], set[int]] = defaultdict(set)
        self._by_number: dict[tuple[int | None, int], set[int]] = defaultdict(set)
        for at, held in enumerate(lessons):
            for found in held.designations:
                if found.rest:
                    self._by_rest[found.rest].add(at)
                if found.word:
                    self._by_word[found.word, found.ordinal].add(at)
            if number := numbering.number_of(held):
                self._by_number[number.chapter, number.number].add(at)
        self._rests = sorted(self._by_rest)
        self._found: dict[Designation, frozenset[int]] = {}

    def lessons_called(self, link: Designation) -> frozenset[int]:
        """The lessons that a link can mean: by title and number, or by what it has of them."""
        if link not in self._found:  # many pages may lead to many of one title
            self._found[link] = self._find(link)
        return self._found[link]

    def _find(self, link: Designation) -> frozenset[int]:
        number = self._numbering.read(link)
        titled = self._titled(link)
        if number is not None:
            numbered = self._by_number.get((number.chapter, number.number), set())
            if titled & numbered:
                return frozenset(titled & numbered)
            if titled and len(link.rest) >= SHORTEST_TITLE:
                return frozenset(titled)
            return frozenset(numbered)  # a title may have changed since
        if not titled and link.word:
            called = self._by_word.get((link.word, link.ordinal), set())
            titled = {at for at in called if not link.rest or self._has_word_only(at, link.word)}
        return frozenset(titled)

    def _titled(self, link: Designation) -> set[int]:
        if not link.rest:
            return set()
        if not link.is_cut:
            return self._by_rest.get(link.rest, set())
        found: set[int] = set()
        start = bisect_left(self._rests, link.rest)
        for rest in self._rests[start : start + MOST_ALIKE]:
            if not rest.startswith(link.rest):
                break
            found |= self._by_rest[rest]
        return found

    def _has_word_only(self, at: int, word: str) -> bool:
        return any(found.word == word and not found.rest for found in self._lessons[at].designations)


def _leads_somewhere(link: Designation) -> bool:
    says_something = bool(link.rest or link.word or link.number is not None)
    return says_something and not NOWHERE.fullmatch(link.rest)
