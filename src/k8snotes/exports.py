"""What an export is asked for, where it goes, and what it tells of each note."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar

from k8snotes.errors import K8sNotesError
from k8snotes.export.ledger import Noted
from k8snotes.export.memory import Choice as Choice
from k8snotes.export.memory import load_choices, save_choices
from k8snotes.keeping import Keeper, Study
from k8snotes.model.lesson import Lesson
from k8snotes.model.note import Change, NoteStyle, PageKind, Side, Written
from k8snotes.model.source import InputFile
from k8snotes.speech import Message
from k8snotes.volumes import LibraryOf
from k8snotes.workspace import CACHE, Workspace

Further = TypeVar("Further")
Inputs = Iterable[InputFile | K8sNotesError]
OUTPUTS = "outputs"  # the rooms of folders that are not the workspace's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where notes go, and where is kept what an undo needs."""

    output: Path
    room: Path


class IndexAlong(Protocol):
    """Brings the index that pages need up to date, and works on what is read for it on the way."""

    def __call__(
        self, study: Study[Any], further: Callable[[Lesson], Further] | None
    ) -> Mapping[InputFile, Sequence[tuple[int, Further]]]:
        """Keeps a study of it; what `further` made, by the file, each with which lesson of it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How notes are to be exported."""

    style: NoteStyle
    own_terms: tuple[str, ...] = ()
    side: Side | None = None  # what becomes of conflicts; None: they are reported
    writes: bool = True
    wait: float = 30  # seconds for another export into the folder
    library_of: LibraryOf | None = None  # to look themes up in; None: no pages are made
    keeper: Keeper | None = None
    index_along: IndexAlong | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of a lesson's note, or of a page."""

    path: str  # of the lesson's text, as shown; "" for a page
    written: Written
    changes: tuple[Change, ...]  # of the note, and of what stands beside it
    copies: tuple[str, ...]  # texts of the lesson that were left out, as shown
    noted: Noted | None  # what to remember of it; None where it is to be looked at again
    id: str = ""
    page: PageKind | None = None
    digest: str | None = None  # of a page; None where it is to be looked at again


def telling_copies(exported: Exported, copies: Iterable[str]) -> Exported:
    """With a word on each file that is a copy of the note or page."""
    told = tuple(
        Message("{copy} has the same id and is left as it is; give it another id, or none", copy=copy)
        for copy in copies
    )
    written = replace(exported.written, warnings=(*exported.written.warnings, *told))
    return replace(exported, written=written) if told else exported


def of_page(
    kind: PageKind,
    page: str,
    written: Written,
    *,
    changes: tuple[Change, ...] = (),
    digest: str | None = None,
) -> Exported:
    """What became of a page; options as the fields of `Exported`."""
    return Exported(
        path="", written=written, changes=changes, copies=(), noted=None, id=page, page=kind, digest=digest
    )


def target_of(output: Path, *, workspace: Workspace | None, notes: Path | None) -> Target:
    """An output folder with its room; `notes` is the workspace's own folder for notes.

    The room is in the workspace's cache, else beside the folder, or in it where nothing else can be
    written.
    """
    here = Path(os.path.realpath(output))
    if workspace is not None and notes is not None and here == Path(os.path.realpath(notes)):
        return Target(output=output, room=workspace.cache)
    bases = [Path(os.path.realpath(workspace.root))] if workspace is not None else []
    base = next((base for base in (*bases, here.parent) if _can_be_written(base)), here)
    key = sha256(os.fsencode(os.path.relpath(here, base))).hexdigest()[:12]
    return Target(output=output, room=base / CACHE / OUTPUTS / key)


def choices_for(target: Target) -> dict[str, Choice]:
    """What earlier calls chose for an output folder, by the name of the setting."""
    return load_choices(target.room)


def remember_choices(target: Target, choices: Mapping[str, Choice]) -> None:
    save_choices(target.room, choices)


def _can_be_written(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
