"""E-books to chapters: the XHTML files of an EPUB in reading order.

A book comes from anywhere, so nothing in it is trusted: no name leads out of the archive, no
entry is unpacked beyond a bound, and its XML is read without entities.
"""

import contextlib
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from k8snotes.read.epub_contents import (
    HEADING,
    NO_LESSON,
    Entry,
    is_no_lesson,
    navigation_entries,
    ncx_entries,
    shown_words,
)
from k8snotes.speech import Message

if TYPE_CHECKING:
    from xml.etree import ElementTree
    from zipfile import ZipFile

CONTAINER = "META-INF/container.xml"
LARGEST_ENTRY = 20_000_000  # bytes; a chapter has some ten thousand
LARGEST_BOOK = 64_000_000  # of all its chapters
MOST_ENTRIES = 65_535  # what an archive's own count can say; listing more takes more memory than the book
ENTRY_IN_LIST = b"PK\x01\x02"  # what each begins with in the archive's list
IS_ENCRYPTED = 0x1  # in an entry's flags
UNPACK = Message("unpack it and read what is in it")
AGAIN = Message("download it again")
LONGEST_REASON = 120  # characters; an archive's own names stand in it
NCX = "application/x-dtbncx+xml"
MOST_LISTED = 20_000
SPLIT = re.compile(r"_split_?\d+(?=\.x?html?$)", re.IGNORECASE)  # calibre's
TOP_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
PREFIX = re.compile(rb"(</?|\s)[A-Za-z][\w-]*:(?=[A-Za-z][\w-]*[\s=>/])")
STRAY_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")
CHAPTER_TYPES = frozenset({"application/xhtml+xml", "text/html"})


class BrokenBook(ValueError):
    """The archive is no EPUB that can be read; the message says why and what helps."""

    def __init__(self, what: Message, next_step: Message = AGAIN) -> None:
        super().__init__(Message("{what}; {next_step}", what=what, next_step=next_step))


class Chapter(NamedTuple):
    """A file of the book, or a run of files that are one chapter."""

    names: tuple[str, ...]  # inside the archive: OEBPS/Text/03.html
    contents: tuple[bytes, ...]  # of each
    book: str | None  # the book's title
    entries: tuple[Entry, ...]  # of the table of contents that point into the first file

    @property
    def name(self) -> str:
        return self.names[0]


def chapters(book: bytes) -> Iterator[Chapter]:
    """The chapters in the order of the book's spine.

    Raises:
        BrokenBook: it is no zip archive, holds no list of chapters, or unpacks to too much.
    """
    import zipfile
    import zlib

    if book.count(ENTRY_IN_LIST) > MOST_ENTRIES:
        raise BrokenBook(Message("an archive of more than {most:,} files", most=MOST_ENTRIES))
    try:
        with zipfile.ZipFile(BytesIO(book)) as archive:
            yield from _chapters(archive)
    except BrokenBook:
        raise
    # What zipfile and the decompressors raise for archives that are broken, cut off or too new.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BrokenBook(Message("a broken archive ({why})", why=_in_one_line(error))) from error


