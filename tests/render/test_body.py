"""A lesson's full text in a note: read back, it says what the lesson says, with what was bold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from k8snotes.model.lesson import Block, Figure, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.model.text import Piece, Text
from k8snotes.render.body import body_markdown, dressed, fenced
from k8snotes.render.escaping import one_line, visible
from k8snotes.segment.marks import bold_runs, without_marks
from k8snotes.speech import speaking
from render.test_markdown_note import lesson

MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
LINES = {"first_line": 1, "last_line": 1}


def text_of(string: str) -> Text:
    return Text(string=string, pieces=(Piece(0, 1, 0),))


def body(*blocks: Block, **fields: object) -> str:
    made: Lesson = lesson(blocks=blocks, **fields)
    return body_markdown(made, bold_runs)


def paragraph(string: str) -> Paragraph:
    return Paragraph(text=text_of(string), **LINES)


def read_bold(markdown: str) -> tuple[str, list[str]]:
    """The words of a paragraph, and which of them are bold."""
    [inline] = [token for token in MARKDOWN.parse(markdown) if token.type == "inline"]
    bold: list[str] = []
    depth = 0
    for child in inline.children or []:
        depth += (child.type == "strong_open") - (child.type == "strong_close")
        if depth and child.content:
            bold.append(child.content)
    return "".join(child.content for child in inline.children or []), bold


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("所谓**控制循环**，就是", "所谓**控制循环**，就是"),
        ("叫**“控制器模式”**。", "叫“**控制器模式**”。"),
        ("**先看，再比。**然后动手", "**先看，再比**。然后动手"),
        ("**（一）看**水", "（**一）看**水"),
        ("**——**", "——"),
        ("a**b**c", "a**b**c"),
        ("**`code`**", "**code**"),
        ("**1.** 看", "**1**. 看"),
        ("- **甲**", r"\- **甲**"),
        ("**甲****乙**", "**甲乙**"),
        ("没有粗体 * 星号", r"没有粗体 \* 星号"),
        ("**甲**://**乙**", "**甲**&#58;//**乙**"),
    ],
)
def test_bold_words_are_bold_beside_any_mark(written: str, shown: str) -> None:
    assert dressed(bold_runs(written)) == shown


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from([*"控制a1，。“”（）:/#-+.=! *_`~", "**", "**", "://", "1."]), max_size=14).map(
        "".join
    )
)
def test_read_back_the_words_are_the_same_and_so_is_what_was_bold(written: str) -> None:
    meant = visible(one_line(without_marks(written)))
    if not meant:
        return

    words, bold = read_bold(dressed(bold_runs(written)))

    assert words == meant
    wanted = [run for run, is_bold in bold_runs(written) if is_bold and any(c.isalnum() for c in run)]
    assert len(bold) == len(wanted)


def test_headings_go_below_those_of_the_note() -> None:
    blocks = [Heading(text=text_of(f"第{level}级"), level=level, **LINES) for level in (1, 2, 6)]

    assert body(*blocks) == "### 第1级\n\n#### 第2级\n\n###### 第6级"
    assert body(Heading(text=text_of("小结"), level=4, **LINES)) == "### 小结"


def test_a_list_keeps_its_marks_and_its_depth() -> None:
    text = "* 甲\n  - 乙\n    接着乙\n  - 丙\n* 丁\n\n3) 戊"

    assert body(ItemList(text=text_of(text), **LINES)) == "- 甲\n    - 乙接着乙\n    - 丙\n- 丁\n3. 戊"


def test_the_lines_of_an_item_are_one_with_a_blank_between_latin_words() -> None:
    text = "- hello\n  world 和\n  水烧\n  开了 k8s\n  Pod"

    assert body(ItemList(text=text_of(text), **LINES)) == "- hello world 和水烧开了 k8s Pod"


def test_a_list_without_marks_gets_them() -> None:
    text = ItemList(text=text_of("甲\n乙"), **LINES)

    assert body(text, markup="plain").startswith("- 甲")


def test_a_quotation_is_one_paragraph_a_line() -> None:
    assert body(Quote(text=text_of("甲\n\n**乙**"), **LINES)) == "> 甲\n>\n> **乙**"


def test_a_table_is_a_table() -> None:
    table = "| 事 | 数 |\n|:--|--:|\n| a\\|b | **3** |\n| 缺 |"

    assert body(Table(text=text_of(table), **LINES)) == "| 事 | 数 |\n|---|---|\n| a\\|b | **3** |\n| 缺 |  |"


def test_a_figure_is_named_and_not_loaded() -> None:
    with speaking("zh"):
        assert body(Figure(text=text_of("![水线](https://example.com/a.png)"), **LINES)) == "（水线）"
        assert body(Figure(text=text_of("![](a.png)"), **LINES)) == "（图）"


@pytest.mark.parametrize("language", [None, "yaml", "Go"])
def test_code_is_fenced_with_its_language(language: str | None) -> None:
    assert fenced("a:\n\tb: 1", language) == f"```{language or ''}\na:\n\tb: 1\n```"


@pytest.mark.parametrize("language", ["mermaid", "dataviewjs", "query", "tasks", "yaml {.x}", "a`b", "```"])
def test_a_language_that_may_be_a_command_is_left_out(language: str) -> None:
    assert fenced("x", language) == "```\nx\n```"


@given(st.text(alphabet="`~\n x<"))
def test_nothing_in_code_ends_its_fence(code: str) -> None:
    tokens = MARKDOWN.parse(fenced(code, "text"))

    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content == f"{visible(code)}\n"


def test_images_and_addresses_of_links_are_left_out_of_prose() -> None:
    text = "看![图](https://example.com/a.png)，见[文档](https://example.com)。"

    assert body(paragraph(text)) == "看，见文档。"


def test_text_of_pages_without_marks_is_taken_to_the_letter() -> None:
    assert body(paragraph("**不是粗体**"), markup="plain") == r"\*\*不是粗体\*\*"
