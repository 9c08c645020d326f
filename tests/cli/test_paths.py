"""What a PATH may be: a file, a folder, a pattern, `-`; with any name that a system allows."""

import json
import os
import sys

import pytest

from cli.runner import Runner

GOOD = "好好学习，先看土，再提壶。\n"


def paths_printed(k8snotes: Runner, *paths: str, stdin: bytes = b"") -> list[str]:
    return [record["path"] for record in k8snotes("grep", "--jsonl", "土", *paths, stdin=stdin).records]


def test_a_folder_is_read_below_and_in_natural_order(k8snotes: Runner) -> None:
    for name in ("f/10.txt", "f/9.md", "f/sub/1.txt", "f/.hidden.txt", "f/picture.png"):
        k8snotes.write(name, GOOD)

    assert paths_printed(k8snotes, "f") == ["f/9.md", "f/10.txt", "f/sub/1.txt"]


def test_a_pattern_stands_for_what_it_matches(k8snotes: Runner) -> None:
    for name in ("a/1.txt", "a/2.txt", "b/1.txt"):
        k8snotes.write(name, GOOD)

    assert paths_printed(k8snotes, "*/1.txt") == ["a/1.txt", "b/1.txt"]
    assert paths_printed(k8snotes, "**/2.*") == ["a/2.txt"]
    assert k8snotes("grep", "土", "*.md").code == 4


def test_a_text_named_twice_is_read_once(k8snotes: Runner) -> None:
    k8snotes.write("f/a.txt", GOOD)

    assert paths_printed(k8snotes, "f/a.txt", "f/a.txt", "f", "f/*") == ["f/a.txt"]


def test_a_dash_is_standard_input(k8snotes: Runner) -> None:
    assert paths_printed(k8snotes, "-", stdin=GOOD.encode()) == ["-"]
    assert paths_printed(k8snotes, "-", stdin=GOOD.encode("gb18030") * 5) == ["-"] * 5
    assert k8snotes("grep", "土", "-").code == 4


def test_a_double_dash_ends_the_options(k8snotes: Runner) -> None:
    k8snotes.write("-a.txt", "提壶 -E 浇水\n")

    assert k8snotes("grep", "--", "-E", "-a.txt").out == "-a.txt:1:提壶 -E 浇水\n"


@pytest.mark.parametrize("name", ["我的 课程.txt", " lead.txt", "a'b\".txt", "a:b.txt", "a[1].txt", "*.txt"])
def test_a_name_may_hold_what_names_hold(k8snotes: Runner, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('":*'):
        pytest.skip("no such names there")
    k8snotes.write(name, GOOD)

    assert k8snotes("grep", "土", name).out == f"{name}:1:{GOOD}"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
@pytest.mark.parametrize("raw", [b"\xb1\xca.txt", b"a\nb.txt", b"\x1b[31m.txt", b"\xe2\x80\xaefoo.txt"])
def test_a_name_that_is_no_text_is_still_one_plain_line_and_right_json(k8snotes: Runner, raw: bytes) -> None:
    name = os.fsdecode(raw)
    k8snotes.write(name, GOOD)

    plain = k8snotes("grep", "土", name).out
    [record] = k8snotes("grep", "--jsonl", "土", name).records

    assert plain.count("\n") == 1
    assert not set(plain) & {"\x1b", "\u202e"}
    assert os.fsencode(record["path"]) == raw
    assert k8snotes("summarize", name).code == 0
    assert json.loads(k8snotes("parse", "--json", ".").out)["lessons"][0]["path"].endswith(name)


def test_a_note_is_made_of_a_text_with_a_strange_name(k8snotes: Runner) -> None:
    k8snotes.write("a\tb\u202e.txt", GOOD)

    assert k8snotes("export", "-o", "notes", "a\tb\u202e.txt").code == 0


def test_paths_of_a_workspace_are_relative_to_it_wherever_one_stands(course: Runner) -> None:
    below = Runner(course.folder / "seeds" / "阳台")

    assert paths_printed(below) == paths_printed(course)
    assert paths_printed(course)[0] == "seeds/000_00c0ffee00c0ffee.txt"


def test_a_path_works_without_a_workspace(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", GOOD)

    for command in ("summarize", "themes", "parse", "comments"):
        assert k8snotes(command, "a.txt").err == ""


def test_a_note_has_one_place_whatever_path_names_its_lesson(course: Runner) -> None:
    course("export")

    narrowed = course("export", "--json", "seeds/阳台/堆肥笔记.md", "seeds/阳台").json["notes"]

    assert {note["outcome"] for note in narrowed} == {"unchanged"}


@pytest.fixture
def study(k8snotes: Runner) -> Runner:
    """A workspace as `init` makes it, with texts."""
    k8snotes("init")
    k8snotes.write("seeds/1.md", "# 看土\n\n看土再浇水。\n")
    k8snotes.write("seeds/b/2.md", "# 松土\n\n松土用锄头。\n")
    return k8snotes


@pytest.mark.parametrize("command", [["grep", "土"], ["grep", "-E", "土."], ["search", "土"]])
@pytest.mark.parametrize("form", [[], ["--json"], ["-q"]])
@pytest.mark.parametrize("folder", ["seeds", "./seeds/", "notes/../seeds", "{here}/seeds"])
def test_the_folder_of_texts_by_any_name_is_the_workspace(
    study: Runner, command: list[str], form: list[str], folder: str
) -> None:
    folder = folder.format(here=study.folder)

    named, whole = study(*command, folder, *form), study(*command, *form)

    assert whole.code == 0
    assert named.out.replace(f"{folder.rstrip('/')}/", "seeds/") == whole.out
    assert (named.code, named.err) == (whole.code, whole.err)


@pytest.mark.parametrize("argument", ["seeds", ".", "seeds/*", "seeds/**/*.md"])
def test_what_says_what_the_folder_of_texts_is_for_is_no_text(study: Runner, argument: str) -> None:
    said = (study.folder / "seeds" / "README.md").read_text("utf-8").split()[-1]

    assert [line.removeprefix("./") for line in study("grep", "-l", "土", argument).lines] == [
        "seeds/1.md",
        "seeds/b/2.md",
    ]
    assert study("grep", said, argument).code == 1
    assert study("grep", said, "seeds/README.md").code == 0


def test_a_folder_without_texts_in_a_workspace_is_said_to_have_none(k8snotes: Runner) -> None:
    k8snotes("init")

    assert "no course texts in this folder" in k8snotes("grep", "土", "seeds").err
    assert k8snotes("grep", "土", "seeds").code == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("folder", ["seeds", "seeds/b"])
def test_what_cannot_be_read_is_told_by_the_path_that_was_given(study: Runner, folder: str) -> None:
    study("index")
    os.mkfifo(study.folder / "seeds" / "b" / "3.md")
    study.write("seeds/b/4.md", b"")

    for _ in range(2):
        result = study("grep", "-c", "锄头", folder)
        assert result.out == f"{folder if folder.endswith('b') else folder + '/b'}/2.md:1\n"
        assert "seeds/b/3.md: a named pipe" in result.err
        assert "seeds/b/4.md: " in result.err
        study("index")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_text_in_a_workspace_is_told_by_its_path_there(study: Runner) -> None:
    os.mkfifo(study.folder / "seeds" / "pipe.txt")

    assert study("grep", "看土").err.startswith("k8snotes: seeds/pipe.txt: a named pipe")
    assert study("index", "--rebuild").err.startswith("k8snotes: seeds/pipe.txt: a named pipe")
