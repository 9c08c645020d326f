# ruff: noqa: E501 - lines as pages have them
"""The text of a phone page's PDF: form feeds, wrapped lines, margins that a browser printed."""

import datetime

import pytest

from k8snotes.model.lesson import Code, ItemList, Lesson, Paragraph
from k8snotes.model.source import Locator, Source
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from parse.pages import block_texts, lesson_of, only_comment, outline

HEAD = "05 | 刹车：先捏哪一边，下坡的时候还算\n不算数\n2018-10-08 鲁链条"
BODY = (
    "你好，我是鲁链条。今天认刹车。\n"
    "上一讲里提过，刹车有碟刹和V刹。碟刹怕油，V刹怕水，两样都怕的是懒\n"
    "得擦。擦的时候从里往外，一圈就够，不要来回蹭，来回蹭等于把脏东西\n"
    "又抹了回去。"
)
FOOT = (
    "© \u00a0版权归极客邦科技所有，未经许可不得传播售卖。 页面已增加防盗追\n踪，如有侵权将依法追究。\n"
    "上一篇\n04 | 链条的脾气\n下一篇\n06 | 座管"
)
FIRST = "•  两手都捏\n2018-10-08\n两边一起，后边略早。下坡的时候我会提前松一次，让碟片喘口气，这样\n到坡底还捏得住\n慢慢来。"
SECOND = "•  brake pad\n2018-10-09\n碟片有油怎么洗"


def page(
    *comments: str, head: str = HEAD, body: str = BODY, foot: str = FOOT, heading: str = "精选留言3"
) -> Lesson:
    parts = [head, body, foot, *([heading, *comments] if comments else [])]
    return lesson_of("\n".join(part for part in parts if part), "05.txt")


def pages(*texts: str) -> Lesson:
    """The lesson of a PDF with these pages."""
    lines: list[str] = []
    places: list[tuple[int, Locator]] = []
    for number, text in enumerate(texts, 1):
        places.append((len(lines) + 1, Locator(page=number)))
        lines += text.split("\n")
    lesson = parse(
        Source(path="05.pdf", name="05.pdf", lines=tuple(lines), encoding="utf-8", places=tuple(places))
    )
    assert list(faults(lesson)) == []
    return lesson


def test_the_head_and_the_foot_are_read_over_their_wraps() -> None:
    lesson = page(FIRST)

    assert lesson.format == "mobile-page"
    assert lesson.title == "05 | 刹车：先捏哪一边，下坡的时候还算不算数"
    assert (lesson.author, lesson.date) == ("鲁链条", datetime.date(2018, 10, 8))
    assert lesson.copyright is not None
    assert lesson.copyright.endswith("防盗追踪，如有侵权将依法追究。")
    assert (lesson.previous, lesson.next) == ("04 | 链条的脾气", "06 | 座管")
    assert lesson.comments_total == 3


def test_wrapped_lines_are_one_paragraph() -> None:
    assert block_texts(page(FIRST)) == ["你好，我是鲁链条。今天认刹车。", "".join(BODY.split("\n")[1:])]


@pytest.mark.parametrize("bullet", ["•  ", "• ", "·  ", "● ", ""])
@pytest.mark.parametrize("heading", ["精选留言3", "精选留言 3", "精选留言(3)", "精选留言（3）", "精选留言"])
def test_a_name_stands_above_its_date_with_a_bullet_or_without(heading: str, bullet: str) -> None:
    lesson = page(FIRST.replace("•  ", bullet), SECOND.replace("•  ", bullet), heading=heading)

    assert [comment.author for comment in lesson.comments] == ["两手都捏", "brake pad"]
    assert [comment.date and comment.date.day for comment in lesson.comments] == [8, 9]
    assert lesson.comments[0].text.string.endswith("让碟片喘口气，这样到坡底还捏得住\n慢慢来。")


