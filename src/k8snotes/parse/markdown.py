"""Markdown to blocks, by markdown-it-py's block rules and their line maps.

Inline marks stay in the text as the author wrote them, so only the block rules run: they
find headings, lists, fences and tables, and inline parsing would cost most of the time.
What is no text (HTML comments, shortcodes of Hugo) is left out of it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Paragraph, Quote, Table
from k8snotes.model.text import Text, text_at
from k8snotes.parse.paragraphs import BLANK, HAN, Line, is_blank, raw_text, stripped

if TYPE_CHECKING:
    from k8snotes.parse.block_rules import Token

# What may open something that is no text: an HTML comment, a Hugo shortcode; in code they open nothing.
OPENERS = re.compile(r"<!--|\{\{[<%]|`+")
CLOSERS = {"<!--": "-->", "{{<": ">}}", "{{%": "%}}"}
SHOWN = re.compile(r"\btext=\"(?P<shown>[^\"]*)\"")  # a tooltip's text is what a reader sees of it
ANCHOR = re.compile(r"(?<![ \t])[ \t]*+\{#[^{}\s]*+\}[ \t]*+\Z")  # the address of a heading
IMAGES_ONLY = re.compile(
    r"(?:\s|\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\]\([^)]*\))?|<(?:img|video|audio|source|/video|/audio|figure|/figure)\b[^>]*>"
    r"|[\u200b\ufeff])+",
    re.IGNORECASE,
)
HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
COPY_BUTTON = "复制代码"
# Chinese in its own marks: any of ASCII's may be code's, as in a diagram's "甲 ->> 乙：好。"
PROSE = re.compile(rf"[{HAN}“‘「『《（][^!-/:-@\[-`{{-~]*")
ENDS_PROSE = re.compile(r"[。！？…；：”’」』）]$")


class MarkdownBody(NamedTuple):
    blocks: list[Block]
    unclosed_fences: list[Code]  # which run to the end of the text, or of the list that they stand in


def markdown_body(lines: Sequence[str], *, first_line: int) -> MarkdownBody:
    """The blocks of Markdown lines, of which the first is line `first_line` of the source."""
    from k8snotes.parse.block_rules import block_tokens

    # What is no line as the parser knows them has a character that does not print.
    cleaned = [line if line.isprintable() else _as_parsed(line) for line in lines]
    tokens = block_tokens(cleaned)
    reader = _BlockReader(lines, cleaned, first_line)
    body = MarkdownBody([], reader.unclosed_fences)
    index = 0
    while index < len(tokens):
        closing = _closing(tokens, index)
        body.blocks.extend(reader.read(tokens[index : closing + 1]))
        index = closing + 1
    return body


def _as_parsed(line: str) -> str:
    """The line as the parser sees it, which knows fewer blanks than a reader; every column stays.

    Lone carriage returns it would take for the ends of lines.
    """
    if is_blank(line):
        return "" if line.strip(" \t") else line
    return line.replace("\r", " ").replace("\0", "\ufffd")


class _BlockReader:
    """Turns the tokens of one top-level block into blocks with their source lines."""

    def __init__(self, lines: Sequence[str], cleaned: Sequence[str], first_line: int) -> None:
        self.lines = lines
        self.cleaned = cleaned
        self.first_line = first_line
        self.unclosed_fences: list[Code] = []

    def read(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        opening = tokens[0]
        start, stop = self._extent(opening)
        match opening.type:
            case "heading_open":
                yield from self._heading(tokens[1], start, stop, level=int(opening.tag[1:]))
            case "code_block" if self._is_prose(start, stop):
                yield from self._indented_paragraphs(start, stop)
            case "fence" | "code_block":
                yield self._code(opening)
            case "bullet_list_open" | "ordered_list_open" | "blockquote_open":
                yield from self._container(tokens, start, stop)
            case "table_open":
                yield Table(text=self._verbatim(start, stop), **self._span(start, stop))
            case "paragraph_open" | "html_block":
                yield from self._paragraph(opening.type, start, stop)
            case "hr":
                return
            case unknown:
                raise AssertionError(f"markdown-it gave a block of a kind unknown to us: {unknown}")

    def _extent(self, token: "Token") -> tuple[int, int]:
        """The token's lines without blank ones at its end, which lists and HTML may claim."""
        assert token.map is not None
        start, stop = token.map
        while stop > start + 1 and is_blank(self.lines[stop - 1]):
            stop -= 1
        return start, stop

    def _span(self, start: int, stop: int) -> dict[str, int]:
        return {"first_line": self.first_line + start, "last_line": self.first_line + stop - 1}

    def _verbatim(self, start: int, stop: int, *, as_html: bool = False) -> Text:
        """The lines as they stand, without what is no text."""
        string = "\n".join(self.lines[start:stop])
        return _readable(text_at(string, self.first_line + start, 0), as_html=as_html)

    def _heading(self, inline: "Token", start: int, stop: int, *, level: int) -> Iterator[Heading]:
        """The heading, if there are words in it, each of its lines found where it stands."""
        found: list[Line] = []
        at = start
        for string in inline.content.split("\n"):
            while at < stop - 1 and string not in self.cleaned[at]:
                at += 1
            found.append(self._source_line(min(at, stop - 1), string))
            at += 1
        text = readable(found).trimmed(BLANK)
        if anchor := ANCHOR.search(text.string):
            text = text.edited([(anchor.start(), anchor.end(), "")])
        if text:
            yield Heading(text=text, level=level, **self._span(start, stop))

    def _is_prose(self, start: int, stop: int) -> bool:
        """Whether indented lines are Chinese paragraphs, as plain text indents them, and no code."""
        shown = [self.lines[at].strip(BLANK) for at in range(start, stop)]
        ends = [line for line, below in pairwise([*shown, ""]) if line and not below]
        return all(PROSE.fullmatch(line) for line in shown if line) and all(
            ENDS_PROSE.search(line) for line in ends
        )

    def _indented_paragraphs(self, start: int, stop: int) -> Iterator[Block]:
        for is_gap, run in groupby(range(start, stop), key=lambda at: is_blank(self.lines[at])):
            if not is_gap:
                lines = list(run)
                yield from self._paragraph("paragraph_open", lines[0], lines[-1] + 1)

    def _code(self, token: "Token") -> Code:
        start, stop = self._extent(token)
        content = token.content.removesuffix("\n").split("\n")
        if len(content) > 1 and content[-1].strip() == COPY_BUTTON:
            content.pop()
        skip = 1 if token.type == "fence" else 0
        lines = [
            self._source_line(min(start + skip + i, stop - 1), string) for i, string in enumerate(content)
        ]
        language = token.info.split()[0] if token.info.split() else None
        code = Code(text=raw_text(lines), language=language, **self._span(start, stop))
        assert token.map is not None
        if token.type == "fence" and token.map[1] - token.map[0] < token.content.count("\n") + 2:
            self.unclosed_fences.append(code)
        return code

    def _source_line(self, at: int, string: str) -> Line:
        """The part of a source line that the parser kept, with its column."""
        column = self.cleaned[at].find(string)
        if column < 0:  # a tab that indents was made blanks
            string = string.lstrip(" ")
            column = max(self.cleaned[at].find(string), 0)
        return Line(self.lines[at][column : column + len(string)] or string, self.first_line + at, column)

    def _paragraph(self, kind: str, start: int, stop: int) -> Iterator[Block]:
        is_html = kind == "html_block"
        lines = self.lines[start:stop]
        if is_html or all(line == line.strip(" \t") for line in lines):
            text = self._verbatim(start, stop, as_html=is_html)
        else:
            text = readable(
                [stripped(line, at, blanks=" \t") for at, line in enumerate(lines, self.first_line + start)]
            )
        if not text.string.strip(BLANK):
            return  # a comment, a shortcode
        if IMAGES_ONLY.fullmatch(text.string):
            yield Figure(text=text, **self._span(start, stop))
        elif is_html and HTML_TABLE.search(text.string):
            yield Table(text=text, **self._span(start, stop))
        elif "<" not in text.string or HTML_TAG.sub("", text.string).strip(BLANK):
            yield Paragraph(text=text, **self._span(start, stop))

    def _container(self, tokens: Sequence["Token"], start: int, stop: int) -> Iterator[Block]:
        """A list or a quotation: what is code inside it becomes a block of its own."""
        kind = Quote if tokens[0].type == "blockquote_open" else ItemList
        at = start
        for token in tokens:
            if token.type not in ("fence", "code_block"):
                continue
            code_start, code_stop = self._extent(token)
            yield from self._prose(kind, at, code_start)
            yield self._code(token)
            at = max(at, code_stop)
        yield from self._prose(kind, at, stop)

    def _prose(self, kind: type[Quote] | type[ItemList], start: int, stop: int) -> Iterator[Block]:
        while start < stop and is_blank(self.lines[start].strip(" \t>")):
            start += 1
        while stop > start and is_blank(self.lines[stop - 1].strip(" \t>")):
            stop -= 1
        if start == stop:
            return
        if kind is Quote:
            lines = [self._without_quote_mark(at) for at in range(start, stop)]
            text = readable(lines)
        else:
            text = self._verbatim(start, stop)
        if text.string.strip(BLANK):
            yield kind(text=text, **self._span(start, stop))

    def _without_quote_mark(self, at: int) -> Line:
        line = self.lines[at]
        mark = re.match(r"\s{0,3}>\s?", line)
        column = mark.end() if mark else 0
        return Line(line[column:], self.first_line + at, column)


