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
