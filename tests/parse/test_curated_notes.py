# ruff: noqa: E501 - lines as pages have them
"""A reader's own notes with picked comments: names in every spelling, and sections that hold none."""

import datetime

import pytest

from k8snotes.model.lesson import Figure, Heading, Lesson
from parse.pages import block_texts, lesson_of, only_comment
from properties.laws import broken_laws

TITLE = "# 0203. 锅盖：什么时候掀？"
BODY = "锅盖掀早了，饭是夹生的。\n\n## 01. 听声音\n\n咕嘟声停了，就关火。"


def notes(
    *sections: str,
    heading: str = "## 精选留言",
    byline: str = "> 2018-05-14 秦稻香",
    title: str = TITLE,
    body: str = BODY,
) -> Lesson:
    parts = [title, byline, body, heading if sections else "", *sections]
    return lesson_of("\n\n".join(part for part in parts if part), "0203锅盖.md")


def names(lesson: Lesson) -> list[str | None]:
    return [comment.author for comment in lesson.comments]


def texts(lesson: Lesson) -> list[str]:
    return [comment.text.string for comment in lesson.comments]


@pytest.mark.parametrize(
    "byline", ["> 2018-05-14 秦稻香", "> 秦稻香 2018-05-14", "2018-05-14 秦稻香", "秦稻香 2018-5-14"]
)
@pytest.mark.parametrize("title", [TITLE, f"#{TITLE}"])
def test_title_date_and_author_stand_at_the_head(title: str, byline: str) -> None:
    lesson = notes("### 01\n\n压块湿布。\n\n2018-05-15", title=title, byline=byline)

    assert lesson.format == "curated-notes"
    assert (lesson.title, lesson.number) == ("0203. 锅盖：什么时候掀？", 203)
    assert (lesson.author, lesson.date) == ("秦稻香", datetime.date(2018, 5, 14))
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == ["01. 听声音"]


@pytest.mark.parametrize("heading", ["## 精选留言", "## 黑板墙", "## 留言精选", "### 精选留言", "# 黑板墙"])
def test_the_last_section_of_that_name_holds_the_comments(heading: str) -> None:
    lesson = notes("#### 01\n\n指节很长：\n\n水要少一点。\n\n2018-05-12", heading=heading)

    assert names(lesson) == ["指节很长"]


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("指节很长：", "指节很长"),
        ("lid watcher:", "lid watcher"),
        ("🍚：", "🍚"),
        ("，：", "，"),
        ("> 指节很长", "指节很长"),
        ("> lid.watcher | 2018-05-12", "lid.watcher"),
        ("> 指节 很长 ｜ 2018-05-12", "指节 很长"),
        ("> 7days | 2018-05-12", "7days"),
        ("> 🍚 | 2018-05-12", "🍚"),
        ("> ，", "，"),
        ("> …", "…"),
        ("半指水", "半指水"),
        ("cupful9", "cupful9"),
    ],
)
def test_a_name_is_written_in_several_ways(shown: str, name: str) -> None:
    comment = only_comment(notes(f"### 01\n\n{shown}\n\n我量出来总是稀饭，原来是手指的问题。\n\n2018-05-12"))

    assert (comment.author, comment.date) == (name, datetime.date(2018, 5, 12))
    assert comment.text.string == "我量出来总是稀饭，原来是手指的问题。"


@pytest.mark.parametrize(
    "text",
    [
        "我数了秒，七分钟左右嘶嘶声起来。",
        "砂锅多等一会儿的办法我试了三回，比铁锅慢半分钟左右",
        "1、砂锅慢一分钟。\n\n2、铁锅快半分钟。",
        "思考题：\n\n我的答案是等三分钟再掀，不然全是水，盖子上的也要擦掉。",
    ],
)
def test_a_comment_without_a_name_is_all_text(text: str) -> None:
    comment = only_comment(notes(f"### 01\n\n{text}\n\n2018-05-15"))

    if not text.startswith("思考题"):  # which a name would look like
        assert (comment.author, comment.text.string) == (None, text)


