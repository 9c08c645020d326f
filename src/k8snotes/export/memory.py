"""What pages were made from and what was meant to stand on them, so that neither is worked out again.

Only a cache, as the ledger is: it is believed where its keys, which stand for contents, are the same.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from k8snotes.export.ledger import put
from k8snotes.model.note import PageKind, Region
from k8snotes.model.plain import many, plain, reader_of
from k8snotes.model.volume import Gist

GISTS, PAGES, STYLE = "gists.z", "pages.z", "style.json"
NOTHING_TO_BELIEVE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)


class KeptPage(NamedTuple):
    """A page as it was composed, and where it was put."""

    id: str
    kind: PageKind
    path: str  # below the output folder, with "/"
    fields: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    regions: tuple[Region, ...]
    is_outline: bool = False


class KeptGists(NamedTuple):
    """The gists of the lessons that came of reading a text."""

    texts: str  # stands for all that was read
    gists: tuple[Gist, ...]


class Choice(NamedTuple):
    """What a call chose for a folder, and what was configured then."""

    value: object
    over: object


def load_choices(room: Path) -> dict[str, Choice]:
    """What calls chose for an output folder, by the name of the setting."""
    try:
        held = json.loads((room / STYLE).read_bytes())
        return {str(name): Choice(value, over) for name, (value, over) in held.items()}
    except NOTHING_TO_BELIEVE:
        return {}


def save_choices(room: Path, choices: Mapping[str, Choice]) -> None:
    """Keeps what was chosen; nothing is written where that is kept already."""
    if choices != load_choices(room):
        put(room / STYLE, json.dumps(dict(choices)).encode("ascii"))


def load_gists(room: Path, fingerprint: str) -> dict[str, KeptGists]:
    """The gists by the text that they are of; none where none can be believed."""
    try:
        held = _load(room / GISTS, fingerprint)
        read = reader_of(KeptGists)
        return {text: read(values) for text, values in held.items()}
    except NOTHING_TO_BELIEVE:
        return {}


def save_gists(room: Path, fingerprint: str, gists: Mapping[str, KeptGists]) -> None:
    _save(room / GISTS, fingerprint, {text: plain(held) for text, held in gists.items()})


def load_pages(room: Path, key: str) -> tuple[KeptPage, ...]:
    """The pages composed under a key; none where none can be believed."""
    try:
        pages: tuple[KeptPage, ...] = many(reader_of(KeptPage))(_load(room / PAGES, key))
        return pages
    except NOTHING_TO_BELIEVE:
        return ()


def save_pages(room: Path, key: str, pages: Sequence[KeptPage]) -> None:
    _save(room / PAGES, key, plain(tuple(pages)))


def _load(file: Path, key: str) -> Any:
    held = json.loads(zlib.decompress(file.read_bytes()))
    if held["key"] != key:
        raise ValueError("made from something else")
    return held["kept"]


def _save(file: Path, key: str, kept: object) -> None:
    put(file, zlib.compress(json.dumps({"key": key, "kept": kept}).encode("ascii"), 1))
