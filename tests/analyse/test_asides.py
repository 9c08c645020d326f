"""Which paragraph a comment talks of, by cases and by a table of invented comments on the sample course."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.analyse.asides import Asides
from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.model.thread import About
from k8snotes.parse import parse
from k8snotes.pipeline import inputs_named, read_inputs
from k8snotes.segment.fold import fold
from k8snotes.segment.lexicon import shipped_lexicon, vocabulary_of
from k8snotes.segment.longest_match import LongestMatch

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "data" / "asides.tsv"
CASES = [tuple(line.split("\t")) for line in TABLE.read_text("utf-8").splitlines()]
LESSON = """\
# 水塔

水塔建在高处，楼顶的人才洗得了澡，这就是高度差的用处。

水泵每天夜里抽水，白天停下来，靠水塔里的存货应付早高峰。

检修口的盖子用不锈钢做，每季度清一次淤泥，阀门顺手上一遍油。

水塔旁边种了一排桂花，秋天的时候整条街都是香的，水塔也是。
"""


def asides_of(lesson: Lesson) -> Asides:
    vocabulary = vocabulary_of(shipped_lexicon())
    return Asides(lesson, vocabulary, fold, LongestMatch(vocabulary).words)


@cache
def water_tower() -> Asides:
    lines = tuple(LESSON.split("\n"))
    return asides_of(parse(Source(path="水塔.md", name="水塔.md", lines=lines, encoding="utf-8")))


def about(comment: str) -> About | None:
    return water_tower().about(comment)


@cache
def sample_course() -> dict[str, Asides]:
    def named() -> Iterator[tuple[str, Asides]]:
        for found in read_inputs(inputs_named([str(ROOT / "seeds" / "sample")])):
            assert isinstance(found, tuple)
            file, lesson = found
            yield file.path.name.replace(" ", "_").split("_")[0], asides_of(lesson)

    return dict(named())


@pytest.mark.parametrize(("half", "least_recall"), [(0, 0.8), (1, 0.8)], ids=["odd", "held out"])
def test_links_lead_to_the_right_paragraph_or_nowhere(half: int, least_recall: float) -> None:
    links = [
        (found, line)
        for lesson, line, comment in CASES[half::2]
        if (found := sample_course()[lesson].about(comment)) is not None
    ]
    right = sum(line != "-" and found.first_line <= int(line) <= found.last_line for found, line in links)
    wanted = sum(line != "-" for _, line, _ in CASES[half::2])

    print(f"\nprecision {right}/{len(links)}, recall {right}/{wanted}")
    assert right == len(links)
    assert right / wanted >= least_recall


def test_half_of_the_table_talks_of_no_paragraph() -> None:
    assert len(CASES) >= 60
    assert 0.4 < sum(line == "-" for _, line, _ in CASES) / len(CASES) < 0.6


def test_a_stretch_word_for_word_is_a_quotation() -> None:
    found = about("每季度清一次淤泥？我们那座三年没清过了。")

    assert found is not None
    assert (found.first_line, found.because) == (7, "quotes")
    assert found.words == ("每季度清一次淤泥",)


def test_a_short_quotation_counts_when_it_stands_in_quotation_marks() -> None:
    assert about("老师说“应付早高峰”，可晚高峰呢") is not None
    assert about("老师说应付早高峰，可晚高峰呢") is None


def test_rare_words_that_one_paragraph_has_are_shared_terms() -> None:
    found = about("阀门、淤泥和检修口的盖子都归我们班组管，不锈钢太贵没有用。")

    assert found is not None
    assert (found.first_line, found.because) == (7, "terms")
    assert set(found.words) <= {"阀门", "淤泥", "检修口", "检修", "不锈钢", "盖子"}


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "。。。",
        "水塔讲得真好",  # the subject of all paragraphs
        "感谢老师，我每天都来学习。",
        "秋天的时候",  # too short for chance
        "不锈钢",  # one word
    ],
)
def test_what_says_too_little_has_no_paragraph(comment: str) -> None:
    assert about(comment) is None


def test_what_two_paragraphs_share_leads_to_neither() -> None:
    sentence = "每天夜里抽水，白天停下来，靠存货应付早高峰"
    lines = (sentence + "。", "", sentence + "！")
    lesson = parse(Source(path="a.md", name="a.md", lines=lines, encoding="utf-8"))

    assert asides_of(lesson).about(f"“{sentence}”说得好") is None


def test_script_and_width_make_no_difference() -> None:
    found = about("每季度清壹次？我看「閥門順手上一遍油」就夠了")

    assert found is not None
    assert found.words == ("閥門順手上一遍油",)


@given(st.text(max_size=80) | st.text(alphabet="水塔建在高处，“”不锈钢阀门", max_size=80))
def test_any_comment_has_a_paragraph_of_the_lesson_or_none(comment: str) -> None:
    found = about(comment)

    assert found is None or (0 < found.score <= 1 and found.first_line in (3, 5, 7, 9))


def test_a_lesson_without_prose_has_nothing_to_talk_of() -> None:
    lesson = parse(Source(path="a.md", name="a.md", lines=("```", "x = 1", "```"), encoding="utf-8"))

    assert asides_of(lesson).about("x = 1 是什么意思") is None
