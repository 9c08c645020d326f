# ruff: noqa: E501 - lines as pages have them
"""Any HTML page: where its title stands, what of it is an article, and what is broken in it."""

import io
import zipfile

import pytest

from k8snotes.model.lesson import Block, Code, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.epub import BrokenBook, chapters
from parse.pages import block_texts, lesson_of, outline, source_of


def page(body: str, *, head: str = "<title>水线</title>", name: str = "03 - 水线.html") -> Lesson:
    return lesson_of(f"<!DOCTYPE html>\n<html>\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>", name)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>网站</title>", "<h1>03 | 水线</h1><p>文。</p>", "03 | 水线"),
        ("<title>网站</title>", "<h1>\n 03 |\n 水线\n</h1><p>文。</p>", "03 | 水线"),
        ("<title>网站</title>", "<h1><a href='#'>03 &#124; 水线</a></h1><p>文。</p>", "03 | 水线"),
        ("<title>网站</title>", "<h1><img src='logo.png'></h1><h1>水线</h1><p>文。</p>", "水线"),
        ("<title>03 &amp; 水线</title>", "<p>文。</p>", "03 & 水线"),
        ("<title> </title>", "<p>文。</p>", "03 | 水线"),
        ("", "<p>文。</p>", "03 | 水线"),
    ],
)
def test_the_title_is_the_first_heading_or_the_pages_or_the_files(head: str, body: str, title: str) -> None:
    lesson = page(body, head=head)

    assert lesson.title == title
    assert block_texts(lesson) == ["文。"]


HEAD = "<title>03 | 水线 - 灶台边</title>"
SITE_FIRST = "<title>灶台边 | 03 | 水线</title>"
OPEN_GRAPH = '<meta property="og:title" content="03 | 水线"><title>灶台边</title>'


@pytest.mark.parametrize("head", [HEAD, SITE_FIRST, OPEN_GRAPH, "<title>灶台</title>", ""])
@pytest.mark.parametrize(
    "body",
    [
        "<header><h1>灶台边</h1></header><main><h1>03 | 水线</h1><p>文。</p></main>",
        "<div id='header'><h1>灶台边</h1></div><div id='content'><h1>03 | 水线</h1><p>文。</p></div>",
        "<div role='banner'><h1>灶台边</h1></div><div role='main'><h1>03 | 水线</h1><p>文。</p></div>",
        "<h1><a href='https://stove.example.com/'>灶台边</a></h1><div><h1>03 | 水线</h1><p>文。</p></div>",
        "<div><h1 class='site-title'>灶台边</h1></div><article><h1>03 | 水线</h1><p>文。</p></article>",
        "<main><h1>03 | 水线</h1><p>文。</p></main><aside><h1>灶台边</h1></aside>",
        "<body class='has-header'><header><h1>灶台边</h1></header><h1>03 | 水线</h1><p>文。</p></body>",
    ],
)
def test_a_heading_of_the_sites_is_not_the_title(head: str, body: str) -> None:
    lesson = page(body, head=head)

    assert lesson.title == "03 | 水线"
    assert block_texts(lesson) == ["文。"]


@pytest.mark.parametrize("head", [HEAD, OPEN_GRAPH, "<title>水线_灶台边</title>"])
@pytest.mark.parametrize(
    "body",
    [
        "<header><h1>03 | 水线</h1></header><main><h1>一节</h1><p>文。</p></main>",
        "<h1>灶台边</h1><h1>03 | 水线<a href='#a'>¶</a></h1><h1>一节</h1><p>文。</p>",
        "<div class='top'><h1>灶台边</h1></div><div><h2>03 | 水线</h2><h2>一节</h2><p>文。</p></div>",
    ],
)
def test_what_the_pages_head_names_is_the_title(head: str, body: str) -> None:
    assert (page(body, head=head).title or "").rstrip("¶") == "03 | 水线"


@pytest.mark.parametrize(
    "body",
    [
        "<header><h1>03 | 水线</h1></header><main><h1>一节</h1><p>文。</p><h1>二节</h1></main>",
        "<h1>03 | 水线</h1><h1>一节</h1><p>文。</p>",
        "<div class='header-image'><h1>03 | 水线</h1><h2>灶台</h2><h1>一节</h1><p>文。</p></div>",
        "<header><h1>03 | 水线</h1></header><div><h2>灶台</h2><p>文。</p></div>",
    ],
)
def test_where_nothing_tells_the_first_heading_is_the_title(body: str) -> None:
    assert page(body, head="<title>灶台边</title>").title == "03 | 水线"


def test_a_picture_with_a_title_is_no_title_of_the_page() -> None:
    lesson = page("<svg><title>图标</title></svg><p>文。</p>", head="")

    assert lesson.title == "03 | 水线"


