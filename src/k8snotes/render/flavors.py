"""What differs between the programs that notes are read in, one value for each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from k8snotes.model.note import FlavorName
from k8snotes.render.escaping import visible

FENCE = re.compile(r"`{3,}")
TABLE = re.compile(r" {0,3}\|")
WORDS = re.compile(r"\t*- (?![>`~|])")  # a bullet of one line, to which more can be added
# In a property these make pages, tags, blocks and macros.
NO_REFERENCES = str.maketrans("[](){}#", "［］（）｛｝＃")
# The five that GitHub, Obsidian and MkDocs share; the mark stands alone on its line.
Alert = Literal["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavor:
    """The Markdown of one program; a further one overrides what it writes otherwise."""

    name: FlavorName
    is_outline: bool = False
    reaches_texts: bool = True  # whether links may lead out of the folder of notes, to the lessons' texts

    def alert(self, kind: Alert, paragraphs: Iterable[str]) -> str:
        """A box that stands out, of paragraphs of Markdown."""
        return f"> [!{kind}]\n" + "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)

    def fields(
        self, fields: Iterable[tuple[str, str]], also_called: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """The front matter of a note that is also called by other names."""
        del also_called
        yield from fields

    def region(self, text: str) -> str:
        """A part of a note."""
        return text


class Obsidian(Flavor):
    """Notes are found by their aliases, too: a file's name cannot hold all that a title can."""

    def fields(
        self, fields: Iterable[tuple[str, str]], also_called: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        yield from fields
        names = list(dict.fromkeys(" ".join(name.split()) for name in also_called if name.strip()))
        if names:
            yield "aliases", "\n".join(names)


class Logseq(Flavor):
    """An outline: every block is a bullet, what stands below a heading hangs on it; fields are properties."""

    def alert(self, kind: Alert, paragraphs: Iterable[str]) -> str:
        del kind
        return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)

    def fields(
        self, fields: Iterable[tuple[str, str]], also_called: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        names = [" ".join(visible(name).split()) for name in also_called]
        for name, value in (*fields, ("alias", ", ".join(filter(None, dict.fromkeys(names[1:]))))):
            if plain := " ".join(visible(value).split()).translate(NO_REFERENCES):
                yield name, plain

    def region(self, text: str) -> str:
        lines: list[str] = []
        depth = last = 0  # of what comes, and of the bullet that came last
        for block in _blocks(text):
            if level := len(block[0]) - len(block[0].lstrip("#")):
                depth = last = max(level - 2, 0)
                lines += _bullet([block[0]], depth)
                depth += level > 1
            elif block[0].lstrip(" ").startswith("- "):
                for item in block:
                    last = depth + (len(item) - len(item.lstrip(" "))) // 4
                    lines += _bullet([item.strip().removeprefix("- ")], last)
            elif TABLE.match(block[0]):
                # Behind a bullet its first row would be the block's words, and the table without a head.
                if not lines or not WORDS.match(lines[-1]):
                    last = depth
                    lines.append("\t" * depth + "-")
                lines += _below(block, last)
            else:
                last = depth
                lines += _bullet(block, depth)
        return "\n".join(lines)


def _blocks(text: str) -> Iterator[list[str]]:
    """The blocks of Markdown, fenced code whole."""
    block: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if not fence and not line.strip():
            if block:
                yield block
            block = []
            continue
        block.append(line)
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[0]
        elif mark and line.strip() == fence:
            fence = ""
    if block:
        yield block


def _bullet(lines: Sequence[str], depth: int) -> Iterator[str]:
    """A bullet at a depth, the further lines of its block below its words."""
    yield "\t" * depth + f"- {lines[0]}"
    yield from _below(lines[1:], depth)


def _below(lines: Iterable[str], depth: int) -> Iterator[str]:
    """Further lines of a block whose bullet is at this depth."""
    tabs = "\t" * depth
    yield from (f"{tabs}  {line}".rstrip() if line else "" for line in lines)


class MkDocs(Flavor):
    """Python-Markdown with Material: a site knows its own files alone, and takes titles for HTML."""

    def alert(self, kind: Alert, paragraphs: Iterable[str]) -> str:
        body = "\n\n".join(f"    {paragraph}" for paragraph in paragraphs)
        return f'!!! {kind.lower()} ""\n\n{body}'

    def fields(
        self, fields: Iterable[tuple[str, str]], also_called: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        del also_called
        for name, value in fields:
            yield name, escape(value, quote=False) if name == "title" else value


FLAVORS: dict[FlavorName, Flavor] = {
    "markdown": Flavor(name="markdown"),
    "obsidian": Obsidian(name="obsidian"),
    "logseq": Logseq(name="logseq", is_outline=True),
    "mkdocs": MkDocs(name="mkdocs", reaches_texts=False),
}
