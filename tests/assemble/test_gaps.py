"""What is missing of a course, and which numbers stand for several lessons."""

from assemble.texts import course_of, text
from k8snotes.model.course import Course, Missing


def missing(course: Course) -> list[tuple[int | None, str | None, int]]:
    """Number, title, and before which lesson it would stand."""
    return [(gap.number, gap.title, gap.before) for gap in course.missing]


def test_numbers_that_are_left_out_are_missing() -> None:
    course = course_of(text("焖饭/02-水.md"), text("焖饭/05-锅.md"), text("焖饭/结束语.md"))

    assert missing(course) == [(1, None, 0), (3, None, 1), (4, None, 1)]


def test_a_course_that_is_held_whole_lacks_nothing() -> None:
    course = course_of(
        text("焖饭/00-开篇词.md"),
        text("焖饭/01-米.md", previous="开篇词", next="02 | 水"),
        text("焖饭/02-水.md", previous="01 | 米", next="03-04 | 火与锅"),
        text("焖饭/03-04-火与锅.md", next="没有了"),
    )

    assert course.missing == ()
    assert course.clashes == ()


def test_a_link_names_what_is_missing() -> None:
    course = course_of(text("焖饭/01-米.md", next="02 | 水"), text("焖饭/03-火.md", previous="02 | 水"))

    (gap,) = course.missing
    assert (gap.number, gap.title, gap.before) == (2, "02 | 水", 1)
    assert [facts.path for facts in gap.named_by] == ["seeds/焖饭/01-米.md", "seeds/焖饭/03-火.md"]


def test_what_a_link_leads_to_is_missing_without_a_number_too() -> None:
    course = course_of(text("焖饭/01-米.md", next="加餐 | 砂锅怎么养"), text("焖饭/02-水.md", next="03 | 火"))

    assert missing(course) == [(None, "加餐 | 砂锅怎么养", 1), (3, "03 | 火", 2)]


def test_a_link_whose_title_has_changed_leads_to_its_number() -> None:
    assert course_of(text("焖饭/01-米.md", next="02 | 水量"), text("焖饭/02-水.md")).missing == ()


def test_chapters_that_begin_anew_are_counted_each() -> None:
    course = course_of(
        text("焖饭/第一部分/01-米.md"),
        text("焖饭/第二部分/01-火.md"),
        text("焖饭/第二部分/03-锅.md", next="04 | 盖"),
    )

    assert [(gap.chapter, gap.number) for gap in course.missing] == [("第二部分", 2), ("第二部分", 4)]


def test_chapters_in_four_digits_are_counted_each() -> None:
    course = course_of(text("焖饭/0101米.md"), text("焖饭/0103火.md"), text("焖饭/0202锅.md"))

    assert [(gap.chapter_number, gap.number) for gap in course.missing] == [(1, 2), (2, 1)]


def test_a_lone_high_number_leaves_nothing_out() -> None:
    assert course_of(text("焖饭/01-米.md"), text("焖饭/1024-彩蛋.md")).missing == ()


def test_other_lessons_under_one_number_clash() -> None:
    course = course_of(
        text("焖饭/01-米.md"), text("焖饭/02-水.md"), text("焖饭/02-火.md"), text("焖饭/03-锅.md")
    )

    (clash,) = course.clashes
    assert (clash.number, [facts.path for facts in clash.lessons]) == (
        2,
        ["seeds/焖饭/02-水.md", "seeds/焖饭/02-火.md"],
    )


def test_parts_of_one_lesson_do_not_clash() -> None:
    course = course_of(text("焖饭/01-米（上）.md"), text("焖饭/01-米（下）.md"), text("焖饭/02-水.md"))

    assert course.clashes == ()


def test_a_gap_says_all_that_is_known_of_it() -> None:
    course = course_of(text("焖饭/01-米.md"), text("焖饭/03-火.md"))

    assert course.missing == (
        Missing(chapter=None, chapter_number=None, number=2, title=None, named_by=(), before=1),
    )
