"""Lines found by grep: where words are cut, whose words they are, what an expression folds."""

import itertools

import pytest

from k8snotes.index.expressions import size_of
from k8snotes.index.grep import LARGEST_EXPRESSION, Matcher, TooLarge, TooSlow, exact, grep, literal, regular
from k8snotes.index.pages import page_of
from k8snotes.model.hits import LineHit
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.segment.fold import fold
from k8snotes.segment.marks import plain_text

PRINTED_PAGE = """

01 | 煮饭的循环

2026-03-02 林小满

厨房六讲

[进入课程 >](#)



讲述：林小满

时长 07:46 大小 7.12M



锅盖什么时候掀，要看蒸汽；水少了添水，火大了关小，这就是一个控制循环，它没有最后一轮，只有下一轮控

制器也是这样，看一眼，比一比，再动一下。



© 版权归本课所有

上一篇 开篇词

下一篇 淘米



灶台

2026-03-05

👍 3

请问锅盖掀几次？

作者回复: 掀一次就好。
"""
HTML_LIST = """## 煮饭

**控制器**模式与`锅 <盖>`。
看[锅盖](https://example.com/guo_gai)。

```
锅盖 = open
```
<div><strong>精选留言（3）</strong></div><ul>
<li><span>灶台</span> 👍（3） 💬（0）<p>锅盖 a &lt; b &#47; c
第二行也说锅盖</p>2026-03-05</li><br/><li><span>米缸</span> 👍（1） 💬（0）<p>锅盖好</p>2026-03-06</li><br/>\
<li><span>水瓢</span> 👍（0） 💬（0）<p>&quot;</p>2026-03-07</li><br/>
</ul>"""


ONE_LINE_ARTICLE = (
    "<html><head><title>灶火 - 厨房</title></head><body><h1>灶火与锅</h1><p>灶火要稳，锅要<b>干净</b>。</p>"
    '<h2 id="guo">怎么养锅</h2><ul><li>锅要擦<pre><code>wipe(锅)</code></pre>再上油</li></ul><p>锅好。</p>'
    "</body></html>"
)


def search(text: str, matcher: Matcher, name: str = "04 - 煮饭.md") -> list[LineHit]:
    lines = tuple(text.split("\n"))
    lesson = parse(Source(path=f"seeds/{name}", name=name, lines=lines, encoding="utf-8"))
    return list(grep(page_of(lesson), matcher, plain_text))


def marked(hit: LineHit) -> list[str]:
    return [hit.text[start:stop] for start, stop in hit.matches]


def test_a_word_that_a_page_break_cuts_is_found_where_it_begins() -> None:
    [hit] = search(PRINTED_PAGE, literal("控制器", fold), "000_0.txt")

    assert (hit.kind, marked(hit)) == ("body", ["控"])
    assert hit.text.endswith("下一轮控")
    assert hit.column == len(hit.text)


def test_to_the_letter_a_cut_word_is_no_match() -> None:
    assert search(PRINTED_PAGE, exact("控制器"), "000_0.txt") == []


def test_a_word_between_marks_is_found_with_the_marks_inside_it() -> None:
    [hit] = search(HTML_LIST, literal("控制器模式", fold))

    assert (hit.line, hit.column, marked(hit)) == (3, 3, ["控制器**模式"])


def test_what_only_reads_so_is_no_exact_match() -> None:
    assert search(HTML_LIST, exact("控制器模式")) == []
    assert search(HTML_LIST, exact("a < b / c")) == []


def test_an_angle_in_code_is_no_tag() -> None:
    [hit] = search(HTML_LIST, literal("锅 <盖>", fold))

    assert marked(hit) == ["锅 <盖>"]


def test_a_comment_is_found_as_it_reads_and_marked_as_it_is_stored() -> None:
    [hit] = search(HTML_LIST, literal("a < b / c", fold))

    assert (hit.line, hit.author, marked(hit)) == (10, "灶台", ["a &lt; b &#47; c"])


def test_a_comment_that_is_one_entity_is_found() -> None:
    [hit] = [hit for hit in search(HTML_LIST, literal('"', fold)) if hit.author == "水瓢"]

    assert marked(hit) == ["&quot;"]