def test_a_line_of_the_text_that_ends_in_a_colon_is_no_name() -> None:
    comment = only_comment(
        notes("### 01\n\n量杯党：\n\n我的办法。\n\n水要少一点：\n\n1. 新米少放。\n\n2018-05-12")
    )

    assert comment.author == "量杯党"
    assert comment.text.string == "我的办法。\n\n水要少一点：\n\n1. 新米少放。"


def test_several_comments_stand_below_one_number() -> None:
    lesson = notes(
        "### 01\n\n量杯党：\n\n量杯才准。\n\n2018-05-11\n\n指节很长：\n\n我用手。\n\n2018-05-12",
        "### 02\n\n> 半指水 | 2018-05-13\n\n听不懂。\n\n> 满指水 | 2018-05-14\n\n再听一遍。",
    )

    assert names(lesson) == ["量杯党", "指节很长", "半指水", "满指水"]
    assert texts(lesson) == ["量杯才准。", "我用手。", "听不懂。", "再听一遍。"]
    assert [comment.date and comment.date.day for comment in lesson.comments] == [11, 12, 13, 14]


def test_every_number_begins_a_comment_even_without_names_and_dates() -> None:
    lesson = notes(
        "### 01\n\n第一条没有日期，说的是水。",
        "### 02\n\n第二条也没有，说的是火。",
        "### 03\n\n有的。\n\n2018-05-14",
    )

    assert texts(lesson) == ["第一条没有日期，说的是水。", "第二条也没有，说的是火。", "有的。"]


def test_comments_need_no_numbers_above_them() -> None:
    lesson = notes(
        "小火慢炖阿炊：\n\n听完就去洗锅了。\n\n2018-05-02\n\n一碗见底：\n\n什么时候讲锅巴？\n\n2018-05-09"
    )

    assert names(lesson) == ["小火慢炖阿炊", "一碗见底"]


def test_a_reply_may_be_all_that_a_section_holds() -> None:
    lesson = notes(
        "### 01\n\n量杯党：\n\n准。\n\n2018-05-11", "### 02\n\n作者回复：掀一次，多焖两分钟。\n\n2018-05-20"
    )

    assert (lesson.comments[1].author, lesson.comments[1].text.string) == (None, "")
    assert [reply.text.string for reply in lesson.comments[1].replies] == ["掀一次，多焖两分钟。"]


@pytest.mark.parametrize(
    "reply",
    [
        "作者回复：用听。",
        "作者回复: 用听。",
        "作者回复：\n\n用听。",
        "作者回复\n\n用听。",
        "编辑回复：用听。",
    ],
)
def test_a_reply_stands_before_the_date(reply: str) -> None:
    comment = only_comment(notes(f"### 01\n\n量杯党：\n\n玻璃盖还用听吗？\n\n{reply}\n\n2018-05-15"))

    assert comment.text.string == "玻璃盖还用听吗？"
    assert [said.text.string for said in comment.replies] == ["用听。"]
    assert comment.date == datetime.date(2018, 5, 15)


def test_a_reply_of_several_paragraphs_is_one() -> None:
    comment = only_comment(
        notes(
            "### 01\n\n玻璃盖还用听吗？\n\n作者回复：\n\n1. 用听。\n\n2. 起雾就看不见了：\n\n所以要听。\n\n2018-05-15"
        )
    )

    assert [said.text.string for said in comment.replies] == [
        "1. 用听。\n\n2. 起雾就看不见了：\n\n所以要听。"
    ]


@pytest.mark.parametrize("glyph", ["\ue626", "\ue626\n"])
def test_a_copy_from_the_phone_has_likes_and_a_reply_with_its_own_date(glyph: str) -> None:
    lesson = notes(
        "### 01\n\n> 蒸汽 | 2018-05-17\n\n关火以后余温还在吧。",
        f"焦底收藏家\n\n{glyph}4\n为什么我的底总是焦？\n1.火没关小\n2018-05-18\n\n\ue608 作者回复\n第二条是主因\n\n2018-05-19",
        "Geek_zz20r\n\n1\n锅盖上的小孔要不要堵？\n2018-05-21",
    )

    assert names(lesson) == ["蒸汽", "焦底收藏家", "Geek_zz20r"]
    assert [comment.likes for comment in lesson.comments] == [None, 4, 1]
    assert texts(lesson)[1] == "为什么我的底总是焦？\n1.火没关小"
    assert lesson.comments[1].date == datetime.date(2018, 5, 18)
    assert [reply.text.string for reply in lesson.comments[1].replies] == ["第二条是主因"]


