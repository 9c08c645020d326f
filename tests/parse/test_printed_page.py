"""Printed course pages of 2018 and 2019: parts missing, gaps lost or doubled, comments of every kind."""

import datetime
import re

import pytest

from k8snotes.model.lesson import Audio, Code, CourseStats, Paragraph
from parse.pages import (
    AUDIO,
    BODY,
    COURSE,
    COURSE_CARD,
    GAP,
    NEXT,
    PREVIOUS,
    RIGHTS,
    TITLE,
    UPGRADE,
    block_texts,
    lesson_of,
    only_comment,
    outline,
    printed_page,
    reader_comment,
    warning_codes,
)

PARAGRAPHS = ["你好，我是秦稻香。", "水线是米面以上的那一截水。", "手指伸进去，没过一节就够。"]


def test_the_head_of_a_page_says_what_the_lesson_is() -> None:
    lesson = lesson_of(printed_page())

    assert lesson.format == "geektime-text"
    assert (lesson.title, lesson.number) == ("03 | 水线：一指节是多深", 3)
    assert (lesson.author, lesson.course) == ("秦稻香", "焖饭的学问")
    assert lesson.date == datetime.date(2017, 11, 30)
    assert lesson.author_bio == "三口铁锅的主人，灶台边写字的人"
    assert lesson.audio == Audio(seconds=222, size_mb=3.41, narrator="秦稻香")
    assert lesson.stats == CourseStats(days=41, articles=26, characters=58204, hours=4.5)


def test_the_foot_of_a_page_says_what_stands_before_and_after() -> None:
    lesson = lesson_of(printed_page())

    assert (lesson.previous, lesson.next) == ("02 | 淘米：三遍就够", "04 | 火候：听锅说话")
    assert lesson.copyright == RIGHTS


def test_the_parts_of_a_page_follow_each_other_without_a_hole() -> None:
    lesson = lesson_of(printed_page(comments=[reader_comment()]))

    assert [section.kind for section in lesson.sections] == [
        "masthead", "card", "audio", "body", "card", "boilerplate", "navigation", "comments",
    ]  # fmt: skip
    assert lesson.warnings == ()


@pytest.mark.parametrize(
    "missing",
    [
        {"title": None},
        {"dated": None},
        {"course": None},
        {"enter": None},
        {"enter": None, "course": None},
        {"card": None},
        {"audio": None},
        {"card": None, "audio": None},
        {"course_card": None},
        {"course": None, "course_card": COURSE_CARD},
        {"foot": ()},
        {"foot": (), "comments": ()},
        {"foot": (RIGHTS, PREVIOUS, NEXT)},
        {"foot": (UPGRADE, RIGHTS)},
        {"foot": (UPGRADE, RIGHTS, NEXT)},
        {"foot": (PREVIOUS, NEXT)},
        {"foot": (NEXT,)},
        {"comments": ()},
    ],
    ids=str,
)
def test_a_page_that_lacks_a_part_keeps_its_body_and_its_comments(missing: dict[str, object]) -> None:
    parts: dict[str, object] = {"comments": [reader_comment(), reader_comment("跟着焖了一锅。", name="锅")]}

    lesson = lesson_of(printed_page(**{**parts, **missing}))  # type: ignore[arg-type]

    assert block_texts(lesson) == PARAGRAPHS
    assert len(lesson.comments) == (0 if missing.get("comments") == () else 2)


def test_a_page_without_its_title_has_none_rather_than_a_guessed_one() -> None:
    lesson = lesson_of(printed_page(title=None))

    assert (lesson.title, lesson.title_lines) == (None, None)
    assert lesson.author == "秦稻香"


def test_a_date_without_an_author_is_no_course() -> None:
    lesson = lesson_of(printed_page(dated="2017-11-30", course=None, enter=None, card=None))

    assert (lesson.date, lesson.author, lesson.course) == (datetime.date(2017, 11, 30), None, None)


def test_a_title_may_begin_with_a_date() -> None:
    lesson = lesson_of(printed_page(title="2018-01-01 开锅大吉"))

    assert (lesson.title, lesson.date) == ("2018-01-01 开锅大吉", datetime.date(2017, 11, 30))


