"""Comments in the text of a printed page: one field a line, no mark but the date's between two.

•  name, at times without the bullet     name
2018-10-08, or the seconds since 1970    置顶
text                                     text
作者回复 reply                            作者回复: reply
3 / 16: answers and likes                2022-03-25来自北京
                                         3 / 16

Pages of 2018 have `👍 16` below the date. A name that is lost, as one of nothing but emoji is, is not taken
from the words above the date: names look alike where a PDF shows how lines are set, stand as far above their
dates as others do, and are no replies. Its bullet may be left, or the room that it had.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from k8snotes.model.lesson import Comment
from k8snotes.model.text import Text
from k8snotes.parse.comment_items import PINNED, PINNED_MARK
from k8snotes.parse.comments import REPLY_WITHOUT_COLON, make_comment, read_likes
from k8snotes.parse.draft import span
from k8snotes.parse.masthead import is_day, read_day
from k8snotes.parse.paragraphs import Line

HEADING = re.compile(r"(?:精选|全部)留言\s*[（(]?(?P<count>\d{1,9})?[)）]?")
TABS = re.compile(r"(?:(?:最新|精选|最热)\s*){1,3}")
BULLET = re.compile(r"[•·●](?:\s{1,3}(?P<name>\S.*))?")
COUNT = re.compile(r"(?P<glyph>[\ue000-\uf8ff]?)\s*(?P<count>\d{1,6})?")
# Below the date at a comment's end a thumb is no text.
COUNT_BELOW = re.compile(
    r"(?P<glyph>(?:[\ue000-\uf8ff]|👍[\ufe0f\U0001f3fb-\U0001f3ff]*)?)\s*(?P<count>\d{1,6})?"
)
COUNTED_THUMB = re.compile(r"👍[\ufe0f\U0001f3fb-\U0001f3ff]*\s*\d+")
LONGEST_NAME = 40
ROOM_FOR_LINE = 1.4  # as far as a name stands above its date: where another line had room between
MOST_COUNTS = 2
TABS_LINES = 3


class Page(Protocol):
    """What a page of lines can tell of them."""

    def comment_text(self, lines: Sequence[Line]) -> Callable[[Sequence[Line]], Text]:
        """How lines out of these comments read."""

    def alike(self, samples: Sequence[Line]) -> Callable[[Line], bool] | None:
        """Tells whether a line is set like most of these; None where nothing shows how lines are set."""

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether the page's width cut the one line from the other, as far as it can be told."""

    def in_one_part(self, before: Line, line: Line) -> bool:
        """Whether the page says that the two are lines of one paragraph."""

    def distance(self, before: Line, line: Line) -> float | None:
        """How far the one line stands below the other; None where a page ends between them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a comment's fields stand among the lines, from 0."""

    start: int
    day: int | None  # None: the text ends before it
    texts: Sequence[int]
    counts: range
    stop: int


def heading_of(strings: Sequence[str]) -> int | None:
    """The last heading of comments that has some below it, of those with a number if there are any."""
    headings = [(at, match) for at, string in enumerate(strings[:-1]) if (match := HEADING.fullmatch(string))]
    if not headings:
        return None
    last_day = next((at for at in range(len(strings) - 1, -1, -1) if is_day(strings[at])), 0)
    for at, match in reversed(headings):
        start = _below_tabs(strings, at + 1)
        if match["count"] and (begins_dated(strings, start) or start < last_day):
            return at
    dated = (at for at, _ in reversed(headings) if begins_dated(strings, _below_tabs(strings, at + 1)))
    return next(dated, None)


