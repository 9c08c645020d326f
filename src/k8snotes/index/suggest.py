"""What a reader may have meant: terms of the course near to a query that finds nothing."""

from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher

from k8snotes.index.store import Store

MOST = 5  # suggestions
NEAR = 0.6  # of SequenceMatcher's ratio: one of three characters may differ, two of five
LONGEST = 24  # characters of a term; what is longer is a sentence
SAME_SOUND = 0.95

Sound = Callable[[str], tuple[str, str]]  # a text's syllables joined, and their initials


def suggestions(store: Store, query: str, fold: Callable[[str], str], sound: Sound | None) -> tuple[str, ...]:
    """The terms that come nearest to the query, as the course writes them, the nearest first.

    Near is what shares most characters in their order, or, with `sound`, what sounds the same.
    """
    wanted = " ".join(fold(query).replace('"', " ").split())
    if not wanted:
        return ()
    nearness: dict[str, float] = {}
    written: dict[str, str] = {}
    counts = _terms(store)
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(wanted)
    characters = set(wanted)
    alike = None if sound is None else _SoundsLike(wanted, sound)
    for term in counts:
        key = fold(term)
        if key == wanted:
            continue
        near = 0.0
        # What shares too few characters need not be aligned.
        if len(characters & set(key)) >= NEAR / 2 * max(len(characters), len(set(key))):
            matcher.set_seq1(key)
            near = matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0
        if alike is not None and near < SAME_SOUND and alike(key):
            near = SAME_SOUND
        if near >= NEAR and near > nearness.get(key, 0.0):
            nearness[key], written[key] = near, term
    best = sorted(nearness, key=lambda key: (-nearness[key], -counts[written[key]], key))
    return tuple(written[key] for key in best[:MOST])


def _terms(store: Store) -> Counter[str]:
    """What the lessons call things, as they write it, with the number of lessons that do."""
    terms: Counter[str] = Counter()
    for names in store.names():
        terms.update(name for name in names if 1 < len(name) <= LONGEST)
    return terms


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
