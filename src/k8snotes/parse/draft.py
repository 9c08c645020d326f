"""A lesson in the making: what the rules of a shape have recognised so far."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

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

KINDS: tuple[SectionKind | None, ...] = (None, *get_args(SectionKind))
CLAIM: dict[SectionKind | None, bytes] = {kind: bytes([code]) for code, kind in enumerate(KINDS)}
UNCLAIMED = CLAIM[None]
UNCLAIMED_RUN = re.compile(UNCLAIMED + b"+")
RUN_OF_CLAIMS = re.compile(rb"(.)\1*", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class Draft:
    """What is known of a lesson while its shape's rules run, one after the other.

    Positions are 0-based and half open, as in `source.lines`; they become 1-based spans
    only in the values. `_claims` holds a byte a line: the section that a rule has claimed it for.
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
    _claims: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self._claims = bytearray(len(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        return self.source.lines

    @property
    def shown(self) -> tuple[str, ...]:
        return self.source.shown

    def filled_between(self, start: int, stop: int) -> tuple[int, ...]:
        return self.source.filled_between(start, stop)

    def claim(self, start: int, stop: int, kind: SectionKind) -> None:
        self._claims[start:stop] = CLAIM[kind] * (stop - start)

    def claim_rest(self, start: int, kind: SectionKind) -> None:
        """Claims what no rule has claimed from `start` on."""
        self._claims[start:] = self._claims[start:].replace(UNCLAIMED, CLAIM[kind])

    def first(self, kind: SectionKind) -> int:
        """The first line that is claimed for a section which is there."""
        return self._claims.index(CLAIM[kind])

    def first_unclaimed(self) -> int:
        """The first line that no rule has claimed, else where the lines end."""
        at = self._claims.find(UNCLAIMED)
        return len(self.lines) if at < 0 else at

    def stop_of(self, *kinds: SectionKind) -> int | None:
        """Where the last line ends that is claimed for one of the sections; None for none."""
        return max(self._claims.rfind(CLAIM[kind]) for kind in kinds) + 1 or None

    def unclaimed(self) -> tuple[int, int]:
        """The widest run of lines that no rule has claimed, blank ones at its ends not counted.

        Where nothing but blanks is left it is the run (0, 0).
        """
        runs = (self.filled_between(*run.span()) for run in UNCLAIMED_RUN.finditer(self._claims))
        return max(
            ((filled[0], filled[-1] + 1) for filled in runs if filled),
            key=lambda run: run[1] - run[0],
            default=(0, 0),
        )

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
        """Runs of lines of one kind: unclaimed text is body, blank lines go on with what is above them."""
        starts: list[tuple[int, SectionKind]] = []
        for run in RUN_OF_CLAIMS.finditer(self._claims):
            start, kind = run.start(), KINDS[run[0][0]]
            if kind is None:
                filled = self.filled_between(*run.span())
                if not filled:
                    continue
                start, kind = filled[0], "body"
            if not starts or starts[-1][1] != kind:
                starts.append((start if starts else 0, kind))
        if not starts and self.lines:
            starts.append((0, "body"))
        stops = [*(start for start, _ in starts[1:]), len(self.lines)]
        return tuple(
            Section(kind=kind, first_line=start + 1, last_line=stop)
            for (start, kind), stop in zip(starts, stops, strict=False)
        )


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
