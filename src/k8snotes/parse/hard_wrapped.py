"""A PDF's text without its pages: what the width of its lines and their words alone tell."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from k8snotes.model.lesson import Block, ItemList, Paragraph
from k8snotes.model.source import Source
from k8snotes.model.text import Text
from k8snotes.parse.bare_code import COMMENT_LINE, MOST_REMARKS, code_of, is_program, looks_like_code
from k8snotes.parse.code_lines import is_sentence, may_stand_in_code, proves_code
from k8snotes.parse.paragraphs import BLANK, ENDS_SENTENCE, Line, concatenated, raw_text
from k8snotes.parse.wraps import cells, page_width, rejoined, unwrapped, writes_blanks

FIRST_WORD = re.compile(r"[\x21-\x7e]+|.")
LIST_ITEM = re.compile(r"[•·●◦▪]\s|\d{1,2}[.、]\s?(?!\d)")
CODE_REMARK = re.compile(r"(?=[^。！？]*+\Z)[\x20-\x7e\t]*?(?://|#|/\*|--|\"|')(?s:.*)")


class HardWrapped:
    """The same questions as of typeset lines, answered from words."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.spaced = writes_blanks(source.lines)

    def title_in(self, lines: Sequence[Line], *, whole: bool) -> range:
        """Which of the lines at the head are the title: all of them, else the first."""
        return range(len(lines) if whole else min(len(lines), 1))

    def alike(self, samples: Sequence[Line]) -> None:
        """Nothing shows how lines are set."""

    def goes_on(self, before: Line, line: Line) -> bool:  # noqa: ARG002
        return False

    def in_one_part(self, before: Line, line: Line) -> bool:  # noqa: ARG002
        return False

    def distance(self, before: Line, line: Line) -> float | None:
        """How many lines further down the text has the one; what a page's end left empty says nothing."""
        below = self.source.lines[before.line : line.line]
        return None if any("\f" in string for string in below) else len(below)

    def comment_text(self, lines: Sequence[Line]) -> Callable[[Sequence[Line]], Text]:
        """How lines out of these comments read."""
        width = max((cells(line.string) for line in lines), default=0)  # which runs over no edge
        return lambda some: concatenated(
            [self.joined(group) for group in unwrapped(some, width, self.source.lines)], "\n"
        )

    def joined(self, group: Sequence[Line]) -> Text:
        return rejoined(group, spaced=self.spaced)

    def blocks(self, lines: Sequence[Line], title: Line | None) -> Iterator[Block]:  # noqa: ARG002
        """Bullets and numbers are lists, lines without Chinese may be code, all else is paragraphs."""
        groups = _with_english(unwrapped(lines), page_width(lines))
        run: list[Paragraph] = []
        items: list[list[Line]] = []
        for at, group in enumerate(groups):
            if _is_code(groups, at):
                yield from self._list(items)
                items = []
                run.append(self._code_line(group[0]))
                continue
            yield from _run(run)
            run = []
            if LIST_ITEM.match(group[0].string):
                items.append(group)
                continue
            yield from self._list(items)
            items = []
            yield Paragraph(text=self.joined(group), first_line=group[0].line, last_line=group[-1].line)
        yield from _run(run)
        yield from self._list(items)

    def _list(self, items: Sequence[Sequence[Line]]) -> Iterator[Block]:
        if items:
            yield ItemList(
                text=concatenated([self.joined(item) for item in items], "\n"),
                first_line=items[0][0].line,
                last_line=items[-1][-1].line,
            )

    def _code_line(self, line: Line) -> Paragraph:
        """The line with its indentation, which prose never has."""
        before = self.source.lines[line.line - 1][: line.column]
        column = len(before.rstrip(" \t\u00a0"))
        code = Line(before[column:] + line.string, line.line, column)
        return Paragraph(text=raw_text([code]), first_line=line.line, last_line=line.line)


def _with_english(groups: Sequence[Sequence[Line]], width: int) -> list[list[Line]]:
    """The groups; English goes on in the next line where that one's first word did not fit any more."""
    result: list[list[Line]] = []
    for group in groups:
        first = group[0].string.strip(BLANK)
        last = result[-1][-1].string.strip(BLANK) if result else ""
        word = FIRST_WORD.match(first)
        if (
            last
            and word is not None
            and not ENDS_SENTENCE.search(last)
            and cells(last) + 1 + cells(word[0]) > width
            and (is_sentence(last) or (not looks_like_code(last) and is_sentence(first)))
            and not LIST_ITEM.match(first)
            and not proves_code(first)
        ):
            result[-1] += group
        else:
            result.append([*group])
    return result


def _is_code(groups: Sequence[Sequence[Line]], at: int) -> bool:
    """A line without Chinese, or one between such lines that has it in a remark or a string only."""
    if len(groups[at]) > 1:
        return False
    string = groups[at][0].string
    if looks_like_code(string):
        return not LIST_ITEM.match(string) and not is_sentence(string)
    above = at > 0 and _looks_like_code(groups[at - 1])
    if CODE_REMARK.fullmatch(string) and (
        above or (at + 1 < len(groups) and _looks_like_code(groups[at + 1]))
    ):
        return True
    return (above or (at > 0 and _is_remark(groups[at - 1]))) and _goes_on_below(groups, at)


def _looks_like_code(group: Sequence[Line]) -> bool:
    return len(group) == 1 and looks_like_code(group[0].string) and not is_sentence(group[0].string)


def _is_remark(group: Sequence[Line]) -> bool:
    return len(group) == 1 and COMMENT_LINE.match(_with_blanks(group[0])) is not None


def _with_blanks(line: Line) -> str:
    """The line as far in as it stands."""
    return " " * line.column + line.string


def _goes_on_below(groups: Sequence[Sequence[Line]], at: int) -> bool:
    """Whether a line with Chinese, and all others down to the next code, may be lines of a program."""
    for below, group in enumerate(groups[at : at + MOST_REMARKS]):
        if below and _looks_like_code(group):
            return True
        if len(group) > 1 or not (may_stand_in_code(_with_blanks(group[0])) or _is_remark(group)):
            return False
    return False


def _run(run: Sequence[Paragraph]) -> Iterator[Block]:
    if run and is_program([line.text.string for line in run]):
        yield code_of(run)
    else:
        yield from (replace(line, text=line.text.trimmed(BLANK)) for line in run)
