"""The comments of a lesson that several texts hold: each once, and none lost.

The texts were taken at other times and by other means: what is clipped in one is whole in another,
has likes or none, a name or none, its answer or not. But two readers may write the same few words:
these are one comment only where a name or a date says so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from k8snotes.assemble.designation import Fold
from k8snotes.model.course import HeldComment, HeldReply, MergedComment
from k8snotes.model.lesson import Comment, Lesson
from k8snotes.model.source import Place

TELLING = 15  # letters that no two readers write alike
HEAD = 6  # letters by which comments find each other
MOST_TRIED = 200  # comments that begin alike; a text with more was made to be slow
NO_LETTERS = re.compile(r"[\W_]+")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Print:
    """A comment as it is compared."""

    held: HeldComment
    name: str | None
    letters: str

    @property
    def head(self) -> str:
        return self.letters[:HEAD]

    @property
    def comment(self) -> Comment:
        return self.held.comment


def merge_comments(lessons: Sequence[Lesson], fold: Fold) -> tuple[MergedComment, ...]:
    """The comments of all texts of a lesson, in the order of the first text, then of the others.

    Each comment of a text is taken for one of another text at most, so a text's own stay apart.
    """
    merged: list[list[_Print]] = []
    for lesson in lessons:
        prints = [_print(lesson, comment, fold) for comment in lesson.comments]
        matches = _matches(prints, merged)
        for at, found in enumerate(prints):
            if (position := matches.get(at)) is None:
                position = len(merged)
                merged.append([])
            merged[position].append(found)
    return tuple(_merged(prints, fold) for prints in merged)


def with_comments_of(lesson: Lesson, others: Sequence[Lesson], fold: Fold) -> Lesson:
    """The lesson with the comments that other texts of it hold as well, each once."""
    if not any(other.comments for other in others):
        return lesson
    merged = merge_comments([lesson, *others], fold)
    return replace(lesson, comments=tuple(_as_of(lesson, comment) for comment in merged))


def _as_of(lesson: Lesson, merged: MergedComment) -> Comment:
    """A merged comment as one of the lesson."""

    def elsewhere(place: Place, line: int) -> Place | None:
        return None if place == lesson.source.place_of(line) else place

    return replace(
        merged.whole,
        elsewhere=elsewhere(merged.held[0].place, merged.held[0].comment.first_line),
        replies=tuple(
            replace(held.reply, elsewhere=elsewhere(held.place, held.reply.first_line))
            for held in merged.replies
        ),
    )


def _print(lesson: Lesson, comment: Comment, fold: Fold) -> _Print:
    held = HeldComment(place=lesson.source.place_of(comment.first_line), comment=comment)
    name = BLANKS.sub("", fold(comment.author or "")) or None
    return _Print(held, name, _letters(comment.text.string, fold))


def _letters(text: str, fold: Fold) -> str:
    """The letters and digits of a text; of one without any, all that shows."""
    folded = fold(text)
    return NO_LETTERS.sub("", folded) or BLANKS.sub("", folded)


def _matches(prints: Sequence[_Print], merged: Sequence[Sequence[_Print]]) -> dict[int, int]:
    """Which of the merged comments each comment of a text is: the likest first."""
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for key_of, test in PASSES:
        free: dict[Hashable, list[int]] = defaultdict(list)
        for position, known in enumerate(merged):
            if position not in taken:
                for key in {key_of(other) for other in known}:
                    free[key].append(position)
        for at, found in enumerate(prints):
            if at in matches:
                continue
            candidates = [position for position in free[key_of(found)][:MOST_TRIED] if position not in taken]
            for position in candidates:
                if any(test(found, other) for other in merged[position]):
                    matches[at] = position
                    taken.add(position)
                    free[key_of(found)].remove(position)
                    break
    return matches


def _stated(found: _Print) -> tuple[object, ...]:
    """All that a text says of a comment."""
    comment = found.comment
    replies = tuple((reply.by, reply.text.string) for reply in comment.replies)
    return (
        found.letters, found.name, comment.author_truncated,
        comment.date, comment.likes, comment.clipped, replies,
    )  # fmt: skip


def _says_the_same(one: _Print, other: _Print) -> bool:
    """Whether nothing differs that the texts say, be it that neither says who wrote it."""
    return _stated(one) == _stated(other)


def _has_same_name_and_words(one: _Print, other: _Print) -> bool:
    return one.letters == other.letters and _has_same_name(one, other) is True and _is_same(one, other)


def _is_same(one: _Print, other: _Print) -> bool:
    same_words = one.letters == other.letters
    if not same_words and not _is_beginning(one, other) and not _is_beginning(other, one):
        return False
    same_name, same_day = _has_same_name(one, other), _has_same_day(one, other)
    is_telling = min(len(one.letters), len(other.letters)) >= TELLING
    if same_name is False:
        return False
    if same_day is False:  # days begin elsewhere at another hour
        return same_name is True and same_words and is_telling
    if is_telling:
        return True
    if not one.letters or not other.letters:  # nothing but a picture, say
        return same_words and same_name is True and same_day is True
    return same_name is True or (same_words and same_day is True)


def _is_beginning(one: _Print, other: _Print) -> bool:
    """Whether the one text is the beginning of the other: the page clipped it, or the file ends in it."""
    return (
        other.letters.startswith(one.letters)
        and one.letters != ""
        and (one.comment.clipped or len(one.letters) >= TELLING)
    )


def _has_same_name(one: _Print, other: _Print) -> bool | None:
    """Whether one reader wrote both; None where a name is missing, or cut and so could be several's."""
    if one.name is None or other.name is None:
        return None
    if not (one.comment.author_truncated or other.comment.author_truncated):
        return one.name == other.name
    shorter, longer = sorted((one, other), key=lambda found: len(found.name or ""))
    fits = shorter.comment.author_truncated and (longer.name or "").startswith(shorter.name or "")
    return None if fits else False


