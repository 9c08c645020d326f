"""HTML to a light tree and to blocks, every run of text with its source line and column.

Parsers with a tree do not say where a run of text stands, and every line of a lesson must
lead back to its source; the standard library's tokenizer does, but takes quadratic time on
broken markup. So the tokens are one pattern here, in linear time whatever the markup, and
of HTML's optional end tags the few that matter (`p`, `li`, table cells) are known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Paragraph, Quote, Span, Table
from k8snotes.model.text import Piece, Text, text_at
from k8snotes.parse.entities import decode_entities, decode_shown_entities, unescape_entities
from k8snotes.parse.paragraphs import BLANK, concatenated

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Their text is no part of the page.
UNSEEN = frozenset(
    [
        "style",
        "script",
        "head",
        "template",
        "noscript",
        "audio",
        "video",
        "iframe",
        "svg",
        "button",
        "select",
        "textarea",
    ]
)
CONTAINERS = frozenset(
    [
        "html",
        "body",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "figure",
        "figcaption",
        "details",
        "summary",
        "center",
        "form",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "address",
    ]
)
BLOCKS = CONTAINERS | frozenset(
    [
        "p",
        "ul",
        "ol",
        "li",
        "pre",
        "blockquote",
        "table",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "style",
        "script",
        "audio",
        "video",
    ]
)
# An end tag closes none of these that are open inside what it names, unless it names one itself.
SPECIAL = BLOCKS | UNSEEN | frozenset(["td", "th", "tr", "thead", "tbody", "tfoot", "caption", "object"])
CLOSES_PARAGRAPH = BLOCKS - {"style", "script", "audio", "video"}
# What a start tag closes where it is still open, up to one that is no div, p or address.
SIBLINGS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
}
TRANSPARENT = frozenset({"div", "p", "address"})
# What may stand right above a part of a table; its start tag closes all that is open below that.
ROW_GROUPS = ("thead", "tbody", "tfoot")
TABLE_PARTS = {
    **dict.fromkeys((*ROW_GROUPS, "caption"), frozenset({"table"})),
    "tr": frozenset({"table", *ROW_GROUPS}),
    **dict.fromkeys(("td", "th"), frozenset({"table", "tr", *ROW_GROUPS})),
}
# Their end tag ends the mark, whatever block stands open in it.
FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# An end tag closes nothing outside of these.
SCOPES = frozenset({"table", "td", "th", "caption", "object"})
SCOPES_OF = {
    "li": SCOPES | {"ul", "ol"},
    "p": SCOPES | {"button"},
    **dict.fromkeys(("table", *TABLE_PARTS), frozenset({"table"})),
}
# How the site's own editor marks its blocks, which are all `<div>`.
SLATE = "data-slate-type"
SLATE_CODE = frozenset({"pre", "code", "code-block"})
DEEPEST = 60  # deeper nesting says nothing to a reader: its words go to the element above
LANGUAGE = re.compile(
    r"(?:\b(?:language|lang|highlight-source)-|\bsourceCode |\bbrush:\s*)([A-Za-z][\w+#-]*)"
)
SPACES = re.compile(r"[ \t\r\n\f]+")


# Quotation marks may hide a ">"; where they do not pair, the next ">" ends the tag.
PAIRED = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+"
TOKEN, TOKEN_WITHOUT_QUOTES = (
    re.compile(
        r"<!--(?:-?>|.*?--!?>)|<[!?][^>]*+>"
        rf"|<(?P<end>/?)(?P<tag>[A-Za-z][^\s/>]*+)(?P<attributes>{attributes})>"
        r"|<(?P<unpaired>/?)[A-Za-z][^>]*+>"
        r"|[^<]++|<",
        re.DOTALL,
    )
    for attributes in (PAIRED, "[^>]*+")
)
# Such tags: each has cost a look down to the page's end. Where there are more, marks say nothing.
MOST_UNPAIRED = 20
OPENS_COMMENT = "<!--"
ATTRIBUTE = re.compile(r"(?<![^\s=/\"'>])([^\s=/\"'>]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
RAW = frozenset({"style", "script"})  # what stands in them is no markup, nor text
ESCAPABLE = frozenset({"title", "textarea"})  # no markup, but text


class Element:
    """A tag with its attributes and children: elements and runs of text, in page order."""

    __slots__ = ("_attributes", "children", "column", "holds_block", "last_line", "line", "tag")

    def __init__(self, tag: str, attributes: str, line: int, column: int) -> None:
        self.tag = tag
        self._attributes = attributes
        self.holds_block = False
        self.line = line  # from 1
        self.column = column
        self.last_line = line
        self.children: list[Element | Text] = []

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in page order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    def find(self, *tags: str) -> Iterator["Element"]:
        """The elements below with one of these tags, in page order."""
        return (element for element in self.walk() if element.tag in tags and element is not self)

    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def markup(self) -> str:
        """Its attributes as they are written, to look whether one may be there."""
        return self._attributes

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case; read only when asked for, since few are."""
        return {
            match[1].lower(): unescape_entities(match[2] or match[3] or match[4] or "")
            for match in ATTRIBUTE.finditer(self._attributes)
        }

    def attribute(self, name: str) -> Text | None:
        """What the last attribute of that name says; None where there is none."""
        matches = [match for match in ATTRIBUTE.finditer(self._attributes) if match[1].lower() == name]
        if not matches:
            return None
        group = matches[-1].lastindex or 0
        start = matches[-1].start(group)
        above = self._attributes.count("\n", 0, start)
        column = start - self._attributes.rfind("\n", 0, start) - 1
        if not above:
            column += self.column + len("<") + len(self.tag)
        return decode_entities(text_at(matches[-1][group], self.line + above, column))

    @property
    def nothing(self) -> Text:
        """A text without words, where this element stands."""
        return text_at("", self.line, self.column)

    @property
    def span(self) -> Span:
        return Span(first_line=self.line, last_line=self.last_line)

    def text(self) -> Text:
        """All words below, blanks folded as a browser folds them, `<br>` as a newline."""
        return shown_text(self.children, self.line, self.column)

    def source_text(self) -> Text:
        """All words below with every blank, as in `<pre>`."""
        return _joined(_runs(self.children, keep_blanks=True), self.line, self.column)


