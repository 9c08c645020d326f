"""The lines of a lesson that hold a literal, found in its stored bytes."""

import re
from collections.abc import Callable, Mapping, Set
from functools import partial
from itertools import groupby

WIDTH = 2  # characters on either side that a seam is kept by

Lines = list[tuple[int, bytes]]  # numbers from 1
Find = Callable[[int], int]  # where from a place on; -1: nowhere


def scan_exactly(literal: str) -> Callable[[bytes], Lines]:
    """Finds the lines that hold a literal to the letter."""
    needle = _encoded(literal)
    return lambda text: _lines(text, lambda at: text.find(needle, at))


def scan_folded(literal: str, variants: Mapping[str, str]) -> Callable[[bytes], Lines]:
    """Finds the lines that hold a folded literal; `variants` are the characters that fold into others."""
    finder = _folded_finder(literal, variants)
    return lambda text: _lines(text, finder(text))


def holds_folded(literal: str, variants: Mapping[str, str]) -> Callable[[bytes], bool]:
    """As `scan_folded`, to tell whether any line does."""
    finder = _folded_finder(literal, variants)
    return lambda text: finder(text)(0) >= 0


def seams_within(folded: str) -> list[str]:
    """What a folded literal may run over, as seams are kept: by its places from 1 on, or of one character."""
    if len(folded) == 1:
        return [folded]
    last = len(folded) - WIDTH
    return [
        folded[at - WIDTH : at + WIDTH] if WIDTH <= at <= last else folded[at - 1 : at + 1]
        for at in range(1, len(folded))
    ]


def parts_apart(folded: str, seams: Set[str]) -> list[str]:
    """The parts of a folded literal that stand as they are wherever it runs over some of these seams.

    Of single characters that is not sure: one may come of another that folds into several.
    """
    parts, start = [], 0
    for at, seam in enumerate(seams_within(folded) if len(folded) > 1 else (), start=1):
        if seam in seams:
            parts.append(folded[start:at])
            start = at
    parts.append(folded[start:])
    return [part for part in parts if len(part) > 1]


def _folded_finder(literal: str, variants: Mapping[str, str]) -> Callable[[bytes], Find]:
    """What finds a folded literal in a text."""
    spelled: dict[str, list[str]] = {}
    for variant, character in variants.items():
        if character in literal:
            spelled.setdefault(character, [character]).append(variant)
    is_caseless = literal.upper() == literal.lower()
    # Lower case of bytes is that of ASCII, and keeps all in its place.
    searched: Callable[[bytes], bytes] = (lambda text: text) if is_caseless else bytes.lower
    if not spelled:
        needle = _encoded(literal)
        return lambda text: partial(searched(text).find, needle)
    find = _finder_of_ways([[*map(_encoded, spelled.get(character, [character]))] for character in literal])
    return lambda text: partial(find, searched(text))


def _finder_of_ways(ways: list[list[bytes]]) -> Callable[[bytes, int], int]:
    """What finds a literal, from a place on, whose characters may be spelled in several ways.

    An expression takes twenty times as long as a search for bytes: it is tried around each place where
    the longest part stands that is spelled in one way.
    """
    search = re.compile(b"".join(b"(?:%b)" % b"|".join(map(re.escape, spelled)) for spelled in ways)).search
    part, before, after = _certain_part(ways)

    def find_anywhere(text: bytes, at: int) -> int:
        found = search(text, at)
        return found.start() if found else -1

    def find(text: bytes, at: int) -> int:
        stands = text.find(part, at)
        while stands >= 0:
            if found := search(text, max(at, stands - before), stands + after):
                return found.start()
            stands = text.find(part, stands + 1)
        return -1

    return find if part else find_anywhere


def _certain_part(ways: list[list[bytes]]) -> tuple[bytes, int, int]:
    """The longest part that is spelled in one way, and how far from its start a literal may begin and end."""
    longest = [max(map(len, spelled)) for spelled in ways]
    best, start = (b"", 0, 0), 0
    for is_certain, places in groupby(ways, key=lambda spelled: len(spelled) == 1):
        run = [*places]
        part = b"".join(spelled[0] for spelled in run)
        if is_certain and len(part) > len(best[0]):
            best = part, sum(longest[:start]), sum(longest[start:])
        start += len(run)
    return best


def _lines(text: bytes, find: Find) -> Lines:
    lines: Lines = []
    number, begin = 1, 0
    at = find(0)
    while at >= 0:
        number += text.count(b"\n", begin, at)
        start = text.rfind(b"\n", begin, at) + 1 or begin
        stop = text.find(b"\n", at)
        if stop < 0:
            stop = len(text)
        lines.append((number, text[start:stop]))
        begin = stop
        at = find(stop)
    return lines


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
