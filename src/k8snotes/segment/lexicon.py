"""Terms of the field that are one word to a reader: 声明式 API, kube-apiserver."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from k8snotes.segment.fold import fold_string, table

if TYPE_CHECKING:
    from k8snotes.model.words import Vocabulary

# A two-character term inside a longer word (节点 in 细节点评) is the tokenizer's to judge.
SHORTEST_HAN_TERM = 3
COMMENT = re.compile(r"(?:^|\s)#.*")
# What may stand between the parts of a term, or be missing: 声明式API, kube-apiserver.
SEPARATORS = r"[\s\-_]"
SCRIPT_CHANGE = r"(?<=[a-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[a-z0-9])"
# A term that begins or ends in Latin letters is no piece of a longer Latin word.
LATIN_BEFORE = r"(?<![a-z0-9])(?<![a-z0-9][-._])"
LATIN_AFTER = r"(?![-._]?[a-z0-9])"
SHORTEST_INSIDE = 4  # letters of a Latin name that says anything within a longer word: CR in Secret does not


class Lexicon(NamedTuple):
    """Terms in their preferred spelling, and the folded spellings that stand for each."""

    preferred: Mapping[str, str]  # folded spelling → preferred spelling
    no_themes: frozenset[str] = frozenset()  # keys of what the reader wants no theme to be

    def spellings(self) -> dict[str, str]:
        """Every spelling, folded, as it is written where it stands for a term."""
        return {
            folded: preferred if fold_string(preferred) == folded else folded
            for folded, preferred in self.preferred.items()
        }

    def finder(self) -> "TermFinder":
        """Finds those of the terms that a tokenizer would cut or miss."""
        return TermFinder(term for term in self.preferred if _is_phrase(term))


class TermFinder:
    """Finds terms in folded text, the longest first; blanks and hyphens may be missing.

    One expression a first character: with 2,000 terms in one, each place in a text would try
    them all.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = defaultdict(list)
        for term in sorted(terms, key=lambda term: (-len(term), term)):
            parts = parts_of(term)
            by_first[parts[0][0]].append(_term_pattern(parts))
        self._by_first = {first: re.compile("|".join(rules)) for first, rules in by_first.items()}
        self._starts = re.compile(f"[{re.escape(''.join(sorted(by_first)))}]" if by_first else r"(?!)")

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Offsets of the terms, half open, in order and apart."""
        at = 0
        while start := self._starts.search(folded, at):
            term = self._by_first[start[0]].match(folded, start.start())
            if term:
                yield term.span()
            at = term.end() if term else start.end()


def key_of(term: str) -> str:
    """What all spellings of a term share: folded, without blanks and hyphens."""
    return _key(fold_string(term))


def _key(folded: str) -> str:
    return "".join(folded.split()).replace("-", "").replace("_", "")


def parse_lexicon(lines: Iterable[str]) -> Lexicon:
    """A lexicon from lines such as `Kubernetes = K8s = 库伯`, the preferred spelling first.

    `! 展开` says that something is no theme; what follows a `#` that begins a word is a comment.
    """
    preferred: dict[str, str] = {}
    no_themes: set[str] = set()
    for line in lines:
        said = COMMENT.sub("", line) if "#" in line else line
        spellings = [part.strip() for part in said.split("=") if part.strip()]
        if spellings and spellings[0].startswith("!"):
            no_themes |= {key_of(spelling.removeprefix("!")) for spelling in spellings}
            continue
        for spelling in map(fold_string, spellings):
            if _key(spelling):
                preferred[spelling] = spellings[0]
    return Lexicon(preferred=preferred, no_themes=frozenset(no_themes - {""}))


@cache
def shipped_lexicon() -> Lexicon:
    """The terms of Kubernetes that come with the program."""
    return parse_lexicon(table("lexicon.txt").splitlines())


def extended(lexicon: Lexicon, terms: Iterable[str]) -> Lexicon:
    """The lexicon with a reader's own terms, which win.

    What shares a spelling with one of theirs is the same thing, and called as they call it.
    """
    parsed = parse_lexicon(terms)
    own = parsed.preferred
    if not own:
        return Lexicon(preferred=lexicon.preferred, no_themes=lexicon.no_themes | parsed.no_themes)
    own_by_key = {_key(spelling): preferred for spelling, preferred in own.items()}
    renamed: dict[str, str] = {}
    for spelling, preferred in lexicon.preferred.items():
        if (key := _key(spelling)) in own_by_key:
            renamed.setdefault(preferred, own_by_key[key])
    others = {
        spelling: renamed.get(preferred, preferred)
        for spelling, preferred in lexicon.preferred.items()
        if _key(spelling) not in own_by_key
    }
    return Lexicon(preferred={**others, **own}, no_themes=lexicon.no_themes | parsed.no_themes)


def rings(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """For each spelling's key the folded spellings that mean the same, in one order for all of them."""
    together: dict[str, list[str]] = defaultdict(list)
    for spelling, preferred in lexicon.preferred.items():
        together[preferred].append(spelling)
    return {
        _key(spelling): tuple(dict.fromkeys(spellings))
        for spellings in together.values()
        for spelling in spellings
    }


