"""Diagrams in Mermaid's language, of labels that can be nothing but labels.

Mermaid looks for directives, links, styles and entities before it knows what is a label, and the
programs that show notes look into code for templates. So the marks that any of them obeys
stand in labels as their full-width twins; what is drawn is said beside the drawing as it is.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from k8snotes.render.escaping import one_line, visible

MARKS = "\"'`#&<>{}[]()|\\;:%=~^$@*_!?,/"
TWINS = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in MARKS})
LONGEST = 40  # characters of a label


class Branch(NamedTuple):
    """A node of a mind map, and those that hang on it."""

    words: str
    branches: Sequence["Branch"] = ()


def mind_map(root: Branch) -> str:
    """A mind map as a block of code."""
    return _fenced(["mindmap", *_branch_lines(root, "  ", count())])


def graph(nodes: Sequence[str], edges: Iterable[tuple[int, int]]) -> str:
    """Nodes by their words, and lines between them by their positions, as a block of code."""
    lines = [f'  n{at}["{label(words)}"]' for at, words in enumerate(nodes)]
    return _fenced(["graph LR", *lines, *(f"  n{one} --- n{other}" for one, other in edges)])


def label(words: str) -> str:
    """Words of a text that no program takes for more than a label; never empty."""
    shown = " ".join(visible(one_line(words)).translate(TWINS).split())
    shown = re.sub(r"-{2,}|\.{2,}", lambda run: "－" * len(run[0]) if "-" in run[0] else "…", shown)
    if len(shown) > LONGEST:
        shown = f"{shown[: LONGEST - 1]}…"
    return shown or "—"


def _branch_lines(branch: Branch, indent: str, numbers: Iterable[int]) -> Iterable[str]:
    yield f'{indent}n{next(iter(numbers))}["{label(branch.words)}"]'
    for other in branch.branches:
        yield from _branch_lines(other, indent + "  ", numbers)


def _fenced(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", *lines, "```"])