def test_the_kind_of_every_line_is_told() -> None:
    found = search(HTML_LIST, literal("锅盖", fold))

    assert [(hit.line, hit.kind, hit.author) for hit in found] == [
        (4, "body", None),
        (7, "code", None),
        (10, "comment", "灶台"),
        (11, "comment", "灶台"),
        (11, "comment", "米缸"),
    ]


def test_comments_that_share_a_line_come_one_by_one_with_their_own_text() -> None:
    first, second = [hit for hit in search(HTML_LIST, literal("锅盖", fold)) if hit.line == 11]

    assert first.text == "第二行也说锅盖</p>2026-03-05</li><br/>"
    assert second.text.startswith("<li><span>米缸</span>")
    assert second.text.endswith("</li><br/>")
    assert (first.column, second.column) == (6, len(first.text) + second.matches[0][0] + 1)
    assert (marked(first), marked(second)) == (["锅盖"], ["锅盖"])


def test_what_stands_before_the_first_of_them_is_shown_with_it() -> None:
    item = "<li><span>{}</span> 👍（1） 💬（0）<p>好</p>2026-03-06</li><br/>"
    page = f"<div><strong>精选留言（2）</strong></div><ul>{item.format('灶台')}{item.format('米缸')}</ul>"

    assert [(hit.line, hit.author) for hit in search(page, exact("精选"))] == [(1, "灶台")]
    assert [hit.author for hit in search(page, exact("好"))] == ["灶台", "米缸"]


def test_a_match_over_two_comments_is_shown_whole() -> None:
    found = search(HTML_LIST, exact("<br/><li>"))

    assert [(hit.line, marked(hit)) for hit in found] == [(11, ["<br/><li>"] * 2)]


@pytest.mark.parametrize(
    ("needle", "kinds"),
    [
        ("煮饭", ["title"]),
        ("厨房", ["masthead"]),
        ("讲述", ["audio"]),
        ("版权", ["boilerplate"]),
        ("淘米", ["navigation"]),
        ("掀几次", ["comment"]),
        ("掀一次", ["reply"]),
        ("灶台", ["comment"]),
    ],
)
def test_a_line_of_a_printed_page_has_the_kind_of_its_part(needle: str, kinds: list[str]) -> None:
    assert [hit.kind for hit in search(PRINTED_PAGE, literal(needle, fold), "000_0.txt")] == kinds


def test_where_passages_share_a_line_a_match_is_of_the_one_that_it_stands_in() -> None:
    found = search(ONE_LINE_ARTICLE, literal("锅", fold), "a.html")

    assert [(hit.kind, [ONE_LINE_ARTICLE[a:][:3] for a, _ in hit.matches]) for hit in found] == [
        ("title", ["锅</"]),
        ("body", ["锅要<", "锅要擦", "锅好。"]),
        ("heading", ["锅</"]),
        ("code", ["锅)<"]),
    ]
    assert {hit.text for hit in found} == {ONE_LINE_ARTICLE}


@pytest.mark.parametrize(
    ("needle", "kind"), [("厨房", "title"), ("guo", "heading"), ("干净", "body"), ("<code>", "code")]
)
def test_the_tags_that_open_a_passage_are_of_it(needle: str, kind: str) -> None:
    assert [hit.kind for hit in search(ONE_LINE_ARTICLE, exact(needle), "a.html")] == [kind]


def test_only_the_kinds_asked_for_are_told() -> None:
    lines = tuple(HTML_LIST.split("\n"))
    lesson = parse(Source(path="a.md", name="04 - 煮饭.md", lines=lines, encoding="utf-8"))

    found = grep(page_of(lesson), literal("锅盖", fold), plain_text, kinds={"code"})

    assert [hit.line for hit in found] == [7]


def test_offsets_count_code_points() -> None:
    [hit] = search("👩\u200d💻👍锅盖", literal("锅盖", fold))

    assert (hit.column, hit.matches) == (5, ((4, 6),))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("学习", "我在學習"),
        ("學習", "我在学习"),
        ("Ｋ８Ｓ", "学 K8s"),
        ("api server", "API\u00a0Server"),
        ("控制器", "控\u200b制\u200b器"),
        ("\u200b", "零\u200b宽"),
        ("...", "等等……"),
    ],
)
def test_case_width_and_script_do_not_count(pattern: str, line: str) -> None:
    assert [hit.text for hit in search(line, literal(pattern, fold))] == [line]


