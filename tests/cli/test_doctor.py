"""`doctor`: says what is wrong and what to do, in whatever state things are."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.runner import Result, Runner, clean_environment
from k8snotes import checkup
from k8snotes.checkup import LOOKS

PROGRAM = ("program", "packages", "database", "extras")


def found(result: Result, state: str) -> list[str]:
    """What was found of a state, with what to do."""
    assert result.err == ""
    lines = [line.split("\t") for line in result.lines]
    return ["\t".join(rest) for said, area, *rest in lines if said == state and area not in PROGRAM]


def test_all_is_well_where_nothing_is_wrong(course: Runner) -> None:
    course("index")

    result = course("doctor")

    assert (result.code, found(result, "problem")) == (0, [])
    assert {line.split("\t")[1] for line in result.lines} == set(LOOKS)


def test_json_has_every_finding_with_what_to_do(course: Runner) -> None:
    course.write("seeds/empty.txt", "")

    result = course("doctor", "--json")

    document = result.json
    assert (document["schema"], document["command"], document["well"]) == (1, "doctor", False)
    assert result.code == 3
    assert all(set(finding) == {"area", "state", "text", "advice"} for finding in document["findings"])
    [problem] = [finding for finding in document["findings"] if finding["state"] == "problem"]
    assert problem["text"].startswith("seeds/empty.txt: empty")


def test_whatever_is_not_well_comes_with_advice(course: Runner) -> None:
    course.write("seeds/empty.txt", "")
    course.write("k8snotes.toml", "?")
    course.write(".k8snotes/index.db", "?" * 999)

    findings = course("doctor", "--json").json["findings"]

    chosen = [finding for finding in findings if finding["state"] != "ok"]
    assert len(chosen) > 2
    assert [finding for finding in chosen if not finding["advice"]] == []


# Each state: what makes it, and what must be said, or nothing where it is no problem.
STATES: dict[str, tuple[Callable[[Runner], object], str]] = {
    "a broken configuration": (lambda k: k.write("k8snotes.toml", "?"), "k8snotes.toml: no TOML"),
    "a broken configuration of one's own": (
        lambda k: k.write(".home/.config/k8snotes/config.toml", "sentence = 3"),
        "config.toml: unknown setting sentence",
    ),
    "a broken terms.toml": (lambda k: k.write("terms.toml", "?"), "terms.toml: "),
    "a damaged index": (
        lambda k: k.write(".k8snotes/index.db", "?" * 9999),
        "damaged (file is not a database)",
    ),
    "an index that is a folder": (lambda k: k.write(".k8snotes/index.db/x", ""), "damaged"),
    "an index of no bytes": (lambda k: k.write(".k8snotes/index.db", ""), "damaged"),
    "a cache that is a file": (lambda k: k.write(".k8snotes", ""), "a file where a folder must be"),
    "notes that are a file": (lambda k: k.write("notes", ""), "notes: a file where a folder must be"),
    "a conflict": (lambda k: k.write("notes/a.new.md", ""), "a.new.md: new text that a conflict left"),
    "a second conflict": (
        lambda k: k.write("notes/a.new-2.md", ""),
        "a.new-2.md: new text that a conflict left",
    ),
    "a broken journal": (lambda k: k.write(".k8snotes/journal/1.jsonl", "{"), "1.jsonl: cannot be read"),
    "a text that is none": (lambda k: k.write("seeds/b.txt", b"\0\1" * 99), "seeds/b.txt: "),
    "no index": (lambda _: None, ""),
    "half-made notes": (lambda k: k.write("notes/.k8snotes-x.tmp", ""), ""),
}


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_told_and_brings_nothing_down(k8snotes: Runner, state: str) -> None:
    make, told = STATES[state]
    k8snotes.write("seeds/a.txt", "先看土，再提壶。\n")
    make(k8snotes)

    result = k8snotes("doctor")

    problems = found(result, "problem")
    assert "cannot be looked at" not in result.out
    assert any(told in problem for problem in problems) if told else problems == []
    assert result.code == (3 if told else 0)


def test_of_a_workspace_without_texts_none_can_be_read(k8snotes: Runner) -> None:
    k8snotes.write("k8snotes.toml", "")
    k8snotes("search", "饭")

    assert found(k8snotes("doctor", "texts"), "ok") == []


def test_without_a_workspace_it_says_how_to_make_one(k8snotes: Runner) -> None:
    result = k8snotes("doctor", "workspace")

    assert result.code == 0
    assert result.out.startswith("note\tworkspace\tnone here\tmake one with: k8snotes init DIR")


@pytest.mark.parametrize("env", [{"K8SNOTES_WORKSPACE": "nowhere"}, {}], ids=["variable", "option"])
def test_a_workspace_that_is_not_there_is_a_finding(k8snotes: Runner, env: dict[str, str]) -> None:
    result = k8snotes("doctor", *([] if env else ["--workspace", "nowhere"]), env=env)

    assert result.code == 3
    assert any("nowhere: no such folder" in problem for problem in found(result, "problem"))


def test_an_index_that_lags_behind_is_no_problem(course: Runner) -> None:
    course("index")
    course.write("seeds/new.txt", "新来的一课。\n")

    result = course("doctor", "index")

    assert result.code == 0
    assert "older than the texts" in result.out


def test_an_export_that_was_interrupted_is_told(course: Runner) -> None:
    course("export")
    note = next((course.folder / "notes").rglob("堆肥*.md"))
    note.unlink()  # as it was before

    result = course("doctor", "notes")

    assert result.code == 3
    assert "1 of the" in result.out
    assert "k8snotes undo" in result.out
    course("export")
    assert course("doctor", "notes").code == 0


def test_what_brings_a_look_down_is_a_finding_and_the_next_is_taken(
    course: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(checkup, "LOOKS", {"settings": broken, "texts": LOOKS["texts"]})

    result = course("doctor")

    assert result.code == 3
    assert "problem\tsettings\tcannot be looked at: ZeroDivisionError: oh" in result.out
    assert "can be read" in result.out


def test_an_extra_that_is_missing_or_broken_comes_with_what_installs_it(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        if name == "pypdfium2":
            raise ImportError("libpdfium.so: wrong ELF class")
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(checkup, "EXTRAS", {**checkup.EXTRAS, "sound": ("no-such-package", "no", "hums")})
    monkeypatch.setattr(checkup, "import_module", missing)
    pytest.importorskip("pypdfium2")

    result = k8snotes("doctor", "extras")

    assert "problem\textras\tpdf: pypdfium2 cannot be loaded: ImportError: libpdfium.so" in result.out
    assert (
        "note\textras\tsound: not installed; no-such-package hums\tpython -m pip install 'k8snotes[sound]'"
        in (result.out)
    )


@pytest.mark.parametrize(
    ("encoding", "state"), [("ascii", "problem"), ("cp1252", "problem"), ("gbk", "note"), ("utf-8", "ok")]
)
def test_an_encoding_is_judged_by_what_it_holds(k8snotes: Runner, encoding: str, state: str) -> None:
    lines = k8snotes("doctor", "terminal", encoding=encoding).lines

    assert f"{state}\tterminal\tstandard output: {encoding}" in lines[0]


def test_nothing_is_written(course: Runner) -> None:
    course.write(".k8snotes/index.db", "?" * 999)
    before = {path: path.read_bytes() for path in course.folder.rglob("*") if path.is_file()}

    course("doctor")

    assert {path: path.read_bytes() for path in course.folder.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("how", ["unset HOME", "HOME=/nowhere/at/all", "cd gone; rmdir ../gone", "umask 777"])
def test_in_odd_surroundings_there_is_no_traceback(course: Runner, how: str) -> None:
    (course.folder / "gone").mkdir()
    environment = clean_environment(course.folder)
    environment.pop("XDG_CONFIG_HOME")
    done = subprocess.run(
        ["sh", "-c", f'{how}; exec "{sys.executable}" -m k8snotes doctor'],
        cwd=course.folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode in (0, 3)
    assert done.stderr == b""
    assert b"cannot be looked at" not in done.stdout


def test_a_terminal_is_drawn_on(course: Runner) -> None:
    course.write("seeds/empty.txt", "")

    result = course("doctor", "texts", on_terminal=True, env={"TERM": "xterm", "COLUMNS": "60"})

    assert "!! " in result.out
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in result.lines) <= 60
    assert result.err.endswith("1 to look after\n")


def test_the_folder_of_the_program_is_named(k8snotes: Runner) -> None:
    assert str(Path(checkup.__file__).parent) in k8snotes("doctor", "program").out
