# ruff: noqa: E501 - lines as pages have them
"""What exporters write as HTML or for GitBook: comments in lists, fields told by place and words."""

import datetime

import pytest

from k8snotes.model.lesson import Audio, Code, Figure, Heading, ItemList, Lesson, Paragraph, Quote
from parse.pages import block_texts, lesson_of, only_comment, outline

ARTICLE = (
    "<p>你好，我是鲁链条。</p>\n<pre><code>pad:\n  left: 3mm\n</code></pre><!-- [[[read_end]]] -->\n"
    "<h2>思考题</h2>\n<p>雨天先捏哪一边？</p>"
)


def dl_reply(text: str, *, by: str = "作者回复", time: str = "2018-10-08 09:00:00") -> str:
    return f"<div>\n<div>{by}{time}</div>\n<div>{text}</div>\n</div>"


def dl_item(
    text: str = "后边略早。 [52赞]", *replies: str, name: str = "两手都捏", time: str = "2018-10-08 06:10:11"
) -> str:
    shown = f"<div>\n{name}  {time}\n</div>\n<div>\n{text}\n</div>"
    return f"<li>\n<div>\n{shown}\n<br/>\n{''.join(replies)}\n</div>\n</li>\n<br/>"


def dl_page(*items: str, head: str = "<h1>05 | 刹车</h1>", article: str = ARTICLE) -> Lesson:
    comments = f"<h2>精选留言：</h2>\n<ul>\n{''.join(items)}</ul>" if items else ""
    return lesson_of(
        f"<!DOCTYPE html>\n<html>\n<head><title>05 | 刹车</title></head>\n<body>\n{head}\n{article}\n"
        f"<p></p>{comments}\n</body>\n</html>",
        "05.html",
    )


def test_the_likes_stand_behind_the_text() -> None:
    comment = only_comment(dl_page(dl_item()))

    assert (comment.author, comment.likes, comment.text.string) == ("两手都捏", 52, "后边略早。")
    assert comment.date == datetime.date(2018, 10, 8)


@pytest.mark.parametrize("text", ["后边略早。", "我[赞]后边", "第[3赞]条", "我[3赞]"])
def test_without_a_bracket_at_its_end_the_likes_are_unknown(text: str) -> None:
    comment = only_comment(dl_page(dl_item(text)))

    assert (comment.likes, comment.text.string) == (None, text)


@pytest.mark.parametrize(("text", "likes"), [(" [3赞]", 3), ("[👍3]", 3), ("[👍0]", 0)])
def test_an_empty_text_has_likes_too(text: str, likes: int) -> None:
    comment = only_comment(dl_page(dl_item(text)))

    assert (comment.likes, comment.text.string) == (likes, "")


def test_old_pages_have_a_thumb_right_behind_the_text() -> None:
    comment = only_comment(dl_page(dl_item("我有[👍1]张。[👍12]")))

    assert (comment.likes, comment.text.string) == (12, "我有[👍1]张。")


@pytest.mark.parametrize(
    "name", ["🛑", "，", "brake  pad", "2018", "a &amp; b", "Geek_zz20r", "", "作者回复"]
)
def test_a_name_stands_before_its_time(name: str) -> None:
    shown = {"a &amp; b": "a & b", "brake  pad": "brake pad", "": None}.get(name, name)

    comment = only_comment(dl_page(dl_item(name=name)))

    assert (comment.author, comment.replies) == (shown, ())


def test_every_reply_is_read() -> None:
    lesson = dl_page(
        dl_item("碟片怎么洗", dl_reply("用酒精。<br>别用油。"), dl_reply("勘误：用清水。", by="编辑回复")),
        dl_item(),
    )

    assert [(reply.by, reply.text.string) for reply in lesson.comments[0].replies] == [
        ("author", "用酒精。\n别用油。"),
        ("editor", "勘误：用清水。"),
    ]
    assert lesson.comments[0].text.string == "碟片怎么洗"
    assert lesson.comments[1].replies == ()


def test_a_reply_that_a_reader_quotes_is_none() -> None:
    assert only_comment(dl_page(dl_item("我记得您说过“作者回复: 点刹”"))).replies == ()


def test_an_empty_text_keeps_its_reply() -> None:
    comment = only_comment(dl_page(dl_item("", dl_reply("收到。"))))

    assert comment.text.string == ""
    assert [reply.text.string for reply in comment.replies] == ["收到。"]


