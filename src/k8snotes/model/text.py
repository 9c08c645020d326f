"""Text that knows where it stands in its source."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import inf
from typing import NamedTuple

FAR = 4096  # characters; to look for line ends over more of them, sentence by sentence, takes quadratic time
INNER_NEWLINE = re.compile(r"\n(?!\Z)")

Edit = tuple[int, int, str]  # from, to, and what is read in that place


class Piece(NamedTuple):
    """From `offset` on, the text stands in the source at `line` (from 1), `column` (from 0).

    A newline in it leads to the beginning of the next line: verbatim lines are one piece.
    """

    offset: int
    line: int
    column: int


@lru_cache(maxsize=4)
def _line_ends(string: str) -> tuple[int, ...]:
    """The offsets of the newlines in a string; of the few long ones in use they are looked for once."""
    return tuple(newline.start() for newline in re.finditer("\n", string))


class Text(NamedTuple):
    """Text as a reader reads it, with the place in the source of each of its pieces.

    Lines that the page broke are joined, marks in front of them (`> `, indentation) are
    gone, entities are decoded; `pieces`, ascending by offset, lead back to the source.
    The first piece begins at offset 0; an empty text has one piece too.
    """

    string: str
    pieces: tuple[Piece, ...]

    def __bool__(self) -> bool:
        return bool(self.string)

    def edited(self, edits: Iterable[Edit]) -> "Text":
        """The text with each run [start, stop) replaced by a string, in ascending order.

        Every part still leads back to its place: a replacement to where its run began.
        """
        parts: list[str] = []
        pieces: list[Piece] = []
        length = at = 0
        walk = _Walk(self)
        for start, stop, replacement in (*edits, (len(self.string), len(self.string), "")):
            if at < start:
                pieces += self._pieces_of(at, start, length, walk.to(at))
                parts.append(self.string[at:start])
                length += start - at
            if replacement:
                line, column = walk.to(start)
                begins = (0, *(newline.end() for newline in INNER_NEWLINE.finditer(replacement)))
                pieces += [Piece(length + begin, line, column + begin) for begin in begins]
                parts.append(replacement)
                length += len(replacement)
            at = stop
        return Text(string="".join(parts), pieces=tuple(pieces) or self.pieces[:1])

    def part(self, start: int, stop: int) -> "Text":
        """The run [start, stop)."""
        if not start and len(self.pieces) == 1:
            return Text(string=self.string[:stop], pieces=self.pieces)
        return Text(
            string=self.string[start:stop],
            pieces=tuple(self._pieces_of(start, stop, 0, self.place_at(start))),
        )

    def trimmed(self, blanks: str) -> "Text":
        """The text without the given characters at either end."""
        kept = self.string.strip(blanks)
        if len(kept) == len(self.string):
            return self
        if not kept:
            return Text(string="", pieces=self.pieces[:1])
        start = 0 if self.string.startswith(kept) else len(self.string) - len(self.string.lstrip(blanks))
        return self.part(start, start + len(kept))

    def _pieces_of(self, start: int, stop: int, offset: int, place: tuple[int, int]) -> list[Piece]:
        """The pieces of the run [start, stop), which begins at `place`, for a text with it at `offset`."""
        pieces = [Piece(offset, *place)]
        if len(self.pieces) > 1:
            first = bisect_right(self.pieces, (start, inf))
            last = bisect_left(self.pieces, (stop,))
            move = offset - start
            pieces += [Piece(at + move, line, column) for at, line, column in self.pieces[first:last]]
        return pieces

    def line_pieces(self) -> Iterator[Piece]:
        """The pieces, those that run over lines cut into one a line."""
        stops = [*(piece.offset for piece in self.pieces[1:]), len(self.string)]
        for piece, stop in zip(self.pieces, stops, strict=True):
            yield piece
            line, newline = piece.line, self.string.find("\n", piece.offset, stop - 1)
            while newline >= 0:
                line += 1
                yield Piece(newline + 1, line, 0)
                newline = self.string.find("\n", newline + 1, stop - 1)

    def line_at(self, offset: int) -> int:
        """The source line of the character at `offset`."""
        return self.place_at(offset)[0]

    def place_at(self, offset: int) -> tuple[int, int]:
        """Source line (from 1) and column (from 0) of the character at `offset`.

        Exact at the beginning of a piece and wherever the piece is verbatim.
        """
        at, line, column = self.pieces[bisect_right(self.pieces, (offset, inf)) - 1]
        if offset - at > FAR:
            ends = _line_ends(self.string)
            passed = bisect_left(ends, offset)
            lines = passed - bisect_left(ends, at)
            return (line + lines, offset - ends[passed - 1] - 1) if lines else (line, column + offset - at)
        if newlines := self.string.count("\n", at, offset):
            return line + newlines, offset - self.string.rindex("\n", at, offset) - 1
        return line, column + offset - at


class _Walk:
    """The places of ascending offsets: what lies between two of them is looked at once."""

    __slots__ = ("at", "column", "line", "text", "until")

    def __init__(self, text: Text) -> None:
        self.text = text
        self.at = 0
        self.until = -1  # the next piece begins there; before the first call there is none to go on from
        self.line = self.column = 0

    def to(self, offset: int) -> tuple[int, int]:
        if offset >= self.until:
            pieces = self.text.pieces
            here = bisect_right(pieces, (offset, inf)) - 1
            self.at, self.line, self.column = pieces[here]
            self.until = pieces[here + 1].offset if here + 1 < len(pieces) else len(self.text.string) + 1
        string = self.text.string
        if newlines := string.count("\n", self.at, offset):
            self.line += newlines
            self.column = offset - string.rindex("\n", self.at, offset) - 1
        else:
            self.column += offset - self.at
        self.at = offset
        return self.line, self.column


def text_at(string: str, line: int, column: int) -> Text:
    """A run of the source, as it is, that begins at `line` (from 1) and `column` (from 0)."""
    return Text(string=string, pieces=(Piece(0, line, column),))


def edited(string: str, edits: Iterable[Edit]) -> str:
    """As `Text.edited`, for the string alone."""
    parts: list[str] = []
    at = 0
    for start, stop, replacement in edits:
        parts += (string[at:start], replacement)
        at = stop
    return "".join((*parts, string[at:]))
