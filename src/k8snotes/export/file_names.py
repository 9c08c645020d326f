"""Where a lesson's note stands: file names that are legal everywhere, and notes found again by their ids."""

import os
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from k8snotes.export import front_matter
from k8snotes.export.front_matter import BrokenFields
from k8snotes.export.markers import recorded
from k8snotes.export.merge import Origin

# What some system forbids, and what ends a link in Obsidian, as its full-width twin.
TWINS = str.maketrans('/\\:*?"<>#^[]%', "／＼：＊？＂＜＞＃＾［］％")
PORT_NUMBERS = "123456789¹²³"  # Windows counts superscripts as well
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in PORT_NUMBERS]
)
LONGEST = 180  # bytes; file systems take 255, and a digest and ".new-2.md" must fit as well
SUFFIX = ".md"
# The name of a text beside a note, that a note of its own must not take.
LIKE_NEW_TEXT = re.compile(r"\.new(?:-\d+)?\Z", re.IGNORECASE)
ID = re.compile(r"""^id:[ \t]*(?P<id>"[^"\n]*"|'[^'\n]*'|[^\s#"'][^\n#]*)""", re.MULTILINE)
ID_DIGITS = 16


class FoundNote(NamedTuple):
    """A file of the output folder that may be a note of ours."""

    path: str  # below the output folder, with "/"
    id: str  # that its front matter says, else its record; "" for a file of the reader's own
    source: str  # of its record
    title: str  # hash, of its record
    page: str = ""  # of its record: what page of a course it is


class Wanted(NamedTuple):
    """A lesson that needs a place for its note."""

    origin: Origin
    folder: str  # below the output folder, with "/"
    stem: str  # the name that it would have
    copies: tuple[Origin, ...] = ()  # its other texts, whose note may be this lesson's from before


class Places(NamedTuple):
    """Where each lesson's note stands or is to stand, below the output folder, and copies left alone."""

    paths: list[str]  # in the order of the lessons
    copies: list[tuple[str, str]]  # a note with the id of another: its path and the other's


def id_of(place: str) -> str:
    """The id of the lesson whose text stands at a place."""
    return sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]


def safe_stem(title: str) -> str:
    """A file name without its ending, for any title whatever."""
    seen = "".join(c for c in title if c.isspace() or unicodedata.category(c)[0] != "C")
    name = " ".join(re.sub(r"[|｜丨]", " - ", seen).split())
    name = unicodedata.normalize("NFC", name).translate(TWINS)
    name = _cut(name, LONGEST).strip(" .-")
    if name.split(".")[0].strip().casefold() in DEVICES:
        name = f"_{name}"
    if LIKE_NEW_TEXT.search(name):
        name = f"{name}_"
    return name or "_"


def is_beside(path: str) -> bool:
    """Whether a file's name is that of a text beside a note."""
    return LIKE_NEW_TEXT.search(path.removesuffix(SUFFIX)) is not None


def names_beside(target: Path) -> Iterator[Path]:
    """`NAME.new.md`, and `NAME.new-2.md` where the reader has made that one theirs."""
    yield target.with_name(f"{target.stem}.new.md")
    number = 2
    while True:
        yield target.with_name(f"{target.stem}.new-{number}.md")
        number += 1


def markdown_below(output: Path) -> list[str]:
    """The Markdown files below a folder, with "/", sorted; hidden folders and links are not looked into."""
    found: list[str] = []
    for root, folders, files in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = os.path.relpath(root, output).replace(os.sep, "/")
        prefix = "" if below == "." else f"{below}/"
        found += [prefix + name for name in files if name.endswith(SUFFIX) and not is_beside(name)]
    return sorted(found)


def looked_at(path: str, text: str) -> FoundNote:
    """What a file of the output folder says of itself."""
    record = recorded(text)
    if record is None:
        return FoundNote(path, "", "", "")
    try:
        fields = front_matter.cut(text.removeprefix("\ufeff")).fields
    except BrokenFields:
        fields = ""
    match = ID.search(fields)
    said = match["id"].strip().strip("\"'") if match else ""
    return FoundNote(path, said or record.id, record.source, record.title, record.page)


def places(
    wanted: Sequence[Wanted],
    found: Iterable[FoundNote],
    *,
    is_gone: Callable[[str], bool],
    held: Mapping[str, str] | None = None,
    left: Callable[[], Mapping[str, str]] = dict,
) -> Places:
    """Where the notes of lessons stand; no two share a place.

    A note is found by its id and title; else by its title alone, where the text that it was made from
    `is_gone` or is another lesson's by now; else by its id or its text alone. What none is found
    for gets a place of its own. `held` are lessons whose notes are known: id to path. Of a note and its
    copies the one is taken that stands where the last export `left` it (id to path, asked for only then),
    else where a new one would.
    """
    return _Places(wanted, list(found), is_gone, held or {}, left).all()


