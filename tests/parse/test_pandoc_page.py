# ruff: noqa: E501 - lines as pages have them
"""A page that went through a word processor: quoted text, names behind pictures, code in pieces."""

import datetime

import pytest

from k8snotes.model.lesson import Code, Heading, ItemList, Lesson, Paragraph
from parse.pages import block_texts, lesson_of, only_comment, outline

PICTURE = "![](media/image{}.png)"
ICONS = PICTURE.format(14) + PICTURE.format(15)
BODY = "> 前面几讲都在和轮子打交道，这一讲换成链条。"
RIGHTS = "> © 版权归极客邦科技所有，未经许可不得传播售卖。"


def comment(
    text: str = "> 蜡比油干净。",
    *,
    name: str = f"> {PICTURE.format(13)}**掉链子专业户**",
    clip: str = "> 展开",
    icons: str = f"{ICONS}22",
) -> str:
    return "\n>\n".join(part for part in (name, "> 2019-04-18", text, clip) if part) + f"\n\n{icons}"


def page(*comments: str, body: str = BODY, foot: str = RIGHTS, count: int = 14) -> Lesson:
    head = "# 31链条实战（上）：上油\n\n> 2019-04-18 鲁链条\n>\n> 修车入门二十讲 进入课程 "
    heading = f"> {PICTURE.format(11)}**精选留言 ({count})**" if comments else ""
    return lesson_of("\n\n".join(part for part in (head, body, foot, heading, *comments) if part), "31.md")


def test_the_head_says_title_date_author_and_course() -> None:
    lesson = page(comment())

    assert lesson.format == "pandoc-docx"
    assert (lesson.title, lesson.author, lesson.course) == (
        "31链条实战（上）：上油",
        "鲁链条",
        "修车入门二十讲",
    )
    assert lesson.date == datetime.date(2019, 4, 18)
    assert lesson.comments_total == 14


@pytest.mark.parametrize("name", ["、", ",", "🚲", "oil 干了没", "Crank.Wu", "_link_", "2019", "a | b"])
def test_a_name_may_be_a_mark_an_emoji_or_words(name: str) -> None:
    assert only_comment(page(comment(name=f"> {PICTURE.format(13)}**{name}**"))).author == name


@pytest.mark.parametrize(
    "line",
    [
        "> ![](media/image13.png)**静音骑手0**",
        "## ![](media/image13.png)静音骑手0",
        "# ![](media/image13.png)静音骑手0",
        "## ![](media/image13.png)**静音骑手0**",
        '> ![](media/image13.png){width="0.3in" height="0.3in"}**静音骑手0**',
        "> ![](media/image13.png) **静音骑手0**",
        "> ![](media/image13.png)静音骑手0",
    ],
)
def test_a_name_stands_behind_its_picture(line: str) -> None:
    lesson = page(comment(), comment(name=line), comment())

    assert [said.author for said in lesson.comments] == ["掉链子专业户", "静音骑手0", "掉链子专业户"]


@pytest.mark.parametrize(
    ("numbers", "likes", "answers"),
    [("2 4", 4, 2), ("22", 22, None), ("", None, None), (" 9", 9, None), ("1 131", 131, 1)],
)
@pytest.mark.parametrize("quoted", ["", "> "])
def test_two_numbers_are_answers_and_likes(
    quoted: str, numbers: str, likes: int | None, answers: int | None
) -> None:
    said = only_comment(page(comment(icons=f"{quoted}{ICONS}{numbers}")))

    assert (said.likes, said.reply_count) == (likes, answers)
    assert (said.text.string, said.clipped) == ("蜡比油干净。", True)


@pytest.mark.parametrize("clip", ["> 展开", "展开", "> 展开\n>"])
def test_the_clip_mark_stands_inside_the_quotation_or_outside(clip: str) -> None:
    said = only_comment(page(comment(clip=clip)))

    assert (said.text.string, said.clipped) == ("蜡比油干净。", True)


def test_icons_may_stand_before_the_clip_mark() -> None:
    said = only_comment(page(comment(clip=f"> {ICONS}3 6\n>\n> 展开", icons="")))

    assert (said.likes, said.reply_count, said.clipped) == (6, 3, True)


def test_a_text_that_a_page_cut_goes_on() -> None:
    said = only_comment(page(comment("> 上坡掉，下坡也\n>\n> 掉，打卡\\~")))

    assert said.text.string == "上坡掉，下坡也掉，打卡~"


@pytest.mark.parametrize("mark", ["作者回复: ", "作者回复：", "编辑回复: "])
def test_a_reply_is_no_part_of_the_text(mark: str) -> None:
    said = only_comment(page(comment(f"> 用蜡行吗\n>\n> {mark}行，先洗干净。", clip="")))

    assert said.text.string == "用蜡行吗"
    assert [reply.text.string for reply in said.replies] == ["行，先洗干净。"]


