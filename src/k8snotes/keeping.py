"""Work on files whose results are kept until the files change: what is asked for again is not done again."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, TypeVar

from k8snotes.errors import K8sNotesError
from k8snotes.fingerprint import program_fingerprint
from k8snotes.index.kept import LAYOUT, KeptResults
from k8snotes.model.file_state import TICK
from k8snotes.model.lesson import Lesson
from k8snotes.model.plain import Read, many, plain
from k8snotes.model.source import InputFile
from k8snotes.pipeline import Progress, map_files, no_progress, size_of, was_exported
from k8snotes.workspace import Workspace

Result = TypeVar("Result")
Other = TypeVar("Other")
Further = TypeVar("Further")
Input = InputFile | K8sNotesError

FINDINGS = "findings.db"
SAVED_AFTER = 200  # files; an interrupt costs no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Generic[Result]):
    """What each lesson is worked into."""

    work: Callable[[Lesson], Result]  # must pickle, and so must its results
    read: Read  # makes a result out of its plain data
    name: str  # says all that the results depend on, but the texts and the version of the program


class Beside(NamedTuple):
    """What the results of a file depend on beside the file."""

    files: tuple[InputFile, ...] = ()
    said: str = ""


class Keeper(NamedTuple):
    """Where results are kept, and for the texts of which workspace."""

    workspace: Workspace
    kept: KeptResults

    def is_gone(self, path: str) -> bool:
        return not os.path.lexists(f"{self.workspace.seeds}/{path}")

    def close(self) -> None:
        self.kept.close()


def keeper_of(workspace: Workspace) -> Keeper:
    """Keeps results in a workspace's cache, as far as anything can be written there."""
    with contextlib.suppress(OSError):
        workspace.make_cache()
    findings = workspace.cache / FINDINGS
    return Keeper(workspace, KeptResults(findings, f"{LAYOUT} {program_fingerprint()}"))


def map_kept(
    inputs: Iterable[Input],
    study: Study[Result],
    *,
    keeper: Keeper | None,
    beside: Callable[[InputFile], Beside] = lambda _: Beside(),
    progress: Progress = no_progress,
) -> Iterator[tuple[Input, list[Result | K8sNotesError]]]:
    """As `pipeline.map_files`, but only of what was not worked on before, or has changed since.

    `beside` says what the results of a file depend on besides the file itself. Files outside the
    workspace are worked on each time, and so is what could not be read.
    """
    files = list(inputs)
    if keeper is None:
        yield from map_files(files, study.work, progress=progress)
        return
    now = time.time_ns()
    name = _name_of(study)
    keeper.kept.begin(name)
    held = keeper.kept.states(name)
    places = [
        None if isinstance(file, K8sNotesError) else keeper.workspace.path_of(file.path) for file in files
    ]
    states = [_state(file, beside, now) for file in files]
    is_held = [
        place is not None and state is not None and held.get(place) == state
        for place, state in zip(places, states, strict=True)
    ]
    due = [file for file, there in zip(files, is_held, strict=True) if not there]
    spared = sum(size_of(file) for file, there in zip(files, is_held, strict=True) if there)
    to_do, read_back, done_so_far = sum(map(size_of, due)), 0, 0

    def show(done: int) -> None:
        nonlocal done_so_far
        done_so_far = done
        progress(read_back + done, spared + to_do)

    worked = map_files(due, study.work, progress=lambda done, _: show(done))
    read_all = many(study.read)
    unsaved = 0
    for file, place, state, there in zip(files, places, states, is_held, strict=True):
        if there and place is not None:
            read_back += size_of(file)
            show(done_so_far)
            found = _read_back(keeper.kept.results(name, place), read_all)
            yield next(map_files([file], study.work)) if found is None else (file, found)
            continue
        _, results = next(worked)
        if place is not None and state is not None and _hold_for_all_calls(file, results):
            keeper.kept.keep(name, place, state, _packed(results))
            unsaved += 1
            if unsaved % SAVED_AFTER == 0:
                keeper.kept.save()
        yield file, results
    there_now = {place for place in places if place is not None}
    keeper.kept.forget(name, [path for path in held if path not in there_now and keeper.is_gone(path)])
    keeper.kept.save()


