"""A course as one JSON document: what its schema says holds, for every lesson."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from cli.runner import Runner
from read.test_books import book, lesson_page

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "seeds" / "sample"
SHAPES = ROOT / "tests" / "data" / "shapes"
SCHEMA = json.loads((ROOT / "docs" / "course.schema.json").read_text("utf-8"))


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def exported(k8snotes: Runner, *arguments: str | Path) -> Any:
    assert k8snotes("export", "--format", "json", "-o", "out", *arguments).code == 0
    return json.loads((k8snotes.folder / "out" / "course.json").read_bytes())


def faults(document: Any) -> list[str]:
    found = Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(document)
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


def test_the_schema_is_a_schema_and_the_package_holds_it_too() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    packaged = ROOT / "src" / "k8snotes" / "render" / "data" / "course.schema.json"
    assert packaged.read_bytes() == (ROOT / "docs" / "course.schema.json").read_bytes()


def test_the_schema_leaves_no_field_open() -> None:
    def objects(node: Any) -> list[Any]:
        if isinstance(node, list):
            return [found for one in node for found in objects(one)]
        if not isinstance(node, dict):
            return []
        return ([node] if "properties" in node else []) + [f for one in node.values() for f in objects(one)]

    assert len(objects(SCHEMA)) > 10
    assert all(one["additionalProperties"] is False and one["required"] for one in objects(SCHEMA))


def test_the_sample_course_is_valid(k8snotes: Runner) -> None:
    document = exported(k8snotes, SAMPLE)

    assert faults(document) == []
    assert [lesson["number"] for lesson in document["lessons"]] == [None, 1, 2, 3, 4, None]
    assert [course["lessons"] for course in document["courses"]] == [6]


def test_lessons_of_every_shape_are_valid(k8snotes: Runner) -> None:
    document = exported(k8snotes, SHAPES)

    assert len({lesson["format"] for lesson in document["lessons"]}) > 8
    assert faults(document) == []


def test_a_lesson_is_as_parse_has_it_and_more(k8snotes: Runner) -> None:
    text = next(SAMPLE.glob("000_*"))

    lesson = exported(k8snotes, text)["lessons"][0]

    parsed = k8snotes("parse", "--jsonl", text).records[0]
    comments = [{key: comment[key] for key in parsed["comments"][0]} for comment in lesson["comments"]]
    replies = [
        {key: reply[key] for key in ("by", "text", "first_line", "last_line")}
        for comment in comments
        for reply in comment["replies"]
    ]
    assert {key: lesson[key] for key in set(parsed) - {"comments"}} == {
        key: parsed[key] for key in set(parsed) - {"comments"}
    }
    assert [{**comment, "replies": None} for comment in comments] == [
        {**comment, "replies": None} for comment in parsed["comments"]
    ]
    assert replies == [reply for comment in parsed["comments"] for reply in comment["replies"]]


def test_key_sentences_stand_on_their_lines(k8snotes: Runner) -> None:
    for lesson in exported(k8snotes, SAMPLE)["lessons"]:
        lines = next(path for path in SAMPLE.iterdir() if path.name == Path(lesson["path"]).name)
        text = lines.read_text("utf-8").split("\n")
        for sentence in lesson["summary"]["sentences"]:
            assert sentence["text"][:8] in text[sentence["line"] - 1]


def test_questions_are_the_comments_that_the_author_answered(k8snotes: Runner) -> None:
    for lesson in exported(k8snotes, SAMPLE)["lessons"]:
        answered = [
            comment
            for comment in lesson["comments"]
            if any(reply["by"] == "author" for reply in comment["replies"])
        ]
        assert lesson["questions"] == answered


def test_hidden_names_are_nowhere_in_the_document(k8snotes: Runner) -> None:
    shown = exported(k8snotes, SAMPLE)
    names = {comment["author"] for lesson in shown["lessons"] for comment in lesson["comments"]} - {None}

    hidden = json.dumps(exported(k8snotes, SAMPLE, "--hide-names"), ensure_ascii=False)

    assert len(names) > 5
    assert [name for name in sorted(names) if name.strip() and f'"author": "{name}"' in hidden] == []
    assert '"author": "读者 1"' in hidden


def test_a_chapter_of_an_e_book_says_where_it_stands(k8snotes: Runner) -> None:
    pages = {"1.xhtml": lesson_page("焖饭"), "2.xhtml": lesson_page("蒸饭")}
    (k8snotes.folder / "course.epub").write_bytes(book(pages))

    document = exported(k8snotes, "course.epub")

    assert faults(document) == []
    assert all(lesson["locator"]["chapter"] for lesson in document["lessons"])


def test_a_comment_of_another_text_says_which(k8snotes: Runner) -> None:
    one = next(SAMPLE.glob("000_*"))
    cut = one.read_text("utf-8").splitlines()
    (k8snotes.folder / "seeds").mkdir()
    shutil.copy(one, k8snotes.folder / "seeds" / "a.txt")
    k8snotes.write("seeds/b.txt", "\n".join([*cut[:-8], ""]))

    document = exported(k8snotes)

    assert faults(document) == []
    assert {comment["path"] for comment in document["lessons"][0]["comments"]} <= {
        "seeds/a.txt",
        "seeds/b.txt",
    }
