"""Numbers of comments as bitmaps, one for each of their bits: how they were liked, on what days written.

Who has a number from one on is then found by a few operations on whole bitmaps, however many comments there
are; to ask the table for it takes a tenth of a second for a hundred thousand.
"""

from collections.abc import Sequence

# name → the number, as a column of the comments has it; days as 20181224, which are in order
SCALES = {"likes": "likes", "day": "CAST(replace(day, '-', '') AS INTEGER)"}


def number_of(day: str) -> int:
    """A day, as ISO writes it, on its scale."""
    return int(day.replace("-", ""))


def slice_names(scale: str, height: int) -> list[str]:
    """What the bitmaps of a scale are called: of all that have a number, of each bit from the lowest on."""
    return [scale, *(f"{scale} {bit}" for bit in range(height))]


def at_least(number: int, told: int, slices: Sequence[int]) -> int:
    """Those whose number is so large; `told`: all that have one, `slices`: those that have each bit."""
    if number <= 0:
        return told
    if number >> len(slices):
        return 0
    equal, larger = told, 0  # as far as the bits go that were looked at
    for bit in reversed(range(len(slices))):
        if number >> bit & 1:
            equal &= slices[bit]
        else:
            larger |= equal & slices[bit]
            equal &= ~slices[bit]
    return larger | equal


def within(least: int | None, most: int | None, told: int, slices: Sequence[int]) -> int:
    """Those whose number lies in between, both ends with it; None: whatever it is."""
    found = told if least is None else at_least(least, told, slices)
    return found if most is None else found & ~at_least(most + 1, told, slices)
