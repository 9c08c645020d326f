"""The block rules of markdown-it-py, asked only where they can apply.

Of ten rules each looks at nearly every line, and says no: that would be most of a lesson's time. What is read
of the tokens is as by all rules everywhere.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from operator import add
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType as Rule
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token as Token

# A line that begins so cannot begin a block, nor be a part of any but a paragraph.
BEGINS_PLAIN = re.compile(
    r"[^\W\d_]|[^\x00-\x7f]|[\"'(){}!$%&,./;?@\\\]^]|[0-9]++(?![.)])|`{1,2}(?!`)|[*_]{1,2}(?=[^\s*_])"
    r"|\[[^\[\]\\\n]*\]\("
).match
# What the blocks of these rules begin with.
MARKS_OF_RULES = {
    "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*+-0123456789", "reference": "[",
    "html_block": "<", "heading": "#",
}  # fmt: skip
DEEPEST_TEXT = 3  # blanks before it; after four it is code
PARAGRAPH_TOKENS: tuple[tuple[str, Literal[-1, 0, 1]], ...] = (
    ("paragraph_open", 1),
    ("inline", 0),
    ("paragraph_close", -1),
)


def block_tokens(lines: Sequence[str]) -> list[Token]:
    """The tokens of the blocks; of paragraphs their inline tokens are empty."""
    parser = _parser()
    state = _State(lines, parser)
    parser.block.tokenize(state, 0, state.lineMax)
    return state.tokens


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    ruler = parser.block.ruler
    ruler.before("table", "plain_paragraph", _plain_paragraph)
    for rule in [*ruler.__rules__]:
        if marks := MARKS_OF_RULES.get(rule.name):
            ruler.at(rule.name, _tried_at(marks, rule.fn), {"alt": rule.alt})
    return parser


class _State(StateBlock):
    """What the rules look at, made of lines: the parser's own looks for their ends and blanks in a text."""

    def __init__(self, lines: Sequence[str], parser: MarkdownIt) -> None:
        super().__init__("", parser, {}, [])
        self.src = "\n".join([*lines, ""])
        self.lineMax = len(lines)
        lengths = [*map(len, lines)]
        blanks = [len(line) - len(line.lstrip(" \t")) for line in lines]
        columns = blanks
        if "\t" in self.src:
            columns = [len(line[:end].expandtabs(4)) for line, end in zip(lines, blanks, strict=True)]
        # One more than there are lines: the rules look at what follows.
        self.bMarks = [*accumulate([length + 1 for length in lengths], initial=0)]
        self.eMarks = [*map(add, self.bMarks, lengths), len(self.src)]
        self.tShift = [*blanks, 0]
        self.sCount = [*columns, 0]
        self.bsCount = [0] * (len(lines) + 1)


def _tried_at(marks: str, rule: Rule) -> Rule:
    """The rule, asked only where a line begins with one of these."""

    def applies(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        return state.src[first : first + 1] in marks and rule(state, start, stop, silent)

    return applies


def _plain_paragraph(state: StateBlock, start: int, _stop: int, silent: bool) -> bool:
    """Whether a paragraph begins here of which every line begins plainly; its tokens are pushed."""
    if silent or state.sCount[start] - state.blkIndent > DEEPEST_TEXT:
        return False
    below = start
    while (
        below < state.lineMax and (first := state.bMarks[below] + state.tShift[below]) < state.eMarks[below]
    ):
        if state.sCount[below] >= 0 and not BEGINS_PLAIN(state.src, first):
            return False
        below += 1
    state.line = below
    for kind, nesting in PARAGRAPH_TOKENS:  # a list looks for all three
        state.push(kind, "", nesting).map = [start, below]
    return True
