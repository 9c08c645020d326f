"""Memory and cores that a command takes over many lessons: its largest process and all together.

    .venv/bin/python benchmarks/memory.py [--lessons 10000] [COMMAND ARGUMENT...]

Lessons as `parsing.py` makes them are written to a temporary folder,
`k8snotes parse --jsonl FOLDER` (or another command) runs over it with its output thrown away, and
twenty times a second the resident memory of each of its processes is read from `/proc` (Linux).
Pages that processes share count for each of them, so the sum is an upper bound.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from parsing import LESSONS, grown

PAGE = os.sysconf("SC_PAGE_SIZE")


def write_lessons(folder: Path, count: int) -> int:
    """Bytes written: so many lessons, each shape in turn."""
    total = 0
    for number, lesson in enumerate(islice(cycle(LESSONS.values()), count)):
        text = grown(lesson.read_text("utf-8"))
        file = folder / f"{number // 100:03}" / f"{number:05}{lesson.suffix}"
        file.parent.mkdir(exist_ok=True)
        content = text.replace("，", f"{number}，").encode()
        file.write_bytes(content)
        total += len(content)
    return total


def processes(top: int) -> Iterator[int]:
    """A process and all that it started."""
    yield top
    for task in Path(f"/proc/{top}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from processes(int(child))


def resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--lessons", type=int, default=10_000)
    arguments.add_argument("command", nargs="*", default=["parse", "--jsonl"])
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written = write_lessons(Path(folder), chosen.lessons)
        start = time.perf_counter()
        before = os.times()
        run = subprocess.Popen(
            [sys.executable, "-m", "k8snotes", *chosen.command, folder], stdout=subprocess.DEVNULL
        )
        largest = together = 0
        while run.poll() is None:
            try:
                sizes = [resident(process) for process in processes(run.pid)]
            except (OSError, ValueError, IndexError):  # one ended while we looked
                sizes = []
            largest, together = max([largest, *sizes]), max(together, sum(sizes))
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        after = os.times()
        busy = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"{' '.join(chosen.command)}: {chosen.lessons} lessons, {written / 1e6:.0f} MB in {seconds:.1f} s: "
        f"{busy / seconds:.1f} of {len(os.sched_getaffinity(0))} cores busy, "
        f"largest process {largest / 1e6:.0f} MB, all together {together / 1e6:.0f} MB; exit {run.returncode}"
    )


if __name__ == "__main__":
    main()
