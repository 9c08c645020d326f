"""The order of the stages: files → lessons → words → findings → output.

Errors travel beside results, so that one unreadable file never stops the others.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from k8snotes.errors import K8sNotesError, UsageError
from k8snotes.model.lesson import Lesson, Likeness
from k8snotes.model.source import InputFile
from k8snotes.parse import parse
from k8snotes.parse.detect import likenesses
from k8snotes.parse.shapes import BY_NAME
from k8snotes.read.decode import codec_named
from k8snotes.read.files import find_inputs, read_sources

if TYPE_CHECKING:
    from k8snotes.index.grep import Matcher
    from k8snotes.model.findings import LineHit, PassageKind, Summary, Theme
    from k8snotes.model.note import Written
    from k8snotes.model.text import Segmented, Tokenizer, Vocabulary

FORMATS = tuple(BY_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What cuts and weighs words, made once for a run."""

    tokenizer: "Tokenizer"
    vocabulary: "Vocabulary"


def load_words(own_terms: Iterable[str] = ()) -> Words:
    """The fastest tokenizer installed, over the shipped lexicon and the reader's own terms."""
    from k8snotes.segment.lexicon import extended, shipped_lexicon, vocabulary_of
    from k8snotes.segment.tokenizer import make_tokenizer

    lexicon = extended(shipped_lexicon(), own_terms)
    return Words(tokenizer=make_tokenizer(lexicon), vocabulary=vocabulary_of(lexicon))


def inputs_named(paths: Iterable[str]) -> Iterator[InputFile | K8sNotesError]:
    """The texts that paths name: files, folders, patterns, `-` for standard input."""
    return find_inputs(paths)


def read_inputs(
    inputs: Iterable[InputFile | K8sNotesError], *, shape: str | None = None, encoding: str | None = None
) -> Iterator[tuple[InputFile, Lesson] | K8sNotesError]:
    """Each file with its lesson, or the error that stands in its place.

    `shape`, one of `FORMATS`, and `encoding` are what all are read as; None: what each looks like.
    """
    for file in inputs:
        if isinstance(file, K8sNotesError):
            yield file
            continue
        try:
            for source in read_sources(file, encoding=encoding):
                yield file, parse(source, shape=shape)
        except K8sNotesError as error:
            yield error


def codec_called(name: str) -> str:
    """Python's name for an encoding.

    Raises:
        UsageError: it knows none of that name for texts.
    """
    try:
        return codec_named(name)
    except LookupError as error:
        raise UsageError(
            f"{name}: no encoding of texts; name one that Python knows: utf-8, gb18030, big5, utf-16, …"
        ) from error


def detection_of(lesson: Lesson) -> tuple[Likeness, ...]:
    """How much a lesson's text looks like each of the formats, the likeliest first."""
    return tuple(sorted(likenesses(lesson.source), key=lambda likeness: -likeness.points))


def coverage_faults(lesson: Lesson) -> list[str]:
    """What breaks the proof that every line of a lesson has its place."""
    from k8snotes.parse.coverage import faults

    return list(faults(lesson))


def segment_lesson(lesson: Lesson, words: Words) -> "Segmented":
    from k8snotes.segment.sentences import segment

    return segment(lesson, words.tokenizer)


def summarize_lesson(
    lesson: Lesson, words: Words, *, sentences: int | None, characters: int | None, themes: int
) -> "Summary":
    from k8snotes.analyse.summary import Length, summarize

    length = Length(sentences=sentences, characters=characters)
    return summarize(lesson, segment_lesson(lesson, words), words.vocabulary, length=length, themes=themes)


def themes_of(lessons: Iterable[Lesson], words: Words, *, limit: int) -> tuple["Theme", ...]:
    from k8snotes.analyse.themes import find_themes

    return find_themes([segment_lesson(lesson, words) for lesson in lessons], words.vocabulary, limit=limit)


def make_matcher(pattern: str, *, regex: bool, exactly: bool) -> "Matcher":
    """What `grep` looks for.

    Raises:
        UsageError: the pattern is empty, or no regular expression.
    """
    from k8snotes.index import grep
    from k8snotes.segment.fold import fold

    if not pattern:
        raise UsageError("the pattern is empty; say what to look for")
    if regex:
        try:
            return grep.regular(pattern, None if exactly else fold)
        except re.error as error:
            raise UsageError(
                f"{pattern}: no regular expression: {error}; without -E it is taken as it is"
            ) from error
    return grep.exact(pattern) if exactly else grep.literal(pattern, fold)


def grep_lesson(
    lesson: Lesson, matcher: "Matcher", *, kinds: Collection["PassageKind"] | None
) -> Iterator["LineHit"]:
    from k8snotes.index.grep import grep
    from k8snotes.segment.marks import plain_text

    return grep(lesson, matcher, plain_text, kinds=kinds)


def export_lessons(
    files: Iterable[tuple[InputFile, Lesson]],
    words: Words,
    output: Path,
    *,
    sentences: int,
    themes: int,
    dry_run: bool,
) -> "Iterator[tuple[Lesson, Written | K8sNotesError]]":
    """Brings the note of each lesson below `output` up to date, in the folder of its text."""
    from k8snotes.export.file_names import NoteNames
    from k8snotes.export.writer import write_note
    from k8snotes.render.markdown import lesson_note

    names = NoteNames(output)
    for file, lesson in files:
        target = names.path_for(lesson, file.folder, file.path)
        summary = summarize_lesson(lesson, words, sentences=sentences, characters=None, themes=themes)
        note = lesson_note(summary, source=file.path, target=target)
        try:
            yield lesson, write_note(target, note, dry_run=dry_run)
        except K8sNotesError as error:
            yield lesson, error
