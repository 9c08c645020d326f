"""The pages of the commands say what `--help` says, and their links lead somewhere."""

import importlib.util
from pathlib import Path

import pytest

from k8snotes.cli import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "commands"


def made_pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location(
        "make_command_pages", ROOT / "tools" / "make_command_pages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    pages: dict[str, str] = tool.made_pages()
    return pages


def test_each_page_is_as_its_help_has_it_now() -> None:
    stale = [name for name, page in made_pages().items() if (PAGES / name).read_text("utf-8") != page]

    assert stale == [], "renew them with tools/make_command_pages.py"


def test_there_is_a_page_for_each_command_and_no_other() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_says_more_than_the_help(name: str) -> None:
    by_hand = (PAGES / f"{name}.md").read_text("utf-8").partition("<!-- /help -->")[2]

    assert len(by_hand.split()) > 20
