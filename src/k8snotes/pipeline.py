"""The order of the stages: files → lessons → words → findings → output.

Errors travel beside results, so that one unreadable file never stops the others.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from k8snotes.errors import Broken, K8sNotesError, UsageError
from k8snotes.model.lesson import Comment, Lesson, Likeness
from k8snotes.model.source import STANDARD_INPUT, InputFile
from k8snotes.read.decode import codec_named
from k8snotes.read.folders import find_inputs
from k8snotes.read.own_files import is_of_ours
from k8snotes.speech import Message, speaking
from k8snotes.workers import cores, map_in_order

if TYPE_CHECKING:
    from k8snotes.index.entries import Entry
    from k8snotes.model.document import DocumentStyle, LessonPart
    from k8snotes.model.findings import CourseSummary, LessonPhrases, ListedSummary, Summary, Theme, Topic
    from k8snotes.model.note import ComposedNote, NoteStyle
    from k8snotes.model.page import Page
    from k8snotes.model.thread import Remark
    from k8snotes.model.volume import Gist
    from k8snotes.model.words import Segmented, Tokenizer, Vocabulary

Result = TypeVar("Result")
Progress = Callable[[int, int], None]  # how many bytes are done, of how many
# Starting processes takes about as long as parsing this many bytes.
ENOUGH_FOR_PROCESSES = 2_000_000
MOST_TERMS = 20  # of a lesson that flash cards ask for


def no_progress(_done: int, _total: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What cuts and weighs words, made once for a run."""

    tokenizer: "Tokenizer"
    vocabulary: "Vocabulary"


@cache
def load_vocabulary(own_terms: tuple[str, ...] = ()) -> "Vocabulary":
    """What is known of words beforehand, without what cuts them."""
    from k8snotes.segment.lexicon import extended, shipped_lexicon, vocabulary_of

    return vocabulary_of(extended(shipped_lexicon(), own_terms))


@cache
def load_words(own_terms: tuple[str, ...] = ()) -> Words:
    """The fastest tokenizer installed, over the shipped lexicon and the reader's own terms."""
    from k8snotes.segment.lexicon import extended, shipped_lexicon, vocabulary_of
    from k8snotes.segment.tokenizer import make_tokenizer

    lexicon = extended(shipped_lexicon(), own_terms)
    return Words(tokenizer=make_tokenizer(lexicon), vocabulary=vocabulary_of(lexicon))


def inputs_named(paths: Iterable[str], *, shelf: str | None = None) -> Iterator[InputFile | K8sNotesError]:
    """The texts that paths name: files, folders, patterns, `-` for standard input; see `find_inputs`."""
    return find_inputs(paths, shelf=shelf)


def read_inputs(
    inputs: Iterable[InputFile | K8sNotesError],
    *,
    shape: str | None = None,
    encoding: str | None = None,
    progress: Progress = no_progress,
) -> Iterator[tuple[InputFile, Lesson] | K8sNotesError]:
    """Each file with its lesson, or the error that stands in its place; options as of `map_lessons`."""
    return map_lessons(inputs, as_it_is, shape=shape, encoding=encoding, progress=progress)


def map_lessons(
    inputs: Iterable[InputFile | K8sNotesError],
    work: Callable[[Lesson], Result],
    *,
    shape: str | None = None,
    encoding: str | None = None,
    progress: Progress = no_progress,
) -> Iterator[tuple[InputFile, Result] | K8sNotesError]:
    """What `work` makes of each lesson, with its file, in the order of the inputs.

    An e-book gives a result a chapter. What cannot be read comes in its place as an error, and so
    does what `work` fails on, so that the others go on.

    `work` runs on all cores where there is enough to do. So it must pickle (a function of a module,
    or `functools.partial` of one) and so must its result: the smaller that is, the faster.
    `shape`, one of `formats()`, and `encoding` are what all are read as; None: what each looks
    like. `progress` is told how many of how many bytes are done.
    """
    for file, results in map_files(inputs, work, shape=shape, encoding=encoding, progress=progress):
        for result in results:
            if isinstance(result, K8sNotesError):
                yield result
            else:
                assert isinstance(file, InputFile)
                yield file, result


