"""Regular expressions: what whatever matches one holds."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.index.expressions import ANYTHING, folded_expression, literals_of
from k8snotes.segment.fold import fold
from properties.examples import examples

CASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "控制器": (("控制器",),),
    "Pod.*标签": (("Pod", "标签"),),
    r"声明式\s*API": (("声明式", "API"),),
    "[a-z]+Set": (("Set",),),
    "^## .*Pod$": (("## ", "Pod"),),
    "控制(器|面)": (("控制",),),
    "(a|b)c+d": (("c", "d"),),
    "colou?r": (("colo", "r"),),
    "ab*?cd": (("a", "cd"),),
    "x{2,3}yz": (("yz",),),
    "pod{s<=1}": (("po",),),  # fuzzy: any character
    "a+?b": (("a", "b"),),
    r"\.yaml": ((".yaml",),),
    r"a\|b": (("a|b",),),
    r"\[x]": (("[x]",),),
    "[]a]b": (("b",),),
    "[^]]x": (("x",),),
    r"[\]]x": (("x",),),
    r"(\)|\()x": (("x",),),
    "看一看": (("看一看",),),
    "甲丙|乙": (("甲丙",), ("乙",)),
    "甲.丙|甲.丙": (("甲", "丙"),),
    # Where in doubt, nothing:
    "甲|.": ANYTHING,
    "甲|": ANYTHING,
    "(?i)pod": ANYTHING,
    "(?x) po d": ANYTHING,
    "(?-i:pod)": ANYTHING,
    "(?#[)甲|乙]": ANYTHING,
    "[[:alpha:]]b": ANYTHING,
    r"\p{Han}x": ANYTHING,
    r"\x41b": ANYTHING,
    r"\u63a7b": ANYTHING,
    r"(a)\1b": ANYTHING,
    "甲{|(乙})?": ANYTHING,
    r"\L<names>x": ANYTHING,
    "": ANYTHING,
    ".*": ANYTHING,
    "(?:控制)?": ANYTHING,
}


@pytest.mark.parametrize(("pattern", "literals"), CASES.items())
def test_an_expression_says_what_its_matches_hold(
    pattern: str, literals: tuple[tuple[str, ...], ...]
) -> None:
    assert literals_of(pattern) == literals


@pytest.mark.parametrize(
    ("pattern", "folded"),
    {
        "學-習": "学-习",
        "[一-龑]學": "[一-龑]学",
        "[學習]+": "[学习]+",
        r"\d學?": r"\d学?",
        "[學": "[学",
        "[…。學]": "[…。学]",
        "[^…—]": "[^…—]",
        "[①-⑩é]": "[①-⑩é]",
        "[ａ-ｃ]": "[a-c]",
        "[-學]": "[-学]",
        "[^]學]": "[^]学]",
        r"\（學\）\？": r"\(学\)\?",
        r"\…": r"(?:\.\.\.)",
        r"[\（]": r"[\(]",
        "é+": "(?:e\u0301)+",
        "[[:alpha:]一-龑]": "[[:alpha:]一-龑]",
    }.items(),
)
def test_what_is_not_ascii_is_folded_but_for_ranges(pattern: str, folded: str) -> None:
    assert folded_expression(pattern, fold) == folded


ATOMS = [
    "控制",
    "p",
    "od",
    ".",
    r"\.",
    r"\d",
    r"\s",
    r"\b",
    r"\[",
    r"\(",
    "[a-c]",
    "[^x]",
    "[]x]",
    "^",
    "$",
    " ",
]
atoms = st.sampled_from(ATOMS)
repeats = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{0,1}", "*?", "+?", "??", "{", "}", "++"])
patterns = st.recursive(
    st.lists(st.tuples(atoms, repeats).map("".join), min_size=1, max_size=5).map("".join),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("|".join),
        st.tuples(st.sampled_from(["(", "(?:", "(?=", "(?!", "(?>"]), inner, st.just(")"), repeats).map(
            "".join
        ),
        st.tuples(inner, inner).map("".join),
    ),
    max_leaves=4,
)


@examples(300)
@given(
    patterns,
    st.lists(st.sampled_from([*"控制podab1x[(.{}|", " ", "\n", "控制", "pod"]), max_size=12).map("".join),
)
def test_whatever_matches_holds_it(pattern: str, text: str) -> None:
    try:
        found = regex.search(pattern, text)
    except regex.error:
        return
    if found is not None:
        assert any(all(literal in text for literal in literals) for literals in literals_of(pattern))
