"""The law of findability: what a literal scan of the source lines finds, grep finds.

Lessons are made up in the three shapes that differ most: a printed page, a page whose
comments are one HTML list, plain Markdown.
"""

import re
from collections.abc import Callable
from html import escape
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.index.grep import Matcher, exact, grep, literal, regular
from k8snotes.index.pages import page_of
from k8snotes.model.hits import LineHit
from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.segment.fold import fold, fold_string
from k8snotes.segment.marks import plain_text
from properties.examples import examples

LAWS = examples(40)

fragments = st.sampled_from(
    [
        *["控制器", "模式", "控制循环，", "看一眼", "。", "！", "？", "学习", "學習", "瞭解", "的", "。。。"],
        *["Ｋ８Ｓ", "k8s", "StatefulSets", "kube-apiserver", "API", "a", "é", "…", "㎏", "①", "ß"],
        *[" ", "  ", "\u00a0", "\u200b", "👍", "👩\u200d💻", "🌙"],
        *[
            "**控制器**",
            "*",
            "_",
            "`kubectl get <pod>`",
            "`",
            "[文档](https://example.com/a_b)",
            "![图](a.png)",
        ],
        *["<b>粗</b>", "&lt;", "&#47;", "&", "<", ">", '"', "|", "\\*", "# ", "- ", "> ", "1. "],
        *["<li>", "</ul>", "<!-- x -->", "作者回复: ", "展开", "2026-03-02"],
    ]
)
lines = st.one_of(st.lists(fragments, min_size=1, max_size=8).map("".join), st.text(max_size=20))
one_line = lines.map(lambda line: " ".join(line.split("\n")))
bodies = st.lists(st.one_of(one_line, st.just("")), min_size=1, max_size=8)
names = st.one_of(st.sampled_from(["林小满", "Geek_0", "🌙", "mei&tao", "\u3000", "李 雷"]), one_line)
comments = st.lists(st.tuples(names, st.lists(one_line, min_size=1, max_size=3)), max_size=4)

Body = list[str]
Comments = list[tuple[str, list[str]]]


def printed_page(body: Body, found: Comments) -> Source:
    page = [
        "",
        "",
        "01 | 控制循环",
        "",
        "2026-03-02 林小满",
        "",
        "循环六讲",
        "",
        "[进入课程 >](#)",
        "",
        "",
        "",
    ]
    page += [line for paragraph in body for line in (paragraph, "")]
    page += ["", "", "", "© 版权归本课所有", "", "上一篇 开篇词", "", "下一篇 幂等", "", "", ""]
    for name, text in found:
        page += [name, "", "2026-03-05", "", "👍 3", "", *text, "", "展开 ▾", "", "", ""]
    return source("000_0.txt", page)


def html_list(body: Body, found: Comments) -> Source:
    items = "".join(
        f"<li><span>{escape(name)}</span> 👍（3） 💬（0）"
        f"<p>{escape(chr(10).join(text))}</p>2026-03-05</li><br/>"
        for name, text in found
    )
    page = f"<div><strong>精选留言（{len(found)}）</strong></div><ul>\n{items}\n</ul>"
    return source("04 - 控制循环.md", [*body, *page.split("\n")])


def plain_markdown(body: Body, found: Comments) -> Source:
    return source("笔记.md", ["# 控制循环", "", *body, *(line for _, text in found for line in ("", *text))])


def source(name: str, page: list[str]) -> Source:
    rows = tuple(row.replace("\r", " ") for row in page)
    return Source(path=f"seeds/{name}", name=name, lines=rows, encoding="utf-8")


SHAPES: dict[str, Callable[[Body, Comments], Source]] = {
    "printed page": printed_page,
    "html list": html_list,
    "plain markdown": plain_markdown,
}
shapes = pytest.mark.parametrize("shape", SHAPES)


