"""The shapes that course texts come in, one a module, each an ordered tuple of rules.

A shape is a module with `NAME`, `likeness(source)` (points and reasons) and `parse(source)`.
"""

from collections.abc import Iterator
from typing import Protocol

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.shapes import mkdocs, plain_markdown, printed_page


class Shape(Protocol):
    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    def likeness(self, source: Source) -> Iterator[tuple[int, str]]: ...

    def parse(self, source: Source) -> Lesson: ...


# Where two shapes score alike, the earlier one is taken.
SHAPES: tuple[Shape, ...] = (printed_page, mkdocs, plain_markdown)
