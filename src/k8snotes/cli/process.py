"""The process around a command: streams that never fail, errors in one line, exit codes."""

import io
import os
import sys
import traceback

import click

from k8snotes.errors import K8sNotesError

INTERRUPTED = 130


def run(cli: click.Command, arguments: list[str]) -> int:
    """The exit code of the command line with these arguments."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a character that the encoding lacks is spelled out
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(arguments, prog_name="k8snotes", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough; keep the interpreter from flushing once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except K8sNotesError as error:
        if "--debug" in arguments:
            traceback.print_exc()
        report(error)
        return error.exit_code
    return code if isinstance(code, int) else 0


def report(error: K8sNotesError) -> None:
    """One line on standard error, with nothing in it for a terminal to obey."""
    from k8snotes.render.escaping import one_line, visible

    sys.stdout.flush()
    print(f"k8snotes: {visible(one_line(str(error)))}", file=sys.stderr)
