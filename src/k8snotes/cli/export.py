"""`k8snotes export`: a Markdown note for each lesson."""

from collections import Counter
from pathlib import Path

import click

from k8snotes.cli.session import Session, paths_argument, session_command
from k8snotes.errors import K8sNotesError
from k8snotes.model.note import Outcome
from k8snotes.pipeline import export_lessons
from k8snotes.render.records import Record


@session_command("export")
@paths_argument
@click.option("-o", "--output", metavar="DIR", help="Where the notes go.  [the workspace's notes/]")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
def command(session: Session, paths: tuple[str, ...], output: str | None, dry_run: bool) -> int:
    """Writes a note for each lesson: front matter, summary, themes, comments, and 我的笔记 for you.

    What you wrote under 我的笔记 always stays. A note that you changed above it is left as it
    is; newer text then goes beside it, to NAME.new.md, and the exit code is 3.
    """
    outcomes: Counter[Outcome] = Counter()
    records: list[object] = []
    results = export_lessons(
        session.files(paths),
        session.words,
        _output_folder(session, output),
        sentences=session.number("sentences"),
        themes=session.number("themes"),
        dry_run=dry_run,
    )
    for lesson, written in results:
        if isinstance(written, K8sNotesError):
            session.fail(written)
            continue
        outcomes[written.outcome] += 1
        record: Record = {"path": lesson.source.path, "note": str(written.path), "outcome": written.outcome}
        if session.as_json:
            records.append(record)
        elif session.as_jsonl:
            session.json_line(record)
        elif written.outcome != "unchanged":
            session.line(f"{written.outcome}: {written.path}")
        if written.outcome == "conflict":
            session.needs_a_person()
            session.warn(f"{written.path}: changed by hand and kept; the new text is in {written.beside}")
    if session.as_json:
        session.json_document(notes=records)
    if outcomes["unchanged"]:
        session.hint(f"{outcomes['unchanged']} notes unchanged")
    return session.finish(found=outcomes.total() > 0)


def _output_folder(session: Session, output: str | None) -> Path:
    if output is not None:
        return Path(output)
    workspace = session.required_workspace()
    folder = Path(str(session.config["notes"].value)).expanduser()
    return folder if folder.is_absolute() else _from_here(workspace.root / folder)


def _from_here(folder: Path) -> Path:
    """The folder as seen from the current one, where that is shorter to read."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
