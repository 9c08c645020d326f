"""What an e-book's table of contents says, and which of its pages are no lessons.

EPUB 3 has a page with `<nav epub:type="toc">`, EPUB 2 a `toc.ncx`; many books have both.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST = 20
# What a guide, a landmark or a page itself says that it is, and is no lesson.
NO_LESSON = frozenset(
    [
        "cover",
        "toc",
        "title-page",
        "titlepage",
        "copyright-page",
        "colophon",
        "dedication",
        "loi",
        "lot",
        "index",
    ]
)
NO_LESSON_LABEL = re.compile(
    r"封面|封底|书名页?|扉页|版权(?:页|信息|声明)?|目\s*录|cover|title\s*page|copyright(?:\s*page)?|(?:table\s*of\s*)?contents",
    re.IGNORECASE,
)
NO_LESSON_FILE = re.compile(r"(?:cover|title_?page|copyright|toc|nav|contents)\d*\.x?html?", re.IGNORECASE)
PAGE_TYPE = re.compile(
    r"<body\b[^<>]*?\btype=[\"']([^\"']*)[\"']|<body\b[^<>]*>\s*<section\b[^<>]*?\btype=[\"']([^\"']*)[\"']"
)
HEADING = re.compile(r"<(h[1-6])\b", re.IGNORECASE)
HEADING_END = re.compile(r"</h[1-6]\b", re.IGNORECASE)
BODY = re.compile(r"<body\b[^<>]*>(.*)", re.IGNORECASE | re.DOTALL)
# None looks beyond the next of its kind, so that what never ends costs one look each.
UNSEEN = re.compile(
    r"<(script|style)\b(?:(?!<\1\b).)*?</\1>|<!--(?:(?!<!--).)*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL
)
LINK = re.compile(
    r"<a\b[^<>]*\bhref=[\"']([^\"'<]*)[\"'][^<>]*>((?:(?!<a\b).)*?)</a>", re.IGNORECASE | re.DOTALL
)
PICTURE = re.compile(r"<(?:img|image|svg)\b", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*")
ANCHOR = re.compile(r"\b(?:id|name)=[\"']([^\"'<>]*)[\"']")
NEAR_ANCHOR = 300  # characters from an anchor to the heading that it is for
LINKS_OF_CONTENTS = 5
SHARE_OF_LINKS = 0.7


class Entry(NamedTuple):
    """A line of the table of contents."""

    label: str
    name: str  # of the file, inside the archive
    fragment: str  # the place in it; "" for all of it
    depth: int


def navigation_entries(page: "Element", folder: str) -> Iterator[Entry]:
    """The entries of an EPUB 3 navigation page."""
    lists = [element for element in page.iter() if _name(element) == "nav"]
    chosen = next(
        (nav for nav in lists if "toc" in _attribute(nav, "type").split()), lists[0] if lists else page
    )
    for element in chosen.iter():
        if _name(element) == "ol":
            yield from _listed(element, folder, 0)
            return


def _listed(listed: "Element", folder: str, depth: int) -> Iterator[Entry]:
    for item in listed:
        for child in item:
            if _name(child) == "a":
                yield _entry(_words(child), child.get("href", ""), folder, depth)
            elif _name(child) == "ol" and depth < DEEPEST:
                yield from _listed(child, folder, depth + 1)


def ncx_entries(points: "Element", folder: str, depth: int = 0) -> Iterator[Entry]:
    """The entries of an EPUB 2 `toc.ncx`."""
    for point in points:
        if _name(point) == "navMap":
            yield from ncx_entries(point, folder, depth)
        if _name(point) != "navPoint":
            continue
        label = next((_words(child) for child in point if _name(child) == "navLabel"), "")
        source = next((child.get("src", "") for child in point if _name(child) == "content"), "")
        yield _entry(label, source, folder, depth)
        if depth < DEEPEST:
            yield from ncx_entries(point, folder, depth + 1)


def _entry(label: str, address: str, folder: str, depth: int) -> Entry:
    path, _, fragment = address.partition("#")
    name = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else ""
    return Entry(label, name, unquote(fragment), depth)


def _name(element: "Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: "Element", name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _words(element: "Element") -> str:
    return " ".join("".join(element.itertext()).split())


def is_no_lesson(text: str, name: str, label: str | None, book: str | None, spine: frozenset[str]) -> bool:
    """Whether a page is the book's cover, title, contents or imprint, or nothing but a picture."""
    if (match := PAGE_TYPE.search(text)) and NO_LESSON & set((match[1] or match[2]).split()):
        return True
    if label is not None and NO_LESSON_LABEL.fullmatch(label):
        return True
    words = shown_words(text)
    if label is None and NO_LESSON_FILE.fullmatch(name.rpartition("/")[2]) and not HEADING.search(text):
        return True
    if not words:
        return PICTURE.search(text) is not None
    return words == "".join((book or "").split()) or _is_contents(text, words, spine)


def _is_contents(text: str, words: str, spine: frozenset[str]) -> bool:
    """Whether a page is hardly more than links to the book's others."""
    linked = [
        shown_words(label)
        for address, label in LINK.findall(text)
        if unquote(address.partition("#")[0]).rpartition("/")[2] in spine
    ]
    return len(linked) >= LINKS_OF_CONTENTS and sum(map(len, linked)) > SHARE_OF_LINKS * len(words)


def shown_words(text: str) -> str:
    """The words of a page without blanks."""
    body = BODY.search(text)
    return "".join(unescape(UNSEEN.sub("", body[1] if body else text)).split())


def lesson_starts(text: str, entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """Where each of a file's lessons begins, with its title in the contents; none for a file of one lesson.

    Entries of the contents are lessons where they point to headings of one level, the file's first;
    those of lower levels are parts of lessons.
    """
    first = HEADING.search(text)
    if first is None:
        return []
    anchors = _anchors(text)
    found: dict[int, str] = {}
    for entry in entries:
        at = anchors.get(entry.fragment) if entry.fragment else first.start()
        if at is None:
            continue
        heading = _heading_around(text, at) or HEADING.search(text, at, at + NEAR_ANCHOR)
        if heading and heading[1].lower() == first[1].lower():
            found.setdefault(heading.start(), entry.label)
    return sorted(found.items()) if len(found) > 1 else []


def _heading_around(text: str, at: int) -> re.Match[str] | None:
    """The heading that an anchor stands in."""
    above = [*HEADING.finditer(text, max(0, at - NEAR_ANCHOR), at)][-1:]
    return next((heading for heading in above if not HEADING_END.search(text, heading.end(), at)), None)


def _anchors(text: str) -> dict[str, int]:
    """Where the tags begin that fragments name."""
    anchors: dict[str, int] = {}
    for tag in TAG.finditer(text):
        for name in ANCHOR.findall(tag[0]):
            anchors.setdefault(name, tag.start())
    return anchors
