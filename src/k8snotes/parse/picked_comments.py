"""Comments that a reader picked and wrote down by hand: told apart by numbers, names, dates, quotes.

    ### 01                      - text             > **name**：
    name： or > name | date       (more of it)     > text
    text                          作者回复: reply   > **作者回复**：reply
    作者回复：reply
    date, at times on the text's own line

A name is hard to tell from a text's first line, so the comments of a file tell together whether
they have names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from k8snotes.parse.comments import REPLY
from k8snotes.parse.fences import fenced
from k8snotes.parse.masthead import DATE, read_date
from k8snotes.parse.paragraphs import BLANK, Line, is_blank

NUMBER_HEADING = re.compile(r"#{2,6}\s*(?P<number>\d{1,3})[.、]?\s*#*")
TEXT_HEADING = re.compile(r"#{1,6}\s")  # a reader's own, "# 我的答案"
QUOTED_NAME = re.compile(
    r">\s*+(?P<name>[^>\s].*?)(?<!\s)(?:\s*+\\?[|｜]\s*+(?P<date>\d{4}-\d{1,2}-\d{1,2}))?\s*+"
)
BOLD_NAME = re.compile(r">\s*\*\*(?P<name>[^*].*?)(?:\*\*\s*[：:]|[：:]\s*\*\*)(?P<text>.*)")
COLON_NAME = re.compile(r"(?P<name>\S.{0,23}?)\s*[：:]")
ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)\s+(?:#(?P<name>\S.*))?")
ICON = re.compile(r"[\ue000-\uf8ff]++\s*+(?P<count>\d{1,5})?")
COUNT = re.compile(r"(?P<count>\d{1,5})")
LONGEST_NAME = 24
ENDS_A_SENTENCE = re.compile(r"[。！？!?；;，,…]$")
NO_WORD = re.compile(r"[\W_]+")  # "，", "。", "…": a name may be no more
# What stands at the head of a text, and in no name: "说明两点问题：", "我们可以这么看：".
SPEAKS = re.compile(
    r"[我你您他它这那]|老师|问题|思考|作业|答案|回答|分析|如下|以下|说明|总结|汇总|补充|勘误|疑[问惑]|请教|感谢|谢谢"
    r"|理解|打卡|签到|笔记|课后|方案|步骤|例如|比如|首先|最后|如果|因为|所以|关于|代码|第[一二三四五六\d]"
)
# A date that the text runs into: "……就够了。2018-05-12".
DATED_END = re.compile(r"(?P<text>.*[^\d\s/-])(?P<date>(?:19|20)\d{2}-\d{1,2}-\d{1,2})")
SENTENCE_DATED_END = re.compile(r".*[。！？!?…；;.~～、，：:）)」』”’\"'》】](?:19|20)\d{2}-\d{1,2}-\d{1,2}")
REPLY_WITHIN = re.compile(r"(?<=[。！？!?…；;.~～）)」』”])\s*(?=(?:作者|编辑)回复\s*[：:])")
QUOTE_MARK = re.compile(r"\s*>[ \t]{0,3}")  # and the blanks that editors put behind it


@dataclass(slots=True)
class Entry:
    """A comment while its lines are read; positions from 0."""

    start: int
    name: str = ""
    day: date | None = None
    likes: int | None = None
    lines: list[Line] = field(default_factory=list)
    last: int = 0  # of the lines taken so far
    dated_last: bool = False  # the line before was a date: the text is over
    quoted: bool = False  # the name was
    replied: bool = False  # a date from here on is the reply's

    @property
    def is_empty(self) -> bool:
        return not any(line.string.strip(BLANK) for line in self.lines)

    @property
    def stop(self) -> int:
        """Where its last line ends that shows something."""
        shown = (line.line for line in self.lines if line.string.strip(BLANK))
        return max(max(shown, default=self.start + 1), self.last + 1)


def picked_comments(lines: Sequence[str], start: int, stop: int) -> list[Entry]:
    """The comments in [start, stop), in whichever of the ways they were written down."""
    if is_quoted(lines, start, stop):
        return list(_quoted(lines, start, stop))
    if is_list(lines, start, stop):
        return list(_listed(lines, start, stop))
    return _Reader(lines, start, stop).entries


def is_quoted(lines: Sequence[str], start: int, stop: int) -> bool:
    """Whether the comments are quotations that begin with a bold name."""
    return any(BOLD_NAME.fullmatch(lines[at].strip(BLANK)) for at in range(start, stop))


def is_list(lines: Sequence[str], start: int, stop: int) -> bool:
    """Whether the comments are items of a list, with nothing that stands outside of it but blanks."""
    filled = [lines[at] for at in range(start, stop) if not is_blank(lines[at])]
    begins = bool(filled) and ITEM.match(filled[0]) is not None
    return begins and all(ITEM.match(line) or line[:1].isspace() for line in filled)


def _quoted(lines: Sequence[str], start: int, stop: int) -> Iterator[Entry]:
    """`> **name**：` begins a comment, unless it is a reply's mark: that loses its stars."""
    entry: Entry | None = None
    for at in range(start, stop):
        mark = QUOTE_MARK.match(lines[at])
        if mark is None:
            continue
        named = BOLD_NAME.fullmatch(lines[at].rstrip(BLANK))
        line = Line(lines[at][mark.end() :], at + 1, mark.end())
        if named and (entry is None or not REPLY.match(f"{named['name']}：")):
            if entry is not None:
                yield entry
            entry = Entry(start=at, name=named["name"])
            line = Line(named["text"].lstrip(), at + 1, named.start("text"))
        elif named:
            unstarred = f"{named['name']}："  # which puts the reply where it stands
            line = Line(unstarred + named["text"], at + 1, named.start("text") - len(unstarred))
        if entry is not None:
            entry.lines.append(line)
            entry.last = at if line.string.strip(BLANK) else entry.last or entry.start
    if entry is not None:
        yield entry


