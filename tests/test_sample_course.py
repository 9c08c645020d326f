"""The sample course and the notes made from it, which show what comes out."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.runner import Runner
from k8snotes.errors import K8sNotesError
from k8snotes.model.lesson import Comment, Lesson
from k8snotes.pipeline import coverage_faults, inputs_named, read_inputs

ROOT = Path(__file__).parents[1]
SEEDS, NOTES = ROOT / "seeds" / "sample", ROOT / "notes" / "sample"
REAL_SEEDS = ROOT.parent / "shared" / "seeds"
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{14,}")
LONGEST_COMMON_RUN = 14
TRADITIONAL = set("謝學習這說個請師們對體")


@pytest.fixture(scope="module")
def lessons() -> list[Lesson]:
    results = list(read_inputs(inputs_named([str(SEEDS)])))
    assert [result for result in results if isinstance(result, K8sNotesError)] == []
    return [result[1] for result in results if not isinstance(result, K8sNotesError)]


@pytest.fixture(scope="module")
def comments(lessons: list[Lesson]) -> list[Comment]:
    return [comment for lesson in lessons for comment in lesson.comments]


def test_there_are_six_lessons_four_printed_and_two_of_a_collection(lessons: list[Lesson]) -> None:
    formats = [lesson.format for lesson in lessons]

    assert (formats.count("geektime-text"), formats.count("mkdocs"), len(formats)) == (4, 2, 6)


def test_every_lesson_parses_without_a_warning_and_tiles(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        assert lesson.warnings == ()
        assert coverage_faults(lesson) == []


def test_every_body_is_as_long_as_a_short_lesson(lessons: list[Lesson]) -> None:
    for lesson in lessons:
        body = "".join(block.text.string for block in lesson.blocks)
        assert 1200 <= len(HAN.findall(body)) <= 2500, lesson.source.path


def test_the_comments_show_all_that_comments_show(comments: list[Comment]) -> None:
    assert any(comment.likes is None for comment in comments)
    assert any(comment.likes == 0 for comment in comments)
    assert any(comment.likes for comment in comments)
    assert any(comment.is_answered for comment in comments)
    assert any(comment.clipped for comment in comments)
    assert any(comment.author_truncated for comment in comments)
    assert any(TRADITIONAL & set(comment.text.string) for comment in comments)
    assert not any(comment.pinned for comment in comments)  # neither shape shows it
    assert {comment.kind for comment in comments} == {"question", "thanks", "checkin", "remark"}


def test_the_notes_are_current_and_none_is_left_over(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds" / "sample")

    Runner(tmp_path)("export")

    made = contents(tmp_path / "notes" / "sample")
    kept = contents(NOTES)
    renew = "renew the notes with: k8snotes export"
    assert sorted(made) == sorted(kept), renew
    assert [name for name in made if made[name] != kept[name]] == [], renew


def test_no_sentence_of_a_real_course_is_in_the_project() -> None:
    if not REAL_SEEDS.is_dir():
        pytest.skip(f"{REAL_SEEDS}: no real course texts here to compare with")
    real: set[str] = set()
    for path in REAL_SEEDS.rglob("*.txt"):
        real |= grams(path.read_text("utf-8"))
    assert real

    for path in tracked_files():
        shared = grams(path.read_bytes().decode("utf-8", errors="ignore")) & real
        assert shared == set(), path


def test_runs_of_han_characters_are_compared_whole() -> None:
    text = "一二三四五六七八九十甲乙丙丁戊，甲乙丙丁"

    assert grams(text) == {"一二三四五六七八九十甲乙丙丁", "二三四五六七八九十甲乙丙丁戊"}


def grams(text: str) -> set[str]:
    """All runs of 14 Han characters without a mark between them."""
    size = LONGEST_COMMON_RUN
    return {
        run[start:stop]
        for run in HAN_RUN.findall(text)
        for start, stop in zip(range(len(run) - size + 1), range(size, len(run) + 1), strict=True)
    }


def tracked_files() -> list[Path]:
    """What git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git here to say which files are the project's")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}
