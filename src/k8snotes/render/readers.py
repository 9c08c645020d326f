"""Readers under numbers in place of their names."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from k8snotes.model.lesson import Comment
from k8snotes.render import labels


def without_names(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """The comments under numbers in place of names: one number a reader, in the order in which they write.

    A name that the page cut may be anybody's, so each gets a number of its own. Names inside
    what readers wrote stay: nobody can tell them from other words.
    """
    numbers = count(1)
    known: dict[str, int] = {}
    hidden: list[Comment] = []
    for comment in comments:
        name = (comment.author or "").strip()
        if not name:
            hidden.append(comment)
            continue
        number = next(numbers) if comment.author_truncated or name not in known else known[name]
        if not comment.author_truncated:
            known[name] = number
        hidden.append(replace(comment, author=labels.reader(number), author_truncated=False))
    return tuple(hidden)