@dataclass(frozen=True, slots=True, kw_only=True)
class Along(Generic[Result, Further]):
    """A study that is made of lessons while they are read for something else, and kept.

    What `further` work makes of them is for this run alone: in `made`, by the file, each with which lesson
    of it, from 0. A file that it failed on is not there.
    """

    study: Study[Result]
    keeper: Keeper
    further: Callable[[Lesson], Further] | None = None  # must pickle, and so must its results
    made: dict[InputFile, list[tuple[int, Further]]] = field(default_factory=dict)

    def map_files(
        self, inputs: Iterable[Input], work: Callable[[Lesson], Other], *, progress: Progress
    ) -> Iterator[tuple[Input, list[Other | K8sNotesError]]]:
        """As `pipeline.map_files`: what `work` makes."""
        now = time.time_ns()
        name = _name_of(self.study)
        self.keeper.kept.begin(name)
        all_of_it = partial(_all_of_it, work, self.study.work, self.further)
        for at, (file, results) in enumerate(map_files(inputs, all_of_it, progress=progress), start=1):
            done = [result for result in results if not isinstance(result, K8sNotesError)]
            made = [further for _, _, further in done if further is not None]
            if isinstance(file, InputFile) and self.further is not None and len(made) == len(results):
                self.made[file] = made
            state = _state(file, lambda _: Beside(), now)
            place = self.keeper.workspace.path_of(file.path) if isinstance(file, InputFile) else None
            if place is not None and state is not None and _hold_for_all_calls(file, results):
                self.keeper.kept.keep(name, place, state, _packed(along for _, along, _ in done))
            if at % SAVED_AFTER == 0:
                self.keeper.kept.save()
            yield file, [result if isinstance(result, K8sNotesError) else result[0] for result in results]
        self.keeper.kept.save()


def _all_of_it(
    work: Callable[[Lesson], Other],
    along: Callable[[Lesson], Result],
    further: Callable[[Lesson], Further] | None,
    lesson: Lesson,
) -> tuple[Other, Result, tuple[int, Further] | None]:
    made: tuple[int, Further] | None = None
    if further is not None:
        with contextlib.suppress(Exception):  # who asks for it by itself is told why
            made = lesson.source.entry, further(lesson)
    return work(lesson), along(lesson), made


def _hold_for_all_calls(file: Input, results: Sequence[object]) -> bool:
    """Whether results are those of every call: what an export wrote gives some only where it is named."""
    if not results or any(isinstance(result, K8sNotesError) for result in results):
        return False
    return not (isinstance(file, InputFile) and file.is_named and was_exported(file))


def _name_of(study: Study[Any]) -> str:
    return blake2b(study.name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _packed(results: Iterable[object]) -> str:
    return json.dumps(plain(tuple(results)), ensure_ascii=False)


def _state(file: Input, beside: Callable[[InputFile], Beside], now: int) -> str | None:
    """What tells that the results of a file are still good; None where nothing can."""
    if isinstance(file, K8sNotesError):
        return None
    others, said = beside(file)
    parts: list[object] = [file.shown, said]
    for other in (file, *others):
        try:
            status = os.stat(other.path)  # noqa: PTH116 - one of many
        except (OSError, ValueError):
            return None
        if status.st_mtime_ns > now - TICK or status.st_ctime_ns > now - TICK:
            return None
        parts += [other.shown, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    return "\0".join(map(str, parts))


def _read_back(results: str | None, read: Callable[[Any], Any]) -> list[Any] | None:
    """The results that were kept; None where they are none."""
    if results is None:
        return None
    try:
        return list(read(json.loads(results)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
