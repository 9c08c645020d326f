"""The index of a workspace, true to its files: looked at, brought up to date, or made anew.

What is looked at on an unchanged workspace is one digest: of the states of all files. It may be asked
for ahead of that look, which another process takes meanwhile, and confirmed before anything is said. Where it
differs the files are compared one by one, by state first, by content where states leave a doubt.
An index that is not as it was written, by whatever cause, is made anew beside the old one and
moved into its place. One process at a time writes; others wait for it and use what it made.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from k8snotes import errors, lookahead
from k8snotes.errors import K8sNotesError
from k8snotes.index import store as stores
from k8snotes.index.store import LAYOUT, BrokenIndex, Store, StoredFile
from k8snotes.model.file_state import TICK, FileState
from k8snotes.read.listing import NOT_LESSONS, digest_of, listing
from k8snotes.speech import Message
from k8snotes.workspace import CACHE, SEEDS, Workspace, made_by

if TYPE_CHECKING:
    from pathlib import Path

    from k8snotes.index.entries import Entry
    from k8snotes.keeping import Along
    from k8snotes.model.source import InputFile
    from k8snotes.pipeline import Progress

INDEX, BUILDING, LOCK = "index.db", "index.building", "lock"
LONGEST_BUILD = 3600  # seconds that a process waits for another's
PATIENCE = 2  # seconds that an update waits for who still reads; what is made anew need not
MOST_WASTE = 0.3  # of the index, for lessons that are gone; then it is made anew
MOST_CHANGED = 0.5  # of the files, for an update in place


class Index:
    """The index of texts, open and true to their files.

    One that was asked for ahead of the look at the files is true to them once it is confirmed.
    """

    def __init__(
        self,
        store: Store,
        failures: Iterable[tuple[str, K8sNotesError]],
        is_true: Callable[[], bool] | None = None,
    ) -> None:
        self.store = store
        self.has_files = store.has_files()
        self._failures = failures
        self._is_true = is_true
        self._once_true: list[Callable[[], None]] = []

    @cached_property
    def failures(self) -> tuple[tuple[str, K8sNotesError], ...]:
        """The paths of what could not be read, and why."""
        return tuple(self._failures)

    def confirm(self) -> None:
        """Compares it with the files, if that is still to be done.

        Raises:
            lookahead.OutOfDate: it is not true to them.
        """
        is_true, self._is_true = self._is_true, None
        if is_true is not None and not is_true():
            raise lookahead.OutOfDate
        due, self._once_true = self._once_true, []
        for follow in due:
            follow()

    def once_true(self, follow: Callable[[], None]) -> None:
        """Has something done once it is confirmed: at once, if nothing is to be confirmed."""
        if self._is_true is None:
            follow()
        else:
            self._once_true.append(follow)

    def close(self) -> None:
        self.store.close()

    def size(self) -> int:
        """Bytes."""
        [(pages,)] = self.store.rows("PRAGMA page_count")
        [(page_size,)] = self.store.rows("PRAGMA page_size")
        size: int = pages * page_size
        return size


def fresh_index(
    workspace: Workspace,
    *,
    rebuild: bool = False,
    ahead: bool = False,
    along: "Along[Any, Any] | None" = None,
    progress: "Progress",
) -> Index:
    """The index of a workspace's texts; `ahead`: it may still have to be confirmed.

    Where nothing can be written beside the texts it is made in memory, for this once. `along` is what else
    the texts that must be read are worked into.
    """
    shelf = _Shelf(workspace, progress, along)
    seen = shelf.identity()
    if not rebuild and (found := shelf.found(ahead=ahead)):
        shelf.sweep()
        return found
    try:
        workspace.make_cache()
        with stores.lock(shelf.lock, LONGEST_BUILD):
            # Another process may have done the work while this one waited.
            by_another = not rebuild and shelf.identity() != seen and shelf.found()
            return by_another or shelf.renewed(rebuild=rebuild)
    except (OSError, BrokenIndex):
        return shelf.in_memory()


def held_index(workspace: Workspace, *, ahead: bool = False) -> Index | None:
    """The index of a workspace if it is there and up to date; `ahead`: so far as is known."""
    return _Shelf(workspace, None).found(ahead=ahead)


def discard_index(workspace: Workspace) -> None:
    """Throws the index away, as far as that can be done: it holds what cannot be read."""
    for path in (workspace.cache / INDEX, workspace.cache / f"{INDEX}-journal"):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


class Condition(NamedTuple):
    """How an index lies there."""

    state: Literal["missing", "another", "busy", "damaged", "unsealed", "stale", "good"]
    bytes: int = 0
    reason: str = ""  # of damage


def condition_of(workspace: Workspace) -> Condition:
    """How the index of a workspace is; nothing is changed, and nobody waited for."""
    shelf = _Shelf(workspace, None)
    try:
        size = os.stat(shelf.path).st_size
    except OSError:
        return Condition("missing")
    if shelf.is_held_by_another():
        return Condition("busy", size)
    try:
        store = stores.open_any(shelf.path, shelf.fingerprint, busy_seconds=0)
    except BrokenIndex as error:
        return Condition("damaged" if str(error) else "another", size, str(error))
    with contextlib.closing(store):
        try:
            if reason := store.damage():
                return Condition("damaged", size, reason)
            if store.fact("sealed") != os.stat(shelf.path).st_mtime_ns:
                return Condition("unsealed", size)
            is_fresh = store.fact("listing") == digest_of(shelf.states())
        except BrokenIndex as error:
            return Condition("damaged", size, str(error))
    return Condition("good" if is_fresh else "stale", size)


def store_at_hand(workspace: Workspace) -> Store | None:
    """The index of a workspace as it lies there, whatever became of the texts; nothing is waited for."""
    try:
        return stores.open_whole(workspace.below(CACHE, INDEX), made_by(LAYOUT), busy_seconds=0)
    except (OSError, BrokenIndex):
        return None


def index_of(
    inputs: "Iterable[InputFile | K8sNotesError]", progress: "Progress | None", *, below: str = ""
) -> Index:
    """An index in memory of texts that stand anywhere; its paths are those `below` a folder, as shown."""
    store = stores.create(None)
    failures: list[tuple[str, K8sNotesError]] = []
    for file, entries, error in _read(inputs, progress):
        if entries:
            assert not isinstance(file, K8sNotesError)
            state = FileState(file.shown.removeprefix(below), 0, 0, 0, 0)
            store.add(state, entries, digest=None, error=None)
        if error is not None:
            shown = "" if isinstance(file, K8sNotesError) else file.shown
            failures.append((shown.removeprefix(below), error))
    from k8snotes.read.natural_order import reading_key

    store.finish(fingerprint="", listing=None, doubt=None, sealed=0, reading_key=reading_key)
    return Index(store, failures)


def faults_of(workspace: Workspace, index: Index, progress: "Progress") -> Iterator[Message]:
    """What an index holds that the texts do not say, or the other way round: all is read again."""
    states = states_in(workspace)
    with contextlib.closing(index_of(_inputs(workspace, states), progress)) as again:
        held, wanted = index.store.contents(), again.store.contents()
        for path in sorted(held.keys() | {path.removeprefix(f"{SEEDS}/") for path in wanted}):
            if held.get(path, ()) != wanted.get(f"{SEEDS}/{path}", ()):
                shown = f"{SEEDS}/{path}"
                yield Message("{path}: not in the index as it is; run: k8snotes index --rebuild", path=shown)
        if index.store.terms() != again.store.terms():
            yield Message("the index holds other words than the texts; run: k8snotes index --rebuild")


def states_in(workspace: Workspace) -> list[FileState]:
    """The states of a workspace's texts."""
    return list(starmap(FileState, listing(workspace.below(SEEDS), skip=NOT_LESSONS)))


