"""What holds for any lesson of any source, as sentences about where it does not."""

from collections.abc import Iterator
from dataclasses import replace
from html import unescape

from k8snotes.model.lesson import Comment, Lesson, Reply, Span, Table
from k8snotes.model.radicals import radicals
from k8snotes.model.source import Source
from k8snotes.model.text import Text
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults


def broken_laws(lesson: Lesson, *, shape: str | None = None) -> list[str]:
    """What a lesson, read as `shape` or as what it looked like, breaks; nothing if all is well."""
    broken = [*faults(lesson), *strays(lesson), *lost_ways(lesson)]
    if parse(fresh(lesson.source), shape=shape) != lesson:
        broken.append("the same source gives another lesson")
    return broken


def fresh(source: Source) -> Source:
    """The source with nothing worked out yet."""
    return replace(source)


def strays(lesson: Lesson) -> Iterator[str]:
    """Spans that lie outside the source, or a reply's outside its comment."""
    last = len(lesson.source.lines)
    spans: list[Span] = [*lesson.warnings, *lesson.blocks, *lesson.comments]
    spans += [lesson.title_lines] if lesson.title_lines else []
    for span in spans:
        if not 1 <= span.first_line <= span.last_line <= last:
            yield f"lines {span.first_line} to {span.last_line} of {last}: {span}"
    for comment in lesson.comments:
        for reply in comment.replies:
            if not comment.first_line <= reply.first_line <= reply.last_line <= comment.last_line:
                yield f"line {reply.first_line}: a reply outside its comment"


def all_texts(lesson: Lesson) -> Iterator[tuple[Text, Span]]:
    for block in lesson.blocks:
        yield block.text, block
    for comment in lesson.comments:
        yield comment.text, comment
        for reply in comment.replies:
            yield reply.text, reply


def lost_ways(lesson: Lesson) -> Iterator[str]:
    """Pieces of text that do not stand in the source where they say, line by line."""
    for text, span in all_texts(lesson):
        line = text.pieces[0].line
        if isinstance(span, (Comment, Reply)) and not span.first_line <= line <= span.last_line:
            yield f"line {line}: a text outside lines {span.first_line} to {span.last_line}"
        if not 1 <= line <= len(lesson.source.lines):
            yield f"line {line}: a text outside the source"
        starts = [piece.offset for piece in text.pieces]
        if starts[0] != 0 or starts != sorted(starts):
            yield f"line {span.first_line}: pieces out of order: {starts}"
        for start, stop in zip(starts, [*starts[1:], len(text.string)], strict=True):
            offset = start
            for part in text.string[start:stop].split("\n"):
                is_cell = isinstance(span, Table) and lesson.markup == "plain"
                # Without the blank of a join, and what stands between two cells of HTML.
                if shown := (part.removesuffix("| ") if is_cell else part).rstrip(" "):
                    yield from _lost_way(lesson, span, shown, *text.place_at(offset))
                offset += len(part) + 1


def _lost_way(lesson: Lesson, span: Span, part: str, line: int, column: int) -> Iterator[str]:
    if not part.strip():
        return
    if not span.first_line <= line <= span.last_line:
        where = f"lines {span.first_line} to {span.last_line}"
        yield f"line {line}: a piece outside {where}: {part!r}"
        return
    there = lesson.source.lines[line - 1][column:]
    # An entity may be cut by the end of a line that was joined to the next one.
    joined = "".join(lesson.source.lines[line - 1 : line + 1])[column:]
    # A page's fonts may have written radicals for characters, one for one.
    readings = (there, unescape(there), unescape(joined), there.translate(radicals()))
    if not any(shown.startswith(part) for shown in readings):
        yield f"line {line}, column {column}: no {part!r} there, but {there[:80]!r}"
