"""Where what is read, or folded, runs on and the stored characters do not.

To find a literal its lesson need not be unpacked, read or folded: it stands in the lines as they
are stored, but for capitals and for characters that fold into one other (繁 into 简, full width
into half). What such a scan misses runs over a *seam*: two characters, folded, that follow each
other over a mark, a page break or an invisible character, or that come of an entity or of a
character that folds into several. A literal that holds no seam of a lesson has no match there but
those that stand in its lines.

A seam is kept as what it joins: a character on either side, and two where there are so many. By the one a
literal is looked up at its ends, by the two within: what joins a blank and an `a` is in every lesson, what
joins `式 ` and `ap` in hardly any.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from k8snotes.index.folding import Fold, folded_characters
from k8snotes.index.packing import Placing, string_at
from k8snotes.index.readings import Reading
from k8snotes.index.scan import WIDTH
from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Piece, Text

BOUND = "\n" * WIDTH  # nothing runs over the end of a line


class Seams(NamedTuple):
    joined: frozenset[str]  # folded: pairs, fours, and the single characters that no line holds
    variants: frozenset[str]  # characters of the lines that fold into one other, capitals left out


def seams_of(
    page: Page, characters: Set[str], placings: Sequence[Placing], readings: Sequence[Reading], fold: Fold
) -> Seams:
    """The seams of a page; `characters` are those of its lines."""
    stitcher = _Stitcher(fold)
    lines = page.lines
    variants = stitcher.stored("\n".join(lines), characters)
    for passage, placing, reading in zip(page.passages, placings, readings, strict=True):
        if placing == "pieces":
            stitcher.read(passage.text, lines)
            if reading.edits:
                stitcher.read(passage.text.edited(reading.edits), lines)
        elif reading.edits:
            stitcher.foreign(reading.foreign)
            stitcher.cut(reading.string, reading.cuts)
    return Seams(stitcher.all_joined(), variants)


def shares_lines(passages: Sequence[Passage]) -> bool:
    """Whether several comments stand on one line."""
    last = 0
    for passage in passages:
        if passage.kind == "comment":
            if passage.first_line <= last:
                return True
            last = passage.last_line
    return False


class _Stitcher:
    """Gathers the seams of texts."""

    def __init__(self, fold: Fold) -> None:
        self.fold = fold
        self.folded = folded_characters(fold)
        self.single: set[str] = set()  # characters that no line holds, folded
        self.windows: set[str] = set()  # what stands on either side of cuts, not folded yet
        self.uneven: set[str] = set()  # characters that fold into none or several

    def stored(self, text: str, characters: Set[str]) -> frozenset[str]:
        """The seams of lines; gives the characters in them that fold into one other, capitals left out."""
        changed = [character for character in self.folded.changed(characters) if not character.isascii()]
        uneven = [character for character in changed if len(self.folded[character]) != 1]
        self.foreign("".join(uneven))
        self.cut(text, ())
        return frozenset(changed).difference(uneven)

    def foreign(self, string: str) -> None:
        """Takes note of characters that are not those of the lines, or fold into none or several."""
        self.single.update(self.fold(string))
        self.uneven.update(character for character in string if len(self.folded[character]) != 1)

    def read(self, text: Text, lines: Sequence[str]) -> None:
        """The seams of a text: between its pieces, and in what does not stand in its line."""
        string, pieces = text
        cuts: list[int] = []
        stops = [*(piece.offset for piece in pieces[1:]), len(string)]
        for (start, line, column), stop in zip(pieces, stops, strict=True):
            part = string[start:stop]
            if part == string_at([Piece(0, line, column)], len(part), lines):
                cuts.append(start)
            else:
                self.foreign(part)
                cuts += range(start, stop + 1)
        self.cut(string, cuts)

    def cut(self, string: str, offsets: Sequence[int]) -> None:
        """The seams of a text at some offsets, ascending, and of all in it that folds unevenly."""
        uneven = [character for character in self.uneven if character in string]
        if uneven:
            string, offsets = self._evened(string, offsets, uneven)
        bounded = f"{BOUND}{string}{BOUND}"
        self.windows.update([bounded[offset : offset + 2 * WIDTH] for offset in offsets])

    def _evened(self, string: str, offsets: Sequence[int], uneven: Iterable[str]) -> tuple[str, list[int]]:
        """A text with what some characters fold into; its offsets then, with those around and within that."""
        parts: list[str] = []
        cuts: list[int] = []
        places: list[int] = []
        shifts = [0]  # of the offsets up to each of the places
        at = length = 0
        for match in re.finditer(f"[{re.escape(''.join(uneven))}]", string):
            folded = self.folded[match[0]]
            parts += (string[at : match.start()], folded)
            length += match.start() - at
            cuts += range(length, length + len(folded) + 1)
            length += len(folded)
            at = match.end()
            places.append(match.start())
            shifts.append(length - at)
        parts.append(string[at:])
        return "".join(parts), [*cuts, *(offset + shifts[bisect_left(places, offset)] for offset in offsets)]

    def all_joined(self) -> frozenset[str]:
        """What all seams join, and the single characters."""
        folded = self.fold("".join(self.windows))
        fours = [folded[at : at + 2 * WIDTH] for at in range(0, len(folded), 2 * WIDTH)]
        pairs = [four[WIDTH - 1 : WIDTH + 1] for four in fours]
        return frozenset(self.single.union(seam for seam in (*fours, *pairs) if "\n" not in seam))
