"""A page as bytes to keep, and back: equal to what went in.

Its lines are kept as they are, so that they can be searched without unpacking them.

A text that stands in its lines word for word, as nearly all do, is kept as its places alone.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, overload

from k8snotes.model.page import LineRun, Page, Passage, Places
from k8snotes.model.text import Piece, Text

if TYPE_CHECKING:
    import datetime
    import json

FASTEST = 1  # of zlib's levels; the best saves a tenth more and takes five times as long


# How a passage stands in the lines: it is all that is on some, or one run of their characters, or neither.
Placing = Literal["lines", "run", "pieces"]


class Packed(NamedTuple):
    text: bytes  # the lines, UTF-8
    rest: bytes


def packed(page: Page, placings: Sequence[Placing]) -> Packed:
    """A page, each of its passages with its placing."""
    head = [
        page.path,
        page.entry,
        page.name,
        page.title,
        page.number,
        page.course,
        page.author,
        _iso(page.date),
        page.is_markdown,
        len(page.lines),
        page.shared_lines,
    ]
    encoded = _encoder().encode
    # A line each, so that what is not looked at need not be taken apart: JSON has no line ends of its own.
    rest = "\n".join(
        (
            *map(encoded, (head, page.line_kinds, page.places)),
            *[
                _packed_passage(passage, placing, page.lines, encoded)
                for passage, placing in zip(page.passages, placings, strict=True)
            ],
        )
    )
    # surrogatepass: a lone surrogate of a broken text is kept as it is
    return Packed(
        "\n".join(page.lines).encode("utf-8", "surrogatepass"),
        zlib.compress(rest.encode("utf-8", "surrogatepass"), FASTEST),
    )


def unpacked(content: Packed) -> Page:
    """Raises:
    ValueError, zlib.error, TypeError, LookupError: these are not the bytes of a page.
    """
    return Leaf(content).page()


class Leaf:
    """A packed page of which only what is looked at is unpacked."""

    def __init__(self, content: Packed) -> None:
        """Raises as `unpacked` does, and so do its properties."""
        said = zlib.decompress(content.rest).decode("utf-8", "surrogatepass")
        head, self._line_kinds, self._places, *self._passages = said.split("\n")
        self._text = content.text
        (
            self.path,
            self._entry,
            self.name,
            self.title,
            self._number,
            self._course,
            self._author,
            self._day,
            self.is_markdown,
            self._height,
            self._shared_lines,
        ) = _loads(head)

    def page(self) -> Page:
        lines = self._text.decode("utf-8", "surrogatepass").split("\n") if self._height else []
        return Page(
            path=self.path,
            entry=self._entry,
            name=self.name,
            title=self.title,
            number=self._number,
            course=self._course,
            author=self._author,
            date=_day(self._day),
            is_markdown=self.is_markdown,
            lines=tuple(lines),
            line_kinds=self.line_kinds,
            shared_lines=tuple(self._shared_lines),
            places=self.places,
            passages=_Passages(self._passages, lines),
        )

    @property
    def line_kinds(self) -> tuple[LineRun, ...]:
        return tuple(map(tuple, _loads(self._line_kinds)))

    @cached_property
    def places(self) -> Places:
        return tuple(map(tuple, _loads(self._places)))

    @cached_property
    def lines(self) -> Sequence[str]:
        return _Lines(self._text.split(b"\n") if self._height else [])

    @cached_property
    def passages(self) -> Sequence[Passage]:
        return _Passages(self._passages, self.lines)

    def heading_above(self, position: int) -> str | None:
        """What the heading before a passage says."""
        for above in range(position - 1, -1, -1):
            if self._passages[above].startswith('["heading",'):
                return self.passages[above].text.string
        return None


@cache
def _encoder() -> "json.JSONEncoder":
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _loads(text: str) -> Any:
    import json  # here, as datetime below: grep opens no page where the lines tell all

    return json.loads(text)


class _Lines(Sequence[str]):
    """Lines that are decoded when they are asked for."""

    def __init__(self, stored: list[bytes]) -> None:
        self.stored = stored

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [line.decode("utf-8", "surrogatepass") for line in self.stored[at]]
        return self.stored[at].decode("utf-8", "surrogatepass")


class _Passages(Sequence[Passage]):
    """Passages that are unpacked when they are asked for: most are not."""

    def __init__(self, stored: list[str], lines: Sequence[str]) -> None:
        self.stored = stored
        self.lines = lines

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return _Passages(self.stored[at], self.lines)
        return _passage(_loads(self.stored[at]), self.lines)

    def __iter__(self) -> Iterator[Passage]:
        """All of them: taken apart in one call."""
        for fields in _loads(f"[{','.join(self.stored)}]"):
            yield _passage(fields, self.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def placing_of(passage: Passage, lines: Sequence[str]) -> Placing:
    string, pieces = passage.text
    _, line, column = pieces[0]
    last = line + string.count("\n")
    stored = lines[line - 1] if last == line else "\n".join(lines[line - 1 : last])
    if len(pieces) > 1 or not stored.startswith(string, column):
        return "pieces"
    is_whole = (line, last) == (passage.first_line, passage.last_line) and len(stored) == len(string)
    return "lines" if is_whole else "run"


def _packed_passage(
    passage: Passage, placing: Placing, lines: tuple[str, ...], encoded: Callable[[object], str]
) -> str:
    """A list as JSON. Numbers, which most of it is, need no encoder: it takes longer than all the rest."""
    string, pieces = passage.text.string, passage.text.pieces
    first, last = passage.first_line, passage.last_line
    fields = f'"{passage.kind}",{first},{last - first}'
    author, day, likes = passage.author, passage.date, passage.likes
    if author is not None or day is not None or likes is not None:
        fields += f",{encoded((author, _iso(day), likes))[1:-1]}"
    if placing == "lines":  # as nearly all are
        return f"[{fields}]"
    is_stored = placing == "run" or string_at(pieces, len(string), lines) == string
    kept = len(string) if is_stored else encoded(string)
    return f"[{fields},{kept},[{','.join([f'{at},{line},{column}' for at, line, column in pieces])}]]"


def _passage(fields: list[Any], lines: Sequence[str]) -> Passage:
    kind, first_line, more_lines, *rest = fields
    last_line = first_line + more_lines
    author, day, likes = rest[:3] if len(rest) in (3, 5) else (None, None, None)
    if len(rest) in (2, 5):
        string, numbers = rest[-2:]
        pieces = tuple(map(Piece._make, zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)))
        if isinstance(string, int):
            string = string_at(pieces, string, lines)
    else:
        string = "\n".join(lines[first_line - 1 : last_line])
        pieces = (Piece(0, first_line, 0),)
    return Passage(
        kind=kind,
        text=Text(string=string, pieces=pieces),
        first_line=first_line,
        last_line=last_line,
        author=author,
        date=_day(day),
        likes=likes,
    )


def string_at(pieces: Sequence[Piece], length: int, lines: Sequence[str]) -> str:
    """The text of so many characters that stands in the lines at these places, newlines between them."""
    parts: list[str] = []
    stops = [*(piece.offset for piece in pieces[1:]), length]
    for (start, line, column), stop in zip(pieces, stops, strict=True):
        stored, following = lines[line - 1][column:], line
        while len(stored) < stop - start:
            stored += f"\n{lines[following]}" if following < len(lines) else "\n"
            following += 1
        parts.append(stored[: stop - start])
    return "".join(parts)


def _iso(day: "datetime.date | None") -> str | None:
    return None if day is None else day.isoformat()


def _day(iso: str | None) -> "datetime.date | None":
    if iso is None:
        return None
    from datetime import date

    return date.fromisoformat(iso)
