"""Looking things up in texts: what `search` and `grep` need of the stages, and little to load.

Texts of a workspace are looked up in its index, others are read for the occasion.
"""

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from k8snotes.errors import K8sNotesError, UnreadableInput, UsageError
from k8snotes.segment.fold import fold, fold_string
from k8snotes.workspace import CACHE, SEEDS, NamedTexts, Workspace

if TYPE_CHECKING:
    from k8snotes.index.grep import Matcher, Sight
    from k8snotes.index.packing import Packed
    from k8snotes.index.query import Query
    from k8snotes.index.scan import Lines
    from k8snotes.index.store import Store
    from k8snotes.model.filters import Filters
    from k8snotes.model.hits import Answer, LineHit
    from k8snotes.model.kinds import PassageKind
    from k8snotes.model.page import Page
    from k8snotes.model.source import InputFile
    from k8snotes.pipeline import Progress
    from k8snotes.refresh import Index

R = TypeVar("R")
# What leaves of some lessons those that may hold something; with each, the lines that do, or None where it
# may stand as it is read and not in the lines as they are.
Narrowing = Callable[[Sequence[int]], Iterator[tuple[int, list[int] | None]]]

MOST_SLOW = 3  # texts in which an expression takes too long, before it is given up
MANY_LESSONS = 300  # to look into, for which another process is worth its start
SHARE = 64  # of the lessons, looked into by one process after the other
MANY_PAGES, SHARE_OF_PAGES = 48, 8  # the same of pages that are unpacked
LESSONS_AHEAD = 500  # with lines that match, found while the look at the files goes on


class Library:
    """Texts to look things up in: all of an index or some.

    `shown` holds the texts wanted, by their paths below the workspace's folder of texts, with the
    paths to be shown; None: all, by the paths that the index shows, or with another name for that
    folder. `missing` is what stands for texts named that are not there.
    """

    def __init__(
        self,
        index: "Index",
        *,
        shown: Mapping[str, str] | None = None,
        shelf: str = SEEDS,
        missing: tuple[K8sNotesError, ...] = (),
    ) -> None:
        self.index = index
        self.shown = shown
        self.shelf = shelf
        self.missing = missing

    @property
    def files(self) -> frozenset[str] | None:
        return None if self.shown is None else frozenset(self.shown)

    def path_shown(self, path: str) -> str:
        """How a path that the index shows is to be shown."""
        below = path.removeprefix(f"{SEEDS}/")
        if self.shown is not None:
            return self.shown[below]
        return path if self.shelf == SEEDS else os.path.join(self.shelf, below)

    @property
    def is_all_of_ours(self) -> bool:
        """Whether all texts wanted are what exports wrote."""
        store = self.index.store
        wanted = store.paths() if self.shown is None else self.shown.keys()
        return bool(wanted) and wanted <= store.without_lessons()

    @property
    def failures(self) -> Iterator[K8sNotesError]:
        """What could not be read of the texts wanted."""
        yield from self.missing
        for path, error in self.index.failures:
            if self.shown is None or path in self.shown:
                shown_by_index = f"{SEEDS}/{path}"
                yield error.with_path(shown_by_index, self.path_shown(shown_by_index))


def whole_library(workspace: Workspace, progress: "Progress", *, ahead: bool = False) -> Library:
    """All texts of a workspace; `ahead`: what is found in it is confirmed before it is given."""
    from k8snotes.refresh import fresh_index

    index = fresh_index(workspace, ahead=ahead, progress=progress)
    return Library(index, missing=() if index.has_files else (workspace.emptiness(),))


def library_within(
    workspace: Workspace,
    named: Sequence[str],
    inputs: "Callable[[], Iterable[InputFile | K8sNotesError]]",
    progress: "Progress",
    *,
    ahead: bool = False,
) -> Library | None:
    """The texts of a workspace that are named; None if one stands elsewhere, or the index is not up to date.

    To look into a few texts no index of all is made; one is for the workspace's whole folder of texts.
    `inputs` are the texts named, which it may take a while to find; `ahead` as of `whole_library`.
    """
    if len(named) == 1 and workspace.is_shelf(named[0]):
        index = whole_library(workspace, progress, ahead=ahead).index
        return Library(index, shelf=named[0]) if index.has_files else None
    if not os.path.exists(workspace.below(CACHE)):
        return None
    from k8snotes.refresh import held_index

    missing: list[K8sNotesError] = []
    texts = workspace.quickly_named(named) or _texts_among(workspace, inputs(), missing)
    index_held = held_index(workspace, ahead=ahead) if texts else None
    if texts is None or index_held is None:
        return None
    store = index_held.store
    if not store.has_all(texts.shown) or (
        texts.by_themselves and not texts.by_themselves.isdisjoint(store.without_lessons())
    ):
        index_held.close()
        return None
    return Library(index_held, shown=texts.shown, missing=tuple(missing))


