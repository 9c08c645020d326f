"""`k8snotes undo`: the last export taken back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from k8snotes.cli.commands import session_command, wait_option
from k8snotes.cli.export import output_target
from k8snotes.cli.session import NOTHING_FOUND, Session, outcome_line
from k8snotes.render.document import Record
from k8snotes.speech import _

if TYPE_CHECKING:
    from k8snotes.model.note import Undone


@session_command("undo")
@click.option("-o", "--output", metavar="DIR", help="Where the notes went.  [the workspace's notes/]")
@wait_option
def command(session: Session, output: str | None, wait: float) -> int:
    """Takes the last export back: each note, or the document, is again as it was before, to the byte.

    A note that you edited since stays as it is, and the exit code is 3; what it said before the export
    is put where the message says. Once more takes back the export before that, up to twenty.
    """
    from k8snotes.notes import undo_export

    target = output_target(session, output)
    records: list[object] = []
    for undone in undo_export(target, wait=wait):
        path = target.output / undone.path
        record = _record(str(path), undone)
        records.append(record)
        if session.as_jsonl:
            session.json_line(record)
        elif not session.as_json and undone.outcome in ("restored", "removed"):
            session.line(outcome_line(undone.outcome, path, writes=True))
        if undone.outcome == "edited":
            session.needs_a_person()
            session.warn(_told(path, undone.earlier))
    if session.as_json:
        session.json_document(notes=records)
    if not records:
        session.warn(_("{output}: no export to undo", output=target.output))
        return NOTHING_FOUND
    return session.finish(found=True)


def _told(path: Path, earlier: Path | None) -> str:
    """What is said of a note that was edited since the export."""
    if earlier is None:
        return _("{path}: edited since the export, left as it is", path=path)
    return _(
        "{path}: edited since the export, left as it is; its text before the export is in {earlier}",
        path=path,
        earlier=earlier,
    )


def _record(path: str, undone: "Undone") -> Record:
    record: Record = {"note": path, "outcome": undone.outcome}
    return record if undone.earlier is None else {**record, "earlier": str(undone.earlier)}
