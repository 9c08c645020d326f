"""How much a lesson and a passage say on a query: all weights in one place.

BM25F (Robertson, Zaragoza & Taylor 2004) over lessons, with passages in place of words: a term
counts once for each passage that it stands in, since saying it again in one breath adds little.
Fields are summed by their weights before the sum is saturated. The text of a lesson has one length
and what its readers said has another, so that a lesson does not pay for its comments. What a lesson
is called is apart from what it says: names are short, and say all at once what they say.
"""

from collections.abc import Iterable, Sequence
from math import log

from k8snotes.index.rows import LENGTH_OF, Field, Length

FIELD_WEIGHTS: dict[Field, float] = {
    Field.FACTS: 0.5,
    Field.HEADING: 2.0,
    Field.LEAD: 3.0,
    Field.BODY: 1.0,
    Field.CODE: 0.5,
    Field.COMMENT: 0.3,
    Field.REPLY: 0.5,
}
UNIT = 0.1  # of these weights, so that they are summed as whole numbers: 31 at most, see `grid`
SATURATION = 5.0  # k1 of BM25: where half of what a term can add is reached
# b of BM25: 0 takes no account of length, 1 all.
NORMALIZATION: dict[Length, float] = {Length.TITLE: 0.4, Length.TEXT: 0.6, Length.SAID: 0.6}
TITLE = 1.2  # what a term in a title of common length adds, where one in the text adds 1 at most
# How much it counts that one passage of a lesson holds all that is asked for.
BEST_PASSAGE = 0.15
# A rare pair of characters is as often a chance as a name: its rarity counts a little less than it would.
RARITY = 0.8
# What stands between words more than in them: pairs with these say less of what is asked for.
LITTLE_WORDS = frozenset("的了在是和与或及以为这那有个要会能可不对于中从到由被把将并等所之也就都而但")
BETWEEN_WORDS = 0.8  # for each of the pair

# A pair that is far rarer than both its neighbours stands across two words, as 器内 between 容器 and 内存: it
# is as rare as they seldom meet, and says little of either.
FAR_MORE = 2.0  # lessons that hold each of the neighbours, to one that holds the pair
ACROSS_WORDS = 0.5

# What a passage is worth beside the words that it covers.
KIND_WEIGHTS: dict[int, float] = {
    Field.TITLE: 0.15,
    Field.FACTS: -0.30,
    Field.HEADING: 0.10,
    Field.LEAD: 0.12,
    Field.BODY: 0.10,
    Field.CODE: -0.05,
    Field.COMMENT: 0.0,
    Field.REPLY: 0.05,
}
LESSON_SHARE = 0.7  # of its lesson's score
# What the words of a passage show, once it is read.
RUN_OF_WORDS = 0.15  # the words of the query stand together, as typed
DEFINES = 0.35  # 所谓 X，X 就是 …
QUOTES = 0.15  # “X”, **X**
DENSITY = 0.20  # how much of it is what was asked for


def divisors(part: Length, lengths: Sequence[int], average: float) -> list[float]:
    """By what frequencies are divided in parts of these lengths."""
    b = NORMALIZATION[part]
    return [1 - b + b * length / average for length in lengths] if average else [1.0] * len(lengths)


def term_weight(spellings: tuple[str, ...], lessons: int, found_in: int) -> float:
    """How much it says that a term stands in a lesson."""
    idf = log(1 + (lessons - found_in + 0.5) / (found_in + 0.5))
    between = sum(map(LITTLE_WORDS.__contains__, spellings[0])) if len(spellings) == 1 else 0
    return float(idf**RARITY * BETWEEN_WORDS**between)


def worths(part: Length | None) -> dict[int, int]:
    """What passages weigh in the fields of a part, or in those without a length: in units, by the field."""
    return {
        field: round(weight / UNIT) for field, weight in FIELD_WEIGHTS.items() if LENGTH_OF.get(field) == part
    }


def saturated(frequencies: Iterable[float], share: float) -> list[float]:
    """What each frequency, in units, adds to a score: the share at most."""
    half = SATURATION / UNIT
    return [share * (units / (half + units)) for units in frequencies]
