"""Key phrases of lessons: what the author quotes, what recurs, the terms of the field.

A candidate is a run of tokens; all its spellings share one key (folded, no blanks and
hyphens, aliases joined), so that 声明式 API and 声明式API are one theme.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log1p

from k8snotes.analyse.term_stats import is_content
from k8snotes.model.findings import Theme
from k8snotes.model.words import Segmented, Token, Vocabulary

LONGEST_PHRASE = 3  # words; a repeated run of more is a sentence, not a term
LONGEST_QUOTE = 12  # characters between the author's quotation marks
OPENING_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》"}
NOT_A_TERM = re.compile(r"[\d年月日天号.:/%,\-_]+|[a-z]")
# A phrase does not begin or end with these, though they are words of their own.
LOOSE_ENDS = frozenset(
    [
        "的",
        "地",
        "得",
        "了",
        "着",
        "过",
        "个",
        "中",
        "里",
        "上",
        "下",
        "时",
        "后",
        "前",
        "者",
        "们",
        "性",
        "化",
        "是",
        "在",
        "和",
        "与",
        "或",
        "有",
        "就",
        "都",
        "也",
    ]
)

# What each sign of a theme is worth, on top of how often and how rare it is.
IN_TITLE = 1.0
IN_HEADING = 0.3
QUOTED = 1.2
IN_LEXICON = 2.0
PHRASE = 0.2
# What is left of a quotation of more words than a phrase has and that never comes again.
ONCE_IN_LONG = 0.4
# A word is dropped when so much of it occurs inside one longer theme.
SWALLOWED = 0.6


@dataclass(slots=True)
class _Candidate:
    spellings: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    quoted: bool = False
    in_title: bool = False
    in_heading: bool = False
    lessons: set[int] = field(default_factory=set)


def find_themes(lessons: Sequence[Segmented], vocabulary: Vocabulary, *, limit: int) -> tuple[Theme, ...]:
    """The themes of one lesson or many, the most telling first; at most `limit`."""
    keys = _candidate_keys(lessons, vocabulary)
    candidates = _count(lessons, keys, vocabulary)
    scored = {key: _score(key, candidate, len(lessons), vocabulary) for key, candidate in candidates.items()}
    ranked = sorted(scored, key=lambda key: (-scored[key], key))
    kept: list[str] = []
    for key in ranked:
        if len(kept) == limit:
            break
        if not _is_swallowed(key, candidates, kept):
            kept = [other for other in kept if not _swallows(key, other, candidates)]
            kept.append(key)
    highest = max((scored[key] for key in kept), default=1.0)
    return tuple(
        _theme(candidates[key], scored[key] / highest, vocabulary.preferred.get(key)) for key in kept
    )


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


def mentions(tokens: Sequence[Token], keys: Collection[str]) -> bool:
    """Whether the words name a theme, of whose spellings these are the keys.

    Han characters are found wherever they stand, Latin ones only as words of their own.
    """
    whole = key_of_tokens(tokens)
    if any(key in whole for key in keys if not key.isascii()):
        return True
    latin = {key for key in keys if key.isascii()}
    return bool(latin) and any(
        key_of_tokens(tokens[start:stop]) in latin for start, stop in runs(tokens, LONGEST_QUOTE // 2)
    )


def key_of_tokens(tokens: Iterable[Token]) -> str:
    return re.sub(r"[\s\-_]+", "", "".join(token.word for token in tokens))


def _is_word(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _all_tokens(lesson: Segmented) -> Iterator[tuple[str, Sequence[Token]]]:
    yield "title", lesson.title
    for heading in lesson.headings:
        yield "heading", heading.tokens
    for sentence in lesson.sentences:
        yield "body", sentence.tokens


def _candidate_keys(lessons: Sequence[Segmented], vocabulary: Vocabulary) -> dict[str, bool]:
    """The keys worth counting → whether an author quoted them."""
    quoted: set[str] = set()
    phrases: Counter[str] = Counter()
    plain: set[str] = set()
    for lesson in lessons:
        for place, tokens in _all_tokens(lesson):
            quoted |= set(_quoted_keys(tokens, vocabulary))
            for start, stop in runs(tokens, LONGEST_PHRASE):
                run = [token for token in tokens[start:stop] if not token.word.isspace()]
                if len(run) == 1:
                    if _is_term(run[0].word, vocabulary):
                        plain.add(key_of_tokens(run))
                elif _is_phrase([token.word for token in run], vocabulary):
                    phrases[key_of_tokens(run)] += 2 if place != "body" else 1
    repeated = {key for key, count in phrases.items() if count > 1 or key in vocabulary.preferred}
    return dict.fromkeys(plain | repeated, False) | dict.fromkeys(quoted, True)


def _quoted_keys(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[str]:
    """What stands in quotation marks and is short enough to be a term."""
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
            words = [t.word for t in inside if not t.word.isspace()]
            if len(words) > 1 or _is_term(words[0], vocabulary):
                yield key


def _is_term(word: str, vocabulary: Vocabulary) -> bool:
    return is_content(word, vocabulary) and not NOT_A_TERM.fullmatch(word)


def _is_phrase(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    return all(
        word not in vocabulary.stop_words and word not in LOOSE_ENDS and not NOT_A_TERM.fullmatch(word)
        for word in words
    ) and any(len(word) > 1 for word in words)


def _count(
    lessons: Sequence[Segmented], keys: dict[str, bool], vocabulary: Vocabulary
) -> dict[str, _Candidate]:
    """Every occurrence of the keys, by the key of their preferred spelling."""
    found: dict[str, _Candidate] = defaultdict(_Candidate)
    longest = LONGEST_QUOTE // 2
    for number, lesson in enumerate(lessons):
        for place, tokens in _all_tokens(lesson):
            for start, stop in runs(tokens, longest):
                key = key_of_tokens(tokens[start:stop])
                if key not in keys:
                    continue
                candidate = found[_joined_key(key, vocabulary)]
                candidate.spellings["".join(token.surface for token in tokens[start:stop]).strip()] += 1
                candidate.words = tuple(t.word for t in tokens[start:stop] if not t.word.isspace())
                candidate.quoted |= keys[key]
                candidate.in_title |= place == "title"
                candidate.in_heading |= place == "heading"
                candidate.lessons.add(number)
    return dict(found)


def _joined_key(key: str, vocabulary: Vocabulary) -> str:
    preferred = vocabulary.preferred.get(key)
    return key if preferred is None else re.sub(r"[\s\-_]+", "", preferred.casefold())


def _score(key: str, candidate: _Candidate, lessons: int, vocabulary: Vocabulary) -> float:
    count = candidate.spellings.total()
    rarity = sum(vocabulary.rarity(word) for word in candidate.words) / len(candidate.words)
    spread = len(candidate.lessons) / lessons
    in_lexicon = key in vocabulary.preferred
    signs = (
        1.0
        + IN_TITLE * candidate.in_title
        + IN_HEADING * candidate.in_heading
        + QUOTED * candidate.quoted
        + IN_LEXICON * in_lexicon
        + PHRASE * (len(candidate.words) > 1)
    )
    said_once = ONCE_IN_LONG if count == 1 and len(candidate.words) > LONGEST_PHRASE else 1.0
    return log1p(count) * rarity**2 * signs * (1 + spread) * said_once


def _is_swallowed(key: str, candidates: dict[str, _Candidate], kept: Sequence[str]) -> bool:
    return any(_swallows(longer, key, candidates) for longer in kept)


def _swallows(longer: str, key: str, candidates: dict[str, _Candidate]) -> bool:
    return (
        key != longer
        and key in longer
        and candidates[longer].spellings.total() >= SWALLOWED * candidates[key].spellings.total()
    )


def _theme(candidate: _Candidate, score: float, preferred: str | None) -> Theme:
    """The theme under its commonest spelling; of two as common the preferred one."""
    ordered = sorted(
        candidate.spellings,
        key=lambda spelling: (-candidate.spellings[spelling], spelling != preferred, spelling),
    )
    return Theme(
        text=ordered[0],
        count=candidate.spellings.total(),
        lessons=len(candidate.lessons),
        score=round(score, 4),
        aliases=tuple(ordered[1:]),
    )
