"""Which note is whose, whatever was exported before."""

from pathlib import Path

import pytest

from k8snotes.cli.calls import invoke
from k8snotes.cli.process import run


@pytest.fixture
def twins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two lessons of one title."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "k8snotes.toml").write_text("pages = false\n")
    for name, said in (("a", "水塔越高，水压就越大。"), ("b", "水泵停电，水塔不停。")):
        file = tmp_path / "seeds" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# 水从哪里来\n\n{said}\n", encoding="utf-8")
    return tmp_path


def notes_by_text(workspace: Path) -> dict[str, str]:
    """Which lesson's words each note holds, under 我的笔记 too."""
    return {
        note.name: " ".join(word for word in ("越高", "停电", "我的话") if word in note.read_text("utf-8"))
        for note in (workspace / "notes").glob("*.md")
    }


def test_a_lesson_exported_alone_never_lands_in_anothers_note(twins: Path) -> None:
    assert run(invoke, ["export", "-q"]) == 0
    for note in (twins / "notes").glob("*.md"):
        note.write_text(note.read_text("utf-8") + "我的话\n", encoding="utf-8")
    before = notes_by_text(twins)

    assert run(invoke, ["export", "-q", "seeds/b.md"]) == 0

    assert notes_by_text(twins) == before
    assert sorted(before.values()) == ["停电 我的话", "越高 我的话"]


def test_a_text_that_moved_keeps_its_note(twins: Path) -> None:
    (twins / "seeds/b.md").unlink()
    assert run(invoke, ["export", "-q"]) == 0

    (twins / "seeds/a.md").rename(twins / "seeds/c.md")
    assert run(invoke, ["export", "-q"]) == 0

    assert list(notes_by_text(twins).values()) == ["越高"]
