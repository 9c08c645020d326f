"""A lesson's full text as Markdown that does nothing but be read.

Words are escaped and keep what was bold; headings go below those of the note, code is fenced
longer than any fence in it. Images are named, not loaded; addresses of links are left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import assert_never

from k8snotes.model.lesson import Block, Code, Figure, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.render.blocks import Runs, demotion, figure, items, rows, runs_for
from k8snotes.render.escaping import markdown_text, one_line, visible

TOP_LEVEL, LOWEST_LEVEL = 3, 6  # of the text's headings in a note
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
    writer = _Writer(runs_for(lesson, runs), demotion(lesson, TOP_LEVEL))
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
                return markdown_text(figure(text))
            case _:
                assert_never(block)

    def line(self, text: str) -> str:
        return dressed(self.runs(one_line(text)))

    def _items(self, text: str) -> Iterator[str]:
        """Items, each on one line; inner ones indented by four, as MkDocs wants it."""
        for depth, number, words in items(text):
            mark = "-" if number is None else f"{number}."
            yield f"{'    ' * (depth - 1)}{mark} {self.line(words)}"

    def _quoted(self, text: str) -> Iterator[str]:
        for line in text.split("\n"):
            if words := self.line(line):
                yield words

    def _rows(self, text: str) -> Iterator[str]:
        cells = [*rows(text)]
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


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
