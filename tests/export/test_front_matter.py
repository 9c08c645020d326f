"""The reader's fields, comments, order and quotes stay; what they left as it was is renewed."""

import re

import pytest
from ruamel.yaml import YAML

from export.made_notes import NEW, OLD, edited, export, exported, note
from k8snotes.model.note import Note

RENAMED = note(title="新循环")


def fields(text: str) -> dict[str, object]:
    found = re.match(r"---\r?\n(.*?)^---", text.removeprefix("\ufeff"), re.DOTALL | re.MULTILINE)
    assert found
    values: dict[str, object] = YAML(typ="safe", pure=True).load(found[1])
    return values


def tags(*names: str) -> Note:
    return note(tags=names)


def test_a_value_that_nobody_touched_is_renewed() -> None:
    assert export(exported(), RENAMED).text == exported(RENAMED)


def test_a_value_that_the_reader_changed_stays() -> None:
    text = edited('title: "循环"', "title: 我的循环")

    assert export(text, RENAMED).text == text.replace(*records(text, RENAMED))
    assert fields(export(text, RENAMED).text)["title"] == "我的循环"


def records(text: str, made: Note) -> tuple[str, str]:
    """The line of the record before and after an export."""
    line = re.compile(r"<!-- k8snotes:note .*-->")
    old, new = line.search(text), line.search(export(text, made).text)
    assert old
    assert new
    return old[0], new[0]


def test_what_the_reader_added_stays_to_the_byte() -> None:
    own = "# 我加的\naliases:   [圈, '环']   # 两个名字\nrating: 5\n\ncssclasses:\n- wide\n- 'tall'\n"
    text = edited('author: "灶台"\n', f'author: "灶台"  # 老师\n{own}')

    new = export(text, note(title="新循环", author="铁锅")).text

    assert own in new
    assert 'author: "铁锅"  # 老师\n' in new


def test_the_readers_order_stays() -> None:
    text = edited('title: "循环"\nauthor: "灶台"\n', 'author: "灶台"\nmood: 好\ntitle: "循环"\n')

    assert [*fields(export(text, RENAMED).text)] == ["id", "author", "mood", "title", "tags"]


def test_a_field_that_the_reader_removed_stays_removed() -> None:
    text = edited('author: "灶台"\n', "")

    assert "author" not in fields(export(text, note(author="铁锅")).text)


def test_a_field_that_the_text_says_no_more_goes() -> None:
    bare = Note(fields=OLD.fields[:-1], tags=OLD.tags, regions=OLD.regions)

    assert "author" not in fields(export(exported(), bare).text)
    assert export(export(exported(), bare).text, OLD).text == exported()


def test_a_new_field_goes_where_a_new_note_has_it() -> None:
    bare = Note(fields=OLD.fields[:-1], tags=OLD.tags, regions=OLD.regions)

    assert export(exported(bare), OLD).text == exported()


def test_a_field_of_the_readers_own_is_not_taken_over() -> None:
    bare = Note(fields=OLD.fields[:-1], tags=OLD.tags, regions=OLD.regions)
    text = exported(bare).replace("tags:\n", "author: 我\ntags:\n", 1)

    assert fields(export(text, OLD).text)["author"] == "我"
    assert fields(export(export(text, OLD).text, note(author="铁锅")).text)["author"] == "我"


@pytest.mark.parametrize(
    ("was", "new", "says"),
    [
        ('  - "水线"\n', tags("火候", "水线"), ["火候"]),
        ('  - "水线"\n', tags("火候", "水线", "锅盖"), ["火候", "锅盖"]),
        ('  - "水线"\n', tags("水线"), []),
    ],
)
def test_a_tag_that_the_reader_removed_stays_removed(was: str, new: Note, says: list[str]) -> None:
    text = edited(was, "")

    once = export(text, new).text

    assert (fields(once)["tags"] or []) == says
    assert export(once, new).text == once
    assert "水线" not in (
        fields(export(export(once, tags("火候")).text, tags("火候", "水线")).text)["tags"] or []
    )


