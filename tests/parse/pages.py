"""Invented lessons in the shapes that real ones come in, part by part, so that a test shows one.

The text is about rice, as in no course that exists.
"""

from collections.abc import Sequence
from pathlib import PurePath

from k8snotes.model.lesson import Block, Comment, Lesson
from k8snotes.model.source import Source
from k8snotes.parse import parse
from k8snotes.parse.coverage import faults
from k8snotes.read.files import split_lines

GAP = "\n\n\n\n"  # what parts of a printed page stand apart

TITLE = "03 | 水线：一指节是多深"
DATED = "2017-11-30 秦稻香"
COURSE = "焖饭的学问"
ENTER = "[进入课程 >](#)"
CARD = (
    " \n \n秦稻香\n\n三口铁锅的主人，灶台边写字的人\n\n你好,我是秦稻香。\n\n"
    "我们一起焖了 41 天饭,读了 26 篇文章,写了 58,204 个字,听了超过 4.5 个小时的锅响。\n\n会焖饭的人都会等"
)
AUDIO = "讲述：秦稻香\n\n时长 03:42 大小 3.41M"
BODY = "你好，我是秦稻香。\n\n水线是米面以上的那一截水。\n\n手指伸进去，没过一节就够。"
COURSE_CARD = "焖饭的学问\n\n一口锅里的慢功夫\n\n秦稻香\n\n三口铁锅的主人\n灶台边写字的人"
UPGRADE = "新版升级：点击「 请朋友读」，邀请订阅有**现金**奖励。"
RIGHTS = "© 版权归极客邦科技所有，未经许可不得传播售卖。"
PREVIOUS = "上一篇 02 | 淘米：三遍就够"
NEXT = "下一篇 04 | 火候：听锅说话"


def reader_comment(
    text: str = "锅盖我已经贴了封条。",
    *,
    name: str = "灶王爷的远亲",
    day: str = "2017-12-02",
    likes: str | None = "👍 9",
    clip: str | None = None,
    reply: str | None = None,
) -> str:
    """A comment as a printed page shows it; where there are no likes, a gap stands in their place."""
    below = f"{name}\n\n{day}" + (f"\n\n{likes}\n\n" if likes is not None else GAP) + text
    return "\n\n".join(part for part in (below, clip, reply) if part is not None)


def printed_page(
    body: str = BODY,
    *,
    title: str | None = TITLE,
    dated: str | None = DATED,
    course: str | None = COURSE,
    enter: str | None = ENTER,
    card: str | None = CARD,
    audio: str | None = AUDIO,
    course_card: str | None = COURSE_CARD,
    foot: Sequence[str] = (UPGRADE, RIGHTS, PREVIOUS, NEXT),
    comments: Sequence[str] = (),
) -> str:
    """A printed page of 2018; a part that is None or empty is missing."""
    head = "\n\n".join(part for part in (title, dated, course, enter) if part is not None)
    parts = [head, card, audio, body, course_card, "\n\n".join(foot), *comments]
    return "\n\n" + GAP.join(part for part in parts if part)


def item(
    text: str = "我试了三遍，一指节正好。",
    *,
    name: str = "转圈的小木马",
    likes: int | str = 7,
    answers: int | str = 1,
    day: str = "2019-05-06",
    tag: str = "p",
    avatar: str = "",
) -> str:
    """A comment of the Markdown collections."""
    return (
        f"<li>{avatar}<span>{name}</span> 👍（{likes}） 💬（{answers}）<{tag}>{text}</{tag}>{day}</li><br/>"
    )


def comment_list(*items: str, announced: int | None = None, heading: str = "精选留言") -> str:
    count = len(items) if announced is None else announced
    return f"<div><strong>{heading}（{count}）</strong></div><ul>\n{''.join(items)}\n</ul>"


def mkdocs_page(body: str = "## 水线\n\n一指节。", *items: str) -> str:
    """A lesson of the Markdown collections: no blank line between the body and its comments."""
    return f"{body}\n{comment_list(*items)}" if items else body


def lesson_of(text: str, name: str = "lesson.txt") -> Lesson:
    """The lesson that a file of that name would give, proved to have lost no line."""
    lesson = parse(source_of(text, name))
    assert list(faults(lesson)) == []
    return lesson


def source_of(text: str, name: str = "lesson.txt") -> Source:
    """What a file of that name with that text is read as."""
    return Source(path=name, name=PurePath(name).name, lines=split_lines(text), encoding="utf-8")


def mkdocs_lesson(text: str) -> Lesson:
    return lesson_of(text, "03 - 水线：一指节是多深.md")


def page_lesson(text: str) -> Lesson:
    return lesson_of(text, "controllers.md")


def block_texts(lesson: Lesson) -> list[str]:
    return [block.text.string for block in lesson.blocks]


def outline(lesson: Lesson) -> list[tuple[type[Block], str]]:
    """Kind and text of every block."""
    return [(type(block), block.text.string) for block in lesson.blocks]


def warning_codes(lesson: Lesson) -> list[str]:
    return [warning.code for warning in lesson.warnings]


def only_comment(lesson: Lesson) -> Comment:
    (comment,) = lesson.comments
    return comment
