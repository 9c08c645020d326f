"""The words around findings, in one place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from k8snotes.model.course import Clash, Course, CourseLesson, Missing, Sameness
from k8snotes.model.findings import CommentDigest, LessonCard
from k8snotes.model.hits import PassageHit
from k8snotes.model.lesson import Comment, CommentKind, Lesson, Replier
from k8snotes.model.page import PassageKind
from k8snotes.model.thread import About, Thread

THESIS = "主旨"
KEY_POINTS = "要点"
AUTHOR_SUMMARY = "作者的总结"
THREAD = "主线"
LENGTH, LETTERS = "篇幅", "字"
PIECES = "条"
THEME = "主题"
THEMES = "主题"
ANSWERED = "问答"
COMMENTS = "留言"
BODY = "正文"
COUNT = "次数"
CONTENTS = "目录"
COURSE_PAGE = "课程笔记"
SEARCH = "搜索"
SEARCH_HERE = "搜索课文与留言（按 /）"
SEARCH_HITS = "搜索结果"
MORE = "……"
UNTITLED = "（无标题）"
UNNAMED = "（无名）"
NO_COURSE_NAME = "（无课程名）"
NO_COURSE = "不属于任何课程"
COMMENT_KINDS: dict[CommentKind, str] = {
    "question": "提问",
    "thanks": "致谢",
    "checkin": "打卡",
    "remark": "见解",
}
PASSAGES: dict[PassageKind, str] = {
    "title": "标题",
    "heading": "小标题",
    "body": "正文",
    "code": "代码",
    "comment": "留言",
    "reply": "回复",
}
ALIASES = "又作"
DEFINITION = "定义"
FIRST = "初见"
MENTIONS = "提及"
RELATED = "相关"
QUESTIONS = "提问"
TIMELINE = "留言时间"
INDEX = "目录"
OTHERS = "其他"
OTHER_COURSES = "其他课程"
BEST = "最值得读的"
WHERE = "分布"
MAP = "脉络"
GRAPH = "主题图"
GRAPH_MEANING = "两个主题之间有线：它们常在同一段里出现。"
ORPHANS = "课文已不在的笔记"
SEEMS_ABOUT = "似与这里有关："
PARTIAL = "部分匹配"
DID_YOU_MEAN = "没有找到，是不是要找"
NO_MORE = "没有找到"
REPLIERS: dict[Replier, str] = {"author": "作者回复", "editor": "编辑回复", "reader": "读者回复"}


def byline(lesson: Lesson | LessonCard) -> str:
    """Course, author and date, as far as the text says them."""
    day = "" if lesson.date is None else lesson.date.isoformat()
    parts = ((part or "").strip() for part in (lesson.course, lesson.author, day))
    return " · ".join(part for part in parts if part)


def digest_line(comments: CommentDigest) -> str:
    """The counts of a digest in one line, those of nothing left out."""
    counts = (
        f"{comments.total} 条",
        f"{comments.questions} 个提问" if comments.questions else "",
        f"{comments.answered} 条有作者回复" if comments.answered else "",
        f"{comments.thanks} 条致谢或打卡" if comments.thanks else "",
    )
    return "，".join(count for count in counts if count)


def comment_byline(comment: Comment) -> str:
    """Name, kind, date and likes of a comment in one line."""
    return f"{comment_name(comment)} · {comment_facts(comment)}"


def comment_name(comment: Comment) -> str:
    """The reader's name as the page shows it; one of blanks cannot be seen."""
    name = comment.author if comment.author and comment.author.strip() else UNNAMED
    return name + ("..." if comment.author_truncated else "")


def reader(number: int) -> str:
    """What a reader is called whose name is not to be shown."""
    return f"读者 {number}"


def comment_facts(comment: Comment) -> str:
    """Kind, date and likes of a comment in one line."""
    day = None if comment.date is None else comment.date.isoformat()
    likes = f"{comment.likes} 赞" if comment.likes else None
    return " · ".join(part for part in (COMMENT_KINDS[comment.kind], day, likes) if part)