@pytest.mark.parametrize("name", ["🛑", "，", "1024", "Geek_zz20r", "a b c", "精选留言3"])
def test_a_name_may_be_anything(name: str) -> None:
    assert [comment.author for comment in page(FIRST, f"•  {name}\n2019-01-01\n好").comments][-1] == name


@pytest.mark.parametrize("mark", ["作者回复 ", "作者回复: ", "作者回复：", "作者回复\u00a0", "作者回复\n"])
def test_a_reply_is_joined_over_its_wraps(mark: str) -> None:
    reply = f"{mark}对，后边略早，前边只在最后一刻轻轻点一下，点重了人就飞出去\n了，别学。"
    comment = only_comment(page(f"{FIRST}\n{reply}"))

    assert [said.text.string for said in comment.replies] == [
        "对，后边略早，前边只在最后一刻轻轻点一下，点重了人就飞出去了，别学。"
    ]


REPLIED = "甲\n2018-10-08\n好吗？\n作者回复 火小一点。"


@pytest.mark.parametrize(
    "comments",
    [
        [REPLIED, "\n2018-10-09\n说得对。", "1024\n2018-10-10\n末条。"],
        [REPLIED, "2018-10-09\n说得对。", "1024\n2018-10-10\n末条。"],
        [f"{REPLIED}\n再等等。", "\n2018-10-09\n说得对。", "1024\n2018-10-10\n末条。"],
        ["•  " + REPLIED, "•  \n2018-10-09\n说得对。", "•  1024\n2018-10-10\n末条。"],
    ],
)
def test_a_name_that_is_lost_leaves_its_comment_and_the_reply_above(comments: list[str]) -> None:
    first, second, third = page(*comments).comments

    assert [reply.text.string.partition("\n")[0] for reply in first.replies] == ["火小一点。"]
    assert [comment.author for comment in (first, second, third)] == ["甲", None, "1024"]
    assert [comment.text.string for comment in (first, second, third)] == ["好吗？", "说得对。", "末条。"]
    assert second.date == datetime.date(2018, 10, 9)


@pytest.mark.parametrize("bullet", ["•\n", "•  \n", ""])
def test_the_first_name_may_be_lost(bullet: str) -> None:
    lesson = page(f"{bullet}2018-10-08\n好。", f"{bullet and '•  '}乙\n2018-10-09\n也好。")

    assert [(c.author, c.text.string) for c in lesson.comments] == [(None, "好。"), ("乙", "也好。")]


def test_a_blank_line_below_a_name_that_stands_apart_is_no_lost_name() -> None:
    lesson = page("甲\n2018-10-08\n好。", "\n\n乙\n\n2018-10-09\n也好。", "\n\n丙\n2018-10-10\n好。")

    assert [comment.author for comment in lesson.comments] == ["甲", "乙", "丙"]


def test_a_reader_may_be_called_by_a_bullet_where_others_have_none() -> None:
    assert len(page("•\n2018-10-08\n好。", "乙\n2018-10-09\n也好。", "丙\n2018-10-10\n好。").comments) == 3


def test_a_mark_in_the_middle_of_a_line_is_no_reply() -> None:
    assert only_comment(page("•  🛑\n2019-01-01\n您说过“作者回复 点刹”")).replies == ()


def test_short_lines_of_a_comment_stay_lines() -> None:
    lesson = page(FIRST, "•  短句\n2018-10-10\n第一个问题是雨天先捏哪边\n第二个问题是下坡")

    assert lesson.comments[1].text.string == "第一个问题是雨天先捏哪边\n第二个问题是下坡"


def test_a_text_may_begin_with_a_date() -> None:
    comment = only_comment(page("•  日记本\n2018-10-10\n2018-10-09\n昨天擦了碟片。"))

    assert (comment.date, comment.text.string) == (datetime.date(2018, 10, 10), "2018-10-09\n昨天擦了碟片。")


def test_a_ligature_stays_as_the_page_has_it() -> None:
    assert only_comment(page("•  pad\n2018-10-10\nﬁx 用的清洁剂行吗")).text.string == "ﬁx 用的清洁剂行吗"


