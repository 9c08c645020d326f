"""`k8snotes export`: a Markdown note for each lesson."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from k8snotes.cli.commands import paths_argument, session_command
from k8snotes.cli.document import document_path, document_wish, export_course
from k8snotes.cli.session import Session
from k8snotes.documents import FILE_NAMES
from k8snotes.errors import K8sNotesError, UsageError
from k8snotes.model.note import Links, NoteStyle, Side
from k8snotes.model.source import InputFile
from k8snotes.notes import Exported, Target, Wish, export_notes, target_of
from k8snotes.render.diffs import diff_lines
from k8snotes.render.document import Record


@session_command("export")
@paths_argument
@click.option("-o", "--output", metavar="DIR", help="Where the notes go.  [the workspace's notes/]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", *FILE_NAMES]),
    default="markdown",
    show_default=True,
    help="Notes, or all in one document: course.json, anki.txt, course.html.",
)
@click.option("--note-types", metavar="A,B", help="What your Anki calls Basic and Cloze.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--ours", is_flag=True, help="In conflicts keep your text, and ask no more about this one.")
@click.option("--theirs", is_flag=True, help="In conflicts take the new text; `undo` brings yours back.")
@click.option("--with-body", is_flag=True, help="Add the lesson's full text.")
@click.option("--hide-names", is_flag=True, help="Show readers as 读者 1, 读者 2, …")
@click.option(
    "--links",
    type=click.Choice(["relative", "wiki"]),
    default="relative",
    show_default=True,
    help="Links as [words](file.md) or as [[file|words]].",
)
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=30,
    show_default=True,
    help="How long to wait for another export.",
)
def command(
    session: Session,
    paths: tuple[str, ...],
    output: str | None,
    form: Literal["markdown", "json", "anki", "html"],
    note_types: str | None,
    dry_run: bool,
    diff: bool,
    ours: bool,
    theirs: bool,
    with_body: bool,
    hide_names: bool,
    links: Links,
    wait: float,
) -> int:
    """Writes a note for each lesson: front matter, summary, themes, comments, and 我的笔记 for you.

    Whatever you write stays, wherever you write it. Where you changed a part of the program's and
    it has something new to say there, yours is kept, the new text goes beside the note, to
    NAME.new.md, and the exit code is 3. `k8snotes undo` takes an export back.

    With another --format all lessons go into one document, in the folder that -o names, to that
    file, or with `-o -` to standard output.
    """
    if form != "markdown":
        only_notes = {"--diff": diff, "--ours": ours, "--theirs": theirs, "--links": links != "relative"}
        wish_ = document_wish(
            session, form, only_notes, note_types=note_types, with_body=with_body, hide_names=hide_names
        )
        return export_course(
            session,
            paths,
            document_path(session, output, form),
            replace(wish_, writes=not dry_run, wait=wait),
        )
    if note_types is not None:
        raise UsageError("--note-types names note types of Anki; it goes with --format anki")
    if ours and theirs:
        raise UsageError("--ours and --theirs are two answers to one question; give one of them")
    side: Side | None = "ours" if ours else "theirs" if theirs else None
    wish = Wish(
        style=NoteStyle(
            sentences=session.number("sentences"),
            themes=session.number("themes"),
            links=links,
            with_body=with_body,
            hide_names=hide_names,
        ),
        own_terms=session.own_terms,
        side=side,
        writes=not (dry_run or diff),
        wait=wait,
    )
    target = output_target(session, output)
    said = _Said(session, wish, shows_diff=diff)
    for result in export_notes(
        _in_their_folders(session, paths, output),
        target,
        wish,
        shelf=session.shelf,
        progress=session.progress,
    ):
        if isinstance(result, K8sNotesError):
            session.fail(result)
        else:
            said.note(result)
    return said.end()


def output_target(session: Session, output: str | None) -> Target:
    """The folder that notes go to, or went to."""
    if output == "":
        raise UsageError("-o: the name of the folder is empty; name one")
    if output is None and session.workspace is None:
        raise UsageError("no workspace here for the notes; say where they go with -o DIR")
    notes = None if session.workspace is None else session.notes
    folder = _from_here(session.notes) if output is None else Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: a file, and notes need a folder; name another with -o DIR")
    return target_of(folder, workspace=session.workspace, notes=notes)


class _Said:
    """What is told of an export, note by note."""

    def __init__(self, session: Session, wish: Wish, *, shows_diff: bool) -> None:
        self.session = session
        self.would = "" if wish.writes else "would be "
        self.shows_diff = shows_diff
        self.goes_to = "is in" if wish.writes else "would go to"
        self.outcomes: Counter[str] = Counter()
        self.records: list[object] = []
        self.copies: list[tuple[str, str]] = []

    def note(self, exported: Exported) -> None:
        session, written = self.session, exported.written
        self.outcomes[written.outcome] += 1
        self.copies += [(copy, exported.path) for copy in exported.copies]
        session.progress.hide()
        if session.as_json:
            self.records.append(self._record(exported))
        elif session.as_jsonl:
            session.json_line(self._record(exported))
        elif self.shows_diff:
            for line in diff_lines(exported.changes):
                session.line(line)
        else:
            self._lines(exported)
        for conflict in written.conflicts:
            session.needs_a_person()
            session.warn(
                f"{written.path}:{conflict.line}: {conflict.part}: {conflict.reason};"
                f" yours is kept, the new text {self.goes_to} {written.beside}"
            )
        for warning in written.warnings:
            session.warn(f"{written.path}: {warning}")

    def end(self) -> int:
        if self.session.as_json:
            self.session.json_document(notes=self.records)
        if self.outcomes["unchanged"]:
            self.session.hint(f"notes unchanged: {self.outcomes['unchanged']}")
        self.session.say_what_is_left_out(self.copies)
        return self.session.finish(found=self.outcomes.total() > 0)

    def _lines(self, exported: Exported) -> None:
        written = exported.written
        if written.outcome == "conflict":
            self.session.line(f"conflict: {written.path}")
        elif written.outcome != "unchanged":
            self.session.line(f"{self.would}{written.outcome}: {written.path}")
        for change in exported.changes:
            if change.after is None:
                self.session.line(
                    f"{self.would}removed: {written.path.with_name(change.path.rpartition('/')[2])}"
                )

    def _record(self, exported: Exported) -> Record:
        written = exported.written
        record: Record = {"path": exported.path, "note": str(written.path), "outcome": written.outcome}
        if written.beside is not None:
            record["beside"] = str(written.beside)
            record["conflicts"] = [
                {"part": conflict.part, "line": conflict.line, "reason": conflict.reason}
                for conflict in written.conflicts
            ]
        if written.warnings:
            record["warnings"] = list(written.warnings)
        if self.shows_diff:
            record["diff"] = "\n".join(diff_lines(exported.changes))
        return record


def _in_their_folders(
    session: Session, paths: tuple[str, ...], output: str | None
) -> Iterator[InputFile | K8sNotesError]:
    """The texts, each with its folder in `seeds/`, so that its note is the same whatever PATH names it."""
    for file in session.inputs(paths):
        if isinstance(file, K8sNotesError) or output is not None:
            yield file
            continue
        folder = session.required_workspace().folder_of(file.path)
        yield file if folder is None else replace(file, folder=folder)


def _from_here(folder: Path) -> Path:
    """The folder as seen from the current one, where that is shorter to read."""
    try:
        return folder.relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):
        return folder
