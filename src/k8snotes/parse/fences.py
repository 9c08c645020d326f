"""Code between fences: which lines it takes, and whether what looks like a page's own mark stands in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from k8snotes.model.source import Source
from k8snotes.parse.facts import once
from k8snotes.parse.paragraphs import BLANK

# The marks of quotations, items and replies may stand before it; backticks that end on its line are a
# code span's.
FENCE = re.compile(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?P<reply>(?:作者|编辑)回复[：:][ \t]*+)?"
    r"(?P<mark>`{3,}+(?=[^`]*+\Z)|~{3,}+)(?P<info>.*)",
    re.DOTALL,
)


class Fence(NamedTuple):
    at: int  # its line, from 0
    mark: str
    opened: int | None  # where the code began that goes on below it; None where there is none


def fenced(lines: Sequence[str], start: int, stop: int) -> frozenset[int]:
    """The lines of code in [start, stop), their fences with them; a fence that nothing closes is none."""
    found: set[int] = set()
    for above, fence in pairwise(_fences(lines, range(start, stop))):
        if above.opened is not None and fence.opened is None:
            found.update(range(above.opened, fence.at + 1))
    return frozenset(found)


def stands_in_fence(source: Source, at: int) -> bool:
    """Whether a line stands in a fence: opened above, and closed below.

    Neither alone tells: some bodies leave a fence open, and readers quote code. But readers' fences, as
    those of a body, come in pairs: where one more closes this line's, an odd number stands below it.
    """
    return _alike_below(source, at, at) % 2 == 1


def is_fenced_in(source: Source, first: int, last: int) -> bool:
    """Whether a fence is opened above the lines [first, last] and one as it stands below.

    For lines whose end is known: no reader's fence stands below comments that end the file.
    """
    return _alike_below(source, first, last) > 0


def _alike_below(source: Source, first: int, last: int) -> int:
    """How many fences below `last` are of the kind of the one that is open above `first`; 0 where none is."""
    fences = _fences_of(source)
    above = bisect_left(fences, first, key=lambda fence: fence.at) - 1
    if above < 0 or fences[above].opened is None:
        return 0
    alike = _positions_by_mark(source)[fences[above].mark[0]]
    return len(alike) - bisect_right(alike, last)


@once
def _fences_of(source: Source) -> tuple[Fence, ...]:
    return tuple(_fences(source.lines, source.lines_with("```", "~~~")))


@once
def _positions_by_mark(source: Source) -> Mapping[str, Sequence[int]]:
    return {mark: [fence.at for fence in _fences_of(source) if fence.mark[0] == mark] for mark in "`~"}


def _fences(lines: Sequence[str], positions: Iterable[int]) -> Iterator[Fence]:
    """The fences among the lines at these positions, read from the top."""
    opened, open_mark = None, ""
    for at in positions:
        if not (match := FENCE.match(lines[at])):
            continue
        mark = match["mark"]
        if opened is None:
            opened, open_mark = at, mark
        elif not mark.startswith(open_mark):
            continue  # a line of the code
        elif not match["reply"] and not match["info"].strip(BLANK):
            opened = None
        yield Fence(at, mark, opened)
