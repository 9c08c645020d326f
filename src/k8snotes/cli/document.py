"""`k8snotes export --format json|anki|html`: a course in one document."""

import sys
from collections.abc import Mapping
from pathlib import Path

from k8snotes.cli.session import Session, outcome_line
from k8snotes.documents import DocumentWish, ExportedDocument, export_document, stream_document
from k8snotes.errors import K8sNotesError, UsageError
from k8snotes.exports import target_of
from k8snotes.model.document import FILE_NAMES, DocumentFormat, DocumentStyle
from k8snotes.render.document import Record
from k8snotes.speech import Message, _

STANDARD_OUTPUT = "-"


def export_course(session: Session, paths: tuple[str, ...], output: Path | None, wish: DocumentWish) -> int:
    """Exports the texts as one document to a file; None: to standard output."""
    if output is None:
        return _streamed(session, paths, wish)
    notes = None if session.workspace is None else session.notes
    target = target_of(output.parent, workspace=session.workspace, notes=notes)
    exported: ExportedDocument | None = None
    for result in export_document(
        session.inputs(paths),
        output,
        wish,
        room=target.room,
        shelf=session.shelf,
        keeper=session.keeper,
        progress=session.progress,
    ):
        if isinstance(result, K8sNotesError):
            session.fail(result)
        else:
            exported = result
    session.progress.hide()
    if session.as_json:
        files = [] if exported is None else [_record(exported, wish)]
        session.json_document(documents=files)
    elif exported is not None and session.as_jsonl:
        session.json_line(_record(exported, wish))
    elif exported is not None and exported.outcome == "unchanged":
        session.hint(_("unchanged: {path}", path=exported.path))
    elif exported is not None and exported.outcome != "foreign":
        session.line(outcome_line(exported.outcome, exported.path, writes=wish.writes))
    if exported is not None:
        session.say_what_is_left_out(exported.copies)
        if exported.outcome == "foreign":
            session.needs_a_person()
            session.warn(
                _(
                    "{path}: not made by this command, so it is left as it is; move it away, or name "
                    "another file with -o",
                    path=exported.path,
                )
            )
    return session.finish(found=exported is not None)


def document_wish(
    session: Session,
    kind: DocumentFormat,
    only_notes: Mapping[str, bool],
    *,
    note_types: str | None,
    with_body: bool,
    hide_names: bool,
) -> DocumentWish:
    """How the document is wanted; `only_notes` are options that say nothing to it.

    Raises:
        UsageError: an option is given that says nothing to this format.
    """
    if names := [name for name, is_given in only_notes.items() if is_given]:
        raise UsageError(
            "{option}: --format {format} has no use for it; leave it out", option=names[0], format=kind
        )
    if note_types is not None and kind != "anki":
        raise UsageError("--note-types names note types of Anki; it goes with --format anki")
    named = [name.strip() for name in (note_types or "Basic,Cloze").split(",")]
    if len(named) != 2 or not all(named):
        raise UsageError("--note-types: two names with a comma between: Basic,Cloze")
    style = DocumentStyle(
        format=kind,
        sentences=session.number("sentences"),
        themes=session.number("themes"),
        with_body=with_body,
        hide_names=hide_names,
        note_types=(named[0], named[1]),
        language="zh" if kind == "json" else session.notes_language,  # JSON is not translated
    )
    return DocumentWish(style=style, own_terms=session.own_terms)


def document_path(session: Session, output: str | None, kind: DocumentFormat) -> Path | None:
    """The file that a document goes to: in the folder that -o names, or that file; None for `-`.

    Raises:
        UsageError: there is no such place.
    """
    name = FILE_NAMES[kind]
    if output == STANDARD_OUTPUT:
        return None
    if output == "":
        raise UsageError("-o: the name of the folder is empty; name one")
    if output is None and session.workspace is None:
        session.required_workspace(or_else=Message("say where the document goes with -o DIR or -o FILE"))
    folder = session.notes if output is None else Path(output)
    is_file = output is not None and folder.suffix == Path(name).suffix and not folder.is_dir()
    if is_file:
        return folder
    if folder.exists() and not folder.is_dir():
        raise UsageError(
            "{folder}: a file that is no {suffix}; name a folder, or FILE{suffix}",
            folder=folder,
            suffix=Path(name).suffix,
        )
    return _from_here(folder / name)


def _streamed(session: Session, paths: tuple[str, ...], wish: DocumentWish) -> int:
    """The document on standard output, in UTF-8 whatever its encoding: it is a file's content."""
    if session.as_json or session.as_jsonl:
        raise UsageError("-o -: the document goes to standard output, and so would --json; give one of them")
    if not wish.writes:
        raise UsageError("-o -: nothing is written, so there is nothing to try; leave --dry-run out")
    found = False
    for result in stream_document(
        session.inputs(paths), wish, shelf=session.shelf, keeper=session.keeper, progress=session.progress
    ):
        match result:
            case str():
                session.progress.hide()
                sys.stdout.flush()
                sys.stdout.buffer.write(result.encode("utf-8", "backslashreplace"))
            case ExportedDocument():
                found = True
                session.say_what_is_left_out(result.copies)
            case _:
                session.fail(result)
    sys.stdout.buffer.flush()
    return session.finish(found=found)


def _record(exported: ExportedDocument, wish: DocumentWish) -> Record:
    record: Record = {
        "path": str(exported.path),
        "format": wish.style.format,
        "outcome": exported.outcome,
        "lessons": exported.lessons,
    }
    return {**record, "cards": exported.cards} if wish.style.format == "anki" else record


def _from_here(path: Path) -> Path:
    """The file as seen from the current folder, where that is shorter to read."""
    try:
        return path.relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):
        return path