def _texts_among(
    workspace: Workspace, inputs: "Iterable[InputFile | K8sNotesError]", missing: list[K8sNotesError]
) -> NamedTexts | None:
    """Inputs as texts of a workspace, errors among them added to `missing`; None if one stands elsewhere."""
    shown: dict[str, str] = {}
    by_themselves = set()
    for file in inputs:
        if isinstance(file, K8sNotesError):
            missing.append(file)
        elif (path := workspace.path_of(file.path)) is None:
            return None
        else:
            shown.setdefault(path, file.shown)
            if file.is_named:
                by_themselves.add(path)
    return NamedTexts(shown, frozenset(by_themselves))


def library_of(inputs: "Iterable[InputFile | K8sNotesError]", progress: "Progress") -> Library:
    """Texts that stand anywhere."""
    from k8snotes.refresh import index_of

    return Library(index_of(inputs, progress))


def names_at_hand(
    workspace: Workspace, begun: str, own: Iterable[str], dropped: Iterable[str]
) -> list[tuple[str, int | None]]:
    """Names of things that begin so, whatever the case, width or script: some of one's own, then the index's.

    Those of the index, as it stands, are what lessons call things and the terms of the field that they hold,
    but for those dropped, with how many lessons that are, the most first.
    """
    from k8snotes.index.names import LONGEST
    from k8snotes.refresh import store_at_hand

    begun = fold_string(begun)
    found: dict[str, tuple[str, int]] = {}  # by the folded name
    if store := store_at_hand(workspace):
        with contextlib.closing(store):
            lines = [line for _, line in store.short_names(max(len(begun), 2), LONGEST)]
            terms = list(_terms_held(store, begun))
        for line in "\n".join(lines).split("\n"):
            if line and line.startswith(begun):
                folded, lessons, *written = line.split("\t")
                found.setdefault(folded, (written[0] if written else folded, int(lessons)))
        for name, held_by in terms:
            as_used, used_by = found.get(fold_string(name), (name, 0))
            found[fold_string(name)] = as_used, max(held_by, used_by)
    for name in dropped:
        found.pop(fold_string(name), None)
    return [
        *((name, None) for name in own if fold_string(name).startswith(begun)),
        *sorted(found.values(), key=lambda name: -name[1]),
    ]


def _terms_held(store: "Store", begun: str) -> Iterator[tuple[str, int]]:
    """Terms of the field that begin so and that lessons hold, with how many do."""
    from k8snotes.index.terms import match, parts_of
    from k8snotes.segment.lexicon import shipped_lexicon

    for name in dict.fromkeys(shipped_lexicon().preferred.values()):
        folded = fold_string(name)
        if folded.startswith(begun):
            lessons = store.lessons_matching(" AND ".join(map(match, parts_of(folded)))) - store.gone
            if lessons:
                yield name, len(lessons)


def lessons_at_hand(workspace: Workspace, begun: str) -> list[str]:
    """Titles of lessons in the index, as it stands, that begin so, or where none does, hold it.

    Of a lesson without a title its number.
    """
    from k8snotes.refresh import store_at_hand

    store = store_at_hand(workspace)
    if store is None:
        return []
    with contextlib.closing(store):
        rows = store.rows(
            "SELECT coalesce(title, number) FROM lessons JOIN files ON files.id = lessons.file"
            " WHERE coalesce(title, number) IS NOT NULL ORDER BY files.path, lessons.id"
        )
    begun, titles = fold_string(begun), [str(title) for (title,) in rows]
    return [title for title in titles if fold_string(title).startswith(begun)] or [
        title for title in titles if begun in fold_string(title)
    ]