@pytest.mark.parametrize("icon", ["\ue626\n31", "\ue626 31", "31"])
def test_likes_stand_below_a_name_that_follows_a_date(icon: str) -> None:
    lesson = notes(f"量杯党\n{icon}\n量杯才准。\n2018-05-11", f"半指水\n{icon}\n42\n两次都是。\n2018-05-12")

    assert (names(lesson), texts(lesson)) == (["量杯党", "半指水"], ["量杯才准。", "42\n两次都是。"])
    assert [comment.likes for comment in lesson.comments] == [31, 31]


@pytest.mark.parametrize("shown", ["> 量杯党 | 2018-05-11", "> 量杯党", "量杯党："])
@pytest.mark.parametrize(
    "text", ["我量了三回：\n\n42\n\n都是稀饭。", "我量的\n\n42\n\n都是稀饭。", "42\n\n是克数。"]
)
def test_a_number_in_a_text_is_neither_likes_nor_below_a_name(shown: str, text: str) -> None:
    day = "" if "|" in shown else "2018-05-11"
    lesson = notes(f"{shown}\n\n{text}\n\n作者回复：少放水。\n\n{day}", "> 半指水 | 2018-05-12\n\n我也是。")

    assert names(lesson) == ["量杯党", "半指水"]
    assert texts(lesson) == [text, "我也是。"]
    assert [comment.likes for comment in lesson.comments] == [None, None]
    assert [said.text.string for said in lesson.comments[0].replies] == ["少放水。"]


@pytest.mark.parametrize("name", ["精选留言", "留言精选"])
def test_a_section_of_that_name_in_the_middle_is_body(name: str) -> None:
    lesson = notes(body=f"掀早了。\n\n## {name}\n\n从前有人问：锅盖呢？\n\n2018-05-01\n\n## 小结\n\n等。")

    assert lesson.comments == ()
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == [name, "小结"]


@pytest.mark.parametrize(
    "text",
    [
        "def lid():\n    # 揭盖\n    wait(3)\n\n这样写对吗？",
        "# 我的答案\n\n先看火。\n\n## 再看水\n\n水要少。",
    ],
)
@pytest.mark.parametrize("numbers", [("### 01", "### 02", "### 03"), ("### 1.", "", ""), ("", "", "")])
def test_what_looks_like_a_heading_in_a_comment_is_text(text: str, numbers: tuple[str, ...]) -> None:
    comments = ("量杯党：\n\n准。", f"半指水：\n\n{text}", "指节很长：\n\n我用手。")
    lesson = notes(
        *(f"{number}\n\n{said}\n\n2018-05-11" for number, said in zip(numbers, comments, strict=True))
    )

    assert names(lesson) == ["量杯党", "半指水", "指节很长"]
    assert texts(lesson) == ["准。", text, "我用手。"]


@pytest.mark.parametrize("heading", ["# 揭盖", "#### 揭盖："])
def test_a_heading_that_begins_a_comment_is_no_name(heading: str) -> None:
    said = ("量杯党：\n\n准。", f"{heading}\n\n看火。", "#1：\n\n等。")
    lesson = notes(*(f"### {at}\n\n{text}\n\n2018-05-11" for at, text in enumerate(said, 1)))

    assert (names(lesson), texts(lesson)[1]) == (["量杯党", None, "#1"], f"{heading}\n\n看火。")


