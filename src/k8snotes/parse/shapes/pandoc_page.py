"""A course page that went from PDF to a word processor to Markdown by pandoc: all of it quoted.

    `# title` / `> 2019-04-18 作者` / `> course 进入课程`
    `> paragraphs`, cut by page breaks; code as `> 5 }` and as numbered lists
    `> © …` / `> 上一篇 86 \\| …` / `> 下一篇 …`
    `> ![](…)**精选留言 (14)**`; without a number there are none
    `> ![](…)**名**`, at times `## ![](…)名` / date / text / 展开 / `![](…)![](…)3 6`

Two numbers beside the icons are answers, then likes; one is likes; none is unknown. A picture of
the page may stand before any line. Who cleaned the body by hand left its quotation out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from k8snotes.model.lesson import Block, Code, Comment, ItemList, Lesson, Paragraph
from k8snotes.model.source import Source
from k8snotes.model.text import Text
from k8snotes.parse.bare_code import COMMENT_LINE, looks_like_code
from k8snotes.parse.body import read_markdown_body
from k8snotes.parse.comment_items import unescaped
from k8snotes.parse.comments import comment_of, split_replies, take_clip_mark
from k8snotes.parse.draft import Draft, lesson_by_rules, span
from k8snotes.parse.masthead import (
    COURSE_WITH_ENTER,
    DATE,
    DATE_THEN_AUTHOR,
    NEIGHBOUR,
    NEIGHBOUR_MARKS,
    RIGHTS,
    RIGHTS_MARKS,
    read_author,
    read_date,
)
from k8snotes.parse.paragraphs import (
    BEGINS_ITEM,
    BLANK,
    ENDS_SENTENCE,
    Line,
    concatenated,
    is_cut,
    joined,
    raw_text,
)
from k8snotes.parse.titles import TITLE_LINE, lesson_number, read_title
from k8snotes.speech import Message

NAME = "pandoc-docx"

QUOTED = re.compile(r"\n[^\S\n]*+>")
QUOTE_MARK = re.compile(r"\A\s{0,3}>\s?")
FENCE = ("```", "~~~")
IMAGE = r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?"
COMMENTS_HEADING = re.compile(
    rf"(?:#+\s*)?(?P<images>(?:{IMAGE})*)\**精选留言(?:\s*[（(]\s*(?P<count>\d{{1,9}})\s*[)）])?\**\s*"
)
NAME_LINE = re.compile(
    rf"(?P<mark>#+\s*)?(?:{IMAGE}\s*+)+(?:\*\*(?P<bold>.+)\*\*|(?P<plain>\S(?:.*\S)?))\s*+"
)
IMAGES_BEFORE = re.compile(rf"(?:{IMAGE}\s*)+")
HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")  # a converter's: a reader's own is escaped
COPY_BUTTON = re.compile(r"[\ue000-\uf8ff\s]*复制代码\s*")
ICONS = re.compile(rf"(?:{IMAGE})+\s*+(?P<numbers>(?:\d{{1,9}}(?!\d)|\s)*)")
NUMBERED = re.compile(r"\d{1,3}\.\s+")
GUTTER = re.compile(r"\d{1,3}(?:\s+|$)")
LINE_NUMBER = re.compile(r"(?m)^\d{1,3}(?:\.\s+|[^\S\n]+|$)|\n(?=\n)")  # or what parts two items
SAYS_CODE = re.compile(  # and no list of words
    r"[;{}=<>$]|\w\("
    r"|^[^\S\n]*+(?://|/\*|@|--|(?:import|from|package|return|sudo|kubectl|docker|git|curl|cd) "
    r"|[a-z][\w.-]*+:(?:\s|$))",
    re.MULTILINE,
)
WORD_PROCESSOR_PICTURE = re.compile(r"!\[[^\]]*\]\((?:\./)?media/image\d+\.")
REMARK = re.compile(r"(?<=[\x20-\x7e])(?://|#|--|/\*).*|\"[^\"]*\"")
FOOT_LINES = 12


def likeness(source: Source) -> Iterator[tuple[int, Message]]:
    """Signs that a source is such a page: points and what they are given for."""
    if not QUOTED.search(source.text):
        return
    if any(
        (heading := COMMENTS_HEADING.fullmatch(line)) and (heading["count"] or heading["images"])
        for line in _quoted(source, "精选留言")
    ):
        yield 6, Message("a quoted 精选留言")
    filled = [line.strip() for line in source.lines if line.strip()]
    if len(filled) > 2 and filled[1].startswith(">") and DATE_THEN_AUTHOR.fullmatch(_bare(filled[1])):
        yield 1, Message("date and author quoted below the title")
    foot = list(_quoted(source, *RIGHTS_MARKS, *NEIGHBOUR_MARKS))
    has_rights, has_neighbours = any(map(RIGHTS.match, foot)), any(map(NEIGHBOUR.fullmatch, foot))
    if has_rights or has_neighbours:
        yield 2 + (has_rights and has_neighbours), Message("a quoted rights notice, 上一篇 or 下一篇")
    if WORD_PROCESSOR_PICTURE.search(source.text):
        yield 2, Message("pictures that pandoc took out of a document")
    if sum(line.startswith(">") for line in filled) * 2 > len(filled):
        yield 2, Message("more than half of it quoted")


def parse(source: Source) -> Lesson:
    return lesson_by_rules(source, NAME, "markdown", RULES)


def masthead(draft: Draft) -> None:
    """Title, date and author, course with 进入课程."""
    lines = draft.lines
    filled = [at for at in range(min(20, len(lines))) if _bare(lines[at])]
    if not filled or not (match := TITLE_LINE.fullmatch(lines[filled[0]].strip(BLANK))):
        return
    draft.title = read_title(match["title"]) or None
    draft.number = lesson_number(draft.title)
    draft.title_lines = span(filled[0], filled[0] + 1)
    stop = filled[0] + 1
    for at in filled[1:4]:
        line = _bare(lines[at])
        if draft.date is None and (dated := DATE_THEN_AUTHOR.fullmatch(line)):
            draft.date, draft.author = read_date(dated["date"]), read_author(dated["author"])
        elif draft.date is not None and (entered := COURSE_WITH_ENTER.fullmatch(line)):
            draft.course = entered["course"].strip() or None
        else:
            break
        stop = at + 1
    draft.claim(0, stop, "masthead")


def comments(draft: Draft) -> None:
    """Below 精选留言 (N): each comment from the picture before its name."""
    lines = draft.lines
    found = [
        (at, match)
        for at in draft.source.lines_with("精选留言")
        if (match := COMMENTS_HEADING.fullmatch(_bare(lines[at]))) and not _begins_comment(lines, at)
    ]
    if not found:
        return
    # The body may have a heading of that name, without a number.
    heading, match = next((one for one in reversed(found) if one[1]["count"]), found[-1])
    if not match["count"] and not match["images"]:
        return
    draft.comments_total = int(match["count"]) if match["count"] else None
    draft.claim(heading, len(lines), "comments")
    starts = [at for at in range(heading + 1, len(lines)) if _begins_comment(lines, at)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
        draft.comments.append(_comment(lines, start, stop))


def foot(draft: Draft) -> None:
    """The rights notice and the neighbours."""
    start, stop = draft.unclaimed()
    rights = next((at for at in range(stop - 1, start - 1, -1) if RIGHTS.match(_bare(draft.lines[at]))), None)
    if rights is not None:
        draft.copyright = _bare(draft.lines[rights])
        draft.claim(rights, stop, "boilerplate")
    for at in range(max(start, stop - FOOT_LINES) if rights is None else rights + 1, stop):
        if match := NEIGHBOUR.fullmatch(unescaped(_text(draft.lines, [at])).string):
            if match["which"] == "上一篇":
                draft.previous = match["title"].strip()
            else:
                draft.next = match["title"].strip()
            draft.claim(at, stop, "navigation")


def body(draft: Draft) -> None:
    """The quoted Markdown; paragraphs that a page cut are joined, what was code is code again."""
    start, stop = draft.unclaimed()
    unquoted = _unquoted(draft)
    read_markdown_body(unquoted, start, stop)
    draft.warnings = unquoted.warnings
    blocks = [_without_marks(block, draft.lines) for block in unquoted.blocks]
    draft.blocks = list(_rejoined(list(_with_code(blocks))))


RULES = (masthead, comments, foot, body)


def _quoted(source: Source, *marks: str) -> Iterator[str]:
    """The quoted lines that hold any of the marks, without that of the quotation."""
    lines = (source.lines[at].strip() for at in source.lines_with(*marks))
    return (_bare(line) for line in lines if line.startswith(">"))


def _bare(line: str) -> str:
    return QUOTE_MARK.sub("", line).strip(BLANK)


def _text(lines: Sequence[str], ats: Sequence[int]) -> Text:
    """Quoted lines as one text, without the marks of the quotation."""
    return raw_text([_line(lines, at) for at in ats]).trimmed(BLANK)


def _line(lines: Sequence[str], at: int) -> Line:
    mark = QUOTE_MARK.match(lines[at])
    column = mark.end() if mark else 0
    return Line(lines[at][column:], at + 1, column)


def _begins_comment(lines: Sequence[str], at: int) -> bool:
    """A picture and a name, above a date."""
    line = _bare(lines[at])
    if not (name := NAME_LINE.fullmatch(line)) or ICONS.fullmatch(line):
        return False
    if name["plain"] and not name["mark"] and DATE.fullmatch(name["plain"]):
        return False  # a picture stands before the date of a comment
    below = next((_bare(line) for line in lines[at + 1 : at + 6] if _bare(line)), "")
    return DATE.fullmatch(IMAGES_BEFORE.sub("", below, count=1)) is not None


def _comment(lines: Sequence[str], start: int, stop: int) -> Comment:
    filled = [at for at in range(start, stop) if _bare(lines[at])]
    name = NAME_LINE.fullmatch(_bare(lines[start]))
    assert name is not None
    numbers: list[int] = []
    texts: list[Line] = []
    for at in filled[2:]:
        if icons := ICONS.fullmatch(_bare(lines[at])):
            numbers += [int(number) for number in icons["numbers"].split()]
        else:
            texts += [_without_heading_mark(_line(lines, at))]
    clipped, kept = take_clip_mark(texts)
    own, replies = split_replies(kept)
    text = unescaped(concatenated([joined(group) for group in join_cut_comment(own)], "\n")).trimmed(BLANK)
    shown = unescaped(raw_text([Line(name["bold"] or name["plain"], start + 1, 0)]))
    return comment_of(
        name=shown.string,
        day=read_date(IMAGES_BEFORE.sub("", _bare(lines[filled[1]]), count=1)),
        likes=numbers[-1] if numbers else None,
        text=text,
        clipped=clipped,
        reply_count=numbers[0] if len(numbers) > 1 else None,
        replies=replies,
        span=span(start, filled[-1] + 1),
    )


def _without_heading_mark(line: Line) -> Line:
    mark = HEADING_MARK.match(line.string)
    return Line(line.string[mark.end() :], line.line, line.column + mark.end()) if mark else line


def join_cut_comment(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a comment, those joined that a page cut: a short one that ends in no mark goes on."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1].string.rstrip(), line.string):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(before: str, after: str) -> bool:
    return not (
        ENDS_SENTENCE.search(before)
        or BEGINS_ITEM.match(after)
        or looks_like_code(before)
        or looks_like_code(after)
    )


def _unquoted(draft: Draft) -> Draft:
    """The page without the marks of the quotation, on the same lines."""
    return replace(draft, source=replace(draft.source, lines=tuple(_unquoted_lines(draft.lines))))


def _unquoted_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines with blanks for those marks, so that every column stays.

    In code that is not quoted itself such marks are its own.
    """
    fenced = False
    for line in lines:
        fenced ^= line.startswith(FENCE)
        yield line if fenced else QUOTE_MARK.sub(lambda mark: " " * len(mark[0]), line)


