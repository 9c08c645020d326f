"""Themes: the phrases of lessons that matter most, the same thing under its names taken together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log1p

from k8snotes.analyse.phrases import LONGEST_PHRASE
from k8snotes.model.findings import LessonPhrases, Theme
from k8snotes.model.thread import Share
from k8snotes.model.words import Vocabulary

# What each sign of a theme is worth, on top of how often and how rare it is.
IN_TITLE = 1.6
IN_HEADING = 0.3
QUOTED = 1.2
IN_LEXICON = 2.0
PHRASE = 0.3
LONG_TERM = 4  # characters; a term of the lexicon that is one word to the tokenizer and more to a reader
# What is left of a quotation of more words than a phrase has and that never comes again,
ONCE_IN_LONG = 0.4
# and of a plain word of general Chinese that nothing but its repetition speaks for.
BARE_WORD = 0.5
# A word is dropped when so much of it occurs inside one longer theme.
SWALLOWED = 0.6
# With so many phrases in hand, those met but once are forgotten (lossy counting, Manku & Motwani 2002).
MOST_IN_HAND = 400_000


@dataclass(slots=True)
class _Candidate:
    words: tuple[str, ...]
    spellings: dict[str, int] = field(default_factory=dict)  # with how often each is written
    count: int = 0
    is_quoted: bool = False
    in_title: bool = False
    in_heading: bool = False
    counts: list[tuple[int, int]] = field(default_factory=list)  # positions of lessons, and how often there


class Gathering:
    """The phrases of lessons taken together, one lesson after the other, in bounded memory."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._candidates: dict[str, _Candidate] = {}
        self._lessons: list[tuple[str, int, str | None]] = []  # paths, places in their files, titles

    def add(self, lesson: LessonPhrases) -> None:
        at = len(self._lessons)
        self._lessons.append((lesson.path, lesson.entry, lesson.lesson))
        for key, words, written, is_quoted, in_title, in_heading in lesson.phrases:
            candidate = self._candidates.get(key)
            if candidate is None:
                candidate = self._candidates[key] = _Candidate(words)
            count_here, spellings = 0, candidate.spellings
            for spelling, count in written:
                spellings[spelling] = spellings.get(spelling, 0) + count
                count_here += count
            candidate.count += count_here
            candidate.is_quoted |= is_quoted
            candidate.in_title |= in_title
            candidate.in_heading |= in_heading
            candidate.counts.append((at, count_here))
        if len(self._candidates) > MOST_IN_HAND:
            self._candidates = {
                key: candidate
                for key, candidate in self._candidates.items()
                if candidate.count > 1 or _is_marked(key, candidate, self._vocabulary)
            }

    def themes(self, *, limit: int) -> tuple[Theme, ...]:
        """The most telling first; at most `limit`."""
        candidates, vocabulary = self._candidates, self._vocabulary
        scored = {
            key: _score(key, candidate, len(self._lessons), vocabulary)
            for key, candidate in candidates.items()
            if key not in vocabulary.no_themes and _is_theme(key, candidate, vocabulary)
        }
        kept: list[str] = []
        for key in sorted(scored, key=lambda key: (-scored[key], key)):
            if len(kept) == limit:
                break
            if not any(_swallows(longer, key, candidates) for longer in kept):
                kept = [other for other in kept if not _swallows(key, other, candidates)]
                kept.append(key)
        highest = max((scored[key] for key in kept), default=1.0)
        return tuple(
            _theme(candidates[key], scored[key] / highest, vocabulary.preferred.get(key), self._lessons)
            for key in kept
        )


def find_themes(lessons: Iterable[LessonPhrases], vocabulary: Vocabulary, *, limit: int) -> tuple[Theme, ...]:
    """The themes of one lesson or many, as of `Gathering.themes`."""
    gathering = Gathering(vocabulary)
    for lesson in lessons:
        gathering.add(lesson)
    return gathering.themes(limit=limit)


def _is_theme(key: str, candidate: _Candidate, vocabulary: Vocabulary) -> bool:
    """Whether it comes again, or something says that it is a term."""
    return candidate.count > 1 or _is_marked(key, candidate, vocabulary)


def _is_marked(key: str, candidate: _Candidate, vocabulary: Vocabulary) -> bool:
    """Whether the author or the lexicon says that it is a term."""
    return candidate.is_quoted or candidate.in_title or candidate.in_heading or key in vocabulary.preferred


def _score(key: str, candidate: _Candidate, lessons: int, vocabulary: Vocabulary) -> float:
    rarity = sum(vocabulary.rarity(word) for word in candidate.words) / len(candidate.words)
    spread = len(candidate.counts) / lessons
    signs = (
        1.0
        + IN_TITLE * candidate.in_title
        + IN_HEADING * candidate.in_heading
        + QUOTED * candidate.is_quoted
        + IN_LEXICON * (key in vocabulary.preferred)
        + PHRASE * _is_phrase(candidate)
    )
    said_once = ONCE_IN_LONG if candidate.count == 1 and len(candidate.words) > LONGEST_PHRASE else 1.0
    is_bare = (
        len(candidate.words) == 1
        and not key.isascii()
        and rarity < 1
        and not _is_marked(key, candidate, vocabulary)
    )
    doubts = said_once * (BARE_WORD if is_bare else 1.0)
    return log1p(candidate.count) * rarity**2 * signs * (1 + spread) * doubts


def _is_phrase(candidate: _Candidate) -> bool:
    """Whether it says more than a word: 声明式 API, 控制器模式."""
    if len(candidate.words) > 1:
        return True
    word = candidate.words[0]
    return any(character.isspace() for character in word) or (not word.isascii() and len(word) >= LONG_TERM)


def _swallows(longer: str, key: str, candidates: dict[str, _Candidate]) -> bool:
    return key != longer and key in longer and candidates[longer].count >= SWALLOWED * candidates[key].count


def _theme(
    candidate: _Candidate, score: float, preferred: str | None, lessons: Sequence[tuple[str, int, str | None]]
) -> Theme:
    """The theme under its commonest spelling; of two as common the preferred one."""
    ordered = sorted(
        candidate.spellings,
        key=lambda spelling: (-candidate.spellings[spelling], spelling != preferred, spelling),
    )
    counts = dict(candidate.counts)
    return Theme(
        text=ordered[0],
        count=candidate.count,
        lessons=len(candidate.counts),
        score=round(score, 4),
        aliases=tuple(ordered[1:]),
        shares=tuple(
            Share(path=path, entry=entry, lesson=title, count=counts.get(at, 0))
            for at, (path, entry, title) in enumerate(lessons)
        ),
    )
