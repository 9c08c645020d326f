"""Faults: what is done to a workspace, once, by chance; each says what was lost, which must be nothing."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from faults.scenes import NOBODY, QUESTION, WRITING, Scene, begin, call, make_workspace, tree

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]


class Fault(NamedTuple):
    name: str
    does: str  # for the table
    share: int  # of the times that are asked for, in hundredths
    inflict: Callable[["Ward", random.Random], list[str]]  # what was lost
    needs: Callable[[], str | None] = lambda: None  # why it cannot be tried here


class Ward:
    """Where harm is done: the scenes, each made once."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self._scenes: dict[str, Scene] = {}

    def scene(self, name: str) -> Scene:
        if name not in self._scenes:
            arguments, make = WRITING[name]
            self._scenes[name] = Scene(self.room, name, arguments, make)
        return self._scenes[name]

    def any_scene(self, chance: random.Random) -> Scene:
        return self.scene(chance.choice(sorted(WRITING)))


def _traceback(err: bytes | str) -> list[str]:
    said = err.decode("utf-8", "replace") if isinstance(err, bytes) else err
    return [f"a traceback: {said[-400:]}"] if "Traceback" in said else []


# --- killed


def kill(scene: Scene, chance: random.Random) -> list[str]:
    """Ends a run and all its processes at a random moment, without a chance to clear away."""
    folder = scene.copy("killed")
    process = begin(folder, *scene.arguments)
    time.sleep(chance.uniform(0.1, 1) * scene.lasts)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return [*scene.losses(folder), *scene.losses_in_the_end(folder)]


def killed(name: str) -> Fault:
    return Fault(
        f"kill -9: {name}", "ended at a random moment", 100, lambda ward, by: kill(ward.scene(name), by)
    )


# --- no room


def no_room_for_files(ward: Ward, chance: random.Random) -> list[str]:
    """No file may grow beyond a few thousand bytes, as on a full disk or over a quota."""
    scene = ward.any_scene(chance)
    folder = scene.copy("limited")
    most = chance.choice([0, 100, 1000, 4096, 9000, 30_000, 100_000])

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    run = call(folder, *scene.arguments, preexec_fn=limit)
    return [*_traceback(run.err), *scene.losses(folder), *scene.losses_in_the_end(folder)]


def full_disk(ward: Ward, chance: random.Random) -> list[str]:
    """A file system of its own, nearly full."""
    scene = ward.any_scene(chance)
    place = ward.room / "disk"
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=True)
    try:
        folder = place / "w"
        shutil.copytree(scene.prepared, folder)
        filler = place / "filler"
        left = chance.choice([0, 4096, 20_000, 80_000, 300_000])
        free = shutil.disk_usage(place).free
        filler.write_bytes(bytes(max(free - left, 0)))
        run = call(folder, *scene.arguments)
        lost = [*_traceback(run.err), *scene.losses(folder)]
        filler.unlink()
        return [*lost, *scene.losses_in_the_end(folder)]
    finally:
        subprocess.run(["umount", place], check=True)


def _may_not_mount() -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may mount"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        import tempfile

        with tempfile.TemporaryDirectory() as place:
            mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
            subprocess.run(mount, check=True, capture_output=True)
            subprocess.run(["umount", place], check=True)
            return None
    return "nothing can be mounted here"


def read_only(ward: Ward, chance: random.Random) -> list[str]:
    """A folder of the workspace, or all, may not be written to."""
    scene = ward.any_scene(chance)
    folder = scene.copy("closed")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    for above in (folder, *folder.parents):
        above.chmod(above.stat().st_mode | 0o055)
    closed = [
        folder / name
        for name in chance.choice([["."], ["notes"], [".k8snotes"], [".", "notes", ".k8snotes"]])
    ]
    closed = [place for place in closed if place.is_dir()]
    closed += [
        below
        for place in closed
        for below in place.rglob("*")
        if below.is_dir() and ".k8snotes" not in str(place)
    ]
    for place in closed:
        place.chmod(0o555)

    run = call(folder, *scene.arguments, led_by=NOBODY)
    for place in closed:
        place.chmod(0o755)
    return [*_traceback(run.err), *scene.losses(folder), *scene.losses_in_the_end(folder)]


