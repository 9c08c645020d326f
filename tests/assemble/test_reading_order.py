"""Where lessons stand, and what that follows from."""

import pytest

from assemble.texts import course_of, order_of, text
from k8snotes.model.course import Course

# Files of a course, in reading order.
COLLECTIONS = {
    "numbers by value": ["1 - 米", "2 - 水", "10 - 火", "100 - 锅"],
    "numbers of every kind": ["01 | 米", "02｜水", "第3讲 火", "第四讲：锅", "05、盖", "6. 盛"],
    "Chinese numbers": ["第九讲 米", "第十讲 水", "第十一讲 火", "第二十讲 锅", "第一百讲 盖"],
    "the first and the last": [
        "开篇词-为什么",
        "课前必读-工具",
        "01-米",
        "02-水",
        "结束语-收",
        "期末测试-考",
    ],
    "the first has a number": ["00-开篇词-为什么", "01-米", "02-水", "03-结束语"],
    "a first part within": ["01-米", "02-导读：火", "03-火"],
    "the last has a number": ["01-米", "02-水", "加餐-砂锅", "53-结束语-收", "期末测试"],
    "extras that nothing places": ["01-米", "02-水", "加餐01-砂锅", "加餐02-铁锅", "加餐10-瓦罐", "结束语"],
    "numbered extras": ["16-锅", "17-加餐-砂锅", "18-盖"],
    "chapter and lesson in four digits": [
        "0000开课词",
        "0101米",
        "0105水",
        "0201火",
        "0203加餐砂锅",
        "1001锅",
    ],
    "chapter and lesson with a dot": ["1.1 米", "1.2 水", "1.10 火", "2.1 锅", "10.1 盖"],
    "lessons and their parts": ["1. 米", "1.1 淘", "1.2 泡", "2. 水", "2.1 量", "10. 火"],
    "two lessons in one": ["09-米", "10-11-水", "12-火"],
    "parts of one lesson": ["16-锅（上）", "16-锅（中）", "16-锅（下）", "17-盖"],
    "pages that say what the course is": ["index", "开篇词", "01-米"],
    "years are no numbers": ["01-米", "02-水", "2019-年终", "结束语"],
}
CHAPTERS = {
    "chapters and lessons in their names": ["第1章 备料/1-1 米", "第1章 备料/1-2 水", "第10章 火候/10-1 火"],
    "numbers go on": ["第一部分/01-米", "第一部分/02-水", "第二部分/03-火"],
    "numbers begin anew": [
        "开篇词", "第一部分/01-米", "第一部分/02-水", "第二部分/01-火", "第三部分/01-锅", "第十部分/01-盖",
        "结束语",
    ],
    "folders are numbered": [
        "01-开篇词 (1讲)/00丨开篇词", "02-基础篇 (2讲)/01丨米", "02-基础篇 (2讲)/02丨水", "10-实战篇/03丨火",
    ],
    "extras at the end of their chapter": [
        "第一部分/01-米", "第一部分/加餐-砂锅", "第二部分/02-水", "第二部分/03-火", "第二部分/用户故事-老王",
        "结束语",
    ],
    "a chapter of extras": ["01-基础篇/01-米", "02-加餐/加餐-砂锅", "03-进阶篇/02-水"],
    "chapters with openings of their own": [
        "01-基础篇/导读", "01-基础篇/01-米", "01-基础篇/02-水", "02-进阶篇/导读", "02-进阶篇/01-火",
    ],
}  # fmt: skip


@pytest.mark.parametrize("names", COLLECTIONS.values(), ids=COLLECTIONS)
def test_files_are_read_in_the_order_of_their_names(names: list[str]) -> None:
    assert order_of(*reversed(names)) == names


@pytest.mark.parametrize("names", CHAPTERS.values(), ids=CHAPTERS)
def test_chapters_are_read_one_after_the_other(names: list[str]) -> None:
    assert order_of(*reversed(names)) == names


def placed(course: Course) -> list[tuple[str, str]]:
    """Titles in reading order, each with what its place follows from."""
    return [(held.facts.title or "", held.placed_by) for held in course.lessons]


def test_a_link_backwards_places_a_lesson() -> None:
    course = course_of(
        text("焖饭/01 - 米.md"),
        text("焖饭/02 - 水.md"),
        text("焖饭/x.md", title="加餐 | 砂锅", previous="01 | 米"),
    )

    assert placed(course) == [("01 | 米", "number"), ("加餐 | 砂锅", "link"), ("02 | 水", "number")]


def test_a_link_forwards_places_a_lesson() -> None:
    course = course_of(
        text("焖饭/01 - 米.md"),
        text("焖饭/02 - 水.md"),
        text("焖饭/x.md", title="加餐 | 砂锅", next="02 | 水"),
    )

    assert placed(course)[1] == ("加餐 | 砂锅", "link")


def test_a_link_of_its_neighbour_places_a_lesson() -> None:
    course = course_of(
        text("焖饭/01 - 米.md", next="加餐 | 砂锅配什么"),
        text("焖饭/02 - 水.md"),
        text("焖饭/加餐-砂锅配什么.md"),
    )

    assert placed(course)[1] == ("加餐 | 砂锅配什么", "link")


