"""Our tree beside that of lexbor, a parser that does all that the HTML standard says.

What differs on purpose is in a table of its own.
"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8snotes.model.lesson import Figure
from k8snotes.model.text import Text
from k8snotes.parse.html import UNSEEN, Element, parse_html
from k8snotes.parse.html_blocks import html_blocks

lexbor = pytest.importorskip("selectolax.lexbor")

BLANKS = re.compile(r"[\s\u00a0]+")
KEPT = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "li",
        "pre",
        "blockquote",
        "td",
        "th",
        "figcaption",
        "dt",
        "dd",
        "summary",
        "caption",
    ]
)
Blocks = list[tuple[str, str]]


def squashed(string: str) -> str:
    return BLANKS.sub("", string)


def read_by_lexbor(page: str) -> tuple[str, Blocks]:
    """The page's words, and those of each element that a lesson could be affected by, in page order."""
    found: list[list[str]] = []

    def words(node: object) -> str:
        tag = node.tag  # type: ignore[attr-defined]
        if tag == "-text":
            return str(node.text_content)  # type: ignore[attr-defined]
        if tag is None or tag in UNSEEN or "comment" in tag:
            return ""
        slot = [tag, ""]
        if tag in KEPT:
            found.append(slot)
        child = node.child  # type: ignore[attr-defined]
        while child is not None:
            slot[1] += words(child)
            child = child.next
        return slot[1]

    shown = words(lexbor.LexborHTMLParser(page).body)
    return squashed(shown), [(tag, squashed(text)) for tag, text in found if squashed(text)]


def read_by_us(page: str) -> tuple[str, Blocks]:
    found: list[list[str]] = []

    def words(node: Element | Text) -> str:
        if isinstance(node, Text):
            return node.string
        if node.tag in UNSEEN or node.tag == "title":
            return ""
        slot = [node.tag, ""]
        if node.tag in KEPT:
            found.append(slot)
        slot[1] = "".join(map(words, node.children))
        return slot[1]

    shown = words(parse_html(page.split("\n")))
    return squashed(shown), [(tag, squashed(text)) for tag, text in found if squashed(text)]


PAGES = [
    # optional end tags
    "<p>一<p>二",
    "<ul><li>一<li>二<ul><li>三</ul><li>四</ul>",
    "<ol><li><p>一<p>二<li>三</ol>",
    "<dl><dt>一<dd>二<dt>三<dd>四</dl>",
    "<table><caption>题<tr><th>一<tbody><tr><td>二<td>三</table>四",
    "<p>一<ul><li>项</ul>二</p>",
    "<li>一<div><li>二</div>三",
    "<dd>一<p>二<dt>三",
    # marks and blocks that cross each other
    "<b><p>一</b>二</p>三",
    "<a href=x><p>一</a>二</p>",
    "<p>一<span><div>二</div></span>三</p>",
    "<p><b>一<i>二</b>三</i>四</p>",
    "<h2>题<h3>小</h3>后",
    "<h1>甲</h2>乙",
    "<div><p>一</div>二",
    "</div>文</section>二</p>三",
    # tables
    "<table><tr><td>外<table><tr><td>内</table>外二</table>后",
    "<table><tr><td><ul><li>一<li>二</ul></td><td>三</td></tr></table>",
    "<ul><li>一<table><tr><td>格</table><li>二</ul>",
    "<table><tr><td><div>甲<tr><td>乙</table>",
    # comments and what looks like one
    "<p>前<!-- 注 <p>里</p> -->后</p>",
    "<p>前<!-->后<!-- x --></p>",
    "<p>前<!--->后<!-- x --></p>",
    "<p>前<!-- a -- b -->后<!-- a --!>完</p>",
    "<p><![CDATA[甲乙]]>后</p>",
    "<p>一<?php echo 'x'; ?>二</p>",
    "<![if !IE]><p>文</p><![endif]><!--[if IE]><p>旧</p><![endif]-->",
    # entities
    "<p>a &lt b &amp c &nbsp后 &notin; &#60 &#x3c;x &#128; &#0; &#99999999; &quot &nosuch; &</p>",
    "<p>一&#8203;二&zwnj;三&shy;四&ensp;五&NotEqualTilde;</p>",
    # attributes
    '<p title="a>b">文</p><p title=\'a>b" c\'>文</p><p title=a>b>文</p>',
    '<p class="a\nb">多\n行</p\n>二',
    "<p><a<b>文</p><p <b>文</p><p a=\"x\" b='y' c=z d>文</p>",
    # spelling
    "<P>大<BR>写</P><H2>题</H2><PRE>码</PRE><UL><LI>项</UL>",
    "<p>一<br/>二<br />三</br>四<br>",
    "<p>1 < 2 且 3 <4</p>",
    # elements without words
    '<script>if (a<b) { "</p>" }</script><style>p > a {}</style><p>文</p>',
    "<template><p>模</p></template><svg><title>图</title><text>字</text></svg><iframe><p>框</p></iframe>文",
    "<button>钮<p>x</button>文<select><option>一<option>二</select>文<textarea><p>框</p></textarea>完",
    "<!DOCTYPE html><html><head><title>题<b></title></head><body>文</body></html>",
    # code and pictures
    "<pre>\n首行\n\n  缩进</pre><pre><code>a &lt; b\nc</code></pre>后<pre>a<br>b</pre>",
    "<pre>一<p>二</p></pre>三",
    "<figure><img src=x><figcaption>图注</figcaption></figure>",
    "<details><summary>摘要</summary>内<p>段</details>",
    "<p>甲<wbr>乙<img alt='丙'>丁<ruby>汉<rt>han</rt></ruby></p>",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_words_and_blocks_that_the_standard_gives_it(page: str) -> None:
    assert read_by_us(f"<!DOCTYPE html>{page}") == read_by_lexbor(f"<!DOCTYPE html>{page}")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>前<!-- 未完 <b>里</b> 后", "前<!--未完里后"),  # a browser would drop the rest of the lesson
        ("<p>?a=1&copy=2&lang=zh &copyleft;</p>", "?a=1&copy=2&lang=zh&copyleft;"),  # an address
        ("<noscript><img src=x>图</noscript><p>文</p>", "文"),  # browsers run scripts
        ("<div data-code-line-number='1'/><p>文</p>", "文"),  # XHTML
        ("<title>题<p>文</p>", "题文"),  # a title that never ends is not all of the page
    ],
)
def test_what_differs_from_the_standard_serves_the_lesson(page: str, words: str) -> None:
    root = parse_html([page])

    assert squashed(root.text().string) == words


