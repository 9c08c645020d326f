"""What a printer added to both of two pages, which three would prove by repeating it.

Two pages may begin or end in the same words by chance. So such a line must stand at the same place on
both, outside of all others, and either where the order of the text does not, or apart from the others
and as none of them; or it says how many pages there are.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from k8snotes.model.source import Look, Source
from k8snotes.parse.paragraphs import BLANK

# "2", "- 2 -", "第 2 页", "2 / 14", "第 2 页 共 14 页", "Page 2 of 14"
PAGE_NUMBER = re.compile(
    r"(?:[-–—·(（]\s*|第\s*|Page\s+)?(?P<page>\d{1,4})(?:\s*页)?"
    r"(?:\s*(?:[/／]\s*共?|[，,]?\s*共|of)\s*(?P<pages>\d{1,4}))?(?:\s*[-–—·)）]|\s*页)?",
    re.IGNORECASE,
)
MOST = 3  # lines at each end of a page
SAME_PLACE = 1.5  # points
APART = 1.6  # times as far as lines stand from each other
LARGER = 1.07  # than the others, at least, is a heading


def margins_of_two(source: Source, first: Sequence[int], second: Sequence[int]) -> set[int]:
    """The lines at the edges of two pages, of those given, that are surely no text."""
    pages = [list(first), list(second)]
    found: set[int] = set()
    for end in (0, -1):
        for _ in range(MOST):
            if not all(pages) or not _is_margin(source, pages, end):
                break
            found.update(page.pop(end) for page in pages)
    return found


def _is_margin(source: Source, pages: Sequence[Sequence[int]], end: int) -> bool:
    """Whether the lines at one end of both pages are none of their text."""
    line, other = (source.lines[page[end]].strip(BLANK) for page in pages)
    counts = _counted(line, other)
    if counts == (1, len(pages)):
        return True
    if not source.looks or (counts is None and line != other):
        return False
    looks = [[look for at in page if (look := source.looks[at])] for page in pages]
    return (
        all(looks)
        and _is_at_same_place(*(page[end] for page in looks))
        and all(_is_apart(page, end, is_number=counts is not None) for page in looks)
    )


def _counted(line: str, other: str) -> tuple[int, int] | None:
    """Which page the first is, and of how many (0: it does not say), where two lines count them."""
    here, there = PAGE_NUMBER.fullmatch(line), PAGE_NUMBER.fullmatch(other)
    if (
        not here
        or not there
        or here["pages"] != there["pages"]
        or int(there["page"]) != int(here["page"]) + 1
    ):
        return None
    return int(here["page"]), int(here["pages"] or 0)


def _is_at_same_place(look: Look, other: Look) -> bool:
    """Whether two lines are set at one height, and begin, end or have their middle at one place."""
    places = (
        (look.left, other.left),
        (look.right, other.right),
        ((look.left + look.right) / 2, (other.left + other.right) / 2),
    )
    return abs(look.baseline - other.baseline) <= SAME_PLACE and any(
        abs(here - there) <= SAME_PLACE for here, there in places
    )


def _is_apart(page: Sequence[Look], end: int, *, is_number: bool) -> bool:
    """Whether the line at one end of the text of a page stands where no line of the text would."""
    line, others = page[end], (page[1:] if end == 0 else page[:-1])
    if not others:
        return False
    highest, lowest = max(look.baseline for look in others), min(look.baseline for look in others)
    is_above, is_below = line.baseline > highest, line.baseline < lowest
    if not is_above and not is_below:
        return False
    if is_above != (end == 0):
        return True  # the text has it last and the page first, or the other way round
    steps = [above.baseline - below.baseline for above, below in pairwise(others)]
    pitch = median([step for step in steps if step > 0] or [line.size])
    distance = line.baseline - highest if is_above else lowest - line.baseline
    if distance <= APART * pitch:
        return False
    if is_below and is_number:
        return True
    size = median(look.size for look in others)
    begins_as_others = any(abs(look.left - line.left) <= SAME_PLACE for look in others)
    return not begins_as_others and (is_below or line.size < LARGER * size)
