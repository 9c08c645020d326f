"""A course page's PDF, or the text of one: hard-wrapped lines, comments without marks of their own.

    title, wrapped / `2018-10-08 作者`
    paragraphs, wrapped without hyphens
    `© …` / 上一篇 / its title / 下一篇 / its title
    精选留言3 / `•  name` or `name` / date / text / `作者回复 …`, a blank in place of the colon;
    or 全部留言（3） / name / text / reply / date / counts

A form feed stands before any line, in mid-comment too; a browser that prints puts date, title,
address and page number at the edges of every page. Any other PDF is read the same way.
"""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Lesson
from k8snotes.model.radicals import radicals
from k8snotes.model.source import Source
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.hard_wrapped import HardWrapped
from k8snotes.parse.masthead import (
    AUTHOR_THEN_DATE,
    DATE,
    DATE_THEN_AUTHOR,
    DURATION,
    ENTER_COURSE,
    NARRATOR,
    NEIGHBOUR,
    NEIGHBOUR_MARKS,
    NEIGHBOUR_WORD,
    RIGHTS,
    SIZE,
    UPGRADE,
    read_audio,
    read_author,
    read_date,
    squashed,
)
from k8snotes.parse.paragraphs import ENDS_SENTENCE, Line, stripped
from k8snotes.parse.print_margins import page_margins
from k8snotes.parse.printed_comments import HEADING, begins_dated, heading_of, read_comments
from k8snotes.parse.titles import lesson_number
from k8snotes.parse.typeset import Typeset
from k8snotes.parse.wraps import is_wrapped
from k8snotes.speech import Message

NAME = "mobile-page"

HEAD_LINES = 12
FOOT_LINES = 12
CARD_LINES = 40  # between 进入课程 and 讲述, and of a course's card above the foot
PAGE_END = re.compile(r".{0,6}(?:没有更多|到底了|收起评论|加载更多|查看更多|展开更多).{0,8}")
LONGEST_AUTHOR = 30


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    if source.looks:
        yield 20, Message("pages of a PDF")
        return
    head = [source.shown[at] for at in source.filled[:HEAD_LINES]]
    if any(line.startswith(("#", "<", "---")) for line in head[:1]):
        return
    dated = any(DATE_THEN_AUTHOR.fullmatch(line) for line in head[1:4])
    if dated:
        yield 1, Message("date and author below a bare title")
        if is_wrapped(source):
            yield 3, Message("lines that a page's width broke")
    if any(locator.page is not None for _, locator in source.places):
        yield 4, Message("pages of a PDF")
    if "\f" in source.text:
        yield 1, Message("form feeds of a PDF")
    if any(line.startswith("# ") for line in head):
        return
    if dated and any(
        NEIGHBOUR_WORD.fullmatch(source.shown[at]) for at in source.lines_with(*NEIGHBOUR_MARKS)
    ):
        yield 4, Message("上一篇 and 下一篇 above their titles")
    if any(word in source.text for word in ("精选留言", "全部留言")) and (
        heading_of([source.shown[at] for at in source.filled]) is not None
    ):
        yield 8, Message("精选留言 above names and dates")


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    margins = page_margins(source)
    read_as = radicals()
    lines = (
        stripped(line.translate(read_as), at + 1) for at, line in enumerate(draft.lines) if at not in margins
    )
    text: Sequence[Line] = [line for line in lines if line.string]
    page = Typeset(source, margins) if source.looks else HardWrapped(source)
    for rule in RULES:
        text = rule(draft, page, text)
    for at in margins:
        draft.claim(at, at + 1, "boilerplate")
    return draft.finish()


Page = Typeset | HardWrapped