def make_matcher(pattern: str, *, regex: bool, exactly: bool) -> "Matcher":
    """What `grep` looks for.

    Raises:
        UsageError: the pattern is no regular expression, or too large a one.
    """
    from k8snotes.index import grep

    if regex:
        try:
            return grep.regular(pattern, None if exactly else fold)
        except ValueError as error:
            raise UsageError(
                "{pattern}: no regular expression: {why}; without -E it is taken as it is",
                pattern=pattern,
                why=error,
            ) from error
        except grep.TooLarge as error:
            raise UsageError("the expression is too large; nest less in it, and repeat less") from error
    return grep.exact(pattern) if exactly else grep.literal(pattern, fold)


def lessons_within(library: Library, *literals: str) -> list[int]:
    """The lessons that may hold all of some literals, in reading order; without any all lessons."""
    from k8snotes.index.candidates import lessons_with

    store = library.index.store
    lessons = set.intersection(
        *(set(lessons_with(store, fold_string(literal))) for literal in literals or ("",))
    )
    if library.files is not None:
        lessons &= store.lessons_of(library.files)
    return store.in_order(lessons)


def hits_with(
    library: Library,
    pattern: str,
    matcher: "Matcher",
    *,
    regex: bool,
    exactly: bool,
    kinds: "Collection[PassageKind] | None",
    fail: Callable[[K8sNotesError], None],
) -> "Iterator[tuple[list[LineHit], Callable[[], Page]]]":
    """The matches of a pattern as of `grep_page`, page by page in reading order, and what unpacks each page.

    `matcher` is as of `make_matcher`, `fail` is told of texts in which it takes too long. Another process may
    look for them: see `shared`.

    Raises:
        UsageError: it takes too long in several texts.
    """
    from k8snotes.forked import shared
    from k8snotes.index.expressions import literals_of

    ways = literals_of(pattern) if regex else ((pattern,),)
    narrowed = _narrowed_by_any(library, ways) if regex else narrowed_by(library, pattern, exactly=exactly)

    tries = Tries(matcher, kinds)

    def hits_of(lessons: Sequence[int]) -> "list[tuple[int, list[LineHit] | None]]":
        found = (
            (lesson, tries.hits(page_within(library, lesson), lines)) for lesson, lines in narrowed(lessons)
        )
        return [(lesson, hits) for lesson, hits in found if hits is None or hits]

    may_hold = set().union(*(lessons_within(library, *way) for way in ways))
    lessons = library.index.store.in_order(may_hold)
    for found in shared(_shares(lessons, MANY_PAGES, SHARE_OF_PAGES), hits_of):
        for lesson, hits in found:
            library.index.confirm()
            if hits is None:
                tries.tell(page_within(library, lesson).path, fail)
            else:
                yield [*map(_hit, hits)], partial(page_within, library, lesson)
    library.index.confirm()


class Tries:
    """Looks for a pattern in pages, until it takes too long in several of them."""

    def __init__(self, matcher: "Matcher", kinds: "Collection[PassageKind] | None") -> None:
        self._matcher = matcher
        self._kinds = kinds
        self._slow = self._told = 0

    def hits(self, page: "Page", lines: Collection[int] | None = None) -> "list[LineHit] | None":
        """The matches on a page, as of `grep_page`; None: it takes too long."""
        from k8snotes.index.grep import TooSlow

        if self._slow < MOST_SLOW:
            try:
                return [*grep_page(page, self._matcher, kinds=self._kinds, lines=lines)]
            except TooSlow:
                self._slow += 1
        return None

    def tell(self, path: str, fail: Callable[[K8sNotesError], None]) -> None:
        """Says in which text it takes too long.

        Raises:
            UsageError: it is one of many.
        """
        self._told += 1
        if self._told > MOST_SLOW:
            raise UsageError("the expression takes too long; repeat less within repetitions")
        fail(
            UnreadableInput(
                "{path}: the expression takes too long in this text; repeat less within repetitions",
                path=path,
            )
        )


def _hit(fields: "Sequence[Any]") -> "LineHit":
    """A match, of whose fields some may have come as lists."""
    from k8snotes.model.hits import LineHit

    *others, matches, author = fields
    return LineHit._make((*others, tuple(map(tuple, matches)), author))


def narrowed_by(library: Library, literal: str, *, exactly: bool) -> Narrowing:
    """What leaves of some lessons those that may hold a literal."""
    scanned = _scanner(library, literal, exactly=exactly)

    def narrowed(lessons: Sequence[int]) -> Iterator[tuple[int, list[int] | None]]:
        for lesson, _, _, found in scanned(lessons):
            if found is None or found:
                yield lesson, None if found is None else [number for number, _ in found]

    return narrowed


