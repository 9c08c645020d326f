"""The text of a phone page's PDF: hard-wrapped lines, comments without marks of their own.

    title, wrapped / `2018-10-08 作者`
    paragraphs, wrapped without hyphens
    `© …` / 上一篇 / its title / 下一篇 / its title
    精选留言3 / `•  name` or `name` / date / text / `作者回复 …`, a blank in place of the colon;
    or 全部留言（3） / name / text / reply / date / counts

A form feed stands before any line, in mid-comment too; a browser that prints puts date, title,
address and page number at the edges of every page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from k8snotes.model.lesson import Block, ItemList, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.bare_code import code_of, looks_like_code
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.masthead import (
    DATE,
    DATE_THEN_AUTHOR,
    NEIGHBOUR,
    NEIGHBOUR_MARKS,
    NEIGHBOUR_WORD,
    RIGHTS,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import (
    BLANK,
    ENDS_SENTENCE,
    HAN_CHARACTER,
    Line,
    concatenated,
    joined,
    raw_text,
    stripped,
)
from k8snotes.parse.printed_comments import HEADING, heading_of, read_comments
from k8snotes.parse.titles import lesson_number
from k8snotes.parse.wraps import NARROWEST, RAGGED, cells, page_width, unwrapped, unwrapped_text

NAME = "mobile-page"

HEAD_LINES = 12
FOOT_LINES = 12
PAGE_END = re.compile(r".{0,6}(?:没有更多|到底了|收起评论|加载更多|查看更多|展开更多).{0,8}")
LIST_ITEM = re.compile(r"[•·●◦▪]\s|\d{1,2}[.、]\s?(?!\d)")
CODE_REMARK = re.compile(r"[\x20-\x7e\t]*(?://|#|/\*|--|\"|')[^。！？]*")
# What a browser prints at a page's edges: "11/23/26, 9:30 AM title", "https://… 3/14".
PRINTED_ADDRESS = re.compile(r"(?:https?|file)://.*\s\d{1,4}/\d{1,4}")
PRINTED_DATE = re.compile(r"\d{1,4}/\d{1,2}/\d{1,4}(?:[,，]|\s).*")
NO_MARGIN = re.compile(rf"^{DATE.pattern}$|[。！？]$")  # the date and the words of a comment
WIDEST = 120  # cells; no page has longer lines
EDGE = 3  # lines at each end of a page that may be no part of the text
REPEATED_ON = 3  # pages, and more than half of them


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [source.shown[at] for at in source.filled[:HEAD_LINES]]
    if any(line.startswith(("#", "<", "---")) for line in head[:1]):
        return
    dated = any(DATE_THEN_AUTHOR.fullmatch(line) for line in head[1:4])
    if dated:
        yield 1, "date and author below a bare title"
        if _is_wrapped(source):
            yield 3, "lines that a page's width broke"
    if any(locator.page is not None for _, locator in source.places):
        yield 4, "pages of a PDF"
    if "\f" in source.text:
        yield 1, "form feeds of a PDF"
    if any(line.startswith("# ") for line in head):
        return
    if dated and any(
        NEIGHBOUR_WORD.fullmatch(source.shown[at]) for at in source.lines_with(*NEIGHBOUR_MARKS)
    ):
        yield 4, "上一篇 and 下一篇 above their titles"
    if any(word in source.text for word in ("精选留言", "全部留言")) and (
        heading_of([source.shown[at] for at in source.filled]) is not None
    ):
        yield 8, "精选留言 above names and dates"


def _is_wrapped(source: Source) -> bool:
    """Whether full lines stop in mid-sentence, the next right below them."""
    lines = [stripped(source.lines[at], at + 1) for at in source.filled]
    width = page_width(lines) if lines else 0
    broken = [
        before
        for before, after in pairwise(lines)
        if after.line == before.line + 1
        and NARROWEST <= width <= WIDEST
        and width - RAGGED <= cells(before.string) <= width
        and HAN_CHARACTER.search(before.string)
        and not ENDS_SENTENCE.search(before.string)
    ]
    return len(broken) > 1


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    margins = _margins(source)
    lines = (stripped(line, at + 1) for at, line in enumerate(draft.lines) if at not in margins)
    text: Sequence[Line] = [line for line in lines if line.string]
    for rule in RULES:
        text = rule(draft, text)
    for at in margins:
        draft.claim(at, at + 1, "boilerplate")
    return draft.finish()


def masthead(draft: Draft, text: Sequence[Line]) -> Sequence[Line]:
    """The title, however many lines it takes, then date and author."""
    if not text:
        return text
    dated = next((at for at in range(1, len(text[:5])) if DATE_THEN_AUTHOR.fullmatch(text[at].string)), None)
    title = text[: dated or 1]
    draft.title = joined(title).string
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(title[0].line - 1, title[-1].line)
    stop = len(title)
    if dated is not None:
        match = DATE_THEN_AUTHOR.fullmatch(text[dated].string)
        assert match is not None
        draft.date, draft.author = read_date(match["date"]), read_author(match["author"])
        stop = dated + 1
    draft.claim(0, text[stop - 1].line, "masthead")
    return text[stop:]


def comments(draft: Draft, text: Sequence[Line]) -> Sequence[Line]:
    """Below 精选留言N, whichever way their fields stand."""
    strings = [line.string for line in text]
    heading = heading_of(strings)
    if heading is None:
        return text
    match = HEADING.fullmatch(strings[heading])
    assert match is not None
    draft.comments_total = int(match["count"]) if match["count"] else None
    draft.claim(text[heading].line - 1, len(draft.lines), "comments")
    width = max(cells(string) for string in strings[heading + 1 :])  # which runs over no edge
    found = read_comments(text, heading, lambda some: unwrapped_text(some, width, draft.lines))
    for comment, is_cut in found:
        if is_cut and PAGE_END.fullmatch(draft.shown[comment.first_line - 1]):
            draft.claim(comment.first_line - 1, len(draft.lines), "boilerplate")
            break
        draft.comments.append(comment)
        if is_cut:
            first, last = comment.first_line - 1, comment.last_line
            draft.warn("cut-comment", "a comment without its date: the text ends inside it", first, last)
    return text[:heading]


def foot(draft: Draft, text: Sequence[Line]) -> Sequence[Line]:
    """The rights notice, wrapped, and the neighbours with their titles beside or below them."""
    first = max(len(text) - FOOT_LINES, 0)
    rights = next((at for at in range(first, len(text)) if RIGHTS.match(text[at].string)), None)
    words = [
        at
        for at in range(first if rights is None else rights, len(text))
        if NEIGHBOUR_WORD.fullmatch(text[at].string) or NEIGHBOUR.fullmatch(text[at].string)
    ]
    if rights is not None:
        end = words[0] if words else len(text)
        draft.copyright = joined(text[rights:end]).string
        draft.claim(text[rights].line - 1, text[end - 1].line, "boilerplate")
    for at, end in zip(words, [*words[1:], len(text)], strict=False):
        beside = NEIGHBOUR.fullmatch(text[at].string)
        parts = [*([Line(beside["title"], text[at].line, 0)] if beside else []), *text[at + 1 : end]]
        name = joined(parts).string or None
        if text[at].string.startswith("上一篇"):
            draft.previous = name
        else:
            draft.next = name
        draft.claim(text[at].line - 1, text[end - 1].line, "navigation")
    return text[: min([*words[:1], *([] if rights is None else [rights]), len(text)])]


def body(draft: Draft, text: Sequence[Line]) -> Sequence[Line]:
    """Lines joined where the page wrapped them; bullets are lists; lines without Chinese are code."""
    draft.blocks += _blocks(draft, text)
    return ()


RULES = (masthead, comments, foot, body)


def _margins(source: Source) -> frozenset[int]:
    """The lines at the edges of pages that the browser, or the page's maker, put on each of them."""
    pages = [[at for at in page if source.lines[at].strip(BLANK)] for page in _pages(source)]
    found: set[int] = set()
    for edges in ([page[:EDGE] for page in pages], [page[: -EDGE - 1 : -1] for page in pages]):
        numbers = [_number(source.lines[edge[0]]) if edge else None for edge in edges]
        seen = Counter((place, _shape(source.lines[at])) for edge in edges for place, at in enumerate(edge))
        for edge in edges:
            is_printed = any(PRINTED_ADDRESS.fullmatch(source.lines[at].strip(BLANK)) for at in edge)
            for place, at in enumerate(edge):
                line = source.lines[at].strip(BLANK)
                on = seen[place, _shape(line)]
                repeated = on >= REPEATED_ON and on * 2 > len(pages) and not NO_MARGIN.search(line)
                if repeated and line.isdecimal() and not _counts_pages(numbers):
                    break  # the number of answers or likes of a comment
                printed = PRINTED_ADDRESS.fullmatch(line) or (is_printed and PRINTED_DATE.fullmatch(line))
                if not repeated and not printed:
                    break  # what stands further in is text
                found.add(at)
    return frozenset(found - _running_title(source, found))


