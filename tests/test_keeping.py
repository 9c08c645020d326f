"""What was worked out is not worked out again, until its texts change."""

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.runner import Runner
from k8snotes import keeping
from k8snotes.model.findings import LessonPhrases
from k8snotes.model.lesson import Lesson
from k8snotes.model.note import ComposedNote
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.pipeline import Words, phrases_of_lesson

LESSON = "# {title}\n\n{said}，所以“{theme}”是水塔的要点。\n\n再说一遍，“{theme}”很要紧。\n"


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    (tmp_path / "seeds").mkdir()
    for name, theme in (("01 水塔", "潮汐调度"), ("02 水泵", "虹吸回流")):
        write(tmp_path, name, theme)
    return Runner(tmp_path)


def write(folder: Path, name: str, theme: str) -> None:
    """A lesson, written long ago, so that it is sure not to change while it is read."""
    path = folder / "seeds" / f"{name}.md"
    path.write_text(LESSON.format(title=name, said="水往低处流", theme=theme), encoding="utf-8")
    age(path)


def age(path: Path) -> None:
    os.utime(path, ns=(1_600_000_000_000_000_000 + path.stat().st_size,) * 2)


@pytest.fixture(autouse=True)
def all_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inode's own time cannot be set: what is written in a test is new to everyone."""
    monkeypatch.setattr(keeping, "TICK", 0)


def themes(course: Runner) -> list[str]:
    return [theme["text"] for theme in course("themes", "--json").json["themes"]]


def refuse(*_: object) -> None:
    raise AssertionError("worked on again")


def test_what_did_not_change_is_not_worked_on_again(course: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    first = themes(course)
    monkeypatch.setattr("k8snotes.parse.parse", refuse)

    assert themes(course) == first


def test_a_first_export_reads_each_text_once(course: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def note(source: Source, **options: Any) -> Lesson:
        read.append(source.path)
        return parse(source, **options)

    monkeypatch.setattr("k8snotes.parse.parse", note)

    assert course("export").code == 0
    assert sorted(read) == ["seeds/01 水塔.md", "seeds/02 水泵.md"]
    assert (course.folder / "notes/README.md").exists()


def test_a_lesson_that_has_a_copy_is_read_with_it_in_a_first_export_too(course: Runner) -> None:
    said = "# 03 | 水位\n\n" + "\n\n".join(
        f"泵转到第{at}圈，水位就高{at + 3}寸，要记在本上。" for at in range(40)
    )
    for name, asked in (("03 水位", "潮汐是几点？"), ("03 水位 (1)", "月亮管不管？")):
        comment = f"<li><span>秦稻香</span> 👍（1） 💬（0）<p>{asked}</p>2026-03-12</li><br/>"
        text = f"{said}\n\n<div><strong>精选留言（1）</strong></div><ul>\n{comment}\n</ul>\n"
        course.write(f"seeds/{name}.md", text)

    notes = course("export", "--json").json["notes"]

    assert len(notes) == 3
    [note] = [(course.folder / one["note"]).read_text("utf-8") for one in notes if "水位" in one["path"]]
    assert [asked in note for asked in ("潮汐是几点？", "月亮管不管？")] == [True, True]


def test_what_no_note_can_be_made_of_is_told_once_and_found_by_search(
    course: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(lesson: Lesson, **_: object) -> ComposedNote:
        raise RuntimeError(lesson.title)

    monkeypatch.setattr("k8snotes.recall.compose_note", fail)
    done = course("export")

    assert done.code == 4
    assert done.err.count("02 水泵.md") == 1
    assert course("search", "虹吸回流").code == 0


def test_a_changed_file_is_worked_on_and_no_other(course: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    themes(course)
    worked_on: list[str | None] = []

    def note(lesson: Lesson, words: Words) -> LessonPhrases:
        worked_on.append(lesson.title)
        return phrases_of_lesson(lesson, words)

    monkeypatch.setattr("k8snotes.studies.phrases_of_lesson", note)
    write(course.folder, "02 水泵", "重力自流")

    assert "重力自流" in themes(course)
    assert worked_on == ["02 水泵"]


def test_new_and_removed_files_are_seen(course: Runner) -> None:
    themes(course)
    write(course.folder, "03 水管", "三级减压")
    (course.folder / "seeds" / "01 水塔.md").unlink()

    found = themes(course)

    assert "三级减压" in found
    assert "潮汐调度" not in found


def test_what_is_gone_is_forgotten(course: Runner) -> None:
    import sqlite3

    write(course.folder, "03 水管", "三级减压")
    themes(course)
    (course.folder / "seeds" / "01 水塔.md").unlink()
    themes(course)

    with closing(sqlite3.connect(course.folder / ".k8snotes" / keeping.FINDINGS)) as database:
        kept = {path for (path,) in database.execute("SELECT path FROM kept")}
    assert kept == {"02 水泵.md", "03 水管.md"}


def test_a_file_as_new_as_the_clock_can_tell_is_read_again(
    course: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "TICK", 2_000_000_000)
    themes(course)
    path = course.folder / "seeds" / "02 水泵.md"
    state = path.stat()
    path.write_text(path.read_text("utf-8").replace("虹吸回流", "重力自流"), encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert "重力自流" in themes(course)


@pytest.mark.parametrize("content", [b"", b"no database at all, and long enough to be one " * 90])
def test_a_cache_that_is_none_is_made_anew(course: Runner, content: bytes) -> None:
    first = themes(course)
    cache = course.folder / ".k8snotes" / keeping.FINDINGS
    cache.write_bytes(content)

    assert themes(course) == first
    assert cache.read_bytes()[:6] == b"SQLite"


def test_a_truncated_cache_costs_only_time(course: Runner) -> None:
    first = themes(course)
    cache = course.folder / ".k8snotes" / keeping.FINDINGS
    whole = cache.read_bytes()

    for kept in (len(whole) // 3, len(whole) // 2, len(whole) - 4096):
        cache.write_bytes(whole[:kept])
        assert themes(course) == first


def test_kept_results_that_are_of_another_kind_are_not_believed(course: Runner) -> None:
    import sqlite3

    first = themes(course)
    with closing(sqlite3.connect(course.folder / ".k8snotes" / keeping.FINDINGS)) as database, database:
        database.execute("UPDATE kept SET results = '[[1, 2], {\"a\": 3}]'")

    assert themes(course) == first


def test_where_no_cache_can_be_written_there_is_none(course: Runner) -> None:
    (course.folder / ".k8snotes").write_text("a file in its place", encoding="utf-8")

    assert "潮汐调度" in themes(course)


def test_own_terms_are_part_of_what_was_asked(course: Runner) -> None:
    themes(course)
    (course.folder / "k8snotes.toml").write_text('lexicon = ["水塔 = 高位水箱"]\n', encoding="utf-8")

    found = course("themes", "--json", "--limit", "50").json["themes"]

    assert any(theme["text"] == "水塔" for theme in found)


def test_other_paths_to_the_same_file_are_shown_as_given(course: Runner) -> None:
    course("summarize", "--json")

    (shown,) = course("summarize", "--json", "seeds/../seeds/01 水塔.md").json["lessons"]

    assert shown["path"] == "seeds/../seeds/01 水塔.md"