def test_a_first_sentence_is_no_course_where_the_course_is_missing() -> None:
    text = "水线 | 一\n\n2017-11-30 秦稻香\n\n水线是米面以上的那一截水。\n\n手指伸进去，没过一节就够。"

    lesson = lesson_of(text)

    assert lesson.course is None
    assert len(lesson.blocks) == 2


def test_a_diary_in_markdown_is_no_printed_page() -> None:
    lesson = lesson_of("焖饭日记\n2017-11-30 晴\n\n## 早\n\n- 淘米\n", "diary.md")

    assert lesson.format == "markdown"


# --- blanks


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def with_single_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n\n", text)


def with_doubled_blank_lines(text: str) -> str:
    return re.sub(r"\n[ \u3000]*(?=\n)", "\n\n", text)


def with_wide_blanks_on_blank_lines(text: str) -> str:
    return re.sub(r"\n(?=\n)", "\n\u3000\u00a0\u200b", text)


def with_form_feeds(text: str) -> str:
    return text.replace("\n\n\n", "\n\f\n\n")


def with_carriage_returns(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_a_second_mark(text: str) -> str:
    return "\ufeff" + text


@pytest.mark.parametrize("missing", [{}, {"audio": None}, {"enter": None}], ids=str)
@pytest.mark.parametrize(
    "changed",
    [
        without_blank_lines,
        with_single_blank_lines,
        with_doubled_blank_lines,
        with_wide_blanks_on_blank_lines,
        with_form_feeds,
        with_carriage_returns,
        with_a_second_mark,
    ],
)
def test_blank_lines_lost_added_or_filled_change_nothing(changed, missing) -> None:  # type: ignore[no-untyped-def]
    comments = [
        reader_comment("头一锅。", reply="作者回复: 好", clip="展开 ▾"),
        reader_comment("第二锅。", name=" \n，", likes="👍"),
        reader_comment("第三锅。", name="🍚", day="2018-01-03"),
    ]
    page = printed_page(comments=comments, **missing)

    lesson = lesson_of(changed(page))

    assert block_texts(lesson) == PARAGRAPHS
    assert lesson.title == "03 | 水线：一指节是多深"
    assert lesson.course == "焖饭的学问"
    assert [comment.author for comment in lesson.comments] == ["灶王爷的远亲", "，", "🍚"]
    assert [comment.likes for comment in lesson.comments] == [9, 0, 9]
    assert [comment.text.string for comment in lesson.comments] == ["头一锅。", "第二锅。", "第三锅。"]


# --- the foot


def test_a_body_line_that_begins_with_the_rights_words_does_not_end_the_lesson() -> None:
    body = "你好。\n\n版权归谁？归焖饭的人。\n\n上一篇 的水线，今天接着讲。\n\n再见。"

    lesson = lesson_of(printed_page(body, comments=[reader_comment()]))

    assert len(lesson.blocks) == 4
    assert lesson.copyright == RIGHTS
    assert len(lesson.comments) == 1


def test_a_rights_notice_without_its_sign_is_one_where_the_comments_follow() -> None:
    notice = RIGHTS.removeprefix("© ")
    page = printed_page(foot=[notice], comments=[reader_comment()])

    lesson = lesson_of(with_single_blank_lines(page))

    assert lesson.copyright == notice
    assert block_texts(lesson) == PARAGRAPHS


def test_a_last_part_that_does_not_name_the_author_is_no_card() -> None:
    lesson = lesson_of(printed_page(f"甲说一句。{GAP}乙说一句。", course=None, course_card=None))

    assert block_texts(lesson) == ["甲说一句。", "乙说一句。"]


def test_text_after_the_foot_that_is_no_comment_is_warned_of_and_kept_in_its_section() -> None:
    lesson = lesson_of(printed_page(comments=["谁也没有署名的一句话"]))

    assert warning_codes(lesson) == ["stray-text"]
    assert lesson.sections[-1].kind == "comments"
    assert block_texts(lesson) == PARAGRAPHS


def test_a_page_with_nothing_but_its_head_says_so() -> None:
    assert warning_codes(lesson_of(printed_page("", course_card=None, foot=()))) == ["no-body"]


def test_a_last_line_below_the_head_is_body_however_short() -> None:
    page = printed_page("米", card=None, audio="\n\n\n" + AUDIO, course_card=None, foot=())

    lesson = lesson_of(page)

    assert block_texts(lesson) == ["米"]


# --- page breaks

CUT = "我们先把水量、浸泡、静置挨个试了一遍，才看清楚：火只管前一半。而急着掀盖子的人，往往"
REST = "连锅里还剩多少蒸汽都没弄明白。"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CUT, REST),
        (
            "水量、浸泡、静置我们挨个试过，火只管前一半。真正难的是锅里那点 steam",
            "会在你掀盖子的时候全跑掉。",
        ),
        ("水量、浸泡、静置我们挨个试过，火只管前一半，后一半要等，所以，", "请把手放回口袋里。"),
        ("水量、浸泡、静置我们挨个试过，火只管前一半，后一半要等，这就是焖饭的", "全部秘密。"),
        ("隔壁的饭为什么总是比我家的香呢？我问过很多人，他们都说是因为“火候", "到了”的缘故。"),
        ("隔壁的饭为什么总是比我家的香呢？我问过很多人，都提到了“火候”", "这个词，可谁也说不清楚。"),
        ("接着是个很实际的问题：左边的锅写着“焖好”，说的是今天这一锅，还是", "昨天那一锅？谁也不知道。"),
        ("水量、浸泡、静置我们挨个试过，火只管前一半。后一半是等出来的（见第三篇", "的表）。"),
        ("水量、浸泡、静置我们挨个试过，火只管前一半。后一半是等出来的", "，这话我说过三遍。"),
    ],
)
def test_a_paragraph_that_a_page_break_cut_is_one_again(before: str, after: str) -> None:
    lesson = lesson_of(printed_page(f"你好。\n\n{before}\n\n{after}\n\n再见。"))

    assert len(lesson.blocks) == 3
    cut = lesson.blocks[1]
    assert cut.text.string == before + after
    assert cut.last_line - cut.first_line == 2
    assert [piece.line for piece in cut.text.pieces] == [cut.first_line, cut.last_line]


