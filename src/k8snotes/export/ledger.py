"""What was exported from what, so that a lesson whose texts and note are unchanged is not read again.

Only a cache. Content decides, never a time: a text or note counts as unchanged if its bytes are
those of the last export. Without a ledger the same notes come out, later.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from k8snotes.model.note import PageKind

NAME = "exports.json"
KEPT_FILES = frozenset({NAME, "gists.z", "pages.z", "style.json", "documents.json"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A note as the last export left it, with nothing to tell of it."""

    text: str  # of the lesson, as shown
    note: str  # below the output folder, with "/"
    id: str
    digest: str
    copies: tuple[str, ...]  # texts left out, as shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The notes that come of reading one text, and all that they depend on."""

    texts: Mapping[str, str]  # as shown, with the digests of what they held
    others: Any  # how the texts go together, as the plan of reading had it
    notes: tuple[Noted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedPage:
    """A page as the last export left it."""

    path: str  # below the output folder, with "/"
    id: str
    kind: PageKind
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedPages:
    key: str  # stands for all that they were made from
    pages: tuple[NotedPage, ...]


NO_PAGES = NotedPages(key="", pages=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    texts: Mapping[str, str]  # all that were read together last
    plan: Any  # the plan by which they were
    units: Mapping[str, Unit]
    pages: NotedPages = NO_PAGES


EMPTY = Ledger(texts={}, plan=None, units={})


def load(room: Path, fingerprint: str) -> Ledger:
    """The ledger of an output folder; an empty one where none is there that can be believed.

    `fingerprint` stands for all that notes depend on besides their texts.
    """
    try:
        held = json.loads((room / NAME).read_bytes())
        if held["fingerprint"] != fingerprint:
            return EMPTY
        units = {
            text: Unit(
                texts=unit["texts"],
                others=unit["others"],
                notes=tuple(Noted(**{**note, "copies": tuple(note["copies"])}) for note in unit["notes"]),
            )
            for text, unit in held["units"].items()
        }
        pages = NotedPages(
            key=held["pages"]["key"], pages=tuple(NotedPage(**page) for page in held["pages"]["pages"])
        )
        return Ledger(texts=held["texts"], plan=held["plan"], units=units, pages=pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return EMPTY


def places_left(room: Path) -> dict[str, str]:
    """Where the last export left each note and page, by id, whatever they depended on; as far as is known."""
    try:
        held = json.loads((room / NAME).read_bytes())
        notes = {note["id"]: note["note"] for unit in held["units"].values() for note in unit["notes"]}
        return notes | {page["id"]: page["path"] for page in held["pages"]["pages"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def save(room: Path, fingerprint: str, ledger: Ledger) -> None:
    """Keeps a ledger; where that cannot be all is read again next time."""
    put(room / NAME, json.dumps({"fingerprint": fingerprint, **asdict(ledger)}).encode("ascii"))


def put(file: Path, content: bytes) -> None:
    """Keeps a cache's file; where that cannot be there is none."""
    building = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            building.write_bytes(content)
            building.replace(file)
        finally:
            building.unlink(missing_ok=True)


def sweep(room: Path) -> None:
    """Removes what `put` left where it was killed; whoever is at it just now keeps nothing this time."""
    with contextlib.suppress(OSError):
        for path in room.iterdir():
            if path.suffix[1:].isdecimal() and path.stem in KEPT_FILES:
                path.unlink(missing_ok=True)


def digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