def test_backslashes_and_entities_are_no_part_of_the_words() -> None:
    said = only_comment(page(comment("> 蜡 &gt; 油 \\* 2 \\| 完。")))

    assert said.text.string == "蜡 > 油 * 2 | 完。"


def test_code_in_numbered_pieces_is_one_block() -> None:
    lesson = page(
        body="> 换挡的代码长这样：\n>\n> 5 }\n>\n> 6\n\n1.  // 2. 定义换挡\n\n2.  public interface Shifter {\n\n"
        "3.  public Gear shiftTo(int n);\n\n> 9 }\n>\n> 10\n\n1.  int n = 3;\n\n> 有了换挡表，再看跑起来的样子。"
    )

    (code,) = [block for block in lesson.blocks if isinstance(block, Code)]
    assert code.text.string.split("\n")[0] == "}"
    assert "public interface Shifter {\npublic Gear shiftTo(int n);" in code.text.string.replace("\n\n", "\n")
    assert block_texts(lesson)[0] == "换挡的代码长这样："
    assert block_texts(lesson)[-1] == "有了换挡表，再看跑起来的样子。"


def test_code_in_numbered_lists_alone_is_code() -> None:
    lesson = page(body="> 看代码：\n\n1.  int n = 3;\n\n2.  shift(n);\n\n> 完。")

    assert [type(block) for block in lesson.blocks][1:2] == [Code]


def test_a_numbered_list_of_words_stays_a_list() -> None:
    lesson = page(body="> 分三步：\n\n1.  先上油，再转两圈。\n\n2.  用 Wax 清洁。\n\n> 完了。")

    assert [kind for kind, _ in outline(lesson)][1:2] == [ItemList]


def test_a_table_that_was_lost_leaves_its_sign() -> None:
    lesson = page(body="> 表在下面。\n\n[TABLE]\n\n> 齿比越大越费腿。")

    assert "表在下面。" in block_texts(lesson)
    assert "齿比越大越费腿。" in block_texts(lesson)


@pytest.mark.parametrize(
    "foot",
    [
        f"{RIGHTS}\n>\n> 上一篇 30 \\| 气嘴\n>\n> 下一篇 32 \\| 链条",
        f"{RIGHTS}\n\n> 上一篇 30 \\| 气嘴\n\n> 下一篇 32 \\| 链条",
        "> 上一篇 30 \\| 气嘴\n>\n> 下一篇 32 \\| 链条",
    ],
)
def test_the_neighbours_are_read_without_their_backslashes(foot: str) -> None:
    lesson = page(comment(), foot=foot)

    assert (lesson.previous, lesson.next) == ("30 | 气嘴", "32 | 链条")
    assert block_texts(lesson) == ["前面几讲都在和轮子打交道，这一讲换成链条。"]


def test_headings_stand_outside_the_quotation() -> None:
    lesson = page(
        comment(), body=f"{BODY}\n\n# 链条和 Gear 的关系\n\n> 要一起看。\n\n## 课堂讨论\n\n> 多久一次？"
    )

    headings = [block.text.string for block in lesson.blocks if isinstance(block, Heading)]
    assert headings == ["链条和 Gear 的关系", "课堂讨论"]


def test_a_page_without_comments_keeps_its_shape() -> None:
    assert page(body="\n>\n".join([BODY] * 3)).format == "pandoc-docx"


def test_a_page_without_comments_date_and_author_keeps_its_shape() -> None:
    lesson = lesson_of(f"# 31链条\n\n{BODY}\n>\n{RIGHTS}\n>\n> 上一篇 30 \\| 气嘴\n", "31.md")

    assert (lesson.format, lesson.previous) == ("pandoc-docx", "30 | 气嘴")


def test_an_article_of_quotations_is_none() -> None:
    assert lesson_of("# 语录\n\n> 慢。\n\n> 等。\n\n> 听。\n", "x.md").format == "markdown"


def test_a_list_of_names_in_latin_stays_a_list() -> None:
    lesson = page(body="> 看两种：\n\n1.  Chain\n\n2.  Gear Ratio\n\n> 完。")

    assert [kind for kind, _ in outline(lesson)][1:2] == [ItemList]


def test_only_the_mark_at_a_lines_beginning_is_one_of_a_quotation() -> None:
    lesson = page(body="> 先看 a -> b。\n>\n> - 甲 > 乙\n\n1.  if n > 0 {\n\n2.  }")

    assert block_texts(lesson) == ["先看 a -> b。", "- 甲 > 乙", "if n > 0 {\n}"]


