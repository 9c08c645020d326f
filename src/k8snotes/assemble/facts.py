"""What is to know of a lesson to place it, read off once, so that lessons need not be held."""

from pathlib import PurePath

from k8snotes.assemble.designation import Fold, course_key, designation, designation_of_file
from k8snotes.assemble.sketches import sketch
from k8snotes.model.course import Designation, LessonFacts, Sketch
from k8snotes.model.lesson import Code, Heading, Lesson
from k8snotes.model.page import Page


def facts_of(lesson: Lesson, fold: Fold) -> LessonFacts:
    """The facts of a lesson, but for its folders, which the text does not know."""
    source = lesson.source
    by_title, by_file = _designations(lesson, fold)
    return LessonFacts(
        path=source.path,
        entry=source.entry,
        place=source.locator_at(1),
        folders=(),
        is_in_book=any(place.chapter is not None for _, place in source.places),
        book=source.book,
        title=lesson.title,
        course=lesson.course,
        course_key=course_key(lesson.course or "", fold),
        author=lesson.author,
        by_title=by_title,
        by_file=by_file,
        previous=lesson.previous,
        next=lesson.next,
        by_previous=None if lesson.previous is None else designation(lesson.previous, fold),
        by_next=None if lesson.next is None else designation(lesson.next, fold),
        body=sketch(lesson, fold),
        comments=len(lesson.comments),
        richness=_richness(lesson),
    )


def facts_of_page(page: Page, fold: Fold) -> LessonFacts:
    """What an index knows of a lesson: enough for the order in which lessons are read.

    Neighbours and prose are left out, so lessons are the same by title and number alone.
    """
    return LessonFacts(
        path=page.path,
        entry=page.entry,
        place=None,
        folders=PurePath(page.path).parent.parts,
        is_in_book=any(isinstance(place, str) for _, place in page.places),
        book=None,
        title=page.title,
        course=page.course,
        course_key=course_key(page.course or "", fold),
        author=page.author,
        by_title=None if page.title is None else designation(page.title, fold),
        by_file=designation_of_file(page.name, fold),
        previous=None,
        next=None,
        by_previous=None,
        by_next=None,
        body=Sketch(hashes=b"", is_whole=True, characters=0),
        comments=0,
        richness=0,
    )


def _designations(lesson: Lesson, fold: Fold) -> tuple[Designation | None, Designation | None]:
    """What the title and the file's name say; the name alone where the title is taken from it."""
    by_title = None if lesson.title is None else designation(lesson.title, fold)
    by_file = designation_of_file(lesson.source.name, fold)
    if lesson.title_lines is None and by_file is not None and by_file.second is not None:
        return None, by_file  # "10-11" became "10 | 11" there
    return by_title, by_file


def _richness(lesson: Lesson) -> int:
    """How many facts the text states besides its prose, its comments' and its structure's counted."""
    stated = (
        lesson.title_lines, lesson.number, lesson.course, lesson.author, lesson.author_bio, lesson.date,
        lesson.audio, lesson.stats, lesson.previous, lesson.next,
    )  # fmt: skip
    structure = sum(isinstance(block, Heading | Code) for block in lesson.blocks)
    said = sum(
        1 + len(comment.replies) + (comment.likes is not None) + (not comment.clipped)
        for comment in lesson.comments
    )
    return sum(fact is not None for fact in stated) + structure + said
