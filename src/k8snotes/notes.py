"""The notes of texts, brought up to date: composed, put in their places, merged, written; and undone."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from k8snotes.courses import OfWhole, in_two_passes, map_planned, plan_reading
from k8snotes.errors import K8sNotesError, NotWritable
from k8snotes.export import file_names
from k8snotes.export.file_names import FoundNote, Wanted
from k8snotes.export.journal import Journal
from k8snotes.export.markers import field_hash, is_sealed, sealed
from k8snotes.export.merge import Origin, fresh, merge
from k8snotes.export.writer import Folder, locked
from k8snotes.model.note import Change, ComposedNote, Note, NoteStyle, Outcome, Side, Undone, Written
from k8snotes.model.source import STANDARD_INPUT, InputFile
from k8snotes.pipeline import Progress, compose_note, no_progress
from k8snotes.render.markdown import placed
from k8snotes.workspace import CACHE, Workspace

Inputs = Iterable[InputFile | K8sNotesError]
OUTPUTS = "outputs"  # the rooms of folders that are not the workspace's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where notes go, and where is kept what an undo needs."""

    output: Path
    room: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How notes are to be exported."""

    style: NoteStyle
    own_terms: tuple[str, ...] = ()
    side: Side | None = None  # what becomes of conflicts; None: they are reported
    writes: bool = True
    wait: float = 30  # seconds for another export into the folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of a lesson's note."""

    path: str  # of the lesson's text, as shown
    written: Written
    changes: tuple[Change, ...]  # of the note, and of what stands beside it
    copies: tuple[str, ...]  # texts of the lesson that were left out, as shown


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


def export_notes(
    inputs: Inputs,
    target: Target,
    wish: Wish,
    *,
    shelf: Path | None,
    progress: Progress = no_progress,
) -> Iterator[Exported | K8sNotesError]:
    """Brings the note of each lesson up to date, in reading order.

    All is composed and merged before the first note is touched, and what is to be changed noted
    in a journal. What cannot be read or written comes as an error in its place.
    """
    first_pass, second_pass = in_two_passes(progress)
    plan = plan_reading(inputs, shelf=shelf, progress=first_pass)
    work = partial(compose_note, own_terms=wish.own_terms, style=wish.style)
    composed = [result for _, results in map_planned(plan, work, progress=second_pass) for result in results]
    if not any(isinstance(result, OfWhole) for result in composed):
        yield from (result for result in composed if isinstance(result, K8sNotesError))
        return
    folder = Folder(target.output)
    with locked(folder, wish.wait) if wish.writes else contextlib.nullcontext():
        export = _Export(folder, target, wish, shelf)
        merged = export.merged(composed)
        if wish.writes:
            merged = export.written(merged)
    yield from merged


def undo_export(target: Target, *, wait: float) -> Iterator[Undone]:
    """Undoes the last export into a folder; nothing where there is none to undo.

    Raises:
        NotWritable: a note cannot be written; what is not yet undone can be undone later.
    """
    journal = Journal(target.room)
    if journal.last() is None:
        return
    folder = Folder(target.output)
    with locked(folder, wait):
        folder.sweep()
        if last := journal.last():  # another process may have undone it meanwhile
            yield from journal.undo(last, folder)


