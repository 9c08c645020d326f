"""Notes of a reader's own making, with comments picked by hand below a heading.

`# title` or `## title` / `> 2018-05-14 作者` or `> 作者 2018-05-14`
body in Markdown
## 精选留言, 黑板墙 or 留言精选
### 01, then one comment or several; a name is `名：`, `> 名`, `> 名 | 日期`, or missing
text / date / `作者回复：` … or, copied from a phone: name, a number of likes, text, date,
作者回复, reply, its date
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comments import REPLY, make_comment
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.masthead import DATE, read_author, read_date
from k8snotes.parse.paragraphs import BLANK, Line, is_blank
from k8snotes.parse.titles import lesson_number

NAME = "curated-notes"

TITLE = re.compile(r"#{1,2}\s+(?P<title>\S.*?)\s*")
BYLINE = re.compile(
    r">?\s*(?:(?P<first_date>\d{4}-\d{1,2}-\d{1,2})\s+(?P<last>\S.*?)|(?P<first>\S.*?)\s+(?P<last_date>\d{4}-\d{1,2}-\d{1,2}))\s*"
)
COMMENTS_HEADING = re.compile(r"(?P<level>#{1,4})\s*(?:精选留言|留言精选|黑板墙|精选评论|留言区?)\s*")
HEADING = re.compile(r"(?P<level>#{1,6})\s+\S")
NUMBER_HEADING = re.compile(r"#{2,6}\s*\d{1,3}[.、]?\s*")
QUOTED_NAME = re.compile(r">\s*(?P<name>[^>\s].*?)(?:\s*\\?[|｜]\s*(?P<date>\d{4}-\d{1,2}-\d{1,2}))?\s*")
COLON_NAME = re.compile(r"(?P<name>\S.{0,23}?)\s*[：:]")
ICONS = re.compile(r"[\ue000-\uf8ff]*\s*(?P<count>\d{1,5})?\s*")
LONGEST_NAME = 24
ENDS_A_SENTENCE = re.compile(r"[。！？!?；;，,…]$")
FENCE = re.compile(r"(?P<mark>```|~~~)")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def likeness(source: Source) -> Iterator[tuple[int, str]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = list(islice((line.strip() for line in source.lines if line.strip()), 2))
    if not filled or not TITLE.fullmatch(filled[0]):
        return
    if len(filled) > 1 and filled[1].startswith(">") and BYLINE.fullmatch(filled[1]):
        yield 2, "date and author quoted below the title"
    elif len(filled) > 1 and BYLINE.fullmatch(filled[1]):
        yield 1, "date and author below the title"
    if _comments_heading(source) is not None:
        yield 3, "a last section of picked comments"


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def masthead(draft: Draft) -> None:
    """Title, then date and author in either order."""
    filled = [at for at, line in enumerate(draft.lines[:20]) if line.strip(BLANK)][:2]
    if not filled or not (match := TITLE.fullmatch(draft.shown[filled[0]])):
        return
    draft.title = match["title"]
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(filled[0], filled[0] + 1)
    stop = filled[0] + 1
    if len(filled) > 1 and (byline := BYLINE.fullmatch(draft.shown[filled[1]])):
        draft.date = read_date(byline["first_date"] or byline["last_date"])
        draft.author = read_author(byline["last"] or byline["first"])
        stop = filled[1] + 1
    draft.claim(0, stop, "masthead")


def comments(draft: Draft) -> None:
    """The last section, when it holds dates or replies."""
    heading = _comments_heading(draft.source)
    if heading is None:
        return
    draft.claim(heading, len(draft.lines), "comments")
    for entry in _entries(draft.lines, heading + 1):
        last = max((line.line for line in entry.lines if line.string.strip(BLANK)), default=entry.start + 1)
        draft.comments.append(
            make_comment(
                name=entry.name,
                day=entry.day,
                likes=entry.likes,
                lines=entry.lines,
                span=span(entry.start, max(last, entry.last + 1)),
            )
        )


def body(draft: Draft) -> None:
    read_markdown_body(draft, *draft.unclaimed())


RULES = (masthead, comments, body)


@dataclass(slots=True)
class _Entry:
    """A comment while its lines are read."""

    start: int
    name: str = ""
    day: date | None = None
    likes: int | None = None
    lines: list[Line] = field(default_factory=list)
    last: int = 0  # of the lines taken so far
    dated_last: bool = False  # the line before was a date: the text is over
    quoted: bool = False  # the name was

    @property
    def is_empty(self) -> bool:
        return not any(line.string.strip(BLANK) for line in self.lines)


def _entries(lines: Sequence[str], start: int) -> list[_Entry]:
    """The comments of the section, told apart by headings, names and dates."""
    entries: list[_Entry] = []
    entry: _Entry | None = None
    filled = [at for at in range(start, len(lines)) if lines[at].strip(BLANK)]
    code = _fenced(lines, start)
    expects_name = True  # a name follows a heading, a date, or the section's own heading
    for position, at in enumerate(filled):
        line = lines[at].strip(BLANK)
        following = lines[filled[position + 1]].strip(BLANK) if position + 1 < len(filled) else ""
        if at in code and entry is not None:
            _take(entry, lines, at)
            expects_name = False
            continue
        if NUMBER_HEADING.fullmatch(line):
            entry, expects_name = None, True
            continue
        if (quoted := QUOTED_NAME.fullmatch(line)) and (
            quoted["date"] or (_may_be_name(quoted["name"]) and (expects_name or _is_bare_quoted(entry)))
        ):
            entry = _Entry(
                start=at, name=quoted["name"], day=read_date(quoted["date"] or ""), quoted=True, last=at
            )
            entries.append(entry)
            expects_name = False
            continue
        if DATE.fullmatch(line):
            if entry is not None:
                entry.day = entry.day or read_date(line)  # a second one is the reply's
                entry.dated_last, entry.last = True, at
            expects_name = True
            continue
        if REPLY.match(line):
            if entry is None:
                entry = _Entry(start=at)
                entries.append(entry)
            entry.dated_last = False
            expects_name = False
        elif name := _name(line, following, expects_name=expects_name, copied=_is_icons(following)):
            entry = _Entry(start=at, name=name, last=at)
            entries.append(entry)
            expects_name = False
            continue
        elif entry is None or (entry.dated_last and expects_name):
            entry = _Entry(start=at)
            entries.append(entry)
            expects_name = False
        elif entry.is_empty and entry.name and _is_icons(line):
            count = ICONS.fullmatch(line)
            entry.likes = int(count["count"]) if count and count["count"] else entry.likes
            entry.last = at
            continue
        _take(entry, lines, at)
        expects_name = False
    return entries


def _take(entry: _Entry, lines: Sequence[str], at: int) -> None:
    """Adds a line to a comment, with the blank ones before it."""
    if entry.lines:
        between = range(entry.lines[-1].line, at)
        entry.lines += [Line(lines[i], i + 1, 0) for i in between if is_blank(lines[i])]
    entry.lines.append(Line(lines[at], at + 1, 0))
    entry.last, entry.dated_last = at, False


def _name(line: str, following: str, *, expects_name: bool, copied: bool) -> str | None:
    """The name that a line is: before a colon, or alone where a name must stand."""
    if _is_icons(line):
        return None
    if copied and _may_be_name(line):
        return line
    if not expects_name:
        return None
    if colon := COLON_NAME.fullmatch(line):
        return colon["name"]
    plain = len(line) <= LONGEST_NAME // 2 and not ENDS_A_SENTENCE.search(line) and bool(following)
    return line if plain and not line[0].isdigit() and not DATE.fullmatch(following) else None


def _may_be_name(string: str) -> bool:
    return len(string) <= LONGEST_NAME and not ENDS_A_SENTENCE.search(string)


def _is_bare_quoted(entry: _Entry | None) -> bool:
    """Whether a comment has a quoted name and no date: then the next such line is a name as well."""
    return entry is not None and entry.quoted and entry.day is None and not entry.is_empty


def _is_icons(line: str) -> bool:
    return bool(line) and ICONS.fullmatch(line) is not None


def _fenced(lines: Sequence[str], start: int) -> frozenset[int]:
    """The lines of code between fences, the fences with them; one that nothing closes is none."""
    found: set[int] = set()
    opened: tuple[int, str] | None = None
    for at in range(start, len(lines)):
        if not (fence := FENCE.match(lines[at].strip(BLANK))):
            continue
        if opened is None:
            opened = at, fence["mark"]
        elif opened[1] == fence["mark"]:
            found.update(range(opened[0], at + 1))
            opened = None
    return frozenset(found)


def _comments_heading(source: Source) -> int | None:
    """The last heading of that name, if nothing but comments follows it."""
    lines = source.lines
    for at in reversed(source.lines_with("留言", "黑板墙", "精选评论")):
        match = COMMENTS_HEADING.fullmatch(source.shown[at])
        if not match:
            continue
        code = _fenced(lines, at + 1)
        rest = [lines[i].strip(BLANK) for i in range(at + 1, len(lines)) if i not in code]
        level = len(match["level"])
        if any((h := HEADING.match(line)) and len(h["level"]) <= level for line in rest):
            return None
        has_comments = any(
            DATE.fullmatch(line) or REPLY.match(line) or ((q := QUOTED_NAME.fullmatch(line)) and q["date"])
            for line in rest
        )
        has_numbers = any(NUMBER_HEADING.fullmatch(line) for line in rest)
        has_words = any(line and not HEADING.match(line) and not IMAGE.fullmatch(line) for line in rest)
        return at if has_comments or (has_numbers and has_words) else None
    return None
