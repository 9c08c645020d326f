"""Course pages copied as plain text: a comment ends at its date."""

import re

import pytest

from k8snotes.model.lesson import Code, Heading, Lesson
from parse.pages import block_texts, lesson_of, only_comment, warning_codes

WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
TITLE = "# 0602. 加餐 | 砂锅与铁锅"
BYLINE = "秦稻香 2018-07-03"
AUDIO = "2.0x\n讲述：秦稻香 大小：812.40K 时长：00:52"
BODY = "今天只说锅底。\n薄底\n糊得也快。"
ADVERT = "将学到的知识总结成笔记，方便日后快速查找及复习\nunpreview"
FOOT = (
    "© 版权归极客邦科技所有，未经许可不得传播售卖。\n登录的人"
    "\n由作者筛选后的优质留言将会公开显示，欢迎踊跃留言。"
    "\nCommand + Enter 发表\n0/2000 字\n提交留言"
)
END = "收起评论\n\ue632\n517\n\ue63f"


def loose(text: str) -> str:
    """Each line with the empty lines that the page gives it: one below Chinese, else two."""
    return "".join(line + ("\n\n" if WIDE.search(line) else "\n\n\n") for line in text.split("\n"))


def comment(text: str = "糊了三年。", *, name: str = "厚底锅巴", day: str = "2018-07-05") -> str:
    return "\n".join([name, *([text] if text else []), day])


def copied(
    *comments: str,
    title: str = TITLE,
    byline: str | None = BYLINE,
    audio: str | None = AUDIO,
    body: str = BODY,
    advert: str | None = ADVERT,
    foot: str | None = FOOT,
    end: str | None = None,
    tight: bool = False,
) -> str:
    heading = "精选留言 (11)" if comments else None
    head = [part for part in (title, byline, audio, body, advert, foot, heading) if part is not None]
    tail = [end] if end else []
    if tight:
        return "\n\n".join(["\n".join(head), *comments, *tail])
    return loose("\n".join([*head, *comments, *tail]))


def copied_lesson(text: str) -> Lesson:
    lesson = lesson_of(text, "a.md")
    assert lesson.format == "page-copy"
    return lesson


@pytest.mark.parametrize("tight", [True, False])
@pytest.mark.parametrize("name", ["，", "🍳", "a b - c", "2018-01-01", "e\u0301\u0323", "IronPot9"])
def test_a_name_may_be_anything(name: str, tight: bool) -> None:
    around = (comment("老样子，两年了。"), comment(name=name), comment(name="老桂"))

    lesson = copied_lesson(copied(*around, tight=tight))

    assert [comment.author for comment in lesson.comments] == ["厚底锅巴", name, "老桂"]
    assert [comment.text.string for comment in lesson.comments[1:]] == ["糊了三年。"] * 2
    assert str(lesson.comments[1].date) == "2018-07-05"
    assert lesson.comments[1].likes is None


def test_the_first_name_may_look_like_a_date() -> None:
    assert only_comment(copied_lesson(copied(comment(name="2018-01-01")))).author == "2018-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "2018-07-04 晚上买的。",
        "2018-07-04\n晚上买的，在镇上的集市里，一共花了我二十七块钱。",
        "晚上买的：\n2018-7-4\n好",
        "import pot\np.plot()",
        "- 甲\n- 乙",
        "http://example.com/pot",
    ],
)
def test_a_text_may_hold_dates_and_code(text: str) -> None:
    lesson = copied_lesson(copied(comment(text), comment(name="老桂")))

    assert [comment.author for comment in lesson.comments] == ["厚底锅巴", "老桂"]
    assert [line for line in lesson.comments[0].text.string.split("\n") if line] == text.split("\n")


def test_a_tight_copy_has_an_empty_line_below_every_comment() -> None:
    lesson = copied_lesson(copied(comment("买锅：\n2018-07-04\n换锅"), comment(name="老桂"), tight=True))

    assert [comment.author for comment in lesson.comments] == ["厚底锅巴", "老桂"]


