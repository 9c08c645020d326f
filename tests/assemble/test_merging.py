"""The comments of a lesson that several texts hold: each once, none lost."""

import datetime
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemble.texts import lesson
from k8snotes.assemble.merging import merge_comments
from k8snotes.model.course import MergedComment
from k8snotes.model.lesson import Comment, Lesson, Reply
from k8snotes.model.text import Piece, Text
from k8snotes.segment.fold import fold_string

LONG = "老师讲的水线我回家试了三次，每次都多放了一勺水，是锅不一样吗？"
REPLY = "锅底越薄，水越要多放一点，试一次就记住了。"
DAY = datetime.date(2019, 1, 2)


def told(string: str, line: int) -> Text:
    return Text(string=string, pieces=(Piece(0, line, 0),))


def comment(
    text: str = LONG,
    *,
    author: str | None = "灶王爷",
    cut: bool = False,
    date: datetime.date | None = DAY,
    likes: int | None = None,
    clipped: bool = False,
    replies: tuple[str, ...] = (),
) -> Comment:
    return Comment(
        first_line=1,
        last_line=1,
        author=author,
        author_truncated=cut,
        date=date,
        likes=likes,
        text=told(text, 1),
        clipped=clipped,
        pinned=False,
        kind="remark",
        reply_count=None,
        replies=tuple(
            Reply(first_line=1, last_line=1, by="author", text=told(reply, 1)) for reply in replies
        ),
    )


def held(name: str, *comments: Comment) -> Lesson:
    """A text that holds these comments, one a line."""
    lines = [
        replace(
            found, first_line=line, last_line=line,
            replies=tuple(replace(reply, first_line=line, last_line=line) for reply in found.replies),
        )
        for line, found in enumerate(comments, start=10)
    ]  # fmt: skip
    return replace(lesson(name, "米。"), comments=tuple(lines))


def merged(*texts: Lesson) -> tuple[MergedComment, ...]:
    return merge_comments(texts, fold_string)


def places(found: MergedComment) -> list[tuple[str, int]]:
    return [(one.place.path, one.comment.first_line) for one in found.held]


ONE = [
    ("the same", comment(), comment()),
    ("likes or none", comment(likes=None), comment(likes=16)),
    ("other likes", comment(likes=16), comment(likes=71)),
    ("a name or none", comment(author=None), comment()),
    ("a date or none", comment(date=None), comment()),
    ("a name that was cut", comment(author="灶王", cut=True), comment()),
    ("clipped or whole", comment(LONG[:20], clipped=True), comment()),
    ("clipped early", comment(LONG[:7], clipped=True), comment()),
    ("the file ends in it", comment(LONG[:20], author=None, date=None), comment()),
    (
        "other blanks",
        comment(" 老师讲的\n水线 我回家试了三次，每次都多放了一勺水，是锅不一样吗？ "),
        comment(),
    ),
    ("other marks", comment(LONG.replace("，", ",").replace("？", "?")), comment()),
    ("the other script", comment(LONG.replace("师", "師").replace("锅", "鍋")), comment()),
    ("the day begins elsewhere", comment(date=datetime.date(2019, 1, 3)), comment()),
    ("few words of one reader", comment("打卡"), comment("打卡", likes=3)),
    ("few words of one day", comment("打卡", author=None), comment("打卡")),
    ("few words of a cut name on one day", comment("打卡", author="灶王", cut=True), comment("打卡")),
    ("an emoji", comment("👍"), comment("👍 ")),
    ("no words", comment(""), comment("")),
    (
        "few words that neither signed",
        comment("打卡", author=None, date=None),
        comment("打卡", author=None, date=None),
    ),
]
TWO = [
    ("other words", comment(), comment(LONG.replace("三", "四") + "真的")),
    ("another reader", comment(author="米缸"), comment()),
    ("another reader, few words", comment("打卡", author="米缸"), comment("打卡")),
    ("few words that none signed", comment("打卡", author=None, date=None), comment("打卡")),
    (
        "few words of a cut name without a date",
        comment("打卡", author="灶王", cut=True, date=None),
        comment("打卡"),
    ),
    ("few words on two days", comment("打卡", date=datetime.date(2019, 1, 3)), comment("打卡")),
    ("a cut name that is another's", comment(author="米", cut=True), comment()),
    ("a beginning that was not clipped", comment("老师"), comment()),
    ("no words on two days", comment("", date=None), comment("")),
    ("another emoji", comment("👍"), comment("🙏")),
]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in ONE], ids=[pair[0] for pair in ONE])
def test_one_comment_of_two_texts_comes_once(one: Comment, other: Comment) -> None:
    for first, second in ((one, other), (other, one)):
        (found,) = merged(held("a.md", first), held("b.md", second))
        assert sorted(places(found)) == [("a.md", 10), ("b.md", 10)]


