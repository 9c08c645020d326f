"""Lines that a page's width broke, joined again: a line goes on where the one before is full."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from k8snotes.model.source import Source
from k8snotes.model.text import Piece, Text
from k8snotes.parse.facts import once
from k8snotes.parse.paragraphs import (
    BEGINS_ITEM,
    BLANK,
    ENDS_SENTENCE,
    HAN,
    HAN_CHARACTER,
    Line,
    raw_text,
    stripped,
)

# A full line lacks at most so many cells of the widest one: the next word did not fit.
RAGGED = 6
# Between what ends a Latin word and what begins one a wrap took a blank, but not after a hyphen.
ENDS_WORD = re.compile(r"[A-Za-z0-9)\]}>,.;:!?%\"'`]")
BEGINS_WORD = re.compile(r"[A-Za-z0-9(\[{<\"'`$#@&+*]")
APART = re.compile(rf"[{HAN}] (?=[A-Za-z0-9])|[A-Za-z0-9] (?=[{HAN}])")
CLOSE = re.compile(rf"[{HAN}](?=[A-Za-z])|[A-Za-z](?=[{HAN}])")
ENOUGH = 4  # places that show an author's habit
WIDE = re.compile("[\u2e80-\U0010ffff]+")
# Shorter lines than this no page has; where the widest is, nothing was wrapped.
NARROWEST = 24
WIDEST = 120  # nor longer ones


@once
def is_wrapped(source: Source) -> bool:
    """Whether full lines stop in mid-sentence, the next right below them."""
    shown = source.shown
    widths = [  # of lines that may be full and leave their sentence to the next
        width
        for at, below in pairwise(source.filled)
        if below == at + 1
        and HAN_CHARACTER.search(shown[at])
        and not ENDS_SENTENCE.search(shown[at])
        and NARROWEST - RAGGED <= (width := cells(shown[at])) <= WIDEST
    ]
    if len(widths) < 2:
        return False
    widest = page_width([stripped(source.lines[at], at + 1) for at in source.filled])
    return NARROWEST <= widest <= WIDEST and sum(widest - RAGGED <= width <= widest for width in widths) > 1


def page_width(lines: Sequence[Line]) -> int:
    """How wide the page was: what two lines reach, since one alone may have run over its edge."""
    widths = sorted(
        (cells(line.string.strip(BLANK)) for line in lines if HAN_CHARACTER.search(line.string)), reverse=True
    )
    widest = widths[0] if widths else 0
    near = (wide for wide, narrow in pairwise(widths) if wide - narrow <= RAGGED and wide * 2 >= widest)
    return next(near, widest)


def unwrapped(lines: Sequence[Line], width: int | None = None, shown: Sequence[str] = ()) -> list[list[Line]]:
    """The lines in groups that were one line before the page broke them.

    A line as wide as the page that does not end a sentence goes on in the next. How wide that
    is, a few lines do not show: then `width` says it, and `shown` has the source's lines with
    what was taken from their beginnings.
    """
    widest = page_width(lines) if width is None else width
    groups: list[list[Line]] = []
    open_end = False
    for line in lines:
        if open_end and HAN_CHARACTER.search(line.string) and not BEGINS_ITEM.match(line.string.strip(BLANK)):
            groups[-1].append(line)
        else:
            groups.append([line])
        string = line.string.strip(BLANK)
        open_end = (
            widest >= NARROWEST
            and cells(shown[line.line - 1].strip(BLANK) if shown else string) >= widest - RAGGED
            and HAN_CHARACTER.search(string) is not None
            and not ENDS_SENTENCE.search(string)
        )
    return groups


def rejoined(
    group: Sequence[Line], *, spaced: bool = False, is_cut: Callable[[Line, Line], bool] | None = None
) -> Text:
    """The parts of a wrapped line as one text: a blank where the wrap took one from between Latin words.

    `spaced`: the author writes blanks between Chinese and Latin words as well. `is_cut` says whether
    the page broke a Latin word in the middle, and took none.
    """
    if len(group) == 1:
        return raw_text(group)
    string = ""
    pieces: list[Piece] = []
    for at, part in enumerate(group):
        if (
            at
            and _had_blank(string[-1:], part.string[:1], spaced=spaced)
            and not (is_cut and is_cut(group[at - 1], part))
        ):
            string += " "
        pieces.append(Piece(len(string), part.line, part.column))
        string += part.string
    return Text(string=string, pieces=tuple(pieces))


def _had_blank(end: str, start: str, *, spaced: bool) -> bool:
    if ENDS_WORD.match(end):
        return BEGINS_WORD.match(start) is not None or (
            spaced and end.isalnum() and HAN_CHARACTER.match(start) is not None
        )
    return spaced and HAN_CHARACTER.match(end) is not None and start.isascii() and start.isalnum()


def writes_blanks(lines: Iterable[str]) -> bool:
    """Whether an author puts blanks between Chinese and Latin words: hardly ever forgets them."""
    apart = close = 0
    for line in lines:
        apart += len(APART.findall(line))
        close += len(CLOSE.findall(line))
    return apart >= ENOUGH and apart > 4 * close


def cells(string: str) -> int:
    """How wide a string prints: two for what is wide in East Asian type."""
    if string.isascii():
        return len(string)
    return 2 * len(string) - len(WIDE.sub("", string))