def masthead(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:
    """The title, however many lines it takes, then date and author."""
    if not text:
        return text
    dated, stop = _read_byline(draft, text)
    title = page.title_in(text[: dated if dated is not None else HEAD_LINES], whole=dated is not None)
    lines = text[title.start : title.stop]
    draft.title = page.joined(lines).string
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(lines[0].line - 1, lines[-1].line)
    stop = max(stop, title.stop)
    draft.claim(0, text[stop - 1].line, "masthead")
    return text[stop:]


def _read_byline(draft: Draft, text: Sequence[Line]) -> tuple[int | None, int]:
    """Where date and author stand below the title, and where they end."""
    for at in range(1, min(len(text), 5)):
        string = text[at].string
        if match := DATE_THEN_AUTHOR.fullmatch(string) or AUTHOR_THEN_DATE.fullmatch(string):
            draft.date, draft.author = read_date(match["date"]), read_author(match["author"])
            return at, at + 1
        if DATE.fullmatch(string) and at + 1 < len(text):
            author = text[at + 1].string
            draft.date = read_date(string)
            if len(author) > LONGEST_AUTHOR or ENDS_SENTENCE.search(author):
                return at, at + 1
            draft.author = read_author(author)
            return at, at + 2
    return None, 0


def course_head(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:  # noqa: ARG001
    """Course and 进入课程, the author's card, and the audio, on pages of 2018 and 2019."""
    strings = [line.string for line in text[:CARD_LINES]]
    start = 0
    enter = next((at for at, string in enumerate(strings[:3]) if ENTER_COURSE.fullmatch(string)), None)
    if enter is not None:
        draft.course = strings[0] if enter else None
        draft.claim(text[0].line - 1, text[enter].line, "masthead")
        start = enter + 1
    audio = [at for at, string in enumerate(strings) if _is_audio(string)]
    first = next((at for at in audio if NARRATOR.match(strings[at])), None)
    if first is None or (first > start and enter is None):
        return text[start:]
    last = first
    while last + 1 < len(strings) and _is_audio(strings[last + 1]):
        last += 1
    draft.audio = read_audio(strings[first : last + 1])
    if first > start:
        draft.claim(text[start].line - 1, text[first].line - 1, "card")
    draft.claim(text[first].line - 1, text[last].line, "audio")
    return text[last + 1 :]


def _is_audio(string: str) -> bool:
    return any(rule.match(string) for rule in (NARRATOR, DURATION, SIZE))


def comments(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:
    """Below 精选留言N, or below the foot where a page has no such line; whichever way their fields stand."""
    strings = [line.string for line in text]
    heading = heading_of(strings)
    first = _comments_below_foot(strings) if heading is None else heading + 1
    if first is None:
        return text
    match = HEADING.fullmatch(strings[heading]) if heading is not None else None
    draft.comments_total = int(match["count"]) if match and match["count"] else None
    begin = first if heading is None else heading
    draft.claim(text[begin].line - 1, len(draft.lines), "comments")
    for comment, is_cut in read_comments(text, first, page):
        if is_cut and PAGE_END.fullmatch(draft.shown[comment.first_line - 1]):
            draft.claim(comment.first_line - 1, len(draft.lines), "boilerplate")
            break
        draft.comments.append(comment)
        if is_cut:
            start, last = comment.first_line - 1, comment.last_line
            draft.warn(
                "cut-comment", Message("a comment without its date: the text ends inside it"), start, last
            )
    return text[:begin]


def foot(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:
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
        draft.copyright = page.joined(text[rights:end]).string
        draft.claim(text[rights].line - 1, text[end - 1].line, "boilerplate")
    for at, end in zip(words, [*words[1:], len(text)], strict=False):
        beside = NEIGHBOUR.fullmatch(text[at].string)
        parts = [*([Line(beside["title"], text[at].line, 0)] if beside else []), *text[at + 1 : end]]
        name = (page.joined(parts).string if parts else "") or None
        if text[at].string.startswith("上一篇"):
            draft.previous = name
        else:
            draft.next = name
        draft.claim(text[at].line - 1, text[end - 1].line, "navigation")
    return text[: min([*words[:1], *([] if rights is None else [rights]), len(text)])]


def course_card(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:  # noqa: ARG001
    """The advert above the foot, and the course's card above that, which begins with the course's name."""
    upgrade = next(
        (at for at in range(len(text) - 1, max(len(text) - 4, -1), -1) if UPGRADE.match(text[at].string)),
        None,
    )
    if upgrade is not None:
        draft.claim(text[upgrade].line - 1, text[-1].line, "boilerplate")
        text = text[:upgrade]
    if draft.course is None:
        return text
    first = max(len(text) - CARD_LINES // 4, 0)
    card = next(
        (
            at
            for at in range(len(text) - 1, first - 1, -1)
            if squashed(text[at].string) == squashed(draft.course)
        ),
        None,
    )
    if card is None:
        return text
    draft.claim(text[card].line - 1, text[-1].line, "card")
    return text[:card]


def body(draft: Draft, page: Page, text: Sequence[Line]) -> Sequence[Line]:
    """Paragraphs without their wraps, and what else they are told to be."""
    title = None
    if page.source.looks and draft.title_lines is not None:
        line = draft.title_lines.first_line
        title = Line(draft.lines[line - 1], line, 0)
    draft.blocks += page.blocks(text, title)
    return ()


RULES = (masthead, course_head, comments, foot, course_card, body)


def _comments_below_foot(strings: Sequence[str]) -> int | None:
    """The first name above its date below the last line of the foot."""
    foots = [
        at
        for at, string in enumerate(strings)
        if RIGHTS.match(string) or NEIGHBOUR_WORD.fullmatch(string) or NEIGHBOUR.fullmatch(string)
    ]
    for at in reversed(foots):
        found = next((i for i in range(at + 1, min(at + 4, len(strings))) if begins_dated(strings, i)), None)
        if found is not None:
            return found
    return None
