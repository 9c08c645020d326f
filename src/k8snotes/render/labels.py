"""The words around findings, in one place, in the language that is spoken."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from k8snotes.model.course import Clash, Course, CourseLesson, Missing, Sameness
from k8snotes.model.findings import CommentDigest, LessonCard
from k8snotes.model.hits import PassageHit
from k8snotes.model.kinds import PassageKind
from k8snotes.model.lesson import Comment, CommentKind, Lesson, Replier, Reply
from k8snotes.model.thread import About, Thread
from k8snotes.speech import Message, _, counted, spoken

COMMENT_KINDS: dict[CommentKind, Message] = {
    "question": Message("question"),
    "thanks": Message("thanks"),
    "checkin": Message("check-in"),
    "remark": Message("remark"),
}
PASSAGES: dict[PassageKind, Message] = {
    "title": Message("title"),
    "heading": Message("heading"),
    "body": Message("text"),
    "code": Message("code"),
    "comment": Message("comment"),
    "reply": Message("reply"),
}
REPLIERS: dict[Replier, Message] = {
    "author": Message("author's reply"),
    "editor": Message("editor's reply"),
    "reader": Message("reader's reply"),
}


def listing(words: Iterable[str]) -> str:
    """Words of one kind, one after the other."""
    return _(", ").join(words)


def facts_line(facts: Iterable[str]) -> str:
    """Short facts in one line; what has nothing to say is left out."""
    line = ""
    for fact in filter(None, facts):
        line = _("{facts}, {fact}", facts=line, fact=fact) if line else fact
    return line


def said_of(name: str, said: str) -> str:
    """A name and what is said of it; the name alone if that is nothing.

    The name may be a text's. If it ends in a colon, another one would make a property of it.
    """
    return _("{name} — {said}", name=name, said=said) if said else name


def lead(name: str) -> str:
    """A name of ours before what is said."""
    return _("{name}: ", name=name)


def sentence(words: str) -> str:
    """Words with their full stop."""
    return _("{words}.", words=words)


def titled(title: str | None) -> str:
    """A lesson's title, or what stands for it."""
    return title or _("(untitled)")


def course_called(name: str | None) -> str:
    """A course's name, or what stands for it."""
    return name or _("(no course name)")


def aliases(names: Iterable[str]) -> str:
    return _("also called {names}", names=listing(names))


def replied(reply: Reply) -> str:
    """Whose a reply is."""
    return spoken(REPLIERS[reply.by])


def figure(alts: Iterable[str]) -> str:
    """What stands for pictures: what their texts call them."""
    return _("({words})", words=listing(dict.fromkeys(filter(None, alts))) or _("figure"))


def byline(lesson: Lesson | LessonCard) -> str:
    """Course, author and date, as far as the text says them."""
    day = "" if lesson.date is None else lesson.date.isoformat()
    parts = ((part or "").strip() for part in (lesson.course, lesson.author, day))
    return " · ".join(part for part in parts if part)


def digest_line(comments: CommentDigest) -> str:
    """The counts of a digest in one line, those of nothing left out."""
    total, questions, thanks = comments.total, comments.questions, comments.thanks
    return facts_line(
        (
            _("{count} in all", count=total),
            counted("{count} question", "{count} questions", questions) if questions else "",
            _("{count} answered by the author", count=comments.answered) if comments.answered else "",
            counted("{count} thanks or check-in", "{count} thanks or check-ins", thanks) if thanks else "",
        )
    )


def comment_byline(comment: Comment) -> str:
    """Name, kind, date and likes of a comment in one line."""
    return f"{comment_name(comment)} · {comment_facts(comment)}"


def comment_name(comment: Comment) -> str:
    """The reader's name as the page shows it; one of blanks cannot be seen."""
    name = comment.author if comment.author and comment.author.strip() else _("(unnamed)")
    return name + ("..." if comment.author_truncated else "")


def reader(number: int) -> str:
    """What a reader is called whose name is not to be shown."""
    return _("Reader {number}", number=number)


def comment_facts(comment: Comment) -> str:
    """Kind, date and likes of a comment in one line."""
    day = None if comment.date is None else comment.date.isoformat()
    return " · ".join(
        part for part in (spoken(COMMENT_KINDS[comment.kind]), day, liked(comment.likes)) if part
    )


def liked(likes: int | None) -> str | None:
    return counted("{count} like", "{count} likes", likes) if likes else None


def folded_line(count: int) -> str:
    """What stands for the comments that are not shown."""
    return counted(
        "{count} more thanks or check-in (--all shows all)",
        "{count} more thanks and check-ins (--all shows all)",
        count,
    )


def more_mentions_line(count: int) -> str:
    return _("{count} more (--all shows all)", count=count)


def further_mentions(count: int) -> str:
    """What stands for the mentions in a lesson that a page leaves out."""
    return _("{count} more", count=count)


def further_questions(count: int) -> str:
    return counted("{count} more question.", "{count} more questions.", count)


def answered(count: int) -> str:
    return counted("{count} comment answered by the author", "{count} comments answered by the author", count)


def together(paragraphs: int) -> str:
    return counted("together in {count} paragraph", "together in {count} paragraphs", paragraphs)


def share_line(thread: Thread) -> str:
    """In how many lessons a theme is named, and how often."""
    return facts_line((lesson_count(thread.lessons), times(thread.occurrences)))


def times(count: int) -> str:
    return counted("{count} time", "{count} times", count)


