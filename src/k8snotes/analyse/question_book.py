"""Which of the questions that an author answered are most worth reading."""

from collections.abc import Collection
from math import log1p

from k8snotes.model.lesson import Comment

# What makes a question worth reading, and how much of it is enough.
ASKS = 1.0  # it is a question, and no remark or thanks that happened to be answered
LENGTH, ENOUGH_SAID = 0.5, 150  # characters
TERMS, ENOUGH_TERMS = 0.5, 4  # technical terms
REPLY, ENOUGH_ANSWERED = 0.5, 100  # characters of the author's replies
PRAISE = 0.1  # what thanks and check-ins keep of all that
LIKED = 0.5  # of the logarithm of the likes, on top of 1


def worth(comment: Comment, terms: Collection[str]) -> float:
    """How much an answered comment is worth reading: its substance, times how much it was liked.

    `terms` are the technical terms in it.
    """
    answered = sum(len(reply.text.string) for reply in comment.replies if reply.by == "author")
    substance = (
        ASKS * (comment.kind == "question")
        + LENGTH * min(len(comment.text.string) / ENOUGH_SAID, 1)
        + TERMS * min(len(terms) / ENOUGH_TERMS, 1)
        + REPLY * min(answered / ENOUGH_ANSWERED, 1)
    )
    is_praise = comment.kind in ("thanks", "checkin")
    return (PRAISE if is_praise else 1) * substance * (1 + LIKED * log1p(comment.likes or 0))
