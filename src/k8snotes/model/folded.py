"""Text folded for comparison."""

from collections.abc import Callable, Sequence
from functools import cached_property

Origins = Sequence[int] | None


class Folded:
    """A text folded for comparison, with the way back to the characters it came from."""

    def __init__(self, string: str, find_origins: Callable[[], Origins] = lambda: None) -> None:
        """`find_origins` is asked once, and of most texts not at all: nothing is found in them."""
        self.string = string
        self._find_origins = find_origins

    @cached_property
    def _origins(self) -> Origins:
        """The source offset of each character; None: folding kept every character in its place."""
        return self._find_origins()

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """The source offsets, half open, that the folded span [start, stop) came from."""
        if start == stop or self._origins is None:
            return start, stop
        return self._origins[start], self._origins[stop - 1] + 1
