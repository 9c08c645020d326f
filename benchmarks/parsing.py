"""Parsing speed per shape, beside a bare Markdown parse and a bare read of the same files.

    .venv/bin/python benchmarks/parsing.py [--mb 4]

Invented lessons are made as long as real ones by repeating their longest paragraph, then repeated until
they make up so many megabytes a shape. All columns come from one run, the best of three passes, in
seconds of this process; absolute numbers say little about another machine, ratios do.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.read.files import read_sources

ROOT = Path(__file__).parents[1]
LESSONS = {
    "1 printed page": ROOT / "seeds/sample/000_3f9a61c07be2d854.txt",
    "2 page as Markdown": next((ROOT / "tests/data/shapes/02_page_as_markdown").glob("*.md")),
    "3 mkdocs": next((ROOT / "seeds/sample").glob("03 - *.md")),
    "4 crawler HTML": next((ROOT / "tests/data/shapes/04_crawler_html").glob("11*.md")),
    "5 pasted page": next((ROOT / "tests/data/shapes/05_pasted_page_avatars").glob("*.md")),
    "7 page copy": next((ROOT / "tests/data/shapes/07_plain_page_copy").glob("*.md")),
    "8 curated notes": next((ROOT / "tests/data/shapes/08_curated_notes").glob("02*.md")),
    "9 pandoc": next((ROOT / "tests/data/shapes/09_pandoc_docx").glob("*.md")),
    "10 pymupdf4llm": next((ROOT / "tests/data/shapes/10_pymupdf4llm").glob("*.md")),
    "11 XHTML": ROOT / "tests/data/shapes/11_epub/OEBPS/Text/03.html",
    "17 Markdown": ROOT / "docs/architecture.md",
}
MARKDOWN = {
    "2 page as Markdown",
    "3 mkdocs",
    "5 pasted page",
    "8 curated notes",
    "9 pandoc",
    "10 pymupdf4llm",
    "17 Markdown",
}
PASSES = 3
REAL_SIZE = 19_000  # bytes of a lesson, as in the largest collections


def scaled(lesson: Path, megabytes: float, folder: Path) -> list[Path]:
    """So many copies of a lesson, each with a number of its own, as make up the size."""
    text = grown(lesson.read_text("utf-8")).encode()
    copies = max(int(megabytes * 1e6 / len(text)), 1)
    files = []
    for number in range(copies):
        file = folder / str(number) / lesson.name
        file.parent.mkdir(parents=True)
        file.write_bytes(text.replace("，".encode(), f"{number % 10}，".encode(), 3))
        files.append(file)
    return files


def grown(text: str) -> str:
    """The text with its longest line repeated, so that it is as long as real ones are."""
    paragraph = max(text.split("\n"), key=len)
    more = (REAL_SIZE - len(text.encode())) // len(f"{paragraph}\n\n".encode())
    return text.replace(paragraph, f"{paragraph}\n\n" * max(more, 0) + paragraph, 1)


def best(work: Callable[[Path], object], files: list[Path]) -> float:
    """Seconds for all files, the best of several passes."""
    passes = []
    for _ in range(PASSES):
        start = time.process_time()
        for file in files:
            work(file)
        passes.append(time.process_time() - start)
    return min(passes)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--mb", type=float, default=2.0, help="megabytes a shape")
    megabytes = arguments.parse_args().mb
    parser = MarkdownIt("commonmark").enable("table")
    print(f"{'shape':20} {'MB/s':>7} {'÷ markdown-it':>14} {'÷ read':>8}")
    for name, lesson in LESSONS.items():
        with tempfile.TemporaryDirectory() as folder:
            files = scaled(lesson, megabytes, Path(folder))
            size = sum(file.stat().st_size for file in files) / 1e6
            ours = best(
                lambda f: parse(next(read_sources(InputFile(path=f, shown=f.name, folder="")))), files
            )
            bare = best(lambda f: parser.parse(f.read_text("utf-8")), files)
            read = best(lambda f: f.read_text("utf-8"), files)
            ratio = f"{ours / bare:14.2f}" if name in MARKDOWN else f"{'-':>14}"
            print(f"{name:20} {size / ours:7.1f} {ratio} {ours / read:8.0f}")


if __name__ == "__main__":
    main()
