"""Any other Markdown or text: documentation, a blog, a reader's own notes.

front matter, between `---` (YAML) or `+++` (TOML)
`# title`, or a title in the front matter, or the file's name
body in Markdown
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from k8snotes.model.lesson import Block, Heading, Lesson, Paragraph, Span
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.front_matter import (
    BrokenFrontMatter,
    find_front_matter,
    read_front_matter,
    salvage_fields,
)
from k8snotes.parse.html import parse_html
from k8snotes.parse.markdown import ANCHOR, readable
from k8snotes.parse.masthead import read_date, squashed
from k8snotes.parse.paragraphs import Line
from k8snotes.parse.titles import TITLE_LINE, lesson_number, read_title, title_of_file
from k8snotes.speech import Message

NAME = "markdown"

TITLE_FIELD = re.compile(r"[\"']?title[\"']?\s*[:=]")
TOP_TAG = re.compile(r"<h1\b[^<>]*>(?:(?!</h1).)*", re.IGNORECASE | re.DOTALL)
NAMED_FOR_ITS_PLACE = re.compile(r"_?(?:index|readme)\.", re.IGNORECASE)


def likeness(source: Source) -> Iterator[tuple[int, Message]]:  # noqa: ARG001 - the same call for all shapes
    """Everything can be read as Markdown; any better sign outweighs this one."""
    yield 1, Message("any text")


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
        draft.warn("front-matter", Message("front matter that cannot be read: {why}", why=error), 0, stop)
        fields = salvage_fields(draft.lines[:stop])
    draft.title = _words(fields, "title")
    draft.author = _words(fields, "author")
    draft.course = _words(fields, "course")
    draft.date = _day(fields.get("date"))
    if draft.title is not None:
        draft.title_lines = _title_field(draft.lines[:stop])


def title_heading(draft: Draft) -> None:
    """A first-level heading before all other text is the title, unless that is another one already."""
    start, stop = draft.unclaimed()
    first = next(iter(draft.filled_between(start, stop)), None)
    if first is None or not (match := TITLE_LINE.fullmatch(draft.lines[first].lstrip("\ufeff"))):
        return
    shown = read_title(readable([Line(ANCHOR.sub("", match["title"]), first + 1, 0)]).string)
    if not shown or squashed(shown) != squashed(draft.title or shown):
        return
    if draft.title is None:
        draft.title = shown
        draft.title_lines = span(first, first + 1)
    draft.claim(start, first + 1, "masthead")


def body(draft: Draft) -> None:
    read_markdown_body(draft, *draft.unclaimed())


def underlined_title(draft: Draft) -> None:
    """The same for a heading that `===` underlines."""
    if draft.title is not None or not draft.blocks or not _is_top(heading := draft.blocks[0]):
        return
    if shown := read_title(heading.text.string):
        draft.title = shown
        draft.title_lines = span(heading.first_line - 1, heading.last_line)
        draft.claim(heading.first_line - 1, heading.last_line, "masthead")
        del draft.blocks[0]


def title(draft: Draft) -> None:
    """Where none stood before the text: what reads as one in it, else the file's name."""
    if draft.title is None:
        found = next((found for look in IN_THE_TEXT for found in look(draft)), None)
        if found is not None:
            draft.title, draft.title_lines = found
        else:
            draft.title = title_of_file(draft.source.name)
    draft.number = lesson_number(draft.title)


RULES = (front_matter, title_heading, body, underlined_title, title)


def _only_top_heading(draft: Draft) -> Iterator[tuple[str, Span]]:
    tops = [block for block in draft.blocks if _is_top(block)]
    if len(tops) == 1 and (shown := read_title(tops[0].text.string)):
        yield shown, span(tops[0].first_line - 1, tops[0].last_line)


def _tagged_heading(draft: Draft) -> Iterator[tuple[str, Span]]:
    """`<h1>` in the Markdown, as above the badges of a README."""
    for block in draft.blocks:
        if isinstance(block, Paragraph) and (tag := TOP_TAG.search(block.text.string)):
            shown = " ".join(parse_html([tag[0]]).text().string.split())
            if shown:
                yield shown, span(block.first_line - 1, block.last_line)


def _only_line(draft: Draft) -> Iterator[tuple[str, Span]]:
    """A page whose file is named for its place may be nothing but its title."""
    if len(draft.blocks) == 1 and NAMED_FOR_ITS_PLACE.match(draft.source.name):
        (block,) = draft.blocks
        is_line = isinstance(block, Paragraph) and block.first_line == block.last_line
        if is_line and (shown := read_title(block.text.string)):
            yield shown, span(block.first_line - 1, block.last_line)


IN_THE_TEXT = (_only_top_heading, _tagged_heading, _only_line)


def _is_top(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1


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
