"""What may import what: the table, read from the sources without running them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from architecture.modules import MODULES, PACKAGE, of_each

ROOT = Path(__file__).parents[2]

BELOW_ALL = {"model", "errors", "speech"}
STAGES = ("read", "parse", "assemble", "segment", "analyse", "index", "render", "export")
# part of the package → the parts that it may import besides itself
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli", "lookahead"},
    "lookahead": {"read"},
    "model": {"speech"},
    "errors": {"speech"},
    "speech": set(),
    "workers": set(),
    "forked": set(),
    "config": BELOW_ALL,
    **dict.fromkeys(STAGES, BELOW_ALL),
    "index": {"forked", *BELOW_ALL},
    "workspace": {"__init__", "read", *BELOW_ALL},
    "pipeline": {"workers", *STAGES, *BELOW_ALL},
    "keeping": {"fingerprint", "pipeline", "workspace", "index", *BELOW_ALL},
    "terms": {"config", "render", "export", *BELOW_ALL},
    "studies": {"fingerprint", "keeping", "pipeline", *BELOW_ALL},
    "courses": {"keeping", "pipeline", "assemble", "segment", *BELOW_ALL},
    "refresh": {"__init__", "keeping", "lookahead", "pipeline", "workspace", "read", "index", *BELOW_ALL},
    "lookup": {"refresh", "forked", "pipeline", "workspace", "read", "segment", "index", *BELOW_ALL},
    "threads": {
        "courses",
        "workers",
        "pipeline",
        "lookup",
        "workspace",
        "assemble",
        "segment",
        "analyse",
        "index",
        *BELOW_ALL,
    },
    "fingerprint": {"__init__"},
    "checkup": {
        "__init__",
        "refresh",
        "pipeline",
        "terms",
        "workspace",
        "config",
        "index",
        "export",
        *BELOW_ALL,
    },
    "documents": {"courses", "pipeline", "keeping", "studies", "fingerprint", "export", "render", *BELOW_ALL},
    "volumes": {
        "threads",
        "courses",
        "lookup",
        "pipeline",
        "segment",
        "export",
        "render",
        *BELOW_ALL,
    },
    "pages": {"volumes", "courses", "export", "render", *BELOW_ALL},
    "exports": {"volumes", "keeping", "workspace", "export", *BELOW_ALL},
    "output": {"exports", "pages", "workspace", "export", *BELOW_ALL},
    "lesson_notes": {"exports", "output", "courses", "export", "render", *BELOW_ALL},
    "recall": {
        "exports",
        "output",
        "lesson_notes",
        "courses",
        "fingerprint",
        "pipeline",
        "export",
        *BELOW_ALL,
    },
    "page_notes": {
        "exports",
        "output",
        "lesson_notes",
        "recall",
        "pages",
        "courses",
        "export",
        "render",
        *BELOW_ALL,
    },
    "notes": {
        "exports",
        "output",
        "lesson_notes",
        "recall",
        "page_notes",
        "pipeline",
        "export",
        "render",
        *BELOW_ALL,
    },
    "cli": {
        "exports",
        "notes",
        "documents",
        "__init__",
        "lookahead",
        "pipeline",
        "courses",
        "keeping",
        "studies",
        "terms",
        "refresh",
        "lookup",
        "threads",
        "workspace",
        "config",
        "checkup",
        "render",
        *BELOW_ALL,
    },
}
# dependency → the place that imports it: one, or one to read and one to write
DOORS: dict[str, str | tuple[str, ...]] = {
    "click": "cli/",
    "rich": "render/terminal.py",
    "jieba": "segment/tokenizer.py",
    "rjieba": "segment/tokenizer.py",
    "markdown_it": "parse/block_rules.py",
    "pypdfium2": "read/pdf.py",
    "ruamel": ("parse/front_matter.py", "export/front_matter.py"),
    "regex": "index/grep.py",
    "pypinyin": "segment/sound.py",
    "sqlite3": "index/",
    "multiprocessing": "workers.py",
}
STANDARD = {"sqlite3", "multiprocessing"}  # of these the standard library's
# Slow to load: imported by the function that needs them, or by a module that is.
LAZY = {
    "jieba",
    "rjieba",
    "rich",
    "markdown_it",
    "ruamel",
    "regex",
    "pypinyin",
    "pypdfium2",
    "multiprocessing",
}
LAZILY_IMPORTED = {"render/terminal.py", "parse/block_rules.py"}
# There is no code that opens a connection, and none that starts another program.
FORBIDDEN = {"socket", "ssl", "http", "ftplib", "smtplib", "asyncio", "requests", "subprocess", "webbrowser"}


def imports(tree: ast.AST, *, also_inside: bool = True) -> Iterator[str]:
    """The dotted names that a module imports; `also_inside` functions and `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() if not also_inside:
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) if not also_inside:
                continue
            case _:
                yield from imports(node, also_inside=also_inside)


@cache
def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def part_of(module: str) -> str:
    return module.split("/")[0].removesuffix(".py")


def part_imported(name: str) -> str | None:
    """The part of k8snotes that a dotted name leads to; None for other packages."""
    parts = name.split(".")
    if parts[0] != "k8snotes":
        return None
    is_part = len(parts) > 1 and ((PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").is_file())
    return parts[1] if is_part else "__init__"


def test_the_table_names_every_part() -> None:
    assert {part_of(module) for module in MODULES} == set(MAY_IMPORT)


@of_each()
def test_a_module_imports_only_what_its_part_may(module: str) -> None:
    part = part_of(module)
    used = {part_imported(name) for name in imports(parsed(module))} - {None}

    assert used - MAY_IMPORT[part] - {part} == set()


@of_each()
def test_a_dependency_comes_in_by_its_one_door(module: str) -> None:
    tops = {name.split(".")[0] for name in imports(parsed(module))}
    wrong = [top for top in tops & set(DOORS) if not module.startswith(DOORS[top])]

    assert wrong == []


def test_every_door_is_used() -> None:
    used = {name.split(".")[0] for module in MODULES for name in imports(parsed(module))}

    assert set(DOORS) - used == set()


@of_each()
def test_slow_dependencies_are_imported_where_they_are_used(module: str) -> None:
    if module in LAZILY_IMPORTED:
        return
    tops = {name.split(".")[0] for name in imports(parsed(module), also_inside=False)}

    assert tops & LAZY == set()


@pytest.mark.parametrize("lazy", sorted(LAZILY_IMPORTED))
def test_a_lazily_imported_module_is_imported_at_the_top_of_no_other(lazy: str) -> None:
    dotted = f"k8snotes.{lazy.removesuffix('.py').replace('/', '.')}"
    importers = [
        module
        for module in MODULES
        if any(name.startswith(dotted) for name in imports(parsed(module), also_inside=False))
    ]

    assert importers == []


@of_each()
def test_nothing_can_open_a_connection_or_start_a_program(module: str) -> None:
    names = set(imports(parsed(module)))

    assert {name.split(".")[0] for name in names} & FORBIDDEN == set()
    assert not any(name.startswith("urllib.request") for name in names)


@of_each()
def test_every_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(parsed(module))


@of_each([module for module in MODULES if not module.startswith("cli/")])
def test_only_the_command_line_prints(module: str) -> None:
    calls = [node for node in ast.walk(parsed(module)) if isinstance(node, ast.Call)]

    assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls)


def test_dependencies_and_doors_are_one_list() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["fast"], *extras["pinyin"], *extras["pdf"]]
    names = {dependency.split(">")[0].strip() for dependency in wanted}

    imported = {"markdown-it-py": "markdown_it", "ruamel.yaml": "ruamel"}
    assert {imported.get(name, name) for name in names} == set(DOORS) - STANDARD


@of_each([module for module in MODULES if not module.startswith(("cli/", "parse/shapes/"))])
def test_the_page_on_architecture_says_where_every_module_is(module: str) -> None:
    folder, _, name = module.rpartition("/")
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    rows = [
        row for row in page.split("\n") if row.startswith("| `") and (f"| `{folder}/`" in row or not folder)
    ]

    assert name == "__init__.py" or any(
        f"`{name.removesuffix('.py') if folder else name}`" in row for row in rows
    )
