"""`parse` told what to read a text as, and asked why it reads it so."""

import pytest

from cli.runner import Runner
from k8snotes.pipeline import formats

PRINTED = "seeds/000_00c0ffee00c0ffee.txt"
RICE = "# 水线\n\n没过一节手指就够，米是一年的新米，水是一瓢井水。\n"


def test_explain_shows_every_format_and_marks_the_chosen_one(course: Runner) -> None:
    shown = [line for line in course("parse", PRINTED, "--explain").lines if " geek" in line or "* " in line]

    assert shown[0].startswith(f"{PRINTED}: * 12 geektime-text: 进入课程 in the head; ")
    assert [line for line in shown if "* " in line] == shown[:1]


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_explain_adds_the_detection_to_each_record_likeliest_first(course: Runner, form: str) -> None:
    result = course("parse", PRINTED, "--explain", form)

    lesson = result.json["lessons"][0] if form == "--json" else result.records[0]
    detection = lesson["detection"]
    assert {likeness["format"] for likeness in detection} == set(formats())
    assert detection[0]["format"] == lesson["format"]
    assert detection[0]["signs"][0] == "进入课程 in the head"
    points = [likeness["points"] for likeness in detection]
    assert points == sorted(points, reverse=True)


def test_a_record_holds_no_detection_unless_it_was_asked_for(course: Runner) -> None:
    assert "detection" not in course("parse", PRINTED, "--jsonl").records[0]


@pytest.mark.parametrize("name", formats())
def test_a_text_can_be_read_as_any_format_and_loses_no_line(course: Runner, name: str) -> None:
    result = course("parse", "--check", "--json", "--format", name)

    assert result.code == 0, result
    assert {lesson["format"] for lesson in result.json["lessons"]} == {name}


def test_explain_marks_the_format_that_was_asked_for(course: Runner) -> None:
    lines = course("parse", PRINTED, "--explain", "--format", "markdown").lines

    assert [line for line in lines if "* " in line] == [f"{PRINTED}: *  1 markdown: any text"]


def test_an_unknown_format_is_exit_2_and_lists_all(course: Runner) -> None:
    result = course("parse", "--format", "word")

    assert result.code == 2
    assert [name for name in formats() if f"'{name}'" not in result.err] == []


@pytest.mark.parametrize(
    ("written_in", "name", "encoding"),
    [
        ("gbk", "cp936", "gbk"),
        ("utf-8-sig", "UTF8", "utf-8"),
        ("utf-16", "utf-16", "utf-16"),
        ("utf-16", "utf-16-le", "utf-16-le"),
    ],
)
def test_an_encoding_outweighs_what_the_bytes_look_like(
    k8snotes: Runner, written_in: str, name: str, encoding: str
) -> None:
    k8snotes.write("rice.md", RICE.encode(written_in))

    (lesson,) = k8snotes("parse", "rice.md", "--encoding", name, "--jsonl").records

    assert (lesson["encoding"], lesson["title"]) == (encoding, "水线")


def test_a_text_that_cannot_be_told_is_read_when_its_encoding_is_named(k8snotes: Runner) -> None:
    k8snotes.write("rice.md", ("# Ελληνικά\n\n" + "κείμενα " * 20).encode("iso8859_7"))

    assert k8snotes("parse", "rice.md").code == 4
    (lesson,) = k8snotes("parse", "rice.md", "--encoding", "greek", "--jsonl").records
    assert lesson["title"] == "Ελληνικά"


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "", "中文", "\udcff"])
def test_an_encoding_that_is_none_of_texts_is_exit_2(course: Runner, name: str) -> None:
    result = course("parse", "--encoding", name)

    assert result.code == 2
    assert "no encoding of texts" in result.err
    assert result.out == ""


@pytest.mark.parametrize("name", ["big5", "ascii", "utf-32", "undefined"])
def test_a_text_in_another_encoding_is_named_with_the_next_step_and_exit_4(
    k8snotes: Runner, name: str
) -> None:
    k8snotes.write("rice.md", "粞" + RICE)

    result = k8snotes("parse", "rice.md", "--encoding", name)

    assert result.code == 4
    assert result.err.startswith(f"k8snotes: rice.md: not {name}")
    assert result.err.endswith("; name another encoding, or none\n")
