"""Which texts hold one lesson, and which are richer."""

import pytest

from assemble.texts import course_of, lesson, prose, text
from k8snotes.assemble.sameness import sameness
from k8snotes.assemble.sketches import MOST, shares, sketch
from k8snotes.model.course import LessonFacts, Sameness
from k8snotes.segment.fold import fold_string

BODY = prose("锅")
HALF = "\n\n".join(BODY.split("\n\n")[:12])
QUARTER = "\n\n".join(BODY.split("\n\n")[:10])
OTHER = prose("盖")


def same(one: LessonFacts, other: LessonFacts) -> Sameness | None:
    found = sameness(one, other)
    assert found == sameness(other, one)
    return found


@pytest.mark.parametrize(
    "other",
    [
        "16-锅.md",
        "第16讲 锅.md",
        "16｜鍋.md",
        "016_0123456789abcdef.txt",
        "锅.md",
        "炊具.md",
        "16 - 锅 (1).md",
    ],
)
def test_a_text_is_the_same_under_whatever_name(other: str) -> None:
    assert same(text("a/16 | 锅.md", BODY), text(f"b/{other}", BODY)) is not None


def test_why_two_are_one_is_said() -> None:
    one = text("a/16 | 锅.md", BODY)

    assert same(one, text("b/16-锅.md", BODY)) == Sameness(title=True, number=True, body=1.0)
    assert same(one, text("b/17-锅.md", BODY)) == Sameness(title=True, number=False, body=1.0)
    assert same(one, text("b/16-炊具.md", BODY)) == Sameness(title=False, number=True, body=1.0)
    assert same(one, text("b/炊具.md", BODY)) == Sameness(title=False, number=False, body=1.0)
    assert same(text("a/16 | 铁锅.md", "看锅。"), text("b/16-铁锅.md", BODY)) == Sameness(
        title=True, number=True, body=None
    )


def test_a_beginning_is_the_same_lesson() -> None:
    assert same(text("a/16 | 锅.md", BODY), text("b/16-锅.md", QUARTER)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("16 | 锅（上）.md", "17 | 锅（下）.md"),
        ("16 | 锅（一）.md", "16 | 锅（二）.md"),
        ("16 | 锅.md", "16 | 盖.md"),
        ("开篇词.md", "开篇词.md"),
        ("开篇词 | 为什么学.md", "开篇词 | 为什么学.md"),
        ("16 | 锅.md", "16 | 锅.md"),
    ],
)
def test_other_texts_are_other_lessons_however_alike_their_titles(one: str, other: str) -> None:
    assert same(text(f"a/{one}", BODY), text(f"b/{other}", OTHER)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("期中测试.md", "期末测试.md"), ("加餐（一）.md", "加餐（二）.md"), ("16 | 铁锅.md", "17 | 铁锅.md")],
)
def test_texts_too_short_to_compare_are_told_by_their_titles(one: str, other: str) -> None:
    assert same(text(f"a/{one}", "点击开始。"), text(f"b/{other}", "点击开始吧。")) is None


def made_of(template: str, word: str) -> str:
    """A page that shares all but one sentence with others made of the template."""
    return f"{template}\n\n{prose(word, 1)}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("16 | 铁锅.md", "17 | 砂锅.md"),
        ("铁锅参数.md", "砂锅参数.md"),
        ("016_0123456789abcdef.txt", "017_1234567890abcdef.txt"),
        ("加餐（一）.md", "加餐（二）.md"),
        ("期中测试.md", "期末测试.md"),
    ],
)
def test_pages_made_from_one_template_are_lessons_of_their_own(one: str, other: str) -> None:
    title, other_title = (None, None) if "铁锅" in one or "_" not in one else ("16 | 铁锅", "17 | 砂锅")
    first = text(f"a/{one}", made_of(BODY, "铁"), title=title)
    second = text(f"a/{other}", made_of(BODY, "砂"), title=other_title)

    assert same(first, second) is None


def test_lessons_of_one_name_in_two_chapters_are_two() -> None:
    course = course_of(
        *(
            text(f"焖饭/{chapter}/{name}.md", made_of(BODY, chapter + name))
            for chapter in ("第一部分", "第二部分")
            for name in ("01-导读", "02-练习")
        )
    )

    assert len(course.lessons) == 4


def test_a_lesson_that_was_renamed_or_counted_anew_is_the_same() -> None:
    one = text("a/16 | 铁锅要怎么挑.md", made_of(BODY, "旧"))

    assert same(one, text("b/16 | 炊具.md", made_of(BODY, "新"))) == Sameness(
        title=False, number=True, body=0.96
    )
    assert same(one, text("b/0302铁锅要怎么挑.md", made_of(BODY, "新"))) is not None
    assert same(one, text("b/铁锅要怎么挑？三步看懂.md", made_of(BODY, "新"))) is not None


def test_a_page_that_quotes_another_whole_is_not_that_one() -> None:
    long = "\n\n".join(prose(f"甲{part}") for part in range(6))

    assert same(text("a/16 | 锅.md", BODY), text("b/合集.md", f"{BODY}\n\n{long}")) is None


def test_sketches_of_long_texts_are_compared_like_whole_ones() -> None:
    paragraphs = [prose(f"段{part}", 30) for part in range(40)]
    whole = sketch(lesson("a.md", "\n\n".join(paragraphs)), fold_string)
    most = sketch(lesson("b.md", "\n\n".join(paragraphs[:30])), fold_string)
    found = shares(whole, most)

    assert len(whole.hashes) == 4 * MOST
    assert found is not None
    assert found[0] == pytest.approx(0.75, abs=0.15)
    assert found[1] == pytest.approx(1.0, abs=0.05)


def test_line_breaks_blanks_marks_and_script_do_not_part_texts() -> None:
    plain = "先看锅底，再看锅沿。锅盖要与锅沿贴紧，不然汽就跑了。最后看把手是否牢靠。"
    printed = "先看鍋底，再看\n鍋沿。锅盖要 与锅沿**贴紧**，不然汽就跑了。最后看把手是否牢靠。"

    one, other = (
        sketch(lesson(name, body), fold_string) for name, body in (("a.md", plain), ("b.md", printed))
    )

    assert one == other


def test_the_fuller_text_wins() -> None:
    (held,) = course_of(
        text("焖饭/a/16-锅.md", HALF, course="焖饭"), text("焖饭/b/16-锅.md", BODY, course="焖饭")
    ).lessons

    assert held.facts.path == "seeds/焖饭/b/16-锅.md"
    assert [duplicate.facts.path for duplicate in held.duplicates] == ["seeds/焖饭/a/16-锅.md"]


def test_of_texts_as_full_the_one_that_says_more_wins() -> None:
    (held,) = course_of(
        text("焖饭/a/16-锅.md", f"{BODY}\n\n多一句。", course="焖饭"),
        text("焖饭/b/16-锅.md", f"# 16 | 锅\n\n## 铁\n\n## 砂\n\n{BODY}", course="焖饭"),
    ).lessons

    assert held.facts.path == "seeds/焖饭/b/16-锅.md"
    assert held.duplicates[0].of is held.facts


def test_a_copy_gives_its_place_to_the_lesson() -> None:
    course = course_of(
        text("焖饭/01-米.md"),
        text("焖饭/02-水.md"),
        text("焖饭/a/加餐-砂锅.md", f"# 加餐 | 砂锅\n\n## 铁\n\n{BODY}", course="焖饭"),
        text("焖饭/b/加餐-砂锅.md", HALF, course="焖饭", previous="01 | 米"),
    )

    assert [held.placed_by for held in course.lessons] == ["number", "link", "number"]
