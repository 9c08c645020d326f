"""Keys to sort and compare lessons by, each from one lesson's own facts."""

import re
from typing import NamedTuple

from k8snotes.model.course import Designation, LessonFacts

Natural = tuple[tuple[int, int | str], ...]
LONGEST_NUMBER = 18  # digits; Python refuses to read thousands
DIGITS = re.compile(r"(\d+)")
# Numerals of parts and counts, which sort by value and not by code point.
NUMERALS = {character: f"{at:02}" for at, character in enumerate("零一二三四五六七八九十")}
COUNTED = re.compile(r"(?<=[(（第])[一二三四五六七八九十](?=[)）\w])")
PARTS = str.maketrans({"上": "1", "中": "2", "下": "3"})
PART = re.compile(r"(?<=[(（])[上中下](?=[)）])")


class OrderKey(NamedTuple):
    """What sorts lessons where nothing else does; no two share one."""

    folders: tuple[Natural, ...]
    name: Natural
    path: str
    entry: int


class WrittenNumber(NamedTuple):
    """A number before it is known what it means in its course: 10 and 11 of "10-11 | …"."""

    chapter: int | None
    number: int
    second: int | None


def natural(name: str) -> Natural:
    """A key that takes digits as numbers, and （一） and （上） as well."""
    spelled = COUNTED.sub(lambda match: NUMERALS[match[0]], name.casefold())
    spelled = PART.sub(lambda match: match[0].translate(PARTS), spelled)
    return tuple(
        (0, int(part)) if part.isdecimal() and len(part) <= LONGEST_NUMBER else (1, part)
        for part in DIGITS.split(spelled)
        if part
    )


def order_key(facts: LessonFacts) -> OrderKey:
    name = re.split(r"[/\\]", facts.path)[-1]
    folders = tuple(natural(folder) for folder in facts.folders)
    return OrderKey(folders, natural(name), facts.path, facts.entry)


def designations(facts: LessonFacts) -> tuple[Designation, ...]:
    """What title and file name say, the title first."""
    return tuple(found for found in (facts.by_title, facts.by_file) if found is not None)


def number_of(facts: LessonFacts) -> WrittenNumber | None:
    """The number that the title has, or else the file's name, as it is written."""
    return next(
        (
            WrittenNumber(d.chapter, d.number, d.second)
            for d in designations(facts)
            if d.number is not None and not d.is_index
        ),
        None,
    )


def is_lesson_like(facts: LessonFacts) -> bool:
    """Whether title or file name is such as lessons have."""
    return any(d.is_of_lesson for d in designations(facts))