def _without_marks(block: Block, lines: Sequence[str]) -> Block:
    """The block without the blanks that stand for marks of the quotation."""
    edits = []
    for piece in block.text.line_pieces():
        mark = QUOTE_MARK.match(lines[piece.line - 1])
        stop = piece.offset + max(mark.end() - piece.column, 0) if mark else piece.offset
        if stop > piece.offset and block.text.string[piece.offset : stop].isspace():
            edits.append((piece.offset, stop, ""))
    return replace(block, text=block.text.edited(edits)) if edits else block


def _with_code(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with lines of code, in lists and in paragraphs, as one block of code each.

    Each line has its number in the listing, as an item's or as text, but where a page break left
    the numbers in a column of their own.
    """
    run: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph | ItemList | Code) and (
            _is_numbered_code(block) or COPY_BUTTON.fullmatch(block.text.string) or _is_bare_code(block)
        ):
            run.append(block)
            continue
        yield from _code(run)
        run = []
        yield block
    yield from _code(run)


def _is_numbered_code(block: Paragraph | ItemList | Code) -> bool:
    """Whether every line begins with its number in a listing, and what follows is code."""
    lines = block.text.string.split("\n")
    rest = [GUTTER.sub("", NUMBERED.sub("", line)) for line in lines if line.strip()]
    numbered = all(NUMBERED.match(line) or GUTTER.match(line) for line in lines if line.strip())
    return numbered and all(map(_is_code_line, rest))


def _is_bare_code(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(map(_is_code_line, block.text.string.split("\n")))


def _is_code_line(line: str) -> bool:
    return not line.strip() or looks_like_code(REMARK.sub("", line)) or COMMENT_LINE.match(line) is not None


def _code(run: Sequence[Block]) -> Iterator[Block]:
    """The run as one block of code, if it is one; the site's button above it is none of its lines."""
    code = [block for block in run if not COPY_BUTTON.fullmatch(block.text.string)]
    has_button = len(code) < len(run)
    lines = sum(block.text.string.count("\n") + 1 for block in code)
    is_numbered = any(
        isinstance(block, Paragraph | ItemList | Code) and _is_numbered_code(block) for block in code
    )
    if not is_numbered or lines < 2 or not (has_button or any(_says_code(block) for block in code)):
        yield from run
        return
    edits = [
        block.text.edited(
            (match.start(), match.end(), "") for match in LINE_NUMBER.finditer(block.text.string)
        )
        for block in code
    ]
    yield Code(
        text=unescaped(concatenated(edits, "\n")),
        language=None,
        first_line=run[0].first_line,
        last_line=run[-1].last_line,
    )


def _says_code(block: Block) -> bool:
    return SAYS_CODE.search(LINE_NUMBER.sub("", block.text.string)) is not None


def _rejoined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with paragraphs joined that a page break cut in two."""
    pending: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if pending and is_cut(pending[-1].text.string, block.text.string):
                pending.append(block)
                continue
            yield from _paragraph(pending)
            pending = [block]
            continue
        yield from _paragraph(pending)
        pending = []
        yield block
    yield from _paragraph(pending)


def _paragraph(parts: Sequence[Paragraph]) -> Iterator[Block]:
    if parts:
        yield Paragraph(
            text=concatenated([part.text for part in parts], ""),
            first_line=parts[0].first_line,
            last_line=parts[-1].last_line,
        )
