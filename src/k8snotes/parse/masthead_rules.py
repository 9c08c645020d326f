"""Rules for the head of a page that several shapes share."""

from k8snotes.parse.draft import Draft, span
from k8snotes.parse.titles import TITLE_LINE, lesson_number, read_title


def title_line(draft: Draft) -> None:
    """The first filled line, when it is `# title`."""
    first = next(iter(draft.source.filled), None)
    if first is None or not (match := TITLE_LINE.fullmatch(draft.shown[first])):
        return
    draft.title = read_title(match["title"]) or None
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(first, first + 1)
    draft.claim(0, first + 1, "masthead")
