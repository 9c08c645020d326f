"""What changes with the language, and what does not: JSON, lines for other programs, a reader's words."""

import re
import shutil
from pathlib import Path

import pytest

from cli.conftest import WORKSPACE
from cli.runner import Runner
from k8snotes.cli import COMMANDS
from k8snotes.render.wrap import cells

# In this order: some write what others read.
FOR_PROGRAMS = """\
summarize --json
summarize --course --jsonl
search 土 --json --explain
search xyzzy --jsonl
grep 土 --json
themes --jsonl
theme 打顶 --json
comments --json
faq --jsonl
course --json --comments
parse --json --explain
parse seeds --check --jsonl
index --json --verify
config --json
export --json --hide-names
export --jsonl
export --format json -o - --hide-names
export --format anki --json
undo --json
init new --json
completion bash --json
doctor texts index settings --json
parse nowhere.txt --json
grep 土
grep -c 土
grep -o 土 --in body
search 土
themes
config
index --stats
course"""
LITTLE_WORDS = re.compile(r"(?<![\w-])(?:the|of|and|is|not|with|to|for|be|only|where|this)(?!\w)")
NOTE = "notes/阳台/02 - 番茄：打顶的时机.md"
LINK = re.compile(r"\]\(([^)]*)\)")


@pytest.mark.parametrize("place", ["before", "after"])
def test_programs_are_told_the_same_in_each_language(tmp_path: Path, place: str) -> None:
    said: dict[str, dict[str, str]] = {}
    for language in ("zh", "en"):
        shutil.copytree(WORKSPACE, tmp_path / language)
        k8snotes = Runner(tmp_path / language)
        lang = ["--lang", language]
        for call in FOR_PROGRAMS.splitlines():
            words = [*lang, *call.split()] if place == "before" else [*call.split(), *lang]
            out = k8snotes(*words).out.replace(str(k8snotes.folder), "$PWD")
            said.setdefault(call, {})[language] = re.sub(r'"bytes": \d+|bytes\t\d+|[\d.]+ MB', "", out)

    assert {name for name, *_ in map(str.split, said)} == set(COMMANDS)
    assert all(found["en"] for call, found in said.items() if "xyzzy" not in call and "undo" not in call)
    assert [call for call, found in said.items() if found["zh"] != found["en"]] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_chinese_help_is_chinese_throughout(k8snotes: Runner, name: str) -> None:
    helped = k8snotes(*name.split(), "--help", env={"K8SNOTES_LANG": "zh"}).out

    assert helped.startswith("用法：k8snotes")
    assert LITTLE_WORDS.findall(helped) == []


@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_chinese_help_fits_its_terminal(k8snotes: Runner, name: str, columns: int) -> None:
    helped = k8snotes(*name.split(), "--help", env={"K8SNOTES_LANG": "zh", "COLUMNS": str(columns)})

    # What is to be typed is never broken.
    assert [line for line in helped.lines if cells(line) > columns and not line.startswith("  -")] == []


@pytest.mark.parametrize("columns", ["40", "60", "100"])
@pytest.mark.parametrize(
    "call", ["summarize", "course", "comments", "theme 打顶", "search 土", "doctor texts"]
)
def test_labels_fit_their_terminal_in_each_language(course: Runner, call: str, columns: str) -> None:
    for language in ("zh", "en"):
        shown = course(*call.split(), "--lang", language, "--color", "always", env={"COLUMNS": columns})
        lines = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in shown.lines]

        assert [line for line in lines if cells(line) > int(columns)] == []


@pytest.mark.parametrize("locale", ["en_US.UTF-8", "zh_CN.UTF-8", "C"])
def test_notes_are_chinese_whatever_the_locale_is(course: Runner, locale: str) -> None:
    course("export", env={"LANG": locale, "LC_ALL": locale})

    assert (course.folder / NOTE).read_text("utf-8").endswith("\n## 我的笔记\n\n")


def test_notes_are_in_the_language_of_the_settings(course: Runner) -> None:
    course.write("k8snotes.toml", 'lang = "en"')

    course("export")

    assert (course.folder / NOTE).read_text("utf-8").endswith("\n## My notes\n\n")


@pytest.mark.parametrize("flavor", ["markdown", "logseq"])
def test_notes_in_another_language_keep_what_the_reader_wrote(course: Runner, flavor: str) -> None:
    course("export", "--flavor", flavor)
    note = course.folder / NOTE
    fresh = note.read_text("utf-8")
    mine = fresh.replace("<!-- k8snotes:themes", "- 记一笔\n\n<!-- k8snotes:themes") + "- 掐尖用指甲。\n"
    note.write_text(mine, "utf-8")

    switched = course("export", "--lang", "en")
    english = note.read_text("utf-8")
    course("export", "--lang", "zh")

    assert switched.code == 0
    assert "Key points" in english
    assert not re.search(
        "要点|主题|留言", re.sub(r"^.*(?:记一笔|赞|打卡).*$", "", english, flags=re.MULTILINE)
    )
    assert len(re.findall("## (?:我的笔记|My notes)$", english, re.MULTILINE)) == 1
    assert [line for line in ("- 记一笔", "- 掐尖用指甲。") if english.count(line) != 1] == []
    assert LINK.findall(english) == LINK.findall(mine)
    assert note.read_text("utf-8") == mine


def test_a_note_that_began_in_english_keeps_its_heading(course: Runner) -> None:
    course("export", "--lang", "en")
    course.write(NOTE, (course.folder / NOTE).read_text("utf-8") + "mine\n")

    course("export")

    note = (course.folder / NOTE).read_text("utf-8")
    assert note.endswith("\n## My notes\n\nmine\n")
    assert "我的笔记" not in note
    assert "## 要点" in note


def test_a_part_that_comes_back_stands_above_the_readers_in_either_language(course: Runner) -> None:
    course("export", "--lang", "en")

    course("export", "--with-body")

    note = (course.folder / NOTE).read_text("utf-8")
    assert note.index("## 正文") < note.index("## My notes")


def test_flash_cards_and_a_course_page_are_in_the_language_asked_for(course: Runner) -> None:
    for language, question, contents in (("zh", "什么是", "目录"), ("en", "What is ", "Contents")):
        cards = course("export", "--format", "anki", "-o", "-", "--lang", language).out
        page = course("export", "--format", "html", "-o", "-", "--lang", language).out

        assert question in cards
        assert f"<summary>{contents}</summary>" in page
