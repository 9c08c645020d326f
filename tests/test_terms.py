"""`terms.toml`: found by the program, owned by the reader."""

from pathlib import Path

import pytest

from cli.runner import Runner
from k8snotes.errors import ConfigError
from k8snotes.terms import load_terms

LESSON = "# 水塔\n\n“潮汐调度”靠高度差。\n\n潮汐调度也叫“错峰蓄水”，错峰蓄水省电。\n"


@pytest.fixture
def course(tmp_path: Path) -> Runner:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "01 水塔.md").write_text(LESSON, encoding="utf-8")
    return Runner(tmp_path)


def terms(course: Runner, content: str) -> None:
    (course.folder / "terms.toml").write_text(content, encoding="utf-8")


def themes(course: Runner) -> dict[str, list[str]]:
    found = course("themes", "--json", "--limit", "50").json["themes"]
    return {theme["text"]: theme["aliases"] for theme in found}


def test_what_was_found_is_saved_once(course: Runner) -> None:
    course("themes", "--save", "--limit", "2")
    saved = (course.folder / "terms.toml").read_bytes()
    course("themes", "--save", "--limit", "2")

    assert {term.name for term in load_terms(course.folder / "terms.toml")} == {"潮汐调度", "错峰蓄水"}
    assert (course.folder / "terms.toml").read_bytes() == saved


def test_what_the_reader_wrote_is_never_changed(course: Runner) -> None:
    own = '# mine\r\n[[term]]\r\nname = "水塔"  # 高的那个\r\ndrop = true'
    terms(course, own)

    course("themes", "--save")

    kept = (course.folder / "terms.toml").read_bytes().decode("utf-8")
    assert kept.startswith(own)
    assert '"潮汐调度"' in kept


def test_a_dropped_term_is_no_theme_and_does_not_come_back(course: Runner) -> None:
    terms(course, '[[term]]\nname = "错峰蓄水"\ndrop = true\n')

    course("themes", "--save")

    assert "错峰蓄水" not in themes(course)
    assert (course.folder / "terms.toml").read_text("utf-8").count("错峰蓄水") == 1


def test_joined_terms_are_one_theme_under_the_name_given(course: Runner) -> None:
    terms(course, '[[term]]\nname = "潮汐调度"\naliases = ["错峰蓄水"]\n')

    found = themes(course)

    assert found["潮汐调度"] == ["错峰蓄水"]
    assert "错峰蓄水" not in found


def test_an_added_term_is_a_word_to_search_and_themes(course: Runner) -> None:
    terms(course, '[[term]]\nname = "高度差"\naliases = ["落差"]\n')

    assert "高度差" in themes(course)
    assert course("search", "落差").code == 0


def test_where_there_is_no_workspace_nothing_is_saved(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LESSON, encoding="utf-8")

    assert Runner(tmp_path)("themes", "--save", "a.md").code == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[term]]\nname = 3\n", "must be a string"),
        ('[[term]]\nname = " "\n', "must be a string"),
        ('[[term]]\nname = "a"\nalias = ["b"]\n', "nothing else"),
        ('[[term]]\nname = "a"\naliases = "b"\n', "list of strings"),
        ('[[term]]\nname = "a"\ndrop = "yes"\n', "true or false"),
        ('[[term]]\nname = "a = b"\n', "no term may"),
        ('[other]\nname = "a"\n', "something else"),
        ("term = 3\n", "something else"),
        ("name = \n", "correct the file"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "terms.toml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigError, match=says) as error:
        load_terms(file)
    assert str(file) in str(error.value)


def test_a_broken_file_of_terms_is_exit_2(course: Runner) -> None:
    terms(course, "[[term]\n")

    assert course("search", "水塔").code == 2
