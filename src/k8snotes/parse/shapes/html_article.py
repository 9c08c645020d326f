"""Any HTML page: an e-book's chapter, a saved article, documentation.

`<h1>`, else `<title>`, else the file's name
blocks, in page order
"""

import re
from collections.abc import Iterator
from copy import copy

from k8snotes.model.lesson import Heading, Lesson
from k8snotes.model.source import Source
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.html import Element, html_blocks, parse_html
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import lesson_number, title_of_file

NAME = "html"

PAGE = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+html|<html\b|<head\b|<body\b)", re.IGNORECASE)

HTML_FILE = re.compile(r"\.x?html?$", re.IGNORECASE)
TAG = re.compile(r"\s*<[!a-zA-Z]")
# An article with less of the page's words than this is a teaser of another page.
ARTICLE_SHARE = 1 / 3


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    first = next((line for line in source.lines if line.strip(BLANK)), "")
    if PAGE.match(first):
        yield 4, "an HTML page"
    elif HTML_FILE.search(source.name) and TAG.match(first):
        yield 4, "a tag at the beginning of an HTML file"


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
        head = next(root.find("head"), root)  # pictures have titles too
        named = next((found for found in head.find("title") if found.source_text().string.strip()), None)
        draft.title = (
            " ".join(named.source_text().string.split()) if named else title_of_file(draft.source.name)
        )
    draft.number = lesson_number(draft.title)
    return heading


def body(draft: Draft, root: Element, title_heading: Element | None) -> None:
    page = next(root.find("body"), root)
    blocks = list(html_blocks(_article(page).children)) or list(html_blocks(page.children))
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
    last = max((block.last_line for block in blocks), default=len(draft.lines))
    draft.claim_rest(last, "navigation")
    # Elements that are never closed run over what follows them; what was read says where it stands.
    for block in blocks:
        draft.claim(block.first_line - 1, block.last_line, "body")
    for comment in draft.comments:
        draft.claim(comment.first_line - 1, comment.last_line, "comments")


def _article(page: Element) -> Element:
    """The page's only main part or article, else all of it; without its menus."""
    for tag in ("main", "article"):
        found = list(page.find(tag))
        if len(found) == 1 and len(found[0].text().string) >= ARTICLE_SHARE * len(page.text().string):
            page = found[0]
            break
    return _without_menus(page)


def _without_menus(element: Element, *, in_article: bool = False) -> Element:
    """The element without `nav`, and without the page's own foot."""
    menus = ("nav",) if in_article else ("nav", "footer")
    result = copy(element)
    result.children = [
        _without_menus(child, in_article=in_article or child.tag in ("main", "article"))
        if isinstance(child, Element) and child.holds_block
        else child
        for child in element.children
        if not (isinstance(child, Element) and child.tag in menus)
    ]
    return result
