"""Which lessons of a course are missing, and which numbers several lessons have."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from k8snotes.assemble.homes import Folders
from k8snotes.assemble.neighbours import Link
from k8snotes.assemble.numbering import Held, Number, Numbering
from k8snotes.model.course import Clash, LessonFacts, Missing

# Numbers left out in a row: with more of them, what follows is no count of lessons.
LONGEST_GAP = 200
# What tells the parts of one lesson from each other: "16 | 锅（上）", "16 | 锅（下）".
PARTS = "上中下一二三四五六七八九十0123456789"

Chapter = tuple[Folders, int | None]  # what counts its lessons by itself: folders, or a number


class Gaps:
    """What the numbers and the links of a course show that it lacks.

    `lessons` are all of the course, `order` their positions in reading order.
    """

    def __init__(
        self, lessons: Sequence[Held], order: Sequence[int], numbering: Numbering, links: Sequence[Link]
    ) -> None:
        self._lessons = lessons
        self._numbering = numbering
        self._place = {at: place for place, at in enumerate(order)}
        self._held: dict[Chapter, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at in order:
            if (number := numbering.number_of(lessons[at])) is not None:
                for value in range(number.number, min(number.final, number.number + LONGEST_GAP) + 1):
                    self._held[self._chapter_of(at, number)][value].append(at)
        self._values = {chapter: sorted(held) for chapter, held in self._held.items()}
        self._lost = [link for link in links if not link.targets]

    def missing(self) -> tuple[Missing, ...]:
        """The lessons that are not held, in the order in which they would stand."""
        links: dict[tuple[Chapter | None, int], list[Link]] = defaultdict(list)
        titled: dict[str, list[Link]] = defaultdict(list)
        for link in self._lost:
            number = self._numbering.read(link.designation)
            if number is None:
                found = link.designation
                titled[f"{found.rest or found.word}|{found.ordinal}"].append(link)
            else:
                links[self._chapter_linked(link, number), number.number].append(link)
        for chapter, held in self._held.items():
            for value in _left_out(held):
                links.setdefault((chapter, value), [])
        missing = [self._numbered(chapter, value, found) for (chapter, value), found in links.items()]
        missing += [self._unnumbered(found) for found in titled.values()]
        return tuple(sorted(missing, key=_would_stand))

    def clashes(self) -> tuple[Clash, ...]:
        """The numbers that lessons have which are not the same, in reading order."""
        found = [
            (min(self._place[at] for at in positions), chapter, value, positions)
            for chapter, held in self._held.items()
            for value, positions in held.items()
            if value > 0 and len(positions) > 1 and not self._are_parts(positions)
        ]
        return tuple(
            Clash(
                chapter="/".join(chapter[0]) or None,
                chapter_number=chapter[1],
                number=value,
                lessons=tuple(self._lessons[at].facts for at in positions),
            )
            for _, chapter, value, positions in sorted(found, key=lambda clash: (clash[0], clash[2]))
        )

    def _chapter_of(self, at: int, number: Number) -> Chapter:
        folders = self._lessons[at].chapters if self._numbering.folders_restart else ()
        return folders, number.chapter if self._numbering.chapters_restart else None

    def _chapter_linked(self, link: Link, number: Number) -> Chapter | None:
        """The chapter that a link leads to; None where it can be told from no other."""
        chapter = self._chapter_of(link.owner, number)
        if self._numbering.folders_restart and number.number in self._held[chapter]:
            return None  # the lesson of that number is here, so another chapter's is meant
        return chapter

    def _numbered(self, chapter: Chapter | None, value: int, links: Sequence[Link]) -> Missing:
        least, most = self._between(chapter, value)
        # Else at the end of the gap, behind what stands beside the lesson before it.
        before = min(max(self._beside(links[0]), least), most) if links else most
        folders, number = chapter if chapter is not None else ((), None)
        return Missing(
            chapter="/".join(folders) or None,
            chapter_number=number,
            number=value,
            title=links[0].title if links else None,
            named_by=_texts_of(links),
            before=before,
        )

    def _between(self, chapter: Chapter | None, value: int) -> tuple[int, int]:
        """The first and the last place that a lesson of that number can have."""
        values = self._values.get(chapter, []) if chapter is not None else []
        at = bisect_left(values, value)
        held = self._held[chapter] if chapter is not None and values else {}
        least = max(self._place[lesson] for lesson in held[values[at - 1]]) + 1 if at else 0
        if at == len(values):
            return least, len(self._place)
        return least, max(least, min(self._place[lesson] for lesson in held[values[at]]))

    def _unnumbered(self, links: Sequence[Link]) -> Missing:
        return Missing(
            chapter=None,
            chapter_number=None,
            number=None,
            title=links[0].title,
            named_by=_texts_of(links),
            before=self._beside(links[0]),
        )

    def _beside(self, link: Link) -> int:
        return self._place[link.owner] + (link.direction == "next")

    def _are_parts(self, positions: Sequence[int]) -> bool:
        """Whether lessons are parts of one that has been cut: their titles differ in a count at the end."""
        titles = [self._lessons[at].designations[0].rest for at in positions]
        return len({title.rstrip(PARTS) for title in titles}) == 1 and len(set(titles)) == len(titles)


def _left_out(held: dict[int, list[int]]) -> Iterator[int]:
    """The numbers from 1 to the highest that none has."""
    expected = 1
    for value in sorted(held):
        if value - expected > LONGEST_GAP:
            return
        yield from range(expected, value)
        expected = max(expected, value + 1)


def _texts_of(links: Sequence[Link]) -> tuple[LessonFacts, ...]:
    return tuple({(link.text.path, link.text.entry): link.text for link in links}.values())


def _would_stand(missing: Missing) -> tuple[object, ...]:
    number = missing.number
    return (missing.before, number is None, number or 0, missing.title or "")
