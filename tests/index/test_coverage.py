"""What covers most of a query is told as if every passage were looked at."""

from itertools import chain
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.test_grid import LESSONS, grid_of
from k8snotes.index import coverage as coverages
from k8snotes.index import postings
from k8snotes.index.coverage import Coverage, Held
from k8snotes.index.postings import Listed, Mapped
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field

FIELDS = list(Field)[:8]
SHARES = st.floats(0.01, 1.0)


@st.composite
def coverages_of_some(draw: st.DrawFn, part: float) -> tuple[Coverage, dict[int, int], list[float]]:
    """A coverage; by hand in which lists each passage stands, and the shares of the lists."""
    grid, rows = grid_of(draw(LESSONS))
    held: dict[int, int] = dict.fromkeys(rows, 0)
    lists: list[Held] = []
    for thing in range(draw(st.integers(1, 7))):
        left = {*rows}
        share = draw(SHARES)
        for worth in (share, share / 2)[: draw(st.integers(1, 2))]:  # no passage stands in both
            some = draw(st.sets(st.sampled_from(sorted(left)))) if left else set()
            left -= some
            if some:
                for row in some:
                    held[row] |= 1 << len(lists)
                listed = Listed(grid, sorted(some))
                lists.append(Held(thing, Mapped(grid, listed.bits) if draw(st.booleans()) else listed, worth))
    with (
        patch.object(coverages, "MOST_IN_SHORT", draw(st.sampled_from([0, 3, 100]))),
        patch.object(postings, "MANY_TO_ONE", draw(st.sampled_from([0, 20]))),
    ):
        return Coverage(grid, lists, part), held, [share for _, _, share in lists]


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9])
@given(data=st.data())
def test_the_passages_that_cover_enough_are_those_of_a_look_at_all(data: st.DataObject, part: float) -> None:
    coverage, held, shares = data.draw(coverages_of_some(part))
    covers = {row: covered(lists, shares) for row, lists in held.items() if lists}
    highest = max(covers.values(), default=0.0)
    enough = {row for row, share in covers.items() if share >= part * highest}
    wanted = coverage.covering(part)

    assert coverage.highest == highest
    assert {*coverage.rows(wanted)} == enough
    assert coverage.count(wanted) == len(enough)
    assert {coverage.held(row) for row in enough} == wanted
    assert {row: coverage.share(row) for row in covers} == covers
    best: dict[int, float] = {}
    for row in enough:
        best[row >> LESSON_SHIFT] = max(covers[row], best.get(row >> LESSON_SHIFT, 0.0))
    assert coverage.best_of_lessons(coverage.least(wanted)) == best
    assert all(coverage.best_of(lesson) == share for lesson, share in best.items())
    for field in FIELDS:
        alike = [(coverage.alike(lists, field), lists) for lists in wanted]
        assert {*chain.from_iterable(those.rows for those, _ in alike)} == in_field(enough, field)
        for those, lists in alike:
            found = [coverage.of_lesson_alike(lesson, lists, field) for lesson in sorted(those.lessons)]
            assert [*chain.from_iterable(found)] == those.rows


def test_a_short_list_does_not_hide_what_the_long_one_of_the_same_thing_adds() -> None:
    grid, rows = grid_of([[Field.BODY] * 20])
    best, other, *more = rows[2:]
    longer = more[:1]
    lists = [
        Held("a", Listed(grid, [best]), 0.9),
        Held("b", Listed(grid, [other]), 0.3),
        Held("c", Mapped(grid, grid.bits_of([other, *more[1:]])), 0.2),
        Held("c", Listed(grid, longer), 0.1),
    ]
    coverage = Coverage(grid, lists, 0.5)

    assert {*coverage.rows(coverage.covering(0.5))} == {best, other}


def covered(lists: int, shares: list[float]) -> float:
    return sum(share for place, share in enumerate(shares) if lists >> place & 1)


def in_field(rows: set[int], field: Field) -> set[int]:
    return {row for row in rows if row >> PASSAGE_BITS & FIELD_MASK == field}
