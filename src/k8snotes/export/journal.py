"""What exports changed, so that the last one can be undone.

A journal is one file an export, whole on disk before the first note is touched: a line for what had been
chosen for the folder, and one for each file with its bytes before and the hash of those after. A file that
is neither as before nor as after has been edited since, and is left alone.
"""

import base64
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple

from k8snotes.errors import NotWritable, reason_of
from k8snotes.export.ledger import put
from k8snotes.export.memory import STYLE
from k8snotes.export.writer import Folder
from k8snotes.model.document import SIGNATURES
from k8snotes.model.note import MENU_SIGNATURE, Change, Undone

JOURNAL, LEFT = "journal", "left"
BUILDING = "building"
WRITTEN_BY_US = tuple(signature.encode() for signature in (*SIGNATURES.values(), MENU_SIGNATURE))
KEPT = 20  # exports that can be undone, one after the other

Line = dict[str, str | None]


class Entry(NamedTuple):
    """A file in a journal."""

    path: str
    before: bytes | None
    after: str | None  # hash


class Journal:
    """The journals of one output folder; `room` is where they lie."""

    def __init__(self, room: Path) -> None:
        self.folder = room / JOURNAL
        self.style = room / STYLE

    def write(self, changes: Sequence[Change]) -> Path:
        """Notes what is about to be changed.

        Raises:
            OSError: it cannot be written; then nothing may be changed.
        """
        entries = [
            Entry(change.path, change.before, None if change.after is None else _hash(change.after))
            for change in changes
        ]
        return self._write([{STYLE: self._style()}, *map(_line, entries)])

    def write_one(self, name: str, before: bytes | None, after: Path) -> Path:
        """As `write`, of one file that is about to be replaced by another.

        Raises:
            OSError: it cannot be written; then nothing may be changed.
        """
        with after.open("rb") as file:
            return self._write([_line(Entry(name, before, file_digest(file, sha256).hexdigest()))])

    def _write(self, lines: Iterable[Line]) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._ignore()
        path = self.folder / f"{self._next():020}.jsonl"
        said = [json.dumps(line, ensure_ascii=False) for line in lines]
        # One that is half written, of a run that was killed, is none: no note was touched by then.
        building = self.folder / BUILDING
        try:
            with building.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
                file.write("\n".join([*said, ""]))
                file.flush()
                os.fsync(file.fileno())
            building.replace(path)
        except BaseException:
            building.unlink(missing_ok=True)
            raise
        for old in self._all()[:-KEPT]:
            old.unlink(missing_ok=True)
        return path

    def _next(self) -> int:
        """The number of the next journal: the time, or more where a clock was put back since the last."""
        last = self.last()
        return max(time.time_ns(), int(last.stem) + 1 if last is not None and last.stem.isdecimal() else 0)

    def last(self) -> Path | None:
        found = self._all()
        return found[-1] if found else None

    def last_state(self, output: Folder) -> tuple[int, int] | None:
        """How many files of the last export are as it left them, and how many as they were before it.

        None where there is none. Both are there of an export that was interrupted.

        Raises:
            NotWritable: the journal cannot be read.
        """
        last = self.last()
        if last is None:
            return None
        done = due = 0
        for entry in _read(last)[0]:
            now = output.read(output.path / entry.path)
            is_done = _is_after(entry, now)
            done += is_done
            due += not is_done and now == entry.before
        return done, due

    def undo(self, journal: Path, output: Folder) -> Iterator[Undone]:
        """Puts back what stood there before an export, and forgets it.

        Only notes are touched, and what begins as the other files that the program writes.

        Raises:
            NotWritable: a file cannot be written; what is not yet undone can be undone later.
        """
        entries, styles = _read(journal)
        for entry in entries:
            target = output.path / entry.path
            now = output.read(target)
            if now == entry.before:
                yield Undone(entry.path, "unchanged")
            elif (
                _is_after(entry, now)
                and _is_ours(entry.path, now)
                and output.replace(target, entry.before, before=now)
            ):
                yield Undone(entry.path, "removed" if entry.before is None else "restored")
            else:
                yield Undone(entry.path, "edited", self._put_aside(entry, journal))
        output.settle()
        for style in styles:
            self._put_back_style(style)
        journal.unlink(missing_ok=True)

    def _style(self) -> str | None:
        """What is chosen for the folder; None where nothing is, or nothing that can be read."""
        try:
            return self.style.read_text("utf-8")
        except (OSError, ValueError):
            return None

    def _put_back_style(self, style: bytes | None) -> None:
        """Forgets what the export chose for the folder, so that the next does not do it once more."""
        if style is None:
            self.style.unlink(missing_ok=True)
        else:
            put(self.style, style)

    def _put_aside(self, entry: Entry, journal: Path) -> Path | None:
        """Keeps the earlier text of a file that is left alone."""
        if entry.before is None:
            return None
        place = self.folder / LEFT / journal.stem / entry.path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(entry.before)
        except OSError as error:
            raise NotWritable(
                "{place}: {why}; check the folder's permissions and space", place=place, why=reason_of(error)
            ) from error
        return place

    def _all(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == ".jsonl")
        except OSError:
            return []

    def _ignore(self) -> None:
        ignore = self.folder.parent / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")  # nobody's history


def _line(entry: Entry) -> Line:
    line: Line = {"path": entry.path, "after": entry.after}
    if entry.before is None:
        return {**line, "before": None}
    try:
        return {**line, "before": entry.before.decode("utf-8")}
    except UnicodeDecodeError:
        return {**line, "bytes": base64.b64encode(entry.before).decode("ascii")}


def _read(journal: Path) -> tuple[list[Entry], list[bytes | None]]:
    """The files in a journal, and what had been chosen for the folder: of a single file's journal nothing.

    Raises:
        NotWritable: it is damaged, or names what is no note of its folder.
    """
    try:
        text = journal.read_text(encoding="utf-8", errors="surrogatepass")
        lines: list[Line] = [json.loads(line) for line in text.split("\n") if line]
        return (
            [_entry(line) for line in lines if STYLE not in line],
            [None if (style := line[STYLE]) is None else style.encode() for line in lines if STYLE in line],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotWritable(
            "{journal}: cannot be read ({why}); remove it to undo the one before", journal=journal, why=error
        ) from error


def _entry(line: Line) -> Entry:
    path = line["path"]
    raw, text, after = line.get("bytes"), line.get("before"), line["after"]
    if raw is not None:
        before: bytes | None = base64.b64decode(raw)
    else:
        before = None if text is None else text.encode("utf-8", "surrogatepass")
    if path is None or not (_is_below(path) and _is_ours(path, before)):
        raise ValueError(f"{path}: no note")
    return Entry(path, before, after)


def _is_after(entry: Entry, now: bytes | None) -> bool:
    """Whether a file is as the export left it."""
    return (None if now is None else _hash(now)) == entry.after


def _is_below(path: str) -> bool:
    """Whether a path leads to a file below its folder, past no hidden folder."""
    *folders, name = path.split("/")
    return not any(part.startswith(".") or not part for part in folders) and name not in ("", ".", "..")


def _is_ours(path: str, content: bytes | None) -> bool:
    """Whether a file may be a note, or holds what begins as a file of the program's, or nothing."""
    return path.endswith(".md") or not content or content.startswith(WRITTEN_BY_US)


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
