"""The state of an installation and a workspace: what there is to say, and what is to be done about it.

It is asked for when all else fails. So nothing is written, and each look stands alone: what goes wrong
in one of them is said as well, and the next is taken.
"""

import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from k8snotes import __version__
from k8snotes.config import SETTINGS, load_config, user_file
from k8snotes.errors import K8sNotesError, NothingToRead, reason_of
from k8snotes.model.check import Check, State
from k8snotes.speech import Message, _, spoken
from k8snotes.workspace import SEEDS, TERMS_NAME, Workspace

if TYPE_CHECKING:
    from k8snotes.model.lesson import Lesson
    from k8snotes.pipeline import Progress

# extra → the package that it brings, as it is installed and as it is imported, and what for
EXTRAS = {
    "fast": ("rjieba", "rjieba", Message("cuts words in a fraction of the time")),
    "pdf": ("pypdfium2", "pypdfium2", Message("reads PDFs")),
    "pinyin": ("pypinyin", "pypinyin", Message("guesses what was typed by its sound")),
}
CORE = ("click", "jieba", "markdown-it-py", "regex", "rich", "ruamel.yaml")
VARIABLES = (  # that say how a terminal is written to
    "LC_ALL", "LC_CTYPE", "LANG", "TERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS",
    "PYTHONUTF8", "PYTHONIOENCODING",
)  # fmt: skip
LEAST_SPACE = 50_000_000  # bytes: an index of 3,000 lessons
UTF_8 = Message("set LANG to a UTF-8 locale, such as C.UTF-8 or zh_CN.UTF-8, or PYTHONIOENCODING=utf-8")
IN_THE_WAY, MOVE_IT = Message("{path}: a file where a folder must be"), Message("move it away")
PERMISSIONS = Message("check its permissions and space")


class Patient(NamedTuple):
    """What is looked at."""

    find_workspace: Callable[[], Workspace | None]
    environ: Mapping[str, str]
    streams: Mapping[str, TextIO]
    progress: "Progress"


Look = Callable[[Patient], Iterator[Check]]


def check_up(patient: Patient, areas: Collection[str] = ()) -> Iterator[Check]:
    """What there is to say of some areas, or of all, in the order in which one rests on another."""
    for area, look in LOOKS.items():
        if areas and area not in areas:
            continue
        try:
            yield from look(patient)
        except K8sNotesError as error:
            yield _of_error(area, error)
        except Exception as error:  # whatever it is: that is what was asked
            yield Check(
                area, "problem", Message("cannot be looked at: {why}", why=f"{type(error).__name__}: {error}")
            )


def _of_error(area: str, error: K8sNotesError, state: State = "problem") -> Check:
    text, advice = halves(str(error), "; ")
    return Check(area, state, text, advice, error.message)


def said(check: Check) -> tuple[str, str | None]:
    """What was found and what to do, in the language that is spoken."""
    if check.error is not None:
        return halves(spoken(check.error), _("; "))
    return spoken(check.text), None if check.advice is None else spoken(check.advice)


def halves(message: str, between: str) -> tuple[str, str | None]:
    """What an error says, and the advice behind it."""
    text, is_there, advice = message.rpartition(between)
    return (text, advice) if is_there else (advice, None)


# --- what is installed


def _program(_patient: Patient) -> Iterator[Check]:
    yield Check("program", "ok", f"k8snotes {__version__}, {Path(__file__).parent}")
    yield Check("program", "ok", f"Python {platform.python_version()}, {platform.platform()}")


def _packages(_patient: Patient) -> Iterator[Check]:
    found, missing = [], []
    for name in CORE:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        text = Message("not installed: {packages}", packages=", ".join(missing))
        yield Check("packages", "problem", text, "python -m pip install --force-reinstall k8snotes")
    if found:
        yield Check("packages", "ok", ", ".join(found))


def _database(_patient: Patient) -> Iterator[Check]:
    from k8snotes.index.store import database_version, has_full_text

    yield Check("database", "ok", f"SQLite {database_version()}")
    if not has_full_text():
        advice = Message("use a Python whose SQLite has it, such as those of python.org")
        text = Message("no FTS5 in this SQLite: search and theme cannot work")
        yield Check("database", "problem", text, advice)


def _extras(_patient: Patient) -> Iterator[Check]:
    for extra, (package, module, what_for) in EXTRAS.items():
        advice = f"python -m pip install 'k8snotes[{extra}]'"
        try:
            version = metadata.version(package)
            import_module(module)
        except metadata.PackageNotFoundError:
            text = Message(
                "{extra}: not installed; {package} {what_for}",
                extra=extra,
                package=package,
                what_for=what_for,
            )
            yield Check("extras", "note", text, advice)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            text = Message(
                "{extra}: {package} cannot be loaded: {why}", extra=extra, package=package, why=why
            )
            yield Check("extras", "problem", text, f"{advice} --force-reinstall")
        else:
            yield Check("extras", "ok", f"{extra}: {package} {version}")


