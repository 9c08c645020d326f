"""A note brought up to date: the program's regions renewed, the reader's words where they put them.

Each region and each field is merged three ways: as exported last (a hash in the note), as it
stands, as it would be exported now. Nothing but the note itself is needed to tell.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from k8snotes.export import front_matter, properties
from k8snotes.export.front_matter import Base, BrokenFields
from k8snotes.export.markers import (
    RECORD,
    Held,
    Part,
    Record,
    Words,
    exact_hash,
    framed,
    recorded,
    split,
    words_hash,
)
from k8snotes.model.note import Conflict, Note, PageKind, Region, Side
from k8snotes.speech import Message, in_all_languages, speaking, spoken

# What stands below is the reader's, and what stands between regions is too.
READERS_PART = Message("My notes")
FIELDS = "fields"  # what the record calls the front matter
FRONT_MATTER, WHOLE = Message("front matter"), Message("note")
NOT_OURS = Message("a file of yours stands there")
# Where parts were moved into the front matter or above it, taking one out may mend what was broken.
MOST_ROUNDS = 3
CHANGED = Message("changed by hand, and its source says something new")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose note it is: what an export finds it by."""

    id: str
    source: str  # the lesson's text, as seen from the folder of all notes
    title: str  # hash of the lesson's title
    page: PageKind | Literal[""] = ""  # what page of a course it is, and no lesson's note


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    text: str
    conflicts: tuple[Conflict, ...] = ()  # in which the reader's text was kept
    warnings: tuple[str, ...] = ()


@cache
def _heading_line() -> re.Pattern[str]:
    """The heading of the reader's part, in whatever language a note began."""
    headings = "|".join(map(re.escape, in_all_languages(READERS_PART)))
    return re.compile(rf"^(?:- )?## (?:{headings})[ \t]*\r?$", re.MULTILINE)


def fresh(note: Note, origin: Origin) -> str:
    """A new note."""
    base = front_matter.base_of(note.fields, note.tags)
    record = Record(
        id=origin.id,
        source=origin.source,
        title=origin.title,
        page=origin.page,
        fields=dict(base.fields),
        tags=tuple(base.tags),
        regions=tuple(region.name for region in note.regions),
    )
    regions = "\n".join(framed(region.name, region.text) for region in note.regions)
    with speaking(note.language):
        heading = f"## {spoken(READERS_PART)}"
    if note.is_outline:
        lines = properties.fresh(note.fields, note.tags)
        return f"{lines}\n{record.line}\n\n{regions}\n- {heading}\n\n"
    fields = front_matter.fresh(note.fields, note.tags)
    return f"---\n{fields}---\n\n{record.line}\n\n{regions}\n{heading}\n\n"


def merge(existing: str, note: Note, origin: Origin, side: Side | None = None) -> Merged:
    """The note that stands there brought up to date.

    `side` says what becomes of conflicts: "ours" keeps the reader's text and remembers that the
    new one was declined, "theirs" takes the program's; None keeps the reader's and reports. A file that
    bears no mark of the program is the reader's, whatever the side.
    """
    bom = "\ufeff" if existing.startswith("\ufeff") else ""
    merged = Merged(text=existing.removeprefix(bom))
    for _ in range(MOST_ROUNDS):
        before = merged.text
        merged = _merged_once(before, note, origin, side)
        if merged.text == before:
            break
    return replace(merged, text=bom + merged.text)


def _merged_once(existing: str, note: Note, origin: Origin, side: Side | None) -> Merged:
    merging = _Merging(existing, note, origin, side)
    if merging.is_ours:
        return merging.merged()
    if side == "theirs" and not existing.strip():
        return Merged(text=fresh(note, origin))
    conflict = Conflict(part=WHOLE, line=1, reason=NOT_OURS)
    return Merged(text=existing, conflicts=() if side == "ours" else (conflict,))


def as_the_program_has_it(existing: str, note: Note, origin: Origin) -> str:
    """The text that goes beside a note: merged, the program's where both changed it; else a new note."""
    merged = merge(existing, note, origin, "theirs")
    return fresh(note, origin) if merged.conflicts else merged.text


def is_readers_too(existing: str, origin: Origin) -> bool:
    """Whether anything in a note is the reader's: what is left without the program's parts of it."""
    left = merge(existing, Note(fields=(), tags=(), regions=()), origin).text
    words = RECORD.sub("", left.removeprefix("\ufeff"), count=1)
    return bool(_heading_line().sub("", words, count=1).replace("-", "").strip())


