"""File names for any title: legal everywhere, in their folder, each lesson its own."""

import unicodedata
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.made_notes import ORIGIN, exported
from k8snotes.export.file_names import (
    FoundNote,
    Places,
    Wanted,
    id_of,
    is_beside,
    looked_at,
    names_beside,
    places,
    safe_stem,
)
from k8snotes.export.markers import field_hash
from k8snotes.export.merge import Origin

FORBIDDEN = set('/\\:*?"<>|#^[]%') | {chr(point) for point in range(32)}
DEVICES = ["CON", "prn", "Aux", "NUL", "com1", "LPT9", "com¹", "CONIN$"]
titles = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(), min_size=50),
    st.lists(st.sampled_from([*'/\\:*?"<>|.. ｜丨-标é', "e\u0301", "\u200b", ".new", ".md", *DEVICES])).map(
        "".join
    ),
)


def wanted(title: str, path: str = "seeds/a.txt", folder: str = "", copies: tuple[str, ...] = ()) -> Wanted:
    return Wanted(origin(title, path), folder, safe_stem(title), tuple(origin("", copy) for copy in copies))


def origin(title: str, path: str) -> Origin:
    return Origin(id=id_of(path), source=path, title=field_hash(title) if title else "")


def note(path: str, title: str, source: str = "seeds/a.txt") -> FoundNote:
    """A note that stands there."""
    made = origin(title, source)
    return FoundNote(path, made.id, made.source, made.title)


def paths(*lessons: Wanted, notes: tuple[FoundNote, ...] = (), gone: tuple[str, ...] = ()) -> list[str]:
    return places(lessons, notes, is_gone=gone.__contains__).paths


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
    [path] = paths(wanted(title, folder="一季"))

    assert path.startswith("一季/")
    assert path.count("/") == 1
    assert path.endswith(".md")


@pytest.mark.parametrize(
    ("one", "other"),
    [("开篇", "开篇"), ("Pod", "POD"), ("café", "cafe\u0301"), ("a/b", "a／b"), ("a?", "a？")],
)
def test_lessons_of_one_name_get_paths_of_their_own(one: str, other: str) -> None:
    first, second = paths(wanted(one, "seeds/1.txt"), wanted(other, "seeds/2.txt"))

    assert first.casefold() != second.casefold()
    assert [first, second] == paths(wanted(one, "seeds/1.txt"), wanted(other, "seeds/2.txt"))


def test_a_title_like_anothers_digest_gets_a_path_of_its_own() -> None:
    _, second = paths(wanted("开篇", "seeds/1.txt"), wanted("开篇", "seeds/2.txt"))
    imitation = second.removesuffix(".md")

    found = paths(
        wanted("开篇", "seeds/1.txt"), wanted(imitation, "seeds/3.txt"), wanted("开篇", "seeds/2.txt")
    )

    assert len(set(found)) == 3


def test_lessons_of_one_name_in_two_folders_keep_their_names() -> None:
    found = paths(wanted("开篇", "seeds/1.txt", "一季"), wanted("开篇", "seeds/2.txt", "二季"))

    assert found == ["一季/开篇.md", "二季/开篇.md"]


@given(st.lists(titles, max_size=6))
def test_no_two_lessons_of_a_run_share_a_path_whatever_their_titles(found: list[str]) -> None:
    made = paths(*(wanted(title, f"seeds/{number}.txt") for number, title in enumerate(found)))

    assert len({unicodedata.normalize("NFC", path).casefold() for path in made}) == len(made)


@pytest.mark.parametrize("where", ["开篇.md", "我的/改了名.md"])
def test_a_note_that_was_renamed_or_moved_is_found(where: str) -> None:
    assert paths(wanted("开篇"), notes=(note(where, "开篇"),)) == [where]


def test_a_lesson_with_a_new_title_keeps_its_note() -> None:
    assert paths(wanted("新开篇"), notes=(note("开篇.md", "开篇"),)) == ["开篇.md"]


def test_a_text_that_was_renamed_keeps_its_note() -> None:
    old = note("开篇.md", "开篇", "seeds/a.txt")

    assert paths(wanted("开篇", "seeds/b.txt"), notes=(old,), gone=("seeds/a.txt",)) == ["开篇.md"]


