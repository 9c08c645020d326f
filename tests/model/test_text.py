"""Places in long texts: found without counting from the beginning each time."""

from hypothesis import given
from hypothesis import strategies as st

from k8snotes.model import text as texts
from k8snotes.model.text import Piece, Text, text_at
from k8snotes.render.hits import _best_start


@given(st.lists(st.text(alphabet="好 \n", max_size=30)), st.integers(1, 9), st.integers(0, 9), st.data())
def test_a_place_is_the_same_however_far_it_is(
    parts: list[str], line: int, column: int, data: st.DataObject
) -> None:
    near = text_at("".join(parts), line, column)
    offset = data.draw(st.integers(0, len(near.string)))
    padding = texts.FAR + 1
    far = Text(string="土" * padding + near.string, pieces=(Piece(0, line, column),))

    found_line, found_column = far.place_at(padding + offset)

    wanted_line, wanted_column = near.place_at(offset)
    assert found_line == wanted_line
    assert found_column == wanted_column + (padding if wanted_line == line else 0)


spans = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=9)


@given(spans, st.integers(1, 40))
def test_an_excerpt_begins_where_most_is_found_within_reach(steps: list[tuple[int, int]], reach: int) -> None:
    matches, at = [], 0
    for gap, length in steps:
        matches.append((at + gap, at + gap + length))
        at += gap + length

    def found(start: int) -> int:
        return sum(b - a for a, b in matches if start <= a and b <= start + reach)

    best = _best_start(tuple(matches), reach)

    assert found(best) == max((found(start) for start, _ in matches), default=0)
    assert best == next((start for start, _ in matches if found(start) == found(best)), 0)
