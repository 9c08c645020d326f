"""Any archive or document: what is read of it is texts, or one clear error; and all of it in bounds.

An input is a whole EPUB or PDF. Bytes changed at random break an archive's checksums and nothing
else, so most inputs are unpacked, changed in one entry and packed again.

    python fuzz/read_book.py -max_total_time=60 fuzz/corpus/read_book
"""

import contextlib
import io
import random
import zipfile
from pathlib import Path

from engine import LawBroken, fuzz, instrumented

with instrumented():
    from k8snotes.errors import UnreadableInput
    from k8snotes.model.source import InputFile
    from k8snotes.parse import parse
    from k8snotes.read import epub, pdf  # noqa: F401 - read only when needed, instrumented here
    from k8snotes.read.files import sources_in
    from properties.laws import broken_laws

BOOK = InputFile(path=Path("book.epub"), shown="book.epub", folder="")
NAMES = ("META-INF/container.xml", "OEBPS/content.opf", "OEBPS/Text/03.html", "../03.html", "/03.html", "")
RAW_SHARE = 0.2  # of the changes are to the archive itself


def check(data: bytes) -> None:
    read = 0
    try:
        for source in sources_in(data, BOOK):
            read += sum(map(len, source.lines))
            if broken := broken_laws(parse(source)):
                raise LawBroken("\n".join(broken[:5]))
            if source.places and not 1 <= source.places[0][0] <= len(source.lines):
                raise LawBroken(f"a place outside the text: {source.places[0]}")
    except UnreadableInput as error:
        if "\n" in str(error) or len(str(error)) > 500:
            raise LawBroken(f"not one line: {error!r}") from error


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """The input with one change, in an entry of the archive or in the archive itself."""
    import atheris

    rng = random.Random(seed)
    entries = None if rng.random() < RAW_SHARE else _entries(data)
    if not entries:
        return atheris.Mutate(data, max_size)
    at = rng.randrange(len(entries))
    name, content = entries[at]
    match rng.randrange(8):
        case 0:
            entries[at] = (rng.choice(NAMES), content)
        case 1:
            entries.pop(at)
        case 2:
            entries.append((name, content))
        case _:
            entries[at] = (name, atheris.Mutate(content, max_size))
    packed = _packed(entries, compression=rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    return packed if len(packed) <= max_size else atheris.Mutate(data, max_size)


def _entries(data: bytes) -> list[tuple[str, bytes]] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(entry.filename, archive.read(entry)) for entry in archive.infolist()[:20]]
    except Exception:  # whatever a broken archive raises
        return None


def _packed(entries: list[tuple[str, bytes]], *, compression: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive, contextlib.suppress(ValueError, UnicodeError):
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name or "x"), content)
    return packed.getvalue()


if __name__ == "__main__":
    fuzz(check, mutate=mutate)
