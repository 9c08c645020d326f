"""A lesson that was read beside the one that was printed, field by field."""

import re
from collections.abc import Iterator

from k8snotes.model.lesson import Code, Comment, Heading, Lesson
from printed.lessons import InventedLesson, Said
from printed.pages import COURSE

MARK = re.compile(r"^(?:[•·●]\s*|\d{1,2}\.\s+)")
BLANKS = re.compile(r"\s+")


def fields(read: Lesson, meant: InventedLesson, *, page: str) -> Iterator[tuple[str, object, object]]:
    """Name, what was read, what was printed; `page` says what the page shows of a lesson."""
    yield "title", read.title, meant.title
    yield "number", read.number, meant.number
    if page != "article":
        yield "author", read.author, meant.author
        yield "date", read.date, meant.date
        yield "previous", read.previous, meant.previous
        yield "next", read.next, meant.next
        yield "rights", _squashed(read.copyright or ""), _squashed(meant.rights)
    if page == "early":
        yield "course", read.course, COURSE
        yield "audio", read.audio and read.audio.seconds, 222
        yield "likes", *_pair([c.likes for c in read.comments], [said.likes for said in meant.comments])
    yield "headings", *_pair(_headings(read), _headings_of(meant))
    codes = [block.text.string for block in read.blocks if isinstance(block, Code)]
    yield "codes", len(codes), sum(part.kind == "code" for part in meant.parts)
    yield (
        "code text",
        *_pair(
            [_code(code) for code in codes],
            [_code("\n".join(part.lines)) for part in meant.parts if part.kind == "code"],
        ),
    )
    yield (
        "text",
        *_pair(
            [
                MARK.sub("", line)
                for block in read.blocks
                if not isinstance(block, Code | Heading)
                for line in block.text.string.split("\n")
            ],
            [line for part in meant.parts if part.kind not in ("code", "heading") for line in part.lines],
        ),
    )
    yield "comments", len(read.comments), len(meant.comments)
    yield "replies", sum(len(c.replies) for c in read.comments), sum(len(c.replies) for c in meant.comments)
    yield "first comment", *_comment(read, meant, 0)
    yield "last comment", *_comment(read, meant, -1)
    yield (
        "comment texts",
        *_pair(
            [shown(comment) for comment in read.comments], [shown_as_meant(said) for said in meant.comments]
        ),
    )


def shown(comment: Comment) -> object:
    return (
        comment.author,
        comment.date,
        comment.text.string,
        tuple(reply.text.string for reply in comment.replies),
    )


def shown_as_meant(said: Said) -> object:
    return (said.name, said.date, "\n".join(said.lines), tuple("\n".join(reply) for reply in said.replies))


def _comment(read: Lesson, meant: InventedLesson, at: int) -> tuple[object, object]:
    return (
        shown(read.comments[at]) if read.comments else None,
        shown_as_meant(meant.comments[at]) if meant.comments else None,
    )


def _pair(read: list[object], meant: list[object]) -> tuple[object, object]:
    """Both lists without what they share at both ends, so that what differs is seen."""
    start = 0
    while start < min(len(read), len(meant)) and read[start] == meant[start]:
        start += 1
    stop = 0
    while stop < min(len(read), len(meant)) - start and read[-1 - stop] == meant[-1 - stop]:
        stop += 1
    return read[start : len(read) - stop], meant[start : len(meant) - stop]


def _headings(read: Lesson) -> list[object]:
    return [block.text.string for block in read.blocks if isinstance(block, Heading)]


def _headings_of(meant: InventedLesson) -> list[object]:
    return [part.lines[0] for part in meant.parts if part.kind == "heading"]


def _squashed(string: str) -> str:
    return BLANKS.sub("", string)


def _code(string: str) -> str:
    """Code with each run of blanks inside a line as one, and no empty lines."""
    lines = [line.expandtabs(8).rstrip() for line in string.split("\n")]
    lead = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    shown = [line[lead:] for line in lines if line]
    return "\n".join(
        line[: len(line) - len(line.lstrip())] + BLANKS.sub(" ", line.lstrip()) for line in shown
    )
