"""Numbers as bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.render.bars import BLOCKS, bar, spread

COUNTS = st.lists(st.integers(0, 10_000), max_size=300)


@pytest.mark.parametrize(
    ("counts", "drawn", "in_ascii"),
    [
        ([0, 1, 8], "·▁█", ".29"),
        ([4, 4], "██", "99"),
        ([0, 0], "··", ".."),
        ([], "", ""),
    ],
)
def test_the_largest_is_highest_and_none_is_a_dot(counts: list[int], drawn: str, in_ascii: str) -> None:
    assert spread(counts, 80, in_ascii=False) == drawn
    assert spread(counts, 80, in_ascii=True) == in_ascii


@given(counts=COUNTS, width=st.integers(1, 100), in_ascii=st.booleans())
def test_a_spread_fits_and_hides_nothing(counts: list[int], width: int, in_ascii: bool) -> None:
    drawn = spread(counts, width, in_ascii=in_ascii)

    assert len(drawn) <= width
    assert len(drawn) == len(counts) or len(counts) > width
    assert bool(set(drawn) - set("·.")) == any(counts)
    assert not in_ascii or drawn.isascii()


def test_neighbours_share_a_character_where_there_is_little_room() -> None:
    assert spread([1, 0, 0, 0, 3, 1], 3, in_ascii=False) == "▂·█"


@given(count=st.integers(1, 100), more=st.integers(0, 100), width=st.integers(1, 50))
def test_a_bar_fits_and_is_there_where_anything_is(count: int, more: int, width: int) -> None:
    assert 1 <= len(bar(count, count + more, width, in_ascii=True)) <= width
    assert bar(0, count, width, in_ascii=False) == ""
    assert bar(count, count, width, in_ascii=False) == BLOCKS[-1] * width
