"""Numbers as bars, of block characters or, where an encoding has none to rely on, of ASCII."""

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"
DIGITS = "123456789"
NONE_THERE, NO_DIGIT = "·", "."


def spread(counts: Sequence[int], width: int, *, in_ascii: bool) -> str:
    """A character a number, at most `width`: where there are more, as many neighbours share one.

    The largest is drawn highest; none at all is a dot, never a low bar.
    """
    steps = DIGITS if in_ascii else BLOCKS
    summed = _squeezed(counts, width)
    most = max(summed, default=0)
    return "".join(
        steps[-(-count * len(steps) // most) - 1] if count else NO_DIGIT if in_ascii else NONE_THERE
        for count in summed
    )


def bar(count: int, most: int, width: int, *, in_ascii: bool) -> str:
    """A bar of at most `width` characters, of at least one where there is anything."""
    if not count:
        return ""
    return ("#" if in_ascii else BLOCKS[-1]) * max(round(count / most * width), 1)


def _squeezed(counts: Sequence[int], width: int) -> list[int]:
    share = -(-len(counts) // max(width, 1)) or 1
    return [sum(counts[at : at + share]) for at in range(0, len(counts), share)]
