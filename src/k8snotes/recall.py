"""What is known from the last export, so that only what changed is read, and what the next is to know."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from k8snotes.courses import FACTS, OfWhole, ReadingPlan, in_two_passes, map_planned, plan_reading
from k8snotes.errors import K8sNotesError
from k8snotes.export.ledger import EMPTY, Ledger, NotedPages, Unit, digest, load, save
from k8snotes.export.memory import KeptGists, load_gists
from k8snotes.exports import Exported, Wish
from k8snotes.fingerprint import program_fingerprint
from k8snotes.lesson_notes import Found, MergedLessons, NotePlace
from k8snotes.model.note import ComposedNote
from k8snotes.model.source import InputFile
from k8snotes.output import Output
from k8snotes.pipeline import Progress, can_be_read_again, compose_note, gist_of

ALONE: list[Any] = [[], []]  # a text whose lessons go together with no other


class OfText(NamedTuple):
    """What came of a text, by its lessons."""

    file: InputFile
    found: Sequence[Found]
    results: Sequence[Exported | K8sNotesError]
    places: Sequence[NotePlace]  # of each lesson that could be read

    @property
    def exported(self) -> list[Exported]:
        return [one for one in self.results if isinstance(one, Exported)]


class Composed(NamedTuple):
    """What was found of each input, in reading order."""

    by_input: Sequence[tuple[InputFile | K8sNotesError, Sequence[Found]]]

    @property
    def found(self) -> list[Found]:
        return [one for _, found in self.by_input for one in found]

    @property
    def is_all_known(self) -> bool:
        """Whether no lesson was read."""
        return not any(isinstance(one, OfWhole) for one in self.found)

    def of_texts(self, lessons: MergedLessons) -> list[OfText]:
        """With what became of each that was found."""
        rest = zip(lessons.results, lessons.places, strict=True)
        grouped = [(file, found, [next(rest) for _ in found]) for file, found in self.by_input]
        return [
            OfText(
                file, found, [one for one, _ in became], [place for _, place in became if place is not None]
            )
            for file, found, became in grouped
            if isinstance(file, InputFile)
        ]


class Recall:
    """The texts of one run beside those of the last."""

    def __init__(
        self, named: list[InputFile | K8sNotesError], wish: Wish, output: Output, shelf: Path | None
    ) -> None:
        self.named = named
        self.wish = wish
        self.output = output
        self.shelf = shelf
        self.room = output.target.room
        # What notes depend on besides their texts: the program as it stands, and what was asked for.
        self.fingerprint = f"{program_fingerprint()} {wish.style} {wish.own_terms} {output.target.output}"
        self.texts = _digests_of(named)
        self.ledger = load(self.room, self.fingerprint) if self.texts else EMPTY
        self.plan = ReadingPlan(inputs=(), others={}, with_richer=frozenset())
        self.others: dict[str, list[Any]] = {}

    def composed(self, progress: Progress) -> Composed:
        """What comes of each input; what is unchanged is not read."""
        first_pass, second_pass = in_two_passes(progress)
        is_as_before = self.ledger.texts == self.texts and not self._names_texts()
        known = _plan_from(self.ledger.plan, self.named) if is_as_before else None
        work = partial(compose_note, own_terms=self.wish.own_terms, style=self.wish.style)
        composed: Mapping[InputFile, Sequence[tuple[int, ComposedNote]]] = {}
        if known is None and self.wish.index_along is not None:
            # Of a first export nearly all is read for the index: what stands alone need not be read again.
            composed = self.wish.index_along(FACTS, None if self.ledger.units else work)
        self.plan = known or plan_reading(
            self.named, shelf=self.shelf, keeper=self.wish.keeper, progress=first_pass
        )
        self.others = _surroundings(self.plan)
        unchanged = {
            file.shown: unit.notes
            for file in self.plan.inputs
            if isinstance(file, InputFile) and (unit := self._unchanged(file.shown))
        }
        there: dict[InputFile | K8sNotesError, list[Found]] = {}
        for file in self.plan.inputs:
            if isinstance(file, InputFile) and file.shown in unchanged:
                there[file] = [*unchanged[file.shown]]
            elif isinstance(file, InputFile) and file in composed and file.shown not in self.others:
                there[file] = [
                    OfWhole(file=file, entry=entry, result=note, copies=()) for entry, note in composed[file]
                ]
        due = tuple(file for file in self.plan.inputs if file not in there)
        read = map_planned(replace(self.plan, inputs=due), work, progress=second_pass)
        return Composed(
            [(file, there[file] if file in there else [*next(read)[1]]) for file in self.plan.inputs]
        )

    def gists(self, texts: Iterable[OfText]) -> dict[str, KeptGists]:
        """The gists by the text that they are of; what is not kept of those unchanged is read again."""
        kept: Mapping[str, KeptGists] | None = None
        gists: dict[str, KeptGists] = {}
        to_read: list[OfText] = []
        for one in texts:
            state = self._state_of(one.file.shown)
            made = [found.result.gist for found in one.found if isinstance(found, OfWhole)]
            if not made and one.exported:
                kept = load_gists(self.room, self.fingerprint) if kept is None else kept
                held = kept.get(one.file.shown)
                if held is None or held.texts != state or len(held.gists) != len(one.exported):
                    to_read.append(one)
                    continue
                made = [*held.gists]
            gists[one.file.shown] = KeptGists(state, tuple(gist for gist in made if gist is not None))
        work = partial(gist_of, own_terms=self.wish.own_terms, style=self.wish.style)
        inputs = tuple(one.file for one in to_read)
        for one, (_, results) in zip(
            to_read, map_planned(replace(self.plan, inputs=inputs), work), strict=True
        ):
            read = tuple(result.result for result in results if isinstance(result, OfWhole))
            gists[one.file.shown] = KeptGists(self._state_of(one.file.shown), read)
        return gists

    def keep(self, texts: Iterable[OfText], pages: NotedPages) -> None:
        """Notes what was exported, but for what there is something to tell of."""
        if not self.texts:
            return
        units = dict(self.ledger.units)
        for one in texts:
            notes = [exported.noted for exported in one.exported if exported.noted is not None]
            if len(notes) == len(one.results):
                others = self.others.get(one.file.shown, ALONE)
                digests = {name: self.texts[name] for name in (one.file.shown, *_names_in(others))}
                units[one.file.shown] = Unit(texts=digests, others=others, notes=tuple(notes))
            else:
                units.pop(one.file.shown, None)
        known, plan = self.texts, _plan_to(self.plan)
        if self._names_texts() or self.texts.items() < self.ledger.texts.items():  # some of all that is known
            known, plan = dict(self.ledger.texts), self.ledger.plan
        else:
            units = {name: unit for name, unit in units.items() if name in known}
        save(self.room, self.fingerprint, Ledger(texts=known, plan=plan, units=units, pages=pages))

    def _state_of(self, text: str) -> str:
        """Stands for the texts that the lessons of one are read from."""
        names = (text, *_names_in(self.others.get(text, ALONE)))
        return digest(repr([self.texts.get(name) for name in names]).encode())

    def _names_texts(self) -> bool:
        """Whether a text is asked for by itself, so that it is exported even if another holds its lesson."""
        return any(isinstance(file, InputFile) and file.is_named for file in self.named)

    def _unchanged(self, text: str) -> Unit | None:
        """The notes that came of a text, if it, what belongs to it and they are as they were."""
        unit = self.ledger.units.get(text)
        if unit is None or unit.others != self.others.get(text, ALONE):
            return None
        if any(self.texts.get(name) != held for name, held in unit.texts.items()):
            return None
        is_as_left = all(self.output.digest_of(noted.note) == noted.digest for noted in unit.notes)
        return unit if is_as_left else None


def _digests_of(named: Sequence[InputFile | K8sNotesError]) -> dict[str, str]:
    """What stands for each text as it is; none where one cannot be read twice, or is there twice."""
    digests: dict[str, str] = {}
    for file in named:
        if isinstance(file, K8sNotesError) or not can_be_read_again(file):
            return {}
        try:
            content = file.path.read_bytes()
        except OSError:
            content = b""
        digests[file.shown] = f"{digest(content)} {file.folder} {os.path.realpath(file.path)}"
    return digests if len(digests) == len(named) else {}


# --- plans of reading, as the ledger keeps them


def _plan_to(plan: ReadingPlan) -> list[object]:
    order = [file.shown for file in plan.inputs if isinstance(file, InputFile)]
    others = [
        [path, entry, [[file.shown, at] for file, at in files]]
        for (path, entry), files in plan.others.items()
    ]
    return [order, others, sorted([path, entry] for path, entry in plan.with_richer)]


def _plan_from(kept: Any, named: Sequence[InputFile | K8sNotesError]) -> ReadingPlan | None:
    """A plan from the ledger, for the same texts."""
    files = {file.shown: file for file in named if isinstance(file, InputFile)}
    try:
        order, others, richer = kept
        return ReadingPlan(
            inputs=tuple(files[path] for path in order),
            others={
                (path, entry): tuple((files[other], at) for other, at in held) for path, entry, held in others
            },
            with_richer=frozenset((path, entry) for path, entry in richer),
        )
    except (TypeError, ValueError, KeyError):
        return None


def _surroundings(plan: ReadingPlan) -> dict[str, list[Any]]:
    """Of each text how its lessons go together with other texts; nothing of one whose lessons stand alone."""
    found: dict[str, list[Any]] = {}
    for (path, entry), files in sorted(plan.others.items(), key=lambda held: held[0]):
        found.setdefault(path, [[], []])[0].append([entry, [[file.shown, at] for file, at in files]])
    for path, entry in sorted(plan.with_richer):
        found.setdefault(path, [[], []])[1].append(entry)
    return found


def _names_in(others: Any) -> list[str]:
    return [name for _, held in others[0] for name, _ in held]
