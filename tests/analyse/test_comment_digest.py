"""What a digest counts and shows."""

from k8snotes.analyse.comment_digest import digest
from k8snotes.model.lesson import Comment, CommentKind, Reply
from k8snotes.model.text import Piece, Text


def text(string: str) -> Text:
    return Text(string=string, pieces=(Piece(0, 1, 0),))


def comment(
    kind: CommentKind = "remark", *, likes: int | None = None, answered: bool = False, said: str = "水"
) -> Comment:
    reply = Reply(by="author", text=text("对"), first_line=1, last_line=1)
    return Comment(
        author="某",
        author_truncated=False,
        date=None,
        likes=likes,
        text=text(said),
        clipped=False,
        pinned=False,
        kind=kind,
        reply_count=None,
        replies=(reply,) if answered else (),
        first_line=1,
        last_line=1,
    )


def test_the_counts_are_of_all_comments() -> None:
    found = digest(
        [comment("question", answered=True), comment("question"), comment("thanks"), comment("checkin")]
    )

    assert (found.total, found.questions, found.answered, found.thanks) == (4, 2, 1, 2)


def test_the_most_liked_that_say_something_come_first() -> None:
    most, middle, least = comment(likes=9), comment(likes=5), comment(likes=None)

    assert digest([least, comment("thanks", likes=99), middle, most]).top == (most, middle, least)


def test_thanks_that_the_author_answered_are_worth_showing() -> None:
    answered = comment("thanks", answered=True)

    assert digest([answered]).top == (answered,)


def test_an_empty_comment_is_never_shown() -> None:
    assert digest([comment(likes=7, said="")]).top == ()
