"""What a reader may have meant: terms of the course near to a query that finds nothing."""

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from math import ceil

from k8snotes.index.candidates import lessons_with
from k8snotes.index.names import LONGEST
from k8snotes.index.store import Store

MOST = 5  # suggestions
NEAR = 0.6  # of SequenceMatcher's ratio: one of three characters may differ, two of five
SHORTER = NEAR / (2 - NEAR)  # how long at least the shorter of two is for that
SAME_SOUND = 0.95

Sound = Callable[[str], tuple[str, str]]  # a text's syllables joined, and their initials


def suggestions(
    store: Store, query: str, fold: Callable[[str], str], sound: Sound | None, terms: Mapping[str, str]
) -> tuple[str, ...]:
    """The terms that come nearest to the query, as the course writes them, the nearest first.

    Near is what shares most characters in their order, or, with `sound`, what sounds the same. `terms` are
    those of the field, folded, with how they are written: they count where the course has them.
    """
    wanted = " ".join(fold(query).replace('"', " ").split())
    if not wanted:
        return ()
    length = len(wanted)
    alike = None if sound is None else _SoundsLike(wanted, sound)
    # What is much shorter or longer cannot be near; what sounds the same in Latin letters may be.
    shortest, longest = (2, LONGEST) if alike else (ceil(length * SHORTER), int(length / SHORTER))
    # By the folded name: how near it is, lessons that use it, how it is written.
    best: dict[str, tuple[float, int, str]] = {}
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)

    def nearness(key: str) -> float:
        if key == wanted or key in best:
            return 0.0
        matcher.set_seq1(key)
        near = matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0
        return SAME_SOUND if alike is not None and near < SAME_SOUND and alike(key) else near

    for size, lines in store.short_names(max(shortest, 2), min(longest, LONGEST)):
        shared = ceil(NEAR * (length + size) / 2)
        for line in lines.split("\n") if alike else _sharing(wanted, shared).findall(lines):
            key, lessons, *written = line.split("\t")
            if (near := nearness(key)) >= NEAR:
                best[key] = near, int(lessons), written[0] if written else key
    for key, name in terms.items():
        near = nearness(key) if shortest <= len(key) <= longest else 0.0
        if near >= NEAR and (held_by := len(lessons_with(store, key))):
            best[key] = near, held_by, name
    order = sorted(best, key=lambda key: (-best[key][0], -best[key][1], key))
    return tuple(best[key][2] for key in order[:MOST])


def _sharing(wanted: str, least: int) -> "re.Pattern[str]":
    """Lines whose first field has so many characters that are among those wanted."""
    characters = re.escape("".join(sorted(set(wanted))))
    return re.compile(rf"^(?:[^{characters}\n\t]*+[{characters}]){{{least}}}.*", re.MULTILINE)


class _SoundsLike:
    """Whether a term sounds like what was typed: in Han, or in Latin letters, whole or by initials."""

    def __init__(self, wanted: str, sound: Sound) -> None:
        self.sound = sound
        self.length = len(wanted)
        self.is_latin = wanted.isascii()
        self.letters = wanted.replace(" ", "") if self.is_latin else sound(wanted)[0]

    def __call__(self, term: str) -> bool:
        if term.isascii() or not (self.is_latin or len(term) == self.length):
            return False
        syllables, initials = self.sound(term)
        return bool(syllables) and (
            self.letters == syllables
            or (self.is_latin and len(self.letters) > 1 and self.letters == initials)
        )