def readable(lines: Sequence[Line], *, as_html: bool = False) -> Text:
    """The lines as one text, without HTML comments and shortcodes and the blank lines they leave."""
    return _readable(raw_text(lines), as_html=as_html)


def _readable(text: Text, *, as_html: bool) -> Text:
    if "<!--" in text.string or "{{" in text.string:
        text = text.edited(_no_text(text.string, as_html=as_html))
    return text.trimmed("\n")


def without_markup(string: str) -> str:
    """The string without HTML comments, shortcodes and tags: something where it holds words."""
    return HTML_TAG.sub("", readable([Line(string, 1, 0)], as_html=True).string)


def _no_text(string: str, *, as_html: bool) -> Iterator[tuple[int, int, str]]:
    """The runs of a block that are no text, ascending, as edits that remove them.

    In HTML an unclosed comment runs to the end; in Markdown it is no comment.
    """
    code_spans = _CodeSpans(string)
    unclosed: set[str] = set()
    at = 0
    while match := OPENERS.search(string, at):
        mark, at = match[0], match.end()
        if mark[0] == "`":
            at = code_spans.end(match.start(), at)
            continue
        close = -1 if mark in unclosed else string.find(CLOSERS[mark], at)
        if close < 0:
            unclosed.add(mark)
            if mark != "<!--" or not as_html:
                continue
            close = len(string)
        elif mark != "<!--" and string.find("{{", at, close) >= 0:
            continue
        shown = None if mark == "<!--" else SHOWN.search(string, at, close)
        stop = min(close + len(CLOSERS[mark]), len(string))
        if shown:
            yield match.start(), shown.start("shown"), ""
            yield shown.end("shown"), stop, ""
        else:
            start, stop = _with_line_end(string, match.start(), stop)
            yield start, stop, ""
        at = stop