def test_links_place_one_lesson_after_the_other() -> None:
    course = course_of(
        text("焖饭/01 - 米.md"),
        text("焖饭/02 - 水.md"),
        text("焖饭/a.md", title="加餐（二）| 铁锅怎么养", previous="加餐（一）| 砂锅怎么养"),
        text("焖饭/b.md", title="加餐（一）| 砂锅怎么养", previous="01 | 米"),
    )

    assert [title for title, _ in placed(course)] == [
        "01 | 米", "加餐（一）| 砂锅怎么养", "加餐（二）| 铁锅怎么养", "02 | 水",
    ]  # fmt: skip


def test_a_link_to_a_lesson_that_is_not_held_places_by_its_number() -> None:
    course = course_of(
        text("焖饭/03 - 米.md"),
        text("焖饭/05 - 水.md"),
        text("焖饭/x.md", title="加餐 | 砂锅", previous="04 | 火"),
    )

    assert placed(course)[1] == ("加餐 | 砂锅", "link")


def test_links_alone_order_a_course_without_numbers() -> None:
    course = course_of(
        text("焖饭/开篇词.md", course="焖饭", next="米要怎么挑"),
        text("焖饭/c.md", title="米要怎么挑", course="焖饭"),
        text("焖饭/a.md", title="水要放多少", course="焖饭", previous="米要怎么挑", next="火要烧多大"),
        text("焖饭/b.md", title="火要烧多大", course="焖饭"),
    )

    assert [title for title, _ in placed(course)] == ["开篇词", "米要怎么挑", "水要放多少", "火要烧多大"]


def test_links_in_a_circle_lose_no_lesson() -> None:
    course = course_of(
        text("焖饭/a.md", title="米要怎么挑", course="焖饭", previous="水要放多少"),
        text("焖饭/b.md", title="水要放多少", course="焖饭", previous="米要怎么挑"),
    )

    assert len(course.lessons) == 2


def test_the_number_of_a_file_places_what_has_none_of_its_own() -> None:
    course = course_of(
        text("焖饭/000_00aa11bb22cc33dd.txt", title="01 | 米", course="焖饭"),
        text("焖饭/001_11bb22cc33dd44ee.txt", title="加餐 | 砂锅", course="焖饭"),
        text("焖饭/002_22cc33dd44ee55ff.txt", title="02 | 水", course="焖饭"),
    )

    assert placed(course)[1] == ("加餐 | 砂锅", "file")


def test_files_that_count_extras_as_well_number_no_lesson() -> None:
    course = course_of(
        text("焖饭/01-a.md", title="01 | 米"),
        text("焖饭/02-b.md", title="加餐 | 砂锅"),
        text("焖饭/03-c.md", title="02 | 水"),
    )

    assert [(held.number, held.placed_by) for held in course.lessons] == [
        (1, "number"), (None, "file"), (2, "number"),
    ]  # fmt: skip
    assert course.missing == ()


def test_the_number_of_a_file_is_the_lessons_where_its_title_has_none() -> None:
    course = course_of(text("焖饭/02-b.md", title="水"), text("焖饭/01-a.md", title="米"))

    assert [(held.number, held.placed_by) for held in course.lessons] == [(1, "file"), (2, "file")]


def test_a_book_is_read_as_it_is_bound() -> None:
    course = course_of(
        *(
            text("焖饭.epub", title=title, book="焖饭", entry=entry)
            for entry, title in enumerate(["封面", "02 | 水", "01 | 米", "结束语", "附录"])
        )
    )

    assert placed(course) == [
        ("封面", "book"), ("02 | 水", "book"), ("01 | 米", "book"), ("结束语", "book"), ("附录", "book"),
    ]  # fmt: skip


def test_a_farewell_stands_before_the_last_test_unless_links_say_otherwise() -> None:
    linked = course_of(
        text("焖饭/01-米.md"),
        text("焖饭/结束语-收锅.md", previous="期末测试 | 考考你"),
        text("焖饭/期末测试-考考你.md"),
    )

    assert order_of("期末测试-考考你", "01-米", "结束语-收锅") == ["01-米", "结束语-收锅", "期末测试-考考你"]
    assert [title for title, _ in placed(linked)] == ["01 | 米", "期末测试 | 考考你", "结束语 | 收锅"]


def test_what_is_counted_stands_before_the_next_of_its_kind() -> None:
    course = course_of(
        text("焖饭/01-米.md"),
        text("焖饭/加餐三-锅.md", previous="01 | 米"),
        text("焖饭/02-水.md"),
        text("焖饭/加餐一-灶.md"),
        text("焖饭/加餐二-柴.md"),
        text("焖饭/加餐四-盖.md"),
    )

    assert placed(course) == [
        ("01 | 米", "number"),
        ("加餐一 | 灶", "word"),
        ("加餐二 | 柴", "word"),
        ("加餐三 | 锅", "link"),
        ("02 | 水", "number"),
        ("加餐四 | 盖", "name"),
    ]


def test_an_extra_after_the_farewell_stands_there_where_a_link_says_so() -> None:
    course = course_of(
        text("焖饭/01-米.md"),
        text("焖饭/结束语-收锅.md"),
        text("焖饭/加餐-砂锅.md", previous="结束语 | 收锅"),
    )

    assert [title for title, _ in placed(course)] == ["01 | 米", "结束语 | 收锅", "加餐 | 砂锅"]
