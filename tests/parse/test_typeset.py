"""What the looks of a PDF's lines tell: which of them are one paragraph, which are headings or code."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from k8snotes.model.lesson import Code, Heading, Lesson, Paragraph
from k8snotes.model.source import Locator, Look, Source
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from parse.pages import block_texts, outline

SIZE, PITCH, LEFT, WIDTH = 10.0, 18.0, 40.0, 300.0
FULL = (
    "锅盖要等水汽够了再掀，掀早了饭就夹生，掀晚了底又要焦，分寸"  # thirty characters: the width of the page
)


class Sheet:
    """Pages that are set line by line, each below the one before."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.looks: list[Look | None] = []
        self.places: list[tuple[int, Locator]] = []
        self.page()

    def page(self) -> "Sheet":
        self.baseline = 700.0
        self.places.append((len(self.lines) + 1, Locator(page=len(self.places) + 1)))
        return self

    def set(
        self,
        *lines: str,
        gap: float = 0,
        size: float = SIZE,
        left: float = LEFT,
        bold: bool = False,
        fixed: bool = False,
        tag: str | None = None,
        part: int | None = None,
    ) -> "Sheet":
        """Adds lines, `gap` points further down than the next line of a paragraph would be."""
        self.baseline -= gap
        for line in lines:
            self.baseline -= PITCH
            width = sum(size if character > "\u2e7f" else size * 0.6 for character in line)
            word = line.split(" ")[0] if line[:1].isascii() else line[:1]
            self.lines.append(line)
            self.looks.append(
                Look(
                    size=size,
                    left=left,
                    right=left + width,
                    stretched=0.0,
                    baseline=self.baseline,
                    first_word=sum(size if c > "\u2e7f" else size * 0.6 for c in word),
                    is_fixed=fixed if any(character.isascii() for character in line) else None,
                    is_bold=bold,
                    is_even=True,
                    tag=tag,
                    part=part,
                )
            )
        return self

    def lesson(self) -> Lesson:
        source = Source(
            path="a.pdf",
            name="a.pdf",
            lines=tuple(self.lines),
            encoding="utf-8",
            places=tuple(self.places),
            looks=tuple(self.looks),
        )
        lesson = parse(source)
        assert list(faults(lesson)) == []
        return lesson


def sheet() -> Sheet:
    """A page with a title and a paragraph that shows how wide it is and how its lines stand."""
    return Sheet().set("火候", size=20).set(FULL, FULL, "全靠耳朵。", gap=10)


FIRST = f"{FULL}{FULL}全靠耳朵。"


def test_a_full_line_goes_on_though_it_ends_a_sentence() -> None:
    full = FULL[:-1] + "。"

    assert block_texts(sheet().set(full, "再说一遍。", gap=10).lesson()) == [FIRST, f"{full}再说一遍。"]


def test_a_line_with_room_for_the_next_word_ends_its_paragraph() -> None:
    assert block_texts(sheet().set("水要少，", "火要小", "饭要等").lesson()) == [
        FIRST,
        "水要少，",
        "火要小",
        "饭要等",
    ]


def test_a_line_that_leaves_less_room_than_a_long_word_needs_goes_on() -> None:
    short = FULL[:-5]

    lesson = sheet().set(short, "kettle-operator 要等。", gap=10).lesson()

    assert block_texts(lesson)[1] == f"{short}kettle-operator 要等。"


def test_a_paragraph_that_fills_its_last_line_ends_where_the_next_stands_apart() -> None:
    full = FULL[:-1] + "。"

    assert block_texts(sheet().set(full, gap=10).set("再说一遍。", gap=10).lesson()) == [
        FIRST,
        full,
        "再说一遍。",
    ]


def test_a_paragraph_goes_on_over_a_page() -> None:
    lesson = sheet().set(FULL, gap=10).page().set("还没完。").lesson()

    assert block_texts(lesson)[1] == f"{FULL}还没完。"
    assert lesson.source.locator_at(lesson.blocks[1].last_line) == Locator(page=2)


def test_the_first_line_of_a_paragraph_may_be_indented() -> None:
    lesson = sheet().set(FULL[:-2], left=LEFT + 20).set("没说完。").set("下一段。", left=LEFT + 20).lesson()

    assert block_texts(lesson)[1:] == [f"{FULL[:-2]}没说完。", "下一段。"]


def test_between_latin_words_a_wrap_took_a_blank() -> None:
    lesson = sheet().set(f"{FULL[:-5]}the lid", "is open", gap=10).lesson()

    assert block_texts(lesson)[1] == f"{FULL[:-5]}the lid is open"


