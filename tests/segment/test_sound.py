"""How Chinese sounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.segment.sound import Letters, Spelling, make_sound

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "syllables", "initials"),
    [("浇水", "jiaoshui", "js"), ("重启", "chongqi", "cq"), ("Pod 看土", "kantu", "kt"), ("Pod", "", "")],
)
def test_a_text_sounds_as_its_han_characters_do(text: str, syllables: str, initials: str) -> None:
    spelling, letters = made()

    assert spelling(text) == (syllables, initials)
    assert (initials[:1] in letters(text)) == bool(initials)


@given(st.one_of(HAN, st.lists(st.sampled_from("重行长朝乐觉调着还得 Podx，"), max_size=5).map("".join)))
def test_a_text_begins_with_one_of_the_letters_that_it_may_begin_with(text: str) -> None:
    spelling, letters = made()

    _, initials = spelling(text)
    assert initials[:1] in (letters(text) or {""})


def made() -> tuple[Spelling, Letters]:
    sound = make_sound()
    if sound is None:
        pytest.skip("pypinyin is not installed")
    return sound
