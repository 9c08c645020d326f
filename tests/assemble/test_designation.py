"""What titles, file names and folders say of a place, as a table."""

import pytest

from k8snotes.assemble.designation import designation, designation_of_file, folder_mark
from k8snotes.segment.fold import fold_string

# title → number, the second one, role, what the course calls it, its count, the title proper
TITLES = [
    ("16 | 水线", 16, None, None, "", None, "水线"),
    ("16｜水线", 16, None, None, "", None, "水线"),
    ("16丨水线", 16, None, None, "", None, "水线"),
    ("16 _ 水线", 16, None, None, "", None, "水线"),
    ("16 - 水线", 16, None, None, "", None, "水线"),
    ("16-水线", 16, None, None, "", None, "水线"),
    ("16. 水线", 16, None, None, "", None, "水线"),
    ("16、水线", 16, None, None, "", None, "水线"),
    ("１６｜水线", 16, None, None, "", None, "水线"),
    ("【16】水线", 16, None, None, "", None, "水线"),
    ("16水线", 16, None, None, "", None, "水线"),
    ("16讲水线", 16, None, None, "", None, "水线"),
    ("第16讲水线", 16, None, None, "", None, "水线"),
    ("第十六讲 | 水线", 16, None, None, "", None, "水线"),
    ("第十六講：水線", 16, None, None, "", None, "水线"),
    ("第一百零五节 水线", 105, None, None, "", None, "水线"),
    ("第10-11讲 | 水线", 10, 11, None, "", None, "水线"),
    ("10-11 | 水线", 10, 11, None, "", None, "水线"),
    ("07_08 水线", 7, 8, None, "", None, "水线"),
    ("1.10 水线", 1, 10, None, "", None, "水线"),
    ("0201水线", 201, None, None, "", None, "水线"),
    ("Lesson 3: Rice", 3, None, None, "", None, "rice"),
    ("Day 12 煮粥", 12, None, None, "", None, "煮粥"),
    ("05Kubernetes", 5, None, None, "", None, "kubernetes"),
    ("03 | 5个技巧", 3, None, None, "", None, "5个技巧"),
    ("16", 16, None, None, "", None, ""),
    ("00-开篇词-写在前面", 0, None, "opening", "开篇词", None, "写在前面"),
    ("開篇詞 | 寫在前面", None, None, "opening", "开篇词", None, "写在前面"),
    ("0000开课词", 0, None, "opening", "开课词", None, ""),
    ("加餐 | 砂锅", None, None, "extra", "加餐", None, "砂锅"),
    ("加餐01-砂锅", None, None, "extra", "加餐", 1, "砂锅"),
    ("加餐（二）| 砂锅", None, None, "extra", "加餐", 2, "砂锅"),
    ("加餐三：砂锅", None, None, "extra", "加餐", 3, "砂锅"),
    ("加餐（上）| 砂锅", None, None, "extra", "加餐", 1, "砂锅"),
    ("福利第一期 | 砂锅", None, None, "extra", "福利", 1, "砂锅"),
    ("春节特别放送(一)", None, None, "extra", "春节特别放送", 1, ""),
    ("国庆策划 02｜砂锅", None, None, "extra", "国庆策划", 2, "砂锅"),
    ("用户故事-老王焖饭", None, None, "extra", "用户故事", None, "老王焖饭"),
    ("大咖助阵 | 老李焖饭", None, None, "extra", "大咖助阵", None, "老李焖饭"),
    ("32丨答疑（二）：锅盖", 32, None, "extra", "答疑", 2, "锅盖"),
    ("0602加餐砂锅与铁锅", 602, None, "extra", "加餐", None, "砂锅与铁锅"),
    ("期中测试题 | 考考你", None, None, "extra", "期中测试题", None, "考考你"),
    ("结束语 - 收锅", None, None, "closing", "结束语", None, "收锅"),
    ("53 | 结束语：收锅", 53, None, "closing", "结束语", None, "收锅"),
    ("期末测试", None, None, "closing", "期末测试", None, ""),
    ("毕业总结", None, None, "closing", "毕业总结", None, ""),
    # No number, and no word of courses.
    ("水线", None, None, None, "", None, "水线"),
    ("5 分钟上手", None, None, None, "", None, "5分钟上手"),
    ("3种办法", None, None, None, "", None, "3种办法"),
    ("90后的饭", None, None, None, "", None, "90后的饭"),
    ("12factor 应用", None, None, None, "", None, "12factor应用"),
    ("2019年总结", None, None, None, "", None, "2019年总结"),
    ("2019-01-02-日志", None, None, None, "", None, "20190102日志"),
    ("程序员怎样加餐？", None, None, None, "", None, "程序员怎样加餐"),
    ("加餐吃什么", None, None, None, "", None, "加餐吃什么"),
    ("前言后语", None, None, None, "", None, "前言后语"),
    ("", None, None, None, "", None, ""),
    ("？！", None, None, None, "", None, ""),
]
FOLDERS = [
    ("第一部分", True, 1, None),
    ("第十部分 收尾", True, 10, None),
    ("模块一：容器", True, 1, None),
    ("01-基础篇 (8讲)", True, 1, None),
    ("基础篇", True, None, None),
    ("Chapter 2", True, 2, None),
    ("03", True, 3, None),
    ("加餐", True, None, "extra"),
    ("05-结束语 (1讲)", True, 5, "closing"),
    # Courses are called so as well.
    ("01-火候", False, 1, None),
    ("焖饭的学问", False, None, None),
    ("焖饭45讲", False, None, None),
]


