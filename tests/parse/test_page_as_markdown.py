"""Printed pages of 2017 to 2019 that a reseller passed on as Markdown."""

import pytest

from k8snotes.model.lesson import Code, Comment, Heading, Lesson
from parse.pages import block_texts, lesson_of, only_comment, warning_codes

JUNK = "![](/img/a.svg)\n\n怕走丢\n\n关闭\n讲堂\n客户端下载\n兑换中心\n 渠道合作"
TITLE = "# 09 | 换一条内胎（一）"
BYLINE = "2017-10-24 鲁链条（微信：0000000000 回“车铃”领礼包）"
COURSE = "修车入门二十讲\n进入课程"
AUDIO = "### 讲述：鲁链条（微信：0000000000）\n\n时长 06:18 大小 2.90M"
BODY = "今天换内胎。\n先松刹车。\n\n## 小结\n\n```\na: 1\n复制代码\n```\n\n下一讲见。"
FOOT = "© 微信：0000000000  \n上一篇\n08 | 工具\n下一篇\n10 | 找气泡\n 写留言"


def listed(
    text: str = "后轮难卸。",
    *,
    name: str = "扳手十五号",
    day: str = "2017-10-26",
    likes: str | None = "__ 17",
    below: str = "",
) -> str:
    fields = [f"- {name}", f"  {day}", f"  {likes}" if likes else "", f"  {text}" if text else "", below]
    return "\n".join(field for field in fields if field)


def page(
    *comments: str,
    junk: str | None = JUNK,
    byline: str | None = BYLINE,
    course: str | None = COURSE,
    audio: str | None = AUDIO,
    body: str = BODY,
    foot: str | None = FOOT,
    heading: str | None = "## 0000000000 车友拼单(36)",
    gap: str = "\n\n",
) -> str:
    head = "\n".join(part for part in (byline, course) if part) or None
    parts = (junk, TITLE, head, audio, body, foot, heading, gap.join(comments))
    return "\n\n".join(part for part in parts if part)


def marked_lesson(text: str) -> Lesson:
    lesson = lesson_of(text, "a.md")
    assert lesson.format == "geektime-markdown"
    return lesson


def comment_of(item: str) -> Comment:
    return marked_lesson(page(item, listed(name="老赵"), listed(name="阿七"))).comments[0]


@pytest.mark.parametrize("name", ["，", "🍳", "a b - c", "2019-01-01", "e\u0301\u0323", "Geek_0a1b", "- 甲"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_name_may_be_anything(name: str, gap: str) -> None:
    lesson = marked_lesson(page(listed(), listed(name=name), listed(), gap=gap))

    assert [comment.author for comment in lesson.comments] == ["扳手十五号", name, "扳手十五号"]
    assert {str(comment.date) for comment in lesson.comments} == {"2017-10-26"}


def test_a_cut_name_and_a_blank_one_are_told() -> None:
    lesson = marked_lesson(page(listed(name="chainring52..."), listed(name="\u3000")))

    assert [(comment.author, comment.author_truncated) for comment in lesson.comments] == [
        ("chainring52", True),
        ("\u3000", False),
    ]


@pytest.mark.parametrize(
    ("likes", "count"), [("__ 17", 17), ("_\ue63b_ 17", 17), ("**17", 17), ("__", None), (None, None)]
)
def test_likes_are_a_number_beside_an_icon(likes: str | None, count: int | None) -> None:
    assert only_comment(marked_lesson(page(listed(likes=likes)))).likes == count


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("2017-10-01\n  那天", "2017-10-01\n那天"),
        ("三\n  **3", "三\n**3"),
        ("**3\n  三", "**3\n三"),
        ("坎儿：\n\n1. 变速；\n2. 垫布。\n- 甲\n- 乙", "坎儿：\n\n1. 变速；\n2. 垫布。\n- 甲\n- 乙"),
        ("## 标题\n  ```\n  x\n  ```", "## 标题\n```\nx\n```"),
        ("a &lt; b\\#1", "a < b#1"),
        ("那句“作者回复: 别硬来”我贴了", "那句“作者回复: 别硬来”我贴了"),
    ],
)
def test_a_text_may_look_like_fields(text: str, shown: str) -> None:
    comment = comment_of(listed(text))

    assert (comment.text.string, comment.likes, str(comment.date)) == (shown, 17, "2017-10-26")
    assert comment.replies == ()


@pytest.mark.parametrize("indent", ["", "  ", "   "])
@pytest.mark.parametrize("clip", ["展开**", "展开*\ue610*", "展开"])
def test_a_clip_mark_and_a_reply_stand_at_any_column(indent: str, clip: str) -> None:
    comment = comment_of(
        listed("好吗", below=f"\n{indent}{clip}\n{indent}编辑回复：好 &amp; 快\n\n{indent}再试。")
    )

    assert (comment.text.string, comment.clipped) == ("好吗", True)
    assert [(reply.by, reply.text.string.split()) for reply in comment.replies] == [
        ("editor", ["好", "&", "快", "再试。"])
    ]


