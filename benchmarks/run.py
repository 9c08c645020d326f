"""Everything that is measured beside others, in one run and one table.

    .venv/bin/python benchmarks/run.py [--runs 11] [--kit FOLDER]

Each row names a task, what does it, and by how much k8snotes is ahead or behind. Times are of whole
programs, or of whole passes over the same lessons, taken in turn: the median of their ratios counts, and the
range of the middle half of them shows how far it may be trusted. What is not installed is left out, and
named. The other scripts of this folder look into each part more closely.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import findings
import parsing
import retrieval
import search_speed
from search_speed import ENVIRONMENT, K8SNOTES

from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.pipeline import load_words
from k8snotes.read.files import read_sources
from k8snotes.workspace import SEEDS

LESSONS = 1_800
MEGABYTES = 1.0  # of lessons that are parsed, a shape
PASSES = 5
PACKAGES = (
    "markdown-it-py", "jieba", "rjieba", "tantivy", "bm25s", "Whoosh-Reloaded", "click", "rich",
)  # fmt: skip


class Row(NamedTuple):
    task: str
    ours: str
    peer: str
    theirs: str
    verdict: str  # how ours compares


Work = Callable[[], object]


# ---- measuring


def in_turn(ours: Work, theirs: Work, runs: int) -> tuple[float, float, str]:
    """Median seconds of both, and the ratio of ours to theirs with the range of its middle half."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    ratios = sorted(mine / other for mine, other in pairs)
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    return mine, other, f"takes {statistics.median(ratios):.2f} of its time ({low:.2f}–{high:.2f})"


def seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def program(command: tuple[str, ...], folder: Path) -> Work:
    return lambda: subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, env=ENVIRONMENT)


def timed(task: str, peer: str, ours: Work, theirs: Work, runs: int) -> Row:
    mine, other, verdict = in_turn(ours, theirs, runs)
    return Row(task, f"{mine * 1000:.0f} ms", peer, f"{other * 1000:.0f} ms", verdict)


# ---- the rows


def starting(runs: int) -> Iterator[Row]:
    here = Path.cwd()
    bare = program((sys.executable, "-c", "import click"), here)
    yield timed("start: `--help`", "Python and click", program((*K8SNOTES, "--help"), here), bare, runs)


def reading(runs: int) -> Iterator[Row]:
    parser = import_module("markdown_it").MarkdownIt("commonmark").enable("table")
    for shape in ("3 mkdocs", "10 pymupdf4llm", "17 Markdown"):
        with tempfile.TemporaryDirectory() as folder:
            files = parsing.scaled(parsing.LESSONS[shape], MEGABYTES, Path(folder))

            def ours(files: list[Path] = files) -> None:
                for file in files:
                    parse(next(read_sources(InputFile(path=file, shown=file.name, folder=""))))

            def bare(files: list[Path] = files) -> None:
                for file in files:
                    parser.parse(file.read_text("utf-8"))

            task = f"parse lessons of shape {shape.partition(' ')[2]}, {MEGABYTES:g} MB"
            yield timed(task, "markdown-it-py, which finds no sections", ours, bare, min(runs, PASSES))


def looking_up(runs: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        search_speed.write_lessons(LESSONS, folder / SEEDS)
        index = program((*K8SNOTES, "index", "--rebuild"), folder)
        yield timed(
            f"index {LESSONS} lessons, on all cores",
            "markdown-it-py and rjieba, nothing kept",
            index,
            lambda: search_speed.bare_parse(folder / SEEDS),
            2,
        )
        start = program(search_speed.START, folder)
        for query in ("值班 98765", "控制循环", "为什么控制循环要水平触发，不要边缘触发？"):
            lines = search_speed.lines_with(query, folder)
            where = f"{query}, on {lines} lines of {LESSONS} lessons"
            for command in ("search", "grep"):
                ours = program((*K8SNOTES, command, query), folder)
                yield timed(f"{command} {where}", "Python, sqlite3 and click, started", ours, start, runs)
                if command == "grep" and shutil.which("rg"):
                    yield timed(
                        f"grep {where}", "ripgrep", ours, program(("rg", "-F", query, SEEDS), folder), runs
                    )


def finding(kit: Path) -> Iterator[Row]:
    """How often the right page comes first, over pages with known answers."""
    scoring = import_module("scoring")
    pages = retrieval.read_pages(kit / "data/docs")
    queries = scoring.read_jsonl(kit / "data/queries.jsonl")
    ours, *peers = retrieval.runs(pages, queries, scoring)
    mine = scoring.by_type(queries, ours.ranks)["macro"]
    for peer in peers:
        theirs = scoring.by_type(queries, peer.ranks)["macro"]
        yield Row(
            f"find the page that answers, {len(queries)} questions (MRR@10)",
            f"{mine:.3f}",
            peer.name,
            f"{theirs:.3f}",
            f"{mine - theirs:+.3f}",
        )
        rate = peer.queries_per_second / ours.queries_per_second
        yield Row(
            "answer questions, index loaded (queries a second of CPU)",
            f"{ours.queries_per_second:.0f}",
            peer.name,
            f"{peer.queries_per_second:.0f}",
            f"it answers {rate:.1f} times as many",
        )


def summing_up(kit: Path) -> Iterator[Row]:
    """How near summaries and themes come to what authors wrote of their pages."""
    tools = findings.Kit(kit, import_module("scoring"), load_words())
    tasks = {
        "summaries (mean of ROUGE-1, 2, L; three lengths and kinds)": (
            findings.summary_scores(tools, list(tools.pages("bodies"))),
            tools.peers("summary"),
            findings.COLUMNS,
        ),
        "themes (F1@10)": (findings.theme_scores(tools), tools.peers("keywords"), ("F1@10",)),
    }
    for task, (ours, peers, columns) in tasks.items():
        mine = findings.mean(ours, columns)
        for name in sorted(peers, key=lambda name: -findings.mean(peers[name], columns)):
            theirs = findings.mean(peers[name], columns)
            verdict = f"{mine - theirs:+.3f}" + (" (it has seen the answers)" if name == "oracle" else "")
            yield Row(task, f"{mine:.3f}", name, f"{theirs:.3f}", verdict)


# ---- printing


def machine() -> Iterator[str]:
    """What all this was measured on."""
    cores = len(os.sched_getaffinity(0))
    yield f"{platform.machine()}, {cores} cores, {platform.system()} {platform.release()}"
    model = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    yield model[0].partition(": ")[2] if model else "processor unknown"
    yield f"Python {platform.python_version()}, SQLite {import_module('sqlite3').sqlite_version}"
    yield ", ".join(f"{name} {version}" for name in PACKAGES if (version := _version(name)))
    if shutil.which("rg"):
        yield subprocess.run(["rg", "--version"], capture_output=True, text=True).stdout.split("\n")[0]


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--runs", type=int, default=11, help="of each program")
    arguments.add_argument("--kit", type=Path, default=retrieval.KIT, help="pages with known answers")
    options = arguments.parse_args()
    print(*machine(), sep="\n")
    print("\n| task | k8snotes | beside | that | how k8snotes compares |\n|---|---:|---|---:|---|")
    parts: list[Iterator[Row]] = [starting(options.runs), reading(options.runs), looking_up(options.runs)]
    if (options.kit / "scoring.py").is_file():
        sys.path.insert(0, str(options.kit))
        parts += [finding(options.kit), summing_up(options.kit)]
    else:
        print(f"{options.kit}: no kit there: searches, summaries and themes are left out", file=sys.stderr)
    for part in parts:
        for row in part:
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
