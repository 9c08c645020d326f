"""How Chinese sounds, for who types it wrong or in Latin letters; needs the extra `pinyin`."""

from collections.abc import Callable


def make_sound() -> Callable[[str], tuple[str, str]] | None:
    """Gives a text's syllables, joined and without tones, and their initials; None without the extra.

    Of text without Han characters it gives two empty strings.
    """
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return None

    def sound(text: str) -> tuple[str, str]:
        syllables = lazy_pinyin(text, errors="ignore")
        return "".join(syllables), "".join(syllable[0] for syllable in syllables)

    return sound
