"""From texts on disk to courses, and to the order in which texts are read."""

import pickle
from pathlib import Path

import pytest

from assemble.texts import lesson, prose
from k8snotes.assemble.facts import facts_of
from k8snotes.courses import Courses, assemble_courses, merged_comments, plan_reading
from k8snotes.errors import UnreadableInput
from k8snotes.pipeline import inputs_named
from k8snotes.segment.fold import fold_string
from parse.pages import printed_page, reader_comment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two courses of two lessons, the second ones of which come first by name, and a note between."""
    for name in ("乙/a-第二讲", "甲/第十讲 水", "甲/第九讲 米", "乙/b-第一讲"):
        file = tmp_path / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        title = name.partition("-")[2]
        file.write_text((f"# {title} 饭\n\n" if title else "") + prose(name), encoding="utf-8")
    (tmp_path / "买菜.md").write_text("买米。", encoding="utf-8")
    return tmp_path


def planned(*arguments: Path | str) -> list[str]:
    plan = plan_reading(inputs_named(map(str, arguments)), shelf=None)
    return ["error" if isinstance(found, Exception) else found.path.stem for found in plan.inputs]


def titles(courses: Courses) -> dict[str | None, list[str | None]]:
    return {course.name: [held.facts.title for held in course.lessons] for course in courses.assembly.courses}


def test_courses_are_made_of_files(folder: Path) -> None:
    courses = assemble_courses(inputs_named([str(folder)]), shelf=None)

    assert titles(courses) == {"乙": ["第一讲 饭", "第二讲 饭"], "甲": ["第九讲 米", "第十讲 水"]}
    assert [facts.title for facts in courses.assembly.rest] == ["买菜"]


def test_paths_name_the_same_courses_however_they_are_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = titles(assemble_courses(inputs_named([str(folder)]), shelf=None))
    monkeypatch.chdir(folder)
    names = [
        "甲/第九讲 米.md",
        "./甲/第十讲 水.md",
        str(folder / "乙/b-第一讲.md"),
        "乙/a-第二讲.md",
        "买菜.md",
    ]

    assert titles(assemble_courses(inputs_named(names), shelf=None)) == whole


def test_texts_are_read_course_by_course_where_the_first_of_each_is_named(folder: Path) -> None:
    assert planned(folder) == ["买菜", "b-第一讲", "a-第二讲", "第九讲 米", "第十讲 水"]
    assert planned(folder / "甲" / "第十讲 水.md", folder / "买菜.md", folder / "甲" / "第九讲 米.md") == [
        "第九讲 米", "第十讲 水", "买菜",
    ]  # fmt: skip


def test_errors_stay_in_their_places(folder: Path) -> None:
    assert planned("nowhere.md", folder / "买菜.md", folder / "甲" / "第九讲 米.md") == [
        "error", "买菜", "第九讲 米",
    ]  # fmt: skip


def test_what_cannot_be_read_is_said_once_and_costs_no_other(folder: Path) -> None:
    (folder / "甲" / "第十一讲.md").write_bytes(b"")

    courses = assemble_courses(inputs_named([str(folder)]), shelf=None)

    assert [type(error) for error in courses.errors] == [UnreadableInput]
    assert len(courses.assembly.courses) == 2


def test_comments_of_a_text_that_is_gone_since_are_left_out(tmp_path: Path) -> None:
    page = printed_page(prose("锅"), comments=[reader_comment()])
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    courses = assemble_courses(inputs_named([str(tmp_path)]), shelf=None)
    (held,) = courses.assembly.courses[0].lessons

    (tmp_path / held.duplicates[0].facts.path).unlink()

    assert [[one.place.path for one in comment.held] for comment in merged_comments(courses, held)] == [
        [held.facts.path]
    ]


def test_the_facts_of_a_long_lesson_are_few() -> None:
    short = facts_of(lesson("01 - 米.md", prose("米", 200)), fold_string)
    long = facts_of(
        lesson("01 - 米.md", "\n\n".join(prose(f"米{part}", 200) for part in range(20))), fold_string
    )

    assert long.body.characters > 15 * short.body.characters
    assert len(pickle.dumps(long)) < len(pickle.dumps(short)) + 50
