"""How time grows on texts that once took time that grew with the square of their length.

    .venv/bin/python benchmarks/hostile.py

Each is parsed and made ready for the index, at one length and at four times that. Time that
grows with the length grows fourfold, with its square sixteenfold.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.pipeline import entry_of_lesson
from k8snotes.read.files import sources_in
from parse.pages import comment_list, item, printed_page, reader_comment
from read.test_books import book, lesson_page, ncx, page

NOISY = "2018-3-9 秦稻香 \n\n© 版权归极客邦科技所有，未经许可不得传播售卖。 \n\n下一篇 04 | 锅 \n\n\n\n\n"
PHONE = "03 | 水线\n2018-10-08 秦稻香\n正文。\n"
TEXTS: dict[str, tuple[str, Callable[[int], str]]] = {
    "上一篇 without a foot": ("a.txt", lambda n: printed_page("上一篇 x\n" * n, foot=())),
    "blank lines": ("a.txt", lambda n: printed_page("甲。" + "\n" * 20 * n + "乙。")),
    "comments": ("a.txt", lambda n: printed_page(comments=[reader_comment()] * (n // 8))),
    "replies": ("a.txt", lambda n: printed_page(comments=[reader_comment(reply="作者回复: 好\n" * n)])),
    "digits in the card": ("a.txt", lambda n: printed_page(card="秦稻香\n\n" + "1" * 10 * n)),
    "brackets in the author": ("a.txt", lambda n: printed_page(dated="2017-11-30 " + "(" * 20 * n)),
    "one printed comment": ("a.txt", lambda n: printed_page(comments=[reader_comment("“长" * 4 * n)])),
    "one comment": ("1 - a.md", lambda n: "甲\n" + comment_list(item("“长&#47;" * 2 * n))),
    "thumbs": ("1 - a.md", lambda n: "甲\n" + comment_list("<li><span>a</span>" + " 👍（1）" * 2 * n)),
    "halves of items": ("1 - a.md", lambda n: "甲\n" + comment_list("<li><span>a" * 10 * n)),
    "tags without end": ("a.md", lambda n: "<div\n" + "<a" * 5 * n),
    "marks without end in HTML": ("a.html", lambda n: "<html><body>" + "<b>\n" * 5 * n),
    "links above a title": ("a.html", lambda n: "<html><body>" + "<p><a>甲</a></p>" * n + "<h1>乙</h1>丙"),
    "nothing below a title": ("a.html", lambda n: "<html><h1>甲</h1><p>" + "<i></i><span></span>" * n),
    "feet in feet": ("a.html", lambda n: "<html><h1>甲</h1>" + "<div>© 乙" * n),
    "comments without end": ("a.md", lambda n: "甲 " + "<!-- " * 10 * n),
    "shortcodes without end": ("a.md", lambda n: "甲 " + "{{< a " * 10 * n),
    "marks about what is invisible": ("a.md", lambda n: "甲" + "\u200b*" * n),
    "runs of backticks": ("a.md", lambda n: "<!--x-->" + "".join("`" * (i % 99) + " " for i in range(n))),
    "list items": ("a.md", lambda n: "- 甲\n" * (n // 2)),
    "items with code": ("a.md", lambda n: "- 甲\n\n  ```\n  x\n  ```\n" * (n // 8)),
    "quotations": ("a.md", lambda n: "> 甲\n" * (n // 2)),
    "addresses": ("a.md", lambda n: "[a]: http://x\n" * (n // 4)),
    "times of comments": ("a.md", lambda n: NOISY + "1521158460 \n\n好\n\n" * (n // 4)),
    "headings of comments": ("a.txt", lambda n: PHONE + "精选留言 (3)\n\n" * (n // 4) + "甲\n2018-10-09\n乙"),
    "pages": ("a.txt", lambda n: PHONE + "\f1\n" * (n // 4)),
    "table rows": ("a.md", lambda n: "|a|b|\n|-|-|\n" + "|甲|乙|\n" * (n // 4)),
}
BOOKS: dict[str, Callable[[int], bytes]] = {
    "lessons in a book": lambda n: a_book([lesson_page(title, "焖。" * 9) for title in titles(n)]),
    "lessons in one file of it": lambda n: a_book(
        [page("\n".join(f'<h1 id="l{at}">{title}</h1>\n<p>焖。</p>' for at, title in enumerate(titles(n))))]
    ),
}
SHORT, LONG = 4_000, 16_000
PASSES = 3


def main() -> None:
    print(f"{'text':26} {'seconds':>8} {'growth':>7}")
    for name, (file_name, make) in TEXTS.items():
        tell(name, *(best(make(length).encode(), file_name) for length in (SHORT, LONG)))
    for name, bound in BOOKS.items():
        tell(name, *(best(bound(length), "a.epub") for length in (SHORT, LONG)))


def tell(name: str, short: float, long: float) -> None:
    print(f"{name:26} {long:8.3f} {long / short:7.1f}")


def titles(length: int) -> list[str]:
    """So many titles as there are lessons in a book of that length."""
    return [f"{at:03} | 焖饭" for at in range(length // 32)]


def a_book(pages: list[str]) -> bytes:
    """A book of these pages, with a table of contents that leads to each of its lessons."""
    files = {f"{at}.xhtml": content for at, content in enumerate(pages)}
    named = [
        (f"{name}#{anchor}" if anchor else name, title)
        for name, content in files.items()
        for anchor, title in re.findall(r'<h1(?: id="(\w+)")?>([^<]+)', content)
    ]
    return book(files, toc={"toc.ncx": ncx(*named)})


def best(content: bytes, file_name: str) -> float:
    """Seconds for one text or book, the best of several passes."""
    file = InputFile(path=Path(file_name), shown=file_name, folder="")
    passes = []
    for _ in range(PASSES):
        start = time.process_time()
        for source in sources_in(content, file):
            entry_of_lesson(parse(source))
        passes.append(time.process_time() - start)
    return min(passes)


if __name__ == "__main__":
    main()