def _cannot_be_nobody() -> str | None:
    """Root may write everywhere, so that the run must be somebody else's."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root can become somebody else"
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run([*NOBODY, sys.executable, "-c", ""], check=True, capture_output=True)
        return None
    return "nobody may run this Python"


# --- the cache


def spoil(path: Path, chance: random.Random) -> None:
    content = path.read_bytes() if path.is_file() else b""
    kind = chance.choice(["cut", "random", "flipped", "foreign", "older", "empty", "folder", "gone"])
    if kind == "cut":
        path.write_bytes(content[: chance.randrange(len(content) + 1)])
    elif kind == "random":
        path.write_bytes(chance.randbytes(chance.choice([10, 5000])))
    elif kind == "flipped":
        status, changed = path.stat(), bytearray(content)
        for _ in range(chance.choice([1, 50])):
            if changed:
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        if chance.random() < 0.5:  # nothing shows it
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    elif kind == "foreign":
        path.unlink()
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE kept (x)")
    elif kind == "older":
        path.write_bytes(content.replace(b"0.1.0", b"0.0.9"))
    elif kind == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
        if kind == "folder":
            (path / "x").mkdir(parents=True)


def spoiled_cache(ward: Ward, chance: random.Random) -> list[str]:
    """One file of the cache is cut, overwritten, foreign, of another version, empty, a folder, or gone."""
    scene = ward.scene(
        chance.choice(["export again", "themes save", "search", "summarize", "theme", "index again"])
    )
    folder = scene.copy("spoiled")
    call(folder, "themes", "-q")  # keeps findings
    found = [
        path
        for path in sorted((folder / ".k8snotes").rglob("*"))
        if path.is_file() and "journal" not in path.parts and path.name != ".gitignore"
    ]
    for path in chance.sample(found, min(len(found), chance.choice([1, 1, 3]))):
        spoil(path, chance)
    run = call(folder, *scene.arguments)
    lost = [*_traceback(run.err), *scene.losses(folder)]
    if "run the command again" in run.err:
        run = call(folder, *scene.arguments)
    return [*lost, *scene.losses_in_the_end(folder)]


# --- time


def clocks(ward: Ward, chance: random.Random) -> list[str]:
    """Texts of the future and the past; another text under the same size and time; journals of the future."""
    scene = ward.scene(chance.choice(["export again", "search", "index again"]))
    folder = scene.copy("clocks")
    reference = scene.copy("clocks-reference")
    call(folder, *QUESTION)
    call(folder, "summarize", "-q")
    text = chance.choice(sorted((folder / "seeds").rglob("*.md")))
    status = text.stat()
    content = text.read_text("utf-8")
    same_size = content.replace("先看", "不看", chance.choice([1, 3]))
    text.write_text(same_size, encoding="utf-8")
    when = chance.choice([status.st_mtime_ns, time.time_ns() + 10**17, 10**15])
    os.utime(text, ns=(when, when))
    (reference / text.relative_to(folder)).write_text(same_size, encoding="utf-8")
    if chance.random() < 0.5:
        for journal in (folder / ".k8snotes").glob("journal/*.jsonl"):
            journal.rename(journal.with_name(f"{time.time_ns() + 10**16:020}.jsonl"))
    lost: list[str] = []
    for arguments in (("grep", "不看"), ("summarize", "--json"), QUESTION, ("export",)):
        run, wanted = call(folder, *arguments), call(reference, *arguments)
        if (run.code, run.out) != (wanted.code, wanted.out):
            lost.append(f"{arguments}: exit {run.code}, otherwise than from the texts")
    if tree(folder) != tree(reference):
        lost.append("the notes are others than from the texts")
    exported = tree(folder)
    call(folder, "undo")
    if exported == tree(folder):
        lost.append("undo took nothing back")
    return lost


# --- at once


def at_once(ward: Ward, chance: random.Random) -> list[str]:
    """Four processes of any kind in one workspace."""
    scene = ward.scene("export again")
    folder = scene.copy("crowd")
    kinds = [
        ("export",),
        ("search", "看土"),
        ("index",),
        ("summarize",),
        ("themes",),
        ("theme", "看土浇水"),
        ("doctor",),
    ]
    processes = [begin(folder, *chance.choice(kinds)) for _ in range(4)]
    lost: list[str] = []
    for process in processes:
        _, said = process.communicate(timeout=300)
        lost += _traceback(said)
        if process.returncode not in (0, 3):
            lost.append(f"{process.args!r}: exit {process.returncode}: {said!r}")
    return [*lost, *scene.losses(folder), *scene.losses_in_the_end(folder)]


def moved(ward: Ward, chance: random.Random) -> list[str]:
    """The workspace is renamed while a command works in it; what still went to the old place is looked at."""
    scene = ward.any_scene(chance)
    folder = scene.copy("moved")
    process = begin(folder, *scene.arguments)
    time.sleep(chance.uniform(0.05, 1))
    away = folder.with_name("elsewhere")
    folder.rename(away)
    _, said = process.communicate(timeout=300)
    lost = [*_traceback(said), *scene.losses(away)]
    if folder.exists():  # what was written by the old name is whole as well
        lost += [
            f"at the old place: {path}"
            for path, content in tree(folder).items()
            if content != scene.after.get(path)
        ]
        shutil.rmtree(folder)
    away.rename(folder)
    return [*lost, *scene.losses_in_the_end(folder)]


def many_lessons(ward: Ward, chance: random.Random) -> list[str]:
    """10,000 lessons: killed in the making of their index, then searched."""
    folder = ward.room / "many" / "w"
    if not folder.exists():
        make_workspace(folder, lessons=10_000)
    shutil.rmtree(folder / ".k8snotes", ignore_errors=True)
    before = tree(folder)
    process = begin(folder, "index")
    time.sleep(chance.uniform(0.5, 10))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    found = call(folder, "grep", "-c", "看土浇水")
    lost = [] if found.code == 0 else [f"grep: exit {found.code}: {found.err[-300:]}"]
    literal = [
        name for name, content in before.items() if "看土浇水".encode() in content and name.endswith(".md")
    ]
    if len(found.out.splitlines()) != len(literal):
        lost.append(f"grep found {len(found.out.splitlines())} of {len(literal)} lessons")
    return lost if tree(folder) == before else [*lost, "a file of the reader's changed"]


def _is_not_posix() -> str | None:
    return None if os.name == "posix" else "only POSIX has it"


FAULTS: tuple[Fault, ...] = (
    *(killed(name)._replace(needs=_is_not_posix) for name in WRITING),
    Fault(
        "no room: a limit",
        "files may not grow beyond 0 to 100,000 bytes",
        75,
        no_room_for_files,
        _is_not_posix,
    ),
    Fault(
        "no room: a full disk", "a file system with 0 to 300,000 bytes left", 50, full_disk, _may_not_mount
    ),
    Fault(
        "read-only folders",
        "workspace, notes or cache may not be written to",
        50,
        read_only,
        _cannot_be_nobody,
    ),
    Fault(
        "a spoiled cache",
        "cut, random, bits flipped, foreign, older, empty, a folder, gone",
        100,
        spoiled_cache,
    ),
    Fault("clocks", "texts and journals of past and future; same size and time, other text", 100, clocks),
    Fault("four at once", "export, index, search, … in four processes", 50, at_once),
    Fault("moved", "the workspace is renamed meanwhile", 50, moved, _is_not_posix),
    Fault("10,000 lessons", "killed in the making of their index", 10, many_lessons, _is_not_posix),
)


def inflict(fault: Fault, ward: Ward, times: int, seed: int) -> Iterator[list[str]]:
    """What was lost each time; the same seed does the same harm, but for the moment at which a process is."""
    for number in range(times):
        yield fault.inflict(ward, random.Random(f"{fault.name} {seed} {number}"))