@pytest.mark.parametrize("last", ["等。", "### 01\n\n等。\n\n2018-05-12", "2018-05-12 起等。"])
def test_a_heading_below_comments_with_none_that_go_on_is_the_page_s(last: str) -> None:
    lesson = notes("### 01\n\n量杯党：\n\n准。\n\n2018-05-11", f"## 小结\n\n{last}")

    assert lesson.comments == ()
    assert "小结" in block_texts(lesson)


def test_a_reply_may_begin_with_a_fence() -> None:
    reply = "```\nlid: open\n```"
    lesson = notes(
        f"### 01\n\n量杯党：\n\n怎么写？\n\n作者回复：{reply}\n\n2018-05-11",
        "### 02\n\n半指水：\n\n```\n# 揭盖\nlid: open\n```\n\n2018-05-12",
    )

    assert names(lesson) == ["量杯党", "半指水"]
    assert [said.text.string for said in lesson.comments[0].replies] == [reply]
    assert texts(lesson)[1] == "```\n# 揭盖\nlid: open\n```"


def test_a_section_of_images_only_is_body() -> None:
    lesson = notes(
        body="掀早了。\n\n## 留言精选\n\n![](https://example.com/a.png)\n\n![](https://example.com/b.png)"
    )

    assert lesson.comments == ()
    assert sum(isinstance(block, Figure) for block in lesson.blocks) == 2


@pytest.mark.parametrize("below", ["就这样记。", "就这样记。\n\n```sh\nlid: open\n```"])
def test_a_fenced_example_of_such_a_section_is_body(below: str) -> None:
    example = "## 精选留言\n\n### 01\n\n> 量杯党 | 2018-05-11\n\n准。"
    lesson = notes(body=f"掀早了。\n\n```md\n{example}\n```\n\n{below}")

    assert lesson.comments == ()
    assert block_texts(lesson)[1:3] == [example, "就这样记。"]


def test_the_last_of_two_sections_of_that_name_holds_the_comments() -> None:
    lesson = notes(
        "### 01\n\n量杯党：\n\n准。\n\n2018-05-11",
        body="掀早了。\n\n## 精选留言\n\n![](https://example.com/a.png)\n\n## 小结\n\n等。",
    )

    assert names(lesson) == ["量杯党"]
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == [
        "精选留言",
        "小结",
    ]


def test_a_section_of_names_in_colons_without_a_date_holds_comments() -> None:
    lesson = notes("### 01\n\n量杯党：\n\n量杯才准。", "### 02\n\n指节很长：\n\n我用手，从来不量。")

    assert names(lesson) == ["量杯党", "指节很长"]


def test_notes_without_comments_are_a_lesson() -> None:
    lesson = notes()

    assert (lesson.title, lesson.comments) == ("0203. 锅盖：什么时候掀？", ())


def test_code_in_a_comment_is_no_number_and_no_name() -> None:
    comment = only_comment(
        notes("### 01\n\n量杯党：\n\n```sh\n# 01\nlid: open\n```\n\n这样写对吗，总是报错。\n\n2018-05-11")
    )

    assert comment.author == "量杯党"
    assert comment.text.string == "```sh\n# 01\nlid: open\n```\n\n这样写对吗，总是报错。"


def test_a_quotation_in_a_dated_comment_is_no_name() -> None:
    comment = only_comment(
        notes("### 01\n\n> 量杯党 | 2018-05-13\n\n老师说过：\n\n> 水要少一点\n\n我同意这一句，也试了。")
    )

    assert comment.author == "量杯党"
    assert comment.text.string == "老师说过：\n\n> 水要少一点\n\n我同意这一句，也试了。"


def test_quoted_names_without_dates_begin_a_comment_each() -> None:
    lesson = notes("> 量杯党\n\n量杯才准。\n\n作者回复：是。\n\n> 指节很长\n\n我用手，从来不量。")

    assert names(lesson) == ["量杯党", "指节很长"]


def test_where_all_comments_begin_with_quoted_names_one_may_end_as_sentences_do() -> None:
    lesson = notes(*(f"> {name}\n\n准。\n\n2018-05-11" for name in ("量杯党", "不!", "半指水")))

    assert (names(lesson), texts(lesson)) == (["量杯党", "不!", "半指水"], ["准。"] * 3)


