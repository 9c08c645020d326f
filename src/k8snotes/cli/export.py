"""`k8snotes export`: a Markdown note for each lesson."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

import click

from k8snotes.cli.commands import paths_argument, session_command, wait_option
from k8snotes.cli.session import Session, outcome_line
from k8snotes.errors import K8sNotesError, UsageError
from k8snotes.model.document import FILE_NAMES
from k8snotes.model.note import Conflict, FlavorName, Links, NoteStyle, Side, Written
from k8snotes.model.source import InputFile
from k8snotes.render.document import Record
from k8snotes.speech import Message, _, spoken

if TYPE_CHECKING:
    from k8snotes.exports import Choice, Exported, Target, Wish

STYLE = ("pages", "flavor", "links", "with_body", "hide_names")


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
@click.option(
    "--flavor",
    type=click.Choice(get_args(FlavorName)),
    help="The program that notes are for.  [markdown: all but Logseq]",
)
@click.option(
    "--links", type=click.Choice(get_args(Links)), help="Links as [words](file.md) or as [[file|words]]."
)
@click.option("--with-body/--without-body", default=None, help="Add the lesson's full text.")
@click.option("--hide-names/--show-names", default=None, help="Numbers in place of readers' names.")
@click.option("--pages/--no-pages", default=None, help="An index, questions and answers, a page a theme.")
@wait_option
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
    wait: float,
    **style: str | bool | None,
) -> int:
    """Writes a note for each lesson: front matter, summary, themes, comments, and a section for your own
    notes.

    Whatever you write stays, wherever you write it. Where you changed a part of the program's and
    it has something new to say there, yours is kept, the new text goes beside the note, to
    NAME.new.md, and the exit code is 3. `k8snotes undo` takes an export back.

    With another --format all lessons go into one document, in the folder that -o names, to that
    file, or with `-o -` to standard output.
    """
    if form != "markdown":
        from k8snotes.cli.document import document_path, document_wish, export_course

        only_notes = {"--diff": diff, "--ours": ours, "--theirs": theirs}
        only_notes |= {f"--{name}": style[name] is not None for name in ("links", "flavor", "pages")}
        only_notes["--with-body"] = bool(style["with_body"]) and form != "html"  # as a setting it may stand
        wish_ = document_wish(
            session,
            form,
            only_notes,
            note_types=note_types,
            with_body=_is_wanted(session, style, "with_body"),
            hide_names=_is_wanted(session, style, "hide_names"),
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
    from k8snotes.exports import Wish
    from k8snotes.notes import export_notes

    side: Side | None = "ours" if ours else "theirs" if theirs else None
    target = output_target(session, output)
    chosen = _Chosen(session, target, {name: value for name, value in style.items() if value is not None})
    inputs = list(_in_their_folders(session, paths, output, target.output))
    has_pages = bool(chosen["pages"]) and _are_whole_courses(session, inputs, paths, output)
    wish = Wish(
        style=NoteStyle(
            sentences=session.number("sentences"),
            themes=session.number("themes"),
            links=cast(Links, chosen["links"]),
            with_body=bool(chosen["with_body"]),
            hide_names=bool(chosen["hide_names"]),
            flavor=cast(FlavorName, chosen["flavor"]),
            language=session.notes_language,
        ),
        own_terms=session.own_terms,
        side=side,
        writes=not (dry_run or diff),
        wait=wait,
        library_of=session.library_of_files if has_pages else None,
        keeper=session.keeper,
        index_along=session.index_along if has_pages and not paths else None,
    )
    said = _Said(session, wish, shows_diff=diff)
    for result in export_notes(
        inputs,
        target,
        wish,
        shelf=session.shelf,
        progress=session.progress,
    ):
        if isinstance(result, K8sNotesError):
            session.fail(result)
        else:
            said.note(result)
    if wish.writes:
        chosen.remember()
    return said.end()


def _is_wanted(session: Session, style: Mapping[str, str | bool | None], name: str) -> bool:
    """What the flag says, else the setting."""
    flag = style[name]
    return bool(session.config[name].value if flag is None else flag)


def output_target(session: Session, output: str | None) -> "Target":
    """The folder that notes go to, or went to."""
    from k8snotes.exports import target_of

    if output == "":
        raise UsageError("-o: the name of the folder is empty; name one")
    if output is None and session.workspace is None:
        session.required_workspace(or_else=Message("say where the notes go with -o DIR"))
    notes = None if session.workspace is None else session.notes
    folder = _from_here(session.notes) if output is None else Path(output)
    if folder.exists() and not folder.is_dir():
        raise UsageError("{folder}: a file, and notes need a folder; name another with -o DIR", folder=folder)
    return target_of(folder, workspace=session.workspace, notes=notes)


class _Chosen:
    """The style of notes: by flag, else as an earlier call chose for the folder, else as configured."""

    def __init__(self, session: Session, target: "Target", flags: Mapping[str, str | bool]) -> None:
        from k8snotes.exports import Choice, choices_for

        self.target = target
        self.configured = {name: session.config[name].value for name in STYLE}
        kept = {
            name: choice for name, choice in choices_for(target).items() if self._still_holds(name, choice)
        }
        now = {name: Choice(value=value, over=self.configured[name]) for name, value in flags.items()}
        self.choices = {**kept, **now}
        if earlier := [f"{name} = {kept[name].value}" for name in STYLE if name in kept.keys() - now.keys()]:
            chosen = ", ".join(earlier)
            session.hint(_("as before in {output}: {choices}", output=target.output, choices=chosen))

    def __getitem__(self, name: str) -> object:
        return self.choices[name].value if name in self.choices else self.configured[name]

    def remember(self) -> None:
        from k8snotes.exports import remember_choices

        remember_choices(self.target, self.choices)

    def _still_holds(self, name: str, choice: "Choice") -> bool:
        """Whether the setting is as it was when the choice was made against it; a newer one wins."""
        return choice.over == self.configured.get(name) and type(choice.value) is type(choice.over)


class _Said:
    """What is told of an export, note by note."""

    def __init__(self, session: Session, wish: "Wish", *, shows_diff: bool) -> None:
        self.session = session
        self.writes = wish.writes
        self.shows_diff = shows_diff
        self.outcomes: Counter[str] = Counter()
        self.records: list[object] = []
        self.pages: list[object] = []
        self.copies: list[tuple[str, str]] = []

    def note(self, exported: "Exported") -> None:
        from k8snotes.render.diffs import diff_lines

        session, written = self.session, exported.written
        self.outcomes[written.outcome] += 1
        self.copies += [(copy, exported.path) for copy in exported.copies]
        session.progress.hide()
        if session.as_json:
            (self.pages if exported.page else self.records).append(self._record(exported))
        elif session.as_jsonl:
            if not exported.page:
                session.json_line(self._record(exported))
        elif self.shows_diff:
            for line in diff_lines(exported.changes):
                session.line(line)
        else:
            self._lines(exported)
        for conflict in written.conflicts:
            session.needs_a_person()
            session.warn(self._told(written, conflict))
        for warning in written.warnings:
            session.warn(f"{written.path}: {spoken(warning)}")

    def end(self) -> int:
        if self.session.as_json:
            self.session.json_document(notes=self.records, pages=self.pages)
        if self.outcomes["unchanged"]:
            self.session.hint(_("notes unchanged: {count}", count=self.outcomes["unchanged"]))
        self.session.say_what_is_left_out(self.copies)
        return self.session.finish(found=self.outcomes.total() > 0)

    def _lines(self, exported: "Exported") -> None:
        written = exported.written
        if written.outcome == "conflict":
            self.session.line(_("conflict: {path}", path=written.path))
        elif written.outcome not in ("unchanged", "removed"):
            self.session.line(outcome_line(written.outcome, written.path, writes=self.writes))
        for change in exported.changes:
            if change.after is None:
                path = written.path.with_name(change.path.rpartition("/")[2])
                self.session.line(outcome_line("removed", path, writes=self.writes))

    def _told(self, written: Written, conflict: Conflict) -> str:
        told = {
            "path": written.path,
            "line": conflict.line,
            "part": conflict.part,
            "reason": conflict.reason,
            "beside": written.beside,
        }
        if self.writes:
            return _("{path}:{line}: {part}: {reason}; yours is kept, the new text is in {beside}", **told)
        return _("{path}:{line}: {part}: {reason}; yours is kept, the new text would go to {beside}", **told)

    def _record(self, exported: "Exported") -> Record:
        from k8snotes.render.diffs import diff_lines

        written = exported.written
        about = {"path": exported.path} if exported.page is None else {"page": exported.page}
        record: Record = {**about, "note": str(written.path), "outcome": written.outcome}
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
    session: Session, paths: tuple[str, ...], output: str | None, notes: Path
) -> Iterator[InputFile | K8sNotesError]:
    """The texts, each with its folder in `seeds/`, so that its note is the same whatever PATH names it."""
    for file in _outside_of(notes, session, paths):
        if isinstance(file, K8sNotesError) or output is not None:
            yield file
            continue
        folder = session.required_workspace().folder_of(file.path)
        yield file if folder is None else replace(file, folder=folder)


def _outside_of(notes: Path, session: Session, paths: tuple[str, ...]) -> Iterator[InputFile | K8sNotesError]:
    """The texts, but for those found in the folder of notes below a folder that was asked for."""
    home = notes.resolve()
    asked = [Path(_plain_part(path)) for path in paths] or [session.required_workspace().seeds]
    folders = [path.resolve() for path in asked]
    is_asked_for = any(folder.is_relative_to(home) for folder in folders)
    may_be_found = any(map(home.is_relative_to, folders)) and not is_asked_for
    found = session.inputs(paths)
    return (file for file in found if not _is_found_in(home, file)) if may_be_found else found


def _is_found_in(folder: Path, file: InputFile | K8sNotesError) -> bool:
    if isinstance(file, K8sNotesError) or file.is_named:
        return False
    return file.path.resolve().is_relative_to(folder)


def _plain_part(path: str) -> str:
    """The folder that a pattern looks in; a path without a pattern as it is."""
    sign = re.search(r"[*?[]", path)
    return path if sign is None or os.path.lexists(path) else path[: sign.start()].rpartition("/")[0]


def _are_whole_courses(
    session: Session, inputs: Sequence[InputFile | K8sNotesError], paths: tuple[str, ...], output: str | None
) -> bool:
    """Whether pages are to be made: of all texts of the workspace, or of folders that go elsewhere.

    A page over some lessons of a course would leave out what the others say.
    """
    files = [file for file in inputs if isinstance(file, InputFile)]
    if not paths:
        return True
    if any(file.is_named for file in files):
        return False
    if output is not None:
        return True
    here = {file.path.resolve() for file in files}
    everything = (file.path.resolve() for file in session.inputs(()) if isinstance(file, InputFile))
    return here.issuperset(everything)


def _from_here(folder: Path) -> Path:
    """The folder as seen from the current one, where that is shorter to read."""
    try:
        return folder.relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):
        return folder
