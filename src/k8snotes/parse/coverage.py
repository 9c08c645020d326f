"""The proof that no line was lost: sections tile the source, blocks and comments lie in theirs."""

from collections.abc import Iterator

from k8snotes.model.lesson import Lesson
from k8snotes.speech import Message


def faults(lesson: Lesson) -> Iterator[Message]:
    """What breaks the tiling, one sentence each; nothing where every line has its place."""

    def is_html(line: int) -> bool:
        """Whether a line may hold as much as it likes: two blocks, a body and its comments."""
        return "<" in lesson.source.lines[line - 1]

    expected = 1
    for section in lesson.sections:
        if section.first_line != expected:
            yield Message(
                "line {line}: section {kind} begins at line {first}",
                line=expected,
                kind=section.kind,
                first=section.first_line,
            )
        if section.last_line < section.first_line:
            yield Message(
                "line {line}: section {kind} ends before it begins",
                line=section.first_line,
                kind=section.kind,
            )
        expected = section.last_line + 1
    if expected != len(lesson.source.lines) + 1:
        last_line = len(lesson.source.lines)
        yield Message("line {line}: sections end before the last line, {last}", line=expected, last=last_line)
    last = 0
    for block in lesson.blocks:
        shares_line = block.first_line == last and is_html(last)
        if (block.first_line <= last and not shares_line) or block.last_line < block.first_line:
            yield Message("line {line}: block overlaps the one before", line=block.first_line)
        last = block.last_line
    spans = {"body": lesson.blocks, "comments": lesson.comments}
    for kind, other in (("body", "comments"), ("comments", "body")):
        covered = {
            line
            for section in lesson.sections
            if section.kind == kind
            for line in range(section.first_line, section.last_line + 1)
        }
        covered |= {  # what both stand on
            line for span in spans[other] for line in (span.first_line, span.last_line) if is_html(line)
        }
        for span in spans[kind]:
            if not {span.first_line, span.last_line} <= covered:
                yield Message(
                    "line {line}: text of the {kind} outside its section", line=span.first_line, kind=kind
                )
