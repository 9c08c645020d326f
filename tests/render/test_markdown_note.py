"""A lesson's note: what stands in it, in which order, and what is left out."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from k8snotes.export.front_matter import fresh
from k8snotes.model.findings import CommentDigest, KeySentence, Summary, Theme
from k8snotes.model.lesson import Comment, Lesson, Paragraph, Reply
from k8snotes.model.note import NoteStyle
from k8snotes.model.source import Source
from k8snotes.model.text import Piece, Text
from k8snotes.render.markdown import lesson_note, placed
from k8snotes.segment.marks import bold_runs

NOTHING = CommentDigest(total=0, questions=0, answered=0, thanks=0, top=())


def lesson(title: str | None = "01 | 煮饭", path: str = "seeds/a.txt", **fields: object) -> Lesson:
    bare = Lesson(
        source=Source(path=path, name="a.txt", lines=(), encoding="utf-8"),
        format="markdown",
        markup="markdown",
        title=title,
        number=None,
        course=None,
        author=None,
        author_bio=None,
        date=None,
        audio=None,
        stats=None,
        previous=None,
        next=None,
        copyright=None,
        title_lines=None,
        blocks=(),
        sections=(),
        comments=(),
        comments_total=None,
        warnings=(),
    )
    return replace(bare, **fields)  # type: ignore[arg-type]


def sentence(text: str, line: int) -> KeySentence:
    return KeySentence(text=text, plain=text, line=line, score=1.0)


def theme(text: str, count: int = 2) -> Theme:
    return Theme(text=text, count=count, lessons=1, score=1.0, aliases=())


def text_of(string: str) -> Text:
    return Text(string=string, pieces=(Piece(0, 1, 0),))


def comment(text: str, **fields: object) -> Comment:
    bare = Comment(
        author="灶台",
        author_truncated=False,
        date=datetime.date(2026, 3, 5),
        likes=3,
        text=text_of(text),
        clipped=False,
        pinned=False,
        kind="question",
        reply_count=None,
        replies=(),
        first_line=8,
        last_line=9,
    )
    return replace(bare, **fields)  # type: ignore[arg-type]


def note(
    lesson_: Lesson | None = None,
    *sentences: KeySentence,
    themes: tuple[Theme, ...] = (),
    digest: CommentDigest = NOTHING,
    author_summary: tuple[KeySentence, ...] = (),
    source: str = "seeds/a.txt",
    **style: object,
) -> tuple[str, str]:
    """Front matter and regions."""
    summary = Summary(
        lesson=lesson_ or lesson(),
        thesis=sentences[0] if sentences else None,
        sentences=sentences,
        author_summary=author_summary,
        themes=themes,
        comments=digest,
    )
    wanted = NoteStyle(sentences=5, themes=10, **style)  # type: ignore[arg-type]
    target = Path("notes/一季/a.md")
    made = placed(
        lesson_note(summary, wanted, bold_runs), id="0123", source=Path(source), target=target, style=wanted
    )
    return fresh(made.fields, made.tags), "\n\n".join(region.text for region in made.regions) + "\n"


def test_a_bare_lesson_is_its_title() -> None:
    assert note() == ('id: "0123"\ntitle: "01 | 煮饭"\nsource: "../../seeds/a.txt"\n', "# 01 \\| 煮饭\n")


@pytest.mark.parametrize("title", [None, "", " \u3000"])
def test_a_lesson_without_a_title_says_so(title: str | None) -> None:
    assert note(lesson(title))[1] == "# （无标题）\n"


def test_the_byline_says_what_the_text_says() -> None:
    _, body = note(lesson(course="厨房六讲", author=" ", date=datetime.date(2026, 3, 2)))

    assert body == "# 01 \\| 煮饭\n\n厨房六讲 · 2026-03-02\n"


def test_the_thesis_stands_above_the_other_sentences_and_each_leads_to_its_line() -> None:
    _, body = note(None, sentence("看蒸汽。", 3), sentence("少掀锅盖。", 7))

    assert body.split("\n\n")[1:] == [
        "> [!NOTE]\n> 看蒸汽。 [第 3 行](../../seeds/a.txt#L3)",
        "## 要点",
        "- 少掀锅盖。 [第 7 行](../../seeds/a.txt#L7)\n",
    ]


def test_a_link_holds_no_blank_and_no_bracket() -> None:
    _, body = note(None, sentence("看蒸汽。", 3), source="seeds/a (1) é%.txt")

    assert "](../../seeds/a%20%281%29%20%C3%A9%25.txt#L3)" in body


def test_a_name_in_no_encoding_makes_a_link_all_the_same() -> None:
    _, body = note(None, sentence("看蒸汽。", 3), source="seeds/\udcff.txt")

    assert "](../../seeds/%FF.txt#L3)" in body


def test_nothing_links_to_standard_input() -> None:
    fields, body = note(lesson(path="-"), sentence("看蒸汽。", 3), source="-")

    assert "source" not in fields
    assert "> 看蒸汽。（第 3 行）" in body


def test_themes_are_a_table_and_tags() -> None:
    fields, body = note(
        themes=(theme("控制器 模式", 4), theme("API server"), theme("？"), theme("API-server"))
    )

    assert "| 主题 | 次数 |\n|---|---:|\n| 控制器 模式 | 4 |\n| API server | 2 |" in body
    assert fields.endswith('tags:\n  - "控制器-模式"\n  - "API-server"\n')


def test_themes_that_make_no_tag_leave_no_empty_field() -> None:
    fields, _ = note(themes=(theme("？"), theme("2026")))

    assert "tags" not in fields


def test_a_comment_is_quoted_paragraph_by_paragraph_with_its_replies() -> None:
    answered = comment(
        "第一段\n\n第二段", replies=(Reply(by="author", text=text_of("好"), first_line=9, last_line=9),)
    )
    digest = CommentDigest(total=1, questions=1, answered=1, thanks=0, top=())

    _, body = note(lesson(comments=(answered,)), digest=digest)

    assert body.endswith(
        "## 问答\n\n"
        "**灶台** · 提问 · 2026-03-05 · 3 赞\n\n> 第一段\n>\n> 第二段\n>\n> 作者回复：\n>\n> 好\n\n"
        "## 留言\n\n1 条，1 个提问，1 条有作者回复。\n"
    )


@pytest.mark.parametrize(
    ("fields", "head"),
    [
        ({"author": None}, "**（无名）** · 提问 · 2026-03-05 · 3 赞"),
        ({"author": "\u3000"}, "**（无名）** · 提问 · 2026-03-05 · 3 赞"),
        ({"author_truncated": True}, "**灶台...** · 提问 · 2026-03-05 · 3 赞"),
        ({"date": None, "likes": 0}, "**灶台** · 提问"),
        ({"author": "**", "kind": "thanks"}, r"**\*\*** · 致谢 · 2026-03-05 · 3 赞"),
    ],
)
def test_a_comment_is_headed_by_what_the_page_says(fields: dict[str, object], head: str) -> None:
    _, body = note(lesson(comments=(comment("好", **fields),)))

    assert body.split("\n\n")[-2] == head


def test_a_comment_without_words_is_left_out() -> None:
    _, body = note(lesson(comments=(comment(""), comment("好"))))

    assert body.count("灶台") == 1


def test_the_rights_notice_comes_last() -> None:
    _, body = note(lesson(copyright="© 厨房"), sentence("看蒸汽。", 3))

    assert body.endswith("\n\n---\n\n© 厨房\n")


def test_answered_questions_stand_apart_from_the_other_comments() -> None:
    answer = (Reply(by="author", text=text_of("看水线"), first_line=9, last_line=9),)
    lesson_ = lesson(
        comments=(comment("见解甲", kind="remark", replies=answer), comment("提问乙", replies=answer))
    )

    _, body = note(lesson_)

    assert body.index("## 问答") < body.index("提问乙") < body.index("## 留言") < body.index("见解甲")


def test_links_of_wikis_name_the_file_as_it_is() -> None:
    _, body = note(None, sentence("看蒸汽。", 3), source="seeds/甲 乙.txt", links="wiki")

    assert "[[../../seeds/甲 乙.txt#L3|第 3 行]]" in body


@pytest.mark.parametrize("name", ["a|b", "a#b", "a^b", "a[b", "a]b", "a%%b"])
def test_a_file_that_no_link_of_a_wiki_can_name_gets_a_link_of_markdown(name: str) -> None:
    _, body = note(None, sentence("看蒸汽。", 3), source=f"seeds/{name}.txt", links="wiki")

    assert "[[" not in body
    assert "[第 3 行](../../seeds/a%" in body


def test_hidden_names_are_numbers_one_a_reader_and_one_for_each_name_that_was_cut() -> None:
    said = [
        comment("一", author="灶台"),
        comment("二", author="锅铲"),
        comment("三", author="灶台"),
        comment("四", author="灶", author_truncated=True),
        comment("五", author="灶", author_truncated=True),
        comment("六", author=None),
        comment("七，灶台说得对", author="锅铲"),
    ]

    _, body = note(lesson(comments=tuple(said)), hide_names=True)

    names = [line.partition("**")[2].partition("**")[0] for line in body.split("\n") if line.startswith("**")]
    assert names == ["读者 1", "读者 2", "读者 1", "读者 3", "读者 4", "（无名）", "读者 2"]
    assert "灶台说得对" in body


def test_the_full_text_comes_only_when_it_is_asked_for() -> None:
    block = Paragraph(text=text_of("正文在此。"), first_line=3, last_line=3)

    assert "正文在此" not in note(lesson(blocks=(block,)))[1]
    assert "## 正文\n\n正文在此。\n" in note(lesson(blocks=(block,)), with_body=True)[1]


def test_what_the_author_sums_up_stands_whole_and_apart_from_the_key_points() -> None:
    thesis, point, summed_up = sentence("先淘米。", 3), sentence("水没过米。", 5), sentence("米、水、火。", 9)
    also = sentence("缺一不可。", 9)

    _, regions = note(None, thesis, point, summed_up, author_summary=(summed_up, also))

    points, recap = regions.split("## 要点")[1].split("## 作者的总结")
    assert "水没过米。" in points
    assert "米、水、火。" not in points
    assert recap.index("米、水、火。") < recap.index("缺一不可。")
