"""Line breaking for Chinese and mixed text on a grid of cells."""

import re
import unicodedata
from collections.abc import Callable, Iterator

# 禁则: what may not begin a line, and what may not end one.
NEVER_FIRST = frozenset("，。、；：！？…—）〉》」』】〕”’·,.;:!?)]}%～")
NEVER_LAST = frozenset("（〈《「『【〔“‘([{")
# A character with what is drawn over it or joined to it: accents, emoji made of several.
OVER = r"\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
CLUSTER = re.compile(rf".(?:[{OVER}]|\u200d.)*", re.DOTALL)
# A Latin word or number stays whole, with the marks that stick to it; all else breaks anywhere.
UNIT = re.compile(
    rf"(?P<word>[A-Za-z0-9_@#$&'/\\=+\-.:%~][A-Za-z0-9_@#$&'/\\=+\-.:%~{OVER}]*)|\s+|{CLUSTER.pattern}",
    re.DOTALL,
)

CellLen = Callable[[str], int]


def cells(text: str) -> int:
    """How many cells of a terminal a text of ours takes; Rich knows all others better."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def wrap(text: str, width: int, cell_len: CellLen) -> Iterator[str]:
    """The lines of a text, each at most `width` cells wide where that is possible.

    A mark that may not begin a line is pulled over with the character before it. A word
    wider than the line is cut.
    """
    for paragraph in text.split("\n"):
        yield from _wrap_paragraph(paragraph, max(width, 4), cell_len)


def _wrap_paragraph(text: str, width: int, cell_len: CellLen) -> Iterator[str]:
    units: list[str] = []
    for unit in UNIT.finditer(text):
        units += CLUSTER.findall(unit[0]) if unit["word"] and cell_len(unit[0]) > width else [unit[0]]
    at = 0
    while (full := _filled(units, at, width, cell_len)) < len(units):
        stop = next((stop for stop in range(full, at, -1) if _may_break(units, at, stop)), None)
        if stop is None:  # words and marks that hold together: rather cut the words
            pieces = [piece for unit in units[at : full + 1] for piece in CLUSTER.findall(unit)]
            if len(pieces) > full + 1 - at:
                units[at : full + 1] = pieces
                continue
            stop = full
        yield "".join(units[at:stop]).rstrip()
        at = stop + 1 if units[stop].isspace() else stop
    if at < len(units) or not units:
        yield "".join(units[at:]).rstrip()


def _filled(units: list[str], at: int, width: int, cell_len: CellLen) -> int:
    """Where the line that begins at `at` is full; it holds one unit at least."""
    used = 0
    for stop in range(at, len(units)):
        used += cell_len(units[stop])
        if used > width and stop > at:
            return stop
    return len(units)


def _may_break(units: list[str], at: int, stop: int) -> bool:
    """Whether the line that begins at `at` may end before `stop`; blanks there count for nothing."""
    last = stop - 2 if units[stop - 1].isspace() else stop - 1
    first = stop + 1 if units[stop].isspace() else stop
    if last < at or units[last].isspace():
        return False
    return units[last][0] not in NEVER_LAST and (first == len(units) or units[first][0] not in NEVER_FIRST)
