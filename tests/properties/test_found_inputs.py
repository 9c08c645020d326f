"""Inputs that once broke a law, as small as they were when they still did."""

import pytest

from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.parse.shapes import BY_NAME
from parse.pages import item, mkdocs_page, source_of
from properties.laws import broken_laws

N = 100_000
FOUND = [
    # code without fences, of paragraphs that are several lines each
    ("a.md", "# s\nT\n![](data:image/n)![](data:image/g)\n\n\u200bi"),
    ("a.md", "# 12队\n香 2020-3-9\nf{{<>}}e\n\n\u200b:"),
    ("a.txt", "# 12队\n香 2020-3-9\n\u200b]\n\x06"),
    # a body and its comments on one line
    ("a.html", "k<h2>精选留言：</h2><ul><li>"),
    ("a.html", "<ul><i>没<h2>精选留言：</h2><ul><li>\n "),
    ("a.html", "<ul><div><h2>精选留言：</h2><ul></div><v>\n么"),
    # an image's address on another line than its tag
    ("a.txt", '<div><img src=\n<="">'),
    # text on the last line of a player
    ("a.txt", '<audio\n<""></audio>0'),
    ("a.txt", "<audio/>茶"),
    ("a.md", "<p>}<audio>"),
    # control characters between a line's indentation and its words
    ("a.txt", ";\n \x1fs\n精选留言\n捏\n2019-1-0"),
    ("a.txt", "\ufeff#\n \u2028�"),
    # cells of a table, empty ones too
    ("a.html", "<table><tr><td><td>"),
    ("a.html", "<table><tr><td>甲</td><td>乙</td></tr><tr><td></td><td>丙"),
    # a comment that nothing ends, with text after it
    ("a.html", "<p>甲<!- <!-- 乙</p><p>丙</p>"),
]


# Each once took minutes, where it did not take hours.
LONG = {
    "blanks in a title": ("a.md", "# 水" + " " * N + "水"),
    "blanks before a date": ("a.txt", "水\n\n秦" + "\u3000" * N + "2018-1-2x\n" * 2),
    "blanks in a byline": ("a.md", "## 水\n\n> 秦" + "\u3000" * N + "x\n\n## 精选留言\n\n> 水"),
    "blanks in a course": (
        "a.md",
        "# 水\n\n> 2018-01-02 秦\n>\n> 焖饭" + "\u3000" * N + "进入课程x\n>\n> 上一篇 水",
    ),
    "blanks in a name": ("a.md", "## 水\n\n## 精选留言\n\n> 秦" + "\t" * N + "|x\n\n水"),
    "blanks above comments": ("a.md", "# 水\n\n#" + " " * N + "(50)x\n\n- 秦\n2018-01-02\n__ 42\n水\n"),
    "blanks beside pictures": (
        "a.md",
        "> 水\n\n> ![](a)**精选留言 (1)**\n\n> ![](a)" + " " * N + "x\n\n> 2018-01-02",
    ),
    "blanks before likes": (
        "a.html",
        "<h2>精选留言：</h2><ul><li><div>秦 2018-01-02</div><div>水"
        + "<br>" * (N // 10)
        + "x</div></li></ul>",
    ),
    "blanks in a comment": ("1 - a.md", mkdocs_page("水", item("水" + "\n" * N + "x"))),
    "blanks before an anchor": ("a.md", "# 水\n\n## 水" + " " * N + "{#x"),
    "a name of an attribute": ("a.html", "<p>水<img " + "a" * N + "></p>"),
    "quotation marks": ("a.html", "<p>水</p>" + '<a ">" ' * (N // 10)),
    "sixes": ("1 - a.md", mkdocs_page("水", *[item("6" * 4_000 + "x")] * (N // 4_000))),
    "an advert": ("a.txt", "水\n\n2018-01-02 秦（微信" + "QQ" * N + "\n\n水"),
    "remarks": ("a.txt", "水\n2018-01-02 秦\n" + "#" * N + "。\n上一篇\n水\n"),
}


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_once_broke_a_law_keeps_them_all_as_whatever_it_is_read(name: str, text: str) -> None:
    source = source_of(text, name)

    broken = {shape: broken_laws(parse(source, shape=shape), shape=shape) for shape in (None, *BY_NAME)}

    assert {shape: laws for shape, laws in broken.items() if laws} == {}


@pytest.mark.parametrize("of", LONG)
def test_a_long_line_is_read_as_whatever_it_is_and_ends(of: str) -> None:
    name, text = LONG[of]
    source = source_of(text, name)

    for shape in (None, *BY_NAME):
        assert list(faults(parse(source, shape=shape))) == []
