"""Texts to volumes: the lessons of a folder, their courses, the threads of their themes, their questions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from k8snotes.courses import Courses, Entry
from k8snotes.export.file_names import id_of
from k8snotes.lookup import Library
from k8snotes.model.course import Course, CourseLesson, LessonFacts
from k8snotes.model.findings import Theme
from k8snotes.model.source import InputFile
from k8snotes.model.thread import Share, Thread
from k8snotes.model.volume import Asked, Chapter, Followed, Gist, Listed, Volume, phrases_of, ranked
from k8snotes.pipeline import load_vocabulary, themes_in
from k8snotes.render import labels
from k8snotes.segment.fold import fold_string
from k8snotes.segment.lexicon import key_of
from k8snotes.speech import Language, speaking
from k8snotes.threads import Named, ToTrace, named, threads_of

LibraryOf = Callable[[Sequence[InputFile]], Library]

MOST_THEMES = 20  # of a volume
# A page brings together what stands apart. What one lesson alone says of a theme is in its note, and
# three sentences are read sooner than they are looked up.
LEAST_LESSONS, LEAST_SENTENCES = 2, 4


def volumes_of(
    chapters: Mapping[Entry, Chapter],
    courses: Courses,
    library_of: LibraryOf,
    *,
    own_terms: tuple[str, ...],
    has_root: bool,
    has_pages: Callable[[str], bool],
    language: Language,
) -> Iterator[Volume]:
    """The volumes that lessons make, those of the outermost folders first.

    Each course stands in the folder that all its notes share, and what belongs to none in the nearest
    one above. `has_root`: there is one for the output folder itself, though no lesson be in it. `has_pages`:
    whether a folder has an index from before; where a folder of texts was renamed its notes stay, and so do
    its pages beside them.
    """
    with speaking(language):
        by_folder = _by_folder(chapters, courses)
    if has_root or len(by_folder) > 1:
        by_folder.setdefault("", [])
    by_folder = _where_their_pages_are(by_folder, has_pages)
    volumes = [
        Volume(folder=folder, sequences=tuple(sequences), themes=())
        for folder, sequences in sorted(by_folder.items())
    ]
    likely = [_likely_themes(volume, own_terms) for volume in volumes]
    followed = _followed(volumes, likely, courses, library_of)
    for volume, themes, threads in zip(volumes, likely, followed, strict=True):
        yield replace(volume, themes=_themes(volume, themes, threads, load_vocabulary(own_terms).preferred))


def _by_folder(chapters: Mapping[Entry, Chapter], courses: Courses) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for course in courses.assembly.courses:
        texts = [facts for held in course.lessons for facts in held.texts]
        folders = [
            courses.files[facts.path].folder for facts in texts if (facts.path, facts.entry) in chapters
        ]
        if folders:
            found[_shared(folders)].append(_listed(course, chapters))
    single: dict[str, list[Chapter]] = defaultdict(list)
    for facts in courses.assembly.rest:
        chapter = chapters.get((facts.path, facts.entry))
        if chapter is not None:
            folder = courses.files[facts.path].folder
            above = [other for other in found if not other or f"{folder}/".startswith(f"{other}/")]
            single[max(above, key=len, default="")].append(chapter)
    for folder, held in single.items():
        found[folder].append(Listed(name=None, line="", rows=tuple(held), clashes=()))
    return dict(found)


def _where_their_pages_are(
    by_folder: Mapping[str, list[Listed]], has_pages: Callable[[str], bool]
) -> dict[str, list[Listed]]:
    """The volumes under the folders of their pages, where those stand in none of today's folders."""
    found: dict[str, list[Listed]] = {}
    for folder, sequences in by_folder.items():
        around = Counter() if has_pages(folder) else _folders_around_notes(sequences)
        left = [
            other for other in around if has_pages(other) and other not in by_folder and other not in found
        ]
        home = max(left, key=lambda other: (around[other], len(other)), default=folder)
        found[home] = sequences
    return found


def _folders_around_notes(sequences: Iterable[Listed]) -> Counter[str]:
    """The folders that notes stand in, at whatever depth, with how many do."""
    notes = [row.note for listed in sequences for row in listed.rows if isinstance(row, Chapter)]
    return Counter(folder for note in notes for folder in _folders_above(note))


def _folders_above(path: str) -> list[str]:
    names = path.split("/")[:-1]
    return ["/".join(names[:depth]) for depth in range(len(names) + 1)]


