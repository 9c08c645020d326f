"""Lessons of the Markdown collections: the body, the list of comments, and what may go wrong in it."""

import datetime

import pytest

from k8snotes.model.lesson import Code, Heading, ItemList, Paragraph
from parse.pages import (
    block_texts,
    comment_list,
    item,
    lesson_of,
    mkdocs_lesson,
    mkdocs_page,
    only_comment,
    outline,
    warning_codes,
)


@pytest.mark.parametrize(
    ("name", "title", "number"),
    [
        ("04 - 循环（上）：转起来.md", "04 | 循环（上）：转起来", 4),
        ("04-循环 - 番外.md", "04 | 循环 | 番外", 4),
        ("04丨循环.md", "04丨循环", 4),
        ("开篇词 - 先搭一块.md", "开篇词 | 先搭一块", None),
        ("Q&A - 先搭哪一块.md", "Q&A | 先搭哪一块", None),
        ("index.md", "index", None),
    ],
)
def test_the_title_is_the_files_name(name: str, title: str, number: int | None) -> None:
    lesson = lesson_of(mkdocs_page("正文。", item()), name)

    assert lesson.format == "mkdocs"
    assert (lesson.title, lesson.number) == (title, number)


@pytest.mark.parametrize("name", ["04 - 循环.md", "04-循环.md", "04丨循环.md", "期末测试 - 循环.md"])
def test_a_lessons_file_without_comments_is_of_the_same_shape(name: str) -> None:
    assert lesson_of("## 小节\n\n正文。", name).format == "mkdocs"


@pytest.mark.parametrize("first", ["# 循环", "---\ntitle: 循环\n---", "+++\ntitle = '循环'\n+++"])
def test_a_numbered_file_that_brings_its_own_title_is_not(first: str) -> None:
    lesson = lesson_of(f"{first}\n\n正文。", "04 - 别的.md")

    assert (lesson.format, lesson.title) == ("markdown", "循环")


@pytest.mark.parametrize(
    "body",
    [
        "# 写在前面\n\n米要泡。",
        "# 写在前面\n\n米要泡。\n\n# 思考题\n\n几遍？",
        "# 1. 背景\n\n米要泡。\n\n# 2. 做法\n\n加水。",
    ],
)
@pytest.mark.parametrize("name", ["04 - 淘米：几遍.md", "04丨淘米.md", "加餐-淘米.md"])
def test_a_heading_that_begins_the_text_is_no_title(body: str, name: str) -> None:
    lesson = lesson_of(body, name)

    assert lesson.format == "mkdocs"
    assert outline(lesson)[0] == (Heading, body.split("\n")[0].removeprefix("# "))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("04 - 淘米：几遍.md", "# 淘米，几遍？\n\n泡。\n\n# 小结\n\n完。"),
        ("04 - 淘米.md", "# 04 | 淘米：几遍\n\n泡。\n\n# 小结\n\n完。"),
        ("04 - 淘米.md", "# 第四讲：洗\n\n泡。\n\n# 小结\n\n完。"),
        ("04 - 写在前面.md", "# 写在前面\n\n泡。\n\n# 小结\n\n完。"),
        ("04 - 淘米.md", "# 水要几遍\n\n泡。\n\n```sh\n# 一遍\n```"),
        ("04-rice.md", "# 淘米\n\n泡。\n\n# 小结\n\n完。"),
    ],
)
def test_a_heading_that_says_what_the_name_says_is_the_title(name: str, body: str) -> None:
    lesson = lesson_of(body, name)

    assert (lesson.format, lesson.title) == ("markdown", body.split("\n")[0].removeprefix("# "))


def test_a_comment_has_all_that_its_item_says() -> None:
    lesson = mkdocs_lesson(
        mkdocs_page("正文。", item("米要泡。", name="block&#39;s_end", likes=86, answers=5))
    )

    comment = only_comment(lesson)
    assert (comment.author, comment.text.string) == ("block's_end", "米要泡。")
    assert (comment.likes, comment.reply_count) == (86, 5)
    assert comment.date == datetime.date(2019, 5, 6)
    assert (comment.replies, comment.clipped) == ((), False)
    assert lesson.warnings == ()


