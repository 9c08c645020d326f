"""Invented lessons, printed by the browser of this machine and read back, field by field."""

import random
from pathlib import Path

import pytest

from printed.accuracy import PAGES, lesson_in
from printed.fields import fields
from printed.lessons import invented_lesson
from printed.pages import invented_style
from printed.printers import CHROMIUM, printed_by_chromium

PRINTED = [
    # seed, page, options of the browser
    (2, "phone", ()),
    (3, "dated-last", ("--no-pdf-header-footer",)),
    (5, "phone", ("--disable-pdf-tagging",)),
    (6, "article", ("--disable-pdf-tagging", "--no-pdf-header-footer")),
]


@pytest.mark.skipif(CHROMIUM is None, reason="no browser on this machine to print with")
@pytest.mark.parametrize(("seed", "page", "options"), PRINTED)
def test_a_printed_lesson_is_read_as_it_was_written(
    seed: int, page: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    pytest.importorskip("pypdfium2")
    meant = invented_lesson(seed, comments=0 if page == "article" else 8)
    html = PAGES[page](meant, invented_style(random.Random(seed)))

    read = lesson_in(printed_by_chromium(html, *options), tmp_path)

    assert {name: read for name, read, _ in fields(read, meant, page=page)} == {
        name: printed for name, _, printed in fields(read, meant, page=page)
    }