def test_a_paragraph_over_three_pages_is_one_again() -> None:
    middle = "沸了以后转小火，听到锅里噼啪作响，就说明水快收干了。这时候不要掀盖，也不要搅，只要把火再"

    lesson = lesson_of(printed_page(f"{CUT}\n\n{middle}\n\n拧小一点，等十分钟。"))

    assert block_texts(lesson) == [f"{CUT}{middle}拧小一点，等十分钟。"]


def test_latin_words_that_a_page_break_parted_keep_a_blank_between_them() -> None:
    before = "水量、浸泡、静置我们挨个试过，火只管前一半。后一半要看 rice"

    lesson = lesson_of(printed_page(f"{before}\n\ncooker 的脾气，急不来。"))

    assert block_texts(lesson) == [f"{before} cooker 的脾气，急不来。"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("水线的由来", "很久以前，人们用手指量水。"),
        ("为什么说焖饭的本质是“等待出来的水汽”，而不是“火候的大小和柴的干湿”", "先看一口锅，再看一把米。"),
        ("一、先把米淘三遍，淘到水清为止，再泡上二十分钟，水没过手背", "二、点火，先大后小。"),
        ("1. 先把米淘三遍，淘到水清为止，再泡上二十分钟，水要没过手背", "这一步最容易忘。"),
        ("先把米淘三遍，淘到水清为止，再泡上二十分钟，水要没过手背", "第二步，点火，先大后小。"),
        (CUT, "• 先淘米，后点火。"),
        (CUT, "# 淘米的脚本，先洗后泡。"),
        (CUT, "kubectl get rice -n kitchen # 看看米。"),
        ("kubectl get pods -n kitchen -o wide，看看灶上有几口锅在烧", "每口锅一行，看最后一列。"),
        ("NAME      READY   STATUS    RESTARTS   AGE   锅", "pot-0   1/1   Running   0   3m 正在焖。"),
        (CUT + "。", REST),
        (CUT + "：", REST),
    ],
)
def test_lines_that_only_look_cut_stay_apart(before: str, after: str) -> None:
    lesson = lesson_of(printed_page(f"{before}\n\n{after}"))

    assert block_texts(lesson) == [before, after]


