"""The blocks of a tree of HTML: paragraphs, code, lists and tables, in page order."""

import re
from collections.abc import Iterable, Iterator, Sequence

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Paragraph, Quote, Table
from k8snotes.model.text import Text
from k8snotes.parse.html import BLOCKS, CELLS, HEADINGS, ROW_GROUPS, UNSEEN, Element, shown_text
from k8snotes.parse.paragraphs import concatenated

LISTS = frozenset({"ul", "ol", "menu"})
# How the site's own editor marks its blocks, which are all `<div>`.
SLATE = "data-slate-type"
SLATE_CODE = frozenset({"pre", "code", "code-block"})
SLATE_LINE = "code-line"
LANGUAGE = re.compile(
    r"(?:\b(?:language|lang|highlight-source)-|\bsourceCode |\bbrush:\s*)([A-Za-z][\w+#-]*)"
)
NEWLINES = re.compile(r"\n+")


def html_blocks(children: Iterable[Element | Text]) -> Iterator[Block]:
    """The blocks of a run of siblings: words outside all block tags are paragraphs too."""
    inline: list[Element | Text] = []
    for child in children:
        if isinstance(child, Text) or (child.tag not in BLOCKS and child.tag not in UNSEEN):
            if isinstance(child, Element) and child.holds_block:
                yield from _paragraph(inline)
                inline = []
                yield from html_blocks(child.children)
            else:
                inline.append(child)
            continue
        yield from _paragraph(inline)
        inline = []
        if child.tag not in UNSEEN:
            yield from _block(child)
    yield from _paragraph(inline)


def _block(element: Element) -> Iterator[Block]:
    span = {"first_line": element.line, "last_line": element.last_line}
    tag = element.tag
    if tag in HEADINGS:
        if text := element.text():
            yield Heading(text=text, level=HEADINGS[tag], **span)
    elif tag == "pre":
        yield _code(element)
    elif tag in LISTS:
        yield from _list(element)
    elif tag == "blockquote":
        if any(element.find("pre")):  # its code stands in a block of its own
            yield from html_blocks(element.children)
        elif text := _stacked(element.children):
            yield Quote(text=text, **span)
    elif tag == "table" and (listing := _numbered_code(element)) is not None:
        yield _code(listing)
    elif tag == "table":
        yield from _table(element)
    elif tag == "p" and not element.holds_block:
        yield from _paragraph(element.children)
    elif SLATE in element.markup:
        yield from _slate_block(element)
    else:
        yield from html_blocks(element.children)


def _slate_block(element: Element) -> Iterator[Block]:
    """What a page says a `<div>` of its editor to be: code, a list, or nothing that matters."""
    kind = element.attributes.get(SLATE, "")
    span = {"first_line": element.line, "last_line": element.last_line}
    if kind in SLATE_CODE:
        yield _code(element)
    elif kind == "list":
        items = [line.text() for line in _slate_parts(element, "list-line")]
        if any(items):
            yield ItemList(text=concatenated([item for item in items if item], "\n"), **span)
        else:
            yield from html_blocks(element.children)
    elif kind == "block-quote" and not any(element.find("pre")):
        if text := _stacked(element.children):
            yield Quote(text=text, **span)
    else:
        yield from html_blocks(element.children)


def _slate_parts(element: Element, kind: str) -> list[Element]:
    return [
        inner
        for inner in element.walk()
        if SLATE in inner.markup and inner is not element and inner.attributes.get(SLATE) == kind
    ]


def _paragraph(inline: Sequence[Element | Text]) -> Iterator[Block]:
    """A paragraph of inline siblings, a figure where images are all there is."""
    if not inline:
        return
    first = inline[0]
    line, column = (first.line, first.column) if isinstance(first, Element) else first.place_at(0)
    text = shown_text(inline, line, column)
    if text:
        lines = [piece.line for piece in text.pieces]
        yield Paragraph(
            text=text, first_line=min(lines), last_line=max(max(lines), text.line_at(len(text.string) - 1))
        )
        return
    images = [
        image
        for child in inline
        if isinstance(child, Element)
        for image in child.walk()
        if image.tag == "img"
    ]
    if images:
        yield Figure(
            text=concatenated([_words_of(image) for image in images], "\n"),
            first_line=images[0].line,
            last_line=images[-1].last_line,
        )


def _words_of(image: Element) -> Text:
    """What an image says it shows, else its address."""
    return image.attribute("alt") or image.attribute("src") or image.nothing


