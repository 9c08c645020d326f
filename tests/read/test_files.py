"""Which files are texts, in which order, and what their lines are."""

import os
from pathlib import Path

import pytest

from k8snotes.errors import K8sNotesError, NothingToRead, UnreadableInput
from k8snotes.model.source import InputFile
from k8snotes.read.files import read_sources, split_lines
from k8snotes.read.folders import find_inputs, walk
from k8snotes.read.natural_order import natural_key


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("米\n", encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in walk(folder)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("\n", ("",)),
        ("a", ("a",)),
        ("a\n", ("a",)),
        ("a\n\n", ("a", "")),
        ("a\r\nb\r\n", ("a", "b")),
        ("a\rb\n", ("a\rb",)),
        ("a\r\r\n", ("a\r",)),
        ("a\nb\r", ("a", "b\r")),
        ("a\fb\u2028c\x85d\x0be\n", ("a\fb\u2028c\x85d\x0be",)),
    ],
)
def test_only_a_newline_ends_a_line(text: str, lines: tuple[str, ...]) -> None:
    assert split_lines(text) == lines


def test_a_folder_is_read_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    put(tmp_path, "10 - 十.md", "2 - 二.md", "1/3.txt", "b.TXT", "notes.png", ".hidden.md", ".git/x.md")

    assert found(tmp_path) == ["2 - 二.md", "10 - 十.md", "b.TXT", "1/3.txt"]


def test_names_that_differ_in_zeros_or_case_keep_one_order() -> None:
    names = ["a1", "a01", "A1", "a001"]

    assert len({natural_key(name) for name in names}) == len(names)


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "course/1.md")
    (tmp_path / "course" / "again").symlink_to(tmp_path / "course", target_is_directory=True)

    assert found(tmp_path) == ["course/1.md"]


def test_each_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, "1.md", "2.md")
    one = str(tmp_path / "1.md")

    inputs = list(find_inputs([one, str(tmp_path), str(tmp_path / "*.md"), one]))

    assert [Path(file.shown).name for file in inputs if isinstance(file, InputFile)] == ["1.md", "2.md"]


def test_a_name_with_the_marks_of_a_pattern_is_first_of_all_a_name(tmp_path: Path) -> None:
    put(tmp_path, "[1] 米?.md")

    (file,) = find_inputs([str(tmp_path / "[1] 米?.md")])

    assert isinstance(file, InputFile)


@pytest.mark.parametrize("name", ["missing.md", "x" * 300, "米" * 2000])
def test_a_name_of_nothing_is_an_error_in_its_place(tmp_path: Path, name: str) -> None:
    put(tmp_path, "1.md")

    error, file = find_inputs([str(tmp_path / name), str(tmp_path / "1.md")])

    assert isinstance(error, UnreadableInput)
    assert isinstance(file, InputFile)


def test_a_link_to_nothing_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")

    (file,) = find_inputs([str(tmp_path / "gone.md")])

    assert isinstance(file, InputFile)
    with pytest.raises(UnreadableInput, match="gone"):
        next(read_sources(file))


def test_a_folder_without_texts_says_so(tmp_path: Path) -> None:
    (error,) = find_inputs([str(tmp_path)])

    assert isinstance(error, NothingToRead)


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf", "\u3000\n\u00a0\u200b\n".encode(), b"\0\0\0"])
def test_a_file_that_shows_nothing_cannot_be_read(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(raw)

    with pytest.raises(UnreadableInput):
        next(read_sources(InputFile(path=path, shown="x.md", folder="")))


def test_a_source_knows_its_name_its_encoding_and_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "1 - 米.md"
    path.write_bytes("米\r\n水".encode("gb18030") * 20)

    source = next(read_sources(InputFile(path=path, shown="seeds/1 - 米.md", folder="")))

    assert (source.path, source.name, source.encoding) == ("seeds/1 - 米.md", "1 - 米.md", "gb18030")
    assert source.lines[:2] == ("米", "水米")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_may_not_be_read_is_an_error_that_says_so(tmp_path: Path) -> None:
    put(tmp_path, "1.md")
    (tmp_path / "1.md").chmod(0)

    with pytest.raises(K8sNotesError, match="permission"):
        next(read_sources(InputFile(path=tmp_path / "1.md", shown="1.md", folder="")))
