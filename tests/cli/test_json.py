"""The JSON of every command, field by field, as scripts may rely on it."""

from typing import Any

import pytest

from cli.runner import Runner

# A shape is a type, None, a tuple of shapes one of which fits, a list that holds the shape of
# its items, or the fields of an object; a field whose name ends in "?" may be missing.
NUMBER = (int, float)
TEXT_OR_NONE = (str, None)
SENTENCE = {"text": str, "line": int, "score": NUMBER}
PLACE = {"first_line": int, "last_line": int}
COMMENT = {
    "author": TEXT_OR_NONE,
    "author_truncated": bool,
    "date": TEXT_OR_NONE,
    "likes": (int, None),
    "text": str,
    "clipped": bool,
    "pinned": bool,
    "kind": str,
    "reply_count": (int, None),
    "replies": [{"by": str, "text": str, **PLACE}],
    **PLACE,
}
PLACED_COMMENT = {
    "path": str,
    "locator?": {},
    **COMMENT,
    "replies": [{"by": str, "text": str, **PLACE, "path": str}],
}
ABOUT = {"path": str, **PLACE, "score": NUMBER, "because": str, "words": [str]}
LISTED_COMMENT = {"lesson": TEXT_OR_NONE, **PLACED_COMMENT, "about": (ABOUT, None)}
MENTION = {
    **SENTENCE,
    "path": str,
    "lesson": TEXT_OR_NONE,
    "kind": str,
    "lines": [int],
    "author?": TEXT_OR_NONE,
}
SHARE = {"path": str, "lesson": TEXT_OR_NONE, "count": int}
THREAD = {
    "text": str,
    "aliases": [str],
    "count": int,
    "definition": (MENTION, None),
    "first": MENTION,
    "mentions": [MENTION],
    "lessons": [SHARE],
    "related": [{"text": str, "count": int, "score": NUMBER}],
    "questions": [LISTED_COMMENT],
}
SUMMARY = {
    "path": str,
    "title": TEXT_OR_NONE,
    "course": TEXT_OR_NONE,
    "author": TEXT_OR_NONE,
    "date": TEXT_OR_NONE,
    "thesis": (SENTENCE, None),
    "author_summary": [SENTENCE],
    "sentences": [SENTENCE],
    "themes": [{"text": str, "count": int, "score": NUMBER}],
    "comments": {"total": int, "questions": int, "answered": int, "thanks": int, "top": [PLACED_COMMENT]},
}
HIT = {
    "path": str,
    "line": int,
    "column": int,
    "kind": str,
    "text": str,
    "matches": [[int]],
    "lesson": TEXT_OR_NONE,
    "author?": TEXT_OR_NONE,
}
THEME = {"text": str, "count": int, "lessons": int, "score": NUMBER, "aliases": [str], "occurrences": [SHARE]}
LESSON = {
    "path": str,
    "format": str,
    "encoding": str,
    "title": TEXT_OR_NONE,
    "number": (int, None),
    "course": TEXT_OR_NONE,
    "author": TEXT_OR_NONE,
    "author_bio": TEXT_OR_NONE,
    "date": TEXT_OR_NONE,
    "audio": ({"seconds": (int, None), "size_mb": (*NUMBER, None), "narrator": TEXT_OR_NONE}, None),
    "stats": (
        {"days": (int, None), "articles": (int, None), "characters": (int, None), "hours": (*NUMBER, None)},
        None,
    ),
    "previous": TEXT_OR_NONE,
    "next": TEXT_OR_NONE,
    "copyright": TEXT_OR_NONE,
    "lines": int,
    "blocks": [{"kind": str, "level": (int, None), "language": TEXT_OR_NONE, "text": str, **PLACE}],
    "sections": [{"kind": str, **PLACE}],
    "comments": [COMMENT],
    "comments_total": (int, None),
    "warnings": [{"code": str, "message": str, **PLACE}],
}
NOTE = {"path": str, "note": str, "outcome": str, "beside?": str}
SETTING = {"name": str, "value": (bool, int, str, [str]), "origin": str, "meaning": str}

TEXT = {"path": str, "title": TEXT_OR_NONE, "locator?": {}}
CHAPTER = {"chapter": TEXT_OR_NONE, "chapter_number": (int, None)}
SAME = {"title": bool, "number": bool, "body": (*NUMBER, None)}
COURSE_LESSON = {
    "position": int,
    **TEXT,
    "number": (int, None),
    "last_number": (int, None),
    **CHAPTER,
    "role": TEXT_OR_NONE,
    "placed_by": str,
    "belongs_by": str,
    "comments": int,
    "duplicates": [{**TEXT, "of": str, "same": SAME, "comments": int}],
}
MISSING = {
    "number": (int, None),
    **CHAPTER,
    "title": TEXT_OR_NONE,
    "named_by": [str],
    "before": (int, None),
}
CLASH = {"number": int, **CHAPTER, "lessons": [TEXT]}
COURSE = {
    "name": TEXT_OR_NONE,
    "named_by": TEXT_OR_NONE,
    "authors": [str],
    "lessons": [COURSE_LESSON],
    "missing": [MISSING],
    "clashes": [CLASH],
}
MERGED_COMMENT = {
    "path": str,
    **COMMENT,
    "replies": [{"path": str, "by": str, "text": str, **PLACE}],
    "also": [{"path": str, **PLACE}],
}