def test_tags_that_the_reader_added_stay_and_new_ones_are_added_once() -> None:
    text = edited('  - "水线"\n', '  - "水线"\n  - 我的 # 常看\n')

    once = export(text, tags("火候", "锅盖", "水线", "我的")).text

    assert fields(once)["tags"] == ["火候", "水线", "我的", "锅盖"]
    assert "  - 我的 # 常看\n" in once
    assert export(once, tags("火候", "锅盖", "水线", "我的")).text == once


def test_tags_that_nobody_touched_are_as_in_a_new_note() -> None:
    assert export(exported(), tags("锅盖", "水线", "火候")).text == exported(tags("锅盖", "水线", "火候"))
    assert export(exported(), tags()).text == exported(tags())


def test_a_list_without_tags_left_can_get_new_ones() -> None:
    text = edited('tags:\n  - "火候"\n  - "水线"\n', "tags:\n")

    assert fields(export(text, tags("火候", "锅盖")).text)["tags"] == ["锅盖"]


@pytest.mark.parametrize("written", ["tags: [火候, '水线', 我的]  # 短", 'tags:\n- 火候\n- "水线"\n- 我的'])
def test_tags_as_an_editor_writes_them_are_tags(written: str) -> None:
    text = edited('tags:\n  - "火候"\n  - "水线"', written)

    once = export(text, tags("火候", "锅盖")).text

    assert fields(once)["tags"] == ["火候", "我的", "锅盖"]
    assert export(once, tags("火候", "锅盖")).text == once


@pytest.mark.parametrize("written", ["tags: 火候 水线", "tags: &t {a: 1}", "tags:\n  - [火候]\n  - 水线"])
def test_tags_that_are_no_list_of_words_are_left_alone(written: str) -> None:
    text = edited('tags:\n  - "火候"\n  - "水线"', written)

    assert written in export(text, tags("锅盖")).text


def test_an_editor_that_rewrites_the_quotes_changes_no_value() -> None:
    text = edited('title: "循环"\nauthor: "灶台"', "title: 循环\nauthor: '灶台'")

    assert fields(export(text, RENAMED).text)["title"] == "新循环"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('title: "循环"', 'title: "循环', 3),
        ('author: "灶台"', "author: [灶台", 6),
        ('title: "循环"', "title: a: b", 3),
        ('title: "循环"', "\ttitle: 循环", 3),
    ],
)
def test_a_note_with_broken_front_matter_is_left_alone_and_its_line_told(
    old: str, new: str, line: int
) -> None:
    text = edited(old, new)

    merged = export(text)

    assert merged.text == text
    [conflict] = merged.conflicts
    assert conflict.part == "front matter"
    assert abs(conflict.line - line) <= 3
    assert "新的要点" in export(text, side="theirs").text
    kept = export(text, side="ours").text
    assert new in kept
    assert export(kept).conflicts == ()


def test_front_matter_without_its_end_is_broken() -> None:
    text = edited("---\n\n<!--", "\n<!--")

    assert [conflict.line for conflict in export(text).conflicts] == [1]
    assert "旧的要点" not in export(text, side="theirs").text
    assert export(export(text, side="theirs").text).text == exported(NEW)


def test_front_matter_that_the_reader_removed_does_not_come_back() -> None:
    bare = exported().partition("---\n\n")[2]

    assert export(bare, RENAMED).text.startswith("<!-- k8snotes:note ")


def test_line_ends_of_windows_stay_in_front_matter() -> None:
    text = exported().replace("\n", "\r\n")
    new = note(title="新循环", tags=("火候", "锅盖", "新"))

    assert export(text, new).text == exported(new).replace("\n", "\r\n")


def test_text_that_cannot_be_merged_line_by_line_is_a_conflict() -> None:
    text = re.sub(
        r"---\n.*?---\n", '---\n{id: "0123456789abcdef", title: 循环}\n---\n', exported(), count=1, flags=re.S
    )

    assert [conflict.part for conflict in export(text, RENAMED).conflicts] == ["front matter"]
