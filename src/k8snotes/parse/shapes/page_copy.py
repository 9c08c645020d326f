"""A course page copied as plain text: no markup, a comment's date is its last line.

    # title / 作者 2018-07-03 / icons, `2.0x` or `00:52` / `讲述：X 大小：812.40K 时长：00:52`
    body, a line a paragraph; headings and code are bare lines
    `© …` … `Ctrl + Enter 发表` / `0/2000 字` / 提交留言
    精选留言 (11)
    name / text / `作者回复：…` / 2018-07-03
    收起评论, icons and numbers

A line that holds Chinese is followed by one empty line, any other by two; so a gap says
nothing of where a comment ends, only its date does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from k8snotes.model.lesson import Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.model.text import text_at
from k8snotes.parse.bare_code import WIDE, join_code_in_plain_text
from k8snotes.parse.comments import CUT_NAME, REPLY, make_comment
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.masthead import (
    AUTHOR_THEN_DATE,
    DURATION,
    NARRATOR,
    RIGHTS,
    RIGHTS_MARKS,
    SIZE,
    SUBMIT,
    SUBMIT_MARKS,
    read_audio,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import BLANK, WholeLines, stripped
from k8snotes.parse.shapes.pasted_page import byline_points, is_byline
from k8snotes.parse.titles import TITLE_LINE, lesson_number
from k8snotes.speech import Message

NAME = "page-copy"

COMMENTS_LINE = re.compile(r"精选留言\s*[（(]\s*(?P<count>\d{1,9})\s*[)）]")
FOLD_COMMENTS = re.compile(r"收起评论")
SUMMARY_ADVERT = "将学到的知识总结成笔记"
UNSEEN_PICTURE = "unpreview"  # what the page shows for its advert
FOOT_MARKS = (SUMMARY_ADVERT, UNSEEN_PICTURE, *RIGHTS_MARKS, *SUBMIT_MARKS)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # as the page writes it
MARKDOWN = re.compile(r"!\[|\]\(|```|#{2,6}\s|- |\*\*\S")
COUNT = re.compile(r"[\d\ue000-\uf8ff\s*]+")
ENDS_SENTENCE = re.compile(r"[。！？；：，.!?;:,…~～]$")
SPEED = re.compile(r"\d\.\d{1,2}x")
CLOCK = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}")  # the length, or where the player stands: at the beginning
PLAYER = re.compile(rf"[\ue000-\uf8ff]+|[\d.]+x|{CLOCK.pattern}")
ABOVE_FOOT = re.compile(r"猜你喜欢")
HEAD_LINES = 40
FOOT_LINES = 12  # that hold words, at most
LONGEST_NAME = 30
SHORTEST_SENTENCE = 8
# What a longer name may end in; a sentence that does pauses before.
ENDS_NAME = re.compile(r"[^，。：；,:;]{1,16}[.!！~～…]")


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = [line.strip() for line in source.lines[:HEAD_LINES] if line.strip()]
    if not filled or not TITLE_LINE.fullmatch(filled[0]):
        return
    if len(filled) > 1 and is_byline(filled[1]):
        yield byline_points(filled[0]), Message("author and date below the title")
        if _has_gaps_below_latin(source):
            yield 1, Message("two empty lines below lines without Chinese, one below others")
    if any(NARRATOR.match(line) and SIZE.search(line) for line in filled):
        yield 2, Message("讲述 and 大小 on one line")
    if any(COMMENTS_LINE.fullmatch(source.lines[at].strip()) for at in source.lines_with("精选留言")):
        yield 4, Message("精选留言 as a line of its own")
    if any(SPEED.fullmatch(line) for line in filled):
        yield 2, Message("the player's speed, which is no link")
    if any(_is_foot(source.lines[at]) for at in source.lines_with(*FOOT_MARKS)) and not any(
        MARKDOWN.match(line.lstrip()) for line in source.lines
    ):
        yield 1, Message("the page's foot, and no markup")
    if "\n" + SUMMARY_ADVERT in source.text:
        yield 1, Message("the site's advert for notes")
    if f"\n{UNSEEN_PICTURE}\n" in source.text:
        yield 2, Message("the words that stand for a picture")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "plain", RULES)


def _has_gaps_below_latin(source: Source) -> bool:
    """Whether the lines stand apart as the copy leaves them, several without Chinese among them."""
    latin = 0
    for at, below in pairwise(source.filled):
        is_latin = not WIDE.search(source.shown[at])
        if below - at < (3 if is_latin else 2):
            return False
        latin += is_latin
    return latin > 1


def masthead(draft: Draft) -> None:
    """Title, then author and date."""
    filled = [at for at in range(min(HEAD_LINES, len(draft.lines))) if draft.shown[at]]
    if not filled or not (match := TITLE_LINE.fullmatch(draft.shown[filled[0]])):
        return
    draft.title = match["title"]
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(filled[0], filled[0] + 1)
    stop = filled[0] + 1
    if len(filled) > 1 and (dated := AUTHOR_THEN_DATE.fullmatch(draft.shown[filled[1]])):
        draft.author, draft.date = read_author(dated["author"]), read_date(dated["date"])
        stop = filled[1] + 1
    draft.claim(0, stop, "masthead")


def audio(draft: Draft) -> None:
    """The player's icons and speed, then 讲述, 大小 and 时长 on one line."""
    start, stop = draft.unclaimed()
    for at in range(start, min(start + HEAD_LINES, stop)):
        line = draft.shown[at]
        if NARRATOR.match(line) and (SIZE.search(line) or DURATION.search(line)):
            clocks = [f"时长 {shown}" for shown in draft.shown[start:at] if _is_length(shown)]
            draft.audio = read_audio([line, *clocks])
            draft.claim(start, at + 1, "audio")
            return
        if line and not PLAYER.fullmatch(line):
            return


