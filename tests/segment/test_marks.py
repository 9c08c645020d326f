"""Inline marks: what a reader sees of Markdown, and where it stands in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.model.text import Piece, Text
from k8snotes.segment.marks import plain_text, without_marks

marked_texts = st.lists(
    st.sampled_from(
        [*"控制ab *_`~[]()!<>\\&;\n", "**", "~~", "``", "](", "![", "&lt;", "&#47;", "<b>", "http://a"]
    )
).map("".join)


def text_of(string: str) -> Text:
    """The string as lines 1, 2, … of a source."""
    starts = [0, *(at + 1 for at, character in enumerate(string) if character == "\n")]
    pieces = tuple(Piece(start, line, 0) for line, start in enumerate(starts, start=1))
    return Text(string=string, pieces=pieces)


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("**控制器**模式", "控制器模式"),
        ("**“控制器”**。", "“控制器”。"),
        ("*a* _b_ ***c*** __d__ ~~e~~", "a b c d e"),
        ("**a *b* c** 与 ***d** e*", "a b c 与 d e"),
        ("见[文档](https://example.com/a_b_(c)_d)。", "见文档。"),
        ("见[**文档**][1]。", "见文档。"),
        ("[![图](a.png)](b)好", "好"),
        (r"[文档](a\_b)好", "文档好"),
        ("一 **二 _三** 四_", "一 二 _三 四_"),
        ("![一 张 图](a.png)看图", "看图"),
        ("<https://example.com/a_b_c>", "https://example.com/a_b_c"),
        ("`kubectl get pod <name>`", "kubectl get pod <name>"),
        ("`**kwargs` 与 `**args`", "**kwargs 与 **args"),
        ("`__init__` 和 `&lt;`", "__init__ 和 &lt;"),
        ("`` a`b ``", " a`b "),
        ("<b class='x'>粗</b>体<br/>", "粗体"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        (r"\*不是\* \`强调\`", "*不是* `强调`"),
        ("~~~", "~~~"),
    ],
)
def test_marks_are_taken_off(markdown: str, read: str) -> None:
    assert without_marks(markdown) == read


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "2 * 3 * 4",
        "*.yaml 和 *.json",
        "grid[i][j]",
        "[1] 与 (2)",
        "Map<String, Int>",
        "a < b > c",
        "AT&T ?a=1&copy=2",
        "未完的 **粗体",
        "`没有关上",
        "* 一项\n* 两项",
    ],
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert without_marks(text) == text


def test_emphasis_reaches_over_a_wrapped_line_and_not_over_items() -> None:
    assert without_marks("**一\n二**") == "一\n二"
    assert without_marks("- **一\n- 二**") == "- **一\n- 二**"


@given(marked_texts)
def test_a_string_and_a_text_lose_the_same_marks(markdown: str) -> None:
    assert plain_text(text_of(markdown)).string == without_marks(markdown)


@given(marked_texts)
def test_every_piece_of_a_plain_text_leads_back_to_its_place(markdown: str) -> None:
    source = markdown.split("\n")

    text = plain_text(text_of(markdown))

    offsets = [piece.offset for piece in text.pieces]
    assert offsets[0] == 0
    assert offsets == sorted(set(offsets))
    for offset, character in enumerate(text.string):
        line, column = text.place_at(offset)
        stored = source[line - 1][column : column + 1] or "\n"
        assert stored == character or stored == "&"  # an entity leads to where it begins


@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "**a ",
        "*_",
        "_a",
        "[",
        "[a](",
        "![",
        "[](",
        "(",
        "`",
        "` ",
        "`a``",
        "<",
        "<a ",
        "&",
        "&#1",
        "~~a ",
        "\\",
    ],
)
def test_hostile_marks_in_great_number_are_read_alike_with_places_and_without(unit: str) -> None:
    text = unit * (20_000 // len(unit))

    assert plain_text(Text(string=text, pieces=(Piece(0, 1, 0),))).string == without_marks(text)


def test_fences_of_every_length_that_never_pair_stay_as_they_are() -> None:
    text = " ".join("`" * length for length in range(1, 450))

    assert without_marks(text) == text
