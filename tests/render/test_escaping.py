"""What is escaped, and what is left readable."""

import json
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.render.escaping import CONTROL, json_string, markdown_text, one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m红", r"\x1b[31m红"),
        ("空\0字符", r"空\x00字符"),
        ("\u202e倒写", r"\u202e倒写"),
        ("一\u2028二", r"一\u2028二"),
        ("\r覆盖\x85", r"\x0d覆盖\x85"),
        ("孤立\ud800", r"孤立\ud800"),
        ("制表\t与换行\n", "制表\t与换行\n"),
        ("👩\u200d💻 控制器", "👩\u200d💻 控制器"),
    ],
)
def test_control_characters_are_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一\n二", "一 二"),
        (" 一 \r\n\n  二 ", "一 二"),
        ("一\u2028二\u2029三", "一 二 三"),
        ("一  二", "一  二"),
        ("\n \n", ""),
    ],
)
def test_line_ends_become_one_space(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_very_long_run_of_blanks_becomes_one_line() -> None:
    assert one_line(" " * 200_000 + "a") == "a"


@pytest.mark.parametrize(
    "text",
    [
        "data: 与 file: 都只是词，javascript: 也是",
        "六讲里，期望状态让人把目的写下来。",
        "R&D、AT&T、a = b、100%、C#、C++、1:2、a@、(好)",
        "在 12:30 说“好”！真的？",
        "kube-proxy v1.2.3 - 就是它",
        "www 与 http 与 a@ b",
    ],
)
def test_ordinary_words_are_left_as_they_are(text: str) -> None:
    assert markdown_text(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# 标题", r"\# 标题"),
        ("结尾 #", r"结尾 \#"),
        ("1. 一项", r"1\. 一项"),
        ("- 一项", r"\- 一项"),
        ("snake_case", r"snake\_case"),
        ("<b>", r"&lt;b\>"),
        ("&lt;", "&amp;lt;"),
        ("a | b", r"a \| b"),
        ("https://example.com", "https&#58;//example.com"),
        ("见www.example.com", "见www.example.com"),
        ("见 www.example.com", "见 www&#46;example.com"),
        ("me@example.com", "me&#64;example.com"),
        ("{{ x }}", "&#123;&#123; x }}"),
        ("$x$", "&#36;x&#36;"),
        ("a == b", "a =&#61; b"),
        ("!!! note", "&#33;!! note"),
        ("", ""),
    ],
)
def test_what_means_something_is_escaped(text: str, escaped: str) -> None:
    assert markdown_text(text) == escaped


@given(st.text())
def test_escaped_text_is_one_line_without_control_characters(text: str) -> None:
    escaped = markdown_text(text)

    assert "\n" not in escaped
    assert not re.search(CONTROL, escaped)
    assert escaped == escaped.strip()


@given(st.text(), st.booleans())
def test_a_json_string_means_what_was_said_and_holds_no_control_character(
    text: str, ascii_only: bool
) -> None:
    encoded = json_string({"text": text}, ascii_only=ascii_only)

    assert json.loads(encoded) == {"text": text}
    assert not re.search(CONTROL, encoded)
    assert encoded.isascii() or not ascii_only


def test_nothing_that_a_terminal_obeys_is_printable() -> None:
    """What `visible` passes over without a look holds none of it."""
    obeyed = re.findall(CONTROL, "".join(map(chr, range(sys.maxunicode + 1))))

    assert len(obeyed) > 2_000
    assert not any(map(str.isprintable, obeyed))