@pytest.mark.parametrize("at", range(1, 16))
def test_a_form_feed_before_any_line_changes_nothing(at: int) -> None:
    lines = "\n".join([HEAD, BODY, FOOT, "精选留言3", FIRST, SECOND]).split("\n")
    fed = lesson_of("\n".join([*lines[:at], f"\f{lines[at]}", *lines[at + 1 :]]), "05.txt")
    plain = lesson_of("\n".join(lines), "05.txt")

    assert (fed.title, fed.author, fed.previous, fed.next) == (
        plain.title,
        plain.author,
        plain.previous,
        plain.next,
    )
    assert block_texts(fed) == block_texts(plain)
    assert [comment.text.string for comment in fed.comments] == [c.text.string for c in plain.comments]


def test_without_comments_it_is_still_such_a_page() -> None:
    lesson = page()

    assert (lesson.format, lesson.comments) == ("mobile-page", ())
    assert (lesson.previous, lesson.next) == ("04 | 链条的脾气", "06 | 座管")


def test_the_neighbours_titles_may_stand_beside_the_words() -> None:
    lesson = page(FIRST, foot="© 版权归极客邦科技所有。\n上一篇 04 | 链条的脾气\n下一篇 06 | 座管")

    assert (lesson.previous, lesson.next) == ("04 | 链条的脾气", "06 | 座管")


def test_without_a_foot_the_body_ends_at_the_comments() -> None:
    lesson = page(FIRST, foot="")

    assert len(lesson.blocks) == 2
    assert [comment.author for comment in lesson.comments] == ["两手都捏"]


def test_bullets_and_numbers_in_the_body_are_lists() -> None:
    lesson = page(FIRST, body=f"{BODY}\n•  先听声音\n•  再看碟片\n分两步：\n1. 洗手\n2. 擦碟")

    assert outline(lesson)[2:] == [
        (ItemList, "•  先听声音\n•  再看碟片"),
        (Paragraph, "分两步："),
        (ItemList, "1. 洗手\n2. 擦碟"),
    ]


def test_code_keeps_its_lines_and_the_remarks_in_them() -> None:
    lesson = page(FIRST, body=f"{BODY}\npad:\n  left: 3mm # 新的\n  right: 3mm\n三毫米是新的。")

    assert outline(lesson)[2:] == [
        (Code, "pad:\n  left: 3mm # 新的\n  right: 3mm"),
        (Paragraph, "三毫米是新的。"),
    ]


def test_code_keeps_the_tabs_before_its_lines() -> None:
    lesson = page(FIRST, body=f"{BODY}\nfunc brake() {{\n\tif wet {{\n\t\treturn 1\n\t}}\n}}\n三毫米是新的。")

    assert outline(lesson)[2] == (Code, "func brake() {\n\tif wet {\n\t\treturn 1\n\t}\n}")


@pytest.mark.parametrize(
    "code",
    [
        'def brake(n):\n    """捏住"""\n    return n',
        "pad.left=3\npad.name=碟片\n# 右边\npad.right=3",
        "/**\n * 捏住\n * @param n 几次\n */\nint brake(int n);",
    ],
)
def test_lines_with_chinese_in_the_middle_of_code_are_part_of_it(code: str) -> None:
    assert outline(page(FIRST, body=f"{BODY}\n{code}\n三毫米是新的。"))[2] == (Code, code)


def test_english_over_several_lines_is_one_paragraph_beside_code() -> None:
    english = [
        "There is no such thing as a dry chain in the rain; there are",
        "only chains that keep their grease somewhere else, and the sun is no",
        "help.",
    ]
    mixed = ["The key idea is simple: keep the pad small, and the lever on it short", "er. 这句话我引用过。"]
    body = "\n".join([BODY, "pad:", "  left: 3mm", *english, "pad.lift(1);", *mixed, "三毫米是新的。"])

    assert outline(page(FIRST, body=body))[2:] == [
        (Code, "pad:\n  left: 3mm"),
        (Paragraph, " ".join(english)),
        (Code, "pad.lift(1);"),
        (Paragraph, " ".join(mixed)),
        (Paragraph, "三毫米是新的。"),
    ]


