"""The page of a course, opened and used in a real browser: searched, by keyboard, on a phone, in the dark.

These tests run where CHROMIUM names a browser; `.ci/slow` does.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.runner import Runner
from documents.browser import Page, browser
from documents.test_page import page_that_says
from properties.test_note_laws import attacks

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample"
CHROMIUM = shutil.which(os.environ.get("CHROMIUM", ""))

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here; .ci/slow finds it and sets CHROMIUM"
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    assert CHROMIUM is not None
    with browser(CHROMIUM, tmp_path_factory.mktemp("home")) as page:
        yield page


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("course")
    assert Runner(folder)("export", "--format", "html", "--with-body", "-o", "out", SAMPLE).code == 0
    return (folder / "out" / "course.html").as_uri()


@pytest.fixture
def page(opened: Page, course: str) -> Page:
    opened.open("about:blank")
    opened.open(course)
    return opened


def search(page: Page, words: str) -> list[str]:
    """The hits that the page lists for words typed into it."""
    page.value("document.getElementById('q').focus(); document.getElementById('q').select()")
    page.type(words)
    hits = page.value("[...document.querySelectorAll('#hits span')].map(hit => hit.textContent)")
    assert isinstance(hits, list)
    return hits


def count(page: Page) -> str:
    return str(page.value("document.getElementById('count').textContent"))


def test_the_page_opens_without_complaint_and_asks_for_nothing(page: Page, course: str) -> None:
    search(page, "控制")

    assert page.complaints == []
    assert page.requests == [course]


def test_a_word_of_two_characters_is_found_everywhere_it_stands(page: Page) -> None:
    for word in ("控制", "差距", "缓存", "期望"):
        hits = search(page, word)

        expected = page.value(
            "[...document.querySelectorAll('main :is(h2,h4,h5,h6,p,li,pre,td,th)')]"
            ".filter(e => !e.matches('.ui, .themes li'))"
            f".map(e => {{ const c = e.cloneNode(true); c.querySelectorAll('.ui').forEach(u => u.remove());"
            f" return c.textContent }}).filter(text => text.includes('{word}')).length"
        )
        assert len(hits) == expected > 0
        assert all(word in hit for hit in hits)


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("控制器", "控制器"),
        ("緩存", "缓存"),
        ("ＰＯＤ", "Pod"),
        ("pod", "POD"),
        ("狀態 實際", "实际 状态"),
        ("聲明式", "声明式"),
    ],
)
def test_case_width_script_and_order_change_no_hit(page: Page, asked: str, same: str) -> None:
    assert search(page, asked) == search(page, same) != []


def test_all_words_of_a_query_stand_in_each_hit(page: Page) -> None:
    both = search(page, "控制器 缓存")

    assert 0 < len(both) < len(search(page, "缓存"))


def test_what_is_nowhere_is_said_to_be(page: Page) -> None:
    assert search(page, "鸵鸟蛋") == []
    assert count(page) == "没有找到"


def test_hits_are_marked_in_the_list_and_in_the_text(page: Page) -> None:
    search(page, "緩存")

    assert set(page.value("[...document.querySelectorAll('#hits mark')].map(mark => mark.textContent)")) == {
        "缓存"
    }
    marked = page.value("[...CSS.highlights.get('hit')].map(range => range.toString())")
    assert len(marked) > 5
    assert set(marked) == {"缓存"}


def test_the_page_is_used_by_keyboard_alone(page: Page) -> None:
    page.press("/")
    assert page.value("document.activeElement.id") == "q"
    page.type("老师")
    total = len(page.value("[...document.querySelectorAll('#hits li')].map(() => 1)"))
    page.press("Enter")
    assert count(page).startswith(f"1 / {total} ")
    page.press("ArrowDown")
    assert count(page).startswith(f"{min(2, total)} / {total} ")
    page.press("Enter", shift=True)
    assert count(page).startswith(f"1 / {total} ")
    place = page.value(
        "(r => [r.top, r.bottom, innerHeight])(document.querySelector('.now').getBoundingClientRect())"
    )
    assert 0 < place[0] < place[2]
    page.press("Escape")
    assert page.value("document.getElementById('q').value") == ""
    assert page.value("document.querySelectorAll('#hits li').length") == 0
    assert page.value("document.querySelectorAll('.now').length") == 0


def test_a_hit_in_what_is_folded_away_opens_it(page: Page) -> None:
    closed = "[...document.querySelectorAll('main details:not([open])')]"
    word = page.value(
        f"{closed}.flatMap(d => [...d.querySelectorAll('p:not(.ui, .who)')])[0].textContent.slice(0, 6)"
    )
    search(page, word)

    for _ in range(page.value("document.querySelectorAll('#hits li').length")):
        page.press("Enter")
        assert page.value("document.querySelector('.now').closest('details')?.open ?? true") is True
        assert page.value("document.querySelector('.now').checkVisibility()") is True


def test_a_theme_is_looked_for_by_a_click(page: Page) -> None:
    theme = page.value(
        "(b => { b.click(); return b.firstChild.data.trim() })(document.querySelector('.themes button'))"
    )

    assert page.value("document.getElementById('q').value").strip() == theme
    assert page.value("document.querySelectorAll('#hits li').length") > 0


def test_an_address_may_ask(opened: Page, course: str) -> None:
    opened.open("about:blank")
    opened.open(f"{course}#q=%E7%BC%93%E5%AD%98")

    assert opened.value("document.getElementById('q').value") == "缓存"
    assert opened.value("document.querySelectorAll('#hits li').length") > 0


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_page_is_as_wide_as_its_window(page: Page, width: int) -> None:
    page.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500
    )
    try:
        search(page, "控制")
        assert page.value("document.documentElement.scrollWidth") == width
    finally:
        page.call("Emulation.clearDeviceMetricsOverride")


def test_there_is_a_dark_page_and_both_can_be_read(page: Page) -> None:
    ratios = []
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        colors = page.value(
            "['body', '.by', 'h3', 'small'].map(q => getComputedStyle(document.querySelector(q)).color)"
            ".concat(getComputedStyle(document.body).backgroundColor)"
        )
        *inks, paper = [_luminance(color) for color in colors]
        ratios += [(max(ink, paper) + 0.05) / (min(ink, paper) + 0.05) for ink in inks]
        assert (paper > 0.5) == (scheme == "light")
    page.call("Emulation.setEmulatedMedia", features=[])
    assert min(ratios) > 4.5


def _luminance(color: str) -> float:
    """As WCAG 2 has it."""
    parts = [int(part) / 255 for part in color.strip("rgb()").split(",")]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_on_paper_all_is_shown(page: Page) -> None:
    page.value("window.dispatchEvent(new Event('beforeprint'))")
    assert page.value("document.querySelectorAll('details:not([open])').length") == 0
    page.value("window.dispatchEvent(new Event('afterprint'))")
    assert page.value("document.querySelectorAll('main details:not([open])').length") > 0
    assert len(page.call("Page.printToPDF")["data"]) > 10_000


def test_no_attack_does_anything_in_the_browser(opened: Page, tmp_path: Path) -> None:
    for number, attack in enumerate(one for one in attacks() if len(one) < 3000 and one.strip()):
        file = tmp_path / f"{number}.html"
        file.write_text(page_that_says(attack), "utf-8", "backslashreplace")

        opened.open("about:blank")
        opened.open(file.as_uri())
        opened.value("document.querySelectorAll('main *').forEach(one => one.click())")

        assert opened.complaints == [], attack
        assert opened.requests == [file.as_uri()], attack
