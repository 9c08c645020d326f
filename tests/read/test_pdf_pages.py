# ruff: noqa: E501 - lines as pages have them
"""PDFs as a browser prints them: what of a page is its text, and what the printer added."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from k8snotes.errors import UnreadableInput
from k8snotes.model.lesson import Code, Lesson
from k8snotes.model.radicals import radicals
from k8snotes.model.source import InputFile, Locator
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import read_sources

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PRINTS = pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine to print with")

LONG = (
    "锅盖要等水汽够了再掀，掀早了饭就夹生，掀晚了底又要焦，这中间的分寸全靠耳朵去听，"
    "听咕嘟声什么时候停，再数到三十，不要急着伸手去掀那个盖子"
)
TITLE = "07 | 锅盖：什么时候掀，掀早了会怎么样，掀晚了又会怎么样，不掀又会怎么样"
RIGHTS = "© 版权归极客邦科技所有，未经许可不得传播售卖。 灶台边写下的每一个字都数过了，谁要是端走一锅，就请他把锅巴也刷干净再还回来。"


def item(number: int) -> str:
    said = "" if number % 2 else f"<div><p>作者回复 {LONG}，懂了吗。</p></div>"
    return (
        f"<li><div><div>饭友{number}</div><div>2018-10-{number:02d}</div></div>"
        f"<div>{LONG}，第{number}条<br>换行再说。</div>{said}</li>"
    )


def lesson_page(*, paragraphs: int = 4, comments: int = 0) -> str:
    """A phone page of geektime2pdf, before it is printed."""
    body = "".join(f"<p>第{number}段。{LONG}，好</p>" for number in range(1, paragraphs + 1))
    listed = "".join(item(number) for number in range(1, comments + 1))
    heading = f"<h2><span>精选留言</span><span>{comments}</span></h2><ul>{listed}</ul>" if comments else ""
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>极客时间 | 07 | 锅盖</title><h1>{TITLE}</h1>"
        "<div><span>2018-10-08</span> <span>秦稻香</span></div>"
        f"{body}<pre><code>lid:\n  open: false\n  wait: 30\n</code></pre><p>你家的锅盖漏气吗？</p><div>{RIGHTS}</div>"
        "<div><div>上一篇</div><div>06 | 水线</div></div><div><div>下一篇</div><div>08 | 火候</div></div>"
        f"{heading}"
    )


def printed(page: str, folder: Path, *options: str) -> Lesson:
    """The lesson that the page gives once a browser has made a PDF of it."""
    pytest.importorskip("pypdfium2")
    assert CHROMIUM is not None
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
    ]
    subprocess.run(
        [*command, *options, f"--print-to-pdf={target}", source.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    lesson = parse(next(read_sources(InputFile(path=target, shown="page.pdf", folder=""))))
    assert list(faults(lesson)) == []
    return lesson


@PRINTS
@pytest.mark.parametrize(
    "options", [(), ("--no-pdf-header-footer",)], ids=["with margins", "without margins"]
)
def test_a_printed_lesson_is_read_with_all_its_comments(tmp_path: Path, options: tuple[str, ...]) -> None:
    lesson = printed(lesson_page(paragraphs=25, comments=20), tmp_path, *options)

    assert lesson.format == "mobile-page"
    assert (lesson.title, lesson.author) == (TITLE, "秦稻香")
    assert lesson.date is not None
    assert lesson.date.isoformat() == "2018-10-08"
    assert (lesson.previous, lesson.next) == ("06 | 水线", "08 | 火候")
    assert (lesson.copyright or "").replace(" ", "") == RIGHTS.replace(" ", "")
    assert [block.text.string for block in lesson.blocks if not isinstance(block, Code)] == [
        *(f"第{number}段。{LONG}，好" for number in range(1, 26)),
        "你家的锅盖漏气吗？",
    ]
    (code,) = [block for block in lesson.blocks if isinstance(block, Code)]
    assert [line.strip() for line in code.text.string.split("\n")] == ["lid:", "open: false", "wait: 30"]
    assert [comment.author for comment in lesson.comments] == [f"饭友{number}" for number in range(1, 21)]
    assert [comment.text.string for comment in lesson.comments] == [
        f"{LONG}，第{number}条\n换行再说。" for number in range(1, 21)
    ]
    replies = [reply.text.string for comment in lesson.comments for reply in comment.replies]
    assert replies == [f"{LONG}，懂了吗。"] * 10
    assert lesson.source.locator_at(len(lesson.source.lines)) != Locator(page=1)


@PRINTS
def test_a_printed_lesson_of_one_page_without_comments_is_read(tmp_path: Path) -> None:
    lesson = printed(lesson_page(), tmp_path)

    assert (lesson.title, lesson.author, lesson.comments) == (TITLE, "秦稻香", ())
    assert len(lesson.blocks) == 6
    assert not any("file://" in block.text.string for block in lesson.blocks)


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only: its key is that of no empty one."""
    wrong = hashlib.sha256(b"another password").hexdigest()
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>",
        f"<</Filter/Standard/V 1/R 2/P -4/O<{wrong}>/U<{wrong}>>>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj{written}endobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>startxref\n{len(content)}\n%%EOF"
    return content + f"xref\n0 5\n0000000000 65535 f \n{table}{trailer}".encode()


def test_an_encrypted_pdf_says_to_save_it_without_a_password(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    path = tmp_path / "locked.pdf"
    path.write_bytes(encrypted_pdf())

    with pytest.raises(UnreadableInput, match="without a password"):
        next(read_sources(InputFile(path=path, shown="locked.pdf", folder="")))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⼀⾔", "一言"),
        ("⽤⼾", "用户"),
        ("⻚⾯", "页面"),
        ("⻓", "长"),
        ("\uf967", "不"),
        ("ﬁx", "ﬁx"),
        ("一", "一"),
    ],
)
def test_radicals_that_a_font_wrote_for_characters_are_read_as_those(written: str, meant: str) -> None:
    assert written.translate(radicals()) == meant


def test_a_radical_becomes_one_character() -> None:
    assert {len(meant) for meant in radicals().values()} == {1}
    assert max(radicals()) <= sys.maxunicode
