"""Notes on disk: whole or not at all, whatever goes wrong; never outside of their folder; taken back."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import k8snotes
from cli.runner import Result, Runner, clean_environment
from k8snotes import pipeline, recall
from k8snotes.errors import NotWritable
from k8snotes.export import writer
from k8snotes.export.writer import Folder, locked
from k8snotes.model.lesson import Lesson
from k8snotes.model.note import ComposedNote

NAME = "第一讲 看水"
NOTE = f"notes/{NAME}.md"
BESIDE = f"notes/{NAME}.new.md"
NEEDS_OTHER_USER = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)


def lesson(said: str, title: str = NAME) -> str:
    return f"# {title}\n\n所谓水线，就是{said}的地方。看水线比数米重要得多。\n"


def notes_alone(folder: Path) -> Runner:
    """A workspace without pages: what is tested of notes holds for them as well, in test_pages.py."""
    runner = Runner(folder)
    runner.write("k8snotes.toml", "pages = false\n")
    return runner


@pytest.fixture
def kitchen(tmp_path: Path) -> Runner:
    """A workspace with one lesson and its note."""
    runner = notes_alone(tmp_path)
    runner.write("seeds/a.md", lesson("没过米一指"))
    assert runner("export").code == 0
    return runner


def text(runner: Runner, name: str = NOTE) -> str:
    return (runner.folder / name).read_bytes().decode()


def annotate(runner: Runner, old: str, new: str, name: str = NOTE) -> None:
    content = text(runner, name)
    assert old in content
    runner.write(name, content.replace(old, new, 1))


def files(runner: Runner, folder: str = "notes") -> list[str]:
    return sorted(
        path.relative_to(runner.folder / folder).as_posix() for path in (runner.folder / folder).rglob("*")
    )


def contents(runner: Runner) -> dict[str, bytes]:
    """What the files of the notes hold."""
    folder = runner.folder / "notes"
    return {name: (folder / name).read_bytes() for name in files(runner) if (folder / name).is_file()}


def in_conflict(runner: Runner) -> Result:
    """An export of new text into a region that the reader changed."""
    annotate(runner, "没过米一指", "我量过，是两指")
    runner.write("seeds/a.md", lesson("没过米半指"))
    return runner("export")


# --- what a person sees


def test_words_under_my_heading_and_between_regions_outlive_new_text(kitchen: Runner) -> None:
    annotate(kitchen, "## 我的笔记\n\n", "## 我的笔记\n\n记住这一条。\n")
    annotate(kitchen, "<!-- k8snotes:themes", "夹在中间的话。\n\n<!-- k8snotes:themes")
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    result = kitchen("export")

    assert (result.code, result.lines) == (0, [f"updated: {NOTE}"])
    assert "没过米半指" in text(kitchen)
    assert "夹在中间的话。\n\n<!-- k8snotes:themes" in text(kitchen)
    assert text(kitchen).endswith("## 我的笔记\n\n记住这一条。\n")


def test_a_second_export_touches_no_file(kitchen: Runner) -> None:
    note = kitchen.folder / NOTE
    os.utime(note, (1, 1))
    before = note.read_bytes(), note.stat().st_ino

    assert kitchen("export").lines == []
    assert (note.read_bytes(), note.stat().st_ino) == before
    assert note.stat().st_mtime == 1


def test_a_conflict_keeps_the_note_names_it_and_puts_the_new_text_beside(kitchen: Runner) -> None:
    result = in_conflict(kitchen)

    assert result.code == 3
    assert "我量过，是两指" in text(kitchen)
    assert "没过米半指" in text(kitchen, BESIDE)
    assert f"{NOTE}:" in result.err
    assert BESIDE in result.err
    assert len(result.err.splitlines()) == 1


def test_a_conflict_that_stands_is_told_again_and_nothing_is_written(kitchen: Runner) -> None:
    in_conflict(kitchen)
    for name in (NOTE, BESIDE):
        os.utime(kitchen.folder / name, (1, 1))

    assert kitchen("export").code == 3
    assert [(kitchen.folder / name).stat().st_mtime for name in (NOTE, BESIDE)] == [1, 1]


def test_ours_ends_a_conflict_for_good_and_what_stood_beside_goes(kitchen: Runner) -> None:
    in_conflict(kitchen)

    assert kitchen("export", "--ours").code == 0
    assert kitchen("export").code == 0
    assert "我量过，是两指" in text(kitchen)
    assert files(kitchen) == [f"{NAME}.md"]


def test_theirs_ends_a_conflict_and_undo_brings_the_readers_text_back(kitchen: Runner) -> None:
    in_conflict(kitchen)
    before = text(kitchen)

    assert kitchen("export", "--theirs").code == 0
    assert "我量过，是两指" not in text(kitchen)
    assert kitchen("undo").code == 0
    assert text(kitchen) == before


def test_a_note_replaced_by_the_text_beside_it_is_a_note_like_any_other(kitchen: Runner) -> None:
    annotate(kitchen, "## 我的笔记\n\n", "## 我的笔记\n\n记住这一条。\n")
    in_conflict(kitchen)
    (kitchen.folder / BESIDE).replace(kitchen.folder / NOTE)

    result = kitchen("export")

    assert (result.code, result.lines) == (0, [])
    assert "没过米半指" in text(kitchen)
    assert text(kitchen).endswith("记住这一条。\n")


def test_text_beside_a_note_is_kept_once_the_reader_wrote_in_it(kitchen: Runner) -> None:
    in_conflict(kitchen)
    annotate(kitchen, "没过米半指", "合并到一半", BESIDE)
    kitchen.write("seeds/a.md", lesson("没过米三指"))

    assert kitchen("export").code == 3
    assert "合并到一半" in text(kitchen, BESIDE)
    assert "没过米三指" in text(kitchen, f"notes/{NAME}.new-2.md")


def test_text_beside_a_note_is_renewed_while_nobody_touched_it(kitchen: Runner) -> None:
    in_conflict(kitchen)
    kitchen.write("seeds/a.md", lesson("没过米三指"))

    assert kitchen("export").code == 3
    assert "没过米三指" in text(kitchen, BESIDE)
    assert files(kitchen) == [f"{NAME}.md", f"{NAME}.new.md"]


def test_a_note_that_was_moved_is_renewed_where_it_is(kitchen: Runner) -> None:
    moved = kitchen.folder / "notes/我的/改了名.md"
    moved.parent.mkdir()
    (kitchen.folder / NOTE).rename(moved)
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    assert kitchen("export").lines == ["updated: notes/我的/改了名.md"]
    assert files(kitchen) == ["我的", "我的/改了名.md"]
    assert "](../../seeds/a.md#L" in moved.read_text("utf-8")


def test_a_copy_of_a_note_is_told_and_left_alone(kitchen: Runner) -> None:
    copy = kitchen.write("notes/副本.md", text(kitchen))
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    result = kitchen("export")

    assert result.code == 0
    assert "副本.md has the same id" in result.err
    assert "没过米一指" in copy.read_text("utf-8")
    assert "没过米半指" in text(kitchen)


def test_every_copy_of_a_note_is_told_and_an_export_without_news_changes_nothing(kitchen: Runner) -> None:
    for name in ("甲", "乙"):
        kitchen.write(f"notes/{name}.md", text(kitchen))

    for said in ("没过米半指", "没过米一寸"):
        kitchen.write("seeds/a.md", lesson(said))
        results = [kitchen("export", "--pages") for _ in range(3)]
        assert [result.lines for result in results[1:]] == [[], []]
        assert all(f"{name}.md has the same id" in result.err for name in "甲乙" for result in results)
        assert "甲" not in text(kitchen, "notes/README.md")


def test_a_text_that_was_renamed_keeps_its_note_though_that_was_copied(kitchen: Runner) -> None:
    annotate(kitchen, "## 我的笔记\n", "## 我的笔记\n\n我的话\n")
    kitchen.write("notes/副本.md", text(kitchen))
    (kitchen.folder / "seeds/a.md").rename(kitchen.folder / "seeds/z.md")

    result = kitchen("export")

    assert result.lines == [f"updated: {NOTE}"]
    assert "副本.md has the same id" in result.err
    assert files(kitchen) == sorted(["副本.md", f"{NAME}.md"])
    assert "seeds/z.md#L" in text(kitchen)
    assert kitchen("export").lines == []


def test_the_note_of_a_lesson_that_is_gone_stays(kitchen: Runner) -> None:
    before = text(kitchen)
    (kitchen.folder / "seeds/a.md").rename(kitchen.folder / "a.md")
    kitchen.write("seeds/b.md", lesson("没过米半指", "第二讲 听锅"))

    assert kitchen("export").code == 0
    assert text(kitchen) == before


def test_broken_front_matter_is_told_with_its_line_and_the_note_left_alone(kitchen: Runner) -> None:
    annotate(kitchen, f'title: "{NAME}"', f'title: "{NAME}')
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    before = text(kitchen)

    result = kitchen("export")

    assert result.code == 3
    assert text(kitchen) == before
    assert "front matter" in result.err
    assert "没过米半指" in text(kitchen, BESIDE)


def test_a_file_of_the_readers_own_with_a_notes_name_is_left_alone(tmp_path: Path) -> None:
    runner = notes_alone(tmp_path)
    runner.write("seeds/a.md", lesson("没过米一指"))
    runner.write(NOTE, "我自己写的\n")

    assert runner("export").code == 3
    assert text(runner) == "我自己写的\n"
    assert "没过米一指" in text(runner, BESIDE)


def test_a_note_in_another_encoding_is_left_alone(kitchen: Runner) -> None:
    foreign = text(kitchen).encode("gb18030")
    kitchen.write(NOTE, foreign)
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    result = kitchen("export")

    assert result.code == 4
    assert "UTF-8" in result.err
    assert (kitchen.folder / NOTE).read_bytes() == foreign


# --- trying it out


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_trying_writes_nothing(kitchen: Runner, option: str) -> None:
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    kitchen.write("seeds/b.md", lesson("没过米半指", "第二讲 听锅"))
    before, held = text(kitchen), files(kitchen, ".")

    result = kitchen("export", option)

    assert result.code == 0
    assert text(kitchen) == before
    assert files(kitchen, ".") == held


def test_a_diff_shows_what_would_change_and_in_a_conflict_what_would_stand_beside(kitchen: Runner) -> None:
    annotate(kitchen, "没过米一指", "我量过，是两指")
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    result = kitchen("export", "--diff")

    assert result.code == 3
    assert f"+++ b/{NAME}.new.md" in result.lines
    assert any(line.startswith("+") and "没过米半指" in line for line in result.lines)
    assert not any(line.startswith("-") and "两指" in line for line in result.lines)
    (record,) = kitchen("export", "--diff", "--json").json["notes"]
    assert record["diff"].splitlines() == result.lines


def test_a_text_beside_goes_with_its_conflict_also_where_the_note_is_written_anew(kitchen: Runner) -> None:
    in_conflict(kitchen)
    (kitchen.folder / NOTE).unlink()

    kitchen("export")

    assert files(kitchen) == [f"{NAME}.md"]


def test_of_several_texts_beside_those_go_in_which_nobody_wrote(kitchen: Runner) -> None:
    in_conflict(kitchen)
    kitchen.write(BESIDE, text(kitchen, BESIDE) + "我的话。\n")
    kitchen.write("seeds/a.md", lesson("没过米三指"))
    assert kitchen("export").code == 3
    assert len(files(kitchen)) == 3

    kitchen("export", "--theirs")

    assert files(kitchen) == [f"{NAME}.md", f"{NAME}.new.md"]


@pytest.mark.parametrize("answer", ["--ours", "--theirs"])
def test_a_file_of_the_readers_own_is_written_over_by_no_answer(tmp_path: Path, answer: str) -> None:
    runner = notes_alone(tmp_path)
    runner.write("seeds/a.md", lesson("没过米一指"))
    runner.write(NOTE, "我半年的日记。\n")

    runner("export", answer)

    assert text(runner) == "我半年的日记。\n"


def test_a_line_saved_at_the_last_moment_is_not_lost(
    kitchen: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, files_kept = os.fsync, iter(("journal", "note"))

    def saving(handle: int) -> None:
        real(handle)
        if next(files_kept, "") == "note":
            annotate(kitchen, "## 我的笔记\n\n", "## 我的笔记\n\n正好这时写的。\n")

    kitchen.write("seeds/a.md", lesson("没过米半指"))
    monkeypatch.setattr("os.fsync", saving)
    result = kitchen("export")

    assert (result.code, "changed while it was exported" in result.err) == (4, True)
    assert "正好这时写的。" in text(kitchen)


# --- taking it back


def test_an_undo_restores_each_byte_and_removes_what_was_new(kitchen: Runner) -> None:
    before = (kitchen.folder / NOTE).read_bytes()
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    kitchen.write("seeds/b.md", lesson("没过米半指", "第二讲 听锅"))
    kitchen("export")

    result = kitchen("undo")

    assert result.code == 0
    assert sorted(result.lines) == ["removed: notes/第二讲 听锅.md", f"restored: {NOTE}"]
    assert (kitchen.folder / NOTE).read_bytes() == before


def test_undo_twice_undoes_the_export_before_and_then_there_is_nothing(kitchen: Runner) -> None:
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    kitchen("export")

    assert [kitchen("undo").code for _ in range(3)] == [0, 0, 1]
    assert files(kitchen) == []


def test_an_export_that_changed_nothing_is_none_to_undo(kitchen: Runner) -> None:
    kitchen("export")

    assert kitchen("undo").lines == [f"removed: {NOTE}"]


def test_a_note_edited_since_the_export_is_left_and_its_earlier_text_kept(kitchen: Runner) -> None:
    before = text(kitchen)
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    kitchen("export")
    annotate(kitchen, "## 我的笔记\n\n", "## 我的笔记\n\n后来写的。\n")
    edited = text(kitchen)

    result = kitchen("undo", "--json")

    assert result.code == 3
    assert text(kitchen) == edited
    [record] = result.json["notes"]
    assert record["outcome"] == "edited"
    assert Path(record["earlier"]).read_text("utf-8") == before


def test_the_earlier_texts_of_notes_of_one_name_are_all_kept(tmp_path: Path) -> None:
    runner = notes_alone(tmp_path)
    folders = ("甲", "乙")
    for folder in folders:
        runner.write(f"seeds/{folder}/a.md", lesson(f"{folder}没过米一指"))
    runner("export")
    before = {text(runner, f"notes/{folder}/{NAME}.md") for folder in folders}
    for folder in folders:
        runner.write(f"seeds/{folder}/a.md", lesson(f"{folder}没过米半指"))
    runner("export")
    for folder in folders:
        annotate(runner, "## 我的笔记\n\n", "## 我的笔记\n\n后来写的。\n", f"notes/{folder}/{NAME}.md")

    result = runner("undo", "--json")

    assert {Path(record["earlier"]).read_text("utf-8") for record in result.json["notes"]} == before


@pytest.mark.parametrize("flavor", ["markdown", "obsidian", "logseq", "mkdocs"])
def test_two_exports_of_each_flavor_can_be_undone(tmp_path: Path, flavor: str) -> None:
    runner = Runner(tmp_path)
    for number, said in enumerate(("没过米一指", "没过米一指", "没过米半指")):
        runner.write(f"seeds/甲/{number}.md", lesson(said, f"第{number}讲 看水"))
    runner("export", "--flavor", flavor)
    before = contents(runner)
    runner.write("seeds/甲/3.md", lesson("没过米三指", "第3讲 看水"))
    runner("export")

    assert contents(runner) != before
    assert runner("undo").code == 0
    assert contents(runner) == before
    assert runner("doctor", "notes").code == 0
    assert runner("undo").code == 0
    assert contents(runner) == {}


def test_an_undo_takes_back_what_the_export_chose_for_the_folder(kitchen: Runner) -> None:
    before = text(kitchen)
    kitchen("export", "--flavor", "obsidian")
    kitchen("export", "--flavor", "logseq")
    shown = text(kitchen)

    kitchen("undo")
    kitchen.write("seeds/b.md", lesson("没过米半指", "第二讲 听锅"))
    kitchen("export")
    assert [said[:3] == "---" for said in (shown, text(kitchen))] == [False, True]
    kitchen("undo")
    kitchen("undo")
    assert text(kitchen) == before
    kitchen("export")
    assert text(kitchen) == before


def test_an_undo_touches_notes_only(kitchen: Runner) -> None:
    journal = next((kitchen.folder / ".k8snotes/journal").glob("*.jsonl"))
    for path in ("../a.md", ".hidden/a.md", "a.txt", f"{kitchen.folder}/a.md", "a//b.md"):
        journal.write_text(f'{{"path": "{path}", "before": "x", "after": null}}\n', "utf-8")

        result = kitchen("undo")

        assert result.code == 4
        assert not (kitchen.folder / "notes" / path).exists()


def test_without_a_workspace_the_journal_is_beside_the_folder(tmp_path: Path) -> None:
    runner = notes_alone(tmp_path)
    runner.write("a.md", lesson("没过米一指"))

    assert runner("export", "a.md", "-o", "out").code == 0
    assert files(runner, "out") == [f"{NAME}.md"]
    assert runner("undo", "-o", "out").lines == [f"removed: out/{NAME}.md"]


# --- what goes wrong


def broken(calls_before: int, error: BaseException, real: Callable[..., object]) -> Callable[..., object]:
    """A function that works so many times and then fails each time."""
    left = [calls_before]

    def call(*arguments: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise error
        return real(*arguments, **options)

    return call


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    """A workspace with five lessons, exported, and then all of them changed."""
    runner = notes_alone(tmp_path)
    for number in range(1, 6):
        runner.write(f"seeds/{number}.md", lesson("没过米一指", f"第{number}讲"))
    runner("export")
    for number in range(1, 6):
        runner.write(f"seeds/{number}.md", lesson("没过米半指", f"第{number}讲"))
    return runner


def states(runner: Runner) -> list[str]:
    """Which text each note holds; every one must be whole."""
    found = []
    for path in sorted((runner.folder / "notes").glob("*.md")):
        content = path.read_text("utf-8")
        assert content.endswith("## 我的笔记\n\n")
        assert ("没过米一指" in content) != ("没过米半指" in content)
        found.append("old" if "没过米一指" in content else "new")
    return found


ACCIDENTS = [
    OSError(28, "No space left on device"),
    OSError(30, "Read-only file system"),
    KeyboardInterrupt(),
]


@pytest.mark.parametrize("accident", ACCIDENTS, ids=["full", "read-only", "ctrl-c"])
@pytest.mark.parametrize("call", ["fsync", "write", "rename"])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_an_accident_leaves_each_note_old_or_new_and_nothing_else(
    course: Runner, monkeypatch: pytest.MonkeyPatch, accident: BaseException, call: str, after: int
) -> None:
    with monkeypatch.context() as patch:
        match call:
            case "fsync":
                patch.setattr(os, "fsync", broken(after, accident, os.fsync))
            case "write":
                patch.setattr(writer.tempfile, "mkstemp", broken(after, accident, writer.tempfile.mkstemp))
            case _:
                patch.setattr(Path, "replace", broken(after, accident, Path.replace))
        result = course("export")

    assert result.code == (130 if isinstance(accident, KeyboardInterrupt) else 4)
    assert "old" in states(course)
    assert all(name.endswith(".md") for name in files(course))
    assert course("export").code == 0
    assert states(course) == ["new"] * 5


def test_without_room_for_the_journal_no_note_is_touched(
    course: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken(0, OSError(28, "No space left on device"), os.fsync))
        result = course("export")

    assert result.code == 4
    assert len(result.err.splitlines()) == 1
    assert states(course) == ["old"] * 5
    assert course("undo").code == 0
    assert files(course) == []


def test_a_half_done_export_can_be_undone(course: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(
            Path, "replace", broken(4, OSError(28, "full"), Path.replace)
        )  # the first is the journal's
        course("export")

    assert sorted(states(course)) == ["new"] * 3 + ["old"] * 2
    assert course("undo").code == 0
    assert states(course) == ["old"] * 5


def test_a_note_that_changes_while_it_is_exported_is_left_alone(
    course: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Folder.read
    asked: list[Path] = []

    def read(folder: Folder, path: Path) -> bytes | None:
        asked.append(path)
        if path.name == "第3讲.md" and asked.count(path) == 2:
            path.write_bytes(path.read_bytes() + "刚写的".encode())
        return real(folder, path)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read", read)
        result = course("export")

    assert result.code == 4
    assert "changed while it was exported" in result.err
    assert text(course, "notes/第3讲.md").endswith("刚写的")


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2, 0.5])
def test_a_kill_at_any_moment_leaves_each_note_old_or_new(tmp_path: Path, seconds: float) -> None:
    runner = notes_alone(tmp_path)
    for number in range(40):
        runner.write(f"seeds/{number}.md", lesson("没过米一指", f"第{number}讲"))
    runner("export")
    for number in range(40):
        runner.write(f"seeds/{number}.md", lesson("没过米半指", f"第{number}讲"))

    process = running(runner, "export")
    wait_until(lambda: bool(journals(runner)[1:]) or process.poll() is not None)
    time.sleep(seconds / 10)
    process.kill()
    process.wait()

    assert len(states(runner)) == 40
    assert runner("export").code == 0
    assert states(runner) == ["new"] * 40
    assert all(name.endswith(".md") for name in files(runner))


def test_what_a_killed_export_left_behind_goes_with_the_next(kitchen: Runner) -> None:
    kitchen.write("notes/.k8snotes-abc.tmp", "half")
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    kitchen("export")

    assert files(kitchen) == [f"{NAME}.md"]


def running(runner: Runner, *arguments: str) -> subprocess.Popen[bytes]:
    """The program in a process of its own."""
    source = str(Path(k8snotes.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "k8snotes", *arguments],
        cwd=runner.folder,
        env={**clean_environment(runner.folder), "PYTHONPATH": source},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def journals(runner: Runner) -> list[Path]:
    return sorted((runner.folder / ".k8snotes/journal").glob("*.jsonl"))


def wait_until(is_true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


# --- others, and other places


def test_a_second_writer_waits_and_gives_up_in_the_end(kitchen: Runner) -> None:
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    with locked(Folder(kitchen.folder / "notes"), 0):
        result = kitchen("export", "--wait", "0.1")
        assert kitchen("export", "--dry-run").code == 0

    assert result.code == 4
    assert "--wait" in result.err
    assert kitchen("export", "--wait", "0").code == 0


def test_two_exports_at_once_make_the_notes_once(tmp_path: Path) -> None:
    runner = notes_alone(tmp_path)
    for number in range(5):
        others = f"这是第{number}种锅，各有各的脾气，写法全不一样。\n" * (number + 1)
        runner.write(f"seeds/{number}.md", lesson("没过米一指", "同名的一讲") + others)

    both = [running(runner, "export"), running(runner, "export")]

    assert [process.wait() for process in both] == [0, 0]
    assert len(files(runner)) == 5
    assert states(runner) == ["old"] * 5


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    source = str(Path(k8snotes.__file__).parents[1])
    holds = "import sys, time; from pathlib import Path; from k8snotes.export.writer import Folder, locked\n"
    holds += "with locked(Folder(Path(sys.argv[1])), 0): print(1, flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", holds, tmp_path],
        env={**os.environ, "PYTHONPATH": source},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(NotWritable), locked(folder, 0):
            pass
        process.kill()
    with locked(folder, 5):
        pass


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_note_that_is_a_link_stays_one_and_what_it_leads_to_is_renewed(kitchen: Runner) -> None:
    there = kitchen.folder / "notes/别处/真身.md"
    there.parent.mkdir()
    (kitchen.folder / NOTE).rename(there)
    (kitchen.folder / NOTE).symlink_to(there)
    kitchen.write("seeds/a.md", lesson("没过米半指"))

    assert kitchen("export").code == 0
    assert (kitchen.folder / NOTE).is_symlink()
    assert "没过米半指" in there.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_link_out_of_the_folder_is_never_followed(kitchen: Runner) -> None:
    outside = kitchen.folder / "outside.md"
    (kitchen.folder / NOTE).rename(outside)
    (kitchen.folder / NOTE).symlink_to(outside)
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    before = outside.read_bytes()

    result = kitchen("export")

    assert result.code == 4
    assert "leads out of" in result.err
    assert outside.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_linked_folder_leads_no_note_out(tmp_path: Path) -> None:
    runner = notes_alone(tmp_path)
    runner.write("seeds/一季/a.md", lesson("没过米一指"))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/一季").symlink_to(tmp_path / "elsewhere")

    assert runner("export").code == 4
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_note_keeps_its_permissions_and_a_new_one_has_the_usual(kitchen: Runner) -> None:
    note = kitchen.folder / NOTE
    assert stat.S_IMODE(note.stat().st_mode) == 0o666 & ~umask()
    note.chmod(0o640)
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    kitchen("export")

    assert stat.S_IMODE(note.stat().st_mode) == 0o640


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@NEEDS_OTHER_USER
def test_a_folder_that_may_not_be_written_is_named(kitchen: Runner) -> None:
    kitchen.write("seeds/a.md", lesson("没过米半指"))
    (kitchen.folder / "notes").chmod(0o500)
    try:
        result = kitchen("export")
    finally:
        (kitchen.folder / "notes").chmod(0o700)

    assert result.code == 4
    assert "没过米一指" in text(kitchen)


@pytest.mark.parametrize("stands_there", ["folder", "file"])
def test_what_stands_in_the_place_of_a_note_or_folder_is_named(tmp_path: Path, stands_there: str) -> None:
    runner = notes_alone(tmp_path)
    runner.write("seeds/一季/a.md", lesson("没过米一指"))
    if stands_there == "folder":
        (tmp_path / "notes/一季" / f"{NAME}.md").mkdir(parents=True)
    else:
        runner.write("notes/一季", "不是文件夹")

    result = runner("export")

    assert result.code == 4
    assert "一季" in result.err


# --- what need not be done again


@pytest.fixture
def composed(course: Runner, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the lessons that are composed from now on, of a course whose notes are up to date."""
    course("export")
    titles: list[str] = []

    def compose(lesson: Lesson, **options: object) -> ComposedNote:
        titles.append(lesson.title or "")
        return pipeline.compose_note(lesson, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(recall, "compose_note", compose)
    return titles


def test_a_lesson_whose_text_and_note_are_unchanged_is_not_composed_again(
    course: Runner, composed: list[str]
) -> None:
    result = course("export", "--json")

    assert composed == []
    assert [note["outcome"] for note in result.json["notes"]] == ["unchanged"] * 5


def test_what_changed_is_composed_and_nothing_else(course: Runner, composed: list[str]) -> None:
    course.write("seeds/2.md", lesson("没过米三指", "第2讲"))
    annotate(course, "## 我的笔记\n\n", "## 我的笔记\n\n记住。\n", "notes/第4讲.md")
    course.write("seeds/6.md", lesson("没过米半指", "第6讲"))

    assert course("export").lines == ["updated: notes/第2讲.md", "written: notes/第6讲.md"]
    assert sorted(composed) == ["第2讲", "第4讲", "第6讲"]


def test_a_note_that_is_gone_is_written_again(course: Runner, composed: list[str]) -> None:
    (course.folder / "notes/第3讲.md").unlink()

    assert course("export").lines == ["written: notes/第3讲.md"]
    assert composed == ["第3讲"]


def test_other_wishes_compose_all_again(course: Runner, composed: list[str]) -> None:
    assert course("export", "--with-body").code == 0
    assert len(composed) == 5


def test_some_texts_exported_alone_do_not_make_the_others_be_composed_again(
    course: Runner, composed: list[str]
) -> None:
    course("export", "seeds/2.md")
    course("export", "seeds")
    course("export")

    assert composed == []


def test_a_conflict_is_looked_at_again_each_time(course: Runner) -> None:
    course("export")
    annotate(course, "没过米半指", "我量过，是两指", "notes/第1讲.md")
    course.write("seeds/1.md", lesson("没过米三指", "第1讲"))

    assert [course("export").code for _ in range(3)] == [3, 3, 3]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b'{"fingerprint": 1}', b"[]"])
def test_without_a_ledger_that_can_be_believed_the_same_notes_come_out(
    course: Runner, composed: list[str], content: bytes | None
) -> None:
    ledger = course.folder / ".k8snotes/exports.json"
    if content is None:
        shutil.rmtree(course.folder / ".k8snotes")
    else:
        ledger.write_bytes(content)

    assert course("export").lines == []
    assert len(composed) == 5
    assert ledger.exists()


def test_a_copy_of_a_note_is_told_though_nothing_else_changed(course: Runner, composed: list[str]) -> None:
    course.write("notes/副本.md", text(course, "notes/第1讲.md"))

    assert "副本.md has the same id" in course("export").err
    assert composed == []
