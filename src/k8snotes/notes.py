"""The notes of texts, brought up to date: composed, put in their places, merged, written; and undone."""

import contextlib
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from k8snotes.courses import (
    Entry,
    OfWhole,
    ReadingPlan,
    assemble_courses,
    in_two_passes,
    map_planned,
    plan_reading,
)
from k8snotes.errors import K8sNotesError, NotWritable
from k8snotes.export import file_names
from k8snotes.export.file_names import FoundNote, Wanted
from k8snotes.export.journal import Journal
from k8snotes.export.ledger import (
    EMPTY,
    NO_PAGES,
    Ledger,
    Noted,
    NotedPage,
    NotedPages,
    Unit,
    digest,
    load,
    save,
)
from k8snotes.export.markers import field_hash, is_sealed, sealed
from k8snotes.export.memory import Choice as Choice
from k8snotes.export.memory import (
    KeptGists,
    KeptPage,
    load_choices,
    load_gists,
    load_pages,
    save_choices,
    save_gists,
    save_pages,
)
from k8snotes.export.merge import Origin, fresh, is_readers_too, merge
from k8snotes.export.writer import Folder, locked
from k8snotes.fingerprint import program_fingerprint
from k8snotes.keeping import Keeper
from k8snotes.model.note import (
    Change,
    ComposedNote,
    Note,
    NoteStyle,
    Outcome,
    PageKind,
    Side,
    Undone,
    Written,
)
from k8snotes.model.source import STANDARD_INPUT, InputFile
from k8snotes.model.volume import Chapter
from k8snotes.pages import Shelf, compose_pages, origin_of, page_title
from k8snotes.pipeline import Progress, can_be_read_again, compose_note, gist_of, no_progress
from k8snotes.render.markdown import placed
from k8snotes.render.site import SETTINGS, is_unchanged_menu, settings
from k8snotes.volumes import LibraryOf
from k8snotes.workspace import CACHE, NOTES_README, Workspace

Inputs = Iterable[InputFile | K8sNotesError]
ALONE: list[Any] = [[], []]  # a text whose lessons go together with no other
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
    library_of: LibraryOf | None = None  # to look themes up in; None: no pages are made
    keeper: Keeper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of a lesson's note."""

    path: str  # of the lesson's text, as shown; "" for a page
    written: Written
    changes: tuple[Change, ...]  # of the note, and of what stands beside it
    copies: tuple[str, ...]  # texts of the lesson that were left out, as shown
    noted: Noted | None  # what to remember of it; None where it is to be looked at again
    id: str = ""
    page: PageKind | None = None
    digest: str | None = None  # of a page; None where it is to be looked at again


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
    folder = Folder(target.output)
    memory = _Memory(list(inputs), target, wish, shelf, folder)
    composed = memory.composed(progress)
    results = [result for _, found in composed for result in found]
    export = _Export(folder, target, wish, shelf, memory.ledger.pages)
    if not any(isinstance(result, OfWhole) for result in results):  # no note is to be written
        merged = export.merged(results)
        if (pages := memory.pages(export, composed, merged).unchanged()) is not None:
            yield from (*merged, *pages)
            return
    with locked(folder, wish.wait) if wish.writes else contextlib.nullcontext():
        merged = export.merged(results)
        made = memory.pages(export, composed, merged)
        merged += made.merged()
        if wish.writes:
            merged = export.written(merged)
            memory.keep(composed, merged, made)
    yield from merged
    if wish.style.flavor == "mkdocs" and made.is_wanted:
        yield from _site(target, made.site, writes=wish.writes)


def _site(target: Target, name: str | None, *, writes: bool) -> Iterator[Exported | K8sNotesError]:
    """The settings of a site, beside the folder of notes, where there are none: MkDocs wants them there."""
    here = target.output.absolute()
    path = target.output.with_name(SETTINGS) if target.output.name else here.with_name(SETTINGS)
    if os.path.lexists(path):
        return
    if writes:
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(settings(here.name, name))
        except OSError as error:
            yield NotWritable(f"{path}: {error.strerror or error}; check the folder's permissions and space")
            return
    yield Exported(
        path="",
        written=Written(path=path, outcome="written"),
        changes=(),
        copies=(),
        noted=None,
        page="menu",
    )