def map_files(
    inputs: Iterable[InputFile | K8sNotesError],
    work: Callable[[Lesson], Result],
    *,
    shape: str | None = None,
    encoding: str | None = None,
    progress: Progress = no_progress,
) -> Iterator[tuple[InputFile | K8sNotesError, list[Result | K8sNotesError]]]:
    """As `map_lessons`, with all that came of an input at once."""
    files = list(inputs)
    sizes = [size_of(file) for file in files]
    total = sum(sizes)
    read = partial(_read, work=work, shape=shape, encoding=encoding)
    processes = cores() if total >= ENOUGH_FOR_PROCESSES else 1
    found: Iterator[list[Result | K8sNotesError]] = (
        map_in_order(read, files, lost=_lost, here=_is_for_this_process, processes=processes)
        if processes > 1
        else map(read, files)
    )
    done = 0
    for file, size, results in zip(files, sizes, found, strict=True):
        yield file, results
        done += size
        progress(done, total)


def formats() -> tuple[str, ...]:
    """What texts may be read as."""
    from k8snotes.parse.shapes import BY_NAME

    return tuple(BY_NAME)


def as_it_is(lesson: Lesson) -> Lesson:
    """The whole lesson, for `map_lessons`."""
    return lesson


def _read(
    file: InputFile | K8sNotesError,
    *,
    work: Callable[[Lesson], Result],
    shape: str | None,
    encoding: str | None,
) -> list[Result | K8sNotesError]:
    """What `work` makes of the lessons of a file, and the error that ended it, if one did."""
    if isinstance(file, K8sNotesError):
        return [file]
    # Here, and so in other processes alone where they do the reading: its rules take a tenth of a second.
    from k8snotes.parse import parse
    from k8snotes.read.files import read_sources

    results: list[Result | K8sNotesError] = []
    try:
        for source in read_sources(file, encoding=encoding):
            results.append(work(parse(source, shape=shape)))  # noqa: PERF401 - those before an error stay
    except K8sNotesError as error:
        results.append(error)
    except Exception as error:  # one text that we fail on must not cost the others
        results.append(_broken(file, error))
    return results


def _broken(file: InputFile, error: Exception) -> Broken:
    import traceback

    if isinstance(error, MemoryError):
        return Broken("{path}: more than there is memory for; split it into lessons", path=file.shown)
    what = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
    broken = Broken(
        "{path}: {what}; a bug of ours: --debug shows where, please report it", path=file.shown, what=what
    )
    # Where it happened goes along to other processes in words only.
    broken.add_note("".join(traceback.format_exception(error)))
    return broken


def _lost(file: InputFile | K8sNotesError) -> list[Result | K8sNotesError]:
    """What stands for a file whose process died: it crashed, or the system ended it."""
    assert isinstance(file, InputFile)
    return [
        Broken(
            "{path}: the process that read it died; out of memory, or a bug of ours; try it alone",
            path=file.shown,
        )
    ]


def _is_for_this_process(file: InputFile | K8sNotesError) -> bool:
    """Whether there is nothing to read, or what no other process has open: standard input, a pipe."""
    return (
        isinstance(file, K8sNotesError) or file.shown == STANDARD_INPUT or not os.path.isfile(file.path)  # noqa: PTH113 - Path.is_file raises for a name that is too long
    )


def can_be_read_again(file: InputFile) -> bool:
    """Whether a file will still be there: standard input and pipes are gone once they are read."""
    return not _is_for_this_process(file)


def was_exported(file: InputFile) -> bool:
    """Whether an export wrote a file: then it is read only where it is named by itself."""
    try:
        return can_be_read_again(file) and is_of_ours(file.path.read_bytes())
    except OSError:  # reading it for its own sake says why
        return False


def size_of(file: InputFile | K8sNotesError) -> int:
    """The bytes to read, as far as that can be told beforehand."""
    if isinstance(file, K8sNotesError) or file.shown == STANDARD_INPUT:
        return 0
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def codec_called(name: str) -> str:
    """Python's name for an encoding.

    Raises:
        UsageError: it knows none of that name for texts.
    """
    try:
        return codec_named(name)
    except LookupError as error:
        raise UsageError(
            "{name}: no encoding of texts; name one that Python knows: utf-8, gb18030, big5, utf-16, …",
            name=name,
        ) from error


