"""Notes of a reader's own making, with comments picked by hand below a heading.

`# title` or `## title` / `> 2018-05-14 作者` or `> 作者 2018-05-14`
body in Markdown
## 精选留言, 黑板墙 or 留言精选; at times the lesson's own question before the comments
### 01, then one comment or several; a name is `名：`, `> 名`, `> 名 | 日期`, or missing
text / `作者回复：` … / date … or, copied from a phone: name, a number of likes, text, date,
作者回复, reply, its date … or a list, an item a comment … or quotations, `> **名**：`
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comments import REPLY, make_comment
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.fences import fenced, stands_in_fence
from k8snotes.parse.masthead import DATE, read_date
from k8snotes.parse.picked_comments import (
    NUMBER_HEADING,
    QUOTED_NAME,
    SENTENCE_DATED_END,
    is_list,
    is_quoted,
    picked_comments,
)
from k8snotes.parse.shapes.pasted_page import byline_author
from k8snotes.parse.titles import is_lesson_title, lesson_number, read_title
from k8snotes.speech import Message

NAME = "curated-notes"

TITLE = re.compile(r"#{1,2}\s++(?P<title>\S(?:.*\S)?)\s*+")
TABLE_OF_CONTENTS = re.compile(r"\[toc\]", re.IGNORECASE)
BYLINE = re.compile(
    r">?\s*+(?:(?P<first_date>\d{4}-\d{1,2}-\d{1,2})\s++(?P<last>\S(?:.*\S)?)"
    r"|(?P<first>\S.*?)(?<!\s)\s++(?P<last_date>\d{4}-\d{1,2}-\d{1,2}))\s*+"
)
COMMENTS_HEADING = re.compile(
    r"(?P<level>#{1,6})\s*(?P<name>(?:精选|精彩|优质)(?:留言|评论)(?:摘录|摘抄|整理)?|留言(?:精选|摘录|区)?|黑板墙)\s*#*\s*"
)
PICKED = re.compile(r"精选|精彩|优质|黑板墙|摘")  # and no invitation to write
HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+\S")  # further in it is code: "    # 主函数"
RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
HEAD_LINES = 20


class Section(NamedTuple):
    """Where the comments stand, positions from 0."""

    heading: int
    start: int  # of the comments: below the heading, or below the lesson's question
    stop: int


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = list(islice(_filled_head(source), 2))
    if not filled or not (title := TITLE.fullmatch(source.shown[filled[0]])):
        return
    if len(filled) > 1 and (byline := BYLINE.fullmatch(source.shown[filled[1]])):
        is_named = _author(byline) is not None
        if is_named and is_lesson_title(read_title(title["title"])):
            yield 3, Message("date and author below a lesson's title")
        elif source.shown[filled[1]].startswith(">"):
            stands_alone = not "".join(source.shown[filled[1] + 1 : filled[1] + 2]).startswith(">")
            yield 2 + (is_named and stands_alone), Message("date and author quoted below the title")
        else:
            yield 1, Message("date and author below the title")
    if _section(source) is not None:
        yield 3, Message("a section of picked comments")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def masthead(draft: Draft) -> None:
    """Title, then date and author in either order."""
    filled = list(islice(_filled_head(draft.source), 2))
    if not filled or not (match := TITLE.fullmatch(draft.shown[filled[0]])):
        return
    draft.title = read_title(match["title"]) or None
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(filled[0], filled[0] + 1)
    stop = filled[0] + 1
    if len(filled) > 1 and (byline := BYLINE.fullmatch(draft.shown[filled[1]])):
        draft.date = read_date(byline["first_date"] or byline["last_date"])
        draft.author = _author(byline)
        stop = filled[1] + 1
    draft.claim(0, stop, "masthead")


def comments(draft: Draft) -> None:
    """The section of picked comments."""
    section = _section(draft.source)
    if section is None:
        return
    draft.claim(
        section.heading if section.start == section.heading + 1 else section.start, section.stop, "comments"
    )
    for entry in picked_comments(draft.lines, section.start, section.stop):
        draft.comments.append(
            make_comment(
                name=entry.name,
                day=entry.day,
                likes=entry.likes,
                lines=entry.lines,
                span=span(entry.start, entry.stop),
            )
        )


def body(draft: Draft) -> None:
    """What stands before the comments, and after them."""
    section = _section(draft.source)
    start = draft.stop_of("masthead") or 0
    if section is None:
        read_markdown_body(draft, start, len(draft.lines))
        return
    read_markdown_body(draft, start, draft.first("comments"))
    if section.stop < len(draft.lines):
        read_markdown_body(draft, section.stop, len(draft.lines))


RULES = (masthead, comments, body)


def _author(byline: re.Match[str]) -> str | None:
    return byline_author(byline["last"] or byline["first"])


def _filled_head(source: Source) -> Iterator[int]:
    """The first lines that show something, without an editor's mark for a table of contents."""
    return (
        at for at in source.filled_between(0, HEAD_LINES) if not TABLE_OF_CONTENTS.fullmatch(source.shown[at])
    )