def _listed(lines: Sequence[str], start: int, stop: int) -> Iterator[Entry]:
    """One item a comment; its further lines lose their indentation and the marks of quotations."""
    starts = [at for at in range(start, stop) if ITEM.match(lines[at])]
    for begin, end in zip(starts, [*starts[1:], stop], strict=True):
        item = ITEM.match(lines[begin])
        assert item is not None
        entry = Entry(start=begin, name=item["name"] or "", last=begin)
        indent = len(lines[begin]) - len(lines[begin].lstrip("-*+.0123456789").lstrip(" "))
        if not item["name"]:
            entry.lines.append(Line(lines[begin][item.end() :], begin + 1, item.end()))
        for at in range(begin + 1, end):
            lead = min(len(lines[at]) - len(lines[at].lstrip(" ")), indent)
            if item["name"] and (quote := QUOTE_MARK.match(lines[at])):
                lead = quote.end()
            entry.lines.append(Line(lines[at][lead:], at + 1, lead))
        yield entry


class _Reader:
    """Comments told apart by headings, names and dates, line by line."""

    def __init__(self, lines: Sequence[str], start: int, stop: int) -> None:
        self.lines = lines
        self.filled = [at for at in range(start, stop) if not is_blank(lines[at])]
        self.code = fenced(lines, start, stop)
        self.shown = {at: lines[at].strip(BLANK) for at in self.filled}
        self.after = {at: self.shown[below] for at, below in pairwise(self.filled)}
        self.last_in_section = {
            at
            for at in self.filled
            if at not in self.after or (NUMBER_HEADING.fullmatch(self.after[at]) and at not in self.code)
        }
        self.dated_ends = {at for at in self.filled if self._has_dated_end(at)}
        # Who runs a text and its date together does so with replies; who does not, begins a line.
        self.runs_together = bool(self.dated_ends) or not any(map(REPLY.match, self.shown.values()))
        self.firsts = set(self._first_lines())
        self.has_names = self._have_names()
        self.has_quoted_names = self._are_all_quoted()
        self.names_follow_dates = self._do_names_follow_dates()
        self.entries = list(self._read())

    def _has_dated_end(self, at: int) -> bool:
        line = self.shown[at]
        if at in self.code or not DATED_END.fullmatch(line):
            return False
        return at in self.last_in_section or SENTENCE_DATED_END.fullmatch(line) is not None

    def _first_lines(self) -> Iterator[int]:
        """The lines that follow a heading, a date, or the section's own heading."""
        ends = True
        for at in self.filled:
            is_number = NUMBER_HEADING.fullmatch(self.shown[at]) is not None
            if ends and not is_number:
                yield at
            ends = at not in self.code and (
                is_number or at in self.dated_ends or DATE.fullmatch(self.shown[at]) is not None
            )

    def _have_names(self) -> bool:
        """Whether most of the first lines of comments look like names and do not speak."""
        named = sum(
            QUOTED_NAME.fullmatch(self.shown[at]) is not None
            or (self._name_in(at) is not None and not SPEAKS.search(self.shown[at]))
            for at in self.firsts
        )
        return named * 2 > len(self.firsts)

    def _are_all_quoted(self) -> bool:
        """Whether all first lines are quoted and most may be names: then so is "不!"."""
        quoted = [QUOTED_NAME.fullmatch(self.shown[at]) for at in self.firsts]
        named = sum(match is not None and _may_be_name(match["name"]) for match in quoted)
        return None not in quoted and named * 2 > len(quoted)

    def _do_names_follow_dates(self) -> bool:
        """Whether comments end in dates, and most quoted lines that may be names follow one or a heading."""
        has_dates = self.dated_ends or any(
            DATE.fullmatch(self.shown[at]) for at in self.filled if at not in self.code
        )
        quoted = [at for at in self.filled if self._may_be_quoted_name(at)]
        return bool(has_dates) and 2 * sum(at in self.firsts for at in quoted) >= len(quoted)

    def _may_be_quoted_name(self, at: int) -> bool:
        quoted = QUOTED_NAME.fullmatch(self.shown[at])
        return (
            quoted is not None and not quoted["date"] and at not in self.code and _may_be_name(quoted["name"])
        )

    def _read(self) -> Iterator[Entry]:
        entry: Entry | None = None
        expects_name = True  # a name follows a heading, a date, or the section's own heading
        for at in self.filled:
            line = self.shown[at]
            begun: Entry | None = None
            if at in self.code and entry is not None:
                self._take(entry, at)
                expects_name = False
                continue
            if NUMBER_HEADING.fullmatch(line):
                entry, expects_name = None, True
                continue
            if (quoted := QUOTED_NAME.fullmatch(line)) and (
                quoted["date"]
                or (expects_name and self._is_first_name(quoted["name"], at))
                or (_may_be_name(quoted["name"]) and self._is_next_name(entry, at))
            ):
                begun = Entry(
                    start=at, name=quoted["name"], day=read_date(quoted["date"] or ""), quoted=True, last=at
                )
            elif DATE.fullmatch(line) and not self._is_date_in_text(entry, at):
                if entry is not None:
                    entry.day = entry.day or read_date(line)  # a second one is the reply's
                    entry.dated_last, entry.last = True, at
                expects_name = True
                continue
            elif REPLY.match(line):
                if entry is None:
                    yield (entry := Entry(start=at))
                entry.dated_last, entry.replied = False, True
            elif name := self._name(at, expects_name=expects_name):
                begun = Entry(start=at, name=name, last=at)
            elif entry is None or (entry.dated_last and expects_name):
                yield (entry := Entry(start=at))
            elif icon := self._icon(entry, at):
                entry.likes = int(icon["count"]) if icon["count"] else entry.likes
                entry.last = at
                continue
            expects_name = False
            if begun is not None:
                yield (entry := begun)
                continue
            assert entry is not None
            self._take(entry, at)
            if at in self.dated_ends:
                expects_name = True

    def _is_first_name(self, quoted: str, at: int) -> bool:
        """Whether a line quoted where a name may stand is one, though it end as sentences do."""
        if _may_be_name(quoted):
            return True
        stands_alone = at in self.after and not self.after[at].startswith(">")
        is_short = len(quoted) <= LONGEST_NAME // 4 and not SPEAKS.search(quoted)
        return self.has_quoted_names and stands_alone and is_short

    def _is_next_name(self, entry: Entry | None, at: int) -> bool:
        """Whether a quoted line within a comment is the next one's name: as this one's, without a date."""
        if entry is None or not entry.quoted or entry.day is not None or entry.is_empty:
            return False
        stands_alone = not any(self.shown.get(near, "").startswith(">") for near in (at - 1, at + 1))
        return stands_alone and not self.names_follow_dates

    def _is_date_in_text(self, entry: Entry | None, at: int) -> bool:
        """Whether a date is the text's: the comment has its own beside its name, and goes on below."""
        if entry is None or entry.day is None or entry.dated_last or entry.replied:
            return False
        below = QUOTED_NAME.fullmatch(self.after.get(at, ""))
        is_last = at in self.last_in_section or (below is not None and below["date"] is not None)
        return not is_last and not REPLY.match(self.after[at])

    def _take(self, entry: Entry, at: int) -> None:
        """Adds a line to a comment, with the blank ones before it; a date at its end is the comment's."""
        if entry.lines:
            between = range(entry.lines[-1].line, at)
            entry.lines += [Line(self.lines[i], i + 1, 0) for i in between if is_blank(self.lines[i])]
        entry.last, entry.dated_last = at, at in self.dated_ends
        string = self.lines[at]
        if at in self.dated_ends and (dated := DATED_END.fullmatch(string.rstrip(BLANK))):
            entry.day = entry.day or read_date(dated["date"])
            string = dated["text"]
        if not self.runs_together or at in self.code:
            entry.lines.append(Line(string, at + 1, 0))
            return
        column = 0
        for part in REPLY_WITHIN.split(string):
            begin = string.index(part, column)
            entry.lines.append(Line(part, at + 1, begin))
            column = begin + len(part)

    def _name(self, at: int, *, expects_name: bool) -> str | None:
        """The name that a line is: before a colon, or alone where a name must stand."""
        line = self.shown[at]
        if ICON.fullmatch(line):
            return None
        if ICON.fullmatch(self.after.get(at, "")) and _may_be_name(line):
            return line  # a copy from the phone: likes stand below the name
        return self._name_in(at) if expects_name and self.has_names else None

    def _icon(self, entry: Entry, at: int) -> re.Match[str] | None:
        """Likes between a name and its text: an icon, its number, or what is left of both.

        A number alone is one below a name alone, as copies from the phone have it; else it is the text's.
        """
        if not entry.name or not entry.is_empty:
            return None
        line, above = self.shown[at], self.shown[entry.last]
        is_below = entry.likes is None and (above == entry.name or ICON.fullmatch(above) is not None)
        return ICON.fullmatch(line) or (COUNT.fullmatch(line) if is_below else None)

    def _name_in(self, at: int) -> str | None:
        line, following = self.shown[at], self.after.get(at, "")
        if at in self.dated_ends or TEXT_HEADING.match(line):
            return None
        if colon := COLON_NAME.fullmatch(line):
            return colon["name"]
        plain = len(line) <= LONGEST_NAME // 2 and not ENDS_A_SENTENCE.search(line) and bool(following)
        return line if plain and not line[0].isdigit() and not DATE.fullmatch(following) else None


def _may_be_name(string: str) -> bool:
    return len(string) <= LONGEST_NAME and (
        NO_WORD.fullmatch(string) is not None or not ENDS_A_SENTENCE.search(string)
    )
