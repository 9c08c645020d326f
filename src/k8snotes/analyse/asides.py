"""Which paragraph of a lesson a comment talks of, where its words say so.

Two things say so: a stretch that the comment repeats word for word, and words that it shares with
one paragraph and hardly any other. Where two paragraphs are about as near, or little is shared,
none is named.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log

from k8snotes.model.folded import Folded
from k8snotes.model.lesson import ItemList, Lesson, Paragraph, Quote
from k8snotes.model.thread import About
from k8snotes.model.words import Vocabulary

Fold = Callable[[str], Folded]
Cut = Callable[[str], Iterator[str]]  # folded text to words

HAN = "[\u3400-\u9fff]+"
SEED = 5  # characters by which stretches are found
LONGEST_COMMENT = 3000  # characters that are looked at
# How long a stretch must be to be no chance, in Han characters; a Latin letter counts half.
VERBATIM, QUOTED = 8.0, 4.5
IDENTIFIERS = 12.0  # of Latin letters alone: a command or a name is a shared term, no quotation
QUOTATION = re.compile(r"[“「『\"]([^“”「」『』\"\n]{3,80})[”」』\"]")
MOSTLY = 0.6
MUCH_LONGER = 0.75  # a stretch in another paragraph may be so long beside the longest
# Shared words count by how rare they are, in general and in the lesson.
ENOUGH = 6.0
FEWEST = 2  # words
MOST_SHOWN = 3
MUCH_MORE = 0.6  # what another paragraph may share beside the one that shares most
HALF = 6.0  # what is shared scores one half there


@dataclass(frozen=True, slots=True)
class _Block:
    first_line: int
    last_line: int
    string: str  # letters and digits of the folded text
    latin: frozenset[str]  # its words in Latin letters


class Asides:
    """The paragraphs of a lesson, for comments to be laid beside them."""

    def __init__(self, lesson: Lesson, vocabulary: Vocabulary, fold: Fold, cut: Cut) -> None:
        self._vocabulary, self._fold, self._cut = vocabulary, fold, cut
        # What everybody says of a lesson leads nowhere in it.
        self._names = [
            _letters(fold(name).string) for name in (lesson.title, lesson.course, lesson.author) if name
        ]
        self._blocks = [
            self._block(block) for block in lesson.blocks if isinstance(block, Paragraph | ItemList | Quote)
        ]
        # To look into all of them first is much quicker than an index: most of a comment is in none.
        self._whole = "\n".join(block.string for block in self._blocks)
        self._holders: dict[str, tuple[int, ...]] = {}

    def about(self, comment: str) -> About | None:
        """The paragraph that the comment seems to talk of; None where its words do not say."""
        said = comment[:LONGEST_COMMENT]
        return self._by_quotation(said) or self._by_words(said)

    def _block(self, block: Paragraph | ItemList | Quote) -> _Block:
        folded = self._fold(block.text.string).string
        latin = frozenset(word for word in self._cut(re.sub(HAN, " ", folded)) if word.isascii())
        return _Block(block.first_line, block.last_line, _letters(folded), latin)

    def _content(self, folded: str) -> Iterator[str]:
        return (
            word
            for word in self._cut(folded)
            if len(word) > 1 and not word.isdigit() and word not in self._vocabulary.stop_words
        )

    # --- word for word

    def _by_quotation(self, comment: str) -> About | None:
        longest: dict[int, tuple[float, str]] = {}
        for string, written, least in self._stretches(comment):
            for number, length, start, stop in self._runs(string):
                if (
                    length >= (IDENTIFIERS if string[start:stop].isascii() else least)
                    and length > longest.get(number, (0.0, ""))[0]
                ):
                    longest[number] = length, written(start, stop)
        if not longest:
            return None
        ranked = sorted(longest, key=lambda number: (-longest[number][0], number))
        best = ranked[0]
        length, words = longest[best]
        if len(ranked) > 1 and longest[ranked[1]][0] > MUCH_LONGER * length:
            return None
        return self._found(best, min(1.0, 0.5 + length / 40), "quotes", (words,))

    def _stretches(self, comment: str) -> Iterator[tuple[str, Callable[[int, int], str], float]]:
        """Runs of the comment, letters and digits alone, each with the way back and how much is enough."""
        for least, text in (
            (VERBATIM, comment),
            *((QUOTED, quotation[1]) for quotation in QUOTATION.finditer(comment)),
        ):
            folded = self._fold(text)
            kept = [at for at, character in enumerate(folded.string) if character.isalnum()]
            string = "".join(folded.string[at] for at in kept)

            def written(
                start: int, stop: int, text: str = text, folded: Folded = folded, kept: list[int] = kept
            ) -> str:
                begin, end = folded.source_span(kept[start], kept[stop - 1] + 1)
                return _within_quotes(text[begin:end])

            yield string, written, least

    def _runs(self, string: str) -> Iterator[tuple[int, float, int, int]]:
        """Stretches that stand in a paragraph: its number, their length, where they begin and end."""
        at = 0
        while at + SEED <= len(string):
            furthest = at + 1
            seed = string[at : at + SEED]
            for number in self._blocks_with(seed):
                stop = at + SEED
                block = self._blocks[number].string
                while stop < len(string) and string[at : stop + 1] in block:
                    stop += 1
                run = string[at:stop]
                if not any(run in name for name in self._names):
                    yield number, _length(run), at, stop
                furthest = max(furthest, stop - SEED + 1)
            at = furthest

    def _blocks_with(self, run: str) -> tuple[int, ...]:
        """The paragraphs that hold a run of letters and digits."""
        if run not in self._whole:
            return ()
        return tuple(number for number, block in enumerate(self._blocks) if run in block.string)

    # --- shared words

    def _holders_of(self, word: str) -> tuple[int, ...]:
        """The paragraphs that a word stands in; one in Latin letters not as a piece of another."""
        if word not in self._holders:
            holders = self._blocks_with(_letters(word))
            if word.isascii():
                holders = tuple(number for number in holders if word in self._blocks[number].latin)
            self._holders[word] = holders
        return self._holders[word]

    def _by_words(self, comment: str) -> About | None:
        folded = self._fold(comment)
        shared: dict[int, dict[str, float]] = defaultdict(dict)
        for word in set(self._content(folded.string)):
            holders = self._holders_of(word)
            if holders and not any(word in name for name in self._names):
                weight = self._weight(word, len(holders))
                for number in holders:
                    shared[number][word] = weight
        totals = {number: sum(words.values()) for number, words in shared.items()}
        ranked = sorted(totals, key=lambda number: (-totals[number], number))
        if not ranked or totals[ranked[0]] < ENOUGH or len(shared[ranked[0]]) < FEWEST:
            return None
        best = ranked[0]
        if len(ranked) > 1 and totals[ranked[1]] > MUCH_MORE * totals[best]:
            return None
        words = sorted(shared[best], key=lambda word: (not self._is_known(word), -shared[best][word], word))
        return self._found(
            best,
            totals[best] / (totals[best] + HALF),
            "terms",
            tuple(_written(word, comment, folded) for word in words[:MOST_SHOWN]),
        )

    def _is_known(self, word: str) -> bool:
        """Whether a word is one, and not what was left between two."""
        return word.isascii() or word in self._vocabulary.common_ranks or word in self._vocabulary.preferred

    def _weight(self, word: str, holders: int) -> float:
        """How much a shared word says: rare in general, and in few paragraphs of the lesson."""
        return self._vocabulary.rarity(word) ** 2 * log((len(self._blocks) + 1) / holders)

    def _found(self, number: int, score: float, because: str, words: tuple[str, ...]) -> About:
        block = self._blocks[number]
        return About(
            first_line=block.first_line,
            last_line=block.last_line,
            score=round(score, 4),
            because="quotes" if because == "quotes" else "terms",
            words=words,
        )


def _within_quotes(words: str) -> str:
    """A stretch without what hangs over a quotation that it is mostly made of."""
    longest = max(re.split("[“”「」『』]", words), key=len)
    return longest if len(longest) >= MOSTLY * len(words) else words


def _letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _length(run: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in run)


def _written(word: str, text: str, folded: Folded) -> str:
    """A folded word as the text writes it where it first stands."""
    at = folded.string.find(word)
    start, stop = folded.source_span(at, at + len(word))
    return text[start:stop]