def test_the_article_is_what_stands_before_the_comments() -> None:
    lesson = dl_page(dl_item())

    assert lesson.format == "geektime-dl"
    assert block_texts(lesson) == ["你好，我是鲁链条。", "pad:\n  left: 3mm", "思考题", "雨天先捏哪一边？"]
    assert [type(block) for block in lesson.blocks][1:3] == [Code, Heading]


def test_a_page_without_comments_is_read_as_html() -> None:
    lesson = dl_page()

    assert (lesson.title, lesson.comments) == ("05 | 刹车", ())


@pytest.mark.parametrize("heading", ["精选留言", "精选留言："])
def test_a_heading_of_the_article_begins_no_comments(heading: str) -> None:
    lesson = dl_page(dl_item(), article=f"<h2>{heading}</h2><p>从前有人问过。</p>{ARTICLE}")

    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == [
        heading,
        "思考题",
    ]
    assert len(lesson.comments) == 1


def pdf_item(
    text: str = "后边略早。<br>慢慢来。",
    *replies: str,
    name: str = "两手都捏",
    day: str = "2018-10-08",
) -> str:
    said = "".join(f'<div class="r"><p class="q">{reply}</p></div>' for reply in replies)
    return (
        f'<li class="a">\n<img src="https://example.com/x.jpg"/>\n<div class="b"><div><div><div>'
        f"<span>{name}</span></div>\n<div>{day}</div></div></div>\n<div>{text}</div>\n{said}</div>\n</li>"
    )


def pdf_page(
    *items: str,
    title: str = "极客时间 | 05 | 刹车 ",
    dated: str = '<div class="d"><span>2018-10-08</span> <span>鲁链条</span></div>',
    foot: str = "<div><span>©</span>&nbsp;版权归极客邦科技所有。</div>\n<div><div>上一篇</div><div>04 | 链条</div></div>",
) -> Lesson:
    comments = (
        f'<h2><span>精选留言</span><span class="c">3</span></h2><ul>{"".join(items)}</ul>' if items else ""
    )
    return lesson_of(
        f'<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>\n<div id="app"><h1>\n05 | 刹车\n</h1>\n'
        f"{dated}\n<div>{ARTICLE}</div>\n{foot}\n{comments}</div></body></html>",
        "05.html",
    )


def test_title_date_author_and_foot_are_no_part_of_the_body() -> None:
    lesson = pdf_page(pdf_item())

    assert lesson.format == "geektime2pdf"
    assert (lesson.title, lesson.author, lesson.date) == ("05 | 刹车", "鲁链条", datetime.date(2018, 10, 8))
    assert (lesson.previous, lesson.next, lesson.comments_total) == ("04 | 链条", None, 3)
    assert block_texts(lesson) == ["你好，我是鲁链条。", "pad:\n  left: 3mm", "思考题", "雨天先捏哪一边？"]


@pytest.mark.parametrize("mark", ["作者回复 ", "作者回复: ", "作者回复："])
def test_replies_need_no_colon(mark: str) -> None:
    comment = only_comment(pdf_page(pdf_item("碟片怎么洗", f"{mark}用酒精。")))

    assert comment.text.string == "碟片怎么洗"
    assert [reply.text.string for reply in comment.replies] == ["用酒精。"]


def test_several_replies_are_several() -> None:
    comment = only_comment(pdf_page(pdf_item("怎么洗", "作者回复 用酒精。<br>别用油。", "编辑回复 用清水。")))

    assert [(reply.by, reply.text.string) for reply in comment.replies] == [
        ("author", "用酒精。\n别用油。"),
        ("editor", "用清水。"),
    ]


@pytest.mark.parametrize("name", ["🛑", "，", "brake pad", "2018", "a &amp; b", "2018-10-07"])
def test_the_first_words_of_an_item_are_its_name(name: str) -> None:
    comment = only_comment(pdf_page(pdf_item(name=name)))

    assert comment.author == name.replace("&amp;", "&")
    assert (comment.date, comment.likes) == (datetime.date(2018, 10, 8), None)
    assert comment.text.string == "后边略早。\n慢慢来。"


