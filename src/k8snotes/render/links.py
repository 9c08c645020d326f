"""Links from a note to other notes and to lines of texts, as the reader's program takes them."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from k8snotes.model.note import NoteStyle
from k8snotes.render import labels
from k8snotes.render.escaping import markdown_text
from k8snotes.render.flavors import FLAVORS

NOT_IN_WIKI_LINKS = re.compile(r"[\[\]|#^\x00-\x1f\x7f-\x9f]|%%|://|www\.|[<`*$~{}@\\&]|==|::", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksFrom:
    """The links of the note that stands, or is to stand, at `target`.

    `real` is what is known of where paths really lead: notes that are made together share it.
    """

    target: Path
    style: NoteStyle
    real: dict[Path, Path] = field(default_factory=dict, repr=False)
    _ways: dict[Path, tuple[str, str]] = field(default_factory=dict, repr=False)  # as it is, and quoted

    def to_note(self, path: Path, words: str) -> str:
        """A link with these words of a text to another note."""
        return self._link(path, "", words)

    def to_line(self, path: Path, line: int) -> str:
        """A link to a line of a text; words alone where texts are out of reach."""
        words = labels.line_label(line)
        if not FLAVORS[self.style.flavor].reaches_texts:
            return words
        return self._link(path, f"#L{line}", words)

    def _link(self, path: Path, fragment: str, words: str) -> str:
        if path not in self._ways:
            way = _way(self._real(path), self._real(self.target.parent))
            self._ways[path] = way, quoted(way)
        way, address = self._ways[path]
        escaped = markdown_text(words)
        if self.style.links == "wiki" and escaped == words and is_for_wiki(way):
            return f"[[{way}{fragment}|{words}]]"
        return f"[{escaped}]({address}{fragment})"

    def _real(self, path: Path) -> Path:
        if path not in self.real:
            self.real[path] = path.resolve()
        return self.real[path]


def is_for_wiki(way: str) -> bool:
    return not NOT_IN_WIKI_LINKS.search(way)


def quoted(way: str) -> str:
    return quote(os.fsencode(way), safe="/")


def way_to(path: Path, target: Path) -> str:
    """The way from a note to a file, with "/"."""
    return _way(path.resolve(), target.parent.resolve())


def _way(path: Path, folder: Path) -> str:
    try:
        way = os.path.relpath(path, folder)
    except ValueError:  # on another drive
        return path.as_uri()
    return way.replace(os.sep, "/")
