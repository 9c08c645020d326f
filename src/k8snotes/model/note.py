"""A study note as composed, and what became of it when it met what stands on disk."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from k8snotes.speech import Language

if TYPE_CHECKING:
    from k8snotes.model.volume import Gist

Outcome = Literal["written", "updated", "unchanged", "removed", "conflict"]
Side = Literal["ours", "theirs"]  # whose text stays where reader and program both changed it
Links = Literal["relative", "wiki"]
# The program that notes are for; "markdown" is read alike by all but Logseq.
FlavorName = Literal["markdown", "obsidian", "logseq", "mkdocs"]
PageKind = Literal["index", "questions", "theme", "menu"]  # the last of a MkDocs site
PAGE_KINDS: tuple[PageKind, ...] = get_args(PageKind)

# What the menu of a site begins with, by which it is known as ours.
MENU_SIGNATURE = "# k8snotes: each export makes this menu anew, while nobody changes it; seal "
# Stands for the way to the lesson's text until the note's place is known; no text can hold it.
SOURCE_LINK = "\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStyle:
    """How a reader wants notes."""

    sentences: int
    themes: int
    links: Links = "relative"
    with_body: bool = False
    hide_names: bool = False
    flavor: FlavorName = "markdown"
    language: Language = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a note that the program writes, and may renew."""

    name: str  # letters only
    text: str  # Markdown without blank lines around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    fields: tuple[tuple[str, str], ...]  # of the front matter, in order
    tags: tuple[str, ...]
    regions: tuple[Region, ...]
    is_outline: bool = False  # of bullets, its fields as properties: what Logseq reads
    language: Language = "zh"  # of its headings


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedNote:
    """A note before it is known where it stands."""

    called: str  # the lesson's title, or the name of its file; "" for neither
    note: Note
    gist: "Gist | None" = None  # for pages, where such are made


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Where reader and program both changed a note."""

    part: str  # a region's name, "front matter", or "note": all of it
    line: int  # of the note, from 1
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a note; in a conflict `beside` is where the new text went."""

    path: Path
    outcome: Outcome
    beside: Path | None = None
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = ()  # what is odd about the note, and harms nothing


class Change(NamedTuple):
    """A file of the output folder that an export writes; None: there is none before, or after."""

    path: str  # below the output folder, with "/"
    before: bytes | None
    after: bytes | None


class Undone(NamedTuple):
    """What became of a file when an export was undone."""

    path: str  # below the output folder, with "/"
    outcome: Literal["restored", "removed", "unchanged", "edited"]
    # Where the text before the export was put, of a file that was edited since and left alone.
    earlier: Path | None = None