def read_comments(text: Sequence[Line], first: int, page: Page) -> Iterator[tuple[Comment, bool]]:
    """The comments from a line on, and of each whether the text ends inside it."""
    strings = [line.string for line in text]
    start = _below_tabs(strings, first)
    join = page.comment_text(text[start:])
    if begins_dated(strings, start) or is_day(strings[start]):
        found = list(_dated_first(text, strings, start, page))
        has_thumbs = any(one.texts and COUNTED_THUMB.fullmatch(strings[one.texts[0]]) for one in found)
    else:
        found, has_thumbs = list(_dated_last(text, strings, start, page)), False
    # The thumb of a comment that nobody liked has no number; it is set like the date above it.
    like_days = page.alike([text[one.day] for one in found if one.day is not None])
    for one in found:
        shown = strings[one.start] if one.start != one.day else ""
        bullet = BULLET.fullmatch(shown)
        name = bullet["name"] or "" if bullet else shown
        texts = [text[at] for at in one.texts]
        pinned = PINNED.search(name) is not None
        if texts and texts[0].string == PINNED_MARK and len(texts) > 1:
            pinned, texts = True, texts[1:]
        is_thumb = has_thumbs or (
            like_days is not None and len(texts) > 1 and like_days(texts[0]) and not like_days(texts[1])
        )
        likes = read_likes(texts[0].string) if texts and is_thumb else None
        if likes is not None:
            texts = texts[1:]
        counts = [match for at in one.counts if (match := COUNT_BELOW.fullmatch(strings[at]))]
        comment = make_comment(
            name=PINNED.sub("", name),
            day=read_day(strings[one.day]) if one.day is not None else None,
            likes=_number(counts[-1]) if counts else likes,
            reply_count=_number(counts[0]) if len(counts) == MOST_COUNTS else None,
            lines=texts,
            span=span(text[one.start].line - 1, text[one.stop - 1].line),
            pinned=pinned,
            reply_mark=REPLY_WITHOUT_COLON,
            join=join,
        )
        yield comment, one.day is None


def _number(match: re.Match[str]) -> int | None:
    if match["count"]:
        return int(match["count"])
    return 0 if match["glyph"].startswith("👍") else None


def _below_tabs(strings: Sequence[str], first: int) -> int:
    """Where the first comment begins: below the words that sort the comments."""
    at = first
    while at < min(first + TABS_LINES - 1, len(strings) - 1) and TABS.fullmatch(strings[at]):
        if begins_dated(strings, at):
            break  # a name
        at += 1
    return at


def begins_dated(strings: Sequence[str], at: int) -> bool:
    """Whether a name stands here, above its date."""
    below = at + 2 if strings[at + 1 : at + 2] == [PINNED_MARK] else at + 1
    return (
        below < len(strings)
        and is_day(strings[below])
        and len(strings[at]) <= LONGEST_NAME
        and not is_day(strings[at])
        and not REPLY_WITHOUT_COLON.match(strings[at])
    )


def _dated_first(text: Sequence[Line], strings: Sequence[str], start: int, page: Page) -> Iterator[Found]:
    """Comments that begin with a name above its date; where the first has a bullet, all have one."""
    dated = list(_starts_above_dates(text, strings, start, page))
    starts = [at for at, _ in dated]
    ends = [*starts[1:], len(strings)]
    counted = [_counts_before(strings, at, end) for at, end in zip(starts, ends, strict=True)]
    # A text may be a number, so bare numbers are counts only where most comments end in them.
    has_bare = sum(stop < end for stop, end in zip(counted, ends, strict=True)) * 3 > len(starts) * 2
    for (at, day), end, stop in zip(dated, ends, counted, strict=True):
        below = stop if has_bare or any(_has_glyph(strings[i]) for i in range(stop, end)) else end
        texts = range(day + 1, max(below, day + 1))
        yield Found(at, day, texts, range(max(below, day + 1), end), end)


