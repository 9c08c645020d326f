"""Lines on a grid of cells: whole, within their width, and never begun by a comma."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from k8snotes.render.wrap import NEVER_FIRST, NEVER_LAST, wrap

texts = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"控制器模式，。：“”（）《》…—？! .ab1",
                "kube-proxy",
                "e\u0301",
                "👩\u200d💻",
                "❤\ufe0f",
                "  ",
                "\n",
            ]
        ),
        st.characters(categories=["Lo", "Lu", "Nd", "Po"]),
    ),
    max_size=40,
).map("".join)
# Prose: no mark stands alone, and never so many together that they fill a line.
words = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "（", "“", "《“"]),
    st.one_of(st.text(alphabet="控制器模式", min_size=1), st.sampled_from(["kube-proxy", "a", "a" * 50])),
    st.sampled_from(["", "，", "。”", "……", "）", "!", ".)"]),
    st.sampled_from(["", " "]),
)
words = st.lists(words, max_size=15).map("".join)
widths = st.integers(4, 30)


def lines(text: str, width: int) -> list[str]:
    return list(wrap(text, width, cell_len))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("控制器模式", 6, ["控制器", "模式"]),
        ("控制器，模式", 6, ["控制", "器，模", "式"]),
        ("他说“好”", 6, ["他说", "“好”"]),
        ("看 kube-proxy 吧", 10, ["看", "kube-proxy", "吧"]),
        ("看 kube-proxy，好", 10, ["看", "kube-prox", "y，好"]),
        ("a" * 9, 4, ["aaaa", "aaaa", "a"]),
        ("，" * 5, 4, ["，，", "，，", "，"]),
        ("一\n\n二", 8, ["一", "", "二"]),
        ("", 8, [""]),
        ("  缩进", 8, ["  缩进"]),
    ],
)
def test_a_text_is_broken_where_chinese_allows_it(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(texts, widths)
def test_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    assert "".join("".join(lines(text, width)).split()) == "".join(text.split())


@given(texts, widths)
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(text, width))


@given(words, st.integers(10, 30))
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str, width: int) -> None:
    broken = lines(text, width)

    assert all(line[0] not in NEVER_FIRST for line in broken if line)
    assert all(line[-1] not in NEVER_LAST for line in broken if line)


@pytest.mark.parametrize(
    "unit", ["控制器，", "，", "a", "（", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa，", " "]
)
def test_a_very_long_paragraph_loses_nothing(unit: str) -> None:
    text = unit * (100_000 // len(unit))

    assert "".join(lines(text, 80)).replace(" ", "") == text.replace(" ", "")
