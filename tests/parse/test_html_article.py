# ruff: noqa: E501 - lines as pages have them
"""Any HTML page: where its title stands, what of it is an article, and what is broken in it."""

import io
import zipfile

import pytest

from k8snotes.model.lesson import Code, Heading, ItemList, Lesson, Paragraph, Quote, Table
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
