"""What a file's name says of a lesson: its title and its number."""

import pytest

from k8snotes.parse.titles import is_lesson_file, lesson_number, read_title, title_of_file

NUMBERED = [
    # one and the same separator, spelt in many ways; a bar is as the title itself has it
    ("04 - 循环（上）：转起来", "04 | 循环（上）：转起来", 4),
    ("04  -  循环", "04 | 循环", 4),
    ("04- 循环", "04 | 循环", 4),
    ("04 _ 循环", "04 | 循环", 4),
    ("04-循环", "04 | 循环", 4),
    ("04_循环", "04 | 循环", 4),
    ("04丨循环", "04丨循环", 4),
    ("04｜循环", "04｜循环", 4),
    ("04 | 循环", "04 | 循环", 4),
    ("04、循环", "04、循环", 4),
    ("04 循环", "04 循环", 4),
    ("04循环", "04循环", 4),
    ("04讲循环", "04讲循环", 4),
    ("05Kubernetes", "05Kubernetes", 5),
    ("00 - 先搭一块", "00 | 先搭一块", 0),
    ("123-循环", "123 | 循环", 123),
    ("第04讲 - 循环", "第04讲 | 循环", 4),
    ("第4讲-循环", "第4讲 | 循环", 4),
    ("第4讲：循环", "第4讲：循环", 4),
    ("第十二讲 _ 循环", "第十二讲 | 循环", 12),
    ("第二十一讲丨循环", "第二十一讲丨循环", 21),
    # marks and digits of the title's own
    ("09-TCP-IP 协议", "09 | TCP-IP 协议", 9),
    ("09 - 循环(上)", "09 | 循环(上)", 9),
    ("05-5分钟学会转圈", "05 | 5分钟学会转圈", 5),
    ("05丨5分钟学会转圈", "05丨5分钟学会转圈", 5),
    ("16 - 2.0 版", "16 | 2.0 版", 16),
]
UNNUMBERED = [
    ("开篇词 - 先搭一块", "开篇词 | 先搭一块"),
    ("开篇词-先搭一块", "开篇词 | 先搭一块"),
    ("开篇词丨先搭一块", "开篇词丨先搭一块"),
    ("加餐-给积木上色", "加餐 | 给积木上色"),
    ("加餐（二）-给积木上色", "加餐（二） | 给积木上色"),
    ("加餐01 - 给积木上色", "加餐01 | 给积木上色"),
    ("不定期福利 第三期 - 书单", "不定期福利 第三期 | 书单"),
    ("期末测试 _ 这些积木", "期末测试 | 这些积木"),
    ("大咖助阵-沈积木：先想再搭", "大咖助阵 | 沈积木：先想再搭"),
    ("用户故事-我和积木", "用户故事 | 我和积木"),
    ("积木会客厅 - 搭到一半", "积木会客厅 | 搭到一半"),
    ("结束语-再见", "结束语 | 再见"),
    # no separator, or one within the title
    ("开篇词", "开篇词"),
    ("前端-后端的边界", "前端-后端的边界"),
    ("Redis - 入门", "Redis - 入门"),
    # digits that number nothing
    ("3种淘米法", "3种淘米法"),
    ("5 分钟焖一锅饭", "5 分钟焖一锅饭"),
    ("5G时代", "5G时代"),
    ("2.0时代", "2.0时代"),
    ("90后的锅", "90后的锅"),
    ("996工作制", "996工作制"),
    ("2019年终总结", "2019年终总结"),
    ("12306的架构", "12306的架构"),
    ("2018-12-24 - 日记", "2018-12-24 - 日记"),
    ("10-11 - 合集", "10-11 - 合集"),
    ("1.1 概览", "1.1 概览"),
    ("Q&amp;A -  米和水", "Q&A -  米和水"),
]


@pytest.mark.parametrize(("stem", "title", "number"), NUMBERED)
def test_a_files_name_says_title_and_number(stem: str, title: str, number: int) -> None:
    assert title_of_file(f"{stem}.md") == title
    assert lesson_number(title) == number


