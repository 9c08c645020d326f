"""The order in which a course is read, and what each lesson's place in it follows from.

Lessons with numbers, and those whose name says that they come first or last, stand where that puts
them, whatever else is held. All others are put beside them: by links, by their file's place among
files, by their chapter; what nothing places stands before the farewell, by its name. So a lesson
more moves no other but those whose place it shows.
"""

import re
from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import inf

from k8snotes.assemble.homes import Homes
from k8snotes.assemble.keys import natural
from k8snotes.assemble.neighbours import Neighbours
from k8snotes.assemble.numbering import Held, Number, Numbering
from k8snotes.model.course import Placing

FIRST, NUMBERED, LAST = 0, 1, 2
# What opens a course and what closes it, in the order in which that stands.
FIRST_WORDS = (re.compile("开"), re.compile(""))
LAST_WORDS = (re.compile("编辑手记|总结篇|毕业总结"), re.compile("结束语|结语|尾声|后记"), re.compile(""))
AT_THE_EDGES = {"opening": -1, "closing": 1}  # of a chapter
EDGE = -1  # what stands before the first and behind the last

# A lesson by its position among all of the course, which are in natural order.
Position = int


class ReadingOrder:
    def __init__(
        self,
        lessons: Sequence[Held],
        numbering: Numbering,
        neighbours: Neighbours,
        homes: Homes,
        covers: frozenset[Position],
    ) -> None:
        self._lessons = lessons
        self._numbering = numbering
        self._neighbours = neighbours
        self._homes = homes
        self._covers = covers
        self._numbers = {
            at: number for at, held in enumerate(lessons) if (number := numbering.number_of(held)) is not None
        }
        self._highest = max(
            (_value(number) for at, number in self._numbers.items() if lessons[at].role != "closing"),
            default=(0, 0),
        )
        self._line = _Line()

    def places(self) -> list[tuple[Position, Placing]]:
        """Every lesson once, in reading order, with what its place follows from."""
        if len({held.facts.path for held in self._lessons}) == 1 and self._lessons[0].facts.is_in_book:
            entries = sorted(range(len(self._lessons)), key=lambda at: self._lessons[at].facts.entry)
            return [(at, "book") for at in entries]
        self._lay_out()
        self._spread(list(self._line))
        self._place_by_files()
        self._place_by_chapters()
        self._place_by_counts()
        self._place_rest()
        return [(at, self._line.placed[at]) for at in self._line if at < len(self._lessons)]

    # --- what stands fast

    def _lay_out(self) -> None:
        """Puts down the numbered lessons, the opening ones before them, the closing ones behind."""
        zones: dict[int, list[Position]] = {FIRST: [], NUMBERED: [], LAST: []}
        for at in range(len(self._lessons)):
            if (zone := self._zone(at)) is not None:
                zones[zone].append(at)
        zones[NUMBERED] += self._neighbours.lost  # not held, but others stand beside them
        zones[FIRST].sort(key=lambda at: self._word_key(at, FIRST_WORDS))
        zones[LAST].sort(key=lambda at: self._word_key(at, LAST_WORDS))
        zones[NUMBERED].sort(key=self._number_key)
        for zone, found in zones.items():
            ordered = found if zone == NUMBERED else _chained(found, self._neighbours.before)
            for at in ordered:
                self._line.append(at, "word" if zone != NUMBERED else self._counted_by(at))
        self._last = frozenset(zones[LAST])

    def _counted_by(self, at: Position) -> Placing:
        number = self._numbers.get(at)
        return "word" if number is None else "file" if number.is_of_file else "number"

    def _zone(self, at: Position) -> int | None:
        """Where a lesson stands by its number or its word; None where neither says."""
        held, number = self._lessons[at], self._numbers.get(at)
        if at in self._covers:
            return FIRST
        if self._numbering.folders_restart and held.chapters:
            return NUMBERED if number is not None or held.role in ("opening", "closing") else None
        if number is None:
            return {"opening": FIRST, "closing": LAST}.get(held.role or "")
        if held.role == "opening" and not number.chapter and number.number <= 1:
            return FIRST
        if held.role == "closing" and (number.number == 0 or _value(number) >= self._highest):
            return LAST
        return NUMBERED

    def _word_key(self, at: Position, words: Sequence[re.Pattern[str]]) -> tuple[object, ...]:
        """The key of a lesson among the first or the last: a cover, then by word, number and count."""
        held, number = self._lessons[at], self._numbers.get(at)
        rank = next(rank for rank, rule in enumerate(words) if rule.match(held.word))
        return (at not in self._covers, rank, -1 if number is None else number.number, held.ordinal, at)

    def _number_key(self, at: Position) -> tuple[object, ...]:
        """The key of a lesson among those with numbers, or that open and close a chapter of such."""
        if (lost := self._neighbours.lost.get(at)) is not None:
            return ((), 0, self._place_of(lost), True, 0, at)
        held, number = self._lessons[at], self._numbers.get(at)
        folders = self._chapter_keys(held.chapters) if self._numbering.folders_restart else ()
        is_later = held.role != "opening"
        if number is None:
            return (folders, AT_THE_EDGES.get(held.role or "", 0), (0, 0, 0), is_later, held.ordinal, at)
        return (folders, 0, self._place_of(number), is_later, held.ordinal, at)

    def _place_of(self, number: Number) -> tuple[int, int, int]:
        """What sorts numbers: chapter, number, and the last of several."""
        if not self._numbering.chapters_restart:
            return 0, number.number, number.final
        if number.chapter is None and not self._numbering.pairs_are_ranges:
            return number.number, 0, 0  # "2. …" stands before "2.1 …"
        return number.chapter or 0, number.number, number.final

    def _chapter_keys(self, chapters: Sequence[str]) -> tuple[tuple[object, ...], ...]:
        return tuple(self._chapter_key(name) for name in chapters)

    def _chapter_key(self, name: str) -> tuple[object, ...]:
        mark = self._homes.mark(name)
        edge = 0 if mark.number is not None else AT_THE_EDGES.get(mark.role or "", 0)
        return (edge, inf if mark.number is None else mark.number, natural(name), name)

    # --- what is put beside it

    def _spread(self, placed: Iterable[Position]) -> None:
        """Puts lessons beside those that links say they stand beside, and others beside these."""
        behind, ahead = defaultdict(list), defaultdict(list)
        for at in self._unplaced():
            if (before := self._neighbours.before.get(at)) is not None:
                behind[before].append(at)
            if (after := self._neighbours.after.get(at)) is not None:
                ahead[after].append(at)
        queue = deque(placed)
        while queue:
            anchor = queue.popleft()
            for at in behind[anchor]:
                if at not in self._line.placed:
                    self._line.put_behind(anchor, at, "link")
                    queue.append(at)
            for at in ahead[anchor]:
                if at not in self._line.placed:
                    self._line.put_ahead(anchor, at, "link")
                    queue.append(at)

    def _unplaced(self) -> list[Position]:
        return [at for at in range(len(self._lessons)) if at not in self._line.placed]

    def _place_by_files(self) -> None:
        """Places by the number of a file, or the place in an e-book, among those that are placed."""
        anchors: dict[Hashable, list[tuple[int, Position]]] = defaultdict(list)
        for at in self._line:
            for place, number in self._files(at):
                anchors[place].append((number, at))
        for known in anchors.values():
            known.sort()
        waiting = sorted((number, at, place) for at in self._unplaced() for place, number in self._files(at))
        for number, at, place in waiting:
            known = anchors.get(place, [])
            if at in self._line.placed or not known:
                continue
            by: Placing = "book" if self._lessons[at].facts.is_in_book else "file"
            behind = bisect_left(known, (number, at))
            if behind:
                self._line.put_behind(known[behind - 1][1], at, by)
            else:
                self._line.put_ahead(known[0][1], at, by)
            insort(known, (number, at))
            self._spread([at])

    def _files(self, at: Position) -> Iterator[tuple[tuple[str, ...], int]]:
        for text in self._lessons[at].texts if at < len(self._lessons) else ():
            if text.is_in_book:
                yield (text.path,), text.entry
            elif text.by_file is not None and text.by_file.number is not None:
                yield text.folders, text.by_file.number

    def _place_by_chapters(self) -> None:
        """Places at the end of the lesson's own folder, or of the nearest one that is counted before it."""
        ends: dict[tuple[str, ...], Position] = {}
        for at in self._line:
            if at not in self._last and at < len(self._lessons):
                ends[self._lessons[at].chapters] = at
        if len(ends) < 2:
            return
        counted = sorted((self._chapter_keys(chapters), at) for chapters, at in ends.items() if chapters)
        for at in self._unplaced():
            chapters = self._lessons[at].chapters
            if not chapters or at in self._line.placed:
                continue
            end = ends.get(chapters)
            if end is None and self._homes.mark(chapters[-1]).number is not None:
                behind = bisect_left(counted, (self._chapter_keys(chapters), EDGE))
                end = counted[behind - 1][1] if behind else None
            if end is not None:
                self._line.put_behind(end, at, "folder")
                self._spread([at])

    def _place_by_counts(self) -> None:
        """Places what is counted, "加餐（一）", before the next of its kind that has a place."""
        firsts: dict[str, dict[int, Position]] = defaultdict(dict)
        for at in self._line:
            if at not in self._last and at < len(self._lessons) and self._lessons[at].ordinal:
                firsts[self._lessons[at].word].setdefault(self._lessons[at].ordinal, at)
        for at in sorted(self._unplaced(), key=lambda at: -self._lessons[at].ordinal):
            held = self._lessons[at]
            following = [ordinal for ordinal in firsts[held.word] if ordinal > held.ordinal > 0]
            if following and at not in self._line.placed:
                self._line.put_ahead(firsts[held.word][min(following)], at, "word")
                firsts[held.word].setdefault(held.ordinal, at)
                self._spread([at])

    def _place_rest(self) -> None:
        """Places what nothing else does before the last: lessons by name, then what a course adds to them."""
        first_of_last = next((at for at in self._line if at in self._last), EDGE)
        rest = sorted(self._unplaced(), key=self._name_key)
        for at in _chained(rest, self._neighbours.before):
            linked = self._neighbours.before.get(at) in self._line.placed
            self._line.put_ahead(first_of_last, at, "link" if linked else "name")

    def _name_key(self, at: Position) -> tuple[object, ...]:
        held = self._lessons[at]
        return (held.role is not None, held.word, held.ordinal, at)


