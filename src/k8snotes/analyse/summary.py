"""Extractive summaries: the sentences worth reading, verbatim, in reading order."""

from collections.abc import Collection, Iterable

from k8snotes.analyse.comment_digest import digest
from k8snotes.analyse.phrases import mentions, phrases_of
from k8snotes.analyse.salience import Salience, salience
from k8snotes.analyse.selection import Length, select, thesis_of
from k8snotes.analyse.themes import find_themes
from k8snotes.model.findings import KeySentence, LessonPhrases, Summary
from k8snotes.model.lesson import Lesson
from k8snotes.model.words import Segmented, Vocabulary


def summarize(
    lesson: Lesson,
    segmented: Segmented,
    vocabulary: Vocabulary,
    *,
    length: Length,
    themes: int,
    about: Collection[str] | None = None,
    author_summary: bool = True,
) -> Summary:
    """Thesis, key sentences, themes and comment digest of a lesson.

    The thesis is the most salient statement, None where the lesson has no prose. `about` are the
    keys of a theme's spellings: only sentences that mention it are taken, with those they point back
    to. Without `author_summary` no sentence is taken from where the author himself sums up.
    """
    found = salience(segmented, vocabulary, author_summary=author_summary)
    candidates = found.ranked
    if about is not None:
        candidates = tuple(at for at in candidates if mentions(segmented.sentences[at].tokens, about))
    taken = select(found, length, candidates)
    thesis = thesis_of(found, candidates)
    phrases = LessonPhrases(
        lesson.source.path, lesson.source.entry, lesson.title, phrases_of(segmented, vocabulary)
    )
    return Summary(
        lesson=lesson,
        thesis=None if thesis is None else _key_sentence(found, thesis),
        sentences=_key_sentences(found, taken),
        author_summary=_key_sentences(found, sorted(found.author_summary)) if author_summary else (),
        themes=find_themes([phrases], vocabulary, limit=themes),
        comments=digest(lesson.comments),
        phrases=phrases,
    )


def _key_sentences(found: Salience, positions: Iterable[int]) -> tuple[KeySentence, ...]:
    return tuple(_key_sentence(found, at) for at in positions)


def _key_sentence(found: Salience, at: int) -> KeySentence:
    sentence = found.segmented.sentences[at]
    return KeySentence(
        text=sentence.text, plain=sentence.plain, line=sentence.line, score=round(found.scores[at], 4)
    )