BLOCK_TAGS = [
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "pre",
    "blockquote",
    "figure",
    "figcaption",
    "section",
    "article",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "center",
]
INLINE_TAGS = ["b", "i", "span", "a", "code", "strong", "em", "font"]
TAGS = st.sampled_from([*BLOCK_TAGS, *INLINE_TAGS, "P", "LI", "H2"])
ATTRIBUTES = st.sampled_from(["", "", " class=a", ' title="a>b"'])
TABLE = "<table><tr><td>"
PIECES = ["<br>", "<br/>", "<hr>", "<!-- x -->", "<img src=x>", "<!--a--!>", "&lt;", "<", "文", "字", "\n"]
TABLE_PIECES = ["</td><td>", "<tr><th>", "<tr><td>", "</table>"]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Markup with tags that open and close where they like; parts of tables only after one began."""

    parts: list[str] = []
    for _ in range(draw(st.integers(2, 12))):
        kind = draw(st.sampled_from(["start", "start", "end", "end", "table", "piece"]))
        if kind == "start":
            parts.append(f"<{draw(TAGS)}{draw(ATTRIBUTES)}>")
        elif kind == "end":
            parts.append(f"</{draw(TAGS)}>")
        elif kind == "table":
            parts.append(draw(st.sampled_from(TABLE_PIECES)) if TABLE in parts else TABLE)
        else:
            parts.append(draw(st.sampled_from(PIECES)))
        parts.append(draw(st.sampled_from(["", "甲", "乙"])))
    return "<!DOCTYPE html><body>" + "".join(parts)


@settings(max_examples=50, deadline=None)
@given(pages())
def test_no_markup_moves_loses_or_doubles_a_word(page: str) -> None:
    assert read_by_us(page)[0] == read_by_lexbor(page)[0]


def block_words(page: str) -> str:
    blocks = html_blocks(parse_html(page.split("\n")).children)
    words = "".join(block.text.string for block in blocks if not isinstance(block, Figure))
    return squashed(words.replace(" | ", ""))


@pytest.mark.parametrize("page", [page for page in PAGES if "<title>" not in page])
def test_a_page_has_its_words_in_its_blocks(page: str) -> None:
    assert block_words(page) == read_by_us(page)[0]


@settings(max_examples=50, deadline=None)
@given(pages())
def test_no_block_loses_or_doubles_a_word(page: str) -> None:
    assert block_words(page) == read_by_us(page)[0]