@pytest.mark.parametrize(
    ("second", "third"),
    [
        ("> 掀早了？\n\n对。", "指节很长：\n\n准。"),
        ("> 老师，掀早了？\n\n对。", "> 指节很长\n\n准。"),
        ("> 水要少。\n>\n> 火要小。\n\n对。", "> 指节很长\n\n准。"),
        ("> 锅盖掀早了，饭是夹生的。\n\n对。", "> 指节很长\n\n准。"),
    ],
)
def test_a_quoted_sentence_that_begins_a_comment_is_no_name(second: str, third: str) -> None:
    lesson = notes(*(f"{said}\n\n2018-05-11" for said in ("> 量杯党\n\n准。", second, third)))

    assert (names(lesson), texts(lesson)) == (["量杯党", None, "指节很长"], ["准。", second, "准。"])


@pytest.mark.parametrize(
    "text", ["他说得对。\n\n> 水要少\n\n我同意。", "他说：\n\n> 水要少\n> 火要小\n\n对。"]
)
def test_where_comments_end_in_dates_a_quotation_in_one_is_no_name(text: str) -> None:
    lesson = notes(f"### 01\n\n> 量杯党\n\n{text}\n\n2018-05-11\n\n> 指节很长\n\n我用手。\n\n2018-05-12")

    assert (names(lesson), texts(lesson)) == (["量杯党", "指节很长"], [text, "我用手。"])
    assert [comment.date and comment.date.day for comment in lesson.comments] == [11, 12]


def test_where_one_comment_alone_ends_in_a_date_quoted_names_follow_texts() -> None:
    lesson = notes("> 量杯党\n\n准。", "> 指节很长\n\n我用手。", "> 半指水\n\n好。\n\n2018-05-01")

    assert names(lesson) == ["量杯党", "指节很长", "半指水"]


def test_a_quotation_of_two_lines_is_no_name() -> None:
    lesson = notes(
        "> 量杯党\n\n他说：\n\n> 水要少\n> 火要小\n\n作者回复：是。", "> 指节很长\n\n我用手，从来不量。"
    )

    assert names(lesson) == ["量杯党", "指节很长"]


@pytest.mark.parametrize(
    "text", ["我记一下日子：\n\n2018-05-01\n\n开锅，糊了。", "2018-05-01\n\n开锅，糊了。"]
)
@pytest.mark.parametrize("reply_day", ["", "\n\n2018-05-13"])
def test_a_comment_with_a_date_beside_its_name_may_hold_another(text: str, reply_day: str) -> None:
    lesson = notes(
        f"> 量杯党 | 2018-05-11\n\n{text}\n\n作者回复：火小一点。{reply_day}",
        "> 指节很长 | 2018-05-12\n\n我用手。",
    )

    assert (names(lesson), texts(lesson)) == (["量杯党", "指节很长"], [text, "我用手。"])
    assert [comment.date and comment.date.day for comment in lesson.comments] == [11, 12]
    assert [said.text.string for said in lesson.comments[0].replies] == ["火小一点。"]


def test_an_invitation_to_comment_is_no_comment() -> None:
    lesson = lesson_of("# 焖饭\n\n> 2018-03-09 发布\n\n正文。\n\n## 留言\n\n欢迎留言。\n", "x.md")

    assert (lesson.format, lesson.comments) == ("markdown", ())


def test_a_text_may_run_into_its_date_and_into_the_reply() -> None:
    lesson = notes(
        "### 01\n\n先泡米，再点火。2018-05-11",
        "### 02\n\n新米要不要少放水？作者回复：要，少一成。2018-05-12",
        "### 03\n\n这样写：\n\n```sh\nlid: open\n```\n2018-05-13",
        "### 04\n\n水放少了....2018-05-14",
    )

    assert [str(comment.date) for comment in lesson.comments] == [f"2018-05-1{day}" for day in range(1, 5)]
    assert texts(lesson) == [
        "先泡米，再点火。",
        "新米要不要少放水？",
        "这样写：\n\n```sh\nlid: open\n```",
        "水放少了....",
    ]
    assert [reply.text.string for comment in lesson.comments for reply in comment.replies] == ["要，少一成。"]


