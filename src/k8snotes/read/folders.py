"""Which files are course texts: paths, folders and patterns to inputs."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from k8snotes.errors import K8sNotesError, NothingToRead, UnreadableInput, reason_of
from k8snotes.model.source import STANDARD_INPUT, InputFile
from k8snotes.read.listing import NOT_LESSONS, ends_like_text
from k8snotes.read.natural_order import natural_key
from k8snotes.speech import Message

HERE = os.path.join(os.curdir, "")  # noqa: PTH118 - a prefix, no path
NO_FILES = (
    (stat.S_ISFIFO, Message("a named pipe")),
    (stat.S_ISSOCK, Message("a socket")),
    (stat.S_ISCHR, Message("a device")),
    (stat.S_ISBLK, Message("a device")),
)


def find_inputs(arguments: Iterable[str], *, shelf: str | None = None) -> Iterator[InputFile | K8sNotesError]:
    """The texts that the arguments name, folders in reading order; each file once.

    What cannot be found comes in its place as an error, so that the others go on. Of `shelf`, a workspace's
    folder of texts, what says what it is for is no text, unless it is named itself.
    """
    given = tuple(arguments)
    named = {os.path.normpath(argument) for argument in given}
    seen: set[str] = set()
    for argument in given:
        for found in _expand(argument, shelf and os.path.abspath(shelf)):  # noqa: PTH100
            if isinstance(found, K8sNotesError):
                yield found
            elif (path := os.path.normpath(found.shown)) not in seen:
                seen.add(path)
                yield replace(found, is_named=True) if path in named else found


def walk(
    folder: Path, *, skip: frozenset[str] = frozenset()
) -> Iterator[Path | UnreadableInput | NothingToRead]:
    """The text files below `folder` in natural order (2 before 10), hidden ones left out.

    Linked folders are followed, each real folder once. `skip` names files directly in
    `folder` that are not course texts. What cannot be looked into, and what only has the name of
    a text and may never end, comes as an error in its place.
    """
    for root, files in _folders(str(folder)):
        if isinstance(files, FileNotFoundError):  # it never was, or has gone meanwhile
            continue
        if isinstance(files, OSError):
            yield UnreadableInput("{path}: {why}; check its permissions", path=root, why=reason_of(files))
            continue
        at_top = root == str(folder)
        for name in sorted(files, key=natural_key):
            if name.startswith(".") or (at_top and name in skip):
                continue
            if ends_like_text(name):
                path = os.path.join(root, name)  # noqa: PTH118
                what = _no_file(path)
                yield Path(path) if what is None else _not_to_read(path, what)


def _folders(top: str) -> Iterator[tuple[str, list[str] | OSError]]:
    """The folders from `top` down, each real one once, with its files or why they cannot be listed."""
    seen: set[tuple[int, int]] = set()
    failed: list[OSError] = []
    for root, folders, files in os.walk(top, followlinks=True, onerror=failed.append):
        yield from _failures(failed)
        try:
            status = os.stat(root)  # noqa: PTH116
        except OSError as error:  # it has gone meanwhile
            folders.clear()
            failed.append(error)
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=natural_key)
        yield root, files
    yield from _failures(failed)


def _failures(failed: list[OSError]) -> Iterator[tuple[str, OSError]]:
    yield from ((str(error.filename), error) for error in failed)
    failed.clear()


def _not_to_read(path: str, what: Message) -> NothingToRead:
    return NothingToRead(
        "{path}: {what}, not a file, and passed over; move it out of the folder", path=path, what=what
    )


def _no_file(path: str) -> Message | None:
    """What a path leads to that is no file and may never end: a pipe, a device; None for the others."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except OSError:  # reading it says why
        return None
    return next((what for is_kind, what in NO_FILES if is_kind(mode)), None)


def folder_below(root: Path, file: Path) -> str:
    """The folders between `root` and `file`, with "/"; "" for none."""
    below = file.parent.relative_to(root).as_posix()
    return "" if below == "." else below


def _expand(argument: str, shelf: str | None) -> Iterator[InputFile | K8sNotesError]:
    path = Path(argument)
    if argument == STANDARD_INPUT:
        yield InputFile(path=path, shown=STANDARD_INPUT, folder="")
    elif os.path.isdir(argument):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        found = False
        for file in walk(path):
            if isinstance(file, K8sNotesError):
                found = True
                yield file
                continue
            if _tells_of(shelf, file):
                continue
            found = True
            shown = os.path.join(argument, file.relative_to(path))  # noqa: PTH118 - keeps "./" as given
            yield InputFile(path=file, shown=shown, folder=folder_below(path, file))
        if not found:
            yield NothingToRead(
                "{path}: no course texts in this folder; put texts there: .txt, .md, .html, .epub or .pdf",
                path=argument,
            )
    elif os.path.lexists(argument):
        yield InputFile(path=path, shown=argument, folder="")
    elif matches := set(_matches(argument)):
        for match in sorted(matches, key=natural_key):
            if _tells_of(shelf, Path(match)):
                continue
            what = _no_file(match)
            yield from _expand(match, shelf) if what is None else [_not_to_read(match, what)]
    else:
        yield UnreadableInput("{path}: no such file or folder; check the path", path=argument)


def _tells_of(shelf: str | None, file: Path) -> bool:
    """Whether a file says what a folder of texts is for."""
    return file.name in NOT_LESSONS and os.path.abspath(file.parent) == shelf  # noqa: PTH100


def _matches(pattern: str) -> Iterator[str]:
    """What a pattern stands for; `**` for each real folder below once, whatever circles links lead in."""
    above, anywhere, below = f"/{pattern}/".partition("/**/")
    if not anywhere:
        yield from glob.glob(pattern)  # noqa: PTH207 - a pattern may be absolute
        return
    for top in glob.glob(above[1:] or os.sep) if above else [os.curdir]:  # noqa: PTH207
        if not below:
            yield top
            continue
        for folder, _ in _folders(top):
            here = "" if folder == os.curdir else glob.escape(folder.removeprefix(HERE))
            yield from _matches(os.path.join(here, below[:-1]))  # noqa: PTH118
