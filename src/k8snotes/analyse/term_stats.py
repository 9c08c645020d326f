"""Content words of sentences and their weights, as vectors of length 1."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

from k8snotes.model.words import Token, Vocabulary

Vector = dict[str, float]


def content_words(tokens: Iterable[Token], vocabulary: Vocabulary) -> list[str]:
    """The words that carry meaning: no marks, no stop words, no single Han character."""
    return [token.word for token in tokens if is_content(token.word, vocabulary)]


def is_content(word: str, vocabulary: Vocabulary) -> bool:
    return (
        len(word) > 1 and word not in vocabulary.stop_words and any(character.isalpha() for character in word)
    )


def tf_isf_vectors(sentences: Sequence[Sequence[str]]) -> list[Vector]:
    """A unit vector a sentence: term frequency times inverse sentence frequency.

    isf = ln(1 + N / n), so that a word in every sentence still counts a little: in a lesson
    it is its subject. A sentence without content words has an empty vector.
    """
    found_in = Counter(word for words in sentences for word in set(words))
    total = len(sentences)
    vectors: list[Vector] = []
    for words in sentences:
        vector = {word: count * log(1 + total / found_in[word]) for word, count in Counter(words).items()}
        norm = sqrt(sum(weight * weight for weight in vector.values()))
        vectors.append({word: weight / norm for word, weight in vector.items()} if norm else {})
    return vectors
