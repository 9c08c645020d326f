"""A lesson as a crawler stored it: article HTML in a `.md` file, comments as a styled list.

    <audio title="11 _ 标题" …></audio>
    article HTML, all on one line or a line a paragraph
    <style>…</style><ul><li> name, text, reply, date, each in a div </li>…</ul>

Class names are hashes of a build, so fields are told by their place. Where a tool took out what blanks
it could, the comments begin on the article's line.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.source import Source
from k8snotes.parse.comments import REPLY, comment_of, reply_of
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import Element, parse_html
from k8snotes.parse.html_blocks import html_blocks
from k8snotes.parse.masthead import read_date
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.shapes import html_article
from k8snotes.parse.titles import lesson_number, title_of_file
from k8snotes.speech import Message

NAME = "geek-crawler"

ARTICLE = re.compile(
    r"\s*(?:<!--[^<>]*-->\s*)?<(?:audio|p|h[1-6]|div|blockquote|pre|[uo]l|figure|table|video|img|strong|hr)\b",
    re.IGNORECASE,
)
READ_END = "<!-- [[[read_end]]] -->"
COMMENT_LIST = re.compile(r"</style>\s*<ul>", re.IGNORECASE)
BARE_LIST = re.compile(r"\s*<ul>\s*<li>\s*", re.IGNORECASE)  # where the style block is missing
AVATAR = re.compile(r"\s*<div[^>]*>\s*<(?:img|div)\b", re.IGNORECASE)
STYLE = re.compile(r"<style\b", re.IGNORECASE)
PREFORMATTED = re.compile(r"<(/?)pre\b", re.IGNORECASE)


class Start(NamedTuple):
    """Where the comments begin, both from 0."""

    line: int
    column: int


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    first, second = (*(source.lines[at] for at in source.filled[:2]), "", "")[:2]
    if not ARTICLE.match(first):
        return
    start = _list_start(source)
    if first.lstrip().startswith("<audio title=") and second.lstrip()[:1] in ("<", ""):
        yield 4, Message("an audio tag with the title")
    if READ_END in source.text:
        yield 3, Message("the article's end mark")
    if start is not None:
        yield 5, Message("a comment list")
    if html_article.HTML_FILE.search(source.name) is None and _is_all_html(_above(source.lines, start)):
        yield 4, Message("nothing but the HTML of an article")


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    start = _list_start(source)
    article = parse_html(_above(source.lines, start))
    audio = title(draft, article)
    if start is not None:
        comments(draft, start)
    body(draft, article)
    if audio is not None:
        masthead(draft, audio)
    return draft.finish()


def title(draft: Draft, root: Element) -> Element | None:
    """The file's name, or what the audio tag says, which is its twin; that tag."""
    audio = next(root.find("audio"), None)
    named = audio.attributes.get("title") if audio else None
    stem = draft.source.name.rpartition(".")[0]
    if not named or stem.startswith(named):  # a quotation mark may have cut it
        named = draft.source.name
    draft.title = title_of_file(named)
    if draft.title is not None:
        draft.title = draft.title.replace(" _ ", " | ")
    draft.number = lesson_number(draft.title)
    return audio


def masthead(draft: Draft, audio: Element) -> None:
    """The lines that hold nothing but the tag, above all else."""
    if any(block.first_line <= audio.last_line for block in draft.blocks):
        return
    if not any(line.strip() for line in draft.lines[: audio.line - 1]):
        draft.claim(0, audio.last_line, "masthead")


def comments(draft: Draft, start: Start) -> None:
    """The list after the style block; a line that it shares is the article's."""
    draft.claim(len(_above(draft.lines, start)), len(draft.lines), "comments")
    page = parse_html(_below(draft.lines, start), first_line=start.line + 1)
    for listed in page.elements():
        for item in listed.elements() if listed.tag == "ul" else ():
            if item.tag == "li" and (fields := _fields(item)):
                draft.comments.append(_comment(item, fields))


def body(draft: Draft, root: Element) -> None:
    draft.blocks = list(html_blocks(root.children))


def _is_all_html(lines: Sequence[str]) -> bool:
    """Whether hardly any filled line begins without a tag, code aside."""
    tagged = bare = 0
    in_code = False
    for line in lines:
        if not in_code and line.strip(BLANK):
            if line.lstrip().startswith("<"):
                tagged += 1
            else:
                bare += 1
        for match in PREFORMATTED.finditer(line):
            in_code = not match[1]
    return tagged > 10 * bare


def _list_start(source: Source) -> Start | None:
    """Where the style block above the comments begins, or their list where there is none."""
    text = source.text
    listed = _last(COMMENT_LIST.finditer(text))
    styled = _last(STYLE.finditer(text, 0, listed.start())) if listed else None
    if styled is not None:
        newline = text.rfind("\n", 0, styled.start())  # there is one before each line
        return Start(line=text.count("\n", 0, newline), column=styled.start() - newline - 1)
    return next(
        (
            Start(line=at, column=0)
            for at, (line, below) in enumerate(pairwise(source.lines))
            if at and BARE_LIST.fullmatch(line) and AVATAR.match(below)
        ),
        None,
    )


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(deque(matches, maxlen=1)), None)


def _above(lines: Sequence[str], start: Start | None) -> Sequence[str]:
    """The article's lines, of one that it shares with the comments its part."""
    if start is None:
        return lines
    shared = lines[start.line][: start.column]
    return [*lines[: start.line], shared] if shared.strip(BLANK) else lines[: start.line]


def _below(lines: Sequence[str], start: Start) -> Sequence[str]:
    """The lines of the comments, every word in its column."""
    return [" " * start.column + lines[start.line][start.column :], *lines[start.line + 1 :]]


def _fields(item: Element) -> Sequence[Element]:
    """The divs of name, text, reply and date: the first three that stand together, else the first two."""
    runs = [[child for child in element.elements() if child.tag == "div"] for element in item.walk()]
    return next((run for least in (3, 2) for run in runs if len(run) >= least), ())


def _comment(item: Element, fields: Sequence[Element]) -> Comment:
    name, said, *rest = fields
    text = said.text()
    shown = [element.text() for element in rest]
    dated = next((read_date(t.string) for t in reversed(shown) if read_date(t.string)), None)
    replies = [
        reply
        for element in _each_reply(rest)
        if (reply := reply_of(element.text(), first_line=element.line, last_line=element.last_line))
    ]
    return comment_of(name=name.text().string, day=dated, text=text, replies=replies, span=item.span)


def _each_reply(fields: Sequence[Element]) -> Iterator[Element]:
    """The fields, one of several replies as so many: each is a paragraph with its mark."""
    for element in fields:
        paragraphs = list(element.find("p"))
        if paragraphs and all(REPLY.match(paragraph.text().string) for paragraph in paragraphs):
            yield from paragraphs
        else:
            yield element