def _shared(folders: Iterable[str]) -> str:
    """The folder that all of them are or stand in."""
    parts = [folder.split("/") for folder in folders]
    shared = []
    for names in zip(*parts, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return "/".join(shared)


def _listed(course: Course, chapters: Mapping[Entry, Chapter]) -> Listed:
    rows: list[Chapter | str] = []
    for row in labels.course_rows(course):
        if isinstance(row, CourseLesson):
            rows += [chapter for facts in row.texts if (chapter := chapters.get(_entry(facts)))]
        else:
            rows.append(row)
    return Listed(
        name=course.name,
        line=labels.course_line(course),
        rows=tuple(rows),
        clashes=tuple(map(labels.clash_line, course.clashes)),
    )


def _entry(facts: LessonFacts) -> Entry:
    return facts.path, facts.entry


# --- themes


def _likely_themes(volume: Volume, own_terms: tuple[str, ...]) -> list[tuple[Theme, Named]]:
    """The themes of a volume that may have a page, the most telling first."""
    if len(volume.chapters) < LEAST_LESSONS:
        return []
    phrases = (phrases_of(chapter.gist) for chapter in volume.chapters)
    found = themes_in(phrases, load_vocabulary(own_terms), limit=MOST_THEMES)
    return [(theme, named(theme.text, own_terms)) for theme in found if theme.lessons >= LEAST_LESSONS]


def _followed(
    volumes: Sequence[Volume],
    likely: Sequence[Sequence[tuple[Theme, Named]]],
    courses: Courses,
    library_of: LibraryOf,
) -> Sequence[Sequence[Thread | None]]:
    """The threads of the themes of each volume, all in one pass."""
    if not any(likely):
        return [()] * len(volumes)
    wanted = [
        ToTrace(
            [name for _, name in themes],
            [_unnamed(chapter.gist) for chapter in volume.chapters if themes],
        )
        for volume, themes in zip(volumes, likely, strict=True)
    ]
    paths = dict.fromkeys(share.path for one in wanted for share in one.order)
    return threads_of(library_of([courses.files[path] for path in paths]), wanted)


def _unnamed(gist: Gist) -> Share:
    return Share(path=gist.path, entry=gist.entry, lesson=gist.title, count=0)


def _themes(
    volume: Volume,
    likely: Sequence[tuple[Theme, Named]],
    followed: Sequence[Thread | None],
    preferred: Mapping[str, str],
) -> tuple[Followed, ...]:
    """The themes that have a page, the most telling first."""
    chapters = volume.chapters
    threads: dict[str, tuple[Named, Thread]] = {}
    for (theme, name), thread in zip(likely, followed, strict=True):
        key = _key(theme, preferred)
        if thread is not None and key not in threads and _is_worth_a_page(thread):
            threads[key] = name, thread
    asked = [(chapter, asked, _folded(asked)) for chapter in chapters for asked in chapter.gist.asked]
    ids = {key: id_of(f"page theme\n{volume.folder}\n{key}") for key in threads}
    of_names = {key_of(spelled): key for key, (name, _) in threads.items() for spelled in name.names}
    return tuple(
        Followed(
            id=ids[key],
            thread=thread,
            related=tuple(
                (neighbour, ids.get(of_names.get(key_of(neighbour.text), ""))) for neighbour in thread.related
            ),
            asked=_asked_about(name, asked),
        )
        for key, (name, thread) in threads.items()
    )


def _key(theme: Theme, preferred: Mapping[str, str]) -> str:
    """What a theme is known by, whatever spelling of it is the commonest by now."""
    key = key_of(theme.text)
    return key_of(preferred.get(key, key))


def _is_worth_a_page(thread: Thread) -> bool:
    sentences = sum(mention.kind == "body" for mention in thread.mentions)
    return thread.lessons >= LEAST_LESSONS and sentences >= LEAST_SENTENCES


def _folded(asked: Asked) -> str:
    comment = asked.remark.comment
    return fold_string("\n".join([comment.text.string, *(reply.text.string for reply in comment.replies)]))


def _asked_about(
    theme: Named, asked: Sequence[tuple[Chapter, Asked, str]]
) -> tuple[tuple[Chapter, Asked], ...]:
    named_in = {id(one): chapter for chapter, one, folded in asked if theme.anywhere.search(folded)}
    questions = (one for _, one, _ in asked if id(one) in named_in and one.remark.comment.kind == "question")
    return tuple((named_in[id(one)], one) for one in ranked(questions))
