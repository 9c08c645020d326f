"""Writing a note: whole or not at all, and never over a reader's words."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from k8snotes.errors import NotWritable
from k8snotes.export.regions import Parts, fresh_parts, hash_of, recorded_hash, split, with_line_ends_of
from k8snotes.model.note import READER_HEADING, Note, Outcome, Written


def write_note(target: Path, note: Note, *, dry_run: bool) -> Written:
    """Brings the note at `target` up to date.

    The reader's part always stays as it is. A program's part that the reader has changed
    stays too; newer text then goes beside it, to `NAME.new.md`.

    Raises:
        NotWritable: the system does not let us read or write there.
    """
    existing = _read(target)
    fresh = fresh_parts(note)
    if existing is None:
        return _write(target, fresh.text, "written", dry_run=dry_run)
    old = split(existing)
    recorded = recorded_hash(old.machine)
    if recorded is not None and recorded == hash_of(fresh.machine):
        return Written(path=target, outcome="unchanged")  # edited or not: there is nothing new to tell
    if old.is_untouched:
        renewed = with_line_ends_of(existing, fresh.machine) + (old.reader or fresh.reader)
        return _write(target, renewed, "updated", dry_run=dry_run)
    beside = next(path for path in _names_beside(target) if _is_ours(_read(path)))
    if _read(beside) != fresh.text:
        _write(beside, fresh.text, "written", dry_run=dry_run)
    return Written(path=target, outcome="conflict", beside=beside)


def _names_beside(target: Path) -> Iterator[Path]:
    """`NAME.new.md`, and `NAME.new-2.md` where the reader has made that one theirs."""
    yield target.with_name(f"{target.stem}.new.md")
    for number in count(2):
        yield target.with_name(f"{target.stem}.new-{number}.md")


def _is_ours(text: str | None) -> bool:
    """Whether a file beside a note may be written: it is not there, or holds no word of the reader's."""
    if text is None:
        return True
    parts: Parts = split(text)
    return parts.is_untouched and parts.reader.strip() == READER_HEADING


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise NotWritable(f"{path}: cannot be read ({error}); move it away and export again") from error


def _write(target: Path, text: str, outcome: Outcome, *, dry_run: bool) -> Written:
    if not dry_run:
        try:
            _replace(target, text.encode("utf-8"))
        except OSError as error:
            raise NotWritable(
                f"{target}: {error.strerror or error}; check the folder's permissions and space"
            ) from error
    return Written(path=target, outcome=outcome)


def _replace(target: Path, content: bytes) -> None:
    """Puts the content in place in one step: the file is old or new, never half.

    A link stays a link, and the file that it leads to is renewed.
    """
    target = Path(os.path.realpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".k8snotes-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary = Path(name)
        temporary.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The process's mask; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
