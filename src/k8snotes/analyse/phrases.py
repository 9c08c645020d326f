"""The phrases of one lesson that may be themes: quoted, headed, repeated, known, or a rare word.

A phrase is a run of tokens; all its spellings share one key (folded, no blanks and hyphens, aliases
joined), so that 声明式 API and 声明式API are one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from k8snotes.analyse.term_stats import is_content
from k8snotes.model.findings import Phrase
from k8snotes.model.words import Segmented, Token, Vocabulary

LONGEST_PHRASE = 3  # words; a repeated run of more is a sentence, not a term
LONGEST_QUOTE = 12  # characters between the author's quotation marks
LONGEST_RUN = LONGEST_QUOTE // 2  # words
OPENING_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》"}
NOT_A_TERM = re.compile(
    r"[\d年月日天号.:/%,\-_]+|[a-z]"
    r"|\d[\w.]*(?:-[\w.]+){2,}|[a-z0-9]+(?:-[a-z0-9.]+){4,}"  # dates, and names of files
    r"|(?:[\d一二三四五六七八九十百千万两几多]+[个条种点层类次台份项步位章节篇讲课天年月日]*)+"
)
# A phrase does not begin or end with these, though they are words of their own.
LOOSE_ENDS = frozenset(
    "的地得了着过个中里上下时后前者们性化是在和与或有就都也之其这那很更最再又不没会能要让把被给向从对"
)
# Nor is a word one that the tokenizer joined to a particle: 新的, 运维和.
JOINED = re.compile(r".+[的了着和与或在是就都也]|[的了着和与或在是就都也很更最不].+")
# A phrase met so often has neighbours of more than one kind; else it is a piece of a longer one.
SEEN_OFTEN = 3
BETWEEN = re.compile(r"[\s\-_]+")  # what spellings of a phrase may have or not
WRAPPED = re.compile(r"[^\S ]|  ")
WRAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
MARK = ""  # stands for the neighbour at a boundary: a mark, or the end of a sentence


@dataclass(slots=True)
class _Candidate:
    spellings: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    is_quoted: bool = False
    in_title: bool = False
    in_heading: bool = False
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)


def phrases_of(lesson: Segmented, vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """The phrases with how they are written and how often, by their keys."""
    parts = [(place, tokens) for place, tokens in _all_tokens(lesson)]
    quoted = {key: words for _, tokens in parts for key, words in _quoted(tokens, vocabulary)}
    kinds = _Kinds(vocabulary)
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    for place, tokens in parts:
        for key, run in _runs(tokens, kinds, quoted, vocabulary):
            start, stop = run[0], run[-1] + 1
            candidate = found[_joined_key(key, vocabulary)]
            candidate.spellings[_spelled(tokens[start:stop])] += 1
            candidate.words = tuple([tokens[at].word for at in run])
            candidate.is_quoted |= key in quoted
            candidate.in_title |= place == "title"
            candidate.in_heading |= place == "heading"
            candidate.before.add(_neighbour(tokens, start - 1))
            candidate.after.add(_neighbour(tokens, stop))
    return tuple(
        Phrase(
            key=key,
            words=candidate.words,
            spellings=tuple(sorted(candidate.spellings.items())),
            is_quoted=candidate.is_quoted,
            in_title=candidate.in_title,
            in_heading=candidate.in_heading,
        )
        for key, candidate in sorted(found.items())
        if _is_whole(candidate)
    )


def _runs(
    tokens: Sequence[Token],
    kinds: "_Kinds",
    quoted: Mapping[str, tuple[str, ...]],
    vocabulary: Vocabulary,
) -> Iterator[tuple[str, list[int]]]:
    """Runs of words that may be terms: their keys, and where their words stand, blanks left out."""
    # Only what begins as a long quotation does can be one.
    long_starts = {words[0] for words in quoted.values() if len(words) > LONGEST_PHRASE}
    words = [at for at, token in enumerate(tokens) if not token.word.isspace()]
    for first, start in enumerate(words):
        longest = LONGEST_RUN if tokens[start].word in long_starts else LONGEST_PHRASE
        key, may_be_phrase, has_long = "", True, False
        for last in range(first, min(first + longest, len(words))):
            word = tokens[words[last]].word
            kind = kinds[word]
            if not kind.is_word:
                break
            key += kind.key
            may_be_phrase = may_be_phrase and kind.in_phrase
            has_long = has_long or len(word) > 1
            length = last - first + 1
            if length == 1:
                may_be_term = kind.is_term
            else:
                is_phrase = may_be_phrase and has_long and length <= LONGEST_PHRASE
                may_be_term = is_phrase or key in vocabulary.preferred
            if may_be_term or key in quoted:
                yield key, words[first : last + 1]


class _Kind(NamedTuple):
    """What a word is good for."""

    key: str
    is_word: bool  # and no mark
    is_term: bool  # by itself
    in_phrase: bool  # as a part of a phrase


class _Kinds(dict[str, _Kind]):
    """What the words of a lesson are good for, each looked at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __missing__(self, word: str) -> _Kind:
        kind = self[word] = _Kind(
            key=BETWEEN.sub("", word),
            is_word=_is_word(word),
            is_term=_is_term(word, self._vocabulary),
            in_phrase=word not in self._vocabulary.stop_words
            and word not in LOOSE_ENDS
            and not JOINED.fullmatch(word)
            and not NOT_A_TERM.fullmatch(word),
        )
        return kind


