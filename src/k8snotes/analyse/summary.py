"""Extractive summaries: the sentences worth reading, verbatim, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass

from k8snotes.analyse.comment_digest import digest
from k8snotes.analyse.salience import ASKS, salience
from k8snotes.analyse.term_stats import cosine
from k8snotes.analyse.themes import find_themes
from k8snotes.model.findings import KeySentence, Summary
from k8snotes.model.lesson import Lesson
from k8snotes.model.words import Segmented, Sentence, Vocabulary

SAME_AGAIN = 0.65  # cosine; above it a sentence repeats one that is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a summary may get: in sentences, or in characters joined."""

    sentences: int | None = None
    characters: int | None = None


def summarize(
    lesson: Lesson, segmented: Segmented, vocabulary: Vocabulary, *, length: Length, themes: int
) -> Summary:
    """Thesis, key sentences, themes and comment digest of a lesson.

    The thesis is the most salient statement, None where the lesson has no prose.
    """
    scores, vectors = salience(segmented, vocabulary)
    sentences = segmented.sentences
    ranked = sorted((at for at, score in enumerate(scores) if score > 0), key=lambda at: (-scores[at], at))
    taken: list[int] = []
    room = length.characters
    for at in ranked:
        if length.sentences is not None and len(taken) == length.sentences:
            break
        if any(cosine(vectors[at], vectors[other]) > SAME_AGAIN for other in taken):
            continue
        if room is not None:
            if len(sentences[at].text) > room:
                continue
            room -= len(sentences[at].text)
        taken.append(at)
    thesis = next((at for at in ranked if not ASKS.search(sentences[at].text)), None)
    return Summary(
        lesson=lesson,
        thesis=None if thesis is None else _key_sentence(sentences, scores, thesis),
        sentences=tuple(_key_sentence(sentences, scores, at) for at in sorted(taken)),
        themes=find_themes([segmented], vocabulary, limit=themes),
        comments=digest(lesson.comments),
    )


def _key_sentence(sentences: Sequence[Sentence], scores: Sequence[float], at: int) -> KeySentence:
    sentence = sentences[at]
    return KeySentence(
        text=sentence.text, plain=sentence.plain, line=sentence.line, score=round(scores[at], 4)
    )
