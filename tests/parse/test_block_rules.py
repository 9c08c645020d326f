"""Rules of Markdown are not asked where they cannot apply: the same blocks as by all of them."""

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from k8snotes.parse.block_rules import block_tokens

LINES = st.sampled_from(
    [
        "", " ", "甲。", "  甲", "    甲", "\t甲", "word", "É", "“引”", "１. 全角", "===", "---", "- 甲",
        "  乙", "1. 甲", "2) x", "> 甲", "> - 甲", ">", "# 题",
         "甲 | 乙", "--- | ---", "| 丙 |", "```", "~~~",
        "<div>", "</div>", "<!-- x", "-->", "[甲]: /url", "* * *", "+ ", "\u3000甲", "\u00a0甲", "_x_", "*x*",
    ]
)  # fmt: skip
# What begins a line, or looks as if it did: of these come all marks of blocks, and nearly all that are none.
PIECES = st.sampled_from(
    [
        "甲", "x", " ", "    ", "\t", "`", "``", "*", "**", "_", "-", "--", "+", "1", "1.", "12)", "#",
        ">", "<", "1234567890", "div>", "<!--", "[", "]", "[甲](x)", "]:", "|", ":", "=", "~~~", "~", "{{<",
        *"\"'\\!&./%()^@;?,$}",
    ]
)  # fmt: skip
LINES_OF_PIECES = st.lists(PIECES, max_size=4).map("".join)


def blocks(tokens: Sequence[Token]) -> list[tuple[str, list[int] | None, int, bool, str]]:
    """What is read of tokens."""
    return [
        (token.type, token.map, token.level, token.hidden, "" if is_of_paragraph(before) else token.content)
        for before, token in zip([None, *tokens], tokens, strict=False)
        if token.nesting >= 0
    ]


def is_of_paragraph(token: Token | None) -> bool:
    return token is not None and token.type == "paragraph_open"


@given(st.lists(LINES | LINES_OF_PIECES, max_size=14))
@example(["- 甲", "乙", "", "  丙", "丁"])
@example(["> 甲", "乙", "> 丙", "", "    丁"])
@example(["甲", "    乙", "==="])
@example(["`甲` | 乙", ":-|-:"])
@example(["甲 | 乙", "-:|-:"])
@example(["- - -"])
@example(["[甲](x)]:", "[乙]:", "/url"])
@example(["- 甲", "\t乙", " \t 丙", "   \t> 丁"])
def test_blocks_are_those_that_all_rules_make_of_a_text(lines: list[str]) -> None:
    whole = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    whole.core.ruler.enableOnly(["block"])

    assert blocks(block_tokens(lines)) == blocks(whole.parse("\n".join([*lines, ""])))
