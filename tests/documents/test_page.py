"""The page of a course, read back by a real parser of HTML: its parts, and that no text is more than text."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cli.runner import Runner
from k8snotes.pipeline import search_folding
from k8snotes.render.course_page import Entry, lesson_section, page_foot, page_head
from k8snotes.render.escaping import one_line, visible
from k8snotes.segment.fold import fold_string
from k8snotes.segment.marks import bold_runs
from k8snotes.speech import speaking
from properties.test_note_laws import attacks, summary_that_says

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"
ACTIVE = {
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "link",
    "form",
    "base",
    "svg",
    "math",
    "audio",
    "video",
}


@pytest.fixture
def k8snotes(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def page_of(k8snotes: Runner, *arguments: str | Path) -> LexborHTMLParser:
    result = k8snotes("export", "--format", "html", "-o", "-", *arguments)
    assert result.code == 0
    return LexborHTMLParser(result.out)


def page_that_says(text: str) -> str:
    entry = Entry("l-0", text, text)
    section = lesson_section(summary_that_says(text), bold_runs, with_body=True)
    return page_head([entry]) + section + page_foot(search_folding(section))


def tree(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return [(node.tag, dict(node.attributes)) for node in LexborHTMLParser(page).css("*")]


def words(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("title, h1, h2, h4, main p, main li, pre, nav a"):
        yield node.text(deep=True, skip_empty=True)


def test_the_page_loads_nothing_and_runs_its_own_script_alone(k8snotes: Runner) -> None:
    page = page_of(k8snotes, SAMPLE, "--with-body")

    policy = page.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    scripts = [node for node in page.css("script") if node.attributes.get("type") != "application/json"]
    assert len(scripts) == 1
    digest = b64encode(sha256((scripts[0].text() or "").encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; ")
    assert f"script-src 'sha256-{digest}';" in policy
    assert {node.tag for node in page.css("*")} & ACTIVE == {"script"}
    assert page.css("[src], [style], [srcset], [action]") == []
    assert all((node.attributes["href"] or "").startswith("#l-") for node in page.css("[href]"))
    assert not re.search(r"url\(|@import", page.css_first("style").text())


def test_each_lesson_stands_in_the_contents_and_once_on_the_page(k8snotes: Runner) -> None:
    page = page_of(k8snotes, SAMPLE)

    links = [(node.attributes["href"], node.text()) for node in page.css("nav a")]
    lessons = [
        (f"#{node.attributes['id']}", node.css_first("h2").text()) for node in page.css("main > article")
    ]
    assert len(links) == 6
    assert links == lessons
    assert len(set(links)) == 6
    assert page.css_first("title").text() == page.css_first("h2 ~ p").text().split(" · ")[0]


def test_a_lesson_has_its_parts_and_its_body_where_that_is_wanted(k8snotes: Runner) -> None:
    bare, full = page_of(k8snotes, SAMPLE), page_of(k8snotes, SAMPLE, "--with-body")

    assert bare.css(".thesis")
    assert bare.css(".themes button")
    assert bare.css(".comment .reply")
    assert bare.css("pre") == []
    assert full.css("pre")
    assert full.css("h4")


def test_several_courses_are_told_apart_in_the_contents() -> None:
    with speaking("zh"):
        head = page_head([Entry("l-1", "一", "甲"), Entry("l-2", "二", "乙"), Entry("l-3", "三", None)])

    assert [node.text() for node in LexborHTMLParser(head + page_foot("")).css("nav b")] == [
        "甲",
        "乙",
        "不属于任何课程",
    ]


def test_hidden_names_are_not_on_the_page(k8snotes: Runner) -> None:
    names = {node.text().strip() for node in page_of(k8snotes, SAMPLE).css(".who b")} - {""}

    hidden = {node.text() for node in page_of(k8snotes, SAMPLE, "--hide-names").css(".who b")}

    assert len(names) > 5
    assert not names & hidden - {"（无名）"}
    assert "读者 1" in hidden


@pytest.mark.parametrize("attack", attacks())
def test_no_text_makes_an_element_or_an_attribute(attack: str) -> None:
    _check(attack)


@settings(deadline=None, max_examples=100)
@given(
    st.text(
        st.sampled_from("<>&\"'`=/!-[]{}scriptonl x\n\r\t\x00\u2028\ud800控") | st.characters(), max_size=40
    )
)
def test_no_text_at_all_makes_one(text: str) -> None:
    _check(text)


def _check(text: str) -> None:
    said = one_line(text)
    meant = visible(said)
    if not meant.strip():
        return
    page = page_that_says(said)

    assert tree(page) == tree(page_that_says("字"))
    shown = list(words(LexborHTMLParser(page)))
    assert sum(meant.strip() in found or f"{meant} · " in found for found in shown) >= 8


def test_the_folding_of_a_page_finds_what_ours_finds() -> None:
    text = "控制器與容器化，Ｋ８Ｓ 的學習：发展、头发、干净、后台"
    pairs = search_folding(text)
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))

    assert {character: fold_string(character) for character in table} == table
    for traditional, simplified in zip("發髮頭乾後臺學與", "发发头干后台学与", strict=True):
        assert table[traditional] == simplified


def test_the_folding_holds_what_the_page_needs_and_no_more(k8snotes: Runner) -> None:
    page = page_of(k8snotes, SAMPLE)

    pairs = json.loads(page.css_first("#fold").text())
    plain = {folded for character in set(str(page.html)) for folded in fold_string(character)}
    assert 200 < len(pairs) < 6000
    assert set(pairs[1::2]) <= plain


def test_text_in_the_table_cannot_end_its_script() -> None:
    foot: Any = LexborHTMLParser(page_foot("</script><b>"))

    assert foot.css("b") == []
