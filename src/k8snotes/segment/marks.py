"""Inline Markdown and HTML marks, for where words count and not their dress."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from k8snotes.model.text import Edit, Text, edited

DRESSED = re.compile(r"[\[\]<>`*_~\\&]")
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
# What binds closer than links and emphasis; the leftmost wins. Each alternative begins with a character, so
# that what begins with none of them is passed over in C. Whatever its repetitions leave out keeps hostile
# text (100 kB of "<") from being read to the end for each of its marks.
ATOM = re.compile(
    r"`(?P<code>[^`\n]++)`(?!`)"
    r"|`(?P<fence>`*+)"
    r"|<(?P<tag>/?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][^<>\n]*)?\s*/?>)"
    r"|<(?P<address>https?://[^<>\s]+>)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|(?P<entity>{ENTITY})"
)
LABEL = r"\[(?P<label>[^\[\]\n]*)\]"
ADDRESS = r"\([^()\n]*+(?:\([^()\n]*+\)[^()\n]*+)*\)"
REFERENCE = r"(?P<reference>\[[^\[\]\n]*\])"
LINK = re.compile(rf"{LABEL}(?:{ADDRESS}|{REFERENCE})")
IMAGE = f"!{LINK.pattern}"  # few texts hold one: it is compiled where one does
# Runs of emphasis marks, and the ends of paragraphs and items, over which none reaches.
EMPHASIS = re.compile(r"\*\**|__*|~~(?!~)(?<!~~~)|\n(?=[ \t]*(?:\n|[-*+][ \t]|\d{1,9}[.)][ \t]))")
BOLD = frozenset({"**", "__"})
# Stands in for what was found: no blank, no word character, no mark.
BLOT = "\ue000"


def without_marks(markdown: str) -> str:
    """The words of inline Markdown as a reader sees them."""
    return edited(markdown, edits_of(markdown))


def plain_text(text: Text) -> Text:
    """As `without_marks`, for a text that keeps the way back to its source."""
    edits = edits_of(text.string)
    return text.edited(edits) if edits else text


def bold_runs(markdown: str) -> Iterator[tuple[str, bool]]:
    """The words as `without_marks` gives them, cut where they begin and cease to be bold."""
    for is_bold, runs in groupby(_bold_stretches(markdown), key=lambda stretch: stretch[1]):
        yield "".join(words for words, _ in runs), is_bold


def _bold_stretches(markdown: str) -> Iterator[tuple[str, bool]]:
    """As `bold_runs`, cut at every mark: bold words may stand beside bold ones."""
    words: list[str] = []
    is_bold = False
    at = 0
    for start, stop, said in (*edits_of(markdown), (len(markdown), len(markdown), "")):
        words += (markdown[at:start], said)
        at = stop
        if start == len(markdown) or (markdown[start:stop] in BOLD and not said):
            if run := "".join(words):
                yield run, is_bold
            words.clear()
            is_bold = not is_bold


def edits_of(markdown: str) -> list[Edit]:
    """What to change in Markdown to be left with its words, in order and apart.

    Each rule adds its edits, and gives what is left for those that follow: of the same length, with blots for
    what they must not look into.
    """
    if not DRESSED.search(markdown):
        return []
    edits: list[Edit] = []
    rest = _take_atoms(markdown, edits)
    if "[" in rest:
        rest = _take_links(_take_images(rest, edits), edits)
    if "*" in rest or "_" in rest or "~" in rest:
        _take_emphasis(rest, edits)
    apart: list[Edit] = []
    at = 0
    for edit in sorted(edits):
        start, stop, _ = edit
        if start >= at:  # else it lies in an address that is left out as a whole
            apart.append(edit)
            at = stop
    return apart


def _blotted(string: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, stop in spans:
        parts += (string[at:start], BLOT * (stop - start))
        at = stop
    return "".join(parts) + string[at:] if spans else string


def _take_atoms(string: str, edits: list[Edit]) -> str:
    """Escapes, code, addresses and tags in angle brackets, entities."""
    spans: list[tuple[int, int]] = []
    closings: dict[int, list[int]] | None = None  # where fences of a length stand
    at = 0
    while match := ATOM.search(string, at):
        start, at = match.span()
        kind = match.lastgroup
        if kind == "code":
            edits += (start, start + 1, ""), (at - 1, at, "")
        elif kind == "tag":
            edits.append((start, at, ""))
        elif kind == "fence":
            if closings is None:
                closings = _fences(string)
            length = at - start
            closing = _closing(string, closings[length], at)
            if closing is None:
                continue
            edits += (start, at, ""), (closing, closing + length, "")
            at = closing + length
        elif kind == "escaped":
            edits.append((start, start + 1, ""))
        elif kind == "address":
            edits += (start, start + 1, ""), (at - 1, at, "")
        else:
            from html import unescape  # its table takes 2 ms to load

            edits.append((start, at, unescape(match[0])))
        spans.append((start, at))
    return _blotted(string, spans)


def _fences(string: str) -> dict[int, list[int]]:
    """Where the runs of backticks stand, by their length."""
    fences: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", string):
        fences[len(run[0])].append(run.start())
    return fences


def _closing(string: str, closings: list[int], at: int) -> int | None:
    """Where the code that begins at `at` ends: at the next run as long as its own, on its line."""
    position = bisect_left(closings, at)
    if position == len(closings) or string.find("\n", at, closings[position]) >= 0:
        return None
    return closings[position]


def _take_images(string: str, edits: list[Edit]) -> str:
    if "![" not in string:
        return string
    spans = [image.span() for image in re.finditer(IMAGE, string)]
    edits += ((start, stop, "") for start, stop in spans)
    return _blotted(string, spans)


def _take_links(string: str, edits: list[Edit]) -> str:
    spans: list[tuple[int, int]] = []
    for link in LINK.finditer(string):
        start, stop = link.span()
        if link["reference"] and re.match(r"[A-Za-z0-9_]", string[start - 1 : start]):
            continue  # grid[i][j]
        label_stop = link.end("label")
        edits += (start, start + 1, ""), (label_stop, stop, "")
        spans += (start, start + 1), (label_stop, stop)
    return _blotted(string, spans)


def _take_emphasis(string: str, edits: list[Edit]) -> None:
    """Marks in pairs, by CommonMark's stack of openers.

    One rule is left out on purpose: beside a Chinese quotation mark CommonMark takes `**` for
    text, and the writer meant bold.
    """
    openers: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
    for run in EMPHASIS.finditer(string):
        start, stop = run.span()
        mark = string[start]
        if mark == "\n":
            for others in openers.values():
                others.clear()
            continue
        before, after = string[start - 1 : start] or " ", string[stop : stop + 1] or " "
        opens, closes = not after.isspace(), not before.isspace()
        if mark == "_":
            opens, closes = opens and not _is_word(before), closes and not _is_word(after)
        while closes and start < stop and openers[mark]:
            opener_start, opener_stop = openers[mark].pop()
            length = min(2, stop - start, opener_stop - opener_start)
            edits += (opener_stop - length, opener_stop, ""), (start, start + length, "")
            start += length
            for others in openers.values():  # what was opened inside and not closed is text
                while others and others[-1][0] > opener_start:
                    others.pop()
            if opener_start < opener_stop - length:
                openers[mark].append((opener_start, opener_stop - length))
        if opens and start < stop:
            openers[mark].append((start, stop))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
