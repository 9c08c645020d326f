"""Terms of the field that are one word to a reader: 声明式 API, kube-apiserver."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from k8snotes.model.text import Vocabulary
from k8snotes.segment.fold import fold_string

# A two-character term inside a longer word (节点 in 细节点评) is the tokenizer's to judge.
SHORTEST_HAN_TERM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Terms in their preferred spelling, and the folded spellings that stand for each."""

    preferred: Mapping[str, str]  # folded spelling → preferred spelling

    def pattern(self) -> re.Pattern[str] | None:
        """Finds the terms in folded text, the longest first; blanks and hyphens may be missing."""
        terms = [term for term in self.preferred if _is_phrase(term)]
        if not terms:
            return None
        terms.sort(key=lambda term: (-len(term), term))
        return re.compile("|".join(_term_pattern(term) for term in terms))


def key_of(term: str) -> str:
    """What all spellings of a term share: folded, without blanks and hyphens."""
    return re.sub(r"[\s\-_]+", "", fold_string(term))


def parse_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from lines such as `Kubernetes = K8s = 库伯`, the preferred spelling first."""
    preferred: dict[str, str] = {}
    for line in lines:
        spellings = [part.strip() for part in line.partition("#")[0].split("=") if part.strip()]
        for spelling in spellings:
            preferred[fold_string(spelling)] = spellings[0]
    return Lexicon(preferred=preferred)


@cache
def shipped_lexicon() -> Lexicon:
    """The terms of Kubernetes that come with the program."""
    return parse_lexicon((files("k8snotes.segment") / "data" / "lexicon.txt").read_text("utf-8").splitlines())


def extended(lexicon: Lexicon, terms: Iterable[str]) -> Lexicon:
    """The lexicon with a reader's own terms, which win."""
    return Lexicon(preferred={**lexicon.preferred, **parse_lexicon(terms).preferred})


def _is_phrase(term: str) -> bool:
    """Whether a term needs our help: plain Latin words and short Han ones are cut right anyway."""
    return not re.fullmatch(r"[a-z0-9]+", term) and (not term.isalpha() or len(term) >= SHORTEST_HAN_TERM)


def _term_pattern(term: str) -> str:
    spaced = r"[\s\-]?".join(re.escape(part) for part in re.split(r"[\s\-]+", term))
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", term) else ""
    after = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", term) else ""
    return f"{before}{spaced}{after}"


def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """What analysis knows of words beforehand, with the terms of a lexicon."""
    return Vocabulary(
        stop_words=stop_words(),
        common_ranks=common_word_ranks(),
        preferred={key_of(spelling): preferred for spelling, preferred in lexicon.preferred.items()},
    )


@cache
def stop_words() -> frozenset[str]:
    """Folded words that carry no meaning of their own."""
    lines = (files("k8snotes.segment") / "data" / "stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(fold_string(word) for line in lines if not line.startswith("#") for word in line.split())


@cache
def common_word_ranks() -> Mapping[str, int]:
    """The commonest words of general Chinese, folded, with their ranks from 0."""
    words = (files("k8snotes.segment") / "data" / "common_words.txt").read_text("utf-8").splitlines()
    return {word: rank for rank, word in enumerate(words)}
