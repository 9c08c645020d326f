"""Folding for comparison: width, case, traditional characters, invisible ones.

Each character folds by itself, whatever stands beside it. So a piece of a text folds to a
piece of the folded text, and what a literal scan finds is found after folding too.
"""

import os
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from k8snotes.model.folded import Folded
from k8snotes.model.radicals import radicals

DATA = os.path.join(os.path.dirname(__file__), "data")
FIRST_UNIFIED, LAST_UNIFIED = "\u4e00", "\u9fff"
# Joiners and marks that cannot be seen: they vanish, so that words they stand in are found.
# U+200D stays, emoji are made with it.
INVISIBLE = frozenset("\u00ad\u180e\u200b\u200c\u2060\ufe0e\ufe0f\ufeff")


def fold(text: str) -> Folded:
    """The text as comparison sees it, with the way back to its characters."""
    folded = fold_string(text)
    return Folded(folded) if text.isascii() else Folded(folded, lambda: _origins(text))


def fold_string(text: str) -> str:
    """The folded text alone."""
    return text.lower() if text.isascii() else text.translate(_table())


def _origins(text: str) -> list[int] | None:
    """Where each character of a folded text comes from; None if each comes of the one in its place."""
    uneven = _table().uneven
    if uneven.keys().isdisjoint(text):
        return None
    return [offset for offset, character in enumerate(text) for _ in uneven.get(character, " ")]


def folding_of(characters: Iterable[str]) -> dict[str, str]:
    """What a text of these characters is searched by beside Unicode's own tables: characters to plain ones.

    For every simplified character that such a text holds or folds to, all that fold into it, so
    that what is asked for may be written either way. Only where one folds to one.
    """
    held = set(characters)
    plain = {folded for character in held for folded in fold_string(character)}
    known = zip(_table().traditional, _table().simplified, strict=True)
    found = {traditional: simplified for traditional, simplified in known if simplified in plain}
    for character in held:
        folded = fold_string(character)
        if len(folded) == 1 and folded != unicodedata.normalize("NFKD", character).lower():
            found[character] = folded
    return {character: found[character] for character in sorted(found) if found[character] != character}


def table(name: str) -> str:
    """The content of one of our tables."""
    with open(os.path.join(DATA, name), encoding="utf-8") as file:
        return file.read()


class _FoldTable(dict[int, str]):
    """What each code point folds to, worked out when it is first met.

    `uneven` holds the characters that fold to none or several.
    """

    def __init__(self, traditional: str, simplified: str) -> None:
        super().__init__()
        self.traditional = traditional  # characters, ascending
        self.simplified = simplified  # what each of these folds into
        self.uneven: dict[str, str] = {}

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = self[point] = self._folded(character)
        if len(folded) != 1:
            self.uneven[character] = folded
        return folded

    def _folded(self, character: str) -> str:
        if FIRST_UNIFIED <= character <= LAST_UNIFIED:  # none of these decomposes, has a case or is a radical
            return self._simplified(character)
        if character.isascii():
            return character.lower()
        if character in INVISIBLE:
            return ""
        # Decomposing rather than composing: a composed character depends on its neighbours.
        read = character.translate(radicals())
        wide = unicodedata.normalize("NFKD", read).casefold()
        plain = unicodedata.normalize("NFKD", wide)
        return "".join(map(self._simplified, plain))

    def _simplified(self, character: str) -> str:
        """The simplified character, searched for: a dictionary of 5,000 takes long to make."""
        at = bisect_left(self.traditional, character)
        return self.simplified[at] if self.traditional.startswith(character, at) else character


@cache
def _table() -> _FoldTable:
    return _FoldTable(*table("simplified.txt").split())