@pytest.mark.parametrize("tight", [True, False])
@pytest.mark.parametrize(
    ("mark", "by"), [("作者回复：", "author"), ("作者回复: ", "author"), ("编辑回复：", "editor")]
)
def test_a_reply_keeps_its_paragraphs(mark: str, by: str, tight: bool) -> None:
    lesson = copied_lesson(
        copied(comment(f"正常吗？\n{mark}正常。\np.plot()\n试试"), comment(name="老桂"), tight=tight)
    )

    first = lesson.comments[0]
    assert first.text.string == "正常吗？"
    assert [(reply.by, reply.text.string.split()) for reply in first.replies] == [
        (by, ["正常。", "p.plot()", "试试"])
    ]


@pytest.mark.parametrize("text", ["", "作者回复：好"])
def test_a_text_may_be_empty(text: str) -> None:
    lesson = copied_lesson(copied(comment(text), comment(name="老桂")))

    assert [comment.author for comment in lesson.comments] == ["厚底锅巴", "老桂"]
    assert lesson.comments[0].text.string == ""
    assert len(lesson.comments[0].replies) == bool(text)


def test_a_reply_that_a_reader_quotes_is_none() -> None:
    assert only_comment(copied_lesson(copied(comment("说过“作者回复：别空烧”，没听。")))).replies == ()


@pytest.mark.parametrize("end", [END, "\ue632\n517", None])
@pytest.mark.parametrize("tight", [True, False])
def test_what_stands_below_the_comments_is_none(end: str | None, tight: bool) -> None:
    lesson = copied_lesson(copied(comment(), end=end, tight=tight))

    assert len(lesson.comments) == 1
    assert warning_codes(lesson) == []


def test_a_copy_may_end_inside_a_comment() -> None:
    lesson = copied_lesson(copied(comment(), "老桂\n刚买的"))

    assert (lesson.comments[1].author, lesson.comments[1].date) == ("老桂", None)
    assert warning_codes(lesson) == ["cut-comment"]


@pytest.mark.parametrize("missing", ["byline", "audio", "advert", "foot", "nothing"])
@pytest.mark.parametrize("comments", [(), (comment(),)])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_part_may_be_missing(missing: str, comments: tuple[str, ...], end: str) -> None:
    parts = {} if missing == "nothing" else {missing: None}

    lesson = copied_lesson(copied(*comments, **parts).replace("\n", end))  # type: ignore[arg-type]

    assert lesson.title == "0602. 加餐 | 砂锅与铁锅"
    assert (lesson.author, lesson.date is None) == (
        (None, True) if missing == "byline" else ("秦稻香", False)
    )
    assert block_texts(lesson)[:3] == ["今天只说锅底。", "薄底", "糊得也快。"]
    assert len(lesson.comments) == len(comments)


def test_a_size_may_be_in_kilobytes() -> None:
    audio = copied_lesson(copied()).audio

    assert audio is not None
    assert (audio.seconds, audio.size_mb, audio.narrator) == (52, 0.793, "秦稻香")


def test_a_line_of_the_body_that_begins_like_a_notice_is_body() -> None:
    body = "(c) 第三种。\n" + "\n".join(f"第{i}段。" for i in range(20))

    assert len(block_texts(copied_lesson(copied(body=body, advert=None, foot=None)))) == 21


def test_lines_without_chinese_are_one_block_of_code_over_its_remarks() -> None:
    body = '看：\nimport pot\n# 画一条线\np.plot("线")  # 慢\np.heat(1)\n完。\nhttp://a.b/c\nhttp://a.b/d'

    lesson = copied_lesson(copied(body=body))

    assert [block.text.string for block in lesson.blocks if isinstance(block, Code)] == [
        'import pot\n# 画一条线\np.plot("线")  # 慢\np.heat(1)'
    ]


def test_markdown_below_an_author_and_a_date_keeps_its_headings() -> None:
    lesson = lesson_of(f"{TITLE}\n\n{BYLINE}\n\n# 薄底\n\n糊。\n\n# 厚底\n\n匀。\n", "a.md")

    assert (lesson.author, str(lesson.date)) == ("秦稻香", "2018-07-03")
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == ["薄底", "厚底"]


