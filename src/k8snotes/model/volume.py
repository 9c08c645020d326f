"""What the pages of a course are made of: a volume is the lessons whose notes stand in one folder."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from k8snotes.model.findings import KeySentence, LessonPhrases, Phrase
from k8snotes.model.thread import Neighbour, Remark, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, or a comment that the author answered."""

    remark: Remark
    worth: float  # how much it is worth reading; more is better


def ranked(asked: Iterable[Asked]) -> list[Asked]:
    """Questions, the answered first, the most worth reading first."""
    return sorted(asked, key=lambda one: (not one.remark.comment.is_answered, -one.worth))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """What pages need of a lesson, so that it need not be read again for them."""

    path: str
    entry: int  # which lesson of its file, from 0
    title: str | None
    called: str
    thesis: KeySentence | None
    phrases: str  # those that may be themes, packed: of 1,000 lessons they are a million objects
    asked: tuple[Asked, ...]


def packed_phrases(phrases: LessonPhrases) -> str:
    """The phrases as plain data, as `plain` has them, in a tenth of its time."""
    fields = [
        (one.key, one.words, one.spellings, one.is_quoted, one.in_title, one.in_heading)
        for one in phrases.phrases
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def phrases_of(gist: Gist) -> LessonPhrases:
    """The phrases of a lesson that may be themes."""
    phrases = tuple(
        Phrase(key, tuple(words), tuple(map(tuple, spellings)), is_quoted, in_title, in_heading)
        for key, words, spellings, is_quoted, in_title, in_heading in json.loads(gist.phrases)
    )
    return LessonPhrases(gist.path, gist.entry, gist.title, phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A lesson in its place: where its note stands."""

    id: str
    note: str  # below the output folder, with "/"
    gist: Gist


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The lessons of a course in reading order, with what is missing between them; or those of none."""

    name: str | None
    line: str  # its authors and counts; "" for lessons of no course
    rows: tuple[Chapter | str, ...]  # lessons, and lines about those that are missing
    clashes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A theme that has a page: its thread, and what readers asked about it."""

    id: str
    thread: Thread
    related: tuple[tuple[Neighbour, str | None], ...]  # with the id of the page that it has
    asked: tuple[tuple[Chapter, Asked], ...]  # the answered first, the most worth reading first


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    folder: str  # below the output folder, with "/"; "" for that folder itself
    sequences: tuple[Listed, ...]
    themes: tuple[Followed, ...]  # the most telling first

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The lessons in reading order."""
        return tuple(row for held in self.sequences for row in held.rows if isinstance(row, Chapter))

    @property
    def name(self) -> str | None:
        """The course's name, where there is one course."""
        names = [held.name for held in self.sequences if held.line]
        return names[0] if len(names) == 1 else None
