"""What lessons are worked into, by any process and to be kept: phrases that may be themes, summaries."""

from dataclasses import dataclass

from k8snotes.keeping import Study
from k8snotes.model.findings import LessonPhrases
from k8snotes.model.lesson import Lesson
from k8snotes.model.plain import reader_of
from k8snotes.pipeline import load_words, phrases_of_lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    own_terms: tuple[str, ...]

    def __call__(self, lesson: Lesson) -> LessonPhrases:
        return phrases_of_lesson(lesson, load_words(self.own_terms))


def phrases_study(own_terms: tuple[str, ...]) -> Study[LessonPhrases]:
    """The phrases of each lesson that may be themes."""
    work = _Phrases(own_terms=own_terms)
    return Study(work=work, read=reader_of(LessonPhrases), name=repr(work))
