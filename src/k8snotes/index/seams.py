"""Where what is read, or folded, runs on and the stored characters do not.

To find a literal its lesson need not be unpacked, read or folded: it stands in the lines as they
are stored, but for capitals and for characters that fold into one other (繁 into 简, full width
into half). What such a scan misses runs over a *seam*: two characters, folded, that follow each
other over a mark, a page break or an invisible character, or that come of an entity or of a
character that folds into several. A literal that holds no seam of a lesson has no match there but
those that stand in its lines.
"""

from collections.abc import Callable, Sequence
from operator import add
from typing import NamedTuple

from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Text

Fold = Callable[[str], str]


class Seams(NamedTuple):
    pairs: frozenset[str]  # folded; and the single characters that no line holds
    variants: frozenset[str]  # characters of the lines that fold into one other, capitals left out


def seams_of(page: Page, read: Sequence[Text], fold: Fold) -> Seams:
    """The seams of a page; `read` are its passages without marks."""
    stitcher = _Stitcher(fold)
    for passage, plain in zip(page.passages, read, strict=True):
        stitcher.read(passage.text, page.lines)
        if plain is not passage.text:
            stitcher.read(plain, page.lines)
    variants = stitcher.stored("\n".join(page.lines))
    return Seams(frozenset(stitcher.pairs), frozenset(variants))


def seams_within(folded: str) -> list[str]:
    """The seams that a match of a folded literal may run over."""
    if len(folded) == 1:
        return [folded]
    return sorted({folded[at : at + 2] for at in range(len(folded) - 1)})


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
        self.pairs: set[str] = set()

    def read(self, text: Text, lines: Sequence[str]) -> None:
        """The seams of a text: between its pieces, and in what does not stand in its line."""
        string, pieces = text
        if len(pieces) == 1 and lines[pieces[0].line - 1].startswith(string, pieces[0].column):
            return
        stops = [*(piece.offset for piece in pieces[1:]), len(string)]
        for (start, line, column), stop in zip(pieces, stops, strict=True):
            if start:
                self._between(string, start, start)
            if not _stands(string[start:stop], line, column, lines):
                for at in range(start, stop):
                    self._around(string, at, self.fold(string[at]))

    def stored(self, text: str) -> set[str]:
        """The seams of lines; the characters in them that fold into one other."""
        variants: set[str] = set()
        for character in set(text):
            if character.isascii():
                continue
            folded = self.fold(character)
            if len(folded) == 1:
                if folded != character:
                    variants.add(character)
                continue
            at = text.find(character)
            while at >= 0:
                self._around(text, at, folded)
                at = text.find(character, at + 1)
        return variants

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
            before = self.fold(string[start])
        while stop < len(string) and not after:
            after = self.fold(string[stop])
            stop += 1
        if before and after and "\n" not in (before, after):
            self.pairs.add(before[-1] + after[0])


def _stands(string: str, line: int, column: int, lines: Sequence[str]) -> bool:
    """Whether a text stands at its place, line by line."""
    for at, part in enumerate(string.split("\n"), start=line - 1):
        if at >= len(lines) or not lines[at].startswith(part, column if at == line - 1 else 0):
            return at >= len(lines) and not part
    return True
