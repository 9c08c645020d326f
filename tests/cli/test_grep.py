"""What grep's options do to each other and to lines that several comments share."""

import pytest

from cli.runner import Runner

SHARED = "seeds/阳台/02 - 番茄：打顶的时机.md"  # two comments and the end of a third on one line


def test_a_line_that_comments_share_is_a_hit_for_each_and_one_line_to_count(course: Runner) -> None:
    hits = course("grep", "--jsonl", "2020", SHARED).records

    assert [(hit["line"], hit["author"]) for hit in hits] == [
        (21, "番茄酱骑士"),
        (21, "阿 土"),
        (21, "🍅"),
    ]
    assert course("grep", "-c", "2020", SHARED).out == f"{SHARED}:1\n"


def test_max_count_counts_lines_and_keeps_every_match_in_them(course: Runner) -> None:
    assert len(course("grep", "-m", "1", "--jsonl", "2020", SHARED).records) == 3
    assert len(course("grep", "-m", "1", "-o", "打顶", SHARED).lines) == 1
    assert course("grep", "-m", "2", "-c", "打顶", SHARED).out == f"{SHARED}:2\n"


@pytest.mark.parametrize("options", [["-C", "2"], ["-A", "2", "-B", "2"], ["-C", "9", "-A", "2", "-B", "2"]])
def test_context_is_each_line_once_and_in_order(course: Runner, options: list[str]) -> None:
    lines = [line for line in course("grep", *options, "打顶", SHARED).lines if line != "--"]
    numbers = [int(line.removeprefix(SHARED)[1:].replace(":", "-").split("-")[0]) for line in lines]

    assert numbers == list(range(1, 23))


def test_names_outweigh_counts_and_counts_outweigh_matches(course: Runner) -> None:
    assert course("grep", "-o", "-c", "-l", "堆肥").out == "seeds/阳台/堆肥笔记.md\n"
    assert course("grep", "-o", "-c", "翻堆").out == "seeds/阳台/堆肥笔记.md:2\n"


def test_a_pattern_is_literal_unless_it_is_called_regular(course: Runner) -> None:
    assert course("grep", "第.穗").code == 1
    assert course("grep", "-E", "第.穗").code == 0
    assert course("grep", "-E", "^$").code == 1  # an empty match says nothing


@pytest.mark.parametrize(
    "pattern", [" ", "\t", "　", "\\", "[", "*", '"', "a" * 500, "\u200b", "\x1b", "%s", "{}"]
)
def test_any_string_is_a_pattern(course: Runner, pattern: str) -> None:
    for option in ([], ["-s"]):
        result = course("grep", *option, "--", pattern)

        assert result.code in (0, 1)
        assert result.err == ""
