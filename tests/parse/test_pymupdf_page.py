# ruff: noqa: E501 - lines as pages have them
"""A PDF that became noisy Markdown: seconds for names, blanks inside words, marks of a pen."""

import datetime

import pytest

from k8snotes.model.lesson import Code, Heading, Lesson, Paragraph
from parse.pages import block_texts, lesson_of, only_comment

GAP = " \n\n\n\n"
FOOT = "© 版权归极客邦科技所有，未经许可不得传播售卖。 \n\n上一篇 17 | 陈米：还能不能救一救 \n\n下一篇 19 | 糙米的皮 "
BODY = "你好，我是秦稻香。这一篇说米仓。 "


def page(*comments: str, head: str = "2018-3-9 秦稻香 ", body: str = BODY, foot: str = FOOT) -> Lesson:
    parts = [head, f"{body}\n\n{foot}" if foot else body, *comments]
    return lesson_of(GAP.join(part.rstrip(" ") for part in parts if part) + " \n", "18 米仓怎样防虫.md")


def texts(lesson: Lesson) -> list[str]:
    return [comment.text.string for comment in lesson.comments]


def test_the_files_name_is_the_title() -> None:
    lesson = page("1521158460 \n\n没生过虫。 ")

    assert lesson.format == "pymupdf4llm"
    assert (lesson.title, lesson.author) == ("18 米仓怎样防虫", "秦稻香")
    assert lesson.date == datetime.date(2018, 3, 9)
    assert (lesson.previous, lesson.next) == ("17 | 陈米：还能不能救一救", "19 | 糙米的皮")


@pytest.mark.parametrize(
    "comment",
    [
        "1521158460 \n\n没生过虫，吃得快。 ",
        "没生过虫，吃得快。 \n\n1521158460 ",
        "## 1521158460 \n\n没生过虫，吃得快。 ",
        "1521158460 \n没生过虫，吃得快。 ",
        "**1521158460** \n\n没生过虫，吃得快。 ",
    ],
)
def test_the_time_stands_before_the_text_or_after_it(comment: str) -> None:
    lesson = page("1521244800 \n\n第一条。 ", comment, "1533333333 \n\n最后一条。 ")

    assert texts(lesson) == ["第一条。", "没生过虫，吃得快。", "最后一条。"]
    assert lesson.comments[1].date == datetime.date(2018, 3, 16)


def test_days_are_those_of_the_site() -> None:
    assert only_comment(page("1521129600 \n\n半夜了。 ")).date == datetime.date(2018, 3, 16)


@pytest.mark.parametrize("mark", ["作者回复 ", "作者回复: ", "作者回复：", "作者回复 \n\n", "编辑回复 "])
def test_a_reply_needs_no_colon(mark: str) -> None:
    comment = only_comment(page(f"1521158460 \n\n放多了会有味道吗 \n\n{mark}会，捡出来。 "))

    assert comment.text.string == "放多了会有味道吗"
    assert [reply.text.string for reply in comment.replies] == ["会，捡出来。"]


def test_a_reply_of_several_paragraphs_with_code_is_one() -> None:
    comment = only_comment(
        page("1521158460 \n\n问。 \n\n作者回复 两头都要晒： \n\nbin.dry.days \n\n按我的经验是两天。 ")
    )

    (reply,) = comment.replies
    assert reply.text.string.split() == ["两头都要晒：", "bin.dry.days", "按我的经验是两天。"]


def test_a_comment_of_several_paragraphs_is_one() -> None:
    comment = only_comment(page("1521158460 \n\n第一段。 \n\nrice-log --open \n\n第二段。 "))

    assert [line for line in comment.text.string.split("\n") if line.strip()] == [
        "第一段。",
        "rice-log --open",
        "第二段。",
    ]


def test_blanks_of_a_wrapped_line_leave_the_words() -> None:
    comment = only_comment(page("1521158460 \n\n一到梅雨天就拿不 定主意，用 Dry Bag 也 一样 "))

    assert comment.text.string == "一到梅雨天就拿不定主意，用 Dry Bag 也一样"


def test_comments_without_gaps_are_told_by_their_times() -> None:
    lesson = page("1521158460 \n\n第一条。 \n\n1521244800 \n\n第二条。 \n\n1521330000 \n\n第三条。 ")

    assert texts(lesson) == ["第一条。", "第二条。", "第三条。"]


def test_a_comment_with_a_gap_inside_goes_on() -> None:
    lesson = page("1521158460 \n\n第一条，", "说到一半。 ", "1521244800 \n\n第二条。 ")

    assert len(lesson.comments) == 2
    assert "说到一半。" in lesson.comments[0].text.string


def test_the_pens_marks_are_no_part_of_the_body() -> None:
    lesson = page(
        "1521158460 \n\n好。 ", body="~~封~~ 仓之前要 ~~先~~ <mark>晒</mark> ~~透~~ ，两个晴天就够。 "
    )

    assert block_texts(lesson) == ["封仓之前要先晒透，两个晴天就够。"]


