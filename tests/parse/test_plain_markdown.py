"""Any other Markdown: front matter of every kind, titles, documentation with its source in comments."""

import datetime

import pytest

from k8snotes.model.lesson import Code, Heading, ItemList, Paragraph, Span
from parse.pages import block_texts, lesson_of, outline, page_lesson, warning_codes


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ("title: 水线", "水线"),
        ('title: "水线: 一指节"', "水线: 一指节"),
        ("title: >\n  水线\n  一指节", "水线 一指节"),
        ("title: 2018", "2018"),
        (r'title: "水线\ud83d\ude00"', "水线😀"),
        (r'title: "水线\ud83d"', "水线\ufffd"),
        ("title: 2018-03-01", "2018-03-01"),
        ("layout: blog\ntitle: 水线", "水线"),
        ("# 说明\ntitle: 水线", "水线"),
    ],
)
def test_yaml_before_the_text_says_the_title(fields: str, title: str) -> None:
    lesson = page_lesson(f"---\n{fields}\n---\n\n正文。")

    assert lesson.title == title
    assert block_texts(lesson) == ["正文。"]
    assert lesson.warnings == ()


def test_toml_before_the_text_says_the_title() -> None:
    lesson = page_lesson("+++\ntitle = '水线'\nauthor = '秦稻香'\ndate = 2018-03-01\n+++\n\n正文。")

    assert (lesson.title, lesson.author, lesson.date) == ("水线", "秦稻香", datetime.date(2018, 3, 1))


@pytest.mark.parametrize(
    "date", ["2018-03-01", "2018-03-01T08:00:00+08:00", "2018-03-01 08:00:00", "'2018-3-1'"]
)
def test_a_date_may_be_written_in_several_ways(date: str) -> None:
    assert page_lesson(f"---\ndate: {date}\n---\n正文。").date == datetime.date(2018, 3, 1)


@pytest.mark.parametrize(
    ("author", "shown"),
    [("秦稻香", "秦稻香"), ("[秦稻香, 鲁链条]", "秦稻香、鲁链条"), ("true", None), ("{a: b}", None)],
)
def test_several_authors_are_one_line(author: str, shown: str | None) -> None:
    assert page_lesson(f"---\nauthor: {author}\n---\n正文。").author == shown


@pytest.mark.parametrize(
    "broken",
    [
        "title: 水线: 一指节\ndate: 2018-03-01",
        "title: 水线: 一指节\ndate: 2018-03-01\n\tx: 1",
        "title: 水线\ntitle: 又一个\ndate: 2018-03-01",
        "title: '水线\ndate: 2018-03-01",
    ],
)
def test_what_can_be_read_of_broken_front_matter_is(broken: str) -> None:
    lesson = page_lesson(f"---\n{broken}\n---\n正文。")

    assert lesson.title is not None
    assert lesson.title.startswith("水线")
    assert lesson.date == datetime.date(2018, 3, 1)
    assert warning_codes(lesson) == ["front-matter"]
    assert block_texts(lesson) == ["正文。"]


@pytest.mark.parametrize(
    "fields",
    [
        "date: 2018-02-30",
        "a: [b",
        "x: &a 1\ny: *b",
        "title: {{ page.title }}",
        "n: 0x" + "f" * 5000,
        "title: 0x" + "f" * 5000,
        "title: " + "9" * 5000,
        "a: " + "[" * 1000,
        "a: " + "[" * 1_000_000,
        "x: 1\n? [a]\n: b",
        "title: \x07",
        "x: &a 1\nz: &a 2",
        "x: 1\n<<: 3",
        "title: !!python/object x",
    ],
    ids=lambda fields: fields[:20],
)
def test_no_front_matter_stops_the_work(fields: str) -> None:
    assert block_texts(page_lesson(f"---\n{fields}\n---\n正文。")) == ["正文。"]
    assert block_texts(page_lesson(f"+++\n{fields.replace(': ', ' = ')}\n+++\n正文。")) == ["正文。"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\n先说一句：好。\n\n再说一句。\n\n---\n\n正文。",
        "---\n\n- 甲: 乙\n\n---\n\n正文。",
        "---\n没有下一道线",
    ],
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    lesson = page_lesson(text)

    assert {section.kind for section in lesson.sections} == {"body"}
    assert lesson.warnings == ()


