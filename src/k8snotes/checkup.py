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
from k8snotes.config import SETTINGS, load_config, user_folder
from k8snotes.errors import K8sNotesError, NothingToRead
from k8snotes.model.check import Check, State
from k8snotes.workspace import SEEDS, TERMS_NAME, Workspace

if TYPE_CHECKING:
    from k8snotes.model.lesson import Lesson
    from k8snotes.pipeline import Progress

# extra → the package that it brings, as it is installed and as it is imported, and what for
EXTRAS = {
    "fast": ("rjieba", "rjieba", "cuts words in a fraction of the time"),
    "pdf": ("pypdfium2", "pypdfium2", "reads PDFs"),
    "pinyin": ("pypinyin", "pypinyin", "guesses what was typed by its sound"),
}
CORE = ("click", "jieba", "markdown-it-py", "regex", "rich", "ruamel.yaml")
VARIABLES = (  # that say how a terminal is written to
    "LC_ALL", "LC_CTYPE", "LANG", "TERM", "NO_COLOR", "FORCE_COLOR", "COLUMNS",
    "PYTHONUTF8", "PYTHONIOENCODING",
)  # fmt: skip
LEAST_SPACE = 50_000_000  # bytes: an index of 3,000 lessons
UTF_8 = "set LANG to a UTF-8 locale, such as C.UTF-8 or zh_CN.UTF-8, or PYTHONIOENCODING=utf-8"


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
            yield Check(area, "problem", f"cannot be looked at: {type(error).__name__}: {error}")


def _of_error(area: str, error: K8sNotesError, state: State = "problem") -> Check:
    said, _, advice = str(error).rpartition("; ")
    return Check(area, state, said or advice, advice if said else None)


# --- what is installed


def _program(_: Patient) -> Iterator[Check]:
    yield Check("program", "ok", f"k8snotes {__version__}, {Path(__file__).parent}")
    yield Check("program", "ok", f"Python {platform.python_version()} on {platform.platform()}")


def _packages(_: Patient) -> Iterator[Check]:
    found, missing = [], []
    for name in CORE:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        text = f"not installed: {', '.join(missing)}"
        yield Check("packages", "problem", text, "python -m pip install --force-reinstall k8snotes")
    if found:
        yield Check("packages", "ok", ", ".join(found))


def _database(_: Patient) -> Iterator[Check]:
    from k8snotes.index.store import database_version, has_full_text

    yield Check("database", "ok", f"SQLite {database_version()}")
    if not has_full_text():
        advice = "use a Python whose SQLite has it, such as those of python.org"
        yield Check("database", "problem", "no FTS5 in this SQLite: search and theme cannot work", advice)


def _extras(_: Patient) -> Iterator[Check]:
    for extra, (package, module, what_for) in EXTRAS.items():
        advice = f"python -m pip install 'k8snotes[{extra}]'"
        try:
            version = metadata.version(package)
            import_module(module)
        except metadata.PackageNotFoundError:
            yield Check("extras", "note", f"{extra}: not installed; {package} {what_for}", advice)
        except Exception as error:
            text = f"{extra}: {package} cannot be loaded: {type(error).__name__}: {error}"
            yield Check("extras", "problem", text, f"{advice} --force-reinstall")
        else:
            yield Check("extras", "ok", f"{extra}: {package} {version}")


# --- where it runs


def _terminal(patient: Patient) -> Iterator[Check]:
    for name, stream in patient.streams.items():
        encoding = getattr(stream, "encoding", None) or "ascii"
        where = "a terminal" if stream.isatty() else "no terminal"
        if not _holds(encoding, "中"):
            text = f"{name}: {encoding}, {where}; it has no Chinese, so that is spelled out (\\u4e2d)"
            yield Check("terminal", "problem", text, UTF_8)
        elif not _holds(encoding, "👍"):
            yield Check(
                "terminal", "note", f"{name}: {encoding}, {where}; what it lacks is spelled out", UTF_8
            )
        else:
            yield Check("terminal", "ok", f"{name}: {encoding}, {where}")
    said = [f"{name}={patient.environ[name]}" for name in VARIABLES if name in patient.environ]
    text = f"names of files: {sys.getfilesystemencoding()}; {' '.join(said) or 'no locale is set'}"
    yield Check("terminal", "ok", text)


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _settings(patient: Patient) -> Iterator[Check]:
    files = [Path(user_folder(patient.environ)) / "config.toml"]
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
                yield Check("settings", "ok", f"{setting.name} = {value}, from {origin}")
    there = [str(file) for file in files if file.exists()]
    yield Check("settings", "ok", f"files: {', '.join(there) or 'none'}")
    if workspace is not None and workspace.terms_file.exists():
        from k8snotes.terms import load_terms

        yield Check("settings", "ok", f"{TERMS_NAME}: {len(load_terms(workspace.terms_file))} terms")


# --- the workspace


def _workspace_or_none(patient: Patient) -> Workspace | None:
    try:
        return patient.find_workspace()
    except (K8sNotesError, OSError):  # said where the workspace is looked at
        return None


