"""An index that is damaged: whatever lies there, the answers are those of the texts."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from cli.runner import Result, Runner
from faults.scenes import make_workspace
from k8snotes.index import store as stores
from k8snotes.index.store import LAYOUT, BrokenIndex
from k8snotes.workspace import made_by

CALLS = (("search", "土 水"), ("grep", "-c", "土"), ("theme", "看土"))


@pytest.fixture
def indexed(k8snotes: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    write_lessons(k8snotes)
    monkeypatch.setattr("k8snotes.refresh.TICK", 0)
    k8snotes("index")
    return k8snotes


def write_lessons(k8snotes: Runner) -> None:
    for number in range(1, 9):
        k8snotes.write(
            f"seeds/{number}.md", f"# {number:02} | 第{number}课 看土\n\n" + "先看土，再浇水。看土。\n\n" * 40
        )


def index_of(k8snotes: Runner) -> Path:
    return k8snotes.folder / ".k8snotes" / "index.db"


def damage_in_place(index: Path, change: Callable[[bytearray], None]) -> None:
    """Changes bytes and nothing else, not even the times: what a bad disk does."""
    status, content = index.stat(), bytearray(index.read_bytes())
    change(content)
    with index.open("r+b") as file:
        file.truncate(0)
        file.write(content)
    os.utime(index, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("seed", range(12))
def test_damage_that_nothing_shows_costs_no_more_than_another_index(indexed: Runner, seed: int) -> None:
    def blank(content: bytearray) -> None:
        chance = random.Random(seed)
        for _ in range(3):
            at = chance.randrange(len(content))
            content[at : at + 4096] = bytes(len(content[at : at + 4096]))

    wanted = [indexed(*call) for call in CALLS]

    for call, result in zip(CALLS, wanted, strict=True):
        damage_in_place(index_of(indexed), blank)
        again = indexed(*call)
        if again.code == 4:  # half of the answer was out
            assert again.err.endswith("run the command again, which makes it anew\n")
            again = indexed(*call)
        assert again == result


def foreign(index: Path) -> None:
    index.unlink()
    with sqlite3.connect(index) as database:
        database.execute("CREATE TABLE facts (name TEXT, value)")
    database.close()


LYING_THERE: dict[str, Callable[[Path], object]] = {
    "half of it": lambda index: index.write_bytes(index.read_bytes()[: index.stat().st_size // 2]),
    "no bytes": lambda index: index.write_bytes(b""),
    "random bytes": lambda index: index.write_bytes(random.Random(1).randbytes(9999)),
    "a text": lambda index: index.write_text("no database"),
    "a foreign database": foreign,
    "a folder": lambda index: (index.unlink(), index.mkdir(), (index / "x").write_text("x")),
    "nothing": lambda index: index.unlink(),
}


ALL_CALLS = (*CALLS, ("themes",), ("summarize",))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """What the texts say where nothing was damaged."""
    whole = Runner(tmp_path_factory.mktemp("whole"))
    write_lessons(whole)
    return [whole(*call) for call in ALL_CALLS]


@pytest.mark.parametrize("lies_there", LYING_THERE)
@pytest.mark.parametrize("name", ["index.db", "findings.db", "lock", "index.building"])
def test_whatever_lies_in_the_cache_the_answer_is_the_same(
    indexed: Runner, answers: list[Result], name: str, lies_there: str
) -> None:
    indexed("themes")  # which keeps what it found
    place = index_of(indexed).with_name(name)
    if not place.exists():
        place.write_bytes(b"x" * 99)

    LYING_THERE[lies_there](place)

    assert [indexed(*call) for call in ALL_CALLS] == answers


def test_an_index_of_another_layout_is_made_anew(indexed: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = indexed(*CALLS[0])
    monkeypatch.setattr("k8snotes.refresh.LAYOUT", LAYOUT + 1)

    assert indexed(*CALLS[0]) == wanted


def test_an_index_that_is_cut_short_under_its_reader_is_an_error_and_no_signal(indexed: Runner) -> None:
    index = index_of(indexed)
    store = stores.open_any(index, made_by(LAYOUT))
    with index.open("r+b") as file:
        file.truncate(4096)

    with pytest.raises(BrokenIndex):
        list(store.texts(range(9)))
    store.close()


def test_a_bug_is_no_damage(indexed: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("k8snotes.cli.search.search_library", broken)

    with pytest.raises(ZeroDivisionError):
        indexed("search", "土")


def test_where_no_cache_can_be_kept_an_export_is_the_same(k8snotes: Runner, tmp_path: Path) -> None:
    make_workspace(k8snotes.folder, lessons=6)
    assert k8snotes("export", "-o", "kept").code == 0
    shutil.rmtree(tmp_path / ".k8snotes")
    k8snotes.write(".k8snotes", "in the way of the index")
    pages = {
        path.relative_to(tmp_path / "kept"): path.read_bytes() for path in (tmp_path / "kept").rglob("*.md")
    }

    with mock.patch("k8snotes.exports.CACHE", ".elsewhere"):
        assert k8snotes("export", "-o", "bare").code == 0

    bare = tmp_path / "bare"
    assert {path.relative_to(bare): path.read_bytes() for path in bare.rglob("*.md")} == pages
    assert any("themes" in path.parts for path in pages)
