"""The laws of merging, over random edits: no word of a reader's is lost, and nothing is written twice."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from k8snotes.export.markers import RECORD, Held, Part, Words, framed, is_sealed, recorded, sealed, split
from k8snotes.export.merge import NOT_OURS, Origin, fresh, merge
from k8snotes.model.note import Note, Region
from properties.examples import examples

ORIGIN = Origin(id="0123456789abcdef", source="../seeds/a.txt", title="00000000")
NAMES = ("title", "summary", "points", "themes", "comments", "body", "rights")
MINE = re.compile(r"我的话\d+")
LONELY = Note(fields=(("id", ORIGIN.id),), tags=(), regions=(Region(name="title", text="# 循环"),))

Edit = Callable[[list[str]], list[str]]

texts = st.sampled_from(
    [
        "# 循环",
        "- 一\n- 二",
        "> 引文\n>\n> 再引",
        "| 表 | 数 |\n|---|---:|\n| 循环 | 3 |",
        "```\n## 我的笔记\n```",
        "好",
    ]
)
words = st.sampled_from(["循环", "a: b", "0123", "“引号”", "#", "换\n行", ""])
tags = st.lists(st.sampled_from(["火候", "水线", "锅盖", "米"]), unique=True, max_size=4).map(tuple)


@st.composite
def notes(draw: st.DrawFn) -> Note:
    names = [name for name in NAMES if draw(st.integers(0, 4))]
    fields = {name: draw(words) for name in ("title", "course", "author") if draw(st.booleans())}
    return Note(
        fields=(("id", ORIGIN.id), *fields.items()),
        tags=draw(tags),
        regions=tuple(Region(name=name, text=draw(texts)) for name in names or ["title"]),
    )


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    """What a reader does to the lines of a note, somewhere in it."""
    start, length, to = draw(st.integers(0, 99)), draw(st.integers(1, 8)), draw(st.integers(0, 99))
    number = draw(st.integers(0, 10**9))
    kind = draw(
        st.sampled_from(["insert", "insert", "field", "tag", "delete", "move", "copy", "append", "pad"])
    )

    def edit(lines: list[str]) -> list[str]:
        at = start * len(lines) // 100
        block = lines[at : at + length]
        rest = lines[:at] + lines[at + length :]
        there = to * len(rest) // 100
        match kind:
            case "insert":
                return [*lines[:at], f"我的话{number}", *lines[at:]]
            case "field":
                mark = ":" if lines[:1] == ["---"] else "::"
                return [lines[0], f"mine{number}{mark} 我的话{number}", *lines[1:]]
            case "tag":
                return [*lines[:at], f"  - 我的话{number}", *lines[at:]]
            case "delete":
                return rest
            case "move":
                return [*rest[:there], *block, *rest[there:]]
            case "copy":
                return [*lines[:there], *block, *lines[there:]]
            case "append":
                return [
                    *lines[:at],
                    *(f"{line} 我的话{number}" for line in lines[at : at + 1]),
                    *lines[at + 1 :],
                ]
            case _:
                return [*lines[:at], *(f"{line}  " for line in block), *lines[at + length :]]

    return edit


@st.composite
def edited_notes(draw: st.DrawFn, *, is_outline: bool = False) -> tuple[str, Note, Note]:
    """A note of a first export after a reader's edits, what was exported, and what is to be exported next."""
    old = replace(draw(notes()), is_outline=is_outline)
    lines = fresh(old, ORIGIN).split("\n")
    for edit in draw(st.lists(edits(), max_size=6)):
        lines = edit(lines)
    ends = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = draw(st.sampled_from(["", "", "\ufeff"])) + ends.join(lines)
    return text if draw(st.booleans()) else text.rstrip(), old, draw(notes())


def parts(text: str) -> list[Part]:
    return split(text.removeprefix("\ufeff").replace("\r\n", "\n")).parts


def readers_lines(text: str) -> Counter[str]:
    """The lines outside of regions, blank ones and the record's left out."""
    outside = "\n".join(part.text for part in parts(text) if isinstance(part, Words))
    return Counter(
        line for line in map(str.strip, outside.split("\n")) if line and not RECORD.fullmatch(line)
    )


@examples(100)
@given(edited_notes())
def test_no_line_of_a_reader_is_ever_lost(case: tuple[str, Note, Note]) -> None:
    text, old, new = case

    merged = merge(text, new, ORIGIN)

    assert Counter(MINE.findall(text)) - Counter(MINE.findall(merged.text)) == Counter()
    body = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head = re.match(r"---[ \t]*\n.*?^---[ \t]*\n", body, re.DOTALL | re.MULTILINE)
    below = body[head.end() :] if head else body
    if not head or not merged.conflicts:
        # Fields that a part moved above them hid are fields again once it is gone.
        ours = Counter(fresh(old, ORIGIN).partition("\n---\n")[0].split("\n"))
        assert readers_lines(below) - readers_lines(merged.text) - ours == Counter()


