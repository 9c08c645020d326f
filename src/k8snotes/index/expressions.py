"""Regular expressions in the dialect of `regex`: folded, and what whatever matches one must hold."""

import re
from collections.abc import Callable

from k8snotes.model.folded import Folded

# From left to right: what is escaped, a set, the marks of groups and of repetitions, any other character.
PART = re.compile(r"\\(?P<escaped>.)|(?P<set>\[\^?\]?(?:\\.|[^\\\]])*\])|\{[^{}()|\[\]\\]*\}|.", re.DOTALL)
# What changes what the rest means, or is too rare to be read here: flags, calls of groups, comments.
ODD_GROUP = re.compile(r"\(\?(?:[A-Za-z0-9-]+[:)]|#)")
ENDS_RUN = frozenset("^$.")
REPEATS = frozenset("*?{")  # perhaps not once
ANYTHING: tuple[tuple[str, ...], ...] = ((),)
# Escapes that stand for a character or a place, and take nothing of what follows.
SIMPLE_ESCAPES = frozenset("dDwWsSbBmMhHRXAZGKnrtfv")


def folded_expression(pattern: str, fold: Callable[[str], Folded]) -> str:
    """The expression with what is not ASCII in it folded; the rest may be syntax.

    The ends of a range stay Han: [一-龑] means all between, and 龑 folds to a character that
    comes before 一.
    """
    parts: list[str] = []
    read = [*PART.finditer(pattern)]
    nests = any(map(_nests, read))
    for part in read:
        for at in range(*part.span()):
            folded = fold(pattern[at]).string
            in_set = nests or part["set"]
            ends_range = in_set and "-" in (pattern[at - 1 : at], pattern[at + 1 : at + 2])
            if pattern[at].isascii() or (ends_range and not folded.isascii()):
                parts.append(pattern[at])
            else:
                parts.append(re.escape(folded) if len(folded) == 1 else f"(?:{re.escape(folded)})")
    return "".join(parts)


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
