"""A course page pasted into a Markdown editor, with avatars or without.

# title / `作者 2020-03-09` / cover, `00:00`, `[1.0x](javascript:;)`
`讲述：X 大小：6.02M 时长：06:34`
body in Markdown; code may be bare paragraphs that begin with U+200B
`© …` / the name of the one who copied / `Ctrl + Enter 发表` / `0/2000字` / `提交留言`
## 精选留言(41)
- ![img](avatar) or a bare `-`, then the comment, indented

Since 2024 the page begins with the course's card or with `<audio title="标题" …></audio>`, and a
form for notes follows the body: `site_furniture` knows both.
"""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.bare_code import join_bare_code
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comment_items import layout_of, read_item
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.fences import stands_in_fence
from k8snotes.parse.masthead import (
    AUTHOR_THEN_DATE,
    DURATION,
    NARRATOR,
    RIGHTS,
    SIZE,
    SUBMIT,
    SUBMIT_MARKS,
    read_audio,
    read_author,
    read_date,
)
from k8snotes.parse.masthead_rules import title_line
from k8snotes.parse.paragraphs import BLANK, HAN, Line
from k8snotes.parse.site_furniture import audio_title, course_card, furniture_signs, note_form
from k8snotes.parse.titles import TITLE_LINE, is_lesson_title, lesson_number, read_title, title_of_file
from k8snotes.speech import Message

NAME = "pasted-page"

COMMENTS_HEADING = re.compile(r"(?:#{1,6}\s*)?(?:精选|全部)留言\s*[（(]\s*(?P<count>\d{1,9})\s*[)）]\s*")
ITEM = re.compile(r"-\s*(?:!\[[^\]]*\]\(.*\)\s*)?")
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
PLAYER = re.compile(
    rf"{CLOCK}|\[[\d.]+x.*\]\(javascript:;?\)|!\[[^\]]*\]\(.*\)|[\d.]+x(?:\s*\*[\ue000-\uf8ff]?\*)?|\*?[\ue000-\uf8ff]+\*?|\*\*"
)
PLAYER_PICTURES = re.compile(r"(?:!\[[^\]]{0,20}\]\(data:image/[^)]{1,4000}\)){2}")
MARKDOWN = re.compile(rf"!\[[^\]]*\]\(|```|#{{2,4}}\s.*[{HAN}]")
BUTTON = re.compile(r"收藏|点赞|分享|收起评论|[\ue000-\uf8ff]\s*\d*")
HEAD_LINES = 40
NO_AUTHOR = re.compile(
    r"[：:。，；]|[于在]$|^[于在]|更新|发布|发表|修订|编辑于|^日期|(?:日期|时间)$|\bon$|updated|posted|published|\bdate\b|.{31}|^[#>\-*|!<\[]"
    r"|(?:笔记|日记|随笔|整理|摘录|翻译|转载|原创)$"
    r"|^(?:星期|礼拜|周)[一二三四五六日天末](?:\s|$)|^(?:多云|[晴阴雨雪])$",
    re.IGNORECASE,
)
FOOT_LINES = 12  # that hold words, at most


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = [line.strip() for line in source.lines[:HEAD_LINES] if line.strip()]
    furniture = [*furniture_signs(source)]
    yield from furniture
    if not filled or not (furniture or TITLE_LINE.fullmatch(filled[0])):
        return
    if len(filled) > 1 and is_byline(filled[1]):
        yield byline_points(filled[0]), Message("author and date below the title")
    signs = [*_page_signs(source, filled)]
    yield from signs
    if sum(points for points, _ in signs) > 1 and any(
        MARKDOWN.match(source.shown[at]) for at in source.lines_with("![", "```", "## ")
    ):
        yield 2, Message("such a page in Markdown")


def _page_signs(source: Source, filled: Sequence[str]) -> Iterator[tuple[int, Message]]:
    """Signs of the site's page, in Markdown or not."""
    lines = source.lines
    if any("javascript:" in line for line in filled):
        yield 3, Message("a player's speed link")
    if any(PLAYER_PICTURES.match(line) for line in filled):
        yield 2, Message("the player's pictures")
    if any(NARRATOR.match(line) and SIZE.search(line) for line in filled):
        yield 2, Message("讲述 and 大小 on one line")
    heading = _comments_heading(source)
    if heading is not None and _first_item(lines, heading) is not None:
        yield 4, Message("精选留言 with a list of pasted items")
    if any(SUBMIT.fullmatch(lines[at].strip()) for at in source.lines_with(*SUBMIT_MARKS)):
        yield 1, Message("提交留言")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def author_and_date(draft: Draft) -> None:
    """`作者 2020-03-09`, right below the title."""
    start, stop = draft.unclaimed()
    first = next(iter(draft.filled_between(start, stop)), None)
    if first is None or not (match := AUTHOR_THEN_DATE.fullmatch(draft.shown[first])):
        return
    draft.author, draft.date = read_author(match["author"]), read_date(match["date"])
    draft.claim(start, first + 1, "masthead")


def player(draft: Draft) -> None:
    """Cover, clock and speed of the player; 讲述, 大小 and 时长."""
    start, stop = draft.unclaimed()
    last = None
    for at in range(start, min(start + HEAD_LINES, stop)):
        line = draft.shown[at]
        if not line:
            continue
        if NARRATOR.match(line) and (SIZE.search(line) or DURATION.search(line)):
            draft.audio = read_audio([line])
            last = at
        elif line.startswith("<audio") or (PLAYER.fullmatch(line) and draft.audio is None):
            last = at
        else:
            break
    if last is not None and (draft.audio is not None or _has_player(draft, start, last + 1)):
        draft.claim(start, last + 1, "audio")


