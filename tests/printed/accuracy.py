"""How many fields of printed lessons are read as they were written: `python -m printed.accuracy`.

Run in `tests/`, with `src` on the path. What cannot print here is named and left out.
"""

import argparse
import random
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import read_sources
from printed.fields import fields
from printed.lessons import invented_lesson
from printed.pages import article_page, dated_last_page, early_page, invented_style, phone_page
from printed.printers import CHROMIUM, printed_by_chromium, printed_by_weasyprint

PAGES = {"phone": phone_page, "dated-last": dated_last_page, "early": early_page, "article": article_page}


def lesson_in(pdf: bytes, folder: Path) -> Lesson:
    path = folder / "lesson.pdf"
    path.write_bytes(pdf)
    lesson = parse(next(read_sources(InputFile(path=path, shown="lesson.pdf", folder=""))))
    assert list(faults(lesson)) == []
    return lesson


def _differing(one: object, other: object) -> str:
    """The first value from a little before where it begins to differ."""
    first, second = repr(one), repr(other)
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    return f"…{first[max(at - 40, 0) : at + 60]}…"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lessons", type=int, default=30)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--page", choices=[*PAGES], action="append")
    options.add_argument("--printer", choices=["chromium", "weasyprint"], default="chromium")
    options.add_argument(
        "--keep", type=Path, default=Path("printed-lessons"), help="where the PDFs go, and are taken from"
    )
    options.add_argument("--untagged", action="store_true")
    options.add_argument("--show", action="append", default=[], help="a field whose misses to print")
    chosen = options.parse_args()
    if chosen.printer == "chromium" and CHROMIUM is None:
        raise SystemExit("skipped: no chromium on this machine")
    if chosen.printer == "weasyprint" and find_spec("weasyprint") is None:
        raise SystemExit("skipped: weasyprint is not installed")
    if find_spec("pypdfium2") is None:
        raise SystemExit("skipped: pypdfium2 is not installed")
    chosen.keep.mkdir(parents=True, exist_ok=True)
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for seed in range(chosen.first, chosen.first + chosen.lessons):
        for name in chosen.page or PAGES:
            meant = invented_lesson(seed, comments=0 if name == "article" else None)
            pdf = chosen.keep / f"{chosen.printer}-{'untagged-' if chosen.untagged else ''}{name}-{seed}.pdf"
            if not pdf.exists():
                chance = random.Random(seed)
                page = PAGES[name](meant, invented_style(chance))
                margins = [] if chance.random() < 0.5 else ["--no-pdf-header-footer"]
                tags = ["--disable-pdf-tagging"] if chosen.untagged else []
                pdf.write_bytes(
                    printed_by_chromium(page, *margins, *tags)
                    if chosen.printer == "chromium"
                    else printed_by_weasyprint(page)
                )
            lesson = parse(next(read_sources(InputFile(path=pdf, shown=pdf.name, folder=""))))
            if found := list(faults(lesson)):
                print(f"{pdf}: {found}")
            for field, read, printed in fields(lesson, meant, page=name):
                total[name, field] += 1
                right[name, field] += read == printed
                if read != printed and (field in chosen.show or "all" in chosen.show):
                    print(f"{pdf.name} {field}\n    read    {_differing(read, printed)}")
                    print(f"    printed {_differing(printed, read)}")
    for (name, field), count in total.items():
        print(f"{name:12} {field:16} {right[name, field]:4} of {count:4}  {right[name, field] / count:6.1%}")
    print(f"{'all':12} {'':16} {right.total():4} of {total.total():4}  {right.total() / total.total():6.1%}")


if __name__ == "__main__":
    main()
