"""What every command owes its caller, as the contract of the command line has it, command by command.

The tables go over the commands that there are: a new one is held to all of it, or says here why not.
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import click
import pytest

from cli.conftest import WORKSPACE
from cli.everyday import NEEDS_NO_WORKSPACE, NEEDS_TEXTS, TAKES_NO_PATHS, TAKES_PATHS, call_of, call_on
from cli.runner import Runner, clean_environment
from k8snotes.cli import COMMANDS
from k8snotes.cli.group import cli
from k8snotes.cli.process import run as run_process

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])[;m]")
DOES_NOT_DRAW = {"export", "undo", "parse", "index", "init", "config", "completion"}
EACH = pytest.mark.parametrize("name", COMMANDS)
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX descriptors")


def options_of(name: str) -> set[str]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return {option for param in command.params for option in param.opts}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(WORKSPACE, folder, dirs_exist_ok=True)
    for call in ("export -q", "init -q"):
        assert Runner(folder)(*call.split()).code == 0
    return folder


@pytest.fixture
def ready(prepared: Path, tmp_path: Path) -> Runner:
    """A workspace in which every command has something to do."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return Runner(tmp_path)


# --- options that all share


@EACH
def test_json_is_one_document_that_says_whose_it_is(ready: Runner, name: str) -> None:
    result = ready(*call_of(name), "--json")

    assert (result.json["schema"], result.json["command"]) == (1, name)
    assert result.out.count("\n") == 1 or name in ("export",)
    assert result.code in (0, 3)


@EACH
def test_jsonl_is_for_what_lists_things_and_a_record_a_line(ready: Runner, name: str) -> None:
    result = ready(*call_of(name), "--jsonl")

    if "--jsonl" in options_of(name):
        assert result.code == 0
        assert all(isinstance(record, dict) for record in result.records)
        assert ready(*call_of(name), "--json", "--jsonl").code == 2
    else:
        assert (result.code, result.out) == (2, "")


@EACH
def test_help_is_the_same_by_both_names_and_needs_nothing(k8snotes: Runner, name: str) -> None:
    k8snotes.write("k8snotes.toml", "?")

    asked = [k8snotes(name, option) for option in ("-h", "--help")]

    assert asked[0] == asked[1]
    assert asked[0].code == 0
    assert asked[0].out.startswith(f"Usage: k8snotes {name} ")


def test_help_of_every_command_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom k8snotes.cli import COMMANDS\nfrom k8snotes.cli.group import invoke_with_click\n"
        "for name in COMMANDS: invoke_with_click([name, '--help'])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=clean_environment(tmp_path),
        capture_output=True,
        check=True,
        timeout=60,
    )

    heavy = {"jieba", "rjieba", "rich", "markdown_it", "ruamel", "multiprocessing", "pypdfium2", "pypinyin"}
    needless = {
        *("json", "sqlite3", "k8snotes.pipeline", "k8snotes.parse", "k8snotes.analyse", "k8snotes.export"),
        *("k8snotes.courses", "k8snotes.render.labels", "k8snotes.model.lesson", "k8snotes.index.store"),
    }
    loaded = set(done.stderr.decode().split())
    if "importlib.metadata" in loaded:
        needless.remove("json")  # which that loads itself, from Python 3.13 on
    assert loaded & (heavy | needless) == set()


@EACH
def test_what_all_commands_share_is_shared_by_this_one(name: str) -> None:
    shared = {"--json", "--color", "--raw", "-q", "--quiet", "--debug", "--workspace"}

    assert shared <= options_of(name)


@EACH
def test_a_wrong_call_is_exit_2_in_one_line_and_prints_nothing(ready: Runner, name: str) -> None:
    result = ready(*call_of(name), "--no-such-thing")

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith("k8snotes: no such option")


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("init", "doctor", "completion")])
def test_a_broken_configuration_is_exit_2_before_anything_is_done(ready: Runner, name: str) -> None:
    ready.write("k8snotes.toml", "sentences = ")
    before = sorted(ready.folder.rglob("*"))

    result = ready(*call_of(name))

    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert sorted(ready.folder.rglob("*")) == before


