"""Inline Markdown and HTML marks, for where words count and not their dress."""

import re
from html import unescape

from k8snotes.model.text import Text

RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])"), ""),  # images
    (re.compile(r"\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),  # links
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^>\n]*>"), ""),  # HTML tags
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),  # backslash escapes
)
DRESSED = re.compile(r"[\[\]<>`*_~\\&]")
ITEM_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|\s*>\s?")


def without_marks(markdown: str) -> str:
    """The words of inline Markdown as a reader sees them."""
    if not DRESSED.search(markdown):
        return markdown
    for rule, words in RULES:
        markdown = rule.sub(words, markdown)
    return unescape(markdown)


def plain_text(text: Text) -> Text:
    """As `without_marks`, for a text that keeps the way back to its source."""
    if not DRESSED.search(text.string):
        return text
    for rule, words in RULES:
        kept_group = int(words[1:]) if words else None
        edits: list[tuple[int, int, str]] = []
        for match in rule.finditer(text.string):
            if kept_group is None:
                edits.append((match.start(), match.end(), ""))
            else:
                edits.append((match.start(), match.start(kept_group), ""))
                edits.append((match.end(kept_group), match.end(), ""))
        if edits:
            text = text.edited(edits)
    return text
