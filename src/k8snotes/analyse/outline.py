"""What a lesson is about, section by section: its headings, and the themes that are named below each."""

from collections.abc import Callable, Sequence

from k8snotes.model.findings import Theme, Topic
from k8snotes.model.lesson import Code, Figure, Heading, Lesson

LEVELS = 2  # of headings; deeper ones belong to those above them
MOST_THEMES = 4  # of a section, those that matter most in the lesson


def outline(
    lesson: Lesson,
    themes: Sequence[Theme],
    *,
    fold: Callable[[str], str],
    plain: Callable[[str], str],
) -> tuple[Topic, ...]:
    """The sections in order; none where a lesson has no headings."""
    headings = [block for block in lesson.blocks if isinstance(block, Heading)]
    levels = sorted({heading.level for heading in headings})[:LEVELS]
    sections: list[tuple[Heading, list[str]]] = []
    for block in lesson.blocks:
        if isinstance(block, Heading) and block.level in levels:
            sections.append((block, [block.text.string]))
        elif sections and not isinstance(block, Code | Figure):
            sections[-1][1].append(block.text.string)
    names = [(theme.text, [fold(name) for name in (theme.text, *theme.aliases)]) for theme in themes]
    topics: list[Topic] = []
    for heading, texts in sections:
        said = fold("\n".join(texts))
        named = [text for text, spellings in names if any(spelling in said for spelling in spellings)]
        topics.append(
            Topic(
                heading=plain(heading.text.string),
                line=heading.first_line,
                depth=levels.index(heading.level),
                themes=tuple(named[:MOST_THEMES]),
            )
        )
    return tuple(topics)
