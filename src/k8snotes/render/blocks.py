"""What the blocks of a lesson's text are made of, for whoever writes them out: items, rows, pictures."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from k8snotes.model.lesson import Heading, Lesson
from k8snotes.render import labels

# Words in runs, each with whether it is bold.
Runs = Callable[[str], Iterable[tuple[str, bool]]]

ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])[ \t]+")
CELL_END = re.compile(r"(?<!\\)\|")
RULE_OF_TABLE = frozenset("|:- \t")
ALT = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\([^()\n]*\)")


class Item(NamedTuple):
    depth: int  # from 1
    number: int | None  # as the text counts it
    words: str  # of all its lines


def items(text: str) -> Iterator[Item]:
    """The items of a list; lines without a mark go on with the one above."""
    indents: list[int] = []
    waiting: Item | None = None
    for line in text.split("\n"):
        item = ITEM.match(line)
        if item is None and waiting is not None:
            waiting = waiting._replace(words=_joined(waiting.words.strip(), line.strip()))
            continue
        if waiting is not None:
            yield waiting
        indent = len(item["indent"].expandtabs(4)) if item else 0
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        number = int(item["mark"][:-1]) if item and item["mark"][-1] in ".)" else None
        waiting = Item(len(indents), number, line[item.end() :] if item else line)
    if waiting is not None:
        yield waiting


def _joined(before: str, after: str) -> str:
    """Two lines of an item as one; a blank only between two Latin words."""
    return f"{before} {after}" if before[-1:].isascii() and after[:1].isascii() else before + after


def rows(text: str) -> Iterator[list[str]]:
    """The rows of a table, as their cells; the first is its head."""
    for row in text.split("\n"):
        if row.strip() and not RULE_OF_TABLE.issuperset(row):
            cells = CELL_END.split(row.strip().removeprefix("|").removesuffix("|"))
            yield [cell.strip() for cell in cells]


def figure(text: str) -> str:
    """What stands for a picture: that there is one, and what it is called."""
    return labels.figure([match["alt"].strip() for match in ALT.finditer(text)])


def demotion(lesson: Lesson, top: int) -> int:
    """By how much the lesson's headings go down, so that the highest is of the level `top`."""
    return top - min((block.level for block in lesson.blocks if isinstance(block, Heading)), default=top)


def runs_for(lesson: Lesson, runs: Runs) -> Runs:
    """`runs` where the lesson has inline marks; else all words are as they stand."""
    return _as_plain if lesson.markup == "plain" else runs


def _as_plain(text: str) -> Iterable[tuple[str, bool]]:
    yield text, False
