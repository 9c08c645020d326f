"""A run of lines as a Markdown body: its blocks, and what no rule claimed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from k8snotes.model.lesson import Block, Paragraph
from k8snotes.parse.draft import Draft
from k8snotes.parse.markdown import markdown_body, without_markup
from k8snotes.parse.paragraphs import raw_text, stripped
from k8snotes.speech import Message

# A link's address. What looks like one and holds Chinese words is a text with a colon.
DEFINITION = re.compile(
    r"[ >]{0,6}\[[^\]^][^\]]*\]:\s*[^\s\"\u3400-\u9fff][^\"\u3400-\u9fff]*(?:\"[^\"]*\"\s*)?"
)
FOOTNOTE = re.compile(r"[ >]{0,6}\[\^[^\]]+\]:")
WORD = re.compile(r"\w")


def read_markdown_body(
    draft: Draft, start: int, stop: int, *, line_is_paragraph: bool = False, column: int = 0
) -> None:
    """Adds the blocks of the lines [start, stop); no words among them are left behind.

    `line_is_paragraph` is for pages whose paragraphs have no blank lines between them; at
    `column` the first line begins, behind what is neither text nor indentation.
    """
    lines = draft.lines[start:stop]
    if column:
        lines = (lines[0][column:], *lines[1:])
    found = markdown_body(lines, first_line=start + 1)
    if column:
        found.blocks[:] = [_moved_right(block, start + 1, column) for block in found.blocks]
    for fence in found.unclosed_fences:
        draft.warn(
            "unclosed-fence",
            Message("a code fence that nothing closes"),
            fence.first_line - 1,
            fence.last_line,
        )
    draft.blocks += _line_by_line(found.blocks) if line_is_paragraph else found.blocks
    _keep_unclaimed(draft, start, stop)


def _keep_unclaimed(draft: Draft, start: int, stop: int) -> None:
    """Words that the Markdown rules dropped become paragraphs, with a warning.

    Rules, tags, comments and the addresses of links hold none; a footnote is no surprise.
    """
    lines = draft.lines
    claimed = bytearray(len(lines))
    for block in draft.blocks:
        claimed[block.first_line - 1 : block.last_line] = b"\1" * (block.last_line - block.first_line + 1)
    in_comment = False
    lost: list[int] = []
    for at in range(start, stop):
        if claimed[at]:
            in_comment = False
            continue
        if not (line := lines[at]):
            continue
        opened = in_comment or "<!--" in line
        in_comment = opened and "-->" not in line[line.rfind("<!--") + 1 :]
        if opened or not WORD.search(line) or DEFINITION.fullmatch(line):
            continue
        if WORD.search(without_markup(line)):
            lost.append(at)
    for at in lost:
        line = lines[at]
        draft.blocks.append(
            Paragraph(text=raw_text([stripped(line, at + 1)]), first_line=at + 1, last_line=at + 1)
        )
        if not FOOTNOTE.match(line):
            draft.warn(
                "unclaimed-line",
                Message("a line that no Markdown rule claims, kept as a paragraph"),
                at,
                at + 1,
            )
    if lost:
        draft.blocks.sort(key=lambda block: block.first_line)


def _moved_right(block: Block, line: int, columns: int) -> Block:
    """The block with what stands on a line so many columns further right."""
    if block.first_line != line:
        return block
    pieces = tuple(
        piece._replace(column=piece.column + columns) if piece.line == line else piece
        for piece in block.text.pieces
    )
    return replace(block, text=block.text._replace(pieces=pieces))


def _line_by_line(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, a paragraph of several lines as so many paragraphs."""
    for block in blocks:
        if not isinstance(block, Paragraph) or "\n" not in block.text.string:
            yield block
            continue
        at = 0
        for string in block.text.string.split("\n"):
            text = block.text.edited([(0, at, ""), (at + len(string), len(block.text.string), "")])
            line = block.text.line_at(at)
            yield Paragraph(text=text, first_line=line, last_line=line)
            at += len(string) + 1
