"""How much each sentence of a lesson matters: a sentence graph, times what the text marks.

    salience = centrality ^ SHARPNESS × Π (1 + weight × feature)

with LexRank centrality and the features of `features.FEATURES`; 0 for sentences that belong to the
teaching and not to what is taught (greetings, farewells, homework).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from k8snotes.analyse.features import FEATURES, Context, Feature, context_of
from k8snotes.analyse.teaching import author_summary_positions, homework_positions, is_taught
from k8snotes.analyse.term_stats import Vector, content_words, tf_isf_vectors
from k8snotes.model.words import Segmented, Vocabulary

DAMPING = 0.85
ROUNDS = 15  # the order of the sentences settles after about ten
SHARPNESS = 0.7
# A sentence that opens with a conjunction says less alone.
CONJOINS = re.compile(
    r"(?:另外|同时|而且|并且|但是?|不过|可是|然而|于是|因此|所以(?!说)|接下来|然后|当然|再|也(?!就是)|还|并|则|而(?!言))"
)
CONJOINING = 0.6  # what is left of its score
ASKS = re.compile(r"[?？][”」』）)]*$")
ASKING = 0.5  # what is left of a question's
TYPICAL = 28  # content words; a longer sentence is central by its length alone


@dataclass(frozen=True, kw_only=True)
class Salience:
    """What the sentences of a lesson are worth, by their positions."""

    segmented: Segmented
    words: tuple[tuple[str, ...], ...]  # the content words of each sentence
    scores: tuple[float, ...]  # 0 to 1; 0: never to be taken
    author_summary: frozenset[int]
    context: Context

    @cached_property
    def ranked(self) -> tuple[int, ...]:
        """The sentences that may be taken, the most salient first."""
        taken = (at for at, score in enumerate(self.scores) if score > 0)
        return tuple(sorted(taken, key=lambda at: (-self.scores[at], at)))

    def is_question(self, at: int) -> bool:
        return ASKS.search(self.segmented.sentences[at].text) is not None


def salience(
    segmented: Segmented,
    vocabulary: Vocabulary,
    *,
    author_summary: bool = True,
    features: Sequence[tuple[Feature, float]] = FEATURES,
) -> Salience:
    """What each sentence is worth; without `author_summary` nothing where the author himself sums up."""
    sentences = segmented.sentences
    words = tuple(tuple(content_words(sentence.tokens, vocabulary)) for sentence in sentences)
    summing_up = author_summary_positions(segmented)
    left_out = homework_positions(segmented) | (frozenset() if author_summary else summing_up)
    can_stand = [at not in left_out and is_taught(sentence.text) for at, sentence in enumerate(sentences)]
    context = context_of(segmented, vocabulary, words, can_stand=can_stand, author_summary=summing_up)
    centrality = lexrank(tf_isf_vectors(words))
    scores = [0.0] * len(sentences)
    for at, sentence in enumerate(sentences):
        if not can_stand[at]:
            continue
        said = frozenset(words[at])
        score = (centrality[at] * min(1.0, TYPICAL / max(len(words[at]), 1)) ** 0.5) ** SHARPNESS
        for feature, weight in features:
            score *= 1 + weight * feature(at, sentence, said, context)
        score *= CONJOINING if CONJOINS.match(sentence.plain) else 1.0
        score *= ASKING if ASKS.search(sentence.text) else 1.0
        scores[at] = score
    highest = max(scores, default=0.0)
    if highest:
        scores = [score / highest for score in scores]
    return Salience(
        segmented=segmented, words=words, scores=tuple(scores), author_summary=summing_up, context=context
    )


def lexrank(vectors: Sequence[Vector]) -> list[float]:
    """Continuous LexRank (Erkan & Radev 2004, section 4), scores that sum to 1.

    The similarity matrix is V Vᵀ of unit vectors, so a round of the power method is two
    passes over the words of the text, V (Vᵀ p): time grows with the text, not its square.
    """
    total = len(vectors)
    if not total:
        return []
    degrees = [max(value, 1e-12) for value in _times(vectors, [1.0] * total)]
    rank = [1 / total] * total
    for _ in range(ROUNDS):
        flow = _times(vectors, [p / degree for p, degree in zip(rank, degrees, strict=True)])
        rank = [(1 - DAMPING) / total + DAMPING * value for value in flow]
        norm = sum(rank)
        rank = [value / norm for value in rank]
    return rank


def _times(vectors: Sequence[Vector], weights: Sequence[float]) -> list[float]:
    """V (Vᵀ w): each sentence's similarity to the weighted sum of all."""
    whole: dict[str, float] = {}
    for vector, weight in zip(vectors, weights, strict=True):
        for word, value in vector.items():
            whole[word] = whole.get(word, 0.0) + value * weight
    return [sum(value * whole[word] for word, value in vector.items()) for vector in vectors]