@pytest.mark.parametrize("tight", [True, False])
def test_hundreds_of_comments_are_all_read(tight: bool) -> None:
    lesson = copied_lesson(copied(*(comment(name=f"读者{i}") for i in range(374)), tight=tight, end=END))

    assert [comment.author for comment in lesson.comments] == [f"读者{i}" for i in range(374)]


@pytest.mark.parametrize("tight", [True, False])
@pytest.mark.parametrize(
    "name", ["Yo nací para que...", "飞翔的老饭勺~", "加油！老饭勺们！", "Mr. Rice & Co.", "Destroy、"]
)
def test_a_name_may_end_as_a_sentence_does(name: str, tight: bool) -> None:
    lesson = copied_lesson(copied(comment(), comment(name=name), comment(name="老桂"), tight=tight))

    assert [said.author for said in lesson.comments] == ["厚底锅巴", name.removesuffix("..."), "老桂"]


def test_in_a_tight_copy_a_name_that_looks_like_a_date_stands_below_an_empty_line() -> None:
    lesson = copied_lesson(copied(comment(), comment("好\np.plot()", name="2018-01-01"), tight=True))

    assert [said.author for said in lesson.comments] == ["厚底锅巴", "2018-01-01"]


@pytest.mark.parametrize(("clock", "seconds"), [("09:13", 553), ("1:02:03", 3723), ("00:00", None)])
def test_the_length_may_stand_above_who_reads(clock: str, seconds: int | None) -> None:
    audio = copied_lesson(copied(audio=f"{clock}\n讲述：秦稻香 大小：8.45M")).audio

    assert audio is not None
    assert (audio.seconds, audio.size_mb) == (seconds, 8.45)


def test_what_the_site_guesses_that_one_likes_is_no_part_of_the_body() -> None:
    assert block_texts(copied_lesson(copied(advert="猜你喜欢"))) == BODY.split("\n")


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ("p.plot()", ["p.plot()"]),
        ("// 画一条线\np.plot()", ["// 画一条线\np.plot()"]),
        ("# 甲\n# 乙\nimport pot\nimport pan", ["# 甲\n# 乙\nimport pot\nimport pan"]),
        ("kubectl get pods\nkubectl get nodes", ["kubectl get pods\nkubectl get nodes"]),
        ("Rice Cooker API", []),
        ("RiceCooker\nRicePot\nWeb Rice API", []),
        ("See the (long) story of rice, told by Mr. Pot.", []),
        ("# 甲", []),
        ("http://example.com/?a=1;b=2", []),
        ("E = mc^2", []),
        ("1. rice\n2. RICE/2\n3. O(n log n)", []),
        ("A lid that is hot is a lid that is on;\nit is never a friend of the hand.", []),
        ("from: Leo\nto: Tony", []),
        ("Hello, rice!\nGoodbye, pot!", []),
        ("Web: http://example.com\nPot: 2", []),
        ("[1] Leo, R. Pot, Lid.\n[2] Tony, J. Rice; Tea.", []),
        ("heat(pot)\nlift(lid)", ["heat(pot)\nlift(lid)"]),
        ("mov lid, 1\nret", ["mov lid, 1\nret"]),
    ],
)
def test_code_is_told_by_its_marks_or_its_lines(lines: str, codes: list[str]) -> None:
    lesson = copied_lesson(copied(body=f"看：\n{lines}\n完。"))

    assert [block.text.string for block in lesson.blocks if isinstance(block, Code)] == codes


@pytest.mark.parametrize("foot", [FOOT, None])
def test_a_copy_without_comments_is_told_by_its_gaps_and_its_picture(foot: str | None) -> None:
    body = f"{BODY}\nimport pot\np.plot()\n完。"
    advert = "unpreview" if foot else None
    lesson = copied_lesson(
        copied(body=body, foot=foot, advert=advert, audio="09:13\n讲述：秦稻香 大小：8.45M")
    )

    assert sum(isinstance(block, Code) for block in lesson.blocks) == 1
