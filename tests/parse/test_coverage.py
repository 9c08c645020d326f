"""The proof that no line was lost must itself be able to fail."""

from dataclasses import replace

from k8snotes.model.lesson import Section
from k8snotes.parse.coverage import faults
from parse.pages import item, lesson_of, mkdocs_lesson, mkdocs_page, printed_page, reader_comment

LESSON = mkdocs_lesson(mkdocs_page("## 水线\n\n一指节。", item(), item()))


def test_a_parsed_lesson_has_no_fault() -> None:
    assert list(faults(LESSON)) == []


def test_a_hole_between_sections_is_a_fault() -> None:
    first, *rest = LESSON.sections

    assert list(faults(replace(LESSON, sections=(replace(first, last_line=first.last_line - 1), *rest))))


def test_a_line_in_two_sections_is_a_fault() -> None:
    first, *rest = LESSON.sections

    assert list(faults(replace(LESSON, sections=(replace(first, last_line=first.last_line + 1), *rest))))


def test_lines_after_the_last_section_are_a_fault() -> None:
    assert list(faults(replace(LESSON, sections=LESSON.sections[:-1])))


def test_a_block_outside_the_body_is_a_fault() -> None:
    lines = len(LESSON.source.lines)
    everything = Section(kind="comments", first_line=1, last_line=lines)

    assert list(faults(replace(LESSON, sections=(everything,))))


def test_a_comment_outside_its_section_is_a_fault() -> None:
    lesson = lesson_of(printed_page(comments=[reader_comment()]))
    astray = replace(lesson.comments[0], first_line=1)

    assert list(faults(replace(lesson, comments=(astray,))))


def test_blocks_out_of_their_order_are_a_fault() -> None:
    assert list(faults(replace(LESSON, blocks=LESSON.blocks[::-1])))
