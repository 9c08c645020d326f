"""Flash cards: what is asked, how a card is known again, and that no text does anything in a field."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cli.runner import Runner
from k8snotes.model.document import Blanked, Term
from k8snotes.render.cards import _with_gaps, deck_of, field_html

LESSON = """# {title}

{definition}

慢一点没关系，水太多才麻烦，所以堆肥要常常翻动。

## 精选留言

> 阿川

{question}

作者回复：{answer}
"""
DEFINITION = "所谓堆肥，就是把湿垃圾变成肥料的一种办法，翻一翻，等一等。"


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def lesson(
    *,
    title: str = "01 | 堆肥入门",
    definition: str = DEFINITION,
    question: str = "下雨天要不要盖起来？",
    answer: str = "要盖，还要垫高。",
) -> str:
    return LESSON.format(title=title, definition=definition, question=question, answer=answer)


def rows(k8snotes: Runner, *texts: str, options: tuple[str, ...] = ()) -> list[list[str]]:
    for number, text in enumerate(texts):
        k8snotes.write(f"texts/{number}.md", text)
    out = k8snotes("export", "--format", "anki", "-o", "-", "texts", *options).out
    return [line.split("\t") for line in out.splitlines() if not line.startswith("#")]


def of_kind(kind: str, found: list[list[str]]) -> list[list[str]]:
    return [row for row in found if f"k8snotes::{kind}" in row[5].split()]


def test_the_head_says_what_the_columns_are(k8snotes: Runner) -> None:
    k8snotes.write("a.md", lesson())

    lines = k8snotes("export", "--format", "anki", "-o", "-", "a.md").lines

    head = [line for line in lines if line.startswith("#")]
    assert lines[: len(head)] == head
    assert {
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:6",
    } < set(head)
    assert {line.count("\t") for line in lines[len(head) :]} == {5}


def test_a_term_is_asked_for_and_its_sentence_answers_with_its_line(k8snotes: Runner) -> None:
    card = of_kind("定义", rows(k8snotes, lesson()))[0]

    assert card[3] == "什么是堆肥？"
    assert card[4].startswith(DEFINITION)
    assert "01 | 堆肥入门 · 第 3 行" in card[4]


def test_a_key_sentence_has_a_gap_at_each_place_of_its_term(k8snotes: Runner) -> None:
    gaps = of_kind("填空", rows(k8snotes, lesson()))

    terms = [re.search(r"\{\{c1::(.+?)\}\}", row[3]) for row in gaps]
    assert "堆肥" in [term[1] for term in terms if term]
    for row, term in zip(gaps, terms, strict=True):
        assert term
        assert row[3].count(term[1]) == row[3].count("{{c1::")


def test_a_question_is_answered_by_the_author(k8snotes: Runner) -> None:
    card = of_kind("问答", rows(k8snotes, lesson()))[0]

    assert card[3] == "下雨天要不要盖起来？"
    assert card[4].startswith("要盖，还要垫高。<br><small>阿川 · ")


def test_hidden_names_are_on_no_card_and_change_no_guid(k8snotes: Runner) -> None:
    shown, hidden = rows(k8snotes, lesson()), rows(k8snotes, lesson(), options=("--hide-names",))

    assert [row[0] for row in shown] == [row[0] for row in hidden]
    assert "阿川" not in str(hidden)
    assert "读者 1" in str(hidden)


@pytest.mark.parametrize(
    "edited",
    [
        lesson(definition="所谓堆肥，指的是湿垃圾慢慢变成肥料的过程。"),
        lesson(question="下雨天到底要不要盖起来呢？", answer="要盖。"),
        lesson(title="01丨堆肥入门"),
        lesson(definition=f"先说几句闲话，天气不错。\n\n{DEFINITION}"),
    ],
)
def test_other_words_leave_the_guids_as_they_are(k8snotes: Runner, edited: str) -> None:
    before = {row[0] for row in rows(k8snotes, lesson())}

    assert {row[0] for row in rows(k8snotes, edited)} >= before


def test_a_renamed_file_leaves_the_guids_as_they_are(k8snotes: Runner) -> None:
    k8snotes.write("one.md", lesson())
    k8snotes.write("folder/another name.md", lesson())
    found = [
        [line.split("\t")[0] for line in k8snotes("export", "--format", "anki", "-o", "-", name).lines]
        for name in ("one.md", "folder/another name.md")
    ]

    assert found[0] == found[1]


def test_lessons_of_one_title_and_readers_of_one_name_share_no_guid(k8snotes: Runner) -> None:
    other = lesson(
        definition="种菜要有耐心，种菜要有好土，土里要有蚯蚓。", question="土从哪里来？", answer="山上。"
    )
    both = "\n> 阿川\n\n那雪天呢？\n\n作者回复：雪天也盖。\n"

    found = rows(k8snotes, lesson() + both, other, other.replace("种菜", "养花"))

    assert len({row[0] for row in found}) == len(found)
    assert len(of_kind("问答", found)) == 4


ONE_READER = """# 01 | 堆肥入门

