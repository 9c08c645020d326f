"""The `k8snotes` command, also as `python -m k8snotes`."""

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
    sys.exit(run(invoke, sys.argv[1:]))


if __name__ == "__main__":
    main()
