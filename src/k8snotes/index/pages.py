"""A lesson as a page: its passages, and what each source line is."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from k8snotes.model.kinds import PassageKind
from k8snotes.model.lesson import Code, Heading, Lesson
from k8snotes.model.page import Page, Passage, title_lines

LineKind = tuple[PassageKind, str | None]


def page_of(lesson: Lesson) -> Page:
    passages = tuple(_passages(lesson))
    line_kinds = tuple(_runs(_line_kinds(lesson, passages)))
    return Page(
        path=lesson.source.path,
        entry=lesson.source.entry,
        name=lesson.source.name,
        title=lesson.title,
        number=lesson.number,
        course=lesson.course,
        author=lesson.author,
        date=lesson.date,
        is_markdown=lesson.markup == "markdown",
        lines=lesson.source.lines,
        passages=passages,
        line_kinds=line_kinds,
        shared_lines=tuple(sorted(_shared_lines(passages, title_lines(line_kinds)))),
        places=tuple(
            (line, place.page if place.page is not None else place.chapter or "")
            for line, place in lesson.source.places
        ),
    )


def _passages(lesson: Lesson) -> Iterator[Passage]:
    for block in lesson.blocks:
        kind: PassageKind = (
            "heading" if isinstance(block, Heading) else "code" if isinstance(block, Code) else "body"
        )
        yield Passage(kind=kind, text=block.text, first_line=block.first_line, last_line=block.last_line)
    for comment in lesson.comments:
        yield Passage(
            kind="comment",
            text=comment.text,
            first_line=comment.first_line,
            last_line=comment.last_line,
            author=comment.author,
            date=comment.date,
            likes=comment.likes,
        )
        for reply in comment.replies:
            # When it was written no text says, nor how it was liked.
            yield Passage(
                kind="reply",
                text=reply.text,
                first_line=reply.first_line,
                last_line=reply.last_line,
                author=lesson.author if reply.by == "author" else None,
            )


def _line_kinds(lesson: Lesson, passages: Iterable[Passage]) -> list[LineKind]:
    """Kind of every source line, and who said what is on it, from the widest part to the narrowest."""
    kinds: list[LineKind] = [("body", None)] * len(lesson.source.lines)
    for section in lesson.sections:
        _paint(kinds, section.first_line, section.last_line, (section.kind, None))
    for passage in passages:
        _paint(kinds, passage.first_line, passage.last_line, (passage.kind, passage.author))
    if lesson.title_lines is not None:
        _paint(kinds, lesson.title_lines.first_line, lesson.title_lines.last_line, ("title", None))
    return kinds


def _paint(kinds: list[LineKind], first: int, last: int, kind: LineKind) -> None:
    kinds[first - 1 : last] = [kind] * (last - first + 1)


def _runs(kinds: list[LineKind]) -> Iterator[tuple[int, PassageKind, str | None]]:
    """The kinds as runs of lines, each with its last line."""
    last = 0
    for kind, run in groupby(kinds):
        last += len([*run])
        yield last, *kind


def _shared_lines(passages: Iterable[Passage], title: Iterable[int]) -> set[int]:
    """The lines of several passages, or of one and the title."""
    shared: set[int] = set()
    spans = sorted((passage.first_line, passage.last_line) for passage in passages)
    end = 0  # of the passages before
    for first, last in spans:
        if first <= end:
            shared.update(range(first, min(last, end) + 1))
        end = max(end, last)
    shared.update(line for line in title if any(first <= line <= last for first, last in spans))
    return shared
