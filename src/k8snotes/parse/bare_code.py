"""Code that lost its fence: runs of paragraphs that are lines of a program."""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Block, Code, Paragraph
from k8snotes.model.text import Piece, Text

WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
KEPT_INDENT = "\u200b"  # an editor's mark in front of blanks that it was to keep
COMMENT_LINE = re.compile(r"\s*(?:#|//|--|/\*|\*)\s?\S")
ESCAPED_COMMENT_LINE = re.compile(r"\s*\\?(?:#|//|--|/\*|\*)\s?\S")
# Where a line of a program holds Chinese: in quotation marks, and in a remark at its end.
QUOTED_OR_REMARK = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|(?:^|(?<=[\s;{}(),]))(?:#|//|--|/\*).*")


def looks_like_code(line: str) -> bool:
    """Whether a line holds no Chinese, or keeps its indentation by a mark, or comments on code."""
    return line.startswith(KEPT_INDENT) or (bool(line.strip()) and not WIDE.search(line))


def is_code_with_chinese(line: str) -> bool:
    """Whether a line's Chinese is all in its strings and its remark: `say("好"); // 说`."""
    bare = QUOTED_OR_REMARK.sub("", line).strip()
    return bare != "" and looks_like_code(bare)


def join_bare_code(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with runs of code paragraphs, at least one of them indented, as one block each."""
    result: list[Block] = []
    run: list[Paragraph] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (_is_line(block) or (run and _is_remark(blocks, at))):
            run.append(block)
            continue
        result += _joined(run)
        run = []
        result.append(block)
    return [*result, *_joined(run)]


def _is_line(block: Block) -> bool:
    string = block.text.string
    return isinstance(block, Paragraph) and (looks_like_code(string) or is_code_with_chinese(string))


def _is_remark(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block comments on the code that goes on below it."""
    return (
        ESCAPED_COMMENT_LINE.match(blocks[at].text.string) is not None
        and at + 1 < len(blocks)
        and _is_line(blocks[at + 1])
    )


def code_of(lines: Sequence[Paragraph]) -> Code:
    """Code from paragraphs that are a line each."""
    pieces: list[Piece] = []
    strings: list[str] = []
    offset = 0
    for line in lines:
        string = line.text.string
        lead = len(string) - len(string.lstrip(KEPT_INDENT))
        first = line.text.pieces[0]
        pieces.append(Piece(offset, first.line, first.column + lead))
        strings.append(string[lead:])
        offset += len(string) - lead + 1
    return Code(
        text=Text(string="\n".join(strings), pieces=tuple(pieces)),
        language=None,
        first_line=lines[0].first_line,
        last_line=lines[-1].last_line,
    )


def _joined(run: Sequence[Paragraph]) -> Iterator[Block]:
    if any(
        block.text.string.startswith(KEPT_INDENT) and block.text.string.strip(KEPT_INDENT).strip()
        for block in run
    ):
        yield code_of(run)
    else:
        yield from run