def _section(source: Source) -> Section | None:
    """The last section of that name, if nothing but comments follows its heading."""
    for at in reversed(source.lines_with("留言", "黑板墙", "精选评论", "精彩评论", "优质评论")):
        match = COMMENTS_HEADING.fullmatch(source.shown[at])
        if not match or stands_in_fence(source, at):
            continue
        return _section_at(source, at, match)
    return None


def _section_at(source: Source, heading: int, match: re.Match[str]) -> Section | None:
    lines, shown = source.lines, source.shown
    code = fenced(lines, heading + 1, len(lines))
    below = [at for at in source.filled_between(heading + 1, len(lines)) if at not in code]
    if PICKED.search(match["name"]) and is_quoted(lines, heading + 1, len(lines)):
        # No such name can be mistaken, so other sections may follow.
        end = next((at for at in below if HEADING.match(lines[at])), len(lines))
        while end > heading + 1 and (not shown[end - 1] or RULE.fullmatch(shown[end - 1])):
            end -= 1
        return Section(heading, heading + 1, end) if is_quoted(lines, heading + 1, end) else None
    level = len(match["level"])
    headings = [at for at in below if (h := HEADING.match(lines[at])) and len(h["level"]) <= level]
    if headings and not _stand_in_comments(shown, below, headings):
        return None
    start = _start(shown, code, heading)
    rest = [at for at in below if at >= start]
    has_numbers = any(NUMBER_HEADING.fullmatch(shown[at]) for at in rest)
    has_words = any(not HEADING.match(lines[at]) and not IMAGE.fullmatch(shown[at]) for at in rest)
    has_comments = any(_shows_comment(shown[at]) for at in rest) or (
        PICKED.search(match["name"]) is not None and is_list(lines, start, len(lines))
    )
    return Section(heading, start, len(lines)) if has_comments or (has_numbers and has_words) else None


def _stand_in_comments(shown: Sequence[str], below: Sequence[int], headings: Sequence[int]) -> bool:
    """Whether headings are lines of readers' texts, "# 我的答案": comments stand above all, and go on below.

    They go on where numbers do, rather than begin anew, and where what is left ends in a comment's date.
    """
    above = [shown[at] for at in below if at < headings[0]]
    rest = [shown[at] for at in below if at > headings[-1]]
    numbers = [number for line in above if (number := _number(line)) is not None]
    following = next((number for line in rest if (number := _number(line)) is not None), None)
    if not rest or not (numbers or any(map(_shows_comment, above))):
        return False
    if following is not None:
        return bool(numbers) and following > max(numbers)
    return _ends_comment(rest[-1]) or any(_begins_part(line) for line in rest)


def _start(shown: Sequence[str], code: frozenset[int], heading: int) -> int:
    """Where the comments begin: at the first number, if what stands before it shows no comment."""
    first = next(
        (
            at
            for at in range(heading + 1, len(shown))
            if at not in code and NUMBER_HEADING.fullmatch(shown[at])
        ),
        None,
    )
    if first is None:
        return heading + 1
    before = [at for at in range(heading + 1, first) if shown[at] and at not in code]
    return heading + 1 if not before or any(_shows_comment(shown[at]) for at in before) else first


def _shows_comment(line: str) -> bool:
    """Whether a line is what only comments have: a date, at its end too, a reply, a name with a date."""
    return _ends_comment(line) or _begins_part(line)


def _ends_comment(line: str) -> bool:
    return bool(DATE.fullmatch(line) or SENTENCE_DATED_END.fullmatch(line))


def _begins_part(line: str) -> bool:
    return bool(REPLY.match(line) or ((quoted := QUOTED_NAME.fullmatch(line)) and quoted["date"]))


def _number(line: str) -> int | None:
    """The number of a heading that is nothing but one."""
    match = NUMBER_HEADING.fullmatch(line)
    return int(match["number"]) if match else None
