"""How a course counts its lessons, and so which number each has.

The same signs mean other things in other courses: "0201" is lesson 201, or the first of chapter 2;
"10-11" are two lessons in one, or lesson 11 of chapter 10; "018-…" is a lesson's number, or its
file's. What the other lessons of the course say decides.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from k8snotes.assemble.homes import Folders
from k8snotes.assemble.keys import designations
from k8snotes.model.course import Designation, Duplicate, LessonFacts, Role

FOUR_DIGITS = 4
MOST_IN_A_CHAPTER = 40  # lessons; with more in it, four digits count through
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A lesson with all its texts, the richest first."""

    texts: tuple[LessonFacts, ...]
    duplicates: tuple[Duplicate, ...]
    chapters: Folders  # that the first text which stands in any stands in

    @property
    def facts(self) -> LessonFacts:
        return self.texts[0]

    @property
    def designations(self) -> tuple[Designation, ...]:
        return tuple(found for text in self.texts for found in designations(text))

    @property
    def role(self) -> Role | None:
        return next((found.role for found in self.designations if found.role is not None), None)

    @property
    def word(self) -> str:
        """What the course calls it, folded; "" for nothing."""
        return next((found.word for found in self.designations if found.word), "")

    @property
    def ordinal(self) -> int:
        """Its count among those that the course calls so; 0 for none."""
        return next((found.ordinal for found in self.designations if found.ordinal is not None), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    chapter: int | None
    number: int
    last: int | None  # of several lessons in one
    is_of_file: bool  # the title has none, the file's name has

    @property
    def final(self) -> int:
        return self.number if self.last is None else self.last


class Numbering:
    """What numbers mean in one course."""

    def __init__(self, lessons: Sequence[Held]) -> None:
        found = [found for held in lessons for found in held.designations]
        self.four_digits_hold_chapters = _four_digits_hold_chapters(found)
        # Of a course's chapters and lessons some pair does not ascend: the first lesson of the second.
        self.pairs_are_ranges = all(one < other for one, other in _pairs(found))
        self.counting_files = frozenset(
            text.folders for held in lessons for text in held.texts if _counts_files(text)
        )
        numbers = [(held, self.number_of(held)) for held in lessons]
        self.chapters_restart = (
            self.four_digits_hold_chapters
            or not self.pairs_are_ranges
            or _restarts(
                (number.number, number.chapter) for _, number in numbers if number and number.chapter
            )
        )
        self.folders_restart = not self.chapters_restart and _restarts(
            (number.number, held.chapters) for held, number in numbers if number
        )

    def number_of(self, held: Held) -> Number | None:
        """The lesson's number: as a title of its texts has it, else as a file's name has."""
        return next(self._numbers_of(held), None)

    def _numbers_of(self, held: Held) -> Iterator[Number]:
        for text in held.texts:
            if text.by_title is not None and (number := self.read(text.by_title)):
                yield number
        for text in held.texts:
            if text.by_file is not None and text.folders not in self.counting_files:
                number = self.read(text.by_file, is_of_file=True)
                if number and not text.by_file.is_index:
                    yield number

    def read(self, found: Designation, *, is_of_file: bool = False) -> Number | None:
        """The number that a title, a file's name or a link has."""
        chapter, number, last = found.chapter, found.number, found.second
        if number is None:
            return None
        if len(found.digits or "") == FOUR_DIGITS:
            if self.four_digits_hold_chapters:
                chapter, number = divmod(number, 100)
            elif number in YEARS:
                return None
        elif last is not None and not self.pairs_are_ranges:
            chapter, number, last = number, last, None
        return Number(chapter=chapter, number=number, last=last, is_of_file=is_of_file)


def _four_digits_hold_chapters(found: Iterable[Designation]) -> bool:
    numbers = [
        d for d in found if len(d.digits or "") == FOUR_DIGITS and not d.is_index and d.number is not None
    ]
    return (
        any((d.digits or "").startswith("0") for d in numbers)
        and any((d.number or 0) >= 100 for d in numbers)
        and all((d.number or 0) % 100 <= MOST_IN_A_CHAPTER for d in numbers)
    )


def _restarts(numbers: Iterable[tuple[int, Hashable]]) -> bool:
    """Whether a number stands in several chapters: each counts for itself."""
    chapters: dict[int, Hashable] = {}
    return any(chapters.setdefault(number, chapter) != chapter for number, chapter in numbers)


def _pairs(found: Iterable[Designation]) -> Iterator[tuple[int, int]]:
    for designation in found:
        if designation.number is not None and designation.second is not None:
            yield designation.number, designation.second


def _counts_files(text: LessonFacts) -> bool:
    """Whether a file's number is another than its title's: it counts files, extra ones as well."""
    title, file = text.by_title, text.by_file
    return (
        title is not None
        and file is not None
        and None not in (title.number, file.number)
        and title.number != file.number
    )
