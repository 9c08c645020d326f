"""What numerals are worth."""

import pytest

from k8snotes.model.numerals import value_of

CHINESE = [
    *[("零", 0), ("〇", 0), ("一", 1), ("九", 9), ("十", 10), ("十一", 11), ("十六", 16), ("二十", 20)],
    *[("二十一", 21), ("九十九", 99), ("一百", 100), ("一百零五", 105), ("一百一十", 110), ("两百", 200)],
    *[("一百二十三", 123), ("九百九十九", 999)],
    # digit by digit, as years and pages are read
    *[("一二", 12), ("三〇", 30), ("一〇五", 105)],
]


@pytest.mark.parametrize(("numeral", "value"), [*CHINESE, ("7", 7), ("007", 7)])
def test_a_numeral_has_its_value(numeral: str, value: int) -> None:
    assert value_of(numeral) == value