def test_a_word_that_stands_elsewhere_was_cut_in_two() -> None:
    lesson = (
        sheet()
        .set("看 kettle-proxy 一眼。", gap=10)
        .set(f"{FULL[:-5]}kettle-p", "roxy 要等。", gap=10)
        .lesson()
    )

    assert block_texts(lesson)[2] == f"{FULL[:-5]}kettle-proxy 要等。"


def test_an_author_who_writes_blanks_beside_latin_words_wrote_them_at_the_edge() -> None:
    habit = "看 lid 和 pot 和 rice 和 kettle 一眼。"
    lesson = sheet().set(habit, gap=10).set(FULL, "kettle 要等。", gap=10).lesson()

    assert block_texts(lesson)[2] == f"{FULL} kettle 要等。"


def test_larger_lines_are_headings_below_the_title() -> None:
    lesson = (
        sheet().set("先看锅盖", size=14, gap=10).set("看。", gap=10).set("一、里面", size=12, gap=9).lesson()
    )

    assert lesson.title == "火候"
    assert [(b.level, b.text.string) for b in lesson.blocks if isinstance(b, Heading)] == [
        (2, "先看锅盖"),
        (3, "一、里面"),
    ]


def test_a_title_takes_as_many_lines_as_are_set_like_it() -> None:
    lesson = (
        Sheet().set("01 | 锅盖要等水汽够了再掀，", "掀早了夹生", size=20).set(FULL, "完。", gap=10).lesson()
    )

    assert (lesson.title, lesson.number) == ("01 | 锅盖要等水汽够了再掀，掀早了夹生", 1)


@pytest.mark.parametrize(("above", "below", "kind"), [(14, 4, Heading), (10, 10, Paragraph)])
def test_a_bold_line_is_a_heading_where_it_stands_otherwise_than_paragraphs_do(
    above: float, below: float, kind: type
) -> None:
    page = sheet().set("一段。", gap=10).set("二段。", gap=10).set("先看锅盖", bold=True, gap=above)
    lesson = page.set("三段。", gap=below).set("四段。", gap=10).lesson()

    assert [type(block) for block in lesson.blocks if block.text.string == "先看锅盖"] == [kind]


def test_lines_in_a_fixed_font_are_code_with_the_remarks_between_them() -> None:
    page = sheet().set(
        "lid:", "  open: false  # 先关着", "# 掀开之前先看", "  wait: 30", size=8, fixed=True, gap=12
    )
    lesson = page.set("三十秒。", gap=12).lesson()

    assert outline(lesson)[1:] == [
        (Code, "lid:\n  open: false  # 先关着\n# 掀开之前先看\n  wait: 30"),
        (Paragraph, "三十秒。"),
    ]


def test_the_numbers_of_lines_of_code_are_the_pages() -> None:
    lesson = sheet().set("1 lid:", "2   open: false", "3   wait: 30", size=8, fixed=True, gap=12).lesson()

    assert outline(lesson)[1] == (Code, "lid:\n  open: false\n  wait: 30")


def test_code_that_begins_with_numbers_keeps_them() -> None:
    lesson = sheet().set("80 open", "443 closed", size=8, fixed=True, gap=12).lesson()

    assert outline(lesson)[1] == (Code, "80 open\n443 closed")


def test_what_a_tagged_pdf_says_goes_before_what_it_looks_like() -> None:
    page = (
        sheet()
        .set("看起来是正文", tag="H3", part=1)
        .set(FULL, tag="P", part=2)
        .set("另一段", tag="P", part=3)
    )
    lesson = page.set("不是标题", size=14, tag="P", part=4).lesson()

    assert outline(lesson)[1:] == [
        (Heading, "看起来是正文"),
        (Paragraph, FULL),
        (Paragraph, "另一段"),
        (Paragraph, "不是标题"),
    ]


def commented(*names: str) -> Lesson:
    """A page with a comment under each name; an empty one is lost, as emoji are."""
    page = sheet().set("精选留言3", size=14, gap=20)
    for at, name in enumerate(names, 1):
        if name:
            page.set(name, size=9, gap=8)
        page.set(f"2018-10-0{at}", size=7).set(f"第{at}条。")
    return page.lesson()


def test_a_name_that_the_pdf_lost_is_not_taken_from_the_words_above() -> None:
    lesson = commented("甲", "", "丙")

    assert [(c.author, c.text.string) for c in lesson.comments] == [
        ("甲", "第1条。"),
        (None, "第2条。"),
        ("丙", "第3条。"),
    ]