# --- code

POT = "kind: Pot\nmetadata:\n  name: rice\nspec:\n  lids:\n  - heavy"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "code",
    [
        POT,
        "name: rice\nlids: 2",
        "func heat() {\n    wait(30)\n    done()\n}",
        "$ pot run --lid\npot/rice created",
        'heat(1)\n# 先大火\nheat(2) // 再小火\nsay("好了")',
        "def heat(n):\n\u00a0\u00a0\u00a0\u00a0return n",
        "pot.heat(3)",
        "lid = 2\nlift(lid);",
        '{\n  "lid": 2\n}',
        "[cook@pot ~]# lift lid",
        "pot.lid=heavy",
        "</lid>",
        "lift --slow lid",
        "}",
        "// Fire first\nheat(pot)",
        "// 先大火\nheat(pot)",
        'def heat(n):\n    """煮饭"""\n    return n',
        "<pot>\n  <!-- 铁锅 -->\n  <lid/>\n</pot>",
        '<div class="pot">\n  <b>铁锅</b>\n</div>',
        "pot.size=2\npot.name=铁锅\n# 锅盖\nlid.name=heavy",
        "lid = 1\nheat = lid + 1\nprint(heat)",
        "SELECT *\nFROM pots\nWHERE id = 1",
        "FROM rice:1.2\nRUN cook",
        "C:\\pots> lift",
        "2019-03-02 10:15:01 INFO lid - hot\n2019-03-02 10:15:02 WARN lid - 12 > 10",
        "GET /rice HTTP/1.1\nHost: example.com",
    ],
)
def test_lines_of_a_program_are_code_with_their_indentation(code: str, gap: str) -> None:
    lesson = lesson_of(printed_page(f"先看这段：\n\n{code.replace(chr(10), gap)}\n\n火要慢。"))

    assert outline(lesson) == [(Paragraph, "先看这段："), (Code, code), (Paragraph, "火要慢。")]
    assert lesson.blocks[1].text.pieces[0].line == lesson.blocks[1].first_line


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "lines",
    [
        ("Rice is what you make of it, they say.", "A lid is worth (nearly) ten minutes; do not lift it."),
        ("Rice", "Pot", "Lid"),
        ("rice-pot", "lid", "pot-proxy"),
        ("03 | Water", "Chapter 4 > Fire", "Rice -> Congee"),
        ("名字: 铁锅", "name: 铁锅", "火候: slow"),
        ("https://example.com/?a=1;b=2",),
        ("* 先淘米", "$ 是钱的记号"),
        ("==========",),
        ("\u3000\u3000米要淘三遍。", "  水要清。"),
        ("  Lift no lid before the steam is gone.", "to be or not to be"),
        ("E = mc^2",),
        ("Rice = Water / (Water + Fire)", "y = wx + b"),
        ("Stay warm; stay dry.",),
        ("“There is no hot lid; there is only a hot hand.”",),
        ("there are only two hot things; the lid is one of them",),
        ("PS: a < b",),
        ("$100",),
        ("lift() / drop()",),
        ("f(g(x))", "O(1) < O(log n) < O(n)"),
        ("1. Rice", "2. RICE/2", "3. O(n log n)"),
        ("Rice", "rice++", "O(n)"),
        ("from: Leo", "to: Tony"),
        ("<<The Rice Book>>",),
        ("=====", "====="),
        ("Rice (or not)?", "-- Leo"),
        ("x_1=2",),
        ("S = {a, b, c}",),
        ("T(n) = 2T(n/2) + n", "  = 4T(n/4) + 2n"),
        ("<Slow Rice>", "<Fast Rice>"),
        ("Pot.lift()", "Pot.drop()"),
        ("x == y",),
        ("Rice", "  铁锅", "Lid"),
        ("Rice", "pot = 铁锅", "Lid"),
    ],
)
def test_prose_and_names_without_chinese_are_no_code(lines: tuple[str, ...], gap: str) -> None:
    lesson = lesson_of(printed_page(f"你好。\n\n{gap.join(lines)}\n\n再见。"))

    assert outline(lesson)[1:-1] == [(Paragraph, line.strip()) for line in lines]


