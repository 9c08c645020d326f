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
from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

from k8snotes.index.folding import Fold, folded_characters
from k8snotes.index.scan import WIDTH
from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Text

Reading = Callable[[int], Text]  # a page's passage, by its position, without marks

MARK = re.compile(r"[\[<\\&*`_~]")
# Marks of which one has to read what goes with them: links, tags, entities; runs of several marks, or of
# three, of which a part may go. Of all others, a run goes or stays.
UNSURE = re.compile(r"[\[<\\&]|\*(?:[`_~]|\*\*)|_(?:[*`~]|__)|`[*_~]|~[*`_]")
MARKS = re.compile(r"([*_`~]++)")


class Seams(NamedTuple):
    joined: frozenset[str]  # folded: pairs, fours, and the single characters that no line holds
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
        if (
            stands
            and _goes_whole(string)
            and not any(map(string.__contains__, vanishing))
            and not stitcher.is_uneven_by_marks(string)
        ):
            sure.append(string)
        elif (plain := read(position)) is not passage.text:
            stitcher.read(plain, lines)
    stitcher.over_marks("\n".join(sure))
    return Seams(frozenset(stitcher.joined), frozenset(variants))


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
        self.joined: set[str] = set()
        self.uneven: set[str] = set()  # characters of the lines that fold into none or several

    def read(self, text: Text, lines: Sequence[str]) -> bool:
        """The seams of a text: between its pieces, and in what does not stand in its line; False if any."""
        string, pieces = text
        if len(pieces) == 1 and lines[pieces[0].line - 1].startswith(string, pieces[0].column):
            return True
        stands = len(pieces) == 1
        stops = [piece[0] for piece in pieces[1:]]
        stops.append(len(string))
        for (start, line, column), stop in zip(pieces, stops, strict=True):
            if start:
                self._join(self._before(string, start), self._after(string, start))
            part = string[start:stop]
            if lines[line - 1].startswith(part, column) or _stands(part, line, column, lines):
                continue
            stands = False
            for at in range(start, stop):
                self._around(string, at)
        # What stands beside these in a line may stand elsewhere in what is read.
        for character in self.uneven:
            self._around_each(string, character)
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
            self.uneven.add(character)
            self._around_each(text, character)
        return variants, vanishing

    def is_uneven_by_marks(self, string: str) -> bool:
        """Whether a character that folds into several stands by a mark, without which it joins other ones."""
        for character in self.uneven:
            at = string.find(character)
            while at >= 0:
                if MARKS.search(string, max(at - WIDTH, 0), at + WIDTH + 1):
                    return True
                at = string.find(character, at + 1)
        return False

    def over_marks(self, text: str) -> None:
        """The seams over each run of marks, but for underscores within words, which stay."""
        parts = MARKS.split(text)
        texts, runs = parts[::2], parts[1::2]
        around: set[tuple[str, str]] = set()
        for at, mark in enumerate(runs):
            before, after = texts[at], texts[at + 1]
            if not (before and after) or (mark[0] == "_" and before[-1].isalnum() and after[0].isalnum()):
                continue
            befores, afters = [before[-WIDTH:]], [after[:WIDTH]]
            # The next run of marks may go as well, or stay.
            if len(before) < WIDTH and at:
                befores = [runs[at - 1][-1] + before, texts[at - 1][-1:] + before]
            if len(after) < WIDTH and at + 1 < len(runs):
                afters = [after + runs[at + 1][0], after + texts[at + 2][:1]]
            around.update((one, other) for one in befores for other in afters)
        for one, other in around:
            self._join(self._before(one, len(one)), self._after(other, 0))

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
