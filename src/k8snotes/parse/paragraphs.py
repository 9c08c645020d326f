"""Paragraphs as the page shows them: lines to text, and paragraphs that a page break cut."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple, overload

from k8snotes.model.source import BLANK as BLANK
from k8snotes.model.text import Piece, Text, text_at

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CLOSERS = "”’」』）)】》〉\"'*_"
ENDS_SENTENCE = re.compile(rf"[。！？；：…!?;:.~～][{CLOSERS}]*$")
BEGINS_ITEM = re.compile(
    r"[-*+•·●]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、|#{1,6}\s"
    r"|第\s?[\d一二三四五六七八九十]{1,3}\s?[步讲章节条点种类部]|[图表]\s?\d"
)
BEGINS_CODE = re.compile(r"[$#>{}\[<@]|//|/\*|kubectl\b|docker\b|apiVersion:")
# No paragraph begins with one of these, so what does goes on with the one before.
NEVER_FIRST = re.compile(r"[，。、；：！？,;!?”’」』）)】》]")
LEAVES_OPEN = re.compile(r"[，、,—（(“「『《]$")
INNER_END = re.compile(r"[。！？!?]")
PAUSE = re.compile(r"[，；：]")
HAN_CHARACTER = re.compile(f"[{HAN}]")
BRACKETS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"), ("【", "】"))
# A paragraph that a page break cut has filled at least a printed line; a heading has not.
SHORTEST_CUT = 30
# Longer than any heading.
SURELY_PROSE = 60
# Prose about programs may be half Latin; code with a Chinese remark has less Chinese than this.
HAN_SHARE_OF_PROSE = 0.3


class Line(NamedTuple):
    """A line's own words and where they begin in the source."""

    string: str
    line: int  # from 1
    column: int  # from 0


class WholeLines(Sequence[Line]):
    """Lines of a source from one to another: a text without a `Line` for each of them.

    All are whole, but for the first, which may begin at a column.
    """

    __slots__ = ("column", "source", "start", "stop")

    def __init__(self, source: Sequence[str], start: int, stop: int, *, column: int = 0) -> None:
        self.source = source  # all of its lines
        self.start = start  # from 0
        self.stop = stop
        self.column = column

    @property
    def strings(self) -> Sequence[str]:
        strings = self.source[self.start : self.stop]
        return [strings[0][self.column :], *strings[1:]] if self.column else strings

    def __len__(self) -> int:
        return max(self.stop - self.start, 0)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> "WholeLines": ...
    def __getitem__(self, at: int | slice) -> "Line | WholeLines":
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self))
            column = 0 if start else self.column
            return WholeLines(self.source, self.start + start, self.start + stop, column=column)
        position = range(self.start, self.stop)[at]
        column = self.column if position == self.start else 0
        return Line(self.source[position][column:], position + 1, column)


def strings_of(lines: Sequence[Line]) -> Sequence[str]:
    return lines.strings if isinstance(lines, WholeLines) else [line.string for line in lines]


def from_column(lines: Sequence[Line], column: int) -> Sequence[Line]:
    """The lines without so many characters at the beginning of the first."""
    if isinstance(lines, WholeLines):
        return WholeLines(lines.source, lines.start, lines.stop, column=lines.column + column)
    first = lines[0]
    return [Line(first.string[column:], first.line, first.column + column), *lines[1:]]


def is_blank(line: str) -> bool:
    """Whether a line shows nothing."""
    return not line or line.isspace() or not line.strip(BLANK)


def stripped(string: str, line: int, *, blanks: str = BLANK) -> Line:
    """The line without the blanks around it."""
    return Line(string.strip(blanks), line, len(string) - len(string.lstrip(blanks)))


def raw_text(lines: Iterable[Line]) -> Text:
    """The lines as one text, nothing left out."""
    if isinstance(lines, WholeLines):
        return text_at("\n".join(lines.strings), lines.start + 1, lines.column)
    pieces: list[Piece] = []
    strings: list[str] = []
    offset = 0
    following = 0  # the line that a piece goes on in by itself
    for string, line, column in lines:
        if column or line != following:
            pieces.append(Piece(offset, line, column))
        strings.append(string)
        offset += len(string) + 1
        following = line + 1
    return Text(string="\n".join(strings), pieces=tuple(pieces) or (Piece(0, 1, 0),))


def concatenated(texts: Sequence[Text], separator: str) -> Text:
    """The texts as one, with a separator between them that belongs to the one before."""
    pieces: list[Piece] = []
    offset = 0
    for text in texts:
        pieces += [Piece(at + offset, line, column) for at, line, column in text.pieces]
        offset += len(text.string) + len(separator)
    return Text(
        string=separator.join(text.string for text in texts), pieces=tuple(pieces) or (Piece(0, 1, 0),)
    )


def join_cut_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that are one paragraph each, grouped where a page break cut one in two."""
    groups: list[list[Line]] = [[line] for line in lines[:1]]
    for before, after in pairwise(lines):
        if is_cut(before.string, after.string):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def is_cut(before: str, after: str) -> bool:
    """Whether `after` goes on in the middle of the sentence that `before` leaves open.

    Headings, list items and code end without punctuation as well, so `before` must look
    like running prose that is not at its end, and `after` like the rest of one.
    """
    if ENDS_SENTENCE.search(before) or not _is_prose(before) or not HAN_CHARACTER.search(after):
        return False
    if BEGINS_ITEM.match(after) or BEGINS_CODE.match(after):
        return False
    if NEVER_FIRST.match(after) or LEAVES_OPEN.search(before) or _leaves_bracket_open(before):
        return True
    if BEGINS_ITEM.match(before) or not _outgrows_heading(before):
        return False
    return ENDS_SENTENCE.search(after) is not None or (_is_prose(after) and _outgrows_heading(after))


def _is_prose(string: str) -> bool:
    """Whether a line is long and Chinese enough to be a paragraph's."""
    return (
        len(string) >= SHORTEST_CUT
        and not BEGINS_CODE.match(string)
        and len(HAN_CHARACTER.findall(string)) >= HAN_SHARE_OF_PROSE * len(string)
    )


def _outgrows_heading(string: str) -> bool:
    """Whether a line holds more than a heading would: sentences, very many words, an open clause."""
    if INNER_END.search(string) or len(string) >= SURELY_PROSE:
        return True
    return PAUSE.search(string) is not None and string[-1] not in CLOSERS


def _leaves_bracket_open(string: str) -> bool:
    return any(string.count(opening) > string.count(closing) for opening, closing in BRACKETS)


def joined(group: Sequence[Line]) -> Text:
    """The parts of a cut paragraph as one text; a space only between two Latin words."""
    if len(group) == 1:
        return raw_text(group)
    string = ""
    pieces: list[Piece] = []
    for part in group:
        if string and re.match(r"[A-Za-z0-9]", part.string) and re.search(r"[A-Za-z0-9,.;]$", string):
            string += " "
        pieces.append(Piece(len(string), part.line, part.column))
        string += part.string
    return Text(string=string, pieces=tuple(pieces))
