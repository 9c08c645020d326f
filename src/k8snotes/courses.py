"""Texts to courses: the passes over the texts that this takes, in which no lesson is held.

A kilobyte is kept of each; what else is wanted of a lesson is read again.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

from k8snotes.assemble.copies import is_copy
from k8snotes.assemble.courses import assemble
from k8snotes.assemble.facts import facts_of
from k8snotes.assemble.merging import merge_comments, with_comments_of
from k8snotes.assemble.sameness import one_of_each
from k8snotes.errors import K8sNotesError
from k8snotes.keeping import Beside, Keeper, Study, map_kept
from k8snotes.model.course import (
    Assembly,
    Copy,
    CourseLesson,
    Duplicate,
    LessonFacts,
    MergedComment,
    WholeLesson,
)
from k8snotes.model.lesson import Lesson
from k8snotes.model.plain import many, reader_of, tuple_of
from k8snotes.model.source import InputFile
from k8snotes.pipeline import (
    Progress,
    as_it_is,
    can_be_read_again,
    map_files,
    no_progress,
    read_inputs,
)
from k8snotes.segment.fold import fold_string

Inputs = Iterable[InputFile | K8sNotesError]
Result = TypeVar("Result")
Entry = tuple[str, int]  # a lesson: the path of its file, and which one of it, from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """The courses that texts make, what could not be read, and the way back to the texts."""

    assembly: Assembly
    errors: tuple[K8sNotesError, ...]
    failed: frozenset[str]  # the files of which not all could be read
    files: Mapping[str, InputFile]  # by the path of their lessons
    kept: Mapping[str, tuple[Lesson, ...]]  # of what can be read but once


def assemble_courses(
    inputs: Inputs, *, shelf: Path | None, keeper: Keeper | None = None, progress: Progress = no_progress
) -> Courses:
    """The courses that texts make; `shelf` is the folder in which a workspace keeps its texts."""
    named = list(inputs)
    again = [file for file in named if isinstance(file, K8sNotesError) or can_be_read_again(file)]
    once = [file for file in named if not isinstance(file, K8sNotesError) and not can_be_read_again(file)]
    files: dict[str, InputFile] = {}
    kept: dict[str, list[Lesson]] = {}
    facts: list[LessonFacts] = []
    errors: list[K8sNotesError] = []
    failed: set[str] = set()
    read: Iterator[tuple[InputFile | K8sNotesError, Sequence[LessonFacts | Lesson | K8sNotesError]]] = chain(
        ((file, [*found]) for file, found in map_kept(again, FACTS, keeper=keeper, progress=progress)),
        map_files(once, as_it_is),
    )
    for file, results in read:
        for found in results:
            if isinstance(found, K8sNotesError):
                errors.append(found)
                failed |= set() if isinstance(file, K8sNotesError) else {file.shown}
                continue
            assert isinstance(file, InputFile)
            if isinstance(found, Lesson):
                kept.setdefault(file.shown, []).append(found)
                found = _facts(found)
            folders = _folders(file.path.parent) if can_be_read_again(file) else ()
            facts.append(replace(found, folders=folders))
            files[file.shown] = file
    return Courses(
        assembly=assemble(facts, fold_string, shelf=None if shelf is None else _folders(shelf)),
        errors=tuple(errors),
        failed=frozenset(failed),
        files=files,
        kept={path: tuple(lessons) for path, lessons in kept.items()},
    )


def merged_comments(courses: Courses, held: CourseLesson) -> tuple[MergedComment, ...]:
    """The comments of a lesson from all its texts, each once; what cannot be read any more has none."""
    found = (lesson for facts in held.texts for lesson in _lessons_of(courses, facts.path)[facts.entry :][:1])
    return merge_comments(list(found), fold_string)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """In which order to read texts, and what goes with their lessons."""

    inputs: tuple[InputFile | K8sNotesError, ...]
    others: Mapping[Entry, tuple[tuple[InputFile, int], ...]]  # that hold the lesson too, poorer
    with_richer: frozenset[Entry]  # what is read with such a lesson and not by itself
    course_of: Mapping[Entry, int] = field(default_factory=dict)  # positions in `course_names`
    course_names: tuple[str | None, ...] = ()
    courses: Courses | None = None  # None: they were not needed


def plan_reading(
    inputs: Inputs, *, shelf: Path | None, keeper: Keeper | None = None, progress: Progress = no_progress
) -> ReadingPlan:
    """The inputs, those of a course in the order in which it is read, where its first one stood.

    Texts of no course, errors and what can be read but once stay in their places. A text that holds
    a lesson once more is read with the richer one, unless it was named itself: then behind it.
    An e-book stands where its first lesson does.
    """
    named = tuple(inputs)
    files = [file for file in named if isinstance(file, InputFile) and can_be_read_again(file)]
    if len(files) < 2:
        return ReadingPlan(inputs=named, others={}, with_richer=frozenset())
    courses = assemble_courses(files, shelf=shelf, keeper=keeper, progress=progress)
    places = {file.shown: at for at, file in enumerate(named) if isinstance(file, InputFile)}
    keys = [(at, 0) for at in range(len(named))]
    others: dict[Entry, tuple[tuple[InputFile, int], ...]] = {}
    to_read = set(courses.failed)
    course_of: dict[Entry, int] = {}
    for at, course in enumerate(courses.assembly.courses):
        texts = [facts for held in course.lessons for facts in held.texts]
        course_of |= {(facts.path, facts.entry): at for facts in texts}
        first = min(places[facts.path] for facts in texts)
        for order, facts in reversed([*enumerate(texts)]):
            keys[places[facts.path]] = (first, order)
    for facts, duplicates in _with_duplicates(courses.assembly):
        known = [(courses.files[copy.facts.path], copy.facts.entry) for copy in duplicates]
        to_read |= {facts.path, *(file.shown for file, _ in known if file.is_named)}
        if copies := tuple((file, entry) for file, entry in known if not file.is_named):
            others[facts.path, facts.entry] = copies
    with_richer = frozenset((file.shown, entry) for copies in others.values() for file, entry in copies)
    ordered = [named[at] for at in sorted(range(len(named)), key=lambda at: keys[at])]
    copied = {path for path, _ in with_richer} - to_read
    return ReadingPlan(
        inputs=tuple(file for file in ordered if isinstance(file, K8sNotesError) or file.shown not in copied),
        others=others,
        with_richer=with_richer,
        course_of=course_of,
        course_names=tuple(course.name for course in courses.assembly.courses),
        courses=courses,
    )


def _with_duplicates(assembly: Assembly) -> Iterator[tuple[LessonFacts, tuple[Duplicate, ...]]]:
    """The richest text of each lesson, whether it is of a course or not, and its other texts."""
    for course in assembly.courses:
        yield from ((held.facts, held.duplicates) for held in course.lessons)
    yield from one_of_each(assembly.rest, lambda _: ())


def reading_order(facts: Sequence[LessonFacts], shelf: tuple[str, ...] | None) -> list[int]:
    """The positions of lessons as they are read, each course where its first one stands.

    `shelf` is the folder in which a workspace keeps its texts.
    """
    places = {(known.path, known.entry): at for at, known in enumerate(facts)}
    keys = [(at, 0) for at in range(len(facts))]
    for course in assemble(facts, fold_string, shelf=shelf).courses:
        texts = [places[known.path, known.entry] for held in course.lessons for known in held.texts]
        first = min(texts)
        for order, at in enumerate(texts):
            keys[at] = (first, order)
    return sorted(range(len(facts)), key=lambda at: keys[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied(Generic[Result]):
    """What a lesson with the comments of all its texts was worked into."""

    path: str
    course: int | None  # which of the courses that the texts make; None: of none
    course_name: str | None
    result: Result
    copies: tuple[str, ...]  # paths of the texts that are left out for it


def study_each_once(
    inputs: Inputs,
    study: Study[Result],
    *,
    shelf: Path | None,
    keeper: Keeper | None,
    progress: Progress = no_progress,
) -> Iterator[Studied[Result] | K8sNotesError]:
    """As `read_each_once`, with what each lesson is worked into; what was kept of earlier is not read."""
    first_pass, second_pass = in_two_passes(progress)
    plan = plan_reading(inputs, shelf=shelf, keeper=keeper, progress=first_pass)
    is_planned = len(plan.inputs) > 1
    others_of: dict[str, list[InputFile]] = defaultdict(list)
    for (path, _), others in plan.others.items():
        others_of[path] += [file for file, _ in others]
    left_out: dict[str, list[int]] = defaultdict(list)
    for path, entry in sorted(plan.with_richer):
        left_out[path].append(entry)

    def beside(file: InputFile) -> Beside:
        files = tuple(others_of.get(file.shown, ()))
        return Beside(files, str([(other.shown, left_out.get(other.shown)) for other in (file, *files)]))

    whole = Study(
        work=partial(_worked, work=study.work, others=plan.others, with_richer=plan.with_richer),
        read=many(tuple_of(reader_of(str), reader_of(int), study.read, reader_of(tuple[str, ...]))),
        name=study.name,
    )
    to_come = second_pass if is_planned else progress
    for _, results in map_kept(plan.inputs, whole, keeper=keeper, beside=beside, progress=to_come):
        for found in results:
            if isinstance(found, K8sNotesError):
                yield found
                continue
            for path, entry, result, copies in found:
                course = plan.course_of.get((path, entry))
                name = None if course is None else plan.course_names[course]
                yield Studied(path=path, course=course, course_name=name, result=result, copies=copies)


def _worked(
    lesson: Lesson,
    *,
    work: Callable[[Lesson], Result],
    others: Mapping[Entry, tuple[tuple[InputFile, int], ...]],
    with_richer: frozenset[Entry],
) -> tuple[tuple[str, int, Result, tuple[str, ...]], ...]:
    found = _with_copies(lesson, work=work, others=others, with_richer=with_richer)
    return tuple(
        (
            lesson.source.path if other is None else other.shown,
            entry,
            result,
            tuple(copy.file.shown for copy in copies),
        )
        for other, entry, result, copies in found
    )


def read_each_once(
    inputs: Inputs, *, shelf: Path | None, progress: Progress = no_progress
) -> Iterator[WholeLesson | K8sNotesError]:
    """Each lesson of some texts once, in reading order, with the comments of all its texts.

    A poorer text is left out where it is a copy, and shown behind the richer one where it is not.
    """
    first_pass, second_pass = in_two_passes(progress)
    plan = plan_reading(inputs, shelf=shelf, progress=first_pass)
    is_planned = len(plan.inputs) > 1
    read = map_planned(plan, as_it_is, progress=second_pass if is_planned else progress)
    for _, results in read:
        for result in results:
            if isinstance(result, K8sNotesError):
                yield result
            else:
                yield WholeLesson(file=result.file, lesson=result.result, copies=result.copies)


def in_two_passes(progress: Progress) -> tuple[Progress, Progress]:
    """What to tell of the first and of the second pass over the same texts."""

    def first(done: int, total: int) -> None:
        progress(done, 2 * total)

    def second(done: int, total: int) -> None:
        progress(total + done, 2 * total)

    return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class OfWhole(Generic[Result]):
    """What was made of a whole lesson."""

    file: InputFile
    entry: int  # which lesson of the file, from 0
    result: Result
    copies: tuple[Copy, ...]


def map_planned(
    plan: ReadingPlan, work: Callable[[Lesson], Result], *, progress: Progress = no_progress
) -> Iterator[tuple[InputFile | K8sNotesError, list[OfWhole[Result] | K8sNotesError]]]:
    """What `work`, as of `map_lessons`, makes of each whole lesson, by the input that it is read from."""
    whole = partial(_with_copies, work=work, others=plan.others, with_richer=plan.with_richer)
    for file, results in map_files(plan.inputs, whole, progress=progress):
        made: list[OfWhole[Result] | K8sNotesError] = []
        for result in results:
            if isinstance(result, K8sNotesError):
                made.append(result)
                continue
            for other, entry, of_lesson, copies in result:
                home = other or file
                assert isinstance(home, InputFile)
                made.append(OfWhole(file=home, entry=entry, result=of_lesson, copies=copies))
        yield file, made


def _with_copies(
    lesson: Lesson,
    *,
    work: Callable[[Lesson], Result],
    others: Mapping[Entry, tuple[tuple[InputFile, int], ...]],
    with_richer: frozenset[Entry],
) -> list[tuple[InputFile | None, int, Result, tuple[Copy, ...]]]:
    """Of the lesson with the comments of its copies, and behind it of its texts that are none.

    Each comes with its file where that is not the one that was read, its place there, and the copies
    that are left out.
    """
    entry = (lesson.source.path, lesson.source.entry)
    if entry in with_richer:
        return []
    copies: list[tuple[InputFile, Lesson]] = []
    rest: list[tuple[InputFile, Lesson]] = []
    for file, at in others.get(entry, ()):
        for other in _lessons_in(file)[at:][:1]:  # none where the file has gone since
            (copies if is_copy(other, lesson, fold_string) else rest).append((file, other))
    whole = with_comments_of(lesson, [other for _, other in copies], fold_string)
    left_out = tuple(Copy(file=file, entry=other.source.entry, called=other.called) for file, other in copies)
    return [
        (None, lesson.source.entry, work(whole), left_out),
        *((file, other.source.entry, work(other), ()) for file, other in rest),
    ]


def _facts(lesson: Lesson) -> LessonFacts:
    return facts_of(lesson, fold_string)


FACTS = Study(work=_facts, read=reader_of(LessonFacts), name="facts")


def _folders(folder: Path) -> tuple[str, ...]:
    """The folders from the root of the file system to this one."""
    return Path(os.path.abspath(folder)).parts  # noqa: PTH100 - links are not followed


def _lessons_of(courses: Courses, path: str) -> tuple[Lesson, ...]:
    return courses.kept.get(path) or _lessons_in(courses.files[path])


def _lessons_in(file: InputFile) -> tuple[Lesson, ...]:
    try:
        status = os.stat(file.path)  # noqa: PTH116 - one of many
    except (OSError, ValueError):
        return ()
    return _lessons_as_of(file, (status.st_size, status.st_mtime_ns, status.st_ctime_ns))


@lru_cache(maxsize=2)  # the chapters of two e-books are asked for one by one
def _lessons_as_of(file: InputFile, state: tuple[int, ...]) -> tuple[Lesson, ...]:  # noqa: ARG001 - what was read before a change is none
    return tuple(result[1] for result in read_inputs([file]) if not isinstance(result, K8sNotesError))
