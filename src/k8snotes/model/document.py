"""A course as one document: what each lesson brings to it, and what became of the whole."""

from dataclasses import dataclass
from typing import Literal

from k8snotes.speech import Language

DocumentFormat = Literal["json", "anki", "html"]
FILE_NAMES: dict[DocumentFormat, str] = {"json": "course.json", "anki": "anki.txt", "html": "course.html"}
# What a document begins with, by which it is known as ours.
SIGNATURES: dict[DocumentFormat, str] = {
    "json": '{"schema": 1, "command": "export", "format": "json",',
    # Anki passes over what it does not know between its own lines.
    "anki": "#separator:tab\n#html:true\n#k8snotes:cards\n",
    "html": '<!DOCTYPE html>\n<html lang="zh-CN" data-by="k8snotes">\n',
}
DocumentOutcome = Literal["written", "updated", "unchanged", "foreign"]  # foreign: a file of the reader's own


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStyle:
    """How a reader wants a course in one document."""

    format: DocumentFormat
    sentences: int
    themes: int
    with_body: bool = False
    hide_names: bool = False
    language: Language = "zh"
    note_types: tuple[str, str] = ("Basic", "Cloze")  # as the reader's Anki names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A flash card, its sides in HTML."""

    kind: Literal["definition", "cloze", "question"]
    # What makes it this card, whatever it says: cards of one identity are one card, said again.
    identity: str
    asks: str  # in the lesson's words, which tell it from another that has its identity
    deck: str
    front: str
    back: str
    tags: tuple[str, ...]
    strength: float = 1.0  # how sure it is that it says something; of cards of one identity the surest counts


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonPart:
    """What a lesson brings to the document of its course."""

    called: str  # the lesson's title, or the name of its file; "" for neither
    course: str | None
    anchor: str = ""  # where it stands on a page
    text: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a lesson, and the expression that finds its names in folded text."""

    text: str
    key: str  # what all its spellings share
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A sentence that says what a term means."""

    term: Term
    plain: str
    line: int
    strength: float  # how surely, up to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanked:
    """A key sentence with the places where a term stands in it, to be filled in."""

    term: Term
    plain: str
    line: int
    spans: tuple[tuple[int, int], ...]  # apart, in order
