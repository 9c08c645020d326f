"""The fields of a note's front matter, merged three ways: as exported last, as they are, as they are now.

Only the lines of what changed are written anew: order, comments, quotes and fields of the
reader's own stay to the byte. ruamel.yaml says where each value stands.
"""

import json
import re
import warnings
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from k8snotes.export.markers import field_hash
from k8snotes.speech import Message

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

# A fence, the fields, a fence. An editor may leave blanks behind the fences.
FENCED = re.compile(
    r"\A(?P<opens>---[ \t]*\r?\n)(?P<fields>.*?)^(?P<closes>(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z))", re.M | re.S
)
OUR_LINE = re.compile(r"^<!-- /?k8snotes:", re.MULTILINE)  # what stands below the front matter
OPENED = re.compile(r"\A---[ \t]*\r?\n")
TAGS = "tags"
LISTS = frozenset({"aliases"})  # fields that are lists: their values have an item a line
CONTROL = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class BrokenFields(Exception):
    """The front matter cannot be merged with; on which line of the note, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Fenced(NamedTuple):
    """A note cut at the fences of its front matter; all but `rest` empty where there is none."""

    opens: str
    fields: str
    closes: str
    rest: str


class Base(NamedTuple):
    """What was exported last, in hashes."""

    fields: Mapping[str, str]
    tags: Sequence[str]


class PlainField(NamedTuple):
    """A field that says a word or a list of words, and nothing beside them."""

    name: str
    values: tuple[str, ...]
    is_untouched: bool  # it says what was exported last


def cut(text: str) -> Fenced:
    """A note's front matter and the rest.

    Raises:
        BrokenFields: it opens and never ends.
    """
    match = FENCED.match(text)
    if match and not OUR_LINE.search(match["fields"]):
        return Fenced(match["opens"], match["fields"], match["closes"], text[match.end() :])
    if OPENED.match(text):
        raise BrokenFields(1, Message("the front matter has no end"))
    return Fenced("", "", "", text)


def fresh(fields: Sequence[tuple[str, str]], tags: Sequence[str]) -> str:
    """The lines of new front matter, without fences; a JSON string is a YAML string in double quotes."""
    lines = [_field_line(name, value) for name, value in fields]
    if tags:
        lines += [f"{TAGS}:\n", *(f"  - {_string(tag)}\n" for tag in tags)]
    return "".join(lines)


def base_of(fields: Sequence[tuple[str, str]], tags: Sequence[str]) -> Base:
    """What to remember of an export."""
    hashes = {name: field_hash(value) for name, value in fields}
    if tags:
        hashes[TAGS] = field_hash("\n".join(tags))
    return Base(hashes, tuple(map(field_hash, tags)))


def merged(
    existing: str, fields: Sequence[tuple[str, str]], tags: Sequence[str], base: Base, first_line: int = 2
) -> tuple[str, Base]:
    """The lines of front matter brought up to date, and what to remember.

    What the reader changed or removed stays so; what they left as it was gets the new value.
    `first_line` is where the lines stand in the note.

    Raises:
        BrokenFields: the lines are no YAML, or none that can be changed line by line.
    """
    now = base_of(fields, tags)
    if existing == fresh(fields, tags):
        return existing, _remembered(now, base, entries=None)
    entries = _entries(existing, first_line)
    edits = list(_field_edits(existing, entries, dict(fields), base.fields))
    edits += _tag_edits(existing, entries, tags, base)
    changed = _spliced(existing, edits)
    if edits:
        _prove(existing, changed, {*base.fields, *now.fields}, first_line)
    return changed, _remembered(now, base, entries)


def _remembered(now: Base, base: Base, entries: "dict[str, _Entry] | None") -> Base:
    """What to remember: what is exported now, and what was before and the reader removed.

    `entries` are the fields as they stood; None: they are what is exported now.
    """
    held = now.fields if entries is None else entries
    tags = now.tags if entries is None else _tag_hashes(entries)
    removed = {
        name: mark for name, mark in base.fields.items() if name not in now.fields and name not in held
    }
    gone = () if tags is None else [mark for mark in base.tags if mark not in tags]
    return Base(
        {**now.fields, **removed}, tuple(dict.fromkeys((*now.tags, *(base.tags if tags is None else gone))))
    )


def plain_fields(existing: str, base: Base, first_line: int = 2) -> list[PlainField] | None:
    """The fields, if all are such as were exported and any other form can say them; else None.

    Raises:
        BrokenFields: the lines are no YAML, or none that can be changed line by line.
    """
    found: list[PlainField] = []
    at = 0
    for name, entry in _entries(existing, first_line).items():
        field = _plain_field(name, entry, base) if name == TAGS or name in base.fields else None
        if (
            field is None
            or existing[at : entry.start].strip()
            or _comment_in(_around_values(existing, entry))
        ):
            return None
        found.append(field)
        at = entry.stop
    return None if existing[at:].strip() else found


def _plain_field(name: str, entry: "_Entry", base: Base) -> PlainField | None:
    values: list[str] | None = None
    if name == TAGS:
        tags = _items(entry)
        values = None if tags is None else [tag.value for tag in tags]
    elif entry.is_ours and name in LISTS and entry.items:
        values = entry.items.split("\n")
    elif entry.is_ours and entry.text is not None:
        values = [entry.text]
    if values is None:
        return None
    return PlainField(name, tuple(values), field_hash("\n".join(values)) == base.fields.get(name))


def _around_values(lines: str, entry: "_Entry") -> str:
    """What stands in the lines of a field beside what it says."""
    items = entry.value.value if isinstance(entry.value.value, list) else [entry.value]
    rest, at = [], entry.start
    for item in items:
        rest.append(lines[at : item.start_mark.index])
        at = item.end_mark.index
    return "".join(rest) + lines[at : entry.stop]


class _Entry(NamedTuple):
    start: int  # of its first line
    stop: int  # behind its last
    value: "Node"
    is_ours: bool  # it can be changed: it stands once, and where it seems to stand

    @property
    def text(self) -> str | None:
        """A scalar's text; None for all else."""
        return self.value.value if isinstance(self.value.value, str) else None

    @property
    def items(self) -> str | None:
        """A list's scalars, one a line; None for all else."""
        items = self.value.value
        if not isinstance(items, list) or any(
            isinstance(item, tuple) or not isinstance(item.value, str) for item in items
        ):
            return None
        return "\n".join(item.value for item in items)


