"""How long an export takes beside an analysis of the same lessons, and the same export once more.

    .venv/bin/python benchmarks/export_speed.py [--lessons 1000 1800] [--runs 3] [--kit FOLDER]

Two folders of each size: courses of invented lessons with their comments, as `search_speed.py` makes
them, and, where the kit of `findings.py` is at hand, its pages, cut in two at a heading until there are
enough, all in one folder. Each run begins without anything kept: `summarize`, then, without anything kept
again, `export` with its pages, then `export` again, whole programs with their output in a pipe, in turn. Of
the runs the median of each ratio counts. The CPU time is that of all processes.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from findings import KIT
from search_speed import K8SNOTES, Cost, cost_of_program, write_lessons

from k8snotes.workspace import CACHE, SEEDS

NOTES = "notes"


class Run(NamedTuple):
    summarize: Cost
    first: Cost
    second: Cost


# ---- the lessons


def write_pages(kit: Path, number: int, folder: Path) -> int:
    """The pages of the kit in one folder; how many there are."""
    texts = [
        (page.stem, page.read_text("utf-8"))
        for page in sorted((kit / "data/docs").rglob("*.md"))
        if page.is_file() and page.stat().st_size
    ]
    if number > len(texts):
        texts = [(f"{stem}-{at}", half) for stem, text in texts for at, half in enumerate(halves(text))]
    folder.mkdir(parents=True)
    for at, (stem, text) in enumerate(texts[:number], start=1):
        (folder / f"{at:04} {stem}.md").write_text(text, "utf-8")
    return min(number, len(texts))


def halves(text: str) -> Iterator[str]:
    """A text cut before the heading that is nearest to its middle."""
    lines = text.split("\n")
    headings = [at for at, line in enumerate(lines) if line.startswith("## ") and at]
    at = min(headings, key=lambda at: abs(at - len(lines) / 2), default=len(lines))
    yield from filter(str.strip, ("\n".join(lines[:at]), "\n".join(lines[at:])))


# ---- measuring


def measured(root: Path) -> Run:
    forget(root)
    summarize = cost_of_program((*K8SNOTES, "summarize", "-q"), root)
    forget(root)
    first = cost_of_program((*K8SNOTES, "export", "-q"), root)
    return Run(summarize, first, cost_of_program((*K8SNOTES, "export", "-q"), root))


def forget(root: Path) -> None:
    for name in (CACHE, NOTES):
        shutil.rmtree(root / name, ignore_errors=True)


def row(name: str, runs: list[Run]) -> str:
    wall = statistics.median(run.first.wall / run.summarize.wall for run in runs)
    cpu = statistics.median(run.first.cpu / run.summarize.cpu for run in runs)
    first = min(run.first.cpu for run in runs)
    summarize = min(run.summarize.cpu for run in runs)
    second = min((run.second for run in runs), key=lambda cost: cost.cpu)
    again = f"{second.wall:10.2f} {second.cpu:6.2f}"
    return f"{name:26} {summarize:9.1f} {first:9.1f} {wall:6.2f} {cpu:6.2f} {again}"


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--lessons", type=int, nargs="+", default=[1_000, 1_800])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--kit", type=Path, default=KIT, help="the folder of pages")
    options = arguments.parse_args()
    print(f"{'':26} {'summarize':>9} {'export':>9} {'÷ wall':>6} {'÷ CPU':>6} {'again wall':>10} {'CPU':>6}")
    for number in options.lessons:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "courses"
            write_lessons(number, root / SEEDS)
            print(row(f"{number} lessons in courses", [measured(root) for _ in range(options.runs)]))
            if (options.kit / "data/docs").is_dir():
                root = Path(folder) / "pages"
                there = write_pages(options.kit, number, root / SEEDS)
                print(row(f"{there} pages in one folder", [measured(root) for _ in range(options.runs)]))


if __name__ == "__main__":
    main()
