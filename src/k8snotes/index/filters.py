"""Which passages a reader wants to see, as a test of their numbers."""

from collections.abc import Callable

from k8snotes.index.names import name_key
from k8snotes.index.rows import (
    FIELD_MASK,
    KIND_OF,
    LESSON_SHIFT,
    PASSAGE_BITS,
    Field,
)
from k8snotes.index.store import Store
from k8snotes.model.filters import Filters

SAID = frozenset({Field.COMMENT, Field.REPLY})


def allowed_by(store: Store, filters: Filters, fold: Callable[[str], str]) -> Callable[[int], bool] | None:
    """Whether a passage is wanted; None: all are.

    Who wrote a comment or a reply counts for it, and of a comment when, and how it was liked; of
    everything else, who wrote the lesson and when. What the text does not say is not wanted where
    something is asked for.
    """
    fields = frozenset(field for field in KIND_OF if filters.kinds is None or KIND_OF[field] in filters.kinds)
    if len(fields) == len(KIND_OF) and all(value is None for value in filters[1:]):
        return None
    filters = filters._replace(
        author=None if filters.author is None else name_key(filters.author, fold),
        lesson=None if filters.lesson is None else fold(filters.lesson),
    )
    lessons = _lessons(store, filters, fold)
    by_lesson = _written(store, filters, fold) if filters.min_likes is None else set()
    remarks = _remarks(store, filters)

    def allowed(row: int) -> bool:
        lesson, field = row >> LESSON_SHIFT, row >> PASSAGE_BITS & FIELD_MASK
        if field not in fields:
            return False
        if lessons is not None and lesson not in lessons:
            return False
        if field in SAID:
            return remarks is None or row in remarks
        return by_lesson is None or lesson in by_lesson

    return allowed


def _lessons(store: Store, filters: Filters, fold: Callable[[str], str]) -> set[int] | None:
    """The lessons named; None for all."""
    if filters.lesson is None and filters.files is None:
        return None
    rows = [
        row
        for row in store.rows(
            "SELECT lessons.id, lessons.title, lessons.number, files.path"
            " FROM lessons JOIN files ON files.id = lessons.file"
        )
        if filters.files is None or row[-1] in filters.files
    ]
    wanted = filters.lesson
    if wanted is None:
        return {lesson for lesson, *_ in rows}
    named = {lesson for lesson, title, _, path in rows if wanted in fold(f"{title or ''}\n{path}")}
    if not wanted.isdecimal():
        return named
    numbers = {lesson: str(number or "") for lesson, _, number, _ in rows if number is not None}
    numbered = {lesson for lesson, number in numbers.items() if number == wanted.lstrip("0")}
    # Where no lesson has that number, they are digits of a name: 0103, 2019.
    return numbered | (named - numbers.keys()) if numbered else named


def _written(store: Store, filters: Filters, fold: Callable[[str], str]) -> set[int] | None:
    """The lessons by the author and of the days wanted; None for all."""
    if filters.author is None and filters.since is None and filters.until is None:
        return None
    return {
        lesson
        for lesson, author, day in store.rows("SELECT id, author, day FROM lessons")
        if (filters.author is None or (author is not None and filters.author in name_key(author, fold)))
        and (filters.since is None or (day is not None and day >= filters.since))
        and (filters.until is None or (day is not None and day <= filters.until))
    }


def _remarks(store: Store, filters: Filters) -> set[int] | None:
    """The comments and replies by the author, of the days and as liked as wanted; None for all."""
    conditions: list[str] = []
    values: list[object] = []
    for condition, value in (
        ("instr(author, ?)", filters.author),
        ("likes >= ?", filters.min_likes),
        ("day >= ?", filters.since),
        ("day <= ?", filters.until),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if not conditions:
        return None
    return {row for (row,) in store.rows(f"SELECT id FROM remarks WHERE {' AND '.join(conditions)}", values)}
