"""Any HTML page: an e-book's chapter, a saved article, documentation.

`<h1>`, else `<title>`, else the file's name
blocks, in page order
"""

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from itertools import islice

from k8snotes.model.lesson import Block, Comment, Heading, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.html import HEADINGS, Element, parse_html
from k8snotes.parse.html_blocks import html_blocks
from k8snotes.parse.masthead import squashed
from k8snotes.parse.page_comments import take_comments
from k8snotes.parse.page_furniture import without_furniture
from k8snotes.parse.page_surroundings import take_foot, take_masthead
from k8snotes.parse.page_title import title_heading
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import lesson_number, title_of_file
from k8snotes.speech import Message

NAME = "html"

PAGE = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\s+html|<html\b|<head\b|<body\b)", re.IGNORECASE)

HTML_FILE = re.compile(r"\.x?html?$", re.IGNORECASE)
TAG = re.compile(r"\s*<[!a-zA-Z]")
# An article with less of the page's words than this is a teaser of another page.
ARTICLE_SHARE = 1 / 3


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    first = next((line for line in source.lines if line.strip(BLANK)), "")
    if PAGE.match(first):
        yield 4, Message("an HTML page")
    elif HTML_FILE.search(source.name) and TAG.match(first):
        yield 4, Message("a tag at the beginning of an HTML file")


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    root = parse_html(source.lines)
    if source.places:  # the chapter of an e-book has no site around it
        body(draft, root, title(draft, root, title_heading(root)))
        return draft.finish()
    take_comments(draft, root)
    take_foot(draft, root)
    heading = title_heading(root)
    without_furniture(root, heading)
    heading = title(draft, root, heading)
    take_masthead(draft, root, heading)
    body(draft, root, heading)
    return draft.finish()


def title(draft: Draft, root: Element, heading: Element | None) -> Element | None:
    """What stands on the page as the title, which is no part of the body: the heading.

    Without one, what an e-book's table of contents calls the chapter, and the first words of the page
    if they say the same; then the page's own title, unless it is only the book's.
    """
    if heading is None and (listed := draft.source.listed_as):
        draft.title = listed
        heading = next(
            (found for found in _first_words(root) if squashed(_words(found)) == squashed(listed)), None
        )
    if heading is not None:
        draft.title = _words(heading)
        draft.title_lines = span(heading.line - 1, heading.last_line)
    elif draft.title is None:
        head = next(root.find("head"), root)  # pictures have titles too
        named = (" ".join(found.source_text().string.split()) for found in head.find("title"))
        draft.title = next(
            (name for name in named if name and squashed(name) != squashed(draft.source.book or "")), None
        ) or title_of_file(draft.source.name)
    draft.number = lesson_number(draft.title)
    return heading


def _words(element: Element) -> str:
    return " ".join(element.text().string.split())


def _first_words(root: Element) -> Iterator[Element]:
    """The first heading and the first paragraph, as they stand on the page."""
    page = next(root.find("body"), root)
    filled = (found for found in page.find(*HEADINGS, "p", "div") if not found.holds_block and found.text())
    yield from islice(filled, 2)


def body(draft: Draft, root: Element, title_heading: Element | None) -> None:
    bodies = list(root.find("body"))
    # A chapter may stand in several files, and begin behind where the body of the first does.
    page = bodies[0] if len(bodies) == 1 and len(draft.source.places) < 2 else root
    blocks = list(html_blocks(_article(page).children)) or list(html_blocks(page.children))
    if title_heading is not None:
        at = next(
            (
                i
                for i, block in enumerate(blocks)
                if isinstance(block, Heading | Paragraph)
                and block.first_line == title_heading.line
                and squashed(block.text.string) == squashed(_words(title_heading))
            ),
            None,
        )
        if at is not None:
            del blocks[at]
    blocks = [_ending_before_comments(block, draft.comments) for block in blocks]
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


def _ending_before_comments(block: Block, comments: Iterable[Comment]) -> Block:
    """A block whose element is never closed runs over the comments behind it; it ends with its text."""
    if not any(comment.first_line <= block.last_line <= comment.last_line for comment in comments):
        return block
    last = block.text.line_at(max(len(block.text.string) - 1, 0))
    return replace(block, last_line=max(min(last, block.last_line), block.first_line))


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