def mentions(tokens: Sequence[Token], keys: Collection[str]) -> bool:
    """Whether the words name a theme, of whose spellings these are the keys.

    Han characters are found wherever they stand, Latin ones only as words of their own.
    """
    whole = key_of_tokens(tokens)
    if any(key in whole for key in keys if not key.isascii()):
        return True
    latin = {key for key in keys if key.isascii()}
    return bool(latin) and any(key_of_tokens(tokens[a:b]) in latin for a, b in runs(tokens, LONGEST_RUN))


def runs(tokens: Sequence[Token], longest: int) -> Iterator[tuple[int, int]]:
    """All runs of up to `longest` words with nothing but blanks between them, as token offsets."""
    words = [at for at, token in enumerate(tokens) if not token.word.isspace()]
    for i, start in enumerate(words):
        if not _is_word(tokens[start].word):
            continue
        for last in words[i : i + longest]:
            if not _is_word(tokens[last].word):
                break
            yield start, last + 1


def key_of_tokens(tokens: Iterable[Token]) -> str:
    return BETWEEN.sub("", "".join(token.word for token in tokens))


def _all_tokens(lesson: Segmented) -> Iterator[tuple[str, Sequence[Token]]]:
    yield "title", lesson.title
    for heading in lesson.headings:
        yield "heading", heading.tokens
    for sentence in lesson.sentences:
        yield "body", sentence.tokens


def _quoted(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Key and words of what stands in quotation marks and is short enough to be a term."""
    for at, token in enumerate(tokens):
        closing = OPENING_QUOTES.get(token.surface)
        if closing is None:
            continue
        inside: list[Token] = []
        for other in tokens[at + 1 :]:
            if other.surface == closing:
                break
            inside.append(other)
        else:
            continue
        key = key_of_tokens(inside)
        is_plain = all(_is_word(t.word) or t.word.isspace() for t in inside)
        if is_plain and len(key) >= 2 and len("".join(t.surface for t in inside)) <= LONGEST_QUOTE:
            words = tuple(t.word for t in inside if not t.word.isspace())
            if len(words) > 1 or _is_term(words[0], vocabulary):
                yield key, words


def _is_term(word: str, vocabulary: Vocabulary) -> bool:
    return (
        is_content(word, vocabulary)
        and word not in vocabulary.generic_words
        and not NOT_A_TERM.fullmatch(word)
        and not JOINED.fullmatch(word)
    )


def _is_word(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _spelled(tokens: Sequence[Token]) -> str:
    """The phrase as it is written, on one line: a line's end is no blank between Han characters."""
    written = "".join([token.surface for token in tokens])
    return " ".join(WRAP.sub("", written).split()) if WRAPPED.search(written) else written


def _neighbour(tokens: Sequence[Token], at: int) -> str:
    if not 0 <= at < len(tokens) or not _is_word(tokens[at].word):
        return MARK
    return tokens[at].word


def _is_whole(candidate: _Candidate) -> bool:
    """Whether a phrase is free at both ends: what always has the same word beside it is a piece."""
    if len(candidate.words) < 2 or candidate.is_quoted or candidate.spellings.total() < SEEN_OFTEN:
        return True
    return all(len(beside) > 1 or MARK in beside for beside in (candidate.before, candidate.after))


def _joined_key(key: str, vocabulary: Vocabulary) -> str:
    preferred = vocabulary.preferred.get(key)
    return key if preferred is None else BETWEEN.sub("", preferred.casefold())