def _code(element: Element) -> Code:
    classes = " ".join(inner.attributes.get("class", "") for inner in element.walk())
    language = LANGUAGE.search(classes)
    rows = [line.source_text() for line in _slate_parts(element, SLATE_LINE)]
    text = concatenated(rows, "\n") if rows else element.source_text()
    return Code(
        text=text.trimmed("\n"),
        language=language[1] if language else None,
        first_line=element.line,
        last_line=element.last_line,
    )


def _list(element: Element) -> Iterator[Block]:
    """A list, an item a line; code inside an item stands in a block of its own."""
    items: list[Text] = []
    first_line = element.line
    for item in _item_contents(element):
        rest: list[Element | Text] = []
        for child in item:
            if isinstance(child, Element) and (child.tag == "pre" or any(child.find("pre"))):
                yield from _items([*items, _stacked(rest)], first_line, child.line)
                items, rest, first_line = [], [], child.last_line
                yield from html_blocks([child])
            else:
                rest.append(child)
        items.append(_stacked(rest))
    yield from _items(items, first_line, element.last_line)


def _item_contents(element: Element) -> Iterator[Sequence[Element | Text]]:
    """What each item holds; words between items are one too."""
    loose: list[Element | Text] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            yield loose
            loose = []
            yield child.children if child.tag == "li" else [child]
        else:
            loose.append(child)
    yield loose


def _items(items: Sequence[Text], first_line: int, last_line: int) -> Iterator[Block]:
    filled = [item for item in items if item]
    if filled:
        yield ItemList(text=concatenated(filled, "\n"), first_line=first_line, last_line=last_line)


def _numbered_code(table: Element) -> Element | None:
    """The code in a table that has nothing but a column of line numbers besides it; None in any other."""
    codes = list(table.find("pre"))
    cells = list(table.find("td", "th"))
    if not codes or len(cells) > 2 or len(codes) > len(cells):
        return None
    numbers = cells[0].text().string.split() if len(cells) == 2 else []
    words = [*numbers, *codes[-1].text().string.split()]
    is_all = all(number.isdecimal() for number in numbers) and words == table.text().string.split()
    return codes[-1] if is_all else None


def _table(table: Element) -> Iterator[Block]:
    """A table, a row a line, below its caption; one that lays out what is no row, cell by cell."""
    is_layout = any(table.find("table", "pre", *HEADINGS))
    rows: list[Text] = []
    first_line = table.line
    for row in _rows(table):
        if isinstance(row, Element):
            yield from _table_of(rows, first_line, row.line)
            rows, first_line = [], row.last_line
            yield from html_blocks(row.children)
        elif is_layout:
            for cell in _cells(row):
                yield from html_blocks(cell)
        elif any(cells := [_cell(cell, table) for cell in _cells(row)]):
            rows.append(concatenated(cells, " | "))
    yield from _table_of(rows, first_line, table.last_line)


def _table_of(rows: Sequence[Text], first_line: int, last_line: int) -> Iterator[Block]:
    if rows:
        yield Table(text=concatenated(rows, "\n"), first_line=first_line, last_line=last_line)


def _rows(table: Element) -> Iterator[Element | Sequence[Element | Text]]:
    """What each row of a table itself holds, and its caption; what stands outside of rows is one as well."""
    loose: list[Element | Text] = []
    for child in table.children:
        if isinstance(child, Text) or child.tag not in ("tr", "caption", *ROW_GROUPS):
            loose.append(child)
            continue
        yield loose
        loose = []
        if child.tag in ROW_GROUPS:
            yield from _rows(child)
        else:
            yield child.children if child.tag == "tr" else child
    yield loose


def _cells(row: Sequence[Element | Text]) -> Iterator[Sequence[Element | Text]]:
    """What each cell holds, empty ones as well; words outside of cells are one."""
    loose: list[Element | Text] = []
    for child in row:
        if isinstance(child, Element) and child.tag in CELLS:
            if _holds_words(loose):
                yield loose
            loose = []
            yield child.children
        else:
            loose.append(child)
    if _holds_words(loose):
        yield loose


def _cell(children: Sequence[Element | Text], table: Element) -> Text:
    """The words of a cell on one line, since a line is a row."""
    text = shown_text(children, table.line, table.column)
    return text.edited((match.start(), match.end(), " ") for match in NEWLINES.finditer(text.string))


def _holds_words(children: Sequence[Element | Text]) -> bool:
    return bool(shown_text(children, 1, 0))


def _stacked(children: Sequence[Element | Text]) -> Text:
    """The words of siblings, blocks on lines of their own."""
    texts = [block.text for block in html_blocks(children) if not isinstance(block, Figure)]
    return concatenated([text for text in texts if text], "\n")