@pytest.mark.parametrize(
    "lines",
    [("E = mc^2", "y = wx + b"), ("Pad", "10mm"), ("from: Leo", "to: Tony"), ("https://example.com/",)],
)
def test_formulas_and_names_without_chinese_are_paragraphs(lines: tuple[str, ...]) -> None:
    lesson = page(FIRST, body="\n".join([BODY, "看：", *lines, "三毫米是新的。"]))

    assert outline(lesson)[3:-1] == [(Paragraph, line) for line in lines]


def test_a_body_may_begin_with_a_line_of_english() -> None:
    english = "The lever is the part of the brake that the hand of the rider is on, and"

    assert block_texts(page(FIRST, body=f"{english}\nit is cold.\n{BODY}"))[0] == f"{english} it is cold."


def test_what_a_browser_prints_at_the_edges_of_pages_is_no_text() -> None:
    margin = "\n11/23/26, 9:30 AM 极客时间 | 05 | 刹车\nhttps://example.com/05.html {}/2"
    lesson = pages(
        f"{HEAD}\n{BODY}{margin.format(1)}",
        f"{FOOT}\n精选留言3\n{FIRST}\n{SECOND}{margin.format(2)}",
    )

    assert len(lesson.blocks) == 2
    assert [comment.text.string for comment in lesson.comments][1] == "碟片有油怎么洗"
    assert [section.kind for section in lesson.sections].count("boilerplate") == 2


def test_a_line_on_every_page_is_no_text_even_inside_a_comment() -> None:
    lesson = pages(
        f"修车入门二十讲\n{HEAD}\n{BODY}\n- 1 -",
        f"修车入门二十讲\n{FOOT}\n精选留言3\n•  两手都捏\n2018-10-08\n两边一起，后边略早。\n- 2 -",
        f"修车入门二十讲\n慢慢来。\n{SECOND}\n- 3 -",
    )

    assert lesson.title == "05 | 刹车：先捏哪一边，下坡的时候还算不算数"
    assert [comment.text.string for comment in lesson.comments] == [
        "两边一起，后边略早。\n慢慢来。",
        "碟片有油怎么洗",
    ]


def test_a_title_that_runs_over_every_page_is_still_the_title() -> None:
    lesson = pages(
        f"05 | 刹车\n2018-10-08 鲁链条\n{BODY}", "05 | 刹车\n第二页说碟片。", "05 | 刹车\n第三页说V刹。"
    )

    assert (lesson.title, lesson.author) == ("05 | 刹车", "鲁链条")
    assert block_texts(lesson)[-2:] == ["第二页说碟片。", "第三页说V刹。"]


def test_a_date_on_the_edge_of_every_page_is_no_margin() -> None:
    lesson = pages(
        f"{HEAD}\n{BODY}\n精选留言3\n•  甲\n2018-10-08",
        "好。\n•  乙\n2018-10-09",
        "是。\n•  丙\n2018-10-10",
        "对。",
    )

    assert [(c.author, c.text.string) for c in lesson.comments] == [
        ("甲", "好。"),
        ("乙", "是。"),
        ("丙", "对。"),
    ]


def test_a_paragraph_goes_on_over_a_page() -> None:
    first, second = BODY.split("\n")[:2], BODY.split("\n")[2:]
    lesson = pages("\n".join([HEAD, *first]), "\n".join([*second, FOOT]))

    assert len(lesson.blocks) == 2


def test_a_pdf_of_anything_else_has_its_first_line_for_a_title() -> None:
    lesson = pages("米仓怎样防虫\n花椒包主要给小户用。", "大户用冷冻。")

    assert (lesson.title, lesson.author) == ("米仓怎样防虫", None)
    assert block_texts(lesson) == ["花椒包主要给小户用。", "大户用冷冻。"]


