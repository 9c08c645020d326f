"""A course page copied as plain text: no markup, a comment's date is its last line.

    # title / 作者 2018-07-03 / icons, `2.0x` / `讲述：X 大小：812.40K 时长：00:52`
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

from k8snotes.model.lesson import Block, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.bare_code import COMMENT_LINE, code_of, looks_like_code
from k8snotes.parse.comments import make_comment
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.masthead import (
    AUTHOR_THEN_DATE,
    DATE,
    DURATION,
    NARRATOR,
    RIGHTS,
    SIZE,
    SUBMIT,
    read_audio,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import BLANK, Line, raw_text, stripped
from k8snotes.parse.titles import TITLE_LINE, lesson_number

NAME = "page-copy"

COMMENTS_LINE = re.compile(r"精选留言\s*[（(]\s*(?P<count>\d+)\s*[)）]")
FOLD_COMMENTS = re.compile(r"收起评论")
SUMMARY_ADVERT = "将学到的知识总结成笔记"
PLAYER = re.compile(r"[\ue000-\uf8ff]+|[\d.]+x|\d{1,2}:\d{2}")
HEAD_LINES = 40


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = [line.strip() for line in source.lines[:HEAD_LINES] if line.strip()]
    if not filled or not TITLE_LINE.fullmatch(filled[0]):
        return
    if len(filled) > 1 and AUTHOR_THEN_DATE.fullmatch(filled[1]):
        yield 2, "author and date below the title"
    if any(NARRATOR.match(line) and SIZE.search(line) for line in filled):
        yield 2, "讲述 and 大小 on one line"
    if any(COMMENTS_LINE.fullmatch(line.strip()) for line in source.lines):
        yield 4, "精选留言 as a line of its own"
    if any(line.startswith(SUMMARY_ADVERT) for line in source.lines):
        yield 1, "the site's advert for notes"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    for rule in RULES:
        rule(draft)
    return draft.finish()


def masthead(draft: Draft) -> None:
    """Title, then author and date."""
    filled = [at for at in range(min(HEAD_LINES, len(draft.lines))) if draft.lines[at].strip(BLANK)]
    if not filled or not (match := TITLE_LINE.fullmatch(draft.lines[filled[0]].strip(BLANK))):
        return
    draft.title = match["title"]
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(filled[0], filled[0] + 1)
    stop = filled[0] + 1
    if len(filled) > 1 and (dated := AUTHOR_THEN_DATE.fullmatch(draft.lines[filled[1]].strip(BLANK))):
        draft.author, draft.date = read_author(dated["author"]), read_date(dated["date"])
        stop = filled[1] + 1
    draft.claim(0, stop, "masthead")


def audio(draft: Draft) -> None:
    """The player's icons and speed, then 讲述, 大小 and 时长 on one line."""
    start, stop = draft.unclaimed()
    for at in range(start, min(start + HEAD_LINES, stop)):
        line = draft.lines[at].strip(BLANK)
        if NARRATOR.match(line) and (SIZE.search(line) or DURATION.search(line)):
            draft.audio = read_audio([line])
            draft.claim(start, at + 1, "audio")
            return
        if line and not PLAYER.fullmatch(line):
            return


def comments(draft: Draft) -> None:
    """Below 精选留言 (N): from a name to the date that ends its comment."""
    start, stop = draft.unclaimed()
    heading = next(
        (
            at
            for at in range(stop - 1, start - 1, -1)
            if COMMENTS_LINE.fullmatch(draft.lines[at].strip(BLANK))
        ),
        None,
    )
    if heading is None:
        return
    match = COMMENTS_LINE.fullmatch(draft.lines[heading].strip(BLANK))
    assert match is not None
    draft.comments_total = int(match["count"])
    draft.claim(heading, stop, "comments")
    dates = [at for at in range(heading + 1, stop) if DATE.fullmatch(draft.lines[at].strip(BLANK))]
    first = heading + 1
    for dated in dates:
        while first < dated and not draft.lines[first].strip(BLANK):
            first += 1
        if first == dated:
            continue  # a date without a name above it: text of the comment before, or of none
        draft.comments.append(
            make_comment(
                name=draft.lines[first],
                day=read_date(draft.lines[dated]),
                likes=None,
                lines=[Line(draft.lines[at], at + 1, 0) for at in range(first + 1, dated)],
                span=span(first, dated + 1),
            )
        )
        first = dated + 1
    _below_comments(draft, first, stop)


def _below_comments(draft: Draft, start: int, stop: int) -> None:
    """收起评论 and icons; anything else there is a comment that the copy cut."""
    fold = next(
        (at for at in range(start, stop) if FOLD_COMMENTS.fullmatch(draft.lines[at].strip(BLANK))), None
    )
    if fold is not None:
        draft.claim(fold, stop, "boilerplate")
    left = [at for at in range(start, fold or stop) if draft.lines[at].strip(BLANK)]
    if left:
        draft.comments.append(
            make_comment(
                name=draft.lines[left[0]],
                day=None,
                likes=None,
                lines=[Line(draft.lines[at], at + 1, 0) for at in range(left[0] + 1, left[-1] + 1)],
                span=span(left[0], left[-1] + 1),
            )
        )
        draft.warn(
            "cut-comment", "a comment without its date: the copy ends inside it", left[0], left[-1] + 1
        )


def foot(draft: Draft) -> None:
    """The site's advert, the rights notice, the form for comments."""
    start, stop = draft.unclaimed()
    marks = [
        at
        for at in range(start, stop)
        if draft.lines[at].startswith(SUMMARY_ADVERT)
        or RIGHTS.match(draft.lines[at].strip(BLANK))
        or SUBMIT.fullmatch(draft.lines[at].strip(BLANK))
    ]
    if not marks:
        return
    rights = [at for at in marks if RIGHTS.match(draft.lines[at].strip(BLANK))]
    if rights:
        draft.copyright = draft.lines[rights[-1]].strip(BLANK)
    draft.claim(marks[0], stop, "boilerplate")


def body(draft: Draft) -> None:
    """Each line a paragraph; runs of lines without Chinese are code."""
    start, stop = draft.unclaimed()
    lines = [stripped(draft.lines[at], at + 1, blanks="\r\n\f\v\ufeff") for at in range(start, stop)]
    paragraphs = [
        Paragraph(text=raw_text([line]), first_line=line.line, last_line=line.line)
        for line in lines
        if line.string.strip(BLANK)
    ]
    draft.blocks += _with_code(paragraphs)


RULES = (masthead, audio, comments, foot, body)


def _with_code(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """Paragraphs, with runs of two code lines or more as one block; a comment between two belongs."""
    run: list[Paragraph] = []
    for at, paragraph in enumerate(paragraphs):
        string = paragraph.text.string
        follows = at + 1 < len(paragraphs) and looks_like_code(paragraphs[at + 1].text.string)
        if looks_like_code(string) or (run and follows and COMMENT_LINE.match(string)):
            run.append(paragraph)
            continue
        yield from _run(run)
        run = []
        yield paragraph
    yield from _run(run)


def _run(run: Sequence[Paragraph]) -> Iterator[Block]:
    if len(run) > 1:
        yield code_of(run)
    else:
        yield from run
