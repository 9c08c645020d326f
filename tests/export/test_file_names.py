"""File names for any title: legal everywhere, in their folder, each lesson its own."""

import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.export.file_names import NoteNames, safe_stem
from k8snotes.model.course import WholeLesson
from k8snotes.model.lesson import Lesson
from k8snotes.model.source import InputFile, Source

FORBIDDEN = set('/\\:*?"<>|#^[]%') | {chr(point) for point in range(32)}
DEVICES = ["CON", "prn", "Aux", "NUL", "com1", "LPT9", "com¹", "CONIN$"]
titles = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(), min_size=50),
    st.lists(st.sampled_from([*'/\\:*?"<>|.. ｜丨-标é', "e\u0301", "\u200b", ".new", ".md", *DEVICES])).map(
        "".join
    ),
)


def lesson(title: str | None, path: str = "seeds/a.txt") -> Lesson:
    return Lesson(
        source=Source(path=path, name=Path(path).name, lines=(), encoding="utf-8"),
        format="markdown",
        markup="markdown",
        title=title,
        number=None,
        course=None,
        author=None,
        author_bio=None,
        date=datetime.date(2026, 3, 2),
        audio=None,
        stats=None,
        previous=None,
        next=None,
        copyright=None,
        title_lines=None,
        blocks=(),
        sections=(),
        comments=(),
        comments_total=None,
        warnings=(),
    )


def whole(one: Lesson, folder: str = "") -> WholeLesson:
    path = one.source.path
    return WholeLesson(file=InputFile(path=Path(path), shown=path, folder=folder), lesson=one)


def paths(*lessons: Lesson) -> list[str]:
    names = NoteNames(Path("notes"))
    return [names.path_for(whole(one)).as_posix() for one in lessons]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("结束语 | 持续兑现", "结束语 - 持续兑现"),
        ("04｜循环", "04 - 循环"),
        ("04丨循环", "04 - 循环"),
        ("怎样做？", "怎样做？"),
        ("what/why: how?", "what／why： how？"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("C:\\x", "C：＼x"),
        (".hidden", "hidden"),
        ("结尾的点. . ", "结尾的点"),
        ("con", "_con"),
        ("CON.txt", "_CON.txt"),
        ("aux .md", "_aux .md"),
        ("com¹", "_com¹"),
        ("console", "console"),
        ("一\n二\t三", "一 二 三"),
        ("e\u200b\u0301", "é"),
        ("\u202e倒写", "倒写"),
        ("旧课.new", "旧课.new_"),
        ("旧课.NEW-2", "旧课.NEW-2_"),
        ("", "_"),
        ("\u200b", "_"),
        ("...", "_"),
    ],
)
def test_a_title_makes_a_legal_name(title: str, stem: str) -> None:
    assert safe_stem(title) == stem


@given(titles)
def test_any_title_makes_a_name_that_every_system_takes(title: str) -> None:
    stem = safe_stem(title)

    assert stem
    assert not FORBIDDEN & set(stem)
    assert not any(unicodedata.category(character)[0] == "C" for character in stem)
    assert stem == stem.strip(" .")
    assert stem.split(".")[0].strip().casefold() not in {device.casefold() for device in DEVICES}
    assert stem == unicodedata.normalize("NFC", stem)
    assert len(f"{stem} (01234567).new-22.md".encode()) <= 255
    assert safe_stem(stem) == stem


@given(titles)
def test_no_title_leads_out_of_its_folder(title: str) -> None:
    path = NoteNames(Path("notes")).path_for(whole(lesson(title), "一季"))

    assert path.parent == Path("notes/一季")
    assert path.suffix == ".md"


def test_a_lesson_without_a_title_is_named_after_its_file() -> None:
    assert paths(lesson(None, "seeds/笔记.txt")) == ["notes/笔记.txt.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("开篇", "开篇"), ("Pod", "POD"), ("café", "cafe\u0301"), ("a/b", "a／b"), ("a?", "a？")],
)
def test_lessons_of_one_name_get_paths_of_their_own(one: str, other: str) -> None:
    first, second = paths(lesson(one, "seeds/1.txt"), lesson(other, "seeds/2.txt"))

    assert first.casefold() != second.casefold()
    assert [first, second] == paths(lesson(one, "seeds/1.txt"), lesson(other, "seeds/2.txt"))


def test_a_title_like_anothers_digest_gets_a_path_of_its_own() -> None:
    _, second = paths(lesson("开篇", "seeds/1.txt"), lesson("开篇", "seeds/2.txt"))
    imitation = Path(second).stem

    found = paths(
        lesson("开篇", "seeds/1.txt"), lesson(imitation, "seeds/3.txt"), lesson("开篇", "seeds/2.txt")
    )

    assert len(set(found)) == 3


def test_lessons_of_one_name_in_two_folders_keep_their_names() -> None:
    names = NoteNames(Path("notes"))

    assert names.path_for(whole(lesson("开篇"), "一季")) == Path("notes/一季/开篇.md")
    assert names.path_for(whole(lesson("开篇"), "二季")) == Path("notes/二季/开篇.md")


@given(st.lists(titles, max_size=6))
def test_no_two_lessons_of_a_run_share_a_path_whatever_their_titles(found: list[str]) -> None:
    made = paths(*(lesson(title, f"seeds/{number}.txt") for number, title in enumerate(found)))

    assert len({unicodedata.normalize("NFC", path).casefold() for path in made}) == len(made)
