"""Text as terms of the full-text index: what is found without knowing where words end.

Han characters go in as pairs, so that every stretch of two or more is found whatever a
segmenter would make of it, and rare pairs rank like words. The last character of a run stands
alone, so each character begins one term, and a prefix finds a single one. Latin words go in
whole, and once more in the parts that capitals show. Any other character is a term of its own,
but for the marks that stand everywhere.

All terms are made of characters that SQLite's `ascii` tokenizer keeps together, with blanks
between them.
"""

import re
from itertools import groupby
from operator import add

HAN_RANGES = (  # first and last of each
    ("々", "々"), ("〇", "〇"), ("㐀", "䶿"), ("一", "鿿"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)  # fmt: skip
HAN_CHARACTER = f"[{''.join(f'{first}-{last}' for first, last in HAN_RANGES)}]"
SEPARATOR = "\x1e"  # of texts looked at together; no term, as other controls
PREFIX = "*"  # behind a term of an expression of FTS5: all that begin so; no term holds it
LATIN = re.compile("[a-z0-9]+")
# Neither letters nor digits, and in nearly every lesson: no help in finding one.
COMMON_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉【】—…·「」『』￥～–•．\u3000\u00a0\u0301\u200d◌")


def is_rare_mark(character: str) -> bool:
    """Whether a character is a term of its own."""
    return not (
        character.isascii()
        or character.isspace()
        or character in COMMON_MARKS
        or is_han(character)
        or "\ud800" <= character <= "\udfff"  # half of a character, which no database takes
    )


def parts_of(folded: str) -> list[str]:
    """The runs of a folded text in their order, rare marks among them."""
    parts: list[str] = []
    for kind, characters in groupby(folded, _kind_of):
        if kind == "mark":
            parts += filter(is_rare_mark, characters)
        elif kind is not None:
            parts.append("".join(characters))
    return parts


def _kind_of(character: str) -> str | None:
    """What sort of run a folded character belongs to; None for the ASCII marks, which are no terms."""
    if character.isascii():
        return "latin" if character.isalnum() else None
    return "han" if is_han(character) else "mark"


def is_han(text: str) -> bool:
    """Whether a text consists of Han characters.

    For the few characters of a query: the expression takes as long to make as to load ten modules.
    """
    return text != "" and all(
        any(first <= character <= last for first, last in HAN_RANGES) for character in text
    )


def match(run: str) -> str:
    """What finds the passages that hold the terms of a run, in the language of FTS5."""
    if not is_han(run):
        return f'"{run}"'
    return " AND ".join(f'"{pair}"' if len(pair) > 1 else f'"{pair}"{PREFIX}' for pair in pairs(run))


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of Han characters; of a single one itself."""
    return list(map(add, run, run[1:])) or [run]
