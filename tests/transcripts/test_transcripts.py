"""The transcripts beside this file, run in a copy of the workspace: `$ command`, then what it prints.

Lines of standard error are marked `2> `, an exit code other than 0 is `[exit N]`. A command may
be led by variables (`NAME=value`) and end in `< FILE`; `cat FILE` shows a file. What stands
before the first command is for the reader.

RENEW_TRANSCRIPTS=1 python -m pytest tests/transcripts    writes what is printed now
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli.runner import Runner
from k8snotes.cli import COMMANDS

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.txt"))


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_what_the_commands_print(transcript: Path, tmp_path: Path) -> None:
    shutil.copytree(HERE / "workspace", tmp_path, dirs_exist_ok=True)
    expected = transcript.read_text("utf-8")

    printed = play(expected, Runner(tmp_path))

    if os.environ.get("RENEW_TRANSCRIPTS"):
        transcript.write_text(printed, "utf-8", newline="\n")
    else:
        assert printed == expected, "if this is what it should print, run with RENEW_TRANSCRIPTS=1"


def test_every_command_has_a_transcript() -> None:
    assert {path.stem for path in TRANSCRIPTS} >= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_stands_in_its_transcript(name: str, tmp_path: Path) -> None:
    commands = [line for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines() if line[:2] == "$ "]
    used = {word.partition("=")[0] for line in commands for word in line.split()}

    helped = Runner(tmp_path)(name, "--help").lines
    options = [set(re.findall(r"(?<![\w-])--?\w[\w-]*", line[:25])) for line in helped if line[:3] == "  -"]

    assert len(options) > 5
    assert [names for names in options if not names & (used | {"--help"})] == []


def play(transcript: str, k8snotes: Runner) -> str:
    """The transcript as its commands would print it."""
    lines = transcript.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("$ "))
    parts = ["\n".join(lines[:first]).rstrip()] if first else []
    commands = [line for line in lines[first:] if line.startswith("$ ")]
    parts += ["\n".join([line, *printed_by(line[2:], k8snotes)]) for line in commands]
    return "\n\n".join(parts) + "\n"


def printed_by(command: str, k8snotes: Runner) -> list[str]:
    """What a command of a transcript prints, line by line."""
    words = shlex.split(command)
    env: dict[str, str] = {}
    while "=" in words[0]:
        name, _, env[name] = words.pop(0).partition("=")
    if words[0] == "cat":
        return (k8snotes.folder / words[1]).read_text("utf-8").rstrip("\n").split("\n")
    assert words.pop(0) == "k8snotes", command
    stdin = b""
    if "<" in words:
        at = words.index("<")
        stdin = (k8snotes.folder / words[at + 1]).read_bytes()
        del words[at : at + 2]
    result = k8snotes(*words, stdin=stdin, env=env)
    printed = [*result.lines, *(f"2> {line}" for line in result.err.splitlines())]
    while printed and not printed[-1]:
        printed.pop()
    if result.code:
        printed.append(f"[exit {result.code}]")
    return [line.replace(str(k8snotes.folder), "$PWD") for line in printed]
