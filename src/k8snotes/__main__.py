"""The `k8snotes` command, also as `python -m k8snotes`."""

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
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


if __name__ == "__main__":
    main()
