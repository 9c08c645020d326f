"""Writes what `--help` says into the pages of the commands, `docs/commands/`, and the table of them.

    .venv/bin/python tools/make_command_pages.py

The rest of a page is written by hand and stays. `tests/docs/test_command_pages.py` fails when it is stale.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

PAGES = Path(__file__).parents[1] / "docs" / "commands"
sys.path.insert(0, str(PAGES.parents[1] / "src"))

from click import Context  # noqa: E402

from k8snotes.cli import COMMANDS  # noqa: E402
from k8snotes.cli.group import cli  # noqa: E402

WIDTH = 100  # characters of a line of help
INDEX = "README.md"


def made_pages() -> dict[str, str]:
    """What each page of the folder should say, by its name; a new one has the help alone."""
    pages = {f"{name}.md": _page(name) for name in COMMANDS}
    return {**pages, INDEX: _renewed(_written(INDEX), "commands", _table(COMMANDS))}


def _page(name: str) -> str:
    return _renewed(
        _written(f"{name}.md") or f"# {name}\n\n<!-- help -->\n<!-- /help -->\n", "help", _help(name)
    )


def _help(name: str) -> str:
    with Context(cli, info_name="k8snotes", **cli.context_settings) as group:
        command = cli.get_command(group, name)
        assert command is not None
        with Context(
            command, group, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH
        ) as context:
            return f"```text\n{command.get_help(context).strip()}\n```"


def _table(commands: Mapping[str, str]) -> str:
    rows = (f"| [{name}]({name}.md) | {said} |" for name, said in commands.items())
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def _written(name: str) -> str:
    page = PAGES / name
    return page.read_text("utf-8") if page.exists() else ""


def _renewed(page: str, part: str, content: str) -> str:
    """The page with new content between the marks of a part."""
    marks = f"<!-- {part} -->", f"<!-- /{part} -->"
    pattern = re.compile(rf"{re.escape(marks[0])}\n.*?{re.escape(marks[1])}", re.DOTALL)
    return pattern.sub(lambda _: f"{marks[0]}\n{content}\n{marks[1]}", page, count=1)


def main() -> None:
    for name, content in made_pages().items():
        (PAGES / name).write_text(content, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
