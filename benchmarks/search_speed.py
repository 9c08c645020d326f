"""How long search and grep take over many lessons, and the index they need.

    .venv/bin/python benchmarks/search_speed.py [--lessons 1800] [--runs 21]
    .venv/bin/python benchmarks/search_speed.py --many
    .venv/bin/python benchmarks/search_speed.py --texts FOLDER [--queries 控制器 ...]

`--many` takes 10,000 lessons of 19 kB each, as many bytes as a large library of courses; `--texts`
the Markdown files of a folder, each twice, in place of invented lessons.

Invented lessons of a Markdown collection, their paragraphs and comments shuffled and numbered, are
written to a temporary workspace. Programs run whole, with their output in a pipe, in turn; of their
runs the median counts. Ratios hold within one run, absolute numbers say little about another machine.
"""

import argparse
import math
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from k8snotes.pipeline import no_progress
from k8snotes.refresh import INDEX, fresh_index
from k8snotes.workspace import SEEDS, Workspace

SAMPLES = sorted((Path(__file__).parents[1] / SEEDS / "sample").glob("*.md"))
COMMENTS_HEAD = "<div><strong>精选留言"
CODE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"<li>.*?</li><br/>", re.DOTALL)
BLOCKS, COMMENTS = 50, 13  # of a lesson, about as many as real ones have
MANY, MANY_BLOCKS = 10_000, 70
COURSE = 60  # lessons

K8SNOTES = (sys.executable, "-m", "k8snotes")
START = (sys.executable, "-c", "import sqlite3, click")
# On no line, on one in a hundred lessons or so, on half of them, on nearly all; whole sentences.
QUERIES_OF_TEXTS = (
    "声明式",
    "准入控制",
    "控制器",
    "Pod",
    "更新 Pod 的标签",
    "一个 Pod 里的容器可以使用多少内存，由什么来限制它们？",
    "滚动更新时先启动新版本的副本，等它们就绪之后再停掉旧的，这样服务就不会中断。",
)  # of documentation of Kubernetes
QUERIES = (
    "值班 98765",
    "值班 98",
    "控制循环",
    "ownerReferences",
    "水平触发",
    "为什么控制循环要水平触发，不要边缘触发？",
)
# As installed programs run: their modules compiled once, their output in blocks.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
}


