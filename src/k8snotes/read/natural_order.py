"""Names in the order in which people read them: 2 before 10."""

import re


def natural_key(name: str) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """A sort key that takes runs of digits as numbers; no two names share one."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part), name


def reading_key(path: str) -> tuple[tuple[object, ...], ...]:
    """A sort key for paths below one folder, with "/": the order of `walk`, files before folders."""
    *folders, name = path.split("/")
    return (*((1, *natural_key(folder)) for folder in folders), (0, *natural_key(name)))
