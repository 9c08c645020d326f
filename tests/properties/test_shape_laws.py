"""Each shape's own lesson after accidents, in any encoding: all laws hold, as whatever it is read."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.errors import UnreadableInput
from k8snotes.index.pages import page_of
from k8snotes.index.standing import Lines
from k8snotes.model.source import InputFile, Source
from k8snotes.parse import parse
from k8snotes.parse.shapes import BY_NAME, SHAPES
from k8snotes.read.files import read_sources, sources_in
from properties.examples import examples
from properties.laws import broken_laws, fresh
from properties.mutations import stored

ROOT = Path(__file__).parents[2]
FOLDERS = ("tests/data/shapes", "tests/data/saved_pages", "seeds/sample", "tests/transcripts/workspace/seeds")
FILES = {
    file.relative_to(ROOT).as_posix(): file
    for folder in FOLDERS
    for file in sorted((ROOT / folder).rglob("*"))
    if file.suffix in (".md", ".txt", ".html")
}
# One lesson of each shape, the shortest.
LESSONS = {
    parse(source).format: file
    for file in sorted(FILES.values(), key=lambda file: -file.stat().st_size)
    for source in read_sources(InputFile(path=file, shown=file.name, folder=""))
}
texts = {name: file.read_text(encoding="utf-8") for name, file in LESSONS.items()}
names = st.sampled_from([file.name for file in LESSONS.values()])
shapes = st.sampled_from([None, *BY_NAME])


def sources(raw: bytes, name: str) -> list[Source]:
    """What a file of that name holds; nothing if it says that it cannot be read."""
    with contextlib.suppress(UnreadableInput):
        return list(sources_in(raw, InputFile(path=Path(name), shown=name, folder="")))
    return []


def test_there_is_a_lesson_of_every_shape() -> None:
    assert set(LESSONS) == {shape.NAME for shape in SHAPES}


@pytest.mark.parametrize("own", LESSONS)
@examples(30)
@given(draw=st.data())
def test_a_lesson_after_accidents_is_read_and_keeps_all_laws(own: str, draw: st.DataObject) -> None:
    raw = draw.draw(stored(st.just(texts[own]) | st.sampled_from(sorted(texts.values()))), label="content")
    name = draw.draw(st.just(LESSONS[own].name) | names, label="name")
    other = draw.draw(shapes, label="shape")

    for source in sources(raw, name):
        broken = {shape: broken_laws(parse(source, shape=shape), shape=shape) for shape in (None, own, other)}

        assert not any(broken.values()), broken


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("shape", [None, *BY_NAME])
def test_a_lesson_as_it_is_keeps_all_laws_as_whatever_it_is_read(file: str, shape: str | None) -> None:
    for source in read_sources(InputFile(path=FILES[file], shown=file, folder="")):
        assert broken_laws(parse(source, shape=shape), shape=shape) == []


@pytest.mark.parametrize("own", LESSONS)
def test_a_number_too_long_to_be_one_is_text(own: str) -> None:
    numbers = [*re.finditer(r"\d+", texts[own])]

    for number in numbers[:: max(len(numbers) // 40, 1)]:
        long = f"{texts[own][: number.start()]}{'1' * 5000}{texts[own][number.end() :]}"
        for source in sources(long.encode(), LESSONS[own].name):
            assert broken_laws(parse(source)) == []


@pytest.mark.parametrize("own", LESSONS)
def test_a_lesson_cut_off_at_any_line_keeps_all_laws(own: str) -> None:
    (source,) = sources(texts[own].encode(), LESSONS[own].name)
    step = max(len(source.lines) // 40, 1)

    for stop in range(1, len(source.lines), step):
        cut = Source(path=source.path, name=source.name, lines=source.lines[:stop], encoding="utf-8")
        assert broken_laws(parse(fresh(cut))) == []


@pytest.mark.parametrize("file", FILES)
def test_where_a_passage_stands_a_match_is_of_its_kind(file: str) -> None:
    for source in read_sources(InputFile(path=FILES[file], shown=file, folder="")):
        page = page_of(parse(source))
        lines = Lines(page)
        titled = {last for last, kind, _ in page.line_kinds if kind == "title"}
        for passage in page.passages:
            for piece in passage.text.line_pieces():
                begins_line = not page.lines[piece.line - 1][: piece.column].strip()
                if passage.text and not (begins_line and piece.line in titled):
                    [part] = lines.parts(piece.line, [(piece.column, piece.column + 1)])
                    assert (part.kind, part.author) == (passage.kind, passage.author)
