"""The words that text is cut into, and what is known of words beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p
from typing import NamedTuple, Protocol


class Token(NamedTuple):
    """A word or mark: folded for comparison, and as the text writes it."""

    word: str
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a lesson's body, verbatim, from where it begins."""

    text: str
    line: int  # source line it begins on, from 1
    block: int  # position of its block in the lesson, from 0
    is_first: bool  # in its block
    plain: str  # the text without inline marks
    tokens: tuple[Token, ...]  # of the plain text


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingWords:
    block: int  # position of the heading in the lesson, from 0
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """A lesson's words: of its title, its headings, and the sentences of its body."""

    title: tuple[Token, ...]
    headings: tuple[HeadingWords, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is known of words before any lesson is read; all words are folded."""

    stop_words: frozenset[str]
    generic_words: frozenset[str]  # what is no theme by itself
    no_themes: frozenset[str]  # keys of what the reader wants no theme to be
    common_ranks: Mapping[str, int]  # of general Chinese, the commonest 0
    preferred: Mapping[str, str]  # a term's key (no blanks, no hyphens) → its preferred spelling

    def rarity(self, word: str) -> float:
        """How much a word says: 0 for the commonest, 1 for one that general Chinese hardly has."""
        rank = self.common_ranks.get(word)
        return 1.0 if rank is None else log1p(rank) / log1p(len(self.common_ranks))

    def is_term(self, word: str) -> bool:
        """Whether a word is technical: one of the lexicon, or in Latin letters."""
        is_latin = len(word) > 1 and word.isascii() and any(map(str.isalpha, word))
        return word in self.preferred or (is_latin and word not in self.stop_words)


class Tokenizer(Protocol):
    """Cuts folded text into words; nothing is lost: the words joined are the text."""

    @property
    def name(self) -> str: ...

    def cut(self, folded: str) -> list[str]: ...
