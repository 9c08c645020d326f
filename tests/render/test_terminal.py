"""What a terminal shows."""

import io
import re

import pytest
from rich.cells import cell_len

from k8snotes.lookup import grep_page, make_matcher
from k8snotes.model.hits import Answer, PassageHit
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.pipeline import Words, load_words, page_of, summarize_lesson
from k8snotes.render.terminal import Terminal
from k8snotes.render.wrap import NEVER_FIRST

LESSON = (
    "水塔为什么要建在高处？因为水压的本质只有一个，那就是“高度差”；水塔越高，高度差越大，"
    "水龙头里的水就越有力气，kube-controller-manager 也说不出更好的道理。\n" * 3
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words()


def lesson_of(text: str):  # type: ignore[no-untyped-def]
    return parse(Source(path="a.md", name="a.md", lines=tuple(text.split("\n")), encoding="utf-8"))


def drawn(
    monkeypatch: pytest.MonkeyPatch, columns: int, color: str = "never"
) -> tuple[Terminal, io.StringIO]:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = io.StringIO()
    return Terminal(screen, color=color), screen  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_the_screen_or_begins_with_a_mark(
    monkeypatch: pytest.MonkeyPatch, words: Words, columns: int
) -> None:
    terminal, screen = drawn(monkeypatch, columns)
    lesson = lesson_of(LESSON)

    terminal.summary(summarize_lesson(lesson, words, sentences=5, characters=None, themes=5).listed())
    matcher = make_matcher("水", regex=False, exactly=False)
    page = page_of(lesson)
    terminal.line_hits(page, [(hit.line, hit) for hit in grep_page(page, matcher, kinds=None)])

    lines = screen.getvalue().splitlines()
    assert len(lines) > 10
    assert all(cell_len(line) <= columns for line in lines)
    assert not any(line.strip() and line.strip()[0] in NEVER_FIRST - {"·"} for line in lines)


def test_matches_are_marked_and_nothing_else_of_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, screen = drawn(monkeypatch, 80, color="always")
    lesson = lesson_of("水塔和水泵")

    matcher = make_matcher("水", regex=False, exactly=False)
    page = page_of(lesson)
    terminal.line_hits(page, [(hit.line, hit) for hit in grep_page(page, matcher, kinds=None)])

    assert re.findall(r"\x1b\[1;31m(.*?)\x1b\[0m", screen.getvalue()) == ["水", "水"]
    assert "水塔和水泵" in ANSI.sub("", screen.getvalue())


def test_a_title_that_was_found_is_shown_once_with_its_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, screen = drawn(monkeypatch, 80, color="always")
    hit = PassageHit(
        path="seeds/a.md",
        lesson="水塔的高度",
        section=None,
        kind="title",
        line=1,
        place=None,
        score=1.0,
        text="水塔的高度",
        matches=((0, 2),),
        is_partial=False,
        author=None,
        date=None,
        likes=None,
    )

    terminal.answer(Answer(hits=(hit,), total=1, has_all=True, terms=()), offset=0, explain=False)

    assert ANSI.sub("", screen.getvalue()).count("水塔的高度") == 1
    assert re.findall(r"\x1b\[1;31m(.*?)\x1b\[0m", screen.getvalue()) == ["水塔"]


def test_a_terminal_is_never_handed_a_control_character(
    monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    terminal, screen = drawn(monkeypatch, 80)
    evil = "[bold]:smile:[/bold]水塔\x1b]0;owned\x07的高度差\x9b31m决定水压\u202e的大小，水塔越高越好。"

    terminal.summary(
        summarize_lesson(lesson_of(evil), words, sentences=5, characters=None, themes=5).listed()
    )

    shown = screen.getvalue()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "\\x1b" in shown
    assert "[bold]:smile:[/bold]" in shown