class _Merging:
    def __init__(self, existing: str, note: Note, origin: Origin, side: Side | None) -> None:
        self.existing = existing
        self.note = note
        self.side = side
        found = recorded(existing)
        parts, self.strays = split(existing)
        held = {part.name for part in parts if isinstance(part, Held)}
        self.has_record = found is not None
        self.is_ours = self.has_record or bool(held)
        # Without a record there is no telling what the reader removed: nothing comes back.
        self.old = found or _all_removed(note)
        self.known = {*self.old.regions, *held}
        self.kept = dict(self.old.kept)  # parts whose new text the reader declined
        self.record = replace(
            self.old, id=origin.id, source=origin.source, title=origin.title, page=origin.page, seal=""
        )
        self.ends = "\r\n" if existing.count("\r\n") * 2 > existing.count("\n") else "\n"
        self.conflicts: list[str] = []  # the parts

    def merged(self) -> Merged:
        try:
            head, rest = self._front_matter()
        except BrokenFields as error:
            if self.kept.get(FIELDS) == _fields_hash(self.note):
                head, rest = self._as_it_is()
            elif self.side is None:  # nothing of it is touched
                conflict = Conflict(part=FRONT_MATTER, line=error.line, reason=error.reason)
                return Merged(text=self.existing, conflicts=(conflict,), warnings=self._warnings())
            else:
                head, rest = self._declined_front_matter()
        else:
            self.kept.pop(FIELDS, None)
        text = self._with_record(head, self._regions(rest))
        lines = {part.name: part.line for part in _main_parts(split(text).parts)}
        conflicts = tuple(Conflict(part=name, line=lines[name], reason=CHANGED) for name in self.conflicts)
        return Merged(text=text, conflicts=conflicts, warnings=self._warnings())

    # --- the front matter

    def _front_matter(self) -> tuple[str, str]:
        """The front matter merged, with its fences, and all that stands below it.

        Raises:
            BrokenFields: it cannot be merged.
        """
        base = Base(self.old.fields, self.old.tags)
        lines, below = properties.cut(self.existing)
        if self.note.is_outline or (lines and not front_matter.OPENED.match(self.existing)):
            return self._properties(lines, below, base)
        fenced = front_matter.cut(self.existing)
        fields, now = fenced.fields, base
        if fenced.opens:
            fields, now = front_matter.merged(fields, self.note.fields, self.note.tags, base)
        else:  # the reader removed it
            removed = front_matter.base_of(self.note.fields, self.note.tags)
            now = Base({**base.fields, **removed.fields}, tuple(dict.fromkeys((*removed.tags, *base.tags))))
        self.record = replace(self.record, fields=dict(now.fields), tags=tuple(now.tags))
        return fenced.opens + fields + fenced.closes, fenced.rest

    def _properties(self, lines: str, below: str, base: Base) -> tuple[str, str]:
        """The properties merged, and all that stands below; from one form to the other ours go over.

        Raises:
            BrokenFields: front matter that is to become properties cannot be merged.
        """
        fields, tags = self.note.fields, self.note.tags
        has_other_form = self.note.is_outline != bool(lines)
        opens = closes = ""
        if has_other_form and lines:  # to front matter
            left, now = front_matter.merged(properties.as_front_matter(lines), fields, tags, base)
            head = f"---\n{left}---\n"
        elif has_other_form and (fenced := front_matter.cut(self.existing)).opens:
            below = fenced.rest
            held = front_matter.plain_fields(fenced.fields, base)
            if held is None:  # with fields of the reader's it stays
                opens, closes = fenced.opens, fenced.closes
                head, now = front_matter.merged(fenced.fields, fields, tags, base)
            else:
                lines, base = properties.of_plain(held, base)
                head, now = properties.merged(lines, fields, tags, base)
        else:
            head, now = properties.merged(lines, fields, tags, base)
        self.record = replace(self.record, fields=dict(now.fields), tags=tuple(now.tags))
        return (opens + head + closes).replace("\r\n", "\n").replace("\n", self.ends), below

    def _declined_front_matter(self) -> tuple[str, str]:
        """The front matter that cannot be merged, kept or replaced by the side taken."""
        head, rest = self._as_it_is()
        if self.side == "ours":
            self.kept[FIELDS] = _fields_hash(self.note)
            return head, rest
        now = front_matter.base_of(self.note.fields, self.note.tags)
        self.record = replace(self.record, fields=dict(now.fields), tags=tuple(now.tags))
        lines = f"---\n{front_matter.fresh(self.note.fields, self.note.tags)}---\n"
        gap = "" if rest.startswith(("\n", "\r\n")) else "\n"
        return (lines + gap).replace("\n", self.ends), rest

    def _as_it_is(self) -> tuple[str, str]:
        try:
            fenced = front_matter.cut(self.existing)
        except BrokenFields:  # it has no end: it ends before our first line at the latest
            ours = front_matter.OUR_LINE.search(self.existing)
            at = ours.start() if ours else len(self.existing)
            return self.existing[:at], self.existing[at:]
        return fenced.opens + fenced.fields + fenced.closes, fenced.rest

    # --- the regions

    def _regions(self, rest: str) -> list[Part]:
        """The parts of what stands below the front matter, each region merged."""
        parts = split(rest).parts
        wanted = {region.name: region for region in self.note.regions}
        main = _main_parts(parts)
        names = Counter(part.name for part in parts if isinstance(part, Held))
        merged: list[Part] = []
        closes_gap = False
        for part in parts:
            if isinstance(part, Words) or part not in main:
                merged.append(_one_blank_less(part) if closes_gap and isinstance(part, Words) else part)
                closes_gap = False
            elif region := wanted.get(part.name):
                merged.append(self._renewed(part, region))
            elif part.is_untouched and names[part.name] == 1:  # the program says nothing there any more
                self.known.discard(part.name)
                closes_gap = True
            else:
                merged.append(part)
        for at, region in enumerate(self.note.regions):
            if region.name not in {*self.known, *(name for name, _ in self.strays)}:
                merged = self._inserted(merged, at)
        return merged

    def _renewed(self, part: Held, region: Region) -> Held:
        """A region as it is to stand: renewed, or as the reader has it."""
        exact = exact_hash(region.text)
        if part.exact == exact:
            return part  # there is nothing new
        if part.is_untouched or self.side == "theirs" or words_hash(part.content) == words_hash(region.text):
            self.kept.pop(part.name, None)
            return self._as_exported(region, is_last_line=not part.end.endswith("\n"))
        if self.side == "ours":
            self.kept[part.name] = exact
        elif self.kept.get(part.name) != exact:
            self.conflicts.append(part.name)
        return part

    def _as_exported(self, region: Region, *, is_last_line: bool = False) -> Held:
        text = framed(region.name, region.text).replace("\n", self.ends)
        [held] = split(text.removesuffix(self.ends) if is_last_line else text).parts
        assert isinstance(held, Held)
        return held

    def _inserted(self, parts: list[Part], at: int) -> list[Part]:
        """The parts with a new region: before the one that follows it, else where the program's text ends."""
        regions, ends = self.note.regions, self.ends
        new = self._as_exported(regions[at])
        places = {part.name: place for place, part in enumerate(parts) if isinstance(part, Held)}
        following = [places[region.name] for region in regions[at + 1 :] if region.name in places]
        if following:
            place = following[0]
            return [*parts[:place], new, Words(ends), *parts[place:]]
        preceding = [places[region.name] for region in regions[:at] if region.name in places]
        place = preceding[-1] + 1 if preceding else 0
        for heading, part in enumerate(parts[place:], start=place):
            if isinstance(part, Words) and (match := _heading_line().search(part.text)):
                above, below = Words(part.text[: match.start()]), Words(ends + part.text[match.start() :])
                return [*parts[:heading], above, new, below, *parts[heading + 1 :]]
        place = place if preceding else len(parts)
        before = "".join(part.text for part in parts[:place])
        gap = ends * (0 if not before or before.endswith(ends * 2) else 1 if before.endswith("\n") else 2)
        return [*parts[:place], Words(gap), new, *parts[place:]]

    # --- the record

    def _with_record(self, head: str, parts: list[Part]) -> str:
        """The whole text, with what this export must remember."""
        names = [region.name for region in self.note.regions]
        exacts = {region.name: exact_hash(region.text) for region in self.note.regions}
        exacts[FIELDS] = _fields_hash(self.note)
        record = replace(
            self.record,
            regions=(*names, *sorted(self.known.difference(names))),
            kept={name: kept for name, kept in self.kept.items() if exacts.get(name) == kept},
        )
        body = "".join(part.text for part in parts)
        if not self.has_record:
            above = head + self.ends if head else ""
            gap = "" if not body or body.startswith(("\n", "\r\n")) else self.ends
            return f"{above}{record.line}{self.ends}{gap}{body}"
        if record == replace(self.old, seal=""):
            return head + body
        words = [at for at, part in enumerate(parts) if isinstance(part, Words)]
        place = next(at for at in words if RECORD.search(parts[at].text))
        renewed = RECORD.sub(lambda _: record.line, parts[place].text, count=1)
        return head + "".join(renewed if at == place else part.text for at, part in enumerate(parts))

    def _warnings(self) -> tuple[str, ...]:
        return tuple(
            Message(
                "line {line}: the other half of this marker of {name!r} is missing;"
                " the text there is yours now",
                line=line,
                name=name,
            )
            for name, line in self.strays
        )


def _all_removed(note: Note) -> Record:
    """The record of a note that has nothing left of what could be exported."""
    base = front_matter.base_of(note.fields, note.tags)
    return Record(
        fields=dict.fromkeys((*base.fields, front_matter.TAGS), ""),
        tags=tuple(base.tags),
        regions=tuple(region.name for region in note.regions),
    )


def _main_parts(parts: list[Part]) -> list[Held]:
    """Of each region the copy that is renewed: the first that nobody touched, else the first."""
    main: dict[str, Held] = {}
    for part in parts:
        if isinstance(part, Held):
            other = main.setdefault(part.name, part)
            if part.is_untouched and not other.is_untouched:
                main[part.name] = part
    return list(main.values())


def _one_blank_less(words: Words) -> Words:
    return Words(re.sub(r"\A\r?\n", "", words.text))


def _fields_hash(note: Note) -> str:
    return exact_hash(front_matter.fresh(note.fields, note.tags))
