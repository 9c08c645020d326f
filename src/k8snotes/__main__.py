"""The `k8snotes` command, also as `python -m k8snotes`."""

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` takes as long to load as the whole look at 1,000 files, which is begun first
if TYPE_CHECKING:
    from typing import NoReturn

# New objects before Python looks for circles among the dead. It does so after each 700, and looks through all
# modules while they are loaded, a twelfth of a search, and through all notes of an export again and again, a
# fifteenth of it. Of ours hardly any are in circles.
COLLECT_AFTER = (200_000, 30, 30)


def main() -> "NoReturn":
    """Runs the command line and ends the process with its exit code."""
    gc.set_threshold(*COLLECT_AFTER)
    if sys.getfilesystemencoding() == "ascii":
        _begin_anew_in_utf_8()
    try:
        from k8snotes import lookahead

        lookahead.begin(sys.argv[1:])
        from k8snotes.cli.calls import invoke
        from k8snotes.cli.process import run
    except KeyboardInterrupt:  # half of a short run is this import
        sys.exit(130)
    code = run(invoke, sys.argv[1:])
    if "multiprocessing" in sys.modules:  # which has its own to clear away
        sys.exit(code)
    sys.stderr.flush()
    os._exit(code)  # all is said; to take the interpreter apart takes a tenth of a search


def _begin_anew_in_utf_8() -> None:
    """Becomes the same process in Python's UTF-8 mode; returns where that cannot be.

    A system that is told of no encoding holds names and arguments all the same, and they are UTF-8. What
    is printed stays in the encoding asked for.
    """
    if sys.executable and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        os.environ.setdefault("PYTHONIOENCODING", getattr(sys.stdout, "encoding", "ascii"))
        try:
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        except OSError:
            return


if __name__ == "__main__":
    main()
