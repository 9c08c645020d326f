"""Any HTML page: an e-book's chapter, a saved article, documentation.

`<h1>`, else `<title>`, else the file's name
blocks, in page order
"""

import re
from collections.abc import Iterator

from k8snotes.model.lesson import Heading, Lesson
from k8snotes.model.source import Source
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.html import Element, html_blocks, parse_html
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import lesson_number, title_of_file

NAME = "html"

PAGE = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+html|<html\b|<head\b|<body\b)", re.IGNORECASE)


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    first = next((line for line in source.lines if line.strip(BLANK)), "")
    if PAGE.match(first):
        yield 4, "an HTML page"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    root = parse_html(source.lines)
    heading = title(draft, root)
    body(draft, root, heading)
    return draft.finish()


def title(draft: Draft, root: Element) -> Element | None:
    """The first heading of the first level; it is the title and no part of the body."""
    heading = next((found for found in root.find("h1") if found.text()), None)
    if heading is not None:
        draft.title = " ".join(heading.text().string.split())
        draft.title_lines = span(heading.line - 1, heading.last_line)
    else:
        named = next((found for found in root.find("title") if found.source_text().string.strip()), None)
        draft.title = (
            " ".join(named.source_text().string.split()) if named else title_of_file(draft.source.name)
        )
    draft.number = lesson_number(draft.title)
    return heading


def body(draft: Draft, root: Element, title_heading: Element | None) -> None:
    top = next(root.find("body"), root)
    blocks = list(html_blocks(top.children))
    if title_heading is not None:
        at = next(
            (
                i
                for i, block in enumerate(blocks)
                if isinstance(block, Heading) and block.level == 1 and block.first_line == title_heading.line
            ),
            None,
        )
        if at is not None:
            del blocks[at]
    draft.blocks = blocks
    first = min((block.first_line for block in blocks), default=len(draft.lines) + 1)
    draft.claim(0, first - 1, "masthead")
