"""File names from titles: legal everywhere, never outside the output folder."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from k8snotes.export.regions import recorded_source
from k8snotes.model.lesson import Lesson

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

    def path_for(self, lesson: Lesson, folder: str, source: Path) -> Path:
        """`folder/结束语 - 标题.md` for 「结束语 | 标题」, whose text is the file `source`.

        Where that name belongs to another lesson, in this run or by the note that stands
        there, a digest of the lesson's path tells them apart; so one lesson exported alone
        never lands in another's note. Names that differ only in case are one name on many
        systems.
        """
        stem = safe_stem(lesson.title or lesson.source.name or "stdin")
        path = plain = self.output / folder / (stem + SUFFIX)
        digest = sha256(lesson.source.path.encode(errors="surrogatepass")).hexdigest()
        length = 8
        while _key(path) in self._taken or _is_anothers(path, source):
            path = plain.with_name(f"{stem} ({digest[:length]}){SUFFIX}")
            length += 1  # a title may look like another's digest
        self._taken.add(_key(path))
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


def _is_anothers(note: Path, source: Path) -> bool:
    """Whether a note stands there whose text is another file that still exists."""
    try:
        text = note.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not there, or not readable, which the writer will say
        return False
    link = recorded_source(text)
    if link is None:
        return False
    other = note.parent / unquote(link)
    return other.is_file() and not (source.is_file() and other.samefile(source))


def _key(path: Path) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _cut(name: str, most_bytes: int) -> str:
    """The longest beginning that fits, characters kept whole."""
    return name.encode()[:most_bytes].decode(errors="ignore")
