"""The grammar of reader comments that all shapes share: replies, likes, clip marks, names."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from k8snotes.model.lesson import Comment, Replier, Reply, Span
from k8snotes.model.text import Text, text_at
from k8snotes.parse.paragraphs import BLANK, Line, from_column, is_blank, raw_text, strings_of

# An icon of the site's own font may stand before the mark.
_REPLIER = r"[ \u3000\u00a0\ue000-\uf8ff]*(?P<by>作者|编辑)回复"
REPLY = re.compile(_REPLIER + r"[ \u3000\u00a0]*(?:[：:]|\Z)(?P<text>.*)", re.DOTALL)
# In some shapes a blank stands in place of the colon.
REPLY_WITHOUT_COLON = re.compile(
    _REPLIER + r"(?:[ \u3000\u00a0]*[：:]|[ \u3000\u00a0]|\Z)(?P<text>.*)", re.DOTALL
)
CLIP_MARK = re.compile(r"展开(?:全部)?[\s\u00a0]*[▾▼∨⌄﹀ˇ]?")
# A PDF's text may hold the mark on the line that the page cut: "……说起来话长… 展开".
CLIPPED_LINE = re.compile(r"(?P<text>.*(?:…|\.\.\.))[ \u00a0]*展开(?:全部)?")
LIKES = re.compile(r"👍[\ufe0f\U0001f3fb-\U0001f3ff]*[\s\u00a0]*(?P<count>\d{1,9})?")
REPLIERS: dict[str, Replier] = {"作者": "author", "编辑": "editor"}
CUT_NAME = "..."


def read_likes(string: str) -> int | None:
    """The number beside a like mark, 0 for a bare mark; None where the line is no like mark."""
    match = LIKES.fullmatch(string.strip(BLANK))
    return int(match["count"] or 0) if match else None


def make_comment(
    *,
    name: str,
    day: date | None,
    likes: int | None,
    lines: Sequence[Line],
    span: Span,
    pinned: bool = False,
    reply_count: int | None = None,
    reply_mark: re.Pattern[str] = REPLY,
    join: Callable[[Sequence[Line]], Text] = raw_text,
) -> Comment:
    """A comment from its name and the lines of its text, clip mark and replies, in page order.

    `join` makes a text of lines, for pages that wrapped them.
    """
    text = join(lines)
    clipped = False
    replies: tuple[Reply, ...] = ()
    if "展开" in text.string or "回复" in text.string:  # most comments are nothing but their text
        clipped, lines = take_clip_mark(lines)
        own, replies = split_replies(lines, mark=reply_mark, join=join)
        if replies and not clipped:
            clipped, own = take_clip_mark(own)
        text = join(own)
    return comment_of(
        name=name,
        day=day,
        likes=likes,
        text=text.trimmed(BLANK),
        clipped=clipped,
        pinned=pinned,
        reply_count=reply_count,
        replies=replies,
        span=span,
    )


def comment_of(
    *,
    name: str,
    day: date | None,
    text: Text,
    replies: Iterable[Reply],
    span: Span,
    likes: int | None = None,
    reply_count: int | None = None,
    clipped: bool = False,
    pinned: bool = False,
) -> Comment:
    """A comment from its parts: the name as the page shows it, the text as it reads."""
    from k8snotes.parse.comment_kind import comment_kind  # its rules take 60 ms to load; many texts need none

    author, truncated = read_name(name)
    return Comment(
        author=author,
        author_truncated=truncated,
        date=day,
        likes=likes,
        text=_placed(text, span),
        clipped=clipped,
        pinned=pinned,
        kind=comment_kind(text.string),
        reply_count=reply_count,
        replies=tuple(
            reply if reply.text.string else replace(reply, text=_placed(reply.text, reply))
            for reply in replies
        ),
        first_line=span.first_line,
        last_line=span.last_line,
    )


def _placed(text: Text, span: Span) -> Text:
    """The text; one without a word stands where what it is the text of begins."""
    return text if text.string else text_at("", span.first_line, 0)


def read_name(shown: str) -> tuple[str | None, bool]:
    """The name without the dots of a cut one, and whether it was cut."""
    name = shown.strip(BLANK) or shown
    if name.endswith(CUT_NAME) and name.strip("."):
        return name.removesuffix(CUT_NAME), True
    return name or None, False


def take_clip_mark(lines: Sequence[Line]) -> tuple[bool, Sequence[Line]]:
    """Whether the text ends in the page's 展开, and the lines without it."""
    strings = strings_of(lines)
    last = next((at for at in range(len(strings) - 1, -1, -1) if not is_blank(strings[at])), None)
    if last is None or "展开" not in strings[last]:
        return False, lines
    if CLIP_MARK.fullmatch(strings[last].strip(BLANK)):
        return True, lines[:last]
    if cut := CLIPPED_LINE.fullmatch(strings[last].rstrip(BLANK)):
        return True, [*lines[:last], lines[last]._replace(string=cut["text"])]
    return False, lines


def split_replies(
    lines: Sequence[Line],
    *,
    mark: re.Pattern[str] = REPLY,
    join: Callable[[Sequence[Line]], Text] = raw_text,
    below_blank: bool = False,
) -> tuple[Sequence[Line], tuple[Reply, ...]]:
    """The reader's own lines, and the replies: each runs from its mark to the next, or to the end.

    `below_blank` is for pages that part a comment's fields by blank lines: a mark right below
    another line is a quotation there.
    """
    strings = strings_of(lines)
    starts = [
        index
        for index, string in enumerate(strings)
        if "回复" in string
        and mark.match(string)
        and not (below_blank and index and not is_blank(strings[index - 1]))
    ]
    if not starts:
        return lines, ()
    replies = (
        _reply(lines[start:stop], mark, join)
        for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True)
    )
    return lines[: starts[0]], tuple(replies)


def reply_of(text: Text, *, first_line: int, last_line: int, mark: re.Pattern[str] = REPLY) -> Reply | None:
    """The reply that a text is; None for one without the mark."""
    match = mark.match(text.string)
    if match is None:
        return None
    return Reply(
        by=REPLIERS[match["by"]],
        text=text.part(match.start("text"), len(text.string)).trimmed(BLANK),
        first_line=first_line,
        last_line=last_line,
    )


def _reply(lines: Sequence[Line], mark: re.Pattern[str], join: Callable[[Sequence[Line]], Text]) -> Reply:
    strings = strings_of(lines)
    match = mark.match(strings[0])
    assert match is not None
    last = max(at for at, string in enumerate(strings) if string.strip(BLANK))
    if indent := len(strings[0]) - len(strings[0].lstrip(" ")):
        lines = [lines[0], *dedented(lines[1:], most=indent)]
    return Reply(
        by=REPLIERS[match["by"]],
        text=join(from_column(lines, match.start("text"))).trimmed(BLANK),
        first_line=lines[0].line,
        last_line=lines[last].line,
    )


def dedented(lines: Sequence[Line], *, most: int) -> list[Line]:
    """The lines without the indentation of the item or reply that they stand in; code keeps what is more."""
    result = []
    for line in lines:
        lead = min(len(line.string) - len(line.string.lstrip(" ")), most)
        result.append(Line(line.string[lead:], line.line, line.column + lead))
    return result