堆肥要常常翻动，慢一点没关系。

## 精选留言

{comments}
"""
RAIN = "> 阿川\n\n下雨天要不要盖起来？\n\n作者回复：要盖，还要垫高。\n"
SNOW = "> 阿川\n\n那雪天呢？\n\n作者回复：雪天也盖。\n"


def guids_by_question(k8snotes: Runner, *comments: str) -> dict[str, str]:
    asked = of_kind("问答", rows(k8snotes, ONE_READER.format(comments="\n".join(comments))))
    return {row[3]: row[0] for row in asked}


def test_questions_of_one_reader_keep_their_guids_in_whatever_order_they_come(k8snotes: Runner) -> None:
    there, back = guids_by_question(k8snotes, RAIN, SNOW), guids_by_question(k8snotes, SNOW, RAIN)

    assert len({*there.values()}) == 2
    assert there == back


def test_a_question_more_of_a_reader_never_takes_the_guid_of_another(k8snotes: Runner) -> None:
    [alone] = guids_by_question(k8snotes, RAIN).values()

    both = guids_by_question(k8snotes, SNOW, RAIN)

    assert alone not in both.values()
    mended = guids_by_question(k8snotes, SNOW.replace("那雪天呢", "那，雪天呢"), RAIN)
    assert {*mended.values()} == {*both.values()}


def test_a_question_that_stands_there_twice_is_two_cards(k8snotes: Runner) -> None:
    found = of_kind("问答", rows(k8snotes, ONE_READER.format(comments=f"{SNOW}\n{SNOW}\n{RAIN}")))

    assert len({row[0] for row in found}) == 3


def test_lessons_of_one_name_keep_their_guids_in_whatever_order_they_come(k8snotes: Runner) -> None:
    one = lesson(title="加餐")
    other = lesson(
        title="加餐", definition="堆肥不挑地方，阳台也行，院子也行。", question="用什么桶？", answer="木桶。"
    )

    there, back = (
        {row[3]: row[0] for row in rows(k8snotes, *texts)} for texts in ((one, other), (other, one))
    )

    assert len({*there.values()}) == len(there) > 4
    assert there == back


def test_a_term_that_two_lessons_define_is_one_card(k8snotes: Runner) -> None:
    second = lesson(title="02 | 再谈堆肥", definition="堆肥是一种慢功夫，急不得，也懒不得。")

    defined = of_kind("定义", rows(k8snotes, lesson(), second))

    assert [row[3] for row in defined] == ["什么是堆肥？"]
    assert DEFINITION in defined[0][4]


@pytest.mark.parametrize(
    ("course", "deck"),
    [
        (None, "k8snotes"),
        ("阳台种菜", "k8snotes::阳台种菜"),
        ("甲::乙", "k8snotes::甲：：乙"),
        ("::", "k8snotes"),
        ('a\tb\n"c"', "k8snotes::a b ＂c＂"),
    ],
)
def test_a_course_is_one_deck_whatever_its_name(course: str | None, deck: str) -> None:
    assert deck_of(course) == deck


HOSTILE = st.text(
    st.sampled_from("{}:[]\\()<>&\"'\t\n\r\x00\u2028 c1/$堆肥soundlatexankitype-!") | st.characters(),
    max_size=40,
)
ACTED_ON = re.compile(r"\{\{|\}\}|::|\[sound:|\[/?latex|\[/?\$|\[anki:|\\[(\[]", re.IGNORECASE)


@given(HOSTILE)
def test_no_text_does_anything_in_a_field(text: str) -> None:
    field = field_html(text)

    parsed = LexborHTMLParser(f"<body>{field}</body>").css_first("body")
    assert not ACTED_ON.search(field)
    assert not set(field) & set('\t\n\r"')
    assert {node.tag for node in parsed.css("*")} <= {"body", "br", "wbr", "span"}
    assert all(not node.attributes for node in parsed.css("*"))


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_gap_is_the_only_one_of_its_sentence(before: str, term: str, after: str) -> None:
    start, stop = len(before), len(before) + len(term)
    blanked = Blanked(
        term=Term(text=term, key=term, pattern=""),
        plain=before + term + after,
        line=1,
        spans=((start, stop),),
    )

    field = _with_gaps(blanked)

    assert len(re.findall(r"\{\{", field)) == len(re.findall(r"\}\}", field)) == 1
    assert not re.search(r"\{\{\{|\}\}\}", field)
    assert re.search(r"\{\{c1::(?!:)", field)