def _workspace(patient: Patient) -> Iterator[Check]:
    workspace = patient.find_workspace()
    if workspace is None:
        advice = "make one with: k8snotes init DIR; or name texts in each call"
        yield Check("workspace", "note", "none here", advice)
        return
    yield Check("workspace", "ok", f"{workspace.root}")
    if not workspace.seeds.is_dir():
        advice = f"k8snotes init {workspace.root}"
        yield Check("workspace", "problem", f"{workspace.seeds}: no such folder, for texts to be in", advice)
    for folder in (workspace.root, workspace.cache):
        if folder.is_dir() and (error := _no_writing(folder)) is not None:
            text = f"{folder}: cannot be written ({error}); nothing is kept, so each search reads all texts"
            yield Check("workspace", "problem", text, "check its permissions and space")
        elif folder.exists() and not folder.is_dir():
            yield Check("workspace", "problem", f"{folder}: a file where a folder must be", "move it away")
    free = shutil.disk_usage(workspace.root).free
    if free < LEAST_SPACE:
        text = f"{workspace.root}: {free // 1_000_000} MB left on the disk"
        yield Check("workspace", "problem", text, "make room before you export")


def _no_writing(folder: Path) -> str | None:
    """Why nothing can be written into a folder; None if it can. Nothing is left there."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"?")
    except OSError as error:
        return error.strerror or str(error)
    return None


def _texts(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None or not workspace.seeds.is_dir():
        return
    from k8snotes.pipeline import map_files
    from k8snotes.refresh import held_index

    if index := held_index(workspace):
        read, errors = index.store.counts()[0], [error for _, error in index.failures]
        index.close()
    else:
        read, errors = 0, []
        for _, results in map_files(workspace.inputs(), _nothing, progress=patient.progress):
            read += 1
            errors += [result for result in results if isinstance(result, K8sNotesError)]
    if not read:
        errors.append(workspace.emptiness())
    for error in errors:
        if isinstance(error, NothingToRead):
            yield _of_error("texts", error, "note")
        else:
            advice = f"mend it or take it out of {SEEDS}/; the others are read all the same"
            yield Check("texts", "problem", str(error), advice)
    if good := read - len(errors):
        yield Check("texts", "ok", f"{good} can be read")


def _nothing(_: "Lesson") -> None:
    """What a lesson is worked into where nothing is wanted of it."""


def _index(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None:
        return
    from k8snotes.refresh import condition_of

    condition = condition_of(workspace)
    size = f"{condition.bytes / 1_000_000:.1f} MB"
    again = "nothing need be done: the next search makes it anew"
    match condition.state:
        case "missing":
            yield Check("index", "note", "none yet", "nothing need be done: the first search makes it")
        case "good":
            yield Check("index", "ok", f"whole and up to date, {size}")
        case "stale":
            advice = "nothing need be done: the next search brings it up to date"
            yield Check("index", "note", f"whole, older than the texts, {size}", advice)
        case "another":
            yield Check("index", "note", f"of another version of the program, {size}", again)
        case "unsealed":
            yield Check("index", "note", f"another program wrote to it, {size}", again)
        case "busy":
            yield Check("index", "note", "another run of k8snotes writes to it just now", "wait for that")
        case "damaged":
            text = f"damaged ({condition.reason}), {size}"
            yield Check(
                "index", "problem", text, "k8snotes index --rebuild; look after the disk if it comes again"
            )


def _notes(patient: Patient) -> Iterator[Check]:
    workspace = _workspace_or_none(patient)
    if workspace is None:
        return
    from k8snotes.export.journal import Journal
    from k8snotes.export.writer import Folder, leftovers

    folder = workspace.root / _notes_folder(workspace, patient.environ)
    if state := Journal(workspace.cache).last_state(Folder(folder)):
        done, due = state
        if due:
            text = f"{folder}: {due} of the {done + due} files of the last export are as before it"
            advice = "if it was interrupted, k8snotes export finishes it and k8snotes undo takes it back"
            yield Check("notes", "problem" if done else "note", text, advice)
    if not folder.exists():
        yield Check("notes", "ok", f"{folder}: not there yet; export makes it")
        return
    if not folder.is_dir():
        yield Check("notes", "problem", f"{folder}: a file where a folder must be", "move it away")
        return
    if (error := _no_writing(folder)) is not None:
        advice = "check its permissions and space"
        yield Check("notes", "problem", f"{folder}: cannot be written ({error})", advice)
    if half := list(leftovers(folder)):
        text = f"{len(half)} half-made files of a run that was killed, such as {half[0]}"
        yield Check("notes", "note", text, "nothing need be done: the next export removes them")
    for beside in sorted(folder.rglob("*.new.md")):
        advice = "take what you want of it into the note and remove it; or k8snotes export --ours or --theirs"
        yield Check("notes", "problem", f"{beside}: new text that a conflict left beside a note", advice)
    notes = sum(1 for _ in folder.rglob("*.md"))
    yield Check("notes", "ok", f"{folder}: {notes} Markdown files")


def _notes_folder(workspace: Workspace, environ: Mapping[str, str]) -> Path:
    """Where the settings have the notes; the default where they cannot be used, which is said elsewhere."""
    files = (workspace.config_file, Path(user_folder(environ)) / "config.toml")
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