class _Edit(NamedTuple):
    start: int
    stop: int
    replacement: str


def _entries(lines: str, first_line: int) -> dict[str, _Entry]:
    """The fields by name, in order."""
    root = _composed(lines, first_line)
    if root is None:
        return {}
    if not isinstance(root.value, list) or (root.value and not isinstance(root.value[0], tuple)):
        raise BrokenFields(first_line, Message("the front matter is no list of fields"))
    if _is_in_brackets(root):
        raise BrokenFields(first_line, Message("the front matter is one value in brackets"))
    found: dict[str, _Entry] = {}
    for key, value in root.value:
        start = lines.rfind("\n", 0, key.start_mark.index) + 1
        end = max(_end(value), key.end_mark.index)
        newline = lines.find("\n", len(lines[:end].rstrip()))
        stop = len(lines) if newline < 0 else newline + 1
        is_ours = value.start_mark.index >= key.end_mark.index and key.value not in found
        found[str(key.value)] = _Entry(start, stop, value, is_ours)
    return found


def _is_in_brackets(node: "Node") -> bool:
    return bool(getattr(node, "flow_style", False))  # scalars have no such


def _end(value: "Node") -> int:
    """Where a value ends, without the blank lines and comments below it."""
    if isinstance(value.value, list) and value.value and not _is_in_brackets(value):
        last = value.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = value.end_mark.index
    return end


