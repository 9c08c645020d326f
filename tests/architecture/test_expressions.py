"""What regular expressions may not use."""

import re

import pytest

from architecture.modules import PACKAGE, of_each

POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


@of_each()
def test_no_group_is_repeated_possessively(module: str) -> None:
    """Before Python 3.11.5 a repetition that fails half way loses its place (cpython gh-100061, gh-106052).

    Of single characters it is sound, and enough: a group of such runs gives back whole repetitions only.
    """
    assert POSSESSIVE_GROUP.findall((PACKAGE / module).read_text("utf-8")) == []


@pytest.mark.parametrize("expression", [r"(?:ab?c)++", r"(?:ab?c)*+", r"(?:ab?c)?+", r"(ab?c){1,3}+"])
def test_such_groups_are_seen(expression: str) -> None:
    assert POSSESSIVE_GROUP.search(expression) is not None
    assert POSSESSIVE_GROUP.search(r"\)++ [)]*+ \d{1,9}+ [ \t]++") is None
