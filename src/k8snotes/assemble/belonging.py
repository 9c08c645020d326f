"""Which course each text belongs to, and by what. Never forced: a text may belong to none.

A text says so itself; or its e-book or its folder does; or a link between neighbours; or it is the
same as a text of the course. What could be of two courses by these is of none.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from k8snotes.assemble.designation import Fold, course_key
from k8snotes.assemble.evidence import Evidence, Unit, likenesses_between, links_between
from k8snotes.assemble.homes import Folders, Homes
from k8snotes.assemble.keys import WrittenNumber, designations, is_lesson_like, natural, number_of
from k8snotes.assemble.sameness import MOST_ALIKE, is_same_title, sameness
from k8snotes.model.course import Ground, LessonFacts

ENOUGH_LESSONS = 2  # texts named like lessons that make a course of a folder, or of a book's copy
# A share of the numbers that two sets of lessons have in common; with more that differ they are two courses.
MOST_CLASHES = 0.25
HEAP = 0.5  # the same of the numbers within a folder: it holds several courses, and none says which


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    facts: LessonFacts
    by: Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The texts of one course, in no order."""

    name: str | None
    named_by: Ground | None
    members: tuple[Member, ...]


def groups_of(
    lessons: Sequence[LessonFacts], homes: Homes, fold: Fold
) -> tuple[list[Group], list[LessonFacts]]:
    """The courses that the texts are of, and the texts that are of none; both in no order."""
    return _Sorter(lessons, homes, fold).groups()


class _Sorter:
    def __init__(self, lessons: Sequence[LessonFacts], homes: Homes, fold: Fold) -> None:
        self.lessons = lessons
        self.homes = homes
        self.fold = fold
        self.above: dict[Unit, Unit] = {}  # units that turned out to be of one course, as a forest
        self.members: dict[Unit, list[Member]] = defaultdict(list)
        self.unit_of: dict[tuple[str, int], Unit] = {}
        self.named: dict[str, Unit] = {}  # by the key of the course's name
        self.folder_names: dict[Unit, str] = {}

    def groups(self) -> tuple[list[Group], list[LessonFacts]]:
        self._take_what_is_said()
        self._take_what_folders_say()
        links = links_between(self.lessons, self.unit_of)
        likenesses = likenesses_between(self.lessons, self.unit_of)
        while self._join_courses(links, likenesses):
            pass
        self._join_singles(links, likenesses)
        self._join_linked_singles(links)
        together: dict[Unit, list[Unit]] = defaultdict(list)
        for unit in self.members:
            together[self._root(unit)].append(unit)
        groups, rest = [], []
        for units in together.values():
            members = [member for unit in units for member in self.members[unit]]
            if len(members) == 1 and _is_single(units[0]):
                rest.append(members[0].facts)
            else:
                groups.append(self._group(units, members))
        return groups, rest

    # --- what each text, book and folder says

    def _put(self, facts: LessonFacts, unit: Unit, by: Ground) -> None:
        self.members[unit].append(Member(facts=facts, by=by))
        self.unit_of[facts.path, facts.entry] = unit

    def _take_what_is_said(self) -> None:
        for facts in self.lessons:
            if facts.course_key:
                self._put(facts, ("text", facts.course_key), "text")
                self.named[facts.course_key] = ("text", facts.course_key)
        for facts in self.lessons:
            if facts.is_in_book and not facts.course_key:
                unit = ("book", facts.path)
                self._put(facts, unit, "book")
                if key := course_key(facts.book or "", self.fold):
                    self._unite(unit, self.named.setdefault(key, unit))

    def _take_what_folders_say(self) -> None:
        stated: dict[Folders, list[LessonFacts]] = defaultdict(list)
        silent: dict[Folders, list[LessonFacts]] = defaultdict(list)
        for facts in self.lessons:
            if facts.course_key:
                stated[self.homes.home_of(facts)].append(facts)
            elif not facts.is_in_book:
                silent[self.homes.home_of(facts)].append(facts)
        for home, texts in silent.items():
            self._take_from_folder(home, texts, stated[home])

    def _take_from_folder(self, home: Folders, texts: list[LessonFacts], stated: list[LessonFacts]) -> None:
        name = self.homes.name_of(home)
        folder: Unit = ("folder", *home)
        keys = {facts.course_key for facts in stated}
        named = {self.named[key] for key in self._keys_of(name) if key in self.named}
        of_folder: list[LessonFacts] = []
        if len(named) == 1:
            self._unite(folder, *named)
            of_folder = texts
        elif len(keys) == 1 and not contradict(texts, stated):
            self._unite(folder, ("text", *keys))
            is_dedicated = name is not None and len(stated) >= len(texts)
            of_folder = [facts for facts in texts if is_dedicated or is_lesson_like(facts)]
        elif not keys and self._is_course(texts):
            of_folder = texts
            if name is not None:
                self.folder_names[folder] = name
        taken = set(map(id, of_folder))
        for facts in texts:
            if id(facts) in taken:
                self._put(facts, folder, "folder")
            else:
                self._put(facts, _single(facts), "link")

    def _keys_of(self, folder: str | None) -> Iterator[str]:
        """What a course of the folder's name is called: with the number before it, and without."""
        if folder is not None:
            yield course_key(folder, self.fold)
            yield self.homes.mark(folder).rest

    def _is_course(self, texts: list[LessonFacts]) -> bool:
        """Whether the texts of a folder look like the lessons of one course."""
        like = sum(map(is_lesson_like, texts))
        if like < ENOUGH_LESSONS or 2 * like < len(texts):
            return False
        by_number: dict[tuple[Folders, WrittenNumber], list[LessonFacts]] = defaultdict(list)
        for facts in texts:
            if (number := number_of(facts)) is not None:
                by_number[facts.folders, number].append(facts)
        clashes = sum(not _agree(found[:1], found[1:]) for found in by_number.values() if len(found) > 1)
        return clashes <= HEAP * len(by_number)

    # --- what links and likenesses say

    def _join_courses(self, links: Evidence, likenesses: Evidence) -> bool:
        """Unites courses that a folder or a book names with what else they show to be; whether any."""
        wanted: list[tuple[Unit, Unit]] = []
        for unit in self.members:
            root = self._root(unit)
            if unit[0] not in ("folder", "book") or root[0] == "text":
                continue
            counts: Counter[Unit] = Counter()
            for other, count in links.get(unit, {}).items():
                counts[self._root(other)] += count * ENOUGH_LESSONS
            for other, count in likenesses.get(unit, {}).items():
                counts[self._root(other)] += count
            least = min(ENOUGH_LESSONS, len(self.members[unit]))
            others = [
                other
                for other, count in counts.items()
                if count >= least and other != root and not _is_single(other)
            ]
            if len(others) == 1 and not contradict(self._lessons_of(root), self._lessons_of(others[0])):
                wanted.append((unit, others[0]))
        for unit, other in wanted:
            self._unite(unit, other)
        return bool(wanted)

    def _join_singles(self, links: Evidence, likenesses: Evidence) -> None:
        """Has texts alone join the one course that links, or likeness, show them to be of.

        Round by round, so that the order of the texts makes no difference: those that joined may
        show where others belong.
        """
        pending: Collection[Unit] = [unit for unit in self.members if _is_single(unit)]
        while pending:
            joined: list[tuple[Unit, Unit, Ground]] = []
            for unit in pending:
                linked = self._courses_in(links.get(unit, ()))
                alike = self._courses_in(likenesses.get(unit, ()))
                if len(linked | alike) == 1:
                    joined.append((unit, (linked | alike).pop(), "link" if linked else "same"))
            for unit, course, by in joined:
                self._unite(unit, course)
                self.members[unit] = [Member(facts=member.facts, by=by) for member in self.members[unit]]
            near = {
                other for unit, *_ in joined for found in (links, likenesses) for other in found.get(unit, ())
            }
            pending = {unit for unit in near if _is_single(self._root(unit))}

    def _courses_in(self, units: Iterable[Unit]) -> set[Unit]:
        return {root for unit in units if not _is_single(root := self._root(unit))}

    def _join_linked_singles(self, links: Evidence) -> None:
        """Texts of no course that lead to each other are a course without a name."""
        for unit, others in links.items():
            for other in others:
                if _is_single(unit) and _is_single(self._root(unit)) and _is_single(self._root(other)):
                    self._unite(unit, other)

    # --- what is of one course

    def _root(self, unit: Unit) -> Unit:
        while (above := self.above.get(unit, unit)) != unit:
            unit = above
        return unit

    def _unite(self, one: Unit, other: Unit) -> None:
        """Makes one course of two units, but never of two names."""
        one, other = self._root(one), self._root(other)
        if one != other and (one[0], other[0]) != ("text", "text"):
            upper, lower = sorted((one, other), key=lambda unit: (RANKS.index(unit[0]), unit))
            self.above[lower] = upper

    def _lessons_of(self, root: Unit) -> list[LessonFacts]:
        return [
            member.facts
            for unit, members in self.members.items()
            if self._root(unit) == root
            for member in members
        ]

    def _group(self, units: Sequence[Unit], members: list[Member]) -> Group:
        said = Counter(member.facts.course for member in members if member.facts.course)
        titles = Counter(member.facts.book for member in members if member.facts.book)
        folders = Counter(
            {
                self.folder_names[unit]: len(self.members[unit])
                for unit in sorted(units)
                if unit in self.folder_names
            }
        )
        ways: tuple[tuple[Ground, Counter[str]], ...] = (
            ("text", said),
            ("book", titles),
            ("folder", folders),
        )
        for by, names in ways:
            if names:
                return Group(name=most_frequent(names)[0], named_by=by, members=tuple(members))
        return Group(name=None, named_by=None, members=tuple(members))


