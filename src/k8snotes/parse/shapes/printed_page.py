"""The text of a printed course page of 2018 and 2019: bare lines, comments after the foot.

    title / `2018-12-24 作者` / course / `[进入课程 >](#)`
    author card and cover / `讲述：` `时长 05:07 大小 4.70M`
    paragraphs
    course card / `新版升级：…` / `© …` / `上一篇 …` / `下一篇 …`
    comments, without a heading: name, date, `👍 16`, text, `展开 ▾`, `作者回复: …`

Parts of the page stand three empty lines apart; a line of one space may stand anywhere.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from k8snotes.model.lesson import Code, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.parse.bare_code import join_code_in_plain_text
from k8snotes.parse.comments import CLIP_MARK, CUT_NAME, REPLY, make_comment, read_likes
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.facts import Positions, lines_like
from k8snotes.parse.masthead import (
    DATE,
    DATE_THEN_AUTHOR,
    NARRATOR,
    NEIGHBOUR,
    RIGHTS,
    date_lines,
    duration_lines,
    enter_lines,
    narrator_lines,
    neighbour_lines,
    read_audio,
    read_author,
    read_date,
    read_stats,
    rights_lines,
    squashed,
    upgrade_lines,
)
from k8snotes.parse.paragraphs import (
    BEGINS_ITEM,
    BLANK,
    ENDS_SENTENCE,
    Line,
    WholeLines,
    join_cut_paragraphs,
    joined,
    raw_text,
    stripped,
)
from k8snotes.parse.titles import lesson_number
from k8snotes.parse.wraps import is_wrapped
from k8snotes.speech import Message

NAME = "geektime-text"

# The head of the page is short: what looks like it further down is the lesson's own text.
HEAD_LINES = 60
PART_GAP = 3  # empty lines between two parts of the page
CARD_LINES = 12  # filled lines of a card, at most
LONGEST_NAME = 40  # of a reader or a course
GREETING = re.compile(r"(?:你|大家|您)好|嗨|Hi\b|Hello\b|我是")
BEGINS_DATE = re.compile(r"\d{1,4}(?:-\d{0,2}){0,2}")
like_lines = lines_like(lambda line: read_likes(line) is not None, "👍")
markdown_lines = lines_like(re.compile(r"#{2,6} |```").match, "## ", "```")


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    head = [source.shown[at] for at in source.filled_between(0, HEAD_LINES)]
    if not head or head[0].startswith(("#", "<", "---")):
        return
    if any(_is_dated(line) for line in head[1:4]) and _stands_close(source) and is_wrapped(source):
        return  # the text of a page's PDF: here each line is a paragraph
    if _is_in_head(enter_lines(source)):
        yield 3, Message("进入课程 in the head")
    if any(_is_dated(line) for line in head[1:6]):
        yield 3, Message("date and author below the title")
    if _is_in_head(narrator_lines(source)) and _is_in_head(duration_lines(source)):
        yield 2, Message("讲述 and 时长 on lines of their own")
    if rights_lines(source):
        yield 1, Message("a rights notice")
    if upgrade_lines(source):
        yield 2, Message("the advert of 新版升级")
    if neighbour_lines(source):
        yield 1, Message("上一篇 or 下一篇 with its title")
    if len(list(islice(_comment_starts(source, 0), 2))) > 1:  # a title over its date looks like one
        yield 2, Message("names and dates of comments")
    if markdown_lines(source):
        yield -2, Message("Markdown, which a printed page has not")


def _stands_close(source: Source) -> bool:
    """Whether most lines stand right below others, as no paragraphs of such a page do."""
    return sum(below == at + 1 for at, below in pairwise(source.filled)) * 2 > len(source.filled)


def _is_in_head(positions: Positions) -> bool:
    return bool(positions) and positions[0] < HEAD_LINES


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "plain", RULES)


def masthead(draft: Draft) -> None:
    """Title, date and author, course, 进入课程."""
    filled = draft.filled_between(0, HEAD_LINES)
    if not filled:
        return
    shown = draft.shown
    enter = next((at for at in enter_lines(draft.source) if at < HEAD_LINES), None)
    # A title may begin with a date too, so the first line is looked at last.
    dated = next((at for at in (*filled[1:6], filled[0]) if _is_dated(shown[at])), None)
    if dated is None:
        dated = next((at for at in filled[1:2] if DATE.fullmatch(shown[at])), None)
    if dated is not None:
        draft.date = read_date(shown[dated])
        match = DATE_THEN_AUTHOR.fullmatch(shown[dated])
        draft.author = read_author(match["author"]) if match else None
        title = [at for at in filled if at < dated]
    else:
        title = [at for at in filled[:1] if at != enter and not NARRATOR.match(shown[at])]
    if title:
        draft.title = joined([stripped(draft.lines[at], at + 1) for at in title]).string
        draft.number = lesson_number(draft.title)
        draft.title_lines = span(title[0], title[-1] + 1)
    after = dated if dated is not None else title[-1] if title else -1
    if enter is not None and enter > after:
        course = [at for at in filled if after < at < enter][:1]
        stop = enter + 1
    else:
        below = [at for at in filled if at > after]
        course = [at for at in below[:1] if draft.source.gap_above(at) < PART_GAP]
        course = [at for at in course if _is_name(shown[at]) and not NARRATOR.match(shown[at])]
        course = [at for at in course if not BEGINS_ITEM.match(shown[at])]
        course = [at for at in course if squashed(shown[at]) != squashed(draft.author or "")]
        stop = course[-1] + 1 if course else after + 1
    if course:
        draft.course = shown[course[0]]
    draft.claim(0, stop, "masthead")


def audio(draft: Draft) -> None:
    """讲述, 时长 and 大小, the first such lines below the head."""
    start, stop = draft.unclaimed()
    head = draft.filled_between(start, min(start + HEAD_LINES, stop))
    marks = {*narrator_lines(draft.source), *duration_lines(draft.source)}
    at = next((at for at, line in enumerate(head) if line in marks), None)
    if at is None:
        return
    found = [line for line in head[at : at + 2] if line in marks]
    draft.audio = read_audio([draft.shown[line] for line in found])
    draft.claim(found[0], found[-1] + 1, "audio")


def author_card(draft: Draft) -> None:
    """Author, what they are, and the cover: a greeting, the course's facts, a motto."""
    head_stop = draft.first_unclaimed()
    stop = _card_stop(draft, head_stop) if draft.audio is None else draft.first("audio")
    card = draft.filled_between(head_stop, stop)
    if not card:
        return
    lines = [draft.shown[at] for at in card]
    if draft.author is None and _is_name(lines[0]):
        draft.author = read_author(lines[0])
    if squashed(lines[0]) == squashed(draft.author or ""):
        bio = lines[1:2]
        draft.author_bio = bio[0] if bio and not GREETING.match(bio[0]) and not read_stats(bio[0]) else None
    draft.stats = read_stats("\n".join(lines))
    draft.claim(head_stop, stop, "card")


