"""What docs/extending.md tells to do is done here, with its own code and text."""

import csv
import importlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cli.runner import Runner
from k8snotes.parse.shapes import SHAPES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The page's shape, among the others."""
    (tmp_path / "forum_thread.py").write_text(blocks("python")[0], "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("forum_thread")
    detection = importlib.import_module("k8snotes.parse.detect")  # the package has a function of that name
    monkeypatch.setattr(detection, "SHAPES", (*SHAPES, module))
    monkeypatch.delitem(sys.modules, "forum_thread")
    return module


def test_the_shape_reads_the_text_of_the_page(shape: ModuleType, tmp_path: Path) -> None:
    k8snotes = Runner(tmp_path)
    k8snotes.write("thread.txt", blocks("text")[0])

    [record] = k8snotes("parse", "thread.txt", "--jsonl").records

    first, second = record["comments"]
    wanted = json.loads(blocks("json")[0])
    assert {
        name: record[name] for name in ("format", "title", "number", "author", "date")
    }.items() <= wanted.items()
    assert [section["kind"] for section in record["sections"]] == wanted["sections"]
    assert [first["kind"], second["kind"]] == wanted["kinds"]
    assert first["likes"] is wanted["likes of the first comment"]
    assert [reply["text"] for reply in first["replies"]] == wanted["replies of the first comment"]
    assert len(record["blocks"]) == 2
    assert shape.NAME == "forum-thread"


@pytest.mark.usefixtures("shape")
def test_the_shape_loses_no_line(tmp_path: Path) -> None:
    k8snotes = Runner(tmp_path)
    k8snotes.write("thread.txt", blocks("text")[0])

    assert k8snotes("parse", "thread.txt", "--check").code == 0


def test_no_other_text_is_taken_for_the_shape(shape: ModuleType) -> None:
    samples = sorted((ROOT / "seeds" / "sample").iterdir())
    records = Runner(ROOT)("parse", *map(str, samples), "--jsonl").records

    assert len(records) == len(samples)
    assert shape.NAME not in {record["format"] for record in records}


def test_the_script_makes_a_table_of_questions(tmp_path: Path) -> None:
    document = Runner(ROOT)("export", "seeds/sample", "--format", "json", "-o", "-").out
    script = tmp_path / "questions.py"
    script.write_text(blocks("python")[1], "utf-8")

    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(script)], input=document.encode(), capture_output=True, check=True
    )

    head, *rows = csv.reader(io.StringIO(done.stdout.decode()))
    assert head == ["lesson", "asked by", "question", "answer"]
    assert len(rows) == sum(len(lesson["questions"]) for lesson in json.loads(document)["lessons"]) > 5
    assert all(answer for *_, answer in rows)


def test_the_places_named_are_there() -> None:
    rows = re.findall(r"^\| `(\w+)` in `([\w/.]+)`", PAGE, re.MULTILINE)

    assert len(rows) >= 4
    for name, file in rows:
        assert re.search(rf"\b{name}\b", (ROOT / file).read_text("utf-8")), (name, file)
