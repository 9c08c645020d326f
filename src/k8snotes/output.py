"""The folder that an export writes to: what stands there, what is to become of it, and the writing."""

import contextlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from k8snotes.errors import K8sNotesError, NotWritable, reason_of
from k8snotes.export import file_names
from k8snotes.export.file_names import FoundNote
from k8snotes.export.journal import Journal
from k8snotes.export.ledger import NotedPage, digest
from k8snotes.export.markers import is_sealed, sealed
from k8snotes.export.merge import Origin, as_the_program_has_it, fresh, merge
from k8snotes.export.writer import Folder
from k8snotes.exports import Exported, Target
from k8snotes.model.note import Change, Note, Outcome, Side, Written
from k8snotes.pages import page_title
from k8snotes.speech import in_all_languages
from k8snotes.workspace import NOTES_README


class Merged(NamedTuple):
    """What is to become of a note."""

    written: Written
    changes: tuple[Change, ...]
    digest: str  # of what will stand there

    @property
    def is_told(self) -> bool:
        """Whether there is something to say of it."""
        return bool(self.written.conflicts or self.written.warnings)


class Output:
    """The folder of one run; paths within it are strings with "/"."""

    def __init__(self, target: Target, side: Side | None) -> None:
        self.target = target
        self.side = side
        self.folder = Folder(target.output)

    # --- what stands there

    def content(self, path: str) -> bytes | None:
        """What a file holds; None for one that is not there, or cannot be read: merging it says why."""
        try:
            return self.folder.read(self.target.output / path)
        except NotWritable:
            return None

    def digest_of(self, path: str) -> str | None:
        content = self.content(path)
        return None if content is None else digest(content)

    def is_replaceable(self, path: str) -> bool:
        """Whether a file is the README of a new workspace, in which nobody has written."""
        return _is_readme_of_ours(self.content(path))

    def below(self, path: Path) -> str:
        return path.relative_to(self.target.output).as_posix()

    def notes(self, *, skip: Container[str], pages: Mapping[str, NotedPage]) -> Iterator[FoundNote]:
        """The files that may be notes, but for those to skip; `pages` are known, and need no look."""
        for path in file_names.markdown_below(self.folder.root):
            if path in skip:
                continue
            with contextlib.suppress(NotWritable):  # reading it for its own sake says why
                content = self.folder.read(self.folder.root / path) or b""
                page = pages.get(path)
                if page is not None and digest(content) == page.digest:
                    yield FoundNote(path, page.id, "", page_title(page.kind, page.id), page.kind)
                    continue
                yield file_names.looked_at(path, content.decode("utf-8", "replace"))

    def look_at(self, path: str) -> FoundNote:
        """What a file says of itself."""
        return file_names.looked_at(path, (self.content(path) or b"").decode("utf-8", "replace"))

    # --- what is to become of it

    def merged(self, path: str, note: Note, origin: Origin) -> Merged:
        """A note merged with what stands in its place.

        Raises:
            NotWritable: that cannot be read.
        """
        target = self.target.output / path
        before = self.folder.read(target)
        beside: Path | None = None
        if before is None or (origin.page == "index" and _is_readme_of_ours(before)):
            new, after = None, fresh(note, origin).encode()
        else:
            text = _decoded(before, target)
            new = merge(text, note, origin, self.side)
            after = new.text.encode("utf-8")
        changes = [Change(path, before, after)] if after != before else []
        if new is not None and new.conflicts:
            assert before is not None
            theirs = sealed(as_the_program_has_it(_decoded(before, target), note, origin))
            beside, change = self._put_beside(target, theirs.encode())
            changes += [change] if change else []
        else:
            changes += self._not_needed_any_more(target)
        outcome: Outcome = "written" if before is None else "updated" if after != before else "unchanged"
        written = Written(
            path=target,
            outcome="conflict" if beside else outcome,
            beside=beside,
            conflicts=new.conflicts if new else (),
            warnings=new.warnings if new else (),
        )
        return Merged(written, tuple(changes), digest(after))

    def _put_beside(self, target: Path, content: bytes) -> tuple[Path, Change | None]:
        """Where the new text goes, and what is to be written there, if it is not there yet."""
        for beside in file_names.names_beside(target):
            held = self.folder.read(beside)
            if held is None or _is_ours(held):
                change = Change(self.below(beside), held, content)
                return beside, None if held == content else change
        raise AssertionError("there is always one more name")

    def _not_needed_any_more(self, target: Path) -> list[Change]:
        """Texts beside a note that is no conflict any more go, unless somebody wrote in them."""
        names = takewhile(Path.exists, file_names.names_beside(target))
        texts = [(self.below(beside), self.folder.read(beside)) for beside in names]
        return [Change(path, held, None) for path, held in texts if held is not None and _is_ours(held)]

    # --- the writing

    def written(
        self, results: Sequence[Exported | K8sNotesError], progress: Callable[[int, int], None]
    ) -> list[Exported | K8sNotesError]:
        """The results once all is written; what could not be is an error in its place.

        Raises:
            NotWritable: the journal cannot be written; then nothing is.
        """
        changes = [change for result in results if isinstance(result, Exported) for change in result.changes]
        if not changes:
            return list(results)
        try:
            Journal(self.target.room).write(changes)
        except OSError as error:
            raise NotWritable(
                "{room}: {why}; without a journal nothing is written",
                room=self.target.room,
                why=reason_of(error),
            ) from error
        try:
            written: list[Exported | K8sNotesError] = []
            for result in results:
                progress(len(written), len(results))
                written.append(self._written(result))
            return written
        finally:
            self.folder.settle()

    def _written(self, result: Exported | K8sNotesError) -> Exported | K8sNotesError:
        if isinstance(result, K8sNotesError):
            return result
        try:
            for change in result.changes:
                path = self.target.output / change.path
                if not self.folder.replace(path, change.after, before=change.before):
                    return NotWritable("{path}: changed while it was exported; export again", path=path)
        except NotWritable as error:
            return error
        return result


def _is_readme_of_ours(content: bytes | None) -> bool:
    """Whether this is what a new workspace has there, in any language."""
    return any(content == said.encode() for said in in_all_languages(NOTES_README))


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotWritable(
            "{path}: cannot be read (no UTF-8); save it as UTF-8 or move it away, and export again", path=path
        ) from error


def _is_ours(content: bytes) -> bool:
    """Whether a text beside a note holds no word that was written there."""
    try:
        return is_sealed(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False
