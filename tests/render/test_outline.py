"""Outlines: where the bullets are, and what hangs on them."""

import pytest

from k8snotes.render.flavors import FLAVORS


@pytest.mark.parametrize(
    ("markdown", "outline"),
    [
        ("## 题\n\n| 甲 | 乙 |\n|-|-:|\n| 一 | 3 |", "- ## 题\n  | 甲 | 乙 |\n  |-|-:|\n  | 一 | 3 |"),
        ("两栏如下。\n\n| 甲 |\n|---|\n\n再看。", "- 两栏如下。\n  | 甲 |\n  |---|\n- 再看。"),
        ("## 表\n\n- 一\n    - 二\n\n| 甲 |\n|---|", "- ## 表\n\t- 一\n\t\t- 二\n\t\t  | 甲 |\n\t\t  |---|"),
        ("> 引文\n\n| 甲 |\n|---|", "- > 引文\n-\n  | 甲 |\n  |---|"),
        ("| 甲 |\n|---|", "-\n  | 甲 |\n  |---|"),
        ("```\n| 不是表 |\n```", "- ```\n  | 不是表 |\n  ```"),
    ],
)  # fmt: skip
def test_a_table_hangs_on_words_and_not_on_a_bullet_of_its_own(markdown: str, outline: str) -> None:
    assert FLAVORS["logseq"].region(markdown) == outline
