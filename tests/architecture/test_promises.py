"""What README, docs and pyproject promise is there."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from k8snotes.cli import COMMANDS
from k8snotes.cli.group import cli

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("README*.md")), ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CALL = re.compile(r"(?<![\w./-])k8snotes ([a-z]+)([^`#\n|]*)")


def calls_in(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The calls of the program that a page shows: command and options."""
    text = page.read_text("utf-8")
    shown = "\n".join(
        re.findall(r"```(?:sh|console)?\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    )
    for name, rest in CALL.findall(shown):
        yield name, re.findall(r"(?<!\S)(--?[a-zA-Z][\w-]*)", rest)


def command_called(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


def options_of(name: str) -> set[str]:
    command = command_called(name)
    return {option for param in command.params for option in (*param.opts, *param.secondary_opts)} | {
        "-h",
        "--help",
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_that_a_page_shows_exist(page: Path) -> None:
    for name, options in calls_in(page):
        assert name in COMMANDS, f"{page.name} shows k8snotes {name}"
        assert set(options) <= options_of(name), f"{page.name} shows k8snotes {name} {options}"


def test_the_readme_shows_every_command_that_reads_texts() -> None:
    assert {name for name, _ in calls_in(ROOT / "README.md")} >= set(COMMANDS) - {"config"}


def test_the_readme_is_the_same_in_each_language() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md"))

    def commands(text: str) -> list[str]:
        blocks = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
        return [re.sub(r"\s+#.*", "", line) for line in blocks.splitlines()]

    def links(text: str) -> set[str]:
        return set(re.findall(r"\]\(([^)\s]+)\)", text)) - {"README.md", "README.zh.md"}

    assert commands(english) == commands(chinese)
    assert re.findall("^#+ ", english, re.MULTILINE) == re.findall("^#+ ", chinese, re.MULTILINE)
    assert links(english) == links(chinese)
    assert "(README.zh.md)" in english
    assert "(README.md)" in chinese


def test_files_that_pyproject_names_are_there() -> None:
    project, hatch = PROJECT["project"], PROJECT["tool"]["hatch"]["build"]["targets"]
    named = [project["readme"], *project["license-files"], *hatch["wheel"]["packages"]]
    named += [path.lstrip("/") for path in hatch["sdist"]["include"]]

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_data_files_that_the_code_names_are_there_and_none_is_left_over() -> None:
    folder = ROOT / "src" / "k8snotes" / "segment" / "data"
    code = "\n".join(path.read_text("utf-8") for path in folder.parent.glob("*.py"))
    named = set(re.findall(r'"([a-z_]+\.txt)"', code))

    assert named
    assert {path.name for path in folder.iterdir()} == named | {"NOTICE"}


def test_the_version_has_one_place_and_the_changelog_speaks_of_it() -> None:
    from k8snotes import __version__

    assert "version" in PROJECT["project"]["dynamic"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/k8snotes/__init__.py"
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_entry_point_is_there() -> None:
    module, _, name = PROJECT["project"]["scripts"]["k8snotes"].partition(":")

    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_helps_itself(name: str) -> None:
    command = command_called(name)

    assert command.help
    assert all(param.help for param in command.params if isinstance(param, click.Option))
