"""Passages as bits of a number: the same sets, counts and sums as of their rows."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.index import ranking
from k8snotes.index.grid import MOST_WORTH, Grid
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length, row_number

LESSONS = st.lists(st.lists(st.sampled_from(list(Field)[2:8]), max_size=150), min_size=1, max_size=6)


def rows_of(fields: list[Field]) -> list[int]:
    """Of a lesson whose passages stand in these fields."""
    passages = [row_number(field, position) for position, field in enumerate(fields)]
    return sorted([row_number(Field.TITLE, 0), row_number(Field.FACTS, 0), *passages])


def grid_of(lessons: list[list[Field]]) -> tuple[Grid, list[int]]:
    """Lessons in a grid, and their rows."""
    grid = Grid()
    for fields in lessons:
        grid.add(len(fields), [*rows_of(fields), row_number(Field.REST, 0)])
    rows = [lesson << LESSON_SHIFT | row for lesson, fields in enumerate(lessons) for row in rows_of(fields)]
    return grid, rows


@given(LESSONS, st.data())
def test_a_bitmap_holds_the_rows_that_it_was_made_of(lessons: list[list[Field]], data: st.DataObject) -> None:
    grid, rows = grid_of(lessons)
    some = sorted(data.draw(st.sets(st.sampled_from(rows))))
    bits = grid.bits_of(some)
    content = grid.bytes_of(bits)

    assert grid.rows_of(bits) == some
    assert bits.bit_count() == len(some)
    assert grid.among(content, grid.placed(rows)) == some
    assert {*grid.lessons_of(bits)} == {row >> LESSON_SHIFT for row in some}
    for field in list(Field)[:8]:
        in_field = [row for row in some if row >> PASSAGE_BITS & FIELD_MASK == field]
        assert grid.rows_of(bits & grid.field(field)) == in_field
    for field in (Field.TITLE, Field.FACTS):
        in_field = [row >> LESSON_SHIFT for row in some if row >> PASSAGE_BITS & FIELD_MASK == field]
        assert grid.holding(content, field, range(len(lessons))) == in_field
    there = grid.all_of({row >> LESSON_SHIFT for row in some[:1]})
    assert grid.rows_of(bits & ~there) == [
        row for row in some if row >> LESSON_SHIFT != some[0] >> LESSON_SHIFT
    ]


@given(LESSONS, st.data())
def test_sums_are_those_of_the_passages_one_by_one(lessons: list[list[Field]], data: st.DataObject) -> None:
    grid, rows = grid_of(lessons)
    some = data.draw(st.sets(st.sampled_from(rows)))
    worths = {field: data.draw(st.integers(0, MOST_WORTH)) for field in list(Field)[:8]}
    sums: Counter[int] = Counter()
    for row in some:
        sums[row >> LESSON_SHIFT] += worths[Field(row >> PASSAGE_BITS & FIELD_MASK)]

    found = grid.sums(grid.bits_of(some), dict(worths))

    assert found == ([sums[lesson] for lesson in range(len(lessons))] if any(sums.values()) else [])


def test_what_fields_weigh_can_be_summed() -> None:
    for part in (None, *Length):
        for field, units in ranking.worths(part).items():
            assert units == pytest.approx(ranking.FIELD_WEIGHTS[Field(field)] / ranking.UNIT)
            assert 0 < units <= MOST_WORTH


def test_a_text_as_long_as_a_library_is_told_apart() -> None:
    grid = Grid()
    rows = [row_number(Field.BODY, position) for position in range(200_000)]
    grid.add(len(rows), rows)

    assert grid.rows_of(grid.bits_of(rows)) == rows
