"""The words around findings, in one place."""

from k8snotes.model.findings import CommentDigest
from k8snotes.model.lesson import Comment, CommentKind, Lesson, Replier

THESIS = "主旨"
KEY_POINTS = "要点"
THEME = "主题"
THEMES = "主题"
COMMENTS = "留言"
COUNT = "次数"
MORE = "……"
UNTITLED = "（无标题）"
UNNAMED = "（无名）"
COMMENT_KINDS: dict[CommentKind, str] = {
    "question": "提问",
    "thanks": "致谢",
    "checkin": "打卡",
    "remark": "见解",
}
REPLIERS: dict[Replier, str] = {"author": "作者回复", "editor": "编辑回复", "reader": "读者回复"}


def byline(lesson: Lesson) -> str:
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


def comment_facts(comment: Comment) -> str:
    """Kind, date and likes of a comment in one line."""
    day = None if comment.date is None else comment.date.isoformat()
    likes = f"{comment.likes} 赞" if comment.likes else None
    return " · ".join(part for part in (COMMENT_KINDS[comment.kind], day, likes) if part)


def folded_line(count: int) -> str:
    """What stands for the comments that are not shown."""
    return f"另有 {count} 条致谢或打卡（--all 全部显示）"


def line_label(line: int) -> str:
    return f"第 {line} 行"
