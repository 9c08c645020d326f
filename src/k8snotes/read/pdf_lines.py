"""The lines of a PDF's page with their looks, from the places and fonts of its characters.

pdfium makes one blank of several. In code they say what belongs to what, and a fixed font tells
from the distances how many there were.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from ctypes import c_double, c_int, c_void_p, cast, create_string_buffer
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from k8snotes.model.source import Look
from k8snotes.read.pdf_tags import Part

LINE_ENDS = (0x0A, 0x0D)
HYPHENS = {0x02: "-", 0xFFFE: "-"}  # pdfium's own marks for a hyphen at a line's end
UNMAPPED = 0  # a glyph without a character
SAMPLES = 8  # characters of each script in a line whose font is looked at
FIXED_PITCH = 1  # flags of a font
FORCE_BOLD = 1 << 18
FIXED_NAME = re.compile(
    r"mono|courier|consola|menlo|typewriter|inconsolata|(?:source|fira)code|lettergothic", re.IGNORECASE
)
BOLD_NAME = re.compile(r"bold|heavy|black|[-,]w[6-9]\b", re.IGNORECASE)
LONGEST_NAME = 128
# What cannot end a line and what cannot begin one, so that no break parts it from its neighbour.
OPENING = "“‘（《「『【〈〔([{"
CLOSING = "，。、；：！？“”‘’）》」』】〉〕—…·～%,.;:!?)]}"
LEAST_PAIRS = 3  # of neighbouring Han characters that show how far the page spread them
MOST_SPREAD = 1.6  # times that distance, between a Han and a Latin character
ENOUGH_FACES = 80  # letters whose fonts are known, so that one unknown is another
LONGEST_FACED = 40  # longer lines are no headings
LEAST_GAP = 0.004  # of the size; less is rounding
QUOTES = "“”‘’"
EVEN = 0.06  # sizes that differ by less are one
MOST_BLANKS = 200
MARGIN_LINES = 3
LIST_MARK = re.compile(r"[•◦▪‣·●○■]|\d{1,3}[.、)）]|[a-zA-Z][.)）]|[（(]\d{1,3}[)）]")
SAME_BASELINE = 1.5  # points


class Character(NamedTuple):
    string: str
    at: int  # its place in the page's text


class PageLine(NamedTuple):
    string: str
    look: Look | None  # None: the line is blank
    advance: float  # how wide a Latin character is in a fixed font, else 0


class Indent(NamedTuple):
    """Where the code begins that a page ends in."""

    left: float
    size: float


class PageText:
    """The text of one page, and what is known of its characters."""

    def __init__(self, raw: Any, textpage: Any, parts: Mapping[int, Part]) -> None:
        self.raw = raw
        self.textpage = textpage
        self.parts = parts
        self.box = raw.FS_RECTF()
        self.matrix = raw.FS_MATRIX()
        self.x, self.y = c_double(), c_double()
        self.name, self.flags = create_string_buffer(LONGEST_NAME), c_int()

    def lines(self) -> list[PageLine]:
        """The lines of the page without blanks at their ends."""
        return _with_marks(list(self._lines()))

    def _lines(self) -> Iterator[PageLine]:
        lines = [self._unspread(line) for line in self._split()]
        faces = {} if self.parts else self._faces(lines)
        for line in lines:
            shown = [character for character in line if not character.string.isspace()]
            if not shown:
                yield PageLine("", None, 0)
                continue
            look = self._look(line, shown)
            if (
                not look.is_bold
                and not self.parts
                and (is_other := self._is_other_face(shown, faces)) is not None
            ):
                look = replace(look, is_bold=is_other)
            if look.is_fixed:
                advance = self._advance(shown)
                yield PageLine(self._spaced(shown, advance), look, advance)
            else:
                yield PageLine(_string(line), look, 0)

    def _split(self) -> Iterator[list[Character]]:
        """The characters of each line; a pair of surrogates is one.

        After a hyphen pdfium goes on with the next line as if the word did; the page shows two lines.
        """
        line: list[Character] = []
        high = 0
        code_at = self.raw.FPDFText_GetUnicode
        for at in range(self.raw.FPDFText_CountChars(self.textpage)):
            code = code_at(self.textpage, at)
            if code == LINE_ENDS[0]:
                yield line
                line = []
            elif 0xD800 <= code < 0xDC00:
                high = code
            elif 0xDC00 <= code < 0xE000:
                if high:
                    line.append(Character(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00), at))
                high = 0
            elif code not in (UNMAPPED, LINE_ENDS[1]):
                if line and line[-1].string == "-" and self._is_lower(at, line[-1].at):
                    yield line
                    line = []
                line.append(Character(HYPHENS.get(code) or chr(code), at))
        yield line

    def _unspread(self, line: list[Character]) -> list[Character]:
        """The line without the blanks that pdfium sees where a page spread Chinese words over its width."""
        size = self._size(line[0].at) if line else 0.0
        spread = self._spread(line, size) or 0.0
        if not spread:
            return line
        return [character for at, character in enumerate(line) if not self._is_spread(line, at, spread, size)]

    def _is_spread(self, line: Sequence[Character], at: int, spread: float, size: float) -> bool:
        """Whether a blank is nothing but the distance that a spread line's characters have."""
        if line[at].string != " " or not 0 < at < len(line) - 1:
            return False
        before, after = line[at - 1], line[at + 1]
        if not (_is_wide(before.string) or (_is_wide(after.string) and before.string.isalnum())):
            return False
        if not self.raw.FPDFText_IsGenerated(self.textpage, line[at].at):
            return False
        return self._sides(after.at)[0] - self._sides(before.at)[1] < MOST_SPREAD * spread + LEAST_GAP * size

    def _look(self, line: Sequence[Character], shown: Sequence[Character]) -> Look:
        sampled = [
            *_spread([c for c in shown if not _is_wide(c.string)]),
            *_spread([c for c in shown if _is_wide(c.string)]),
        ]
        sizes = Counter(round(self._size(character.at), 1) for character in sampled)
        size = sizes.most_common(1)[0][0]
        left = self._origin(shown[0].at)[0]
        first, last = self._mark(shown), self._mark(shown[::-1])
        part = None if first is None else self.parts[first]
        right = self._right(shown[-1].at)
        is_fixed = self._is_fixed(sampled) and (shown[0].string.isascii() or None)
        return Look(
            size=size,
            left=left,
            right=right,
            stretched=self._stretched(line, size),
            baseline=self._origin(shown[len(shown) // 2].at)[1],
            first_word=self._right(shown[_first_word(shown) - 1].at) - left,
            is_fixed=is_fixed,
            is_bold=self._is_bold(sampled),
            is_even=max(sizes) - min(sizes) <= EVEN * size,
            tag=part.tag if part else None,
            part=part.number if part else None,
            runs=None if first is None or last is None else (first, last),
        )

    def _stretched(self, line: Sequence[Character], size: float) -> float | None:
        """By how much the page made a line wider, to reach both edges."""
        spread = self._spread(line, size)
        if spread is None:
            return None
        return spread * sum(_is_wide(character.string) or character.string.isspace() for character in line)

    def _spread(self, line: Sequence[Character], size: float) -> float | None:
        """How far apart a line has its Han characters; None where it has too few."""
        shown = [character for character in line if not character.string.isspace()]
        pairs = [(a, b) for a, b in pairwise(shown) if _is_han(a.string) and _is_han(b.string)]
        if len(pairs) < LEAST_PAIRS:
            return None
        gaps = [self._origin(b.at)[0] - self._origin(a.at)[0] - size for a, b in pairs[:SAMPLES]]
        spread = median(gaps)
        return spread if spread > LEAST_GAP * size else 0.0

    def _is_lower(self, at: int, than: int) -> bool:
        return self._origin(than)[1] - self._origin(at)[1] > self._size(at) / 2

    def _mark(self, shown: Sequence[Character]) -> int | None:
        """The mark of the first of the characters that has one, in a tagged PDF."""
        for character in shown[:SAMPLES] if self.parts else ():
            text_object = self.raw.FPDFText_GetTextObject(self.textpage, character.at)
            if text_object and (mark := self.raw.FPDFPageObj_GetMarkedContentID(text_object)) in self.parts:
                return int(mark)
        return None

    def _size(self, at: int) -> float:
        """The height of the character's font on the page; its own is often scaled."""
        self.raw.FPDFText_GetMatrix(self.textpage, at, self.matrix)
        scale = math.hypot(self.matrix.c, self.matrix.d)
        return scale * float(self.raw.FPDFText_GetFontSize(self.textpage, at))

    def _origin(self, at: int) -> tuple[float, float]:
        self.raw.FPDFText_GetCharOrigin(self.textpage, at, self.x, self.y)
        return self.x.value, self.y.value

    def _sides(self, at: int) -> tuple[float, float]:
        """Where the character begins and ends with the room around it."""
        self.raw.FPDFText_GetLooseCharBox(self.textpage, at, self.box)
        return float(self.box.left), float(self.box.right)

    def _right(self, at: int) -> float:
        return self._sides(at)[1]

    def _font(self, at: int) -> tuple[str, int]:
        self.raw.FPDFText_GetFontInfo(self.textpage, at, self.name, LONGEST_NAME, self.flags)
        return self.name.value.decode("utf-8", errors="replace"), self.flags.value

    def _is_fixed(self, sampled: Sequence[Character]) -> bool | None:
        fonts = [self._font(c.at) for c in sampled if c.string.isascii() and c.string.isalnum()]
        fonts = fonts or [self._font(c.at) for c in sampled if c.string.isascii()]
        return all(_is_fixed_font(*font) for font in fonts) if fonts else None

    def _is_bold(self, sampled: Sequence[Character]) -> bool | None:
        fonts = [self._font(character.at) for character in sampled]
        return all(_is_bold_font(*font) for font in fonts) if all(name for name, _ in fonts) else None

    def _faces(self, lines: Sequence[Sequence[Character]]) -> dict[str, set[int | None]]:
        """The fonts that each letter has in the page's longer lines."""
        widths = [sum(_is_wide(character.string) for character in line) for line in lines]
        if not any(widths):
            widths = list(map(len, lines))
        widest = max(widths, default=0)
        found: dict[str, set[int | None]] = defaultdict(set)
        for line, width in zip(lines, widths, strict=True):
            if 2 * width > widest:
                for character in line:
                    if character.string.isalnum():
                        found[character.string].add(self._font_of(character.at))
        return found

    def _is_other_face(self, shown: Sequence[Character], faces: Mapping[str, set[int | None]]) -> bool | None:
        """Whether a short line is set in another font than the same characters in the page's text.

        Fonts without a name, which browsers write, tell their weight by nothing else, and a weight
        that a browser makes up has the name of the font that it was made of.
        """
        letters = [character for character in shown if character.string.isalnum()]
        if not letters or len(shown) > LONGEST_FACED:
            return None
        compared = [
            self._font_of(letter.at) in faces[letter.string] for letter in letters if letter.string in faces
        ]
        if compared:
            return not any(compared)
        own = {self._font_of(letter.at) for letter in letters}
        return True if len(faces) >= ENOUGH_FACES and all(map(own.isdisjoint, faces.values())) else None

    def _font_of(self, at: int) -> int | None:
        """What tells one font of the page from another."""
        font = self.raw.FPDFTextObj_GetFont(self.raw.FPDFText_GetTextObject(self.textpage, at))
        return cast(font, c_void_p).value

    def _spaced(self, shown: Sequence[Character], advance: float) -> str:
        """The line with as many blanks between its words as the distances have room for."""
        parts: list[str] = []
        end: float | None = None  # of the character before
        for character in shown:
            start = self._origin(character.at)[0]
            if end is not None and advance > 0:
                parts.append(_blanks(start - end, advance))
            parts.append(character.string)
            end = self._right(character.at)
        return "".join(parts)

    def _advance(self, shown: Sequence[Character]) -> float:
        """How wide a Latin character of a line in a fixed font is."""
        found = next(character.at for character in shown if character.string.isascii())
        return self._right(found) - self._origin(found)[0]


def _with_marks(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines with the marks of lists in front of their items; some printers draw them after all else."""
    found = list(lines)
    for at in range(len(found) - 1, 0, -1):
        mark = found[at]
        if mark.look is None or not LIST_MARK.fullmatch(mark.string.strip()):
            continue
        beside = [
            i
            for i, line in enumerate(found[:at])
            if line.look is not None
            and abs(line.look.baseline - mark.look.baseline) <= SAME_BASELINE
            and line.look.left >= mark.look.right - SAME_BASELINE
        ]
        if beside:
            item = found[beside[0]]
            assert item.look is not None
            look = replace(item.look, left=mark.look.left, first_word=mark.look.first_word)
            found[beside[0]] = item._replace(
                string=f"{mark.string.strip()} {item.string.lstrip()}", look=look
            )
            del found[at]
    return found


def indented(lines: Sequence[PageLine], above: Indent | None) -> tuple[list[PageLine], Indent | None]:
    """The lines with the blanks that code begins with, and what the next page's code goes on from.

    `above` is where the code began that the page before ended in. A browser's margins may stand
    between the two.
    """
    found = list(lines)
    last: Indent | None = None
    at = 0
    while at < len(found):
        stop = at
        while stop < len(found) and found[stop].advance:
            stop += 1
        if stop == at:
            at += 1
            continue
        looks = [line.look for line in found[at:stop] if line.look]
        left = min(look.left for look in looks)
        if above and at <= MARGIN_LINES and abs(above.size - looks[0].size) <= EVEN * above.size:
            left = min(left, above.left)
        for place in range(at, stop):
            line = found[place]
            if line.look:
                found[place] = line._replace(
                    string=_blanks(line.look.left - left, line.advance) + line.string
                )
        last = Indent(left, looks[-1].size) if stop >= len(found) - MARGIN_LINES else None
        at = stop
    return found, last


def _blanks(width: float, advance: float) -> str:
    return " " * min(round(width / advance), MOST_BLANKS)


def _string(line: Sequence[Character]) -> str:
    return "".join(character.string for character in line).rstrip()


def _spread(characters: Sequence[Character]) -> Sequence[Character]:
    """At most so many of them, evenly from all."""
    return characters[:: max(1, -(-len(characters) // SAMPLES))]


def _first_word(shown: Sequence[Character]) -> int:
    """How many characters no line break may part: a word, or a wide character, with its punctuation."""
    at = 0
    while at < len(shown) - 1 and shown[at].string in OPENING:
        at += 1
    if _is_wide(shown[at].string):
        at += 1
    else:
        start = shown[at].at - at
        while at < len(shown) and not _is_wide(shown[at].string) and shown[at].at - at == start:
            at += 1
            if shown[at - 1].string == "-":
                break
    while at < len(shown) and shown[at].string in CLOSING:
        at += 2 if shown[at].string in QUOTES else 1  # no break stands on either side of one
    return min(max(at, 1), len(shown))


def _is_han(string: str) -> bool:
    return "\u3400" <= string <= "\u9fff"


@cache
def _is_wide(string: str) -> bool:
    return unicodedata.east_asian_width(string) in ("W", "F") or string in "“”‘’…—·"


@cache
def _is_fixed_font(name: str, flags: int) -> bool:
    return bool(flags & FIXED_PITCH) or FIXED_NAME.search(name) is not None


@cache
def _is_bold_font(name: str, flags: int) -> bool:
    return bool(flags & FORCE_BOLD) or BOLD_NAME.search(name) is not None