def test_the_title_of_the_front_matter_stands_on_the_lines_of_its_field() -> None:
    lesson = page_lesson("---\nlayout: blog\ntitle: >\n  水线\n  一指节\nid: x\n---\n正文。")

    assert lesson.title_lines == Span(first_line=3, last_line=5)


@pytest.mark.parametrize(
    ("text", "title", "lines"),
    [
        ("# 水线\n\n正文。", "水线", (1, 1)),
        ("\n\n# 水线 #\n\n正文。", "水线", (3, 3)),
        ("\ufeff# 水线\n\n正文。", "水线", (1, 1)),
        ("# 水线 {#water-line}\n\n正文。", "水线", (1, 1)),
        ('# {{< glossary_tooltip text="水线" term_id="x" >}}\n\n正文。', "水线", (1, 1)),
        ("先说一句。\n\n# 水线\n\n正文。", "水线", (3, 3)),
        ("水线\n====\n\n正文。", "水线", (1, 2)),
        ("水线\n====\n\n正文。\n\n火候\n====", "水线", (1, 2)),
        ('<h1 align="center">\n  <img src="x.png"> 水&amp;线\n</h1>\n\n正文。', "水&线", (1, 3)),
        ("![](x.png)\n\n<div><h1>水线</h1></div>\n\n正文。", "水线", (3, 3)),
        ("<h1></h1>\n\n正文。", "controllers", None),
        ("先说一句。\n\n# 一\n\n# 二", "controllers", None),
        ("正文。", "controllers", None),
    ],
)
def test_the_title_is_the_first_heading_else_the_only_one_else_the_files_name(
    text: str, title: str, lines: tuple[int, int] | None
) -> None:
    lesson = page_lesson(text)

    assert lesson.title == title
    assert lesson.title_lines == (lines and Span(first_line=lines[0], last_line=lines[1]))


@pytest.mark.parametrize("text", ["# 水线\n\n正文。", "水线\n====\n\n正文。"])
def test_the_title_is_no_heading_of_the_body(text: str) -> None:
    assert outline(page_lesson(text)) == [(Paragraph, "正文。")]


def test_a_heading_that_is_another_than_the_front_matters_title_is_the_bodys() -> None:
    same = page_lesson("---\ntitle: 水线\n---\n# 《水线》\n\n正文。")
    other = page_lesson("---\ntitle: 水线\n---\n# 写在前面\n\n正文。")

    assert block_texts(same) == ["正文。"]
    assert (other.title, block_texts(other)) == ("水线", ["写在前面", "正文。"])


@pytest.mark.parametrize("name", ["index.md", "_index.md", "README.md"])
def test_a_page_of_one_line_named_for_its_place_is_its_title(name: str) -> None:
    lesson = lesson_of("积木语言十讲", name)

    assert lesson.title == "积木语言十讲"
    assert lesson_of("积木语言十讲\n\n从一块开始。", name).title == name.removesuffix(".md")


# --- what is no text


