"""Search and grep begin before they know whether texts changed, and answer as if they had waited."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.runner import Runner
from k8snotes import refresh
from k8snotes.index.store import Store

CALLS = (
    ["search", "打顶"],
    ["search", "打顶", "--json"],
    ["search", "轮作 间作"],
    ["grep", "打顶"],
    ["grep", "-E", "打.", "--json"],
    ["grep", "-c", "轮作"],
)


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A workspace with an index in which nothing is in doubt."""
    monkeypatch.setattr(refresh, "TICK", 0)
    k8snotes = Runner(tmp_path)
    k8snotes.write("seeds/01 - 打顶.md", "# 打顶\n\n打顶就是掐掉主茎的顶芽。\n")
    k8snotes.write("seeds/02 - 轮作.md", "# 轮作\n\n轮作是换着种，打顶是另一回事。\n")
    k8snotes("search", "打顶")
    return k8snotes


def add(folder: Path) -> None:
    (folder / "03 - 间作.md").write_text("# 间作\n\n间作与打顶不相干。\n", "utf-8")


def change(folder: Path) -> None:
    (folder / "01 - 打顶.md").write_text("# 打顶\n\n打顶要趁早，也要趁晴天。\n", "utf-8")


def remove(folder: Path) -> None:
    (folder / "01 - 打顶.md").unlink()


def spoil(folder: Path) -> None:
    (folder / "01 - 打顶.md").write_bytes(bytes(range(256)) * 9)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
@pytest.mark.parametrize("happens", [add, change, remove, spoil])
def test_after_a_change_the_answer_is_that_of_a_new_index(
    garden: Runner, call: list[str], happens: Callable[[Path], None]
) -> None:
    before = garden(*call)
    happens(garden.folder / "seeds")

    after = garden(*call)

    shutil.rmtree(garden.folder / ".k8snotes")
    assert after == garden(*call)
    assert after != before or "打顶" not in call


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_with_a_text_that_cannot_be_read_it_is_looked_up_ahead_all_the_same(
    garden: Runner, call: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(garden.folder / "seeds")
    said = garden(*call)
    done: list[str] = []
    monkeypatch.setattr(refresh, "listing", _noting(done, "looked at the files", refresh.listing))
    monkeypatch.setattr(Store, "texts", _noting(done, "looked it up", Store.texts))
    monkeypatch.setattr(Store, "pages", _noting(done, "looked it up", Store.pages))

    assert garden(*call) == said
    assert "01 - 打顶.md" in said.err
    assert done.index("looked it up") < done.index("looked at the files")


def _noting(done: list[str], what: str, function: Callable[..., object]) -> Callable[..., object]:
    def noting(*args: object, **options: object) -> object:
        done.append(what)
        return function(*args, **options)

    return noting


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_without_a_change_the_files_are_looked_at_once(
    garden: Runner, call: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    whole = refresh.listing

    def counted(folder: str, *, skip: frozenset[str]) -> object:
        looks.append(folder)
        return whole(folder, skip=skip)

    monkeypatch.setattr(refresh, "listing", counted)
    garden(*call)

    assert len(looks) == 1
