"""What holds of every document: made whole or not at all, changed where it must be, never over another."""

from pathlib import Path
from unittest import mock

import pytest

from cli.runner import Runner
from k8snotes.export.writer import Folder, locked
from k8snotes.model.document import FILE_NAMES
from k8snotes.model.lesson import Lesson
from k8snotes.model.words import Segmented
from k8snotes.pipeline import Words, segment_lesson

LESSON = """# {title}

所谓{term}，就是把湿垃圾变成肥料的一种办法，翻一翻，等一等。{more}

堆肥怕的不是慢，堆肥怕的是水太多，所以{term}要常常翻动。
"""


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    runner = Runner(tmp_path)
    runner.write("seeds/01.md", LESSON.format(title="01 | 堆肥入门", term="堆肥", more=""))
    runner.write("seeds/02.md", LESSON.format(title="02 | 蚯蚓帮忙", term="蚯蚓堆肥", more=""))
    return runner


every_format = pytest.mark.parametrize("form", list(FILE_NAMES))


def document(k8snotes: Runner, form: str) -> Path:
    return k8snotes.folder / "notes" / FILE_NAMES[form]  # type: ignore[index]


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@every_format
def test_a_document_goes_into_the_workspaces_notes(k8snotes: Runner, form: str) -> None:
    result = k8snotes("export", "--format", form)

    assert (result.code, result.lines) == (0, [f"written: notes/{FILE_NAMES[form]}"])  # type: ignore[index]
    assert [path.name for path in (k8snotes.folder / "notes").iterdir()] == [FILE_NAMES[form]]  # type: ignore[index]


@every_format
@pytest.mark.parametrize("forgets", [False, True])
def test_a_second_export_changes_no_byte(k8snotes: Runner, form: str, forgets: bool) -> None:
    k8snotes("export", "--format", form)
    before = files(k8snotes.folder / "notes")
    if forgets:
        (k8snotes.folder / ".k8snotes" / "documents.json").unlink()

    result = k8snotes("export", "--format", form)

    assert (result.code, result.lines) == (0, [])
    assert files(k8snotes.folder / "notes") == before


@every_format
def test_what_is_unchanged_is_not_read_again(k8snotes: Runner, form: str) -> None:
    k8snotes("export", "--format", form)

    with mock.patch("k8snotes.documents.study_each_once", side_effect=AssertionError):
        assert k8snotes("export", "--format", form).code == 0