def detection_of(lesson: Lesson) -> tuple[Likeness, ...]:
    """How much a lesson's text looks like each of the formats, the likeliest first."""
    from k8snotes.parse.detect import likenesses

    return tuple(sorted(likenesses(lesson.source), key=lambda likeness: -likeness.points))


def coverage_faults(lesson: Lesson) -> "list[Message]":
    """What breaks the proof that every line of a lesson has its place."""
    from k8snotes.parse.coverage import faults

    return list(faults(lesson))


def segment_lesson(lesson: Lesson, words: Words) -> "Segmented":
    from k8snotes.segment.sentences import segment

    return segment(lesson, words.tokenizer)


def summarize_lesson(
    lesson: Lesson,
    words: Words,
    *,
    sentences: int | None = None,
    characters: int | None = None,
    percent: int | None = None,
    themes: int,
    about: str | None = None,
    author_summary: bool = True,
) -> "Summary":
    """A lesson's summary: so many sentences, characters or percent of its prose, `about` a theme or all."""
    from k8snotes.analyse.selection import Length
    from k8snotes.analyse.summary import summarize

    return summarize(
        lesson,
        segment_lesson(lesson, words),
        words.vocabulary,
        length=Length(sentences=sentences, characters=characters, percent=percent),
        themes=themes,
        about=None if about is None else spellings_of(about, words),
        author_summary=author_summary,
    )


def shipped_rings() -> Mapping[str, tuple[str, ...]]:
    """The spellings of what Kubernetes calls by several names, by the key of each."""
    from k8snotes.segment.lexicon import rings, shipped_lexicon

    return rings(shipped_lexicon())


def key_of_term(term: str) -> str:
    """What all spellings of a term share."""
    from k8snotes.segment.lexicon import key_of

    return key_of(term)


def spellings_of(theme: str, words: Words) -> frozenset[str]:
    """The keys of all spellings that the lexicon knows of a theme, its own among them."""
    from k8snotes.segment.lexicon import key_of

    preferred = words.vocabulary.preferred
    key = key_of(theme)
    same = {other for other, spelling in preferred.items() if spelling == preferred.get(key)}
    return frozenset({key, *same} - {""})


def phrases_of_lesson(lesson: Lesson, words: Words) -> "LessonPhrases":
    """The phrases of a lesson that may be themes."""
    from k8snotes.analyse.phrases import phrases_of
    from k8snotes.model.findings import LessonPhrases

    phrases = phrases_of(segment_lesson(lesson, words), words.vocabulary)
    return LessonPhrases(lesson.source.path, lesson.source.entry, lesson.title, phrases)


def themes_in(
    lessons: "Iterable[LessonPhrases]", vocabulary: "Vocabulary", *, limit: int
) -> "tuple[Theme, ...]":
    """The themes of lessons of which these are the phrases."""
    from k8snotes.analyse.themes import find_themes

    return find_themes(lessons, vocabulary, limit=limit)


def roll_up(
    lessons: "Iterable[tuple[int | None, str | None, ListedSummary, LessonPhrases]]",
    vocabulary: "Vocabulary",
    *,
    themes: int,
) -> "Iterator[CourseSummary]":
    """Courses from their lessons, each with which course it is of, and the course's name.

    What belongs to none is one more, called as all its lessons call their course, if they do.
    """
    from k8snotes.analyse.course_thread import course_thread
    from k8snotes.analyse.themes import Gathering
    from k8snotes.model.findings import CourseSummary
    from k8snotes.segment.lexicon import key_of

    names: dict[int | None, str | None] = {}
    summaries: dict[int | None, list[ListedSummary]] = defaultdict(list)
    gatherings: dict[int | None, Gathering] = defaultdict(lambda: Gathering(vocabulary))
    for course, name, summary, phrases in lessons:
        names.setdefault(course, name)
        summaries[course].append(summary)
        gatherings[course].add(phrases)
    for course, name in names.items():
        found = gatherings[course].themes(limit=themes)
        called = {summary.lesson.course for summary in summaries[course]}
        yield CourseSummary(
            name=called.pop() if course is None and len(called) == 1 else name,
            lessons=tuple(summaries[course]),
            themes=found,
            thread=course_thread(summaries[course], found, key_of),
        )