def even(*comments: tuple[str, ...], parts: bool = False) -> Lesson:
    """A page with comments in one size; empty lines are lost, indented ones of one part with that above."""
    page = sheet().set("精选留言3", size=14, gap=20)
    part = 10
    for lines in comments:
        page.baseline -= 10
        for line in lines:
            if not line:
                page.baseline -= PITCH
                continue
            part += not line.startswith("  ")
            page.set(line.strip(), tag="LI" if parts else None, part=part if parts else None)
    return page.lesson()


LOST = (
    ("甲", "2018-10-01", "头一条。"),
    ("乙", "2018-10-02", "", "作者回复 火小一点。", "  再等等。"),
    ("", "2018-10-03", "第三条。"),
    ("丁", "2018-10-04", "末条。"),
)


@pytest.mark.parametrize("parts", [False, True])
def test_a_name_that_the_pdf_lost_leaves_its_room_above_the_date(parts: bool) -> None:
    lesson = even(*LOST, parts=parts)

    assert [(c.author, c.text.string) for c in lesson.comments] == [
        ("甲", "头一条。"),
        ("乙", ""),
        (None, "第三条。"),
        ("丁", "末条。"),
    ]
    assert [reply.text.string for reply in lesson.comments[1].replies] == ["火小一点。\n再等等。"]


def test_no_name_and_no_date_is_in_one_part_with_what_stands_above() -> None:
    lesson = even(
        ("甲", "2018-10-01", "记下日子：", "  2018-09-01", "  2018-09-02", "  都焦了。"),
        ("乙", "2018-10-02", "好。"),
        ("丙", "2018-10-03", "好。"),
        parts=True,
    )

    assert [comment.author for comment in lesson.comments] == ["甲", "乙", "丙"]
    assert lesson.comments[0].text.string == "记下日子：\n2018-09-01\n2018-09-02\n都焦了。"


def test_a_page_that_is_one_part_has_its_names_where_they_stand() -> None:
    lesson = even(
        ("甲", "  2018-10-01", "  好。"),
        ("  乙", "  2018-10-02", "  好。"),
        ("  丙", "  2018-10-03", "  好。"),
        parts=True,
    )

    assert [comment.author for comment in lesson.comments] == ["甲", "乙", "丙"]


def test_a_bare_thumb_below_the_date_counts_as_no_likes() -> None:
    page = sheet().set("精选留言2", size=14, gap=20)
    page.set("甲", size=9, gap=8).set("2018-10-01", "👍", size=7).set("好。")
    page.set("乙", size=9, gap=8).set("2018-10-02", size=7).set("👍")
    lesson = page.lesson()

    assert [(c.likes, c.text.string) for c in lesson.comments] == [(0, "好。"), (None, "👍")]


def test_a_reply_may_stand_below_the_date() -> None:
    page = sheet().set("精选留言2", size=14, gap=20)
    page.set("甲", size=9).set("好吗？").set("2018-10-01", size=7).set("作者回复 好。", "很好。", size=8)
    page.set("乙", size=9).set("是。").set("2018-10-02", size=7)
    lesson = page.lesson()

    assert [(c.author, c.text.string) for c in lesson.comments] == [("甲", "好吗？"), ("乙", "是。")]
    assert [reply.text.string for reply in lesson.comments[0].replies] == ["好。\n很好。"]


class Edge(NamedTuple):
    """A line at the edge of a page: its words, where it stands, how it is set."""

    words: str
    baseline: float
    left: float = 160.0
    size: float = SIZE


TOP, BOTTOM = 760.0, 20.0


def two_pages(first: Edge, second: Edge, *, is_last: bool) -> Lesson:
    """Two pages with such a line, as the first or as the last of their texts."""
    page = Sheet()
    for number, edge in enumerate((first, second)):
        if number:
            page.page()
        for is_edge in (False, True) if is_last else (True, False):
            page.baseline = edge.baseline + PITCH if is_edge else 718.0
            if is_edge:
                page.set(edge.words, left=edge.left, size=edge.size)
            elif number:
                page.set("米要淘三遍。", "水要清。")
            else:
                page.set("火候", size=20).set(FULL, FULL, "全靠耳朵。", gap=10)
    return page.lesson()


