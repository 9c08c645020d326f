"""A printed course page of 2018 and 2019 turned into Markdown, as resellers pass it on.

navigation of the site / `# title` / `2017-10-24 作者（advert）` / course / 进入课程
`### 讲述：X（advert）` / `时长 06:18 大小 2.90M`
body: each line a paragraph; fences end in a line 复制代码
`© …` / 上一篇 / its title / 下一篇 / its title / 写留言
`## …(36)`, in words of the reseller's
`- 名字` / date / `__ 31` / text / `展开**` / `作者回复: …`
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comment_items import layout_of, read_item
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.fences import stands_in_fence
from k8snotes.parse.masthead import (
    DATE_THEN_AUTHOR,
    DURATION,
    ENTER_COURSE,
    NARRATOR,
    NEIGHBOUR_WORD,
    RIGHTS,
    date_lines,
    read_audio,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import BLANK, Line
from k8snotes.parse.titles import TITLE_LINE, lesson_number, read_title
from k8snotes.speech import Message

NAME = "geektime-markdown"

HEAD_LINES = 60
HEAD_FIELDS = 5  # filled lines between the title and the audio, at most
BEGINS_PART = re.compile(r"#{1,6}\s|讲述[：:]|时长[：:\s]|```|[-*>!|]")
DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[ \u3000\u00a0]+(?P<author>\S.*))?")
FOOT_LINES = 12  # that hold words, at most
WRITE_COMMENT = re.compile(r"写留言")
COMMENTS_HEADING = re.compile(r"#{1,4}\s++.*[（(]\s*+(?P<count>\d{1,9}+)\s*+[)）]\s*+")
AUDIO_HEADING = re.compile(r"#{1,6}\s*(?=讲述[：:])")
ITEM = re.compile(r"-[ \t]++(?P<name>.*[^ \t])[ \t]*+")
NAVIGATION = frozenset({"讲堂", "客户端下载", "兑换中心"})  # of the site, above the title


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [line.strip() for line in source.lines[:HEAD_LINES] if line.strip()]
    titles = [at for at, line in enumerate(head) if TITLE_LINE.fullmatch(line)]
    if not titles:
        return
    if len(NAVIGATION.intersection(head[: titles[0]])) > 1:
        yield 2, Message("the site's navigation above the title")
    below = head[titles[0] + 1 : titles[0] + 2]
    if below and DATE_THEN_AUTHOR.fullmatch(below[0]):
        yield 3, Message("date and author below a Markdown title")
    if any(ENTER_COURSE.fullmatch(line) for line in head):
        yield 2, Message("进入课程 in the head")
    if any(AUDIO_HEADING.match(line) for line in head):
        yield 2, Message("讲述 as a heading")
    if _comments_heading(source) is not None:
        yield 3, Message("comments as list items with dates")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def masthead(draft: Draft) -> None:
    """The site's navigation, title, date and author, course, 进入课程."""
    lines = draft.lines
    title = next(
        (at for at, line in enumerate(lines[:HEAD_LINES]) if TITLE_LINE.fullmatch(line.strip())), None
    )
    if title is None:
        return
    match = TITLE_LINE.fullmatch(lines[title].strip())
    assert match is not None
    draft.title = read_title(match["title"]) or None
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(title, title + 1)
    fields = _head_fields(draft.source, title + 1)
    enter = next((at for at in fields if ENTER_COURSE.fullmatch(lines[at].strip(BLANK))), None)
    dated = next((at for at in fields if DATED.fullmatch(lines[at].strip(BLANK))), None)
    if enter is None and dated is not None and dated > fields[0]:
        dated = None  # some line of the lesson's own
    if dated is not None and (match := DATED.fullmatch(lines[dated].strip(BLANK))):
        draft.date, draft.author = read_date(match["date"]), read_author(match["author"] or "")
    above_course = title if dated is None else dated
    names = [at for at in fields if above_course < at and (enter is None or at < enter)]
    if enter is not None or (len(names) == 1 and _is_audio(lines, names[0] + 1)):
        draft.course = lines[names[-1]].strip(BLANK) if names else None
        above_course = names[-1] if names else above_course
    stop = (above_course if enter is None else enter) + 1
    draft.claim(0, stop, "masthead")


