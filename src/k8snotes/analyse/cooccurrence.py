"""Which terms stand together more often than chance would have it."""

from collections import Counter
from collections.abc import Collection, Iterator
from math import log

LEAST_TOGETHER = 2  # paragraphs: once is chance


class Company:
    """The terms that stand in the paragraphs of a theme, counted paragraph by paragraph."""

    def __init__(self) -> None:
        self._paragraphs = self._with_theme = 0
        self._everywhere: Counter[str] = Counter()
        self._together: Counter[str] = Counter()

    def add(self, terms: Collection[str], *, has_theme: bool) -> None:
        """Counts a paragraph with the terms that stand in it."""
        self._paragraphs += 1
        self._everywhere.update(terms)
        if has_theme:
            self._with_theme += 1
            self._together.update(terms)

    def join(self, other: "Company") -> None:
        """Counts what was counted of other paragraphs."""
        self._paragraphs += other._paragraphs
        self._with_theme += other._with_theme
        self._everywhere.update(other._everywhere)
        self._together.update(other._together)

    def nearest(self) -> list[tuple[str, int, float]]:
        """Terms, the paragraphs shared with the theme, how little that looks like chance: that least first.

        What stands together with the theme once, or no more often than chance has it, is left out.
        """
        return sorted(self._scored(), key=lambda found: (-found[2], -found[1], found[0]))

    def _scored(self) -> Iterator[tuple[str, int, float]]:
        for term, both in self._together.items():
            of_term = self._everywhere[term]
            if both >= LEAST_TOGETHER and both * self._paragraphs > self._with_theme * of_term:
                yield term, both, log_likelihood(both, self._with_theme, of_term, self._paragraphs)


def log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """G² (Dunning 1993) of two terms: paragraphs that hold both, the one, the other, and all there are."""
    table = (
        (both, one, other),
        (one - both, one, total - other),
        (other - both, total - one, other),
        (total - one - other + both, total - one, total - other),
    )
    return 2 * sum(
        observed * log(observed * total / (row * column)) for observed, row, column in table if observed
    )
