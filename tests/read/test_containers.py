"""E-books and PDFs: what is read from them, and what of them is refused."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from k8snotes.errors import UnreadableInput
from k8snotes.model.source import InputFile, Locator, Source
from k8snotes.read import epub
from k8snotes.read.files import read_sources

CHAPTER = "<html><body><h1>{}</h1><p>水烧开了。</p></body></html>"


def book(
    entries: dict[str, str],
    *,
    spine: list[str],
    container: str = "OEBPS/content.opf",
    metadata: str = "",
) -> bytes:
    """An EPUB with these chapters below OEBPS/, in the order of the spine."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in entries
    )
    refs = "".join(f'<itemref idref="{name}"/>' for name in spine)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            f'<rootfile full-path="{container}"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/content.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf">{metadata}<manifest>{items}</manifest>'
            f"<spine>{refs}</spine></package>",
        )
        for name, content in entries.items():
            archive.writestr(f"OEBPS/{name}", content)
    return packed.getvalue()


GOOD_BOOK = book({"a.html": CHAPTER.format("一")}, spine=["a.html"])
ENTRY, IN_LIST = b"PK\x03\x04", b"PK\x01\x02"


def changed(archive: bytes, *, flags: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive with other flags and another method in all its entries, where they say what they are."""
    content = bytearray(archive)
    for mark, offset in ((ENTRY, 6), (IN_LIST, 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset : at + offset + 4] = struct.pack("<HH", flags, method)
            at = content.find(mark, at + 1)
    return bytes(content)


def damaged(archive: bytes) -> bytes:
    """The archive with bytes that no packer writes in its first packed entry."""
    at = archive.index(b"META-INF/container.xml") + len("META-INF/container.xml")
    return archive[:at] + b"\xff" * 20 + archive[at + 20 :]


def sources_in(content: bytes, folder: Path, name: str = "水.epub") -> list[Source]:
    path = folder / name
    path.write_bytes(content)
    return list(read_sources(InputFile(path=path, shown=name, folder="")))


def test_the_chapters_of_a_book_come_in_the_order_of_its_spine(tmp_path: Path) -> None:
    content = book(
        {"b.html": CHAPTER.format("二"), "a.html": CHAPTER.format("一")}, spine=["a.html", "b.html"]
    )

    sources = sources_in(content, tmp_path)

    assert [source.locator_at(1) for source in sources] == [
        Locator(chapter="OEBPS/a.html"),
        Locator(chapter="OEBPS/b.html"),
    ]
    assert [source.path for source in sources] == ["水.epub", "水.epub"]


def test_every_chapter_knows_the_title_of_its_book(tmp_path: Path) -> None:
    titles = "<metadata><title> </title><title>焖饭的\n学问</title></metadata>"
    pages = {"a.html": CHAPTER.format("一"), "b.html": CHAPTER.format("二")}

    titled = sources_in(book(pages, spine=[*pages], metadata=titles), tmp_path)
    untitled = sources_in(book(pages, spine=[*pages]), tmp_path)

    assert [source.book for source in titled] == ["焖饭的 学问"] * 2
    assert [source.book for source in untitled] == [None] * 2


def test_a_name_that_leads_out_of_the_book_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("秘密", encoding="utf-8")
    content = book(
        {"../../secret.html": "x", "a.html": CHAPTER.format("一")}, spine=["../../secret.html", "a.html"]
    )

    text = "\n".join(line for source in sources_in(content, tmp_path) for line in source.lines)

    assert "秘密" not in text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 not really", "broken archive"),
        (book({}, spine=[]), "without chapters"),
        (GOOD_BOOK.replace(b"content.opf", b"content.xml"), "without its list"),
        (book({"a.html": " " * 30_000_000}, spine=["a.html"]), "more than 20 MB"),
        (changed(GOOD_BOOK, flags=1), r"container\.xml is encrypted; save a copy without a password"),
        (changed(GOOD_BOOK, method=99), "broken archive"),
        (damaged(GOOD_BOOK), "broken archive"),
        (
            GOOD_BOOK.replace(b"META-INF/c", b"META-INF/d").replace(b"content.opf", b"content.xml"),
            "no e-book; unpack it",
        ),
        (GOOD_BOOK[:-10], "broken archive"),
    ],
    ids=[
        "no archive",
        "no chapters",
        "no list of chapters",
        "a bomb",
        "encrypted",
        "packed in an unknown way",
        "damaged",
        "another archive",
        "cut off",
    ],
)
def test_a_book_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        sources_in(content, tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_may_expand_without_end_are_refused(tmp_path: Path, encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as archive:
        package = archive.read("OEBPS/content.opf").decode()
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE p [<!ENTITY a "aaaa">]>{package}'

    with pytest.raises(UnreadableInput, match="declares XML entities"):
        sources_in(with_entry(GOOD_BOOK, "OEBPS/content.opf", bomb.encode(encoding)), tmp_path)


def with_entry(archive: bytes, name: str, content: bytes) -> bytes:
    """The archive with other content in one entry."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return packed.getvalue()


def test_a_chapter_that_the_spine_names_again_and_again_is_read_once(tmp_path: Path) -> None:
    content = book(
        {"a.html": CHAPTER.format("一"), "b.html": CHAPTER.format("二")}, spine=[*["a.html"] * 999, "b.html"]
    )

    assert len(sources_in(content, tmp_path)) == 2


def test_an_archive_of_more_files_than_books_have_is_not_even_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epub, "MOST_ENTRIES", 4)
    content = book({f"{i}.html": CHAPTER.format("一") for i in range(9)}, spine=["1.html"])

    assert len(sources_in(GOOD_BOOK, tmp_path)) == 1
    with pytest.raises(UnreadableInput, match="more than 4 files"):
        sources_in(content, tmp_path)