class Cost(NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds, of a process and those that it started


# ---- the lessons


def write_lessons(number: int, folder: Path, length: int = BLOCKS) -> int:
    """Their bytes in all."""
    blocks, comments = [*sample_blocks()], [*sample_comments()]
    size = 0
    for at in range(number):
        text = lesson(blocks, comments, random.Random(at), length)
        file = folder / f"课程 {at // COURSE + 1}" / f"{at % COURSE + 1:02} - 第 {at + 1} 篇.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_bytes(text.encode())
    return size


def copy_texts(texts: Path, folder: Path) -> int:
    """Those that say something, twice; their bytes in all."""
    size = 0
    for copy in ("1", "2"):
        for text in texts_in(texts):
            if (content := text.read_bytes()).strip():
                file = folder / copy / text.relative_to(texts)
                file.parent.mkdir(parents=True, exist_ok=True)
                size += file.write_bytes(content)
    return size


def texts_in(folder: Path) -> Iterator[Path]:
    return filter(Path.is_file, folder.rglob("*.md"))  # a folder may be called one


def sample_blocks() -> Iterator[str]:
    for sample in SAMPLES:
        body = sample.read_text("utf-8").partition(COMMENTS_HEAD)[0]
        for part in CODE.split(body):
            yield from [part] if part.startswith("```") else filter(str.strip, part.split("\n\n"))


def sample_comments() -> Iterator[str]:
    for sample in SAMPLES:
        yield from COMMENT.findall(sample.read_text("utf-8"))


def lesson(blocks: list[str], comments: list[str], chance: random.Random, length: int) -> str:
    body = "\n\n".join(numbered(block, chance) for block in chance.choices(blocks, k=length))
    items = "\n".join(numbered(comment, chance) for comment in chance.choices(comments, k=COMMENTS))
    return f"{body}\n\n{COMMENTS_HEAD}（{COMMENTS}）</strong></div><ul>\n{items}\n</ul>\n"


def numbered(text: str, chance: random.Random) -> str:
    """A text with a number of its own before its first comma."""
    return text.replace("，", f" {chance.randrange(1000)}，", 1)


# ---- measuring


def cost(work: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    work()
    return Cost(time.perf_counter() - wall, sum(os.times()[:4]) - cpu)


def cost_of_program(command: tuple[str, ...], folder: Path) -> Cost:
    return cost(lambda: subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, env=ENVIRONMENT))


def peak_mb_of_programs() -> float:
    """The memory of the largest program so far."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def bare_parse(folder: Path) -> None:
    """What any index of words in Markdown needs at least: a parse, and a cut."""
    import rjieba
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    for file in texts_in(folder):
        text = file.read_text("utf-8")
        parser.parse(text)
        rjieba.cut(text, True)


def medians(commands: dict[str, tuple[str, ...]], folder: Path, runs: int) -> dict[str, float]:
    """Seconds of each program, all run in turn, each once before that."""
    for command in commands.values():
        cost_of_program(command, folder)
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seconds[name].append(cost_of_program(command, folder).wall)
    return {name: statistics.median(of_one) for name, of_one in seconds.items()}


# ---- printing


def print_index(workspace: Workspace, text_bytes: int, runs: int) -> None:
    build = cost_of_program((*K8SNOTES, "index"), workspace.root)
    peak_mb = peak_mb_of_programs()
    bare = cost(lambda: bare_parse(workspace.seeds))
    refresh = statistics.median(cost(lambda: refreshed(workspace)).wall for _ in range(runs))
    index_bytes = (workspace.cache / INDEX).stat().st_size
    print(f"index built                     {build.wall:8.2f} s, {build.cpu:.2f} s of CPU")
    print(f"  ÷ markdown-it-py and rjieba   {build.wall / bare.wall:8.2f}, of CPU {build.cpu / bare.cpu:.2f}")
    print(f"  memory of its largest process {peak_mb:8.0f} MB")
    print(f"  size ÷ text                   {index_bytes / text_bytes:8.2f}")
    print(f"index looked at, no change      {refresh:8.4f} s")


def refreshed(workspace: Workspace) -> None:
    fresh_index(workspace, progress=no_progress).close()


def lines_with(query: str, folder: Path) -> int:
    found = subprocess.run((*K8SNOTES, "grep", query), cwd=folder, stdout=subprocess.PIPE, env=ENVIRONMENT)
    return found.stdout.count(b"\n")


def print_queries(workspace: Workspace, queries: Iterable[str], runs: int) -> None:
    print(f"\n{'query':18} {'command':8} {'lines':>7} {'seconds':>8} {'÷ start':>8} {'÷ ripgrep':>10}")
    for query in queries:
        commands = {
            "start": START,
            "search": (*K8SNOTES, "search", query),
            "grep": (*K8SNOTES, "grep", query),
        }
        if shutil.which("rg"):
            commands["rg"] = ("rg", "-F", query, SEEDS)
        seconds = medians(commands, workspace.root, runs)
        lines = lines_with(query, workspace.root)
        for name in [name for name in seconds if name != "start"]:
            beside_start = seconds[name] / seconds["start"]
            beside_rg = seconds[name] / seconds["rg"] if "rg" in seconds else math.nan
            print(f"{query:18} {name:8} {lines:7} {seconds[name]:8.3f} {beside_start:8.2f} {beside_rg:10.2f}")


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--lessons", type=int, default=1_800)
    arguments.add_argument("--many", action="store_true", help=f"{MANY} long lessons")
    arguments.add_argument("--texts", type=Path, help="a folder of Markdown files, in place of lessons")
    arguments.add_argument("--queries", nargs="+", help="what is looked for")
    arguments.add_argument("--runs", type=int, default=21, help="of each program")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(folder)
        if options.texts:
            text_bytes = copy_texts(options.texts, workspace.seeds)
        else:
            number, length = (MANY, MANY_BLOCKS) if options.many else (options.lessons, BLOCKS)
            text_bytes = write_lessons(number, workspace.seeds, length)
        print(f"{sum(1 for _ in texts_in(workspace.seeds))} lessons, {text_bytes / 1e6:.1f} MB")
        print_index(workspace, text_bytes, options.runs)
        queries = options.queries or (QUERIES_OF_TEXTS if options.texts else QUERIES)
        print_queries(workspace, queries, options.runs)


if __name__ == "__main__":
    main()
