"""What tells that a passage defines or quotes what it names."""

import pytest

from k8snotes.index.signs import is_defined, is_quoted

NAME = "控制循环"


@pytest.mark.parametrize(
    "text",
    [
        "所谓控制循环，先看再动手。",
        "所谓的“控制循环”，先看再动手。",
        "什么是控制循环？",
        "什么叫「控制循环」？",
        "控制循环就是先看再动手。",
        "“控制循环”，其实就是先看再动手。",
        "**控制循环**, 本质上也是一种约定。",
        "控制循环 指的是先看再动手。",
        "控制循环即先看再动手。",
        "控制循环是编排里常见的一种写法。",
        "这个过程就叫作：控制循环。",
        "我们把它称之为 `控制循环`。",
        "也就是 控制循环。",
        "控制循环(control loop)是一种写法。",
        "**控制循环 (control loop)** 就是先看再动手。",
    ],
)
def test_what_it_is_is_said_before_or_behind(text: str) -> None:
    start = text.index(NAME)

    assert is_defined(text, start, start + len(NAME))


@pytest.mark.parametrize(
    "text",
    [
        "控制循环里先看再动手。",
        "控制循环是好东西。",
        "控制循环是我们在前面谈了这么久谈到现在的一种写法。",
        "控制循环是编排。\n的一种写法。",
        "所谓先看再动手，说的是控制循环。",
        "写好控制循环即可。",
        "控制循环即使停下也不要紧。",
        "控制循环(先看再动手。",
        "控制循环(先看\n再动手)就是它。",
        "控制循环",
    ],
)
def test_what_is_only_named_is_not_defined(text: str) -> None:
    start = text.index(NAME)

    assert not is_defined(text, start, start + len(NAME))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“控制循环”", True),
        ("先看 `控制循环`。", True),
        ("**控制循环**", True),
        ("**控制循环(control loop)**", True),
        ("“控制循环里”", False),
        ("控制循环", False),
        ("控制循环”", False),
        ("“控制循环", False),
    ],
)
def test_what_stands_in_marks_is_quoted(text: str, quoted: bool) -> None:
    start = text.index(NAME)

    assert is_quoted(text, start, start + len(NAME)) is quoted
