"""What tells without reading it that a file changed."""

from typing import NamedTuple


class FileState(NamedTuple):
    path: str  # below the folder looked at, with "/"
    size: int  # bytes; -1: it cannot be looked at
    modified: int  # nanoseconds
    changed: int  # nanoseconds; of the inode, where the system has such
