"""The reader's folder: where it is found, what is read in it, how it is made."""

from pathlib import Path

import pytest

from cli.runner import Runner
from k8snotes.config import SETTINGS
from k8snotes.errors import NothingToRead, UsageError
from k8snotes.model.source import InputFile
from k8snotes.workspace import Workspace, find_workspace


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.mark.parametrize("sign", ["seeds/", "k8snotes.toml"])
def test_the_nearest_folder_upwards_with_a_sign_is_the_workspace(tmp_path: Path, sign: str) -> None:
    inner = tmp_path / "outer" / "inner"
    (inner / "a" / "b").mkdir(parents=True)
    for root in (tmp_path / "outer", inner):
        (root / sign).mkdir() if sign.endswith("/") else (root / sign).write_text("")

    assert find_workspace(inner / "a" / "b", environ={}) == Workspace(str(inner))
    assert find_workspace(tmp_path / "outer", environ={}) == Workspace(str(tmp_path / "outer"))


def test_a_file_named_seeds_and_a_folder_named_like_the_configuration_are_no_signs(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("")
    (tmp_path / "k8snotes.toml").mkdir()

    found = find_workspace(tmp_path, environ={})

    assert found is None or found.root != tmp_path


def test_flag_outweighs_variable_outweighs_place(tmp_path: Path) -> None:
    for name in ("here", "named", "flagged"):
        (tmp_path / name / "seeds").mkdir(parents=True)
    here, named, flagged = (tmp_path / name for name in ("here", "named", "flagged"))
    environ = {"K8SNOTES_WORKSPACE": str(named)}

    assert find_workspace(here, environ={"K8SNOTES_WORKSPACE": ""}) == Workspace(str(here))
    assert find_workspace(here, environ=environ) == Workspace(str(named))
    assert find_workspace(here, override=str(flagged), environ=environ) == Workspace(str(flagged))


def test_a_named_workspace_that_is_missing_says_who_named_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^--workspace nowhere"):
        find_workspace(tmp_path, override="nowhere", environ={})
    with pytest.raises(UsageError, match=r"^K8SNOTES_WORKSPACE nowhere"):
        find_workspace(tmp_path, environ={"K8SNOTES_WORKSPACE": "nowhere"})


def test_the_flag_may_stand_before_and_after_the_command_and_the_later_wins(k8snotes: Runner) -> None:
    k8snotes.write("one/seeds/a.txt", "一号土壤")
    k8snotes.write("two/seeds/a.txt", "二号土壤")

    assert k8snotes("--workspace", "one", "grep", "土").out == "seeds/a.txt:1:一号土壤\n"
    assert k8snotes("grep", "土", "--workspace", "two").out == "seeds/a.txt:1:二号土壤\n"
    assert k8snotes("--workspace", "one", "grep", "--workspace", "two", "土").out.endswith("二号土壤\n")
    assert k8snotes("grep", "土", env={"K8SNOTES_WORKSPACE": "one"}).out.endswith("一号土壤\n")


def test_seeds_are_read_below_without_the_readme_at_the_top(k8snotes: Runner) -> None:
    for name in ("README.md", "a.txt", "b/README.md", "b/c.md", ".git/x.md", "d.png"):
        k8snotes.write(f"seeds/{name}", "土")

    found = [file for file in Workspace(str(k8snotes.folder)).inputs() if isinstance(file, InputFile)]

    assert [(file.shown, file.folder) for file in found] == [
        ("seeds/a.txt", ""),
        ("seeds/b/c.md", "b"),
        ("seeds/b/README.md", "b"),
    ]


def test_a_workspace_without_texts_says_where_to_put_them(tmp_path: Path) -> None:
    [error] = Workspace(str(tmp_path)).inputs()

    assert isinstance(error, NothingToRead)
    assert str(tmp_path / "seeds") in str(error)


def test_the_folder_of_a_text_is_told_for_seeds_only(k8snotes: Runner) -> None:
    workspace = Workspace(str(k8snotes.folder))
    inside = k8snotes.write("seeds/a/b/c.txt", "土")

    assert workspace.folder_of(inside) == "a/b"
    assert workspace.folder_of(k8snotes.folder / "seeds" / "c.txt") == ""
    assert workspace.folder_of(k8snotes.folder / "c.txt") is None


def test_init_makes_a_workspace_that_works_at_once(k8snotes: Runner) -> None:
    assert k8snotes("init", "study").lines == [
        "made: study/seeds/README.md",
        "made: study/notes/README.md",
        "made: study/k8snotes.toml",
    ]

    study = Runner(k8snotes.folder / "study")
    assert study("config").code == 0
    assert study("summarize").code == 1
    study.write("seeds/a.txt", "先看土，再提壶。")
    assert study("summarize").code == 0


def test_every_setting_in_the_new_configuration_file_is_its_default(k8snotes: Runner) -> None:
    k8snotes("init")
    file = k8snotes.folder / "k8snotes.toml"
    before = k8snotes("config").out

    lines = file.read_text("utf-8").replace("# ", "", 1).splitlines()
    file.write_text("\n".join(line.removeprefix("# ") for line in lines[1:]), "utf-8")

    assert k8snotes("config").out == before
    assert k8snotes("config", "--show-origin").out.count("k8snotes.toml") == len(SETTINGS)


def test_init_never_overwrites(k8snotes: Runner) -> None:
    for name in ("seeds/README.md", "notes/README.md", "k8snotes.toml"):
        k8snotes.write(name, "# mine")

    assert k8snotes("init").out == ""
    assert {file.read_text() for file in k8snotes.folder.rglob("*.*") if file.is_file()} == {"# mine"}


def test_init_takes_the_workspace_flag_as_its_folder(k8snotes: Runner) -> None:
    k8snotes("--workspace", "a", "init")
    k8snotes("init", "--workspace", "b")

    assert sorted(folder.parent.name for folder in k8snotes.folder.rglob("seeds")) == ["a", "b"]