def _narrowed_by_any(library: Library, ways: Iterable[Iterable[str]]) -> Narrowing:
    """As `narrowed_by`: those that may hold all the literals of one of some ways."""
    scanners = [[narrowed_by(library, literal, exactly=False) for literal in literals] for literals in ways]

    def narrowed(lessons: Sequence[int]) -> Iterator[tuple[int, None]]:
        kept: set[int] = set()
        for scanners_of_way in scanners:
            left = lessons
            for scanned in scanners_of_way:
                left = [lesson for lesson, _ in scanned(left)]
            kept.update(left)
        yield from ((lesson, None) for lesson in lessons if lesson in kept)

    return narrowed


def _shares(lessons: list[int], many: int, size: int) -> list[list[int]]:
    """Lessons in shares of a size; all in one where they are not many."""
    if len(lessons) < many:
        return [lessons]
    return [lessons[first : first + size] for first in range(0, len(lessons), size)]


def numbered_pages(library: Library) -> "Iterator[tuple[int, Page]]":
    """The pages in reading order, each with the id of its lesson."""
    library.index.confirm()
    for lesson in lessons_within(library):
        yield lesson, page_within(library, lesson)


def page_within(library: Library, lesson: int) -> "Page":
    from k8snotes.index.packing import unpacked

    [(_, content)] = library.index.store.pages([lesson])
    page = unpacked(content)
    return page._replace(path=library.path_shown(page.path))


def lessons_that_may_hold(library: Library, literal: str) -> set[int]:
    """The lessons of the whole index that may hold a literal."""
    from k8snotes.index.candidates import lessons_with

    return set(lessons_with(library.index.store, fold_string(literal)))


def paths_within(library: Library) -> dict[int, str]:
    """The lessons of a library, each with the path that is shown."""
    rows = library.index.store.rows("SELECT lesson, path FROM pages")
    files = library.files
    return {
        lesson: library.path_shown(path)
        for lesson, path in rows
        if files is None or path.removeprefix(f"{SEEDS}/") in files
    }


def packed_pages(library: Library, lessons: Iterable[int]) -> "Iterator[tuple[str, Packed]]":
    """The pages of lessons as they are kept, each with the path that is shown, for other processes."""
    for _, path, content in library.index.store.packed(lessons):
        yield library.path_shown(path), content


def unpacked_page(content: "Packed", shown: str) -> "Page":
    from k8snotes.index.packing import unpacked

    return unpacked(content)._replace(path=shown)


def sight_of(page: "Page") -> "Sight":
    """A page that several patterns are looked for in."""
    from k8snotes.index.grep import Sight
    from k8snotes.segment.marks import plain_text

    return Sight(page, plain_text)


def lines_with(
    library: Library, pattern: str, make: Callable[[str, list[tuple[int, str]]], R], *, exactly: bool
) -> Iterator[R]:
    """What is made of the path of each lesson and of its lines that hold a literal, in reading order.

    As `grep_page` finds them, in a fraction of the time: only the pages are unpacked in which a
    match may run over a seam, or comments share a line. Another process may make it: see `shared`.
    """
    from k8snotes.forked import shared

    scanned = _scanner(library, pattern, exactly=exactly)
    matcher = cache(lambda: make_matcher(pattern, regex=False, exactly=exactly))  # seldom wanted

    def made_of(lessons: Sequence[int]) -> list[R]:
        made = []
        for lesson, path, shares_lines, found in scanned(lessons):
            if found is None or (found and shares_lines):
                lines = lines_of(page_within(library, lesson), matcher(), shares_lines=shares_lines)
            else:
                lines = [(number, line.decode("utf-8", "surrogatepass")) for number, line in found]
            if lines:
                made.append(make(library.path_shown(path), lines))
        return made

    # Fit for a fork: it reads on in the transaction that is open, whose lock this process holds as long as
    # anyone asks for what is found.
    lessons = lessons_within(library, pattern)
    found = chain.from_iterable(shared(_shares(lessons, MANY_LESSONS, SHARE), made_of))
    ahead = [*islice(found, LESSONS_AHEAD)]
    library.index.confirm()
    yield from chain(ahead, found)


