"""What exports wrote is no course text, wherever it stands; named by itself it is read."""

import pytest

from cli.runner import Runner

LESSON = "# 看水\n\n所谓水线，就是没过米一指的地方。看水线比数米重要得多。\n"
CALLS = [
    (".", "-o", "out"),
    (".", "-o", "."),
    ("*.md", "-o", "."),
    ("**/*.md", "-o", "out"),
    (".", "-o", ".", "--flavor", "logseq"),
    (".", "-o", "out", "--format", "anki"),
    (".", "-o", "out", "--format", "html"),
]


@pytest.fixture
def kitchen(k8snotes: Runner) -> Runner:
    """A workspace with a lesson, its notes and its flash cards."""
    k8snotes.write("k8snotes.toml", "")
    k8snotes.write("seeds/a.md", LESSON)
    k8snotes("export")
    k8snotes("export", "--format", "anki")
    return k8snotes


def contents(runner: Runner) -> dict[str, bytes]:
    files = (path for path in runner.folder.rglob("*") if path.is_file() and ".k8snotes" not in path.parts)
    return {path.relative_to(runner.folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("call", CALLS)
def test_exporting_a_folder_into_itself_twice_changes_no_byte(
    k8snotes: Runner, call: tuple[str, ...]
) -> None:
    k8snotes.write("a.md", LESSON)
    assert k8snotes("export", *call).code == 0
    once = contents(k8snotes)

    k8snotes("export", *call)

    assert contents(k8snotes) == once


@pytest.mark.parametrize("call", [("-o", "seeds"), ("seeds", "-o", "seeds"), (".",)])
def test_exporting_a_workspace_into_its_texts_twice_changes_no_byte(
    kitchen: Runner, call: tuple[str, ...]
) -> None:
    kitchen("export", *call)
    once = contents(kitchen)

    kitchen("export", *call)

    assert contents(kitchen) == once


def test_a_file_of_the_readers_in_the_folder_of_notes_is_no_lesson(kitchen: Runner) -> None:
    kitchen.write("notes/日记.md", "# 日记\n\n今天的水线没过米两指，饭软了。\n")
    before = contents(kitchen)

    assert kitchen("export", ".").code == 0
    assert contents(kitchen) == before
    assert "日记" in kitchen("export", "notes", "-o", "elsewhere").out


def test_a_folder_is_read_without_the_notes_in_it(kitchen: Runner) -> None:
    kitchen("export", "-o", "seeds")

    for paths in ((), (".",), ("seeds",), ("**/*.*",)):
        found = kitchen("grep", "--jsonl", "水线", *paths).records
        assert {record["path"].removeprefix("./") for record in found} == {"seeds/a.md"}
    assert kitchen("summarize", ".").out.count("Thesis:") == 1


def test_a_note_is_read_where_it_is_named(kitchen: Runner) -> None:
    kitchen("export", "-o", "seeds")
    note = "seeds/看水.md"

    for _ in range(2):  # the second time of what is kept
        assert kitchen("summarize", "seeds").out.count("看水.md") == 0
        assert note in kitchen("summarize", note).out
        assert note in kitchen("grep", "水线", note).out


def test_of_a_folder_of_notes_alone_is_said_what_it_is(kitchen: Runner) -> None:
    result = kitchen("grep", "水线", "notes")

    assert result.code == 1
    assert "notes that k8snotes wrote, no course texts" in result.err


def test_a_text_that_speaks_of_records_is_a_text(k8snotes: Runner) -> None:
    k8snotes.write("f/a.md", "# 笔记里的记录\n\n`<!-- k8snotes:note id=1 -->` 是一行记录。\n")

    assert k8snotes("grep", "记录", "f").out
