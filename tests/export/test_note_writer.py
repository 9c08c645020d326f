"""What becomes of a note on disk: the reader's words stay, the rest is whole or as it was."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from k8snotes.errors import NotWritable
from k8snotes.export.regions import fresh_parts, hash_of, recorded_hash, split
from k8snotes.export.writer import write_note
from k8snotes.model.note import Note, Written

OLD = Note(fields='title: "循环"\n', body="# 循环\n\n旧的要点。\n")
NEW = Note(fields='title: "循环"\n', body="# 循环\n\n新的要点。\n")


def export(target: Path, note: Note, *, dry_run: bool = False) -> Written:
    return write_note(target, note, dry_run=dry_run)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "notes" / "循环.md"


@pytest.fixture
def written(target: Path) -> Path:
    """A note of the first export."""
    export(target, OLD)
    return target


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_bytes().decode()
    assert old in content
    path.write_bytes(content.replace(old, new, 1).encode())


def test_a_new_note_is_written_with_a_section_for_the_reader(target: Path) -> None:
    assert export(target, OLD).outcome == "written"
    assert target.read_text("utf-8").endswith("旧的要点。\n\n## 我的笔记\n\n")
    assert names_in(target.parent) == ["循环.md"]


def test_a_second_export_touches_nothing(written: Path) -> None:
    os.utime(written, (1, 1))
    content = written.read_bytes()

    assert export(written, OLD).outcome == "unchanged"
    assert (written.read_bytes(), written.stat().st_mtime) == (content, 1)


def test_newer_text_renews_the_programs_part(written: Path) -> None:
    assert export(written, NEW).outcome == "updated"
    assert written.read_text("utf-8") == fresh_parts(NEW).text


def test_what_the_reader_wrote_below_the_heading_stays(written: Path) -> None:
    edit(written, "## 我的笔记\n\n", "## 我的笔记\n\n记住这一条。\n")

    assert export(written, NEW).outcome == "updated"
    assert written.read_text("utf-8") == fresh_parts(NEW).text + "记住这一条。\n"


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["## 我的笔记", "---", 'k8snotes: "0123456789abcdef"', "\r\n", "\n", "字", "\ufeff"]
            )
        ).map("".join),
    )
)
def test_the_readers_section_stays_to_the_byte_whatever_it_holds(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    target = tmp_path_factory.mktemp("notes") / "循环.md"
    export(target, OLD)
    reader = f"## 我的笔记\n{words}".encode("utf-8", "replace")
    target.write_bytes(target.read_bytes().split("## 我的笔记".encode())[0] + reader)

    assert export(target, NEW).outcome == "updated"
    assert target.read_bytes() == fresh_parts(NEW).machine.encode() + reader
    assert export(target, NEW).outcome == "unchanged"


def test_a_note_changed_above_the_heading_is_kept_and_the_new_text_put_beside(written: Path) -> None:
    edit(written, "旧的要点", "我改过的要点")
    content = written.read_bytes()

    result = export(written, NEW)

    assert (result.outcome, result.beside) == ("conflict", written.with_name("循环.new.md"))
    assert written.read_bytes() == content
    assert written.with_name("循环.new.md").read_text("utf-8") == fresh_parts(NEW).text


def test_a_changed_note_whose_source_has_nothing_new_is_no_conflict(written: Path) -> None:
    edit(written, "旧的要点", "我改过的要点")

    assert export(written, OLD).outcome == "unchanged"
    assert names_in(written.parent) == ["循环.md"]


def test_a_conflict_that_stands_is_told_again_and_nothing_is_written(written: Path) -> None:
    edit(written, "旧的要点", "我改过的要点")
    beside = export(written, NEW).beside
    assert beside is not None
    os.utime(beside, (1, 1))

    assert export(written, NEW).outcome == "conflict"
    assert beside.stat().st_mtime == 1


def test_text_beside_a_note_is_renewed_while_nobody_touched_it(written: Path) -> None:
    edit(written, "旧的要点", "我改过的要点")
    export(written, NEW)
    newest = Note(fields=NEW.fields, body="# 循环\n\n最新的要点。\n")

    assert export(written, newest).beside == written.with_name("循环.new.md")
    assert written.with_name("循环.new.md").read_text("utf-8") == fresh_parts(newest).text


@pytest.mark.parametrize("words", ["我改过的要点", "新的要点。\n\n## 我的笔记\n\n合并到一半"])
def test_text_beside_a_note_is_kept_once_the_reader_wrote_in_it(written: Path, words: str) -> None:
    edit(written, "旧的要点", "我改过的要点")
    first = export(written, NEW).beside
    assert first is not None
    edit(first, "新的要点", words)
    content = first.read_bytes()

    second = export(written, Note(fields=NEW.fields, body="# 循环\n\n最新。\n")).beside

    assert second == written.with_name("循环.new-2.md")
    assert first.read_bytes() == content


def test_a_note_whose_reader_heading_is_gone_gets_it_back(written: Path) -> None:
    edit(written, "## 我的笔记\n\n", "")

    assert export(written, NEW).outcome == "updated"
    assert written.read_text("utf-8") == fresh_parts(NEW).text


def test_words_under_a_renamed_heading_are_a_conflict_and_stay(written: Path) -> None:
    edit(written, "## 我的笔记\n\n", "## 感想\n\n记住这一条。\n")

    assert export(written, NEW).outcome == "conflict"
    assert "记住这一条。" in written.read_text("utf-8")


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_ends_are_no_change_and_are_kept(written: Path, ends: str) -> None:
    content = written.read_text("utf-8") + "我的话\n"
    written.write_bytes(content.replace("\n", ends).encode())

    assert export(written, OLD).outcome == "unchanged"
    assert export(written, NEW).outcome == "updated"
    assert written.read_bytes() == (fresh_parts(NEW).text + "我的话\n").replace("\n", ends).encode()
    assert export(written, NEW).outcome == "unchanged"


def test_a_byte_order_mark_is_no_change(written: Path) -> None:
    written.write_bytes(b"\xef\xbb\xbf" + written.read_bytes())

    assert export(written, OLD).outcome == "unchanged"
    assert export(written, NEW).outcome == "updated"


def test_a_hash_that_lost_its_quotes_to_an_editor_is_still_the_hash(written: Path) -> None:
    seal = recorded_hash(written.read_text("utf-8"))
    edit(written, f'"{seal}"', f"{seal}")

    assert export(written, OLD).outcome == "unchanged"
    assert export(written, NEW).outcome == "updated"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "我自己的笔记\n",
        "## 我的笔记\n\n只有我的话\n",
        '---\nk8snotes: "0123456789abcdef"\n---\n我的\n',
        "---\n",
    ],
)
def test_a_file_that_we_did_not_write_is_never_overwritten(target: Path, content: str) -> None:
    target.parent.mkdir()
    target.write_text(content, "utf-8")

    assert export(target, NEW).outcome == "conflict"
    assert target.read_text("utf-8") == content


def test_a_file_in_another_encoding_is_never_overwritten(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes("我的笔记".encode("gb18030"))

    with pytest.raises(NotWritable, match="cannot be read"):
        export(target, NEW)
    assert target.read_bytes() == "我的笔记".encode("gb18030")


def test_a_body_that_holds_a_hash_line_does_not_break_the_seal(target: Path) -> None:
    hostile = Note(fields='title: "a"\n', body='k8snotes: "0123456789abcdef"\n\n正文\n')
    export(target, hostile)

    assert export(target, hostile).outcome == "unchanged"
    assert export(target, NEW).outcome == "updated"


def test_a_folder_in_the_place_of_a_note_is_named(target: Path) -> None:
    target.mkdir(parents=True)

    with pytest.raises(NotWritable, match="循环"):
        export(target, NEW)


def test_a_file_in_the_place_of_the_folder_is_named(target: Path) -> None:
    target.parent.write_text("不是文件夹", "utf-8")

    with pytest.raises(NotWritable, match="循环"):
        export(target, NEW)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(written: Path) -> None:
    written.parent.chmod(0o500)
    try:
        with pytest.raises(NotWritable, match="permissions"):
            export(written, NEW)
    finally:
        written.parent.chmod(0o700)
    assert written.read_text("utf-8") == fresh_parts(OLD).text


@pytest.mark.parametrize("existing", [None, OLD], ids=["new", "old"])
def test_a_dry_run_writes_nothing_and_says_what_would_happen(target: Path, existing: Note | None) -> None:
    if existing:
        export(target, existing)
    before = target.read_bytes() if existing else None

    outcome = export(target, NEW, dry_run=True).outcome

    assert outcome == ("updated" if existing else "written")
    assert (target.read_bytes() if existing else None) == before
    assert target.parent.exists() == (existing is not None)


def test_a_dry_run_of_a_conflict_puts_nothing_beside(written: Path) -> None:
    edit(written, "旧的要点", "我改过的要点")

    assert export(written, NEW, dry_run=True).outcome == "conflict"
    assert names_in(written.parent) == ["循环.md"]


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "ctrl-c"]
)
def test_a_failure_leaves_the_old_note_and_no_other_file(
    written: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises((NotWritable, KeyboardInterrupt)):
        export(written, NEW)
    assert written.read_text("utf-8") == fresh_parts(OLD).text
    assert names_in(written.parent) == ["循环.md"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of Unix")
def test_a_note_keeps_its_permissions_and_a_new_one_has_the_usual(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o666 & ~_umask()
    written.chmod(0o600)
    export(written, NEW)

    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_note_that_is_a_link_stays_one(written: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处.md"
    written.rename(elsewhere)
    written.symlink_to(elsewhere)

    assert export(written, NEW).outcome == "updated"
    assert written.is_symlink()
    assert elsewhere.read_text("utf-8") == fresh_parts(NEW).text


def test_parts_joined_are_the_note() -> None:
    text = fresh_parts(OLD).text + "我的话\n## 我的笔记\n再来一段\n"

    parts = split(text)

    assert parts.text == text
    assert parts.machine == fresh_parts(OLD).machine


def test_the_hash_leaves_out_its_own_line() -> None:
    machine = fresh_parts(OLD).machine

    assert hash_of(machine) == recorded_hash(machine)
    assert hash_of(machine.replace("旧的", "新的")) != recorded_hash(machine)
