"""Comments that a Markdown editor made list items of: fields in any order around a text.

    - ![img](avatar)        - (blank)          - 名字
      名字 置顶                名字                2017-10-24
      text                    2019-08-03         __ 31
      作者回复: …               text               text
      2020-03-09              展开**              展开**
      **3                     作者回复: …          作者回复: …
      **8                     **1 / **6

A field is a line that is a date, a mark with a number, or 展开 and nothing else. Two marks are
answers, then likes; one is likes; a mark without a number says nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from k8snotes.model.lesson import Comment, Span
from k8snotes.model.text import Text
from k8snotes.parse.comment_kind import comment_kind
from k8snotes.parse.comments import read_name, split_replies
from k8snotes.parse.entities import decode_entities
from k8snotes.parse.masthead import DATE, read_date
from k8snotes.parse.paragraphs import BLANK, Line, raw_text

# A glyph of the site's own font between two marks, which some copies lost, then the number.
GLYPH = "[\ue000-\uf8ff]"
MARK = re.compile(rf"(?:\*{GLYPH}?\*|_{GLYPH}?_|__|{GLYPH})[ \u00a0]*(?P<count>\d+)?")
ANSWERS_GLYPH = "\ue632"
CLIPPED = re.compile(rf"展开(?:\*{GLYPH}?\*|_{GLYPH}?_|[ \u00a0]*[▾▼∨])?")
PINNED = re.compile(r"\s+置顶$")
BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\d+[.)、])")
BREAK = re.compile(r"<br\s*/?>\n?")


@dataclass(slots=True)
class _Fields:
    day: date | None = None
    marks: list[tuple[str, int | None]] = field(default_factory=list)
    clipped: bool = False


def read_item(lines: Sequence[Line], span: Span) -> Comment:
    """A comment from the lines of its item, the name first; blank lines may stand anywhere."""
    rest = _without_blank_start(lines)
    name, rest = (rest[0].string.strip(BLANK), rest[1:]) if rest else ("", rest)
    pinned = PINNED.search(name) is not None
    fields = _Fields()
    rest = dedented(_take_head(rest, fields))
    own, replies = split_replies(rest)
    last = own
    if replies:
        reply_lines = rest[len(own) :]
        kept = _take_foot(reply_lines, fields)
        _, replies = split_replies(kept)
        marks_after = fields.marks
        fields.marks = []
        last = _take_foot(own, fields)
        fields.marks += marks_after
    else:
        last = _take_foot(own, fields)
    answers, likes = _counts(fields.marks)
    author, truncated = read_name(PINNED.sub("", name))
    text = unescaped(raw_text(last).trimmed(BLANK))
    return Comment(
        author=author,
        author_truncated=truncated,
        date=fields.day,
        likes=likes,
        text=text,
        clipped=fields.clipped,
        pinned=pinned,
        kind=comment_kind(text.string),
        reply_count=answers,
        replies=tuple(replies),
        first_line=span.first_line,
        last_line=span.last_line,
    )


def unescaped(text: Text) -> Text:
    """The text without the marks that a Markdown editor put before its own: `\\#`, `\\2.`, `&gt;`, `<br>`."""
    text = decode_entities(text)
    edits = [(match.start(), match.end(), "") for match in BACKSLASH.finditer(text.string)]
    edits += [(match.start(), match.end(), "\n") for match in BREAK.finditer(text.string)]
    return text.edited(sorted(edits)) if edits else text


def dedented(lines: Sequence[Line], *, most: int = 2) -> list[Line]:
    """The lines without the indentation of their item; code keeps what is more."""
    result = []
    for line in lines:
        lead = min(len(line.string) - len(line.string.lstrip(" ")), most)
        result.append(Line(line.string[lead:], line.line, line.column + lead))
    return result


def _take_head(lines: Sequence[Line], fields: _Fields) -> Sequence[Line]:
    """Takes date and marks that stand between the name and the text."""
    at = 0
    for index, line in enumerate(lines):
        if not line.string.strip(BLANK):
            continue
        if not _take(line.string, fields, clip=False):
            break
        at = index + 1
    return lines[at:]


def _take_foot(lines: Sequence[Line], fields: _Fields) -> Sequence[Line]:
    """Takes the fields that stand after a text, from the last one upwards."""
    stop = len(lines)
    marks = fields.marks
    fields.marks = []
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].string.strip(BLANK):
            continue
        if not _take(lines[index].string, fields, clip=True):
            break
        stop = index
    fields.marks = marks + fields.marks[::-1]
    return lines[:stop]


def _take(string: str, fields: _Fields, *, clip: bool) -> bool:
    """Whether a line is a field; what it says goes to `fields`."""
    string = string.strip(BLANK)
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


def _counts(marks: Sequence[tuple[str, int | None]]) -> tuple[int | None, int | None]:
    """Answers and likes: by their glyphs where the copy kept them, else by their order."""
    if not marks:
        return None, None
    if len(marks) == 1:
        shown, count = marks[0]
        return (count, None) if ANSWERS_GLYPH in shown else (None, count)
    return marks[0][1], marks[1][1]


def _without_blank_start(lines: Sequence[Line]) -> Sequence[Line]:
    first = next((at for at, line in enumerate(lines) if line.string.strip(BLANK)), len(lines))
    return lines[first:]