def _has_same_day(one: _Print, other: _Print) -> bool | None:
    if one.comment.date is None or other.comment.date is None:
        return None
    return one.comment.date == other.comment.date


def _merged(prints: Sequence[_Print], fold: Fold) -> MergedComment:
    """A comment of the fullest text, with the name, day and likes of the first that has them."""
    fullest = sorted(
        prints,
        key=lambda found: (
            -len(found.letters), found.comment.clipped, found.comment.author is None,
            found.comment.author_truncated, found.comment.likes is None, -len(found.comment.replies),
        ),
    )  # fmt: skip
    comments = [found.comment for found in fullest]
    named = min(comments, key=lambda comment: (comment.author is None, comment.author_truncated))
    return MergedComment(
        held=tuple(found.held for found in fullest),
        author=named.author,
        author_truncated=named.author_truncated,
        date=next((comment.date for comment in comments if comment.date is not None), None),
        likes=next((comment.likes for comment in comments if comment.likes is not None), None),
        replies=tuple(_replies(fullest, fold)),
    )


def _replies(prints: Sequence[_Print], fold: Fold) -> Iterator[HeldReply]:
    """The replies of all texts, each once, the fuller of two."""
    kept: list[tuple[str, HeldReply]] = []
    for found in prints:
        known = len(kept)  # a text's own stay apart
        for reply in found.comment.replies:
            mine = (
                _letters(reply.text.string, fold),
                HeldReply(place=found.held.place, reply=reply),
            )
            at = next((at for at in range(known) if _is_one_reply(mine, kept[at])), None)
            if at is None:
                kept.append(mine)
            elif len(mine[0]) > len(kept[at][0]):
                kept[at] = mine
    return (held for _, held in kept)


def _is_one_reply(one: tuple[str, HeldReply], other: tuple[str, HeldReply]) -> bool:
    (letters, held), (theirs, known) = one, other
    shorter, longer = sorted((letters, theirs), key=len)
    is_beginning = len(shorter) >= TELLING and longer.startswith(shorter)
    return held.reply.by == known.reply.by and (shorter == longer or is_beginning)


# By what comments find each other, and what makes them one: the likest first.
PASSES: tuple[tuple[Callable[[_Print], Hashable], Callable[[_Print, _Print], bool]], ...] = (
    (_stated, _says_the_same),
    (lambda found: (found.name, found.letters), _has_same_name_and_words),
    (lambda found: found.head, _is_same),
)
