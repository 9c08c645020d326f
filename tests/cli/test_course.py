"""Courses on the command line: one lesson in two shapes, the order that other commands take, exit codes."""

import os
import re
from pathlib import Path

import pytest

from assemble.texts import prose
from cli.runner import Runner
from parse.pages import item, mkdocs_page, printed_page, reader_comment
from read.test_containers import CHAPTER, book

LONG = "锅盖我已经贴了封条，可是汽还是从把手那里冒出来，是不是密封圈要换了？"


@pytest.fixture
def twice(k8snotes: Runner) -> Runner:
    """A course whose third lesson is held as a printed page and in a collection."""
    body = prose("水线")
    comments = [
        reader_comment(
            LONG[:20],
            name="灶王爷",
            day="2017-12-02",
            likes="👍 9",
            clip="展开 ▾",
            reply="作者回复: 换一个。",
        ),
        reader_comment("打卡", name="半勺", day="2017-12-03", likes=None),
    ]
    k8snotes.write("seeds/000_3f9a61c07be2d854.txt", printed_page(body, comments=comments))
    k8snotes.write(
        "seeds/焖饭的学问/03 - 水线：一指节是多深.md",
        mkdocs_page(
            f"{body}\n\n{prose('又一段', 3)}",
            item(LONG, name="灶王爷", day="2017-12-02", likes=71),
            item("打卡", name="米缸", day="2017-12-03", likes=0),
        ),
    )
    k8snotes.write("seeds/焖饭的学问/04 - 火候：听锅说话.md", prose("火候"))
    return k8snotes


def test_a_lesson_in_two_shapes_is_one_and_says_why(twice: Runner) -> None:
    (course,) = twice("course", "--json").json["courses"]
    lesson, other = course["lessons"]

    assert (course["name"], lesson["path"], other["number"]) == (
        "焖饭的学问", "seeds/焖饭的学问/03 - 水线：一指节是多深.md", 4,
    )  # fmt: skip
    (duplicate,) = lesson["duplicates"]
    assert duplicate["path"] == "seeds/000_3f9a61c07be2d854.txt"
    assert duplicate["of"] == lesson["path"]
    assert (duplicate["same"]["title"], duplicate["same"]["number"]) == (True, True)
    assert duplicate["same"]["body"] > 0.9
    assert (lesson["comments"], duplicate["comments"]) == (3, 2)


def test_its_comments_are_merged_and_say_where_they_stand(twice: Runner) -> None:
    lesson = twice("course", "--json", "--comments").json["courses"][0]["lessons"][0]
    first, *others = lesson["merged_comments"]

    assert (first["author"], first["text"], first["likes"]) == ("灶王爷", LONG, 71)
    assert [place["path"] for place in first["also"]] == ["seeds/000_3f9a61c07be2d854.txt"]
    assert [(reply["path"], reply["text"]) for reply in first["replies"]] == [
        ("seeds/000_3f9a61c07be2d854.txt", "换一个。")
    ]
    assert [(comment["author"], comment["text"]) for comment in others] == [
        ("米缸", "打卡"),
        ("半勺", "打卡"),
    ]
    for comment in lesson["merged_comments"]:
        for place in [comment, *comment["also"], *comment["replies"]]:
            lines = (twice.folder / place["path"]).read_text("utf-8").split("\n")
            said = "\n".join(lines[place["first_line"] - 1 : place["last_line"]])
            assert place.get("text", LONG[:20]) in said


def test_a_terminal_shows_a_table_of_contents(twice: Runner) -> None:
    shown = {"COLUMNS": "60", "NO_COLOR": "1", "LANG": "zh_CN.UTF-8"}
    result = twice("course", "--comments", on_terminal=True, env=shown)

    text = re.sub(r"\s+", "", result.out)
    assert text.startswith("焖饭的学问秦稻香·2课·缺2课·1份重复")
    assert "缺：1缺：02|淘米：三遍就够103|水线" in text
    assert "=seeds/000_3f9a61c07be2d854.txt标题、编号、正文" in text
    assert "换一个。" in text
    assert "灶王爷·提问·2017-12-02·71赞:" in text
    assert "半勺·打卡·2017-12-03seeds/000_3f9a61c07be2d854.txt:" in text


@pytest.mark.parametrize("command", ["summarize", "export", "parse"])
def test_lessons_come_in_the_order_of_their_course(k8snotes: Runner, command: str) -> None:
    for name in ("结束语-收锅", "加餐-砂锅", "第十讲 盛", "第九讲 盖", "开篇词-为什么"):
        k8snotes.write(f"焖饭/{name}.md", prose(name))

    output = ["-o", "notes"] if command == "export" else []
    records = k8snotes(command, "--jsonl", *output, "焖饭").records

    titles = [Path(record["path"]).stem for record in records]
    if command == "parse":  # which shows files, not courses
        assert titles[0] != "开篇词-为什么"
    else:
        assert titles == ["开篇词-为什么", "第九讲 盖", "第十讲 盛", "加餐-砂锅", "结束语-收锅"]


