"""Which lessons have to be read for a literal, and in which its lines tell all."""

from contextlib import closing

import pytest

from k8snotes.lookup import Library, lines_with, narrowed_by
from k8snotes.parse import parse
from k8snotes.refresh import Index
from properties.test_index_laws import store_of
from properties.test_search_laws import SHAPES


@pytest.mark.parametrize(
    ("paragraphs", "literal"),
    [
        (["声明式 的写法。", "一个 **API** 对象。"], "声明式 API"),
        (["先更新 Pod 的标签。", "看 **Pod** 和它的标签。"], "新 Pod 的"),
        (["水位**高**低。", "它的位置高不高。"], "的位高不"),
    ],
)
def test_a_lesson_whose_seams_join_other_words_is_not_read(paragraphs: list[str], literal: str) -> None:
    with closing(store_of([parse(SHAPES["plain markdown"](paragraphs, []))])) as store:
        library = Library(Index(store, ()))
        lines = [lines for _, lines in narrowed_by(library, literal, exactly=False)([0])]

    assert None not in lines


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        ("声明式 **API** 对象", ["声明式 API", "式 A", " API 对", "明式 AP"]),
        ("水*位*高*低*不一", ["水位高低不一", "位高", "位高低", "水位高"]),
        ("水*位高_低*不一", ["位高_低不", "水位高_"]),
        ("水**位\u200b高**低", ["水位高低", "位高", "水位", "高低"]),
        ("水[位](x)\u200b高ﬁ低", ["水位高fi低", "位高f", "i低", "高fi"]),
        ("先*…*控，再**…调**", ["先…", "…控", "先…控", "再…调", "…调"]),
        ("长的 &lt;b&gt; 标签", ["长的 <b> 标", "的 <b", "b> 标"]),
        ("高&#27700;低&#8230;位", ["水", "高水", "水低", "低...位", "...", "..位", "低.", "."]),
        ("高\u200b*\u200b*\u200b低*\u200b*位", ["高低", "低位", "高低位"]),
    ],
)
def test_what_reads_on_over_seams_is_found_from_any_place_to_any(text: str, literals: list[str]) -> None:
    with closing(store_of([parse(SHAPES["plain markdown"]([text], []))])) as store:
        library = Library(Index(store, ()))
        missed = [
            literal
            for literal in literals
            if not [*lines_with(library, literal, lambda _, lines: lines, exactly=False)]
        ]

    assert missed == []
