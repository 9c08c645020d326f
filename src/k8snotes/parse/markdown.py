"""Markdown to blocks, by markdown-it-py's block rules and their line maps.

Inline marks stay in the text as the author wrote them, so only the block rules run: they
find headings, lists, fences and tables, and inline parsing would cost most of the time.
What is no text (HTML comments, shortcodes of Hugo) is left out of it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Paragraph, Quote, Table
from k8snotes.model.text import Text
from k8snotes.parse.paragraphs import BLANK, Line, raw_text, stripped

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# An HTML comment, or a Hugo shortcode; a tooltip's text is what a reader sees of it.
NOT_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|\{\{[<%]\s*/?\s*\w[\w/-]*\s[^}]*?\btext=\"(?P<shown>[^\"]*)\"[^}]*?[>%]\}\}"
    r"|\{\{[<%].*?[>%]\}\}",
    re.DOTALL,
)
IMAGES_ONLY = re.compile(
    r"(?:\s|\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\]\([^)]*\))?|<(?:img|video|audio|source|/video|/audio|figure|/figure)\b[^>]*>"
    r"|[\u200b\ufeff])+",
    re.IGNORECASE,
)
HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
HTML_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
COPY_BUTTON = "复制代码"


@cache
def _block_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    # "normalize" would count a lone carriage return as a line of its own; we hand it clean lines.
    parser.core.ruler.enableOnly(["block"])
    return parser


def markdown_blocks(lines: Sequence[str], *, first_line: int) -> Iterator[Block]:
    """The blocks of Markdown lines, of which the first is line `first_line` of the source."""
    source = "\n".join(lines).replace("\r", " ").replace("\0", "\ufffd")
    tokens = _block_parser().parse(source)
    reader = _BlockReader(source.split("\n"), first_line)
    index = 0
    while index < len(tokens):
        closing = _closing(tokens, index)
        yield from reader.read(tokens[index : closing + 1])
        index = closing + 1


def is_unclosed_fence(block: Code, lines: Sequence[str]) -> bool:
    """Whether a fence was opened and never closed; indented code has no fence."""
    opening = re.search(r"(`{3,}|~{3,})", lines[block.first_line - 1])
    if not opening:
        return False
    last = re.sub(r"^[ >\t]*", "", lines[block.last_line - 1]).rstrip()
    return (
        block.first_line == block.last_line or last.strip(opening[1][0]) != "" or len(last) < len(opening[1])
    )


class _BlockReader:
    """Turns the tokens of one top-level block into blocks with their source lines."""

    def __init__(self, lines: list[str], first_line: int) -> None:
        self.lines = lines
        self.first_line = first_line

    def read(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        opening = tokens[0]
        start, stop = self._extent(opening)
        match opening.type:
            case "heading_open":
                yield self._heading(tokens[1], start, stop, level=int(opening.tag[1:]))
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
        while stop > start + 1 and not self.lines[stop - 1].strip():
            stop -= 1
        return start, stop

    def _span(self, start: int, stop: int) -> dict[str, int]:
        return {"first_line": self.first_line + start, "last_line": self.first_line + stop - 1}

    def _verbatim(self, start: int, stop: int) -> Text:
        """The lines as they stand, without what is no text."""
        return readable([Line(self.lines[at], self.first_line + at, 0) for at in range(start, stop)])

    def _content(self, content: str, start: int, stop: int) -> Text:
        """A token's content, each of its lines found in the source line that it came from."""
        found: list[Line] = []
        at = start
        for string in content.split("\n"):
            while at < stop - 1 and string not in self.lines[at]:
                at += 1
            found.append(self._source_line(min(at, stop - 1), string))
            at += 1
        return readable(found)

    def _heading(self, inline: "Token", start: int, stop: int, *, level: int) -> Heading:
        return Heading(
            text=self._content(inline.content, start, stop), level=level, **self._span(start, stop)
        )

    def _code(self, token: "Token") -> Code:
        start, stop = self._extent(token)
        content = token.content.removesuffix("\n").split("\n")
        if content[-1].strip() == COPY_BUTTON:
            content.pop()
        skip = 1 if token.type == "fence" else 0
        lines = [
            self._source_line(min(start + skip + i, stop - 1), string) for i, string in enumerate(content)
        ]
        language = token.info.split()[0] if token.info.split() else None
        return Code(text=raw_text(lines), language=language, **self._span(start, stop))

    def _source_line(self, at: int, string: str) -> Line:
        """The part of a source line that the parser kept, with its column."""
        return Line(string, self.first_line + at, max(self.lines[at].find(string), 0))

    def _paragraph(self, kind: str, start: int, stop: int) -> Iterator[Block]:
        if kind == "paragraph_open":
            text = readable(
                [stripped(self.lines[at], self.first_line + at, blanks=" \t") for at in range(start, stop)]
            )
        else:
            text = self._verbatim(start, stop)
        if not text.string.strip(BLANK):
            return  # a comment, a shortcode
        if IMAGES_ONLY.fullmatch(text.string):
            yield Figure(text=text, **self._span(start, stop))
        elif kind == "html_block" and HTML_TABLE.search(text.string):
            yield Table(text=text, **self._span(start, stop))
        elif HTML_TAG.sub("", text.string).strip(BLANK):
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
        while start < stop and not self.lines[start].strip(" \t>"):
            start += 1
        while stop > start and not self.lines[stop - 1].strip(" \t>"):
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


def readable(lines: Sequence[Line]) -> Text:
    """The lines as one text, without HTML comments and shortcodes and the blank lines they leave."""
    text = raw_text(lines)
    if "<!--" in text.string or "{{" in text.string:
        text = text.edited(
            (match.start(), match.end(), match["shown"] or "") for match in NOT_TEXT.finditer(text.string)
        )
    return text.trimmed("\n")


def _closing(tokens: Sequence["Token"], index: int) -> int:
    """The position of the token that closes the block opened at `index`."""
    depth = 0
    for at in range(index, len(tokens)):
        depth += tokens[at].nesting
        if depth == 0:
            return at
    return len(tokens) - 1