def _card_stop(draft: Draft, start: int) -> int:
    """Where a card ends that no audio line closes: with the part of the page that it begins.

    On a page that lost its gaps it ends before the first sentence in full-width punctuation,
    which the cover has not.
    """
    filled = draft.filled_between(start, min(start + HEAD_LINES, draft.unclaimed()[1]))
    below = takewhile(lambda at: draft.source.gap_above(at) < PART_GAP, filled[1:])
    part = [*filled[:1], *takewhile(lambda at: not _is_full_width_prose(draft.lines[at]), below)]
    if not part or not _names_author([draft.shown[at] for at in part], draft.author):
        return start
    return part[-1] + 1


def _names_author(card: Sequence[str], author: str | None) -> bool:
    """Whether a card begins with the author; where the head names none, with one who greets or counts."""
    if author is not None:
        return squashed(card[0]) == squashed(author)
    return _is_name(card[0]) and any(
        squashed(line).endswith(f"我是{squashed(card[0])}。") or read_stats(line) for line in card[1:]
    )


def _is_full_width_prose(line: str) -> bool:
    return "，" in line and ENDS_SENTENCE.search(line.strip(BLANK)) is not None


class _Foot(NamedTuple):
    """Where the foot's lines are."""

    upgrade: int | None
    rights: int | None
    neighbours: Sequence[int]

    @property
    def is_surely_one(self) -> bool:
        parts = (self.upgrade is not None, self.rights is not None, bool(self.neighbours))
        return sum(parts) > 1


