"""Where passages stand in a bitmap: sets of a hundred thousand are then compared and counted at once.

A bitmap is one number, and Python works on a million of its bits in microseconds. Each lesson has
whole blocks of it: for its title, for what is known of it, and for its passages in their order.
"""

import sys
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, cached_property
from itertools import accumulate, compress
from operator import itemgetter, sub

from k8snotes.index.rows import FIELD_MASK, LAST_PASSAGE, LESSON_SHIFT, PASSAGE_BITS, Field

BLOCK_BYTES, BLOCK_BITS = 8, 64
BEFORE_PASSAGES = 2  # bits of a lesson: of the fields that are no passages
IN_PASSAGES = (FIELD_MASK & -BEFORE_PASSAGES) << PASSAGE_BITS  # set in passages' rows alone
FIELDS = tuple(field for field in Field if field is not Field.REST)
MOST_WORTH = 255 // 8  # of a passage: what eight are worth must fit into a byte

Placed = list[tuple[int, int]]  # rows, each with the bit that stands for it


class Grid:
    """The place of each passage.

    `firsts` are the first blocks of the lessons, by their ids, and behind them the first that is free,
    `lessons` the lesson of each block; `stored` gives the bits of a field as they are kept.
    """

    def __init__(
        self,
        firsts: "array[int] | None" = None,
        lessons: "array[int] | None" = None,
        stored: Callable[[Field], bytes] = lambda _field: b"",
    ) -> None:
        self.firsts = array("I", [0]) if firsts is None else firsts
        self.lessons = array("I") if lessons is None else lessons
        self.field_bytes = cache(lambda field: bytearray(stored(field)))
        self.field = cache(lambda field: int.from_bytes(self.field_bytes(field), "little"))
        self._fields_of = cache(self._fields_within)
        self._lanes = cache(self._every_other)

    def add(self, passages: int, rows: Iterable[int]) -> None:
        """Gives the next lesson its place: so many passages, and the rows within it."""
        self._forget()
        first, lesson = self.firsts[-1], len(self.firsts) - 1
        blocks = -(-(BEFORE_PASSAGES + passages) // BLOCK_BITS)
        self.firsts.append(first + blocks)
        self.lessons.extend([lesson] * blocks)
        held = [bytearray(blocks * BLOCK_BYTES) for _ in range(len(Field))]
        for row in rows:
            field = row >> PASSAGE_BITS & FIELD_MASK
            place = field if field < BEFORE_PASSAGES else (row & LAST_PASSAGE) + BEFORE_PASSAGES
            held[field][place >> 3] |= 1 << (place & 7)
        for field in FIELDS:
            self.field_bytes(field).extend(held[field])

    def _forget(self) -> None:
        """Drops what was worked out of the lessons so far."""
        for name in ("_bases", "_lesson_list"):
            self.__dict__.pop(name, None)
        for known in (self.field, self._fields_of, self._lanes):
            known.cache_clear()

    @property
    def lesson_count(self) -> int:
        """With those that are gone."""
        return len(self.firsts) - 1

    @property
    def size(self) -> int:
        """Of a bitmap, in bytes."""
        return len(self.lessons) * BLOCK_BYTES

    # --- from rows and to rows

    def bits_of(self, rows: Iterable[int]) -> int:
        if not (places := self._places_of(rows)):
            return 0
        bits = bytearray(self.size)
        for at in places:
            bits[at >> 3] |= 1 << (at & 7)
        return int.from_bytes(bits, "little")

    def rows_of(self, bits: int) -> list[int]:
        """Ascending."""
        content, lessons = self.bytes_of(bits), dict.fromkeys(self.lessons_of(bits))
        return [row for lesson in lessons for row in self.rows_in(lesson, content)]

    def bytes_of(self, bits: int) -> bytes:
        return bits.to_bytes(self.size, "little")

    def rows_in(self, lesson: int, content: bytes) -> list[int]:
        """Those of a lesson in a bitmap as bytes, ascending."""
        within = int.from_bytes(content[self._stretch(lesson)], "little")
        rows: list[int] = []
        if within:
            for base, field in self._fields_of(lesson):
                digits = f"{within & field:b}"[::-1]  # of a text as long as a book, too, in linear time
                at = digits.find("1")
                while at >= 0:
                    rows.append(base + at)
                    at = digits.find("1", at + 1)
        return rows

    def placed(self, rows: Collection[int]) -> Placed:
        """Rows with their places, to be looked up in several bitmaps."""
        return [*zip(rows, self._places_of(rows), strict=True)]

    def among(self, content: bytes, placed: Placed) -> list[int]:
        """Those of some rows that a bitmap as bytes has."""
        return [row for row, at in placed if content[at >> 3] >> (at & 7) & 1]

    def _places_of(self, rows: Iterable[int]) -> list[int]:
        """The bits that stand for rows."""
        bases, before = self._bases, BEFORE_PASSAGES
        return [
            bases[row >> LESSON_SHIFT]
            + (row & LAST_PASSAGE if row & IN_PASSAGES else (row >> PASSAGE_BITS & FIELD_MASK) - before)
            for row in rows
        ]

    @cached_property
    def _bases(self) -> list[int]:
        """The bits of the lessons' first passages."""
        return [first * BLOCK_BITS + BEFORE_PASSAGES for first in self.firsts]

    # --- of lessons

    def all_of(self, lessons: Iterable[int]) -> int:
        """All places of some lessons."""
        bits = bytearray(self.size)
        for lesson in lessons:
            stretch = self._stretch(lesson)
            bits[stretch] = b"\xff" * (stretch.stop - stretch.start)
        return int.from_bytes(bits, "little")

    def lessons_of(self, bits: int) -> Iterable[int]:
        """Ascending, some of them several times."""
        return compress(self._lesson_list, self._blocks(bits)) if bits else ()

    def holding(self, content: bytes, field: Field, lessons: Iterable[int]) -> list[int]:
        """Those of some lessons of which a bitmap as bytes has the bit of a field that is no passage."""
        firsts = self.firsts
        return [lesson for lesson in lessons if content[firsts[lesson] * BLOCK_BYTES] >> field & 1]

    @cached_property
    def _lesson_list(self) -> list[int]:
        return self.lessons.tolist()

    def sums(self, bits: int, worths: Mapping[int, int]) -> list[int]:
        """What the passages of each lesson are worth together, by the lessons' ids; empty for nothing.

        What each is worth its field says: at most `MOST_WORTH`.
        """
        worth = 0
        for field, each in worths.items():
            if within := bits & self.field(Field(field)):
                worth += int.from_bytes(self.bytes_of(within).translate(_worths_of_bytes(each)), "little")
        if not worth:
            return []
        for width in (8, 16, 32):  # from the sums of bytes to those of blocks
            lanes = self._lanes(width)
            worth = (worth & lanes) + (worth >> width & lanes)
        up_to = itemgetter(*self.firsts)([0, *accumulate(self._blocks(worth))])
        return [*map(sub, up_to[1:], up_to)]

    # --- within

    def _stretch(self, lesson: int) -> slice:
        return slice(self.firsts[lesson] * BLOCK_BYTES, self.firsts[lesson + 1] * BLOCK_BYTES)

    def _fields_within(self, lesson: int) -> list[tuple[int, int]]:
        """The bits of each field that a lesson has, with what makes rows of their places."""
        stretch = self._stretch(lesson)
        within = [(field, int.from_bytes(self.field_bytes(field)[stretch], "little")) for field in FIELDS]
        return [
            (
                (lesson << LESSON_SHIFT | field << PASSAGE_BITS)
                - (field if field < BEFORE_PASSAGES else BEFORE_PASSAGES),
                bits,
            )
            for field, bits in within
            if bits
        ]

    def _blocks(self, bits: int) -> "array[int]":
        blocks = array("Q", self.bytes_of(bits))
        if sys.byteorder == "big":
            blocks.byteswap()
        return blocks

    def _every_other(self, width: int) -> int:
        """Every other so many bits."""
        lane = width // 8
        return int.from_bytes((b"\xff" * lane + bytes(lane)) * (self.size // (2 * lane)), "little")


@cache
def _worths_of_bytes(each: int) -> bytes:
    """What the bits of each byte are worth together."""
    return bytes(each * byte.bit_count() for byte in range(256))
