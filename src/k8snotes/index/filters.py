"""Which passages a reader wants to see, as a bitmap."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from k8snotes.index.grid import Grid
from k8snotes.index.names import name_key
from k8snotes.index.postings import Mapped, Postings
from k8snotes.index.rows import KIND_OF, Field
from k8snotes.index.store import Store
from k8snotes.model.filters import Filters

SAID = frozenset({Field.COMMENT, Field.REPLY})


def allowed_by(store: Store, filters: Filters, fold: Callable[[str], str]) -> Postings | None:
    """The passages that are wanted; None: all are.

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
    grid = store.grid
    said, written = _in_any(grid, fields & SAID), _in_any(grid, fields - SAID)
    if said and (remarks := _remarks(store, filters)) is not None:
        said &= grid.bits_of(remarks)
    if written and (by_lesson := _written(store, filters, fold)) is not None:
        written &= grid.all_of(by_lesson)
    wanted = said | written
    if (lessons := _lessons(store, filters, fold)) is not None:
        wanted &= grid.all_of(lessons)
    return Mapped(grid, wanted)


def _in_any(grid: Grid, fields: Iterable[int]) -> int:
    """The passages in any of some fields."""
    return reduce(or_, (grid.field(Field(field)) for field in fields), 0)


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
    """The lessons by the author and of the days wanted; None for all. No lesson has likes."""
    if filters.min_likes is not None:
        return set()
    if filters.author is None and filters.since is None and filters.until is None:
        return None
    return {
        lesson
        for lesson, author, day in store.rows("SELECT id, author, day FROM lessons")
        if (filters.author is None or (author is not None and filters.author in name_key(author, fold)))
        and (filters.since is None or (day is not None and day >= filters.since))
        and (filters.until is None or (day is not None and day <= filters.until))
    }


def _remarks(store: Store, filters: Filters) -> list[int] | None:
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
    return store.numbers("id", f"FROM remarks WHERE {' AND '.join(conditions)}", values)
