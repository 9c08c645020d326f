"""The look at a workspace's files, taken while the program is still being loaded.

Whether a text changed is asked on every search: of 10,000 files that takes as long as all else.
So on systems that can, the process forks before anything is imported; the child looks at the
files and says what it saw through a pipe. It is asked for the folder that a search will want, as
far as that can be told so early, and what it says of another folder is not used. Meanwhile the search goes
on, and what it found is confirmed before anything is said: if a text changed, it is `OutOfDate`.
"""

import os

COMMANDS = frozenset({"search", "grep"})
# Options that may stand before a command, and have a value.
WORKSPACE = "--workspace"
OTHERS = frozenset({"--lang"})
DIGEST_BYTES = 16


class OutOfDate(Exception):
    """The files are no longer what an answer was taken from."""


class Glance:
    """What a child process sees of a folder."""

    def __init__(self, folder: str, pipe: int) -> None:
        self.folder = folder
        self.pipe = pipe
        self.said: bytes | None = None

    def digest(self) -> bytes | None:
        """The digest of the states of the folder's files; None if the child failed."""
        if self.said is None:
            with open(self.pipe, "rb") as pipe:
                self.said = pipe.read()
        return self.said if len(self.said) == DIGEST_BYTES else None


_glance: Glance | None = None


def begin(arguments: list[str]) -> None:
    """Begins to look at the texts of the workspace that the arguments are about, if they will be wanted."""
    global _glance
    if not hasattr(os, "fork") or COMMANDS.isdisjoint(arguments):
        return
    command, workspace = _command_and_workspace(arguments)
    if command not in COMMANDS:
        return
    folder = _seeds_of(workspace)
    if folder is None or not os.path.exists(os.path.join(os.path.dirname(folder), ".k8snotes")):
        return  # no index yet: nothing to compare with
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return
    if child:
        os.close(writing)
        _glance = Glance(folder, reading)
    else:
        os._exit(_look(folder, writing))


def digest_seen(folder: str) -> bytes | None:
    """What was seen of a folder's texts when the process began; None if nobody looked at it."""
    if _glance is None or _glance.folder != os.path.abspath(folder):
        return None
    return _glance.digest()


def _look(folder: str, writing: int) -> int:
    """The child's whole life; its exit code."""
    try:
        import gc

        from k8snotes.read.listing import NOT_LESSONS, digest_of, listing

        gc.disable()  # it ends before there is anything to collect
        os.write(writing, digest_of(listing(folder, skip=NOT_LESSONS)))
    except BaseException:
        return 1  # the parent looks for itself, and says what is wrong
    return 0


def _command_and_workspace(arguments: list[str]) -> tuple[str | None, str | None]:
    """The command and the workspace that arguments name, as far as can be told this early."""
    command = workspace = None
    rest = iter(arguments)
    for argument in rest:
        name, is_joined, joined = argument.partition("=")
        if name == WORKSPACE:
            workspace = joined if is_joined else next(rest, None)
        elif argument == "--":
            break
        elif command is None:
            if argument in OTHERS:
                next(rest, None)
            elif not argument.startswith("-"):
                command = argument
    return command, workspace


def _seeds_of(workspace: str | None) -> str | None:
    """The folder of texts of the workspace named, else of the nearest one."""
    named = os.environ.get("K8SNOTES_WORKSPACE") if workspace is None else workspace
    if named is not None:
        return os.path.abspath(os.path.join(named, "seeds")) if named else None
    try:
        folder = os.getcwd()
    except OSError:
        return None
    while True:
        seeds = os.path.join(folder, "seeds")
        if os.path.isdir(seeds) or os.path.isfile(os.path.join(folder, "k8snotes.toml")):
            return seeds
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
