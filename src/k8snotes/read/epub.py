"""E-books to chapters: the XHTML files of an EPUB in reading order.

A book comes from anywhere, so nothing in it is trusted: no name leads out of the archive, no
entry is unpacked beyond a bound, and its XML is read without entities.
"""

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from xml.etree import ElementTree
    from zipfile import ZipFile

CONTAINER = "META-INF/container.xml"
LARGEST_ENTRY = 20_000_000  # bytes; a chapter has some ten thousand
LARGEST_BOOK = 64_000_000  # of all its chapters
MOST_ENTRIES = 65_535  # what an archive's own count can say; listing more takes more memory than the book
ENTRY_IN_LIST = b"PK\x01\x02"  # what each begins with in the archive's list
IS_ENCRYPTED = 0x1  # in an entry's flags
UNPACK = "unpack it and read what is in it"
AGAIN = "download it again"
LONGEST_REASON = 120  # characters; an archive's own names stand in it
CHAPTER_TYPES = frozenset({"application/xhtml+xml", "text/html"})


class BrokenBook(ValueError):
    """The archive is no EPUB that can be read; the message says why and what helps."""

    def __init__(self, what: str, next_step: str = AGAIN) -> None:
        super().__init__(f"{what}; {next_step}")


class Chapter(NamedTuple):
    name: str  # inside the archive: OEBPS/Text/03.html
    content: bytes
    book: str | None  # the book's title


def chapters(book: bytes) -> Iterator[Chapter]:
    """The chapters in the order of the book's spine.

    Raises:
        BrokenBook: it is no zip archive, holds no list of chapters, or unpacks to too much.
    """
    import zipfile
    import zlib

    if book.count(ENTRY_IN_LIST) > MOST_ENTRIES:
        raise BrokenBook(f"an archive of more than {MOST_ENTRIES:,} files")
    try:
        with zipfile.ZipFile(BytesIO(book)) as archive:
            yield from _chapters(archive)
    except BrokenBook:
        raise
    # What zipfile and the decompressors raise for archives that are broken, cut off or too new.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BrokenBook(f"a broken archive ({_in_one_line(error)})") from error


def _chapters(archive: "ZipFile") -> Iterator[Chapter]:
    package_name = _package_name(archive)
    package = _xml(archive, package_name)
    folder = posixpath.dirname(package_name)
    hrefs = {
        item.get("id"): item.get("href", "")
        for item in _named(package, "item")
        if item.get("media-type") in CHAPTER_TYPES
        and "nav" not in item.get("properties", "").split()  # the table of contents
    }
    unread = set(archive.namelist())
    title = _title(package)
    total = 0
    found = False
    for reference in _named(package, "itemref"):
        href = hrefs.get(reference.get("idref"))
        if href is None:
            continue
        # A name is written as an address, or, against the rules, as it is.
        candidates = (posixpath.normpath(posixpath.join(folder, part)) for part in (unquote(href), href))
        name = next((candidate for candidate in candidates if candidate in unread), None)
        if name is None:  # names that lead out of the archive are not in it either
            continue
        unread.remove(name)
        content = _entry(archive, name)
        total += len(content)
        if total > LARGEST_BOOK:
            raise BrokenBook(f"more than {LARGEST_BOOK // 1_000_000} MB of chapters", UNPACK)
        found = True
        yield Chapter(name, content, title)
    if not found:
        raise BrokenBook("a book without chapters")


def _title(package: "ElementTree.Element") -> str | None:
    """The first title that the book gives itself."""
    titles = (" ".join((element.text or "").split()) for element in _named(package, "title"))
    return next(filter(None, titles), None)


def _package_name(archive: "ZipFile") -> str:
    if CONTAINER not in archive.namelist():
        raise BrokenBook("a zip archive, but no e-book", UNPACK)
    rootfile = next(_named(_xml(archive, CONTAINER), "rootfile"), None)
    name = "" if rootfile is None else rootfile.get("full-path", "")
    if name not in archive.namelist():
        raise BrokenBook("an e-book without its list of chapters")
    return name


def _named(root: "ElementTree.Element", name: str) -> "Iterator[ElementTree.Element]":
    """The elements of that name, in whatever namespace the book put them."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _xml(archive: "ZipFile", name: str) -> "ElementTree.Element":
    from xml.etree import ElementTree

    content = _entry(archive, name)
    # They may expand without end. In UTF-16 there is a zero beside each character.
    if re.search(rb"<!ENTITY", content.replace(b"\0", b""), re.IGNORECASE):
        raise BrokenBook(f"{name} declares XML entities")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise BrokenBook(f"{name} is no XML ({_in_one_line(error)})") from error


def _entry(archive: "ZipFile", name: str) -> bytes:
    """An entry's bytes, read no further than its bound whatever the archive announces."""
    if archive.getinfo(name).flag_bits & IS_ENCRYPTED:
        raise BrokenBook(f"{name} is encrypted", "save a copy without a password")
    with archive.open(name) as entry:
        content = entry.read(LARGEST_ENTRY + 1)
    if len(content) > LARGEST_ENTRY:
        raise BrokenBook(f"{name} holds more than {LARGEST_ENTRY // 1_000_000} MB", UNPACK)
    return content


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON]
