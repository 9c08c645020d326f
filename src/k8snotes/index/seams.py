"""Where what is read, or folded, runs on and the stored characters do not.

To find a literal its lesson need not be unpacked, read or folded: it stands in the lines as they
are stored, but for capitals and for characters that fold into one other (繁 into 简, full width
into half). What such a scan misses runs over a *seam*: two characters, folded, that follow each
other over a mark, a page break or an invisible character, or that come of an entity or of a
character that folds into several. A literal that holds no seam of a lesson has no match there but
those that stand in its lines.
"""

import re
from collections.abc import Callable, Sequence, Set
from operator import add
from typing import NamedTuple

from k8snotes.index.folding import Fold, folded_characters
from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Text

Reading = Callable[[int], Text]  # a page's passage, by its position, without marks

MARK = re.compile(r"[\[<\\&*`_~]")
# Marks of which one has to read what goes with them: links, tags, entities; runs of several marks, or of
# three, of which a part may go. Of all others, a run goes or stays.
UNSURE = re.compile(r"[\[<\\&]|\*(?:[`_~]|\*\*)|_(?:[*`~]|__)|`[*_~]|~[*`_]")
MARKS = re.compile(r"([*_`~]++)")


class Seams(NamedTuple):
    pairs: frozenset[str]  # folded; and the single characters that no line holds
    variants: frozenset[str]  # characters of the lines that fold into one other, capitals left out


def seams_of(page: Page, characters: Set[str], verbatim: Sequence[bool], read: Reading, fold: Fold) -> Seams:
    """The seams of a page; of marks also some that would be if all marks went that may.

    `characters` are those of the lines; `verbatim`: whether a passage is its lines.

    To read a passage without its marks takes long: it is done where the marks alone do not tell.
    """
    stitcher = _Stitcher(fold)
    lines = page.lines
    variants, vanishing = stitcher.stored("\n".join(lines), characters)
    sure: list[str] = []
    for position, passage in enumerate(page.passages):
        string = passage.text.string
        stands = verbatim[position] or stitcher.read(passage.text, lines)
        if not (page.is_markdown and passage.kind != "code" and MARK.search(string)):
            continue
        if stands and _goes_whole(string) and not any(map(string.__contains__, vanishing)):
            sure.append(string)
        elif (plain := read(position)) is not passage.text:
            stitcher.read(plain, lines)
    stitcher.over_marks("\n".join(sure))
    return Seams(frozenset(stitcher.pairs), frozenset(variants))


def _goes_whole(string: str) -> bool:
    """Whether each run of marks goes as a whole or stays: none is opened by some and closed by more."""
    return not UNSURE.search(string) and all(
        (doubled := string.count(mark * 2)) == 0 or string.count(mark) == 2 * doubled for mark in "*_"
    )


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
        self.folded = folded_characters(fold)
        self.pairs: set[str] = set()

    def read(self, text: Text, lines: Sequence[str]) -> bool:
        """The seams of a text: between its pieces, and in what does not stand in its line; False if any."""
        string, pieces = text
        folded = self.folded
        if len(pieces) == 1 and lines[pieces[0].line - 1].startswith(string, pieces[0].column):
            return True
        stands = len(pieces) == 1
        stops = [piece[0] for piece in pieces[1:]]
        stops.append(len(string))
        for (start, line, column), stop in zip(pieces, stops, strict=True):
            if start:
                before, after = folded[string[start - 1]], folded[string[start : start + 1]]
                if before and after and "\n" not in (before, after):
                    self.pairs.add(before[-1] + after[0])
                else:
                    self._between(string, start, start)
            part = string[start:stop]
            if lines[line - 1].startswith(part, column) or _stands(part, line, column, lines):
                continue
            stands = False
            for at in range(start, stop):
                self._around(string, at, folded[string[at]])
        return stands

    def stored(self, text: str, characters: Set[str]) -> tuple[set[str], set[str]]:
        """The seams of lines; the characters in them that fold into one other, and those that vanish."""
        variants: set[str] = set()
        vanishing: set[str] = set()
        for character in characters:
            folded = self.folded[character]
            if folded == character or character.isascii():
                continue
            if len(folded) == 1:
                variants.add(character)
                continue
            if not folded:
                vanishing.add(character)
            at = text.find(character)
            while at >= 0:
                self._around(text, at, folded)
                at = text.find(character, at + 1)
        return variants, vanishing

    def over_marks(self, text: str) -> None:
        """The seams over each run of marks, but for underscores within words, which stay."""
        parts = MARKS.split(text)
        around = {
            (before[-1:], marks[0], after[:1])
            for before, marks, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False)
        }
        for before, mark, after in around:
            if mark == "_" and before.isalnum() and after.isalnum():
                continue
            one, other = self.folded[before], self.folded[after]
            if one and other and "\n" not in (one, other):
                self.pairs.add(one[-1] + other[0])

    def _around(self, string: str, at: int, folded: str) -> None:
        """The seams of one character with what it folds into."""
        self.pairs.update(folded)
        self.pairs.update(map(add, folded, folded[1:]))
        self._between(string, at, at + 1 if not folded else at, folded)
        if folded:
            self._between(string, at + 1, at + 1)

    def _between(self, string: str, start: int, stop: int, after: str = "") -> None:
        """The seam between what stands before `start` and what from `stop` on."""
        before = ""
        while start > 0 and not before:
            start -= 1
            before = self.folded[string[start]]
        while stop < len(string) and not after:
            after = self.folded[string[stop]]
            stop += 1
        if before and after and "\n" not in (before, after):
            self.pairs.add(before[-1] + after[0])


def _stands(string: str, line: int, column: int, lines: Sequence[str]) -> bool:
    """Whether a text stands at its place, line by line."""
    for at, part in enumerate(string.split("\n"), start=line - 1):
        if at >= len(lines) or not lines[at].startswith(part, column if at == line - 1 else 0):
            return at >= len(lines) and not part
    return True