def _composed(lines: str, first_line: int) -> "Node | None":
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        with warnings.catch_warnings():  # its warnings are addressed to programmers
            warnings.simplefilter("ignore")
            node: Node | None = YAML(pure=True).compose(lines)
            return node
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "no YAML").split())
        raise BrokenFields(first_line + (mark.line if mark else 0), problem) from error
    except (YAMLError, ValueError, TypeError, RecursionError, AttributeError) as error:
        raise BrokenFields(first_line, " ".join(str(error).split())[:120] or Message("no YAML")) from error


def _field_edits(
    lines: str, entries: dict[str, _Entry], fields: dict[str, str], base: Mapping[str, str]
) -> Iterator[_Edit]:
    for name in (*fields, *(name for name in base if name not in fields and name != TAGS)):
        entry, value = entries.get(name), fields.get(name)
        if entry is None:
            if value is not None and name not in base:
                at = _place_after(name, list(fields), entries)
                yield _Edit(at, at, _field_line(name, value))
            continue
        held = entry.items if name in LISTS else entry.text
        if not entry.is_ours or held is None or field_hash(held) != base.get(name):
            continue  # the reader's
        start, stop = entry.value.start_mark.index, entry.value.end_mark.index
        if value is None:
            if not _comment_in(lines[stop : entry.stop]):
                yield _Edit(entry.start, entry.stop, "")
        elif value != held:
            new = _value(name, value)
            if "\n" in lines[start:stop]:  # folded by an editor
                yield _Edit(start, entry.stop, f"{new}\n")
            else:
                yield _Edit(start, stop, new if lines[start - 1 : start].isspace() else f" {new}")


def _place_after(name: str, names: list[str], entries: dict[str, _Entry]) -> int:
    """Where a new field goes: behind the one that it follows among ours."""
    before = [entries[other].stop for other in names[: names.index(name)] if other in entries]
    return before[-1] if before else 0


def _tag_hashes(entries: dict[str, _Entry]) -> list[str] | None:
    """The tags as they stand; None where they are no list of words, or the reader removed the list."""
    entry = entries.get(TAGS)
    items = None if entry is None else _items(entry)
    return None if items is None else [field_hash(item.value) for item in items]


def _tag_edits(lines: str, entries: dict[str, _Entry], tags: Sequence[str], base: Base) -> Iterator[_Edit]:
    """The edits of the list of tags."""
    now = tuple(map(field_hash, tags))
    entry = entries.get(TAGS)
    if entry is None:
        if tags and TAGS not in base.fields:
            ours = [entries[name].stop for name in base.fields if name in entries]
            at = max(ours or [entry.stop for entry in entries.values()], default=0)
            yield _Edit(at, at, fresh((), tags))
        return
    items = _items(entry)
    if items is None:  # a sentence, a mapping, an alias: the reader's
        return
    held = [item.value for item in items]
    hashes = [field_hash(tag) for tag in held]
    is_untouched = field_hash("\n".join(held)) == base.fields.get(TAGS)
    if is_untouched and not _comment_in(lines[entry.start : entry.stop]):  # all as new, in its order
        removed = [mark for mark in base.tags if mark not in hashes]
        wanted = [tag for tag, mark in zip(tags, now, strict=True) if mark not in removed]
        if not wanted:
            yield _Edit(entry.start, entry.stop, "")
            return
    else:
        seen = {tag.casefold() for tag in held}
        gone = set(base.tags) - set(now)
        wanted = [tag for tag, mark in zip(held, hashes, strict=True) if mark not in gone]
        wanted += [
            tag
            for tag, mark in zip(tags, now, strict=True)
            if mark not in base.tags and tag.casefold() not in seen
        ]
    if wanted != held:
        yield from _list_edits(lines, entry, items, wanted)