@pytest.mark.parametrize("tag", ["p", "div"])
@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("", ""),
        ("2021-9-1开学那天看到这里", "2021-9-1开学那天看到这里"),
        ("2021-09-01", "2021-09-01"),
        ("a &lt; b &amp;&amp; b &gt; c", "a < b && b > c"),
        ("https:&#47;&#47;example.com?a=1&b=2", "https://example.com?a=1&b=2"),
        ("&amp;lt; 不再解一次", "&lt; 不再解一次"),
        ("&#65292;&quot;好&quot;", '，"好"'),
        ("# 不是标题\n- 不是列表", "# 不是标题\n- 不是列表"),
        ("```\nrepeat 2 {\n\n}\n```", "```\nrepeat 2 {\n\n}\n```"),
        ("第一行\r\n\r\n第三行\r\n", "第一行\n\n第三行"),
        ("\n作者回复: 先画圈\n\n我想了一晚", "作者回复: 先画圈\n\n我想了一晚"),
        ("\u200b我等第五讲！", "我等第五讲！"),
        ("一换行<br>就断", "一换行<br>就断"),
    ],
)
def test_a_text_is_what_its_reader_wrote(stored: str, text: str, tag: str) -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。", item(stored, tag=tag), item("末")))

    assert [comment.text.string for comment in lesson.comments] == [text, "末"]
    assert lesson.comments[0].replies == ()
    assert lesson.warnings == ()


@pytest.mark.parametrize("name", ["🧱🔁", "　　", "\u00a0", "a̷̮̓b̷̤̈", "积 木 很 多", "，", "👍（3）"])
def test_odd_names_are_names(name: str) -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。", item(name=name), item(name="末")))

    assert [comment.author for comment in lesson.comments] == [name, "末"]


@pytest.mark.parametrize(
    "avatar",
    [
        '<img src="https://static.example.com/avatar/00/1a.jpg" width="30px">',
        '<img src="" width="30px">',
        "<img src='x.jpg'/> ",
    ],
)
def test_a_picture_may_stand_before_the_name(avatar: str) -> None:
    items = [item("一", avatar=avatar, tag="div"), item("二\n\n三\n", name="末", avatar=avatar, tag="div")]

    lesson = mkdocs_lesson(mkdocs_page("正文。", *items))

    assert [(c.author, c.text.string) for c in lesson.comments] == [
        ("转圈的小木马", "一"),
        ("末", "二\n\n三"),
    ]
    assert lesson.warnings == ()


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n  "])
def test_all_comments_are_a_list_of_the_same_kind(gap: str) -> None:
    lesson = mkdocs_lesson(f"正文。{gap}" + comment_list(item("一"), item("二"), heading="全部留言"))

    assert (lesson.format, len(lesson.comments), lesson.comments_total) == ("mkdocs", 2, 2)
    assert block_texts(lesson) == ["正文。"]


def test_a_text_that_kept_its_paragraphs_reads_as_lines() -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。", item("一</p><p>二"), item("末")))

    assert [(c.text.string, c.date) for c in lesson.comments] == [
        ("一\n二", datetime.date(2019, 5, 6)),
        ("末", datetime.date(2019, 5, 6)),
    ]
    assert lesson.warnings == ()


@pytest.mark.parametrize(("shown", "likes"), [("0", 0), ("71", 71), ("", None)])
def test_an_icon_without_a_number_says_nothing(shown: str, likes: int | None) -> None:
    comment = only_comment(mkdocs_lesson(mkdocs_page("正文。", item(likes=shown, answers=shown))))

    assert (comment.likes, comment.reply_count) == (likes, likes)


def test_a_day_that_no_calendar_has_is_warned_of() -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。", item(day="2019-02-30")))

    assert only_comment(lesson).date is None
    assert warning_codes(lesson) == ["impossible-date"]


