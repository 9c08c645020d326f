"""The passages of a page as a reader sees them: without marks, and where these stood."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from k8snotes.model.page import Page
from k8snotes.model.text import Edit, edited

EditsOf = Callable[[str], Sequence[Edit]]  # what to change in Markdown to be left with its words


class Reading(NamedTuple):
    """The words of a passage, and what had to be changed in it for them."""

    string: str
    edits: Sequence[Edit] = ()  # of the passage
    cuts: Sequence[int] = ()  # offsets in `string`, ascending: there is no telling from the lines what meets
    foreign: str = ""  # what stands for something else in the lines: of entities


def readings_of(page: Page, edits_of: EditsOf) -> Iterator[Reading]:
    """A reading of each passage."""
    for passage in page.passages:
        string = passage.text.string
        edits = edits_of(string) if page.is_markdown and passage.kind != "code" else ()
        yield _without(edits, string) if edits else Reading(string)


def _without(edits: Sequence[Edit], string: str) -> Reading:
    cuts: list[int] = []
    shorter = 0  # by so many characters than before
    for start, stop, words in edits:
        cuts += range(start - shorter, start - shorter + len(words) + 1)
        shorter += stop - start - len(words)
    return Reading(edited(string, edits), edits, cuts, "".join([words for _, _, words in edits]))