@pytest.mark.parametrize(("title", "number", "second", "role", "word", "ordinal", "rest"), TITLES)
def test_a_title_says_where_its_lesson_stands(
    title: str,
    number: int | None,
    second: int | None,
    role: str | None,
    word: str,
    ordinal: int | None,
    rest: str,
) -> None:
    found = designation(title, fold_string)

    assert (found.number, found.second, found.role, found.word, found.ordinal, found.rest) == (
        number,
        second,
        role,
        word,
        ordinal,
        rest,
    )


def test_a_part_before_the_number_is_its_chapter() -> None:
    found = designation("第三章 02 | 水线", fold_string)

    assert (found.chapter, found.number, found.rest) == (3, 2, "水线")


def test_parts_of_a_lesson_have_titles_of_their_own() -> None:
    first, second = designation("16 | 水线（上）", fold_string), designation("16 | 水线（下）", fold_string)

    assert (first.rest, second.rest) == ("水线上", "水线下")


def test_a_title_that_was_cut_is_known_as_such() -> None:
    assert designation("16 | 水线究竟……", fold_string).is_cut
    assert designation("16 | 水线究竟...", fold_string).is_cut
    assert not designation("16 | 水线。", fold_string).is_cut


def test_a_number_before_a_hash_counts_files() -> None:
    found = designation_of_file("016_0123456789abcdef.txt", fold_string)

    assert found is not None
    assert (found.number, found.is_index, found.is_of_lesson) == (16, True, False)


def test_the_ending_of_a_file_is_no_part_of_its_title() -> None:
    found = designation_of_file("16 - 水线.v2.MD", fold_string)

    assert found is not None
    assert found.rest == "水线v2"
    assert designation_of_file("", fold_string) is None


@pytest.mark.parametrize(("name", "is_chapter", "number", "role"), FOLDERS)
def test_a_folder_is_a_chapter_where_no_course_is_called_so(
    name: str, is_chapter: bool, number: int | None, role: str | None
) -> None:
    found = folder_mark(name, fold_string)

    assert (found.is_chapter, found.number, found.role, found.is_format) == (is_chapter, number, role, False)


@pytest.mark.parametrize("name", ["md", "Markdown", "PDF版", "html", "文稿", "文字版"])
def test_folders_that_tell_formats_apart_are_no_chapters(name: str) -> None:
    assert folder_mark(name, fold_string).is_format
