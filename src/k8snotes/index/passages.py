"""The passages of a lesson: what each source line is, and whose words stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from k8snotes.model.findings import PassageKind
from k8snotes.model.lesson import Code, Heading, Lesson
from k8snotes.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A unit of text that one person wrote: a block, a comment, a reply."""

    kind: PassageKind
    text: Text
    author: str | None  # of a comment, and of the comment that a reply answers
    first_line: int
    last_line: int


def passages_of(lesson: Lesson) -> Iterator[Passage]:
    """The passages in reading order; replies follow the comment that they answer."""
    for block in lesson.blocks:
        kind: PassageKind = (
            "heading" if isinstance(block, Heading) else "code" if isinstance(block, Code) else "body"
        )
        yield Passage(
            kind=kind, text=block.text, author=None, first_line=block.first_line, last_line=block.last_line
        )
    for comment in lesson.comments:
        yield Passage(
            kind="comment",
            text=comment.text,
            author=comment.author,
            first_line=comment.first_line,
            last_line=comment.last_line,
        )
        for reply in comment.replies:
            yield Passage(
                kind="reply",
                text=reply.text,
                author=comment.author,
                first_line=reply.first_line,
                last_line=reply.last_line,
            )


def line_kinds(lesson: Lesson) -> list[tuple[PassageKind, str | None]]:
    """Kind and comment author of every source line, from the widest part to the narrowest."""
    kinds: list[tuple[PassageKind, str | None]] = [("body", None)] * len(lesson.source.lines)
    for section in lesson.sections:
        _paint(kinds, section.first_line, section.last_line, section.kind, None)
    for passage in passages_of(lesson):
        _paint(kinds, passage.first_line, passage.last_line, passage.kind, passage.author)
    if lesson.title_lines is not None:
        _paint(kinds, lesson.title_lines.first_line, lesson.title_lines.last_line, "title", None)
    return kinds


def _paint(
    kinds: list[tuple[PassageKind, str | None]], first: int, last: int, kind: PassageKind, author: str | None
) -> None:
    kinds[first - 1 : last] = [(kind, author)] * (last - first + 1)
