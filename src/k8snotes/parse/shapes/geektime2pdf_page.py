"""A page of geektime2pdf, before it became a PDF.

    `<h1>`, a div with date and author, article HTML
    a div with `©`, two with 上一篇 / 下一篇 and their titles
    `<h2><span>精选留言</span><span>3</span></h2><ul><li>`: name, date, text, `作者回复 …`

Class names are hashes of a build, so fields are told by their place and words.
"""

import re
from collections.abc import Iterator

from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.source import Source
from k8snotes.parse.comments import REPLY_WITHOUT_COLON, comment_of, reply_of
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import Element, cut_off, parse_html
from k8snotes.parse.masthead import (
    DATE,
    is_day,
    read_author,
    read_date,
    read_day,
)
from k8snotes.parse.page_surroundings import take_foot
from k8snotes.parse.page_title import title_heading
from k8snotes.parse.shapes import html_article
from k8snotes.speech import Message

NAME = "geektime2pdf"

COMMENTS_HEADING = re.compile(r"精选留言\s*(?P<count>\d{1,9})")


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    if "<title>极客时间 | " in source.text:
        yield 6, Message("极客时间 in the page's title")
    if "<h2><span>精选留言</span><span" in source.text:
        yield 6, Message("精选留言 with its count in spans")


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    root = parse_html(source.lines)
    for rule in RULES:
        rule(draft, root)
    return draft.finish()


def comments(draft: Draft, root: Element) -> None:
    """The list below the heading that ends in a count."""
    for parent in root.walk():
        for at, child in enumerate(parent.children):
            if not isinstance(child, Element) or child.tag != "h2":
                continue
            match = COMMENTS_HEADING.fullmatch("".join(child.text().string.split()))
            if not match:
                continue
            draft.comments_total = int(match["count"])
            rest = [element for element in parent.children[at:] if isinstance(element, Element)]
            cut_off(root, parent, at)
            for listed in rest:
                draft.comments += [_comment(item) for item in listed.elements() if item.tag == "li"]
            draft.claim(child.line - 1, len(draft.lines), "comments")
            return


def masthead(draft: Draft, root: Element) -> None:
    """The title, and a div with nothing but date and author."""
    heading = html_article.title(draft, root, title_heading(root))
    for parent in list(root.walk()):
        for child in parent.elements():
            spans = [element for element in child.elements() if element.tag == "span"]
            if child.tag == "div" and len(spans) == 2 and DATE.fullmatch(dated := spans[0].text().string):
                draft.date, draft.author = read_date(dated), read_author(spans[1].text().string)
                parent.children = [other for other in parent.children if other is not child]
                break
    html_article.body(draft, root, heading)


RULES = (comments, take_foot, masthead)


def _comment(item: Element) -> Comment:
    spans = [element.text() for element in item.find("span")]
    leaves = [element for element in item.find("div", "p") if not element.holds_block]
    # The name comes first, and may look like a date.
    dated = next((at for at, leaf in enumerate(leaves) if at and is_day(leaf.text().string)), None)
    rest = [leaf for leaf in leaves[(dated or 0) + 1 :] if leaf.text()]
    if rest and rest[0].tag == "p" and REPLY_WITHOUT_COLON.match(rest[0].text().string):
        rest.insert(0, Element("div", "", rest[0].line, rest[0].column))  # a comment without words
    replies = [
        reply
        for leaf in rest[1:]
        if (
            reply := reply_of(
                leaf.text(), first_line=leaf.line, last_line=leaf.last_line, mark=REPLY_WITHOUT_COLON
            )
        )
    ]
    if not rest and dated is not None:
        rest = [Element("div", "", leaves[dated].line, leaves[dated].column)]
    text = rest[0].text() if rest else item.text()
    return comment_of(
        name=spans[0].string if spans else "",
        day=read_day(leaves[dated].text().string) if dated is not None else None,
        text=text,
        replies=replies,
        span=item.span,
    )
