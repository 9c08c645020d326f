"""Values as the records of `--json` and `--jsonl`: the contract of CLI.md."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from k8snotes.model.findings import CourseSummary, KeySentence, LessonCard, ListedSummary, Summary, Theme
from k8snotes.model.lesson import (
    Block,
    Code,
    Comment,
    Figure,
    Heading,
    ItemList,
    Lesson,
    Likeness,
    Paragraph,
    Quote,
    Reply,
    Table,
)
from k8snotes.model.source import Locator, Place
from k8snotes.model.thread import Mention, Remark, Share, Thread
from k8snotes.render.document import Record
from k8snotes.render.hits import locator

BLOCK_KINDS: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Heading: "heading",
    ItemList: "list",
    Code: "code",
    Quote: "quote",
    Table: "table",
    Figure: "figure",
}


def lesson_record(lesson: Lesson) -> Record:
    return {
        "path": lesson.source.path,
        "format": lesson.format,
        "encoding": lesson.source.encoding,
        "title": lesson.title,
        "number": lesson.number,
        "course": lesson.course,
        "author": lesson.author,
        "author_bio": lesson.author_bio,
        "date": _day(lesson.date),
        "audio": lesson.audio
        and {
            "seconds": lesson.audio.seconds,
            "size_mb": lesson.audio.size_mb,
            "narrator": lesson.audio.narrator,
        },
        "stats": lesson.stats
        and {
            "days": lesson.stats.days,
            "articles": lesson.stats.articles,
            "characters": lesson.stats.characters,
            "hours": lesson.stats.hours,
        },
        "previous": lesson.previous,
        "next": lesson.next,
        "copyright": lesson.copyright,
        "lines": len(lesson.source.lines),
        **_place(lesson, 1),
        "blocks": [{**block_record(block), **_place(lesson, block.first_line)} for block in lesson.blocks],
        "sections": [
            {"kind": section.kind, "first_line": section.first_line, "last_line": section.last_line}
            for section in lesson.sections
        ],
        "comments": [
            {**comment_record(comment), **_place(lesson, comment.first_line)} for comment in lesson.comments
        ],
        "comments_total": lesson.comments_total,
        "warnings": [
            {
                "code": warning.code,
                "message": warning.message,
                "first_line": warning.first_line,
                "last_line": warning.last_line,
            }
            for warning in lesson.warnings
        ],
    }


def likeness_record(likeness: Likeness) -> Record:
    return {"format": likeness.format, "points": likeness.points, "signs": list(likeness.signs)}


def block_record(block: Block) -> Record:
    return {
        "kind": BLOCK_KINDS[type(block)],
        "level": block.level if isinstance(block, Heading) else None,
        "language": block.language if isinstance(block, Code) else None,
        "text": block.text.string,
        "first_line": block.first_line,
        "last_line": block.last_line,
    }


def comment_record(comment: Comment) -> Record:
    return {
        "author": comment.author,
        "author_truncated": comment.author_truncated,
        "date": _day(comment.date),
        "likes": comment.likes,
        "text": comment.text.string,
        "clipped": comment.clipped,
        "pinned": comment.pinned,
        "kind": comment.kind,
        "reply_count": comment.reply_count,
        "replies": [_reply_record(reply) for reply in comment.replies],
        "first_line": comment.first_line,
        "last_line": comment.last_line,
    }


def remark_record(remark: Remark) -> Record:
    """A comment among those of many lessons."""
    place, comment = place_record(remark.place), remark.comment
    replies = [
        {**_reply_record(reply), "path": remark.path if reply.elsewhere is None else reply.elsewhere.path}
        for reply in comment.replies
    ]
    return {
        "path": place.pop("path"),
        "lesson": remark.lesson,
        **place,
        **comment_record(comment),
        "replies": replies,
        "about": _about_record(remark),
    }


def _about_record(remark: Remark) -> Record | None:
    about = remark.about
    if about is None:
        return None
    return {
        "path": remark.path,
        "first_line": about.first_line,
        "last_line": about.last_line,
        "score": about.score,
        "because": about.because,
        "words": list(about.words),
    }


def remark_counts(comments: Iterable[Comment]) -> Record:
    """How many comments there are of each kind, and how many an author answered."""
    listed = list(comments)
    kinds = Counter(comment.kind for comment in listed)
    return {
        "total": len(listed),
        "questions": kinds["question"],
        "remarks": kinds["remark"],
        "thanks": kinds["thanks"],
        "checkins": kinds["checkin"],
        "answered": sum(comment.is_answered for comment in listed),
    }


def thread_record(thread: Thread, questions: Iterable[Remark]) -> Record:
    """The one theme of `theme --json`."""
    return {
        "text": thread.text,
        "aliases": list(thread.aliases),
        "count": thread.occurrences,
        "definition": None if thread.definition is None else mention_record(thread.definition),
        "first": mention_record(thread.mentions[0]),
        "mentions": [mention_record(mention) for mention in thread.mentions],
        "lessons": [_share_record(share) for share in thread.shares if share.count],
        "related": [
            {"text": near.text, "count": near.together, "score": near.score} for near in thread.related
        ],
        "questions": [remark_record(remark) for remark in questions],
    }


def mention_record(mention: Mention) -> Record:
    record: Record = {
        "text": mention.text,
        "line": mention.line,
        "score": mention.score,
        "path": mention.path,
        "lesson": mention.lesson,
        "kind": mention.kind,
        "lines": list(mention.lines),
        **locator(mention.place),
    }
    return record if mention.kind not in ("comment", "reply") else {**record, "author": mention.author}


def _share_record(share: Share) -> Record:
    return {"path": share.path, "lesson": share.lesson, "count": share.count}


def placed_comment_record(lesson: Lesson | LessonCard, comment: Comment) -> Record:
    """A comment of a lesson that several texts may hold, with the one that this stands in."""
    return {**place_record(lesson.place_of(comment)), **_placed(lesson, comment)}


def _placed(lesson: Lesson | LessonCard, comment: Comment) -> Record:
    replies = [{**_reply_record(reply), "path": lesson.place_of(reply).path} for reply in comment.replies]
    return {**comment_record(comment), "replies": replies}


def _reply_record(reply: Reply) -> Record:
    return {
        "by": reply.by,
        "text": reply.text.string,
        "first_line": reply.first_line,
        "last_line": reply.last_line,
    }


def summary_record(summary: ListedSummary) -> Record:
    lesson, comments = summary.lesson, summary.comments
    return {
        "path": lesson.path,
        "title": lesson.title,
        "course": lesson.course,
        "author": lesson.author,
        "date": _day(lesson.date),
        "thesis": None if summary.thesis is None else sentence_record(summary.thesis),
        "sentences": [sentence_record(sentence) for sentence in summary.sentences],
        "author_summary": [sentence_record(sentence) for sentence in summary.author_summary],
        "themes": [
            {"text": theme.text, "count": theme.count, "score": theme.score} for theme in summary.themes
        ],
        "comments": {
            "total": comments.total,
            "questions": comments.questions,
            "answered": comments.answered,
            "thanks": comments.thanks,
            "top": [placed_comment_record(lesson, comment) for comment in comments.top],
        },
    }


def course_summary_record(course: CourseSummary) -> Record:
    return {
        "course": course.name,
        "lessons": [
            {
                "path": summary.lesson.path,
                "title": summary.lesson.title,
                "thesis": None if summary.thesis is None else sentence_record(summary.thesis),
            }
            for summary in course.lessons
        ],
        "themes": [
            {"text": theme.text, "count": theme.count, "lessons": theme.lessons, "score": theme.score}
            for theme in course.themes
        ],
        "thread": [
            {
                "theme": step.theme,
                "path": step.lesson.path,
                "lesson": step.lesson.title,
                **sentence_record(step.sentence),
            }
            for step in course.thread
        ],
    }


def course_lesson_record(summary: Summary) -> Record:
    """A lesson as it stands in the document of its course: parsed, summed up, its questions picked out.

    Every comment says which text it stands in, since a lesson may have been held by several.
    """
    lesson = summary.lesson
    return {
        **lesson_record(lesson),
        "comments": [placed_comment_record(lesson, comment) for comment in lesson.comments],
        "summary": {
            "thesis": None if summary.thesis is None else sentence_record(summary.thesis),
            "sentences": [sentence_record(sentence) for sentence in summary.sentences],
            "author_summary": [sentence_record(sentence) for sentence in summary.author_summary],
        },
        "themes": [
            {"text": theme.text, "count": theme.count, "score": theme.score, "aliases": list(theme.aliases)}
            for theme in summary.themes
        ],
        "questions": [
            placed_comment_record(lesson, comment) for comment in lesson.comments if comment.is_answered
        ],
    }


def sentence_record(sentence: KeySentence) -> Record:
    return {"text": sentence.text, "line": sentence.line, "score": sentence.score}


def theme_records(themes: Iterable[Theme]) -> list[Record]:
    """Themes with how often each lesson names them, the lessons that do not left out."""
    return [
        {
            "text": theme.text,
            "count": theme.count,
            "lessons": theme.lessons,
            "score": theme.score,
            "aliases": list(theme.aliases),
            "occurrences": [_share_record(share) for share in theme.shares if share.count],
        }
        for theme in themes
    ]


def place_record(place: Place) -> Record:
    return {"path": place.path, **_locator(place.locator)}


def _place(lesson: Lesson, line: int) -> Record:
    return _locator(lesson.source.locator_at(line))


def _locator(locator: Locator | None) -> Record:
    """The page or chapter, for texts that have them."""
    if locator is None:
        return {}
    return {"locator": {"page": locator.page} if locator.page is not None else {"chapter": locator.chapter}}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