# --- where it runs


def _terminal(patient: Patient) -> Iterator[Check]:
    for name, stream in patient.streams.items():
        encoding = getattr(stream, "encoding", None) or "ascii"
        where = Message("a terminal") if stream.isatty() else Message("no terminal")
        facts = {"name": name, "encoding": encoding, "where": where}
        if not _holds(encoding, "中"):
            text = Message("{name}: {encoding}, {where}; it has no Chinese, so that is spelled out", **facts)
            yield Check("terminal", "problem", text, UTF_8)
        elif not _holds(encoding, "👍"):
            text = Message("{name}: {encoding}, {where}; what it lacks is spelled out", **facts)
            yield Check("terminal", "note", text, UTF_8)
        else:
            yield Check("terminal", "ok", Message("{name}: {encoding}, {where}", **facts))
    variables = [f"{name}={patient.environ[name]}" for name in VARIABLES if name in patient.environ]
    text = Message(
        "names of files: {encoding}; {locale}",
        encoding=sys.getfilesystemencoding(),
        locale=" ".join(variables) or Message("no locale is set"),
    )
    yield Check("terminal", "ok", text)


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _settings(patient: Patient) -> Iterator[Check]:
    files = [Path(user_file(patient.environ))]
    workspace = _workspace_or_none(patient)
    if workspace is not None:
        files.insert(0, workspace.config_file)
    sources: list[tuple[tuple[Path, ...], Mapping[str, str]]] = [((), patient.environ)]
    sources += [((file,), {}) for file in files]
    usable = True
    for some, environ in sources:
        try:
            load_config(some, environ)
        except K8sNotesError as error:
            usable = False
            yield _of_error("settings", error)
    if usable:
        configured = load_config(tuple(files), patient.environ)
        for setting in SETTINGS:
            value, origin = configured[setting.name]
            if origin != "default":
                text = Message(
                    "{name} = {value}, from {origin}", name=setting.name, value=value, origin=origin
                )
                yield Check("settings", "ok", text)
    there = [str(file) for file in files if file.exists()]
    yield Check("settings", "ok", Message("files: {files}", files=", ".join(there) or Message("none")))
    if workspace is not None and workspace.terms_file.exists():
        from k8snotes.terms import load_terms

        count = len(load_terms(workspace.terms_file))
        text = Message.counted("{file}: {count} term", "{file}: {count} terms", count, file=TERMS_NAME)
        yield Check("settings", "ok", text)


# --- the workspace


def _workspace_or_none(patient: Patient) -> Workspace | None:
    try:
        return patient.find_workspace()
    except (K8sNotesError, OSError):  # said where the workspace is looked at
        return None


def _workspace(patient: Patient) -> Iterator[Check]:
    workspace = patient.find_workspace()
    if workspace is None:
        advice = Message("make one with: k8snotes init DIR; or name texts in each call")
        yield Check("workspace", "note", Message("none here"), advice)
        return
    yield Check("workspace", "ok", f"{workspace.root}")
    if not workspace.seeds.is_dir():
        how = f"k8snotes init {workspace.root}"
        text = Message("{path}: no such folder, for texts to be in", path=workspace.seeds)
        yield Check("workspace", "problem", text, how)
    for folder in (workspace.root, workspace.cache):
        if folder.is_dir() and (error := _no_writing(folder)) is not None:
            text = Message(
                "{path}: cannot be written ({why}); nothing is kept, so each search reads all texts",
                path=folder,
                why=error,
            )
            yield Check("workspace", "problem", text, PERMISSIONS)
        elif folder.exists() and not folder.is_dir():
            yield Check("workspace", "problem", Message(IN_THE_WAY, path=folder), MOVE_IT)
    free = shutil.disk_usage(workspace.root).free
    if free < LEAST_SPACE:
        megabytes = free // 1_000_000
        text = Message("{path}: {megabytes} MB left on the disk", path=workspace.root, megabytes=megabytes)
        yield Check("workspace", "problem", text, Message("make room before you export"))


