"""Inputs that once broke a law, as small as they were when they still did."""

import pytest

from k8snotes.parse import parse
from k8snotes.parse.shapes import BY_NAME
from parse.pages import source_of
from properties.laws import broken_laws

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
    # a comment that nothing ends, with text after it
    ("a.html", "<p>甲<!- <!-- 乙</p><p>丙</p>"),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_once_broke_a_law_keeps_them_all_as_whatever_it_is_read(name: str, text: str) -> None:
    source = source_of(text, name)

    broken = {shape: broken_laws(parse(source, shape=shape), shape=shape) for shape in (None, *BY_NAME)}

    assert {shape: laws for shape, laws in broken.items() if laws} == {}