def test_an_article_with_bullets_is_no_page_of_a_phone() -> None:
    lesson = lesson_of("# 焖饭\n\n• 水\n• 火\n\n上一篇\n\n淘米\n\n精选留言3\n\n没有。\n", "x.md")

    assert (lesson.format, lesson.comments) == ("markdown", ())


def test_a_line_of_the_body_about_rights_is_no_foot() -> None:
    lines = "\n".join(f"第{number}句说的是碟刹。" for number in range(20))
    lesson = page(FIRST, body=f"版权归谁，读者常问。\n{lines}")

    assert block_texts(lesson)[0] == "版权归谁，读者常问。"
    assert (lesson.copyright or "").startswith("©")


def phone(*comments: str, heading: str = "全部留言（40）", tabs: str = "最新 精选") -> Lesson:
    """A page of 2022 and later: a comment ends in its date and its counts."""
    return page(*comments, heading="\n".join(part for part in (heading, tabs) if part))


LONG = "两边一起，后边略早。下坡的时候我会提前松一次，让碟片喘口气，这样\n到坡底还捏得住"


@pytest.mark.parametrize("tabs", ["最新 精选", "最新\n精选", "精选\n最新", ""])
@pytest.mark.parametrize("place", ["", "来自北京", "归属地：浙江"])
def test_a_date_may_stand_below_the_text(place: str, tabs: str) -> None:
    lesson = phone(
        f"两手都捏\n{LONG}\n作者回复: 对。\n2022-03-25{place}\n2\n16",
        f"brake pad\n置顶\n2022-03-01 才买的\n2022-03-26{place}\n3",
        f"Geek_zz20r\n碟片有油怎么洗\n2022-03-27{place}",
        tabs=tabs,
    )

    assert lesson.comments_total == 40
    assert [comment.author for comment in lesson.comments] == ["两手都捏", "brake pad", "Geek_zz20r"]
    assert [comment.date and comment.date.day for comment in lesson.comments] == [25, 26, 27]
    assert [(comment.reply_count, comment.likes) for comment in lesson.comments] == [
        (2, 16),
        (None, 3),
        (None, None),
    ]
    assert [comment.pinned for comment in lesson.comments] == [False, True, False]
    assert [comment.text.string for comment in lesson.comments] == [
        LONG.replace("\n", ""),
        "2022-03-01 才买的",
        "碟片有油怎么洗",
    ]
    assert [reply.text.string for reply in lesson.comments[0].replies] == ["对。"]


def test_the_text_may_end_inside_a_comment() -> None:
    lesson = phone("甲\n好\n2022-03-25", "乙\n我觉得")

    assert [(comment.author, comment.text.string) for comment in lesson.comments] == [
        ("甲", "好"),
        ("乙", "我觉得"),
    ]
    assert [warning.code for warning in lesson.warnings] == ["cut-comment"]


def test_the_words_at_the_end_of_the_page_are_no_comment() -> None:
    lesson = phone("甲\n好\n2022-03-25\n3", "没有更多了")

    assert [comment.author for comment in lesson.comments] == ["甲"]
    assert lesson.warnings == ()


def test_seconds_may_stand_for_a_date() -> None:
    lesson = page("•  甲\n1521158460\n好\n作者回复 是", "•  乙\n1521244800\n1521244800 是什么")

    assert [str(comment.date) for comment in lesson.comments] == ["2018-03-16", "2018-03-17"]
    assert lesson.comments[1].text.string == "1521244800 是什么"


def test_counts_stand_below_a_text_whose_date_stands_above() -> None:
    lesson = page(
        "甲 置顶\n2018-10-08\n好\n\ue632 2\n\ue63b 16",
        "乙\n2018-10-09\n12\n\ue632\n\ue63b 3",
        heading="精选留言(3)",
    )

    assert [(c.author, c.pinned) for c in lesson.comments] == [("甲", True), ("乙", False)]
    assert [(c.text.string, c.reply_count, c.likes) for c in lesson.comments] == [
        ("好", 2, 16),
        ("12", None, 3),
    ]