def _scanner(
    library: Library, pattern: str, *, exactly: bool
) -> "Callable[[Iterable[int]], Iterator[tuple[int, str, bool, Lines | None]]]":
    """What looks into lessons for a literal.

    It tells of those that may hold it: id, path, whether comments share a line, and the lines that hold it.
    None for the lines: a match may run over a seam.
    """
    from k8snotes.index.scan import holds_folded, parts_apart, scan_exactly, scan_folded, seams_within

    store = library.index.store
    folded = fold_string(pattern)
    is_on_a_line = bool(folded) and "\n" not in pattern
    seams = store.with_seams(seams_within(folded)) if is_on_a_line and not exactly else {}
    variants = {variant: fold_string(variant) for variant in store.variants()}
    scan = scan_exactly(pattern) if exactly else scan_folded(folded, variants)
    holds = cache(lambda part: holds_folded(part, variants))

    def scanned(lessons: Iterable[int]) -> "Iterator[tuple[int, str, bool, Lines | None]]":
        for lesson, path, shares_lines, text in store.texts(lessons):
            if is_on_a_line and lesson not in seams:
                yield lesson, path, shares_lines, scan(text)
                continue
            parts = parts_apart(folded, seams[lesson]) if is_on_a_line else []
            if all(holds(part)(text) for part in parts):
                yield lesson, path, shares_lines, None

    return scanned


def lines_of(page: "Page", matcher: "Matcher", *, shares_lines: bool = True) -> list[tuple[int, str]]:
    """The lines of a page that hold a match; one that several comments share, comment by comment.

    `shares_lines`: whether there may be such a line; without one there is less to load and to look at.
    """
    if not shares_lines:
        return [(line, page.lines[line - 1]) for line in sight_of(page).lines(matcher)]
    texts = {(hit.line, hit.begins): hit.text for hit in grep_page(page, matcher, kinds=None)}
    return [(line, text) for (line, _), text in texts.items()]


def grep_page(
    page: "Page",
    matcher: "Matcher",
    *,
    kinds: "Collection[PassageKind] | None",
    lines: Collection[int] | None = None,
) -> "Iterator[LineHit]":
    """The matches on the lines of a page, kind by kind; as of `grep`, which says more."""
    from k8snotes.index.grep import grep
    from k8snotes.segment.marks import plain_text

    return grep(page, matcher, plain_text, kinds=kinds, lines=lines)


def search_library(
    library: Library,
    words: str,
    filters: "Filters",
    *,
    own_terms: Iterable[str],
    limit: int,
    offset: int = 0,
    by_lesson: bool = False,
    suggests: bool = True,
) -> "Answer":
    """Passages that answer what a reader asks for, best first, or what else to ask for.

    `own_terms` are the reader's, beside those of Kubernetes; not `suggests`: nobody will see the latter.
    """
    from k8snotes.index.marking import Reader
    from k8snotes.index.query import compiled, without_typeset_phrases
    from k8snotes.index.search import search
    from k8snotes.segment.lexicon import extended, rings, shipped_lexicon
    from k8snotes.segment.marks import edits_of

    lexicon = extended(shipped_lexicon(), own_terms)
    known = rings(lexicon)

    def answer_to(query: "Query") -> "Answer":
        return search(
            library.index.store,
            query,
            Reader(fold, fold_string, edits_of),
            filters._replace(files=library.files),
            limit=limit,
            offset=offset,
            by_lesson=by_lesson,
        )

    query = compiled(words, fold_string, known)
    answer = answer_to(query)
    if not answer.total and (plain := without_typeset_phrases(words)) != words:
        words, query = plain, compiled(plain, fold_string, known)
        answer = answer_to(query)
    counts = {term.spellings: term.passages for term in answer.terms}
    if 0 in counts.values() and (also_in_parts := compiled(words, fold_string, known, counts)) != query:
        answer = answer_to(also_in_parts)
    if suggests and not answer.has_all:
        from k8snotes.index.query import words_of
        from k8snotes.index.suggest import suggestions
        from k8snotes.segment.sound import make_sound

        # To know how 10,000 terms sound takes a while: only where nothing else is found.
        sound = None if answer.total else make_sound()
        asked = words_of(words, fold_string)
        near = suggestions(library.index.store, asked, fold_string, sound, lexicon.spellings())
        answer = answer._replace(suggestions=near)
    library.index.confirm()
    hits = tuple(hit._replace(path=library.path_shown(hit.path)) for hit in answer.hits)
    return answer._replace(hits=hits)