def test_navigation_around_an_article_is_no_body() -> None:
    lesson = page(
        "<header><nav><ul><li>首页</li><li>课程</li></ul></nav></header>\n"
        "<main>\n<article>\n<h1>水线</h1>\n<p>没过一节。</p>\n<aside>广告</aside></article>\n</main>\n"
        "<footer><p>联系我们</p></footer>"
    )

    assert lesson.title == "水线"
    assert block_texts(lesson)[0] == "没过一节。"
    assert "首页" not in "".join(block_texts(lesson))
    assert "联系我们" not in "".join(block_texts(lesson))


def test_navigation_without_an_article_is_left_out_as_well() -> None:
    lesson = page("<nav><a href='/'>首页</a></nav>\n<h1>水线</h1>\n<div><p>没过一节。</p></div>")

    assert block_texts(lesson) == ["没过一节。"]


def test_a_page_of_several_articles_keeps_them_all() -> None:
    lesson = page("<h1>水线</h1>\n<article><p>一。</p></article>\n<article><p>二。</p></article>")

    assert block_texts(lesson) == ["一。", "二。"]


def test_an_articles_own_header_belongs_to_it() -> None:
    lesson = page("<article><header><h1>水线</h1><p>引子。</p></header><p>没过一节。</p></article>")

    assert (lesson.title, block_texts(lesson)) == ("水线", ["引子。", "没过一节。"])


def test_every_block_is_what_it_is() -> None:
    lesson = page(
        "<h1>水线</h1>\n<h2>淘米</h2>\n<p>三遍。</p>\n<pre><code class='language-sh'>rinse 3\nboil</code></pre>\n"
        "<ul><li>水</li><li>米</li></ul>\n<blockquote><p>慢。</p></blockquote>\n"
        "<table><tr><th>水</th><th>米</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )

    assert outline(lesson) == [
        (Heading, "淘米"),
        (Paragraph, "三遍。"),
        (Code, "rinse 3\nboil"),
        (ItemList, "水\n米"),
        (Quote, "慢。"),
        (Table, "水 | 米\n1 | 2"),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "<div>淘:</div><div>  三遍</div><div>焖</div>",
        "<div>淘:</div>\n<div>  三遍</div>\n<div>焖</div>\n",
        "\n  <div>淘:</div>\n  <div>  三遍</div>\n  <div>焖</div>\n",
        "<div>淘:\n</div><div>  三遍\n</div><div>焖\n</div>",
        "<div>淘:<br></div><div>  三遍<br></div><div>焖<br></div>",
        "<code><p>淘:</p><p>  三遍</p><p>焖</p></code>",
        "<ol><li>淘:</li><li>  三遍</li><li>焖</li></ol>",
        "<ol>\n<li>\n<div></div>\n<div><div>淘:</div></div>\n</li>\n<li><div>  三遍</div></li>\n<li>焖</li></ol>",
        "<table><tr><td></td><td>淘:</td></tr><tr><td></td><td>  三遍</td></tr><tr><td>焖</td></tr></table>",
        "<span style='display:block'>淘:</span><span style='display: flex'>  三遍</span><span>焖</span>",
        "<span>淘:</span><div>  三遍</div>焖",
        "淘:<br>  三遍<br/>焖",
        "淘:<br>\n  三遍<br>\n焖",
    ],
)
def test_code_has_a_line_for_each_block_and_no_line_twice(code: str) -> None:
    assert block_texts(page(f"<h1>水线</h1><pre>{code}</pre>")) == ["淘:\n  三遍\n焖"]


@pytest.mark.parametrize(
    "code",
    [
        "<div>淘</div><div>\n</div><div>焖</div>",
        "<div>淘</div><div><br></div><div>焖</div>",
        "<div>淘</div>\n\n<div>焖</div>",
        "<ol><li>淘</li><li></li><li>焖</li></ol>",
        "淘<br><br>焖",
        "淘\n<br>焖",
        "<div data-slate-type='code-line'>淘</div><div data-slate-type='code-line'></div><div data-slate-type='code-line'>焖</div>",
    ],
)
def test_an_empty_line_of_code_stays(code: str) -> None:
    assert block_texts(page(f"<h1>水线</h1><pre>{code}</pre>")) == ["淘\n\n焖"]


def test_lines_of_code_lead_back_to_their_blocks() -> None:
    lesson = page("<h1>水线</h1>\n<pre><div>淘</div><div>  三遍</div>\n<div>焖</div></pre>")

    (code,) = lesson.blocks
    for words in ("淘", "  三遍", "焖"):
        line, column = code.text.place_at(code.text.string.index(words))
        assert lesson.source.lines[line - 1][column:].startswith(words)


def test_a_tables_caption_stands_above_it() -> None:
    lesson = page("<h1>水线</h1>\n<table><caption>米与水</caption>\n<tr><td>1</td><td>2</td></tr></table>")

    assert outline(lesson) == [(Paragraph, "米与水"), (Table, "1 | 2")]


