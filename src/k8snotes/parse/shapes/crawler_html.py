"""A lesson as a crawler stored it: article HTML in a `.md` file, comments as a styled list.

    <audio title="11 _ 标题" …></audio>
    article HTML, all on one line or a line a paragraph
    <style>…</style><ul><li> name, text, reply, date, each in a div </li>…</ul>

Class names are hashes of a build, so fields are told by their place.
"""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.source import Source
from k8snotes.model.text import Text
from k8snotes.parse.comment_kind import comment_kind
from k8snotes.parse.comments import read_name, reply_of
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import Element, html_blocks, parse_html
from k8snotes.parse.masthead import read_date
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import lesson_number, title_of_file

NAME = "geek-crawler"

ARTICLE = re.compile(
    r"\s*(?:<audio\b|<p>|<p\s|<h[1-4]\b|<div\b|<blockquote|<pre|<ul>|<ol>|<figure)", re.IGNORECASE
)
READ_END = "<!-- [[[read_end]]] -->"
COMMENT_LIST = re.compile(r"</style>\s*<ul>", re.IGNORECASE)


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    first = next((line for line in source.lines if line.strip(BLANK)), "")
    if not ARTICLE.match(first):
        return
    if first.lstrip().startswith("<audio title="):
        yield 4, "an audio tag with the title"
    if first.lstrip().startswith("<p") or any(line.startswith("<p>") for line in source.lines[1:3]):
        yield 2, "article HTML"
    if any(READ_END in line for line in source.lines):
        yield 3, "the article's end mark"
    if any(COMMENT_LIST.search(line) for line in source.lines):
        yield 4, "a styled comment list"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    root = parse_html(source.lines)
    title(draft, root)
    comments(draft, root)
    body(draft, root)
    return draft.finish()


def title(draft: Draft, root: Element) -> None:
    """The file's name, or what the audio tag says, which is its twin."""
    audio = next(root.find("audio"), None)
    named = audio.attributes.get("title") if audio else None
    draft.title = title_of_file(named or draft.source.name)
    draft.number = lesson_number(draft.title)
    if audio is not None and not any(line.strip() for line in draft.lines[: audio.line - 1]):
        after = draft.lines[audio.line - 1].partition("</audio>")[2]
        if not after.strip():
            draft.claim(0, audio.last_line, "masthead")


def comments(draft: Draft, root: Element) -> None:
    """The list after the style block."""
    style = next((at for at, child in enumerate(root.children) if _is_style(child)), None)
    if style is None:
        return
    listed = next((c for c in root.children[style:] if isinstance(c, Element) and c.tag == "ul"), None)
    first = root.children[style]
    assert isinstance(first, Element)
    draft.claim(first.line - 1, len(draft.lines), "comments")
    root.children = root.children[:style]
    for item in listed.elements() if listed is not None else []:
        if item.tag == "li" and (fields := _fields(item)):
            draft.comments.append(_comment(item, fields))


def body(draft: Draft, root: Element) -> None:
    draft.blocks = list(html_blocks(root.children))


def _is_style(child: Element | Text) -> bool:
    return isinstance(child, Element) and child.tag == "style"


def _fields(item: Element) -> Sequence[Element]:
    """The divs of name, text, reply and date: the first that stand three or more together."""
    for element in item.walk():
        divs = [child for child in element.elements() if child.tag == "div"]
        if len(divs) >= 3:
            return divs
    return ()


def _comment(item: Element, fields: Sequence[Element]) -> Comment:
    name, said, *rest = fields
    text = said.text()
    author, truncated = read_name(name.text().string)
    shown = [element.text() for element in rest]
    dated = next((read_date(t.string) for t in reversed(shown) if read_date(t.string)), None)
    replies = [
        reply
        for element in rest
        if (reply := reply_of(element.text(), first_line=element.line, last_line=element.last_line))
    ]
    return Comment(
        author=author,
        author_truncated=truncated,
        date=dated,
        likes=None,
        text=text,
        clipped=False,
        pinned=False,
        kind=comment_kind(text.string),
        reply_count=None,
        replies=tuple(replies),
        first_line=item.line,
        last_line=item.last_line,
    )
