"""What a tagged PDF says its text is: headings, paragraphs, items, cells, code.

Browsers, word processors and typesetters write such a tree beside the page. Its leaves name runs of
text by their marks; the same leaf may stand on two pages, with the marks of both.
"""

from collections.abc import Iterator, Sequence
from ctypes import create_string_buffer
from typing import Any, NamedTuple

# Tags inside a line; the part that they stand in is further up.
INLINE = frozenset(
    {"Code", "Link", "Span", "Em", "Strong", "Quote", "Reference", "Annot", "Lbl", "Note", "Sub"}
)
HEADINGS = frozenset({"H", *(f"H{level}" for level in range(1, 7))})
CELLS = frozenset({"TD", "TH"})
TOLD = ("LI", "BlockQuote", "P")  # the first of these that the ancestors hold
DEEPEST = 60  # a tree of a page's own nesting has some twenty; a hostile one has no end
MOST_ELEMENTS = 20_000  # of a page
FIRST_LEAVES = 4  # of a page, among which one may go on: the grounds of its code come before it
LONGEST_TAG = 64  # bytes in UTF-16


class Part(NamedTuple):
    number: int  # the same on two pages for what runs over their border
    tag: str


class Leaf(NamedTuple):
    marks: tuple[int, ...]
    part: Part


class Tags:
    """The tags of a document's pages, asked for in their order."""

    def __init__(self, raw: Any) -> None:  # pypdfium2.raw
        self.raw = raw
        self.count = 0
        # Of the last leaf of the page before: its marks, those that it had there, its part.
        self.last_marks: tuple[int, ...] = ()
        self.taken: set[int] = set()
        self.last_part: Part | None = None

    def of(self, page: Any) -> dict[int, Part]:
        """The part of each mark on the page; none where the PDF is not tagged."""
        tree = self.raw.FPDF_StructTree_GetForPage(page)
        if not tree:
            return {}
        try:
            leaves = list(self._leaves(tree))
        finally:
            self.raw.FPDF_StructTree_Close(tree)
        leaves = self._continued(leaves)
        found = {leaf.marks[0]: leaf for leaf in leaves if len(leaf.marks) == 1}
        for leaf in leaves:
            if len(leaf.marks) > 1:
                # Some of its marks are another page's: those it had there, and those others have here.
                here = [
                    mark for mark in leaf.marks if leaf.marks != self.last_marks or mark not in self.taken
                ]
                for mark in here or leaf.marks:
                    found.setdefault(mark, leaf)
        if leaves:
            self.last_marks, self.last_part = leaves[-1].marks, leaves[-1].part
            self.taken = {mark for mark, leaf in found.items() if leaf.marks == self.last_marks}
        return {mark: leaf.part for mark, leaf in found.items()}

    def _continued(self, leaves: Sequence[Leaf]) -> list[Leaf]:
        """The leaves with the part that goes on from the page before under its number there."""
        begun = next(
            (
                leaf.part
                for leaf in leaves[:FIRST_LEAVES]
                if len(leaf.marks) > 1 and leaf.marks == self.last_marks
            ),
            None,
        )
        if begun is None or self.last_part is None:
            return list(leaves)
        return [leaf._replace(part=self.last_part) if leaf.part == begun else leaf for leaf in leaves]

    def _leaves(self, tree: Any) -> Iterator[Leaf]:
        """The elements with text of their own, in the tree's order."""
        raw = self.raw
        numbers: dict[int, int] = {}  # of the parts, by the element's place in the walk
        roots = [
            raw.FPDF_StructTree_GetChildAtIndex(tree, at)
            for at in range(min(raw.FPDF_StructTree_CountChildren(tree), MOST_ELEMENTS))
        ]
        open_elements: list[tuple[Any, tuple[tuple[int, str], ...]]] = [
            (root, ()) for root in reversed(roots)
        ]
        seen = 0
        while open_elements and seen < MOST_ELEMENTS:
            element, above = open_elements.pop()
            if not element:
                continue
            seen += 1
            inside = (*above, (seen, self._tag(element)))
            children = [
                child
                for at in range(min(raw.FPDF_StructElement_CountChildren(element), MOST_ELEMENTS))
                if (child := raw.FPDF_StructElement_GetChildAtIndex(element, at))
            ]
            if marks := tuple(self._marks(element)):
                # With elements below it, it is no piece of a line but a part, and the mark is its ground.
                at, tag = _part_of(inside if children or not above else above)
                if at not in numbers:
                    self.count += 1
                    numbers[at] = self.count
                yield Leaf(marks, Part(numbers[at], tag))
            if len(above) < DEEPEST:
                open_elements += [(child, inside) for child in reversed(children)]

    def _marks(self, element: Any) -> Iterator[int]:
        count = self.raw.FPDF_StructElement_GetMarkedContentIdCount(element)
        for at in range(min(count, MOST_ELEMENTS)):
            mark = self.raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
            if mark >= 0:
                yield mark

    def _tag(self, element: Any) -> str:
        buffer = create_string_buffer(LONGEST_TAG)
        length = self.raw.FPDF_StructElement_GetType(element, buffer, LONGEST_TAG)
        return buffer.raw[: min(length, LONGEST_TAG)].decode("utf-16-le", errors="replace").rstrip("\0")


def _part_of(above: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """Which element above a leaf is the part that it stands in, and what that part is."""
    at, tag = next((element for element in reversed(above) if element[1] not in INLINE), above[-1])
    tags = {tag for _, tag in above}
    if headings := HEADINGS & tags:
        return at, min(headings)
    if CELLS & tags:
        return next((element for element in reversed(above) if element[1] == "TR"), (at, "TR"))
    told = next((name for name in TOLD if name in tags), None)
    if told is None and "Code" in tags:
        return at, "Code"
    return at, told or tag
