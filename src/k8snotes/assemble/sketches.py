"""Samples of texts, by which two can be compared when neither is at hand.

A text is cut into clauses, each clause is hashed, and the least hashes are kept: a bottom-k sketch
(Cohen & Kaplan 2007). Below the lesser of two sketches' bounds both hold all that their texts have,
so what they share there says what the texts share. Clauses and not runs of so many characters: a
text has some hundred, which cost next to nothing, and a page break or a Markdown mark spoils one.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from zlib import crc32

from k8snotes.model.course import Sketch
from k8snotes.model.lesson import Heading, ItemList, Lesson, Paragraph, Quote

MOST = 128  # hashes: an error of 0.09 at the worst
SHORTEST = 6  # letters of a clause that says something: "首先" stands everywhere
ENOUGH = 8  # clauses to compare; with fewer it is chance
CLAUSE_END = re.compile(r"[。，；：？！.,;:?!]+")
ITEM_END = re.compile(rf"{CLAUSE_END.pattern}|\n")  # a line of a paragraph may end anywhere
NO_LETTERS = re.compile(r"[\W_]+")


def sketch(lesson: Lesson, fold: Callable[[str], str]) -> Sketch:
    """The sketch of a lesson's prose; code is left out, as each shape marks it in another way."""
    hashes: set[int] = set()
    characters = 0
    for block in lesson.blocks:
        if not isinstance(block, Paragraph | Heading | ItemList | Quote):
            continue
        end = ITEM_END if isinstance(block, ItemList) else CLAUSE_END
        for clause in end.split(fold(block.text.string)):
            letters = NO_LETTERS.sub("", clause)
            characters += len(letters)
            if len(letters) >= SHORTEST:
                hashes.add(crc32(letters.encode(errors="surrogatepass")))
    least = array("I", sorted(hashes)[:MOST])
    return Sketch(hashes=least.tobytes(), is_whole=len(hashes) <= MOST, characters=characters)


def hashes_of(sketched: Sketch) -> "array[int]":
    """The hashes, ascending."""
    hashes = array("I")
    hashes.frombytes(sketched.hashes)
    return hashes


def shares(one: Sketch, other: Sketch) -> tuple[float, float] | None:
    """Which share of the clauses of each the other has; None where there are too few to say."""
    first, second = hashes_of(one), hashes_of(other)
    bound = min(_bound(one, first), _bound(other, second))
    mine, theirs = _below(first, bound), _below(second, bound)
    if min(len(mine), len(theirs)) < ENOUGH:
        return None
    common = len(mine & theirs)
    return common / len(mine), common / len(theirs)


def _bound(sketched: Sketch, hashes: "array[int]") -> float:
    return float("inf") if sketched.is_whole or not hashes else hashes[-1]


def _below(hashes: Iterable[int], bound: float) -> set[int]:
    return {value for value in hashes if value <= bound}
