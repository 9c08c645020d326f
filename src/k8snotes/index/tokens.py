"""The terms of many texts at once: what is looked at character by character is looked at in C.

A page's texts are joined by a separator, folded and taken apart together; the terms of each are what
stands between two separators.
"""

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from k8snotes.index.folding import Fold
from k8snotes.index.terms import COMMON_MARKS, HAN_CHARACTER, SEPARATOR

NO_HAN = re.compile(f"[^{HAN_CHARACTER[1:-1]}{SEPARATOR}]+")
# The first of a run, with the blank before it: it begins the next pair too.
FIRST_ALONE = re.compile(f"   [^{SEPARATOR}] ")
RARE = rf"[^\x00-\x7f\ud800-\udfff\s{''.join(sorted(COMMON_MARKS))}{HAN_CHARACTER[1:-1]}]"
RARE_MARK = re.compile(RARE)
# What capitals show of a word before it is folded: Stateful|Sets, kube|API|Server; PVCs is one.
CAMEL_PART = re.compile("[A-Z]{2,}s(?![a-z])|[A-Z]{2,}(?![a-z])|[A-Z]?[a-z0-9]{2,}")
# Latin words that may be one name: node-selector-requirement, Stateful Sets, kube.
NAME = re.compile("[A-Za-z0-9]+(?:[ ._-]+[A-Za-z0-9]+)*")
WORD = re.compile("[A-Za-z0-9]+")
MOST_JOINED = 4  # parts of a name
MOST_WORDS = 20_000  # with capitals, of which is remembered what they show
LOWER, CAPITALS, DIGITS = b"abcdefghijklmnopqrstuvwxyz", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
# Blanks for all but the letters and digits of words.
FOLDED_LATIN = bytes(byte if byte in LOWER + DIGITS + SEPARATOR.encode() else 32 for byte in range(256))
WRITTEN_LATIN = bytes(
    byte if byte in LOWER + CAPITALS + DIGITS + SEPARATOR.encode() else 32 for byte in range(256)
)


class Runs(NamedTuple):
    """The stretches of folded texts that terms are made of."""

    han: set[str]
    latin: set[str]
    marks: set[str]  # each a character


class Tokens(NamedTuple):
    """The terms of texts."""

    terms: list[str]  # of each text, blanks between them
    lengths: list[int]  # of each text: Han characters and Latin words
    runs: Runs  # of all


def tokens_of(texts: Sequence[str], fold: Fold) -> Tokens:
    written = SEPARATOR.join(texts)
    if written.count(SEPARATOR) != len(texts) - 1:
        written = SEPARATOR.join([text.replace(SEPARATOR, " ") for text in texts])
    folded = fold(written)
    han = _han(folded)
    latin = [part.split() for part in _latin(folded, FOLDED_LATIN).split(SEPARATOR)]
    pairs = _pairs(han).split(f"{SEPARATOR} {SEPARATOR}")
    terms = [f"{pair} {' '.join(words)}" for pair, words in zip(pairs, latin, strict=True)]
    runs = Runs(set(han.split()), set().union(*latin), set())
    parts = _parts_of_words(written, runs.latin) if runs.latin else []
    for at, more in enumerate(parts):
        if more:
            terms[at] += f" {' '.join(more)}"
    for at, marks in _marks(folded).items():
        terms[at] += f" {' '.join(sorted(marks))}"
        runs.marks.update(marks)
    lengths = [
        len(run) - run.count(" ") + len(words) for run, words in zip(han.split(SEPARATOR), latin, strict=True)
    ]
    return Tokens(terms, lengths, runs)


class Names(NamedTuple):
    """The Latin names in a title, in whichever way they are written."""

    joined: set[str]  # neighbouring parts of one as a word, folded: nodeselector of node-selector-requirement
    parts: int  # as hyphens, blanks and capitals show them
    words: int  # as they are written


def names_in(title: str) -> Names:
    joined: set[str] = set()
    parts_in_all = words_in_all = 0
    for name in NAME.findall(title):
        words = WORD.findall(name)
        parts = [part for word in words for part in _parts_of_word(word).split() or (word.lower(),)]
        for first in range(len(parts)):
            for stop in range(first + 2, min(first + MOST_JOINED, len(parts)) + 1):
                joined.add("".join(parts[first:stop]))
        parts_in_all += len(parts)
        words_in_all += len(words)
    return Names(joined, parts_in_all, words_in_all)


def runs_of(text: str, fold: Fold) -> Runs:
    """The stretches of one text."""
    folded = fold(text)
    return Runs(
        set(_han(folded).split()),
        set(_latin(folded, FOLDED_LATIN).split()),
        set(RARE_MARK.findall(folded)),
    )


def terms_of(runs: Runs) -> str:
    """The terms of runs by themselves, blanks between them."""
    return " ".join((_pairs(f" {' '.join(sorted(runs.han))} "), *sorted(runs.latin), *sorted(runs.marks)))


def _han(folded: str) -> str:
    """The runs of Han characters, blanks around them, and the separators."""
    return f" {NO_HAN.sub(' ', folded)} ".replace(SEPARATOR, f" {SEPARATOR} ")


def _pairs(joined: str) -> str:
    """Each character with the one that follows, a blank after both; the last of a run alone."""
    points = array("I", joined.encode("utf-32-le"))
    pairs = array("I", b"\x20\0\0\0") * (3 * (len(points) - 1))
    pairs[0::3] = points[:-1]
    pairs[1::3] = points[1:]
    return FIRST_ALONE.sub("  ", pairs.tobytes().decode("utf-32-le"))


def _latin(text: str, kept: bytes) -> str:
    """The letters and digits, blanks for all else."""
    return text.encode("ascii", "replace").translate(kept).decode("ascii")


def _parts_of_words(written: str, folded: set[str]) -> list[list[str]]:
    """What capitals show of the words of each text; nothing where they show nothing in any."""
    words = _latin(written, WRITTEN_LATIN)
    parts = {word: shown for word in set(words.split()) - folded if (shown := _parts_of_word(word))}
    if not parts:
        return []
    return [[parts[word] for word in text.split() if word in parts] for text in words.split(SEPARATOR)]


@lru_cache(maxsize=MOST_WORDS)
def _parts_of_word(word: str) -> str:
    if word.islower() or word[1:].islower() or word.isupper() or word.isdigit():
        return ""
    parts = CAMEL_PART.findall(word)
    return "" if parts == [word] else " ".join(parts).lower()


def _marks(folded: str) -> dict[int, set[str]]:
    """The rare marks of each text that has any, by its position."""
    marks: dict[int, set[str]] = {}
    at = last = 0
    for found in RARE_MARK.finditer(folded):
        at += folded.count(SEPARATOR, last, found.start())
        last = found.start()
        marks.setdefault(at, set()).add(found[0])
    return marks
