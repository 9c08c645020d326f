"""The text of a printed course page of 2018 and 2019: bare lines, comments after the foot.

    title / `2018-12-24 作者` / course / `[进入课程 >](#)`
    author card and cover / `讲述：` `时长 05:07 大小 4.70M`
    paragraphs
    course card / `新版升级：…` / `© …` / `上一篇 …` / `下一篇 …`
    comments, without a heading: name, date, `👍 16`, text, `展开 ▾`, `作者回复: …`

Parts of the page stand three empty lines apart; a line of one space may stand anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from k8snotes.model.lesson import Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.comments import make_comment, read_likes
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.masthead import (
    DATE,
    DATE_THEN_AUTHOR,
    DURATION,
    ENTER_COURSE,
    NARRATOR,
    NEIGHBOUR,
    RIGHTS,
    UPGRADE,
    read_audio,
    read_author,
    read_date,
    read_stats,
    squashed,
)
from k8snotes.parse.paragraphs import Line, join_cut_paragraphs, joined, stripped
from k8snotes.parse.titles import lesson_number

NAME = "geektime-text"

# The head of the page is short: what looks like it further down is the lesson's own text.
HEAD_LINES = 60
PART_GAP = 3  # empty lines between two parts of the page
GREETING = re.compile(r"(?:你|大家|您)好|嗨|Hi\b|Hello\b|我是")


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [line.strip() for line in source.lines[:HEAD_LINES] if line.strip()]
    if head and head[0].startswith(("#", "<", "---")):
        return
    if any(ENTER_COURSE.fullmatch(line) for line in head):
        yield 3, "进入课程 in the head"
    if any(DATE_THEN_AUTHOR.fullmatch(line) for line in head[1:6]):
        yield 3, "date and author below the title"
    if any(NARRATOR.fullmatch(line) for line in head) and any(DURATION.match(line) for line in head):
        yield 2, "讲述 and 时长 on lines of their own"
    lines = [line.strip() for line in source.lines]
    if any(RIGHTS.match(line) for line in lines):
        yield 1, "a rights notice"
    if any(NEIGHBOUR.fullmatch(line) for line in lines):
        yield 1, "上一篇 or 下一篇 with its title"
    if _comment_starts(source.lines, 0):
        yield 2, "names and dates of comments"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="plain")
    for rule in RULES:
        rule(draft)
    return draft.finish()


def masthead(draft: Draft) -> None:
    """Title, date and author, course, 进入课程."""
    filled = _filled(draft.lines, 0, min(HEAD_LINES, len(draft.lines)))
    if not filled:
        return
    enter = next((at for at in filled if ENTER_COURSE.fullmatch(draft.lines[at].strip())), None)
    dated = next((at for at in filled[1:6] if DATE_THEN_AUTHOR.fullmatch(draft.lines[at].strip())), None)
    if dated is not None:
        match = DATE_THEN_AUTHOR.fullmatch(draft.lines[dated].strip())
        assert match is not None
        draft.date, draft.author = read_date(match["date"]), read_author(match["author"])
        title = [at for at in filled if at < dated]
    else:
        title = filled[:1]
    draft.title = "".join(draft.lines[at].strip() for at in title)
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(title[0], title[-1] + 1)
    after = title[-1] if dated is None else dated
    if enter is not None and enter > after:
        between = [at for at in filled if after < at < enter]
        stop = enter + 1
    else:
        between = list(
            takewhile(lambda at: _gap_before(draft.lines, at) < PART_GAP, (at for at in filled if at > after))
        )
        if between and NARRATOR.match(draft.lines[between[0]].strip()):
            between = []
        between = between[:1]
        stop = between[-1] + 1 if between else after + 1
    if between:
        draft.course = draft.lines[between[0]].strip()
    draft.claim(0, stop, "masthead")


def audio(draft: Draft) -> None:
    """讲述, 时长 and 大小, the first such lines below the head."""
    start, _ = draft.unclaimed()
    head = _filled(draft.lines, start, min(start + HEAD_LINES, len(draft.lines)))
    marks = [
        at
        for at in head
        if NARRATOR.fullmatch(draft.lines[at].strip()) or DURATION.match(draft.lines[at].strip())
    ]
    if not marks:
        return
    first = marks[0]
    last = next((at for at in marks[1:2] if at - first <= PART_GAP), first)
    draft.audio = read_audio([draft.lines[at].strip() for at in range(first, last + 1)])
    draft.claim(first, last + 1, "audio")


def author_card(draft: Draft) -> None:
    """Author, what they are, and the cover: a greeting, the course's facts, a motto."""
    head_stop = draft.kinds.index(None) if None in draft.kinds else len(draft.lines)
    stop = _card_stop(draft, head_stop) if draft.audio is None else draft.kinds.index("audio")
    card = _filled(draft.lines, head_stop, stop)
    if not card:
        return
    lines = [draft.lines[at].strip() for at in card]
    if draft.author is None:
        draft.author = read_author(lines[0])
    if squashed(lines[0]) == squashed(draft.author or ""):
        bio = lines[1:2]
        draft.author_bio = bio[0] if bio and not GREETING.match(bio[0]) and not read_stats(bio[0]) else None
    draft.stats = read_stats("\n".join(lines))
    draft.claim(head_stop, stop, "card")


