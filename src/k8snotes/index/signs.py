"""What stands around a name that a passage defines or quotes, in folded text.

Told without regular expressions: to compile them took longer than to read all passages of an answer.
"""

OPENS, CLOSES = '“"「『《*`', '”"」』》*`'
LONGEST_ASIDE = 40  # characters in brackets behind a name: 名字空间（Namespace）是
NOT_IS = frozenset("可使便将时刻被用")  # what 即 begins words with: 即可, 即使
BLANKS = " \t\n\r\f\v"  # all others fold into these
FARTHEST = 24  # characters from the name to what says that it is defined
ASKED_FOR = ("所谓", "所谓的", "什么是", "什么叫")  # 所谓“声明式”
CALLED = ("叫作", "叫做", "称作", "称为", "称之为", "名为", "就是", "即为")  # 这就叫作：控制循环
# 控制循环，其实就是 …
IN_TRUTH = ("其实", "本质上", "本质", "实际上", "也", "这", "正")
IS = ("就是", "是指", "指的是", "即", "便是", *(f"是一{measure}" for measure in "种个类套项"))
ONE_OF = tuple(f"的一{measure}" for measure in "种个类")  # 是 Pod 的一种
LONGEST_KIND = 12  # characters between 是 and that


def is_quoted(text: str, start: int, stop: int) -> bool:
    """Whether what stands from `start` to `stop` stands in marks: “X”, **X**."""
    stop = _after_aside(text, stop)
    before, after = text[max(start - 1, 0) : start], text[stop : stop + 1]
    return bool(before and after) and before in OPENS and after in CLOSES


def is_defined(text: str, start: int, stop: int) -> bool:
    """Whether it is said what that is: 所谓 X，X 就是 …，…叫作 X."""
    before = text[max(start - FARTHEST, 0) : start].rstrip(OPENS)
    stop = _after_aside(text, stop)
    return (
        before.endswith(ASKED_FOR)
        or before.rstrip(f"：:{BLANKS}").endswith(CALLED)
        or _says_what_it_is(text[stop : stop + FARTHEST + LONGEST_KIND].lstrip(CLOSES).lstrip(f"，,{BLANKS}"))
    )


def _after_aside(text: str, at: int) -> int:
    """Behind the brackets that stand at a place, if any do; folded brackets are of ASCII."""
    opens = at + 1 if text.startswith(" (", at) else at
    if not text.startswith("(", opens):
        return at
    closes = text.find(")", opens, opens + LONGEST_ASIDE)
    return at if closes < 0 or "\n" in text[opens:closes] else closes + 1


def _says_what_it_is(after: str) -> bool:
    while word := next(filter(after.startswith, IN_TRUTH), None):
        after = after.removeprefix(word)
    if after.startswith(IS):
        return not (after.startswith("即") and after[1:2] in NOT_IS)
    kinds = after[1 : 1 + LONGEST_KIND + len(ONE_OF[0])].partition("\n")[0]
    return after.startswith("是") and any(map(kinds.__contains__, ONE_OF))
