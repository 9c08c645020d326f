"""What a folder may hold besides texts, and files that are too much: named, and the others read."""

import json
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.runner import Runner
from k8snotes.errors import K8sNotesError, UnreadableInput
from k8snotes.model.source import InputFile, Source
from k8snotes.read import files, folders
from k8snotes.read.files import read_sources
from k8snotes.read.folders import find_inputs

GOOD = "好好学习，先看土，再提壶。\n"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def read(file: Path) -> list[Source]:
    return list(read_sources(InputFile(path=file, shown=file.name, folder="")))


def errors_in(*arguments: str) -> Sequence[str]:
    return [str(found) for found in find_inputs(arguments) if isinstance(found, K8sNotesError)]


@POSIX
@pytest.mark.parametrize("pattern", [".", "*", "**", "**/*", "*.md"])
def test_pipes_and_sockets_that_are_called_texts_are_named_and_passed_over(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    k8snotes.write("1.md", GOOD)
    os.mkfifo(k8snotes.folder / "pipe.md")
    monkeypatch.chdir(k8snotes.folder)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")

        result = k8snotes("grep", "土", pattern)

    assert result.code == 0
    assert [line.split(": ", 1)[1] for line in result.err.splitlines()] == [
        f"{line}, and passed over; move it out of the folder"
        for line in (
            f"{'./' if pattern in ('.', '**') else ''}pipe.md: a named pipe, not a file",
            f"{'./' if pattern in ('.', '**') else ''}socket.md: a socket, not a file",
        )
    ]
    assert GOOD.strip() in result.out


@POSIX
def test_a_device_that_never_ends_is_read_no_further_than_a_text_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "LARGEST_TEXT", 3_000_000)

    with pytest.raises(UnreadableInput, match="more than 3 MB"):
        read(Path("/dev/zero"))


def test_a_folder_with_the_name_of_a_text_is_a_folder(k8snotes: Runner) -> None:
    k8snotes.write("x.md/1.txt", GOOD)

    assert k8snotes("grep", "-l", "土", ".").out == "./x.md/1.txt\n"
    assert k8snotes("grep", "-l", "土", "x.md").out == "x.md/1.txt\n"


@POSIX
@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (".", ["./a/1.md"]),
        ("**/*.md", ["a/1.md"]),
        ("**/1.*", ["a/1.md"]),
        ("a/**/*.md", ["a/1.md"]),
        ("a/**", ["a/1.md"]),
        ("**/a/*.md", ["a/1.md"]),
        ("**/a/**/*.md", ["a/1.md"]),
    ],
)
def test_links_that_lead_round_in_circles_are_followed_once(
    k8snotes: Runner, pattern: str, found: list[str]
) -> None:
    k8snotes.write("a/1.md", GOOD)
    for number in range(8):  # 8 ways on from every folder
        (k8snotes.folder / f"round{number}").symlink_to(".", target_is_directory=True)
        (k8snotes.folder / "a" / f"up{number}").symlink_to("..", target_is_directory=True)

    assert k8snotes("grep", "-l", "土", pattern).lines == found


@POSIX
def test_a_link_that_leads_to_itself_is_named(k8snotes: Runner) -> None:
    (k8snotes.folder / "loop.md").symlink_to("loop.md")
    k8snotes.write("2.md", GOOD)

    result = k8snotes("grep", "土", ".")

    assert (result.code, result.err.count("\n")) == (4, 1)
    assert "loop.md: " in result.err
    assert GOOD.strip() in result.out


def test_a_folder_that_may_not_be_looked_into_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed/1.md", "open/1.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    scandir = os.scandir

    def denied(path: Any) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)

    closed, file = find_inputs([str(tmp_path)])

    assert str(closed) == f"{tmp_path / 'closed'}: Permission denied; check its permissions"
    assert isinstance(file, InputFile)


