"""Text folded for comparison."""

from typing import NamedTuple


class Folded(NamedTuple):
    """A text folded for comparison, with the way back to the characters it came from.

    `origins[i]` is the source offset of `string[i]`; None means that folding kept every
    character in its place, so offsets are the same on both sides.
    """

    string: str
    origins: tuple[int, ...] | None

    def source_span(self, start: int, stop: int) -> tuple[int, int]:
        """The source offsets, half open, that the folded span [start, stop) came from."""
        if self.origins is None or start == stop:
            return start, stop
        return self.origins[start], self.origins[stop - 1] + 1
