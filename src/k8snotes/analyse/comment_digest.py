"""What readers said of a lesson, in a few numbers and the comments most worth reading."""

from collections.abc import Sequence

from k8snotes.model.findings import CommentDigest
from k8snotes.model.lesson import Comment

TOP = 3


def digest(comments: Sequence[Comment]) -> CommentDigest:
    """Counts over all comments; `top` leaves thanks and check-ins out unless they were answered."""
    worth_reading = [comment for comment in comments if comment.has_substance]
    ranked = sorted(worth_reading, key=lambda comment: (-(comment.likes or 0), not comment.is_answered))
    return CommentDigest(
        total=len(comments),
        questions=sum(comment.kind == "question" for comment in comments),
        answered=sum(comment.is_answered for comment in comments),
        thanks=sum(comment.kind in ("thanks", "checkin") for comment in comments),
        top=tuple(ranked[:TOP]),
    )
