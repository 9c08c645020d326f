"""`k8snotes export`: a Markdown note for each lesson."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from k8snotes.cli.commands import paths_argument, session_command
from k8snotes.cli.session import Session
from k8snotes.errors import K8sNotesError, UsageError
from k8snotes.model.course import WholeLesson
from k8snotes.model.lesson import Lesson
from k8snotes.model.note import Outcome, Written
from k8snotes.model.source import InputFile
from k8snotes.pipeline import export_lessons
from k8snotes.render.document import Record


@session_command("export")
@paths_argument
@click.option("-o", "--output", metavar="DIR", help="Where the notes go.  [the workspace's notes/]")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
def command(session: Session, paths: tuple[str, ...], output: str | None, dry_run: bool) -> int:
    """Writes a note for each lesson: front matter, summary, themes, comments, and 我的笔记 for you.

    What you wrote under 我的笔记 always stays. A note that you changed above it is left as it
    is; newer text then goes beside it, to NAME.new.md, and the exit code is 3.
    """
    target = _output_folder(session, output)
    outcomes: Counter[Outcome] = Counter()
    records: list[object] = []
    results = export_lessons(
        session.each_once(paths) if output else _placed(session, paths),
        session.words,
        target,
        sentences=session.number("sentences"),
        themes=session.number("themes"),
        dry_run=dry_run,
    )
    for lesson, written in results:
        if isinstance(written, K8sNotesError):
            session.fail(written)
            continue
        outcomes[written.outcome] += 1
        if session.as_json:
            records.append(_record(lesson, written))
        elif session.as_jsonl:
            session.json_line(_record(lesson, written))
        elif written.outcome != "unchanged":
            would_be = "would be " if dry_run and written.outcome != "conflict" else ""
            session.line(f"{would_be}{written.outcome}: {written.path}")
        if written.outcome == "conflict":
            session.needs_a_person()
            goes = "would go to" if dry_run else "is in"
            session.warn(f"{written.path}: changed by hand and kept; the new text {goes} {written.beside}")
    if session.as_json:
        session.json_document(notes=records)
    if outcomes["unchanged"]:
        session.hint(f"notes unchanged: {outcomes['unchanged']}")
    return session.finish(found=outcomes.total() > 0)


def _record(lesson: Lesson, written: Written) -> Record:
    record: Record = {"path": lesson.source.path, "note": str(written.path), "outcome": written.outcome}
    return record if written.beside is None else {**record, "beside": str(written.beside)}


def _output_folder(session: Session, output: str | None) -> Path:
    if output == "":
        raise UsageError("-o: the name of the folder is empty; name one")
    if output is None and session.workspace is None:
        raise UsageError("no workspace here for the notes; say where they go with -o DIR")
    folder = _from_here(session.notes) if output is None else Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: a file, and notes need a folder; name another with -o DIR")
    return folder


def _placed(session: Session, paths: tuple[str, ...]) -> Iterator[WholeLesson]:
    """The lessons, each with its folder in `seeds/`, so that its note is the same whatever PATH names it."""

    def placed(file: InputFile) -> InputFile:
        folder = session.required_workspace().folder_of(file.path)
        return file if folder is None else replace(file, folder=folder)

    for whole in session.each_once(paths):
        copies = tuple(replace(copy, file=placed(copy.file)) for copy in whole.copies)
        yield replace(whole, file=placed(whole.file), copies=copies)


def _from_here(folder: Path) -> Path:
    """The folder as seen from the current one, where that is shorter to read."""
    try:
        return folder.relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):
        return folder
