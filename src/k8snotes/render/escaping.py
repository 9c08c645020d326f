"""Readers' text is hostile until escaped: one function for each place that it can land in."""

import json
import re

# Terminals obey these: C0 but for newline and tab, DEL, C1, and marks that reorder text.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Characters that mean something to Markdown inside a line.
MARKDOWN_INLINE = re.compile(r"([\\`*_\[\]<>|~$&])")
# Line beginnings that would start a block: headings, lists, quotes, fences, rules, tables.
MARKDOWN_BLOCK = re.compile(r"^(\s*)([#>+\-=:]|\d{1,9}(?=[.)]))")
# What template engines, Dataview and Mermaid act on; a zero-width joiner would be invisible
# but changes the text, so the marks are spelled as entities.
TEMPLATE_MARKS = {"{{": "&#123;&#123;", "{%": "&#123;%", "%%": "&#37;&#37;", "^[": "&#94;["}
LINK_LIKE = re.compile(r"(?i)\b(https?|ftp|javascript|data|vbscript|file)(:)")


def visible(text: str) -> str:
    r"""The text with control characters spelled out: `\x1b`, `\u202e`."""
    return CONTROL.sub(_spelled, text)


def one_line(text: str) -> str:
    """The text on one line: runs of blanks with a newline in them become one space."""
    return re.sub(r"\s*\n\s*", " ", text).strip()


def json_string(value: object, *, ascii_only: bool = False) -> str:
    """JSON in which no control character is left for a terminal to obey."""
    encoded = json.dumps(value, ensure_ascii=ascii_only, allow_nan=False)
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded)


def markdown_text(text: str) -> str:
    """Plain text as one line of Markdown that reads the same and does nothing else."""
    escaped = MARKDOWN_INLINE.sub(r"\\\1", one_line(visible(text)))
    for mark, entity in TEMPLATE_MARKS.items():
        escaped = escaped.replace(mark, entity)
    escaped = LINK_LIKE.sub(r"\1&#58;", escaped)
    block = MARKDOWN_BLOCK.match(escaped)
    if block:
        at = block.end(1)
        if escaped[at].isdigit():
            at = block.end(2)
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return escaped


def _spelled(match: re.Match[str]) -> str:
    point = ord(match[0])
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}"
