"""The process around a command: streams that never fail, errors in one line, exit codes."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from k8snotes.errors import K8sNotesError, NotWritable

INTERRUPTED = 130
DID_YOU_MEAN = re.compile(r"\. \(?Did you mean(?: one of:)? (.*)\?\)?$")


def run(cli: click.Command, arguments: Sequence[str]) -> int:
    """The exit code of the command line with these arguments."""
    _make_streams_safe()
    try:
        try:
            code = _invoke(cli, arguments)
        except K8sNotesError as error:
            report(error, debug=_wants_debug(arguments))
            code = error.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except click.ClickException as error:
            say(_usage_line(error))
            code = error.exit_code
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _discard(sys.stdout)
        return 0
    except KeyboardInterrupt:
        _discard(sys.stdout)  # whoever reads may be gone, or have stopped reading
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None:  # no failed write: a bug
            raise
        _discard(sys.stdout)
        say(f"standard output: {error.strerror}; what was printed is not complete")
        return NotWritable.exit_code
    return code


def report(error: K8sNotesError, *, debug: bool = False) -> None:
    """An error as one line on standard error, below where it came from if that is wanted."""
    if debug:
        import traceback

        sys.stdout.flush()
        traceback.print_exception(error)
    say(str(error))


def say(message: str) -> None:
    """One line on standard error, with nothing in it for a terminal to obey."""
    from k8snotes.render.escaping import visible

    sys.stdout.flush()  # so that both come in order where they share a terminal
    print(f"k8snotes: {on_one_line(visible(message))}", file=sys.stderr)


def on_one_line(text: str) -> str:
    r"""The text with its newlines spelled out: a file's name may hold one."""
    return text.replace("\n", r"\n")


def _invoke(cli: click.Command, arguments: Sequence[str]) -> int:
    """What `cli.main` does, but for its way with closed pipes: it ends the process, with 1."""
    try:
        with cli.make_context("k8snotes", list(arguments)) as context:
            code = cli.invoke(context)
    except click.exceptions.Exit as done:  # --help and --version
        return done.exit_code
    return code if isinstance(code, int) else 0


def _usage_line(error: click.ClickException) -> str:
    """What click says in four lines."""
    message = DID_YOU_MEAN.sub(r"; did you mean \1?", error.format_message().rstrip("."))
    message = message[:1].lower() + message[1:]
    context = getattr(error, "ctx", None)
    if context is None:
        return message
    return f"{message}{' See' if message.endswith('?') else '; see'} {context.command_path} --help"


def _wants_debug(arguments: Sequence[str]) -> bool:
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--debug" in options


def _make_streams_safe() -> None:
    """Streams that were closed lead nowhere; a character that an encoding lacks is spelled out."""
    if sys.stdin is None:
        sys.stdin = _nowhere("r")
    if sys.stdout is None:
        sys.stdout = _nowhere("w")
    if sys.stderr is None:
        sys.stderr = _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _nowhere(mode: str) -> TextIO:
    stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115, PTH123 - open until the process ends
    assert isinstance(stream, io.TextIOWrapper)
    return stream


def _discard(stream: TextIO) -> None:
    """Leads what is still in the stream's buffer nowhere, or the interpreter would flush it at its end."""
    with contextlib.suppress(OSError):  # a stream in memory has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