def test_texts_whose_names_moved_on_by_one_keep_their_notes() -> None:
    notes = (note("甲.md", "甲", "seeds/01.txt"), note("乙.md", "乙", "seeds/02.txt"))
    shifted = (wanted("新", "seeds/01.txt"), wanted("甲", "seeds/02.txt"), wanted("乙", "seeds/03.txt"))

    assert paths(*shifted, notes=notes) == ["新.md", "甲.md", "乙.md"]


def test_a_lesson_never_gets_the_note_of_another_of_the_same_title() -> None:
    [path] = paths(wanted("开篇", "seeds/b.txt"), notes=(note("开篇.md", "开篇", "seeds/a.txt"),))

    assert path.startswith("开篇 (")


def test_a_lesson_whose_richest_text_is_another_by_now_keeps_its_note() -> None:
    richer = wanted("开篇 新", "seeds/b.txt", copies=("seeds/a.txt",))

    assert paths(richer, notes=(note("开篇.md", "开篇", "seeds/a.txt"),)) == ["开篇.md"]


def test_of_two_notes_with_one_id_the_one_in_its_place_is_taken_and_the_other_told() -> None:
    notes = (note("开篇 副本.md", "开篇"), note("开篇.md", "开篇"))

    found = places([wanted("开篇")], notes, is_gone=lambda _: False)

    assert found == Places(["开篇.md"], [("开篇 副本.md", "开篇.md")])
    assert places([wanted("开篇")], notes[::-1], is_gone=lambda _: False) == found


def test_of_a_note_and_its_copy_the_one_is_taken_that_the_last_export_left() -> None:
    own, copy = note("我的/改了名.md", "开篇"), note("副本.md", "开篇")

    found = places([wanted("开篇")], [copy, own], is_gone=lambda _: False, left=lambda: {own.id: own.path})

    assert found == Places([own.path], [(copy.path, own.path)])


def test_a_text_that_was_renamed_keeps_its_note_beside_a_copy_of_that() -> None:
    notes = (
        note("副本.md", "开篇"),
        note("开篇.md", "开篇"),
        note("我的/开篇.md", "开篇")._replace(id="我的"),
    )
    renamed, other = wanted("开篇", "seeds/b.txt"), wanted("别的", "seeds/a.txt")

    found = places([renamed, other], notes, is_gone=lambda _: False)

    assert found.paths == ["开篇.md", "别的.md"]
    assert sorted(found.copies) == [("副本.md", "开篇.md"), ("我的/开篇.md", "开篇.md")]


def test_of_notes_of_two_lessons_that_are_gone_none_is_taken_by_its_title() -> None:
    notes = (note("开篇.md", "开篇", "seeds/a.txt"), note("副本.md", "开篇", "seeds/b.txt"))

    [path] = paths(wanted("开篇", "seeds/c.txt"), notes=notes, gone=("seeds/a.txt", "seeds/b.txt"))

    assert path.startswith("开篇 (")


def test_a_file_of_the_readers_own_is_met_not_passed_by() -> None:
    own = FoundNote("POD.md", "", "", "")

    assert paths(wanted("Pod"), notes=(own,)) == ["POD.md"]


def test_what_a_note_says_of_itself_is_its_front_matter_then_its_record() -> None:
    text = exported()

    assert looked_at("a.md", text)[:3] == ("a.md", ORIGIN.id, ORIGIN.source)
    assert looked_at("a.md", text.replace(f'id: "{ORIGIN.id}"', "id: 我的 # 改了")).id == "我的"
    assert looked_at("a.md", text.partition("---\n\n")[2]).id == ORIGIN.id
    assert looked_at("a.md", "我的笔记").id == ""


def test_texts_beside_notes_are_no_notes() -> None:
    assert [*islice(names_beside(Path("a/开篇.md")), 2)] == [Path("a/开篇.new.md"), Path("a/开篇.new-2.md")]
    assert is_beside("开篇.new.md")
    assert is_beside("开篇.NEW-12.md")
    assert not is_beside("开篇.md")