def foot(draft: Draft) -> None:
    """The upgrade advert, the rights notice, 上一篇 and 下一篇."""
    found = _foot_before_comments(draft.source, *draft.unclaimed())
    if found is None:
        return
    if found.rights is not None:
        draft.copyright = draft.shown[found.rights]
    if notices := [at for at in (found.upgrade, found.rights) if at is not None]:
        draft.claim(notices[0], notices[-1] + 1, "boilerplate")
    for at in found.neighbours:
        match = NEIGHBOUR.fullmatch(draft.shown[at])
        assert match is not None
        if match["which"] == "上一篇":
            draft.previous = match["title"].strip(BLANK)
        else:
            draft.next = match["title"].strip(BLANK)
    if found.neighbours:
        draft.claim(found.neighbours[0], found.neighbours[-1] + 1, "navigation")


def _foot_before_comments(source: Source, start: int, stop: int) -> _Foot | None:
    """The foot above the first comment, whose text may begin like one.

    A lesson that holds names over dates itself has it below them, if it is one beyond doubt.
    """
    first_comment = next(_comment_starts(source, start), None)
    if first_comment is None:
        return _find_foot(source, start, stop)
    found = _find_foot(source, start, first_comment)
    if found is not None:
        return found
    below = _find_foot(source, first_comment, stop)
    return below if below is not None and below.is_surely_one else None


def _find_foot(source: Source, start: int, stop: int) -> _Foot | None:
    """The first rights notice, or 上一篇 and 下一篇, with the end of the lesson around them.

    A lesson may begin a line with 版权归 or 上一篇 as well. The page's own stand apart from
    the text above, or before each other, the first comment, or nothing.
    """
    filled = source.filled_between(start, stop)
    rights, neighbours = frozenset(rights_lines(source)), frozenset(neighbour_lines(source))
    upgrades, dates = frozenset(upgrade_lines(source)), frozenset(date_lines(source))
    after = 0
    for at in sorted(at for at in rights | neighbours if start <= at < stop):
        position = bisect_left(filled, at)
        if position < after:
            continue
        is_rights = at in rights
        first = after = position + is_rights
        while after < len(filled) and filled[after] in neighbours:
            after += 1
        upgraded = position > 0 and filled[position - 1] in upgrades
        signed = is_rights and not source.shown[at].startswith("版权归")
        stands_apart = source.gap_above(at) >= PART_GAP
        begins_comments = after + 1 < len(filled) and filled[after + 1] in dates
        at_end = after == len(filled) or after - first > 1
        if upgraded or signed or stands_apart or begins_comments or at_end:
            return _Foot(
                upgrade=filled[position - 1] if upgraded else None,
                rights=at if is_rights else None,
                neighbours=filled[first:after],
            )
    return None


