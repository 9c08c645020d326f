"""Findings for a pipe: plain, stable, one record a line where there are records."""

from collections.abc import Iterable, Iterator, Sequence

from k8snotes.model.findings import CourseSummary, KeySentence, LessonCard, ListedSummary, Theme
from k8snotes.model.lesson import Comment, Lesson, Likeness
from k8snotes.model.thread import Mention, Remark, Thread
from k8snotes.render import labels
from k8snotes.render.escaping import one_line
from k8snotes.speech import _, spoken


def summary_lines(summary: ListedSummary) -> Iterator[str]:
    lesson = summary.lesson
    yield f"# {one_line(labels.titled(lesson.title))}"
    if byline := labels.byline(lesson):
        yield one_line(byline)
    if summary.thesis is not None:
        yield f"{_('Thesis')}:"
        yield _located(lesson, summary.thesis)
    if summary.key_points:
        yield f"{_('Key points')}:"
        yield from (_located(lesson, sentence) for sentence in summary.key_points)
    if summary.rest_of_author_summary:
        yield _("The author's summary") + ":"
        yield from (_located(lesson, sentence) for sentence in summary.rest_of_author_summary)
    if summary.themes:
        yield f"{_('Themes')}: " + ", ".join(
            f"{one_line(theme.text)} ({theme.count})" for theme in summary.themes
        )
    if summary.comments.total:
        yield f"{_('Comments')}: {labels.digest_line(summary.comments)}"
        yield from (comment_line(lesson, comment) for comment in summary.comments.top)


def course_summary_lines(course: CourseSummary) -> Iterator[str]:
    yield f"# {one_line(labels.course_called(course.name))}"
    for summary in course.lessons:
        lesson, thesis = summary.lesson, summary.thesis
        line = 1 if thesis is None else thesis.line
        said = "" if thesis is None else f": {one_line(thesis.plain)}"
        yield f"{lesson.path}:{line}:{one_line(labels.titled(lesson.title))}{said}"
    if course.themes:
        yield f"{_('Themes')}: " + ", ".join(f"{one_line(t.text)} ({t.count})" for t in course.themes)
    if course.thread:
        yield f"{_('Thread')}:"
        for step in course.thread:
            said = one_line(step.sentence.plain)
            yield f"{step.lesson.path}:{step.sentence.line}:{one_line(step.theme)}: {said}"


def theme_lines(themes: Iterable[Theme]) -> Iterator[str]:
    """Count, lessons and name, tabs between them."""
    for theme in themes:
        yield f"{theme.count}\t{theme.lessons}\t{one_line(theme.text)}"


def thread_lines(thread: Thread, questions: Sequence[Remark]) -> Iterator[str]:
    yield f"# {one_line(thread.text)}"
    if thread.aliases:
        yield f"{_('Also called')}: {', '.join(map(one_line, thread.aliases))}"
    yield labels.occurrence_line(thread)
    if thread.definition is not None:
        yield f"{_('Definition')}:"
        yield mention_line(thread.definition)
    yield f"{_('Mentions')}:"
    yield from map(mention_line, thread.mentions)
    if thread.related:
        near = ", ".join(f"{one_line(theme.text)} ({theme.together})" for theme in thread.related)
        yield f"{_('Related')}: {near}"
    if questions:
        yield f"{_('Questions')}:"
        yield from map(remark_line, questions)


def mention_line(mention: Mention) -> str:
    return f"{mention.path}:{mention.line}:{one_line(mention.plain)}"


def remark_line(remark: Remark) -> str:
    return _said_line(remark.place.path, remark.comment)


def comment_line(lesson: Lesson | LessonCard, comment: Comment) -> str:
    """One comment with its replies on one line, led by its place."""
    return _said_line(lesson.place_of(comment).path, comment)


def _said_line(path: str, comment: Comment) -> str:
    parts = [labels.comment_byline(comment), one_line(comment.text.string)]
    parts += [f"{labels.replied(reply)}: {one_line(reply.text.string)}" for reply in comment.replies]
    place = f"{path}:{comment.first_line}:"
    return place + " | ".join(one_line(part) for part in parts)


def lesson_lines(lesson: Lesson) -> Iterator[str]:
    """What `parse` shows: the sections with their lines, counts, and what was odd."""
    path = lesson.source.path
    yield f"{path}: {one_line(labels.titled(lesson.title))} [{lesson.format}, {lesson.source.encoding}]"
    for section in lesson.sections:
        yield f"{path}:{section.first_line}-{section.last_line}: {section.kind}"
    replies = sum(len(comment.replies) for comment in lesson.comments)
    counts = {"blocks": len(lesson.blocks), "comments": len(lesson.comments), "replies": replies}
    yield f"{path}: {_('{blocks} blocks, {comments} comments, {replies} replies', **counts)}"
    yield from warning_lines(lesson)


def likeness_line(lesson: Lesson, likeness: Likeness) -> str:
    """Points, what for, and whether it is what the lesson was read as."""
    chosen = "* " if likeness.format == lesson.format else "  "
    signs = f": {_('; ').join(map(spoken, likeness.signs))}" if likeness.signs else ""
    return f"{lesson.source.path}: {chosen}{likeness.points:2} {likeness.format}{signs}"


def warning_lines(lesson: Lesson) -> Iterator[str]:
    for warning in lesson.warnings:
        place = f"{lesson.source.path}:{warning.first_line}"
        yield f"{place}: {warning.code}: {one_line(spoken(warning.message))}"


def _located(lesson: LessonCard, sentence: KeySentence) -> str:
    return f"{lesson.path}:{sentence.line}:{one_line(sentence.plain)}"