def test_the_english_source_in_comments_is_no_text() -> None:
    lesson = page_lesson(
        "<!--\n---\ntitle: Controllers\n---\n-->\n\n<!-- overview -->\n\n"
        "<!--\nIn robotics, a _control loop_ never ends.\n\nIt runs.\n-->\n"
        "控制循环永不停止。\n\n"
        "<!--\n## Pattern {#pattern}\n-->\n## 模式  {#pattern}\n\n"
        "* <!-- English -->\n  中文\n* 再一项\n\n  <!--\n  English\n\n  again\n  -->\n"
        "1. 一\n<!-- two -->\n2. 二\n"
    )

    assert outline(lesson) == [
        (Paragraph, "控制循环永不停止。"),
        (Heading, "模式"),
        (ItemList, "* \n  中文\n* 再一项"),
        (ItemList, "1. 一"),
        (ItemList, "2. 二"),
    ]
    assert lesson.warnings == ()


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ('用 {{< glossary_tooltip text="控制循环" term_id="controller" >}} 来做。', "用 控制循环 来做。"),
        ('用 {{<glossary_tooltip term_id="c" text="控制循环">}} 来做。', "用 控制循环 来做。"),
        ('{{< feature-state state="beta" >}}\n正文。', "正文。"),
        ("{{< note >}}\n注意火候。\n{{< /note >}}", "注意火候。"),
        ('{{% alert title="x" %}}\n注意火候。\n{{% /alert %}}', "注意火候。"),
        ("先{{< a >}}后{{< b >}}完。", "先后完。"),
        ("模板写 {{ .Values.x }} 就行。", "模板写 {{ .Values.x }} 就行。"),
        ("没有关上的 {{< note 在这里。", "没有关上的 {{< note 在这里。"),
        ("没有关上的 {{< note\n正文 {{< b >}}。", "没有关上的 {{< note\n正文 。"),
        ("先<!-- x -->后。", "先后。"),
        ("没有关上的 <!-- 在句子中间。", "没有关上的 <!-- 在句子中间。"),
        ("注释写作 `<!-- x -->`，记住。", "注释写作 `<!-- x -->`，记住。"),
        ("注释写作 ``<!-- ` -->``，记住。", "注释写作 ``<!-- ` -->``，记住。"),
        ("- 落单的 ` 管不到\n- 下一行<!-- x -->的 `", "- 落单的 ` 管不到\n- 下一行的 `"),
        ("落单的 ` 不算<!-- x -->代码。", "落单的 ` 不算代码。"),
    ],
)
def test_shortcodes_and_comments_are_left_out_and_nothing_else_is(stored: str, text: str) -> None:
    lesson = page_lesson(stored)

    assert block_texts(lesson) == [text]
    assert lesson.warnings == ()


def test_a_shown_text_leads_back_to_where_it_stands() -> None:
    line = '用 {{< glossary_tooltip text="控制循环" term_id="c" >}} 来做。'

    (block,) = page_lesson(line).blocks

    assert block.text.place_at(2) == (1, line.index("控制"))
    assert block.text.place_at(6) == (1, line.index(" 来做"))


@pytest.mark.parametrize(
    "text",
    [
        "<br/>",
        '<div class="x">\n\n</div>',
        '## {{% heading "whatsnext" %}}',
        "##",
        "* * *",
        "[a]: http://x",
        "<!-- x -->",
    ],
)
def test_lines_without_words_are_no_blocks_and_no_surprise(text: str) -> None:
    lesson = page_lesson(f"前。\n\n{text}\n\n后。")

    assert block_texts(lesson) == ["前。", "后。"]
    assert lesson.warnings == ()


def test_a_footnote_is_text() -> None:
    lesson = page_lesson("正文[^1]。\n\n[^1]: 没有空格的脚注。\n[^2]: 有 空格的脚注。")

    assert "没有空格的脚注。" in "".join(block_texts(lesson))
    assert "有 空格的脚注。" in "".join(block_texts(lesson))
    assert lesson.warnings == ()


def test_words_that_no_rule_claims_are_kept_with_a_warning() -> None:
    lesson = page_lesson("前。\n\n[注]: 这句话像是地址\n\n后。")

    assert block_texts(lesson) == ["前。", "[注]: 这句话像是地址", "后。"]
    assert warning_codes(lesson) == ["unclaimed-line"]


# --- blocks