def test_a_paragraph_that_a_line_end_cut_goes_on() -> None:
    lesson = page(
        "1521158460 \n\n好。 ",
        body="花椒包主要给小户用，这东西灶台上就有，不花钱，只要把它埋进米里，离盖子一拃深就 \n\n好了，大户用冷冻。 ",
    )

    assert block_texts(lesson) == [
        "花椒包主要给小户用，这东西灶台上就有，不花钱，只要把它埋进米里，离盖子一拃深就好了，大户用冷冻。"
    ]


def test_without_comments_it_is_still_such_a_page() -> None:
    lesson = page()

    assert (lesson.format, lesson.comments) == ("pymupdf4llm", ())
    assert (lesson.title, lesson.author) == ("18 米仓怎样防虫", "秦稻香")


def test_without_a_foot_the_first_time_begins_the_comments() -> None:
    lesson = page("1521158460 \n\n第一条。 ", "1521244800 \n\n第二条。 ", foot="")

    assert block_texts(lesson) == ["你好，我是秦稻香。这一篇说米仓。"]
    assert texts(lesson) == ["第一条。", "第二条。"]


def test_without_date_and_author_the_rest_is_read() -> None:
    lesson = page("1521158460 \n\n第一条。 ", "1521244800 \n\n第二条。 ", head="")

    assert (lesson.title, lesson.author, lesson.date) == ("18 米仓怎样防虫", None, None)
    assert texts(lesson) == ["第一条。", "第二条。"]


def test_headings_of_the_body_are_headings() -> None:
    lesson = page("1521158460 \n\n好。 ", body=f"{BODY}\n\n# 之后看看仓温曲线 \n\n往下走的。 ")

    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == [
        "之后看看仓温曲线"
    ]


@pytest.mark.parametrize("end", ["", " "])
def test_a_blog_post_that_begins_with_its_date_is_none(end: str) -> None:
    text = "2018-03-09 秦稻香{0}\n\n# 米仓{0}\n\n今天说米仓。{0}\n\n- 花椒{0}\n- 冷冻{0}\n"
    lesson = lesson_of(text.format(end), "rice.md")

    assert lesson.format == "markdown"
    assert lesson.title == "米仓"


def test_ten_digits_in_a_text_are_no_time_of_a_comment() -> None:
    lesson = lesson_of("# 时间\n\n现在是\n\n1521158460\n\n秒。\n", "time.md")

    assert lesson.format == "markdown"
    assert lesson.comments == ()
    assert [type(block) for block in lesson.blocks] == [Paragraph] * 3


@pytest.mark.parametrize("mark", ["", "## "])
def test_the_name_may_stand_right_behind_the_time(mark: str) -> None:
    lesson = page("1521158460 \n\n好 ", f"{mark}1521244800杨米仓 \n\n晒一晒 \n\n作者回复 对 ")

    assert [comment.author for comment in lesson.comments] == [None, "杨米仓"]
    assert [str(comment.date) for comment in lesson.comments] == ["2018-03-16", "2018-03-17"]
    assert [reply.text.string for reply in lesson.comments[1].replies] == ["对"]


def test_a_number_at_the_beginning_of_a_later_line_begins_no_comment() -> None:
    comment = only_comment(page("1521158460 \n\n一共有 \n\n1521244800只虫 "))

    assert comment.text.string == "一共有\n\n1521244800只虫"


def test_names_behind_all_times_are_comments_below_the_foot() -> None:
    assert [comment.author for comment in page("1521158460杨米仓 \n\n好 ").comments] == ["杨米仓"]


def test_the_sign_of_the_notice_may_look_like_an_item_s() -> None:
    lesson = page("1521158460 \n\n好 ", foot=f"- {FOOT}")

    assert (lesson.copyright or "").startswith("©")
    assert all("版权" not in text for text in block_texts(lesson))


@pytest.mark.parametrize("mark", ["", "> "])
def test_lines_further_in_and_closing_brackets_are_part_of_the_code_around_them(mark: str) -> None:
    code = ["bin {", "    rice 80;", "    lid {", "        on;", "    }", "}"]
    body = " \n\n".join([BODY, *(mark + line for line in code), "完了。", f"{mark}}}", "再见。 "])
    lesson = page("1521158460 \n\n好 ", body=body)

    codes = [block.text.string for block in lesson.blocks if isinstance(block, Code)]
    assert [[line.strip() for line in text.split("\n") if line.strip()] for text in codes] == [
        [line.strip() for line in code],
        ["}"],
    ]


def test_a_fence_beside_other_code_stays_one() -> None:
    lesson = page("1521158460 \n\n好 ", body=f"{BODY} \n\n```\nrice 80;\n```\n\nlid.lift(1); ")

    assert [block.text.string for block in lesson.blocks if isinstance(block, Code)] == [
        "rice 80;",
        "lid.lift(1);",
    ]


def test_code_is_code_again_whatever_the_converter_made_of_its_lines() -> None:
    body = (
        f"{BODY} \n\n> $ rice-log --open bin-1/ \n\n- $ rice-log --temp 18 \n\n# 再看曲线： \n\n"
        "$ rice-log --plot \n\n米仓里有： \n\n- Rice \n\n- Wheat "
    )
    lesson = page("1521158460 \n\n好 ", body=body)

    assert [block.text.string for block in lesson.blocks if isinstance(block, Code)] == [
        "$ rice-log --open bin-1/\n- $ rice-log --temp 18\n# 再看曲线：\n$ rice-log --plot"
    ]
