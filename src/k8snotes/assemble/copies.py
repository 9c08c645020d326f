"""Which texts of a lesson may be left out, since the richest holds all that they say.

`sameness` says that two texts hold one lesson; of these one may still be an excerpt with a reader's own
notes, or another edition. What is left out is not seen any more, so here nothing is estimated.
"""

import re

from k8snotes.assemble.designation import Fold
from k8snotes.model.lesson import Figure, Lesson

RUN = 6  # letters that hardly stand in a text by chance
HELD = 0.9  # share of runs; a printer's margin or a button's word is in one text only
OWN = 24  # letters of a block that somebody wrote
HELD_OF_BLOCK = 0.5
MOST = 500_000  # letters of which runs are kept
NO_LETTERS = re.compile(r"[\W_]+")


def is_copy(poorer: Lesson, richer: Lesson, fold: Fold) -> bool:
    """Whether the body of the one says nothing that the other's does not say in the same words."""
    own, said = _letters_of_blocks(poorer, fold), "".join(_letters_of_blocks(richer, fold))
    if max(len(said), sum(map(len, own))) > MOST:
        return "".join(own) == said
    known = set(_runs(said))
    total = held = 0
    for letters in own:
        runs = _runs(letters)
        found = sum(run in known for run in runs)
        if len(letters) >= OWN and found < HELD_OF_BLOCK * len(runs):
            return False
        total += len(runs)
        held += found
    return held >= HELD * total


def _letters_of_blocks(lesson: Lesson, fold: Fold) -> list[str]:
    return [
        NO_LETTERS.sub("", fold(block.text.string))
        for block in lesson.blocks
        if not isinstance(block, Figure)
    ]


def _runs(letters: str) -> list[str]:
    """All runs of so many letters; of a shorter text itself."""
    return [letters[at : at + RUN] for at in range(max(len(letters) - RUN + 1, 1))]
