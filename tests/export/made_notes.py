"""Notes made by hand, for tests of what becomes of them."""

from k8snotes.export.merge import Merged, Origin, fresh, merge
from k8snotes.model.note import Note, Region, Side

ORIGIN = Origin(id="0123456789abcdef", source="../seeds/a.txt", title="00000000")


def note(*regions: tuple[str, str], tags: tuple[str, ...] = ("火候", "水线"), **fields: str) -> Note:
    """A note with a title, two points and a theme, or with the regions named."""
    said = regions or (
        ("title", "# 循环"),
        ("points", "- 旧的要点。\n- 另一条。"),
        ("themes", "| 循环 | 3 |"),
    )
    return Note(
        fields=tuple({"id": ORIGIN.id, "title": "循环", "author": "灶台", **fields}.items()),
        tags=tags,
        regions=tuple(Region(name=name, text=text) for name, text in said),
    )


def with_points(text: str, **fields: str) -> Note:
    return note(("title", "# 循环"), ("points", text), ("themes", "| 循环 | 3 |"), **fields)


OLD = note()
NEW = with_points("- 新的要点。\n- 另一条。")


def exported(made: Note = OLD) -> str:
    return fresh(made, ORIGIN)


def export(existing: str, made: Note = NEW, side: Side | None = None) -> Merged:
    return merge(existing, made, ORIGIN, side)


def edited(old: str, new: str, text: str | None = None) -> str:
    """A note of the first export in which the reader changed something."""
    text = exported() if text is None else text
    assert old in text
    return text.replace(old, new, 1)
