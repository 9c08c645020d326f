"""A lesson of the Markdown collections: the body, then all comments as one HTML list.

    body in Markdown; the title is the file's name, `04 - 标题.md`
    <div><strong>精选留言（15）</strong></div><ul>
    <li><span>名</span> 👍（71） 💬（0）<p>text</p>2018-12-24</li><br/><li>…</li><br/>
    </ul>

The list begins on the line after the last body line, without a blank one between. Other
copies head it 全部留言, have `<div>` for `<p>`, `<img …>` before the name, and the player,
`<audio …></audio><br/> `, before the first word of the body. Texts run over lines; what looks
like a reply of the author's inside one is a reader's quotation.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.source import Source
from k8snotes.model.text import Text, text_at
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.entities import decode_entities, unescape_entities
from k8snotes.parse.fences import is_fenced_in, stands_in_fence
from k8snotes.parse.masthead import read_date
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import (
    TITLE_LINE,
    is_lesson_file,
    lesson_number,
    opens_text_of_file,
    read_title,
    title_of_file,
)
from k8snotes.speech import Message

NAME = "mkdocs"

LIST_HEAD = re.compile(
    r"\s*<div><strong>(?:精选|全部)留言[（(](?P<count>\d{1,9})[）)]</strong></div>\s*<ul>"
    r"(?=\s*(?:<li>|</ul>|\Z))"  # a body may quote the head alone
)
LIST_MARKS = ("<strong>精选留言", "<strong>全部留言")
# Each run stops at the mark that it looks for, so that no text makes it try twice.
ITEM = re.compile(
    r"<li>\s*(?:<img\b[^<>]*>\s*)*<span>(?P<name>[^<]*(?:<(?!/span>|/?(?:p|div|li|ul)\b)[^<]*)*)</span>"
    r"[^<👍]*+(?:👍[（(](?P<likes>\d{0,9})[）)])?[^<💬]*+(?:💬[（(](?P<replies>\d{0,9})[）)])?[^<]*+"
    r"<(?:p|div)>"
)
# What a text ends in; readers' own tags are escaped, but for a copy that forgot to.
END = re.compile(
    r"</(?:p|div)>\s*(?:(?P<date>\d{4}-\d{1,2}-\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?\s*)?(?P<closed></li>)"
)
BROKEN_END = re.compile(r"</(?:p|div)>\s*(?P<date>\d{4}-\d{1,2}-\d{1,2})?|</?(?:p|div|li|ul)\b")
PARAGRAPH = re.compile(r"(?<!\s)(?:\s*+</?(?:p|div)>)+\s*+")
PLAYER = re.compile(
    r"<(?P<tag>audio|video) id=[^<>]*>\s*(?:<source\b[^<>]*>\s*)?</(?P=tag)>\s*(?:<br\s*/?>\s*)?"
)
BETWEEN_ITEMS = re.compile(r"(?:\s|<br\s*/?>|</?ul>|</?div>|</li>)*")


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    if _list_head(source) is not None:
        yield 10, Message("精选留言 or 全部留言 as an HTML list")
    elif _is_titled_by_its_name(source):
        yield 3, Message("a lesson's file name in place of a title")
    if source.filled and PLAYER.match(source.lines[source.filled[0]]):
        yield 3, Message("a player right before the first word")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def title(draft: Draft) -> None:
    """The file's name is the title; it has " - " wherever the title has " | "."""
    draft.title = title_of_file(draft.source.name)
    if draft.title is not None:
        draft.title = draft.title.replace(" - ", " | ")
    draft.number = lesson_number(draft.title)


def comments(draft: Draft) -> None:
    """The list at the end of the file; the last such list, since a body may quote one."""
    head = _list_head(draft.source)
    if head is None:
        return
    match = _match_head(draft.lines, head)
    assert match is not None
    draft.comments_total = int(match["count"])
    page = _Page(draft, head, match.end())
    draft.comments += page.comments()
    draft.claim(head, len(draft.lines), "comments")
    if len(draft.comments) != draft.comments_total:
        draft.warn(
            "comment-count",
            Message(
                "the page announces {announced} comments and holds {held}",
                announced=draft.comments_total,
                held=len(draft.comments),
            ),
            head,
            head + 1,
        )


def body(draft: Draft) -> None:
    """Everything before the list, as Markdown; the player stands on its first line."""
    start, stop = draft.unclaimed()
    player = PLAYER.match(draft.lines[start]) if start < stop else None
    read_markdown_body(draft, start, stop, column=player.end() if player else 0)


RULES = (title, comments, body)


def _list_head(source: Source) -> int | None:
    """The line of the last list; None for none, or for one that the body quotes in a fence."""
    for at in reversed(source.lines_with(*LIST_MARKS)):
        if _match_head(source.lines, at):
            return None if _is_quoted(source, at) else at
    return None