LISTS = [
    pytest.param(["summarize"], "lessons", SUMMARY, id="summarize"),
    pytest.param(["grep", "打顶"], "hits", HIT, id="grep"),
    pytest.param(["themes"], "themes", THEME, id="themes"),
    pytest.param(["comments"], "comments", LISTED_COMMENT, id="comments"),
    pytest.param(["parse"], "lessons", LESSON, id="parse"),
    pytest.param(["export"], "notes", NOTE, id="export"),
]


@pytest.mark.parametrize(("call", "field", "shape"), LISTS)
def test_json_is_one_document_with_schema_command_and_records(
    course: Runner, call: list[str], field: str, shape: dict[str, Any]
) -> None:
    document = course(*call, "--json").json

    assert list(document)[:3] == ["schema", "command", field]
    assert (document["schema"], document["command"]) == (1, call[0])
    assert len(document[field]) > 1
    assert misfits(document[field], [shape]) == []


@pytest.mark.parametrize(("call", "field", "shape"), LISTS)
def test_jsonl_has_the_records_of_json_one_a_line(
    course: Runner, call: list[str], field: str, shape: dict[str, Any]
) -> None:
    dry = ["--dry-run"] if call == ["export"] else []

    records = course(*call, *dry, "--jsonl").records

    assert records == course(*call, *dry, "--json").json[field]
    assert misfits(records, [shape]) == []


@pytest.mark.parametrize("call", [param.values[0] for param in LISTS], ids=lambda call: call[0])
def test_json_is_a_document_even_where_there_is_nothing(k8snotes: Runner, call: list[str]) -> None:
    k8snotes.write("seeds/README.md", "no lesson")

    result = k8snotes(*call, "--json")

    assert result.code == 1
    assert list(result.json.values())[2] == []


@pytest.mark.parametrize("name", ["打顶", "控制循环", "k8s"])
def test_a_theme_is_one_document_and_its_mentions_are_records(course: Runner, name: str) -> None:
    document = course("theme", name, "--json").json

    assert list(document) == ["schema", "command", "theme", "suggestions"]
    assert misfits(document["theme"], THREAD) == []
    assert course("theme", name, "--jsonl").records == document["theme"]["mentions"]


def test_answered_questions_are_records_of_comments(course: Runner) -> None:
    document = course("faq", "--json").json

    assert list(document) == ["schema", "command", "comments", "total"]
    assert misfits(document["comments"], [LISTED_COMMENT]) == []
    assert course("faq", "--jsonl").records == document["comments"]


def test_courses_have_lessons_gaps_and_clashes(course: Runner) -> None:
    course.write("seeds/阳台/02 - 南瓜.md", "南瓜爬得远。")
    course.write("seeds/阳台/05 - 番茄酱.md", "番茄要熟透。")

    document = course("course", "--json").json

    assert list(document) == ["schema", "command", "courses", "rest"]
    assert (document["schema"], document["command"]) == (1, "course")
    assert misfits(document["courses"], [COURSE]) == []
    assert misfits(document["rest"], [TEXT]) == []
    assert document["courses"][-1]["missing"]
    assert document["courses"][-1]["clashes"]


def test_records_of_courses_say_what_they_are(course: Runner) -> None:
    course.write("seeds/阳台/02 - 南瓜.md", "南瓜爬得远。")

    records = course("course", "--jsonl", "--comments").records

    shapes = {
        "lesson": {**COURSE_LESSON, "merged_comments": [MERGED_COMMENT]},
        "missing": MISSING,
        "clash": CLASH,
        "rest": TEXT,
    }
    for record in records:
        shape = shapes[record["record"]]
        shared = {"record": str} if record["record"] == "rest" else {"record": str, "course": TEXT_OR_NONE}
        assert misfits(record, {**shared, **shape}) == []


def test_settings_have_name_value_origin_and_meaning(course: Runner) -> None:
    document = course("config", "--json").json

    assert (document["schema"], document["command"]) == (1, "config")
    assert misfits(document["settings"], [SETTING]) == []
    assert [setting["name"] for setting in document["settings"]] == [
        "sentences", "themes", "notes", "pages", "flavor", "links", "with_body", "hide_names", "lang",
        "lexicon",
    ]  # fmt: skip


