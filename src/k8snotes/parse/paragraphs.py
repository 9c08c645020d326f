"""Paragraphs as the page shows them: lines to text, and paragraphs that a page break cut."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from k8snotes.model.text import Piece, Text

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
INVISIBLE = "\u200b\ufeff"
BLANK = f" \t\f\v\r\n\u00a0\u3000{INVISIBLE}"

ENDS_SENTENCE = re.compile(r"[。！？；：…!?;:.](?:[”’」』）)】》\"']|\*\*)*$|[”」』）)】》>]$")
BEGINS_ITEM = re.compile(
    r"(?:[-*+•·●]|\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、|#{1,6}\s)"
)
HAS_HAN = re.compile(f"[{HAN}]")
# A paragraph that a page break cut has filled at least a printed line; a heading has not.
SHORTEST_CUT = 30


class Line(NamedTuple):
    """A line's own words and where they begin in the source."""

    string: str
    line: int  # from 1
    column: int  # from 0


def stripped(string: str, line: int, *, blanks: str = BLANK) -> Line:
    """The line without the blanks around it."""
    return Line(string.strip(blanks), line, len(string) - len(string.lstrip(blanks)))


def raw_text(lines: Iterable[Line]) -> Text:
    """The lines as one text, nothing left out."""
    pieces: list[Piece] = []
    strings: list[str] = []
    offset = 0
    for string, line, column in lines:
        pieces.append(Piece(offset, line, column))
        strings.append(string)
        offset += len(string) + 1
    return Text(string="\n".join(strings), pieces=tuple(pieces) or (Piece(0, 1, 0),))


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
    like running prose (long, with a pause in it) and `after` like the rest of one.
    """
    return (
        not ENDS_SENTENCE.search(before)
        and len(before) >= SHORTEST_CUT
        and re.search(r"[，。！？；：、]", before) is not None
        and not BEGINS_ITEM.match(after)
        and HAS_HAN.search(before[-12:]) is not None
        and HAS_HAN.search(after) is not None
        and (ENDS_SENTENCE.search(after) is not None or len(after) >= SHORTEST_CUT)
    )


def joined(group: Sequence[Line]) -> Text:
    """The parts of a cut paragraph as one text; a space only between two Latin words."""
    string = ""
    pieces: list[Piece] = []
    for part in group:
        if string and re.match(r"[A-Za-z0-9]", part.string) and re.search(r"[A-Za-z0-9,.;]$", string):
            string += " "
        pieces.append(Piece(len(string), part.line, part.column))
        string += part.string
    return Text(string=string, pieces=tuple(pieces))
