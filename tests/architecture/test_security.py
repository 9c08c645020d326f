"""What docs/security.md promises: nothing is evaluated, nothing connected to, licences are permissive."""

import ast
import re
import socket
import tomllib
from importlib import metadata

import pytest

from architecture.modules import of_each
from architecture.test_layers import ROOT, imports, parsed

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
RUNS_WHAT_IT_IS_GIVEN = {"pickle", "marshal", "shelve", "dill", "cPickle", "code", "codeop"}
BUILTINS = {"eval", "exec", "compile", "__import__"}
OF_OS = {
    "system",
    "popen",
    "posix_spawn",
    "startfile",
    "spawnv",
    "spawnl",
    "execv",
    "execve",
    "execl",
    "execvp",
}
BEGINS_ANEW = {"__main__.py": {"execv"}}  # itself, in UTF-8
RESTRICTIVE = re.compile(r"(?<![A-Z])A?GPL|GNU (AFFERO )?GENERAL PUBLIC", re.IGNORECASE)


def calls_in(module: str) -> list[ast.Call]:
    return [node for node in ast.walk(parsed(module)) if isinstance(node, ast.Call)]


@of_each()
def test_nothing_is_evaluated_or_unpickled(module: str) -> None:
    assert {name.split(".")[0] for name in imports(parsed(module))} & RUNS_WHAT_IT_IS_GIVEN == set()
    called = {call.func.id for call in calls_in(module) if isinstance(call.func, ast.Name)}
    assert called & BUILTINS == set()


@of_each()
def test_no_program_is_started_but_this_one(module: str) -> None:
    called = {
        call.func.attr
        for call in calls_in(module)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "os"
    }

    assert called & OF_OS <= BEGINS_ANEW.get(module, set())


@of_each()
def test_yaml_makes_plain_values_only(module: str) -> None:
    for call in calls_in(module):
        if isinstance(call.func, ast.Name) and call.func.id == "YAML":
            said = {word.arg: getattr(word.value, "value", None) for word in call.keywords}
            assert said.get("typ", "safe") == "safe"
            assert said.get("pure") is True


def test_a_test_that_would_connect_fails() -> None:
    with pytest.raises(RuntimeError, match="no test may open a connection"):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(RuntimeError, match="no test may open a connection"):
        socket.getaddrinfo("example.org", 80)


def test_the_tests_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"tests/[\w/]+\.py", PAGE))

    assert len(named) > 15
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_the_limits_that_the_page_names_are_those_of_the_program() -> None:
    from k8snotes import workers
    from k8snotes.index import grep
    from k8snotes.parse import front_matter, html
    from k8snotes.read import epub, files

    table = PAGE[PAGE.index("## Limits") :]
    for limit in (
        f"{files.LARGEST_TEXT // 10**6} MB, a million lines",
        f"{files.LARGEST_DOCUMENT // 10**6} MB",
        f"{epub.LARGEST_ENTRY // 10**6} MB",
        f"{epub.LARGEST_BOOK // 10**6} MB",
        f"{front_matter.LONGEST} lines, {front_matter.LARGEST:,} characters",
        f"{html.DEEPEST} levels",
        f"{grep.LONGEST_SEARCH:.0f} seconds a text",
        f"| processes | {workers.MOST} |",
    ):
        assert limit in table
    assert files.MOST_LINES == 10**6


def needed(names: list[str]) -> set[str]:
    """Packages with all that they need in turn, extras left out."""
    found: set[str] = set()
    while names:
        name = re.split(r"[\s<>=!~;\[(]", names.pop())[0]
        if name.lower() in found:
            continue
        found.add(name.lower())
        names += [
            more
            for more in metadata.requires(name) or []
            if "extra ==" not in more and "python_version <" not in more
        ]
    return found


def test_what_is_needed_is_licensed_permissively() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = needed(list(project["dependencies"]))

    assert {"click", "rich", "mdurl"} <= packages
    for package in packages:
        said = metadata.metadata(package)
        licence = [said.get("License-Expression"), (said.get("License") or "")[:200]]
        licence += [line for line in said.get_all("Classifier") or [] if line.startswith("License")]
        assert any(licence), f"{package} names no licence"
        assert not RESTRICTIVE.search(" ".join(filter(None, licence))), f"{package}: {licence}"
