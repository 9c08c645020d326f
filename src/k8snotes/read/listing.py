"""The files below a folder that may be course texts, and what tells that one changed.

All of it without reading anything, and with little to load: it is asked for on every search.
"""

import os

TYPE_CHECKING = False  # `typing` takes as long to load as the look at 1,500 files
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What `FileState` names: path below the folder, size, times of its content and of its inode, and that.
State = tuple[str, int, int, int, int]
# Where folders can be open, no entry's state need be looked up by its whole path.
HAS_OPEN_FOLDERS = os.scandir in os.supports_fd
SIGNED = 2**63 - 1  # what a database holds of a number
FILE_TYPE, REGULAR_FILE = 0o170000, 0o100000  # of a mode; `stat.S_ISREG` asks the same in twice the time

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".pdf"})
# Directly in a workspace's folder of texts: says what the folder is for.
NOT_LESSONS = frozenset({"README.md"})


def listing(folder: str, *, skip: frozenset[str] = frozenset()) -> list[State]:
    """The state of each file that `walk` names, in no order: in a fraction of its time.

    What `walk` gives an error for is listed without a size: what cannot be looked into, and what
    only has the name of a text.
    """
    try:
        return _listed(folder, skip, natural_key=None)
    except _SeenTwice:
        from k8snotes.read.natural_order import natural_key

        return _listed(folder, skip, natural_key)


class _SeenTwice(Exception):
    """A link leads to a folder that is listed by another path: which path counts, the order decides."""


def _listed(
    folder: str, skip: frozenset[str], natural_key: "Callable[[str], tuple[object, ...]] | None"
) -> list[State]:
    """As `listing`, its folders looked at in the order of the key, in which `walk` does; None: in any.

    Raises:
        _SeenTwice: a folder was met twice, and they are in no order.
    """
    states: list[State] = []
    seen: set[tuple[int, int]] = set()
    waiting = [("", folder)]
    while waiting:
        below, path = waiting.pop()
        opened, folders = -1, []
        try:
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in seen:
                if natural_key is None:
                    raise _SeenTwice
                continue
            seen.add((status.st_dev, status.st_ino))
            if HAS_OPEN_FOLDERS:
                opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            with os.scandir(opened if HAS_OPEN_FOLDERS else path) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir():
                        folders.append(name)
                    elif ends_like_text(name) and (below or name not in skip):
                        states.append(_state(below + name, entry))
        except FileNotFoundError:  # it never was, or has gone meanwhile
            continue
        except OSError:
            states.append((below.rstrip("/"), -1, -1, -1, -1))
        finally:
            if opened >= 0:
                os.close(opened)
        if natural_key is not None:
            folders.sort(key=natural_key, reverse=True)
        waiting += [(f"{below}{name}/", os.path.join(path, name)) for name in folders]
    return states


def _state(path: str, entry: "os.DirEntry[str]") -> State:
    try:
        status = entry.stat()
    except OSError:  # a link that leads nowhere, say
        return path, -1, -1, -1, -1
    if status.st_mode & FILE_TYPE != REGULAR_FILE:  # a pipe, a device
        return path, -1, -1, -1, -1
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino & SIGNED


def digest_of(states: "Iterable[State]") -> bytes:
    """What two listings share that are the same."""
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL beside it, which takes as long as 1,000 files
    except ImportError:
        from hashlib import blake2b
    paths, *numbers = [*zip(*states, strict=True)] or ((),)
    digest = blake2b("\0".join(paths).encode("utf-8", "surrogatepass"), digest_size=16)
    for column in numbers:
        digest.update(repr(column).encode())
    return digest.digest()


def ends_like_text(name: str) -> bool:
    suffix = name[name.rfind(".") :]
    return suffix in SUFFIXES or suffix.lower() in SUFFIXES
