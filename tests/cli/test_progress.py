"""The bar on standard error: where a person sees it, and out of the way of what is printed."""

import io
import re

import pytest

from cli.runner import Runner
from k8snotes.cli import progress
from k8snotes.cli.progress import Bar

SHOWN = re.compile(r"\r\[[#.]{24}\] ")


@pytest.fixture
def impatient(k8snotes: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A folder of lessons, and a bar that does not wait until a person wonders."""
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    for number in range(1, 6):
        k8snotes.write(f"焖饭/{number:02}-米.md", f"第{number}锅饭。")
    return k8snotes


@pytest.mark.parametrize("command", ["parse", "summarize", "themes", "export", "comments", "course"])
def test_a_person_sees_how_far_a_command_is(impatient: Runner, command: str) -> None:
    output = ["-o", "notes"] if command == "export" else []

    result = impatient(command, "焖饭", *output, on_terminal=True)

    assert SHOWN.search(result.err)
    assert not SHOWN.search(result.out)
    assert re.search(r"\r *\r[^\r]*\Z", result.err), "the bar is gone in the end"


@pytest.mark.parametrize("command", ["parse", "themes", "course"])
def test_nobody_else_does(impatient: Runner, command: str) -> None:
    assert impatient(command, "焖饭").err == ""
    assert impatient(command, "焖饭", "--quiet", on_terminal=True).err == ""


def test_the_bar_is_gone_before_an_error_is_said(impatient: Runner) -> None:
    impatient.write("焖饭/03-米.md", b"\0")

    lines = impatient("parse", "焖饭", on_terminal=True).err.split("\r")

    assert [line for line in lines if "k8snotes: " in line and "[" in line.partition("k8snotes")[0]] == []


def test_two_passes_are_one_work(impatient: Runner) -> None:
    shares = re.findall(r"\] +(\d+)%", impatient("themes", "焖饭", on_terminal=True).err)

    assert [*map(int, shares)] == sorted(map(int, shares))
    assert len(set(shares)) > 5


def test_how_long_it_takes_is_said_when_there_is_something_to_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    stream = io.StringIO()
    bar = Bar(stream)

    bar(1, 1000)
    assert "left" not in stream.getvalue()
    bar(500, 1000)
    assert "left" in stream.getvalue()


def test_a_narrow_terminal_holds_the_bar_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)
    stream = io.StringIO()

    Bar(stream)(500, 1000)

    assert max(map(len, stream.getvalue().split("\r"))) < 20