def title(draft: Draft) -> None:
    """Where no heading says it, the audio tag does, or the file's name."""
    if draft.title is None:
        draft.title = audio_title(draft.source) or title_of_file(draft.source.name)
        draft.number = lesson_number(draft.title)


def comments(draft: Draft) -> None:
    """The list below 精选留言(N)."""
    heading = _comments_heading(draft.source)
    if heading is None:
        return
    match = COMMENTS_HEADING.fullmatch(draft.shown[heading])
    assert match is not None
    first = _first_item(draft.lines, heading)
    if first is None and not _after_submit(draft.lines, heading):
        return
    draft.comments_total = int(match["count"])
    draft.claim(heading, len(draft.lines), "comments")
    starts = [at for at in range(heading + 1, len(draft.lines)) if ITEM.fullmatch(draft.lines[at].rstrip())]
    end = _below_comments(draft, heading + 1)
    draft.claim(end, len(draft.lines), "boilerplate")
    items: list[tuple[int, list[Line]]] = []
    for start, stop in zip(starts, [*starts[1:], end], strict=False):
        lines = [Line(draft.lines[at], at + 1, 0) for at in range(start + 1, stop)]
        while lines and not lines[-1].string.strip(BLANK):
            lines.pop()
        if lines:  # else the copy ends at an avatar
            items.append((start, lines))
    layout = layout_of(lines for _, lines in items)
    for start, lines in items:
        comment = read_item(lines, span(start, lines[-1].line), layout)
        if comment.date is None:
            draft.warn(
                "cut-comment",
                Message("a comment without its date: the copy ends inside it"),
                start,
                lines[-1].line,
            )
        draft.comments.append(comment)


def foot(draft: Draft) -> None:
    """The rights notice, and all that the page shows below it."""
    start, stop = draft.unclaimed()
    filled = draft.filled_between(start, stop)[-FOOT_LINES:]
    rights = [at for at in filled if RIGHTS.match(draft.shown[at])]
    submit = [at for at in filled if SUBMIT.fullmatch(draft.shown[at])]
    if rights:
        draft.copyright = draft.shown[rights[-1]]
        draft.claim(rights[-1], stop, "boilerplate")
    elif submit:
        draft.claim(submit[0], stop, "boilerplate")


def body(draft: Draft) -> None:
    start, stop = draft.unclaimed()
    read_markdown_body(draft, start, stop)
    draft.blocks = join_bare_code(draft.blocks)


RULES = (title_line, course_card, author_and_date, player, title, comments, note_form, foot, body)


def is_byline(line: str) -> bool:
    """Whether a line is a name and a date, and no sentence that ends in one: "更新于 2020-03-09"."""
    match = AUTHOR_THEN_DATE.fullmatch(line)
    return match is not None and byline_author(match["author"]) is not None


def byline_author(shown: str) -> str | None:
    """The name beside a date; None for other words, as of a diary: "周一 晴"."""
    name = read_author(shown)
    return None if name is None or NO_AUTHOR.search(name) else name


def byline_points(title: str) -> int:
    """What a byline says of a page: enough below a lesson's title, while any blog may have one."""
    match = TITLE_LINE.fullmatch(title)
    return 3 if match and is_lesson_title(read_title(match["title"])) else 2


def _comments_heading(source: Source) -> int | None:
    """The last 精选留言(N): a body may have a heading of that name too."""
    lines = source.lines
    fences = (at for at in source.lines_with("```", "~~~") if _stands_at_margin(lines[at]))
    last_fence = max(fences, default=-1)
    return next(
        (
            at
            for at in reversed(source.lines_with("精选留言", "全部留言"))
            if COMMENTS_HEADING.fullmatch(source.shown[at])
            # Readers' fences stand further in, with their items, and close none at the margin.
            and not (stands_in_fence(source, at) and (last_fence > at or not _stands_at_margin(lines[at])))
        ),
        None,
    )


def _stands_at_margin(line: str) -> bool:
    return len(line) - len(line.lstrip()) < 2  # a blank too many is a slip


def _first_item(lines: tuple[str, ...], heading: int) -> int | None:
    first = next((at for at in range(heading + 1, len(lines)) if lines[at].strip(BLANK)), None)
    return first if first is not None and ITEM.fullmatch(lines[first].rstrip()) else None


def _below_comments(draft: Draft, start: int) -> int:
    """Where the buttons below the last comment begin, which unlike its lines stand at column 0."""
    end = len(draft.lines)
    for at in reversed(draft.filled_between(start, end)):
        if not BUTTON.fullmatch(draft.lines[at].rstrip(BLANK)):
            break
        end = at
    return end


def _after_submit(lines: tuple[str, ...], heading: int) -> bool:
    return any(SUBMIT.fullmatch(line.strip(BLANK)) for line in lines[max(0, heading - 6) : heading])


def _has_player(draft: Draft, start: int, stop: int) -> bool:
    return any(
        "javascript:" in line or line.startswith("<audio title=") or re.fullmatch(CLOCK, line.strip())
        for line in draft.lines[start:stop]
    )
