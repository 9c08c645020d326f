"""The notes of lessons: found again or given a place, and merged with what stands there."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from k8snotes.courses import OfWhole
from k8snotes.errors import K8sNotesError, NotWritable
from k8snotes.export import file_names
from k8snotes.export.file_names import FoundNote, Wanted
from k8snotes.export.ledger import Noted, NotedPage, places_left
from k8snotes.export.markers import field_hash
from k8snotes.export.merge import Origin
from k8snotes.exports import Exported, telling_copies
from k8snotes.model.note import ComposedNote, Note, NoteStyle, Written
from k8snotes.model.source import STANDARD_INPUT, InputFile
from k8snotes.output import Output
from k8snotes.render.markdown import placed

# What a lesson gives: a note composed, one that is known to be unchanged, or why there is none.
Found = OfWhole[ComposedNote] | Noted | K8sNotesError


class NotePlace(NamedTuple):
    """Where a lesson's note stands, or would if what stands there could be read."""

    id: str
    path: str  # below the output folder, with "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedLessons:
    """What is to become of the notes of lessons, and what stands beside them."""

    results: tuple[Exported | K8sNotesError, ...]
    places: tuple[NotePlace | None, ...]  # of each result; None of a text that could not be read
    others: tuple[FoundNote, ...]  # files that are no note of a lesson's
    orphans: tuple[str, ...]  # of these the notes whose lessons are gone


class LessonNotes:
    """The notes of lessons in an output folder.

    `shelf` is the folder in which a workspace keeps its texts; `pages` are those that the last export
    left, by their paths.
    """

    def __init__(
        self, output: Output, style: NoteStyle, shelf: Path | None, pages: Mapping[str, NotedPage]
    ) -> None:
        self.output = output
        self.style = style
        self.shelf = None if shelf is None else Path(os.path.realpath(shelf))
        self.pages = pages

    def merged(self, found: Sequence[Found], progress: Callable[[int, int], None]) -> MergedLessons:
        known = [one for one in found if isinstance(one, Noted)]
        lessons = [one for one in found if isinstance(one, OfWhole)]
        wanted = [self._wanted(lesson) for lesson in lessons]
        standing = list(self.output.notes(skip={noted.note for noted in known}, pages=self.pages))
        held = {noted.id: noted.note for noted in known}
        places = file_names.places(wanted, standing, is_gone=self._is_gone, held=held, left=self._left)
        copies: dict[str, list[str]] = defaultdict(list)
        for copy, home in places.copies:
            copies[home].append(copy)
        waiting = iter(zip(lessons, wanted, places.paths, strict=True))
        results: list[Exported | K8sNotesError] = []
        stand_at: list[NotePlace | None] = []
        for number, one in enumerate(found):
            progress(number, len(found))
            if isinstance(one, K8sNotesError):
                stand_at.append(None)
                results.append(one)
            elif isinstance(one, Noted):
                stand_at.append(NotePlace(one.id, one.note))
                results.append(telling_copies(self._as_it_was(one), copies[one.note]))
            else:
                lesson, where, path = next(waiting)
                stand_at.append(NotePlace(where.origin.id, path))
                merged = self._merged(lesson, where.origin, path)
                if isinstance(merged, Exported):
                    merged = telling_copies(merged, copies[path])
                results.append(merged)
        taken = set(places.paths)
        others = tuple(note for note in standing if note.path not in taken)
        sources = {one.origin.source for one in wanted}
        titles = {path: one.origin.title for one, path in zip(wanted, places.paths, strict=True)}
        homes = dict(places.copies)
        orphans = tuple(
            note.path
            for note in others
            if self._is_orphan(note, sources) and not self._is_copy(note, homes.get(note.path), titles)
        )
        return MergedLessons(results=tuple(results), places=tuple(stand_at), others=others, orphans=orphans)

    def _as_it_was(self, noted: Noted) -> Exported:
        return Exported(
            path=noted.text,
            written=Written(path=self.output.target.output / noted.note, outcome="unchanged"),
            changes=(),
            copies=noted.copies,
            noted=noted,
            id=noted.id,
        )

    def _merged(self, lesson: OfWhole[ComposedNote], origin: Origin, path: str) -> Exported | K8sNotesError:
        copies = tuple(copy.file.shown for copy in lesson.copies)
        try:
            merged = self.output.merged(path, self._placed(lesson, origin, path), origin)
        except NotWritable as error:
            return error
        noted = Noted(text=lesson.file.shown, note=path, id=origin.id, digest=merged.digest, copies=copies)
        return Exported(
            path=lesson.file.shown,
            written=merged.written,
            changes=merged.changes,
            copies=copies,
            noted=None if merged.is_told else noted,
            id=origin.id,
        )

    def _placed(self, lesson: OfWhole[ComposedNote], origin: Origin, path: str) -> Note:
        return placed(
            lesson.result.note,
            id=origin.id,
            source=lesson.file.path,
            target=self.output.target.output / path,
            style=self.style,
        )

    # --- where they stand

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
            source = os.path.relpath(real, self.output.folder.root).replace(os.sep, "/")
        except ValueError:  # on another drive
            source = real.as_posix()
        is_on_shelf = self.shelf is not None and real.is_relative_to(self.shelf)
        place = real.relative_to(self.shelf).as_posix() if self.shelf and is_on_shelf else source
        return Origin(id=file_names.id_of(place + number), source=source + number, title=title)

    def _left(self) -> dict[str, str]:
        return places_left(self.output.target.room)

    def _is_orphan(self, note: FoundNote, sources: set[str]) -> bool:
        return bool(note.source and not note.page) and (note.source in sources or self._is_gone(note.source))

    def _is_copy(self, note: FoundNote, home: str | None, titles: Mapping[str, str]) -> bool:
        """Whether a note is of the same lesson as the one at `home`, which has its id; titles by path."""
        if home is None or not note.title:
            return False
        return note.title == (titles.get(home) or self.output.look_at(home).title)

    def _is_gone(self, source: str) -> bool:
        """Whether the text that a note was made from is not there any more."""
        if not source:
            return False
        file, _, number = source.rpartition("#")
        names = [source, file] if number.isdecimal() and file else [source]
        return not any((self.output.folder.root / name).exists() for name in names)
