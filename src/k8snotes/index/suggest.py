"""What a reader may have meant: terms of the course near to a query that finds nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from math import ceil

from k8snotes.index.candidates import lessons_with
from k8snotes.index.names import LONGEST
from k8snotes.index.query import Word
from k8snotes.index.store import Store

MOST = 5  # suggestions
MOST_CORRECTED = 3  # words of a query: one with more that no lesson holds is about something else
NEAR = 0.6  # of SequenceMatcher's ratio: one of three characters may differ, two of five
NEAR_ALL = 0.75  # of several words together, of which one alone may make up half
SHORTER = NEAR / (2 - NEAR)  # how long at least the shorter of two is for that
SAME_SOUND = 0.95

# What gives a text's syllables joined, with their initials, and what gives the letters these may begin with.
Sound = tuple[Callable[[str], tuple[str, str]], Callable[[str], frozenset[str]]]


def suggestions(
    store: Store,
    words: Sequence[Word],
    fold: Callable[[str], str],
    sound: Sound | None,
    terms: Mapping[str, str],
) -> tuple[str, ...]:
    """What may have been meant by the words of a query.

    First the query with the term nearest to each that no lesson holds in its place, then the terms that come
    near to all of it, with and without what asks.
    """

    def near(name: str, least: float = NEAR) -> tuple[str, ...]:
        found = terms_near(store, name, fold, sound, terms, least=least)
        # A part of what was typed in Han was looked for as well: 更新 of 热更新.
        return found if name.isascii() else tuple(term for term in found if fold(term) not in name)

    typed = fold(" ".join(word.typed for word in words if word.subjects))
    subjects = [subject for word in words for subject in word.subjects]
    are_several = len(subjects) > 1
    found = [*_corrected(store, words, near)] if are_several else []
    for name in dict.fromkeys((typed, " ".join(subjects))):
        found += near(name, NEAR_ALL if are_several else NEAR)
    by_name: dict[str, str] = {}
    for name in found:
        by_name.setdefault(fold(name), name)
    said = {typed, *subjects}
    return tuple(name for folded, name in by_name.items() if folded not in said)[:MOST]


def _corrected(store: Store, words: Sequence[Word], near: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """A query of several words with what no lesson holds replaced by the term nearest to it, where one is."""
    unknown = [subject for word in words for subject in word.subjects if not lessons_with(store, subject)]
    if len(unknown) > MOST_CORRECTED:
        return
    nearest = {subject: terms[0] for subject in unknown if (terms := near(subject))}
    if nearest:
        yield " ".join(
            word.typed
            if nearest.keys().isdisjoint(word.subjects)
            else " ".join(nearest.get(subject, subject) for subject in word.subjects)
            for word in words
        )


def terms_near(
    store: Store,
    name: str,
    fold: Callable[[str], str],
    sound: Sound | None,
    terms: Mapping[str, str],
    *,
    least: float = NEAR,
) -> tuple[str, ...]:
    """The terms that come nearest to a name, as the course writes them, the nearest first.

    Near is what shares most characters in their order, or, with `sound`, what sounds the same. `terms` are
    those of the field, folded, with how they are written: they count where the course has them.
    """
    wanted = " ".join(fold(name).replace('"', " ").split())
    if not wanted:
        return ()
    alike = None if sound is None else _SoundsLike(wanted, sound)
    near = _Near(wanted)
    # By the folded name: how near it is, lessons that use it, how it is written.
    best: dict[str, tuple[float, int, str]] = {}

    def consider(nearness: float, key: str, lessons: int, written: str) -> None:
        if key != wanted and nearness >= least and key not in best:
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
    if any(nearness == SAME_SOUND for nearness, _, _ in best.values()):
        best = {key: found for key, found in best.items() if found[0] >= SAME_SOUND}
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
