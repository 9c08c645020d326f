"""Lessons as exporters for GitBook write them.

`# title` / the first line of the text behind four spaces, which is no code
or: an empty line / `# title` / `<span …>讲述：X </span>…` / `<audio …>`
body in Markdown
"""

import re
from collections.abc import Iterator

from k8snotes.model.lesson import Lesson
from k8snotes.model.source import Source
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.draft import Draft, lesson_by_rules
from k8snotes.parse.masthead import NARRATOR, read_audio
from k8snotes.parse.masthead_rules import title_line
from k8snotes.parse.paragraphs import BLANK, HAN_CHARACTER, is_blank
from k8snotes.parse.titles import TITLE_LINE
from k8snotes.speech import Message

NAME = "gitbook"

INDENT = "    "
INDENTED = re.compile(rf"{INDENT}(?=\S)")
TAG = re.compile(r"<[^>]*>|&nbsp;")


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    filled = [line for line in source.lines[:30] if not is_blank(line)][:3]
    if len(filled) < 2 or not TITLE_LINE.fullmatch(filled[0].strip(BLANK)):
        return
    if filled[1].startswith("<span") and NARRATOR.search(TAG.sub("", filled[1])):
        yield 4, Message("讲述 in spans below the title")
    if INDENTED.match(filled[1]):
        if source.lines[-1] == INDENT:
            yield 3, Message("four spaces before the first line and after the last")
        elif HAN_CHARACTER.search(filled[1]) and not (len(filled) > 2 and INDENTED.match(filled[2])):
            yield 3, Message("a first line of prose behind four spaces")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def audio(draft: Draft) -> None:
    """讲述, 大小 and 时长 in spans, and the player below them."""
    start, stop = draft.unclaimed()
    if start == stop or not NARRATOR.search(TAG.sub("", draft.lines[start])):
        return
    draft.audio = read_audio([TAG.sub("", draft.lines[start]).strip(BLANK)])
    last = start
    player = next(
        (at for at in range(start + 1, min(start + 4, stop)) if draft.lines[at].startswith("<audio")), None
    )
    if player is not None:
        closed = next(
            (at for at in range(player, min(player + 8, stop)) if "</audio>" in draft.lines[at]), player
        )
        last = closed
    draft.claim(start, last + 1, "audio")


def body(draft: Draft) -> None:
    """The Markdown; the blanks before its first line are no indentation of code."""
    start, stop = draft.unclaimed()
    is_indented = start < stop and INDENTED.match(draft.lines[start]) is not None
    read_markdown_body(draft, start, stop, column=len(INDENT) if is_indented else 0)


RULES = (title_line, audio, body)
