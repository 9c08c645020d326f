"""Code that lost its fence: runs of paragraphs that are lines of a program."""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Block, Code, ItemList, Paragraph, Quote
from k8snotes.model.text import Text
from k8snotes.parse.code_lines import (
    FIELD,
    is_field_of_code,
    is_sentence,
    is_words,
    may_stand_in_code,
    proves_code,
    suggests_code,
)
from k8snotes.parse.paragraphs import concatenated

WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
KEPT_INDENT = "\u200b"  # an editor's mark in front of blanks that it was to keep
KEPT_INDENTS = re.compile(f"^{KEPT_INDENT}+", re.MULTILINE)
# A star at the edge is a list's, and one right before a word Markdown's.
COMMENT_LINE = re.compile(r"(?:\s*(?:#|//|--|/\*)|\s+\*(?=[\s/]))\s?\S")
ESCAPED_COMMENT_LINE = re.compile(r"\s*\\?(?:#|//|--|/\*|\*(?=[\s/]))\s?\S")
BOLD_LINE = re.compile(r"\*\*[^*]+\*\*[：:]?")  # which names the file or the step that the code below is
MOST_REMARKS = 6  # above a line of code
MayBeCode = Paragraph | Quote | ItemList | Code
# Where a line of a program holds Chinese: in quotation marks, and in a remark at its end.
QUOTED_OR_REMARK = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`|(?:^|(?<=[\s;{}(),]))(?:#|//|--|/\*).*")
OPENS = re.compile(r"[\"'`#/-]")  # what any of these begins with


def looks_like_code(line: str) -> bool:
    """Whether a line holds no Chinese, or keeps its indentation by a mark, or comments on code."""
    return line.startswith(KEPT_INDENT) or (bool(line.strip()) and not WIDE.search(line))


def is_code_with_chinese(line: str) -> bool:
    """Whether a line's Chinese is all in its strings and its remark: `say("好"); // 说`."""
    if not OPENS.search(line):
        return False if WIDE.search(line) else looks_like_code(line.strip())
    bare = QUOTED_OR_REMARK.sub("", line).strip()
    return bare != "" and looks_like_code(bare)


