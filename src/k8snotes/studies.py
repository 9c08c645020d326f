"""What lessons are worked into, by any process and to be kept: phrases that may be themes, summaries."""

from dataclasses import dataclass

from k8snotes.fingerprint import program_fingerprint
from k8snotes.keeping import Study
from k8snotes.model.document import DocumentStyle, LessonPart
from k8snotes.model.findings import LessonPhrases, ListedSummary
from k8snotes.model.lesson import Lesson
from k8snotes.model.plain import reader_of
from k8snotes.pipeline import (
    compose_cards,
    compose_lesson_record,
    compose_section,
    load_words,
    phrases_of_lesson,
    summarize_lesson,
)
from k8snotes.speech import speaking


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    own_terms: tuple[str, ...]

    def __call__(self, lesson: Lesson) -> LessonPhrases:
        return phrases_of_lesson(lesson, load_words(self.own_terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarizing:
    """A wish for summaries, as of `pipeline.summarize_lesson`."""

    own_terms: tuple[str, ...]
    sentences: int | None = None
    characters: int | None = None
    percent: int | None = None
    themes: int
    about: str | None = None
    author_summary: bool = True

    def __call__(self, lesson: Lesson) -> ListedSummary:
        return summarize_lesson(
            lesson,
            load_words(self.own_terms),
            sentences=self.sentences,
            characters=self.characters,
            percent=self.percent,
            themes=self.themes,
            about=self.about,
            author_summary=self.author_summary,
        ).listed()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Both:
    summarizing: Summarizing
    phrases: _Phrases

    def __call__(self, lesson: Lesson) -> tuple[ListedSummary, LessonPhrases]:
        return self.summarizing(lesson), self.phrases(lesson)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composing:
    own_terms: tuple[str, ...]
    style: DocumentStyle

    def __call__(self, lesson: Lesson) -> LessonPart:
        compose = {"json": compose_lesson_record, "anki": compose_cards, "html": compose_section}
        with speaking(self.style.language):
            return compose[self.style.format](lesson, own_terms=self.own_terms, style=self.style)


def document_study(own_terms: tuple[str, ...], style: DocumentStyle) -> Study[LessonPart]:
    """What each lesson brings to the document of its course; it looks as this state of the program has it."""
    work = _Composing(own_terms=own_terms, style=style)
    return Study(work=work, read=reader_of(LessonPart), name=f"{work!r} {program_fingerprint()}")


def phrases_study(own_terms: tuple[str, ...]) -> Study[LessonPhrases]:
    """The phrases of each lesson that may be themes."""
    work = _Phrases(own_terms=own_terms)
    return Study(work=work, read=reader_of(LessonPhrases), name=repr(work))


def summary_study(wish: Summarizing) -> Study[ListedSummary]:
    """The summary of each lesson."""
    return Study(work=wish, read=reader_of(ListedSummary), name=repr(wish))


def course_study(wish: Summarizing) -> Study[tuple[ListedSummary, LessonPhrases]]:
    """The summary of each lesson and its phrases: what a course is rolled up from."""
    work = _Both(summarizing=wish, phrases=_Phrases(own_terms=wish.own_terms))
    return Study(work=work, read=reader_of(tuple[ListedSummary, LessonPhrases]), name=repr(work))