def _card_stop(draft: Draft, start: int) -> int:
    """Where a card ends that no audio line closes: with the part of the page that it begins."""
    filled = _filled(draft.lines, start, min(start + HEAD_LINES, len(draft.lines)))
    if not filled or draft.author is None or squashed(draft.lines[filled[0]]) != squashed(draft.author):
        return start
    part = [filled[0], *takewhile(lambda at: _gap_before(draft.lines, at) < PART_GAP, filled[1:])]
    return part[-1] + 1


def foot(draft: Draft) -> None:
    """The upgrade advert, the rights notice, 上一篇 and 下一篇."""
    start, stop = draft.unclaimed()
    rights = next((at for at in range(start, stop) if RIGHTS.match(draft.lines[at].strip())), None)
    if rights is not None:
        draft.copyright = draft.lines[rights].strip()
        first = rights
        for at in reversed(_filled(draft.lines, max(start, rights - 2 * PART_GAP), rights)):
            if UPGRADE.match(draft.lines[at].strip()):
                first = at
                break
        draft.claim(first, rights + 1, "boilerplate")
        after = rights + 1
    else:
        marks = [at for at in range(start, stop) if NEIGHBOUR.fullmatch(draft.lines[at].strip())]
        marks = [at for at in marks if _gap_before(draft.lines, at) >= PART_GAP or at - 2 in marks]
        after = marks[0] if marks else stop
    navigation = list(
        takewhile(lambda at: NEIGHBOUR.fullmatch(draft.lines[at].strip()), _filled(draft.lines, after, stop))
    )
    for at in navigation:
        match = NEIGHBOUR.fullmatch(draft.lines[at].strip())
        assert match is not None
        if match["which"] == "上一篇":
            draft.previous = match["title"].strip()
        else:
            draft.next = match["title"].strip()
    if navigation:
        draft.claim(navigation[0], navigation[-1] + 1, "navigation")