def join_bare_code(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each run of code paragraphs as one block; remarks belong to the code below them.

    A run is code where one of its lines keeps its indentation. On a page that keeps some and
    has no fence, code without indentation is bare as well, and told by its marks.
    """
    is_unfenced = any(_keeps_indent(block) for block in blocks) and not any(
        isinstance(block, Code) for block in blocks
    )
    result: list[Block] = []
    run: list[Paragraph] = []
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (
            _is_line(block.text.string) or _is_remark(block) or (run and _goes_on_below(blocks, at))
        ):
            run.append(block)
            continue
        result += _joined(run, is_unfenced=is_unfenced)
        run = []
        result.append(block)
    return [*result, *_joined(run, is_unfenced=is_unfenced)]


def _is_line(string: str) -> bool:
    return _is_line_of_code(string) and not is_sentence(string) and not BOLD_LINE.fullmatch(string)


def _is_remark(block: Block) -> bool:
    return ESCAPED_COMMENT_LINE.match(block.text.string) is not None


def _keeps_indent(block: Block) -> bool:
    string = block.text.string
    return string.startswith(KEPT_INDENT) and bool(string.strip(KEPT_INDENT).strip())


def _joined(run: Sequence[Paragraph], *, is_unfenced: bool) -> Iterator[Block]:
    stop = len(run)
    while stop and not _is_line(run[stop - 1].text.string):  # a remark with no code below it
        stop -= 1
    lines = run[:stop]
    if any(map(_keeps_indent, lines)) or (
        is_unfenced
        and any(
            suggests_code(line.text.string) and not COMMENT_LINE.match(line.text.string) for line in lines
        )
    ):
        yield code_of(lines)
        yield from run[stop:]
    else:
        yield from run


def code_of(lines: Sequence[Paragraph]) -> Code:
    """Code from paragraphs that are a line each, or a few where nothing stands between them."""
    return Code(
        text=concatenated([_without_mark(line.text) for line in lines], "\n"),
        language=None,
        first_line=lines[0].first_line,
        last_line=lines[-1].last_line,
    )


def _without_mark(text: Text) -> Text:
    """The text without the marks that kept the indentation of its lines."""
    return text.edited((match.start(), match.end(), "") for match in KEPT_INDENTS.finditer(text.string))


def join_code_in_plain_text(blocks: Sequence[Block], *, is_indented: bool = False) -> Iterator[Block]:
    """The blocks with each run of lines without Chinese as one block of code, if it says so.

    For text that never had fences; a quotation or an item may be what a converter made of `>` and
    `-`, and code what it made of a line that is further in. Remarks belong to the code below them.
    A line alone is code if only programs have such lines. English, a list of names, a formula and
    an address are none. `is_indented`: the text kept its indentation, so several lines are no code
    either if they show none, nor any mark.
    """
    run: list[MayBeCode] = []
    for at, block in enumerate(blocks):
        if (
            isinstance(block, MayBeCode)
            and not WIDE.match(block.text.string)  # as most do, which are neither code nor remark
            and (is_all_code(block) or _leads_to_code(blocks, at) or (run and _goes_on_below(blocks, at)))
            and not is_sentence(block.text.string)
        ):
            run.append(block)
            continue
        if run:
            yield from _plain_run(run, is_indented=is_indented)
            run = []
        yield block
    if run:
        yield from _plain_run(run, is_indented=is_indented)


def is_all_code(block: Block) -> bool:
    """Whether every line of a block may be one of a program."""
    if not isinstance(block, MayBeCode):
        return False
    lines = block.text.string.split("\n")
    if isinstance(block, Code):  # where lines with Chinese are further in as well
        lines = [] if _is_fenced(block) else [line for line in lines if line.strip()]
        return bool(lines) and all(_is_line_of_code(line) or may_stand_in_code(f" {line}") for line in lines)
    return all(map(_is_line_of_code, lines))


def _is_line_of_code(line: str) -> bool:
    return looks_like_code(line) or is_code_with_chinese(line)


def _is_fenced(code: Code) -> bool:
    """Whether code has a fence, rather than the indentation of one line."""
    return not code.text.pieces or code.text.pieces[0].line != code.first_line


def _leads_to_code(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a remark, and so are all others down to the next code."""
    for below in range(at, min(at + MOST_REMARKS, len(blocks))):
        block = blocks[below]
        if not isinstance(block, Paragraph | Quote) or not COMMENT_LINE.match(block.text.string):
            return below > at and is_all_code(block)
    return False


def _goes_on_below(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block with Chinese, and all others down to the next code, may be lines of a program."""
    for below in range(at, min(at + MOST_REMARKS, len(blocks))):
        block = blocks[below]
        if below > at and is_all_code(block):
            return not is_sentence(block.text.string)
        if not isinstance(block, Paragraph | Quote) or not (
            may_stand_in_code(block.text.string) or (below > at and COMMENT_LINE.match(block.text.string))
        ):
            return False
    return False


def _plain_run(run: Sequence[MayBeCode], *, is_indented: bool) -> Iterator[Block]:
    lines = [line for block in run for line in block.text.string.split("\n")]
    if not is_program(lines, is_indented=is_indented):
        yield from run
        return
    yield Code(
        text=concatenated([block.text for block in run], "\n"),
        language=None,
        first_line=run[0].first_line,
        last_line=run[-1].last_line,
    )


def is_program(lines: Sequence[str], *, is_indented: bool = False) -> bool:
    """Whether lines that may be code are; those in Chinese between them say nothing."""
    lines = [line for line in lines if _is_line_of_code(line) or COMMENT_LINE.match(line)]
    if any(map(proves_code, lines)) or _is_nested(lines):
        return True
    if is_indented:
        return sum(map(suggests_code, lines)) > 1
    return len(lines) > 1 and not all(map(is_words, lines))


def _is_nested(lines: Sequence[str]) -> bool:
    """Whether some lines stand further in than the first, or all are fields of one thing."""
    is_in = (line[:1].isspace() and not line.lstrip().startswith("= ") for line in lines)  # a formula's
    return not next(is_in, True) and (
        any(is_in)
        or (len(lines) > 1 and all(map(FIELD.fullmatch, lines)) and any(map(is_field_of_code, lines)))
    )
