"""From inputs to results, in one process and in many."""

import os
from functools import partial
from pathlib import Path

import pytest

from k8snotes import pipeline
from k8snotes.errors import Broken, K8sNotesError, UnreadableInput
from k8snotes.model.lesson import Lesson
from k8snotes.pipeline import inputs_named, map_lessons, read_inputs


@pytest.fixture(params=["one process", "many processes"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of twelve texts, read in one process and in two."""
    if request.param == "many processes":
        monkeypatch.setattr(pipeline, "ENOUGH_FOR_PROCESSES", 1)
        monkeypatch.setattr(pipeline, "cores", lambda: 2)
    for number in range(1, 13):
        (tmp_path / f"{number}.md").write_text(f"# 第{number}讲\n\n先看土，再提壶。\n", encoding="utf-8")
    return tmp_path


def title_of(lesson: Lesson) -> str | None:
    return lesson.title


def refused(lesson: Lesson, *, title: str) -> str | None:
    if lesson.title == title:
        raise ZeroDivisionError("a bug")
    return lesson.title


def killed(lesson: Lesson, *, title: str) -> str | None:
    if lesson.title == title:
        os._exit(9)
    return lesson.title


def titles(found: list[tuple[object, str | None] | K8sNotesError]) -> list[str | None]:
    return [result[1] for result in found if not isinstance(result, K8sNotesError)]


def test_results_come_in_the_order_of_the_inputs(folder: Path) -> None:
    found = list(map_lessons(inputs_named([str(folder)]), title_of))

    assert titles(found) == [f"第{number}讲" for number in range(1, 13)]


def test_a_result_comes_with_its_file(folder: Path) -> None:
    found = list(map_lessons(inputs_named([str(folder)]), title_of))

    assert [result[0].path.name for result in found if not isinstance(result, K8sNotesError)] == [
        f"{number}.md" for number in range(1, 13)
    ]


def test_lessons_are_the_same_wherever_they_were_parsed(folder: Path) -> None:
    found = [result[1] for result in read_inputs(inputs_named([str(folder)])) if isinstance(result, tuple)]

    assert [lesson.blocks[0].text.string for lesson in found] == ["先看土，再提壶。"] * 12
    assert found[0].source.lines[0] == "# 第1讲"


def test_errors_come_in_their_places_and_stop_nothing(folder: Path) -> None:
    (folder / "3.md").write_bytes(b"")

    found = list(map_lessons(inputs_named([str(folder), "nowhere.md"]), title_of))

    assert [at for at, result in enumerate(found) if isinstance(result, UnreadableInput)] == [2, 12]


def test_a_bug_costs_its_own_text_only_and_says_where_it_was(folder: Path) -> None:
    found = list(map_lessons(inputs_named([str(folder)]), partial(refused, title="第7讲")))

    broken = found[6]
    assert isinstance(broken, Broken)
    assert str(broken).startswith(f"{folder / '7.md'}: ZeroDivisionError: a bug; ")
    assert "in refused" in broken.__notes__[0]
    assert len(titles(found)) == 11


def test_progress_is_told_in_bytes(folder: Path) -> None:
    told: list[tuple[int, int]] = []

    list(map_lessons(inputs_named([str(folder)]), title_of, progress=lambda *done: told.append(done)))

    total = sum(file.stat().st_size for file in folder.iterdir())
    assert len(told) == 12
    assert told[-1] == (total, total)
    assert sorted(told) == told


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_a_pipe_is_read_in_this_process(folder: Path) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, "# 管道\n\n先看土。\n".encode())
    os.close(write_end)

    found = list(map_lessons(inputs_named([str(folder), f"/dev/fd/{read_end}"]), title_of))

    os.close(read_end)
    assert titles(found)[-1] == "管道"


def test_a_text_whose_process_dies_is_named_and_the_others_are_done(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    if "one process" in request.node.name:
        pytest.skip("there is no other process to die")

    found = list(map_lessons(inputs_named([str(folder)]), partial(killed, title="第7讲")))

    broken = found[6]
    assert isinstance(broken, Broken)
    assert str(broken).startswith(f"{folder / '7.md'}: the process that read it died")
    assert broken.exit_code == 4
    assert len(titles(found)) == 11
