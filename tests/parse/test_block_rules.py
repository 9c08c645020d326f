"""Rules of Markdown are not asked where they cannot apply: the same blocks as by all of them."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from k8snotes.parse.markdown import _block_parser

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


def blocks(parser: MarkdownIt, text: str) -> list[tuple[str, list[int] | None, int, bool]]:
    return [
        (token.type, token.map, token.level, token.hidden)
        for token in parser.parse(text)
        if token.nesting >= 0
    ]


@given(st.lists(LINES | LINES_OF_PIECES, max_size=14).map("\n".join))
@example("- 甲\n乙\n\n  丙\n丁")
@example("> 甲\n乙\n> 丙\n\n    丁")
@example("甲\n    乙\n===\n")
@example("`甲` | 乙\n:-|-:\n")
@example("甲 | 乙\n-:|-:\n")
@example("- - -")
@example("[甲](x)]:\n[乙]:\n/url")
def test_blocks_are_those_that_all_rules_make_of_a_text(text: str) -> None:
    whole = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    whole.core.ruler.enableOnly(["block"])

    assert blocks(_block_parser(), text) == blocks(whole, text)
