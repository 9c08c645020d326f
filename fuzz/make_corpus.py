"""Writes the corpus that fuzzing starts from, made of the tests' own lessons; nothing of it is committed.

python fuzz/make_corpus.py
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import growth
import parse_lesson
import read_book
from engine import CORPUS, DICTIONARY, HERE, store

from read.test_containers import CHAPTER, book, pdf, saying

ROOT = HERE.parent
LESSONS = (ROOT / "tests/data", ROOT / "seeds/sample", ROOT / "tests/transcripts/workspace/seeds")
SUFFIXES = {".md", ".txt", ".html"}
ENCODINGS = ("gb18030", "utf-16", "utf-8-sig")
ESCAPE = re.compile(r"\\(n|u[0-9a-f]{4})")  # what the list of marks writes for what does not show
RUNS = ((40, 10), (100, 40), (160, 100), (220, 5))  # where repeated runs begin, and how long they are
# What stands before a run, the run, what stands after it: each once took time that grows with the square.
HOSTILE = (
    (
        "03 - 水线：一指节是多深.md",
        "甲\n<div><strong>精选留言（1）</strong></div><ul>\n<li><span>a</span>",
        " 👍（1）",
        "乙",
    ),
    ("lesson.txt", "焖饭\n1", " ", "x\n课程目录\n米\n"),
    ("lesson.txt", "开篇词", " ", "|\n米\n"),
    ("lesson.txt", "焖饭\n2018-10-08 米\n", "[", "\n"),
    ("16丨标题.html", "<h1>米</h1><p>留言</p>", "<div><p>甲</p><p>2019-04-05</p>", "</div>"),
    ("16丨标题.html", "<h1>米</h1><p>赞", "&nbsp;", "</p>"),
    ("README.md", "甲\n\n", "<h1", "\n"),
    ("README.md", "", "- 甲\n\n  ```\n  x\n  ```\n", ""),
)


def main() -> None:
    for file in lessons():
        content = file.read_bytes()
        store("parse_lesson", parse_lesson.input_of(content, name=file.name))
        store("parse_lesson", parse_lesson.input_of(content.replace(b"\n", b"\r\n"), name="lesson.txt"))
        name = parse_lesson.NAMES[parse_lesson.input_of(b"", name=file.name)[0]]
        for start, length in RUNS:
            store("growth", growth.input_of(content, name=name, start=start, length=length))
    for name, before, run, after in HOSTILE:
        store("growth", growth.input_with_run(before, run, after, name=name))
    for encoding in ENCODINGS:
        content = next(lessons()).read_text(encoding="utf-8").encode(encoding)
        store("parse_lesson", parse_lesson.input_of(content, name="lesson.txt"))
    for content in books():
        store("read_book", content)
    for target in (parse_lesson, growth, read_book):
        print(f"{target.__name__}: {len(list((CORPUS / target.__name__).iterdir()))} inputs")
    marks = (HERE / "marks.txt").read_text(encoding="utf-8").split("\n")
    DICTIONARY.write_text("".join(f'"{escaped(mark)}"\n' for mark in marks if mark), encoding="ascii")


def lessons() -> Iterator[Path]:
    for folder in LESSONS:
        yield from (file for file in sorted(folder.rglob("*")) if file.suffix in SUFFIXES)


def books() -> Iterator[bytes]:
    """E-books and PDFs, small ones: those of the tests, and the folder of one packed."""
    yield book({"a.html": CHAPTER.format("一"), "b.html": CHAPTER.format("二")}, spine=["b.html", "a.html"])
    yield book({"a.html": "水"}, spine=["a.html", "nowhere.html"])
    yield pdf(saying("kettle", "pot"), saying("lid"))
    yield pdf(b"")
    folder = ROOT / "tests/data/shapes/11_epub"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.writestr(zipfile.ZipInfo(file.relative_to(folder).as_posix()), file.read_bytes())
    yield packed.getvalue()


def escaped(mark: str) -> str:
    """A mark as libFuzzer's dictionaries write it."""
    mark = ESCAPE.sub(lambda match: "\n" if match[1] == "n" else chr(int(match[1][1:], 16)), mark)
    return "".join(f"\\x{byte:02X}" for byte in mark.encode("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