TEXT_OF_TWO = [FIRST, "米要淘三遍。", "水要清。"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Edge("1", BOTTOM), Edge("2", BOTTOM)),
        (Edge("- 7 -", BOTTOM), Edge("- 8 -", BOTTOM)),
        (Edge("第 9 页", BOTTOM, left=300), Edge("第 10 页", BOTTOM, left=294)),
        (Edge("3 / 14", BOTTOM, left=LEFT), Edge("4 / 14", BOTTOM, left=LEFT)),
        (Edge("焖饭二十讲", BOTTOM), Edge("焖饭二十讲", BOTTOM)),
        (Edge("焖饭二十讲", TOP, size=16, left=LEFT), Edge("焖饭二十讲", TOP, size=16, left=LEFT)),
    ],
    ids=str,
)
def test_what_a_printer_put_at_the_edges_of_two_pages_is_no_text(first: Edge, second: Edge) -> None:
    lesson = two_pages(first, second, is_last=True)

    assert block_texts(lesson) == TEXT_OF_TWO
    assert lesson.title == "火候"


def test_a_running_head_of_two_pages_may_stand_first_in_their_texts() -> None:
    head = Edge("焖饭二十讲", TOP)

    assert block_texts(two_pages(head, head, is_last=False)) == TEXT_OF_TWO


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Edge("小结", BOTTOM), Edge("附录", BOTTOM)),
        (Edge("1", BOTTOM), Edge("3", BOTTOM)),
        (Edge("小结", BOTTOM), Edge("小结", BOTTOM + 30)),
        (Edge("小结", BOTTOM, left=160), Edge("小结", BOTTOM, left=200)),
        (Edge("再焖一锅", BOTTOM, left=LEFT), Edge("再焖一锅", BOTTOM, left=LEFT)),
        (Edge("第 1 天", BOTTOM, left=LEFT), Edge("第 2 天", BOTTOM, left=LEFT)),
        (Edge("2017-11-30", BOTTOM, left=LEFT), Edge("2017-11-30", BOTTOM, left=LEFT)),
    ],
    ids=str,
)
def test_a_line_that_two_pages_end_in_by_chance_is_text(first: Edge, second: Edge) -> None:
    found = "\n".join(block_texts(two_pages(first, second, is_last=True)))

    assert first.words in found
    assert found.endswith(second.words)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Edge("小结", TOP, size=16), Edge("小结", TOP, size=16)),
        (Edge("小结", TOP, left=LEFT), Edge("小结", TOP, left=LEFT)),
        (Edge("1", TOP, size=16), Edge("2", TOP, size=16)),
    ],
    ids=str,
)
def test_a_heading_that_two_pages_begin_with_is_text(first: Edge, second: Edge) -> None:
    assert second.words in block_texts(two_pages(first, second, is_last=False))


def test_two_pages_of_code_may_end_alike() -> None:
    page = Sheet().set("火候", size=20).set(FULL, FULL, "全靠耳朵。", gap=10)
    page.set("lid {", "  open", "}", size=8, fixed=True, gap=12)
    end = page.baseline
    page.page().set("水要清。")
    page.baseline = end + 3 * PITCH
    page.set("pot {", "  open", "}", size=8, fixed=True)

    assert block_texts(page.lesson())[-1] == "pot {\n  open\n}"


def test_radicals_are_read_as_characters_while_the_source_keeps_them() -> None:
    lesson = sheet().set("给⽤⼾看⻚⾯。", gap=10).lesson()

    assert block_texts(lesson)[1] == "给用户看页面。"
    assert "给⽤⼾看⻚⾯。" in lesson.source.lines


def test_a_page_of_2018_has_its_course_its_cards_and_its_audio() -> None:
    page = (
        Sheet()
        .set("火候", size=20)
        .set("2018-10-08 秦稻香", "焖饭的学问", "进入课程 >", "秦稻香", "写字的人")
    )
    page.set("讲述：秦稻香", "时长 03:42 大小 3.41M").set(FULL, FULL, "全靠耳朵。", gap=10)
    page.set("焖饭的学问", "一口锅里的慢功夫", "秦稻香", gap=10).set("新版升级：点击，有奖励。")
    page.set("© 版权归极客邦科技所有。", "上一篇 06 | 水线", "下一篇 08 | 米").set(
        "甲", "2018-10-09", "好。", gap=10
    )
    lesson = page.lesson()

    assert (lesson.course, lesson.author) == ("焖饭的学问", "秦稻香")
    assert lesson.audio is not None
    assert lesson.audio.seconds == 222
    assert block_texts(lesson) == [FIRST]
    assert (lesson.previous, lesson.next) == ("06 | 水线", "08 | 米")
    assert [(c.author, c.text.string) for c in lesson.comments] == [("甲", "好。")]
    assert {section.kind for section in lesson.sections} >= {"card", "audio", "boilerplate", "navigation"}


def test_a_page_without_any_look_is_read_by_its_words() -> None:
    lesson = sheet().lesson()
    bare = replace(lesson.source, looks=())

    assert parse(bare).format == "mobile-page"
