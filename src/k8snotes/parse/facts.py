"""What shapes ask of a source: each question is answered once, and only where its marks are looked for."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from k8snotes.model.source import Source

Fact = TypeVar("Fact")
Positions = tuple[int, ...]  # of lines, from 0, ascending


def once(find: Callable[[Source], Fact]) -> Callable[[Source], Fact]:
    """The function, which looks at a source the first time only."""

    @wraps(find)
    def fact(source: Source) -> Fact:
        found = source.found
        if find not in found:
            found[find] = find(source)
        return cast("Fact", found[find])

    return fact


def lines_like(matches: Callable[[str], object], *marks: str) -> Callable[[Source], Positions]:
    """Where the lines stand that match, without the blanks around them; all hold one of the marks."""

    @once
    def lines(source: Source) -> Positions:
        return tuple([at for at in source.lines_with(*marks) if matches(source.shown[at])])

    return lines