def themes_of(lessons: Iterable[Lesson], words: Words, *, limit: int) -> tuple["Theme", ...]:
    """The themes of lessons taken together."""
    phrases = (phrases_of_lesson(lesson, words) for lesson in lessons)
    return themes_in(phrases, words.vocabulary, limit=limit)


def remarks_on(lesson: Lesson, comments: Iterable[Comment], vocabulary: "Vocabulary") -> "Iterator[Remark]":
    """Comments of a lesson, each with the paragraph that it seems to talk of."""
    from k8snotes.analyse.asides import Asides
    from k8snotes.model.thread import Remark
    from k8snotes.segment.fold import fold
    from k8snotes.segment.longest_match import LongestMatch

    asides: Asides | None = None
    for comment in comments:
        if asides is None:
            asides = Asides(lesson, vocabulary, fold, LongestMatch(vocabulary).words)
        yield Remark(
            lesson=lesson.title,
            path=lesson.source.path,
            place=lesson.place_of(comment),
            comment=comment,
            about=asides.about(comment.text.string),
        )


def question_worth(comment: Comment, vocabulary: "Vocabulary") -> float:
    """How much an answered comment is worth reading; more is better."""
    from k8snotes.analyse.question_book import worth
    from k8snotes.segment.fold import fold_string
    from k8snotes.segment.longest_match import LongestMatch

    words = LongestMatch(vocabulary).words(fold_string(comment.text.string))
    return worth(comment, {word for word in words if vocabulary.is_term(word)})


def page_of(lesson: Lesson) -> "Page":
    """A lesson as search sees it."""
    from k8snotes.index import pages

    return pages.page_of(lesson)


def entry_of_lesson(lesson: Lesson) -> "Entry":
    """What the index keeps of a lesson."""
    from k8snotes.index.entries import entry_of
    from k8snotes.segment.fold import fold_string
    from k8snotes.segment.marks import edits_of

    return entry_of(page_of(lesson), fold_string, edits_of)


def compose_note(lesson: Lesson, *, own_terms: tuple[str, ...], style: "NoteStyle") -> "ComposedNote":
    """A lesson's note, not yet in its place, and what the pages of its course need of the lesson."""
    from k8snotes.model.note import ComposedNote
    from k8snotes.render.markdown import lesson_note
    from k8snotes.segment.marks import bold_runs

    words = load_words(own_terms)
    summary = summarize_lesson(lesson, words, sentences=style.sentences, themes=style.themes)
    return ComposedNote(
        called=lesson.called,
        note=lesson_note(summary, style, bold_runs, _outline_of(summary)),
        gist=_gist_of(summary, words, style),
    )


def _outline_of(summary: "Summary") -> "tuple[Topic, ...]":
    from k8snotes.analyse.outline import outline
    from k8snotes.segment.fold import fold_string
    from k8snotes.segment.marks import without_marks

    lesson = summary.lesson
    plain = without_marks if lesson.markup == "markdown" else str
    return outline(lesson, summary.themes, fold=fold_string, plain=plain)


def gist_of(lesson: Lesson, *, own_terms: tuple[str, ...], style: "NoteStyle") -> "Gist":
    """What the pages of its course need of a lesson."""
    words = load_words(own_terms)
    summary = summarize_lesson(lesson, words, sentences=style.sentences, themes=style.themes)
    return _gist_of(summary, words, style)


def _gist_of(summary: "Summary", words: Words, style: "NoteStyle") -> "Gist":
    from k8snotes.model.volume import Asked, Gist, packed_phrases
    from k8snotes.render.readers import without_names

    lesson = summary.lesson
    with speaking(style.language):
        comments = without_names(lesson.comments) if style.hide_names else lesson.comments
    asked = [comment for comment in comments if comment.kind == "question" or comment.is_answered]
    return Gist(
        path=lesson.source.path,
        entry=lesson.source.entry,
        title=lesson.title,
        called=lesson.called,
        thesis=summary.thesis,
        phrases=packed_phrases(summary.phrases),
        asked=tuple(
            Asked(remark=remark, worth=question_worth(remark.comment, words.vocabulary))
            for remark in remarks_on(lesson, asked, words.vocabulary)
        ),
    )


