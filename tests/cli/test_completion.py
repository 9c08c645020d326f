"""Completion of calls: what is offered, and what real shells make of it."""

import subprocess

import pytest

from cli.runner import Runner
from cli.shells import Typist, is_installed
from k8snotes.cli import COMMANDS, COMPLETE
from k8snotes.cli.completion import SHELLS

NEEDS = {
    shell: pytest.mark.skipif(not is_installed(shell), reason=f"{shell} is not installed") for shell in SHELLS
}
EACH_SHELL = pytest.mark.parametrize("shell", [pytest.param(shell, marks=NEEDS[shell]) for shell in SHELLS])


@pytest.fixture
def indexed(k8snotes: Runner) -> Runner:
    """A workspace whose names have blanks and characters that shells take for theirs."""
    k8snotes.write(
        "seeds/1.md",
        "# 01 | 先「看土 再浇水」\n\n所谓“堆土式 API”，就是只说要什么。`$(touch hacked)` 是 `a;b`。\n",
    )
    k8snotes.write(
        "seeds/2.md", '# 02 / it\'s "6" $HOME & \\`ls\\`\n\n“堆土式 API”和 Kubernetes；“土:水”也要看。\n'
    )
    k8snotes("index")
    return k8snotes


def offered(k8snotes: Runner, *words: str, shell: str = "fish") -> list[str]:
    """The candidates for the last word."""
    result = k8snotes("--", *words, env={COMPLETE: shell})
    assert (result.code, result.err) == (0, "")
    return [line.split("\t")[1] for line in result.lines if line.startswith("plain\t")]


# --- what is offered


def test_commands_are_offered_with_what_they_do(k8snotes: Runner) -> None:
    lines = k8snotes("--", "", env={COMPLETE: "zsh"}).lines

    assert lines == [f"plain\t{name}\t{meaning}" for name, meaning in COMMANDS.items()]
    assert offered(k8snotes, "exp") == ["export"]