def test_an_empty_text_is_empty() -> None:
    comment = only_comment(pdf_page(pdf_item("", "作者回复 收到。")))

    assert (comment.text.string, [reply.text.string for reply in comment.replies]) == ("", ["收到。"])


def test_an_item_of_a_name_and_a_date_has_no_text() -> None:
    comment = only_comment(pdf_page(pdf_item("")))

    assert (comment.author, comment.text.string) == ("两手都捏", "")


def test_seconds_stand_for_a_date() -> None:
    comment = only_comment(pdf_page(pdf_item(day="1538928000")))

    assert (comment.date, comment.text.string) == (datetime.date(2018, 10, 8), "后边略早。\n慢慢来。")


def test_the_title_stands_below_whatever_the_head_holds() -> None:
    lesson = pdf_page(
        title="\n".join(["x</title><meta name=k\ncontent=v>"] * 9) + "<title>极客时间 | 05 | 刹车"
    )

    assert (lesson.format, lesson.author) == ("geektime2pdf", "鲁链条")


def test_missing_parts_leave_the_rest() -> None:
    lesson = pdf_page(pdf_item(), title="05", dated="", foot="")

    assert (lesson.format, lesson.author, lesson.copyright) == ("geektime2pdf", None, None)
    assert len(lesson.comments) == 1


def test_without_comments_the_head_is_read() -> None:
    lesson = pdf_page()

    assert (lesson.format, lesson.title, lesson.author) == ("geektime2pdf", "05 | 刹车", "鲁链条")


@pytest.mark.parametrize(
    "text",
    [
        "# 05 | 刹车\n\n    你好，我是鲁链条。\n\n今天认刹车。\n    ",
        (
            "\n# 05 | 刹车\n\n\n<span>讲述：鲁链条 </span>&nbsp;<span>大小：4.20M </span><span>时长：04:35</span>\n\n"
            '<audio id="audio">\n  <source src="../x.mp3">\n</audio>\n\n你好，我是鲁链条。\n\n今天认刹车。'
        ),
        "\n# 05 | 刹车\n\n<span>讲述：鲁链条 </span>\n\n你好，我是鲁链条。\n\n今天认刹车。",
    ],
)
def test_gitbook_lessons_begin_with_a_title_and_a_line_that_is_no_code(text: str) -> None:
    lesson = lesson_of(text, "05.md")

    assert (lesson.format, lesson.title) == ("gitbook", "05 | 刹车")
    assert block_texts(lesson) == ["你好，我是鲁链条。", "今天认刹车。"]


@pytest.mark.parametrize(
    ("size", "length"), [("大小：4.2 MB", "时长：00:04:35"), ("大小：00:04:35", "时长：4.2 MB")]
)
def test_size_and_length_may_have_changed_places(size: str, length: str) -> None:
    text = f"\n# 05 | 刹车\n\n\n<span>讲述：鲁链条 </span>&nbsp;<span>{size} </span><span>{length}</span>\n\n正文。"

    assert lesson_of(text, "05.md").audio == Audio(seconds=275, size_mb=4.2, narrator="鲁链条")


@pytest.mark.parametrize(
    ("first", "kind", "text", "column"),
    [
        ("你好。", Paragraph, "你好。", 4),
        ("Hello there.", Paragraph, "Hello there.", 4),
        ("## 目录", Heading, "目录", 7),
        ("![](images/cover.png)", Figure, "![](images/cover.png)", 4),
        ("- 一\n- 二", ItemList, "- 一\n- 二", 4),
        ("> 引", Quote, "引", 6),
        ("```\npad: 3mm\n```", Code, "pad: 3mm", 0),
    ],
)
def test_whatever_stands_behind_the_four_spaces_is_no_code(
    first: str, kind: type, text: str, column: int
) -> None:
    lesson = lesson_of(f"# 05 | 刹车\n\n    {first}\n\n今天认刹车。\n    ", "05.md")

    assert lesson.format == "gitbook"
    assert outline(lesson) == [(kind, text), (Paragraph, "今天认刹车。")]
    assert lesson.blocks[0].text.pieces[0].column == column


def test_code_below_a_title_stays_code() -> None:
    lesson = lesson_of("# 05 | 刹车\n\n    pad: 3mm\n    # 新的\n\n今天认刹车。", "05.md")

    assert [type(block) for block in lesson.blocks][:1] == [Code]