def compose_lesson_record(
    lesson: Lesson, *, own_terms: tuple[str, ...], style: "DocumentStyle"
) -> "LessonPart":
    """What a lesson brings to its course as one JSON document."""
    from k8snotes.model.document import LessonPart
    from k8snotes.render.escaping import json_string
    from k8snotes.render.records import course_lesson_record

    summary = _summary_for(_with_readers_hidden(lesson, style), own_terms, style)
    return LessonPart(
        called=lesson.called, course=lesson.course, text=json_string(course_lesson_record(summary))
    )


def compose_section(lesson: Lesson, *, own_terms: tuple[str, ...], style: "DocumentStyle") -> "LessonPart":
    """A lesson's part of the page of its course."""
    from k8snotes.model.document import LessonPart
    from k8snotes.render.course_page import anchor_of, lesson_section
    from k8snotes.segment.marks import bold_runs

    summary = _summary_for(_with_readers_hidden(lesson, style), own_terms, style)
    return LessonPart(
        called=lesson.called,
        course=lesson.course,
        anchor=anchor_of(lesson),
        text=lesson_section(summary, bold_runs, with_body=style.with_body),
    )


def search_folding(characters: Iterable[str]) -> str:
    """What a page needs to find words in either script: pairs of a character and its plain one."""
    from k8snotes.segment.fold import folding_of

    return "".join(f"{character}{plain}" for character, plain in folding_of(characters).items())


def compose_cards(lesson: Lesson, *, own_terms: tuple[str, ...], style: "DocumentStyle") -> "LessonPart":
    """A lesson's flash cards."""
    from k8snotes.analyse.flash_cards import definitions, gaps
    from k8snotes.analyse.selection import Length
    from k8snotes.analyse.summary import summarize
    from k8snotes.model.document import LessonPart, Term
    from k8snotes.render.cards import lesson_cards
    from k8snotes.segment.fold import fold, fold_string
    from k8snotes.segment.lexicon import extended, key_of, names_of, shipped_lexicon, spelled

    words = load_words(own_terms)
    lexicon = extended(shipped_lexicon(), own_terms)
    segmented = segment_lesson(lesson, words)
    length = Length(sentences=style.sentences)
    summary = summarize(lesson, segmented, words.vocabulary, length=length, themes=MOST_TERMS)
    terms = [
        Term(
            text=theme.text,
            key=key_of(words.vocabulary.preferred.get(key_of(theme.text), theme.text)),
            pattern=spelled(
                [name for said in (theme.text, *theme.aliases) for name in names_of(said, lexicon)],
                whole=True,
            ),
        )
        for theme in summary.themes
    ]
    hidden = _with_readers_hidden(lesson, style).comments
    asked = [
        (known, shown)
        for known, shown in zip(lesson.comments, hidden, strict=True)
        if known.is_answered_question and known.text.string.strip()
    ]
    thesis = () if summary.thesis is None or summary.thesis in summary.sentences else (summary.thesis,)
    cards = lesson_cards(
        lesson,
        keys=(letters_of(lesson.course or ""), letters_of(lesson.called)),
        defined=definitions(segmented.sentences, terms, fold_string),
        blanked=gaps((*thesis, *summary.sentences), terms, words.vocabulary, fold),
        asked=asked,
    )
    return LessonPart(called=lesson.called, course=lesson.course, cards=tuple(cards))


def letters_of(title: str) -> str:
    """What a title is known by: its letters and digits, without the bar that Unicode takes for a letter."""
    from k8snotes.segment.fold import fold_string

    return "".join(filter(str.isalnum, fold_string(title).replace("丨", "")))


def _summary_for(lesson: Lesson, own_terms: tuple[str, ...], style: "DocumentStyle") -> "Summary":
    return summarize_lesson(lesson, load_words(own_terms), sentences=style.sentences, themes=style.themes)


def _with_readers_hidden(lesson: Lesson, style: "DocumentStyle") -> Lesson:
    from k8snotes.render.readers import without_names

    return replace(lesson, comments=without_names(lesson.comments)) if style.hide_names else lesson