@pytest.mark.parametrize(
    ("words", "candidates"),
    [
        (["summarize", "--cha"], ["--chars"]),
        (["export", "--flavor", "l"], ["logseq"]),
        (["export", "--flavor=l"], ["--flavor=logseq"]),
        (["export", "--no-pa"], ["--no-pages"]),
        (["search", "土", "--in", "body,co"], ["body,code", "body,comment"]),
        (["grep", "--in", "body,b"], []),
        (["parse", "--encoding", "g"], ["gb18030"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["theme", "堆"], ["堆土式 API"]),
        (["theme", "KUBER"], ["Kubernetes"]),
        (["summarize", "--about=堆土"], ["--about=堆土式 API"]),
        (["faq", "--about", "土"], ["土:水"]),
        (["search", "土", "--lesson", "01"], ["01 | 先「看土 再浇水」"]),
        (["search", "土", "--lesson", "浇水"], ["01 | 先「看土 再浇水」"]),
        (["search", ""], []),
        (["frobnicate", ""], []),
    ],
    ids=" ".join,
)
def test_candidates_are_those_of_the_place(indexed: Runner, words: list[str], candidates: list[str]) -> None:
    assert offered(indexed, *words) == candidates


def test_terms_of_the_reader_come_first_and_those_that_they_dropped_not_at_all(indexed: Runner) -> None:
    indexed.write("terms.toml", '[[term]]\nname = "堆部"\n[[term]]\nname = "堆音"\ndrop = true\n')

    assert offered(indexed, "theme", "堆") == ["堆部", "堆土式 API"]


@pytest.mark.parametrize("dropped", ["KUBERNETES", "堆土式 API"])
def test_what_the_reader_dropped_is_not_offered_though_lessons_hold_it(indexed: Runner, dropped: str) -> None:
    assert len(offered(indexed, "theme", dropped[:2])) == 1

    indexed.write("terms.toml", f'[[term]]\nname = "{dropped}"\ndrop = true\n')

    assert offered(indexed, "theme", dropped[:2]) == []


def test_terms_of_the_field_are_offered_where_a_lesson_holds_them(indexed: Runner) -> None:
    indexed.write("seeds/3.md", "# 03 | 盯着\n\n控制器一直盯着两边；控制器不问是谁改的。\n")
    indexed.write("seeds/4.md", "# 04 | 再盯\n\n换一个控制器。\n")
    indexed("index")

    lines = indexed("--", "theme", "控", env={COMPLETE: "fish"}).lines
    assert lines == ["plain\t控制器\tlessons: 2"]

    for name in ("3.md", "4.md"):
        (indexed.folder / "seeds" / name).unlink()
    indexed("index")
    assert offered(indexed, "theme", "控") == []


@pytest.mark.parametrize("name", COMMANDS)
def test_paths_and_folders_of_every_command_are_left_to_the_shell(k8snotes: Runner, name: str) -> None:
    paths = k8snotes("--", name, "x", "x", env={COMPLETE: "zsh"}).lines
    folders = k8snotes("--", name, "--workspace", "", env={COMPLETE: "zsh"}).lines

    assert paths in ([], ["file\tx\t"])
    assert (paths == []) is (name in {"completion", "config", "doctor", "index", "init", "undo"})
    assert folders == ["dir\t\t"]


@pytest.mark.parametrize(
    "state", ["no workspace", "no index", "a broken index", "another version's", "a broken terms.toml"]
)
@pytest.mark.parametrize("words", [["theme", "堆"], ["search", "土", "--lesson", "0"]], ids=" ".join)
def test_in_any_state_completion_says_nothing_and_makes_nothing(
    k8snotes: Runner, state: str, words: list[str]
) -> None:
    if state != "no workspace":
        k8snotes.write("seeds/1.md", "# 01\n\n“堆土式 API”。\n")
    if "index" in state or "version" in state:
        content = {"a broken index": b"\0" * 999, "another version's": b"SQLite format 3\0"}.get(state)
        if content:
            k8snotes.write(".k8snotes/index.db", content)
    if state == "a broken terms.toml":
        k8snotes.write("terms.toml", "?")
    before = sorted(k8snotes.folder.rglob("*"))

    assert offered(k8snotes, *words) == []
    assert sorted(k8snotes.folder.rglob("*")) == before


def test_a_tab_reads_no_text(indexed: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("a text was read")

    monkeypatch.setattr("k8snotes.pipeline.map_files", read)
    monkeypatch.setattr("k8snotes.refresh.fresh_index", read)
    indexed.write("seeds/3.md", "# 03 | 新课\n")

    assert offered(indexed, "theme", "堆") == ["堆土式 API"]


@pytest.mark.parametrize("arguments", [[], ["--"], ["--", "a"], ["theme"]], ids=str)
@pytest.mark.parametrize("shell", [*SHELLS, "tcsh"])
def test_a_question_that_makes_no_sense_has_no_answer(
    k8snotes: Runner, shell: str, arguments: list[str]
) -> None:
    result = k8snotes(*arguments, env={COMPLETE: shell})

    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("line", "replaced", "written"),
    [
        ("k8snotes theme 堆", "堆", "堆土式\\ API"),
        ("k8snotes theme '堆", "堆", "堆土式 API"),
        ('k8snotes theme "堆', "堆", "堆土式 API"),
        ("k8snotes faq --about=堆", "堆", "堆土式\\ API"),
        ("k8snotes theme 土:", "", "水"),
        ("k8snotes search x --lesson 02", "02", '02\\ /\\ it\\\'s\\ \\"6\\"\\ \\$HOME\\ \\&\\ \\`ls\\`'),
        ('k8snotes search x --lesson "02', "02", '02 / it\'s \\"6\\" \\$HOME & \\`ls\\`'),
        ("k8snotes search x --lesson '01", "01", "01 | 先「看土 再浇水」"),
    ],
)
def test_bash_gets_words_that_mean_what_they_say(
    indexed: Runner, line: str, replaced: str, written: str
) -> None:
    assert offered(indexed, line, replaced, shell="bash") == [written]


def test_bash_is_offered_nothing_that_its_open_quote_cannot_hold(indexed: Runner) -> None:
    assert offered(indexed, "k8snotes search x --lesson '02", "02", shell="bash") == []


def test_a_name_with_control_characters_is_not_offered(k8snotes: Runner) -> None:
    k8snotes.write("seeds/1.md", "# 01 | 红\x1b[31m\n\n“堆土\u202e式”。\n")
    k8snotes("index")

    assert offered(k8snotes, "search", "x", "--lesson", "01") == []
    assert offered(k8snotes, "theme", "堆") == []


# --- real shells


@EACH_SHELL
def test_a_script_is_one_that_its_shell_understands(k8snotes: Runner, shell: str) -> None:
    script = k8snotes("completion", shell).out

    checked = subprocess.run(
        [shell, "-n"], input=script.encode(), capture_output=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert k8snotes("completion", shell, "--json").json["script"] == script


@EACH_SHELL
def test_a_shell_completes_what_is_typed(
    indexed: Runner, tmp_path_factory: pytest.TempPathFactory, shell: str
) -> None:
    indexed.write("a b&c.txt", "土\n")
    typist = Typist(shell, indexed.folder, tmp_path_factory.mktemp("home"))
    typed = {
        "k8snotes theme 堆\t": "theme|堆土式 API",
        'k8snotes theme "堆\t': "theme|堆土式 API",
        "k8snotes search x --lesson 02\t": 'search|x|--lesson|02 / it\'s "6" $HOME & `ls`',
        "k8snotes sum\t--about=堆\t": "summarize|--about=堆土式 API",
        "k8snotes summarize --workspace=see\t": "summarize|--workspace=seeds",
        "k8snotes gre\t土 'a b\t": "grep|土|a b&c.txt",
    }

    words = [[word.rstrip("/") for word in words] for words in typist.words_of([*typed])]

    assert words == [said.split("|") for said in typed.values()]
    assert not (indexed.folder / "hacked").exists()
