"""What grep's options do to each other and to lines that several comments share."""

import pytest

from cli.runner import Runner
from read.test_containers import book

SHARED = "seeds/阳台/02 - 番茄：打顶的时机.md"  # two comments and the end of a third on one line


def test_a_line_that_comments_share_is_a_hit_for_each_and_one_line_to_count(course: Runner) -> None:
    hits = course("grep", "--jsonl", "2020", SHARED).records

    assert [(hit["line"], hit["author"]) for hit in hits] == [
        (21, "番茄酱骑士"),
        (21, "阿 土"),
        (21, "🍅"),
    ]
    assert course("grep", "-c", "2020", SHARED).out == f"{SHARED}:1\n"


def test_a_line_of_several_kinds_is_shown_once_and_found_under_each(k8snotes: Runner) -> None:
    line = "<p>灯要亮。</p><h2>灯的用法</h2><p>换灯。</p>"
    k8snotes.write("a.md", f'<audio title="17 _ 雾" src="a.mp3"></audio> \n{line}<!-- [[[read_end]]] -->\n')

    for options in ([], ["-E"], ["--in", "body"], ["--in", "heading"], ["--in", "body,heading"]):
        [shown] = k8snotes("grep", *options, "灯", "a.md").lines
        assert shown.startswith(f"a.md:2:{line}")
    assert len(k8snotes("grep", "-o", "灯", "a.md").lines) == 3
    assert k8snotes("grep", "--in", "code", "灯", "a.md").code == 1
    found = k8snotes("grep", "--jsonl", "灯", "a.md").records
    assert [(hit["kind"], hit["matches"]) for hit in found] == [
        ("body", [[3, 4], [28, 29]]),
        ("heading", [[15, 16]]),
    ]


CHAPTER = "<html>\n<body>\n<h1>{}</h1>\n<p>灯要擦。</p>\n<p>灯罩也要擦。</p>\n</body>\n</html>"


@pytest.mark.parametrize("regex", [[], ["-E"]])
def test_what_is_counted_of_an_e_book_is_counted_for_the_file(k8snotes: Runner, regex: list[str]) -> None:
    pages = {f"{at}.html": CHAPTER.format(name) for at, name in enumerate(["01 | 灯芯", "02 | 油"])}
    k8snotes.write("书.epub", book(pages, spine=[*pages]))
    k8snotes.write("记.md", "灯亮了。\n")

    def shown(*options: str) -> list[str]:
        return k8snotes("grep", *regex, *options, "灯", "书.epub", "记.md").lines

    assert shown("-c") == ["书.epub:5", "记.md:1"]
    assert shown("-l") == ["书.epub", "记.md"]
    assert shown("-c", "-m", "4") == ["书.epub:4", "记.md:1"]
    assert [line.split(":")[1] for line in shown("-m", "4")] == ["3", "4", "5", "4", "1"]
    assert [line.split(":")[1] for line in shown("-m", "4", "-o")] == ["3", "4", "5", "4", "1"]


@pytest.mark.parametrize("command", ["grep", "theme", "search"])
def test_a_hit_in_an_e_book_says_in_which_chapter(k8snotes: Runner, command: str) -> None:
    pages = {f"{at}.html": CHAPTER.format(name) for at, name in enumerate(["01 | 灯芯", "02 | 油"])}
    k8snotes.write("书.epub", book(pages, spine=[*pages]))
    k8snotes.write("记.md", "灯罩亮了。\n")

    found = k8snotes(command, "--jsonl", "灯罩", "书.epub", "记.md").records
    places = {hit["lesson"]: hit.get("locator") for hit in found}
    assert {name[:2]: place and place["chapter"][-6:] for name, place in places.items()} == {
        "01": "0.html",
        "02": "1.html",
        "记": None,
    }


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


def test_what_stands_apart_is_shown_apart_also_in_texts(k8snotes: Runner) -> None:
    k8snotes.write("seeds/b.md", "# 乙\n\n浇水\n")
    k8snotes.write("seeds/c.md", "浇水\n\n别的\n\n浇水\n")

    assert k8snotes("grep", "-B1", "浇水", "seeds").lines == [
        "seeds/b.md-2-",
        "seeds/b.md:3:浇水",
        "--",
        "seeds/c.md:1:浇水",
        "--",
        "seeds/c.md-4-",
        "seeds/c.md:5:浇水",
    ]


def test_a_pattern_is_literal_unless_it_is_called_regular(course: Runner) -> None:
    assert course("grep", "第.穗").code == 1
    assert course("grep", "-E", "第.穗").code == 0
    assert course("grep", "-E", "^$").code == 1  # an empty match says nothing


@pytest.mark.parametrize("opens", ["(", "(?:", "(?=", "(?>"])
@pytest.mark.parametrize("exact", [[], ["-s"]])
def test_an_expression_that_is_nested_too_deeply_is_refused_in_one_line(
    k8snotes: Runner, opens: str, exact: list[str]
) -> None:
    k8snotes.write("a.md", "灯亮了。\n")

    result = k8snotes("grep", "-E", *exact, opens * 500 + "灯" + ")" * 500, "a.md")

    assert (result.code, result.out) == (2, "")
    assert result.err == "k8snotes: the expression is too large; nest less in it, and repeat less\n"


@pytest.mark.parametrize("error", [MemoryError, OverflowError, RecursionError])
def test_an_expression_that_no_room_is_left_for_is_refused_in_one_line(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def without_room(*_: object) -> None:
        raise error

    monkeypatch.setattr("regex.compile", without_room)
    k8snotes.write("a.md", "灯亮了。\n")

    result = k8snotes("grep", "-E", "灯{9}", "a.md")

    assert (result.code, result.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "pattern", [" ", "\t", "　", "\\", "[", "*", '"', "a" * 500, "\u200b", "\x1b", "%s", "{}"]
)
def test_any_string_is_a_pattern(course: Runner, pattern: str) -> None:
    for option in ([], ["-s"]):
        result = course("grep", *option, "--", pattern)

        assert result.code in (0, 1)
        assert result.err == ""


@pytest.mark.parametrize("place", ["seeds", "texts"])
def test_a_text_in_which_an_expression_takes_too_long_is_named_and_the_others_are_done(
    k8snotes: Runner, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    k8snotes("init", ".")
    slow = "the expression takes too long in this text; repeat less within repetitions"
    monkeypatch.setattr("k8snotes.index.grep.LONGEST_SEARCH", 0.05)
    k8snotes.write(f"{place}/slow 1.md", "a" * 60 + "!\n")
    k8snotes.write(f"{place}/zz.md", "aa\n")

    result = k8snotes("grep", "-E", "^(a|aa)+$", place)

    assert (result.code, result.out) == (4, f"{place}/zz.md:1:aa\n")
    assert result.err == f"k8snotes: {place}/slow 1.md: {slow}\n"

    for number in range(2, 9):
        k8snotes.write(f"{place}/slow {number}.md", "a" * 60 + "!\n")
    result = k8snotes("grep", "-E", "^(a|aa)+$", place)

    assert result.code == 2
    assert result.err.endswith("k8snotes: the expression takes too long; repeat less within repetitions\n")
    assert result.err.count("\n") == 4
