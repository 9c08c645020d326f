"""Comments in the text of a printed page: one field a line, no mark but the date's between two.

•  name, at times without the bullet     name
2018-10-08, or the seconds since 1970    置顶
text                                     text
作者回复 reply                            作者回复: reply
3 / 16: answers and likes                2022-03-25来自北京
                                         3 / 16
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from k8snotes.model.lesson import Comment
from k8snotes.model.text import Text
from k8snotes.parse.comment_items import PINNED, PINNED_MARK
from k8snotes.parse.comments import REPLY_WITHOUT_COLON, make_comment
from k8snotes.parse.draft import span
from k8snotes.parse.masthead import is_day, read_day
from k8snotes.parse.paragraphs import Line

HEADING = re.compile(r"(?:精选|全部)留言\s*[（(]?(?P<count>\d+)?[)）]?")
TABS = re.compile(r"(?:(?:最新|精选|最热)\s*){1,3}")
BULLET = re.compile(r"[•·●]\s{1,3}(?P<name>\S.*)")
COUNT = re.compile(r"(?P<glyph>[\ue000-\uf8ff]?)\s*(?P<count>\d{1,6})?")
LONGEST_NAME = 40
MOST_COUNTS = 2
TABS_LINES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Where a comment's fields stand among the lines, from 0."""

    start: int
    day: int | None  # None: the text ends before it
    texts: range
    counts: range
    stop: int


def heading_of(strings: Sequence[str]) -> int | None:
    """The last heading of comments that has some below it, of those with a number if there are any."""
    found = [
        at
        for at, string in enumerate(strings[:-1])
        if HEADING.fullmatch(string) and _has_comments(strings, at)
    ]
    counted = [at for at in found if (match := HEADING.fullmatch(strings[at])) and match["count"]]
    return next(reversed(counted or found), None)


def read_comments(
    text: Sequence[Line], heading: int, join: Callable[[Sequence[Line]], Text]
) -> Iterator[tuple[Comment, bool]]:
    """The comments below the heading, and whether the text ends inside one."""
    strings = [line.string for line in text]
    start = _below_tabs(strings, heading)
    dated_first = _begins_dated(strings, start)
    found = _dated_first(strings, start) if dated_first else _dated_last(strings, start)
    for one in found:
        bullet = BULLET.fullmatch(strings[one.start])
        name = bullet["name"] if bullet else strings[one.start]
        texts = [text[at] for at in one.texts]
        pinned = PINNED.search(name) is not None
        if texts and texts[0].string == PINNED_MARK and len(texts) > 1:
            pinned, texts = True, texts[1:]
        counts = [match for at in one.counts if (match := COUNT.fullmatch(strings[at]))]
        comment = make_comment(
            name=PINNED.sub("", name),
            day=read_day(strings[one.day]) if one.day is not None else None,
            likes=_number(counts[-1]) if counts else None,
            reply_count=_number(counts[0]) if len(counts) == MOST_COUNTS else None,
            lines=texts,
            span=span(text[one.start].line - 1, text[one.stop - 1].line),
            pinned=pinned,
            reply_mark=REPLY_WITHOUT_COLON,
            join=join,
        )
        yield comment, one.day is None


def _number(match: re.Match[str]) -> int | None:
    return int(match["count"]) if match["count"] else None


def _has_comments(strings: Sequence[str], heading: int) -> bool:
    start = _below_tabs(strings, heading)
    if _begins_dated(strings, start):
        return True
    match = HEADING.fullmatch(strings[heading])
    is_counted = match is not None and match["count"] is not None
    return is_counted and any(is_day(strings[at]) for at in range(start + 1, len(strings)))


def _below_tabs(strings: Sequence[str], heading: int) -> int:
    """Where the first comment begins: below the words that sort the comments."""
    at = heading + 1
    while at < min(heading + TABS_LINES, len(strings) - 1) and TABS.fullmatch(strings[at]):
        if _begins_dated(strings, at):
            break  # a name
        at += 1
    return at


def _begins_dated(strings: Sequence[str], at: int) -> bool:
    """Whether a name stands here, above its date."""
    below = at + 2 if strings[at + 1 : at + 2] == [PINNED_MARK] else at + 1
    return (
        below < len(strings)
        and is_day(strings[below])
        and len(strings[at]) <= LONGEST_NAME
        and not is_day(strings[at])
    )


def _dated_first(strings: Sequence[str], start: int) -> Iterator[Found]:
    """Comments that begin with a name above its date; where the first has a bullet, all have one."""
    bulleted = BULLET.fullmatch(strings[start]) is not None
    starts = [
        at
        for at in range(start, len(strings) - 1)
        if _begins_dated(strings, at) and (not bulleted or BULLET.fullmatch(strings[at]))
    ]
    starts = [
        at for before, at in zip([None, *starts], starts, strict=False) if before is None or at > before + 1
    ]
    ends = [*starts[1:], len(strings)]
    counted = [_counts_before(strings, at, end) for at, end in zip(starts, ends, strict=True)]
    # A text may be a number, so bare numbers are counts only where most comments end in them.
    has_bare = sum(stop < end for stop, end in zip(counted, ends, strict=True)) * 3 > len(starts) * 2
    for at, end, stop in zip(starts, ends, counted, strict=True):
        below = stop if has_bare or any(_has_glyph(strings[i]) for i in range(stop, end)) else end
        day = at + 1 if is_day(strings[at + 1]) else at + 2
        texts = range(day + 1, max(below, day + 1))
        yield Found(at, day, texts, range(max(below, day + 1), end), end)


def _dated_last(strings: Sequence[str], start: int) -> Iterator[Found]:
    """Comments that end in their date, with the counts below it."""
    at = start
    while at < len(strings):
        day = next((i for i in range(at + 1, len(strings)) if is_day(strings[i])), None)
        if day is None:
            yield Found(at, None, range(at + 1, len(strings)), range(0), len(strings))
            return
        stop = day + 1
        while stop < min(day + 1 + MOST_COUNTS, len(strings)) and COUNT.fullmatch(strings[stop]):
            stop += 1
        yield Found(at, day, range(at + 1, day), range(day + 1, stop), stop)
        at = stop


def _counts_before(strings: Sequence[str], start: int, end: int) -> int:
    """Where the lines begin that are counts, at the end of a comment."""
    stop = end
    while stop > max(start + 2, end - MOST_COUNTS) and COUNT.fullmatch(strings[stop - 1]):
        stop -= 1
    return stop


def _has_glyph(string: str) -> bool:
    match = COUNT.fullmatch(string)
    return match is not None and bool(match["glyph"])