@pytest.mark.parametrize("missing", ["junk", "byline", "course", "audio", "foot", "nothing"])
@pytest.mark.parametrize("comments", [(), (listed(),)])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_part_may_be_missing(missing: str, comments: tuple[str, ...], end: str) -> None:
    parts: dict[str, str | None] = {} if missing == "nothing" else {missing: None}
    if not comments:
        parts["heading"] = None

    lesson = marked_lesson(page(*comments, **parts).replace("\n", end))  # type: ignore[arg-type]

    assert lesson.title == "09 | 换一条内胎（一）"
    assert (lesson.author, lesson.date is None) == (
        (None, True) if missing == "byline" else ("鲁链条", False)
    )
    assert lesson.course == (None if missing == "course" else "修车入门二十讲")
    assert lesson.previous == (None if missing == "foot" else "08 | 工具")
    assert lesson.next == (None if missing == "foot" else "10 | 找气泡")
    assert block_texts(lesson) == ["今天换内胎。", "先松刹车。", "小结", "a: 1", "下一讲见。"]
    assert len(lesson.comments) == len(comments)
    assert warning_codes(lesson) == []


@pytest.mark.parametrize(
    ("byline", "author"),
    [("2017-10-24", None), ("2017-10-24  鲁链条", "鲁链条"), ("2017-1-4 鲁链条", "鲁链条")],
)
def test_a_date_may_stand_without_an_author(byline: str, author: str | None) -> None:
    lesson = marked_lesson(page(listed(), byline=byline))

    assert (lesson.author, lesson.date is None, lesson.course) == (author, False, "修车入门二十讲")
    assert lesson.audio is not None
    assert len(block_texts(lesson)) == 5


def test_a_course_without_its_button_is_one_above_the_audio() -> None:
    lesson = marked_lesson(page(listed(), course="修车入门二十讲"))

    assert lesson.course == "修车入门二十讲"
    assert len(block_texts(lesson)) == 5


def test_a_first_line_of_the_body_is_no_course() -> None:
    lesson = marked_lesson(page(listed(), course=None, audio=None))

    assert lesson.course is None
    assert block_texts(lesson)[0] == "今天换内胎。"


def test_marks_above_the_texts_are_marks_where_most_comments_have_none() -> None:
    lesson = marked_lesson(page(listed(likes=None), listed(), listed(likes=None), listed(likes=None)))

    assert [comment.likes for comment in lesson.comments] == [None, 17, None, None]
    assert {comment.text.string for comment in lesson.comments} == {"后轮难卸。"}


def test_a_count_without_comments_is_a_count() -> None:
    lesson = marked_lesson(page(heading="## 精选留言(0)"))

    assert (lesson.comments, lesson.comments_total) == ((), 0)


@pytest.mark.parametrize("heading", ["## 精选留言", "### 留言精选", "## 精选留言(3)"])
def test_a_heading_of_the_body_begins_no_comments(heading: str) -> None:
    lesson = marked_lesson(page(listed(), body=f"{BODY}\n\n{heading}\n\n![](a.png)\n\n- 甲\n- 乙"))

    assert sum(isinstance(block, Heading) for block in lesson.blocks) == 2
    assert sum(isinstance(block, Code) for block in lesson.blocks) == 1
    assert len(lesson.comments) == 1


@pytest.mark.parametrize("comments", [(), (listed(),)])
def test_a_fenced_example_of_the_comments_is_body(comments: tuple[str, ...]) -> None:
    example = f"## 精选留言(3)\n\n{listed(name='例子')}"
    body = f"页面这样存：\n\n```\n{example}\n```\n\n## 小结\n\n完。"
    lesson = marked_lesson(page(*comments, body=body, heading="## 车友拼单(36)" if comments else None))

    assert block_texts(lesson) == ["页面这样存：", example, "小结", "完。"]
    assert [comment.author for comment in lesson.comments] == ["扳手十五号"] * len(comments)
    assert (lesson.previous, lesson.next) == ("08 | 工具", "10 | 找气泡")


def test_a_line_of_the_body_that_begins_like_a_notice_is_body() -> None:
    body = "(c) 第三种。\n" + "\n".join(f"第{i}段。" for i in range(20))

    assert len(block_texts(marked_lesson(page(body=body)))) == 21


def test_a_first_lesson_has_none_before_it() -> None:
    lesson = marked_lesson(page(foot="© 微信\n上一篇\n下一篇\n02 | 工具\n 写留言"))

    assert (lesson.previous, lesson.next) == (None, "02 | 工具")


def test_hundreds_of_comments_are_all_read() -> None:
    lesson = marked_lesson(page(*(listed(name=f"读者{i}") for i in range(374))))

    assert [comment.author for comment in lesson.comments] == [f"读者{i}" for i in range(374)]


@pytest.mark.parametrize(
    "text",
    [
        "# Pot\n\n## Unreleased\n\n- lid\n- rim\n",
        "# 笔记\n\n## 清单(3)\n\n- 甲\n- 乙\n- 丙\n\n上一篇\n写留言\n",
    ],
)
def test_other_markdown_is_not_taken(text: str) -> None:
    assert lesson_of(text, "a.md").format != "geektime-markdown"


def test_a_reply_in_a_list_of_the_text_stands_no_further_right_than_its_mark() -> None:
    comment = comment_of(listed("坎儿：\n\n1. 变速；", below="   作者回复: 记性好\n   下次垫布\n     x = 1"))

    assert [reply.text.string for reply in comment.replies] == ["记性好\n下次垫布\n  x = 1"]