def choices_for(target: Target) -> dict[str, Choice]:
    """What earlier calls chose for an output folder, by the name of the setting."""
    return load_choices(target.room)


def remember_choices(target: Target, choices: Mapping[str, Choice]) -> None:
    save_choices(target.room, choices)


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


# What a lesson gives: a note composed, one that is known to be unchanged, or why there is none.
Found = OfWhole[ComposedNote] | Noted | K8sNotesError


class _Memory:
    """What is known from the last export, and what is to be known for the next."""

    def __init__(
        self,
        named: list[InputFile | K8sNotesError],
        target: Target,
        wish: Wish,
        shelf: Path | None,
        folder: Folder,
    ) -> None:
        self.named = named
        self.target = target
        self.wish = wish
        self.shelf = shelf
        self.folder = folder
        self.fingerprint = _fingerprint(wish, target)
        self.texts = self._texts()
        self.ledger = load(target.room, self.fingerprint) if self.texts else EMPTY
        self.plan = ReadingPlan(inputs=(), others={}, with_richer=frozenset())
        self.others: dict[str, list[Any]] = {}

    def composed(self, progress: Progress) -> list[tuple[InputFile | K8sNotesError, list[Found]]]:
        """What comes of each input, in reading order; what is unchanged is not read."""
        first_pass, second_pass = in_two_passes(progress)
        is_as_before = self.ledger.texts == self.texts and not self._names_texts()
        known = _plan_from(self.ledger.plan, self.named) if is_as_before else None
        self.plan = known or plan_reading(
            self.named, shelf=self.shelf, keeper=self.wish.keeper, progress=first_pass
        )
        self.others = _surroundings(self.plan)
        unchanged = {
            file.shown: unit.notes
            for file in self.plan.inputs
            if isinstance(file, InputFile) and (unit := self._unchanged(file.shown))
        }
        due = [
            file
            for file in self.plan.inputs
            if isinstance(file, K8sNotesError) or file.shown not in unchanged
        ]
        work = partial(compose_note, own_terms=self.wish.own_terms, style=self.wish.style)
        read = map_planned(replace(self.plan, inputs=tuple(due)), work, progress=second_pass)
        found: list[tuple[InputFile | K8sNotesError, list[Found]]] = []
        for file in self.plan.inputs:
            if isinstance(file, InputFile) and file.shown in unchanged:
                found.append((file, [*unchanged[file.shown]]))
            else:
                found.append((file, [*next(read)[1]]))
        return found

    def keep(
        self,
        composed: Sequence[tuple[InputFile | K8sNotesError, Sequence[Found]]],
        results: Sequence[Exported | K8sNotesError],
        pages: "_Pages",
    ) -> None:
        """Notes what was exported, but for what there is something to tell of."""
        if not self.texts:
            return
        units = dict(self.ledger.units)
        rest = iter(results)
        for file, found in composed:
            exported = [next(rest) for _ in found]
            if isinstance(file, K8sNotesError):
                continue
            notes = [one.noted for one in exported if isinstance(one, Exported) and one.noted is not None]
            if len(notes) == len(exported):
                others = self.others.get(file.shown, ALONE)
                texts = {name: self.texts[name] for name in (file.shown, *_names_in(others))}
                units[file.shown] = Unit(texts=texts, others=others, notes=tuple(notes))
            else:
                units.pop(file.shown, None)
        texts, plan = self.texts, _plan_to(self.plan)
        if self._names_texts() or self.texts.items() < self.ledger.texts.items():  # some of all that is known
            texts, plan = dict(self.ledger.texts), self.ledger.plan
        else:
            units = {name: unit for name, unit in units.items() if name in texts}
        noted = pages.noted(list(rest))
        save(self.target.room, self.fingerprint, Ledger(texts=texts, plan=plan, units=units, pages=noted))

    def pages(
        self,
        export: "_Export",
        composed: Sequence[tuple[InputFile | K8sNotesError, Sequence[Found]]],
        merged: Sequence[Exported | K8sNotesError],
    ) -> "_Pages":
        """The pages over what was merged; none where not all is known that they are made from."""
        units: list[_Unit] = []
        rest = iter(merged)
        for file, found in composed:
            exported = [next(rest) for _ in found]
            if isinstance(file, InputFile):
                units.append(_Unit(file, found, [one for one in exported if isinstance(one, Exported)]))
        return _Pages(self, export, units if self.texts and self.wish.library_of else None)

    def state_of(self, text: str) -> str:
        """Stands for the texts that the lessons of one are read from."""
        names = (text, *_names_in(self.others.get(text, ALONE)))
        return digest(repr([self.texts.get(name) for name in names]).encode())

    def _names_texts(self) -> bool:
        """Whether a text is asked for by itself, so that it is exported even if another holds its lesson."""
        return any(isinstance(file, InputFile) and file.is_named for file in self.named)

    def _texts(self) -> dict[str, str]:
        """The digests of all texts; none where one cannot be read twice, or is there twice."""
        digests: dict[str, str] = {}
        for file in self.named:
            if isinstance(file, K8sNotesError) or not can_be_read_again(file):
                return {}
            try:
                content = file.path.read_bytes()
            except OSError:
                content = b""
            digests[file.shown] = f"{digest(content)} {file.folder} {os.path.realpath(file.path)}"
        return digests if len(digests) == len(self.named) else {}

    def _unchanged(self, text: str) -> Unit | None:
        """The notes that came of a text, if it, what belongs to it and they are as they were."""
        unit = self.ledger.units.get(text)
        if unit is None or unit.others != self.others.get(text, ALONE):
            return None
        if any(self.texts.get(name) != held for name, held in unit.texts.items()):
            return None
        for noted in unit.notes:
            try:
                content = self.folder.read(self.target.output / noted.note)
            except NotWritable:  # merging it says why
                return None
            if content is None or digest(content) != noted.digest:
                return None
        return unit