@pytest.mark.parametrize("prose", ["锅里 a = 1 了", "a = 1 时，盖上", "if (a = 1)，掀开。", "  盖上盖子。"])
def test_prose_between_two_pieces_of_code_parts_them(prose: str) -> None:
    lesson = lesson_of(printed_page(f"heat(1);\n\n{prose}\n\nlift(2);"))

    assert outline(lesson) == [(Code, "heat(1);"), (Paragraph, prose.strip()), (Code, "lift(2);")]


def test_an_item_of_a_list_above_code_is_no_remark() -> None:
    lesson = lesson_of(printed_page("* 先淘米\n\n$ pot run"))

    assert outline(lesson) == [(Paragraph, "* 先淘米"), (Code, "$ pot run")]


# --- comments


@pytest.mark.parametrize(
    ("shown", "likes"), [("👍 16", 16), ("👍16", 16), ("👍", 0), ("👍 ", 0), (None, None)]
)
def test_a_mark_without_a_number_is_no_likes_and_no_mark_is_unknown(
    shown: str | None, likes: int | None
) -> None:
    lesson = lesson_of(printed_page(comments=[reader_comment(likes=shown)]))

    assert only_comment(lesson).likes == likes
    assert only_comment(lesson).text.string == "锅盖我已经贴了封条。"


@pytest.mark.parametrize("name", ["，", "🥢", "a̷̮̓b̷̤̈", "半 勺 井 水", "2018-01-01", "Geek_zz19q", "展开", "👍"])
def test_odd_names_are_names(name: str) -> None:
    comments = [reader_comment(name=name), reader_comment(name=name, likes=None), reader_comment(name="末")]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.author for comment in lesson.comments] == [name, name, "末"]


@pytest.mark.parametrize(
    ("shown", "name", "truncated"),
    [("蒸汽机车头...", "蒸汽机车头", True), ("锅", "锅", False), ("...", "...", False)],
)
def test_the_dots_of_a_cut_name_are_not_part_of_it(shown: str, name: str, truncated: bool) -> None:
    comment = only_comment(lesson_of(printed_page(comments=[reader_comment(name=shown)])))

    assert (comment.author, comment.author_truncated) == (name, truncated)


@pytest.mark.parametrize("likes", ["👍 2", "👍", None])
@pytest.mark.parametrize(
    "text",
    [
        "2018-01-02",
        "2018-01-02\n\n那天焖糊了。",
        "那天焖糊了。\n2018-01-02",
        "那天焖糊了。\n2018-01-02\n第二锅好些。",
        "那天焖糊了。\n\n2018-01-02",
        "第一锅糊了。\n\n\n\n第二锅好些\n2018-01-02",
        "👍",
        "pot --lid=on",
        "🍚",
        "第一段。\n\n第二段。",
        "我笑了半天，他写着“作者回复: 先别掀”。",
    ],
)
def test_a_text_may_hold_dates_blank_lines_and_quoted_replies(text: str, likes: str | None) -> None:
    comments = [reader_comment(text, likes=likes), reader_comment(name="末")]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.text.string for comment in lesson.comments] == [text, "锅盖我已经贴了封条。"]
    assert lesson.comments[0].replies == ()
    assert lesson.comments[0].date == datetime.date(2017, 12, 2)


def test_a_date_may_stand_apart_from_its_name() -> None:
    comments = [reader_comment(name="米缸见底\n\n "), reader_comment(name=" \n末")]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.author for comment in lesson.comments] == ["米缸见底", "末"]