def parse_html(lines: Sequence[str], *, first_line: int = 1) -> Element:
    """The root of the page; whatever the markup, every word is somewhere below it."""
    return _Builder(first_line).build("\n".join(lines))


def cut_off(root: Element, parent: Element, at: int) -> None:
    """Takes a parent's children from position `at` on out of the page; what held them last ends there."""
    first = parent.children[at]
    assert isinstance(first, Element)
    del parent.children[at:]
    holder: Element | None = parent
    while holder is not None:
        holder.last_line = first.line
        holder = next((outer for outer in root.walk() if outer.children[-1:] == [holder]), None)


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


def shown_text(children: Sequence[Element | Text], line: int, column: int) -> Text:
    """The words of siblings as a browser shows them, blanks folded, `<br>` as a newline."""
    text = _joined(_runs(children, keep_blanks=False), line, column)
    edits = []
    for match in re.finditer(r"[ \t\r\f]*\n[ \t\r\f]*(?:\n[ \t\r\f]*)*", text.string):
        newlines = match[0].count("\n")
        if match[0] != "\n" * newlines:
            edits.append((match.start(), match.end(), "\n" * newlines))
    return (text.edited(edits) if edits else text).trimmed(BLANK)


def _block(element: Element) -> Iterator[Block]:
    span = {"first_line": element.line, "last_line": element.last_line}
    tag = element.tag
    if tag in HEADINGS:
        if text := element.text():
            yield Heading(text=text, level=HEADINGS[tag], **span)
    elif tag == "pre":
        yield _code(element)
    elif tag in ("ul", "ol"):
        yield from _list(element)
    elif tag == "blockquote":
        if any(element.find("pre")):  # its code stands in a block of its own
            yield from html_blocks(element.children)
        elif text := _stacked(element):
            yield Quote(text=text, **span)
    elif tag == "table" and (listing := _numbered_code(element)) is not None:
        yield _code(listing)
    elif tag == "table":
        if text := _rows(element):
            yield Table(text=text, **span)
    elif tag == "p" and not element.holds_block:
        yield from _paragraph(element.children)
    elif SLATE in element.markup:
        yield from _slate_block(element)
    else:
        yield from html_blocks(element.children)