class _Shelf:
    """The place of a workspace's index, and what is done there."""

    def __init__(
        self, workspace: Workspace, progress: "Progress | None", along: "Along[Any, Any] | None" = None
    ) -> None:
        self.workspace = workspace
        self.progress = progress
        self.along = along
        self.path = workspace.below(CACHE, INDEX)
        self.building = workspace.below(CACHE, BUILDING)
        self.lock = workspace.below(CACHE, LOCK)
        self.fingerprint = made_by(LAYOUT)

    def states(self) -> list[FileState]:
        return states_in(self.workspace)

    def identity(self) -> tuple[int, ...] | None:
        """What tells that another index, or more of one, lies there; None for nothing."""
        try:
            status = os.stat(self.path)
        except OSError:
            return None
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns

    def found(self, *, ahead: bool = False) -> Index | None:
        """The index as it lies there, if it is whole and nothing changed; `ahead`: so far as is known."""
        try:
            store = stores.open_whole(self.path, self.fingerprint)
        except (OSError, BrokenIndex):
            return None
        try:
            listed = None if store.fact("doubt") is not None else store.fact("listing")
            if listed is not None and (ahead or listed == self._digest_now()):
                return _index(store, (lambda: listed == self._digest_now()) if ahead else None)
        except BrokenIndex:
            pass
        store.close()
        return None

    def _digest_now(self) -> bytes:
        return lookahead.digest_seen(self.workspace.below(SEEDS)) or digest_of(self.states())

    def is_held_by_another(self) -> bool:
        """Whether another process writes here just now."""
        if not (os.path.isfile(self.lock) and os.access(self.lock, os.W_OK)):
            return False
        try:
            with stores.lock(self.lock, 0):
                return False
        except TimeoutError:
            return True
        except OSError:
            return False

    def sweep(self) -> None:
        """Removes what a killed build left behind, unless another is under way."""
        if os.path.exists(self.building):
            with contextlib.suppress(OSError), stores.lock(self.lock, 0):
                os.unlink(self.building)

    def renewed(self, *, rebuild: bool) -> Index:
        """The index brought up to date, or made anew; to be called under the lock."""
        _remove(self.building)  # of a build that was killed
        try:
            if rebuild or not self._updated():
                self._made_anew()
        finally:
            _remove(self.building)  # where there was no room for it
        return _index(stores.open_whole(self.path, self.fingerprint))

    def in_memory(self) -> Index:
        return index_of(self.workspace.inputs(), self.progress, below=f"{SEEDS}/")

    def _updated(self) -> bool:
        """Brings the index that is there up to date; False if it is better made anew."""
        try:
            store = self._old()
        except (OSError, BrokenIndex):
            return False
        try:
            began, states = time.time_ns(), self.states()
            changes = _compared(store, states, self.workspace.seeds)
            if store.waste() > MOST_WASTE or changes.files > MOST_CHANGED * len(states):
                return False
            store.begin()
            self._apply(store, changes, states, began, self.path)
        except BrokenIndex:
            return False
        finally:
            store.close()
        return True

    def _made_anew(self) -> None:
        began, states = time.time_ns(), self.states()
        store = stores.create(self.building)
        try:
            self._apply(store, _compared(store, states, self.workspace.seeds), states, began, self.building)
        except KeyboardInterrupt:  # what is done need not be done again
            self._put_in_place(store)
            raise
        except BaseException:
            store.close()
            raise
        self._put_in_place(store)

    def _put_in_place(self, store: Store) -> None:
        store.close()
        _remove(f"{self.path}-journal")  # it belongs to what is replaced
        if os.path.isdir(self.path):  # whatever it is, it stands in our place
            import shutil

            shutil.rmtree(self.path)
        os.replace(self.building, self.path)

    def _old(self) -> Store:
        """The index that is there, if it can be trusted.

        Raises:
            OSError, BrokenIndex: there is none, or it is not as it was written.
        """
        if not os.path.exists(f"{self.path}-journal"):
            return stores.open_whole(self.path, self.fingerprint, busy_seconds=PATIENCE)
        # A process died in an update, which SQLite takes back now.
        return stores.open_any(self.path, self.fingerprint, busy_seconds=PATIENCE)

    def _apply(
        self, store: Store, changes: "_Changes", states: list[FileState], began: int, path: str
    ) -> None:
        """Writes the changes; of an interrupted run as many as were made, and that it is not all."""
        from k8snotes.pipeline import shipped_rings
        from k8snotes.read.natural_order import reading_key

        listed: bytes | None = None
        try:
            store.note("listing", None)
            for file in changes.gone:
                store.remove(file)
            for file, state in changes.same:
                store.renew(file, state)
            due = list(_inputs(self.workspace, [state for state, _ in changes.due]))
            read = _read(due, self.progress, self.along)
            for (state, digest), (_, entries, error) in zip(changes.due, read, strict=True):
                store.add(state, entries, digest=digest, error=error)
            listed = digest_of(states)
        finally:
            sealed = time.time_ns()
            is_settled = all(state.changed < began - TICK for state in states)
            store.finish(
                fingerprint=self.fingerprint,
                listing=listed,
                doubt=None if is_settled else began - TICK,
                sealed=sealed,
                reading_key=reading_key,
                rings=shipped_rings(),
            )
            stores.seal(path, sealed)