# --- what goes where


@EACH
def test_a_pipe_gets_data_and_nothing_else(ready: Runner, name: str) -> None:
    result = ready(*call_of(name))

    assert (result.code, result.err) == (0, "")
    assert "\x1b" not in result.out


@EACH
def test_a_pipe_has_no_width(ready: Runner, name: str) -> None:
    wide, narrow = (ready(*call_of(name), env={"COLUMNS": columns}) for columns in ("200", "20"))

    if name in ("undo", "export"):  # whose second call has another thing to do
        return
    if name == "doctor":  # which says what COLUMNS is
        assert wide.out.replace("COLUMNS=200", "") == narrow.out.replace("COLUMNS=20", "")
    else:
        assert wide == narrow


@EACH
def test_quiet_says_nothing_to_a_person(ready: Runner, name: str) -> None:
    assert ready(*call_of(name), "-q", on_terminal=True).err == ""


@EACH
@pytest.mark.parametrize("columns", [20, 40])
def test_a_narrow_terminal_holds_every_line(ready: Runner, name: str, columns: int) -> None:
    result = ready(*call_of(name), on_terminal=True, env={"COLUMNS": str(columns), "TERM": "xterm"})

    assert result.code == 0
    if name not in DOES_NOT_DRAW | {"search", "grep", "course"}:  # they show lines and paths as they are
        longest = max((cells(ESCAPE.sub("", line)) for line in result.lines), default=0)
        assert longest <= max(columns + 2, 26)


def cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


