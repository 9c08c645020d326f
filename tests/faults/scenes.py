"""A workspace to do harm to, what became of it, and what must be there in the end."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from cli.runner import clean_environment

Tree = Mapping[str, bytes]
LESSONS = 12
READERS_WORDS = "我自己的话，谁也不许动。"
QUESTION = ("search", "看土浇水", "--limit", "5")
# Left behind by a run that was killed; the next run has removed them.
HALF_MADE = (".k8snotes-*.tmp", "index.building", "exports.json.*", "gists.z.*", "pages.z.*", "style.json.*")
TIMES_OUT = 300  # seconds


class Run(NamedTuple):
    code: int
    out: str
    err: str


NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def call(folder: Path, *arguments: str, led_by: tuple[str, ...] = (), **options: object) -> Run:
    """A run of the command in a process of its own; options as those of `subprocess.run`."""
    done = subprocess.run(
        [*led_by, sys.executable, "-m", "k8snotes", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        check=False,
        timeout=TIMES_OUT,
        **options,  # type: ignore[call-overload]
    )
    return Run(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


def begin(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """A run that goes on, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "k8snotes", *arguments],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def environment(folder: Path) -> dict[str, str]:
    return clean_environment(folder.parent) | {"PYTHONPATH": os.pathsep.join(sys.path)}


def lesson(number: int) -> str:
    chance = random.Random(number)
    words = ["看土浇水", "控制循环", "番茄打顶", "堆肥", "遮阳网", "滴灌"]
    parts = [f"# {number:02} | {chance.choice(words)}的第{number}课\n"]
    for _ in range(12):
        a, b = chance.sample(words, 2)
        parts.append(
            f"所谓{a}，就是先看{b}，再动手。{b}做得好，{a}就省力。第{chance.randrange(99)}天再看一次。\n"
        )
    parts.append("**精选留言(1)**\n\n- 阿土 👍（3） 2020-01-01\n怎么看土？\n\n作者回复: 用手指。\n")
    return "\n".join(parts)


def make_workspace(folder: Path, *, lessons: int = LESSONS) -> None:
    for number in range(1, lessons + 1):
        file = folder / "seeds" / "阳台" / f"{number:02}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(lesson(number), encoding="utf-8")
    (folder / "k8snotes.toml").write_text("sentences = 3\n", encoding="utf-8")


def write_in_notes(folder: Path) -> None:
    """A reader writes into each note, and a text changes."""
    for note in sorted((folder / "notes").rglob("*.md")):
        note.write_text(note.read_text("utf-8") + f"\n{READERS_WORDS}\n", encoding="utf-8")
    for text in sorted((folder / "seeds").rglob("*.md"))[::2]:
        text.write_text(text.read_text("utf-8").replace("再动手", "再下手"), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """What is the reader's: all files but the cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".k8snotes" not in path.relative_to(folder).parts
    }


def half_made(folder: Path) -> Iterator[str]:
    for pattern in HALF_MADE:
        yield from (str(path.relative_to(folder)) for path in folder.rglob(pattern))


class Scene:
    """A command, where it is run, and how things are before and after a run that nothing disturbs."""

    def __init__(
        self, room: Path, name: str, arguments: tuple[str, ...], make: Callable[[Path], None]
    ) -> None:
        self.name, self.arguments = name, arguments
        self.room = room / name.replace(" ", "-")
        self.prepared = self.room / "prepared" / "w"
        self.prepared.mkdir(parents=True)
        make(self.prepared)
        done = self.copy("done")
        self.before = tree(done)
        began = time.monotonic()
        run = call(done, *arguments)
        self.lasts = time.monotonic() - began  # seconds
        assert run.code == 0, run
        self.after = tree(done)
        call(done, *arguments)
        self.after_again = tree(done)  # terms that were saved make others be found
        self.answer = call(done, *QUESTION)

    def copy(self, name: str) -> Path:
        """The workspace as it is before the command; always at the same depth, as paths may show it."""
        folder = self.room / name / "w"
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(self.prepared, folder)
        return folder

    def losses(self, folder: Path) -> list[str]:
        """What is neither as before nor as after the command: lost, or half made."""
        now = tree(folder)
        lost = [
            f"{path}: {'gone' if path not in now else 'neither old nor new'}"
            for path in sorted({*self.before, *self.after, *now})
            if now.get(path) not in (self.before.get(path), self.after.get(path))
            and not Path(path).name.startswith(".k8snotes-")
        ]
        return [f"after the fault: {loss}" for loss in lost]

    def losses_in_the_end(self, folder: Path) -> list[str]:
        """What is not as it must be once the command was run again."""
        run = call(folder, *self.arguments)
        found = [f"run again: exit {run.code}: {run.err[-300:]}"] if self._is_wrong(run) else []
        now = tree(folder)
        found += [
            f"in the end: {path}"
            for path in sorted({*self.after, *now})
            if now.get(path) not in (self.after.get(path), self.after_again.get(path))
        ]
        answer = call(folder, *QUESTION)
        if (answer.code, answer.out) != (self.answer.code, self.answer.out):
            found.append(f"search: exit {answer.code}: {answer.err[-300:] or answer.out[:200]}")
        found += [f"left behind: {name}" for name in half_made(folder)]
        return found

    def _is_wrong(self, run: Run) -> bool:
        nothing_left = self.arguments[0] == "undo" and "no export to undo" in run.err
        return run.code != 0 and not nothing_left


def with_export(folder: Path) -> None:
    make_workspace(folder)
    assert call(folder, "export", "-q").code == 0


def with_edits(folder: Path) -> None:
    with_export(folder)
    write_in_notes(folder)


def with_index(folder: Path) -> None:
    make_workspace(folder)
    assert call(folder, "index").code == 0
    for text in sorted((folder / "seeds").rglob("*.md"))[::3]:
        text.write_text(text.read_text("utf-8").replace("再动手", "再下手"), encoding="utf-8")


# name → the call and how the workspace is before
WRITING: dict[str, tuple[tuple[str, ...], Callable[[Path], None]]] = {
    "export": (("export",), make_workspace),
    "export again": (("export",), with_edits),
    "export json": (("export", "--format", "json"), make_workspace),
    "export anki": (("export", "--format", "anki"), make_workspace),
    "export html": (("export", "--format", "html"), make_workspace),
    "undo": (("undo",), with_export),
    "index": (("index",), make_workspace),
    "index again": (("index",), with_index),
    "search": (("search", "看土"), with_index),
    "theme": (("theme", "看土浇水"), make_workspace),
    "themes save": (("themes", "--save"), make_workspace),
    "summarize": (("summarize",), make_workspace),
    "init": (("init",), make_workspace),
}