def folded_line(count: int) -> str:
    """What stands for the comments that are not shown."""
    return f"另有 {count} 条致谢与打卡（--all 全部显示）"


def more_mentions_line(count: int) -> str:
    return f"另有 {count} 处（--all 全部显示）"


def further_mentions(count: int) -> str:
    """What stands for the mentions in a lesson that a page leaves out."""
    return f"另有 {count} 处"


def further_questions(count: int) -> str:
    return f"另有 {count} 个提问。"


def answered(count: int) -> str:
    return f"{count} 条留言有作者回复"


def together(paragraphs: int) -> str:
    return f"同在 {paragraphs} 段"


def share_line(thread: Thread) -> str:
    """In how many lessons a theme is named, and how often."""
    return f"{thread.lessons} 课，{times(thread.occurrences)}"


def times(count: int) -> str:
    return f"{count} 次"


def occurrence_line(thread: Thread) -> str:
    """In how many of how many lessons a theme is named, and how often in all."""
    said = len(thread.mentions) - sum(mention.kind not in ("comment", "reply") for mention in thread.mentions)
    parts = (
        f"{len(thread.shares)} 课中的 {thread.lessons} 课",
        times(thread.occurrences),
        f"留言与回复 {said} 处" if said else "",
    )
    return "，".join(part for part in parts if part)


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
    why = f"引用“{about.words[0]}”" if about.because == "quotes" else f"同说{'、'.join(about.words)}"
    return f"似与第 {lines} 行有关：{why}"


def line_label(line: int) -> str:
    return f"第 {line} 行"


def course_line(course: Course) -> str:
    """Authors and counts of a course in one line, those of nothing left out."""
    copies = sum(len(lesson.duplicates) for lesson in course.lessons)
    parts = (
        "、".join(course.authors),
        f"{len(course.lessons)} 课",
        f"缺 {len(course.missing)} 课" if course.missing else "",
        f"{copies} 份重复" if copies else "",
        f"{len(course.clashes)} 个编号不止一课" if course.clashes else "",
    )
    return " · ".join(part for part in parts if part)


def most_line(position: int, count: int, unit: str) -> str:
    """Which lesson has the most of something, from 1, and how much."""
    return f"最多：第 {position} 课，{count:,} {unit}"


def lesson_number(chapter: int | None, number: int | None, last: int | None = None) -> str:
    """A lesson's number as it is listed: "16", "10-11", "2.1"; "" for none."""
    if number is None:
        return ""
    counted = f"{number}" if last is None else f"{number}-{last}"
    return counted if chapter is None else f"{chapter}.{counted}"


def sameness(same: Sameness) -> str:
    """What shows that two texts hold one lesson: "标题、编号、正文 93%"."""
    parts = (
        "标题" if same.title else "",
        "编号" if same.number else "",
        "" if same.body is None else f"正文 {same.body:.0%}",
    )
    return "、".join(part for part in parts if part)


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
    if first.title is not None:
        return f"缺：{first.title}"
    return "缺：" + lesson_number(first.chapter_number, first.number, None if first is last else last.number)


def clash_line(clash: Clash) -> str:
    """The lessons under one number in one line."""
    number = lesson_number(clash.chapter_number, clash.number)
    return f"编号 {number} 不止一课：" + "，".join(facts.path for facts in clash.lessons)


def lesson_count(count: int) -> str:
    return f"{count} 课"


def comment_count(count: int) -> str:
    return f"{count} 条留言"


def passage_byline(hit: PassageHit) -> str:
    """What a passage is and whose: its part, section, author, date, likes, and whether words are missing."""
    day = None if hit.date is None else hit.date.isoformat()
    likes = f"{hit.likes} 赞" if hit.likes else None
    missing = PARTIAL if hit.is_partial else None
    parts = (PASSAGES.get(hit.kind, hit.kind), hit.section, hit.author, day, likes, missing)
    return " · ".join(part for part in parts if part)


def answer_line(first: int, last: int, total: int) -> str:
    """Which of how many hits are shown."""
    return f"第 {first}–{last} 处，共 {total} 处"