def test_code_in_a_list_is_a_block_of_its_own() -> None:
    lesson = page_lesson("- 一\n\n  ```yaml\n  a: b\n    c: d\n  ```\n- 二\n\n      深缩进\n")

    assert outline(lesson) == [
        (ItemList, "- 一"),
        (Code, "a: b\n  c: d"),
        (ItemList, "- 二"),
        (Code, "深缩进"),
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_paragraphs_that_plain_text_indents_are_no_code(gap: str) -> None:
    lesson = page_lesson(
        f"很久以前\n\n    山上有一座庙。{gap}    “庙里有谁？”{gap}    一个和尚，\n    在淘米。"
    )

    assert {type(block) for block in lesson.blocks} == {Paragraph}
    assert "山上有一座庙。" in "\n".join(block_texts(lesson)).split("\n")
    assert lesson.blocks[1].text.place_at(0) == (3, 4)


@pytest.mark.parametrize(
    "code",
    [
        "    淘米\n    点火",
        "    淘米(水)。\n    x = 1",
        "    # 淘米。",
        "    say 淘米。",
        "    甲 ->> 乙: 淘米。",
    ],
)
def test_indented_lines_that_are_no_sentences_are_code(code: str) -> None:
    assert [type(block) for block in page_lesson(code).blocks] == [Code]


@pytest.mark.parametrize("blank", ["\u3000", "\u00a0", "\f", "\u200b", "  "])
def test_a_line_of_blanks_that_markdown_does_not_know_parts_paragraphs(blank: str) -> None:
    assert block_texts(page_lesson(f"甲。\n{blank}\n乙。")) == ["甲。", "乙。"]


def test_a_lone_carriage_return_ends_no_line() -> None:
    lesson = page_lesson("甲\r乙。\n\n## 丙\r丁\n\n```\n戊\r己\n```")

    assert block_texts(lesson) == ["甲\r乙。", "丙\r丁", "戊\r己"]
    assert [block.first_line for block in lesson.blocks] == [1, 3, 5]


@pytest.mark.parametrize(("code", "text"), [("复制代码", "复制代码"), ("a\n复制代码", "a"), ("", "")])
def test_the_words_of_the_copy_button_are_no_code(code: str, text: str) -> None:
    (block,) = page_lesson(f"```\n{code}\n```").blocks

    assert block.text.string == text
    assert block.text.pieces[0].line in (1, 2)


@pytest.mark.parametrize("fence", ["```\n未关", "```", "- 一\n\n  ```\n  未关\n\n尾", "> ```\n> 未关"])
def test_a_fence_that_nothing_closes_is_warned_of(fence: str) -> None:
    assert warning_codes(page_lesson(fence)) == ["unclosed-fence"]


@pytest.mark.parametrize(
    "text", ["```\n关\n```", "    ```\n    缩进\n", "~~~~\n```\n~~~~", "> ```\n> 关\n> ```\n"]
)
def test_a_fence_that_is_closed_is_not(text: str) -> None:
    assert warning_codes(page_lesson(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        ">" * 500 + " 深",
        "".join("  " * depth + "- 深\n" for depth in range(300)),
        "[" * 5000,
        "| a | b |\n|---|---|\n" + "| 甲 | 乙 |\n" * 200,
        "<div>" * 2000 + "深",
        "`" * 5000,
        "字" * 100_000,
        "\r" * 100 + "x",
        "\0\0x",
        "x\u2028y\x85z\x1cw",
    ],
    ids=lambda text: text[:6],
)
def test_extreme_texts_are_texts(text: str) -> None:
    lesson = page_lesson(text)

    assert lesson.blocks


def test_a_text_of_blanks_is_a_lesson_of_nothing() -> None:
    lesson = lesson_of("\u3000\n\n \n", "x.txt")

    assert lesson.blocks == ()
    assert [section.kind for section in lesson.sections] == ["body"]
