"""The process around a command: streams that never fail, errors in one line, exit codes."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from k8snotes.errors import K8sNotesError, NotWritable, reason_of
from k8snotes.speech import LANGUAGES, Language, _, ask, spoken

INTERRUPTED = 130
NAME = "k8snotes"


def run(invoke: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> int:
    """The exit code of a call with these arguments."""
    _make_streams_safe()
    ask(lambda: _language_of(arguments))
    try:
        try:
            code = invoke(arguments)
        except K8sNotesError as error:
            report(error, debug=_wants_debug(arguments))
            code = error.exit_code
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _discard(sys.stdout)
        return 0
    except ModuleNotFoundError as error:
        if (error.name or NAME).split(".")[0] == NAME:  # one of ours: a bug
            raise
        say(
            _("{why}; install it again: python -m pip install --force-reinstall {name}", why=error, name=NAME)
        )
        return NotWritable.exit_code
    except KeyboardInterrupt:
        _discard(sys.stdout)  # whoever reads may be gone, or have stopped reading
        return INTERRUPTED
    except OSError as error:
        if error.filename is not None:  # no failed write: a bug
            raise
        _discard(sys.stdout)
        say(_("standard output: {why}; what was printed is not complete", why=reason_of(error)))
        return NotWritable.exit_code
    return code


def report(*errors: K8sNotesError, debug: bool = False) -> None:
    """Errors as a line each on standard error, each below where it came from if that is wanted."""
    if not debug:
        say(*[spoken(error.message) for error in errors])
        return
    import traceback

    for error in errors:
        sys.stdout.flush()
        traceback.print_exception(error)
        say(spoken(error.message))


def say(*messages: str) -> None:
    """A line each on standard error, with nothing in it for a terminal to obey.

    Where nobody can hear it the command goes on: its output and its exit code do not hang on that.
    """
    from k8snotes.render.escaping import visible

    sys.stdout.flush()  # so that both come in order where they share a terminal
    try:
        sys.stderr.write("".join([f"{NAME}: {on_one_line(visible(message))}\n" for message in messages]))
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def on_one_line(text: str) -> str:
    r"""The text with its newlines spelled out: a file's name may hold one."""
    return text.replace("\n", r"\n")


def _wants_debug(arguments: Sequence[str]) -> bool:
    return "--debug" in _options_in(arguments)


def _options_in(arguments: Sequence[str]) -> Sequence[str]:
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _language_of(arguments: Sequence[str]) -> Language:
    """The language that a call asks for, as far as can be told before it is read as one."""
    named = _value_of("--lang", arguments)
    for known in LANGUAGES:
        if known == named:
            return known
    from k8snotes.cli.settings import language_here

    return language_here(_value_of("--workspace", arguments))


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    """What an option is given, the last time."""
    value = None
    options = _options_in(arguments)
    for at, argument in enumerate(options):
        name, is_joined, joined = argument.partition("=")
        if name == option:
            value = joined if is_joined else next(iter(options[at + 1 :]), None)
    return value


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