class _Unit(NamedTuple):
    """What came of reading a text."""

    file: InputFile
    found: Sequence[Found]
    exported: Sequence[Exported]


class _Pages:
    """The pages of one run, from what was merged of lessons to pages merged."""

    def __init__(self, memory: _Memory, export: "_Export", units: Sequence[_Unit] | None) -> None:
        self.memory = memory
        self.export = export
        self.units = units or []
        self.is_wanted = units is not None
        self.orphans = export.orphans() if self.is_wanted else ()
        notes = [(one.id, export.below(one.written.path)) for unit in self.units for one in unit.exported]
        made_from = [memory.fingerprint, sorted(memory.texts.items()), notes, self.orphans]
        self.key = digest(repr(made_from).encode())
        self.gists: dict[str, KeptGists] = {}
        self.site: str | None = None  # what a site of all is called

    def unchanged(self) -> list[Exported] | None:
        """The pages, if they are as the last export left them and what they were made from is too."""
        if not self.is_wanted:
            return []
        noted = self.memory.ledger.pages
        if noted.key != self.key:
            return None
        if any(self.export.digest_of(page.path) != page.digest for page in noted.pages):
            return None
        return [_page_as_it_was(self.memory.target.output / page.path, page) for page in noted.pages]

    def merged(self) -> list[Exported | K8sNotesError]:
        """What is to become of each page, and of those that are not made any more."""
        if (pages := self.unchanged()) is not None:
            return [*pages]
        known = load_pages(self.memory.target.room, self.key)
        if not known or not all(self.export.is_free_for(page) for page in known):
            known = self._composed()
        for page in known:
            self.site = dict(page.fields).get("site", self.site)
        return [*self.export.merged_pages(known), *self.export.pages_to_remove({page.id for page in known})]

    def noted(self, exported: Sequence[Exported | K8sNotesError]) -> NotedPages:
        """What to remember of the pages."""
        if not self.is_wanted:
            return self.memory.ledger.pages
        pages: list[NotedPage] = []
        for one in exported:
            if isinstance(one, K8sNotesError) or (one.digest is None and one.written.outcome != "removed"):
                return NO_PAGES
            if one.page is not None and one.digest is not None:
                path = self.export.below(one.written.path)
                pages.append(NotedPage(path=path, id=one.id, kind=one.page, digest=one.digest))
        return NotedPages(key=self.key, pages=tuple(pages))

    def _composed(self) -> tuple[KeptPage, ...]:
        memory = self.memory
        courses = assemble_courses(memory.named, shelf=memory.shelf, keeper=memory.wish.keeper)
        assert memory.wish.library_of is not None
        pages = compose_pages(
            Shelf(chapters=self._chapters(), found=self.export.found, orphans=self.orphans),
            courses,
            memory.wish.library_of,
            output=memory.target.output,
            style=memory.wish.style,
            own_terms=memory.wish.own_terms,
            is_replaceable=self.export.is_replaceable,
        )
        if memory.wish.writes:
            save_gists(memory.target.room, memory.fingerprint, self.gists)
            save_pages(memory.target.room, self.key, pages)
        return tuple(pages)

    def _chapters(self) -> dict[Entry, Chapter]:
        """The lessons with their gists; what is not kept of those unchanged is read again."""
        kept: Mapping[str, KeptGists] | None = None
        to_read: list[_Unit] = []
        for unit in self.units:
            state = self.memory.state_of(unit.file.shown)
            made = [found.result.gist for found in unit.found if isinstance(found, OfWhole)]
            if not made and unit.exported:
                kept = load_gists(self.memory.target.room, self.memory.fingerprint) if kept is None else kept
                held = kept.get(unit.file.shown)
                if held is None or held.texts != state or len(held.gists) != len(unit.exported):
                    to_read.append(unit)
                    continue
                made = [*held.gists]
            self.gists[unit.file.shown] = KeptGists(state, tuple(gist for gist in made if gist is not None))
        work = partial(gist_of, own_terms=self.memory.wish.own_terms, style=self.memory.wish.style)
        inputs = tuple(unit.file for unit in to_read)
        for unit, (_, results) in zip(
            to_read, map_planned(replace(self.memory.plan, inputs=inputs), work), strict=True
        ):
            read = tuple(result.result for result in results if isinstance(result, OfWhole))
            self.gists[unit.file.shown] = KeptGists(self.memory.state_of(unit.file.shown), read)
        return {
            (gist.path, gist.entry): Chapter(id=one.id, note=self.export.below(one.written.path), gist=gist)
            for unit in self.units
            for gist, one in zip(self.gists[unit.file.shown].gists, unit.exported, strict=False)
        }


