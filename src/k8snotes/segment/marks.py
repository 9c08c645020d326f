"""Inline Markdown and HTML marks, for where words count and not their dress."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from k8snotes.model.text import Text

DRESSED = re.compile(r"[\[\]<>`*_~\\&]")
ITEM_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|\s*>\s?")
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
# What binds closer than links and emphasis; the leftmost wins. Whatever its repetitions leave
# out keeps hostile text (100 kB of "<") from being read to the end for each of its marks.
ATOM = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<fence>`++)"
    r"|<(?P<address>https?://[^<>\s]+)>"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][^<>\n]*)?\s*/?>)"
    rf"|(?P<entity>{ENTITY})"
)
LABEL = r"\[(?P<label>[^\[\]\n]*)\]"
ADDRESS = r"\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)"
REFERENCE = r"(?P<reference>\[[^\[\]\n]*\])"
LINK = rf"{LABEL}(?:{ADDRESS}|{REFERENCE})"
IMAGE = f"!{LINK}"
# Runs of emphasis marks, and the ends of paragraphs and items, over which none reaches.
EMPHASIS = re.compile(r"\*+|_+|(?<!~)~~(?!~)|(?P<end>\n(?=[ \t]*(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t])))")
BOLD = frozenset({"**", "__"})
# Stands in for what was found: no blank, no word character, no mark.
BLOT = "\ue000"


class Edit(NamedTuple):
    start: int
    stop: int
    words: str = ""  # what a reader sees in that place


class Found(NamedTuple):
    """A construct: the run that later rules must not look into, and what to change in it."""

    start: int
    stop: int
    edits: tuple[Edit, ...]


def without_marks(markdown: str) -> str:
    """The words of inline Markdown as a reader sees them."""
    if not DRESSED.search(markdown):
        return markdown
    parts: list[str] = []
    at = 0
    for start, stop, words in _edits(markdown):
        parts += (markdown[at:start], words)
        at = stop
    return "".join(parts) + markdown[at:]


def plain_text(text: Text) -> Text:
    """As `without_marks`, for a text that keeps the way back to its source."""
    return text.edited(_edits(text.string)) if DRESSED.search(text.string) else text


def bold_runs(markdown: str) -> Iterator[tuple[str, bool]]:
    """The words as `without_marks` gives them, cut where they begin and cease to be bold."""
    for is_bold, runs in groupby(_bold_stretches(markdown), key=lambda stretch: stretch[1]):
        yield "".join(words for words, _ in runs), is_bold


def _bold_stretches(markdown: str) -> Iterator[tuple[str, bool]]:
    """As `bold_runs`, cut at every mark: bold words may stand beside bold ones."""
    words: list[str] = []
    is_bold = False
    at = 0
    for start, stop, said in (*_edits(markdown), Edit(len(markdown), len(markdown))):
        words += (markdown[at:start], said)
        at = stop
        if start == len(markdown) or (markdown[start:stop] in BOLD and not said):
            if run := "".join(words):
                yield run, is_bold
            words.clear()
            is_bold = not is_bold


def _edits(markdown: str) -> Iterator[Edit]:
    """What to change in Markdown to be left with its words, in order and apart."""
    edits: list[Edit] = []
    rest = markdown
    for rule in (_atoms, _images, _links, _emphasis):
        found = list(rule(rest))
        edits += (edit for construct in found for edit in construct.edits)
        rest = _blotted(rest, found)
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.stop)):
        if edit.start >= at:  # else it lies in an address that is left out as a whole
            yield edit
            at = edit.stop


def _blotted(string: str, found: list[Found]) -> str:
    parts: list[str] = []
    at = 0
    for start, stop, _ in found:
        parts += (string[at:start], BLOT * (stop - start))
        at = stop
    return "".join(parts) + string[at:]


def _atoms(string: str) -> Iterator[Found]:
    """Escapes, code, addresses and tags in angle brackets, entities."""
    closings: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", string):
        closings[len(run[0])].append(run.start())
    at = 0
    while match := ATOM.search(string, at):
        start, at = match.span()
        match match.lastgroup:
            case "fence":
                closing = _closing(string, closings[at - start], at)
                if closing is not None:
                    inside, length, at = at, at - start, closing + at - start
                    yield Found(start, at, (Edit(start, inside), Edit(at - length, at)))
            case "escaped":
                yield Found(start, at, (Edit(start, start + 1),))
            case "address":
                yield Found(start, at, (Edit(start, start + 1), Edit(at - 1, at)))
            case "tag":
                yield Found(start, at, (Edit(start, at),))
            case "entity":
                from html import unescape  # its table takes 2 ms to load

                yield Found(start, at, (Edit(start, at, unescape(match[0])),))


def _closing(string: str, closings: list[int], at: int) -> int | None:
    """Where the code that begins at `at` ends: at the next run as long as its own, on its line."""
    position = bisect_left(closings, at)
    if position == len(closings) or string.find("\n", at, closings[position]) >= 0:
        return None
    return closings[position]


def _images(string: str) -> Iterator[Found]:
    for image in re.finditer(IMAGE, string) if "![" in string else ():
        yield Found(*image.span(), (Edit(*image.span()),))


def _links(string: str) -> Iterator[Found]:
    for link in re.finditer(LINK, string) if "[" in string else ():
        start, stop = link.span()
        if link["reference"] and re.match(r"[A-Za-z0-9_]", string[start - 1 : start]):
            continue  # grid[i][j]
        label_start, label_stop = link.span("label")
        yield Found(start, label_start, (Edit(start, label_start),))
        yield Found(label_stop, stop, (Edit(label_stop, stop),))


def _emphasis(string: str) -> Iterator[Found]:
    """Marks in pairs, by CommonMark's stack of openers.

    One rule is left out on purpose: beside a Chinese quotation mark CommonMark takes `**` for
    text, and the writer meant bold.
    """
    if "*" not in string and "_" not in string and "~" not in string:
        return
    edits: list[Edit] = []
    openers: dict[str, list[Edit]] = {"*": [], "_": [], "~": []}
    for run in EMPHASIS.finditer(string):
        start, stop = run.span()
        mark = string[start]
        if run["end"]:
            openers = {mark: [] for mark in openers}
            continue
        before, after = string[start - 1 : start] or " ", string[stop : stop + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
        if mark == "_":
            opens, closes = opens and not _is_word(before), closes and not _is_word(after)
        while closes and start < stop and openers[mark]:
            opener = openers[mark].pop()
            length = min(2, stop - start, opener.stop - opener.start)
            edits += (Edit(opener.stop - length, opener.stop), Edit(start, start + length))
            start += length
            for others in openers.values():  # what was opened inside and not closed is text
                while others and others[-1].start > opener.start:
                    others.pop()
            if opener.start < opener.stop - length:
                openers[mark].append(Edit(opener.start, opener.stop - length))
        if opens and start < stop:
            openers[mark].append(Edit(start, stop))
    yield Found(0, 0, tuple(edits))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