def _value(number: Number) -> tuple[int, int]:
    return number.chapter or 0, number.number


class _Line:
    """Lessons in a row, into which others are put beside those that stand in it."""

    def __init__(self) -> None:
        self.placed: dict[Position, Placing] = {}
        self._next: dict[Position, Position] = {EDGE: EDGE}
        self._previous: dict[Position, Position] = {EDGE: EDGE}
        self._put_behind: dict[Position, Position] = {}  # the last that was, directly

    def __iter__(self) -> Iterator[Position]:
        at = self._next[EDGE]
        while at != EDGE:
            yield at
            at = self._next[at]

    def append(self, at: Position, by: Placing) -> None:
        self.put_ahead(EDGE, at, by)

    def put_ahead(self, anchor: Position, at: Position, by: Placing) -> None:
        before = self._previous[anchor]
        self._next[before] = self._previous[anchor] = at
        self._previous[at], self._next[at] = before, anchor
        self.placed[at] = by

    def put_behind(self, anchor: Position, at: Position, by: Placing) -> None:
        """Puts a lesson behind another, and behind those that were put there before."""
        last = anchor
        while last in self._put_behind:
            last = self._put_behind[last]
        self._put_behind[anchor] = at
        self.put_ahead(self._next[last], at, by)


def _chained(ordered: Iterable[Position], before: Mapping[Position, Position]) -> Iterator[Position]:
    """The lessons in their order, but each behind the one that a link says stands before it."""
    waiting = dict.fromkeys(ordered)
    for at in list(waiting):
        chain: list[Position] = []
        while at in waiting:
            del waiting[at]
            chain.append(at)
            at = before.get(at, EDGE)
        yield from reversed(chain)