class _Places:
    def __init__(
        self,
        wanted: Sequence[Wanted],
        found: list[FoundNote],
        is_gone: Callable[[str], bool],
        held: Mapping[str, str],
        left: Callable[[], Mapping[str, str]],
    ) -> None:
        self.wanted = wanted
        self.is_gone = is_gone
        self.found = sorted(found, key=lambda note: (len(note.path), note.path))
        self.held = held
        self.left = cache(left)
        taken_paths = set(held.values())
        self.free = [note for note in self.found if note.id and note.path not in taken_paths]
        self.paths: list[str | None] = [None] * len(wanted)
        self.copies: list[tuple[str, str]] = []

    def all(self) -> Places:
        self._match(lambda note: note.id + note.title, lambda one: _each(one, "id", "title"))
        sources = {one.origin.source for one in self.wanted}
        left_behind = [note for note in self.free if note.source in sources or self.is_gone(note.source)]
        self._match(lambda note: note.title, lambda one: _each(one, "title"), left_behind, only_one=True)
        self._match(lambda note: note.id, lambda one: _each(one, "id"))
        self._match(lambda note: note.source, lambda one: _each(one, "source"))
        self._note_copies()
        self._give_new()
        return Places([path for path in self.paths if path is not None], self.copies)

    def _match(
        self,
        key_of_note: Callable[[FoundNote], str],
        keys_of_lesson: Callable[[Wanted], list[str]],
        notes: list[FoundNote] | None = None,
        *,
        only_one: bool = False,
    ) -> None:
        """Gives lessons without a place the free notes that share a key; several where there is no doubt.

        `only_one`: a note that stands alone with its key, or with nothing but copies of it.
        """
        by_key: dict[str, list[FoundNote]] = defaultdict(list)
        for note in self.free if notes is None else notes:
            if key := key_of_note(note):
                by_key[key].append(note)
        waiting = [at for at, path in enumerate(self.paths) if path is None]
        claims = Counter(key for at in waiting for key in set(keys_of_lesson(self.wanted[at])))
        given: set[str] = set()
        for at in waiting:
            for key in keys_of_lesson(self.wanted[at]):
                candidates = [note for note in by_key.get(key, ()) if note.path not in given]
                lessons = {note.source or note.id for note in candidates}
                if not candidates or (only_one and (claims[key] > 1 or len(lessons) > 1)):
                    continue
                chosen = self._in_its_place(candidates, self._plain(self.wanted[at]))
                self.paths[at] = chosen.path
                given.add(chosen.path)
                if only_one:  # the copies are no other lesson's
                    copies = [note.path for note in candidates if note is not chosen]
                    self.copies += [(copy, chosen.path) for copy in copies]
                    given.update(copies)
                break
        self.free = [note for note in self.free if note.path not in given]

    def _in_its_place(self, notes: list[FoundNote], plain: str) -> FoundNote:
        """Which of several is the note, and not a copy."""
        if len(notes) == 1:
            return notes[0]
        left, expected = self.left(), _key(plain)
        return max(notes, key=lambda note: (left.get(note.id) == note.path, _key(note.path) == expected))

    def _note_copies(self) -> None:
        homes = {one.origin.id: path for one, path in zip(self.wanted, self.paths, strict=True) if path}
        homes |= self.held
        self.copies += [(note.path, homes[note.id]) for note in self.free if note.id in homes]

    def _give_new(self) -> None:
        """Places for lessons without one. Names that differ only in case are one name on many systems."""
        readers_own = {_key(note.path): note.path for note in self.found if not note.id}
        taken = {_key(note.path) for note in self.found if note.id}
        taken |= {_key(path) for path in (*self.paths, *self.held.values()) if path}
        for at, one in enumerate(self.wanted):
            if self.paths[at] is not None:
                continue
            digest = sha256(one.origin.id.encode()).hexdigest()
            path = plain = self._plain(one)
            length = 8
            while _key(path) in taken:
                path = f"{plain.removesuffix(SUFFIX)} ({digest[:length]}){SUFFIX}"
                length += 1  # a title may look like another's digest
            taken.add(_key(path))
            self.paths[at] = readers_own.get(_key(path), path)

    def _plain(self, one: Wanted) -> str:
        return f"{one.folder}/{one.stem}{SUFFIX}" if one.folder else f"{one.stem}{SUFFIX}"


def _each(one: Wanted, *names: str) -> list[str]:
    """What a lesson and its copies have under these names, joined; only what has all of them."""
    keys = [[getattr(origin, name) for name in names] for origin in (one.origin, *one.copies)]
    return ["".join(key) for key in keys if all(key)]


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _cut(name: str, most_bytes: int) -> str:
    """The longest beginning that fits, characters kept whole."""
    return name.encode()[:most_bytes].decode(errors="ignore")