@EACH
@pytest.mark.parametrize(
    ("options", "env", "is_terminal", "coloured"),
    [
        ([], {"TERM": "xterm-256color"}, True, True),
        ([], {"TERM": "dumb"}, True, False),
        ([], {"TERM": "xterm-256color", "NO_COLOR": "1"}, True, False),
        (["--color", "never"], {"TERM": "xterm-256color", "FORCE_COLOR": "1"}, True, False),
        (["--json"], {"TERM": "xterm-256color", "FORCE_COLOR": "1"}, True, False),
        ([], {"TERM": "xterm-256color", "FORCE_COLOR": "1"}, False, True),
        (["--color", "always"], {"TERM": "xterm-256color"}, False, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_where_it_was_asked_for(
    ready: Runner, name: str, options: list[str], env: dict[str, str], is_terminal: bool, coloured: bool
) -> None:
    result = ready(*call_of(name), *options, env=env, on_terminal=is_terminal)

    assert bool(COLOUR.search(result.out)) is (coloured and name not in DOES_NOT_DRAW)


# --- encodings


@EACH
@pytest.mark.parametrize("draws", [False, True])
@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii", "utf-16"])
def test_no_encoding_is_too_narrow(ready: Runner, name: str, encoding: str, draws: bool) -> None:
    result = ready(*call_of(name), encoding=encoding, on_terminal=draws, env={"TERM": "xterm"})

    assert result.code == (3 if name == "doctor" and encoding in ("cp1252", "ascii") else 0)


@EACH
def test_json_is_json_in_every_encoding(ready: Runner, name: str) -> None:
    ready("export", "-q")
    calls = {encoding: ready(*call_of(name), "--json", encoding=encoding) for encoding in ("utf-8", "gbk")}

    if name not in ("undo", "doctor"):  # one has nothing left, one says what the encoding is
        assert calls["gbk"].json == calls["utf-8"].json
    assert calls["gbk"].json["command"] == name


# --- streams that fail, in processes of their own that share what is loaded


def forked(
    runner: Runner, arguments: list[str], *, out: int | None = None, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """The exit code and standard error of a run in a child of this process; `out` None: it is closed."""
    errors, child_errors = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the runner of tests has threads; the child none
        child = os.fork()
    if child == 0:
        code = 99
        with contextlib.suppress(BaseException):
            os.dup2(child_errors, 2)
            if out is not None:
                os.dup2(out, 1)
            os.chdir(runner.folder)
            environment = {**clean_environment(runner.folder), **(env or {})}
            with mock.patch.dict(os.environ, environment, clear=True):
                sys.stdin = io.StringIO()
                sys.stdout = None if out is None else open(1, "w", encoding="utf-8", closefd=False)  # type: ignore[assignment]  # noqa: SIM115
                sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                from k8snotes.cli.calls import invoke

                code = run_process(invoke, arguments)
            sys.stderr.flush()
        os._exit(code)
    os.close(child_errors)
    with open(errors, encoding="utf-8") as stream:  # noqa: PTH123
        said = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


@posix
@EACH
def test_a_reader_that_has_gone_is_no_failure(ready: Runner, name: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert forked(ready, call_of(name), out=writing) == (0, "")
    finally:
        os.close(writing)


@posix
@EACH
def test_a_closed_output_is_no_failure(ready: Runner, name: str) -> None:
    assert forked(ready, call_of(name), out=None) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@EACH
def test_a_full_disk_is_told_in_one_line(ready: Runner, name: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, said = forked(ready, call_of(name), out=full.fileno())

    is_silent = name in ("index", "init", "export")  # here they have nothing to print
    assert (code, said.count("\n")) == ((0, 0) if is_silent else (4, 1))
    assert is_silent or said.startswith("k8snotes: standard output: No space left")


@EACH
def test_an_interrupt_is_130_without_a_word(
    ready: Runner, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("k8snotes.cli.session.Session.finish", interrupted)  # when all else is done
    result = ready(*call_of(name))

    assert (result.code, result.err) == (130, "")


# --- places


@EACH
@pytest.mark.parametrize("home", [None, "/nowhere/at/all"])
def test_nobody_needs_a_home(
    ready: Runner, name: str, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.runner.clean_environment", lambda folder: homeless(folder, home))

    assert ready(*call_of(name)).code == 0


def homeless(folder: Path, home: str | None) -> dict[str, str]:
    environment = clean_environment(folder)
    del environment["HOME"], environment["XDG_CONFIG_HOME"]
    return environment if home is None else environment | {"HOME": home}


@posix
@pytest.mark.parametrize("name", [*TAKES_PATHS, "index", "doctor", "config", "completion"])
def test_a_workspace_that_may_only_be_read_is_read(ready: Runner, name: str) -> None:
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if (
        drop
        and subprocess.run([shutil.which(drop[0]) or "false", *drop[1:], sys.executable, "-c", ""]).returncode
    ):
        pytest.skip("root may write everywhere, and nobody else may run this Python")
    with contextlib.ExitStack() as after:
        for place in [ready.folder, *(path for path in ready.folder.rglob("*") if path.is_dir())]:
            place.chmod(0o555)
            after.callback(place.chmod, 0o755)
        code, out, said = as_nobody(ready, drop, call_of(name))

    assert "Traceback" not in said
    if name == "export":
        assert code in (0, 4)
    elif name == "doctor":
        assert (code, "cannot be written" in out) == (3, True)
    else:
        assert (code, said) == (0, "")


def as_nobody(runner: Runner, drop: list[str], arguments: list[str]) -> tuple[int, str, str]:
    """A run by one who may not write everywhere."""
    leads = [
        folder for folder in (runner.folder, *runner.folder.parents) if not folder.stat().st_mode & 0o005
    ]
    if os.geteuid() == 0 and leads:
        for folder in leads:  # pytest keeps its folders to itself
            folder.chmod(folder.stat().st_mode | 0o055)
    done = subprocess.run(
        [*drop, sys.executable, "-m", "k8snotes", *arguments],
        cwd=runner.folder,
        env=clean_environment(runner.folder) | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


# --- paths and texts

PATHS = ["-x.md", " a b .md", "a\nb.md", "[x]*.md", "~.md", "$HOME;ls.md", "\U0001f345.md", "C:\\x.md"]
if sys.platform == "linux":
    PATHS.append(os.fsdecode(b"\xbd\xff.md"))
TEXT = "# 01 | 看土\n\n所谓看土浇水，就是先把手指插进土里。看土，再提壶。看土。\n"
ODD_TEXTS = {
    "no bytes": (b"", 4),
    "rubbish": (bytes(range(256)) * 16, 4),
    "bytes of zero": (bytes(4096), 4),
    "a zero within": (TEXT.encode() + b"\0\n", 4),
    "one long line": ("先看土，再提壶。".encode() * 4000, 0),
    "one long word": (b"a" * 100_000, 0),
    "comments alone": ("**精选留言(1)**\n\n- 阿土 👍（3） 2020-01-01\n怎么看土？\n".encode(), 0),
    "line ends alone": (b"\n" * 5000, 4),
    "a mark alone": ("\ufeff".encode(), 4),
}


@pytest.mark.skipif(sys.platform == "win32", reason="names are others there")
@pytest.mark.parametrize("path", PATHS, ids=repr)
@pytest.mark.parametrize("name", TAKES_PATHS)
def test_a_path_may_be_any_name(k8snotes: Runner, name: str, path: str) -> None:
    k8snotes.write(path, TEXT)

    result = k8snotes(*call_on(name, path))

    assert (result.code, result.err) == (1 if name in ("comments", "faq", "course") else 0, "")
    if name in ("grep", "search", "summarize", "parse"):
        assert k8snotes(*call_on(name, path), env={"X": "y"}).out == result.out
        assert json.dumps(path)[1:-1] in json.dumps(k8snotes(*call_of(name), "--json", "--", path).json)


@pytest.mark.parametrize("kind", ODD_TEXTS)
@pytest.mark.parametrize("name", TAKES_PATHS)
def test_a_text_may_be_anything(k8snotes: Runner, name: str, kind: str) -> None:
    content, code = ODD_TEXTS[kind]
    k8snotes.write("odd.md", content)

    result = k8snotes(*call_on(name, "odd.md"))

    assert result.code in ((code,) if code else (0, 1))
    assert result.err.count("\n") == bool(code)
    assert not code or result.err.startswith("k8snotes: odd.md: ")


@pytest.mark.parametrize("name", TAKES_PATHS)
def test_one_bad_text_never_stops_the_others(k8snotes: Runner, name: str) -> None:
    k8snotes.write("1.md", b"\0")
    k8snotes.write("2.md", TEXT)

    alone, beside = k8snotes(*call_on(name, "2.md")), k8snotes(*call_on(name, "1.md", "2.md", "3.md"))

    assert beside.code == 4
    assert beside.err.count("\n") == 2
    assert alone.out == beside.out or name == "export"


@pytest.mark.parametrize("name", NEEDS_TEXTS)
def test_paths_are_shown_as_given_or_below_the_workspace(ready: Runner, name: str) -> None:
    assert str(ready.folder) not in ready(*call_of(name)).out
    assert str(ready.folder) not in ready(*call_of(name), "--json").out


@pytest.mark.parametrize("name", NEEDS_TEXTS)
@pytest.mark.parametrize("options", [[], ["--json"], ["--color", "always"]], ids=" ".join)
def test_no_text_reaches_a_terminal_with_what_it_obeys(
    k8snotes: Runner, name: str, options: list[str]
) -> None:
    k8snotes.write("seeds/\x1b[31m红.md", TEXT.replace("看土", "看\x1b]0;hacked\x07土看土\u202e看土\x9b31m"))

    result = k8snotes(*call_of(name), *options, env={"TERM": "xterm"})

    assert not re.search("[\x07\x9b\u202e]|\x1b(?!\\[[0-9;]*m)|\x1b\\[31m红", result.out + result.err)


def test_the_tables_name_commands_that_there_are() -> None:
    assert set(COMMANDS) >= NEEDS_NO_WORKSPACE | TAKES_NO_PATHS | DOES_NOT_DRAW


def test_a_long_title_stays_clear_of_the_numbers_of_the_hits(k8snotes: Runner) -> None:
    k8snotes.write("seeds/01.md", f"# {'看土浇水' * 12}\n\n先堆肥。\n")

    shown = k8snotes("search", "堆肥", on_terminal=True, env={"COLUMNS": "40"})

    first, *others = filter(None, ESCAPE.sub("", shown.out).splitlines())
    assert first.startswith("  1  看土")
    assert all(line.startswith("     ") for line in others)
