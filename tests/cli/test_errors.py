"""What goes wrong: an exit code, one line on standard error, and the others still done."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.runner import Runner

GOOD = "好好学习，先看土，再提壶。好好学习，天天看土。\n"
COMMANDS = ["summarize", "themes", "parse"]
UNREADABLE = [
    pytest.param(b"", "empty", id="empty"),
    pytest.param(b" \n\t\r\n  \n", "empty", id="whitespace only"),
    pytest.param(b"\xef\xbb\xbf\n", "empty", id="a byte order mark only"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3", "a broken PDF", id="PDF"),
    pytest.param(b"PK\x03\x04\x14\x00", "zip", id="zip"),
    pytest.param(bytes(range(256)) * 8, "binary", id="binary"),
    pytest.param("Ελληνικά κείμενα".encode("iso8859_7") * 20, "UTF-8", id="wrong encoding"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("content", "reason"), UNREADABLE)
def test_an_unreadable_text_is_named_and_the_others_are_done(
    k8snotes: Runner, command: str, content: bytes, reason: str
) -> None:
    k8snotes.write("1.txt", content)
    k8snotes.write("2.txt", GOOD)

    result = k8snotes(command, "1.txt", "2.txt", "--json")

    assert result.code == 4
    assert_one_line(result.err, "1.txt", reason)
    assert GOOD.strip()[:4] in result.out


@pytest.mark.parametrize("command", [*COMMANDS, "comments", "export -o notes", "grep 土"])
def test_a_missing_path_is_named_and_exit_4(k8snotes: Runner, command: str) -> None:
    result = k8snotes(*command.split(), "nowhere.txt")

    assert result.code == 4
    assert_one_line(result.err, "nowhere.txt", "no such file")


def test_what_went_wrong_counts_more_than_what_was_found(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", GOOD)

    assert k8snotes("grep", "土", "a.txt").code == 0
    assert k8snotes("grep", "土", "a.txt", "nowhere.txt").code == 4
    assert k8snotes("grep", "没有", "nowhere.txt", "a.txt").code == 4


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_text_without_permission_is_named(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", GOOD).chmod(0)

    result = k8snotes("grep", "土", "a.txt")

    assert result.code == 4
    assert_one_line(result.err, "a.txt", "permission")


def test_a_text_that_the_system_does_not_let_us_read_is_named(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    k8snotes.write("a.txt", GOOD)

    opened = Path.open

    def denied(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", "a.txt")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", denied)
    result = k8snotes("grep", "土", "a.txt")

    assert result.code == 4
    assert_one_line(result.err, "a.txt", "Permission denied")


@pytest.mark.parametrize("command", [*COMMANDS, "comments", "grep 土", "export -o notes"])
def test_a_folder_without_texts_is_exit_1(k8snotes: Runner, command: str) -> None:
    k8snotes.write("folder/picture.png", b"\x89PNG")

    result = k8snotes(*command.split(), "folder")

    assert result.code == 1
    assert_one_line(result.err, "folder", "put texts there: .txt, .md, .html, .epub or .pdf")


def test_an_empty_folder_beside_a_text_that_matches_is_no_failure(k8snotes: Runner) -> None:
    (k8snotes.folder / "empty").mkdir()
    k8snotes.write("a.txt", GOOD)

    assert k8snotes("grep", "土", "empty", "a.txt").code == 0


@pytest.mark.parametrize("command", [*COMMANDS, "comments", "export", "grep 土"])
def test_without_workspace_and_path_the_way_to_one_is_told(k8snotes: Runner, command: str) -> None:
    result = k8snotes(*command.split())

    assert result.code == 2
    assert result.out == ""
    assert_one_line(result.err, "no workspace", "-o DIR" if command == "export" else "k8snotes init")


def test_export_needs_a_workspace_or_an_output_folder(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", GOOD)

    result = k8snotes("export", "a.txt")

    assert result.code == 2
    assert_one_line(result.err, "-o DIR")
    assert k8snotes("export", "a.txt", "-o", "out").code == 0


BROKEN = [
    pytest.param("sentences = ", "no TOML", id="no TOML"),
    pytest.param("x = " + "[" * 3000, "no TOML", id="too deep"),
    pytest.param("sentence = 3", "unknown setting sentence", id="unknown setting"),
    pytest.param("sentences = 0", "a whole number above 0, not 0", id="out of range"),
    pytest.param("sentences = true", "a whole number above 0", id="a truth for a number"),
    pytest.param("sentences = '5'", "a whole number above 0", id="a string for a number"),
    pytest.param("notes = ''", "a string that is not empty", id="an empty name"),
    pytest.param("lexicon = 'K8s'", "a list of strings", id="a string for a list"),
    pytest.param(b"notes = '\xb1\xca\xbc\xc7'", "not UTF-8", id="GBK"),
]


@pytest.mark.parametrize("command", [*COMMANDS, "comments", "export", "grep 土", "config"])
@pytest.mark.parametrize(("content", "reason"), BROKEN)
def test_a_broken_configuration_stops_every_command(
    k8snotes: Runner, command: str, content: str | bytes, reason: str
) -> None:
    k8snotes.write("k8snotes.toml", content)
    k8snotes.write("seeds/a.txt", GOOD)

    result = k8snotes(*command.split())

    assert result.code == 2
    assert result.out == ""
    assert_one_line(result.err, "k8snotes.toml", reason)


def test_a_broken_configuration_does_not_stop_init(k8snotes: Runner) -> None:
    k8snotes.write("k8snotes.toml", "?")

    assert k8snotes("init").code == 0


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (["summarize", "--sentences", "0"], "--sentences"),
        (["summarize", "--sentences", "five"], "five is no whole number from 1 on"),
        (["summarize", "--chars", "-5"], "--chars"),
        (["summarize", "--sentences", "3", "--chars", "30"], "give one of them"),
        (["summarize", "--json", "--jsonl"], "give one of them"),
        (["summarize", "--color", "blue"], "--color"),
        (["summarize", "--frobnicate"], "--frobnicate"),
        (["themes", "--limit", "0"], "--limit"),
        (["comments", "--min-likes", "x"], "--min-likes"),
        (["comments", "--sort", "name"], "--sort"),
        (["grep"], "PATTERN"),
        (["grep", ""], "the pattern is empty"),
        (["grep", "-E", "(土"], "no regular expression"),
        (["grep", "-E", "*"], "no regular expression"),
        (["grep", "-m", "0", "土"], "-m"),
        (["grep", "-C", "-1", "土"], "-C"),
        (["grep", "土", "-C"], "see k8snotes --help"),
        (["grep", "--in", "footnote", "土"], "footnote"),
        (["grep", "--in", "", "土"], "--in"),
        (["grep", "-x", "土"], "-x"),
        (["export", "-o", ""], "-o"),
        (["export", "-o", "seeds/a.txt"], "seeds/a.txt"),
        (["config", "--jsonl"], "--jsonl"),
        (["config", "extra"], "extra"),
        (["init", ""], "empty"),
        (["init", "a", "b"], "b"),
        (["init", "a", "--workspace", "b"], "--workspace"),
        (["--workspace", "nowhere", "grep", "土", "seeds/a.txt"], "k8snotes init nowhere"),
        (["--workspace", "my study", "summarize"], "k8snotes init 'my study'"),
        (["--workspace", "", "summarize"], "--workspace"),
        (["summarise"], "did you mean summarize?"),
        (["--frobnicate"], "--frobnicate"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_exit_2_and_one_line(k8snotes: Runner, call: list[str], reason: str) -> None:
    k8snotes.write("seeds/a.txt", GOOD)

    result = k8snotes(*call)

    assert result.code == 2
    assert result.out == ""
    assert_one_line(result.err, reason)


def test_strict_ends_in_3_where_something_was_odd(k8snotes: Runner) -> None:
    k8snotes.write("odd.md", "---\ntitle: [\n---\n\n" + GOOD)
    k8snotes.write("plain.md", GOOD)

    assert k8snotes("parse", "--check", "odd.md").code == 0
    assert k8snotes("parse", "--strict", "plain.md").code == 0
    result = k8snotes("parse", "--strict", "--check", "odd.md", "plain.md")
    assert result.code == 3
    assert "odd.md:1: front-matter" in result.out
    assert k8snotes("parse", "--strict", "odd.md", "nowhere.md").code == 4


def test_debug_shows_where_an_error_came_from(k8snotes: Runner) -> None:
    silent, debugged = k8snotes("summarize"), k8snotes("summarize", "--debug")

    assert "Traceback" not in silent.err
    assert "Traceback" in debugged.err
    assert debugged.err.endswith(silent.err)


def test_what_may_stand_where_nothing_does_is_told_in_the_same_line(k8snotes: Runner) -> None:
    said = k8snotes("completion").err

    assert_one_line(said, "bash, zsh, fish")
    assert "\\n" not in said
    assert "\t" not in said


def test_debug_after_a_double_dash_is_a_pattern(k8snotes: Runner) -> None:
    assert "Traceback" not in k8snotes("grep", "--", "--debug").err


def test_a_bug_is_not_hidden(course: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("k8snotes.pipeline.themes_in", broken)

    with pytest.raises(ZeroDivisionError):
        course("themes")


def test_an_error_about_a_name_with_newline_and_escape_is_one_harmless_line(k8snotes: Runner) -> None:
    result = k8snotes("summarize", "a\nb\x1b[31m.txt")

    assert_one_line(result.err, r"a\nb\x1b[31m.txt")


def test_init_says_where_a_file_stands_in_the_way(k8snotes: Runner) -> None:
    k8snotes.write("seeds", "a file")

    result = k8snotes("init")

    assert result.code == 4
    assert_one_line(result.err, "seeds")


def assert_one_line(printed: str, *parts: str) -> None:
    """What, where and what to do next, in one line that says who speaks."""
    assert printed.startswith("k8snotes: ")
    assert printed.count("\n") == 1, printed
    assert printed.endswith("\n")
    for part in parts:
        assert part in printed