def comments(draft: Draft) -> None:
    """All that follows the foot: each comment from its name to the next one's."""
    lines = draft.lines
    foot_stop = draft.stop_of("navigation", "boilerplate")
    begin_search = draft.unclaimed()[0] if foot_stop is None else foot_stop
    starts = list(_comment_starts(draft.source, begin_search))
    if foot_stop is None:  # a page without its foot: the first comment is where names begin
        begin = starts[0] if starts else len(lines)
    else:
        begin = next(iter(draft.filled_between(foot_stop, len(lines))), len(lines))
    if begin == len(lines):
        return
    stray = starts[0] if starts else len(lines)
    if begin < stray:
        draft.warn("stray-text", Message("text after the foot that belongs to no comment"), begin, stray)
    cut = _cut_comment(draft.source, starts[-1]) if starts else None
    for start, stop in pairwise([*starts, len(lines) if cut is None else cut]):
        _read_comment(draft, start, stop)
    if cut is not None:
        _keep_cut_comment(draft, cut)
    draft.claim(begin, len(lines), "comments")


def _read_comment(draft: Draft, start: int, stop: int) -> None:
    """Adds the comment of the lines [start, stop): its name, its date (one of them may be lost), the rest."""
    lines = draft.lines
    filled = draft.filled_between(start, stop)
    dated = next((at for at in filled[1::-1] if DATE.fullmatch(draft.shown[at])), None)
    head = filled[1] if dated == filled[1] else start
    below = [at for at in filled if at > head]
    likes = read_likes(draft.shown[below[0]]) if below and below[0] - head <= PART_GAP else None
    said = below if likes is None else below[1:]
    last = filled[-1]
    day = read_date(lines[dated]) if dated is not None else None
    if dated is not None and day is None:
        draft.warn(
            "impossible-date",
            Message("no calendar has {date}", date=lines[dated].strip(BLANK)),
            dated,
            dated + 1,
        )
    draft.comments.append(
        make_comment(
            name=lines[start] if dated != start else "",
            day=day,
            likes=likes,
            lines=WholeLines(lines, said[0] if said else last + 1, last + 1),
            span=span(start, last + 1),
        )
    )


def _cut_comment(source: Source, last_start: int) -> int | None:
    """Where a comment begins that the file's end left without its date; None for none.

    It is the last part of the page, a short line, at most with the beginning of a date.
    """
    lines = source.lines
    filled = source.filled_between(last_start, len(lines))
    gap = max(PART_GAP, source.gap_above(last_start))
    for position in (len(filled) - 1, len(filled) - 2):
        if position < 3 or source.gap_above(filled[position]) < gap:
            continue
        name, *fragment = (lines[at].strip(BLANK) for at in filled[position:])
        if REPLY.match(name) or CLIP_MARK.fullmatch(name):
            continue
        if _is_name(name) and all(BEGINS_DATE.fullmatch(string) for string in fragment):
            return filled[position]
    return None


def _keep_cut_comment(draft: Draft, at: int) -> None:
    last = draft.filled_between(at, len(draft.lines))[-1]
    draft.comments.append(
        make_comment(name=draft.lines[at], day=None, likes=None, lines=[], span=span(at, last + 1))
    )
    draft.warn("cut-comment", Message("the file ends in the middle of a comment"), at, last + 1)


def course_card(draft: Draft) -> None:
    """The course's name, its motto and the author once more, the last part before the foot."""
    start, stop = draft.unclaimed()
    filled = draft.filled_between(start, stop)[-CARD_LINES:]
    names = [squashed(draft.lines[at]) for at in filled]
    if draft.course is not None and squashed(draft.course) in names:
        first = len(names) - 1 - names[::-1].index(squashed(draft.course))
    else:
        first = max((i for i, at in enumerate(filled) if draft.source.gap_above(at) >= PART_GAP), default=0)
        if first == 0 or squashed(draft.author or "") not in names[first:]:
            return
    _complete_bio(draft, [draft.shown[at] for at in filled[first:]])
    draft.claim(filled[first], stop, "card")


def _complete_bio(draft: Draft, card: Sequence[str]) -> None:
    """What the author is, from the card at the foot where the head does not say it."""
    if draft.author_bio is None and draft.author in card:
        bio = card[card.index(draft.author) + 1 :]
        draft.author_bio = "".join(bio) or None