def _match_head(lines: Sequence[str], at: int) -> re.Match[str] | None:
    """The list's head on a line, its `<ul>` on the next one at the latest, and what follows it."""
    return LIST_HEAD.match("\n".join(lines[at : at + 3]))


def _is_quoted(source: Source, head: int) -> bool:
    """Whether a list stands in a fence that is closed below the list's end and its last item."""
    end = next((at for at in source.lines_with("</ul>") if at >= head), None)
    if end is None:
        return False
    # A reader's text may hold the mark of the end, as a copy has it that forgot to escape it.
    last = next((at for at in reversed(source.lines_with("</li>")) if END.search(source.lines[at])), head)
    return is_fenced_in(source, head, max(end, last))


def _is_titled_by_its_name(source: Source) -> bool:
    if not (source.name.lower().endswith(".md") and is_lesson_file(source.name)):
        return False
    first = next((source.lines[at].lstrip("\ufeff") for at in source.filled[:1]), "")
    if not (heading := TITLE_LINE.fullmatch(first)):
        return not first.startswith(("---", "+++"))
    has_others = any(
        source.lines[at].startswith("# ") and not stands_in_fence(source, at)
        for at in source.lines_with("# ")
        if at > source.filled[0]
    )
    return opens_text_of_file(read_title(heading["title"]), source.name, is_one_of_several=has_others)


class _Page:
    """The comment list as one string, with the way back to source lines and columns."""

    def __init__(self, draft: Draft, head: int, column: int) -> None:
        self.draft = draft
        self.head = head
        self.string = "\n".join(draft.lines[head:])
        self.start = column
        self.line_starts = [0]
        for line in draft.lines[head:]:
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)

    def comments(self) -> Iterator[Comment]:
        """The comments: each from the head of its item to the next one's."""
        heads = list(ITEM.finditer(self.string, self.start))
        starts = [*(head.start() for head in heads), len(self.string)]
        at = self.start
        for head, stop in zip(heads, starts[1:], strict=True):
            self.warn_of_stray_text(at, head.start())
            end = END.search(self.string, head.end(), stop)
            if end is None:
                end = BROKEN_END.search(self.string, head.end(), stop)
                at = end.end() if end and end.start("date") >= 0 else stop
                self.warn(
                    "cut-comment", Message("a comment that breaks off before its end"), head.start(), at
                )
            else:
                at = end.end()
            yield self.comment(head, end, stop=at)
        self.warn_of_stray_text(at, len(self.string))

    def warn_of_stray_text(self, start: int, stop: int) -> None:
        stray = BETWEEN_ITEMS.match(self.string, start, stop)
        assert stray is not None  # it matches anything
        if stray.end() < stop:
            self.warn(
                "stray-text", Message("text among the comments that belongs to none"), stray.end(), stop
            )

    def comment(self, head: re.Match[str], end: re.Match[str] | None, *, stop: int) -> Comment:
        from k8snotes.parse.comment_kind import comment_kind  # as in `comments`

        text = self.text(head.end(), end.start() if end else stop)
        return Comment(
            author=unescape_entities(head["name"]) or None,  # blanks may be all there is to a name
            author_truncated=False,
            date=self.date(end) if end else None,
            likes=_number(head["likes"]),
            text=text,
            clipped=False,
            pinned=False,
            kind=comment_kind(text.string),
            reply_count=_number(head["replies"]),
            replies=(),
            first_line=self.line_at(head.start()),
            last_line=self.line_at(stop - 1),
        )

    def date(self, end: re.Match[str]) -> date | None:
        day = read_date(end["date"] or "")
        if end["date"] and day is None:
            self.warn(
                "impossible-date",
                Message("no calendar has {date}", date=end["date"]),
                end.start("date"),
                end.end("date"),
            )
        return day

    def text(self, start: int, stop: int) -> Text:
        """The run [start, stop) of the list as a text, entities decoded; a copy may have kept its tags."""
        text = text_at(self.string[start:stop], *self.place(start))
        if "<" in text.string:
            text = text.edited((m.start(), m.end(), "\n") for m in PARAGRAPH.finditer(text.string))
        return decode_entities(text).trimmed(BLANK)

    def place(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self.line_starts, offset) - 1
        return self.head + row + 1, offset - self.line_starts[row]

    def line_at(self, offset: int) -> int:
        return self.place(offset)[0]

    def warn(self, code: str, message: str, start: int, stop: int) -> None:
        lines = span(self.line_at(start) - 1, self.line_at(stop - 1))
        self.draft.warn(code, message, lines.first_line - 1, lines.last_line)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
