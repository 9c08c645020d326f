"""Names, for comparison: of people, and of what lessons talk about."""

from collections.abc import Callable

LONGEST = 24  # characters of a name of a thing that is suggested; what is longer is a sentence


def name_key(name: str, fold: Callable[[str], str]) -> str:
    """What all spellings of a reader's name share: folded, without blanks."""
    return "".join(fold(name).split())
