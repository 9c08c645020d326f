"""A text as it was stored: its lines, where it came from, how it was decoded."""

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read, before it is."""

    path: Path
    shown: str  # as given, or relative to the workspace; "-" for standard input
    folder: str  # between the folder that was asked for and the file, with "/"; "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where in a container a line stands: on which page, in which chapter."""

    page: int | None = None  # from 1
    chapter: str | None = None  # the entry's name in its archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    r"""The decoded lines of one input.

    `\n` ends a line and `\r\n` counts as one; a last line without its newline is a line.
    Nothing else ends one: form feeds and U+2028 stay inside theirs.
    """

    path: str  # as given, or relative to the workspace; "-" for standard input
    name: str  # the file's own name, for formats that keep the title there; "" for standard input
    lines: tuple[str, ...]  # without their ends
    encoding: str  # the codec's name, lower case: "utf-8"
    places: tuple[tuple[int, Locator], ...] = ()  # from which line on; none in a plain file

    def locator_at(self, line: int) -> Locator | None:
        """The page or chapter of a line; None in a plain file."""
        at = bisect_right(self.places, line, key=lambda place: place[0])
        return self.places[at - 1][1] if at else None
