"""Many names found at once: those that one asks for are found as if there were no others."""

from hypothesis import given
from hypothesis import strategies as st

from k8snotes.segment.fold import fold_string
from k8snotes.segment.lexicon import TermFinder, parts_of
from k8snotes.segment.name_finder import NameFinder, apart

LETTERS = "ab1.声明式 -_\n/"
NAMES = st.text(alphabet="ab1.声明式 -_/", min_size=1, max_size=5).map(fold_string).filter(parts_of)


@given(st.lists(NAMES, max_size=12, unique=True), st.sets(st.integers(0, 11)), st.text(LETTERS, max_size=60))
def test_some_of_many_names_are_found_where_they_are_found_alone(
    names: list[str], wanted: set[int], text: str
) -> None:
    some = {name: None for at, name in enumerate(names) if at in wanted}

    found = [(start, stop) for _, start, stop in apart(NameFinder(names).places(text), some)]

    assert found == list(TermFinder(some).find(text))


def test_the_longest_name_wins_and_none_is_cut_out_of_a_latin_word() -> None:
    places = NameFinder(["接口", "接口层", "api"]).places("接口层有 api, apiserver 没有")

    assert places == [(0, [("接口层", 3), ("接口", 2)]), (5, [("api", 8)])]