@pytest.mark.parametrize(
    ("table", "blocks"),
    [
        ("<tr><td>米<br>水</td><td><p>淘</p><p>焖</p></td></tr>", [(Table, "米 水 | 淘 焖")]),
        ("<tr><td>米</td><td></td></tr>", [(Table, "米 | ")]),
        ("<thead><th>米<th>水</thead><td>1<td>2", [(Table, "米 | 水\n1 | 2")]),
        ("外<tr><td>米</td>旁</tr><div>下</div>", [(Table, "外\n米 | 旁\n下")]),
        (
            "<tr><td>左<table><tr><td>米<td>水</table><td>右</tr>",
            [(Paragraph, "左"), (Table, "米 | 水"), (Paragraph, "右")],
        ),
        (
            "<tr><td>左</td><td><h2>淘</h2><p>三遍。</p><pre>rinse\n  3</pre></td></tr>",
            [(Paragraph, "左"), (Heading, "淘"), (Paragraph, "三遍。"), (Code, "rinse\n  3")],
        ),
    ],
)
def test_every_word_of_a_table_is_read_once_in_its_row(
    table: str, blocks: list[tuple[type[Block], str]]
) -> None:
    assert outline(page(f"<h1>水线</h1>\n<table>{table}</table>")) == blocks


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<ul>先<b>说</b><li>淘</li>再<li>焖</li></ul>", ["先说\n淘\n再\n焖"]),
        ("<ul><li>先<b>淘</b>再焖：<pre>boil</pre>掀<i>盖</i>。</li></ul>", ["先淘再焖：", "boil", "掀盖。"]),
        ("<ul><script>x</script><template>样</template><li>淘</li></ul>", ["淘"]),
        ("<fieldset><legend>选</legend>淘</fieldset>", ["选", "淘"]),
        ("<dl><dt>米</dt><dd>白的</dd></dl>", ["米", "白的"]),
        ("<details><summary>点开</summary>三遍</details>", ["点开", "三遍"]),
        ("<table><tr><td>淘<pre>a\nb</pre></td></tr></table>", ["淘", "a\nb"]),
        ("<table><tr><td>1\n2</td><td>淘<pre>a\nb</pre></td></tr></table>", ["1 2", "淘", "a\nb"]),
    ],
)
def test_words_of_lists_and_groups_are_neither_lost_nor_glued(body: str, texts: list[str]) -> None:
    assert block_texts(page(f"<h1>水线</h1>\n{body}")) == texts


FORMULA = (
    "<math><semantics><mi>{}</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>"
)


@pytest.mark.parametrize(
    "formula",
    [FORMULA, f"<span>{FORMULA}</span><span aria-hidden='true'>x2</span>", "<math><mi>x^2</mi></math>"],
)
def test_a_formula_is_read_once(formula: str) -> None:
    assert block_texts(page(f"<h1>水线</h1><p>量是{formula}。</p>")) == ["量是x^2。"]


def test_nesting_ten_thousand_deep_is_read() -> None:
    lesson = page(f"<h1>水线</h1>{'<div>' * 10_000}<p>底。</p>{'</div>' * 10_000}<p>完。</p>")

    assert "".join(block_texts(lesson)).replace("\n", "") == "底。完。"


def test_entities_are_the_characters_they_stand_for() -> None:
    lesson = page("<p>1 &lt; 2 &amp;&amp; 3&nbsp;&gt; 2 &#x6c34;&#27700; &quot;米&quot; &nosuch;</p>")

    assert block_texts(lesson) == ['1 < 2 && 3\u00a0> 2 水水 "米" &nosuch;']


@pytest.mark.parametrize(
    "body",
    [
        "<p>一。<p>二。",
        "<div><p>一。</div><p>二。",
        "<b><p>一。</b></p><p>二。</p>",
        "一。<br><br><p>二。</p>",
    ],
)
def test_broken_markup_loses_no_word(body: str) -> None:
    assert [text.strip() for text in block_texts(page(body))] == ["一。", "二。"]


def test_scripts_and_styles_are_no_words() -> None:
    lesson = page("<script>if (a < b) {}</script><style>p { color: red }</style><p>文。</p>")

    assert block_texts(lesson) == ["文。"]


def test_a_fragment_in_a_file_of_html_is_html() -> None:
    lesson = lesson_of("<h1>水线</h1>\n<p>没过一节。</p>\n<h2>淘米</h2>\n<p>三遍。</p>", "03.html")

    assert (lesson.title, lesson.format) == ("水线", "html")
    assert block_texts(lesson) == ["没过一节。", "淘米", "三遍。"]


