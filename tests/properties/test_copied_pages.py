"""Pages that were copied, converted or noted down by hand: what readers said is read back from them."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from k8snotes.model.lesson import Comment
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.read.files import split_lines
from properties.examples import examples
from properties.laws import broken_laws
from properties.mutations import Mutation, mutations

ODD = [
    "饭。", "🍚", "a\u0323", "2019-01-01 糊了", "说过“作者回复：别空烧”", "不展开说", "3 斤米",
    "精选留言里有", "rice cooker", "没懂？", "http://pot.cn/a_b", "（一）", "…",
]  # fmt: skip
NAMES = [
    "，",
    "🍳",
    "a b",
    "Geek_0a",
    "精选留言员",
    "老桂~",
    "z\u0323",
    "厚底锅巴",
    "Jeff.Smile",
    "焖饭(Frank)",
]
CHINA = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True)
class Said:
    """A comment as its reader and the author wrote it, in paragraphs."""

    name: str
    text: tuple[str, ...]
    day: datetime.date
    reply: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return *self.text, *self.marked("作者回复：")

    def marked(self, mark: str) -> tuple[str, ...]:
        return (mark + self.reply[0], *self.reply[1:]) if self.reply else ()

    @property
    def seconds(self) -> int:
        return int(datetime.datetime.combine(self.day, datetime.time(9, 30), CHINA).timestamp())


# Between two paragraphs that nobody could mistake for a field of the page.
texts = st.lists(st.sampled_from(ODD), max_size=3).map(lambda odd: ("水多了一点，", *odd, "饭就软了。"))
said = st.builds(
    Said,
    name=st.sampled_from(NAMES),
    text=texts,
    day=st.dates(datetime.date(2018, 1, 1), datetime.date(2022, 12, 31)),
    reply=st.one_of(st.just(()), texts),
)


def page_copy(comments: Sequence[Said]) -> str:
    lines = ["# 03 | 水线", "秦稻香 2018-07-03", "讲述：秦稻香 大小：1.2M 时长：00:52", "正文。", "unpreview"]
    lines += ["© 版权归极客邦科技所有，未经许可不得传播售卖。", "提交留言", f"精选留言 ({len(comments)})"]
    for one in comments:
        lines += [one.name, *one.paragraphs, str(one.day)]
    return "".join(f"{line}\n\n" if not line.isascii() else f"{line}\n\n\n" for line in lines)


def noted(comments: Sequence[Said], entry: Callable[[Said], Sequence[str]], *, heading: str) -> str:
    parts = ["# 0203. 水线", "> 2018-05-14 秦稻香", "正文。", f"## {heading}"]
    for number, one in enumerate(comments, 1):
        parts += [f"### {number:02}", *entry(one)]
    return "\n\n".join(parts)


def bold_quotations(comments: Sequence[Said]) -> str:
    parts = ["# 0203. 水线", "> 2018-05-14 秦稻香", "正文。", "## 精选留言"]
    for one in comments:
        paragraphs = [f"**{one.name}**：", *one.text, *one.marked("**作者回复**：")]
        parts.append("\n>\n".join(f"> {paragraph}" for paragraph in paragraphs))
    return "\n\n".join(parts)


def word_processor(comments: Sequence[Said]) -> str:
    parts = ["# 03水线", "> 2018-05-14 秦稻香\n>\n> 焖饭的学问 进入课程 ", "> 正文。"]
    parts += ["> © 版权归极客邦科技所有", f"> ![](media/image7.png)**精选留言 ({len(comments)})**"]
    for one in comments:
        paragraphs = [f"![](media/image8.png)**{one.name}**", str(one.day), *one.paragraphs, "展开"]
        parts += ["\n>\n".join(f"> {paragraph}" for paragraph in paragraphs), "![](media/image9.png)"]
    return "\n\n".join(parts)


def noisy_markdown(comments: Sequence[Said]) -> str:
    parts = [
        "2018-3-9 秦稻香 ",
        "正文。 \n\n© 版权归极客邦科技所有，未经许可不得传播售卖。 \n\n下一篇 04 | 锅 ",
    ]
    parts += [" \n\n".join([str(one.seconds), *one.text, *one.marked("作者回复 ")]) for one in comments]
    return " \n\n\n\n".join(parts) + " \n"


def phone(comments: Sequence[Said], *, heading: str, entry: Callable[[Said], Sequence[str]]) -> str:
    lines = ["03 | 水线", "2018-10-08 秦稻香", "正文。", "© 版权归极客邦科技所有，未经许可不得传播售卖。"]
    lines += ["下一篇", "04 | 锅", heading.format(len(comments))]
    return "\n".join([*lines, *(line for one in comments for line in entry(one))])


def html_for_print(comments: Sequence[Said]) -> str:
    def item(one: Said) -> str:
        text, reply = (
            "<br>".join(escape(line, quote=False) for line in lines)
            for lines in (one.text, one.marked("作者回复 "))
        )
        replied = f'<div class="r"><p>{reply}</p></div>\n' if reply else ""
        return (
            f'<li class="l">\n<img src="x"/> \n<div>\n<div>\n<span>{one.name}</span>\n</div> \n'
            f'<div>{one.seconds}</div>\n<div class="t">{text}</div>\n{replied}</div></li>\n'
        )

    return (
        "<!DOCTYPE html><html><head><title>极客时间 | 03 | 水线 </title></head><body>"
        '<div id="app"><h1>03 | 水线</h1><div><span>2018-10-08</span> <span>秦稻香</span></div><p>正文。</p>'
        f'</div><div>\n<h2><span>精选留言</span><span class="n">{len(comments)}</span></h2> \n<ul>\n'
        f"{''.join(map(item, comments))}</ul>\n</div></body></html>"
    )


NAME, DAY, REPLY = "name", "day", "reply"
PAGES: dict[str, tuple[str, Callable[[Sequence[Said]], str], str, set[str]]] = {
    "page-copy": ("page-copy", page_copy, "a.md", {NAME, DAY, REPLY}),
    "named notes": (
        "curated-notes",
        lambda comments: noted(
            comments, lambda one: [f"{one.name}：", *one.paragraphs, str(one.day)], heading="黑板墙"
        ),
        "a.md",
        {NAME, DAY, REPLY},
    ),
    "notes without names": (
        "curated-notes",
        lambda comments: noted(comments, lambda one: [*one.paragraphs, str(one.day)], heading="精选留言"),
        "a.md",
        {DAY, REPLY},
    ),
    "notes with quoted names": (
        "curated-notes",
        lambda comments: noted(
            comments, lambda one: [f"> {one.name} | {one.day}", *one.paragraphs], heading="留言精选"
        ),
        "a.md",
        {NAME, DAY, REPLY},
    ),
    "notes in quotations": ("curated-notes", bold_quotations, "a.md", {NAME, REPLY}),
    "pandoc-docx": ("pandoc-docx", word_processor, "a.md", {NAME, DAY, REPLY}),
    "pymupdf4llm": ("pymupdf4llm", noisy_markdown, "03 水线.md", {DAY, REPLY}),
    "mobile-page": (
        "mobile-page",
        lambda comments: phone(
            comments,
            heading="精选留言{}",
            entry=lambda one: [f"•  {one.name}", str(one.day), *one.text, *one.marked("作者回复 ")],
        ),
        "a.txt",
        {NAME, DAY, REPLY},
    ),
    "mobile-page, date last": (
        "mobile-page",
        lambda comments: phone(
            comments,
            heading="全部留言（{}）\n最新 精选",
            entry=lambda one: [one.name, *one.text, *one.marked("作者回复: "), f"{one.day}来自北京", "3"],
        ),
        "a.txt",
        {NAME, DAY, REPLY},
    ),
    "geektime2pdf": ("geektime2pdf", html_for_print, "a.html", {NAME, DAY, REPLY}),
}


@pytest.mark.parametrize("page", PAGES)
@examples(30)
@given(comments=st.lists(said, min_size=1, max_size=6))
def test_comments_are_read_as_they_were_written(page: str, comments: list[Said]) -> None:
    shape, write, name, kept = PAGES[page]

    lesson = parse(source(name, write(comments)))

    assert lesson.format == shape
    assert broken_laws(lesson) == []
    assert [_read(one) for one in lesson.comments] == [_written(one, kept) for one in comments]


@pytest.mark.parametrize("page", PAGES)
@examples(30)
@given(
    comments=st.lists(said, max_size=3),
    accidents=st.lists(mutations, max_size=6),
    shape=st.sampled_from([None, *sorted({shape for shape, *_ in PAGES.values()})]),
)
def test_no_accident_breaks_a_law_whatever_shape_the_text_is_read_as(
    page: str, comments: list[Said], accidents: list[Mutation], shape: str | None
) -> None:
    _, write, name, _ = PAGES[page]
    lines = write(comments).split("\n")
    for befall in accidents:
        lines = befall(lines) or [""]
    text = source(name, "\n".join(lines))
    assume(text.lines)

    assert broken_laws(parse(text, shape=shape), shape=shape) == []


def source(name: str, text: str) -> Source:
    return Source(path=name, name=name, lines=split_lines(text), encoding="utf-8")


def _read(comment: Comment) -> tuple[object, ...]:
    replies = [_words(reply.text.string) for reply in comment.replies]
    return comment.author, comment.date, _words(comment.text.string), replies


def _written(one: Said, kept: set[str]) -> tuple[object, ...]:
    return (
        one.name if NAME in kept else None,
        one.day if DAY in kept else None,
        _words("".join(one.text)),
        [_words("".join(one.reply))] if one.reply else [],
    )


def _words(text: str) -> str:
    """A text whichever way its lines are joined."""
    return "".join(text.split())
