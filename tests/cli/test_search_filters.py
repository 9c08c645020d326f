"""What `search` may be narrowed down to."""

import pytest

from cli.runner import Runner
from parse.pages import printed_page, reader_comment

ASKED = reader_comment("锅盖什么时候掀？", name="灶王爷", likes="👍 9", reply="作者回复: 等汽小了再掀锅盖。")
AUTHOR = "秦稻香"
ANSWER = "等汽小了再掀锅盖。"


def test_a_reply_is_its_writers_and_says_neither_when_it_was_written_nor_how_it_was_liked(
    k8snotes: Runner,
) -> None:
    k8snotes.write("a.txt", printed_page(comments=[ASKED]))
    said = {hit["kind"]: hit for hit in k8snotes("search", "--jsonl", "锅盖", "a.txt").records}

    assert (said["reply"]["author"], said["reply"]["date"], said["reply"]["likes"]) == (AUTHOR, None, None)
    assert (said["comment"]["author"], said["comment"]["likes"]) == ("灶王爷", 9)
    for command in ("grep", "theme"):
        found = k8snotes(command, "--jsonl", "锅盖", "a.txt").records
        assert {hit["kind"]: hit["author"] for hit in found if "author" in hit} == {
            "comment": "灶王爷",
            "reply": AUTHOR,
        }


@pytest.mark.parametrize("dated", [None, "2017-12-01"])
def test_a_reply_of_an_author_whom_the_text_does_not_name_has_none(
    k8snotes: Runner, dated: str | None
) -> None:
    k8snotes.write("a.txt", printed_page(dated=dated, card=None, comments=[ASKED]))

    [hit] = k8snotes("search", "--jsonl", "--in", "reply", "锅盖", "a.txt").records
    assert (hit["text"], hit["author"]) == (ANSWER, None)
    [line] = k8snotes("grep", "--jsonl", "--in", "reply", "锅盖", "a.txt").records
    assert line["author"] is None


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--author", "灶王爷"], ["comment"]),
        (["--author", AUTHOR, "--in", "comment,reply"], ["reply"]),
        (["--min-likes", "1"], ["comment"]),
        (["--since", "2000-01-01", "--in", "comment,reply"], ["comment"]),
    ],
)
def test_filters_ask_a_reply_what_is_said_of_it(
    k8snotes: Runner, options: list[str], kinds: list[str]
) -> None:
    k8snotes.write("a.txt", printed_page(comments=[ASKED]))

    found = k8snotes("search", "--jsonl", *options, "锅盖", "a.txt").records
    assert [hit["kind"] for hit in found] == kinds
