"""File names from titles: legal everywhere, never outside the output folder."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from k8snotes.model.lesson import Lesson

# What some system forbids, and what ends a link in Obsidian, as its full-width twin.
TWINS = str.maketrans('/\\:*?"<>#^[]%', "／＼：＊？＂＜＞＃＾［］％")
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)
LONGEST = 180  # bytes; file systems take 255, and ".new.md" and a number must fit as well
SUFFIX = ".md"


class NoteNames:
    """Gives every lesson of a run a path of its own below the output folder."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._taken: set[str] = set()

    def path_for(self, lesson: Lesson, folder: str) -> Path:
        """`folder/结束语 - 标题.md` for 「结束语 | 标题」.

        A second lesson of that name gets a digest of its path, which stays the same in the
        next run. Names that differ only in case are one name on many systems.
        """
        stem = safe_stem(lesson.title or lesson.source.name or "stdin")
        path = self.output / folder / (stem + SUFFIX)
        if str(path).casefold() in self._taken:
            digest = sha256(lesson.source.path.encode(errors="surrogatepass")).hexdigest()[:8]
            path = path.with_name(f"{stem} ({digest}){SUFFIX}")
        self._taken.add(str(path).casefold())
        return path


def safe_stem(title: str) -> str:
    """A file name without its ending, for any title whatever."""
    name = unicodedata.normalize("NFC", title)
    name = re.sub(r"\s*[|｜丨]\s*", " - ", name).translate(TWINS)
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r"\s+", " ", name)
    name = _cut(name, LONGEST).strip(" .-")
    if name.split(".")[0].casefold() in DEVICES:
        name = f"_{name}"
    return name or "_"


def _cut(name: str, most_bytes: int) -> str:
    """The longest beginning that fits, characters kept whole."""
    return name.encode()[:most_bytes].decode(errors="ignore")
