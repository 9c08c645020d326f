"""Bitmaps of common terms: which passages hold them, and what these say of the lessons, worked out once.

And of the numbers of comments: see `scales`. Both are made with the index, and know nothing of lessons that
come later: what these hold the index is asked for, until there are so many of them that the bitmaps are
made anew.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from k8snotes.forked import shared
from k8snotes.index.packing import FASTEST
from k8snotes.index.ranking import worths
from k8snotes.index.rows import LESSON_SHIFT, Length
from k8snotes.index.scales import SCALES, slice_names, within
from k8snotes.index.terms import LATIN, match

if TYPE_CHECKING:
    from k8snotes.index.query import Rings
    from k8snotes.index.store import Store

# What is mapped goes by what FTS5 is asked for it, or, with this before a word, for the longer words that it
# is a part of.
WITHIN = "…"
EITHER = " OR "
MOST_HELD = 9  # terms that are mapped, of all that a passage holds on average; to map more takes too long
LEAST, LEAST_PART = 2_000, 1 / 150  # passages that hold a term; fewer are soon listed
SAMPLED = 32  # of so many lessons one is looked at for such terms
MOST_UNMAPPED = 0.2  # of the lessons
SUMS = {Length.TEXT: "text", Length.SAID: "said"}
SHARE = 16  # terms, worked at by one process after the other


class Maps:
    """The bitmaps that an index keeps."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._sample: Counter[str] = Counter()  # passages of some of the lessons added that hold each term

    # --- reading

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def unmapped(self) -> int:
        """The first lesson that they know nothing of."""
        known = self._store.fact("lessons mapped")
        return known if isinstance(known, int) else 0

    @cached_property
    def is_complete(self) -> bool:
        """Whether they know of all lessons."""
        return self.unmapped == self._store.grid.lesson_count

    def bits(self, name: str) -> int:
        """The passages that match, in the grid."""
        return int.from_bytes(self._unpacked("rows", name), "little") & self._there

    def lesson_count(self, name: str) -> int:
        """How many lessons had such passages."""
        [(lessons,)] = self._store.rows("SELECT lessons FROM maps WHERE name = ?", (name,))
        assert isinstance(lessons, int)
        return lessons

    def sums(self, name: str, part: Length) -> list[int]:
        """What the passages that match are worth, by the lessons: `Grid.sums`."""
        return array("I", self._unpacked(SUMS[part], name)).tolist()

    def on_scale(self, scale: str, least: int | None, most: int | None) -> int:
        """The comments and replies whose number, likes or day, lies in between, of later lessons as well."""
        told, *slices = map(self.bits, slice_names(scale, self._height(scale))) if self.unmapped else (0,)
        if self.is_complete:
            return within(least, most, told, slices)
        conditions = [
            f"{SCALES[scale]} {sign} ?" for sign, end in ((">=", least), ("<=", most)) if end is not None
        ]
        since = self._store.numbers(
            "id",
            f"FROM remarks WHERE id >= ? AND {' AND '.join(conditions)}",
            [self.unmapped << LESSON_SHIFT, *(end for end in (least, most) if end is not None)],
        )
        return within(least, most, told, slices) | self._store.grid.bits_of(since)

    def _height(self, scale: str) -> int:
        """Bits of the largest number."""
        height = self._store.fact(f"height of {scale}")
        return height if isinstance(height, int) else 0

    @cached_property
    def _there(self) -> int:
        """All but the places of lessons that are gone."""
        gone = self._store.gone
        return ~self._store.grid.all_of(gone) if gone else -1

    def _unpacked(self, column: str, name: str) -> bytes:
        [(packed,)] = self._store.rows(f"SELECT {column} FROM maps WHERE name = ?", (name,))
        return self._store.decompressed(packed)

    @cached_property
    def _names(self) -> dict[str, None]:
        """In the order in which they were mapped."""
        known = self._store.fact("mapped")
        return dict.fromkeys(known.split("\n") if isinstance(known, str) and known else ())

    # --- making

    def sample(self, lesson: int, rows: Iterable[tuple[int, str]]) -> None:
        """Looks at the rows of a lesson that is added, or passes them over."""
        if lesson % SAMPLED == 0:
            for _, terms in rows:
                self._sample.update(set(terms.split()))

    def renew(self, rings: "Rings") -> None:
        """Makes them anew if they know of too few lessons; `rings` are spellings that mean one thing."""
        lessons, unmapped = self._store.grid.lesson_count, self.unmapped
        if lessons - unmapped <= MOST_UNMAPPED * lessons:
            return
        names = self._wanted(rings)
        shares = [names[start : start + SHARE] for start in range(0, len(names), SHARE)]
        database = self._store.database
        if self._store.is_new:  # nobody reads it yet; a fork must not find it half written
            database.execute("COMMIT")
            made = [*shared(shares, self._made)]
            database.execute("BEGIN")
        else:
            made = [*map(self._made, shares)]
        database.execute("DELETE FROM maps")
        database.executemany(
            "INSERT INTO maps VALUES (?,?,?,?,?)",
            [
                (name, lesson_count, *map(bytes.fromhex, contents))
                for name, lesson_count, *contents in chain.from_iterable(made)
            ],
        )
        for scale in SCALES:
            self._map_scale(scale)
        self._names = dict.fromkeys(names)
        self._store.note("mapped", "\n".join(names))
        self._store.note("lessons mapped", lessons)

    def _map_scale(self, scale: str) -> None:
        grid, column = self._store.grid, SCALES[scale]
        rows = self._store.rows(f"SELECT id, {column} FROM remarks WHERE {column} IS NOT NULL")
        height = max((number for _, number in rows), default=0).bit_length()
        held = [[row for row, _ in rows]]
        held += [[row for row, number in rows if number >> bit & 1] for bit in range(height)]
        self._store.database.executemany(
            "INSERT INTO maps (name, rows) VALUES (?,?)",
            [
                (name, zlib.compress(grid.bytes_of(grid.bits_of(of_it)), FASTEST))
                for name, of_it in zip(slice_names(scale, height), held, strict=True)
            ],
        )
        self._store.note(f"height of {scale}", height)

    def _wanted(self, rings: "Rings") -> list[str]:
        """What is to be mapped: common terms; of words both numbers together, and the longer ones."""
        from k8snotes.index.query import numbers_of

        terms = self._common()
        words = [*filter(LATIN.fullmatch, terms)]
        together = [name_of(map(match, numbers_of(word))) for word in words]
        within = [WITHIN + word for word in words]
        return list(dict.fromkeys([*map(match, terms), *together, *self._common_rings(rings), *within]))

    def _common(self) -> list[str]:
        """The terms that are mapped, and those that the sample shows to be common."""
        *_, passages = self._store.counts()
        least, left = max(LEAST, passages * LEAST_PART), passages * MOST_HELD
        terms = [name.strip('"') for name in self._names if name.startswith('"') and EITHER not in name]
        for term, held in self._sample.most_common():
            if held * SAMPLED < least or left < 0:
                break
            if _is_asked_for(term):
                left -= held * SAMPLED
                terms.append(term)
        return list(dict.fromkeys(terms))

    def _common_rings(self, rings: "Rings") -> Iterator[str]:
        """Things with several spellings of which any is common."""
        from k8snotes.index.query import ring_term

        for ring in dict.fromkeys(rings.values()):
            found = ring_term(ring).match
            if len(ring) > 1 and len(self._store.matching(found)) >= LEAST:
                yield name_of(found.split(EITHER))

    def _made(self, names: list[str]) -> list[tuple[str, int, str, str, str]]:
        """Rows of the table, in hexadecimal digits as a pipe takes them."""
        return [*map(self._row, names)]

    def _row(self, name: str) -> tuple[str, int, str, str, str]:
        grid = self._store.grid
        found = name
        if name.startswith(WITHIN):
            found = EITHER.join(map(match, self._store.longer_words(name.removeprefix(WITHIN))))
        rows = self._store.matching(found) if found else ()
        bits = grid.bits_of(rows)
        text, said = (array("I", grid.sums(bits, worths(part))).tobytes() for part in SUMS)
        lessons = len({*grid.lessons_of(bits)})
        return name, lessons, _packed(grid.bytes_of(bits)), _packed(text), _packed(said)


def name_of(alternatives: Iterable[str]) -> str:
    """What goes by some expressions of FTS5 together."""
    return EITHER.join(sorted(alternatives))


def _is_asked_for(term: str) -> bool:
    """Whether a term may be one of a question: a character alone, which ends a run, is not."""
    return LATIN.fullmatch(term) is not None or len(term) > 1


def _packed(content: bytes) -> str:
    return zlib.compress(content, FASTEST).hex()
