"""A course page's PDF as pymupdf4llm writes it: Markdown with noise, seconds in place of names.

    `2018-3-9 作者`; the title is the file's name
    body; blanks inside words where a line was wrapped, `~~x~~` and `<mark>` where a pen was; code
    without fences, `>`, `-` and `#` before some of its lines
    `© …` / `上一篇 …` / `下一篇 …`
    1521158460, the comment's time, once with the name behind it / text / `作者回复 …`; at times
    the time comes last

Comments stand three empty lines apart.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from k8snotes.model.lesson import Block, Code, Heading, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.model.text import Text
from k8snotes.parse.bare_code import is_all_code, join_code_in_plain_text
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comments import REPLY_WITHOUT_COLON, make_comment
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.masthead import DATE_THEN_AUTHOR, NEIGHBOUR, RIGHTS, read_author, read_date, read_day
from k8snotes.parse.paragraphs import BLANK, HAN, Line, concatenated, is_blank, is_cut, raw_text, stripped
from k8snotes.parse.titles import TITLE_LINE, lesson_number, title_of_file
from k8snotes.speech import Message

NAME = "pymupdf4llm"

SECONDS = re.compile(r"(?:#{1,6}\s*)?\**(?P<seconds>1[0-9]{9})\**(?P<name>)")
SECONDS_AND_NAME = re.compile(r"(?:#{1,6}\s*)?\**(?P<seconds>1[0-9]{9})(?P<name>[^\d\s].{0,29}?)\**")
LISTED = re.compile(r"[-*]\s+")  # the sign before the notice looks like an item's
TEN_DIGITS = re.compile(r"1[0-9]{9}")
NOISE = re.compile(r"~~|</?mark>")
INNER_BLANK = re.compile(rf"(?<=[{HAN}，。、；：！？“”（）])[ \u00a0]+(?=[{HAN}，。、；：！？“”（）])")
PART_GAP = 3


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [source.shown[at] for at in source.filled[:2]]
    # Above a title of its own, the date is that of any article.
    if head and DATE_THEN_AUTHOR.fullmatch(head[0]) and not TITLE_LINE.fullmatch(head[-1]):
        yield 2, Message("date and author before all else")
    times = len(_times(source)) if TEN_DIGITS.search(source.text) else 0
    if times:  # one may be anything
        yield min(times + 1, 3), Message("times of comments in seconds")
    if sum(source.lines[at].endswith(" ") for at in source.filled) * 2 > len(source.filled):
        yield 1, Message("lines that end in a blank")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def masthead(draft: Draft) -> None:
    """Date and author; the file's name is the title."""
    draft.title = title_of_file(draft.source.name)
    draft.number = lesson_number(draft.title)
    first = next(iter(draft.source.filled), None)
    if first is not None and (match := DATE_THEN_AUTHOR.fullmatch(draft.shown[first])):
        draft.date, draft.author = read_date(match["date"]), read_author(match["author"])
        draft.claim(0, first + 1, "masthead")


def foot(draft: Draft) -> None:
    """The rights notice and the neighbours."""
    start, stop = draft.unclaimed()
    rights = next(
        (
            at
            for at in range(stop - 1, start - 1, -1)
            if RIGHTS.match(LISTED.sub("", draft.shown[at], count=1))
        ),
        None,
    )
    if rights is None:
        return
    draft.copyright = LISTED.sub("", draft.shown[rights], count=1)
    draft.claim(rights, rights + 1, "boilerplate")
    for at in range(rights + 1, stop):
        line = draft.shown[at]
        match = NEIGHBOUR.fullmatch(line)
        if match is None:
            if line:
                break
            continue
        if match["which"] == "上一篇":
            draft.previous = match["title"].strip(BLANK)
        else:
            draft.next = match["title"].strip(BLANK)
        draft.claim(at, at + 1, "navigation")


