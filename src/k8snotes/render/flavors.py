"""What differs between the programs that notes are read in, one value for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from k8snotes.model.note import FlavorName

# The five that GitHub, Obsidian and MkDocs share; the mark stands alone on its line.
Alert = Literal["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavor:
    """The Markdown of one program; a further one overrides what it writes otherwise."""

    name: FlavorName
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


class Obsidian(Flavor):
    """Notes are found by their aliases, too: a file's name cannot hold all that a title can."""

    def fields(
        self, fields: Iterable[tuple[str, str]], also_called: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        yield from fields
        names = list(dict.fromkeys(" ".join(name.split()) for name in also_called if name.strip()))
        if names:
            yield "aliases", "\n".join(names)


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
    "logseq": Flavor(name="logseq"),
    "mkdocs": MkDocs(name="mkdocs", reaches_texts=False),
}