def test_xhtml_of_an_e_book_without_a_heading_takes_the_pages_title() -> None:
    lesson = lesson_of(
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        "<title>02 | 格子</title>\n</head>\n<body><p>一格一格。</p></body></html>",
        "02.html",
    )

    assert (lesson.title, block_texts(lesson)) == ("02 | 格子", ["一格一格。"])


def book(manifest: str, spine: str, *names: str) -> bytes:
    """An e-book with this list of chapters, and chapters of these names; its container ends lines as Windows does."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<?xml version="1.0"?>\r\n<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\r\n'
            '<rootfiles>\r\n<rootfile full-path="OEBPS/content.opf"/>\r\n</rootfiles>\r\n</container>\r\n',
        )
        archive.writestr(
            "OEBPS/content.opf",
            f"<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>",
        )
        for name in names:
            archive.writestr(f"OEBPS/{name}", f"<p>{name}</p>")
    return packed.getvalue()


def listed(identity: str, href: str, properties: str = "") -> str:
    return (
        f'<item id="{identity}" href="{href}" media-type="application/xhtml+xml" properties="{properties}"/>'
    )


@pytest.mark.parametrize("properties", ["nav", "scripted nav"])
def test_a_books_table_of_contents_is_no_chapter(properties: str) -> None:
    content = book(
        listed("n", "nav.xhtml", properties) + listed("a", "a.html"),
        '<itemref idref="n"/><itemref idref="a"/>',
        "nav.xhtml",
        "a.html",
    )

    assert [chapter.name for chapter in chapters(content)] == ["OEBPS/a.html"]


def test_a_book_of_nothing_but_its_contents_has_no_chapters() -> None:
    content = book(listed("n", "nav.xhtml", "nav"), '<itemref idref="n"/>', "nav.xhtml")

    with pytest.raises(BrokenBook, match="without chapters"):
        list(chapters(content))


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("Text/%E6%B0%B4.html", "Text/水.html"),
        ("Text/水.html", "Text/水.html"),
        ("a%20b.html", "a b.html"),
        ("100%25.html", "100%25.html"),
        ("./Text/../a.html", "a.html"),
    ],
)
def test_a_chapters_name_may_be_written_as_an_address(href: str, name: str) -> None:
    content = book(listed("a", href), '<itemref idref="a"/>', name)

    assert [chapter.name for chapter in chapters(content)] == [f"OEBPS/{name}"]


def test_what_stands_beside_the_reading_order_is_read_in_its_place() -> None:
    content = book(
        listed("a", "a.html") + listed("b", "b.html") + listed("c", "c.html"),
        '<itemref idref="a" linear="no"/><itemref idref="c" linear="yes"/><itemref idref="gone"/><itemref idref="b"/>',
        "a.html",
        "b.html",
        "c.html",
    )

    assert [chapter.name for chapter in chapters(content)] == ["OEBPS/a.html", "OEBPS/c.html", "OEBPS/b.html"]


def test_a_chapter_that_is_missing_is_passed_over() -> None:
    content = book(
        listed("a", "a.html") + listed("b", "b.html"), '<itemref idref="a"/><itemref idref="b"/>', "b.html"
    )

    assert [chapter.name for chapter in chapters(content)] == ["OEBPS/b.html"]


def test_the_words_of_a_picture_lead_back_into_its_tag() -> None:
    lesson = page('<p><img src="a.png"\n  alt="一指节"><img src="b&amp;c.png"></p>')

    (figure,) = lesson.blocks
    assert figure.text.string == "一指节\nb&c.png"
    for words in ("一指节", "b"):
        line, column = figure.text.place_at(figure.text.string.index(words))
        assert lesson.source.lines[line - 1][column:].startswith(words)


def test_a_comment_that_nothing_ends_moves_no_column() -> None:
    lesson = page("<p>甲 <!-- 乙</p><p>丙</p>")

    line, column = lesson.blocks[-1].text.place_at(0)
    assert lesson.source.lines[line - 1][column] == "丙"


def test_a_list_that_is_never_closed_ends_before_the_comments_in_it() -> None:
    broken = "<li class='c'>\n<h1>\n<div>\n<span>两手都捏</span>\n<div>2018-10-08</div>\n<div>后边略早。</div>\n</div>\n</li>"
    comment = '<li class="c">\n<img src="x.jpg" class="i"/>\n<div>\n<span>brake pad</span>\n<div>2018-10-09</div>\n<div>碟片有油怎么洗</div>'
    page = (
        "<html><body>\n<h1>刹车</h1>\n<p>先捏哪一边？</p>\n<h2><span>精选留言</span><span>2</span></h2>"
        f"<ul>{broken}{comment}\n "
    )

    lesson = parse(source_of(page, "1.html"), shape="html")

    assert list(faults(lesson)) == []
    assert [comment.author for comment in lesson.comments] == ["brake pad"]
    assert [(block.first_line, block.last_line) for block in lesson.blocks] == [(3, 3), (4, 9)]
