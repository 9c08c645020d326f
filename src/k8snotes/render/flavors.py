"""What differs between the programs that notes are read in, one value for each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

# The five that GitHub, Obsidian and MkDocs share; the mark stands alone on its line.
Alert = Literal["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavor:
    """The Markdown of one program; a further one overrides what it writes otherwise."""

    name: str

    def alert(self, kind: Alert, paragraphs: Iterable[str]) -> str:
        """A box that stands out, of paragraphs of Markdown."""
        return f"> [!{kind}]\n" + "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)


MARKDOWN = Flavor(name="markdown")
FLAVORS = {flavor.name: flavor for flavor in (MARKDOWN,)}
