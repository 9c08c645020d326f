"""What becomes of a note: the program's regions are renewed, the reader's words stay where they are."""

import re

import pytest

from export.made_notes import NEW, OLD, ORIGIN, edited, export, exported, note, with_points
from k8snotes.export.markers import Held, recorded, split
from k8snotes.export.merge import as_the_program_has_it, fresh
from k8snotes.model.note import Note

NEWEST = with_points("- 最新的要点。")
POINTS = re.compile(r"<!-- k8snotes:points \w+ -->.*?<!-- /k8snotes:points \w+ -->\n", re.DOTALL)


def block(text: str) -> str:
    """The points of a note, with their markers."""
    found = POINTS.search(text)
    assert found
    return found[0]


def region(text: str, name: str = "points") -> Held:
    [held] = [part for part in split(text).parts if isinstance(part, Held) and part.name == name]
    return held


def test_a_new_note_has_front_matter_regions_and_a_section_for_the_reader() -> None:
    text = exported()

    assert text.startswith('---\nid: "0123456789abcdef"\ntitle: "循环"\nauthor: "灶台"\ntags:\n  - "火候"\n')
    assert [part.name for part in split(text).parts if isinstance(part, Held)] == [
        "title",
        "points",
        "themes",
    ]
    assert text.endswith(" -->\n\n## 我的笔记\n\n")


def test_nothing_new_changes_nothing() -> None:
    assert export(exported(), OLD).text == exported()


def test_a_note_that_nobody_touched_is_as_if_exported_for_the_first_time() -> None:
    assert export(exported()).text == exported(NEW)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("## 我的笔记\n\n", "## 我的笔记\n\n记住这一条。\n"),
        ("<!-- k8snotes:themes", "夹在中间的话。\n\n<!-- k8snotes:themes"),
        ("<!-- k8snotes:title", "写在最前的话。\n\n<!-- k8snotes:title"),
        ("## 我的笔记", "## 感想"),
        ("## 我的笔记\n\n", ""),
    ],
)
def test_what_the_reader_writes_outside_of_regions_stays_where_it_is(at: str, words: str) -> None:
    assert export(edited(at, words)).text == edited(at, words, exported(NEW))


def test_a_region_that_the_reader_changed_is_kept_and_reported_with_its_line() -> None:
    text = edited("旧的要点", "我改过的要点")

    merged = export(text)

    assert merged.text == text
    [conflict] = merged.conflicts
    assert conflict.part == "points"
    assert text.split("\n")[conflict.line - 1].startswith("<!-- k8snotes:points")


def test_other_regions_are_renewed_beside_one_in_conflict() -> None:
    new = note(("title", "# 新循环"), ("points", "- 新的要点。"), ("themes", "| 循环 | 3 |"))

    merged = export(edited("旧的要点", "我改过的要点"), new)

    assert "# 新循环" in merged.text
    assert "我改过的要点" in merged.text
    assert [conflict.part for conflict in merged.conflicts] == ["points"]


def test_a_changed_region_whose_source_has_nothing_new_is_no_conflict() -> None:
    text = edited("旧的要点", "我改过的要点")

    assert export(text, OLD).conflicts == ()
    assert export(text, OLD).text == text


def test_a_region_that_the_reader_made_the_same_as_the_new_text_is_no_conflict() -> None:
    merged = export(edited("旧的要点", "新的要点"))

    assert merged.conflicts == ()
    assert merged.text == exported(NEW)


def test_ours_keeps_the_readers_text_and_reports_that_new_text_no_more() -> None:
    text = edited("旧的要点", "我改过的要点")

    kept = export(text, side="ours").text

    assert "我改过的要点" in kept
    assert export(kept).conflicts == ()
    assert export(kept).text == kept
    assert [conflict.part for conflict in export(kept, NEWEST).conflicts] == ["points"]


def test_theirs_takes_the_new_text_and_leaves_the_readers_other_words() -> None:
    text = edited("## 我的笔记\n\n", "## 我的笔记\n\n我的话。\n", edited("旧的要点", "我改过的要点"))

    taken = export(text, side="theirs").text

    assert taken == edited("## 我的笔记\n\n", "## 我的笔记\n\n我的话。\n", exported(NEW))


def test_theirs_takes_nothing_where_there_is_nothing_new() -> None:
    text = edited("旧的要点", "我改过的要点")

    assert export(text, OLD, "theirs").text == text


def test_a_declined_text_can_still_be_taken() -> None:
    kept = export(edited("旧的要点", "我改过的要点"), side="ours").text

    assert export(kept, side="theirs").text == exported(NEW)


def test_a_region_that_the_reader_deleted_does_not_come_back() -> None:
    text = edited(block(exported()), "")

    assert "要点" not in export(text).text
    assert export(export(text).text, NEWEST).text == export(text).text