def test_a_comment_of_a_hundred_thousand_characters_is_one_comment() -> None:
    text = "米&#47;水\n" * 20_000

    comment = only_comment(mkdocs_lesson(mkdocs_page("正文。", item(text))))

    assert comment.text.string == ("米/水\n" * 20_000).strip()
    assert comment.last_line - comment.first_line == 20_000
    assert comment.text.line_at(len(comment.text.string) - 1) == comment.last_line - 1


def test_comments_that_share_a_line_each_know_it() -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。", item("一"), item("二\n三"), item("四")))

    assert [(comment.first_line, comment.last_line) for comment in lesson.comments] == [
        (3, 3),
        (3, 4),
        (4, 4),
    ]


# --- where the body ends


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("- 先想\n- 再写", [ItemList]),
        ("```\nrepeat 3\n```", [Code]),
        ("## 思考题", [Heading]),
        ("    repeat 3", [Code]),
    ],
)
def test_the_list_of_comments_is_no_part_of_what_stands_right_above_it(body: str, kinds: list[type]) -> None:
    lesson = mkdocs_lesson(mkdocs_page(body, item()))

    assert [type(block) for block in lesson.blocks] == kinds
    assert "精选" not in "".join(block_texts(lesson))
    assert len(lesson.comments) == 1


def test_a_fence_left_open_ends_where_the_comments_begin() -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。\n\n```\nrepeat 3", item("```\nx\n```")))

    assert block_texts(lesson) == ["正文。", "repeat 3"]
    assert only_comment(lesson).text.string == "```\nx\n```"
    assert warning_codes(lesson) == ["unclosed-fence"]


QUOTED = f"```\n{comment_list(item('引来的'))}\n```"


def test_a_list_that_the_body_quotes_is_body() -> None:
    lesson = mkdocs_lesson(f"页面这样存：\n\n{QUOTED}\n\n就这样。")

    assert lesson.comments == ()
    assert [type(block) for block in lesson.blocks][1] is Code
    assert block_texts(lesson)[-1] == "就这样。"


@pytest.mark.parametrize("text", ["</ul>\n```\nx\n```", "```\n</ul>\n```", "```\n</ul>\nx"])
def test_the_end_of_a_list_in_a_text_closes_neither_list_nor_fence(text: str) -> None:
    lesson = mkdocs_lesson(mkdocs_page("正文。\n\n```\nrepeat 3", item(text), item("好。")))

    assert [comment.text.string for comment in lesson.comments] == [text, "好。"]


@pytest.mark.parametrize("code", ["```\nx\n```", "```\nx", "</ul>", "```\n</ul>\n```", "说 ```\n</ul>\n```"])
def test_a_list_that_the_body_quotes_is_body_above_all_comments_of_another_kind(code: str) -> None:
    lesson = lesson_of(
        f"# 12 | 存页面\n\n> 秦稻香 2018-05-14\n\n{QUOTED}\n\n## 精选留言\n\n### 01\n\n量杯党：\n\n"
        f"怎么存？\n\n作者回复：这样。\n\n{code}\n\n2018-05-15",
        "12 存页面.md",
    )

    assert (lesson.format, lesson.title, lesson.author) == ("curated-notes", "12 | 存页面", "秦稻香")
    assert [type(block) for block in lesson.blocks] == [Code]
    assert only_comment(lesson).author == "量杯党"


@pytest.mark.parametrize("items", [(), ("真的",)])
def test_the_head_of_a_list_alone_is_body(items: tuple[str, ...]) -> None:
    head = "<div><strong>精选留言（2）</strong></div><ul>"
    lesson = mkdocs_lesson(mkdocs_page(f"```\n{head}\n```\n\n就这样。", *map(item, items)))

    assert [(type(block), block.text.string) for block in lesson.blocks] == [
        (Code, head),
        (Paragraph, "就这样。"),
    ]
    assert tuple(comment.text.string for comment in lesson.comments) == items


def test_a_quoted_list_does_not_hide_the_real_one() -> None:
    lesson = mkdocs_lesson(mkdocs_page(f"页面这样存：\n\n{QUOTED}\n\n就这样。", item("真的")))

    assert only_comment(lesson).text.string == "真的"
    assert len(lesson.blocks) == 3


