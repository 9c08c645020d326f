"""What stands between fences: told from above and from below, as neither alone tells."""

import pytest

from k8snotes.model.source import Source
from k8snotes.parse.fences import fenced, stands_in_fence

HERE = "此处"


def stands_in_one(text: str) -> bool:
    lines = tuple(text.split("\n"))
    return stands_in_fence(Source(path="a.md", name="a.md", lines=lines, encoding="utf-8"), lines.index(HERE))


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{HERE}\n```",
        f"```md\n~~~\n{HERE}\n```",
        f"~~~\n{HERE}\n~~~\n```\nx\n```",
        f"````\n```\n{HERE}\n```\n````",
        f"```\n{HERE}\n```\n\n```sh\nx\n```",
        f"> ```\n{HERE}\n> ```",
        f"- ```\n{HERE}\n  ```",
        f"```sh\nx\n```\n```\n{HERE}\n```",
        f"```md\n{HERE}\n作者回复：```\nx\n```\n```",
    ],
)
def test_a_line_stands_in_a_fence_that_is_opened_above_and_closed_below(text: str) -> None:
    assert stands_in_one(text)


@pytest.mark.parametrize(
    "text",
    [
        HERE,
        f"```\nx\n```\n{HERE}",
        f"```\nx\n```\n{HERE}\n```\nx\n```",
        f"```\n{HERE}",
        f"```\n{HERE}\n  ```sh\n  x\n  ```",  # one left open, a reader's code
        f"``` x ```\n{HERE}\n```",
        f"```\n{HERE}\n作者回复: ```\nx\n```",
    ],
)
def test_a_line_between_others_or_below_one_left_open_stands_in_none(text: str) -> None:
    assert not stands_in_one(text)


def test_code_is_what_a_fence_as_long_closes() -> None:
    lines = ["````", "```", "````", "x", "~~~", "```", "~~~", "```"]

    assert fenced(lines, 0, len(lines)) == {0, 1, 2, 4, 5, 6}


def test_a_reply_may_begin_with_a_fence_and_ends_none() -> None:
    lines = ["作者回复：```", "x", "作者回复：```", "```", "y"]

    assert fenced(lines, 0, len(lines)) == {0, 1, 2, 3}
