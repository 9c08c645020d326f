"""Any other Markdown or text: documentation, a blog, a reader's own notes.

front matter, between `---` (YAML) or `+++` (TOML)
`# title`, or a title in the front matter, or the file's name
body in Markdown
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from k8snotes.model.lesson import Heading, Lesson
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.draft import Draft, span
from k8snotes.parse.front_matter import BrokenFrontMatter, find_front_matter, read_front_matter
from k8snotes.parse.masthead import read_date
from k8snotes.parse.paragraphs import BLANK
from k8snotes.parse.titles import lesson_number, title_of_file

NAME = "markdown"

TITLE_LINE = re.compile(r"#[ \t]+(?P<title>\S.*?)(?:[ \t]+#+)?[ \t]*")


def likeness(source: Source) -> Iterator[tuple[int, str]]:  # noqa: ARG001 - the same call for all shapes
    """Everything can be read as Markdown; any better sign outweighs this one."""
    yield 1, "any text"


def parse(source: Source) -> Lesson:
    draft = Draft(source=source, format=NAME, markup="markdown")
    for rule in RULES:
        rule(draft)
    return draft.finish()


def front_matter(draft: Draft) -> None:
    """Title, date and author from YAML or TOML before the text."""
    stop = find_front_matter(draft.lines)
    if stop is None:
        return
    draft.claim(0, stop, "masthead")
    try:
        fields = read_front_matter(draft.lines[:stop])
    except BrokenFrontMatter as error:
        draft.warn("front-matter", f"front matter that cannot be read: {error}", 0, stop)
        return
    draft.title = _words(fields, "title")
    draft.author = _words(fields, "author")
    draft.course = _words(fields, "course")
    draft.date = _day(fields.get("date"))
    if draft.title is not None:
        draft.title_lines = next(
            (span(at, at + 1) for at in range(stop) if draft.lines[at].lstrip().startswith("title")), None
        )


def title_heading(draft: Draft) -> None:
    """A first-level heading before all other text is the title."""
    start, stop = draft.unclaimed()
    first = next((at for at in range(start, stop) if draft.lines[at].strip(BLANK)), None)
    if first is None or not (match := TITLE_LINE.fullmatch(draft.lines[first].lstrip("\ufeff"))):
        return
    if draft.title is None:
        draft.title = match["title"]
        draft.title_lines = span(first, first + 1)
    draft.claim(start, first + 1, "masthead")


def body(draft: Draft) -> None:
    read_markdown_body(draft, *draft.unclaimed())


def title(draft: Draft) -> None:
    """Where none stood before the text: the only first-level heading in it, else the file's name."""
    if draft.title is None:
        tops = [block for block in draft.blocks if isinstance(block, Heading) and block.level == 1]
        if len(tops) == 1 and tops[0].text:
            draft.title = tops[0].text.string
            draft.title_lines = span(tops[0].first_line - 1, tops[0].last_line)
        else:
            draft.title = title_of_file(draft.source.name)
    draft.number = lesson_number(draft.title)


RULES = (front_matter, title_heading, body, title)


def _words(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return str(value).strip() or None if isinstance(value, str | int | float) else None


def _day(value: object) -> date | None:
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case str():
            return read_date(value)
        case _:
            return None
