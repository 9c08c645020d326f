"""Facts of lessons to courses."""

from collections import Counter
from collections.abc import Iterable, Sequence

from k8snotes.assemble.belonging import Group, groups_of, most_frequent
from k8snotes.assemble.designation import Fold, course_key
from k8snotes.assemble.gaps import Gaps
from k8snotes.assemble.homes import Folders, Homes
from k8snotes.assemble.keys import natural, order_key
from k8snotes.assemble.neighbours import Neighbours
from k8snotes.assemble.numbering import Held, Numbering
from k8snotes.assemble.reading_order import ReadingOrder
from k8snotes.assemble.sameness import one_of_each
from k8snotes.model.course import Assembly, Course, CourseLesson, Ground, LessonFacts, Placing


def assemble(lessons: Iterable[LessonFacts], fold: Fold, *, shelf: Folders | None = None) -> Assembly:
    """The courses that texts make, by name, and the texts that are of none, each in natural order.

    Whatever order the lessons come in, the result is the same. `shelf` is the folder in which a
    workspace keeps all its texts; its name names no course.
    """
    ordered = sorted(lessons, key=order_key)
    homes = Homes(ordered, fold, shelf)
    groups, rest = groups_of(ordered, homes, fold)
    courses = [_course(group, homes, fold) for group in groups]
    return Assembly(courses=tuple(sorted(courses, key=_course_key)), rest=tuple(sorted(rest, key=order_key)))


def _course_key(course: Course) -> tuple[object, ...]:
    """By name, those without one last; of two of one name, that whose first lesson comes first."""
    name = course.name
    return (name is None, natural(name or ""), name or "", order_key(course.lessons[0].facts))


def _course(group: Group, homes: Homes, fold: Fold) -> Course:
    grounds: dict[tuple[str, int], Ground] = {
        (member.facts.path, member.facts.entry): member.by for member in group.members
    }
    held = _held(group, homes)
    numbering = Numbering(held)
    neighbours = Neighbours(held, numbering)
    covers = _covers(group, held, fold)
    places = ReadingOrder(held, numbering, neighbours, homes, covers).places()
    gaps = Gaps(held, [at for at, _ in places], numbering, neighbours.links)
    authors = Counter(member.facts.author for member in group.members if member.facts.author)
    return Course(
        name=group.name,
        named_by=group.named_by,
        authors=tuple(most_frequent(authors)),
        lessons=tuple(_lesson(held[at], by, numbering, grounds) for at, by in places),
        missing=gaps.missing(),
        clashes=gaps.clashes(),
    )


def _held(group: Group, homes: Homes) -> list[Held]:
    """The lessons of a course in natural order, each with all its texts."""
    found = []
    for facts, duplicates in one_of_each((member.facts for member in group.members), homes.chapters_of):
        texts = (facts, *(duplicate.facts for duplicate in duplicates))
        chapters = next(filter(None, map(homes.chapters_of, texts)), ())
        found.append(Held(texts=texts, duplicates=duplicates, chapters=chapters))
    return sorted(found, key=lambda held: order_key(held.facts))


def _covers(group: Group, lessons: Sequence[Held], fold: Fold) -> frozenset[int]:
    """The positions of the pages that are called as the course is, or whose file is an index."""
    called = {course_key(group.name or "", fold), "index", "readme"}
    return frozenset(
        at
        for at, held in enumerate(lessons)
        if any(
            found.rest in called and found.number is None and not found.word for found in held.designations
        )
    )


def _lesson(
    held: Held, by: Placing, numbering: Numbering, grounds: dict[tuple[str, int], Ground]
) -> CourseLesson:
    number = numbering.number_of(held)
    return CourseLesson(
        facts=held.facts,
        belongs_by=grounds[held.facts.path, held.facts.entry],
        placed_by=by,
        chapter="/".join(held.chapters) or None,
        chapter_number=None if number is None else number.chapter,
        number=None if number is None else number.number,
        last_number=None if number is None else number.last,
        role=held.role,
        duplicates=held.duplicates,
    )
