"""Any bytes, under any name, read and parsed as any shape: the laws of lessons hold, and they can be indexed.

The first byte of an input picks the file's name, the second the shape (0: detected); the rest
is what stands in the file.

    python fuzz/parse_lesson.py -max_total_time=60 fuzz/corpus/parse_lesson
"""

import contextlib
from pathlib import Path

from engine import LawBroken, fuzz, instrumented

with instrumented():
    from k8snotes.errors import K8sNotesError
    from k8snotes.model.source import InputFile
    from k8snotes.parse import parse
    from k8snotes.parse.shapes import BY_NAME
    from k8snotes.pipeline import entry_of_lesson
    from k8snotes.read.files import sources_in
    from k8snotes.render.escaping import json_string
    from k8snotes.render.records import lesson_record
    from properties.laws import broken_laws

# Shapes look at names: for a title, a number, what kind of file it is.
NAMES = (
    "lesson.txt",
    "03 - 水线：一指节是多深.md",
    "16丨标题.html",
    "0203锅盖.markdown",
    "加餐 _ 砂锅.epub",
    "05.pdf",
    "-",  # standard input, which has none
    "2019-01-01-post.md",
    "第3讲水量.xhtml",
    "README.md",
)
SHAPES = (None, *BY_NAME)


def input_of(content: bytes, *, name: str, shape: str | None = None) -> bytes:
    """The input that stands for a file of that name, the nearest in `NAMES`."""
    suffix = Path(name).suffix
    number = next((at for at, known in enumerate(NAMES) if Path(known).suffix == suffix), 0)
    return bytes([NAMES.index(name) if name in NAMES else number, SHAPES.index(shape)]) + content


def check(data: bytes) -> None:
    if len(data) < 2:
        return
    name = NAMES[data[0] % len(NAMES)]
    shape = SHAPES[data[1] % len(SHAPES)]
    file = InputFile(path=Path(name), shown=name, folder="")
    with contextlib.suppress(K8sNotesError):
        for source in sources_in(data[2:], file):
            lesson = parse(source, shape=shape)
            if broken := broken_laws(lesson, shape=shape):
                raise LawBroken(f"{name} as {shape}: " + "\n".join(broken[:5]))
            json_string(lesson_record(lesson)).encode("utf-8")
            entry_of_lesson(lesson)


if __name__ == "__main__":
    fuzz(check)