def _remove(path: str) -> None:
    """Removes a file that may be there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


class _Changes(NamedTuple):
    gone: list[StoredFile]
    same: list[tuple[StoredFile, FileState]]  # only the state changed
    due: list[tuple[FileState, bytes]]  # to be read, with the digests of what is there now

    @property
    def files(self) -> int:
        return len(self.gone) + len(self.due)


def _compared(store: Store, states: list[FileState], seeds: "Path") -> _Changes:
    """What is to be done to an index for these states."""
    noted = store.fact("doubt")
    doubt = noted if isinstance(noted, int) else None
    held = {file.state.path: file for file in store.files()}
    changes = _Changes([], [], [])
    for state in states:
        file = held.pop(state.path, None)
        if file is not None and file.state == state and (doubt is None or state.changed < doubt):
            continue
        digest = b"" if state.size < 0 else _digest(seeds / state.path)
        if file is not None and file.digest == digest:
            changes.same.append((file, state))
            continue
        if file is not None:
            changes.gone.append(file)
        changes.due.append((state, digest))
    changes.gone.extend(held.values())
    return changes


def _digest(path: "Path") -> bytes:
    """What stands for a file's content; b"" if it cannot be read."""
    import hashlib

    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=16)).digest()
    except OSError:
        return b""


def _inputs(workspace: Workspace, states: list[FileState]) -> "Iterator[InputFile | K8sNotesError]":
    """What is to be read for each state; for what is no file the error that says so."""
    from k8snotes.model.source import InputFile

    no_files: list[K8sNotesError] = []
    if any(state.size < 0 for state in states):
        no_files = [file for file in workspace.inputs() if isinstance(file, K8sNotesError)]
    for state in states:
        path, shown = workspace.seeds / state.path, f"{SEEDS}/{state.path}".rstrip("/")
        error = next((error for error in no_files if str(error).startswith(f"{shown}: ")), None)
        if state.size < 0 and error is not None:
            yield error
        else:
            yield InputFile(path=path, shown=shown, folder=state.path.rpartition("/")[0])


def _read(
    inputs: "Iterable[InputFile | K8sNotesError]",
    progress: "Progress | None",
    along: "Along[Any, Any] | None" = None,
) -> "Iterator[tuple[InputFile | K8sNotesError, list[Entry], K8sNotesError | None]]":
    """The entries of each input, and why it, or the rest of it, could not be read."""
    from k8snotes.pipeline import entry_of_lesson, map_files, no_progress

    mapped = map_files if along is None else along.map_files
    for file, results in mapped(inputs, entry_of_lesson, progress=progress or no_progress):
        entries = [result for result in results if not isinstance(result, K8sNotesError)]
        errors = [result for result in results if isinstance(result, K8sNotesError)]
        yield file, entries, errors[0] if errors else None


def _index(store: Store, is_true: Callable[[], bool] | None = None) -> Index:
    failures = ((file.state.path, _error(file)) for file in store.files(in_error=True))
    return Index(store, failures, is_true)


def _error(file: StoredFile) -> K8sNotesError:
    kind = getattr(errors, file.error_kind or "", errors.UnreadableInput)
    error: K8sNotesError = kind(Message.unpacked(file.error or ""))
    return error
