"""Which sentences say what a term means, by rules and by a table of invented ones."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.analyse.definitions import Definitions
from k8snotes.segment.fold import fold_string
from k8snotes.segment.lexicon import spelled

TABLE = Path(__file__).parents[1] / "data" / "definitions.tsv"
CASES = [tuple(line.split("\t")) for line in TABLE.read_text("utf-8").splitlines()]


def defines(term: str, sentence: str) -> bool:
    name = spelled([fold_string(term)], whole=True)
    return Definitions(name).strength(fold_string(sentence)) > 0


def figures(cases: list[tuple[str, ...]]) -> tuple[int, int, int]:
    """How many sentences are found that define, are found, and define."""
    found = [label for label, term, sentence in cases if defines(term, sentence)]
    return found.count("yes"), len(found), sum(label == "yes" for label, _, _ in cases)


@pytest.mark.parametrize(
    ("half", "least_precision", "least_recall"),
    [(0, 0.97, 0.94), (1, 0.97, 0.94)],
    ids=["tuned on", "held out"],
)
def test_definitions_are_told_from_what_looks_like_one(
    half: int, least_precision: float, least_recall: float
) -> None:
    right, found, wanted = figures(CASES[half::2])

    print(
        f"\nprecision {right}/{found} = {right / found:.1%}, recall {right}/{wanted} = {right / wanted:.1%}"
    )
    assert right / found >= least_precision
    assert right / wanted >= least_recall


def test_the_table_has_both_kinds_in_both_halves() -> None:
    assert len(CASES) >= 150
    for half in (0, 1):
        labels = [label for label, _, _ in CASES[half::2]]
        assert {"yes", "no"} == set(labels)
        assert min(labels.count("yes"), labels.count("no")) > 30


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("水閘", "所謂水閘，就是讓水聽話的一扇門。"),
        ("水闸", "**水闸**，即一扇管水的门。"),
        ("水闸", "“水闸”指的是河上那扇可以升降的门。"),
        ("ＧＡＴＥ", "gate 是一种管水的门。"),
        ("水闸", "什么是水闸？水闸是用来挡水和放水的门。"),
    ],
)
def test_script_width_and_marks_make_no_difference(term: str, sentence: str) -> None:
    assert defines(term, sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("水闸", "大水闸是一种很大的门。"),  # of something else
        ("gate", "gateway 是一种网关。"),
        ("水闸", "所以说，这条河的本质只有一个，那就是水闸。"),  # the point of the river
        ("水闸", "不应该把它叫作水闸。"),
        ("水闸", ""),
        ("水闸", "水闸"),
        ("水闸", "水闸是"),
    ],
)
def test_what_is_said_of_something_else_defines_nothing(term: str, sentence: str) -> None:
    assert not defines(term, sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("值班手册", "所谓值班手册，就是把“报警响了应该先看什么、再看什么”写成谁都能照做的步骤。"),
        ("分区键", "分区键，就是从消息里挑出来的一个字段。"),
        ("稳定性", "排序算法的稳定性，指的是相等的元素排完以后次序不变。"),
        ("命中率", "命中率，即一百次取用里有多少次在手边就找到了。"),
        ("声明式", "只说要什么、不说怎么做，我们把这种写法叫作声明式。"),
        ("窗口期", "缓存的窗口期，是指从写库到失效之间的那段时间。"),
        ("探活", "“它还活着吗？”每隔几秒这样问一次，就叫作“探活”。"),
    ],
)
def test_what_is_quoted_counted_or_said_of_a_thing_asks_nothing(term: str, sentence: str) -> None:
    assert defines(term, sentence)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("兜底", "我把这三种做法统称为“兜底”。"),
        ("稳定性", "这里的稳定性指的是主从之间的那一种。"),
        ("回填", "以上几步我们统称为回填。"),
        ("分区键", "分区键就是从上一讲沿用下来的。"),
        ("值班手册", "所谓值班手册，就是谁来值班？"),
    ],
)
def test_what_points_back_or_asks_defines_nothing(term: str, sentence: str) -> None:
    assert not defines(term, sentence)


def test_a_sentence_that_says_what_a_thing_is_outweighs_one_that_only_names_it() -> None:
    rules = Definitions("水闸")

    named, said = (
        rules.strength(fold_string(sentence))
        for sentence in ("我们需要一个东西，叫作“水闸”。", "水闸，就是河上一扇可以升降的门。")
    )
    assert 0 < named < said


@given(st.text(alphabet="水闸是的就叫作所谓指即，。？（）“”:a ", max_size=60))
def test_any_sentence_has_a_strength(sentence: str) -> None:
    assert 0 <= Definitions("水闸").strength(fold_string(sentence)) <= 1


def test_a_hostile_sentence_takes_no_ages() -> None:
    rules = Definitions(re.escape("水闸"))

    assert rules.strength("水闸(" * 3_000 + "是,就叫" * 3_000) == 0
