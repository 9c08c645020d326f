"""A course in one document, from texts to a file: JSON, flash cards or a page; whole or not at all."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from k8snotes.courses import study_each_once
from k8snotes.errors import K8sNotesError, NotWritable, reason_of
from k8snotes.export.journal import Journal
from k8snotes.export.ledger import put, sweep
from k8snotes.export.writer import Folder, locked
from k8snotes.fingerprint import program_fingerprint
from k8snotes.keeping import Keeper
from k8snotes.model.document import (
    SIGNATURES,
    Card,
    DocumentOutcome,
    DocumentStyle,
    LessonPart,
)
from k8snotes.model.source import InputFile
from k8snotes.pipeline import Progress, can_be_read_again, letters_of, no_progress, search_folding
from k8snotes.render.cards import cards_text, deck_of
from k8snotes.render.course_document import course_text
from k8snotes.render.course_page import Entry, page_foot, page_head
from k8snotes.speech import speaking
from k8snotes.studies import document_study

Inputs = Iterable[InputFile | K8sNotesError]
PIECE = 1 << 20  # characters
KEPT = "documents.json"  # which documents were made from what; only a cache


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWish:
    """How a document is to be exported, and where to."""

    style: DocumentStyle
    own_terms: tuple[str, ...] = ()
    writes: bool = True
    wait: float = 30  # seconds for another export into the folder


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedDocument:
    """What became of a document."""

    path: Path
    outcome: DocumentOutcome
    lessons: int
    cards: int
    copies: tuple[tuple[str, str], ...]  # texts left out, each with the one that stands for it, as shown


def export_document(
    inputs: Inputs,
    path: Path,
    wish: DocumentWish,
    *,
    room: Path,
    shelf: Path | None,
    keeper: Keeper | None = None,
    progress: Progress = no_progress,
) -> Iterator[ExportedDocument | K8sNotesError]:
    """Brings the document at `path` up to date; errors first, and no document where no text is a lesson.

    A document that was made of the same texts in the same way is not made again.
    """
    composed = _Composed(list(inputs), wish, shelf, keeper, progress)
    memory = _Memory(room, path, composed)
    if known := memory.document():
        yield known
        return
    folder = Folder(path.parent)
    signature = SIGNATURES[wish.style.format].encode()
    with locked(folder, wish.wait) if wish.writes else contextlib.nullcontext():
        outcome: DocumentOutcome
        is_there, is_foreign = _looked_at(path, signature)
        pieces = (piece.encode("utf-8", "backslashreplace") for piece in composed.pieces())
        if is_foreign:
            outcome = "foreign"
            for _ in pieces:  # what is wrong with the texts is told all the same
                pass
        elif wish.writes:
            folder.sweep()
            sweep(room)
            try:
                is_new = folder.replace_by(
                    path,
                    _unless_empty(pieces, composed),
                    noting=partial(_noted, folder, path, room),
                )
            except _NothingToWrite:
                yield from composed.errors
                return
            outcome = "unchanged" if not is_new else "updated" if is_there else "written"
            folder.settle()
        else:
            is_same = folder.holds(path, pieces)
            outcome = "unchanged" if is_same else "updated" if is_there else "written"
        yield from composed.errors
        if composed.lessons:
            document = composed.document(path, outcome)
            if wish.writes and not is_foreign:
                memory.keep(document)
            yield document


def stream_document(
    inputs: Inputs,
    wish: DocumentWish,
    *,
    shelf: Path | None,
    keeper: Keeper | None = None,
    progress: Progress = no_progress,
) -> Iterator[str | ExportedDocument | K8sNotesError]:
    """The document piece by piece, then what is to be said of it; nothing of it where no text is a lesson."""
    composed = _Composed(list(inputs), wish, shelf, keeper, progress)
    with contextlib.suppress(_NothingToWrite):
        yield from _unless_empty(composed.pieces(), composed)
    yield from composed.errors
    if composed.lessons:
        yield composed.document(Path("-"), "written")


class _NothingToWrite(Exception):
    """No text is a lesson."""


class _Composed:
    """A document in the making, and what is to be said of it."""

    def __init__(
        self,
        named: list[InputFile | K8sNotesError],
        wish: DocumentWish,
        shelf: Path | None,
        keeper: Keeper | None,
        progress: Progress,
    ) -> None:
        self.named = named
        self.wish = wish
        self.shelf = shelf
        self.keeper = keeper
        self.progress = progress
        self.errors: list[K8sNotesError] = []
        self.copies: list[tuple[str, str]] = []
        self.lessons = 0
        self.cards = 0

    def pieces(self) -> Iterator[str]:
        """The document, in order; in memory is one lesson at a time, and of cards all."""
        style = self.wish.style
        match style.format:
            case "json":
                yield from course_text(self._parts())
            case "anki":
                yield from cards_text(self._cards(), style.note_types)
            case "html":
                yield from self._page()

    def document(self, path: Path, outcome: DocumentOutcome) -> ExportedDocument:
        return ExportedDocument(
            path=path,
            outcome=outcome,
            lessons=self.lessons,
            cards=self.cards,
            copies=tuple(self.copies),
        )

    def _parts(self) -> Iterator[LessonPart]:
        """What each lesson brings, in reading order; errors are kept for later."""
        study = document_study(self.wish.own_terms, self.wish.style)
        for one in study_each_once(
            self.named, study, shelf=self.shelf, keeper=self.keeper, progress=self.progress
        ):
            if isinstance(one, K8sNotesError):
                self.errors.append(one)
                continue
            self.lessons += 1
            self.copies += [(copy, one.path) for copy in one.copies]
            yield replace(one.result, course=one.course_name or one.result.course)

    def _page(self) -> Iterator[str]:
        """The page. Its contents stand first and are known last, so the lessons wait in a file."""
        entries: list[Entry] = []
        characters: set[str] = set()
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="") as lessons:
            for part in self._parts():
                entries.append(Entry(part.anchor, part.called, part.course))
                characters.update(part.text)
                lessons.write(part.text)
            with speaking(self.wish.style.language):
                head = page_head(entries)
            yield head
            lessons.seek(0)
            yield from iter(partial(lessons.read, PIECE), "")
        yield page_foot(search_folding(characters))

    def _cards(self) -> list[Card]:
        """All cards in reading order: of a term that several lessons define one, by the surest sentence.

        Others may share an identity: a reader's questions of one day, cards of two lessons of one name. What
        such a card asks tells it apart then, and no order, which changes with every vote and every lesson.
        """
        cards = [replace(said, deck=deck_of(part.course)) for part in self._parts() for said in part.cards]
        shared = Counter(card.identity for card in cards)
        told_apart: dict[str, Card] = {}
        for card in cards:
            identity = card.identity
            known = told_apart.get(identity)
            if card.kind == "definition":
                told_apart[identity] = card if known is None or card.strength > known.strength else known
                continue
            if shared[identity] > 1:
                identity = f"{identity}\n{letters_of(card.asks)}"
            while identity in told_apart:  # word for word the same: whichever is which
                identity = f"{identity}\n"
            told_apart[identity] = replace(card, identity=identity)
        self.cards = len(told_apart)
        return list(told_apart.values())


def _noted(folder: Folder, path: Path, room: Path, new: Path) -> None:
    """Notes for an undo what stands in the place of a new document.

    Raises:
        NotWritable: that cannot be; then nothing may be written.
    """
    try:
        Journal(room).write_one(path.name, folder.read(path), new)
    except OSError as error:
        raise NotWritable(
            "{room}: {why}; without a journal nothing is written", room=room, why=reason_of(error)
        ) from error


def _unless_empty(pieces: Iterator[Any], composed: _Composed) -> Iterator[Any]:
    """The pieces, once it is sure that there is a lesson among them.

    Raises:
        _NothingToWrite: there is none.
    """
    waiting: list[Any] = []
    for piece in pieces:
        waiting.append(piece)
        if composed.lessons:
            yield from waiting
            waiting.clear()
    if not composed.lessons:
        raise _NothingToWrite
    yield from waiting


def _looked_at(path: Path, signature: bytes) -> tuple[bool, bool]:
    """Whether a file stands there, and whether it is none of ours.

    Raises:
        NotWritable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(signature))
    except FileNotFoundError:
        return False, False
    except OSError as error:
        raise NotWritable(
            "{path}: cannot be read ({why}); move it away and export again", path=path, why=reason_of(error)
        ) from error
    return True, head not in (b"", signature)


