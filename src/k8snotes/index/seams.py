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

from collections.abc import Sequence, Set
from typing import NamedTuple

from k8snotes.index.folding import Fold, folded_characters
from k8snotes.index.packing import Placing
from k8snotes.index.readings import Reading
from k8snotes.index.scan import WIDTH
from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Text

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
        if not reading.edits:
            continue
        if placing != "pieces" and stitcher.is_even(reading):
            stitcher.over_cuts(reading)
        else:
            stitcher.read(passage.text.edited(reading.edits), lines)
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
        self.joined: set[str] = set()
        self.windows: set[str] = set()  # what stands on either side of cuts, not folded yet
        self.uneven: set[str] = set()  # characters of the lines that fold into none or several

    def read(self, text: Text, lines: Sequence[str]) -> None:
        """The seams of a text: between its pieces, and in what does not stand in its line."""
        string, pieces = text
        stops = [piece[0] for piece in pieces[1:]]
        stops.append(len(string))
        for (start, line, column), stop in zip(pieces, stops, strict=True):
            if start:
                self._join(self._before(string, start), self._after(string, start))
            part = string[start:stop]
            if not (lines[line - 1].startswith(part, column) or _stands(part, line, column, lines)):
                for at in range(start, stop):
                    self._around(string, at)
        # What stands beside these in a line may stand elsewhere in what is read.
        for character in self.uneven:
            self._around_each(string, character)

    def stored(self, text: str, characters: Set[str]) -> frozenset[str]:
        """The seams of lines; gives the characters in them that fold into one other, capitals left out."""
        variants: set[str] = set()
        for character in self.folded.changed(characters):
            if character.isascii():
                continue
            if len(self.folded[character]) == 1:
                variants.add(character)
            else:
                self.uneven.add(character)
                self._around_each(text, character)
        return frozenset(variants)

    def is_even(self, reading: Reading) -> bool:
        """Whether each of its characters folds into one."""
        return not any(map(reading.string.__contains__, self.uneven)) and all(
            len(self.folded[character]) == 1 for character in reading.foreign
        )

    def over_cuts(self, reading: Reading) -> None:
        """The seams of an even passage, where marks were left out and entities stand."""
        bounded = f"{BOUND}{reading.string}{BOUND}"
        self.windows.update([bounded[cut : cut + 2 * WIDTH] for cut in reading.cuts])
        self.joined.update(self.fold(reading.foreign))

    def all_joined(self) -> frozenset[str]:
        """What all seams join."""
        folded = self.fold("".join(self.windows))
        fours = [folded[at : at + 2 * WIDTH] for at in range(0, len(folded), 2 * WIDTH)]
        pairs = [four[WIDTH - 1 : WIDTH + 1] for four in fours]
        return frozenset(self.joined.union(seam for seam in (*fours, *pairs) if "\n" not in seam))

    def _around_each(self, text: str, character: str) -> None:
        at = text.find(character)
        while at >= 0:
            self._around(text, at)
            at = text.find(character, at + 1)

    def _around(self, string: str, at: int) -> None:
        """The seams of one character with what it folds into."""
        folded = self.folded[string[at]]
        self.joined.update(folded)
        before, after = self._before(string, at), self._after(string, at + 1)
        for within in range(len(folded) + 1):
            self._join(before + folded[:within], folded[within:] + after)

    def _join(self, before: str, after: str) -> None:
        """The seam between two texts that are cut short, if at all, to `WIDTH` characters or more."""
        if before and after:
            self.joined.add(before[-1] + after[0])
            if len(before) >= WIDTH and len(after) >= WIDTH:
                self.joined.add(before[-WIDTH:] + after[:WIDTH])

    def _before(self, string: str, at: int) -> str:
        """What stands before a place, on its line and folded: `WIDTH` characters, if there are so many."""
        found = ""
        while at > 0 and len(found) < WIDTH and string[at - 1] != "\n":
            at -= 1
            found = self.folded[string[at]] + found
        return found

    def _after(self, string: str, at: int) -> str:
        """As `_before`, from a place on."""
        found = ""
        while at < len(string) and len(found) < WIDTH and string[at] != "\n":
            found += self.folded[string[at]]
            at += 1
        return found


def _stands(string: str, line: int, column: int, lines: Sequence[str]) -> bool:
    """Whether a text stands at its place, line by line."""
    for at, part in enumerate(string.split("\n"), start=line - 1):
        if at >= len(lines) or not lines[at].startswith(part, column if at == line - 1 else 0):
            return at >= len(lines) and not part
    return True