@examples(100)
@given(edited_notes(), st.sampled_from([None, "ours", "theirs"]))
@example(("# 循环\n\n<!-- /k8snotes:title 545426a11c44 -->\n", LONELY, LONELY), "ours")
@example(("# 循环\n\n<!-- /k8snotes:title 545426a11c44 -->\n", LONELY, LONELY), "theirs")
def test_a_second_export_changes_no_byte(case: tuple[str, Note, Note], side: str | None) -> None:
    text, _, new = case

    once = merge(text, new, ORIGIN, side)  # type: ignore[arg-type]
    twice = merge(once.text, new, ORIGIN)

    assert twice.text == once.text
    if not side:
        assert twice.conflicts == once.conflicts
    elif recorded(once.text.removeprefix("\ufeff")):
        assert twice.conflicts == ()
    else:  # of a file that bears no mark of ours any more: there is no place in it to remember the side
        assert [conflict.reason for conflict in twice.conflicts] == [NOT_OURS]


@examples(100)
@given(
    edited_notes() | edited_notes(is_outline=True),
    st.sampled_from(["outline", "front matter"]),
)
def test_no_word_is_lost_on_the_way_to_an_outline_and_back(case: tuple[str, Note, Note], first: str) -> None:
    text, _, new = case
    merged = text
    for is_outline in (first == "outline", first != "outline", first == "outline"):
        note = replace(new, is_outline=is_outline)
        merged = merge(merged, note, ORIGIN).text

        assert Counter(MINE.findall(text)) - Counter(MINE.findall(merged)) == Counter()
        assert merge(merged, note, ORIGIN).text == merged


@examples(100)
@given(edited_notes())
def test_what_nobody_touched_is_as_in_a_new_note(case: tuple[str, Note, Note]) -> None:
    text, _, new = case
    merged = merge(text, new, ORIGIN)
    if any(conflict.part in ("note", "front matter") for conflict in merged.conflicts):
        assert merged.text == text
        return
    untouched = {part.name for part in parts(text) if isinstance(part, Held) and part.is_untouched}
    written = merged.text.replace("\r\n", "\n")

    for region in new.regions:
        if region.name in untouched:
            held = [part for part in parts(written) if isinstance(part, Held) and part.name == region.name]
            assert any(part.is_untouched and part.exact in framed(region.name, region.text) for part in held)
    for conflict in merged.conflicts:
        assert conflict.part not in untouched


@examples(80)
@given(notes(), notes(), notes())
def test_an_untouched_note_is_always_as_if_exported_for_the_first_time(
    one: Note, two: Note, three: Note
) -> None:
    text = fresh(one, ORIGIN)
    for new in (two, three, one):
        text = merge(text, new, ORIGIN).text

        assert text == fresh(new, ORIGIN)


@examples(80)
@given(edited_notes(), notes())
def test_the_new_text_is_taken_where_it_is_asked_for(case: tuple[str, Note, Note], newest: Note) -> None:
    text, _, new = case

    direct = merge(merge(text, new, ORIGIN, "theirs").text, newest, ORIGIN, "theirs")

    assert direct.conflicts == ()
    held = {part.name: part for part in parts(direct.text) if isinstance(part, Held)}
    for region in newest.regions:
        if region.name in held and not any(name == region.name for name, _ in split(direct.text).strays):
            copies = [
                part for part in parts(direct.text) if isinstance(part, Held) and part.name == region.name
            ]
            assert any(
                region.text in part.content or part.exact in framed("x", region.text) for part in copies
            )


def test_a_record_that_a_reader_copied_into_a_region_is_not_the_one_that_is_sealed() -> None:
    record = "<!-- k8snotes:note id=0123456789abcdef source=a title=0 fields= regions=themes -->"
    region = (
        f"<!-- k8snotes:themes 545426a11c442b12a7500c13 -->\n{record}\n<!-- /k8snotes:themes 545426a11c44 -->"
    )

    text = sealed(f"\n{region}\n\n{record}\n")

    assert is_sealed(text)
    assert not is_sealed(f"我{text}")


@examples(60)
@given(edited_notes(), st.integers(0, 99), st.text(min_size=1, max_size=3))
def test_a_text_beside_a_note_shows_that_somebody_wrote_in_it(
    case: tuple[str, Note, Note], place: int, added: str
) -> None:
    text = sealed(merge(case[0], case[2], ORIGIN, "theirs").text)

    assert is_sealed(text)
    at = place * len(text) // 100
    assert not is_sealed(text[:at] + f"我{added}" + text[at:])
