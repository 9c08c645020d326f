"""What of a lesson makes flash cards: terms with the sentences that define them, key sentences with a gap."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from k8snotes.analyse.definitions import Definitions
from k8snotes.model.document import Blanked, Defined, Term
from k8snotes.model.findings import KeySentence
from k8snotes.model.folded import Folded
from k8snotes.model.words import Sentence, Vocabulary

# Stands for the term in a sentence, so that the rules are made once and not for each term; no text has it.
NAME = "\ue001"
EVERYDAY = 8000  # ranks of general Chinese words that nobody need learn
COUNTED = re.compile(r"[一两几每这那]\w")  # 一眼, 每次: no terms to be asked for
LEAST_AROUND = 8  # letters and digits beside a gap, else there is nothing to fill it by


def definitions(
    sentences: Sequence[Sentence], terms: Iterable[Term], fold: Callable[[str], str]
) -> Iterator[Defined]:
    """For each term that the sentences define the one that does so most surely, the first of several."""
    rules = Definitions(NAME)
    folded = [fold(sentence.plain) for sentence in sentences]
    for term in terms:
        name = re.compile(term.pattern)
        sure = [
            (rules.strength(name.sub(NAME, text)) if name.search(text) else 0.0, -at)
            for at, text in enumerate(folded)
        ]
        strength, at = max(sure, default=(0.0, 0))
        if strength > 0:
            sentence = sentences[-at]
            yield Defined(term=term, plain=sentence.plain, line=sentence.line, strength=strength)


def gaps(
    sentences: Iterable[KeySentence],
    terms: Sequence[Term],
    vocabulary: Vocabulary,
    fold: Callable[[str], Folded],
) -> Iterator[Blanked]:
    """Key sentences, each with a gap for the first of the terms that stands in it and has no gap yet."""
    waiting = [term for term in terms if _is_to_be_learned(term, vocabulary)]
    for sentence in sentences:
        folded = fold(sentence.plain)
        for term in waiting:
            spans = tuple(_spans(term, folded))
            if spans and _is_told_by_the_rest(sentence.plain, spans):
                waiting.remove(term)
                yield Blanked(term=term, plain=sentence.plain, line=sentence.line, spans=spans)
                break


def _is_to_be_learned(term: Term, vocabulary: Vocabulary) -> bool:
    rank = vocabulary.common_ranks.get(term.key, EVERYDAY)
    return vocabulary.is_term(term.key) or (rank >= EVERYDAY and not COUNTED.fullmatch(term.key))


def _spans(term: Term, folded: Folded) -> Iterator[tuple[int, int]]:
    """Where a term stands in the sentence that was folded, apart and in order."""
    end = 0
    for found in re.finditer(term.pattern, folded.string):
        start, stop = folded.source_span(*found.span())
        if start >= end and stop > start:  # two may stand in one character that folds to several
            yield start, stop
            end = stop


def _is_told_by_the_rest(sentence: str, spans: Sequence[tuple[int, int]]) -> bool:
    around = sum(map(str.isalnum, sentence)) - sum(
        sum(map(str.isalnum, sentence[slice(*span)])) for span in spans
    )
    return around >= LEAST_AROUND
