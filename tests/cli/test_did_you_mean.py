"""What is suggested where no passage holds all that was asked for."""

from pathlib import Path

import pytest

from cli.runner import Runner

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("控制寻环", ["控制循环"]),
        ("什么是水平触法？", ["水平触发"]),
        ("老师在哪里讲了水平触法", ["水平触发"]),
        ("水平触法 -code", ["水平触发"]),
        ("声名式API", ["声明式 API"]),
        ("声名式 API", ["声明式 API"]),
        ("kubelet 水平触法", ["kubelet 水平触发"]),
        ("Kubelet 水平触法 -code", ["Kubelet 水平触发 -code"]),
        ("水平触法 OR 控制寻环", ["水平触发 OR 控制循环"]),
        ('"控制寻环" kubelet', ["控制循环 kubelet"]),
        ("控制寻环和水平触法的区别", ["控制循环 水平触发"]),
    ],
)
def test_a_query_of_which_a_word_is_wrong_comes_back_with_the_right_one(
    k8snotes: Runner, query: str, meant: list[str]
) -> None:
    assert k8snotes("search", "--json", "--", query, SAMPLE).json["suggestions"] == meant


@pytest.mark.parametrize(
    "query",
    [
        "控制循环",  # is there
        "kubelet 量子",  # the course knows nothing of the kind
        "kubelet 水平触法 控制寻环 期往状态 声名式",  # so many unknown words are about something else
        "控制循环 kubelet 堆肥",
        "热控制循环",  # of which a part was looked for as well
        "-水平触法",
        "OR",
        '""',
        "",
    ],
)
def test_where_nothing_is_near_nothing_is_suggested(k8snotes: Runner, query: str) -> None:
    assert k8snotes("search", "--json", "--", query, SAMPLE).json["suggestions"] == []


def test_what_sounds_the_same_is_meant_and_nothing_that_is_only_near(k8snotes: Runner) -> None:
    pytest.importorskip("pypinyin")

    assert k8snotes("search", "--json", "shuipingchufa", SAMPLE).json["suggestions"] == ["水平触发"]
