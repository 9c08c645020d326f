"""Regular expressions in the dialect of `regex`: folded, and what whatever matches one must hold."""

import re
from collections.abc import Callable

from k8snotes.model.folded import Folded

# From left to right: what is escaped, a set, the marks of groups and of repetitions, any other character.
# Where no set can end none is begun, or thousands that are open would each be read to the end, mark by mark.
PART = re.compile(
    r"\\(?P<escaped>.)|(?P<set>\[(?=[^\]]*\])\^?\]?(?:\\.|[^\\\]])*\])|\{[^{}()|\[\]\\]*\}|.", re.DOTALL
)
# Within a set: a range, or a character.
SET_ITEM = re.compile(r"(?P<first>\\.|[^\\])(?:-(?P<last>\\.|[^\\\]]))?", re.DOTALL)
SET_BEGINS = re.compile(r"\[\^?")
COUNTED = re.compile(r"\{(\d*)(?:,(\d*))?\}")
# What changes what the rest means, or is too rare to be read here: flags, calls of groups, comments.
ODD_GROUP = re.compile(r"\(\?(?:[A-Za-z0-9-]+[:)]|#)")
ENDS_RUN = frozenset("^$.")
REPEATS = frozenset("*?{")  # perhaps not once
ANYTHING: tuple[tuple[str, ...], ...] = ((),)
# Escapes that stand for a character or a place, and take nothing of what follows.
SIMPLE_ESCAPES = frozenset("dDwWsSbBmMhHRXAZGKnrtfv")


def folded_expression(pattern: str, fold: Callable[[str], Folded]) -> str:
    """The expression with what is not ASCII in it folded; the rest may be syntax."""
    read = [*PART.finditer(pattern)]
    if any(map(_nests, read)):  # where sets end is not seen here: one for one
        return SET_ITEM.sub(lambda item: _folded_item(item, fold), pattern)
    parts: list[str] = []
    for part in read:
        if part["set"]:
            begins = SET_BEGINS.match(part[0])
            assert begins is not None
            within = part[0][begins.end() :]
            parts += begins[0], SET_ITEM.sub(lambda item: _folded_item(item, fold), within)
        elif (character := part["escaped"] or part[0]).isascii():
            parts.append(part[0])
        else:
            folded = fold(character).string
            parts.append(re.escape(folded) if len(folded) == 1 else f"(?:{re.escape(folded)})")
    return "".join(parts)


def _folded_item(item: "re.Match[str]", fold: Callable[[str], Folded]) -> str:
    """A character of a set, or a range, folded where that leaves it one.

    A range of Han characters stays: [一-龑] means all between, and 龑 folds to one that comes before 一.
    """
    ends = [end.removeprefix("\\") for end in (item["first"], item["last"]) if end]
    folded = [fold(end).string for end in ends]
    if any(map(str.isascii, ends)) or any(len(end) != 1 for end in folded):
        return item[0]
    if len(ends) > 1 and not ("".join(folded).isascii() and folded[0] <= folded[1]):
        return item[0]
    return "-".join(map(re.escape, folded))


def size_of(pattern: str) -> int:
    """How many characters and groups an expression stands for, its repetitions written out."""
    sizes, last = [0], 0  # of the groups that are open, and of what was read last
    for part in PART.finditer(pattern):
        if part[0] == "(":
            sizes.append(0)
        elif part[0] == ")" and len(sizes) > 1:
            last = sizes.pop() + 1
            sizes[-1] += last
        elif times := COUNTED.fullmatch(part[0]):
            more = last * (max(int(times[1] or 0), int(times[2] or 0), 1) - 1)
            sizes[-1] += more
            last += more
        else:
            last = 1
            sizes[-1] += last
    return sum(sizes)


def literals_of(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Of each of an expression's alternatives the runs of characters that whatever matches it holds.

    One alternative that holds anything, where there is such a one, or what it holds is in doubt.
    """
    if ODD_GROUP.search(pattern):
        return ANYTHING
    ways = [[""]]
    depth = 0  # of groups, which may hold anything
    for part in PART.finditer(pattern):
        mark, runs = part[0], ways[-1]
        if mark in ("(", ")"):
            depth += 1 if mark == "(" else -1
            runs.append("")
        elif _nests(part):
            return ANYTHING
        elif depth:
            continue
        elif escaped := part["escaped"]:
            if not escaped.isalnum():
                runs[-1] += escaped
            elif escaped in SIMPLE_ESCAPES:
                runs.append("")
            else:
                return ANYTHING
        elif mark == "|":
            ways.append([""])
        elif mark[0] in REPEATS:
            runs[-1] = runs[-1][:-1]
            runs.append("")
        elif mark == "+" or mark in ENDS_RUN or part["set"]:
            runs.append("")
        else:
            runs[-1] += mark
    found = tuple(dict.fromkeys(tuple(dict.fromkeys(filter(None, runs))) for runs in ways))
    return found if all(found) else ANYTHING


def _nests(part: "re.Match[str]") -> bool:
    """Whether a set is within another, whose end is not seen here."""
    return part["set"] is not None and "[" in part[0][1:]