def audio(draft: Draft) -> None:
    """讲述 as a heading, 时长 and 大小 below it."""
    start, stop = draft.unclaimed()
    marks = [
        at
        for at in range(start, min(start + HEAD_LINES, stop))
        if NARRATOR.match(AUDIO_HEADING.sub("", draft.lines[at].strip()))
        or DURATION.match(draft.lines[at].strip())
    ]
    if marks and not any(draft.lines[at].strip() for at in range(start, marks[0])):
        last = marks[1] if len(marks) > 1 and marks[1] - marks[0] <= 3 else marks[0]
        draft.audio = read_audio(
            [AUDIO_HEADING.sub("", draft.lines[at].strip()) for at in range(marks[0], last + 1)]
        )
        draft.claim(marks[0], last + 1, "audio")


def comments(draft: Draft) -> None:
    """The list below the heading that ends in a count."""
    heading = _comments_heading(draft.source)
    if heading is None:
        return
    match = COMMENTS_HEADING.fullmatch(draft.lines[heading].strip())
    assert match is not None
    draft.comments_total = int(match["count"])
    draft.claim(heading, len(draft.lines), "comments")
    starts = [at for at in _items(draft.source) if at > heading]
    items: list[list[Line]] = []
    for start, stop in zip(starts, [*starts[1:], len(draft.lines)], strict=False):
        item = ITEM.fullmatch(draft.lines[start])
        assert item is not None
        lines = [Line(item["name"], start + 1, item.start("name"))]
        lines += [Line(draft.lines[at], at + 1, 0) for at in range(start + 1, stop)]
        while not lines[-1].string.strip(BLANK):
            lines.pop()
        items.append(lines)
    layout = layout_of(items)
    draft.comments += [read_item(lines, span(lines[0].line - 1, lines[-1].line), layout) for lines in items]


def foot(draft: Draft) -> None:
    """The rights notice, the neighbours with their titles on lines of their own, 写留言."""
    start, stop = draft.unclaimed()
    filled = [at for at in range(start, stop) if draft.lines[at].strip()][-FOOT_LINES:]
    rights = next((at for at in reversed(filled) if RIGHTS.match(draft.lines[at].strip())), None)
    words = [at for at in filled if NEIGHBOUR_WORD.fullmatch(draft.lines[at].strip())]
    if rights is not None:
        draft.copyright = draft.lines[rights].strip()
        words = [at for at in words if at > rights]
        draft.claim(rights, words[0] if words else stop, "boilerplate")
    for at in words:
        name = next((i for i in range(at + 1, stop) if draft.lines[i].strip()), None)
        if name is None or name in words or WRITE_COMMENT.search(draft.lines[name]):
            continue
        if draft.lines[at].strip() == "上一篇":
            draft.previous = draft.lines[name].strip()
        else:
            draft.next = draft.lines[name].strip()
        draft.claim(at, name + 1, "navigation")
    if words:
        draft.claim(words[0], stop, "navigation")
    elif rights is None and filled and WRITE_COMMENT.fullmatch(draft.lines[filled[-1]].strip()):
        draft.claim(filled[-1], stop, "navigation")


def body(draft: Draft) -> None:
    start, stop = draft.unclaimed()
    read_markdown_body(draft, start, stop, line_is_paragraph=True)


RULES = (masthead, audio, comments, foot, body)


def _head_fields(source: Source, start: int) -> tuple[int, ...]:
    """The lines below the title that may say when, by whom and for which course: above any heading."""
    below = source.filled_between(start, start + HEAD_LINES)[:HEAD_FIELDS]
    return tuple(takewhile(lambda at: not BEGINS_PART.match(source.shown[at]), below))


def _is_audio(lines: Sequence[str], start: int) -> bool:
    """Whether the next filled line tells of the audio."""
    below = next((line.strip(BLANK) for line in lines[start : start + HEAD_LINES] if line.strip(BLANK)), "")
    return NARRATOR.match(AUDIO_HEADING.sub("", below)) is not None or DURATION.match(below) is not None


def _comments_heading(source: Source) -> int | None:
    """The last heading with a count that is right above a name and a date, or below 写留言."""
    shown, filled = source.shown, source.filled
    above_items = {bisect_left(filled, at) - 1 for at in _items(source)}
    below_button = {bisect_right(filled, at) for at in source.lines_with("写留言") if shown[at] == "写留言"}
    return next(
        (
            filled[place]
            for place in sorted(above_items | below_button, reverse=True)
            if 0 <= place < len(filled)
            and COMMENTS_HEADING.fullmatch(shown[filled[place]])
            and not stands_in_fence(source, filled[place])
        ),
        None,
    )


def _items(source: Source) -> list[int]:
    """List items whose next line is a date: a list inside a text has none there."""
    lines = source.lines
    return [at - 1 for at in date_lines(source) if at and ITEM.fullmatch(lines[at - 1])]
