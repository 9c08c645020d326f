"""Where a note's regions begin and end, and what the note remembers of the last export.

A region stands between two lines that no renderer shows:

    <!-- k8snotes:points 5e1c09d2a7f03b9de0417c22 -->
    <!-- /k8snotes:points 5e1c09d2a7f0 -->

The first half of the hash is of the text as the program wrote it, the second of its words alone:
an editor that aligns a table or wraps a line changes no word. The last line repeats the first
half, so that no text inside can end its own region. One more such line, the record, holds what
an export must know to tell what the reader removed from what is new.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

HASH = 12  # hexadecimal digits
FIELD_HASH = 8
INDENT = r"[ \t]*(?:- )?"  # Logseq makes of a line what belongs to the bullet above it, or a bullet
MARKER = re.compile(
    rf"^{INDENT}<!-- (?:k8snotes:(?P<begins>[a-z]+) (?P<hash>[0-9a-f]{{{2 * HASH}}})"
    rf"|/k8snotes:(?P<ends>[a-z]+) (?P<exact>[0-9a-f]{{{HASH}}})) -->[ \t]*\r?(?:\n|\Z)",
    re.MULTILINE,
)
RECORD = re.compile(
    r"(?:^|(?<=\ufeff))(?:[ \t]*(?:- )?)<!-- k8snotes:note (?P<facts>[!-~]+=[ !-~]*?) -->[ \t]*(?=\r?$)",
    re.MULTILINE,
)
FENCE = re.compile(r"[ \t>]*(?:- )?(?P<fence>`{3,}|~{3,})")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
RULE_OF_TABLE = frozenset("|:- \t")
ITEM = re.compile(r"[*+](?=[ \t])")


class Words(NamedTuple):
    """A stretch of a note that is the reader's."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A region as it stands in a note."""

    name: str
    exact: str  # hash of the text that the program wrote
    words: str  # hash of its words
    begin: str  # the marker's line
    content: str  # what stands between the markers now
    end: str
    line: int  # of the begin marker, from 1

    @property
    def text(self) -> str:
        return self.begin + self.content + self.end

    @property
    def is_untouched(self) -> bool:
        """Whether its words are still those that the program wrote."""
        return words_hash(self.content) == self.words


Part = Words | Held


class Parts(NamedTuple):
    parts: list[Part]  # joined they are the text
    strays: list[tuple[str, int]]  # markers without their other half: name, line


def split(text: str) -> Parts:
    """A note's regions and what stands between them.

    A marker whose other half is missing is a line like any other.
    """
    found = Parts([], [])
    markers = list(MARKER.finditer(text))
    ends: dict[tuple[str, str], list[int]] = {(marker["ends"], marker["exact"]): [] for marker in markers}
    for at, marker in enumerate(markers):
        ends[marker["ends"], marker["exact"]].append(at)
    at = index = 0
    line, counted = 1, 0
    while index < len(markers):
        marker = markers[index]
        line, counted = line + text.count("\n", counted, marker.start()), marker.start()
        closings = ends.get((marker["begins"], (marker["hash"] or "")[:HASH]), [])
        closing = next(iter(closings[bisect_right(closings, index) :]), None) if marker["begins"] else None
        if closing is None:
            found.strays.append((marker["begins"] or marker["ends"], line))
            index += 1
            continue
        end = markers[closing]
        if at < marker.start():
            found.parts.append(Words(text[at : marker.start()]))
        found.parts.append(
            Held(
                name=marker["begins"],
                exact=marker["hash"][:HASH],
                words=marker["hash"][HASH:],
                begin=marker[0],
                content=text[marker.end() : end.start()],
                end=end[0],
                line=line,
            )
        )
        at = end.end()
        index = closing + 1
    if at < len(text):
        found.parts.append(Words(text[at:]))
    return found


def framed(name: str, text: str) -> str:
    """A region's text between its markers, each with a blank line to set it off."""
    exact = exact_hash(text)
    return (
        f"<!-- k8snotes:{name} {exact}{words_hash(text)} -->\n\n{text}\n\n<!-- /k8snotes:{name} {exact} -->\n"
    )


def exact_hash(text: str) -> str:
    return _hash(text, HASH)