def names_of(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a thing is called besides a name of it, folded, that name first; all spellings of a lexicon."""
    folded = " ".join(fold_string(name).split())
    return tuple(dict.fromkeys((folded, *rings(lexicon).get(key_of(name), ()))))


def spelled(names: Sequence[str], *, whole: bool) -> str:
    """An expression that finds folded names in folded text, blanks and hyphens in them or not.

    `whole`: a name in Latin letters is no piece of a longer word. Otherwise only short ones are none, but for
    the first name, which is the one that was asked for. A name without a letter, digit or mark is found
    nowhere.
    """
    rules = []
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if parts := parts_of(name):
            is_short = len(name) < SHORTEST_INSIDE and name.isascii() and name.isalnum()
            is_word = is_short and name != names[0] and not whole
            rules.append(_word_pattern(name) if is_word else _term_pattern(parts, whole=whole))
    return "|".join(rules) or r"(?!)"


def _is_phrase(term: str) -> bool:
    """Whether a term needs our help: plain Latin words and short Han ones are cut right anyway."""
    return not re.fullmatch(r"[a-z0-9]+", term) and (not term.isalpha() or len(term) >= SHORTEST_HAN_TERM)


def parts_of(term: str) -> list[str]:
    """What stays together in every spelling of a term: 声明式, api."""
    return [part for part in re.split(f"{SEPARATORS}+|{SCRIPT_CHANGE}", term) if part]


def _word_pattern(name: str) -> str:
    """Finds a Latin word, also in the plural."""
    return f"(?<![a-z0-9]){name}(?=s?(?![a-z0-9]))"


def _term_pattern(parts: list[str], *, whole: bool = True) -> str:
    if not whole:  # on one line
        return r"[^\S\n]?[\-_]?".join(re.escape(part) for part in parts)
    spaced = f"{SEPARATORS}?".join(re.escape(part) for part in parts)
    before = LATIN_BEFORE if re.match(r"[a-z0-9]", parts[0]) else ""
    after = LATIN_AFTER if re.search(r"[a-z0-9]$", parts[-1]) else ""
    return f"{before}{spaced}{after}"


def vocabulary_of(lexicon: Lexicon) -> "Vocabulary":
    """What analysis knows of words beforehand, with the terms of a lexicon."""
    from k8snotes.model.words import Vocabulary

    return Vocabulary(
        stop_words=stop_words(),
        generic_words=_words_in("generic_words.txt"),
        no_themes=lexicon.no_themes,
        common_ranks=common_word_ranks(),
        preferred={key_of(spelling): preferred for spelling, preferred in lexicon.preferred.items()},
    )


@cache
def stop_words() -> frozenset[str]:
    """Folded words that carry no meaning of their own."""
    return _words_in("stop_words.txt")


@cache
def _words_in(name: str) -> frozenset[str]:
    """The words of a list of ours, folded."""
    lines = table(name).splitlines()
    return frozenset(fold_string(word) for line in lines if not line.startswith("#") for word in line.split())


@cache
def common_word_ranks() -> Mapping[str, int]:
    """The commonest words of general Chinese, folded, with their ranks from 0."""
    words = table("common_words.txt").splitlines()
    ranks: dict[str, int] = {}
    for rank, word in enumerate(words):
        ranks.setdefault(fold_string(word), rank)  # 名著 and 名着 are one word once folded
    return ranks
