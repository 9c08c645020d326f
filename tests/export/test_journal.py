"""The journal of exports: which is the last, and what a run that is killed leaves of it."""

from pathlib import Path

import pytest

from k8snotes.errors import NotWritable
from k8snotes.export.journal import Journal
from k8snotes.export.writer import Folder
from k8snotes.model.note import Change


def change(after: str) -> Change:
    return Change("a.md", None, after.encode())


def test_a_clock_that_was_put_back_does_not_change_which_export_is_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    times = iter((5_000, 4_000, 3_000))
    monkeypatch.setattr("time.time_ns", lambda: next(times))

    written = [journal.write([change(str(number))]) for number in range(3)]

    assert journal.last() == written[-1]
    assert written == sorted(written)


def test_a_journal_that_is_half_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: int) -> None:
        raise KeyboardInterrupt

    journal = Journal(tmp_path)
    monkeypatch.setattr("os.fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        journal.write([change("neu")])
    monkeypatch.undo()
    (tmp_path / "journal" / "building").write_text(
        '{"path"', encoding="utf-8"
    )  # where not even that was cleared

    assert journal.last() is None
    assert journal.write([change("neu")]) == journal.last()


def test_choices_that_cannot_be_read_are_none_to_put_back(tmp_path: Path) -> None:
    room, notes = tmp_path / "room", tmp_path / "notes"
    room.mkdir()
    notes.mkdir()
    (room / "style.json").write_bytes(b"{\xff")

    journal = Journal(room)
    written = journal.write([change("neu")])
    (notes / "a.md").write_bytes(b"neu")
    (room / "style.json").write_text("{}", encoding="utf-8")
    undone = list(journal.undo(written, Folder(notes)))

    assert [(file.path, file.outcome) for file in undone] == [("a.md", "removed")]
    assert not (room / "style.json").exists()


@pytest.mark.parametrize("style", ["7", "[]", "{}", r'"\ud800"'])
def test_a_journal_with_choices_that_are_none_undoes_nothing(tmp_path: Path, style: str) -> None:
    room, notes = tmp_path / "room", tmp_path / "notes"
    notes.mkdir()
    written = Journal(room).write([change("neu")])
    written.write_text(
        written.read_text("utf-8").replace('{"style.json": null}', f'{{"style.json": {style}}}'),
        encoding="utf-8",
    )
    (notes / "a.md").write_bytes(b"neu")

    with pytest.raises(NotWritable, match="cannot be read"):
        list(Journal(room).undo(written, Folder(notes)))

    assert (notes / "a.md").read_bytes() == b"neu"