def test_a_lesson_in_two_texts_is_shown_once_with_the_comments_of_both(twice: Runner) -> None:
    rich, poor = "seeds/焖饭的学问/03 - 水线：一指节是多深.md", "seeds/000_3f9a61c07be2d854.txt"

    summarized = twice("summarize", "--jsonl").records
    counted = twice("themes", "--jsonl", "--limit", "200").records
    comments = twice("comments", "--jsonl").records
    exported = twice("export", "--jsonl", "-o", "notes").records

    others = [rich, "seeds/焖饭的学问/04 - 火候：听锅说话.md"]
    assert [record["path"] for record in summarized] == others
    assert [record["path"] for record in exported] == others
    (theme,) = (record for record in counted if record["text"] == "水线")
    assert theme["count"] == theme["lessons"] == 1
    assert summarized[0]["comments"]["total"] == 3
    first = summarized[0]["comments"]["top"][0]
    assert (first["path"], first["likes"]) == (rich, 71)
    assert [(reply["path"], reply["text"]) for reply in first["replies"]] == [(poor, "换一个。")]
    assert [(record["path"], record["author"], record["text"]) for record in comments] == [
        (rich, "灶王爷", LONG), (rich, "米缸", "打卡"), (poor, "半勺", "打卡"),
    ]  # fmt: skip
    note = Path(twice.folder, exported[0]["note"]).read_text("utf-8")
    assert note.count(LONG[:12]) == 1
    assert "换一个。" in note


def test_a_lesson_of_no_course_is_shown_once_too(k8snotes: Runner) -> None:
    k8snotes.write("水线.md", prose("水线"))
    k8snotes.write("旧/水线.txt", prose("水线"))
    k8snotes.write("火候.md", prose("火候"))

    assert k8snotes("course", ".").code == 1
    shown = k8snotes("summarize", "--jsonl", ".").records
    assert [record["title"] for record in shown] == ["水线", "火候"]


def test_lines_of_a_merged_comment_are_those_of_the_text_that_is_named(twice: Runner) -> None:
    for line in twice("comments").lines:
        path, number, said = line.split(":", 2)
        name = said.split(" ")[0]

        assert name in (twice.folder / path).read_text("utf-8").split("\n")[int(number) - 1]


def test_what_is_left_out_is_named_where_a_person_reads(twice: Runner) -> None:
    shown = twice("summarize", on_terminal=True)

    assert "seeds/000_3f9a61c07be2d854.txt: left out" in shown.err
    assert "焖饭的学问/03 - 水线" in shown.err
    assert twice("summarize").err == twice("summarize", "--quiet", on_terminal=True).err == ""


def test_a_file_that_is_named_itself_is_shown(twice: Runner) -> None:
    poor = "seeds/000_3f9a61c07be2d854.txt"
    rich = "seeds/焖饭的学问/03 - 水线：一指节是多深.md"

    def shown(*paths: str) -> list[tuple[str, int]]:
        records = twice("summarize", "--jsonl", *paths).records
        return [
            (record["path"], record["comments"]["total"]) for record in records if "04" not in record["path"]
        ]

    assert shown(poor) == [(poor, 2)]
    assert shown(poor, rich) == [(rich, 2), (poor, 2)]
    assert shown("seeds", poor) == [(rich, 2), (poor, 2)]
    assert shown("seeds", rich) == [(rich, 3)]
    assert shown("seeds/*.txt", "seeds/*/*.md") == [(rich, 3)]


def test_a_text_with_words_of_its_own_is_shown_behind_the_richer_one(twice: Runner) -> None:
    own = "我自己在家试了三回，第二回水放多了，盖子一掀全是泡，所以还是按老师说的来。"
    twice.write(
        "seeds/焖饭的学问/笔记/03 水线：一指节是多深.md",
        f"# 03 | 水线：一指节是多深\n\n{prose('水线')}\n\n{own}",
    )

    records = twice("summarize", "--jsonl").records

    assert [Path(record["path"]).name[:2] for record in records] == ["03", "03", "04"]
    (course,) = twice("course", "--json").json["courses"]
    assert len(course["lessons"][0]["duplicates"]) == 2


