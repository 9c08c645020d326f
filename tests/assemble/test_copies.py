"""Which texts may be left out: only those that say nothing that the richer text does not say."""

import pytest

from assemble.texts import lesson, prose
from k8snotes.assemble import copies
from k8snotes.assemble.copies import is_copy
from k8snotes.segment.fold import fold_string
from parse.pages import printed_page

BODY = prose("水线")
OWN = "我自己在家试了三回，第二回水放多了，盖子一掀全是泡，所以还是按老师说的来。"


def held(poorer: str, richer: str = BODY, name: str = "03 - 水线.md") -> bool:
    return is_copy(lesson(name, poorer), lesson("03 - 水线 2.md", richer), fold_string)


@pytest.mark.parametrize(
    "poorer",
    [
        pytest.param(BODY, id="the same"),
        pytest.param(BODY[: len(BODY) // 3], id="its beginning"),
        pytest.param(BODY.replace("。", "，").replace("\n\n", "\n"), id="other marks and lines"),
        pytest.param("> " + BODY.replace("\n\n", "\n>\n> "), id="quoted"),
        pytest.param(BODY.replace("锅", "鍋"), id="another script"),
        pytest.param(BODY + "\n\n展开全文", id="a button's word"),
        pytest.param(printed_page(BODY), id="another shape"),
        pytest.param("# 03 | 水线", id="no body"),
    ],
)
def test_what_says_nothing_more_is_a_copy(poorer: str) -> None:
    assert held(poorer)


@pytest.mark.parametrize(
    "poorer",
    [
        pytest.param(f"{BODY}\n\n{OWN}", id="a paragraph of a reader's own"),
        pytest.param(f"{prose('水线', 8)}\n\n- {OWN}", id="an excerpt with a note"),
        pytest.param(f"{BODY}\n\n```\n{OWN}\n```", id="code of its own"),
        pytest.param(prose("火候"), id="another lesson"),
        pytest.param(BODY.replace("。", "。好，").replace("米", "饭"), id="another edition"),
    ],
)
def test_what_says_more_is_none(poorer: str) -> None:
    assert not held(poorer)


def test_a_text_too_long_for_that_is_a_copy_if_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST", 100)

    assert held(BODY.replace("\n\n", "\n"))
    assert not held(BODY[:-6])
