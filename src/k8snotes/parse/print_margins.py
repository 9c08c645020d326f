"""What a browser, or whoever made a page, put at the edges of its printed pages.

11/23/26, 9:30 AM title
…
https://example.com/05 3/14
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from k8snotes.model.source import Source
from k8snotes.parse.margins_of_two import margins_of_two
from k8snotes.parse.masthead import DATE, DATE_THEN_AUTHOR
from k8snotes.parse.paragraphs import BLANK

PRINTED_ADDRESS = re.compile(r"(?:https?|file)://.*\s\d{1,4}/\d{1,4}")
PRINTED_DATE = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}(?:[,，]|\s).*")
NO_MARGIN = re.compile(rf"^{DATE.pattern}$|[。！？]$")  # the date and the words of a comment
LONGEST_NUMBER = 6  # digits of a page's
EDGE = 3  # lines at each end of a page that may be no part of the text
REPEATED_ON = 3  # pages, and more than half of them
PAIR = 2


def page_margins(source: Source) -> frozenset[int]:
    """The lines at the edges of pages that the browser, or the page's maker, put on each of them."""
    pages = [[at for at in page if source.lines[at].strip(BLANK)] for page in _pages(source)]
    found: set[int] = set()
    for edges in ([page[:EDGE] for page in pages], [page[: -EDGE - 1 : -1] for page in pages]):
        numbered = _counts_pages([_number(source.lines[edge[0]]) if edge else None for edge in edges])
        seen = Counter((place, _shape(source.lines[at])) for edge in edges for place, at in enumerate(edge))
        for edge in edges:
            is_printed = any(PRINTED_ADDRESS.fullmatch(source.lines[at].strip(BLANK)) for at in edge)
            for place, at in enumerate(edge):
                line = source.lines[at].strip(BLANK)
                on = seen[place, _shape(line)]
                repeated = on >= REPEATED_ON and on * 2 > len(pages) and not NO_MARGIN.search(line)
                if repeated and line.isdecimal() and not numbered:
                    break  # the number of answers or likes of a comment
                printed = PRINTED_ADDRESS.fullmatch(line) or (is_printed and PRINTED_DATE.fullmatch(line))
                if not repeated and not printed:
                    break  # what stands further in is text
                found.add(at)
    if len(pages) == PAIR:
        found |= margins_of_two(source, *([at for at in page if at not in found] for page in pages))
    return frozenset(found - _running_title(source, found))


def _number(line: str) -> int | None:
    line = line.strip(BLANK)
    return int(line) if line.isdecimal() and len(line) <= LONGEST_NUMBER else None


def _counts_pages(numbers: Sequence[int | None]) -> bool:
    """Whether the numbers at the edges of the pages grow by one from each to the next that has one."""
    firsts = {number - place for place, number in enumerate(numbers) if number is not None}
    return len(firsts) == 1


def _running_title(source: Source, margins: set[int]) -> set[int]:
    """The first line, where the page's maker put the lesson's title on every page: date and author follow."""
    lines = [at for at, line in enumerate(source.lines) if line.strip(BLANK)]
    following = next((source.lines[at].strip(BLANK) for at in lines if at not in margins), "")
    return set(lines[:1]) if DATE_THEN_AUTHOR.fullmatch(following) else set()


def _shape(line: str) -> str:
    """A line with its numbers, which differ from page to page, made alike."""
    return re.sub(r"\d+", "0", line.strip(BLANK))


def _pages(source: Source) -> Iterator[range]:
    """The lines of each page, after the PDF's own pages or the form feeds of its text."""
    starts = [line - 1 for line, locator in source.places if locator.page is not None]
    starts = starts or [0, *(at for at, line in enumerate(source.lines) if at and line.startswith("\f"))]
    for start, stop in zip(starts, [*starts[1:], len(source.lines)], strict=True):
        yield range(start, stop)
