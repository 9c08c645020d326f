"""Comments that a Markdown editor made list items of: fields in any order around a text.

    - ![img](avatar)        - (blank)          - 名字
      名字 置顶                名字                2017-10-24
      text                    2019-08-03         __ 31
      作者回复: …               text               text
      2020-03-09              展开**              展开**
      **3                     作者回复: …          作者回复: …
      **8                     **1 / **6

A field is a line that is a date, a mark with a number, or 展开 and nothing else. Two marks are
answers, then likes; one is likes; a mark without a number says nothing. A text may begin or end
in what looks like a field, so the items of a file tell together where its fields stand.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from k8snotes.model.lesson import Comment, Reply, Span
from k8snotes.model.text import Text
from k8snotes.parse.comments import comment_of, dedented, split_replies
from k8snotes.parse.entities import ENTITY, unescape_entities
from k8snotes.parse.masthead import DATE, read_date
from k8snotes.parse.paragraphs import BLANK, Line, raw_text

# A glyph of the site's own font between two marks, which some copies lost, then the number.
GLYPH = "[\ue000-\uf8ff]"
MARK = re.compile(rf"(?:\*(?:{GLYPH}| )?\*|_(?:{GLYPH}| )?_|{GLYPH})[ \u00a0]*(?P<count>\d{{1,9}})?")
MOST_MARKS = 2
ITEM_INDENT = 2  # of the lines below a "- "
ANSWERS_GLYPH = "\ue632"
CLIPPED = re.compile(rf"展开(?:\*{GLYPH}?\*|_{GLYPH}?_|[ \u00a0]*[▾▼∨])?")
PINNED_MARK = "置顶"
PINNED = re.compile(rf"(?<!\s)\s++{PINNED_MARK}$")
ESCAPED = re.compile(
    rf"\\(?P<mark>[!-/:-@\[-`{{-~]|\d+[.)、])|(?P<break><br\s*/?>\n?)|{ENTITY.pattern}", re.IGNORECASE
)


class Layout(NamedTuple):
    """Where the fields of a file's comments stand."""

    date_first: bool  # below the name, before the text
    marks_first: bool


@dataclass(slots=True)
class _Fields:
    day: date | None = None
    marks: list[tuple[str, int | None]] = field(default_factory=list)
    clipped: bool = False


def layout_of(items: Iterable[Sequence[Line]]) -> Layout:
    """Where most of the items have their date and marks; one that has them at both ends says nothing."""
    date_votes = mark_votes = 0
    for lines in items:
        filled = [line.string.strip(BLANK) for line in lines if line.string.strip(BLANK)][1:]
        dates = [at for at, line in enumerate(filled) if DATE.fullmatch(line)]
        text = next((at for at, line in enumerate(filled) if not _is_field(line)), len(filled))
        below = range(text, len(filled))
        if dates:
            date_votes += (dates[0] == 0) - (dates[-1] in below)
        if text < len(filled):  # without a text all fields stand together
            above, below_text = (any(map(MARK.fullmatch, part)) for part in (filled[:text], filled[text:]))
            mark_votes += above - below_text
    return Layout(date_first=date_votes >= 0, marks_first=mark_votes > 0)


def read_item(lines: Sequence[Line], span: Span, layout: Layout) -> Comment:
    """A comment from the lines of its item, the name first; blank lines may stand anywhere."""
    rest = _without_blank_start(lines)
    name, rest = (unescaped(raw_text([rest[0]])).string.strip(" \t"), rest[1:]) if rest else ("", rest)
    fields_stand_apart = bool(rest) and not rest[0].string.strip(BLANK)
    is_marked, rest = _take_pinned_mark(rest)
    pinned = is_marked or PINNED.search(name) is not None
    fields = _Fields()
    rest = dedented(_take_head(rest, fields, layout), most=ITEM_INDENT)
    has_marks_above = bool(fields.marks)
    own, replies = split_replies(rest, below_blank=fields_stand_apart)
    if replies:
        kept = _take_foot(rest[len(own) :], fields, marks=not has_marks_above)
        _, replies = split_replies(kept, below_blank=fields_stand_apart)
    own = _take_foot(own, fields, marks=not fields.marks)
    answers, likes = _counts(fields.marks)
    return comment_of(
        name=PINNED.sub("", name),
        day=fields.day,
        likes=likes,
        text=unescaped(raw_text(own).trimmed(BLANK)),
        clipped=fields.clipped,
        pinned=pinned,
        reply_count=answers,
        replies=_unescaped_replies(replies),
        span=span,
    )


