"""File names from titles: legal everywhere, never outside the output folder."""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from k8snotes.export.regions import recorded_source
from k8snotes.model.course import WholeLesson
from k8snotes.model.source import InputFile

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


class NoteNames:
    """Gives every lesson of a run a path of its own below the output folder."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._taken: set[str] = set()

    def path_for(self, whole: WholeLesson) -> Path:
        """`folder/结束语 - 标题.md` for 「结束语 | 标题」.

        Where that name belongs to another lesson, in this run or by the note that stands
        there, a digest of the lesson's path tells them apart; so one lesson exported alone
        never lands in another's note. Names that differ only in case are one name on many
        systems.

        A lesson that has a note already, made from any of its texts, keeps it with what the reader
        wrote there, whichever text is the richest by now.
        """
        texts = [(whole.file, whole.lesson.called)] + [(copy.file, copy.called) for copy in whole.copies]
        sources = [file.path for file, _ in texts]
        free = [self._free(file, called, sources) for file, called in texts]
        path = next((path for path in free if _is_made_from(path, sources)), free[0])
        self._taken.add(_key(path))
        return path

    def _free(self, file: InputFile, called: str, sources: Sequence[Path]) -> Path:
        """The name for a text, as no lesson but that of `sources` has it."""
        stem = safe_stem(called or "stdin")
        path = plain = self.output / file.folder / (stem + SUFFIX)
        digest = sha256(file.shown.encode(errors="surrogatepass")).hexdigest()
        length = 8
        while _key(path) in self._taken or _is_anothers(path, sources):
            path = plain.with_name(f"{stem} ({digest[:length]}){SUFFIX}")
            length += 1  # a title may look like another's digest
        return path


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


def _is_anothers(note: Path, sources: Sequence[Path]) -> bool:
    """Whether a note stands there whose text is another file that still exists."""
    made_from = _text_of(note)
    return made_from is not None and not _is_one_of(made_from, sources)


def _is_made_from(note: Path, sources: Sequence[Path]) -> bool:
    made_from = _text_of(note)
    return made_from is not None and _is_one_of(made_from, sources)


def _text_of(note: Path) -> Path | None:
    """The file that a note was made from; None where there is no note, or no such file any more."""
    try:
        text = note.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there, or not readable, which the writer will say
        return None
    link = recorded_source(text)
    file = None if link is None else note.parent / unquote(link)
    return file if file is not None and file.is_file() else None


def _is_one_of(file: Path, sources: Sequence[Path]) -> bool:
    return any(source.is_file() and file.samefile(source) for source in sources)


def _key(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _cut(name: str, most_bytes: int) -> str:
    """The longest beginning that fits, characters kept whole."""
    return name.encode()[:most_bytes].decode(errors="ignore")