@pytest.mark.parametrize(("one", "other"), [pair[1:] for pair in TWO], ids=[pair[0] for pair in TWO])
def test_two_comments_stay_two(one: Comment, other: Comment) -> None:
    for first, second in ((one, other), (other, one)):
        assert len(merged(held("a.md", first), held("b.md", second))) == 2


def test_what_one_text_knows_and_the_other_does_not_is_known() -> None:
    (found,) = merged(
        held("a.md", comment(LONG[:20], clipped=True, likes=16, date=None, replies=(REPLY,))),
        held("b.md", comment(author="灶", cut=True)),
    )

    assert places(found) == [("b.md", 10), ("a.md", 10)]
    assert found.held[0].comment.text.string == LONG
    assert (found.author, found.author_truncated, found.date, found.likes) == ("灶王爷", False, DAY, 16)
    assert [
        (reply.place.path, reply.reply.first_line, reply.reply.text.string) for reply in found.replies
    ] == [("a.md", 10, REPLY)]


def test_a_reply_that_both_have_comes_once_and_whole() -> None:
    (found,) = merged(
        held("a.md", comment(replies=(REPLY[:18],))), held("b.md", comment(replies=(REPLY, "还要看米。")))
    )

    assert [reply.reply.text.string for reply in found.replies] == [REPLY, "还要看米。"]


def test_comments_come_in_the_order_of_the_first_text_then_of_the_others() -> None:
    a, b, c, d = (comment(f"{letter}{LONG}") for letter in "甲乙丙丁")

    found = merged(held("a.md", b, a), held("b.md", c, a, d))

    assert [one.held[0].comment.text.string[0] for one in found] == ["乙", "甲", "丙", "丁"]


def test_each_comment_of_a_text_is_one_of_the_other_at_most() -> None:
    twice = [comment("打卡"), comment("打卡")]

    assert len(merged(held("a.md", *twice))) == 2
    assert len(merged(held("a.md", *twice), held("b.md", comment("打卡")))) == 2
    assert len(merged(held("a.md", *twice), held("b.md", *twice))) == 2


laws = settings(max_examples=50, deadline=None)
comments = st.builds(
    comment,
    st.sampled_from([LONG, LONG[:20], LONG[:4], "打卡", "打卡。", "", "👍", "谢谢老师"]),
    author=st.sampled_from([None, "灶王爷", "灶", "米缸"]),
    cut=st.booleans(),
    date=st.sampled_from([None, DAY, datetime.date(2019, 1, 3)]),
    likes=st.sampled_from([None, 0, 3]),
    clipped=st.booleans(),
    replies=st.sampled_from([(), (REPLY,), (REPLY[:18],), ("好",)]),
)
texts = st.lists(st.lists(comments, max_size=6), min_size=1, max_size=3).map(
    lambda found: [held(f"{at}.md", *some) for at, some in enumerate(found)]
)


@laws
@given(texts)
def test_no_comment_is_lost_and_none_comes_twice(some: list[Lesson]) -> None:
    found = Counter(place for one in merged(*some) for place in places(one))

    assert found == Counter((text.source.path, one.first_line) for text in some for one in text.comments)


@laws
@given(texts)
def test_a_text_has_one_part_in_a_comment_at_most(some: list[Lesson]) -> None:
    for found in merged(*some):
        assert max(Counter(path for path, _ in places(found)).values()) == 1


@laws
@given(texts)
def test_a_text_once_more_adds_no_comment(some: list[Lesson]) -> None:
    once_more = replace(some[0], source=replace(some[0].source, path="again.md"))

    assert len(merged(*some[:1], once_more)) == len(some[0].comments)
    assert len(merged(*some, *some)) >= len(merged(*some))


@laws
@given(texts)
def test_no_reply_is_lost(some: list[Lesson]) -> None:
    for found in merged(*some):
        kept = [fold_string(reply.reply.text.string) for reply in found.replies]
        for one in found.held:
            for reply in one.comment.replies:
                assert any(text.startswith(fold_string(reply.text.string)) for text in kept)