def _items(entry: _Entry) -> "list[Node] | None":
    """The tags as they stand; None where they are no list of words."""
    if not entry.is_ours:
        return None
    value = entry.value.value
    if isinstance(value, str):
        return [] if not value.strip() or value in ("null", "~") else None
    if any(isinstance(item, tuple) or not isinstance(item.value, str) for item in value):
        return None
    if any(item.start_mark.index < entry.value.start_mark.index for item in value):  # an alias
        return None
    return list(value)


def _list_edits(lines: str, entry: _Entry, items: "list[Node]", wanted: list[str]) -> Iterator[_Edit]:
    """What makes the items those wanted; the lines of items that stay are not touched."""
    held = [item.value for item in items]
    start, stop = entry.value.start_mark.index, entry.value.end_mark.index
    if not items and lines[start:stop].strip() in ("", "null", "~"):  # `tags:` and nothing
        yield _Edit(start, stop, "")
        yield _Edit(entry.stop, entry.stop, "".join(f"  - {_string(tag)}\n" for tag in wanted))
        return
    if _is_in_brackets(entry.value):
        kept = {item.value: lines[item.start_mark.index : item.end_mark.index] for item in items}
        written = ", ".join(kept.get(tag, _string(tag)) for tag in wanted)
        yield _Edit(start, stop, f"[{written}]")
        return
    spans = [_line_of(lines, item) for item in items]
    first = items[0].start_mark.index
    lead = lines[spans[0][0] : first]  # the dash and what stands before it
    staying = [tag for tag in wanted if tag in held]
    in_order = [tag for tag in held if tag in wanted]
    if staying != in_order:  # the whole list is ours, in another order
        yield _Edit(spans[0][0], spans[-1][1], "".join(f"{lead}{_string(tag)}\n" for tag in wanted))
        return
    for span, item in zip(spans, items, strict=True):
        before: list[str] = []
        while wanted and wanted[0] not in held:
            before.append(wanted.pop(0))
        if before:
            yield _Edit(span[0], span[0], "".join(f"{lead}{_string(tag)}\n" for tag in before))
        if wanted and wanted[0] == item.value:
            wanted.pop(0)
        elif not _comment_in(lines[item.end_mark.index : span[1]]):
            yield _Edit(*span, "")
    end = spans[-1][1]
    if wanted:
        yield _Edit(end, end, "".join(f"{lead}{_string(tag)}\n" for tag in wanted))


def _line_of(lines: str, item: "Node") -> tuple[int, int]:
    start = lines.rfind("\n", 0, item.start_mark.index) + 1
    stop = lines.find("\n", item.end_mark.index)
    return start, len(lines) if stop < 0 else stop + 1


def _comment_in(rest: str) -> bool:
    return "#" in rest


def _spliced(lines: str, edits: list[_Edit]) -> str:
    """The lines with the edits made; new ones at one place stay in their order."""
    ends = "\r\n" if "\r\n" in lines else "\n"
    pieces: list[str] = []
    at = 0
    for start, stop, replacement in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (lines[at:start], replacement.replace("\n", ends))
        at = stop
    return "".join(pieces) + lines[at:]


def _prove(before: str, after: str, ours: Container[str], first_line: int) -> None:
    """Raises:
    BrokenFields: changing our fields would change others: they share lines, or something else is odd.
    """
    old, new = _entries(before, first_line), _entries(after, first_line)
    for name, entry in old.items():
        there = new.get(name)
        if name not in ours and (
            there is None or after[there.start : there.stop] != before[entry.start : entry.stop]
        ):
            raise BrokenFields(
                first_line, Message("{name} shares its lines with others; give it its own", name=name)
            )


def _field_line(name: str, value: str) -> str:
    return f"{name}: {_value(name, value)}\n"


def _value(name: str, value: str) -> str:
    return f"[{', '.join(map(_string, value.split(chr(10))))}]" if name in LISTS else _string(value)


def _string(value: str) -> str:
    encoded = json.dumps(value, ensure_ascii=False)
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", encoded)