@st.composite
def lesson_and_needle(draw: st.DrawFn, shape: str) -> tuple[Lesson, str]:
    """A lesson, and a stretch of 1 to 6 characters of one of its lines."""
    lesson = parse(SHAPES[shape](draw(bodies), draw(comments)))
    line = draw(st.sampled_from([line for line in lesson.source.lines if line]))
    length = min(draw(st.sampled_from([1, 1, 2, 2, 3, 6])), len(line))
    start = draw(st.integers(0, len(line) - length))
    return lesson, line[start : start + length]


def hits(lesson: Lesson, matcher: Matcher) -> list[LineHit]:
    return list(grep(page_of(lesson), matcher, plain_text))


def scan(lesson: Lesson, needle: str) -> list[int]:
    return [number for number, line in enumerate(lesson.source.lines, start=1) if needle in line]


@shapes
@LAWS
@given(st.data())
def test_grep_finds_every_line_that_a_literal_scan_finds(shape: str, data: st.DataObject) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))

    for matcher in (literal(needle, fold), exact(needle)):
        found = hits(lesson, matcher)
        assert set(scan(lesson, needle)) <= {hit.line for hit in found}
        assert [hit.line for hit in found] == sorted(hit.line for hit in found)


@shapes
@LAWS
@given(st.data())
def test_any_spelling_of_a_needle_finds_the_same_lines(shape: str, data: st.DataObject) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))
    if not fold_string(needle):
        return

    found = hits(lesson, literal(needle, fold))

    assert found == hits(lesson, literal(fold_string(needle), fold))
    if len(fold_string(needle.upper())) == len(needle):
        assert found == hits(lesson, literal(needle.upper(), fold))


@shapes
@LAWS
@given(st.data())
def test_to_the_letter_what_a_scan_finds_is_found_and_nothing_else(shape: str, data: st.DataObject) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))

    found = hits(lesson, exact(needle))

    assert {hit.line for hit in found} == set(scan(lesson, needle))
    for hit in found:
        assert all(hit.text[start:stop].startswith(needle) for start, stop in hit.matches)


@shapes
@LAWS
@given(st.data())
def test_matches_are_offsets_into_the_text_and_the_text_is_of_its_line(
    shape: str, data: st.DataObject
) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))

    for line, together in groupby(hits(lesson, literal(needle, fold)), key=lambda hit: hit.line):
        stored = lesson.source.lines[line - 1]
        for hit in together:
            assert hit.matches
            assert all(0 <= start < stop <= len(hit.text) for start, stop in hit.matches)
            assert all(one[1] <= other[0] for one, other in zip(hit.matches, hit.matches[1:], strict=False))
            begins = hit.column - 1 - hit.matches[0][0]
            assert stored[begins : begins + len(hit.text)] == hit.text


@shapes
@LAWS
@given(st.data())
def test_each_place_of_a_needle_is_marked(shape: str, data: st.DataObject) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))
    marked: dict[int, set[int]] = {}
    for hit in hits(lesson, exact(needle)):
        begins = hit.column - 1 - hit.matches[0][0]
        columns = (range(begins + start, begins + stop) for start, stop in hit.matches)
        marked.setdefault(hit.line, set()).update(*columns)

    for line in scan(lesson, needle):
        at = lesson.source.lines[line - 1].find(needle)
        assert set(range(at, at + len(needle))) <= marked[line]


@shapes
@LAWS
@given(st.data())
def test_an_escaped_expression_finds_what_the_literal_finds_on_a_line(
    shape: str, data: st.DataObject
) -> None:
    lesson, needle = data.draw(lesson_and_needle(shape))

    found = hits(lesson, regular(re.escape(needle), None))

    assert set(scan(lesson, needle)) <= {hit.line for hit in found}


@examples(30)
@given(bodies, comments, st.text(min_size=1, max_size=3))
def test_what_no_line_and_no_reading_holds_is_not_found(body: Body, found: Comments, needle: str) -> None:
    lesson = parse(plain_markdown(body, found))

    for hit in hits(lesson, exact(needle)):
        assert needle in lesson.source.lines[hit.line - 1]