def _no_writing(folder: Path) -> Message | None:
    """Why nothing can be written into a folder; None if it can. Nothing is left there."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"?")
    except OSError as error:
        return reason_of(error)
    return None


def _texts(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None or not workspace.seeds.is_dir():
        return
    from k8snotes.pipeline import map_files
    from k8snotes.refresh import held_index

    if index := held_index(workspace):
        read, errors = index.store.counts()[0], [error for _path, error in index.failures]
        index.close()
    else:
        read, errors = 0, []
        for _file, results in map_files(workspace.inputs(), _nothing, progress=patient.progress):
            read += 1
            errors += [result for result in results if isinstance(result, K8sNotesError)]
    if not read:
        errors.append(workspace.emptiness())
    for error in errors:
        if isinstance(error, NothingToRead):
            yield _of_error("texts", error, "note")
        else:
            advice = Message(
                "mend it or take it out of {folder}/; the others are read all the same", folder=SEEDS
            )
            yield Check("texts", "problem", error.message, advice)
    if (good := read - len(errors)) > 0:
        yield Check("texts", "ok", Message("{count} can be read", count=good))


def _nothing(_lesson: "Lesson") -> None:
    """What a lesson is worked into where nothing is wanted of it."""


def _index(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None:
        return
    from k8snotes.refresh import condition_of

    condition = condition_of(workspace)
    size = f"{condition.bytes / 1_000_000:.1f} MB"
    again = Message("nothing need be done: the next search makes it anew")
    match condition.state:
        case "missing":
            advice = Message("nothing need be done: the first search makes it")
            yield Check("index", "note", Message("none yet"), advice)
        case "good":
            yield Check("index", "ok", Message("whole and up to date, {size}", size=size))
        case "stale":
            advice = Message("nothing need be done: the next search brings it up to date")
            yield Check("index", "note", Message("whole, older than the texts, {size}", size=size), advice)
        case "another":
            yield Check(
                "index", "note", Message("of another version of the program, {size}", size=size), again
            )
        case "unsealed":
            yield Check("index", "note", Message("another program wrote to it, {size}", size=size), again)
        case "busy":
            text = Message("another run of k8snotes writes to it just now")
            yield Check("index", "note", text, Message("wait for that"))
        case "damaged":
            text = Message("damaged ({why}), {size}", why=condition.reason, size=size)
            advice = Message("k8snotes index --rebuild; look after the disk if it comes again")
            yield Check("index", "problem", text, advice)


def _notes(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None:
        return
    from k8snotes.export.file_names import is_beside
    from k8snotes.export.journal import Journal
    from k8snotes.export.writer import Folder, leftovers

    folder = workspace.root / _notes_folder(workspace, patient.environ)
    if state := Journal(workspace.cache).last_state(Folder(folder)):
        done, due = state
        if due:
            text = Message(
                "{path}: {due} of the {files} files of the last export are as before it",
                path=folder,
                due=due,
                files=done + due,
            )
            advice = Message(
                "if it was interrupted, k8snotes export finishes it and k8snotes undo takes it back"
            )
            yield Check("notes", "problem" if done else "note", text, advice)
    if not folder.exists():
        yield Check("notes", "ok", Message("{path}: not there yet; export makes it", path=folder))
        return
    if not folder.is_dir():
        yield Check("notes", "problem", Message(IN_THE_WAY, path=folder), MOVE_IT)
        return
    if (error := _no_writing(folder)) is not None:
        text = Message("{path}: cannot be written ({why})", path=folder, why=error)
        yield Check("notes", "problem", text, PERMISSIONS)
    if half := [*leftovers(folder), *leftovers(workspace.root, deep=False)]:
        text = Message(
            "{count} half-made files of a run that was killed, such as {path}", count=len(half), path=half[0]
        )
        advice = Message("nothing need be done: the next export removes them")
        yield Check("notes", "note", text, advice)
    files = sorted(folder.rglob("*.md"))
    for beside in (file for file in files if is_beside(file.name)):
        advice = Message(
            "take what you want of it into the note and remove it; or k8snotes export --ours or --theirs"
        )
        text = Message("{path}: new text that a conflict left beside a note", path=beside)
        yield Check("notes", "problem", text, advice)
    text = Message.counted(
        "{path}: {count} Markdown file", "{path}: {count} Markdown files", len(files), path=folder
    )
    yield Check("notes", "ok", text)


def _notes_folder(workspace: Workspace, environ: Mapping[str, str]) -> Path:
    """Where the settings have the notes; the default where they cannot be used, which is said elsewhere."""
    files = (workspace.config_file, Path(user_file(environ)))
    try:
        configured = load_config(files, environ)
    except K8sNotesError:
        configured = load_config((), {})
    return Path(str(configured["notes"].value)).expanduser()


LOOKS: Mapping[str, Look] = {
    "program": _program,
    "packages": _packages,
    "database": _database,
    "extras": _extras,
    "terminal": _terminal,
    "settings": _settings,
    "workspace": _workspace,
    "texts": _texts,
    "index": _index,
    "notes": _notes,
}