def test_a_note_stays_its_lessons_whichever_text_it_was_made_from(k8snotes: Runner) -> None:
    k8snotes.write("k8snotes.toml", "pages = false\n")
    k8snotes.write("seeds/a/03-水线.md", prose("水线"))
    k8snotes.write("seeds/a/04-火候.md", prose("火候"))
    (first, _) = k8snotes("export", "--jsonl").records
    note = k8snotes.folder / first["note"]
    note.write_text(note.read_text("utf-8") + "我的话。\n", encoding="utf-8")

    k8snotes.write("seeds/b/03-水线.md", "# 03 | 水线深浅\n\n" + prose("水线", 30))
    again = k8snotes("export", "--jsonl").records
    once_more = k8snotes("export", "--jsonl").records

    assert [(record["path"], record["note"], record["outcome"]) for record in again] == [
        ("seeds/b/03-水线.md", first["note"], "updated"),
        ("seeds/a/04-火候.md", "notes/a/04 - 火候.md", "unchanged"),
    ]
    assert "我的话。" in note.read_text("utf-8")
    assert {record["outcome"] for record in once_more} == {"unchanged"}
    assert len([*(k8snotes.folder / "notes").rglob("*.md")]) == 2


def test_texts_of_no_course_keep_the_order_in_which_they_are_named(k8snotes: Runner) -> None:
    for name in ("乙", "甲", "丙"):
        k8snotes.write(f"{name}.md", prose(name))

    records = k8snotes("summarize", "--jsonl", "乙.md", "丙.md", "甲.md").records

    assert [record["path"] for record in records] == ["乙.md", "丙.md", "甲.md"]


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_what_can_be_read_but_once_is_read_once(twice: Runner) -> None:
    page = (twice.folder / "seeds/000_3f9a61c07be2d854.txt").read_bytes()
    (twice.folder / "seeds/000_3f9a61c07be2d854.txt").unlink()

    (course,) = twice("course", "--json", "--comments", "-", "seeds", stdin=page).json["courses"]
    summarized = twice("summarize", "--jsonl", "seeds", "-", stdin=page).records

    assert [lesson["comments"] for lesson in course["lessons"]] == [3, 0]
    assert {place["path"] for place in course["lessons"][0]["merged_comments"][0]["also"]} == {"-"}
    assert [record["path"] for record in summarized][-1] == "-"


def test_an_e_book_is_a_course(k8snotes: Runner) -> None:
    names = ["封面", "02 | 水", "01 | 米"]
    pages = {f"{at}.html": CHAPTER.format(name) for at, name in enumerate(names)}
    titled = "<metadata><title>焖饭的学问</title></metadata>"
    k8snotes.write("书.epub", book(pages, spine=[*pages], metadata=titled))

    (course,) = k8snotes("course", "--json", "书.epub").json["courses"]

    assert (course["name"], course["named_by"]) == ("焖饭的学问", "book")
    assert [(lesson["title"], lesson["locator"]["chapter"]) for lesson in course["lessons"]] == [
        ("封面", "OEBPS/0.html"), ("02 | 水", "OEBPS/1.html"), ("01 | 米", "OEBPS/2.html"),
    ]  # fmt: skip


def test_a_check_asks_for_a_person_where_lessons_are_missing_or_clash(k8snotes: Runner) -> None:
    for name in ("01-米", "02-水"):
        k8snotes.write(f"焖饭/{name}.md", prose(name))
    assert k8snotes("course", "--check", "焖饭").code == 0

    k8snotes.write("焖饭/04-锅.md", prose("锅"))
    assert k8snotes("course", "焖饭").code == 0
    assert k8snotes("course", "--check", "焖饭").code == 3

    (k8snotes.folder / "焖饭/04-锅.md").rename(k8snotes.folder / "焖饭/02-锅.md")
    assert k8snotes("course", "--check", "焖饭").code == 3


def test_what_cannot_be_read_is_named_and_the_others_are_done(twice: Runner) -> None:
    twice.write("seeds/焖饭的学问/05 - 空.md", b"")

    result = twice("course")

    assert result.code == 4
    assert "05 - 空.md" in result.err
    assert len([line for line in result.lines if line.startswith("lesson\t")]) == 2


def test_fields_hold_no_tab_and_lines_no_newline(k8snotes: Runner) -> None:
    k8snotes.write("焖饭/01-a.md", "# 01 | 米\t饭\n\n" + prose("米"))
    k8snotes.write("焖饭/02\n-b.md", prose("水"))

    lines = k8snotes("course", "焖饭").lines

    assert [line.split("\t") for line in lines] == [
        ["lesson", "焖饭", "1", "1", "焖饭/01-a.md", "01 | 米 饭", "number"],
        ["lesson", "焖饭", "2", "2", "焖饭/02\\n-b.md", "02 | b", "number"],
    ]
