"""Which terms are neighbours of a theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.analyse.cooccurrence import Company, log_likelihood


def nearest(*paragraphs: tuple[bool, str]) -> list[str]:
    company = Company()
    for has_theme, terms in paragraphs:
        company.add(frozenset(terms.split()), has_theme=has_theme)
    return [term for term, _, _ in company.nearest()]


def test_what_keeps_to_the_theme_is_nearer_than_what_is_everywhere() -> None:
    with_theme = [(True, "阀门 水")] * 3 + [(True, "水")]

    assert nearest(*with_theme, *[(False, "水 树")] * 6) == ["阀门"]


def test_once_together_is_chance() -> None:
    assert nearest((True, "阀门"), (False, "水"), (False, "水")) == []


def test_what_shuns_the_theme_is_no_neighbour() -> None:
    assert nearest((True, "树"), (True, "树"), *[(False, "树 水")] * 9, (True, "水"), (True, "x")) == []


def test_the_ratio_is_that_of_the_textbook() -> None:
    # 2 Σ O ln(O / E) over 10, 20, 30, 940, as SciPy has it (lambda_="log-likelihood", no correction).
    assert log_likelihood(10, 30, 40, 1000) == pytest.approx(30.069, abs=0.001)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["a", "a b", "b c", "", "c"])), max_size=30))
def test_the_order_of_paragraphs_changes_nothing(paragraphs: list[tuple[bool, str]]) -> None:
    assert nearest(*paragraphs) == nearest(*reversed(paragraphs))
