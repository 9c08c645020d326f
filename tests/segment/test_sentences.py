"""Where sentences end in Chinese and mixed text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.model.lesson import ItemList, Paragraph
from k8snotes.model.text import Piece, Text
from k8snotes.segment.sentences import _prose, split_sentences

texts = st.lists(
    st.sampled_from([*"控制a b.。！？!?…“”「」（）()《》*_`\"'，~\n", "。”", "e.g. ", "v1.2"])
).map("".join)


def sentences(text: str, *, at_newlines: bool = False) -> list[str]:
    return [text[start:stop] for start, stop in split_sentences(text, at_newlines=at_newlines)]


def items(text: str) -> list[str]:
    block = ItemList(text=Text(string=text, pieces=(Piece(0, 1, 0),)), first_line=1, last_line=1)
    return [text[start:stop] for start, stop in _prose(block)]


@pytest.mark.parametrize(
    "parts",
    [
        "门开着。|灯亮着！|人呢？",
        "真的？！|是。",
        "嗯……|我想想。",
        "他说：“好。”|说完就走。",
        "写着「到此為止。」|就這樣。",
        "『完。』|散場。",
        "（见上一讲。）|接着说。",
        "他讲“先看。再动。”|三步。",
        "没有结尾的一句",
        "前一句。|没有结尾的一句",
        "**重点。**|后面一句。",
        "前面一句。|**重点**在后。",
        "读取缓存。|`list` 一遍。",
        '他走了。|"算了"，她说。',
        "The lamp is on. |灯亮着。",
        "升级到 etcd. |再看一眼。",
        "灯 on. |好",
        "真的?|当然!|好。",
        "见 (docs.) |再看。",
    ],
)
def test_a_sentence_ends_with_its_mark_and_what_closes_there(parts: str) -> None:
    assert sentences(parts.replace("|", "")) == [part.strip() for part in parts.split("|")]


@pytest.mark.parametrize(
    "whole",
    [
        "“为什么要等？”这个问题先放下。",
        "“好。”，他说。",
        "「誰補的？」這題問得好。",
        "他讲“先看。再动。最后记账”三步。",
        "（为什么要等？（真的要等。）后面会讲。）",
        "设在 1) 处（见 2) 项。好吗）的灯。",
        "设在别处（见“图 2。好吗）的灯。",
        "（一（二。）三。（四。）五）六。",
        "例如 e.g. 这一条。",
        "Docker vs. Podman 的比较。",
        "pods, services etc. 都算。",
        "用 v1.28.3 或 1.29.0 都行。",
        "打开 https://example.com/a?b=c&d=e 看看。",
        "如果 a != b 就重来。",
        "看图![控制循环](loop.png)再说。",
        "运行 `if ! test -f x. ; then` 这一行。",
        "《谁动了灯？》是一本书。",
    ],
)
def test_what_looks_like_an_end_may_be_none(whole: str) -> None:
    assert sentences(whole) == [whole]


def test_a_newline_ends_an_item_and_not_a_wrapped_line() -> None:
    assert sentences("买米\n淘米", at_newlines=True) == ["买米", "淘米"]
    assert sentences("买米\n淘米") == ["买米\n淘米"]


def test_an_item_begins_after_its_mark() -> None:
    assert items("- 买米。\n* [x] 淘米\n  12. 煮饭。3. 不算标记") == [
        "买米。",
        "淘米",
        "煮饭。",
        "3. 不算标记",
    ]


def test_blank_text_has_no_sentences() -> None:
    assert sentences(" \n\u3000 ") == []


@given(texts, st.booleans())
def test_every_word_is_in_one_sentence_and_in_order(text: str, at_newlines: bool) -> None:
    spans = list(split_sentences(text, at_newlines=at_newlines))

    assert all(start < stop for start, stop in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize(
    "unit", ["“好。”他说！", "（", "“", "!*", "`!*", "“为什么？”", "。**", ")", "a。(", '?"']
)
def test_hostile_text_in_great_number_is_covered_whole(unit: str) -> None:
    text = unit * (250_000 // len(unit))

    assert "".join(text[a:b] for a, b in split_sentences(text, at_newlines=False)) == text


def test_a_paragraph_is_no_list() -> None:
    block = Paragraph(text=Text(string="1. 不是列表。", pieces=(Piece(0, 1, 0),)), first_line=1, last_line=1)

    assert list(_prose(block)) == [(0, 8)]
