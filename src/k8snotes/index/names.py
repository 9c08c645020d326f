"""Names of people, for comparison."""

from collections.abc import Callable


def name_key(name: str, fold: Callable[[str], str]) -> str:
    """What all spellings of a reader's name share: folded, without blanks."""
    return "".join(fold(name).split())