def test_code_in_fences_outside_the_quotation_keeps_its_own_marks() -> None:
    assert block_texts(page(body=f"{BODY}\n\n```\n> x = 1\n```"))[1:] == ["> x = 1"]


def test_pictures_of_the_page_may_stand_before_names_and_dates() -> None:
    two = PICTURE.format(28) + PICTURE.format(29)
    lesson = page(
        comment(name=f"> {two}**右手拧**"),
        comment("> 两周一次。", name=f"### {two}左手拧").replace("> 2019", f"> {PICTURE.format(9)} 2019"),
        comment("> 三周一次。", name=f"> {two}**2019-01-01**").replace(
            "> 2019", f"> {PICTURE.format(9)}2019"
        ),
    )

    assert [comment.author for comment in lesson.comments] == ["右手拧", "左手拧", "2019-01-01"]
    assert {str(comment.date) for comment in lesson.comments} == {"2019-04-18"}
    assert [comment.text.string for comment in lesson.comments] == [
        "蜡比油干净。",
        "两周一次。",
        "三周一次。",
    ]


def test_a_comment_that_the_converter_took_for_a_heading_is_text() -> None:
    assert (
        only_comment(page(comment("## 蜡比油干净。\n\n> \\# 油也行"))).text.string == "蜡比油干净。\n# 油也行"
    )


def test_the_mark_of_a_clipped_text_may_stand_at_its_end() -> None:
    comment_of_page = only_comment(page(comment("> 先上油，再擦，擦完还要… 展开", clip="")))

    assert (comment_of_page.text.string, comment_of_page.clipped) == ("先上油，再擦，擦完还要…", True)


def test_items_and_code_in_a_comment_stay_lines() -> None:
    text = "> 我的顺序\n\n-   先上油\n\n-   再擦\n\n> link.open()\n>\n> link.oil()"

    assert (
        only_comment(page(comment(text))).text.string
        == "我的顺序\n-   先上油\n-   再擦\nlink.open()\nlink.oil()"
    )


@pytest.mark.parametrize("picture", [PICTURE.format(11), ""])
def test_a_heading_without_a_number_has_no_comments_below_it(picture: str) -> None:
    lesson = page(
        foot=f"{RIGHTS}\n>\n> {picture}**精选留言**\n>\n> 由作者筛选后的优质留言将会公开显示，欢迎踊跃留言。"
    )

    assert (lesson.format, lesson.comments, lesson.comments_total) == ("pandoc-docx", (), None)
    assert block_texts(lesson) == ["前面几讲都在和轮子打交道，这一讲换成链条。"]


def test_a_reader_may_be_named_as_the_heading_is() -> None:
    lesson = page(comment(), comment(name=f"> {PICTURE.format(13)}**精选留言**"))

    assert [comment.author for comment in lesson.comments] == ["掉链子专业户", "精选留言"]


def test_a_body_that_was_cleaned_by_hand_keeps_its_fences() -> None:
    lesson = lesson_of(
        "# 31链条实战\n\n先上油。\n\n# 工具\n\n```js\noil()\n```\n\n"
        f"> {PICTURE.format(11)}**精选留言 (14)**\n\n{comment()}",
        "31.md",
    )

    assert lesson.format == "pandoc-docx"
    assert [type(block) for block in lesson.blocks if not isinstance(block, Paragraph)] == [Heading, Code]
    assert [comment.author for comment in lesson.comments] == ["掉链子专业户"]


def test_code_goes_on_over_lines_whose_numbers_stand_apart() -> None:
    body = (
        "> 看：\n\n\ue664 复制代码\n\n1.  public class Gear {\n\n2.  int teeth = 11;\n\n> 3\n>\n> 4\n>\n> 5 }\n>\n"
        "> void shift(int n) {\n>\n> teeth += n; // 换挡\n\n1.  // 完\n\n> 三个飞轮。"
    )
    lesson = page(body=body)

    assert outline(lesson)[1:2] == [
        (
            Code,
            "public class Gear {\nint teeth = 11;\n\n\n}\nvoid shift(int n) {\nteeth += n; // 换挡\n// 完",
        )
    ]
    assert [block.text.string for block in lesson.blocks if isinstance(block, Paragraph)] == [
        "看：",
        "三个飞轮。",
    ]


def test_a_listing_needs_no_marks_of_a_program_below_the_button_that_copies_it() -> None:
    body = "> 看：\n\n复制代码\n\n1.  GET gears\n\n2.  PUT oil\n\n> 完。"

    assert [block.text.string for block in page(body=body).blocks if isinstance(block, Code)] == [
        "GET gears\nPUT oil"
    ]