def test_a_date_that_stands_apart_is_no_name_for_a_date_in_the_text() -> None:
    comment = "米缸见底\n\n \n2018-01-05\n\n2018-01-04\n那天焖糊了。"

    lesson = lesson_of(printed_page(comments=[comment]))

    assert only_comment(lesson).author == "米缸见底"
    assert only_comment(lesson).text.string == "2018-01-04\n那天焖糊了。"


LOST_DATE = "半勺井水\n\n👍 2\n\n火是什么火？\n\n作者回复: 小火。"
LOST_NAME = "2017-12-05\n\n👍 2\n\n火是什么火？\n\n作者回复: 小火。"


@pytest.mark.parametrize("foot", [{}, {"foot": (NEXT,)}, {"foot": ()}], ids=str)
@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    ("lost", "author", "day"),
    [
        (LOST_DATE, "半勺井水", None),
        (LOST_DATE.replace("水", "..."), "半勺井", None),
        (LOST_NAME, None, datetime.date(2017, 12, 5)),
    ],
)
def test_a_comment_without_its_date_or_its_name_is_one_where_a_gap_and_its_likes_say_so(
    lost: str, author: str | None, day: datetime.date | None, at: int, foot: dict[str, object]
) -> None:
    comments = [reader_comment(), reader_comment("第二锅。", name="锅", likes=None)]
    comments.insert(at, lost)

    lesson = lesson_of(printed_page(comments=comments, **foot))  # type: ignore[arg-type]
    found = lesson.comments[at]

    assert [len(comment.replies) for comment in lesson.comments].count(1) == 1
    assert (found.author, found.date, found.likes, found.text.string) == (author, day, 2, "火是什么火？")
    assert [reply.text.string for reply in found.replies] == ["小火。"]
    assert block_texts(lesson) == PARAGRAPHS
    assert lesson.warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "那天焖糊了。\n\n半勺井水\n\n👍\n\n好。",
        f"那天焖糊了。{GAP}半勺井水\n👍\n好。",
        f"那天焖糊了。{GAP}半勺井水说的对。\n\n👍\n\n好。",
        "2018-01-02\n\n👍",
        "半勺井水\n\n👍 2\n\n好。",
    ],
)
@pytest.mark.parametrize("likes", ["👍 2", None])
def test_a_thumb_in_a_text_begins_no_comment(text: str, likes: str | None) -> None:
    comments = [reader_comment(text, likes=likes), reader_comment(name="末")]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.text.string for comment in lesson.comments] == [text, "锅盖我已经贴了封条。"]


@pytest.mark.parametrize("mark", ["展开 ▾", "展开 ∨", "展开"])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_mark_that_unfolds_is_no_text_and_means_that_the_text_was_clipped(mark: str, blank: str) -> None:
    comment = only_comment(lesson_of(printed_page(comments=[reader_comment(f"锅是新的。{blank}{mark}")])))

    assert (comment.text.string, comment.clipped) == ("锅是新的。", True)


@pytest.mark.parametrize("marks", [("展开 ▾", "作者回复: 火小一点"), (None, "作者回复: 火小一点\n展开 ▾")])
def test_the_mark_may_stand_above_the_reply_or_below(marks: tuple[str | None, str]) -> None:
    clip, reply = marks

    comment = only_comment(lesson_of(printed_page(comments=[reader_comment(clip=clip, reply=reply)])))

    assert comment.clipped
    assert [reply.text.string for reply in comment.replies] == ["火小一点"]


@pytest.mark.parametrize(
    ("shown", "by", "text"),
    [
        ("作者回复: 火小一点", "author", "火小一点"),
        ("作者回复：火小一点", "author", "火小一点"),
        ("作者回复 : 🍲", "author", "🍲"),
        ("作者回复:", "author", ""),
        ("作者回复\n火小一点", "author", "火小一点"),
        ("编辑回复: 已经改了", "editor", "已经改了"),
        (
            "作者回复: 要看锅底。\n\n平底的可以。\n\n圆底的不行。",
            "author",
            "要看锅底。\n\n平底的可以。\n\n圆底的不行。",
        ),
    ],
)
def test_a_reply_runs_from_its_mark_to_the_end_of_the_comment(shown: str, by: str, text: str) -> None:
    comments = [reader_comment(reply=shown), reader_comment(name="末")]

    first, last = lesson_of(printed_page(comments=comments)).comments

    assert [(reply.by, reply.text.string) for reply in first.replies] == [(by, text)]
    assert first.text.string == "锅盖我已经贴了封条。"
    assert first.replies[0].last_line == first.last_line
    assert last.replies == ()


