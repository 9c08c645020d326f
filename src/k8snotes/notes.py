"""An export, from texts to notes and pages on disk; and its undoing."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from k8snotes.errors import K8sNotesError, NotWritable, reason_of
from k8snotes.export.journal import Journal
from k8snotes.export.ledger import sweep
from k8snotes.export.writer import Folder, locked
from k8snotes.exports import Exported, Inputs, Target, Wish, of_page
from k8snotes.lesson_notes import LessonNotes
from k8snotes.model.note import Undone, Written
from k8snotes.output import Output
from k8snotes.page_notes import Pages
from k8snotes.pipeline import Progress, no_progress
from k8snotes.recall import Recall
from k8snotes.render.site import SETTINGS, settings
from k8snotes.speech import Language, speaking

# How much of the work is done, about, when all is composed, and when pages are made and the writing begins.
COMPOSED, MERGED = 0.75, 0.9
FINELY = 1000


def export_notes(
    inputs: Inputs,
    target: Target,
    wish: Wish,
    *,
    shelf: Path | None,
    progress: Progress = no_progress,
) -> Iterator[Exported | K8sNotesError]:
    """Brings the note of each lesson up to date, in reading order, and the pages over them.

    All is composed and merged before the first note is touched, and what is to be changed noted
    in a journal. What cannot be read or written comes as an error in its place.
    """
    output = Output(target, wish.side)
    recall = Recall(list(inputs), wish, output, shelf)
    composed = recall.composed(_stretch(progress, 0, COMPOSED))
    notes = LessonNotes(output, wish.style, shelf, {page.path: page for page in recall.ledger.pages.pages})
    if composed.is_all_known:  # no note is to be written
        lessons = notes.merged(composed.found, no_progress)
        pages = Pages(recall, output, lessons, composed.of_texts(lessons))
        if (unchanged := pages.unchanged()) is not None:
            yield from (*lessons.results, *unchanged)
            return
    with locked(output.folder, wish.wait) if wish.writes else contextlib.nullcontext():
        if wish.writes and not composed.is_all_known:
            output.folder.sweep()
            sweep(target.room)
        lessons = notes.merged(composed.found, _stretch(progress, COMPOSED, MERGED))
        pages = Pages(recall, output, lessons, composed.of_texts(lessons))
        results = [*lessons.results, *pages.merged()]
        if wish.writes:
            results = output.written(results, _stretch(progress, MERGED, 1))
            of_lessons = len(lessons.results)
            noted = pages.noted(results[of_lessons:])
            written = replace(lessons, results=tuple(results[:of_lessons]))
            recall.keep(composed.of_texts(written), noted)
    yield from results
    if wish.style.flavor == "mkdocs" and pages.is_wanted:
        yield from _site(target, pages.site, writes=wish.writes, language=wish.style.language)


def _stretch(progress: Progress, first: float, last: float) -> Progress:
    """Shows a part of the work as a stretch of the whole."""
    return lambda done, total: progress(
        round(FINELY * (first + (last - first) * done / max(total, 1))), FINELY
    )


def _site(
    target: Target, name: str | None, *, writes: bool, language: Language
) -> Iterator[Exported | K8sNotesError]:
    """The settings of a site, beside the folder of notes, where there are none: MkDocs wants them there."""
    here = target.output.absolute()
    path = target.output.with_name(SETTINGS) if target.output.name else here.with_name(SETTINGS)
    if os.path.lexists(path):
        return
    if writes:
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file, speaking(language):
                file.write(settings(here.name, name))
        except OSError as error:
            yield NotWritable(
                "{path}: {why}; check the folder's permissions and space", path=path, why=reason_of(error)
            )
            return
    yield of_page("menu", "", Written(path=path, outcome="written"))


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