def _slate_block(element: Element) -> Iterator[Block]:
    """What a page says a `<div>` of its editor to be: code, a list, or nothing that matters."""
    kind = element.attributes.get(SLATE, "")
    lines = [inner for inner in element.walk() if SLATE in inner.markup and inner is not element]
    span = {"first_line": element.line, "last_line": element.last_line}
    if kind in SLATE_CODE:
        rows = [line.source_text() for line in lines if line.attributes.get(SLATE) == "code-line"]
        text = concatenated(rows, "\n") if rows else element.source_text()
        language = LANGUAGE.search(element.attributes.get("class", ""))
        yield Code(text=text.trimmed("\n"), language=language[1] if language else None, **span)
    elif kind == "list":
        items = [line.text() for line in lines if line.attributes.get(SLATE) == "list-line"]
        if any(items):
            yield ItemList(text=concatenated([item for item in items if item], "\n"), **span)
        else:
            yield from html_blocks(element.children)
    elif kind == "block-quote" and not any(element.find("pre")):
        if text := _stacked(element):
            yield Quote(text=text, **span)
    else:
        yield from html_blocks(element.children)


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
    text = element.source_text()
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
    for item in element.elements():
        codes = list(item.find("pre"))
        if not codes:
            items.append(_stacked(item))
            continue
        for child in item.children:
            if isinstance(child, Element) and (child.tag == "pre" or any(child.find("pre"))):
                yield from _items(items, first_line, child.line)
                items, first_line = [], child.last_line
                yield from html_blocks([child])
            else:
                items.append(shown_text([child], item.line, item.column))
    yield from _items(items, first_line, element.last_line)


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
    is_count = all(word.isdecimal() for word in numbers)
    return codes[-1] if is_count and codes[-1] in list(cells[-1].walk()) else None


def _rows(table: Element) -> Text:
    rows = []
    for row in table.find("tr"):
        cells = [cell.text() for cell in row.elements() if cell.tag in ("td", "th")]
        if any(cells):
            rows.append(concatenated(cells, " | "))
    return concatenated(rows, "\n") if rows else table.text()


def _stacked(element: Element) -> Text:
    """The words of an element, its inner blocks on lines of their own."""
    texts = [block.text for block in html_blocks(element.children) if not isinstance(block, Figure)]
    return concatenated([text for text in texts if text], "\n") if texts else element.nothing


def _runs(children: Sequence[Element | Text], *, keep_blanks: bool) -> Iterator[Text]:
    for child in children:
        if isinstance(child, Text):
            yield child if keep_blanks else _with_folded_blanks(child)
        elif child.tag == "br":
            yield text_at("\n", child.line, child.column)
        elif child.tag not in UNSEEN:
            yield from _runs(child.children, keep_blanks=keep_blanks)
            if child.tag in BLOCKS and not keep_blanks:
                yield text_at("\n", child.last_line, 0)


def _with_folded_blanks(text: Text) -> Text:
    """Runs of blanks as one; none at all where a line was wrapped between two Han characters."""
    edits = []
    for match in SPACES.finditer(text.string):
        before = text.string[match.start() - 1 : match.start()]
        after = text.string[match.end() : match.end() + 1]
        wrapped = "\n" in match[0] and before > "\u2e7f" and after > "\u2e7f"
        replacement = "" if wrapped else " "
        if match[0] != replacement:
            edits.append((match.start(), match.end(), replacement))
    return text.edited(edits) if edits else text


def _joined(runs: Iterable[Text], line: int, column: int) -> Text:
    strings: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for run in runs:
        if run.string:
            pieces += [Piece(at + length, line, column) for at, line, column in run.pieces]
            strings.append(run.string)
            length += len(run.string)
    return Text(string="".join(strings), pieces=tuple(pieces) or (Piece(0, line, column),))


