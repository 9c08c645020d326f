"""The first minutes: an empty folder, a new workspace, the first text; each command says what comes next."""

import pytest

from cli.everyday import NEEDS_NO_WORKSPACE, NEEDS_TEXTS, call_of
from cli.runner import Runner
from k8snotes.cli import COMMANDS

FIRST_TEXT = "# 01 | 看土\n\n所谓看土浇水，就是先把手指插进土里。看土，再提壶。\n"


def call(k8snotes: Runner, name: str, **options: bool) -> tuple[int, str, str]:
    result = k8snotes(*call_of(name), **options)
    return result.code, result.out, result.err


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in NEEDS_NO_WORKSPACE])
def test_in_an_empty_folder_a_command_tells_how_to_make_a_workspace(k8snotes: Runner, name: str) -> None:
    code, out, err = call(k8snotes, name)

    assert (code, out) == (2, "")
    assert err.startswith("k8snotes: no workspace here; make one with: k8snotes init DIR")
    assert err.count("\n") == 1
    assert list(k8snotes.folder.iterdir()) == []


@pytest.mark.parametrize("name", sorted(NEEDS_NO_WORKSPACE))
def test_what_needs_no_workspace_works_in_an_empty_folder(k8snotes: Runner, name: str) -> None:
    code, out, err = call(k8snotes, name)

    assert (code, err) == (0, "")
    assert out


def test_what_init_says_last_is_what_comes_next(k8snotes: Runner) -> None:
    result = k8snotes("init", on_terminal=True)

    assert result.err.splitlines()[-1] == "Next: put course texts into seeds, then run: k8snotes summarize"


@pytest.mark.parametrize("name", NEEDS_TEXTS)
def test_in_a_new_workspace_a_command_tells_where_the_texts_go(k8snotes: Runner, name: str) -> None:
    k8snotes("init")

    code, _, err = call(k8snotes, name)

    assert code == 1
    seeds = k8snotes.folder / "seeds"
    what_next = "no course texts yet; put texts there: .txt, .md, .html, .epub or .pdf"
    assert err == f"k8snotes: {seeds}: {what_next}\n"


def test_in_a_new_workspace_there_is_nothing_to_undo(k8snotes: Runner) -> None:
    k8snotes("init")

    assert call(k8snotes, "undo") == (1, "", "k8snotes: notes: no export to undo\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_with_the_first_text_every_command_finds_something_or_says_why_not(
    k8snotes: Runner, name: str
) -> None:
    k8snotes("init")
    k8snotes.write("seeds/01.md", FIRST_TEXT)

    code, out, err = call(k8snotes, name, on_terminal=True)

    assert code in (0, 1)
    assert out.strip() or err.strip() or name == "index"


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        (["search", "没有的"], "k8snotes themes shows"),
        (["grep", "没有的"], "no line holds it"),
        (["theme", "没有的"], "k8snotes themes shows"),
        (["comments"], "no such comments"),
        (["faq"], "k8snotes comments --questions"),
        (["course"], "no course"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_where_nothing_is_found_a_person_is_told_and_a_pipe_is_not(
    k8snotes: Runner, call: list[str], hint: str
) -> None:
    k8snotes.write("seeds/01.md", FIRST_TEXT)

    result = k8snotes(*call, on_terminal=True)

    assert result.code == 1
    assert hint in result.err
    assert k8snotes(*call).err == ""
    assert k8snotes(*call, "-q", on_terminal=True).err == ""


def test_a_suggestion_is_hint_enough(course: Runner) -> None:
    hints = course("search", "看土浇氺", on_terminal=True).err.splitlines()

    assert hints == [hint for hint in hints if hint.startswith("did you mean")]


def test_words_where_paths_stand_are_told_to_go_in_quotes(course: Runner) -> None:
    hint = "several words go in quotes: k8snotes search '看土 浇水'\n"

    assert course("search", "看土", "浇水", on_terminal=True).err.endswith(hint)
    assert "quotes" not in course("search", "看土", "浇水").err
    assert "quotes" not in course("search", "看土", "seeds", on_terminal=True).err
    assert "quotes" not in course("search", "看土", "nosuch.md", on_terminal=True).err


@pytest.mark.parametrize(
    ("options", "is_on_terminal", "is_worked_out"),
    [([], False, False), (["--jsonl"], False, False), (["--json"], False, True), ([], True, True)],
)
def test_what_else_to_ask_is_worked_out_where_it_will_be_seen(
    course: Runner,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    is_on_terminal: bool,
    is_worked_out: bool,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "k8snotes.index.suggest.suggestions",
        lambda _store, words, *_: asked.extend(word.typed for word in words) or (),
    )

    course("search", "看土浇氺", *options, on_terminal=is_on_terminal)

    assert asked == (["看土浇氺"] if is_worked_out else [])


@pytest.mark.parametrize("call", [[], ["--help"]], ids=["no command", "help"])
def test_help_says_what_to_begin_with(k8snotes: Runner, call: list[str]) -> None:
    result = k8snotes(*call)

    assert "Begin with: k8snotes init DIR" in result.out + result.err