def _starts_above_dates(
    text: Sequence[Line], strings: Sequence[str], start: int, page: Page
) -> Iterator[tuple[int, int]]:
    """Where a comment begins and where its date stands: one below the other, unless the name is lost."""
    plain = [at for at in range(start, len(strings) - 1) if begins_dated(strings, at)]
    bulleted = _has_bullets(strings, start, plain)
    days = [at + 1 if is_day(strings[at + 1]) else at + 2 for at in plain]
    like_names = page.alike([text[at] for at in plain])
    like_days = page.alike([text[at] for at in days])
    is_in_part, is_day_in_part = _in_part_of_above(text, plain, page), _in_part_of_above(text, days, page)
    had_room = _had_room(text, days, page)
    named = dict(zip(days, plain, strict=True))

    def is_name(at: int, day: int) -> bool:
        if bulleted:
            return BULLET.fullmatch(strings[at]) is not None
        if at > start and (is_in_part(at) or page.goes_on(text[at - 1], text[at])):
            return False
        return (like_names is None or like_names(text[at])) and not is_day_in_part(day) and not had_room(day)

    def lacks_name(day: int) -> bool:
        if bulleted or (like_days is not None and not like_days(text[day])):
            return False
        if day == start:
            return True
        if day - 1 == previous or is_day_in_part(day):
            return False  # a date in a text
        is_alone = like_days is not None and not _set_alike(like_days, text, day)
        return is_alone or had_room(day) or REPLY_WITHOUT_COLON.match(strings[day - 1]) is not None

    previous = -1  # the last date
    for day in range(start, len(strings)):
        if not is_day(strings[day]):
            continue
        at = named.get(day, -1)
        if at > previous and is_name(at, day):
            yield at, day
            previous = day
        elif lacks_name(day):
            yield day, day
            previous = day


def _has_bullets(strings: Sequence[str], start: int, names: Sequence[int]) -> bool:
    """Whether names have bullets: where the first has, or is nothing but one and others have."""
    if not BULLET.fullmatch(strings[start]):
        return False
    bullets = [bullet for at in names if (bullet := BULLET.fullmatch(strings[at]))]
    return len(names) < 2 or any(bullet["name"] for bullet in bullets)


def _in_part_of_above(text: Sequence[Line], alike: Sequence[int], page: Page) -> Callable[[int], bool]:
    """Tells whether a line is of one paragraph with that above it, where most of these are of another."""
    pairs = [(text[at - 1], text[at]) for at in alike if at]
    if sum(page.in_one_part(above, line) for above, line in pairs) * 2 >= len(pairs):
        return lambda _: False
    return lambda at: page.in_one_part(text[at - 1], text[at])


def _had_room(text: Sequence[Line], days: Sequence[int], page: Page) -> Callable[[int], bool]:
    """Tells of a date whether there was room for a name above it.

    It stands further below the line above than most dates do, and than that line below its own.
    """
    distances = Counter(page.distance(text[day - 1], text[day]) for day in days)
    del distances[None]
    usual = max(distances, key=distances.__getitem__, default=None)

    def had_room(day: int) -> bool:
        distance = page.distance(text[day - 1], text[day]) if day else None
        if distance is None or usual is None or distance <= ROOM_FOR_LINE * usual:
            return False
        above = page.distance(text[day - 2], text[day - 1]) if day > 1 else None
        return above is None or distance > above

    return had_room


def _set_alike(like_days: Callable[[Line], bool], text: Sequence[Line], day: int) -> bool:
    """Whether the line below a date is set like it, so that it may be a date in a text."""
    return day + 1 >= len(text) or like_days(text[day + 1])


def _dated_last(text: Sequence[Line], strings: Sequence[str], start: int, page: Page) -> Iterator[Found]:
    """Comments that end in their date, with the counts below it, or a reply."""
    like_names = page.alike(text[start : start + 1])
    at = start
    while at < len(strings):
        day = next((i for i in range(at + 1, len(strings)) if is_day(strings[i])), None)
        if day is None:
            yield Found(at, None, range(at + 1, len(strings)), range(0), len(strings))
            return
        stop = day + 1
        while stop < min(day + 1 + MOST_COUNTS, len(strings)) and COUNT_BELOW.fullmatch(strings[stop]):
            if (
                like_names is not None
                and strings[stop].isdecimal()
                and like_names(text[stop])
                and not like_names(text[day])
            ):
                break  # a reader who is called 1024
            stop += 1
        counts = range(day + 1, stop)
        replied = like_names is not None and stop < len(strings) and REPLY_WITHOUT_COLON.match(strings[stop])
        texts: Sequence[int] = range(at + 1, day)
        if replied and like_names is not None:
            end = next((i for i in range(stop + 1, len(strings)) if like_names(text[i])), len(strings))
            texts = [*texts, *(i for i in range(stop, end) if not is_day(strings[i]))]
            stop = end
        yield Found(at, day, texts, counts, stop)
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