def occurrence_line(thread: Thread) -> str:
    """In how many of how many lessons a theme is named, and how often in all."""
    said = len(thread.mentions) - sum(mention.kind not in ("comment", "reply") for mention in thread.mentions)
    of = len(thread.shares)
    parts = (
        counted(
            "in {lessons} of {count} lesson", "in {lessons} of {count} lessons", of, lessons=thread.lessons
        ),
        times(thread.occurrences),
        _("{count} in comments and replies", count=said) if said else "",
    )
    return facts_line(parts)


def periods(days: Sequence[date], *, most_months: int) -> list[tuple[str, int]]:
    """The months from the first day to the last, with the days in each; the years where that are too many."""
    if not days:
        return []
    months = [day.year * 12 + day.month - 1 for day in days]
    if max(months) - min(months) < most_months:
        counts = Counter(months)
        span = range(min(months), max(months) + 1)
        return [(f"{month // 12:04}-{month % 12 + 1:02}", counts[month]) for month in span]
    counts = Counter(day.year for day in days)
    return [(f"{year:04}", counts[year]) for year in range(min(counts), max(counts) + 1)]


def about_line(about: About) -> str:
    """The lines that a comment seems to talk of, and why."""
    lines = f"{about.first_line}"
    if about.last_line != about.first_line:
        lines += f"–{about.last_line}"
    if about.because == "quotes":
        return _("seems to be about line {lines}: quotes “{words}”", lines=lines, words=about.words[0])
    return _("seems to be about line {lines}: both say {words}", lines=lines, words=listing(about.words))


def line_label(line: int) -> str:
    return _("line {line}", line=line)


def course_line(course: Course) -> str:
    """Authors and counts of a course in one line, those of nothing left out."""
    copies = sum(len(lesson.duplicates) for lesson in course.lessons)
    missing, clashes = len(course.missing), len(course.clashes)
    parts = (
        listing(course.authors),
        lesson_count(len(course.lessons)),
        _("{count} missing", count=missing) if missing else "",
        counted("{count} duplicate", "{count} duplicates", copies) if copies else "",
        counted("{count} number with several lessons", "{count} numbers with several lessons", clashes)
        if clashes
        else "",
    )
    return " · ".join(part for part in parts if part)


def most_characters(position: int, most: int) -> str:
    """Which lesson is the longest, from 1, and how long."""
    return _("most: lesson {position}, {most:,} characters", position=position, most=most)


def most_comments(position: int, most: int) -> str:
    """Which lesson has the most comments, from 1, and how many."""
    return counted(
        "most: lesson {position}, {count:,} comment",
        "most: lesson {position}, {count:,} comments",
        most,
        position=position,
    )


def lesson_number(chapter: int | None, number: int | None, last: int | None = None) -> str:
    """A lesson's number as it is listed: "16", "10-11", "2.1"; "" for none."""
    if number is None:
        return ""
    counted = f"{number}" if last is None else f"{number}-{last}"
    return counted if chapter is None else f"{chapter}.{counted}"


def sameness(same: Sameness) -> str:
    """What shows that two texts hold one lesson: "title, number, text 93%"."""
    parts = (
        _("title") if same.title else "",
        _("number") if same.number else "",
        "" if same.body is None else _("text {share:.0%}", share=same.body),
    )
    return listing(filter(None, parts))


def course_rows(course: Course) -> Iterator[CourseLesson | str]:
    """The lessons in reading order, and lines for those that are missing: one for numbers in a row."""
    run: list[Missing] = []
    for row in course.rows:
        if isinstance(row, Missing) and (not run or _goes_on(run[-1], row)):
            run.append(row)
            continue
        if run:
            yield missing_line(run)
        run = [row] if isinstance(row, Missing) else []
        if not isinstance(row, Missing):
            yield row
    if run:
        yield missing_line(run)


def _goes_on(one: Missing, other: Missing) -> bool:
    unnamed = one.title is None and other.title is None
    return unnamed and (one.chapter, one.chapter_number) == (other.chapter, other.chapter_number)


def missing_line(run: list[Missing]) -> str:
    """What is missing, by its title, or by its numbers."""
    first, last = run[0], run[-1]
    what = first.title
    if what is None:
        what = lesson_number(first.chapter_number, first.number, None if first is last else last.number)
    return _("missing: {what}", what=what)


def clash_line(clash: Clash) -> str:
    """The lessons under one number in one line."""
    number = lesson_number(clash.chapter_number, clash.number)
    paths = facts_line(facts.path for facts in clash.lessons)
    return _("number {number} has several lessons: {paths}", number=number, paths=paths)


def lesson_count(count: int) -> str:
    return counted("{count} lesson", "{count} lessons", count)


def comment_count(count: int) -> str:
    return counted("{count} comment", "{count} comments", count)


def passage_byline(hit: PassageHit) -> str:
    """What a passage is and whose: its part, section, author, date, likes, and whether words are missing."""
    day = None if hit.date is None else hit.date.isoformat()
    missing = _("partial match") if hit.is_partial else None
    parts = (spoken(PASSAGES[hit.kind]), hit.section, hit.author, day, liked(hit.likes), missing)
    return " · ".join(part for part in parts if part)


def answer_line(first: int, last: int, total: int) -> str:
    """Which of how many hits are shown."""
    return _("{first}–{last} of {total}", first=first, last=last, total=total)