def words_hash(text: str) -> str:
    """The hash of what a text says, however it is wrapped, aligned and escaped.

    So a formatter that reflows a region does not make it the reader's. Words, marks and the lines of
    code all count.
    """
    return _hash("\n".join(_said(text)), HASH)


def field_hash(value: str) -> str:
    return _hash(value, FIELD_HASH)


def _said(text: str) -> Iterator[str]:
    fence = ""
    is_quoted = False
    prose: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        mark = FENCE.match(line)
        if fence:
            yield line.rstrip()
            if mark and mark["fence"].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
            continue
        if mark:
            yield "".join(prose)
            prose.clear()
            fence = mark["fence"]
            yield line.strip()
            continue
        shown = line.strip()
        was_quoted, is_quoted = is_quoted, shown.startswith(">")
        if is_quoted and was_quoted:
            shown = shown.lstrip("> \t")
        if RULE_OF_TABLE.issuperset(shown):
            shown = re.sub("-+", "-", shown)
        shown = unescape(ESCAPED.sub(r"\1", ITEM.sub("-", shown)))
        prose.append("".join(shown.split()))
    yield "".join(prose)


def _hash(text: str, digits: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


# --- the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a note remembers of the last export."""

    id: str = ""
    source: str = ""  # the lesson's text, as seen from the folder of all notes; "" for standard input
    title: str = ""  # hash of the lesson's title
    fields: dict[str, str] = field(default_factory=dict)  # name → hash of what was exported
    tags: tuple[str, ...] = ()  # hashes of all that were exported; those that the reader removed stay here
    regions: tuple[str, ...] = ()  # that the note has, or had before the reader removed them
    kept: dict[str, str] = field(default_factory=dict)  # part → hash of the text that the reader declined
    page: str = ""  # what page of a course it is; "" for the note of a lesson
    seal: str = ""  # hash of a text beside a note, while nobody has written in it

    @property
    def line(self) -> str:
        facts = (
            ("id", self.id),
            ("source", quote(self.source.encode("utf-8", "surrogateescape"), safe="/.")),
            ("title", self.title),
            ("fields", _pairs(self.fields)),
            ("tags", ",".join(self.tags)),
            ("regions", ",".join(self.regions)),
            ("kept", _pairs(self.kept)),
            ("page", self.page),
            ("seal", self.seal),
        )
        return f"<!-- k8snotes:note {' '.join(f'{name}={value}' for name, value in facts if value)} -->"


def recorded(text: str) -> Record | None:
    """The record in a note, wherever its reader moved it; None for a note without one."""
    found = (RECORD.search(part.text) for part in split(text).parts if isinstance(part, Words))
    match = next(filter(None, found), None)
    if match is None:
        return None
    facts = dict(fact.split("=", 1) for fact in match["facts"].split() if "=" in fact)
    return Record(
        id=facts.get("id", ""),
        source=unquote(facts.get("source", ""), errors="surrogateescape"),
        title=facts.get("title", ""),
        fields=_mapping(facts.get("fields", "")),
        tags=_listed(facts.get("tags", "")),
        regions=_listed(facts.get("regions", "")),
        kept=_mapping(facts.get("kept", "")),
        page=facts.get("page", ""),
        seal=facts.get("seal", ""),
    )


def sealed(text: str) -> str:
    """A text to put beside a note, with the proof that nobody has written in it."""
    record = recorded(text)
    return text if record is None else _with_record(text, replace(record, seal=_seal(text)).line)


def is_sealed(text: str) -> bool:
    """Whether a text beside a note is as the program put it there."""
    record = recorded(text)
    return record is not None and bool(record.seal) and record.seal == _seal(text)


def _with_record(text: str, line: str) -> str:
    """A text with another line in place of the record that `recorded` finds: one within a region is none."""
    at = 0
    for part in split(text).parts:
        if isinstance(part, Words) and (found := RECORD.search(part.text)):
            return text[: at + found.start()] + line + text[at + found.end() :]
        at += len(part.text)
    return text


def _seal(text: str) -> str:
    return _hash(_with_record(text, "").replace("\r\n", "\n"), HASH)


def _pairs(pairs: dict[str, str]) -> str:
    return ",".join(f"{name}:{value}" for name, value in pairs.items())


def _mapping(pairs: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in pairs.split(",") if ":" in pair)


def _listed(values: str) -> tuple[str, ...]:
    return tuple(filter(None, values.split(",")))
