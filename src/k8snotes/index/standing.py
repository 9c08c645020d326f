"""Whose words stand where on the lines of a page: what the matches of a line are part of.

Most lines hold one passage, or a part of one. In articles that are a line of HTML many share it: there the
places of their texts tell which of them a column belongs to, with the tags that open it.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from k8snotes.model.kinds import PassageKind
from k8snotes.model.page import Page, Passage, title_lines

Spans = list[tuple[int, int]]

ITEM_TAG, CLOSING_TAG = "<li", "</"
FAR = sys.maxsize  # a column at the end of any line


class Part(NamedTuple):
    """What of a line is shown together, with the matches in it that are of one kind and writer."""

    start: int  # columns, half open
    stop: int
    kind: PassageKind
    author: str | None
    spans: Spans  # as columns


class _Place(NamedTuple):
    """Where text of a passage stands on a line."""

    start: int
    stop: int
    position: int  # of the passage in its page


class _Stretch(NamedTuple):
    """A run of a line that belongs to one passage, or to the title; it ends where the next one begins."""

    start: int
    kind: PassageKind
    author: str | None
    is_new_comment: bool  # or one that goes on from the line before


class Lines:
    """The lines of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._may_be_shared = frozenset(page.shared_lines)

    def parts(self, line: int, spans: Spans) -> Iterator[Part]:
        """Where matches stand; `spans` are those of a line, in order and apart.

        Each comment of several that share a line is shown by itself, with all that is said of it.
        """
        string = self.page.lines[line - 1]
        stretches = self._shared.get(line) if line in self._may_be_shared else None
        if stretches is None:
            _, kind, author = self.page.line_kinds[bisect_left(self.page.line_kinds, (line,))]
            yield Part(0, len(string), kind, author, spans)
            return
        stretches = _uncut(stretches, spans)
        starts = [stretch.start for stretch in stretches]
        for start, stop in _shown_together(stretches, len(string)):
            found: dict[tuple[PassageKind, str | None], Spans] = {}
            # A match may begin with the line's end.
            last = bisect_left(spans, (stop,)) if stop < len(string) else len(spans)
            for span in spans[bisect_left(spans, (start,)) : last]:
                _, kind, author, _ = stretches[bisect_right(starts, span[0]) - 1]
                found.setdefault((kind, author), []).append(span)
            for (kind, author), own in found.items():
                yield Part(start, stop, kind, author, own)

    @cached_property
    def _shared(self) -> dict[int, list[_Stretch]]:
        """The stretches of the lines that several passages share, or one and the title."""
        passages = [*self.page.passages]
        titled = set(title_lines(self.page.line_kinds))
        lines = self.page.shared_lines
        shared: dict[int, list[int]] = {line: [] for line in lines}
        for position, passage in enumerate(passages):
            for line in lines[
                bisect_left(lines, passage.first_line) : bisect_right(lines, passage.last_line)
            ]:
                shared[line].append(position)
        places = _places(passages, shared)
        found: dict[int, list[_Stretch]] = {}
        for line in shared:
            title = (self.page.title or "") if line in titled else None
            if stretches := _stretches(self.page.lines[line - 1], title, sorted(places[line]), passages):
                found[line] = stretches
        return found


def _places(passages: Sequence[Passage], shared: Mapping[int, Collection[int]]) -> dict[int, list[_Place]]:
    """Where passages stand on lines that they share, given by their positions."""
    places: dict[int, list[_Place]] = {line: [] for line in shared}
    for position in sorted(set().union(*shared.values())):
        text = passages[position].text
        pieces = [*text.line_pieces()]
        stops = [*(piece.offset for piece in pieces[1:]), len(text.string)]
        for (offset, line, column), stop in zip(pieces, stops, strict=True):
            if line in places:
                places[line].append(_Place(column, column + stop - offset, position))
    for line, together in shared.items():
        places[line] += _places_without_text(line, together, passages, places[line])
    return places


def _places_without_text(
    line: int, together: Iterable[int], passages: Sequence[Passage], places: Iterable[_Place]
) -> Iterator[_Place]:
    """Where comments are told of that have no text on a line: the date of one at its beginning, a name."""
    standing = {place.position for place in places}
    said = [at for at in together if passages[at].kind in ("comment", "reply")]
    if not any(passages[at].kind == "comment" and passages[at].first_line == line for at in said):
        return
    for at in said:
        if at in standing:
            continue
        if passages[at].first_line < line:
            yield _Place(0, 0, at)
        elif passages[at].kind == "comment":
            yield _Place(FAR, FAR, at)


def _stretches(
    string: str, title: str | None, places: Sequence[_Place], passages: Sequence[Passage]
) -> list[_Stretch]:
    """The runs of a line, ascending; none where nothing of a passage stands there, or the title is of one."""
    stretches: list[_Stretch] = []
    end = 0  # of the text before
    if places and title is not None:
        before = string[: places[0].start]
        if not before.strip():
            return []
        at = before.find(title)
        end = max(before.rfind(CLOSING_TAG), 0) if at < 0 else at + len(title)
        stretches.append(_Stretch(0, "title", None, False))
    last: int | None = None
    begun: set[int] = set()
    for start, stop, position in places:
        if position != last:
            kind, author = passages[position].kind, passages[position].author
            begin = _opening(string, end, start, kind) if stretches else 0
            is_new = kind == "comment" and position not in begun
            stretches.append(_Stretch(begin, kind, author, is_new))
            begun.add(position)
            last = position
        end = max(end, stop)
    return stretches


def _opening(string: str, end: int, start: int, kind: PassageKind) -> int:
    """Where that begins which has its text from `start` on: with its first tag after the text before."""
    found = _tag(ITEM_TAG, string, end, start) if kind == "comment" else -1
    if found < 0:
        found = _tag("<", string, end, start)
    return min(start, len(string)) if found < 0 else found


# Not by expressions: to compile them would take longer than all that is looked at here.
def _tag(begins: str, string: str, start: int, stop: int) -> int:
    """Where the first opening tag stands that begins so; -1: nowhere."""
    at = string.find(begins, start, stop)
    while at >= 0:
        after = string[at + len(begins) : at + len(begins) + 1]
        if not (after in ("/", "!") if begins == "<" else after.isalnum()):
            return at
        at = string.find(begins, at + 1, stop)
    return -1


def _uncut(stretches: Iterable[_Stretch], spans: Spans) -> list[_Stretch]:
    """The stretches without the comments that a match runs into from the one before: they go with that."""
    kept: list[_Stretch] = []
    follows = False  # whether a comment stands before
    for stretch in stretches:
        if not (follows and stretch.is_new_comment and _runs_over(stretch.start, spans)):
            kept.append(stretch)
        follows = follows or stretch.is_new_comment
    return kept


def _runs_over(column: int, spans: Spans) -> bool:
    before = bisect_left(spans, (column,)) - 1
    return before >= 0 and spans[before][1] > column


def _shown_together(stretches: Iterable[_Stretch], length: int) -> Iterator[tuple[int, int]]:
    """The runs of a line that are shown each by itself: all of it, or each of several comments."""
    _first, *others = [stretch.start for stretch in stretches if stretch.is_new_comment] or [0]
    yield from pairwise([0, *others, length])