def test_author_and_editor_may_both_reply() -> None:
    comment = only_comment(
        lesson_of(printed_page(comments=[reader_comment(reply="作者回复: 好\n\n编辑回复: 也好")]))
    )

    assert [(reply.by, reply.text.string) for reply in comment.replies] == [
        ("author", "好"),
        ("editor", "也好"),
    ]


def test_a_day_that_no_calendar_has_is_warned_of() -> None:
    lesson = lesson_of(printed_page(comments=[reader_comment(day="2017-02-30")]))

    assert only_comment(lesson).date is None
    assert warning_codes(lesson) == ["impossible-date"]


@pytest.mark.parametrize("fragment", ["", "\n\n2", "\n\n2018-", "\n\n2018-0"])
def test_a_file_that_ends_before_a_comments_date_keeps_the_name_apart(fragment: str) -> None:
    page = printed_page(comments=[reader_comment(clip="展开 ▾"), f"半勺井水{fragment}"])

    lesson = lesson_of(page)

    assert [comment.author for comment in lesson.comments] == ["灶王爷的远亲", "半勺井水"]
    assert lesson.comments[0].clipped
    assert lesson.comments[1].date is None
    assert warning_codes(lesson) == ["cut-comment"]


def test_every_prefix_of_a_page_parses_and_keeps_the_comments_so_far() -> None:
    page = printed_page(
        comments=[reader_comment(), reader_comment("跟着焖了一锅。", name="锅", reply="作者回复: 好")]
    )
    found = [len(lesson_of(page[:stop]).comments) for stop in range(1, len(page), 7)]

    assert found == sorted(found)
    assert found[-1] == 2


def test_numbers_too_long_to_be_counts_are_text() -> None:
    digits = "9" * 5000
    comments = [reader_comment(likes=f"👍 {digits}")]
    page = printed_page(
        comments=comments, card=f"秦稻香\n\n{digits} 天", audio=f"讲述：秦\n\n时长 {digits}:00"
    )

    lesson = lesson_of(page)

    assert only_comment(lesson).likes is None
    assert lesson.audio is None or lesson.audio.seconds is None


def test_a_card_may_count_in_ten_thousands() -> None:
    lesson = lesson_of(printed_page(card="秦稻香\n\n灶台边的人\n\n一共 23.5 万字,26 篇。"))

    assert lesson.stats == CourseStats(days=None, articles=26, characters=235000, hours=None)


def test_an_advert_is_no_part_of_the_authors_name() -> None:
    lesson = lesson_of(printed_page(dated="2017-11-30 秦稻香（微信：00000）", card=None, audio=None))

    assert lesson.author == "秦稻香"


def test_half_the_body_in_sentences_stays_where_the_page_lost_its_gaps_and_its_audio() -> None:
    page = with_single_blank_lines(printed_page(audio=None, body=BODY + "\n\n完。"))

    assert block_texts(lesson_of(page)) == [*PARAGRAPHS, "完。"]


def test_a_list_below_date_and_author_is_no_course() -> None:
    lesson = lesson_of("焖饭\n2018-03-09 秦稻香\n\n- 水\n- 火")

    assert lesson.course is None
    assert block_texts(lesson) == ["- 水", "- 火"]


# --- texts that look like parts of the page


