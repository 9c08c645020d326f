"""What a page was made of is read back from it, whatever its readers wrote and however it was stored."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8snotes.model.lesson import Comment, Lesson
from parse.pages import comment_list, item, lesson_of
from properties.examples import examples

ODD = [
    "米", "饭。", "🍚", "a\u0323", "<b>", "</li>", "</p>", "<div>", "&", "&lt;", '"', "'", "/", "|", "\\",
    "👍（3）", "💬（1）", "作者回复: 好", "编辑回复", "展开", "2019-01-01", "3", "# 题", "- 甲", "1. 乙",
    "```", "[a](b)", "{{< x >}}",
]  # fmt: skip
words = st.lists(st.sampled_from(ODD), min_size=1, max_size=4).map("".join)
names = st.one_of(words, st.sampled_from(["，", "作者回复", "a b", "Geek_0a", "置顶", "精选留言"]))
# Between two lines whose likes nobody could mistake for a field of the page.
texts = st.lists(words, max_size=4).map(lambda lines: "\n".join(["米：", *lines, "完。"]))
counts = st.one_of(st.none(), st.integers(0, 2000))


@dataclass(frozen=True)
class Said:
    """A comment as its reader and the author wrote it."""

    name: str
    text: str
    day: datetime.date
    likes: int | None
    answers: int | None
    reply: str | None


said = st.builds(
    Said,
    name=names,
    text=texts,
    day=st.dates(datetime.date(2017, 1, 1), datetime.date(2025, 12, 31)),
    likes=counts,
    answers=counts,
    reply=st.one_of(st.none(), texts),
)


def stored(text: str) -> str:
    """A text as the site's interface hands it out."""
    return escape(text).replace("&#x27;", "&#39;").replace("/", "&#47;")


def shown(count: int | None) -> str:
    return "" if count is None else str(count)


def in_collection(comments: Sequence[Said], *, tag: str, avatar: str, heading: str) -> Lesson:
    items = [
        item(
            stored(one.text),
            name=stored(one.name),
            likes=shown(one.likes),
            answers=shown(one.answers),
            day=str(one.day),
            tag=tag,
            avatar=avatar,
        )
        for one in comments
    ]
    return lesson_of(f"正文。\n{comment_list(*items, heading=heading)}", "03 - 水线.md")


def crawled(comments: Sequence[Said]) -> Lesson:
    def one_of(one: Said) -> str:
        text, reply = (stored(words).replace("\n", "<br>") for words in (one.text, one.reply or ""))
        replied = f'<p class="c">作者回复: {reply}</p>' if one.reply else ""
        return (
            '<li>\n<div class="i"><img src=""\n  class="a">\n<div class="b">\n'
            f'  <div class="n"><span>{stored(one.name)}</span>\n  </div>\n  <div class="t">{text}</div>\n'
            f'  <div class="r">\n    {replied}\n  </div>\n'
            f'  <div class="f">\n    <div class="d">{one.day} 10:11:12</div>\n'
            "  </div>\n</div>\n</div>\n</li>\n"
        )

    listed = "".join(map(one_of, comments))
    return lesson_of(f"<p>正文。</p>\n<style>\nul {{}}\n</style><ul>{listed}</ul>", "03 _ 水线.md")


def pasted(comments: Sequence[Said], *, layout: str) -> Lesson:
    def fields(one: Said) -> Iterator[str]:
        marks = {"a": f"**{shown(one.answers)}", "l": f"**{shown(one.likes)}"}
        parts = {
            "d": str(one.day),
            "t": one.text,
            "r": f"作者回复: {one.reply}" if one.reply else None,
        } | marks
        yield one.name
        yield from (part for letter in layout if (part := parts[letter]) is not None)

    items = ["\n\n".join(["- ", *map(indented, fields(one))]) for one in comments]
    page = "\n\n".join(["# 03 | 水线", "正文。", f"## 精选留言({len(items)})", *items])
    return lesson_of(page, "a.md")


def escaped(name: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\&<" else mark for mark in name)


def indented(text: str) -> str:
    return "\n".join(f"  {escaped(line)}" for line in text.split("\n"))


ANSWERS_AND_LIKES = ("likes", "reply_count")
PAGES: dict[str, tuple[Callable[[Sequence[Said]], Lesson], tuple[str, ...]]] = {
    "collection": (
        lambda comments: in_collection(comments, tag="p", avatar="", heading="精选留言"),
        ANSWERS_AND_LIKES,
    ),
    "collection with avatars": (
        lambda comments: in_collection(comments, tag="div", avatar='<img src="">', heading="全部留言"),
        ANSWERS_AND_LIKES,
    ),
    "crawled": (crawled, ("reply",)),
    "pasted": (lambda comments: pasted(comments, layout="trdal"), (*ANSWERS_AND_LIKES, "reply")),
    "pasted, date first": (lambda comments: pasted(comments, layout="dtral"), (*ANSWERS_AND_LIKES, "reply")),
    "pasted, likes first": (lambda comments: pasted(comments, layout="dltr"), ("likes", "reply")),
    "pasted, likes before the date": (lambda comments: pasted(comments, layout="tldr"), ("likes", "reply")),
}


@pytest.mark.parametrize("page", PAGES)
@examples(50)
@given(comments=st.lists(said, min_size=1, max_size=6))
def test_comments_are_read_as_they_were_written(page: str, comments: list[Said]) -> None:
    stored_as, kept = PAGES[page]

    lesson = stored_as(comments)

    assert [_read(one, kept) for one in lesson.comments] == [_written(one, kept) for one in comments]


def _read(comment: Comment, kept: tuple[str, ...]) -> tuple[object, ...]:
    replies = [reply.text.string for reply in comment.replies]
    counts = tuple(getattr(comment, count) for count in ANSWERS_AND_LIKES if count in kept)
    return comment.author, comment.date, comment.text.string, counts, replies if "reply" in kept else None


def _written(one: Said, kept: tuple[str, ...]) -> tuple[object, ...]:
    counts = tuple(
        count for name, count in zip(ANSWERS_AND_LIKES, (one.likes, one.answers), strict=True) if name in kept
    )
    replies = [one.reply] if one.reply else []
    return one.name, one.day, one.text, counts, replies if "reply" in kept else None
