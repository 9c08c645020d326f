"""The proof that no line was lost: sections tile the source, blocks and comments lie in theirs."""

from collections.abc import Iterator

from k8snotes.model.lesson import Lesson


def faults(lesson: Lesson) -> Iterator[str]:
    """What breaks the tiling, one sentence each; nothing where every line has its place."""

    def is_html(line: int) -> bool:
        """Whether a line may hold as much as it likes: two blocks, a body and its comments."""
        return "<" in lesson.source.lines[line - 1]

    expected = 1
    for section in lesson.sections:
        if section.first_line != expected:
            yield f"line {expected}: section {section.kind} begins at line {section.first_line}"
        if section.last_line < section.first_line:
            yield f"line {section.first_line}: section {section.kind} ends before it begins"
        expected = section.last_line + 1
    if expected != len(lesson.source.lines) + 1:
        yield f"line {expected}: sections end before the last line, {len(lesson.source.lines)}"
    last = 0
    for block in lesson.blocks:
        shares_line = block.first_line == last and is_html(last)
        if (block.first_line <= last and not shares_line) or block.last_line < block.first_line:
            yield f"line {block.first_line}: block overlaps the one before"
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
                yield f"line {span.first_line}: text of the {kind} outside its section"
