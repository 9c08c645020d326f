"""Calls that are read without click: as click reads them, or not at all."""

from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.runner import Runner
from cli.test_process import loaded_by
from k8snotes import lookahead
from k8snotes.cli import grep, group, search
from k8snotes.cli.commands import command_of
from k8snotes.cli.options import ANYWHERE, SHARED, Call, plainly_called, plainly_read
from k8snotes.read.listing import digest_of, listing

CALLS = (search.CALL, grep.CALL)
NEVER_FOR_A_LOOK = {
    "click",
    "dataclasses",
    "inspect",
    "pathlib",
    "tomllib",
    "jieba",
    "rjieba",
    "rich",
    "k8snotes.pipeline",
}


def read_by_click(call: Call, arguments: list[str]) -> dict[str, Any]:
    command = command_of(call)
    with click.Context(command) as context:
        command.parse_args(context, arguments)
        return context.params


def arguments_of(call: Call) -> st.SearchStrategy[list[str]]:
    """Calls with the command's own flags, together and apart, sensible values and senseless ones."""
    flags = sorted({flag for option in (*call.options, *SHARED) for flag in option.flags})
    letters = [flag[1] for flag in flags if len(flag) == 2]
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
    together = st.lists(st.sampled_from([*letters, "2", "=", "x"]), min_size=1, max_size=3).map("".join)
    return st.lists(
        st.one_of(st.sampled_from(flags), st.sampled_from(values), joined, together.map("-{}".format)),
        max_size=6,
    )


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
        "grep 土 -csC2",
        "grep -- -x",
        "--workspace w search 土",
        "--lang=zh --workspace=w grep -c 土 --workspace v",
    ],
)
def test_a_plain_call_is_read_without_click(arguments: str) -> None:
    called = plainly_called(arguments.split())

    assert called is not None
    name, _before, behind = called
    [call] = [call for call in CALLS if call.name == name]
    assert plainly_read(call, behind) is not None


before_the_name = st.lists(
    st.sampled_from(["--workspace", "--lang", "--workspace=w", "--lang=en", "--debug", "-h", "zh", "w", ""])
    | st.sampled_from(["--", "-", "-l", "search", "--workspace=", "--lang=fr"]),
    max_size=5,
)


@given(arguments=before_the_name)
def test_what_stands_before_a_command_is_read_as_click_reads_it(arguments: list[str]) -> None:
    called = plainly_called([*arguments, "grep", "-c", "土"])
    if called is None:
        return
    name, before, behind = called

    with group.cli.make_context("k8snotes", [*arguments, "grep", "-c", "土"]) as context:
        assert [name, *behind] == [*context._protected_args, *context.args]
        assert before == context.params


def test_what_looks_ahead_knows_each_option_that_may_stand_before_a_command() -> None:
    assert {flag for option in ANYWHERE for flag in option.flags} == {lookahead.WORKSPACE, *lookahead.OTHERS}
    assert not any(option.is_flag for option in ANYWHERE)


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        ("search 土", "here"),
        ("--workspace there search 土", "there"),
        ("--workspace=there grep 土", "there"),
        ("search 土 --workspace there", "there"),
        ("--workspace . --lang zh grep --workspace there 土", "there"),
        ("grep -- --workspace there", "here"),
        ("--workspace there", None),
        ("--lang search config", None),
        ("theme search", None),
    ],
)
def test_the_files_looked_at_ahead_are_those_of_the_workspace_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, folder: str | None
) -> None:
    for name in ("here", "there"):
        (tmp_path / name / "seeds").mkdir(parents=True)
        (tmp_path / name / "seeds" / "a.md").write_text(name, "utf-8")
        (tmp_path / name / ".k8snotes").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    for name in ("here", "there"):
        seeds = str(tmp_path / name / "seeds")
        lookahead.begin([argument.replace("there", "../there") for argument in arguments.split()])
        assert lookahead.digest_seen(seeds) == (digest_of(listing(seeds)) if name == folder else None)


@pytest.mark.parametrize(
    "command",
    [
        "search 土",
        "grep 土",
        "grep -c 土",
        "--workspace . grep 土",
        "grep 土 seeds",
        "search 土 seeds/a.md",
        "grep --jsonl 土 seeds/b",
        "grep 水土 seeds/a.md",
    ],
)
def test_a_look_at_an_index_loads_little(k8snotes: Runner, monkeypatch, command: str) -> None:
    k8snotes("init")
    k8snotes.write("seeds/a.md", "# 看土浇水\n\n土干了再浇水。\n")
    k8snotes.write("seeds/b/c.md", "# 松土\n\n土松了再浇水。\n")
    monkeypatch.setattr("k8snotes.refresh.TICK", 0)  # the text was written just now, and is not in doubt
    k8snotes("index")

    assert loaded_by(k8snotes.folder, *command.split()) & NEVER_FOR_A_LOOK == set()