def body(draft: Draft) -> None:
    """What is left: each line a paragraph, but for those that a page break cut, and code."""
    start, stop = draft.unclaimed()
    lines = [stripped(draft.lines[at], at + 1) for at in draft.filled_between(start, stop)]
    paragraphs = [
        Paragraph(
            text=raw_text([_indented(draft, group[0])]) if len(group) == 1 else joined(group),
            first_line=group[0].line,
            last_line=group[-1].line,
        )
        for group in join_cut_paragraphs(lines)
    ]
    for block in join_code_in_plain_text(paragraphs, is_indented=True):
        is_code = isinstance(block, Code)
        draft.blocks.append(block if is_code else replace(block, text=block.text.trimmed(BLANK)))
    if not draft.blocks:
        draft.warn("no-body", Message("a page without a lesson's text"), 0, len(draft.lines))


def _indented(draft: Draft, line: Line) -> Line:
    """The line with the blanks that indent code."""
    before = draft.lines[line.line - 1][: line.column]
    column = len(before.rstrip(" \t\u00a0"))
    return Line(before[column:] + line.string, line.line, column)


RULES = (masthead, foot, comments, audio, author_card, course_card, body)


def _comment_starts(source: Source, start: int) -> Iterator[int]:
    """Where comments begin: at the name above a date; where one is lost, at the other, above the likes.

    A text may be a date too, or end in one. What tells is the gap between two comments, so
    where the page kept its gaps a name needs one before it, and a date stands apart.
    """
    shown, filled = source.shown, source.filled_between(start, len(source.lines))
    dates, likes = frozenset(date_lines(source)), like_lines(source)
    marks = [at for at in sorted(dates.union(likes)) if filled and at > filled[0]]
    if not marks:
        return
    keeps_gaps = any(after - before > PART_GAP for before, after in pairwise(filled)) or (
        source.gap_above(filled[0]) >= PART_GAP
    )
    date_of_last = -1
    for mark in marks:
        place = bisect_left(filled, mark)
        name, above = filled[place - 1], filled[place - 2] if place > 1 else -1
        if name == date_of_last:
            continue
        distance = mark - name - 1
        # Where the likes are missing, a gap stands in their place, and one more parts comments.
        follows_date = above == date_of_last >= 0
        if mark not in dates:
            begins = keeps_gaps and not follows_date and source.gap_above(name) >= PART_GAP > distance > 0
            begins = begins and (name in dates or _is_surely_name(shown[name]))
        elif not keeps_gaps:
            begins = not DATE.fullmatch(shown[name]) and _may_be_name(shown[name])
        else:
            needed = 2 * PART_GAP - 1 if follows_date else PART_GAP - 1
            begins = name - above > needed and distance > 0
            begins = begins and (distance < PART_GAP or not _ends_comment(shown[name]))
        if begins:
            yield name
            date_of_last = mark if mark in dates else name


def _is_dated(line: str) -> bool:
    """Whether a line is a date and a name: a sentence may begin with a date too."""
    match = DATE_THEN_AUTHOR.fullmatch(line)
    author = read_author(match["author"]) if match else None
    return match is not None and (author is None or ("，" not in author and _is_name(author)))


def _is_name(string: str) -> bool:
    """Whether a line may name a course or a person: short, and no sentence."""
    return len(string) <= LONGEST_NAME and not ENDS_SENTENCE.search(string) and not GREETING.match(string)


def _ends_comment(line: str) -> bool:
    """Whether a line ends a comment or the foot, so that the date below a gap is somebody's name."""
    ends = (DATE.fullmatch, REPLY.match, RIGHTS.match, NEIGHBOUR.fullmatch, CLIP_MARK.fullmatch)
    return any(rule(line) for rule in ends)


def _is_surely_name(line: str) -> bool:
    return (_is_name(line) or line.endswith(CUT_NAME)) and not _ends_comment(line)


def _may_be_name(line: str) -> bool:
    return read_likes(line) is None and CLIP_MARK.fullmatch(line.strip(BLANK)) is None
