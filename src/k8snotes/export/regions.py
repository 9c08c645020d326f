"""Whose words are whose in a note: the program's part above `## 我的笔记`, the reader's below.

The program's part carries its own hash in the front matter. While the hash is right nobody
has touched that part, and it may be renewed; once it is wrong it belongs to the reader.
"""

import json
import re
from hashlib import sha256
from typing import NamedTuple

from k8snotes.model.note import READER_HEADING, Note

HASH_FIELD = "k8snotes"
# Only in the front matter: a text below may hold such a line as well. Editors of properties
# write it without its quotes.
HASH_LINE = re.compile(
    rf"""\A(?P<before>\ufeff?---[ \t]*\n(?:(?!---|{HASH_FIELD}:).*\n)*+)"""
    rf"""{HASH_FIELD}: *["']?(?P<hash>[0-9a-f]{{16}})["']? *\n"""
)
SOURCE_LINE = re.compile(r"""\A\ufeff?---[ \t]*\n(?:(?!---|source:).*\n)*+source: *(?P<link>".*") *\n""")
HEADING_LINE = re.compile(rf"^{READER_HEADING}[ \t\r]*$", re.MULTILINE)


class Parts(NamedTuple):
    machine: str
    reader: str  # with its heading; "" where the heading is gone

    @property
    def text(self) -> str:
        return self.machine + self.reader

    @property
    def is_untouched(self) -> bool:
        """Whether the program's part is still as the program wrote it."""
        return recorded_hash(self.machine) == hash_of(self.machine)


def fresh_parts(note: Note) -> Parts:
    """A new note's parts: the program's sealed with its hash, the reader's empty."""
    seal = hash_of(f"---\n{note.fields}---\n\n{note.body}")
    machine = f'---\n{note.fields}{HASH_FIELD}: "{seal}"\n---\n\n{note.body}\n'
    return Parts(machine, f"{READER_HEADING}\n\n")


def split(text: str) -> Parts:
    """An existing note's parts."""
    match = HEADING_LINE.search(text)
    return Parts(text, "") if match is None else Parts(text[: match.start()], text[match.start() :])


def recorded_hash(machine: str) -> str | None:
    """The hash that a note holds; None in one that the program did not write."""
    match = HASH_LINE.match(_unix(machine))
    return match["hash"] if match else None


def recorded_source(machine: str) -> str | None:
    """The link to the text that a note was made from; None in one that says none."""
    match = SOURCE_LINE.match(_unix(machine))
    try:
        return str(json.loads(match["link"])) if match else None
    except json.JSONDecodeError:
        return None


def hash_of(machine: str) -> str:
    """The hash of a program's part without the hash's own line; line ends and a BOM are no matter."""
    unsealed = HASH_LINE.sub(r"\g<before>", _unix(machine)).removeprefix("\ufeff")
    return sha256(unsealed.rstrip().encode()).hexdigest()[:16]


def with_line_ends_of(existing: str, text: str) -> str:
    """The text with the line ends of a note that stands on disk."""
    return text.replace("\n", "\r\n") if "\r\n" in existing.partition("\n---")[0] else text


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")