def comments(draft: Draft) -> None:
    """What follows the foot, part by part."""
    start = draft.stop_of("boilerplate", "navigation") or next(iter(_times(draft.source)), None)
    if start is None:
        return
    parts = list(_parts(draft.lines, start))
    if not any(_time(draft.shown[at]) for part in parts for at in part):
        return
    draft.claim(parts[0][0], len(draft.lines), "comments")
    found: list[list[int]] = []
    for part in parts:
        marks = [at for at in part if SECONDS.fullmatch(draft.shown[at])]
        if part[0] not in marks and SECONDS_AND_NAME.fullmatch(draft.shown[part[0]]):
            marks.insert(0, part[0])
        if marks:
            found += _by_time(part, marks)
        elif found:
            found[-1] += part  # a gap in the middle of a comment
        else:
            draft.warn("stray-text", Message("text among the comments without a time"), part[0], part[-1] + 1)
    for ats in found:
        _read_comment(draft, ats)


def body(draft: Draft) -> None:
    """The Markdown, its noise taken out, paragraphs that a page cut joined."""
    start, stop = draft.unclaimed()
    read_markdown_body(draft, start, stop)
    blocks: list[Block] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            text = _without_noise(block.text)
            before = blocks[-1] if blocks else None
            if isinstance(before, Paragraph) and is_cut(before.text.string, text.string):
                blocks[-1] = Paragraph(
                    text=concatenated([before.text, text], ""),
                    first_line=before.first_line,
                    last_line=block.last_line,
                )
                continue
            block = Paragraph(text=text, first_line=block.first_line, last_line=block.last_line)
        elif not isinstance(block, Code):
            block = replace(block, text=_without_noise(block.text))
        blocks.append(block)
    draft.blocks = list(join_code_in_plain_text(list(_with_remarks(draft, blocks))))


RULES = (masthead, foot, comments, body)


def _with_remarks(draft: Draft, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; a heading between two pieces of code is a remark in them."""
    around = zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)
    for before, block, after in around:
        if isinstance(block, Heading) and before and after and is_all_code(before) and is_all_code(after):
            lines = range(block.first_line - 1, block.last_line)
            text = raw_text([stripped(draft.lines[at], at + 1) for at in lines])
            yield Paragraph(text=text, first_line=block.first_line, last_line=block.last_line)
        else:
            yield block


def _times(source: Source) -> list[int]:
    """The lines that are the time of a comment."""
    return [at for at in source.filled if SECONDS.fullmatch(source.shown[at])]


def _parts(lines: Sequence[str], start: int) -> Iterator[list[int]]:
    """Runs of filled lines with less than a gap between them."""
    part: list[int] = []
    for at in range(start, len(lines)):
        if is_blank(lines[at]):
            continue
        if part and at - part[-1] > PART_GAP:
            yield part
            part = []
        part.append(at)
    if part:
        yield part


def _by_time(part: Sequence[int], marks: Sequence[int]) -> Iterator[list[int]]:
    """The comments of a part: one, or as many as it has times where the page lost its gaps."""
    if len(marks) == 1:
        yield list(part)
        return
    times_come_last = part[0] != marks[0] and part[-1] == marks[-1]
    starts = [part[0], *([mark + 1 for mark in marks[:-1]] if times_come_last else marks[1:])]
    for start, stop in zip(starts, [*starts[1:], part[-1] + 1], strict=True):
        yield list(part[bisect_left(part, start) : bisect_left(part, stop)])


def _read_comment(draft: Draft, ats: Sequence[int]) -> None:
    marked, time = next((at, match) for at in ats if (match := _time(draft.shown[at])))
    said = [at for at in ats if at != marked]
    lines = (
        [
            Line(draft.lines[at].rstrip(BLANK), at + 1, 0)
            for at in range(said[0], said[-1] + 1)
            if at != marked
        ]
        if said
        else []
    )
    draft.comments.append(
        make_comment(
            name=time["name"],
            day=read_day(time["seconds"]),
            likes=None,
            lines=lines,
            span=span(ats[0], ats[-1] + 1),
            reply_mark=REPLY_WITHOUT_COLON,
            join=lambda some: _without_noise(raw_text(some)),
        )
    )


def _time(line: str) -> re.Match[str] | None:
    return SECONDS.fullmatch(line) or SECONDS_AND_NAME.fullmatch(line)


def _without_noise(text: Text) -> Text:
    for rule in (NOISE, INNER_BLANK):
        edits = [(match.start(), match.end(), "") for match in rule.finditer(text.string)]
        text = text.edited(edits) if edits else text
    return text.trimmed(BLANK)