def test_a_region_without_its_markers_is_the_readers() -> None:
    bare = re.sub(r"<!-- /?k8snotes:points .*\n", "", exported())

    merged = export(bare)

    assert "旧的要点" in merged.text
    assert "新的要点" not in merged.text


@pytest.mark.parametrize("end", ["", "/"])
def test_a_marker_without_its_other_half_is_a_line_like_any_other_and_told(end: str) -> None:
    broken = re.sub(rf"<!-- {end}k8snotes:points .*\n", "", exported())

    merged = export(broken)

    assert merged.text == broken
    assert merged.conflicts == ()
    assert len(merged.warnings) == 1
    assert "'points'" in merged.warnings[0]


def test_a_region_that_the_reader_moved_is_renewed_where_it_is() -> None:
    moved = exported().replace(block(exported()), "") + "\n" + block(exported())

    text = export(moved).text

    assert text == exported(NEW).replace(block(exported(NEW)), "") + "\n" + block(exported(NEW))


def test_of_two_copies_of_a_region_one_is_renewed_and_the_other_left() -> None:
    doubled = exported() + block(exported())

    text = export(doubled).text

    assert text == exported(NEW) + block(exported())
    assert export(text).text == text


def test_of_a_changed_and_an_untouched_copy_the_untouched_one_is_renewed() -> None:
    doubled = edited("旧的要点", "我改过的要点") + block(exported())

    merged = export(doubled)

    assert merged.conflicts == ()
    assert merged.text == edited("旧的要点", "我改过的要点") + block(exported(NEW))


def test_a_region_inside_another_is_the_readers_change_of_the_outer_one() -> None:
    inner = block(exported())
    nested = exported().replace(inner, "").replace("| 循环 | 3 |\n", f"| 循环 | 3 |\n\n{inner}")

    assert export(nested).text == nested


def test_a_new_region_goes_where_a_new_note_has_it() -> None:
    more = note(
        ("title", "# 循环"),
        ("summary", "> 一句话。"),
        ("points", "- 旧的要点。\n- 另一条。"),
        ("themes", "| 循环 | 3 |"),
        ("rights", "© 厨房"),
    )

    assert export(exported(), more).text == exported(more)


def test_a_new_region_goes_before_the_one_that_follows_it_wherever_that_is() -> None:
    more = note(("title", "# 循环"), ("summary", "> 一句话。"), ("points", "- 旧的要点。\n- 另一条。"))
    words = edited("<!-- k8snotes:points", "关于标题的话。\n\n<!-- k8snotes:points", exported(OLD))

    text = export(words, more).text

    assert text.index("关于标题的话") < text.index("一句话") < text.index("旧的要点")


def test_a_region_that_the_program_has_no_more_goes_if_nobody_touched_it() -> None:
    less = note(("title", "# 循环"), ("themes", "| 循环 | 3 |"))

    assert export(exported(), less).text == exported(less)
    assert export(export(exported(), less).text, OLD).text == exported()
    assert "我改过的要点" in export(edited("旧的要点", "我改过的要点"), less).text


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("tail", ["", "我的话", "我的话 \t \n\n"])
def test_line_ends_mark_and_tail_of_a_file_stay(ends: str, mark: str, tail: str) -> None:
    def as_saved(text: str) -> str:
        return mark + (text + tail).replace("\n", ends)

    assert export(as_saved(exported()), OLD).text == as_saved(exported())
    assert export(as_saved(exported())).text == as_saved(exported(NEW))


def test_a_note_that_ends_in_a_marker_without_a_newline_can_be_renewed() -> None:
    cut = exported().partition("\n\n## 我的笔记")[0]

    assert export(cut, OLD).text == cut
    moved = cut.replace(block(cut), "") + "\n\n" + block(cut).rstrip("\n")
    assert export(moved).text.endswith(block(exported(NEW)).rstrip("\n"))


TABLE = note(("themes", "## 主题\n\n| 主题 | 次数 |\n|---|---:|\n| 火候 | 3 |\n| API\\-server | 2 |"))
PROSE = note(("comments", "## 留言\n\n**甲** · 提问\n\n> 为什么a要等b？\n>\n> 等5分钟 &#36;x。\n>\n> 好"))
CODE = note(("body", "说明。\n\n```yaml\na:\n  b: 1\n```"))


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (TABLE, "|---|---:|", "| ---------- | ---: |"),
        (TABLE, "| 火候 | 3 |", "| 火候       |    3 |"),
        (TABLE, "API\\-server", "API-server"),
        (PROSE, "a要等b", "a 要等 b"),
        (PROSE, "> 为什么a要等b？", "> 为什么a\n> 要等b？"),
        (PROSE, "&#36;x", "$x"),
        (PROSE, "> 好", "> 好  "),
        (PROSE, "## 留言\n\n", "## 留言\n"),
        (CODE, "说明。\n\n", "说明。\n\n\n"),
    ],
)
def test_what_a_formatter_does_to_a_region_is_no_change_and_stays_till_there_is_new_text(
    made: Note, old: str, new: str
) -> None:
    formatted = edited(old, new, exported(made))
    newer = Note(fields=made.fields, tags=made.tags, regions=NEW.regions[1:2])

    assert export(formatted, made).text == formatted
    name = made.regions[0].name
    renewed = note((name, "全新的话。"))
    assert export(formatted, renewed).text == exported(renewed)
    assert newer.regions != made.regions