def test_a_body_heading_that_names_the_comments_does_not_begin_them() -> None:
    lesson = mkdocs_lesson(mkdocs_page("## 精选留言\n\n上一讲有人说：要泡米。", item()))

    assert len(lesson.blocks) == 2
    assert len(lesson.comments) == 1


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_headings_of_all_levels_are_body(level: int) -> None:
    lesson = mkdocs_lesson(mkdocs_page(f"{'#' * level} **水线**\n\n正文。", item()))

    assert outline(lesson) == [(Heading, "**水线**"), (type(lesson.blocks[1]), "正文。")]
    assert lesson.title == "03 | 水线：一指节是多深"


@pytest.mark.parametrize("body", ["", "\n\n"])
def test_a_file_of_comments_alone_has_no_blocks(body: str) -> None:
    lesson = mkdocs_lesson(f"{body}{comment_list(item())}")

    assert lesson.blocks == ()
    assert len(lesson.comments) == 1


@pytest.mark.parametrize(
    ("first", "kind", "text"),
    [
        ("你好，我是沈积木。", Paragraph, "你好，我是沈积木。"),
        ("## 转圈", Heading, "转圈"),
        ("- 先想", ItemList, "- 先想"),
    ],
)
@pytest.mark.parametrize(
    "player",
    [
        '<audio id="audio" controls="" preload="none"><source id="mp3" src="/objects/a.mp3"></audio><br/> ',
        '<video id="video" controls="" preload="none"><source id="mp4" src="/objects/a.mp4"></video><br/> ',
    ],
)
def test_the_player_before_the_first_word_is_no_text(player: str, first: str, kind: type, text: str) -> None:
    lesson = mkdocs_lesson(mkdocs_page(f"{player}{first}\n\n正文。", item()))

    assert outline(lesson) == [(kind, text), (Paragraph, "正文。")]
    place = lesson.blocks[0].text.place_at(0)
    assert lesson.source.lines[place[0] - 1][place[1] :] == first[first.index(text) :]


def test_a_lesson_of_a_player_and_a_paragraph_is_no_crawled_page() -> None:
    lesson = mkdocs_lesson('<audio id="audio" controls=""><source id="mp3" src="a.mp3"></audio><br/> 打卡。')

    assert (lesson.format, block_texts(lesson)) == ("mkdocs", ["打卡。"])


# --- broken lists


def test_a_count_that_is_not_kept_is_warned_of() -> None:
    lesson = mkdocs_lesson("正文。\n" + comment_list(item(), announced=15))

    assert lesson.comments_total == 15
    assert warning_codes(lesson) == ["comment-count"]


def test_a_comment_that_lost_its_end_does_not_swallow_the_next() -> None:
    broken = item("甲", name="一").removesuffix("</p>2019-05-06</li><br/>")

    lesson = mkdocs_lesson(f"正文。\n{comment_list(broken, item('乙', name='二'), announced=2)}")

    assert [(c.author, c.text.string) for c in lesson.comments] == [("一", "甲"), ("二", "乙")]
    assert warning_codes(lesson) == ["cut-comment"]


def test_stray_text_between_comments_is_warned_of() -> None:
    lesson = mkdocs_lesson(f"正文。\n{comment_list(item(), '路过', item(), announced=2)}")

    assert len(lesson.comments) == 2
    assert warning_codes(lesson) == ["stray-text"]


def test_every_prefix_of_a_page_parses_and_keeps_the_comments_so_far() -> None:
    page = mkdocs_page("## 水线\n\n一指节。", item("甲&#47;乙\n丙"), item("丁"), item("戊", tag="div"))
    found = [len(mkdocs_lesson(page[:stop]).comments) for stop in range(1, len(page) + 1)]

    assert found == sorted(found)
    assert found[-1] == 3


def test_line_ends_of_windows_change_nothing() -> None:
    page = mkdocs_page("## 水线\n\n一指节。", item("甲\n\n乙"))

    windows, unix = mkdocs_lesson(page.replace("\n", "\r\n")), mkdocs_lesson(page)

    assert windows == unix