def unescaped(text: Text) -> Text:
    """The text without the marks that a Markdown editor put before its own: `\\#`, `\\2.`, `&gt;`, `<br>`."""
    if not any(mark in text.string for mark in "\\<&"):
        return text
    return text.edited(_unescaping(text.string))


def _unescaping(string: str) -> Iterator[tuple[int, int, str]]:
    for match in ESCAPED.finditer(string):
        if match["mark"]:
            yield match.start(), match.start("mark"), ""
        elif match["break"]:
            yield match.start(), match.end(), "\n"
        else:
            yield match.start(), match.end(), unescape_entities(match[0])


def _unescaped_replies(replies: Iterable[Reply]) -> Iterator[Reply]:
    for reply in replies:
        yield replace(reply, text=unescaped(reply.text))


def _take_pinned_mark(lines: Sequence[Line]) -> tuple[bool, Sequence[Line]]:
    """Whether 置顶 stands alone below the name, and the lines below it; a text may be that word too."""
    filled = [at for at, line in enumerate(lines) if line.string.strip(BLANK)]
    if not filled or lines[filled[0]].string.strip(BLANK) != PINNED_MARK:
        return False, lines
    if all(_is_field(lines[at].string.strip(BLANK)) for at in filled[1:]):
        return False, lines
    return True, lines[filled[0] + 1 :]


def _take_head(lines: Sequence[Line], fields: _Fields, layout: Layout) -> Sequence[Line]:
    """Takes date and marks that stand between the name and the text."""
    at = 0
    for index, line in enumerate(lines):
        string = line.string.strip(BLANK)
        if not string:
            continue
        is_mark = MARK.fullmatch(string) is not None
        wanted = (layout.marks_first and not fields.marks) if is_mark else layout.date_first
        if not wanted or not _take(string, fields, clip=False):
            break
        at = index + 1
    return lines[at:]


def _take_foot(lines: Sequence[Line], fields: _Fields, *, marks: bool) -> Sequence[Line]:
    """Takes the fields that stand after a text, from the last one upwards."""
    stop = len(lines)
    above, fields.marks = fields.marks, []
    for index in range(len(lines) - 1, -1, -1):
        string = lines[index].string.strip(BLANK)
        if not string:
            continue
        if MARK.fullmatch(string) and (not marks or len(fields.marks) == MOST_MARKS):
            break
        if not _take(string, fields, clip=True):
            break
        stop = index
    fields.marks = above + fields.marks[::-1]
    return lines[:stop]


def _take(string: str, fields: _Fields, *, clip: bool) -> bool:
    """Whether a line is a field; what it says goes to `fields`."""
    if fields.day is None and DATE.fullmatch(string):
        fields.day = read_date(string)
        return fields.day is not None
    if match := MARK.fullmatch(string):
        fields.marks.append((string, int(match["count"]) if match["count"] else None))
        return True
    if clip and CLIPPED.fullmatch(string):
        fields.clipped = True
        return True
    return False


def _is_field(string: str) -> bool:
    return (DATE.fullmatch(string) or MARK.fullmatch(string)) is not None


def _counts(marks: Sequence[tuple[str, int | None]]) -> tuple[int | None, int | None]:
    """Answers and likes: by their glyphs where the copy kept them, else by their order."""
    if not marks:
        return None, None
    if len(marks) == 1:
        shown, count = marks[0]
        return (count, None) if ANSWERS_GLYPH in shown else (None, count)
    return marks[0][1], marks[1][1]


def _without_blank_start(lines: Sequence[Line]) -> Sequence[Line]:
    first = next((at for at, line in enumerate(lines) if line.string.strip(" \t")), len(lines))
    return lines[first:]
