"""The index stays true to its files, whatever becomes of them and of it."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.workspaces import asked, dump, fresh, lines, workspace, write
from k8snotes import refresh
from k8snotes.read.listing import State
from k8snotes.refresh import fresh_index, held_index
from k8snotes.workspace import Workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def held(place: Workspace) -> tuple[object, ...]:
    index = fresh(place)
    try:
        return dump(index)
    finally:
        index.close()


def anew(place: Workspace, elsewhere: Path) -> tuple[object, ...]:
    """What an index made of the same texts in another place holds."""
    shutil.copytree(place.seeds, elsewhere / "seeds")
    return held(Workspace(str(elsewhere)))


def database(place: Workspace) -> Path:
    return place.cache / "index.db"


def leftovers(place: Workspace) -> set[str]:
    return {file.name for file in place.cache.iterdir()} - {"index.db", "lock", ".gitignore"}


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text changed": lambda seeds: (seeds / "01 - 浇水.md").write_text(
        "## 土\n\n手指伸进土里。\n", encoding="utf-8"
    ),
    "a text came": lambda seeds: (seeds / "04 - 播种.md").write_text(
        "# 播种\n\n手指深。\n", encoding="utf-8"
    ),
    "a text went": lambda seeds: (seeds / "02 - 打顶.md").unlink(),
    "a text moved": lambda seeds: (seeds / "02 - 打顶.md").rename(seeds / "盆" / "05 - 打顶.md"),
    "a folder went": lambda seeds: shutil.rmtree(seeds / "盆"),
    "a text became unreadable": lambda seeds: (seeds / "02 - 打顶.md").write_bytes(b"\0\1\2\3" * 50),
    "all went": lambda seeds: shutil.rmtree(seeds),
    "nothing": lambda _seeds: None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_index_is_what_a_new_one_would_be(
    place: Workspace, tmp_path_factory: pytest.TempPathFactory, change: str
) -> None:
    held(place)

    CHANGES[change](place.seeds)
    place.seeds.mkdir(exist_ok=True)

    assert held(place) == anew(place, tmp_path_factory.mktemp("anew"))
    assert leftovers(place) == set()


texts = st.sampled_from(["先看土。\n", "再提壶，k8s。\n", "# 打顶\n\n數穗。\n", "StatefulSets\n"])
edits = st.lists(
    st.tuples(st.sampled_from(["a.md", "b.md", "c/d.md", "c/e.txt"]), st.none() | texts), max_size=4
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, min_size=1, max_size=4))
def test_any_history_of_changes_ends_in_the_same_index(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[tuple[str, str | None]]]
) -> None:
    place = Workspace(str(tmp_path_factory.mktemp("place")))
    place.seeds.mkdir()

    for changes in history:
        for name, text in changes:
            if text is None:
                (place.seeds / name).unlink(missing_ok=True)
            else:
                write(place.root, name, text)
        found = held(place)

    assert found == anew(place, tmp_path_factory.mktemp("anew"))


def test_a_change_that_leaves_size_and_time_as_they_were_is_seen(place: Workspace) -> None:
    file = place.seeds / "02 - 打顶.md"
    asked(place, "打顶")
    status = file.stat()

    file.write_text(file.read_text(encoding="utf-8").replace("打顶", "掐尖"), encoding="utf-8", newline="")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert lines(asked(place, "掐尖", limit=1))
    assert all(hit.kind == "title" for hit in asked(place, "打顶").hits)


def test_folders_that_change_places_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their files are as long as each other, and were written at once."""
    place = workspace(tmp_path, {"v1/a.md": "# 水果\n\n苹果\n", "v2/a.md": "# 水果\n\n香蕉\n"})
    whole = refresh.listing

    def at_once(folder: str, *, skip: frozenset[str]) -> list[State]:
        return [(path, size, 1, 1, inode) for path, size, _, _, inode in whole(folder, skip=skip)]

    monkeypatch.setattr(refresh, "listing", at_once)
    assert lines(asked(place, "苹果")) == [("v1/a.md", 3)]

    for old, new in (("v1", "t"), ("v2", "v1"), ("t", "v2")):
        (place.seeds / old).rename(place.seeds / new)

    assert lines(asked(place, "苹果")) == [("v2/a.md", 3)]


