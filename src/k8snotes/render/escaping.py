"""Readers' text is hostile until escaped: one function for each place that it can land in."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import json

# Terminals obey these: C0 but for newline and tab, DEL, C1, and marks that reorder text.
# Programs take U+2028 and U+2029 for line ends; the last three no UTF-8 or YAML can hold.
CONTROL = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
LINE_END = r"[\n\u2028\u2029]"
NUMBERED_ITEM = r"(\d{1,9})([.)])"
# MkDocs knows the backslash before these only; all other marks are spelled as entities.
BACKSLASHED = frozenset("\\`*_[]>|#-+")
NAMED_ENTITIES = {"&": "&amp;", "<": "&lt;"}


def visible(text: str) -> str:
    r"""The text with control characters spelled out: `\x1b`, `\u202e`."""
    # What is obeyed cannot be printed, and few texts hold it: the expression is compiled where one does.
    return text if text.isprintable() else re.sub(CONTROL, _spelled, text)


def one_line(text: str) -> str:
    """The text on one line: what ends a line becomes a space, with the blanks around it."""
    if text.isprintable():  # line ends are not
        return text.strip()
    return " ".join(filter(None, (line.strip() for line in re.split(LINE_END, text))))


def json_string(value: object, *, ascii_only: bool = False) -> str:
    """JSON in which no control character is left for a terminal to obey."""
    encoded = _encoder(ascii_only).encode(value)
    if encoded.isprintable():
        return encoded
    return re.sub(CONTROL, lambda match: f"\\u{ord(match[0]):04x}", encoded)


@cache
def _encoder(ascii_only: bool) -> "json.JSONEncoder":
    import json

    return json.JSONEncoder(ensure_ascii=ascii_only, allow_nan=False)


def markdown_text(text: str) -> str:
    """Plain text as one line of Markdown that reads the same and does nothing else."""
    plain = visible(one_line(text))
    if item := re.match(NUMBERED_ITEM, plain):
        return f"{item[1]}\\{item[2]}{_marks().sub(_escaped, plain[item.end() :])}"
    return _marks().sub(_escaped, plain)


@cache
def _marks() -> re.Pattern[str]:
    """Single marks that mean something to Markdown, or to what reads notes besides: Obsidian, Logseq,
    Dataview, template engines, MkDocs and its extensions.

    Compiled when it is first wanted: a search has no use for it.
    """
    return re.compile(
        r"[\\`*_\[\]>|<{~$^]"
        r"|&(?=#?[A-Za-z0-9]{1,40};)"  # an entity
        r"|(?<![\w#])#"  # a heading or what closes one, a #tag
        r"|(?<==)=|(?<=:):|(?<=%)%"  # ==marked==, a field:: of Dataview, %%a comment%%
        r"|:(?=//)|(?<=\b[Ww][Ww][Ww])\.|(?<=[\w.+-])@(?=[\w-])"  # what GFM makes links of
        r"|\A(?:[-+=:]|[!?/](?=[!?/]{2}))"  # an item, a rule, a definition, an admonition
    )


def _escaped(match: re.Match[str]) -> str:
    mark = match[0]
    if mark in BACKSLASHED:
        return f"\\{mark}"
    return NAMED_ENTITIES.get(mark) or f"&#{ord(mark)};"


def _spelled(match: re.Match[str]) -> str:
    point = ord(match[0])
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"
