"""Where any of many names stands in folded text, found for all of them in one pass."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from k8snotes.segment.lexicon import LATIN_BEFORE, parts_of

NAME = ""  # in a branch: the names that end there
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
SEPARATORS = frozenset("-_") | {chr(point) for point in range(0x3001) if chr(point).isspace()}
JOINERS = frozenset("-._")  # Latin words hold together over these
LATIN_WORD = re.compile(f"{LATIN_BEFORE}[a-z0-9]")  # where one begins
Branch = dict[str, Any]  # of a tree of names: by the next character another, and the names that end here


class Name(NamedTuple):
    """A name where it may end."""

    rank: tuple[int, str]  # of two that stand in the same place the lower wins
    name: str
    seams: frozenset[int]  # after how many of its characters a blank or hyphen may stand
    ends_latin: bool


# A place in a text, and the names that stand there with their ends, the longest name first.
Place = tuple[int, Sequence[tuple[str, int]]]


class NameFinder:
    """Finds names as `TermFinder` does, for whoever looks for some of them and then for others.

    `places` finds all, wherever they overlap; `apart` takes those that one is after. No expression is
    compiled, which for thousands of names takes longer than to look for them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._tree: Branch = {}
        # What names begin with, in a text: three characters, or a shorter name whole.
        self._begins: set[str] = set()
        self._latin_begins: set[str] = set()
        for name in sorted(set(names)):
            self._add(name)

    def _add(self, name: str) -> None:
        parts = parts_of(name)
        characters = "".join(parts)
        branch = self._tree
        for character in characters:
            branch = branch.setdefault(character, {})
        seams = frozenset(list(accumulate(map(len, parts)))[:-1])
        ends_latin = characters[-1] in LATIN
        branch.setdefault(NAME, []).append(Name((-len(name), name), name, seams, ends_latin))
        begins = self._latin_begins if characters[0] in LATIN else self._begins
        begins.add(characters[:3])
        begins.update(characters[:seam] + separator for seam in seams if seam < 3 for separator in SEPARATORS)

    def places(self, folded: str) -> list[Place]:
        """All places where a name stands, in order."""
        return [(at, found) for at in self._starts(folded) if (found := self._names_at(folded, at))]

    def _starts(self, folded: str) -> list[int]:
        """Where a name may begin, by its first three characters."""
        second, third = f"{folded[1:]}\n", f"{folded[2:]}\n\n"
        pairs = [*map(str.__add__, folded, second)]
        begun = [*zip(folded, pairs, map(str.__add__, pairs, third), strict=False)]
        begins, latin = self._begins, self._latin_begins
        starts = [
            at
            for at, (one, two, three) in enumerate(begun)
            if three in begins or two in begins or one in begins
        ]
        starts += [
            at for at in map(re.Match.start, LATIN_WORD.finditer(folded)) if not latin.isdisjoint(begun[at])
        ]
        return sorted(starts)

    def _names_at(self, folded: str, start: int) -> list[tuple[str, int]]:
        branch: Branch | None = self._tree
        found: list[tuple[Name, int]] = []
        seams: list[int] = []
        length, end = 0, len(folded)
        at = start
        while at < end:
            character = folded[at]
            at += 1
            if character in SEPARATORS:
                if not length or length in seams:
                    break
                seams.append(length)
                continue
            assert branch is not None
            branch = branch.get(character)
            if branch is None:
                break
            length += 1
            if NAME in branch:
                found += [
                    (one, at)
                    for one in branch[NAME]
                    if one.seams.issuperset(seams) and not (one.ends_latin and _goes_on(folded, at))
                ]
        if len(found) > 1:
            found.sort()
        return [(one.name, stop) for one, stop in found]


def apart(places: Iterable[Place], among: Mapping[str, object]) -> Iterator[tuple[str, int, int]]:
    """Of some names those that do not overlap: each with where it begins and ends."""
    free = 0
    for start, found in places:
        if start < free:
            continue
        for name, stop in found:
            if name in among:
                yield name, start, stop
                free = stop
                break


def _goes_on(folded: str, at: int) -> bool:
    """Whether a Latin word that ends at a place goes on behind it."""
    behind = folded[at : at + 2]
    return behind[:1] in LATIN if behind[:1] not in JOINERS else behind[1:] in LATIN
