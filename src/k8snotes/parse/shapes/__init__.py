"""The shapes that course texts come in, one a module, each an ordered tuple of rules.

A shape is a module with `NAME`, `likeness(source)` (points and reasons) and `parse(source)`.
"""

from collections.abc import Iterator
from typing import Protocol

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.shapes import (
    crawler_html,
    curated_notes,
    geektime2pdf_page,
    geektime_dl_page,
    gitbook,
    html_article,
    mkdocs,
    mobile_page,
    page_as_markdown,
    page_copy,
    pandoc_page,
    pasted_page,
    plain_markdown,
    printed_page,
    pymupdf_page,
)
from k8snotes.speech import Message


class Shape(Protocol):
    @property
    def NAME(self) -> str: ...  # noqa: N802 - a module's constant

    def likeness(self, source: Source) -> Iterator[tuple[int, Message]]: ...

    def parse(self, source: Source) -> Lesson: ...


# Where two shapes score alike, the earlier one is taken.
SHAPES: tuple[Shape, ...] = (
    printed_page,
    page_as_markdown,
    mkdocs,
    crawler_html,
    pasted_page,
    page_copy,
    curated_notes,
    pandoc_page,
    pymupdf_page,
    geektime_dl_page,
    geektime2pdf_page,
    mobile_page,
    gitbook,
    html_article,
    plain_markdown,
)
BY_NAME = {shape.NAME: shape for shape in SHAPES}
