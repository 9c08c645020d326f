"""A site of notes, built by the real MkDocs with Material, where one is named: `.ci/slow` installs it."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cli.runner import Runner
from properties.test_note_laws import attacks

MKDOCS = os.environ.get("MKDOCS", "")
ROOT = Path(__file__).parents[2]
THEME = "所谓泥性，就是一团泥愿意怎么动。泥性要用手摸。"
HARMLESS = {"h3", "h4", "blockquote", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td"}

pytestmark = pytest.mark.skipif(
    not MKDOCS, reason="no MkDocs here; .ci/slow installs it with Material and sets MKDOCS"
)


def build(folder: Path) -> list[Path]:
    """The pages of the site, which must build without a warning."""
    done = subprocess.run(
        [MKDOCS, "build", "--strict", "--quiet"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return sorted((folder / "site").rglob("*.html"))


def test_the_sample_makes_a_site_whose_links_all_lead_somewhere(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds/sample", tmp_path / "seeds/sample")
    Runner(tmp_path)("export", "--flavor", "mkdocs")

    pages = build(tmp_path)

    assert len(pages) > 20
    for page in pages:
        tree = LexborHTMLParser(page.read_text("utf-8"))
        for link in tree.css("article a[href]"):
            way = unquote(link.attributes["href"] or "").partition("#")[0]
            assert (page.parent / way).exists(), (page, way)


def test_lessons_stand_in_the_menu_in_reading_order(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds/sample", tmp_path / "seeds/sample")
    Runner(tmp_path)("export", "--flavor", "mkdocs")

    pages = build(tmp_path)

    tree = LexborHTMLParser(next(page for page in pages if page.parent.name == "sample").read_text("utf-8"))
    menu = [" ".join(entry.text().split()) for entry in tree.css("nav.md-nav--primary a.md-nav__link")]
    numbers = [entry[:3] for entry in menu if re.match(r"开篇词|\d\d|结束语", entry)]
    assert numbers[:6] == ["开篇词", "01 ", "02 ", "03 ", "04 ", "结束语"]


def test_no_title_does_anything_on_a_site_but_be_read(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    for at, attack in enumerate(attacks()):
        title = json.dumps(attack.replace("\0", "").encode("utf-8", "ignore").decode())
        text = f"---\ntitle: {title}\ncourse: {title}\n---\n\n{THEME}“{attack[:12]}”也是。\n"
        runner.write(f"seeds/{at:03}.md", text.replace("\0", "").encode("utf-8", "ignore"))
    result = runner("export", "--flavor", "mkdocs")
    assert result.code == 0, result.err

    plain = LexborHTMLParser(site_of_one(tmp_path / "plain").read_text("utf-8"))
    tags = {element.tag for element in plain.css("*")} | {
        "h3",
        "h4",
        "blockquote",
        "pre",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    outside = {url for element in plain.css("*") for url in urls_of(element) if leads_outside(url)}
    for page in build(tmp_path):
        for element in LexborHTMLParser(page.read_text("utf-8")).css("*"):
            assert element.tag in tags, (page, element.html)
            assert not any(name.startswith("on") for name in element.attributes), (page, element.html)
            assert {url for url in urls_of(element) if leads_outside(url)} <= outside, (page, element.html)


def urls_of(element: LexborNode) -> set[str]:
    return {element.attributes.get(name) or "" for name in ("src", "href", "action", "data", "srcset")}


def leads_outside(url: str) -> bool:
    return url.startswith("//") or re.match(r"[A-Za-z][\w+.-]*:", url) is not None


def site_of_one(folder: Path) -> Path:
    """The page of a lesson in which nothing is odd."""
    runner = Runner(folder)
    runner.write(
        "seeds/a.md",
        f"# 揉泥\n\n{THEME}\n\n## 晾\n\n- 晾一晾。\n\n“泥性”也是**泥**的。\n",
    )
    runner("export", "--flavor", "mkdocs")
    return next(page for page in build(folder) if page.parent.name == "揉泥")
