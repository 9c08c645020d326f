"""The files below a folder that may be course texts, and what tells that one changed.

All of it without reading anything, and with little to load: it is asked for on every search.
"""

import os
import stat
from collections.abc import Iterable, Iterator

# What `FileState` names: path below the folder, size, times of its content and of its inode.
State = tuple[str, int, int, int]

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".pdf"})
# Directly in a workspace's folder of texts: says what the folder is for.
NOT_LESSONS = frozenset({"README.md"})


def listing(folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[State]:
    """The state of each file that `walk` names, in no order: in a third of its time.

    What `walk` gives an error for is listed without a size: what cannot be looked into, and what
    only has the name of a text.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [("", folder)]
    while waiting:
        below, path = waiting.pop()
        try:
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                found = list(entries)
        except FileNotFoundError:  # it never was, or has gone meanwhile
            continue
        except OSError:
            yield below.rstrip("/"), -1, -1, -1
            continue
        for entry in found:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_dir():
                waiting.append((f"{below}{name}/", entry.path))
            elif ends_like_text(name) and (below or name not in skip):
                yield _state(f"{below}{name}", entry)


def _state(path: str, entry: "os.DirEntry[str]") -> State:
    try:
        status = entry.stat()
    except OSError:  # a link that leads nowhere, say
        return path, -1, -1, -1
    if not stat.S_ISREG(status.st_mode):  # a pipe, a device
        return path, -1, -1, -1
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def digest_of(states: Iterable[State]) -> bytes:
    """What two listings share that are the same."""
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL beside it, which takes as long as 1,000 files
    except ImportError:
        from hashlib import blake2b
    lines = [f"{path}\0{size}\0{modified}\0{changed}" for path, size, modified, changed in states]
    return blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def ends_like_text(name: str) -> bool:
    return name[name.rfind(".") :].lower() in SUFFIXES
