"""Numerals as titles write them: digits, and Chinese ones below 1,000."""

HAN_NUMERAL = r"[零〇一二两三四五六七八九十百]{1,6}"
NUMERAL = rf"(?:\d{{1,4}}|{HAN_NUMERAL})"
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100}


def value_of(numeral: str) -> int:
    """The value of digits or of a Chinese numeral: 21 for "21" and "二十一", 105 for "一百零五"."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in DIGITS:
            digit = digit * 10 + DIGITS[character] if total == 0 and digit else DIGITS[character]
        else:
            total += (digit or 1) * UNITS[character]
            digit = 0
    return total + digit
