"""Files of the output folder: read whole, written whole or not at all, never outside of it."""

import contextlib
import errno
import filecmp
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from k8snotes.errors import NotWritable, reason_of

PREFIX, SUFFIX = ".k8snotes-", ".tmp"
POLL_SECONDS = 0.05
NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)  # some network folders know none


class Folder:
    """The folder that notes go to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = Path(os.path.realpath(path))
        self._written: set[Path] = set()  # folders with new entries

    def read(self, path: Path) -> bytes | None:
        """What a file holds; None where there is none.

        Raises:
            NotWritable: it cannot be read, or lies outside of the folder.
        """
        place = self._place(path)
        try:
            return place.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotWritable(
                "{path}: cannot be read ({why}); move it away and export again",
                path=path,
                why=reason_of(error),
            ) from error

    def replace(self, path: Path, content: bytes | None, *, before: bytes | None) -> bool:
        """Puts the content in place in one step: the file is old or new, never half. None: it goes.

        False where the file is not as it was `before`, and is left so; that is looked at last, when all
        is ready. A link stays a link, and the file that it leads to is renewed.

        Raises:
            NotWritable: the system does not let us.
        """
        place = self._place(path)
        try:
            if content is None:
                if self.read(path) != before:
                    return False
                place.unlink(missing_ok=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                with _building(place) as (_, file, settle):
                    file.write(content)
                    if not settle(lambda: self.read(path) == before):
                        return False
        except OSError as error:
            raise NotWritable(
                "{path}: {why}; check the folder's permissions and space", path=path, why=reason_of(error)
            ) from error
        self._written.add(place.parent)
        return True

    def replace_by(self, path: Path, pieces: Iterable[bytes], *, noting: Callable[[Path], None]) -> bool:
        """As `replace`, piece by piece; False where the file held just that and is left as it is.

        `noting` is given the new file before it is put in place. Whatever it or the pieces raise comes out,
        and the file is as it was.

        Raises:
            NotWritable: the system does not let us.
        """
        place = self._place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with _building(place) as (temporary, file, settle):
                for piece in pieces:
                    file.write(piece)
                file.flush()
                if place.is_file() and filecmp.cmp(temporary, place, shallow=False):
                    return False
                noting(temporary)
                settle(lambda: True)
        except OSError as error:
            raise NotWritable(
                "{path}: {why}; check the folder's permissions and space", path=path, why=reason_of(error)
            ) from error
        self._written.add(place.parent)
        return True

    def holds(self, path: Path, pieces: Iterable[bytes]) -> bool:
        """Whether a file holds just what the pieces are together; nothing is written."""
        is_same = True
        try:
            file: BinaryIO = self._place(path).open("rb")
        except OSError:
            file, is_same = BytesIO(), False
        with file:
            for piece in pieces:  # all of them: what comes of them besides counts too
                is_same = is_same and file.read(len(piece)) == piece
            return is_same and not file.read(1)

    def settle(self) -> None:
        """Makes the system keep the names of what was written, so that they outlast a loss of power."""
        for folder in sorted(self._written):
            _sync(folder)
        self._written.clear()

    def sweep(self, *, deep: bool = True) -> None:
        """Removes what writers left that were killed; to be called under the lock."""
        for half_made in leftovers(self.root, deep=deep):
            with contextlib.suppress(OSError):
                half_made.unlink()

    def _place(self, path: Path) -> Path:
        """Where a file really lies.

        Raises:
            NotWritable: that is outside of the folder.
        """
        try:
            os.fsencode(path)
        except UnicodeEncodeError as error:
            raise NotWritable(
                "{path}: names of files are {encoding} here, which has not this one; set PYTHONUTF8=1",
                path=path,
                encoding=sys.getfilesystemencoding(),
            ) from error
        place = Path(os.path.realpath(path))
        if not place.is_relative_to(self.root) or place == self.root:
            raise NotWritable(
                "{path}: a link leads out of {folder}; nothing is written there", path=path, folder=self.path
            )
        return place


def leftovers(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    """What writers of files in a folder, or `deep` below it, left that were killed, or are at work."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if deep and not name.startswith(".")]
        for name in files:
            if name.startswith(PREFIX) and name.endswith(SUFFIX):
                yield Path(root, name)


@contextlib.contextmanager
def _building(place: Path) -> Iterator[tuple[Path, BinaryIO, Callable[[Callable[[], bool]], bool]]]:
    """A file beside its place, and what puts it there if that may still be; it goes if nothing did."""
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=PREFIX, suffix=SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:

            def settle(may_be: Callable[[], bool]) -> bool:
                file.flush()
                os.fsync(file.fileno())
                file.close()
                if not may_be():
                    return False
                temporary.chmod(place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~_umask())
                temporary.replace(place)
                return True

            yield temporary, file, settle
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _sync(folder: Path) -> None:
    if os.name == "nt":  # there folders cannot be opened
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    """The process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def locked(folder: Folder, seconds: float) -> Iterator[None]:
    """Holds the folder against other processes of ours; the lock ends with the process.

    Raises:
        NotWritable: another process has held it for so long, or there can be no such folder.
    """
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        handle = _open_lock(folder.root)
    except OSError as error:
        raise NotWritable(
            "{path}: {why}; check the folder's permissions and space", path=folder.path, why=reason_of(error)
        ) from error
    try:
        deadline = time.monotonic() + seconds
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise NotWritable(
                    "{path}: another export writes there; wait for it, longer with --wait SECONDS",
                    path=folder.path,
                )
            time.sleep(POLL_SECONDS)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import hashlib
    import msvcrt

    def _open_lock(folder: Path) -> int:
        name = hashlib.sha256(str(folder).casefold().encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return os.open(Path(tempfile.gettempdir(), f"k8snotes-{name}.lock"), os.O_RDWR | os.O_CREAT)

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _open_lock(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)  # the folder itself: no file is left behind

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno in NO_LOCKS
        return True