def test_a_file_that_vanishes_between_listing_and_reading_is_named(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_text(GOOD, encoding="utf-8")
    (file,) = find_inputs([str(tmp_path)])
    (tmp_path / "1.md").unlink()

    assert isinstance(file, InputFile)
    with pytest.raises(UnreadableInput, match=r"1\.md: No such file"):
        next(read_sources(file))


def test_a_folder_that_vanishes_while_it_is_listed_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    (tmp_path / "1.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(folders, "natural_key", lambda name: (_gone(tmp_path / "gone"), name))

    assert errors_in(str(tmp_path)) == []


def _gone(folder: Path) -> int:
    if folder.exists():
        folder.rmdir()
    return 0


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_are_no_text_are_names_all_the_same(k8snotes: Runner) -> None:
    name = os.fsdecode("水".encode("gbk") + b".md")
    k8snotes.write(name, GOOD)
    k8snotes.write(os.fsdecode(b"\xff\xfe.md"), b"")

    result = k8snotes("grep", "--jsonl", "土", ".")

    assert [record["path"] for record in result.records] == [f"./{name}"]
    assert result.code == 4
    assert result.err.endswith("empty; nothing to read in it\n")


def test_a_text_is_read_no_further_than_a_text_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_TEXT", 2_000_000)
    with (tmp_path / "zeros.txt").open("wb") as file:
        file.truncate(1 << 31)  # takes no room

    with pytest.raises(UnreadableInput, match=r"zeros\.txt: more than 2 MB; split it"):
        read(tmp_path / "zeros.txt")


@pytest.mark.parametrize("kind", [b"%PDF-1.4\n", b"PK\x03\x04"])
def test_a_book_may_be_larger_than_a_text_but_not_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: bytes
) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr(files, "LARGEST_TEXT", 1_000_000)
    monkeypatch.setattr(files, "LARGEST_DOCUMENT", 3_000_000)
    (tmp_path / "book").write_bytes(kind + bytes(2_000_000))
    (tmp_path / "library").write_bytes(kind + bytes(4_000_000))

    with pytest.raises(UnreadableInput, match="broken"):
        read(tmp_path / "book")
    with pytest.raises(UnreadableInput, match="more than 3 MB"):
        read(tmp_path / "library")


def test_standard_input_is_read_no_further_either(k8snotes: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST_TEXT", 2_000_000)

    result = k8snotes("grep", "土", "-", stdin=GOOD.encode() * 100_000)

    assert (result.code, result.out) == (4, "")
    assert result.err == "k8snotes: -: more than 2 MB; split it into lessons, or take it out\n"


@pytest.mark.parametrize("lines", [3, 4])
def test_a_text_of_more_lines_than_any_course_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    monkeypatch.setattr(files, "MOST_LINES", 3)
    (tmp_path / "1.md").write_text("土\n" * lines, encoding="utf-8")

    if lines == 3:
        assert len(read(tmp_path / "1.md")) == 1
    else:
        with pytest.raises(UnreadableInput, match="more than 3 lines; split it"):
            read(tmp_path / "1.md")


def test_a_text_that_there_is_no_memory_for_is_named(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    k8snotes.write("1.md", GOOD)

    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("k8snotes.parse.parse", full)
    result = k8snotes("grep", "土", "1.md")

    assert result.code == 4
    assert result.err == "k8snotes: 1.md: more than there is memory for; split it into lessons\n"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_are_no_text_are_kept_and_found(k8snotes: Runner) -> None:
    name = os.fsdecode(bytes([0xBD, 0xBD])) + ".md"
    k8snotes.write(f"seeds/{name}", "先看土，再浇水。\n")
    k8snotes.write(f"seeds/{os.fsdecode(bytes([255, 254]))}.md", "")

    for call in (["search", "先看土"], ["grep", "先看土"], ["theme", "先看土"]):
        for _ in range(2):  # as the index is made, and from what it holds
            assert json.dumps(f"seeds/{name}") in k8snotes(*call, "--json").out
    verified = k8snotes("index", "--verify")
    assert verified.out == "the index holds what the texts say\n"
    assert (verified.code, verified.err.count("empty")) == (4, 1)


@pytest.mark.parametrize(
    "call",
    [
        "grep",
        "grep -E",
        "grep -s",
        "search",
        "theme",
        "search 土 --author",
        "search 土 --lesson",
        "faq --about",
    ],
)
def test_words_that_are_no_text_are_found_nowhere(k8snotes: Runner, call: str) -> None:
    k8snotes.write("seeds/a.md", GOOD)

    result = k8snotes(*call.split(), os.fsdecode(bytes([0xE5, 0xFF])))

    assert (result.code, result.err) == (1, "")


def test_a_number_of_thousands_of_digits_is_that_of_no_lesson(k8snotes: Runner) -> None:
    k8snotes.write("seeds/a.md", f"# 05 | 土\n\n{GOOD}")

    found = [k8snotes("search", "土", "--lesson", number) for number in ("1" * 5000, "6", "05", "5")]

    assert [(result.code, result.err) for result in found] == [(1, ""), (1, ""), (0, ""), (0, "")]


def test_of_many_texts_that_cannot_be_read_a_person_is_told_of_some_and_a_pipe_of_all(
    k8snotes: Runner,
) -> None:
    k8snotes.write("seeds/good.md", GOOD)
    for number in range(9):
        k8snotes.write(f"seeds/{number}.md", "")
    k8snotes("index")

    piped = k8snotes("search", "土")
    shown = k8snotes("search", "土", on_terminal=True)

    assert (piped.code, shown.code) == (4, 4)
    assert piped.err.count("empty; nothing to read in it") == 9
    assert shown.err.count("empty; nothing to read in it") == 5
    assert shown.err.endswith("4 more cannot be read; k8snotes doctor names them all\n")