@pytest.mark.parametrize(
    ("made", "old", "new"),
    [
        (CODE, "  b: 1", "    b: 1"),
        (PROSE, "为什么", "为何"),
        (PROSE, "**甲**", "甲"),
        (TABLE, "| 3 |", "| 4 |"),
        (PROSE, "## 留言", "### 留言"),
    ],
)
def test_a_changed_word_mark_or_line_of_code_is_a_change(made: Note, old: str, new: str) -> None:
    changed = edited(old, new, exported(made))

    merged = export(changed, note((made.regions[0].name, "全新的话。")))

    assert merged.text == changed
    assert len(merged.conflicts) == 1


def test_code_that_looks_like_markers_does_not_end_its_region() -> None:
    other = block(exported())
    end = "<!-- /k8snotes:body 0123456789ab -->"
    hostile = note(
        ("title", "# 循环"), ("body", f"```\n{end}\n{other}{recorded_line()}\n```"), ("rights", "©")
    )
    newer = note(("title", "# 循环"), ("body", "新的正文。"), ("rights", "©"))

    assert export(exported(hostile), hostile).text == exported(hostile)
    assert export(exported(hostile), newer).text == exported(newer)


def recorded_line() -> str:
    record = recorded(exported())
    assert record
    return record.line


def test_without_its_record_a_note_keeps_all_and_gets_nothing_back() -> None:
    bare = edited(f"{recorded_line()}\n\n", "", edited(block(exported()), ""))

    merged = export(bare, note(("title", "# 新循环"), ("points", "- 新的要点。"), ("themes", "| 循环 | 3 |")))

    assert "# 新循环" in merged.text
    assert "要点" not in merged.text.replace(recorded_line(), "")
    assert recorded(merged.text) is not None
    assert export(merged.text, OLD).text != ""


@pytest.mark.parametrize(
    "content", ["我自己的笔记\n", "## 我的笔记\n\n只有我的话\n", "---\n", "---\nid: 1\n---\n我的\n"]
)
def test_a_file_that_we_did_not_write_is_never_overwritten(content: str) -> None:
    merged = export(content)

    assert merged.text == content
    assert [conflict.part for conflict in merged.conflicts] == ["note"]
    assert export(content, side="ours").conflicts == ()
    assert export(content, side="theirs") == merged
    assert as_the_program_has_it(content, NEW, ORIGIN) == exported(NEW)


def test_a_file_without_a_word_gives_way_to_the_side_taken() -> None:
    assert export(" \n").text == " \n"
    assert export(" \n", side="theirs").text == exported(NEW)


def test_a_note_whose_text_moved_remembers_where_it_is_now() -> None:
    from dataclasses import replace

    from k8snotes.export.merge import merge

    moved = replace(ORIGIN, source="../seeds/b.txt")

    assert merge(exported(), OLD, moved).text == fresh(OLD, moved)


BROKEN = {
    "a value without its end": ('title: "循环"', 'title: "循环'),
    "a line that is no field": ('author: "灶台"', "灶台说的"),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("was", BROKEN.values(), ids=BROKEN)
def test_front_matter_that_cannot_be_merged_is_replaced_where_the_new_one_is_asked_for(
    was: tuple[str, str], ends: str
) -> None:
    broken = edited(*was).replace("\n", ends)
    assert [conflict.part for conflict in export(broken).conflicts] == ["front matter"]

    taken = export(broken, side="theirs").text

    assert taken == exported(NEW).replace("\n", ends)
    # What the record remembers is what stands there now: a field that a new export drops goes.
    without_author = Note(
        fields=tuple(field for field in NEW.fields if field[0] != "author"), tags=(), regions=NEW.regions
    )
    assert export(taken, without_author).text == exported(without_author).replace("\n", ends)


def test_one_blank_line_stands_below_front_matter_that_was_replaced() -> None:
    broken = edited(
        "---\n\n<!-- k8snotes:note", "---\n<!-- k8snotes:note", edited(*BROKEN["a value without its end"])
    )

    assert export(broken, side="theirs").text == exported(NEW)