@every_format
def test_where_one_text_changed_no_word_of_another_is_cut(
    k8snotes: Runner, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("k8snotes.keeping.TICK", 0)  # texts written just now are not in doubt
    k8snotes("export", "--format", form)
    k8snotes.write("seeds/01.md", LESSON.format(title="01 | 腌菜入门", term="腌菜", more=""))
    cut: list[str] = []

    def noted(lesson: Lesson, words: Words) -> Segmented:
        cut.append(lesson.source.path)
        return segment_lesson(lesson, words)

    with mock.patch("k8snotes.pipeline.segment_lesson", noted):
        assert k8snotes("export", "--format", form).code == 0

    assert cut == ["seeds/01.md"]
    assert "腌菜入门" in document(k8snotes, form).read_text("utf-8")
    assert "蚯蚓帮忙" in document(k8snotes, form).read_text("utf-8")


@every_format
def test_an_undo_brings_back_what_the_document_was_and_then_takes_it_away(
    k8snotes: Runner, form: str
) -> None:
    k8snotes("export", "--format", form)
    before = document(k8snotes, form).read_bytes()
    k8snotes.write("seeds/02.md", LESSON.format(title="02 | 蚯蚓", term="蚯蚓堆肥", more=""))
    k8snotes("export", "--format", form)
    name = document(k8snotes, form).name

    assert k8snotes("undo").lines == [f"restored: notes/{name}"]
    assert document(k8snotes, form).read_bytes() == before
    assert k8snotes("undo").lines == [f"removed: notes/{name}"]
    assert not document(k8snotes, form).exists()


def test_a_document_whose_name_begins_with_a_dot_can_be_undone(k8snotes: Runner) -> None:
    k8snotes("export", "--format", "json", "-o", ".course.json")

    assert k8snotes("undo", "-o", ".").lines == ["removed: .course.json"]


def test_an_undo_of_a_document_leaves_the_notes(k8snotes: Runner) -> None:
    k8snotes("export")
    before = files(k8snotes.folder / "notes")
    k8snotes("export", "--format", "html")

    k8snotes("undo")

    assert files(k8snotes.folder / "notes") == before


@every_format
def test_another_export_is_waited_for(k8snotes: Runner, form: str) -> None:
    with locked(Folder(k8snotes.folder / "notes"), 0):
        result = k8snotes("export", "--format", form, "--wait", "0")

    assert result.code == 4
    assert "--wait" in result.err
    assert not document(k8snotes, form).exists()


@every_format
def test_a_changed_text_an_option_or_a_damaged_document_renews_it(k8snotes: Runner, form: str) -> None:
    k8snotes("export", "--format", form)
    whole = document(k8snotes, form).read_bytes()

    document(k8snotes, form).write_bytes(whole[:-20])
    assert k8snotes("export", "--format", form).lines == [f"updated: notes/{document(k8snotes, form).name}"]
    assert document(k8snotes, form).read_bytes() == whole
    k8snotes.write("seeds/02.md", LESSON.format(title="02 | 蚯蚓", term="蚯蚓堆肥", more=""))
    assert k8snotes("export", "--format", form).lines == [f"updated: notes/{document(k8snotes, form).name}"]


@every_format
def test_a_dry_run_writes_nothing_and_says_what_would_be(k8snotes: Runner, form: str) -> None:
    name = FILE_NAMES[form]  # type: ignore[index]

    assert k8snotes("export", "--format", form, "--dry-run").lines == [f"would be written: notes/{name}"]
    assert not (k8snotes.folder / "notes").exists()
    k8snotes("export", "--format", form)
    assert k8snotes("export", "--format", form, "--dry-run").lines == []
    k8snotes.write("seeds/02.md", LESSON.format(title="02 | 蚯蚓", term="蚯蚓堆肥", more=""))
    assert k8snotes("export", "--format", form, "--dry-run").lines == [f"would be updated: notes/{name}"]


@every_format
def test_a_file_of_the_readers_own_is_never_written_over(k8snotes: Runner, form: str) -> None:
    document(k8snotes, form).parent.mkdir()
    document(k8snotes, form).write_text("我自己的")

    for more in ([], ["--dry-run"]):
        result = k8snotes("export", "--format", form, *more)
        assert result.code == 3
        assert "not made by this command" in result.err
    assert document(k8snotes, form).read_text() == "我自己的"


@every_format
def test_an_export_that_is_broken_off_leaves_the_old_document(k8snotes: Runner, form: str) -> None:
    k8snotes("export", "--format", form)
    before = files(k8snotes.folder / "notes")
    k8snotes.write("seeds/02.md", LESSON.format(title="02 | 蚯蚓", term="蚯蚓堆肥", more=""))

    with mock.patch("k8snotes.export.writer.os.fsync", side_effect=OSError(28, "No space left on device")):
        result = k8snotes("export", "--format", form)

    assert result.code == 4
    assert "No space left" in result.err
    assert files(k8snotes.folder / "notes") == before


@every_format
def test_an_unreadable_text_is_named_and_the_others_are_exported(k8snotes: Runner, form: str) -> None:
    k8snotes.write("seeds/00.md", b"\x00\x01\x02" * 100)

    for _ in range(2):
        result = k8snotes("export", "--format", form)
        assert result.code == 4
        assert "seeds/00.md" in result.err
    assert "堆肥入门" in document(k8snotes, form).read_text("utf-8")


@every_format
def test_without_a_lesson_there_is_no_document(k8snotes: Runner, form: str) -> None:
    (k8snotes.folder / "empty").mkdir()

    assert k8snotes("export", "--format", form, "empty").code == 1
    assert not (k8snotes.folder / "notes" / FILE_NAMES[form]).exists()  # type: ignore[index]


@every_format
def test_the_output_may_be_a_folder_a_file_or_standard_output(k8snotes: Runner, form: str) -> None:
    name = FILE_NAMES[form]  # type: ignore[index]
    other = f"my{Path(name).suffix}"

    assert k8snotes("export", "--format", form, "-o", "a/b").lines == [f"written: a/b/{name}"]
    assert k8snotes("export", "--format", form, "-o", f"c/{other}").lines == [f"written: c/{other}"]
    printed = k8snotes("export", "--format", form, "-o", "-")

    whole = (k8snotes.folder / "a" / "b" / name).read_text("utf-8")
    assert (k8snotes.folder / "c" / other).read_text("utf-8") == whole
    assert (printed.code, printed.out) == (0, whole)


@every_format
def test_a_text_from_standard_input_is_a_course_of_one(k8snotes: Runner, form: str) -> None:
    text = LESSON.format(title="腌菜", term="腌菜", more="").encode()

    assert "腌菜" in k8snotes("export", "--format", form, "-o", "-", "-", stdin=text).out


@every_format
def test_one_record_tells_what_became_of_it(k8snotes: Runner, form: str) -> None:
    record = k8snotes("export", "--format", form, "--json").json["documents"][0]

    assert (record["format"], record["outcome"], record["lessons"]) == (form, "written", 2)
    assert k8snotes("export", "--format", form, "--jsonl").records[0]["outcome"] == "unchanged"


@pytest.mark.parametrize(
    "options",
    [
        ["--diff"],
        ["--ours"],
        ["--theirs"],
        ["--links", "wiki"],
        ["--note-types", "A,B"],
        ["--with-body"],
        ["-o", "-", "--json"],
        ["-o", "-", "--dry-run"],
        ["-o", "seeds/01.md"],
        ["-o", ""],
    ],
)
def test_options_that_say_nothing_to_a_document_are_refused(k8snotes: Runner, options: list[str]) -> None:
    result = k8snotes("export", "--format", "json", *options)

    assert result.code == 2
    assert not (k8snotes.folder / "notes").exists()


@every_format
def test_a_setting_that_says_nothing_to_a_document_stands_in_nobodys_way(k8snotes: Runner, form: str) -> None:
    k8snotes.write("k8snotes.toml", 'with_body = true\nflavor = "obsidian"\n')

    assert k8snotes("export", "--format", form).code == 0


def test_pieces_that_fail_leave_no_trace(tmp_path: Path) -> None:
    def pieces() -> object:
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Folder(tmp_path).replace_by(tmp_path / "course.json", pieces(), noting=print)  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []
