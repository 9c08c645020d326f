"""What a web page says around its article: author, date and audio above it, rights and neighbours below."""

import re
from collections.abc import Iterator

from k8snotes.model.text import Text
from k8snotes.parse.draft import Draft
from k8snotes.parse.html import HEADINGS, UNSEEN, Element
from k8snotes.parse.masthead import (
    DURATION,
    NARRATOR,
    NEIGHBOUR_MARKS,
    NEIGHBOUR_WORD,
    RIGHTS,
    RIGHTS_MARKS,
    read_audio,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import BLANK

NAME = r"[^\s\d，。,.;:：；!！?？|·/（）()]{1,20}(?: [^\s\d，。,.;:：；!！?？|·/（）()]{1,20}){0,2}?"
DAY = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
PART = r"\s?[·•|/,，]?\s?"
BYLINE = re.compile(
    rf"(?:(?:作者[：:]?\s?|文\s?[/|]\s?)?(?P<author>{NAME}){PART}(?:(?:发表|发布|更新|写)[于在])?{PART})??"
    rf"(?:(?:日期|时间|发布时间)[：:]\s?)?(?P<date>{DAY})"
    rf"(?:{PART}(?:作者[：:]?\s?)?(?P<below>{NAME}))?(?:\s?[·•|]\s?[^。！？]{{0,30}})?"
)
AUTHOR = re.compile(rf"(?:作者|讲师)[：:]\s?(?P<author>{NAME})")
NO_NAMES = frozenset({"阅读", "发表于", "发布于", "更新于", "更新", "原创", "来源"})
PUBLISHED = ("article:published_time", "date", "publishdate", "pubdate", "dc.date")
LONGEST_BYLINE = 80
MOST_BYLINES = 6
LINES = frozenset({"div", "p", "time", "span", "section"})


def take_masthead(draft: Draft, root: Element, heading: Element | None) -> None:
    """Author, date and audio: what stands by itself below the title, else what the page's head says."""
    audio: list[str] = []
    for element in _below_title(root, heading):
        shown = " ".join(" ".join(_parts(element)).split())
        if match := BYLINE.fullmatch(shown):
            name = match["author"] or match["below"]
            draft.author = draft.author or (read_author(name) if name and name not in NO_NAMES else None)
            draft.date = draft.date or read_date(_with_hyphens(match["date"]))
        elif match := AUTHOR.fullmatch(shown):
            draft.author = draft.author or read_author(match["author"])
        elif NARRATOR.match(shown) or DURATION.match(shown):
            audio.append(shown)
        else:
            continue
        draft.claim(element.line - 1, element.last_line, "masthead")
        take_out(root, element)
    draft.audio = read_audio(audio)
    said = {
        (
            found.attributes.get("name") or found.attributes.get("property") or ""
        ).lower(): found.attributes.get("content", "").strip(BLANK)
        for found in root.find("meta")
    }
    draft.author = draft.author or read_author(said.get("author", ""))
    draft.date = draft.date or read_date(next(filter(None, map(said.get, PUBLISHED)), "")[:10])


def take_foot(draft: Draft, root: Element) -> None:
    """Rights notice and neighbours, each in an element of its own."""
    if not any(mark in draft.source.text for mark in (*RIGHTS_MARKS, *NEIGHBOUR_MARKS)):
        return
    for parent in list(root.walk()):
        parent.children = [
            child for child in parent.children if not (isinstance(child, Element) and _is_foot(draft, child))
        ]


def take_out(root: Element, element: Element) -> None:
    for parent in root.walk():
        parent.children = [child for child in parent.children if child is not element]


def _below_title(root: Element, heading: Element | None) -> list[Element]:
    """The short lines that follow the title, down to the first that is none."""
    found: list[Element] = []
    known: set[int] = set()
    is_below = False
    for element in root.walk():
        if element is heading:
            is_below = True
        elif is_below and element.tag in (*HEADINGS, "pre", "ul", "ol", "table", "blockquote"):
            break
        elif is_below and not element.holds_block and element.tag in LINES:
            if id(element) in known:  # what is above it was taken whole
                continue
            if len(found) == MOST_BYLINES or len(element.text().string) > LONGEST_BYLINE:
                break
            found.append(element)
            known |= set(map(id, element.children))
    return found


def _parts(element: Element) -> Iterator[str]:
    """The words of each element of a line that is made of such, else its words."""
    if any(isinstance(child, Text) and child.string.strip(BLANK) for child in element.children):
        yield element.text().string
    else:
        yield from (child.text().string for child in element.elements())


def _with_hyphens(day: str) -> str:
    return re.sub(r"\s?[年月]\s?", "-", day).replace("日", "")


def _is_foot(draft: Draft, element: Element) -> bool:
    """Whether an element is a part of the foot, which is then taken."""
    inner = element.elements()
    if len(inner) == 2 and NEIGHBOUR_WORD.fullmatch(word := inner[0].text().string):
        title = inner[1].text().string
        if word == "上一篇":
            draft.previous = title
        else:
            draft.next = title
        draft.claim(element.line - 1, element.last_line, "navigation")
        return True
    if element.tag != "div" or not _first_words(element).startswith(tuple(mark[0] for mark in RIGHTS_MARKS)):
        return False
    if any(RIGHTS.match(_first_words(e)) for e in inner if e.tag == "div"):
        return False
    if not RIGHTS.match(shown := element.text().string):
        return False
    draft.copyright = " ".join(shown.split())
    draft.claim(element.line - 1, element.last_line, "boilerplate")
    return True


def _first_words(element: Element) -> str:
    """The first run of text that an element shows."""
    for child in element.children:
        if isinstance(child, Text):
            words = child.string.lstrip(BLANK)
        else:
            words = _first_words(child) if child.tag not in UNSEEN else ""
        if words:
            return words
    return ""
