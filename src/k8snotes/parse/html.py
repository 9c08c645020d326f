"""HTML to a light tree, every run of text with its source line and column.

Parsers with a tree do not say where a run of text stands, and every line of a lesson must
lead back to its source; the standard library's tokenizer does, but takes quadratic time on
broken markup. So the tokens are one pattern here, in linear time whatever the markup, and
of HTML's optional end tags the few that matter (`p`, `li`, table cells) are known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from k8snotes.model.lesson import Span
from k8snotes.model.text import Piece, Text, text_at
from k8snotes.parse.entities import decode_entities, decode_shown_entities, unescape_entities
from k8snotes.parse.paragraphs import BLANK

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
        "legend",
        "address",
        "hgroup",
        "search",
        "dialog",
        "menu",
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
CLOSES_PARAGRAPH = BLOCKS - {"style", "script", "audio", "video", "legend"}
# Their words begin a line of their own and end it.
LINES = BLOCKS | frozenset(["tr", "caption"])
CELLS = frozenset({"td", "th"})
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
DEEPEST = 60  # deeper nesting says nothing to a reader: its words go to the element above
SPACES = re.compile(r"[ \t\r\n\f]+")
AROUND_NEWLINES = re.compile(r"(?<![ \t\r\f])[ \t\r\f]*+\n[ \t\r\f\n]*+")
# A mark that is shown as a block.
AS_BLOCK = re.compile(r"\bdisplay\s*:\s*(?:block|flex|grid|list-item|table-row)\b", re.IGNORECASE)


# Quotation marks may hide a ">"; where they do not pair, the next ">" ends the tag.
PAIRED = r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*"
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
        """All words below with every blank, as in `<pre>`, what stands on lines of its own on such."""
        return _joined(_runs_with_blanks(self.children), self.line, self.column)


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


def shown_text(children: Sequence[Element | Text], line: int, column: int) -> Text:
    """The words of siblings as a browser shows them, blanks folded, `<br>` as a newline."""
    runs: list[Text] = []
    _add_runs(children, runs)
    text = _joined(runs, line, column)
    edits = []
    for match in AROUND_NEWLINES.finditer(text.string):
        newlines = match[0].count("\n")
        if match[0] != "\n" * newlines:
            edits.append((match.start(), match.end(), "\n" * newlines))
    return (text.edited(edits) if edits else text).trimmed(BLANK)


def _add_runs(children: Sequence[Element | Text], runs: list[Text]) -> None:
    for at, child in enumerate(children):
        if isinstance(child, Text):
            runs.append(_with_folded_blanks(child))
        elif child.tag == "br":
            runs.append(text_at("\n", child.line, child.column))
        elif child.tag == "pre":
            runs += [*_runs_with_blanks(child.children), text_at("\n", child.last_line, 0)]
        elif child.tag == "math":
            _add_runs((_tex(child) or child).children, runs)
        elif child.tag not in UNSEEN and not _repeats_formula(children, at):
            _add_runs(child.children, runs)
            if child.tag in LINES:
                runs.append(text_at("\n", child.last_line, 0))
            elif child.tag in CELLS:
                runs.append(text_at(" ", child.last_line, 0))


def _tex(formula: Element) -> Element | None:
    """A formula as TeX, which a line of text can show; None where the page has none."""
    notes = (note for note in formula.find("annotation") if "tex" in note.attributes.get("encoding", ""))
    return next(notes, None)


def _repeats_formula(children: Sequence[Element | Text], at: int) -> bool:
    """Whether an element draws for the eye the formula that stands before it for readers."""
    child, before = children[at], children[at - 1] if at else None
    return (
        isinstance(child, Element)
        and "aria-hidden" in child.markup
        and isinstance(before, Element)
        and any(_tex(formula) for formula in before.find("math"))
    )


def _runs_with_blanks(children: Sequence[Element | Text]) -> Sequence[Text]:
    verbatim = _Verbatim()
    verbatim.take(children)
    return verbatim.runs


class _Verbatim:
    """The words of `<pre>` with every blank, each block's on lines of their own.

    A newline in the source ends the line of the block, or the `<br>`, that it follows, and none besides.
    """

    def __init__(self) -> None:
        self.runs: list[Text] = []
        self._begins_line = True
        self._ends_line = False  # before the next words

    def take(self, children: Sequence[Element | Text]) -> None:
        for at, child in enumerate(children):
            if isinstance(child, Text):
                beside = [*children[max(at - 1, 0) : at], *children[at + 1 : at + 2]]
                if SPACES.fullmatch(child.string) and beside and all(map(_is_or_holds_line, beside)):
                    child = _blank_lines(child, besides=not self._ends_line)
                self._say(child)
            elif child.tag == "br":
                self._end_line(child)
                self._ends_line = True
            elif child.tag in UNSEEN:
                continue
            elif _is_line(child):
                self._take_lines(child)
            else:
                if child.tag in CELLS and not (self._begins_line or self._ends_line):
                    self._say(text_at("\t", child.line, child.column))
                self.take(child.children)

    def _say(self, text: Text) -> None:
        if not text:
            return
        if self._ends_line and not text.string.startswith("\n"):
            self.runs.append(text_at("\n", *text.place_at(0)))
        self._ends_line = False
        self._begins_line = text.string.endswith("\n")
        self.runs.append(text)

    def _end_line(self, element: Element) -> None:
        """Ends the line that is due to end where an element begins."""
        if self._ends_line:
            self._say(text_at("\n", element.line, element.column))

    def _take_lines(self, element: Element) -> None:
        self._ends_line = self._ends_line or not self._begins_line
        self._end_line(element)
        known = len(self.runs)
        self.take(element.children)
        # An item shows that it is there though it says nothing; any other block does not.
        is_shown = element.tag in ("li", "tr") and len(self.runs) == known
        self._ends_line = self._ends_line or not self._begins_line or is_shown


def _is_line(child: Element | Text) -> bool:
    return not isinstance(child, Text) and (
        child.tag in LINES
        or ("display" in child.markup and AS_BLOCK.search(child.attributes.get("style", "")) is not None)
    )


def _is_or_holds_line(child: Element | Text) -> bool:
    return _is_line(child) or (isinstance(child, Element) and child.holds_block)


def _blank_lines(text: Text, *, besides: bool) -> Text:
    """The newlines of blanks that lay out the source between two blocks, but for one of them `besides`."""
    return text_at("\n" * (text.string.count("\n") - besides), *text.place_at(0))


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