def _with_line_end(string: str, start: int, stop: int) -> tuple[int, int]:
    """The run with the rest of its lines, where nothing else stands on them."""
    first, last = start, stop
    while first > 0 and string[first - 1] in " \t":
        first -= 1
    while last < len(string) and string[last] in " \t":
        last += 1
    fills_lines = (first == 0 or string[first - 1] == "\n") and (last == len(string) or string[last] == "\n")
    return (first, min(last + 1, len(string))) if fills_lines else (start, stop)


class _CodeSpans:
    """Where the code spans of a block end; backticks are counted once, when the first is met."""

    def __init__(self, string: str) -> None:
        self.string = string
        self.runs: dict[int, list[int]] = {}  # by length, ascending

    def end(self, start: int, stop: int) -> int:
        """Where the span that the backticks [start, stop) open ends; `stop` where they open none."""
        if not self.runs:
            for run in re.finditer("`+", self.string):
                self.runs.setdefault(len(run[0]), []).append(run.start())
        runs = self.runs[stop - start]
        following = bisect_right(runs, start)
        if following == len(runs) or self.string.find("\n", stop, runs[following]) >= 0:
            return stop
        return runs[following] + stop - start


def _closing(tokens: Sequence["Token"], index: int) -> int:
    """The position of the token that closes the block opened at `index`."""
    depth = 0
    for at in range(index, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1