def test_chapters_are_unpacked_to_no_more_than_a_course_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epub, "LARGEST_BOOK", 1_000_000)
    content = book(
        {f"{i}.html": CHAPTER.format(" " * 400_000) for i in range(4)}, spine=["1.html", "2.html", "3.html"]
    )

    with pytest.raises(UnreadableInput, match="more than 1 MB of chapters; unpack it"):
        sources_in(content, tmp_path)


def test_a_chapter_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(
        book(
            {"a.html": CHAPTER.format("一"), "b.html": "", "c.html": " ", "d.html": CHAPTER.format("四")},
            spine=["a.html", "b.html", "c.html", "d.html"],
        )
    )
    sources = read_sources(InputFile(path=tmp_path / "a.epub", shown="a.epub", folder=""))

    assert [next(sources).name, next(sources).name] == ["a.html", "d.html"]
    with pytest.raises(UnreadableInput) as error:
        next(sources)

    assert (
        str(error.value) == "a.epub: OEBPS/b.html: empty; nothing to read in it (and 1 more of its chapters)"
    )


def pdf(*page_streams: bytes) -> bytes:
    """A PDF with one content stream a page, in a standard font."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(len(page_streams)))
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(page_streams)}>>".encode())
    for i, stream in enumerate(page_streams):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {4 + 2 * i} 0 R"
            "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def saying(*lines: str) -> bytes:
    shown = " ".join(f"({line})Tj 0 -20 Td" for line in lines)
    return f"BT /F 12 Tf 20 250 Td {shown} ET".encode()


def test_a_pdf_is_read_line_by_line_with_the_page_of_each(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")

    (source,) = sources_in(pdf(saying("kettle", "pot"), saying("lid")), tmp_path, "a.pdf")

    assert [line for line in source.lines if line] == ["kettle", "pot", "lid"]
    assert source.locator_at(1) == Locator(page=1)
    assert source.locator_at(source.lines.index("lid") + 1) == Locator(page=2)


def test_a_pdf_without_text_names_ocr_as_the_next_step(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")

    with pytest.raises(UnreadableInput, match="OCR"):
        sources_in(pdf(b""), tmp_path, "scan.pdf")


def test_without_the_extra_a_pdf_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)

    with pytest.raises(UnreadableInput, match=r"pip install 'k8snotes\[pdf\]'"):
        sources_in(pdf(saying("kettle")), tmp_path, "a.pdf")


def test_standard_text_is_one_source(tmp_path: Path) -> None:
    (source,) = sources_in("水烧开了。".encode(), tmp_path, "a.md")

    assert source.lines == ("水烧开了。",)
    assert source.locator_at(1) is None