def _page_as_it_was(path: Path, page: NotedPage) -> Exported:
    return Exported(
        path="",
        written=Written(path=path, outcome="unchanged"),
        changes=(),
        copies=(),
        noted=None,
        id=page.id,
        page=page.kind,
        digest=page.digest,
    )


class _Export:
    """The notes of one run, from composed to written."""

    def __init__(
        self, folder: Folder, target: Target, wish: Wish, shelf: Path | None, pages: NotedPages
    ) -> None:
        self.folder = folder
        self.pages = {page.path: page for page in pages.pages}
        self.target = target
        self.wish = wish
        self.shelf = None if shelf is None else Path(os.path.realpath(shelf))
        self.found: list[FoundNote] = []  # files that are no note of a lesson's, once lessons are merged
        self.sources: set[str] = set()  # of all lessons

    def merged(self, composed: Sequence[Found]) -> list[Exported | K8sNotesError]:
        """What is to become of each note."""
        known = [result for result in composed if isinstance(result, Noted)]
        held = {noted.id: noted.note for noted in known}
        lessons = [result for result in composed if isinstance(result, OfWhole)]
        wanted = [self._wanted(lesson) for lesson in lessons]
        if lessons and self.wish.writes:
            self.folder.sweep()
        others = list(self._found(skip={noted.note for noted in known}))
        places = file_names.places(wanted, others, is_gone=self._is_gone, held=held)
        self.found = [note for note in others if note.path not in places.paths]
        self.sources = {one.origin.source for one in wanted}
        copies = {home: copy for copy, home in places.copies}
        waiting = iter(zip(lessons, wanted, places.paths, strict=True))
        results: list[Exported | K8sNotesError] = []
        for result in composed:
            if isinstance(result, K8sNotesError):
                results.append(result)
                continue
            if isinstance(result, Noted):
                results.append(_with_warning(self._as_it_was(result), copies.get(result.note)))
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

    def _as_it_was(self, noted: Noted) -> Exported:
        return Exported(
            path=noted.text,
            written=Written(path=self.target.output / noted.note, outcome="unchanged"),
            changes=(),
            copies=noted.copies,
            noted=noted,
            id=noted.id,
        )

    def _found(self, *, skip: Container[str]) -> Iterator[FoundNote]:
        """The files that may be notes, but for those that are known."""
        for path in file_names.markdown_below(self.folder.root):
            if path in skip:
                continue
            with contextlib.suppress(NotWritable):  # reading it for its own sake says why
                content = self.folder.read(self.folder.root / path) or b""
                page = self.pages.get(path)
                if page is not None and digest(content) == page.digest:
                    yield FoundNote(path, page.id, "", page_title(page.kind, page.id), page.kind)
                    continue
                yield file_names.looked_at(path, content.decode("utf-8", "replace"))

    # --- pages

    def digest_of(self, path: str) -> str | None:
        content = self._content(path)
        return None if content is None else digest(content)

    def is_free_for(self, page: KeptPage) -> bool:
        """Whether a page is where it was, or nowhere, so that it belongs there."""
        at = {note.path: note.id for note in self.found}
        return at[page.path] == page.id if page.path in at else page.id not in at.values()

    def is_replaceable(self, path: str) -> bool:
        """Whether a file is the README of a new workspace, in which nobody has written."""
        return self._content(path) == NOTES_README.encode()

    def orphans(self) -> tuple[str, ...]:
        """The notes whose lessons are gone."""
        return tuple(
            note.path
            for note in self.found
            if note.source and not note.page and (note.source in self.sources or self._is_gone(note.source))
        )

    def merged_pages(self, pages: Iterable[KeptPage]) -> Iterator[Exported | K8sNotesError]:
        for page in pages:
            note = Note(fields=page.fields, tags=page.tags, regions=page.regions, is_outline=page.is_outline)
            if page.kind == "menu":
                yield self._menu(page)
                continue
            try:
                written, changes, held = self._merged_at(page.path, note, origin_of(page))
            except NotWritable as error:
                yield error
                continue
            is_told = written.conflicts or written.warnings
            yield Exported(
                path="",
                written=written,
                changes=changes,
                copies=(),
                noted=None,
                id=page.id,
                page=page.kind,
                digest=None if is_told else held,
            )

    def _menu(self, page: KeptPage) -> Exported:
        """What is to become of the menu of a site: one that was changed by hand stays."""
        before, after = self._content(page.path), page.regions[0].text.encode("utf-8", "replace")
        is_ours = before is None or is_unchanged_menu(before.decode("utf-8", "replace"))
        is_new = is_ours and before != after
        outcome: Outcome = "unchanged" if not is_new else "written" if before is None else "updated"
        warnings = () if is_ours else ("changed by hand and left as it is; without it a new one is made",)
        return Exported(
            path="",
            written=Written(path=self.target.output / page.path, outcome=outcome, warnings=warnings),
            changes=(Change(page.path, before, after),) if is_new else (),
            copies=(),
            noted=None,
            id=page.id,
            page=page.kind,
            digest=digest(after) if is_ours else None,
        )

    def pages_to_remove(self, made: Container[str]) -> Iterator[Exported]:
        """The pages that are not made any more and in which nobody has written."""
        for note in self.found:
            content = self._content(note.path)
            if not note.page or note.id in made or content is None:
                continue
            origin = Origin(id=note.id, source="", title=note.title)
            if not is_readers_too(content.decode("utf-8", "replace"), origin):
                yield Exported(
                    path="",
                    written=Written(path=self.target.output / note.path, outcome="removed"),
                    changes=(Change(note.path, content, None),),
                    copies=(),
                    noted=None,
                    id=note.id,
                    page="theme",
                )

    def _content(self, path: str) -> bytes | None:
        try:
            return self.folder.read(self.target.output / path)
        except NotWritable:  # merging it says why
            return None

    # --- what they are to say

    def _merged(self, lesson: OfWhole[ComposedNote], origin: Origin, path: str, note: Note) -> Exported:
        copies = tuple(copy.file.shown for copy in lesson.copies)
        written, changes, held = self._merged_at(path, note, origin)
        is_told = written.conflicts or written.warnings
        noted = Noted(text=lesson.file.shown, note=path, id=origin.id, digest=held, copies=copies)
        return Exported(
            path=lesson.file.shown,
            written=written,
            changes=changes,
            copies=copies,
            noted=None if is_told else noted,
            id=origin.id,
        )

    def _merged_at(self, path: str, note: Note, origin: Origin) -> tuple[Written, tuple[Change, ...], str]:
        """What is to become of a note, the changes for that, and the digest of what will stand there."""
        target = self.target.output / path
        before = self.folder.read(target)
        beside: Path | None = None
        if before is None or (origin.page == "index" and before == NOTES_README.encode()):
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
        written = Written(
            path=target,
            outcome="conflict" if beside else outcome,
            beside=beside,
            conflicts=new.conflicts if new else (),
            warnings=new.warnings if new else (),
        )
        return written, tuple(changes), digest(after)

    def _put_beside(self, target: Path, content: bytes) -> tuple[Path, Change | None]:
        """Where the new text goes, and what is to be written there, if it is not there yet."""
        for beside in file_names.names_beside(target):
            held = self.folder.read(beside)
            if held is None or _is_ours(held):
                change = Change(self.below(beside), held, content)
                return beside, None if held == content else change
        raise AssertionError("there is always one more name")

    def _not_needed_any_more(self, target: Path) -> list[Change]:
        """A text beside a note that is no conflict any more goes, unless somebody wrote in it."""
        beside = next(file_names.names_beside(target))
        if not beside.exists():
            return []
        held = self.folder.read(beside)
        return [Change(self.below(beside), held, None)] if held is not None and _is_ours(held) else []

    def below(self, path: Path) -> str:
        return path.relative_to(self.target.output).as_posix()


