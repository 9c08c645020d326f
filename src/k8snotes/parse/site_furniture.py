"""What the course site of 2024 and later puts around a lesson: the course's card, a form for notes.

course / author / what they are / `1592 人已学习` / 查看详情
课程目录 / `已更新 9 讲/共 24 讲` / a part's name, `时长 12:06` a lesson
author / `00:00` / `1.0x` / `讲述：X大小：31.37M时长：27:25` / `<audio title="08｜标题" …></audio>`
body
公开 / 同步至部落 / … / `2026-09-1134人觉得很赞给文章提建议` / the reader's name / 提交留言
大纲 / 固定大纲 / the headings once more
"""

import re
from collections.abc import Iterator

from k8snotes.model.source import Source
from k8snotes.parse.draft import Draft
from k8snotes.parse.entities import unescape_entities
from k8snotes.parse.masthead import read_author, read_date
from k8snotes.speech import Message

AUDIO_TITLE = re.compile(r"<audio\s+title=\"(?P<title>.*?)\"\s+(?:src|controls)=")
LEARNERS = re.compile(r"[\d,.]++\s*+(?:万\s*+)?人已学习")
CATALOGUE = "课程目录"
CARD_LINES = 12  # filled lines above the catalogue, at most
LESSON_LENGTH = re.compile(r"时长\s*[\d:]+")
BEGINS_PLAYER = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}|[\d.]+x\b.*|讲述[：:].*|<audio\b.*")
PUBLIC = "公开"
SYNC = "同步至部落"
SUGGEST = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})?(?:\d+\s*人觉得很赞)?\s*给文章提建议")


def furniture_signs(source: Source) -> Iterator[tuple[int, Message]]:
    """Points for what only this site's pages have, and what they are given for."""
    if audio_title(source) is not None:
        yield 4, Message("an audio tag with the title above a text")
    if _catalogue(source) is not None:
        yield 4, Message("the course's card and its catalogue")
    if _form(source, 0, len(source.lines)) is not None:
        yield 4, Message("the site's form for notes")


def audio_title(source: Source) -> str | None:
    """The title that an audio tag on a line of its own bears, above a text that is no HTML."""
    for at in source.lines_with("<audio title="):
        match = AUDIO_TITLE.match(source.shown[at])
        below = source.filled_between(at + 1, len(source.lines))[:1]
        stands_alone = match is not None and source.shown[at].endswith("</audio>")
        if match and stands_alone and below and not source.shown[below[0]].startswith("<"):
            return unescape_entities(match["title"]).strip() or None
    return None


def course_card(draft: Draft) -> None:
    """Course, author and what they are, above the catalogue of lessons; all to where the player begins."""
    catalogue = _catalogue(draft.source)
    if catalogue is None:
        return
    names = [
        draft.shown[at]
        for at in draft.filled_between(0, catalogue)
        if not LEARNERS.fullmatch(draft.shown[at]) and draft.shown[at] != "查看详情"
    ]
    draft.course = names[0] if names else None
    draft.author = read_author(names[1]) if len(names) > 1 else None
    draft.author_bio = names[2] if len(names) > 2 else None
    below = draft.filled_between(catalogue + 1, len(draft.lines))
    player = next((at for at in below if BEGINS_PLAYER.fullmatch(draft.shown[at])), None)
    lengths = [at for at in below if LESSON_LENGTH.fullmatch(draft.shown[at])]
    stop = player if player is not None else lengths[-1] + 1 if lengths else catalogue + 1
    draft.claim(0, stop, "card")


def note_form(draft: Draft) -> None:
    """The form below the body, with the lesson's date in it, and the outline below that."""
    start, stop = draft.unclaimed()
    form = _form(draft.source, start, stop)
    if form is None:
        return
    dated = next(
        (
            match["date"]
            for at in draft.filled_between(form, stop)
            if (match := SUGGEST.fullmatch(draft.shown[at]))
        ),
        None,
    )
    if draft.date is None and dated:
        draft.date = read_date(dated)
    draft.claim(form, stop, "boilerplate")


def _catalogue(source: Source) -> int | None:
    """The line 课程目录 below a card that counts learners."""
    head = source.filled[:CARD_LINES]
    if not any(LEARNERS.fullmatch(source.shown[at]) for at in head):
        return None
    return next((at for at in head if source.shown[at] == CATALOGUE), None)


def _form(source: Source, start: int, stop: int) -> int | None:
    """Where the form begins: its first two buttons, one below the other."""
    for at in source.lines_with(SYNC):
        above = source.filled_between(start, at)[-1:]
        if at < stop and source.shown[at] == SYNC and above and source.shown[above[0]] == PUBLIC:
            return above[0]
    return None