def test_a_reply_that_a_reader_quotes_is_none_even_where_texts_run_into_replies() -> None:
    comment = only_comment(notes("### 01\n\n您说过“作者回复：别空烧”，我没听。2018-05-11"))

    assert (comment.text.string, comment.replies) == ("您说过“作者回复：别空烧”，我没听。", ())


def test_a_line_that_ends_in_a_date_ends_no_comment_in_the_middle_of_one() -> None:
    comment = only_comment(notes("### 01\n\n这口锅买于2018-05-01\n\n上个月裂了。\n\n2018-05-11"))

    assert comment.text.string == "这口锅买于2018-05-01\n\n上个月裂了。"


def test_the_lesson_s_own_question_stands_before_the_first_number() -> None:
    question = "如果锅底不平，又该怎么办呢？\n\n```sh\nlid: open\n```"
    lesson = notes(question, "### 01\n\n换一口。2018-05-11", heading="## 黑板墙")

    assert texts(lesson) == ["换一口。"]
    assert block_texts(lesson)[-3:] == ["黑板墙", "如果锅底不平，又该怎么办呢？", "lid: open"]


def test_comments_before_the_first_number_are_no_question() -> None:
    lesson = notes("> 端锅的人 | 2018-05-10\n\n报到。", "### 01\n\n换一口。\n\n2018-05-11")

    assert (names(lesson), texts(lesson)) == (["端锅的人", None], ["报到。", "换一口。"])


@pytest.mark.parametrize("first", ["说明两点问题：", "我们可以这么分析：", "打个卡", "汇总如下:"])
def test_where_most_comments_have_no_name_a_first_line_is_none(first: str) -> None:
    lesson = notes(
        f"### 01\n\n{first}\n\n锅要厚。\n\n2018-05-11",
        "### 02\n\n我数了秒，七分钟左右嘶嘶声起来。\n\n2018-05-12",
        "### 03\n\n砂锅慢一分钟，铁锅快半分钟，各有各的好。\n\n2018-05-13",
    )

    assert names(lesson) == [None, None, None]
    assert texts(lesson)[0] == f"{first}\n\n锅要厚。"


def test_comments_may_be_the_items_of_a_list() -> None:
    lesson = notes(
        "- 先泡米。\n\n  再点火：\n\n  - 小火\n  - 大火\n\n- 新米少放水吗？\n\n  作者回复: 少一成。\n\n- 不懂… 展开",
        heading="### 精选留言",
        byline="",
    )

    assert lesson.format == "curated-notes"
    assert texts(lesson) == ["先泡米。\n\n再点火：\n\n- 小火\n- 大火", "新米少放水吗？", "不懂…"]
    assert [reply.text.string for reply in lesson.comments[1].replies] == ["少一成。"]
    assert [comment.clipped for comment in lesson.comments] == [False, False, True]


def test_an_item_may_begin_with_a_name_above_a_quotation() -> None:
    lesson = notes(
        "1.  #量杯党\n\n    >   量杯才准。\n    >\n    >   真的。\n\n2.  #半指水\n\n    >   听不懂。",
        heading="### 精选留言",
        title="[toc]\n\n## 05 | 水量",
        byline="",
    )

    assert lesson.title == "05 | 水量"
    assert (names(lesson), texts(lesson)) == (["量杯党", "半指水"], ["量杯才准。\n\n真的。", "听不懂。"])