def _fingerprint(wish: Wish, target: Target) -> str:
    """What notes depend on besides their texts: the program as it stands, and what was asked for."""
    return f"{program_fingerprint()} {wish.style} {wish.own_terms} {target.output}"


def _plan_to(plan: ReadingPlan) -> list[object]:
    """A plan as the ledger keeps it."""
    order = [file.shown for file in plan.inputs if isinstance(file, InputFile)]
    others = [
        [path, entry, [[file.shown, at] for file, at in files]]
        for (path, entry), files in plan.others.items()
    ]
    return [order, others, sorted([path, entry] for path, entry in plan.with_richer)]


def _plan_from(kept: Any, named: Sequence[InputFile | K8sNotesError]) -> ReadingPlan | None:
    """A plan from the ledger, for the same texts."""
    files = {file.shown: file for file in named if isinstance(file, InputFile)}
    try:
        order, others, richer = kept
        return ReadingPlan(
            inputs=tuple(files[path] for path in order),
            others={
                (path, entry): tuple((files[other], at) for other, at in held) for path, entry, held in others
            },
            with_richer=frozenset((path, entry) for path, entry in richer),
        )
    except (TypeError, ValueError, KeyError):
        return None


def _surroundings(plan: ReadingPlan) -> dict[str, list[Any]]:
    """Of each text how its lessons go together with other texts; nothing of one whose lessons stand alone."""
    found: dict[str, list[Any]] = {}
    for (path, entry), files in sorted(plan.others.items(), key=lambda held: held[0]):
        found.setdefault(path, [[], []])[0].append([entry, [[file.shown, at] for file, at in files]])
    for path, entry in sorted(plan.with_richer):
        found.setdefault(path, [[], []])[1].append(entry)
    return found


def _names_in(others: Any) -> list[str]:
    return [name for _, held in others[0] for name, _ in held]


def _with_warning(exported: Exported, copy: str | None) -> Exported:
    if copy is None:
        return exported
    warning = f"{copy} has the same id and is left as it is; give it another id, or none"
    written = replace(exported.written, warnings=(*exported.written.warnings, warning))
    return replace(exported, written=written, noted=None)


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
