"""A text as it was stored: its lines, where it came from, how it was decoded."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import Any

STANDARD_INPUT = "-"
INVISIBLE = "\u200b\u2060\ufeff"
# All that Unicode calls white space, and what shows as nothing.
BLANK = (
    " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    f"\u2009\u200a\u2028\u2029\u202f\u205f\u3000{INVISIBLE}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read, before it is."""

    path: Path
    shown: str  # as given, or relative to the workspace; "-" for standard input
    folder: str  # between the folder that was asked for and the file, with "/"; "" for none
    is_named: bool = False  # by itself, not by a folder or a pattern that it is found in


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where in a container a line stands: on which page, in which chapter."""

    page: int | None = None  # from 1
    chapter: str | None = None  # the entry's name in its archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: in which text, and where in its container."""

    path: str
    locator: Locator | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a line of a PDF looks on its page; lengths are in points, from the page's lower left corner."""

    size: float  # of most of its characters
    left: float
    right: float
    stretched: float | None  # by how much the page made it wider to reach both edges; None: it does not show
    baseline: float
    first_word: float  # how wide its beginning is that no line break may cut
    is_fixed: bool | None  # all its Latin letters are equally wide, as in code; None: it has none
    is_bold: bool | None  # all of it is; None: its fonts do not say
    is_even: bool  # all its characters are of one size
    tag: str | None = None  # what a tagged PDF says that it is in: "H2", "P", "LI", "Code", …
    part: int | None = None  # lines with the same number are in one of these; None: in none
    runs: tuple[int, int] | None = None  # in which pieces of the part's text it begins and ends, on its page


@dataclass(frozen=True, kw_only=True)  # no slots: what all shapes ask of it is worked out once
class Source:
    r"""The decoded lines of one input.

    `\n` ends a line and `\r\n` counts as one; a last line without its newline is a line.
    Nothing else ends one: form feeds and U+2028 stay inside theirs.
    """

    path: str  # as given, or relative to the workspace; "-" for standard input
    name: str  # the file's own name, for formats that keep the title there; "" for standard input
    lines: tuple[str, ...]  # without their ends
    encoding: str  # the codec's name, lower case: "utf-8"
    entry: int = 0  # which lesson of its file, from 0
    places: tuple[tuple[int, Locator], ...] = ()  # from which line on; none in a plain file
    book: str | None = None  # the title of the e-book that it is a chapter of
    listed_as: str | None = None  # what the e-book's table of contents calls it
    looks: tuple[Look | None, ...] = ()  # of each line of a PDF, None of a blank one; none in other files

    def place_of(self, line: int) -> Place:
        return Place(path=self.path, locator=self.locator_at(line))

    def locator_at(self, line: int) -> Locator | None:
        """The page or chapter of a line; None in a plain file."""
        at = bisect_right(self.places, line, key=lambda place: place[0])
        return self.places[at - 1][1] if at else None

    @cached_property
    def text(self) -> str:
        """The lines in one string, each with a newline before it, so that a rule may begin with one."""
        return "\n".join(("", *self.lines))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The lines without the blanks around them."""
        if any(character in self.text for character in INVISIBLE):
            return tuple([line.strip(BLANK) for line in self.lines])
        return tuple(map(str.strip, self.lines))

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The positions, from 0, of the lines that show something."""
        return tuple(compress(range(len(self.shown)), self.shown))

    def filled_between(self, start: int, stop: int) -> tuple[int, ...]:
        """The positions of such lines in [start, stop)."""
        return self.filled[bisect_left(self.filled, start) : bisect_left(self.filled, stop)]

    def gap_above(self, at: int) -> int:
        """How many blank lines stand right above a line."""
        above = bisect_left(self.filled, at)
        return at - (self.filled[above - 1] + 1 if above else 0)

    def lines_with(self, *marks: str) -> list[int]:
        """The positions, from 0, of the lines that hold any of the marks, ascending."""
        text = self.text
        found = [self._lines_with(mark) for mark in marks if mark in text]
        return sorted({at for lines in found for at in lines}) if found else []

    def _lines_with(self, mark: str) -> tuple[int, ...]:
        if (known := self._marked.get(mark)) is not None:
            return known
        text = self.text
        found: list[int] = []
        at, line, counted = text.find(mark), -1, 0
        while at >= 0:
            line += text.count("\n", counted, at)
            found.append(line)
            counted = text.find("\n", at)
            at = text.find(mark, counted) if counted >= 0 else -1
        return self._marked.setdefault(mark, tuple(found))

    @cached_property
    def found(self) -> dict[object, Any]:
        """What was found in the source, by the function that looked for it."""
        return {}

    @cached_property
    def _marked(self) -> dict[str, tuple[int, ...]]:
        return {}

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: not what can be worked out again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