def comments(draft: Draft) -> None:
    """All that follows the foot: each comment from its name to the next one's."""
    foot_stop = _stop_of(draft, ("navigation", "boilerplate"))
    if foot_stop is None:  # a page without its foot: the first comment is where names begin
        start, _ = draft.unclaimed()
        starts = _comment_starts(draft.lines, start)
        if not starts:
            return
        foot_stop = starts[0]
    else:
        starts = _comment_starts(draft.lines, foot_stop)
    lines = draft.lines
    begin = next(iter(_filled(lines, foot_stop, len(lines))), len(lines))
    if begin == len(lines):
        return
    stray = starts[0] if starts else len(lines)
    if begin < stray:
        draft.warn("stray-text", "text after the foot that belongs to no comment", begin, stray)
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        filled = _filled(lines, start, stop)
        dated = filled[1]
        rest = dated + 1
        likes = None
        if len(filled) > 2 and filled[2] - dated <= 2:
            likes = read_likes(lines[filled[2]])
            rest = filled[2] + 1 if likes is not None else rest
        day = read_date(lines[dated])
        if day is None:
            draft.warn("impossible-date", f"no calendar has {lines[dated].strip()}", dated, dated + 1)
        draft.comments.append(
            make_comment(
                name=lines[start],
                day=day,
                likes=likes,
                lines=[Line(lines[at], at + 1, 0) for at in range(rest, filled[-1] + 1)],
                span=span(start, filled[-1] + 1),
            )
        )
    draft.claim(begin, len(lines), "comments")


def course_card(draft: Draft) -> None:
    """The course's name, its motto and the author once more, right before the foot."""
    foot_start = next(
        (at for at, kind in enumerate(draft.kinds) if kind in ("boilerplate", "navigation")), None
    )
    if foot_start is None or draft.course is None:
        return
    body_start, _ = draft.unclaimed()
    for at in reversed(_filled(draft.lines, body_start, foot_start)[-12:]):
        if squashed(draft.lines[at]) == squashed(draft.course):
            card = [draft.lines[i].strip() for i in _filled(draft.lines, at, foot_start)]
            _complete_bio(draft, card)
            draft.claim(at, foot_start, "card")
            return


def _complete_bio(draft: Draft, card: Sequence[str]) -> None:
    """What the author is, from the card at the foot where the head does not say it."""
    if draft.author_bio is None and draft.author in card:
        bio = card[card.index(draft.author) + 1 :]
        draft.author_bio = "".join(bio) or None


def body(draft: Draft) -> None:
    """What is left: each line a paragraph, but for those that a page break cut."""
    start, stop = draft.unclaimed()
    lines = [stripped(draft.lines[at], at + 1) for at in _filled(draft.lines, start, stop)]
    for group in join_cut_paragraphs(lines):
        draft.blocks.append(Paragraph(text=joined(group), first_line=group[0].line, last_line=group[-1].line))
    if not draft.blocks:
        draft.warn("no-body", "a page without a lesson's text", 0, len(draft.lines))


RULES = (masthead, audio, author_card, foot, comments, course_card, body)


def _filled(lines: Sequence[str], start: int, stop: int) -> list[int]:
    return [at for at in range(start, stop) if lines[at].strip()]


def _gap_before(lines: Sequence[str], at: int) -> int:
    """How many blank lines stand right before a line."""
    return sum(1 for _ in takewhile(lambda i: not lines[i].strip(), range(at - 1, -1, -1)))


def _stop_of(draft: Draft, kinds: tuple[str, ...]) -> int | None:
    last = max((at for at, kind in enumerate(draft.kinds) if kind in kinds), default=None)
    return None if last is None else last + 1


def _comment_starts(lines: Sequence[str], start: int) -> list[int]:
    """Where names stand: the filled line before a line that is a date and nothing else.

    A text may be a date too; what tells is the gap between two comments, so where the page
    kept its gaps a name needs one before it.
    """
    filled = _filled(lines, start, len(lines))
    found: list[int] = []
    loose: list[int] = []
    dates = {at for at in filled if _is_date_line(lines[at])}
    for position, at in enumerate(filled[1:], start=1):
        name = filled[position - 1]
        if at not in dates or name in dates:
            continue
        loose.append(name)
        if position == 1 or _gap_before(lines, name) >= PART_GAP - 1:
            found.append(name)
    return found or loose


def _is_date_line(line: str) -> bool:
    return DATE.fullmatch(line.strip()) is not None
