"""Which passages a reader wants to see, as a bitmap."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from k8snotes.index.folding import PageFold, folded_each
from k8snotes.index.grid import Grid
from k8snotes.index.names import name_key
from k8snotes.index.postings import Mapped, Postings
from k8snotes.index.rows import KIND_OF, Field
from k8snotes.index.scales import number_of
from k8snotes.index.store import Store
from k8snotes.index.terms import SEPARATOR
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
    if said:
        said &= _remarks(store, filters)
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
    """The lessons named, of the files wanted; None for all."""
    of_files = None if filters.files is None else store.lessons_of(filters.files)
    wanted = filters.lesson
    if wanted is None:
        return of_files
    rows = [
        row
        for row in store.rows(
            "SELECT lessons.id, lessons.title, lessons.number, files.path"
            " FROM lessons JOIN files ON files.id = lessons.file"
        )
        if of_files is None or row[0] in of_files
    ]
    names = [f"{title or ''}\n{path}" for _, title, _, path in rows]
    called = folded_each(names, PageFold(set().union(*names, SEPARATOR), fold))
    named = {lesson for (lesson, *_), said in zip(rows, called, strict=True) if wanted in said}
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


def _remarks(store: Store, filters: Filters) -> int:
    """The comments and replies by the author, of the days and as liked as wanted; -1, all bits, for all."""
    wanted = -1
    if filters.author is not None:
        rows = store.numbers("id", "FROM remarks WHERE instr(author, ?)", [filters.author])
        wanted &= store.grid.bits_of(rows)
    if filters.min_likes is not None:
        wanted &= store.maps.on_scale("likes", filters.min_likes, None)
    if filters.since is not None or filters.until is not None:
        since, until = (None if day is None else number_of(day) for day in (filters.since, filters.until))
        wanted &= store.maps.on_scale("day", since, until)
    return wanted
