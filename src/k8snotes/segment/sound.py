"""How Chinese sounds, for who types it wrong or in Latin letters; needs the extra `pinyin`."""

from collections.abc import Callable
from functools import cache

# A text's syllables, joined and without tones, and their initials; of one without Han two empty strings.
Spelling = Callable[[str], tuple[str, str]]
Letters = Callable[[str], frozenset[str]]  # that a text's first syllable may begin with


def make_sound() -> tuple[Spelling, Letters] | None:
    """What gives a text's syllables, and what gives, at far less cost, the letters these may begin with.

    None without the extra.
    """
    try:
        from pypinyin import Style, lazy_pinyin, pinyin
    except ImportError:
        return None

    def spelling(text: str) -> tuple[str, str]:
        syllables = lazy_pinyin(text, errors="ignore")
        return "".join(syllables), "".join(syllable[0] for syllable in syllables)

    @cache
    def of_character(character: str) -> frozenset[str]:
        readings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        return frozenset(reading[0] for reading in (readings[0] if readings else ()) if reading)

    def letters(text: str) -> frozenset[str]:
        return next(filter(None, map(of_character, text)), frozenset())

    return spelling, letters
