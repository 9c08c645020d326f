"""The text of a phone page's PDF: hard-wrapped lines, comments behind bullets.

    title, wrapped / `2018-10-08 作者`
    paragraphs, wrapped without hyphens
    `© …` / 上一篇 / its title / 下一篇 / its title
    精选留言3 / `•  name` / date / text / `作者回复 …`, a blank in place of the colon

A form feed stands before any line, in mid-comment too.
"""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Block, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.bare_code import code_of, looks_like_code
from k8snotes.parse.comments import REPLY_WITHOUT_COLON, make_comment
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.masthead import (
    DATE,
    DATE_THEN_AUTHOR,
    NEIGHBOUR_WORD,
    RIGHTS,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import BLANK, Line, joined, raw_text, stripped
from k8snotes.parse.titles import lesson_number
from k8snotes.parse.wraps import unwrapped, unwrapped_text

NAME = "mobile-page"

HEAD_LINES = 12
COMMENTS_LINE = re.compile(r"精选留言\s*[（(]?(?P<count>\d+)[)）]?")
BULLET = re.compile(r"[•·●]\s{1,3}(?P<name>\S.*)")


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [line.strip(BLANK) for line in source.lines if line.strip(BLANK)][:HEAD_LINES]
    if any(line.startswith(("#", "<", "---")) for line in head[:1]):
        return
    if any(DATE_THEN_AUTHOR.fullmatch(line) for line in head[1:4]):
        yield 1, "date and author below a bare title"
    if any(locator.page is not None for _, locator in source.places):
        yield 3, "pages of a PDF"
    if any("\f" in line for line in source.lines):
        yield 1, "form feeds of a PDF"
    if any(BULLET.fullmatch(line.strip(BLANK)) for line in source.lines) and any(
        COMMENTS_LINE.fullmatch(line.strip(BLANK)) for line in source.lines
    ):
        yield 5, "精选留言 with bullets"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    for rule in RULES:
        rule(draft)
    return draft.finish()


def masthead(draft: Draft) -> None:
    """The title, however many lines it takes, then date and author."""
    filled = [at for at, line in enumerate(draft.lines) if line.strip(BLANK)][:HEAD_LINES]
    dated = next((at for at in filled[1:4] if DATE_THEN_AUTHOR.fullmatch(draft.lines[at].strip(BLANK))), None)
    if not filled:
        return
    title = [at for at in filled if dated is None or at < dated][: 3 if dated is not None else 1]
    draft.title = joined([stripped(draft.lines[at], at + 1) for at in title]).string
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(title[0], title[-1] + 1)
    stop = title[-1] + 1
    if dated is not None:
        match = DATE_THEN_AUTHOR.fullmatch(draft.lines[dated].strip(BLANK))
        assert match is not None
        draft.date, draft.author = read_date(match["date"]), read_author(match["author"])
        stop = dated + 1
    draft.claim(0, stop, "masthead")


def comments(draft: Draft) -> None:
    """Below 精选留言N, a bullet before each name."""
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
    starts = [at for at in range(heading + 1, stop) if _begins_comment(draft.lines, at)]
    for at, end in zip(starts, [*starts[1:], stop], strict=False):
        bullet = BULLET.fullmatch(draft.lines[at].strip(BLANK))
        assert bullet is not None
        lines = [stripped(draft.lines[i], i + 1) for i in range(at + 1, end) if draft.lines[i].strip(BLANK)]
        day = read_date(lines[0].string) if lines and DATE.fullmatch(lines[0].string) else None
        draft.comments.append(
            make_comment(
                name=bullet["name"],
                day=day,
                likes=None,
                lines=lines[1 if day else 0 :],
                span=span(at, lines[-1].line if lines else at + 1),
                reply_mark=REPLY_WITHOUT_COLON,
                join=unwrapped_text,
            )
        )


def foot(draft: Draft) -> None:
    """The rights notice, wrapped, and the neighbours with their titles on lines of their own."""
    start, stop = draft.unclaimed()
    rights = next((at for at in range(start, stop) if RIGHTS.match(draft.lines[at].strip(BLANK))), None)
    words = [
        at for at in range(rights or start, stop) if NEIGHBOUR_WORD.fullmatch(draft.lines[at].strip(BLANK))
    ]
    if rights is not None:
        end = words[0] if words else stop
        notice = [
            stripped(draft.lines[at], at + 1) for at in range(rights, end) if draft.lines[at].strip(BLANK)
        ]
        draft.copyright = joined(notice).string
        draft.claim(rights, end, "boilerplate")
    elif words:
        words = words[-2:]
    for at, end in zip(words, [*words[1:], stop], strict=False):
        name = joined(
            [stripped(draft.lines[i], i + 1) for i in range(at + 1, end) if draft.lines[i].strip(BLANK)]
        )
        if draft.lines[at].strip(BLANK) == "上一篇":
            draft.previous = name.string or None
        else:
            draft.next = name.string or None
        draft.claim(at, end, "navigation")


def body(draft: Draft) -> None:
    """Lines joined where the page wrapped them; runs of lines without Chinese are code."""
    start, stop = draft.unclaimed()
    lines = [stripped(draft.lines[at], at + 1, blanks="\r\n\f\v\ufeff \u00a0") for at in range(start, stop)]
    draft.blocks += _blocks(draft, [line for line in lines if line.string])


RULES = (masthead, comments, foot, body)


def _begins_comment(lines: Sequence[str], at: int) -> bool:
    if not BULLET.fullmatch(lines[at].strip(BLANK)):
        return False
    following = next((line.strip(BLANK) for line in lines[at + 1 : at + 4] if line.strip(BLANK)), "")
    return DATE.fullmatch(following) is not None


def _blocks(draft: Draft, lines: Sequence[Line]) -> Iterator[Block]:
    run: list[Paragraph] = []
    for group in unwrapped(lines):
        first, last = group[0], group[-1]
        if len(group) == 1 and looks_like_code(first.string):
            # code keeps its indentation, which prose never has
            line = draft.lines[first.line - 1].strip("\r\f")
            indent = len(line) - len(line.lstrip(" "))
            code = Line(" " * indent + first.string, first.line, first.column - indent)
            run.append(Paragraph(text=raw_text([code]), first_line=first.line, last_line=first.line))
            continue
        yield from _run(run)
        run = []
        yield Paragraph(text=joined(group), first_line=first.line, last_line=last.line)
    yield from _run(run)


def _run(run: Sequence[Paragraph]) -> Iterator[Block]:
    if len(run) > 1:
        yield code_of(run)
    else:
        yield from run
