"""Texts to courses: the passes over the texts that this takes, in which no lesson is held.

A kilobyte is kept of each; what else is wanted of a lesson is read again.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from k8snotes.assemble.courses import assemble
from k8snotes.assemble.facts import facts_of
from k8snotes.assemble.merging import merge_comments
from k8snotes.errors import K8sNotesError
from k8snotes.model.course import Assembly, CourseLesson, LessonFacts, MergedComment
from k8snotes.model.lesson import Lesson
from k8snotes.model.source import InputFile
from k8snotes.pipeline import Progress, can_be_read_again, map_lessons, no_progress, read_inputs
from k8snotes.segment.fold import fold_string

Inputs = Iterable[InputFile | K8sNotesError]


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """The courses that texts make, what could not be read, and the way back to the texts."""

    assembly: Assembly
    errors: tuple[K8sNotesError, ...]
    files: Mapping[str, InputFile]  # by the path of their lessons
    kept: Mapping[str, tuple[Lesson, ...]]  # of what can be read but once


def assemble_courses(inputs: Inputs, *, shelf: Path | None, progress: Progress = no_progress) -> Courses:
    """The courses that texts make; `shelf` is the folder in which a workspace keeps its texts."""
    named = list(inputs)
    again = [file for file in named if isinstance(file, K8sNotesError) or can_be_read_again(file)]
    once = [file for file in named if not isinstance(file, K8sNotesError) and not can_be_read_again(file)]
    files: dict[str, InputFile] = {}
    kept: dict[str, list[Lesson]] = {}
    facts: list[LessonFacts] = []
    errors: list[K8sNotesError] = []
    entries: Counter[str] = Counter()
    for result in chain(map_lessons(again, _facts, progress=progress), read_inputs(once)):
        if isinstance(result, K8sNotesError):
            errors.append(result)
            continue
        file, found = result
        if isinstance(found, Lesson):
            kept.setdefault(file.shown, []).append(found)
            found = _facts(found)
        folders = _folders(file.path.parent) if can_be_read_again(file) else ()
        facts.append(replace(found, folders=folders, entry=entries[file.shown]))
        entries[file.shown] += 1
        files[file.shown] = file
    return Courses(
        assembly=assemble(facts, fold_string, shelf=None if shelf is None else _folders(shelf)),
        errors=tuple(errors),
        files=files,
        kept={path: tuple(lessons) for path, lessons in kept.items()},
    )


def merged_comments(courses: Courses, held: CourseLesson) -> tuple[MergedComment, ...]:
    """The comments of a lesson from all its texts, each once; what cannot be read any more has none."""
    found = (lesson for facts in held.texts for lesson in _lessons_of(courses, facts.path)[facts.entry :][:1])
    return merge_comments(list(found), fold_string)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """In which order to read texts, and what need not be read: lessons by file and place in it, from 0."""

    inputs: tuple[InputFile | K8sNotesError, ...]
    copies: frozenset[tuple[str, int]]  # whose lesson another text holds better


def plan_reading(inputs: Inputs, *, shelf: Path | None) -> ReadingPlan:
    """The inputs, those of a course in the order in which it is read, where its first one stood.

    Texts of no course, errors and what can be read but once stay in their places. A text that holds
    a lesson once more stands behind the richer one; an e-book where its first lesson does.
    """
    named = tuple(inputs)
    files = [file for file in named if isinstance(file, InputFile) and can_be_read_again(file)]
    if len(files) < 2:
        return ReadingPlan(inputs=named, copies=frozenset())
    places = {file.shown: at for at, file in enumerate(named) if isinstance(file, InputFile)}
    keys = [(at, 0) for at in range(len(named))]
    copies: set[tuple[str, int]] = set()
    for course in assemble_courses(files, shelf=shelf).assembly.courses:
        texts = [facts for held in course.lessons for facts in held.texts]
        first = min(places[facts.path] for facts in texts)
        for order, facts in reversed([*enumerate(texts)]):
            keys[places[facts.path]] = (first, order)
        copies |= {(copy.facts.path, copy.facts.entry) for held in course.lessons for copy in held.duplicates}
    ordered = sorted(range(len(named)), key=lambda at: keys[at])
    return ReadingPlan(inputs=tuple(named[at] for at in ordered), copies=frozenset(copies))


def _facts(lesson: Lesson) -> LessonFacts:
    return facts_of(lesson, fold_string)


def _folders(folder: Path) -> tuple[str, ...]:
    """The folders from the root of the file system to this one."""
    return Path(os.path.abspath(folder)).parts  # noqa: PTH100 - links are not followed


def _lessons_of(courses: Courses, path: str) -> tuple[Lesson, ...]:
    return courses.kept.get(path) or _lessons_in(courses.files[path])


@lru_cache(maxsize=2)  # the chapters of two e-books are asked for one by one
def _lessons_in(file: InputFile) -> tuple[Lesson, ...]:
    return tuple(result[1] for result in read_inputs([file]) if not isinstance(result, K8sNotesError))
