"""Any other Markdown or text: documentation, a blog, a reader's own notes.

front matter, between `---` (YAML) or `+++` (TOML)
`# title`, or a title in the front matter, or the file's name
body in Markdown
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from k8snotes.model.lesson import Heading, Lesson, Span
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.front_matter import (
    BrokenFrontMatter,
    find_front_matter,
    read_front_matter,
    salvage_fields,
)
from k8snotes.parse.markdown import ANCHOR, readable
from k8snotes.parse.masthead import read_date
from k8snotes.parse.paragraphs import BLANK, Line
from k8snotes.parse.titles import lesson_number, title_of_file

NAME = "markdown"

TITLE_FIELD = re.compile(r"[\"']?title[\"']?\s*[:=]")
TITLE_LINE = re.compile(r"#[ \t]+(?P<title>\S.*?)(?:[ \t]+#+)?[ \t]*")


def likeness(source: Source) -> Iterator[tuple[int, str]]:  # noqa: ARG001 - the same call for all shapes
    """Everything can be read as Markdown; any better sign outweighs this one."""
    yield 1, "any text"


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


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
        fields = salvage_fields(draft.lines[:stop])
    draft.title = _words(fields, "title")
    draft.author = _words(fields, "author")
    draft.course = _words(fields, "course")
    draft.date = _day(fields.get("date"))
    if draft.title is not None:
        draft.title_lines = _title_field(draft.lines[:stop])


def title_heading(draft: Draft) -> None:
    """A first-level heading before all other text is the title."""
    start, stop = draft.unclaimed()
    first = next((at for at in range(start, stop) if draft.lines[at].strip(BLANK)), None)
    if first is None or not (match := TITLE_LINE.fullmatch(draft.lines[first].lstrip("\ufeff"))):
        return
    if draft.title is None:
        draft.title = (
            readable([Line(ANCHOR.sub("", match["title"]), first + 1, 0)]).string.strip(BLANK) or None
        )
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


def _title_field(lines: Sequence[str]) -> Span | None:
    """Where the title's field stands, with the indented lines that it may run over."""
    start = next((at for at, line in enumerate(lines) if TITLE_FIELD.match(line)), None)
    if start is None:
        return None
    stop = start + 1
    while lines[stop][:1] in (" ", "\t"):  # a fence follows at the latest
        stop += 1
    return span(start, stop)


def _words(fields: Mapping[str, object], name: str) -> str | None:
    """A field as text, several names with marks between them; None for what is no text."""
    value = fields.get(name)
    parts = value if isinstance(value, list) else [value]
    return "、".join(str(part).strip() for part in parts if _is_text(part)) or None


def _is_text(value: object) -> bool:
    match value:
        case bool() | None:
            return False
        case int() | float():
            return abs(value) < 1e9  # a year, a version; longer ones need not be printable
        case _:
            return isinstance(value, str | date) and bool(str(value).strip())


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
