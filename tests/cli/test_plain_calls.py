"""Calls that are read without click: as click reads them, or not at all."""

from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.runner import Runner
from cli.test_process import loaded_by
from k8snotes.cli import grep, search
from k8snotes.cli.commands import command_of
from k8snotes.cli.options import SHARED, Call, plainly_read

CALLS = (search.CALL, grep.CALL)
NEVER_FOR_A_LOOK = {"click", "dataclasses", "inspect", "tomllib", "jieba", "rjieba", "rich"}


def read_by_click(call: Call, arguments: list[str]) -> dict[str, Any]:
    command = command_of(call)
    with click.Context(command) as context:
        command.parse_args(context, arguments)
        return context.params


def arguments_of(call: Call) -> st.SearchStrategy[list[str]]:
    """Calls with the command's own flags, sensible values and senseless ones."""
    flags = sorted({flag for option in (*call.options, *SHARED) for flag in option.flags})
    values = [
        "3",
        "0",
        "03",
        "-1",
        "٣",
        "1" * 12,
        "lesson",
        "never",
        "土",
        "",
        "-",
        "--",
        "a=b",
        "-x",
        "--no",
    ]
    joined = st.builds("{}={}".format, st.sampled_from(flags), st.sampled_from(values))
    return st.lists(st.sampled_from(flags) | st.sampled_from(values) | joined, max_size=6)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
@given(chosen=st.data())
def test_what_is_read_without_click_is_what_click_reads(call: Call, chosen: st.DataObject) -> None:
    arguments = chosen.draw(arguments_of(call))
    said = plainly_read(call, arguments)

    assert said is None or said == read_by_click(call, arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        "search 土",
        "search 土 seeds/a.md --json --limit 3",
        "search --by=lesson -q 土",
        "grep 土",
        "grep -c -s 土",
        "grep 土 -C 2",
        "grep -- -x",
    ],
)
def test_a_plain_call_is_read_without_click(arguments: str) -> None:
    name, *rest = arguments.split()
    [call] = [call for call in CALLS if call.name == name]

    assert plainly_read(call, rest) is not None


@pytest.mark.parametrize("command", ["search 土", "grep 土", "grep -c 土"])
def test_a_look_at_an_index_loads_little(k8snotes: Runner, monkeypatch, command: str) -> None:
    k8snotes.write("seeds/a.md", "# 看土浇水\n\n土干了再浇水。\n")
    monkeypatch.setattr("k8snotes.refresh.TICK", 0)  # the text was written just now, and is not in doubt
    k8snotes("index")

    assert loaded_by(k8snotes.folder, *command.split()) & NEVER_FOR_A_LOOK == set()
