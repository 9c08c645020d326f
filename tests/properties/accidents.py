"""What befalls a text on its way: lines lost, doubled and swapped, odd marks, a file cut short."""

from collections.abc import Callable

from hypothesis import strategies as st

ODD = [
    "\r", "\0", "\f", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x85", "\x1c", "\t", "    ",
    "米", "🍚", "a̷̮̓", "9" * 30,
    "```", "~~~", "`", "<!--", "-->", "{{< a", ">}}", "---", "+++", "# ", "> ", "- ", "1. ", "|", "|---|",
    "====", "[a]: ", "[^1]: ", "<b", "</", "<div>", "&#47;", "&",
    "👍", "👍 3", "展开 ▾", "作者回复: ", "2019-01-01", "2019-13-45", "© ", "版权归", "上一篇 甲",
    "<li><span>", "</p>", "</ul>", "<div><strong>精选留言（15）</strong></div><ul>",
    "[进入课程 >](#)", "讲述：", "时长 1:02", "2017-11-30 秦稻香",
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


mutations = st.one_of(
    st.builds(deleted, positions),
    st.builds(doubled, positions, positions),
    st.builds(swapped, positions, positions),
    st.builds(inserted, positions, positions, st.sampled_from(ODD)),
    st.builds(truncated, positions, positions),
    st.just(lambda lines: [line for line in lines if line.strip()]),
    st.just(lambda lines: [line + "\r" for line in lines]),
)