def test_key_sentences_are_verbatim_and_stand_where_they_say(course: Runner) -> None:
    lessons = course("summarize", "--json").json["lessons"]

    assert lessons
    for lesson in lessons:
        lines = (course.folder / lesson["path"]).read_text("utf-8").split("\n")
        for sentence in [lesson["thesis"], *lesson["sentences"]]:
            # a page break may cut a sentence: its beginning stands on the line it names
            assert sentence["text"][:8] in lines[sentence["line"] - 1]


@pytest.mark.parametrize("most", [1, 10, 31, 60, 1000])
def test_chars_bounds_the_sentences_together(course: Runner, most: int) -> None:
    lessons = course("summarize", "--json", "--chars", str(most)).json["lessons"]

    assert lessons
    for lesson in lessons:
        assert len("".join(sentence["text"] for sentence in lesson["sentences"])) <= most


@pytest.mark.parametrize("wanted", [1, 2, 3])
def test_sentences_come_as_many_as_asked_for_and_in_reading_order(course: Runner, wanted: int) -> None:
    lessons = course("summarize", "--json", "--sentences", str(wanted)).json["lessons"]

    lines = [[sentence["line"] for sentence in lesson["sentences"]] for lesson in lessons]
    assert {len(of_lesson) for of_lesson in lines} <= {wanted, 2}  # a lesson may be shorter
    assert max(map(len, lines)) == wanted
    assert lines == [sorted(of_lesson) for of_lesson in lines]


def test_a_match_is_where_the_offsets_say(course: Runner) -> None:
    hits = course("grep", "--jsonl", "打顶").records

    assert hits
    for hit in hits:
        assert {hit["text"][start:stop] for start, stop in hit["matches"]} == {"打顶"}
        line = (course.folder / hit["path"]).read_text("utf-8").split("\n")[hit["line"] - 1]
        assert line[hit["column"] - 1 :].startswith("打顶")


def test_likes_are_a_number_zero_for_a_bare_thumb_and_null_without_one(course: Runner) -> None:
    comments = course("comments", "--json", "seeds/000_00c0ffee00c0ffee.txt").json["comments"]

    assert [comment["likes"] for comment in comments] == [12, 0, None]


def test_sections_tile_the_lines(course: Runner) -> None:
    lessons = course("parse", "--jsonl").records

    assert lessons
    for lesson in lessons:
        covered = [
            line
            for section in lesson["sections"]
            for line in range(section["first_line"], section["last_line"] + 1)
        ]
        assert covered == list(range(1, lesson["lines"] + 1))


def test_a_conflict_names_where_the_new_text_is(course: Runner) -> None:
    note = conflicting_note(course)

    result = course("export", "--json")

    assert result.code == 3
    [record] = [record for record in result.json["notes"] if record["outcome"] == "conflict"]
    assert (course.folder / record["beside"]).is_file()
    assert record["note"] == note
    assert note in result.err


def test_a_conflict_in_a_dry_run_writes_nothing(course: Runner) -> None:
    conflicting_note(course)

    result = course("export", "--dry-run")

    assert result.code == 3
    assert not list(course.folder.rglob("*.new.md"))


def conflicting_note(course: Runner) -> str:
    """A note that its reader has changed above their own section, of a lesson that has changed too."""
    course("export")
    note, lesson = "notes/阳台/堆肥笔记.md", "seeds/阳台/堆肥笔记.md"
    edited = (course.folder / note).read_text("utf-8").replace("# 堆肥笔记", "# 我的堆肥")
    course.write(note, edited)
    course.write(lesson, (course.folder / lesson).read_text("utf-8").replace("2020-05-01", "2020-05-02"))
    return note


def misfits(value: Any, shape: Any, at: str = "") -> list[str]:
    """Where a value differs from its shape."""
    match shape:
        case tuple():
            found = [misfits(value, choice, at) for choice in shape]
            return [] if [] in found else min(found, key=len)
        case list():
            if not isinstance(value, list):
                return [f"{at}: no list: {value!r}"]
            return [fault for n, item in enumerate(value) for fault in misfits(item, shape[0], f"{at}[{n}]")]
        case dict():
            if not isinstance(value, dict):
                return [f"{at}: no object: {value!r}"]
            names = {name.rstrip("?") for name in shape}
            faults = [f"{at}.{name}: not in the contract" for name in value if name not in names]
            for name, inner in shape.items():
                if name.rstrip("?") in value:
                    faults += misfits(value[name.rstrip("?")], inner, f"{at}.{name}")
                elif not name.endswith("?"):
                    faults.append(f"{at}.{name}: missing")
            return faults
        case None:
            return [] if value is None else [f"{at}: not null: {value!r}"]
        case _:
            return [] if type(value) is shape else [f"{at}: no {shape.__name__}: {value!r}"]
