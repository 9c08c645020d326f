"""The properties at the top of a Logseq page, merged three ways as front matter is.

A property is a line, `name:: value`, and they end with the first line that is none.
"""

import json
import re
from collections.abc import Sequence

from k8snotes.export.front_matter import TAGS, Base, PlainField, base_of
from k8snotes.export.front_matter import fresh as fresh_front_matter
from k8snotes.export.markers import field_hash

PROPERTY = re.compile(r"(?P<name>[^\s:\[\]#]+)::(?:[ \t]+(?P<value>.*?))?[ \t]*(?P<end>\r?\n|\Z)")

PLAIN_NAME = re.compile(r"[^\W\d_][\w-]*")
LOGSEQS = "logseq-id"  # what a field is called that `id` would take for ours


def cut(text: str) -> tuple[str, str]:
    """The lines of the properties, and the rest of a page."""
    at = 0
    while (match := PROPERTY.match(text, at)) and match.end() > at:
        at = match.end()
    return text[:at], text[at:]


def fresh(fields: Sequence[tuple[str, str]], tags: Sequence[str]) -> str:
    """The lines of new properties."""
    lines = [f"{_named(name)}:: {_on_one_line(value)}\n" for name, value in fields]
    if tags:
        lines.append(f"{TAGS}:: {', '.join(tags)}\n")
    return "".join(lines)


def of_plain(fields: Sequence[PlainField], base: Base) -> tuple[str, Base]:
    """Fields of front matter as lines, and what was exported last as these would have it."""
    said = {field.name: _on_one_line(", ".join(field.values)) for field in fields if field.values}
    untouched = {field.name for field in fields if field.is_untouched} - {TAGS}
    hashes = {name: field_hash(value) for name, value in said.items() if name in untouched}
    lines = "".join(f"{_named(name)}:: {value}\n" for name, value in said.items())
    return lines, Base({**base.fields, **hashes}, base.tags)


def as_front_matter(lines: str) -> str:
    """The lines as those of front matter, without fences."""
    written: list[str] = []
    at = 0
    while (match := PROPERTY.match(lines, at)) and match.end() > at:
        at = match.end()
        name, value = match["name"], match["value"] or ""
        if name == TAGS:
            written.append(fresh_front_matter((), _tags_in(value)) or f"{TAGS}:\n")
            continue
        field = LOGSEQS if name == "id" else _ours(name)
        written.append(
            fresh_front_matter([(field if PLAIN_NAME.fullmatch(field) else json.dumps(field), value)], ())
        )
    return "".join(written)


def merged(
    existing: str, fields: Sequence[tuple[str, str]], tags: Sequence[str], base: Base
) -> tuple[str, Base]:
    """The lines brought up to date, and what to remember: what the reader changed or removed stays so."""
    ends = "\r\n" if "\r\n" in existing else "\n"
    now = base_of(fields, tags)
    left: dict[str, str] = dict(base.fields)  # what the reader may have removed
    tags_left: tuple[str, ...] = tuple(base.tags)
    values = {_named(name): (name, _on_one_line(value)) for name, value in fields}
    lines: list[str] = []
    held: set[str] = set()
    for line in existing.splitlines(keepends=True):
        match = PROPERTY.match(line)
        name = match["name"] if match else ""
        value = (match["value"] or "") if match else ""
        left.pop(_ours(name), None)
        if name == TAGS and name not in held:
            stand = set(map(field_hash, _tags_in(value)))
            tags_left = tuple(mark for mark in base.tags if mark not in stand)
            lines.append(_tag_line(line, value, tags, base, ends))
        elif name and name not in values and base.fields.get(_ours(name)) == field_hash(value):
            continue  # the program says nothing there any more
        elif name in values and name not in held:
            field, new = values[name]
            is_ours = base.fields.get(field) == field_hash(value)
            lines.append(f"{name}:: {new}{ends}" if is_ours and new != value else line)
        else:
            lines.append(line)
        held.add(name)
    for name, (field, new) in values.items():
        if name not in held and field not in base.fields:
            lines.append(f"{name}:: {new}{ends}")
    if tags and TAGS not in held and TAGS not in base.fields:
        lines.append(f"{TAGS}:: {', '.join(tags)}{ends}")
    if len(lines) > 1 and not lines[-1].endswith("\n"):
        lines[-1] += ends
    remembered = {**left, **{name: field_hash(_on_one_line(value)) for name, value in fields}}
    if tags:
        remembered[TAGS] = now.fields[TAGS]
    return "".join(lines), Base(remembered, tuple(dict.fromkeys((*now.tags, *tags_left))))


def _tag_line(line: str, value: str, tags: Sequence[str], base: Base, ends: str) -> str:
    """The tags: those of ours that are gone go, new ones come, those removed by the reader stay removed."""
    held = _tags_in(value)
    gone = set(base.tags) - set(map(field_hash, tags))
    wanted = [tag for tag in held if field_hash(tag) not in gone]
    wanted += [tag for tag in tags if field_hash(tag) not in base.tags and tag not in held]
    if not wanted and held:
        return ""
    return line if wanted == held else f"{TAGS}:: {', '.join(wanted)}{ends}"


def _tags_in(value: str) -> list[str]:
    return [tag.strip() for tag in value.split(",") if tag.strip()]


def _named(name: str) -> str:
    """`id` is Logseq's own."""
    return "k8snotes-id" if name == "id" else name


def _ours(name: str) -> str:
    return "id" if name == "k8snotes-id" else name


def _on_one_line(value: str) -> str:
    return " ".join(value.split())
