"""How much a lesson and a passage say on a query: all weights in one place.

BM25F (Robertson, Zaragoza & Taylor 2004) over lessons, with passages in place of words: a term
counts once for each passage that it stands in, since saying it again in one breath adds little.
Fields are summed, each by its weight and its own length, before the sum is saturated.
"""

from math import log
from typing import NamedTuple

from k8snotes.index.rows import Field


class FieldWeight(NamedTuple):
    weight: float
    normalization: float  # b of BM25: 0 takes no account of length, 1 all


FIELD_WEIGHTS: dict[Field, FieldWeight] = {
    Field.TITLE: FieldWeight(15.0, 0.0),
    Field.FACTS: FieldWeight(0.5, 0.0),
    Field.HEADING: FieldWeight(2.0, 0.6),
    Field.LEAD: FieldWeight(6.0, 0.0),
    Field.BODY: FieldWeight(1.0, 0.6),
    Field.CODE: FieldWeight(0.1, 0.6),
    Field.COMMENT: FieldWeight(0.3, 0.6),
    Field.REPLY: FieldWeight(0.5, 0.6),
    Field.REST: FieldWeight(0.0, 0.0),
}
SATURATION = 15.0  # k1 of BM25: where half of what a term can add is reached
# How much it counts that one passage of a lesson holds all that is asked for.
BEST_PASSAGE = 0.2

# What a passage is worth beside the words that it covers.
KIND_WEIGHTS: dict[Field, float] = {
    Field.TITLE: 0.30,
    Field.FACTS: -0.30,
    Field.HEADING: 0.20,
    Field.LEAD: 0.12,
    Field.BODY: 0.10,
    Field.CODE: -0.05,
    Field.COMMENT: 0.0,
    Field.REPLY: 0.05,
}
LESSON_SHARE = 0.5  # of its lesson's score
# What the words of a passage show, once it is read.
RUN_OF_WORDS = 0.15  # the words of the query stand together, as typed
DEFINES = 0.35  # 所谓 X，X 就是 …
QUOTES = 0.15  # “X”, **X**
DENSITY = 0.15  # how much of it is what was asked for


def idf(lessons: int, found_in: int) -> float:
    """How much it says that a term stands in a lesson."""
    return log(1 + (lessons - found_in + 0.5) / (found_in + 0.5))


def field_frequency(field: int, passages: int, length: int, average: float) -> float:
    """The weighted frequency of a term in a field of so many passages."""
    weight, b = FIELD_WEIGHTS[Field(field)]
    return weight * passages / (1 - b + b * length / average) if average else 0.0


def saturated(frequency: float) -> float:
    return frequency / (SATURATION + frequency)
