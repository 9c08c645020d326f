"""Flash cards in the real Anki: what is imported, what a second import changes, what stays.

Anki is under a licence of its own (AGPL) and no dependency of ours: these tests run where ANKI_PYTHON
names a Python that has it, or this one does; `.ci/slow` makes one.
"""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from cli.runner import Runner

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "sample"
ATTACKS = sorted((ROOT / "tests" / "data" / "attacks").glob("*.txt"))
PYTHON = os.environ.get("ANKI_PYTHON") or (sys.executable if find_spec("anki") else None)

pytestmark = pytest.mark.skipif(
    PYTHON is None, reason="no Anki here; .ci/slow installs it and sets ANKI_PYTHON"
)

LESSON = """# 01 | 堆肥入门

所谓堆肥，就是把湿垃圾变成肥料的一种办法，翻一翻，等一等。

慢一点没关系，水太多才麻烦，所以堆肥要常常翻动。
"""


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def in_anki(*steps: dict[str, object], language: str = "en") -> list[Any]:
    assert PYTHON is not None
    script = Path(__file__).with_name("anki_session.py")
    finished = subprocess.run(
        [PYTHON, script],
        input=json.dumps([language, steps]),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    return list(json.loads(finished.stdout))


def cards_file(k8snotes: Runner, name: str, *arguments: str | Path) -> str:
    assert k8snotes("export", "--format", "anki", "-o", name, *arguments).code == 0
    return str(k8snotes.folder / name)


def guids(path: str) -> list[str]:
    lines = Path(path).read_text("utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def test_every_card_of_the_sample_is_imported_once(k8snotes: Runner) -> None:
    path = cards_file(k8snotes, "a.txt", SAMPLE)

    first, second, notes = in_anki({"import": path}, {"import": path}, {"notes": True})

    assert len(guids(path)) > 20
    assert {name: count for name, count in first.items() if count} == {"new": len(guids(path))}
    assert second["new"] == second["missing_notetype"] == 0
    assert sorted(note["guid"] for note in notes) == sorted(guids(path))
    assert {note["type"] for note in notes} == {"Basic", "Cloze"}
    assert all(len(note["decks"]) == 1 for note in notes)
    assert {deck for note in notes for deck in note["decks"]} == {"k8snotes::控制器模式六讲"}


def test_a_gap_hides_its_term_and_shows_it_on_the_back(k8snotes: Runner) -> None:
    k8snotes.write("lesson.md", LESSON)

    notes = in_anki({"import": cards_file(k8snotes, "a.txt", "lesson.md")}, {"notes": True})[1]

    gaps = [note for note in notes if note["type"] == "Cloze"]
    assert gaps
    for note in gaps:
        assert "[...]" in note["questions"][0]
        term = re.search(r'data-cloze="([^"]+)"', note["questions"][0])
        assert term
        assert term[1] not in note["questions"][0].replace(f'"{term[1]}"', "")
        assert term[1] in note["sides"][0]


def test_an_edited_lesson_renews_its_card_and_keeps_the_progress(k8snotes: Runner) -> None:
    k8snotes.write("lesson.md", LESSON)
    old = cards_file(k8snotes, "old.txt", "lesson.md")
    k8snotes.write(
        "lesson.md", LESSON.replace("翻一翻，等一等", "多翻几次，少浇水").replace("常常翻动", "天天翻动")
    )
    new = cards_file(k8snotes, "new.txt", "lesson.md")
    defined = guids(old)[0]

    _, _, before, log, after = in_anki(
        {"import": old}, {"answer": defined}, {"notes": True}, {"import": new}, {"notes": True}
    )

    assert guids(new) == guids(old)
    assert log["new"] == 0
    assert [note["guid"] for note in after] == [note["guid"] for note in before]
    kept = next(note for note in after if note["guid"] == defined)
    assert "少浇水" in kept["fields"][1]
    assert kept["answers"] == [1]


def test_a_card_that_the_reader_edited_keeps_its_progress(k8snotes: Runner) -> None:
    k8snotes.write("lesson.md", LESSON)
    path = cards_file(k8snotes, "a.txt", "lesson.md")
    first = guids(path)[0]

    notes = in_anki(
        {"import": path}, {"answer": first}, {"edit": [first, 1, "我的话"]}, {"import": path}, {"notes": True}
    )[-1]

    assert [note["answers"] for note in notes if note["guid"] == first] == [[1]]
    assert len(notes) == len(guids(path))


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh_CN", "问答题,填空题"), ("zh_TW", "基本型,克漏字"), ("ja_JP", "基本,穴埋め問題")],
)
def test_in_another_language_the_note_types_are_named(k8snotes: Runner, language: str, names: str) -> None:
    k8snotes.write("lesson.md", LESSON)
    english = cards_file(k8snotes, "en.txt", "lesson.md")
    named = cards_file(k8snotes, "named.txt", "lesson.md", "--note-types", names)

    missed, imported = in_anki({"import": english}, {"import": named}, language=language)

    assert missed["missing_notetype"] == imported["new"] == len(guids(named))
    assert guids(english) == guids(named)


def test_hostile_texts_make_no_gap_no_sound_and_no_tag(k8snotes: Runner) -> None:
    attacks = [
        line for file in ATTACKS if file.name != "README.md" for line in file.read_text("utf-8").splitlines()
    ]
    attacks += [
        "{{c1::洞}}",
        "{{{{c2::洞}}}}",
        "[sound:a.mp3]",
        "[latex]x[/latex]",
        "{{Front}}",
        "::",
        '"',
        "\t",
    ]
    comments = "".join(
        f"\n### {number:03}\n\n读者{number}：{attack[:300]} 这是为什么呢？\n\n作者回复：{attack[:300]}\n"
        for number, attack in enumerate(attacks)
        if attack.strip()
    )
    k8snotes.write("lesson.md", f"{LESSON}\n## 精选留言\n{comments}")
    path = cards_file(k8snotes, "a.txt", "lesson.md")

    log, notes = in_anki({"import": path}, {"notes": True})

    asked = [note for note in notes if any("问答" in tag for tag in note["tags"])]
    assert len(asked) > 20
    assert log["new"] == len(notes) == len(guids(path))
    assert all(note["type"] == "Basic" and len(note["decks"]) == 1 and not note["sounds"] for note in asked)
    assert all(len(note["decks"]) == 1 for note in notes)