class _Export:
    """The notes of one run, from composed to written."""

    def __init__(self, folder: Folder, target: Target, wish: Wish, shelf: Path | None) -> None:
        self.folder = folder
        self.target = target
        self.wish = wish
        self.shelf = None if shelf is None else Path(os.path.realpath(shelf))

    def merged(
        self, composed: Sequence[OfWhole[ComposedNote] | K8sNotesError]
    ) -> list[Exported | K8sNotesError]:
        """What is to become of each note."""
        if self.wish.writes:
            self.folder.sweep()
        lessons = [result for result in composed if isinstance(result, OfWhole)]
        wanted = [self._wanted(lesson) for lesson in lessons]
        places = file_names.places(wanted, self._found(), is_gone=self._is_gone)
        copies = {home: copy for copy, home in places.copies}
        waiting = iter(zip(lessons, wanted, places.paths, strict=True))
        results: list[Exported | K8sNotesError] = []
        for result in composed:
            if isinstance(result, K8sNotesError):
                results.append(result)
                continue
            lesson, one, path = next(waiting)
            note = placed(
                lesson.result.note,
                id=one.origin.id,
                source=lesson.file.path,
                target=self.target.output / path,
                style=self.wish.style,
            )
            try:
                exported = self._merged(lesson, one.origin, path, note)
            except NotWritable as error:
                results.append(error)
                continue
            results.append(_with_warning(exported, copies.get(path)))
        return results

    def written(self, results: Sequence[Exported | K8sNotesError]) -> list[Exported | K8sNotesError]:
        """The results once all is written; what could not be is an error in its place.

        Raises:
            NotWritable: the journal cannot be written; then nothing is.
        """
        changes = [change for result in results if isinstance(result, Exported) for change in result.changes]
        if not changes:
            return list(results)
        try:
            Journal(self.target.room).write(changes)
        except OSError as error:
            raise NotWritable(
                f"{self.target.room}: {error.strerror or error}; without a journal nothing is written"
            ) from error
        try:
            return [self._written(result) for result in results]
        finally:
            self.folder.settle()

    def _written(self, result: Exported | K8sNotesError) -> Exported | K8sNotesError:
        if isinstance(result, K8sNotesError):
            return result
        try:
            for change in result.changes:
                path = self.target.output / change.path
                if self.folder.read(path) != change.before:
                    return NotWritable(f"{path}: changed while it was exported; export again")
                self.folder.replace(path, change.after)
        except NotWritable as error:
            return error
        return result

    # --- where notes stand

    def _wanted(self, lesson: OfWhole[ComposedNote]) -> Wanted:
        stem = file_names.safe_stem(lesson.result.called or "stdin")
        others = tuple(self._origin(copy.file, copy.entry, title="") for copy in lesson.copies)
        fields = dict(lesson.result.note.fields)
        title = field_hash(f"{fields.get('course', '')}\n{lesson.result.called}")
        return Wanted(self._origin(lesson.file, lesson.entry, title=title), lesson.file.folder, stem, others)

    def _origin(self, file: InputFile, entry: int, *, title: str) -> Origin:
        """By what the note of a text is found again, wherever the call is made from."""
        number = f"#{entry}" if entry else ""
        if file.shown == STANDARD_INPUT:
            return Origin(id=file_names.id_of(f"{STANDARD_INPUT}\n{title}"), source="", title=title)
        real = Path(os.path.realpath(file.path))
        try:
            source = os.path.relpath(real, self.folder.root).replace(os.sep, "/")
        except ValueError:  # on another drive
            source = real.as_posix()
        is_on_shelf = self.shelf is not None and real.is_relative_to(self.shelf)
        place = real.relative_to(self.shelf).as_posix() if self.shelf and is_on_shelf else source
        return Origin(id=file_names.id_of(place + number), source=source + number, title=title)

    def _is_gone(self, source: str) -> bool:
        """Whether the text that a note was made from is not there any more."""
        if not source:
            return False
        file, _, number = source.rpartition("#")
        names = [source, file] if number.isdecimal() and file else [source]
        return not any((self.folder.root / name).exists() for name in names)

    def _found(self) -> Iterator[FoundNote]:
        for path in file_names.markdown_below(self.folder.root):
            with contextlib.suppress(NotWritable):  # reading it for its own sake says why
                content = self.folder.read(self.folder.root / path) or b""
                yield file_names.looked_at(path, content.decode("utf-8", "replace"))

    # --- what they are to say

    def _merged(self, lesson: OfWhole[ComposedNote], origin: Origin, path: str, note: Note) -> Exported:
        target = self.target.output / path
        before = self.folder.read(target)
        beside: Path | None = None
        if before is None:
            new, after = None, fresh(note, origin).encode()
        else:
            text = _decoded(before, target)
            new = merge(text, note, origin, self.wish.side)
            after = new.text.encode("utf-8")
        changes = [Change(path, before, after)] if after != before else []
        if new is not None and new.conflicts:
            assert before is not None
            theirs = sealed(merge(_decoded(before, target), note, origin, "theirs").text)
            beside, change = self._put_beside(target, theirs.encode())
            changes += [change] if change else []
        elif before is not None:
            changes += self._not_needed_any_more(target)
        outcome: Outcome = "written" if before is None else "updated" if after != before else "unchanged"
        return Exported(
            path=lesson.file.shown,
            written=Written(
                path=target,
                outcome="conflict" if beside else outcome,
                beside=beside,
                conflicts=new.conflicts if new else (),
                warnings=new.warnings if new else (),
            ),
            changes=tuple(changes),
            copies=tuple(copy.file.shown for copy in lesson.copies),
        )

    def _put_beside(self, target: Path, content: bytes) -> tuple[Path, Change | None]:
        """Where the new text goes, and what is to be written there, if it is not there yet."""
        for beside in file_names.names_beside(target):
            held = self.folder.read(beside)
            if held is None or _is_ours(held):
                change = Change(self._below(beside), held, content)
                return beside, None if held == content else change
        raise AssertionError("there is always one more name")

    def _not_needed_any_more(self, target: Path) -> list[Change]:
        """A text beside a note that is no conflict any more goes, unless somebody wrote in it."""
        beside = next(file_names.names_beside(target))
        if not beside.exists():
            return []
        held = self.folder.read(beside)
        return [Change(self._below(beside), held, None)] if held is not None and _is_ours(held) else []

    def _below(self, path: Path) -> str:
        return path.relative_to(self.target.output).as_posix()


def _with_warning(exported: Exported, copy: str | None) -> Exported:
    if copy is None:
        return exported
    warning = f"{copy} has the same id and is left as it is; give it another id, or none"
    written = replace(exported.written, warnings=(*exported.written.warnings, warning))
    return replace(exported, written=written)


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotWritable(
            f"{path}: cannot be read (no UTF-8); save it as UTF-8 or move it away, and export again"
        ) from error


def _is_ours(content: bytes) -> bool:
    """Whether a text beside a note holds no word that was written there."""
    try:
        return is_sealed(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _can_be_written(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
