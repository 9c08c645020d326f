"""A page of geektime_dl, alone or in its e-books.

`<h1>` / article HTML
`<h2>精选留言：</h2><ul><li>`: a grey div `name  2018-10-08 06:10:11`, the text with its
likes as ` [52赞]` or, in old ones, `[👍52]`, and the first reply under a grey `作者回复2018-10-08 09:00:00`
"""

import itertools
import re
from collections.abc import Iterator

from k8snotes.model.lesson import Comment, Lesson, Reply
from k8snotes.model.source import Source
from k8snotes.parse.comments import REPLIERS, comment_of
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import Element, cut_off, parse_html
from k8snotes.parse.masthead import read_date
from k8snotes.parse.page_title import title_heading
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.shapes import html_article
from k8snotes.speech import Message

NAME = "geektime-dl"

COMMENTS_HEADING = re.compile(r"精选留言\s*[：:]")
COMMENTS_TAG = re.compile(r"<h2\b[^>]*>精选留言：</h2>")
BYLINE = re.compile(
    r"(?P<name>.*?)(?<!\s)\s*+(?P<date>\d{4}-\d{2}-\d{2})(?:\s+\d{2}:\d{2}(?::\d{2})?)?", re.DOTALL
)
REPLY_BYLINE = re.compile(r"(?P<by>作者|编辑)回复\s*(?:\d{4}-\d{2}-\d{2}.*)?")
# After a blank: "我[3赞]" is a reader's own.
LIKES = re.compile(
    r"(?:(?:\A\s*+|(?<!\s)\s++)\[(?P<count>\d{1,9})赞\]|(?<!\s)\s*+\[👍(?P<old_count>\d{1,9})\])$"
)


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    if COMMENTS_TAG.search(source.text):
        yield 8, Message("精选留言： as a heading of HTML")


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    root = parse_html(source.lines)
    comments(draft, root)
    heading = html_article.title(draft, root, title_heading(root))
    html_article.body(draft, root, heading)
    return draft.finish()


def comments(draft: Draft, root: Element) -> None:
    """The list below the last such heading; both leave the tree, so that the body is what is left."""
    for parent, heading in reversed(list(_headings(root))):
        at = parent.children.index(heading)
        listed = next((child for child in parent.children[at + 1 :] if isinstance(child, Element)), None)
        if listed is None or listed.tag != "ul":
            continue
        cut_off(root, parent, at)
        draft.comments += [_comment(item) for item in listed.elements() if item.tag == "li"]
        # The heading stands on the last line of the body: that line stays the body's.
        draft.claim(heading.line, len(draft.lines), "comments")
        return


def _headings(root: Element) -> Iterator[tuple[Element, Element]]:
    """The headings that could begin the comments, each with its parent."""
    for parent in root.walk():
        for child in parent.elements():
            if child.tag == "h2" and COMMENTS_HEADING.fullmatch(child.text().string):
                yield parent, child


def _comment(item: Element) -> Comment:
    divs = [element for element in item.walk() if element.tag == "div" and not element.holds_block]
    head = BYLINE.fullmatch(divs[0].text().string) if divs else None
    text = divs[1].text() if len(divs) > 1 else item.text()
    likes = LIKES.search(text.string)
    if likes:
        text = text.edited([(likes.start(), len(text.string), "")])
    text = text.trimmed(BLANK)
    replies = [
        Reply(
            by=REPLIERS[marked["by"]],
            text=said.text(),
            first_line=mark.line,
            last_line=said.last_line,
        )
        for mark, said in itertools.pairwise(divs[2:])
        if (marked := REPLY_BYLINE.fullmatch(mark.text().string))
    ]
    return comment_of(
        name=head["name"] if head else "",
        day=read_date(head["date"]) if head else None,
        likes=int(likes["count"] or likes["old_count"]) if likes else None,
        text=text,
        replies=replies,
        span=item.span,
    )