def _is_length(line: str) -> bool:
    return CLOCK.fullmatch(line) is not None and bool(line.strip("0:"))


def comments(draft: Draft) -> None:
    """Below 精选留言 (N): from a name to the date that ends its comment."""
    start, stop = draft.unclaimed()
    heading = next(
        (at for at in range(stop - 1, start - 1, -1) if COMMENTS_LINE.fullmatch(draft.shown[at])),
        None,
    )
    if heading is None:
        return
    match = COMMENTS_LINE.fullmatch(draft.shown[heading])
    assert match is not None
    draft.comments_total = int(match["count"])
    draft.claim(heading, stop, "comments")
    first = heading + 1
    for dated in _last_lines(draft.lines, first, stop):
        while not draft.shown[first]:
            first += 1
        draft.comments.append(
            make_comment(
                name=draft.lines[first],
                day=read_date(draft.lines[dated]),
                likes=None,
                lines=WholeLines(draft.lines, first + 1, dated),
                span=span(first, dated + 1),
            )
        )
        first = dated + 1
    _below_comments(draft, first, stop)


def _last_lines(lines: Sequence[str], start: int, stop: int) -> Iterator[int]:
    """The lines that end comments: dates, but for names and texts that are one.

    Such a date has a name above it, an empty line or nothing below it, and then a name. Where
    comments are all that empty lines part, whatever stands below one is a name.
    """
    filled = [at for at in range(start, stop) if lines[at].strip(BLANK)]
    is_tight = sum(below == at + 1 for at, below in pairwise(filled)) * 2 > len(filled)
    in_comment = False
    for here, at in enumerate(filled):
        below = filled[here + 1] if here + 1 < len(filled) else None
        if (
            in_comment
            and DAY.fullmatch(lines[at].strip(BLANK))
            and (
                below is None
                or (below > at + 1 and (is_tight or _may_begin_comment(lines, filled, here + 1)))
            )
        ):
            yield at
            in_comment = False
        else:
            in_comment = True


def _may_begin_comment(lines: Sequence[str], filled: Sequence[int], here: int) -> bool:
    """Whether a line can be a name: it is short, no sentence, no reply, and no date unless a text follows."""
    string = lines[filled[here]].strip(BLANK)
    if DAY.fullmatch(string):
        return _is_name_like_a_date(lines, filled, here)
    if len(string) > LONGEST_NAME or REPLY.match(string):
        return False
    if len(string) < SHORTEST_SENTENCE or string.endswith(CUT_NAME):
        return True
    return ENDS_SENTENCE.search(string) is None or ENDS_NAME.fullmatch(string) is not None


def _is_name_like_a_date(lines: Sequence[str], filled: Sequence[int], here: int) -> bool:
    """Whether what follows a date reads as its text: a sentence, or one line above the next date."""
    below = [lines[at].strip(BLANK) for at in filled[here + 1 : here + 3]]
    if not below or DAY.fullmatch(below[0]):
        return False
    return not (len(below[0]) <= LONGEST_NAME and not ENDS_SENTENCE.search(below[0])) or (
        len(below) > 1 and DAY.fullmatch(below[1]) is not None
    )


def _below_comments(draft: Draft, start: int, stop: int) -> None:
    """收起评论 and icons; anything else there is a comment that the copy cut."""
    fold = next((at for at in range(start, stop) if FOLD_COMMENTS.fullmatch(draft.shown[at])), None)
    if fold is not None:
        draft.claim(fold, stop, "boilerplate")
    left = [at for at in range(start, stop if fold is None else fold) if draft.shown[at]]
    if any(not COUNT.fullmatch(draft.lines[at]) for at in left):
        draft.comments.append(
            make_comment(
                name=draft.lines[left[0]],
                day=None,
                likes=None,
                lines=WholeLines(draft.lines, left[0] + 1, left[-1] + 1),
                span=span(left[0], left[-1] + 1),
            )
        )
        draft.warn(
            "cut-comment",
            Message("a comment without its date: the copy ends inside it"),
            left[0],
            left[-1] + 1,
        )


def foot(draft: Draft) -> None:
    """The site's advert, the rights notice, the form for comments."""
    start, stop = draft.unclaimed()
    filled = draft.filled_between(start, stop)
    marks = [at for at in filled[-FOOT_LINES:] if _is_foot(draft.lines[at])]
    if not marks:
        return
    rights = [at for at in marks if RIGHTS.match(draft.shown[at])]
    if rights:
        draft.copyright = draft.shown[rights[-1]]
    above = [at for at in filled if at < marks[0]][-1:]
    first = above[0] if above and ABOVE_FOOT.fullmatch(draft.shown[above[0]]) else marks[0]
    draft.claim(first, stop, "boilerplate")


def _is_foot(line: str) -> bool:
    line = line.strip(BLANK)
    return (
        line.startswith((SUMMARY_ADVERT, UNSEEN_PICTURE))
        or (RIGHTS.match(line) or SUBMIT.fullmatch(line)) is not None
    )


def body(draft: Draft) -> None:
    """Each line a paragraph; runs of lines without Chinese are code."""
    start, stop = draft.unclaimed()
    paragraphs = []
    for at in draft.filled_between(start, stop):
        string, line, column = stripped(draft.lines[at], at + 1, blanks="\r\n\f\v\ufeff")
        paragraphs.append(Paragraph(text=text_at(string, line, column), first_line=line, last_line=line))
    draft.blocks += join_code_in_plain_text(paragraphs)


RULES = (masthead, audio, comments, foot, body)
