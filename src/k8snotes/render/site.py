"""The menu of a MkDocs site of notes, and the site's settings where there are none."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import NamedTuple

from k8snotes.model.note import MENU_SIGNATURE
from k8snotes.render.escaping import json_string, one_line
from k8snotes.speech import Message, _, language

MENU = "nav.yml"
SETTINGS = "mkdocs.yml"
LONGEST = 100  # characters of a title; YAML takes no key of more than 1,024, escapes counted
OWN_SETTINGS = Message("""\
# The site of these notes: pip install mkdocs-material, then mkdocs serve.
# k8snotes wrote this file once and leaves it to you. The menu is in the file that it inherits from.
INHERIT: {menu}
docs_dir: {notes}
site_name: {name}
exclude_docs: |
  /nav.yml
  *.new.md
  *.new-*.md
theme:
  name: material
  language: {language}
  font: false  # no fonts from elsewhere
  features: [navigation.indexes, navigation.top, toc.follow]
plugins: [search]
markdown_extensions:
  - admonition
  - tables
  # Material loads Mermaid from unpkg.com on pages with diagrams; without the next lines they stay code.
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
""")


class MenuEntry(NamedTuple):
    """A line of a menu: a page, or entries under a title."""

    title: str
    path: str = ""
    entries: Sequence["MenuEntry"] = ()


def menu(entries: Sequence[MenuEntry]) -> str:
    """The menu as a file of its own, with the proof that nobody has changed it."""
    lines = "\n".join(["nav:", *_lines(entries, "  "), ""])
    return f"{MENU_SIGNATURE}{_seal(lines)}\n{lines}"


def is_unchanged_menu(text: str) -> bool:
    """Whether a menu is as the program wrote it."""
    first, _end, lines = text.replace("\r\n", "\n").partition("\n")
    return first == f"{MENU_SIGNATURE}{_seal(lines)}"


def settings(notes: str, name: str | None) -> str:
    """The settings of a site beside its folder of notes, whose name this is."""
    return _(
        OWN_SETTINGS,
        language=language(),
        menu=json_string(f"{notes}/{MENU}"),
        notes=json_string(notes),
        name=json_string(escape(name or _("Contents"), quote=False)),
    )


def _lines(entries: Sequence[MenuEntry], indent: str) -> Iterator[str]:
    for entry in entries:
        # MkDocs puts titles into the page as they are.
        title = json_string(escape(_shown(entry.title), quote=False) or _("(untitled)"))
        if entry.path:
            yield f"{indent}- {title}: {json_string(entry.path)}"
        elif entry.entries:
            yield f"{indent}- {title}:"
            yield from _lines(entry.entries, indent + "    ")


def _shown(title: str) -> str:
    line = " ".join(one_line(title).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _seal(lines: str) -> str:
    return sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]