@pytest.mark.parametrize(
    "text", ["© 是什么符号", "版权归谁", "下一篇 什么时候更新", "讲述：老王 这个声音好听"]
)
@pytest.mark.parametrize("missing", [{"foot": ()}, {"foot": (), "audio": None}], ids=str)
def test_a_comment_may_begin_like_a_part_that_the_page_has_not(text: str, missing: dict[str, object]) -> None:
    comments = [reader_comment(text), reader_comment("好。", name="锅"), reader_comment(text, name="末")]

    lesson = lesson_of(printed_page(comments=comments, **missing))  # type: ignore[arg-type]

    assert [comment.text.string for comment in lesson.comments] == [text, "好。", text]
    assert (lesson.copyright, lesson.next) == (None, None)
    assert block_texts(lesson) == PARAGRAPHS


def test_names_over_dates_in_a_body_leave_the_foot_where_it_is() -> None:
    body = f"版本记录。{GAP}第一版\n\n2017-01-01\n\n水线是一指节。"

    lesson = lesson_of(printed_page(body, comments=[reader_comment()]))

    assert block_texts(lesson) == ["版本记录。", "第一版", "2017-01-01", "水线是一指节。"]
    assert lesson.copyright == RIGHTS
    assert len(lesson.comments) == 1


def test_an_advert_above_the_neighbours_is_no_body_where_the_rights_are_missing() -> None:
    assert block_texts(lesson_of(printed_page(foot=(UPGRADE, PREVIOUS, NEXT)))) == PARAGRAPHS


@pytest.mark.parametrize("reply", ["作者回复: 🍲", "展开 ▾"])
def test_a_last_comment_without_text_is_not_two(reply: str) -> None:
    comments = [reader_comment(), reader_comment("", name="末", reply=f"\n{reply}")]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.author for comment in lesson.comments] == ["灶王爷的远亲", "末"]


@pytest.mark.parametrize("dated", ["2017-11-30", None])
def test_a_card_that_greets_names_an_author_whom_the_head_does_not(dated: str | None) -> None:
    lesson = lesson_of(printed_page(dated=dated, audio=None))

    assert (lesson.author, lesson.author_bio) == ("秦稻香", "三口铁锅的主人，灶台边写字的人")
    assert lesson.stats is not None
    assert block_texts(lesson) == PARAGRAPHS


def test_a_date_may_say_where_its_comment_was_written() -> None:
    comment = only_comment(lesson_of(printed_page(comments=[reader_comment(day="2022-06-14来自上海")])))

    assert comment.date == datetime.date(2022, 6, 14)


def test_a_sentence_that_begins_with_a_date_is_no_byline() -> None:
    lesson = lesson_of(
        printed_page("2019-01-01 这一天，我们开始焖饭。\n\n手指伸进去。", dated=None, card=None, audio=None)
    )

    assert (lesson.title, lesson.course, lesson.date) == (TITLE, COURSE, None)
    assert block_texts(lesson) == ["2019-01-01 这一天，我们开始焖饭。", "手指伸进去。"]


@pytest.mark.parametrize(
    "last", [{"reply": "作者回复: 火小一点"}, {"clip": "展开 ▾"}, {"text": "2018-01-01"}]
)
def test_a_name_like_a_date_follows_whatever_ends_a_comment(last: dict[str, str]) -> None:
    comments = [reader_comment(**last), reader_comment(name="2019-01-01", day="2018-02-02")]  # type: ignore[arg-type]

    lesson = lesson_of(printed_page(comments=comments))

    assert [comment.author for comment in lesson.comments] == ["灶王爷的远亲", "2019-01-01"]


def test_the_sites_advert_and_notice_are_signs_enough() -> None:
    lesson = lesson_of(
        printed_page(dated=None, enter=None, card=None, audio=None, course_card=None, foot=(UPGRADE, RIGHTS))
    )

    assert (lesson.format, lesson.title) == ("geektime-text", TITLE)


def test_a_short_lesson_whose_readers_write_full_lines_is_no_pdf() -> None:
    said = "锅盖不能掀的道理我是这样理解的\n水汽跑了米就夹生而火再大也没用\n所以我家的锅盖一直压着一块石头"
    page = printed_page("锅盖别掀。", card=None, course_card=None, foot=(), comments=[reader_comment(said)])

    assert lesson_of(page).format == "geektime-text"