def _chapters(archive: "ZipFile") -> Iterator[Chapter]:
    package_name = _package_name(archive)
    package = _xml(archive, package_name)
    folder = posixpath.dirname(package_name)
    title = _title(package)
    names = list(_spine(package, folder, frozenset(archive.namelist())))
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in _contents(archive, package, folder):
        entries[entry.name].append(entry)
    spine = frozenset(name.rpartition("/")[2] for name in names)
    no_lessons = {name for kind, name in _guide(package, folder) if kind in NO_LESSON}
    total = 0
    found = False
    waiting: Chapter | None = None
    for name in names:
        content = _entry(archive, name)
        total += len(content)
        if total > LARGEST_BOOK:
            raise BrokenBook(
                Message("more than {megabytes} MB of chapters", megabytes=LARGEST_BOOK // 1_000_000), UNPACK
            )
        of_file = tuple(entries.get(name, ()))
        sketch = content.decode("utf-8", errors="replace")
        label = of_file[0].label if of_file else None
        if len(names) > 1 and (name in no_lessons or is_no_lesson(sketch, name, label, title, spine)):
            continue
        if (
            waiting is not None
            and not of_file
            and _goes_on(waiting.names[-1], name, sketch, is_listed=bool(entries))
        ):
            waiting = waiting._replace(names=(*waiting.names, name), contents=(*waiting.contents, content))
            continue
        if waiting is not None:
            yield waiting
        found = True
        waiting = Chapter((name,), (content,), title, of_file)
    if waiting is not None:
        yield waiting
    if not found:
        raise BrokenBook(Message("a book without chapters"))


def _spine(package: "ElementTree.Element", folder: str, held: frozenset[str]) -> Iterator[str]:
    """The names of the chapters' files in reading order, each once."""
    hrefs = {
        item.get("id"): item.get("href", "")
        for item in _named(package, "item")
        if item.get("media-type") in CHAPTER_TYPES
        and "nav" not in item.get("properties", "").split()  # the table of contents
    }
    unread = set(held)
    for reference in _named(package, "itemref"):
        href = hrefs.get(reference.get("idref"))
        name = None if href is None else _resolved(folder, href, unread)
        if name is not None:  # names that lead out of the archive are not in it either
            unread.remove(name)
            yield name


def _resolved(folder: str, href: str, held: Collection[str]) -> str | None:
    """The entry that an address names; it is written as one or, against the rules, as it is."""
    candidates = (posixpath.normpath(posixpath.join(folder, part)) for part in (unquote(href), href))
    return next((candidate for candidate in candidates if candidate in held), None)


def _goes_on(before: str, name: str, text: str, *, is_listed: bool) -> bool:
    """Whether a file that the contents do not know goes on with the chapter of the one before.

    Converters split long chapters, and say so in the names; else it has no heading to begin with.
    """
    stems = [SPLIT.sub("", path) for path in (before, name)]
    if stems[0] == stems[1] and SPLIT.search(name):
        return TOP_HEADING.search(text) is None
    return is_listed and HEADING.search(text) is None and bool(shown_words(text))


def _contents(archive: "ZipFile", package: "ElementTree.Element", folder: str) -> list[Entry]:
    """The table of contents; none where the book has none that can be read."""
    held = frozenset(archive.namelist())
    for item in _named(package, "item"):
        is_page = "nav" in item.get("properties", "").split()
        if not is_page and item.get("media-type") != NCX:
            continue
        name = _resolved(folder, item.get("href", ""), held)
        if name is None:
            continue
        try:
            root = _xml(archive, name)
        except BrokenBook:
            continue
        read = navigation_entries if is_page else ncx_entries
        if entries := list(islice(read(root, posixpath.dirname(name)), MOST_LISTED)):
            return entries
    return []


def _guide(package: "ElementTree.Element", folder: str) -> Iterator[tuple[str, str]]:
    """What the book says of its pages: ("cover", "OEBPS/Text/cover.html")."""
    for reference in _named(package, "reference"):
        href = unquote(reference.get("href", "").partition("#")[0])
        yield reference.get("type", "").casefold(), posixpath.normpath(posixpath.join(folder, href))


def _title(package: "ElementTree.Element") -> str | None:
    """The first title that the book gives itself."""
    titles = (" ".join((element.text or "").split()) for element in _named(package, "title"))
    return next(filter(None, titles), None)


def _package_name(archive: "ZipFile") -> str:
    names = archive.namelist()
    if CONTAINER in names:
        rootfile = next(_named(_xml(archive, CONTAINER), "rootfile"), None)
        name = "" if rootfile is None else rootfile.get("full-path", "")
        if name in names:
            return name
    packages = [name for name in names if name.lower().endswith(".opf")]
    if len(packages) == 1:
        return packages[0]
    if CONTAINER not in names:
        raise BrokenBook(Message("a zip archive, but no e-book"), UNPACK)
    raise BrokenBook(Message("an e-book without its list of chapters"))


def _named(root: "ElementTree.Element", name: str) -> "Iterator[ElementTree.Element]":
    """The elements of that name, in whatever namespace the book put them."""
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _xml(archive: "ZipFile", name: str) -> "ElementTree.Element":
    from xml.etree import ElementTree

    content = _entry(archive, name)
    # They may expand without end. In UTF-16 there is a zero beside each character.
    if re.search(rb"<!ENTITY", content.replace(b"\0", b""), re.IGNORECASE):
        raise BrokenBook(Message("{name} declares XML entities", name=name))
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        # Prefixes that nobody declared, and bare "&", are what sloppy books have.
        mended = STRAY_AMPERSAND.sub(b"&amp;", PREFIX.sub(rb"\1", content))
        with contextlib.suppress(ElementTree.ParseError):
            return ElementTree.fromstring(mended)
        raise BrokenBook(Message("{name} is no XML ({why})", name=name, why=_in_one_line(error))) from error


def _entry(archive: "ZipFile", name: str) -> bytes:
    """An entry's bytes, read no further than its bound whatever the archive announces."""
    if archive.getinfo(name).flag_bits & IS_ENCRYPTED:
        raise BrokenBook(Message("{name} is encrypted", name=name), Message("save a copy without a password"))
    with archive.open(name) as entry:
        content = entry.read(LARGEST_ENTRY + 1)
    if len(content) > LARGEST_ENTRY:
        raise BrokenBook(
            Message("{name} holds more than {megabytes} MB", name=name, megabytes=LARGEST_ENTRY // 1_000_000),
            UNPACK,
        )
    return content


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:LONGEST_REASON]
