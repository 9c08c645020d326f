"""What a reader may have meant: terms of the course near to a query that finds nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from math import ceil

from k8snotes.index.candidates import lessons_with
from k8snotes.index.names import LONGEST
from k8snotes.index.store import Store

MOST = 5  # suggestions
NEAR = 0.6  # of SequenceMatcher's ratio: one of three characters may differ, two of five
SHORTER = NEAR / (2 - NEAR)  # how long at least the shorter of two is for that
SAME_SOUND = 0.95

# What gives a text's syllables joined, with their initials, and what gives the letters these may begin with.
Sound = tuple[Callable[[str], tuple[str, str]], Callable[[str], frozenset[str]]]


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
    alike = None if sound is None else _SoundsLike(wanted, sound)
    near = _Near(wanted)
    # By the folded name: how near it is, lessons that use it, how it is written.
    best: dict[str, tuple[float, int, str]] = {}

    def consider(nearness: float, key: str, lessons: int, written: str) -> None:
        if key != wanted and nearness >= NEAR and key not in best:
            best[key] = nearness, lessons, written

    # What is much shorter or longer cannot be near; what sounds the same in Latin letters may be.
    shortest, longest = (2, LONGEST) if alike else (near.shortest, near.longest)
    for size, lines in store.short_names(max(shortest, 2), min(longest, LONGEST)):
        for found in (alike.among(lines) if alike else (), near.among(lines, size)):
            for nearness, line in found:
                key, lessons, *written = line.split("\t")
                consider(nearness, key, int(lessons), written[0] if written else key)
    for key, name in terms.items():
        if key not in best and shortest <= len(key) <= longest:
            nearness = SAME_SOUND if alike is not None and alike(key) else near(key)
            if nearness >= NEAR and (held_by := len(lessons_with(store, key))):
                consider(nearness, key, held_by, name)
    order = sorted(best, key=lambda key: (-best[key][0], -best[key][1], key))
    return tuple(best[key][2] for key in order[:MOST])


class _Near:
    """How near a term comes to what was typed: 1 for the same."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.shortest, self.longest = ceil(len(wanted) * SHORTER), int(len(wanted) / SHORTER)
        self._matcher = SequenceMatcher(None, autojunk=False)
        self._matcher.set_seq2(wanted)

    def __call__(self, term: str) -> float:
        if not self.shortest <= len(term) <= self.longest:
            return 0.0
        self._matcher.set_seq1(term)
        return self._matcher.ratio() if self._matcher.quick_ratio() >= NEAR else 0.0

    def among(self, lines: str, size: int) -> Iterator[tuple[float, str]]:
        """Lines whose first field, of so many characters or more, may be near, with how near it is."""
        if self.shortest <= size <= self.longest:
            for line in _sharing(self.wanted, ceil(NEAR * (len(self.wanted) + size) / 2)).findall(lines):
                yield self(line.partition("\t")[0]), line


def _sharing(wanted: str, least: int) -> "re.Pattern[str]":
    """Lines whose first field has so many characters that are among those wanted."""
    characters = re.escape("".join(sorted(set(wanted))))
    return re.compile(rf"^(?:[^{characters}\n\t]*+[{characters}]){{{least}}}.*", re.MULTILINE)


class _SoundsLike:
    """Whether a term sounds like what was typed: in Han, or in Latin letters, whole or by initials."""

    def __init__(self, wanted: str, sound: Sound) -> None:
        self._spelling, self._first_letters = sound
        self.length = len(wanted)
        self.is_latin = wanted.isascii()
        self.letters = wanted.replace(" ", "") if self.is_latin else self._spelling(wanted)[0]

    def __call__(self, term: str) -> bool:
        if term.isascii() or not (self.is_latin or len(term) == self.length):
            return False
        if self.letters[:1] not in self._first_letters(term):
            return False
        syllables, initials = self._spelling(term)
        return bool(syllables) and (
            self.letters == syllables
            or (self.is_latin and len(self.letters) > 1 and self.letters == initials)
        )

    def among(self, lines: str) -> Iterator[tuple[float, str]]:
        """Lines whose first field does, with how near that is."""
        return ((SAME_SOUND, line) for line in lines.split("\n") if self(line.partition("\t")[0]))