def test_a_text_may_be_a_number_or_a_thumb() -> None:
    lesson = page("甲\n2018-10-08\n666", "乙\n2018-10-09\n👍", "丙\n2018-10-10\n好")

    assert [(c.text.string, c.likes) for c in lesson.comments] == [("666", None), ("👍", None), ("好", None)]


def test_a_reader_may_be_named_as_the_heading_is() -> None:
    lesson = page("甲\n2018-10-08\n好", "精选留言\n2018-10-09\n好", "乙\n2018-10-10\n好")

    assert [comment.author for comment in lesson.comments] == ["甲", "精选留言", "乙"]


def test_counts_at_the_edges_of_pages_are_no_page_numbers() -> None:
    lesson = pages(
        f"{HEAD}\n{BODY}\n全部留言（3）\n甲\n好。\n2018-10-08\n7",
        "乙\n是。\n2018-10-09\n9",
        "丙\n对。\n2018-10-10\n8",
    )

    assert [(comment.author, comment.likes) for comment in lesson.comments] == [
        ("甲", 7),
        ("乙", 9),
        ("丙", 8),
    ]


def test_page_numbers_at_the_edges_are_no_text() -> None:
    lesson = pages(f"{HEAD}\n{BODY}\n1", "第二页说碟片。\n2", "第三页说V刹。\n3")

    assert block_texts(lesson)[-2:] == ["第二页说碟片。", "第三页说V刹。"]


@pytest.mark.parametrize(("first", "second"), [("1 / 2", "2 / 2"), ("第1页 / 共2页", "第2页 / 共2页")])
def test_numbers_that_count_both_of_two_pages_are_no_text(first: str, second: str) -> None:
    lesson = pages(f"{HEAD}\n{BODY}\n{first}", f"第二页说碟片。\n{second}")

    assert block_texts(lesson)[-1] == "第二页说碟片。"


def test_bare_numbers_at_the_ends_of_two_pages_are_text() -> None:
    lesson = pages(f"{HEAD}\n{BODY}\n1", "第二页说碟片。\n2")

    assert block_texts(lesson)[-1] == "2"


WRAPPED = BODY.replace(
    "又抹了回去。", "又抹了回去。\n碟片是好碟片，可惜上面有油，油是链条上甩下来的，链条又是新换的链\n条。"
)


@pytest.mark.parametrize("audio", ["", "\n讲述：鲁链条\n时长05:07大小4.70M"])
@pytest.mark.parametrize("rights", ["", FOOT.partition("\n上一篇")[0]])
def test_a_page_without_neighbours_and_comments_is_told_by_its_wraps(rights: str, audio: str) -> None:
    lesson = page(head=HEAD + audio, body=WRAPPED, foot=rights)

    assert (lesson.format, lesson.author, lesson.course) == ("mobile-page", "鲁链条", None)
    assert block_texts(lesson)[-1].endswith("新换的链条。")
    assert (lesson.copyright or "依法追究。").endswith("依法追究。")
    assert lesson.warnings == ()


def test_a_page_of_2018_whose_lines_are_wrapped_is_the_text_of_its_pdf() -> None:
    foot = FOOT.replace("篇\n", "篇 ")

    lesson = lesson_of(
        f"{HEAD}\n修车入门二十讲\n进入课程 >\n讲述：鲁链条\n时长 05:07 大小 4.70M\n{WRAPPED}\n"
        "修车入门二十讲\n鲁链条\n新版升级：点击「 请朋友读」，邀请订阅有奖励。\n"
        f"{foot}\n两手都捏\n2018-10-08\n两边一起。\nbrake pad\n2018-10-09\n碟片有油怎么洗"
    )

    assert (lesson.format, lesson.course) == ("mobile-page", "修车入门二十讲")
    assert block_texts(lesson)[-1].endswith("新换的链条。")
    assert (lesson.previous, lesson.next) == ("04 | 链条的脾气", "06 | 座管")
    assert [comment.author for comment in lesson.comments] == ["两手都捏", "brake pad"]
