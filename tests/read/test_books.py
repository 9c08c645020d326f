# ruff: noqa: E501 - pages as e-books have them
"""E-books as exporters and converters make them: what of them is a lesson, and what it is called."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from k8snotes.errors import UnreadableInput
from k8snotes.model.lesson import Code, Heading, Lesson
from k8snotes.model.source import InputFile, Locator
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import read_sources

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{}</title></head>'


def page(body: str, *, title: str = "焖饭的学问") -> str:
    return f"{HEAD.format(title)}\n<body>\n{body}\n</body></html>"


def lesson_page(title: str, text: str = "水烧开了。") -> str:
    return page(f"<h1>{title}</h1>\n<p>{text}</p>")


def nav(*entries: tuple[str, str], inside: str = "") -> str:
    items = "".join(f'<li><a href="{address}">{label}</a></li>' for address, label in entries)
    return page(
        f'<nav epub:type="landmarks"><ol><li><a href="x">封面</a></li></ol></nav><nav epub:type="toc"><h2>目录</h2><ol>{items}{inside}</ol></nav>'
    )


def ncx(*entries: tuple[str, str]) -> str:
    points = "".join(
        f'<navPoint id="p{at}" playOrder="{at}"><navLabel><text>{label}</text></navLabel><content src="{address}"/></navPoint>'
        for at, (address, label) in enumerate(entries)
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'
    )


def book(
    pages: Mapping[str, str | bytes],
    *,
    spine: Sequence[str] | None = None,
    toc: Mapping[str, str] | None = None,
    guide: str = "",
    title: str = "焖饭的学问",
    package: str = "OEBPS/content.opf",
    container: str | None = CONTAINER,
    declaration: str = ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
) -> bytes:
    """An e-book with these pages beside its package; `toc` is a `nav.xhtml`, a `toc.ncx` or both."""
    folder = package.rpartition("/")[0]
    contents = dict(toc or {})
    items = "".join(
        f'<item id="i{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages
    )
    for name in contents:
        kind = (
            'application/xhtml+xml" properties="nav' if name.endswith("html") else "application/x-dtbncx+xml"
        )
        items += f'<item id="i{name}" href="{name}" media-type="{kind}"/>'
    references = "".join(f'<itemref idref="i{name}"/>' for name in spine or pages)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        if container is not None:
            archive.writestr("META-INF/container.xml", container.format(package))
        archive.writestr(
            package,
            f'<package xmlns="http://www.idpf.org/2007/opf"{declaration}>'
            f"<metadata><dc:title>{title}</dc:title><dc:creator>{title}</dc:creator></metadata>"
            f"<manifest>{items}</manifest><spine>{references}</spine><guide>{guide}</guide></package>",
        )
        for name, content in {**pages, **contents}.items():
            archive.writestr(f"{folder}/{name}".lstrip("/"), content)
    return packed.getvalue()


def lessons_in(content: bytes, folder: Path) -> list[Lesson]:
    path = folder / "饭.epub"
    path.write_bytes(content)
    lessons = [parse(source) for source in read_sources(InputFile(path=path, shown="饭.epub", folder=""))]
    assert [fault for lesson in lessons for fault in faults(lesson)] == []
    return lessons


def titles(lessons: Sequence[Lesson]) -> list[str | None]:
    return [lesson.title for lesson in lessons]


def texts(lesson: Lesson) -> list[str]:
    return [block.text.string for block in lesson.blocks]


TWO = {"a.xhtml": lesson_page("01 | 淘米"), "b.xhtml": lesson_page("02 | 水线")}


@pytest.mark.parametrize("package", ["content.opf", "OEBPS/content.opf", "EPUB/book/package.opf"])
def test_the_package_may_lie_in_any_folder(tmp_path: Path, package: str) -> None:
    lessons = lessons_in(book(TWO, package=package), tmp_path)

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]
    folder = f"{package.rpartition('/')[0]}/".lstrip("/")
    assert lessons[1].source.locator_at(3) == Locator(chapter=f"{folder}b.xhtml")


def test_a_book_whose_container_is_missing_is_read_by_its_only_package(tmp_path: Path) -> None:
    assert titles(lessons_in(book(TWO, container=None), tmp_path)) == ["01 | 淘米", "02 | 水线"]
    assert titles(lessons_in(book(TWO, container=CONTAINER.format("gone.opf")), tmp_path)) == [
        "01 | 淘米",
        "02 | 水线",
    ]


def test_a_package_with_prefixes_that_nobody_declared_is_read(tmp_path: Path) -> None:
    declaration = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = book(TWO, title="米 & 水", declaration="")

    assert declaration.encode() not in content
    assert {lesson.source.book for lesson in lessons_in(content, tmp_path)} == {"米 & 水"}


@pytest.mark.parametrize(
    "toc",
    [
        {"nav.xhtml": nav(("a.xhtml", "01 | 淘米"), ("b.xhtml#top", "02 | 水线"))},
        {"toc.ncx": ncx(("a.xhtml", "01 | 淘米"), ("b.xhtml", "02 | 水线"))},
        {
            "toc.ncx": ncx(("a.xhtml", "别的")),
            "nav.xhtml": nav(("a.xhtml", "01 | 淘米"), ("b.xhtml", "02 | 水线")),
        },
    ],
    ids=["navigation page", "ncx", "both"],
)
def test_a_page_without_a_heading_is_called_what_the_contents_call_it(
    tmp_path: Path, toc: Mapping[str, str]
) -> None:
    toc = dict(sorted(toc.items()))
    pages = {
        "a.xhtml": page("<p>水烧开了。</p>"),
        "b.xhtml": page('<p id="top">02 | 水线</p><p>没过一节。</p>'),
    }
    lessons = lessons_in(book(pages, toc=toc), tmp_path)

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]
    assert [texts(lesson) for lesson in lessons] == [["水烧开了。"], ["没过一节。"]]


def test_the_books_title_is_no_lessons(tmp_path: Path) -> None:
    pages = {
        "03 - 火候.xhtml": page("<h2>先看火</h2><p>火要小。</p>"),
        "b.xhtml": page("<p>水。</p>", title="02 | 水线"),
    }

    assert titles(lessons_in(book(pages), tmp_path)) == ["03 | 火候", "02 | 水线"]


COVER = page('<img src="cover.jpg" alt="cover"/>')
LINKS = "".join(f'<p><a href="{name}">第{name}篇写的是什么</a></p>' for name in ("a.xhtml", "b.xhtml") * 3)


@pytest.mark.parametrize(
    ("name", "content", "toc", "guide"),
    [
        ("x.xhtml", COVER, (), ""),
        ("cover.xhtml", page("<p>焖饭的学问 秦稻香 著</p>"), (), ""),
        ("x.xhtml", page("<h1>焖饭的学问</h1>"), (), ""),
        (
            "x.xhtml",
            page("<p>某某出版社</p>"),
            (),
            '<reference type="copyright-page" href="x.xhtml#a" title="版权"/>',
        ),
        ("x.xhtml", page("<p>某某出版社</p>"), ("x.xhtml", "版权信息"), ""),
        (
            "x.xhtml",
            page("<p>某某出版社</p>").replace("<body", '<body epub:type="frontmatter copyright-page"'),
            (),
            "",
        ),
        (
            "x.xhtml",
            page('<section epub:type="titlepage"><h1>焖饭的学问</h1><p>秦稻香</p></section>').replace(
                "<body>\n", "<body>"
            ),
            (),
            "",
        ),
        ("x.xhtml", page(f"<h1>目录</h1>{LINKS}"), (), ""),
        ("x.xhtml", page("<h1>第一部分</h1>"), ("x.xhtml", "目 录"), ""),
    ],
    ids=[
        "picture",
        "cover by name",
        "title",
        "guide",
        "label",
        "type of a body",
        "type of a section",
        "links",
        "contents",
    ],
)
def test_covers_contents_and_imprints_are_no_lessons(
    tmp_path: Path, name: str, content: str, toc: tuple[str, str] | tuple[()], guide: str
) -> None:
    entries = [entry for entry in (toc, ("a.xhtml", "01 | 淘米"), ("b.xhtml", "02 | 水线")) if entry]
    made = book({name: content, **TWO}, toc={"nav.xhtml": nav(*entries)}, guide=guide)

    assert titles(lessons_in(made, tmp_path)) == ["01 | 淘米", "02 | 水线"]


def test_a_lesson_full_of_links_is_a_lesson(tmp_path: Path) -> None:
    text = "把前面的都看一遍，再回到这里来，看完的人可以把锅盖掀开，没看完的人请再等等，水汽还没有够。" * 4
    pages = {"c.xhtml": page(f"<h1>结束语</h1><p>{text}</p>{LINKS}"), **TWO}

    assert titles(lessons_in(book(pages), tmp_path))[0] == "结束语"


def test_a_book_of_one_page_is_that_page(tmp_path: Path) -> None:
    assert titles(lessons_in(book({"cover.xhtml": page("<p>就这一页。</p>")}), tmp_path)) == ["cover"]


def test_several_lessons_in_one_file_are_several(tmp_path: Path) -> None:
    both = page(
        '<div id="l1"><h1>01 | 淘米</h1>\n<h2 id="s1">三遍</h2><p>淘三遍。</p></div>\n<a id="l2"></a><h1>02 | 水线</h1>\n<p>没过一节。</p>'
    )
    toc = nav(
        ("a.xhtml#l1", "01 | 淘米"),
        ("a.xhtml#s1", "三遍"),
        ("a.xhtml#l2", "02 | 水线"),
        ("b.xhtml", "03 | 火候"),
    )
    lessons = lessons_in(
        book({"a.xhtml": both, "b.xhtml": lesson_page("03 | 火候")}, toc={"nav.xhtml": toc}), tmp_path
    )

    assert titles(lessons) == ["01 | 淘米", "02 | 水线", "03 | 火候"]
    assert [texts(lesson) for lesson in lessons[:2]] == [["三遍", "淘三遍。"], ["没过一节。"]]
    assert [block.first_line for block in lessons[1].blocks] == [7]
    assert both.split("\n")[6] == "<p>没过一节。</p>"


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="{id}">{title}</h2>',
        '<h2><a id="{id}"></a>{title}</h2>',
        '<h2 class="t"><span></span><a name="{id}"/>{title}</h2>',
        '<a id="{id}"></a><h2>{title}</h2>',
        '<div id="{id}">\n<h2>{title}</h2></div>',
    ],
)
def test_an_anchor_is_that_of_the_heading_around_it_or_behind_it(tmp_path: Path, heading: str) -> None:
    named = {f"l{at}": f"0{at} | {what}" for at, what in enumerate(("淘米", "水线", "火候"), start=1)}
    one = page("\n".join(f"{heading.format(id=at, title=title)}<p>{at}</p>" for at, title in named.items()))
    toc = ncx(*((f"a.xhtml#{at}", title) for at, title in named.items()))

    lessons = lessons_in(book({"a.xhtml": one}, toc={"toc.ncx": toc}), tmp_path)

    assert [texts(lesson) for lesson in lessons] == [["l1"], ["l2"], ["l3"]]


def test_the_last_lesson_of_a_file_may_go_on_in_the_next(tmp_path: Path) -> None:
    both = page('<h1 id="l1">01 | 淘米</h1>\n<p>淘。</p>\n<h1 id="l2">02 | 水线</h1>\n<p>没过一节。</p>')
    toc = ncx(("a.html#l1", "01 | 淘米"), ("a.html#l2", "02 | 水线"))

    lessons = lessons_in(
        book({"a.html": both, "b.html": page("<p>再多一指。</p>")}, toc={"toc.ncx": toc}), tmp_path
    )

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]
    assert [texts(lesson) for lesson in lessons] == [["淘。"], ["没过一节。", "再多一指。"]]


def test_the_parts_of_a_lesson_in_the_contents_are_no_lessons(tmp_path: Path) -> None:
    only = page('<h1 id="l">01 | 淘米</h1><h2 id="s1">三遍</h2><p>淘。</p><h2 id="s2">为什么</h2><p>香。</p>')
    toc = ncx(
        ("a.xhtml", "01 | 淘米"), ("a.xhtml#s1", "三遍"), ("a.xhtml#s2", "为什么"), ("b.xhtml", "02 | 水线")
    )
    lessons = lessons_in(book({"a.xhtml": only, "b.xhtml": TWO["b.xhtml"]}, toc={"toc.ncx": toc}), tmp_path)

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]
    assert texts(lessons[0]) == ["三遍", "淘。", "为什么", "香。"]


def test_a_lesson_in_several_files_is_one(tmp_path: Path) -> None:
    pages = {
        "t_split_000.html": lesson_page("01 | 淘米"),
        "t_split_001.html": page("<h2>三遍</h2><p>淘三遍。</p>"),
        "t_split_002.html": lesson_page("02 | 水线"),
        "u.html": page("<p>没过一节。</p>"),
    }
    toc = ncx(("t_split_000.html", "01 | 淘米"), ("t_split_002.html", "02 | 水线"))
    lessons = lessons_in(book(pages, toc={"toc.ncx": toc}), tmp_path)

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]
    assert texts(lessons[0]) == ["水烧开了。", "三遍", "淘三遍。"]
    assert texts(lessons[1]) == ["水烧开了。", "没过一节。"]
    where = [lessons[0].source.locator_at(block.first_line) for block in lessons[0].blocks]
    assert where[0] == Locator(chapter="OEBPS/t_split_000.html")
    assert where[1:] == [Locator(chapter="OEBPS/t_split_001.html")] * 2


def test_a_lesson_that_the_contents_forgot_is_a_lesson(tmp_path: Path) -> None:
    lessons = lessons_in(book(TWO, toc={"toc.ncx": ncx(("a.xhtml", "第一部分"))}), tmp_path)

    assert titles(lessons) == ["01 | 淘米", "02 | 水线"]


@pytest.mark.parametrize("codec", ["gb18030", "big5", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_says(tmp_path: Path, codec: str) -> None:
    text = lesson_page("01 | 大米", "大米").replace("utf-8", codec).replace("焖饭的学问", "大米")

    (lesson,) = lessons_in(book({"a.xhtml": text.encode(codec)}), tmp_path)

    assert (lesson.title, texts(lesson)) == ("01 | 大米", ["大米"])


def test_a_table_of_contents_that_is_no_xml_costs_no_lesson(tmp_path: Path) -> None:
    made = book(TWO, toc={"toc.ncx": "<ncx><navMap>&nbsp;<broken"})

    assert titles(lessons_in(made, tmp_path)) == ["01 | 淘米", "02 | 水线"]


def test_a_book_of_pandoc_has_its_code_and_headings(tmp_path: Path) -> None:
    body = (
        '<section id="sec" class="level1" data-number="1">\n<h1 data-number="1"><span class="header-section-number">1</span> 淘米</h1>\n'
        '<section id="sub" class="level2"><h2>三遍</h2>\n<div class="sourceCode" id="cb1"><pre class="sourceCode yaml"><code class="sourceCode yaml">'
        '<span id="cb1-1"><a href="#cb1-1" aria-hidden="true" tabindex="-1"></a><span class="fu">rice</span><span class="kw">:</span></span>\n'
        '<span id="cb1-2"><a href="#cb1-2" aria-hidden="true" tabindex="-1"></a><span class="at">  wash</span><span class="kw">:</span> 3</span></code></pre></div>\n</section></section>'
    )
    (lesson,) = lessons_in(book({"text/ch001.xhtml": page(body)}), tmp_path)

    assert lesson.title == "1 淘米"
    assert [block.text.string for block in lesson.blocks if isinstance(block, Heading)] == ["三遍"]
    (code,) = [block for block in lesson.blocks if isinstance(block, Code)]
    assert (code.text.string, code.language) == ("rice:\n  wash: 3", "yaml")


def test_a_book_of_geektime_dl_keeps_its_comments_through_a_converter(tmp_path: Path) -> None:
    body = (
        '<h1 class="calibre4" id="calibre_pb_0">05 | 刹车</h1>\n<p class="calibre1">捏。</p><h2 class="calibre5">精选留言：</h2>\n<ul class="calibre6"><li class="calibre7">\n'
        '<div class="calibre2"><div class="calibre8">两手都捏  2018-10-08 06:10:11</div>\n<div class="calibre9">略早。<br class="calibre10"/>慢慢来。 [52赞]</div>\n'
        '<div class="calibre2"><div class="calibre8">作者回复2018-10-08 09:00:00</div>\n<div class="calibre9">对。</div></div></div></li></ul>'
    )
    (lesson,) = lessons_in(book({"index_split_003.html": page(body)}), tmp_path)

    assert (lesson.format, lesson.title, texts(lesson)) == ("geektime-dl", "05 | 刹车", ["捏。"])
    (comment,) = lesson.comments
    assert (comment.author, comment.likes, comment.text.string) == ("两手都捏", 52, "略早。\n慢慢来。")
    assert [reply.text.string for reply in comment.replies] == ["对。"]


def test_a_chapter_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "饭.epub"
    path.write_bytes(book({"a.xhtml": b"\x00\x01\x02\x03" * 40, "b.xhtml": TWO["b.xhtml"]}))
    sources = read_sources(InputFile(path=path, shown="饭.epub", folder=""))

    assert parse(next(sources)).title == "02 | 水线"
    with pytest.raises(UnreadableInput, match=r"a\.xhtml"):
        next(sources)