@pytest.mark.parametrize(("name", "reply"), [("**{}**：", "**作者回复**："), ("**{}：**", "**作者回复:** ")])
def test_quotations_begin_with_a_bold_name_wherever_their_section_stands(name: str, reply: str) -> None:
    lesson = notes(
        f"> {name.format('元气🍣 🇨🇳')}\n> 先泡米？\n>\n> - 小火\n>\n> {reply}**先泡**，再点火。\n>\n> 别急。",
        f"> {name.format('街角·陌路△')}\n> 收下。",
        "---\n\n## 参考资料\n\n- 《灶台》",
        heading="---\n\n## 精选留言摘录",
    )

    assert lesson.format == "curated-notes"
    assert names(lesson) == ["元气🍣 🇨🇳", "街角·陌路△"]
    assert texts(lesson) == ["先泡米？\n\n- 小火", "收下。"]
    assert [said.text.string for said in lesson.comments[0].replies] == ["**先泡**，再点火。\n\n别急。"]
    assert block_texts(lesson)[-2:] == ["参考资料", "- 《灶台》"]


@pytest.mark.parametrize("lines", ["    压块湿布。\n    别掀。", "    压块湿布。\n\n- 别掀。"])
def test_a_list_of_comments_begins_with_an_item(lines: str) -> None:
    lesson = notes(lines)

    assert lesson.comments == ()
    assert broken_laws(lesson) == []
    assert "压块湿布。" in "\n".join(block_texts(lesson))


def test_a_section_of_a_list_that_invites_is_body() -> None:
    lesson = notes(body="掀早了。\n\n## 留言\n\n- 欢迎留言\n- 欢迎来信")

    assert lesson.comments == ()


@pytest.mark.parametrize("byline", ["2018-05-14 秦稻香", "> 秦稻香 2018-05-14"])
def test_a_byline_below_a_lesson_s_title_is_sign_enough(byline: str) -> None:
    lesson = notes(byline=byline)

    assert (lesson.author, str(lesson.date)) == ("秦稻香", "2018-05-14")


@pytest.mark.parametrize(
    ("shown", "author"),
    [
        ("作者：秦稻香", "秦稻香"),
        ("作者: 秦稻香", "秦稻香"),
        ("秦稻香（微信：zao123）", "秦稻香"),
        ("作者：", None),
        ("译者：秦稻香", None),
    ],
)
@pytest.mark.parametrize("byline", ["> {} 2018-05-14", "> 2018-05-14 {}", "{} 2018-05-14"])
def test_the_label_of_an_author_is_no_part_of_the_name(byline: str, shown: str, author: str | None) -> None:
    lesson = notes("### 01\n\n量杯党：\n\n准。\n\n2018-05-11", byline=byline.format(shown))

    assert (lesson.format, lesson.author, str(lesson.date)) == ("curated-notes", author, "2018-05-14")


@pytest.mark.parametrize("title", ["# 开课词：等一等", "## 灶台前没有标准答案", "# **等一等**"])
@pytest.mark.parametrize("byline", ["> 2018-05-14 秦稻香", "> 秦稻香 2018-05-14"])
def test_a_quoted_byline_is_sign_enough_below_any_title(title: str, byline: str) -> None:
    lesson = notes(title=title, byline=byline)

    assert (lesson.format, lesson.title) == ("curated-notes", title.strip("#* "))
    assert (lesson.author, str(lesson.date)) == ("秦稻香", "2018-05-14")
    assert block_texts(lesson)[0] == "锅盖掀早了，饭是夹生的。"


@pytest.mark.parametrize(
    "quoted",
    [
        "> 2018-05-14 更新", "> 写于 2018-05-14", "> 2018-05-14 于灶台", "> 2018-05-14 周一 晴", "> 2018-05-14 读书笔记",
        "> 2018-05-14 那天锅糊了，我记得。", "> 2018-05-14 秦稻香\n> 说过：等。",
    ],
)  # fmt: skip
def test_another_quotation_with_a_date_below_a_title_is_body(quoted: str) -> None:
    lesson = notes(title="# 等一等", byline=quoted)

    assert (lesson.format, lesson.author, lesson.date) == ("markdown", None, None)
    assert block_texts(lesson)[0] == quoted.replace("> ", "")


def test_words_beside_a_date_that_are_no_name_are_no_author() -> None:
    lesson = notes("> 量杯党 | 2018-05-11\n\n准。", byline="> 2018-05-14 更新")

    assert (lesson.format, lesson.author, str(lesson.date)) == ("curated-notes", None, "2018-05-14")
