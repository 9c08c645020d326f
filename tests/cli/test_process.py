"""The process itself: encodings, pipes, signals, what it loads, what it opens."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from cli.runner import Runner, clean_environment
from k8snotes.lookup import MANY_LESSONS

HEAVY = {"jieba", "rjieba", "rich", "markdown_it", "ruamel", "sqlite3"}
HEAVY |= {"multiprocessing", "socket", "ssl", "urllib.request"}
ESC, CSI, BIDI = "\x1b[31m", "\x9b31m", "\u202e"
HOSTILE = f"先看土{ESC}再提壶{CSI}红{BIDI}倒。所谓看土浇水，就是先把手指插进土里。\n"

# Foreground colours; bold and dim are left to where NO_COLOR leaves them.
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])[;m]")

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and descriptors")


def spawn(
    folder: Path, *arguments: str, env: dict[str, str] | None = None, python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *python, "-m", "k8snotes", *arguments],
        cwd=folder,
        env=clean_environment(folder) | (env or {}),
        capture_output=True,
        check=False,
        timeout=60,
    )


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """The modules that a run of the command has imported at its end."""
    script = (
        "import sys\nfrom k8snotes.cli.calls import invoke\nfrom k8snotes.cli.process import run\n"
        "code = run(invoke, sys.argv[1:])\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=clean_environment(folder),
        capture_output=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.decode().split())


def many_lessons(course: Runner, count: int, *, lines: int = 2) -> None:
    """Lessons in the index, each with so many lines that speak of a can."""
    for at in range(count):
        text = "".join(f"第 {line} 次提\u3000{'㍱' if at % 3 else 'HPA'}。\n" for line in range(lines))
        course.write(f"seeds/多/{at}.md", text)
    assert course("index").code == 0


def lives_on(group: int, *, seconds: float = 5.0) -> bool:
    """Whether any process of a group is still there after so long."""
    for _ in range(int(seconds / 0.05)):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


# --- encodings


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=lambda env: env.get("PYTHONIOENCODING", "LC_ALL=C"),
)
def test_a_narrow_encoding_never_ends_a_run_and_json_stays_json(course: Runner, env: dict[str, str]) -> None:
    plain = spawn(course.folder, "summarize", env=env)
    described = spawn(course.folder, "comments", "--json", env=env)

    assert (plain.returncode, plain.stderr) == (0, b"")
    assert plain.stdout
    encoding = env.get("PYTHONIOENCODING", "ascii")
    comments = json.loads(described.stdout.decode(encoding))["comments"]
    assert "🍅" in [comment["author"] for comment in comments]
    if encoding != "utf-16":
        assert json.loads(described.stdout.decode("utf-8"))["comments"] == comments


@posix
@pytest.mark.parametrize("call", ["grep 看土", "search 看土", "theme 看土", "export -o 出", "index --verify"])
def test_where_the_system_knows_ascii_alone_names_and_arguments_are_what_they_are(
    course: Runner, call: str
) -> None:
    course.write("seeds/阳台/🍅.md", "先看土，再提壶。看土。\n")
    narrow = spawn(
        course.folder, *call.split(), env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    wide = spawn(course.folder, *call.split())

    assert (narrow.returncode, narrow.stderr) == (0, b"")
    if not call.startswith("export"):  # which has nothing left to do
        assert narrow.stdout.decode("ascii").encode().decode("unicode_escape") == wide.stdout.decode("utf-8")
    assert (call.startswith("export")) is ((course.folder / "出" / "阳台" / "🍅.md").exists())


def test_chinese_stays_chinese_in_an_encoding_that_has_it(course: Runner) -> None:
    found = spawn(course.folder, "grep", "第六穗", env={"PYTHONIOENCODING": "gbk"})

    line = found.stdout.decode("gbk")
    assert "数到第六穗才发现" in line
    assert r"\U0001f44d" in line  # no thumb in GBK


# --- pipes and signals


@posix
def test_a_closed_pipe_is_the_end_and_no_failure(course: Runner) -> None:
    for number in range(200):
        course.write(f"seeds/more/{number}.txt", "先看土，再提壶。\n" * 50)
    process = subprocess.Popen(
        [sys.executable, "-m", "k8snotes", "grep", "土"],
        cwd=course.folder,
        env=clean_environment(course.folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()

    assert process.wait(30) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@posix
@pytest.mark.parametrize("arguments", ["--help", "grep 土", "config", "grep 土 nowhere.txt", "--frobnicate"])
def test_a_pipe_that_is_closed_from_the_start_is_no_failure(course: Runner, arguments: str) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "k8snotes", *arguments.split()],
            cwd=course.folder,
            env=clean_environment(course.folder),
            stdout=write_end,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    finally:
        os.close(write_end)

    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in (0, 2, 4)


@posix
@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_failure(course: Runner, redirection: str) -> None:
    command = f'exec "{sys.executable}" -m k8snotes grep 土 seeds/000* - {redirection}'

    done = subprocess.run(
        ["sh", "-c", command],
        cwd=course.folder,
        env=clean_environment(course.folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 4  # nothing on standard input
    assert b"Traceback" not in done.stderr
    if redirection == "2>&-":
        assert b"k8snotes:" not in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ["grep 土", "--help"])
def test_a_full_disk_is_told_in_one_line(course: Runner, arguments: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "k8snotes", *arguments.split()],
            cwd=course.folder,
            env=clean_environment(course.folder),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )

    assert done.returncode == 4
    assert done.stderr.decode().startswith("k8snotes: standard output: No space left")
    assert done.stderr.count(b"\n") == 1


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("is_full", [False, True], ids=["nobody reads it", "full"])
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["grep", "-c", "看土", "seeds/000_00c0ffee00c0ffee.txt", "nosuch"], 4, "000_00c0ffee00c0ffee.txt:"),
        (["search", "看土", "--bogus"], 2, ""),
    ],
)
def test_the_command_goes_on_where_standard_error_takes_nothing(
    course: Runner, arguments: list[str], code: int, says: str, is_full: bool
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with Path("/dev/full").open("wb") as full, os.fdopen(writing, "wb", buffering=0) as unread:
        done = subprocess.run(
            [sys.executable, "-m", "k8snotes", *arguments],
            cwd=course.folder,
            env=clean_environment(course.folder),
            stdout=subprocess.PIPE,
            stderr=full if is_full else unread,
            check=False,
            timeout=60,
        )

    assert done.returncode == code
    assert says in done.stdout.decode()


@posix
@pytest.mark.parametrize("reader_is_gone", [False, True])
def test_an_interrupted_run_ends_in_130_without_a_word(course: Runner, reader_is_gone: bool) -> None:
    fifo = course.folder / "endless.txt"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-m", "k8snotes", "grep", "土", "seeds", "endless.txt"],
        cwd=course.folder,
        env=clean_environment(course.folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with fifo.open("wb", buffering=0) as writer:  # opens once the run has come to read it
        writer.write(b"\n")
        time.sleep(0.1)
        if reader_is_gone:
            process.stdout.close()
        process.send_signal(signal.SIGINT)
        code = process.wait(30)

    assert code == 130
    assert process.stderr.read() == b""
    process.stderr.close()
    process.stdout.close()


@posix
@pytest.mark.parametrize(
    "call",
    [
        "提 ㍱",
        "-c 提",
        "-l ㍱",
        "-m1 次提",
        "-s 次提",
        "-E 次.?提",
        "-o 次提",
        "--jsonl 提",
        "-C1 提",
        "--in=body 提",
    ],
)
def test_a_grep_that_is_shared_with_a_fork_says_what_one_process_says(course: Runner, call: str) -> None:
    many_lessons(course, 2 * MANY_LESSONS)
    *options, pattern = call.split(maxsplit=1) if call.startswith("-") else [call]
    shared = spawn(course.folder, "grep", *options, pattern)
    with mock.patch("k8snotes.forked._can_fork", return_value=False):
        alone = course("grep", *options, pattern)

    assert (shared.returncode, shared.stderr) == (alone.code, b"")
    assert shared.stdout.decode() == alone.out
    assert len(alone.lines) >= 2 * MANY_LESSONS


@posix
def test_a_fork_ends_with_a_reader_who_has_seen_enough(course: Runner) -> None:
    many_lessons(course, 2 * MANY_LESSONS, lines=100)
    command = f"{sys.executable} -m k8snotes grep 提 | head -1"
    with subprocess.Popen(
        command, shell=True, cwd=course.folder, env=clean_environment(course.folder),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as run:  # fmt: skip
        out, err = run.communicate(timeout=60)
        assert (len(out.splitlines()), err) == (1, b"")
        assert not lives_on(run.pid)


@posix
@pytest.mark.parametrize("ending", ["interrupt", "closed pipe", "interrupt of one process"])
def test_processes_that_share_the_work_end_with_the_run(course: Runner, ending: str) -> None:
    for number in range(4):
        course.write(f"seeds/more/{number}.txt", "先看土，再提壶。\n" * 40_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "k8snotes", "parse", "--jsonl"],
        cwd=course.folder,
        env=clean_environment(course.folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    match ending:
        case "interrupt":  # a terminal sends it to all
            os.killpg(process.pid, signal.SIGINT)
        case "interrupt of one process":
            process.send_signal(signal.SIGINT)
        case _:
            process.stdout.close()

    assert process.wait(30) == (0 if ending == "closed pipe" else 130)
    assert process.stderr.read() == b""
    assert not lives_on(process.pid)
    process.stderr.close()
    process.stdout.close()


# --- colour


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {}, False),
        (["--color", "auto"], {}, False),
        (["--color", "never"], {}, False),
        (["--color", "always"], {}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": ""}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--json"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "--jsonl"], {}, False),
    ],
)
@pytest.mark.parametrize("command", ["grep 土", "summarize", "themes", "comments"])
def test_a_pipe_has_colour_only_where_it_was_asked_for(
    course: Runner, command: str, options: list[str], env: dict[str, str], coloured: bool
) -> None:
    result = course(*command.split(), *options, env={"TERM": "xterm-256color", **env})

    assert ("\x1b[" in result.out) is coloured


@pytest.mark.parametrize("command", ["grep 土", "summarize", "themes", "comments"])
@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {"TERM": "xterm-256color"}, True),
        (["--color", "never"], {"TERM": "xterm-256color"}, False),
        ([], {"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
    ],
)
def test_a_terminal_has_colour_unless_it_was_told_off(
    course: Runner, command: str, options: list[str], env: dict[str, str], coloured: bool
) -> None:
    result = course(*command.split(), *options, env=env, on_terminal=True)

    assert bool(COLOUR.search(result.out)) is coloured


def test_hints_are_for_terminals_and_quiet_turns_them_off(k8snotes: Runner) -> None:
    assert "Next: put course texts into" in k8snotes("init", "a", on_terminal=True).err
    assert k8snotes("init", "b").err == ""
    assert k8snotes("init", "c", "--quiet", on_terminal=True).err == ""


# --- control characters


@pytest.mark.parametrize("options", [[], ["--color", "always"], ["--json"], ["--jsonl"]], ids=" ".join)
@pytest.mark.parametrize(
    "command", ["grep 土", "grep -C 1 土", "grep -o -E 土.+", "summarize", "themes", "parse"]
)
def test_control_characters_of_a_text_are_spelled_out(
    k8snotes: Runner, command: str, options: list[str]
) -> None:
    k8snotes.write("a.txt", HOSTILE)

    result = k8snotes(*command.split(), *options, "a.txt", env={"TERM": "xterm-256color"})

    assert result.code == 0
    for control in (ESC, CSI, BIDI):
        assert control not in result.out


@pytest.mark.parametrize("options", [[], ["--color", "always"]], ids=" ".join)
def test_raw_passes_control_characters_through(k8snotes: Runner, options: list[str]) -> None:
    k8snotes.write("a.txt", HOSTILE)

    result = k8snotes("grep", "--raw", "手指", *options, "a.txt", env={"TERM": "xterm-256color"})

    assert ESC in result.out
    assert BIDI in result.out


def test_escaped_control_characters_read_as_their_code(k8snotes: Runner) -> None:
    k8snotes.write("a.txt", HOSTILE)

    assert r"先看土\x1b[31m再提壶\x9b31m红\u202e倒" in k8snotes("grep", "土", "a.txt").out


# --- what is loaded and opened


@pytest.mark.parametrize(
    "arguments", ["--help", "--version", "grep --help", "summarize -h", "config", "init w"]
)
def test_help_and_small_commands_load_nothing_heavy(k8snotes: Runner, arguments: str) -> None:
    assert loaded_by(k8snotes.folder, *arguments.split()) & HEAVY == set()


def test_help_loads_no_stage(k8snotes: Runner) -> None:
    ours = {name for name in loaded_by(k8snotes.folder, "--help") if name.startswith("k8snotes")}

    cli = {f"k8snotes.cli.{name}" for name in ("calls", "group", "process")}
    speech = {f"k8snotes.{name}" for name in ("cli.clicks", "cli.settings", "config", "speech", "workspace")}
    assert ours == {"k8snotes", "k8snotes.cli", "k8snotes.errors"} | cli | speech


def test_a_piped_grep_over_printed_pages_loads_nothing_heavy(course: Runner) -> None:
    loaded = loaded_by(course.folder, "grep", "土", "seeds/000_00c0ffee00c0ffee.txt")

    assert loaded & HEAVY == set()


@pytest.mark.parametrize("command", ["grep 土", "comments", "parse"])
def test_what_needs_no_words_loads_no_tokenizer_and_a_pipe_no_rich(course: Runner, command: str) -> None:
    assert loaded_by(course.folder, *command.split()) & {"jieba", "rjieba", "rich"} == set()


@pytest.mark.parametrize("command", ["summarize", "search 土", "theme 看土", "export", "doctor"])
def test_no_command_opens_a_socket(course: Runner, command: str) -> None:
    script = (
        "import sys\n"
        "def hook(event, arguments):\n"
        "    if event.startswith(('socket.', 'urllib.', 'http.', 'ftplib.', 'smtplib.')):\n"
        "        sys.stderr.write(f'opened: {event}'); sys.stderr.flush(); import os; os._exit(99)\n"
        "sys.addaudithook(hook)\n"
        "from k8snotes.cli.calls import invoke\nfrom k8snotes.cli.process import run\n"
        "sys.exit(run(invoke, sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command.split()],
        cwd=course.folder,
        env=clean_environment(course.folder),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, b"")


# --- the environment


def test_without_home_everything_works(course: Runner) -> None:
    environment = clean_environment(course.folder)
    del environment["HOME"], environment["XDG_CONFIG_HOME"]
    done = subprocess.run(
        [sys.executable, "-m", "k8snotes", "grep", "-c", "土"],
        cwd=course.folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, b"")


@posix
def test_a_current_folder_that_was_deleted_is_no_reason_to_fail(course: Runner) -> None:
    gone = course.folder / "gone"
    gone.mkdir()
    text = course.folder / "seeds" / "000_00c0ffee00c0ffee.txt"
    command = f'rmdir "{gone}"; exec "{sys.executable}" -m k8snotes'

    def inside(arguments: str) -> subprocess.CompletedProcess[bytes]:
        gone.mkdir(exist_ok=True)
        return subprocess.run(
            ["sh", "-c", f"{command} {arguments}"],
            cwd=gone,
            env=clean_environment(course.folder),
            capture_output=True,
            check=False,
            timeout=60,
        )

    assert inside(f'grep -c 看土 "{text}"').returncode == 0
    assert inside("summarize").returncode == 2
    assert inside(f'export -o "{course.folder}/out" "{text}"').returncode == 0


def test_hash_seeds_change_nothing(course: Runner) -> None:
    runs = [spawn(course.folder, "summarize", "--json", env={"PYTHONHASHSEED": seed}) for seed in "12"]

    assert runs[0].stdout == runs[1].stdout != b""


def test_an_export_with_nothing_to_do_loads_neither_parser_nor_tokenizer(course: Runner) -> None:
    assert spawn(course.folder, "export").returncode == 0

    loaded = loaded_by(course.folder, "export")

    assert loaded & {"k8snotes.parse", "k8snotes.read.files", "markdown_it", "jieba", "rjieba"} == set()
