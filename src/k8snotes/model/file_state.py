"""What tells without reading it that a file changed."""

from typing import NamedTuple

# A file written to within this time before it was looked at may have been written to after, unseen:
# the clocks of some file systems tick so slowly.
TICK = 2_000_000_000  # nanoseconds


class FileState(NamedTuple):
    path: str  # below the folder looked at, with "/"
    size: int  # bytes; -1: it cannot be looked at
    modified: int  # nanoseconds
    changed: int  # nanoseconds; of the inode, where the system has such
    inode: int  # a folder that takes another's place brings other files, of whatever time
