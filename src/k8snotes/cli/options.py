"""What a command takes, as a table: read as it is where a call is plain, made click's otherwise.

To load click takes longer than a search. So the commands that look things up say what they take
without it; what is odd in a call, and all help, is click's to speak of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from k8snotes.speech import LANGUAGES


class Option(NamedTuple):
    """An option; without `metavar` and `choices` it is a flag."""

    flags: tuple[str, ...]
    name: str  # of the parameter that it fills
    help: str
    metavar: str | None = None
    least: int | None = None  # its value is a whole number, from this on
    choices: tuple[str, ...] = ()
    default: Any = None
    shows_default: bool = False

    @property
    def is_flag(self) -> bool:
        return self.metavar is None and not self.choices


class Call(NamedTuple):
    """A command: one word that must be there, any paths, its own options, and what it does."""

    name: str
    word: str  # the name of the parameter
    options: tuple[Option, ...]
    run: Callable[..., int]  # of a session


ANYWHERE = (  # before the command's name as well
    Option(("--lang",), "lang", "Language of messages and notes: Chinese or English.", choices=LANGUAGES),
    Option(("--workspace",), "workspace", "Use this workspace, not the one around here.", metavar="DIR"),
)
SHARED = (
    Option(("--json",), "as_json", "One JSON document."),
    Option(("--jsonl",), "as_jsonl", "One JSON record a line."),
    Option(
        ("--color",),
        "color",
        "Colour and layout for a terminal.",
        choices=("auto", "always", "never"),
        default="auto",
        shows_default=True,
    ),
    Option(("--raw",), "raw", "Pass control characters in the text through."),
    Option(("-q", "--quiet"), "quiet", "No hints and no progress."),
    Option(("--debug",), "debug", "Show where an error came from."),
    *ANYWHERE,
)


def plainly_called(arguments: Sequence[str]) -> tuple[str, dict[str, Any], list[str]] | None:
    """The command that a call names, what stands before and behind its name; None if that is odd."""
    said: dict[str, Any] = {option.name: option.default for option in ANYWHERE}
    by_flag = _by_flag(ANYWHERE)
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            return argument, said, [*rest]
        read = _read(by_flag, argument, rest)
        if read is None:
            return None
        said.update(read)
    return None


def plainly_read(call: Call, arguments: Sequence[str]) -> dict[str, Any] | None:
    """What a plain call says, as click would read it; None if there is anything odd about it."""
    options = (*call.options, *SHARED)
    by_flag = _by_flag(options)
    said: dict[str, Any] = {option.name: False if option.is_flag else option.default for option in options}
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            words.extend(rest)
        elif not argument.startswith("-") or argument == "-":
            words.append(argument)
        else:
            read = _read(by_flag, argument, rest)
            if read is None:
                return None
            said.update(read)
    if not all(words[:1]) or not words:
        return None
    return {**said, call.word: words[0], "paths": tuple(words[1:])}


def with_what_stood_before(said: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a command was given, and where it was given nothing, what stood before its name."""
    return {**said, **{name: value for name, value in before.items() if said[name] is None}}


def _by_flag(options: Sequence[Option]) -> dict[str, Option]:
    return {flag: option for option in options for flag in option.flags}


def _read(by_flag: Mapping[str, Option], argument: str, rest: Iterator[str]) -> dict[str, Any] | None:
    """What an option says, with its value of the rest if it has one there; None if it is odd."""
    if not argument.startswith("--"):
        return _read_letters(by_flag, argument[1:], rest)
    flag, is_joined, joined = argument.partition("=")
    option = by_flag.get(flag)
    if option is None or (is_joined and option.is_flag):
        return None
    value = True if option.is_flag else _value(option, joined if is_joined else next(rest, ""))
    return None if value is None else {option.name: value}


def _read_letters(by_flag: Mapping[str, Option], letters: str, rest: Iterator[str]) -> dict[str, Any] | None:
    """What options of a letter each say that share a dash, as in -cs or -C2; None if that is odd."""
    said: dict[str, Any] = {}
    for at, letter in enumerate(letters, start=1):
        option = by_flag.get(f"-{letter}")
        if option is None:
            return None
        if not option.is_flag:
            value = _value(option, letters[at:] or next(rest, ""))
            return None if value is None else {**said, option.name: value}
        said[option.name] = True
    return said


def _value(option: Option, written: str) -> str | int | None:
    """The value of an option; None if it is odd."""
    if not written or written.startswith("-"):
        return None
    if option.choices:
        return written if written in option.choices else None
    if option.least is None:
        return written
    is_number = written.isascii() and written.isdecimal() and len(written) < 10
    return int(written) if is_number and int(written) >= option.least else None
