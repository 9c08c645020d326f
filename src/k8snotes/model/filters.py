"""Which passages a reader wants to see."""

from typing import NamedTuple

from k8snotes.model.kinds import PassageKind


class Filters(NamedTuple):
    """Which passages are wanted; None means all."""

    kinds: frozenset[PassageKind] | None = None
    author: str | None = None  # in any spelling; a part of the name will do
    min_likes: int | None = None
    since: str | None = None  # ISO, included
    until: str | None = None
    lesson: str | None = None  # its number, or a part of its title or path
    files: frozenset[str] | None = None  # paths below the folder of texts
