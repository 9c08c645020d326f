"""Lines that a page's width broke, joined again: a line goes on where the one before is full."""

from collections.abc import Sequence
from itertools import pairwise

from k8snotes.model.text import Text
from k8snotes.parse.paragraphs import (
    BEGINS_ITEM,
    BLANK,
    ENDS_SENTENCE,
    HAN_CHARACTER,
    Line,
    concatenated,
    joined,
)

# A full line lacks at most so many cells of the widest one: the next word did not fit.
RAGGED = 6
# Shorter lines than this no page has; where the widest is, nothing was wrapped.
NARROWEST = 24


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


def unwrapped_text(lines: Sequence[Line], width: int | None = None, shown: Sequence[str] = ()) -> Text:
    """The lines as one text, those joined that the page broke."""
    return concatenated([joined(group) for group in unwrapped(lines, width, shown)], "\n")


def cells(string: str) -> int:
    """How wide a string prints: two for what is wide in East Asian type."""
    return sum(2 if character > "\u2e7f" else 1 for character in string)