def _number(line: str) -> int | None:
    line = line.strip(BLANK)
    return int(line) if line.isdecimal() else None


def _counts_pages(numbers: Sequence[int | None]) -> bool:
    """Whether the numbers at the edges of the pages grow by one from each to the next that has one."""
    firsts = {number - place for place, number in enumerate(numbers) if number is not None}
    return len(firsts) == 1


def _running_title(source: Source, margins: set[int]) -> set[int]:
    """The first line, where the page's maker put the lesson's title on every page: date and author follow."""
    lines = [at for at, line in enumerate(source.lines) if line.strip(BLANK)]
    following = next((source.lines[at].strip(BLANK) for at in lines if at not in margins), "")
    return set(lines[:1]) if DATE_THEN_AUTHOR.fullmatch(following) else set()


def _shape(line: str) -> str:
    """A line with its numbers, which differ from page to page, made alike."""
    return re.sub(r"\d+", "0", line.strip(BLANK))


def _pages(source: Source) -> Iterator[range]:
    """The lines of each page, after the PDF's own pages or the form feeds of its text."""
    starts = [line - 1 for line, locator in source.places if locator.page is not None]
    starts = starts or [0, *(at for at, line in enumerate(source.lines) if at and line.startswith("\f"))]
    for start, stop in zip(starts, [*starts[1:], len(source.lines)], strict=True):
        yield range(start, stop)


