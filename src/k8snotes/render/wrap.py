"""Line breaking for Chinese and mixed text on a grid of cells."""

import re
from collections.abc import Callable, Iterator

# 禁则: what may not begin a line, and what may not end one.
NEVER_FIRST = frozenset("，。、；：！？…—）〉》」』】〕”’·,.;:!?)]}%～")
NEVER_LAST = frozenset("（〈《「『【〔“‘([{")
# A Latin word or number stays whole, with the marks that stick to it; all else breaks anywhere.
UNIT = re.compile(r"[A-Za-z0-9_@#$&'/\\=+\-.:%~]+|\s+|.", re.DOTALL)


def wrap(text: str, width: int, cell_len: Callable[[str], int]) -> Iterator[str]:
    """The lines of a text, each at most `width` cells wide where that is possible.

    A mark that may not begin a line is pulled over with the character before it. A word
    wider than the line is cut.
    """
    for paragraph in text.split("\n"):
        yield from _wrap_paragraph(paragraph, max(width, 4), cell_len)


def _wrap_paragraph(text: str, width: int, cell_len: Callable[[str], int]) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for unit in _units(text, width, cell_len):
        size = cell_len(unit)
        if used + size <= width or (not line and size > width):
            line.append(unit)
            used += size
            continue
        carried = [] if unit.isspace() else [unit]
        while line and _may_not_break(line, carried):
            carried.insert(0, line.pop())
        if not line:  # nothing but marks: let them stand
            line, carried = carried, []
            yield "".join(line).rstrip()
            line, used = [], 0
            continue
        yield "".join(line).rstrip()
        line, used = carried, sum(map(cell_len, carried))
    if line or not text:
        yield "".join(line).rstrip()


def _may_not_break(line: list[str], carried: list[str]) -> bool:
    return line[-1] in NEVER_LAST or bool(carried and carried[0] in NEVER_FIRST)


def _units(text: str, width: int, cell_len: Callable[[str], int]) -> Iterator[str]:
    for match in UNIT.finditer(text):
        unit = match[0]
        if cell_len(unit) <= width:
            yield unit
        else:
            yield from unit
