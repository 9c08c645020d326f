"""The files below a folder that may be course texts, in what order, and what tells that one changed.

All of it without reading or loading anything: it is asked for on every search.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator

from k8snotes.model.file_state import FileState

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".epub", ".pdf"})
# Directly in a workspace's folder of texts: says what the folder is for.
NOT_LESSONS = frozenset({"README.md"})


def listing(folder: str, *, skip: frozenset[str] = frozenset()) -> Iterator[FileState]:
    """The state of each file that `walk` names, in no order: in a third of its time.

    What `walk` gives an error for is listed without a size: what cannot be looked into, and what
    only has the name of a text.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [("", folder)]
    while waiting:
        below, path = waiting.pop()
        try:
            status = os.stat(path)  # noqa: PTH116 - no Path in the fast path
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                found = list(entries)
        except FileNotFoundError:  # it never was, or has gone meanwhile
            continue
        except OSError:
            yield FileState(below.rstrip("/"), -1, -1, -1)
            continue
        for entry in found:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_dir():
                waiting.append((f"{below}{name}/", entry.path))
            elif ends_like_text(name) and (below or name not in skip):
                yield _state(f"{below}{name}", entry)


def _state(path: str, entry: "os.DirEntry[str]") -> FileState:
    try:
        status = entry.stat()
    except OSError:  # a link that leads nowhere, say
        return FileState(path, -1, -1, -1)
    if not stat.S_ISREG(status.st_mode):  # a pipe, a device
        return FileState(path, -1, -1, -1)
    return FileState(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def digest_of(states: Iterable[FileState]) -> bytes:
    """What two listings share that are the same."""
    from hashlib import blake2b  # here: the process that asks for it most is not the one that waits

    lines = [f"{path}\0{size}\0{modified}\0{changed}" for path, size, modified, changed in states]
    return blake2b("\n".join(lines).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def ends_like_text(name: str) -> bool:
    return name[name.rfind(".") :].lower() in SUFFIXES


def natural_key(name: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """A sort key that takes runs of digits as numbers; no two names share one."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part), name


def reading_key(path: str) -> tuple[tuple[object, ...], ...]:
    """A sort key for paths below one folder, with "/": the order of `walk`, files before folders."""
    *folders, name = path.split("/")
    return (*((1, *natural_key(folder)) for folder in folders), (0, *natural_key(name)))
