"""Code that lost its fence: runs of paragraphs that are lines of a program."""

import re
from collections.abc import Iterator, Sequence

from k8snotes.model.lesson import Block, Code, ItemList, Paragraph, Quote
from k8snotes.model.text import Text
from k8snotes.parse.paragraphs import BLANK, concatenated

WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
KEPT_INDENT = "\u200b"  # an editor's mark in front of blanks that it was to keep
KEPT_INDENTS = re.compile(f"^{KEPT_INDENT}+", re.MULTILINE)
# A star at the edge is a list's, and one right before a word Markdown's.
COMMENT_LINE = re.compile(r"(?:\s*(?:#|//|--|/\*)|\s+\*(?=[\s/]))\s?\S")
ESCAPED_COMMENT_LINE = re.compile(r"\s*\\?(?:#|//|--|/\*|\*(?=[\s/]))\s?\S")
BOLD_LINE = re.compile(r"\*\*[^*]+\*\*[：:]?")  # which names the file or the step that the code below is
CODE_MARK = re.compile(r"[{}=<>;|$\\]|\w\(")
ADDRESS = re.compile(r"https?://\S+|\]\([^)]*\)")
WORDS_OF_CODE = 4  # in a line that might be a sentence
NAMES = re.compile(r"(?:[*-] )?[A-Z][\w.+#-]*(?: [\w.+#()-]+){0,5}")  # "ECMAScript 2018 API"
TITLE_MARK = re.compile(r" (?:[|>]|[-=]>) ")  # "05 | Docker"
FIELD = re.compile(r"\s*(?:- )?[a-z][\w./-]*:(?: \S.*)?")  # of YAML
MOST_REMARKS = 6  # above a line of code
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
    for block in blocks:
        if isinstance(block, Paragraph) and (_is_line(block.text.string) or _is_remark(block)):
            run.append(block)
            continue
        result += _joined(run, is_unfenced=is_unfenced)
        run = []
        result.append(block)
    return [*result, *_joined(run, is_unfenced=is_unfenced)]


def _is_line(string: str) -> bool:
    is_code = looks_like_code(string) or is_code_with_chinese(string)
    return is_code and not _is_sentence(string) and not BOLD_LINE.fullmatch(string)


def _is_remark(block: Block) -> bool:
    return ESCAPED_COMMENT_LINE.match(block.text.string) is not None


def _is_sentence(string: str) -> bool:
    """Whether a line is English prose rather than code."""
    return (
        string[:1].isupper()
        and string[-1] in ".!?:"
        and len(string.split()) > WORDS_OF_CODE
        and not CODE_MARK.search(string)
    )


def _keeps_indent(block: Block) -> bool:
    string = block.text.string
    return string.startswith(KEPT_INDENT) and bool(string.strip(KEPT_INDENT).strip())


def _joined(run: Sequence[Paragraph], *, is_unfenced: bool) -> Iterator[Block]:
    stop = len(run)
    while stop and not _is_line(run[stop - 1].text.string):  # a remark with no code below it
        stop -= 1
    lines = run[:stop]
    if any(map(_keeps_indent, lines)) or (
        is_unfenced and any(CODE_MARK.search(ADDRESS.sub("", line.text.string)) for line in lines)
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
    `-`. Remarks belong to the code below them. A heading in Latin, a list of names and an address
    are no code. `is_indented`: the text kept its indentation, so what shows none, nor any mark, is
    no code either, nor is a sentence.
    """
    run: list[Paragraph | Quote | ItemList] = []
    for at, block in enumerate(blocks):
        if (
            isinstance(block, Paragraph | Quote | ItemList)
            and not WIDE.match(block.text.string)  # as most do, which are neither code nor remark
            and (is_all_code(block) or _leads_to_code(blocks, at))
            and not (is_indented and _is_sentence(block.text.string.strip()))
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
    return isinstance(block, Paragraph | Quote | ItemList) and all(
        looks_like_code(line) or is_code_with_chinese(line) for line in block.text.string.split("\n")
    )


def _leads_to_code(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a remark, and so are all others down to the next code."""
    for below in range(at, min(at + MOST_REMARKS, len(blocks))):
        block = blocks[below]
        if not isinstance(block, Paragraph) or not COMMENT_LINE.match(block.text.string):
            return below > at and is_all_code(block)
    return False


def _plain_run(run: Sequence[Paragraph | Quote | ItemList], *, is_indented: bool) -> Iterator[Block]:
    lines = [line for block in run for line in block.text.string.split("\n")]
    says_code = any(map(_says_code, lines)) and any(map(str.isalnum, "".join(lines)))  # no rule of "="
    if not says_code and not (
        _is_nested(lines) if is_indented else len(lines) > 1 and not all(map(_is_words, lines))
    ):
        yield from run
        return
    yield Code(
        text=concatenated([block.text for block in run], "\n"),
        language=None,
        first_line=run[0].first_line,
        last_line=run[-1].last_line,
    )


def _is_nested(lines: Sequence[str]) -> bool:
    """Whether some lines stand further in than the first, or all are fields of one thing."""
    is_in = (line[:1].isspace() for line in lines)
    return not next(is_in) and (any(is_in) or (len(lines) > 1 and all(map(FIELD.fullmatch, lines))))


def _says_code(line: str) -> bool:
    is_sentence = line[:1].isupper() and line.endswith((".", "!", "?")) and len(line.split()) > WORDS_OF_CODE
    bare = ADDRESS.sub("", line)
    if line[:1].isupper() or line[:1].isdigit():
        bare = TITLE_MARK.sub(" ", bare)
    return CODE_MARK.search(bare) is not None and not is_sentence


def _is_words(line: str) -> bool:
    """Whether a line is an address or a name."""
    return ADDRESS.fullmatch(line.strip(BLANK)) is not None or NAMES.fullmatch(line) is not None