def _blocks(draft: Draft, lines: Sequence[Line]) -> Iterator[Block]:
    groups = unwrapped(lines)
    run: list[Paragraph] = []
    items: list[list[Line]] = []
    for at, group in enumerate(groups):
        if _is_code(groups, at):
            yield from _list(items)
            items = []
            run.append(_code_line(draft, group[0]))
            continue
        yield from _run(run)
        run = []
        if LIST_ITEM.match(group[0].string):
            items.append(group)
            continue
        yield from _list(items)
        items = []
        yield Paragraph(text=joined(group), first_line=group[0].line, last_line=group[-1].line)
    yield from _run(run)
    yield from _list(items)


def _is_code(groups: Sequence[Sequence[Line]], at: int) -> bool:
    """A line without Chinese, or one between such lines that has it in a remark or a string only."""
    if len(groups[at]) > 1:
        return False
    string = groups[at][0].string
    if looks_like_code(string):
        return not LIST_ITEM.match(string)
    beside = [groups[i][0].string for i in (at - 1, at + 1) if 0 <= i < len(groups)]
    return CODE_REMARK.fullmatch(string) is not None and any(looks_like_code(line) for line in beside)


def _code_line(draft: Draft, line: Line) -> Paragraph:
    """The line with its indentation, which prose never has."""
    shown = draft.lines[line.line - 1].strip("\r\f")
    indent = len(shown) - len(shown.lstrip(" \u00a0"))
    code = Line(shown[:indent] + line.string, line.line, line.column - indent)
    return Paragraph(text=raw_text([code]), first_line=line.line, last_line=line.line)


def _list(items: Sequence[Sequence[Line]]) -> Iterator[Block]:
    if items:
        yield ItemList(
            text=concatenated([joined(item) for item in items], "\n"),
            first_line=items[0][0].line,
            last_line=items[-1][-1].line,
        )


def _run(run: Sequence[Paragraph]) -> Iterator[Block]:
    if len(run) > 1:
        yield code_of(run)
    else:
        yield from run
