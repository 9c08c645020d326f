"""The lines of a lesson that hold a literal, found in its stored bytes."""

import re
from collections.abc import Callable, Mapping, Set

WIDTH = 2  # characters on either side that a seam is kept by

Lines = list[tuple[int, bytes]]  # numbers from 1
Find = Callable[[bytes, int], int]  # where from a place on; -1: nowhere


def scan_exactly(literal: str) -> Callable[[bytes], Lines]:
    """Finds the lines that hold a literal to the letter."""
    needle = _encoded(literal)
    return lambda text: _lines(text, text, lambda stored, at: stored.find(needle, at))


def scan_folded(literal: str, variants: Mapping[str, str]) -> Callable[[bytes], Lines]:
    """Finds the lines that hold a folded literal; `variants` are the characters that fold into others."""
    lowered, find = _folded_finder(literal, variants)
    return lambda text: _lines(text, lowered(text), find)


def holds_folded(literal: str, variants: Mapping[str, str]) -> Callable[[bytes], bool]:
    """As `scan_folded`, to tell whether any line does."""
    lowered, find = _folded_finder(literal, variants)
    return lambda text: find(lowered(text), 0) >= 0


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


def _folded_finder(literal: str, variants: Mapping[str, str]) -> tuple[Callable[[bytes], bytes], Find]:
    """What a text is turned into to be searched, all in its place, and the search."""
    needle = _encoded(literal)
    spelled: dict[str, list[str]] = {}
    for variant, character in variants.items():
        if character in literal:
            spelled.setdefault(character, [character]).append(variant)
    find: Find = lambda lowered, at: lowered.find(needle, at)  # noqa: E731
    if spelled:
        parts = (b"|".join(re.escape(_encoded(way)) for way in spelled.get(c, [c])) for c in literal)
        search = re.compile(b"".join(b"(?:%b)" % part for part in parts)).search

        def find(lowered: bytes, at: int) -> int:
            found = search(lowered, at)
            return found.start() if found else -1

    is_caseless = literal.upper() == literal.lower()
    # Lower case of bytes is that of ASCII, and keeps all in its place.
    return (lambda text: text) if is_caseless else bytes.lower, find


def _lines(text: bytes, searched: bytes, find: Find) -> Lines:
    lines: Lines = []
    number, begin = 1, 0
    at = find(searched, 0)
    while at >= 0:
        number += text.count(b"\n", begin, at)
        start = text.rfind(b"\n", begin, at) + 1 or begin
        stop = text.find(b"\n", at)
        if stop < 0:
            stop = len(text)
        lines.append((number, text[start:stop]))
        begin = stop
        at = find(searched, stop)
    return lines


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