RANKS = ("text", "book", "folder", "single")


def _single(facts: LessonFacts) -> Unit:
    return ("single", facts.path, str(facts.entry))


def _is_single(unit: Unit) -> bool:
    return unit[0] == "single"


def most_frequent(names: Counter[str]) -> list[str]:
    """The names, the most frequent first, those as frequent in natural order."""
    return sorted(names, key=lambda name: (-names[name], natural(name), name))


def contradict(some: Iterable[LessonFacts], others: Iterable[LessonFacts]) -> bool:
    """Whether two sets of lessons have other lessons under the same numbers: they are of two courses."""
    mine, theirs = _by_number(some), _by_number(others)
    common = mine.keys() & theirs.keys()
    clashes = sum(not _agree(mine[number], theirs[number]) for number in common)
    return clashes > MOST_CLASHES * len(common)


def _by_number(lessons: Iterable[LessonFacts]) -> dict[WrittenNumber, list[LessonFacts]]:
    found: dict[WrittenNumber, list[LessonFacts]] = defaultdict(list)
    for facts in lessons:
        if (number := number_of(facts)) is not None:
            found[number].append(facts)
    return found


def _agree(some: Sequence[LessonFacts], others: Sequence[LessonFacts]) -> bool:
    """Whether any text of the one set is the same lesson as one of the other."""
    return any(
        any(is_same_title(mine, theirs) for mine in designations(one) for theirs in designations(other))
        or sameness(one, other)
        for one in some[:MOST_ALIKE]
        for other in others[:MOST_ALIKE]
    )
