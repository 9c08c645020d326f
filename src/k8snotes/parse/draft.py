"""A lesson in the making: what the rules of a shape have recognised so far."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from k8snotes.model.lesson import (
    Audio,
    Block,
    Comment,
    CourseStats,
    Lesson,
    ParseWarning,
    Section,
    SectionKind,
    Span,
)
from k8snotes.model.source import Source
from k8snotes.parse.paragraphs import is_blank


@dataclass(slots=True, kw_only=True)
class Draft:
    """What is known of a lesson while its shape's rules run, one after the other.

    Positions are 0-based and half open, as in `source.lines`; they become 1-based spans
    only in the values. `kinds` holds the section of every line that a rule has claimed.
    """

    source: Source
    format: str
    markup: Literal["markdown", "plain"]
    title: str | None = None
    number: int | None = None
    course: str | None = None
    author: str | None = None
    author_bio: str | None = None
    date: datetime.date | None = None
    audio: Audio | None = None
    stats: CourseStats | None = None
    previous: str | None = None
    next: str | None = None
    copyright: str | None = None
    title_lines: Span | None = None
    blocks: list[Block] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    comments_total: int | None = None
    warnings: list[ParseWarning] = field(default_factory=list)
    kinds: list[SectionKind | None] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = [None] * len(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        return self.source.lines

    def claim(self, start: int, stop: int, kind: SectionKind) -> None:
        self.kinds[start:stop] = [kind] * (stop - start)

    def unclaimed(self) -> tuple[int, int]:
        """The widest run of lines that no rule has claimed, blank ones at its ends not counted.

        Where nothing but blanks is left it is the run (0, 0).
        """
        runs = [(0, 0)]
        at = 0
        for kind, lines in groupby(self.kinds):
            start, at = at, at + len(list(lines))
            if kind is None:
                runs.append(self._without_blank_ends(start, at))
        return max(runs, key=lambda run: run[1] - run[0])

    def _without_blank_ends(self, start: int, stop: int) -> tuple[int, int]:
        while stop > start and is_blank(self.lines[stop - 1]):
            stop -= 1
        while start < stop and is_blank(self.lines[start]):
            start += 1
        return start, stop

    def warn(self, code: str, message: str, start: int, stop: int) -> None:
        self.warnings.append(
            ParseWarning(code=code, message=message, first_line=start + 1, last_line=max(stop, start + 1))
        )

    def finish(self) -> Lesson:
        """The lesson; blank lines go to the section before them, the rest to the body."""
        return Lesson(
            source=self.source,
            format=self.format,
            markup=self.markup,
            title=self.title,
            number=self.number,
            course=self.course,
            author=self.author,
            author_bio=self.author_bio,
            date=self.date,
            audio=self.audio,
            stats=self.stats,
            previous=self.previous,
            next=self.next,
            copyright=self.copyright,
            title_lines=self.title_lines,
            blocks=tuple(self.blocks),
            sections=self._sections(),
            comments=tuple(self.comments),
            comments_total=self.comments_total,
            warnings=tuple(sorted(self.warnings, key=lambda warning: (warning.first_line, warning.code))),
        )

    def _sections(self) -> tuple[Section, ...]:
        kinds: list[SectionKind] = []
        leading_blanks = 0
        for kind, line in zip(self.kinds, self.lines, strict=True):
            if kind is None and is_blank(line):
                if kinds:
                    kinds.append(kinds[-1])
                else:
                    leading_blanks += 1
                continue
            kinds += [kind or "body"] * (leading_blanks + 1)
            leading_blanks = 0
        kinds += ["body"] * leading_blanks
        sections: list[Section] = []
        at = 0
        for section_kind, run in groupby(kinds):
            length = len(list(run))
            sections.append(Section(kind=section_kind, first_line=at + 1, last_line=at + length))
            at += length
        return tuple(sections)


def lesson_by_rules(
    source: Source, name: str, markup: Literal["markdown", "plain"], rules: Iterable[Callable[[Draft], None]]
) -> Lesson:
    """The lesson that a shape's rules make of a source, run in their order."""
    draft = Draft(source=source, format=name, markup=markup)
    for rule in rules:
        rule(draft)
    return draft.finish()


def span(start: int, stop: int) -> Span:
    """The 1-based, inclusive span of the half-open run [start, stop)."""
    return Span(first_line=start + 1, last_line=stop)