class _Memory:
    """From what each document of a folder was made last: where all is as it was, nothing is read."""

    def __init__(self, room: Path, path: Path, composed: _Composed) -> None:
        self.place = room / KEPT
        self.path = path
        self.composed = composed
        self.made_of = _made_of(composed)

    def document(self) -> ExportedDocument | None:
        """The document that stands there, where it is what would be made now."""
        kept = self._kept().get(str(self.path))
        if self.made_of is None or not isinstance(kept, dict) or kept.get("made_of") != self.made_of:
            return None
        try:
            if kept["digest"] != _digest(self.path):
                return None
            return ExportedDocument(
                path=self.path,
                outcome="unchanged",
                lessons=int(kept["lessons"]),
                cards=int(kept["cards"]),
                copies=tuple((copy, shown) for copy, shown in kept["copies"]),
            )
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def keep(self, document: ExportedDocument) -> None:
        """Where that cannot be, all is made again next time."""
        kept = self._kept()
        kept.pop(str(self.path), None)
        with contextlib.suppress(OSError):
            if self.made_of is not None and not self.composed.errors:
                kept[str(self.path)] = {
                    "made_of": self.made_of,
                    "digest": _digest(self.path),
                    "lessons": document.lessons,
                    "cards": document.cards,
                    "copies": document.copies,
                }
            put(self.place, json.dumps(kept).encode("ascii"))

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self.place.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}


def _made_of(composed: _Composed) -> str | None:
    """What a document depends on; None where a text is missing or can be read but once."""
    wish = composed.wish
    made = blake2b(
        f"{program_fingerprint()} {wish.style} {wish.own_terms} {composed.shelf}\n".encode(), digest_size=16
    )
    for file in composed.named:
        if isinstance(file, K8sNotesError) or not can_be_read_again(file):
            return None
        try:
            place = f"{file.shown}\n{file.is_named} {os.path.realpath(file.path)}\n{_digest(file.path)}\n"
        except OSError:
            return None
        made.update(place.encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
