"""Accidents that happen to texts on their way: lines lost, doubled and cut, bytes broken, two in one file."""

import codecs
from collections.abc import Callable

from hypothesis import strategies as st

ODD = [
    "\r", "\0", "\f", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\x1c", "\t", "    ",
    "米", "🍚", "a̷̮̓", "9" * 30,
    "```", "~~~", "`", "<!--", "-->", "{{< a", ">}}", "---", "+++", "# ", "> ", "- ", "1. ", "|", "|---|",
    "====", "[a]: ", "[^1]: ", "<b", "</", "<div>", "&#47;", "&",
    "👍", "👍 3", "展开 ▾", "作者回复: ", "2019-01-01", "2019-13-45", "© ", "版权归", "上一篇 甲",
    "<li><span>", "</p>", "</ul>", "<div><strong>精选留言（15）</strong></div><ul>",
    "- ![img](a)", "置顶", "**3", "同步至部落", "课程目录", "<ul><li>", "</style><ul>",
    "<audio title=\"a\" src=", "[进入课程 >](#)", "讲述：", "时长 1:02", "2017-11-30 秦稻香",
]  # fmt: skip

Mutation = Callable[[list[str]], list[str]]
positions = st.integers(0, 200)


def deleted(at: int) -> Mutation:
    return lambda lines: [line for i, line in enumerate(lines) if i != at % len(lines)]


def doubled(at: int, to: int) -> Mutation:
    return lambda lines: [*lines[: to % len(lines)], lines[at % len(lines)], *lines[to % len(lines) :]]


def swapped(at: int, to: int) -> Mutation:
    def swap(lines: list[str]) -> list[str]:
        i, j = at % len(lines), to % len(lines)
        lines = [*lines]
        lines[i], lines[j] = lines[j], lines[i]
        return lines

    return swap


def inserted(at: int, column: int, odd: str) -> Mutation:
    def insert(lines: list[str]) -> list[str]:
        i = at % len(lines)
        line = lines[i]
        cut = column % (len(line) + 1)
        return [*lines[:i], line[:cut] + odd + line[cut:], *lines[i + 1 :]]

    return insert


def truncated(at: int, column: int) -> Mutation:
    def truncate(lines: list[str]) -> list[str]:
        i = at % len(lines)
        return [*lines[:i], lines[i][: column % (len(lines[i]) + 1)]]

    return truncate


def split(at: int, column: int) -> Mutation:
    """A newline where there was none."""
    return inserted(at, column, "\n")


def replaced(at: int, column: int, odd: str) -> Mutation:
    """Other characters in place of as many."""

    def replace(lines: list[str]) -> list[str]:
        i = at % len(lines)
        start = column % (len(lines[i]) + 1)
        return [*lines[:i], lines[i][:start] + odd + lines[i][start + len(odd) :], *lines[i + 1 :]]

    return replace


def cut_out(at: int, to: int) -> Mutation:
    """A whole part missing."""
    return lambda lines: [*lines[: at % len(lines)], *lines[at % len(lines) + to % len(lines) :]]


mutations = st.one_of(
    st.builds(deleted, positions),
    st.builds(doubled, positions, positions),
    st.builds(swapped, positions, positions),
    st.builds(inserted, positions, positions, st.sampled_from(ODD)),
    st.builds(truncated, positions, positions),
    st.builds(split, positions, positions),
    st.builds(replaced, positions, positions, st.sampled_from(ODD)),
    st.builds(cut_out, positions, positions),
    st.just(lambda lines: [line for line in lines if line.strip()]),
    st.just(lambda lines: [line + "\r" for line in lines]),
)


def mangled(draw: st.DrawFn, text: str, *, most: int) -> str:
    """The text after some accidents to its lines."""
    lines = text.split("\n")
    for mutate in draw(st.lists(mutations, max_size=most)):
        lines = mutate(lines) or [""]
    return "\n".join(lines)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5")


@st.composite
def stored(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """A text as files hold it: in some encoding, whole or cut at any byte, alone or with another behind."""
    encoding = draw(st.sampled_from(ENCODINGS))
    text = mangled(draw, draw(texts), most=5)
    if draw(st.integers(0, 4)) == 0:
        text += draw(texts)
    raw = text.encode(encoding, errors="replace")
    if draw(st.integers(0, 3)) == 0:
        raw = raw[: draw(st.integers(0, len(raw)))]
    if draw(st.integers(0, 9)) == 0:
        raw = codecs.BOM_UTF8 + raw
    return raw