def test_a_change_within_one_tick_of_the_clock_is_seen(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a file system that notes whole seconds: the state stays what it was."""
    whole, now = refresh.listing, time.time_ns()

    def coarse(folder: str, *, skip: frozenset[str]) -> list[State]:
        return [(path, size, now, now, inode) for path, size, _, _, inode in whole(folder, skip=skip)]

    monkeypatch.setattr(refresh, "listing", coarse)
    asked(place, "打顶")

    file = place.seeds / "02 - 打顶.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("再打顶", "再掐尖"), encoding="utf-8", newline=""
    )

    assert [hit for hit in asked(place, "掐尖").hits if hit.kind == "body"]


def test_an_unchanged_workspace_is_not_written_to(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "TICK", -(10**12))  # all files count as old
    held(place)
    before = database(place).stat()

    held(place)

    assert database(place).stat() == before
    index = held_index(place)
    assert index is not None
    index.close()


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    file.write_bytes(content)


def swap(file: Path) -> None:
    file.unlink()
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE a (b)")
    database.close()


def age(file: Path) -> None:
    database = sqlite3.connect(file)
    database.execute("UPDATE facts SET value = 'old' WHERE name = 'fingerprint'")
    database.commit()
    database.close()


def block(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut short": lambda file: os.truncate(file, file.stat().st_size // 2),
    "empty": lambda file: file.write_bytes(b""),
    "no database": lambda file: file.write_bytes(b"once upon a time " * 1000),
    "another database": swap,
    "a bit flipped": flip,
    "a folder": block,
    "gone": Path.unlink,
    "of another version": age,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew_without_a_word(
    place: Workspace, damage: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = held(place)

    DAMAGES[damage](database(place))

    assert held(place) == before
    assert leftovers(place) == set()
    assert capfd.readouterr() == ("", "")


def test_random_damage_never_gives_another_answer(place: Workspace) -> None:
    random.seed(4)
    before = asked(place, "看土浇水 k8s")
    for _ in range(30):
        content = bytearray(database(place).read_bytes())
        for _ in range(random.randint(1, 20)):
            content[random.randrange(len(content))] = random.randrange(256)
        database(place).write_bytes(content[: random.choice([len(content), random.randrange(len(content))])])

        assert asked(place, "看土浇水 k8s") == before


def test_a_lock_that_is_no_lock_stops_nothing(place: Workspace) -> None:
    place.cache.mkdir()
    (place.cache / "lock").write_text("not a database, but long enough to be taken for one\n" * 50)

    assert lines(asked(place, "看土"))


def test_a_lock_that_cannot_be_opened_stops_nothing(place: Workspace) -> None:
    (place.cache / "lock").mkdir(parents=True)

    assert lines(asked(place, "打顶"))
    assert refresh.condition_of(place).state == "missing"


def test_an_update_does_not_wait_for_one_who_reads_on(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "PATIENCE", 0.1)
    reading = fresh(place)
    reading.store.counts()  # in a transaction, as a grep of which the output is read slowly
    write(place.root, "04 - 新.md", "新来的一讲。\n")

    began = time.monotonic()
    found = lines(asked(place, "新来"))

    assert found == [("04 - 新.md", 1)]
    assert time.monotonic() - began < 20
    assert not lines(asked(place, "没有的"))
    reading.close()


def test_where_nothing_can_be_written_the_index_is_in_memory(place: Workspace) -> None:
    place.cache.write_text("a file where the folder should be")

    assert lines(asked(place, "看土"))
    assert place.cache.is_file()


SEARCH = "import sys; from k8snotes.__main__ import main; main()"


def spawned(place: Workspace, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SEARCH, *arguments],
        cwd=place.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_processes_at_once_give_one_answer(tmp_path: Path) -> None:
    place = workspace(
        tmp_path, {f"{number}.md": f"# 第{number}讲\n\n先看土，再提壶 {number}。\n" for number in range(60)}
    )

    processes = [spawned(place, "search", "看土", "--jsonl", "--limit", "100") for _ in range(4)]
    answers = {process.communicate(timeout=120) for process in processes}

    assert len(answers) == 1
    [(out, err)] = answers
    assert (out.count(b"\n"), err) == (60, b"")
    assert leftovers(place) == set()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_build_killed_at_any_moment_does_no_harm(tmp_path: Path) -> None:
    place = workspace(
        tmp_path,
        {f"{number}.md": f"# 第{number}讲\n\n先看土，再提壶 {number}。\n" * 30 for number in range(60)},
    )
    wanted = asked(
        workspace(
            tmp_path / "other", {f"{n}.md": (place.seeds / f"{n}.md").read_text("utf-8") for n in range(60)}
        ),
        "提壶 7",
        limit=5,
    )
    moments = random.Random(9)
    for round_ in range(6):
        process = spawned(place, "index", *(["--rebuild"] if round_ % 2 else []))
        time.sleep(moments.uniform(0.05, 0.6))
        process.send_signal(moments.choice([signal.SIGKILL, signal.SIGINT]))
        _, err = process.communicate(timeout=60)
        assert b" in main\n" not in err  # before that the interpreter was still starting
        write(tmp_path, "0.md", f"# 第0讲\n\n先看土，再提壶 {round_}。\n")

    write(tmp_path, "0.md", (tmp_path / "other/seeds/0.md").read_text("utf-8"))
    assert asked(place, "提壶 7", limit=5) == wanted
    assert leftovers(place) == set()


def test_an_interrupted_build_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = workspace(tmp_path, {f"{number}.md": f"# 第{number}讲\n\n先看土。\n" for number in range(9)})
    read: list[str] = []
    whole = refresh._read

    def interrupted(*arguments):  # type: ignore[no-untyped-def]
        for result in whole(*arguments):
            read.append(result[0].path.name)
            yield result
            if len(read) == 5:
                raise KeyboardInterrupt

    monkeypatch.setattr(refresh, "_read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fresh(place)
    first, read[:] = set(read), ["", "", "", "", ""]
    index = fresh(place)
    index.close()

    assert len(first) == 5
    assert first.isdisjoint(read[5:])
    assert len(lines(asked(place, "看土"))) == 9


def test_answers_do_not_depend_on_what_was_there_before(place: Workspace) -> None:
    before = asked(place, "看土 打顶 k8s")
    text = (place.seeds / "01 - 浇水.md").read_text(encoding="utf-8")

    write(place.root, "01 - 浇水.md", "看土打顶。\n" * 9)
    asked(place, "看土")
    write(place.root, "01 - 浇水.md", text)

    assert asked(place, "看土 打顶 k8s") == before


def test_lessons_that_score_the_same_keep_their_order(tmp_path: Path) -> None:
    texts = {f"{number}.md": "先看土，再提壶。\n" for number in range(4)}
    place = workspace(tmp_path, texts)
    before = lines(asked(place, "看土"))

    write(tmp_path, "0.md", "别的。\n")
    asked(place, "看土")
    write(tmp_path, "0.md", texts["0.md"])

    assert lines(asked(place, "看土")) == before


@pytest.mark.skipif(os.name != "posix", reason="limits")
def test_where_there_is_no_room_the_index_is_in_memory(place: Workspace) -> None:
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); {SEARCH}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "search", "看土", "--jsonl"],
        cwd=place.root,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout
    assert leftovers(place) == set()


def test_many_changes_make_the_index_anew_rather_than_waste_it(tmp_path: Path) -> None:
    place = workspace(tmp_path, {f"{number}.md": f"# 第{number}讲\n\n先看土。\n" for number in range(10)})
    fresh(place).close()
    for round_ in range(8):
        for number in range(3):
            write(tmp_path, f"{number}.md", f"# 第{number}讲\n\n先看土 {round_}。\n")
        index = fresh(place)
        assert index.store.waste() <= refresh.MOST_WASTE
        index.close()


def test_what_cannot_be_read_is_told_each_time(place: Workspace) -> None:
    write(place.root, "空.md", "")

    for _ in range(2):
        index = fresh(place)
        assert [(path, str(error).split(";")[0]) for path, error in index.failures] == [
            ("空.md", "seeds/空.md: empty")
        ]
        index.close()


def test_a_rebuild_on_demand_gives_the_same(place: Workspace) -> None:
    before = held(place)
    index = fresh_index(place, rebuild=True, progress=lambda _done, _total: None)

    assert dump(index) == before
    index.close()


def test_a_title_of_several_lines_does_no_harm_to_an_index_that_is_updated(
    place: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = '---\ntitle: "堆肥\\n翻堆"\n---\n\n秋天堆肥。\n\n两行\n标题\n===\n\n春天翻堆。\n'
    (place.seeds / "05.md").write_text(text, "utf-8")
    held(place)
    (place.seeds / "06.md").write_text("# 翻堆\n\n翻堆要趁早。\n", "utf-8")

    assert held(place) == anew(place, tmp_path_factory.mktemp("elsewhere"))