@pytest.mark.parametrize(("stem", "title"), UNNUMBERED)
def test_a_lesson_without_a_number_has_none(stem: str, title: str) -> None:
    assert title_of_file(f"{stem}.md") == title
    assert lesson_number(title) is None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        # behind its part's
        ("第三章 01 | 循环", 1),
        ("第二部分：第5讲 循环", 5),
        ("模块二 07 循环", 7),
        ("第三章 循环", 3),
        ("第三章 2019 年的变化", 3),
        ("第二部分 循环", None),
        # before a word that only begins like a measure
        ("12 分布式事务", 12),
        ("16 位图", 16),
        ("10 时间复杂度", 10),
        ("15 大数据", 15),
        ("14日志段", 14),
        ("39Raft 怎样选主", 39),
        ("52gRPC 与注册中心", 52),
        ("32bit 的地址", None),
        ("12factor 应用", None),
        ("10 大排序算法", None),
        ("64KB 的缓存", None),
        # in brackets, and in English
        ("[16] 循环", 16),
        ("【16】循环", 16),
        ("（16）循环", 16),
        ("Lesson 3: 循环", 3),
        ("Day 12 | 循环", 12),
        ("Day 2 运维", None),
        ("No.7", 7),
    ],
)
def test_a_title_says_the_lessons_own_number(title: str, number: int | None) -> None:
    assert lesson_number(title) == number


@pytest.mark.parametrize(
    "name", ["04 - 循环.md", "04-循环.md", "04丨循环.md", "加餐-上色.md", "第4讲 _ 循环.md"]
)
def test_a_lessons_file_begins_with_a_number_or_a_word_of_courses(name: str) -> None:
    assert is_lesson_file(name)


@pytest.mark.parametrize("name", ["循环.md", "2018-12-24-日记.md", "循环-04.md", "加餐.md", "5G-时代.md"])
def test_other_files_do_not(name: str) -> None:
    assert not is_lesson_file(name)


@pytest.mark.parametrize("name", ["04 - 循环.MD", "04 - 循环.Html", "04 - 循环.pdf", "04 - 循环"])
def test_the_ending_of_a_file_is_none_of_its_title_whatever_its_case(name: str) -> None:
    assert title_of_file(name) == "04 | 循环"


@pytest.mark.parametrize(
    ("markdown", "title", "number"),
    [
        ("**04 | 循环**", "04 | 循环", 4),
        ("__04 | 循环__", "04 | 循环", 4),
        ("**“循环”**：转起来", "“循环”：转起来", None),
        ("04 | *循环* 与 ~~跳转~~", "04 | 循环 与 跳转", 4),
        ("[04 | 循环](https://example.com)", "04 | 循环", 4),
        ("![](a.png) 04 | 循环", "04 | 循环", 4),
        ("04 \\| 循\\_环 &amp; 跳转", "04 | 循_环 & 跳转", 4),
        ("04 | `a_b_c` 与 `**k`", "04 | a_b_c 与 **k", 4),
        ('<span id="a"></span>04 | 循环<br>', "04 | 循环", 4),
        # what only looks like marks
        ("04 | Vec<T> 与 Map<K, V>", "04 | Vec<T> 与 Map<K, V>", 4),
        ("04 | `Vec<T>`", "04 | Vec<T>", 4),
        ("07 | \\`ls\\` 与 \\*星\\*", "07 | `ls` 与 *星*", 7),
        ("07 | 2*3*4 等于几", "07 | 2*3*4 等于几", 7),
        ("07 | *p++ 与 (*p)++", "07 | *p++ 与 (*p)++", 7),
        ("07 | <b> 还是 <strong>", "07 | <b> 还是 <strong>", 7),
        ("07 | <img> 与 <a> 标签", "07 | <img> 与 <a> 标签", 7),
        ("07 | arr[i](x) 怎么读", "07 | arr[i](x) 怎么读", 7),
        ("*07 | 火候*", "07 | 火候", 7),
        ("04 | __init__ 与 snake_case_name", "04 | __init__ 与 snake_case_name", 4),
        ("04 | 2 * 3 * 4", "04 | 2 * 3 * 4", 4),
        ("[第四讲] 循环", "[第四讲] 循环", None),
        ("![](a.png)", "", None),
    ],
)
def test_a_title_is_read_without_its_marks(markdown: str, title: str, number: int | None) -> None:
    assert read_title(markdown) == title
    assert lesson_number(read_title(markdown)) == number