class _Builder:
    """Builds the tree token by token; open elements deeper than `DEEPEST` are passed through."""

    def __init__(self, first_line: int) -> None:
        self.line = first_line
        self.column = 0
        self.unended = set(ESCAPABLE)
        self.unpaired = 0
        self.root = Element("html", "", first_line, 0)
        self.open = [self.root]

    def build(self, page: str) -> Element:
        at = 0
        # No tag, no comment can end further down, and looking for its end costs a scan each.
        last_tag_end = page.rfind(">") + 1
        last_comment_end = max(page.rfind("-->"), page.rfind("--!>"))
        while at < last_tag_end:
            if at > last_comment_end and page.startswith(OPENS_COMMENT, at):  # one that never ends is text
                self._add_text(OPENS_COMMENT)
                at = self._advance(page, at, at + len(OPENS_COMMENT))
                continue
            token = (TOKEN if self.unpaired < MOST_UNPAIRED else TOKEN_WITHOUT_QUOTES).match(page, at)
            assert token is not None  # the pattern takes any character
            self._take(token)
            at = self._advance(page, at, token.end())
            if token["tag"] and not token["end"]:
                at = self._skip_to_end(page, at, token["tag"].lower())
        if at < len(page):
            self._add_text(page[at:])
            self._advance(page, at, len(page))
        for element in self.open:
            element.last_line = self.line
        return self.root

    def _skip_to_end(self, page: str, at: int, tag: str) -> int:
        """Where the end tag stands of an element without markup inside."""
        if tag not in RAW and tag not in self.unended:
            return at
        closing = re.compile(rf"</{tag}\b", re.IGNORECASE).search(page, at)
        if tag in RAW:
            return self._advance(page, at, closing.start() if closing else len(page))
        if closing is None:  # looked for once: what never ends is taken for markup
            self.unended.discard(tag)
            return at
        self._add_text(page[at : closing.start()])
        return self._advance(page, at, closing.start())

    def _take(self, token: re.Match[str]) -> None:
        if token["tag"] is None:
            self.unpaired += token["unpaired"] is not None
            if not token[0].startswith(("<!", "<?")):
                self._add_text(token[0])
        elif token["end"]:
            self._close(token["tag"].lower())
        else:
            self._open(token["tag"].lower(), token["attributes"] or "", token[0].count("\n"))

    def _advance(self, page: str, start: int, stop: int) -> int:
        """Moves on over page[start:stop], keeping line and column."""
        newlines = page.count("\n", start, stop)
        if newlines:
            self.line += newlines
            self.column = stop - page.rfind("\n", start, stop) - 1
        else:
            self.column += stop - start
        return stop

    def _add_text(self, string: str) -> None:
        self.open[-1].children.append(decode_shown_entities(text_at(string, self.line, self.column)))

    def _open(self, tag: str, attributes: str, newlines: int) -> None:
        is_block = tag in BLOCKS
        self._close_for(tag)
        element = Element(tag, attributes, self.line, self.column)
        element.last_line += newlines
        if is_block:
            for outer in reversed(self.open):
                if outer.holds_block:
                    break
                outer.holds_block = True
        closed = tag in VOID or attributes.endswith("/")
        if closed or len(self.open) <= DEEPEST:
            self.open[-1].children.append(element)
        if not closed and len(self.open) <= DEEPEST:
            self.open.append(element)

    def _close_for(self, tag: str) -> None:
        """Closes what a start tag ends, though it has no end tag."""
        if tag in SIBLINGS:
            for at in range(len(self.open) - 1, 0, -1):
                open_tag = self.open[at].tag
                if open_tag in SIBLINGS[tag]:
                    self._close_from(at)
                    break
                if open_tag in SPECIAL and open_tag not in TRANSPARENT:
                    break
        if tag in CLOSES_PARAGRAPH:
            for at in range(len(self.open) - 1, 0, -1):
                if self.open[at].tag == "p":
                    self._close_from(at)
                    break
                if self.open[at].tag in SCOPES_OF["p"]:
                    break
        if tag in HEADINGS and self.open[-1].tag in HEADINGS:
            self._close_from(len(self.open) - 1)
        if tag in TABLE_PARTS:
            above = (at for at in range(len(self.open) - 1, 0, -1) if self.open[at].tag in TABLE_PARTS[tag])
            if (nearest := next(above, None)) is not None:
                self._close_from(nearest + 1)

    def _close_from(self, at: int) -> None:
        for element in self.open[at:]:
            element.last_line = self.line
        del self.open[at:]

    def _close(self, tag: str) -> None:
        """Closes the innermost open `tag` and what is open inside it; nothing if there is none.

        A mark ends alone where a block stands open in it, and what is neither mark nor block does not end.
        """
        tags = HEADINGS if tag in HEADINGS else (tag,)
        crossed = False
        for at in range(len(self.open) - 1, 0, -1):
            open_tag = self.open[at].tag
            if open_tag in tags:
                if not crossed or tag in SPECIAL:
                    self._close_from(at)
                elif tag in FORMATTING:
                    self.open[at].last_line = self.line
                    del self.open[at]
                return
            if open_tag in SCOPES_OF.get(tag, SCOPES):
                return
            crossed = crossed or open_tag in SPECIAL
