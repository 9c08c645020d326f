"""A lesson's full text as Markdown that does nothing but be read.

Words are escaped and keep what was bold; headings go below those of the note, code is fenced
longer than any fence in it. Images are named, not loaded; addresses of links are left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.render import labels
from k8snotes.render.escaping import markdown_text, one_line, visible

# Words in runs, each with whether it is bold.
Runs = Callable[[str], Iterable[tuple[str, bool]]]

TOP_LEVEL, LOWEST_LEVEL = 3, 6  # of the text's headings in a note
ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,9}[.)])[ \t]+")
CELL_END = re.compile(r"(?<!\\)\|")
RULE_OF_TABLE = frozenset("|:- \t")
ALT = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\([^()\n]*\)")
GUARD = "、"  # beside words inside a line: what Markdown knows at a line's ends does nothing there
BACKTICKS = re.compile("`{3,}")
# Whatever else stands behind a fence may be a command to what reads notes: mermaid, dataviewjs, query.
LANGUAGES = re.compile(
    r"bash|c|c#|c\+\+|clojure|cmake|console|cpp|cs|csharp|css|dart|diff|docker|"
    r"dockerfile|elixir|erlang|go|golang|gradle|graphql|groovy|haskell|hcl|html|http|ini|"
    r"java|javascript|js|json|json5|jsx|kotlin|less|lisp|log|lua|makefile|markdown|"
    r"matlab|md|nginx|objc|ocaml|pascal|perl|php|plaintext|powershell|promql|properties|"
    r"proto|protobuf|py|python|r|ruby|rust|sass|scala|scheme|scss|sh|shell|sql|swift|"
    r"terraform|text|toml|ts|tsx|txt|typescript|vb|verilog|vim|vue|xml|yaml|yml|zig|"
    r"zsh",
    re.IGNORECASE,
)


def body_markdown(lesson: Lesson, runs: Runs) -> str:
    """The blocks of a lesson's text, "" where there is none. `runs` says which words were bold."""
    levels = [block.level for block in lesson.blocks if isinstance(block, Heading)]
    demoted = TOP_LEVEL - min(levels, default=TOP_LEVEL)
    is_plain = lesson.markup == "plain"
    writer = _Writer(_as_plain if is_plain else runs, demoted)
    return "\n\n".join(filter(None, map(writer.block, lesson.blocks)))


def dressed(runs: Iterable[tuple[str, bool]]) -> str:
    """Words as one line of Markdown, those that are bold really so.

    CommonMark takes `**` between a Chinese character and a punctuation mark for text, so marks
    at either end of bold words go outside: “**控制器模式**”。
    """
    stretches = list(_stretches(runs))
    last = len(stretches) - 1
    parts: list[str] = []
    for at, (words, is_bold) in enumerate(stretches):
        before, after = GUARD * (at > 0), GUARD * (at < last)
        escaped = markdown_text(before + words + after)[len(before) :].removesuffix(after)
        parts.append(f"**{escaped}**" if is_bold else escaped)
    return "".join(parts)


def _stretches(runs: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Words by turns plain and bold; what is bold begins and ends with a letter or digit."""
    plain = ""
    for words, is_bold in runs:
        letters = [at for at, character in enumerate(words) if _is_letter(character)] if is_bold else []
        if not letters:
            plain += words
            continue
        first, stop = letters[0], letters[-1] + 1
        if plain + words[:first]:
            yield plain + words[:first], False
        yield words[first:stop], True
        plain = words[stop:]
    if plain:
        yield plain, False


class _Writer:
    def __init__(self, runs: Runs, demoted: int) -> None:
        self.runs = runs
        self.demoted = demoted

    def block(self, block: Block) -> str:
        text = block.text.string
        match block:
            case Paragraph():
                return self.line(text)
            case Heading():
                level = min(block.level + self.demoted, LOWEST_LEVEL)
                return f"{'#' * level} {self.line(text)}" if text.strip() else ""
            case ItemList():
                return "\n".join(self._items(text))
            case Code():
                return fenced(text, block.language)
            case Quote():
                return "\n>\n".join(f"> {line}" for line in self._quoted(text))
            case Table():
                return "\n".join(self._rows(text))
            case Figure():
                alts = [match["alt"].strip() for match in ALT.finditer(text)]
                return markdown_text(labels.figure(alts))
            case _:
                assert_never(block)

    def line(self, text: str) -> str:
        return dressed(self.runs(one_line(text)))

    def _items(self, text: str) -> Iterator[str]:
        """Items, each on one line; inner ones indented by four, as MkDocs wants it."""
        indents: list[int] = []
        waiting = ""
        for line in text.split("\n"):
            item = ITEM.match(line)
            if item is None and waiting:
                waiting += line.strip()
                continue
            if waiting:
                yield self._item(waiting, len(indents))
            indent = len(item["indent"].expandtabs(4)) if item else 0
            while indents and indents[-1] >= indent:
                indents.pop()
            indents.append(indent)
            waiting = line.strip()
        if waiting:
            yield self._item(waiting, len(indents))

    def _item(self, line: str, depth: int) -> str:
        item = ITEM.match(line)
        mark = item["mark"] if item else "-"
        mark = "-" if mark in "-*+" else f"{int(mark[:-1])}."
        return f"{'    ' * (depth - 1)}{mark} {self.line(line[item.end() :] if item else line)}"

    def _quoted(self, text: str) -> Iterator[str]:
        for line in text.split("\n"):
            if words := self.line(line):
                yield words

    def _rows(self, text: str) -> Iterator[str]:
        """A table's rows; the first is its head."""
        rows = [line for line in text.split("\n") if line.strip()]
        cells = [
            [cell.strip() for cell in CELL_END.split(row.strip().removeprefix("|").removesuffix("|"))]
            for row in rows
            if not RULE_OF_TABLE.issuperset(row)
        ]
        width = max(map(len, cells), default=0)
        for at, row in enumerate(cells):
            filled = [*row, *[""] * (width - len(row))]
            yield f"| {' | '.join(map(self.line, filled))} |"
            if at == 0:
                yield f"|{'---|' * width}"


def fenced(code: str, language: str | None) -> str:
    """Code between fences that nothing in it can end."""
    longest = max((len(run[0]) for run in BACKTICKS.finditer(code)), default=2)
    fence = "`" * (longest + 1)
    name = language if language and LANGUAGES.fullmatch(language) else ""
    return f"{fence}{name}\n{visible(code)}\n{fence}"


def _as_plain(text: str) -> Iterator[tuple[str, bool]]:
    yield text, False


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