@pytest.mark.parametrize("pattern", ["学习", "k8s"])
def test_to_the_letter_they_do(pattern: str) -> None:
    assert search("學習 K8s", exact(pattern)) == []


@pytest.mark.parametrize(
    ("pattern", "line", "found"),
    [
        (r"學.K\dS", "学 k8s", ["学 k8s"]),
        (r"[學读]习", "读习学習", ["读习", "学習"]),
        (r"[一-龑]+", "abc学習def", ["学習"]),
        (r"[Ｋ-Ｌ]8", "K8s", ["K8"]),
        (r"\W+", "学，习", ["，"]),
        (r"^\s*\S{2}$", "学习", ["学习"]),
        (r"（好）+", "（好））", ["（好））"]),
        (r"…+x", "……X", ["……X"]),
        (r"é{2}", "éé", ["éé"]),
        (r"a*", "bab", ["a"]),
        (r"Pod\b", "pods pod", ["pod"]),
        # What folds into several characters, or into none, is one as it is written.
        ("[…—]", "什么……", ["…", "…"]),
        ("^[^…—]+$", "他说(是)吗?", ["他说(是)吗?"]),
        ("[①-⑩]步", "第①步", ["①步"]),
        ("[à-ü]", "café", ["é"]),
        ("[가-힣]+", "한국", ["한국"]),
        ("零.宽", "零\u200b宽", ["零\u200b宽"]),
        ("\u200b", "零\u200b宽", ["\u200b"]),
        (r"\u5b78", "學習", ["學"]),
        (r"5.$", "价 5㎏", ["5㎏"]),
        (r"\（注\）", "对（注）吗", ["（注）"]),
        (r"吗\？", "对吗?", ["吗?"]),
    ],
)
def test_an_expression_folds_what_is_not_syntax(pattern: str, line: str, found: list[str]) -> None:
    [hit] = search(line, regular(pattern, fold))

    assert marked(hit) == found


@pytest.mark.parametrize(
    ("pattern", "line"), [("[…—]", "他说(是)吗?"), (r"吗\？", "对吗"), ("[①-⑩]", "10 (?:)")]
)
def test_what_an_expression_folds_into_is_no_syntax(pattern: str, line: str) -> None:
    assert search(line, regular(pattern, fold)) == []


@pytest.mark.parametrize("pattern", ["控制器.*", "控制器[^z]*", "控制器$", "^这是控制", r"控制器\s*$"])
def test_an_expression_that_runs_over_a_mark_ends_with_its_line(pattern: str) -> None:
    [hit] = search("这是**控**制器\n第二行\n", regular(pattern, fold))

    assert hit.line == 1


def test_an_expression_to_the_letter_folds_nothing() -> None:
    assert search("学习 K8S", regular("學|k8s", None)) == []


def test_a_broken_expression_is_an_error() -> None:
    for pattern in ("(", "[a", "*"):
        with pytest.raises(ValueError, match="at position"):
            regular(pattern, fold)


def test_an_expression_that_would_take_ages_is_stopped() -> None:
    with pytest.raises(TooSlow):
        search("a" * 80 + "!", regular("(a|aa)+$", None))


def test_the_time_of_an_expression_is_that_of_a_whole_text(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count(step=0.3)
    monkeypatch.setattr("k8snotes.index.grep.monotonic", lambda: next(ticks))
    matcher = regular("灯", None)

    assert len(search("灯\n\n" * 3, matcher)) == len(search("灯\n\n" * 3, matcher)) == 3
    with pytest.raises(TooSlow):
        search("灯\n\n" * 9, matcher)


@pytest.mark.parametrize(
    "pattern", ["(?:(?:(?:a{1000}){1000}){1000}){1000}", "(a{,9999}b){9999,}", "((((a{50}){50}){50}){50})"]
)
def test_an_expression_that_is_too_large_is_not_begun(pattern: str) -> None:
    with pytest.raises(TooLarge):
        regular(pattern, fold)


@pytest.mark.parametrize(
    "pattern", ["a{1000}b{1000}c{1000}", "(甲|乙){20}{30}", "x{s<=1}", "{1000000}", "(a))"]
)
def test_how_large_an_expression_is_has_no_say_in_whether_it_is_one(pattern: str) -> None:
    assert size_of(pattern) < LARGEST_EXPRESSION
