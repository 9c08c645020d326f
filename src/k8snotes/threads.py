"""The threads of themes through texts, from the index: no lesson is parsed, no word is cut.

Of several themes all are followed in one pass, page by page and on all cores: what they ask of a page
in common (its folding, its sentences, where any name stands) is worked out once.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar

from k8snotes.analyse.cooccurrence import Company
from k8snotes.analyse.definitions import Definitions
from k8snotes.analyse.mentions import Prose, mentions_in
from k8snotes.assemble.facts import facts_of_page
from k8snotes.courses import reading_order
from k8snotes.index.grep import Matcher
from k8snotes.index.packing import Packed
from k8snotes.lookup import (
    Library,
    lessons_that_may_hold,
    numbered_pages,
    packed_pages,
    paths_within,
    sight_of,
    unpacked_page,
)
from k8snotes.model.course import LessonFacts
from k8snotes.model.folded import Folded
from k8snotes.model.hits import LineHit
from k8snotes.model.kinds import KINDS
from k8snotes.model.page import Page, Passage
from k8snotes.model.thread import Mention, Neighbour, Share, Thread
from k8snotes.pipeline import ENOUGH_FOR_PROCESSES, Progress
from k8snotes.segment.fold import fold, fold_string
from k8snotes.segment.lexicon import (
    Lexicon,
    common_word_ranks,
    extended,
    key_of,
    names_of,
    shipped_lexicon,
    spelled,
    stop_words,
)
from k8snotes.segment.marks import without_marks
from k8snotes.segment.name_finder import NameFinder, apart
from k8snotes.segment.sentences import ITEM_MARK, split_sentences
from k8snotes.workers import cores, map_in_order
from k8snotes.workspace import SEEDS

Value = TypeVar("Value")
TAUGHT = frozenset({"title", "heading", "body", "code"})
MOST_RELATED = 10
ENOUGH_SPELLINGS = 20  # occurrences that tell how a term is commonly written
MOST_NAMES = 3000  # that neighbours are looked for among, those of most lessons first
# What may be a neighbour: a term of this many characters, with no mark that terms do not have.
TERM = re.compile(r"[\w .\-/+#]{2,16}")
EVERYDAY = 8000  # ranks of general Chinese words that are no terms
LEAST_AT_ONCE, MOST_AT_ONCE = 8, 128  # pages that a process looks at before it tells what it found
CODE_LINE = re.compile(r"\S[^\n]*(?<=\S)")
MANY_BARE_LINES = re.compile(rf"\n(?:{ITEM_MARK.pattern}|\|)")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A theme by all names that are known for it, folded, the one asked for first."""

    names: tuple[str, ...]
    lexicon: Lexicon

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Finds it in folded text as `grep` finds its names, in longer words too; never over a line's end.

        Short Latin names other than the one asked for are found as words alone: CR, not in Secret.
        """
        return re.compile(spelled(self.names, whole=False))

    @cached_property
    def _characters(self) -> list[set[str]]:
        return [set(key_of(name)) for name in self.names]

    @property
    def is_word(self) -> bool:
        """Whether it can be a theme: neither marks alone nor a word that says nothing."""
        name = self.names[0]
        return any(map(str.isalnum, name)) and name not in stop_words()

    def stands_in(self, text: str) -> bool:
        return self.anywhere.search(fold_string(text)) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text names it."""
        return self.spans_in(text, _Folds())

    def spans_in(self, text: str, folds: "_Folds") -> list[tuple[int, int]]:
        """As `spans`, with what is known already of what strings fold to."""
        found: list[tuple[int, int]] = []
        for match in self.anywhere.finditer(folds.strings[text]):
            # The way back from what is folded is dear, and most lines need none.
            line, begin, begin_folded = folds.lines[text].around(match.start())
            start, stop = folds.ways_back[line].source_span(
                match.start() - begin_folded, match.end() - begin_folded
            )
            found.append((start + begin, stop + begin))
        return found

    def is_ruled_out_by(self, characters: set[str] | None) -> bool:
        """Whether no name of it can stand in a text, whatever marks are taken out, for its characters."""
        return characters is not None and not any(map(characters.issuperset, self._characters))


def named(name: str, own_terms: Iterable[str]) -> Named:
    """A theme by its name, with the other names that the lexicon and the reader's own terms know."""
    lexicon = extended(shipped_lexicon(), own_terms)
    return Named(names=names_of(name, lexicon), lexicon=lexicon)


def thread_of(library: Library, theme: Named, progress: Progress) -> Thread | None:
    """The thread of a theme through a library, in reading order; None where no lesson names it.

    `progress` is told how many of how many lessons are done.
    """
    holding = _holding(library, theme, paths_within(library))
    if not holding:
        return None
    follow = _Following()
    follow.look_for(0, _sought(library, [theme], [holding]))
    [trace] = traces = [_Trace()]
    facts: list[LessonFacts] = []
    total = library.index.store.lessons()
    for done, (lesson, page) in enumerate(numbered_pages(library), start=1):
        facts.append(facts_of_page(page, fold_string))
        if lesson in holding:
            follow.page(page, [0], traces)
        else:
            trace.found.append((_share(page, 0), ()))
        progress(done, total)
    progress(total, total)  # of a library's part not all lessons were looked at
    shelf = (SEEDS,) if library.shown is None else None
    return trace.thread([trace.found[at] for at in reading_order(facts, shelf)])


class ToTrace(NamedTuple):
    """Themes to be followed through some lessons of a library."""

    themes: Sequence[Named]
    order: Sequence[Share]  # the lessons as they are read, of what does not name a theme


def threads_of(library: Library, wanted: Sequence[ToTrace]) -> list[list[Thread | None]]:
    """The threads of themes, each through lessons of its own; None for what none of them names."""
    batches = _batches(library, wanted)
    is_much = library.index.store.text_bytes() >= ENOUGH_FOR_PROCESSES
    processes = cores() if is_much else 1
    follow = _Following()
    followed = (
        map_in_order(follow, batches, lost=follow, here=lambda _: False, processes=processes, in_hand=1)
        if processes > 1
        else map(follow, batches)
    )
    traces = [[_Trace() for _ in one.themes] for one in wanted]
    for group, found in followed:
        for trace, more in zip(traces[group], found, strict=True):
            trace.join(more)
    return [[trace.thread_in(one.order) for trace in held] for one, held in zip(wanted, traces, strict=True)]


def near_themes(library: Library, name: str, theme: Named) -> tuple[str, ...]:
    """What the course calls things that comes near to a name that it does not know."""
    from k8snotes.index.suggest import terms_near
    from k8snotes.segment.sound import make_sound

    return terms_near(library.index.store, name, fold_string, make_sound(), theme.lexicon.spellings())


# --- what is looked for


class _Sought(NamedTuple):
    """A theme, with what may stand beside it."""

    theme: Named
    # What its neighbours may be called, folded, with what all names of one share; "" for what is the theme,
    # a part of it, or holds it.
    keys: Mapping[str, str]


def _holding(library: Library, theme: Named, lessons: Container[int]) -> set[int]:
    """Which of some lessons may name a theme."""
    if not theme.is_word:
        return set()
    found = (lesson for name in theme.names for lesson in lessons_that_may_hold(library, name))
    return {lesson for lesson in found if lesson in lessons}


def _sought(library: Library, themes: Sequence[Named], holding: Sequence[Collection[int]]) -> list[_Sought]:
    """The themes, all of one lexicon, each with the names that the lessons holding it use."""
    used = _NamesUsed(library, set().union(*holding))
    sought: list[_Sought] = []
    keys = _Keys(themes[0].lexicon if themes else shipped_lexicon())
    for theme, held in zip(themes, holding, strict=True):
        own = {key_of(name) for name in theme.names}
        names = {*theme.lexicon.preferred, *used.by(held)}
        of_theme = {
            name: "" if any(key in one or one in key for one in own) else key
            for name in sorted(names)
            if (key := keys[name]) is not None
        }
        sought.append(_Sought(theme, of_theme))
    return sought


class _Keys(dict[str, str]):
    """What all names of a thing share, by each of them."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._preferred = {key_of(spelling): key_of(term) for spelling, term in lexicon.preferred.items()}

    def __missing__(self, name: str) -> str:
        key = key_of(name)
        self[name] = self._preferred.get(key, key)
        return self[name]


class _NamesUsed:
    """What lessons call things, folded, as far as it may be a neighbour."""

    def __init__(self, library: Library, lessons: Collection[int]) -> None:
        may_be = _MayBeNeighbour()
        self._names = {
            lesson: {name for said in names if may_be[name := " ".join(fold_string(said).split())]}
            for lesson, names in zip(lessons, library.index.store.names(lessons), strict=True)
        }

    def by(self, lessons: Iterable[int]) -> list[str]:
        """The names that some of the lessons use, those of most lessons first."""
        counts: Counter[str] = Counter()
        for lesson in lessons:
            counts.update(self._names[lesson])
        return sorted(counts, key=lambda name: (-counts[name], name))[:MOST_NAMES]


class _MayBeNeighbour(dict[str, bool]):
    """Whether a name may be a term, each looked at once."""

    def __missing__(self, name: str) -> bool:
        self[name] = bool(
            TERM.fullmatch(name)
            and re.search(r"[^\W\d_]{2}", name)
            and name not in stop_words()
            and common_word_ranks().get(name, EVERYDAY) >= EVERYDAY
        )
        return self[name]


# --- how pages are looked at


class _ToFollow(NamedTuple):
    """A page as it is kept, with the positions of the themes that it may name."""

    page: Packed
    shown: str  # its path
    themes: list[int]


class _Batch(NamedTuple):
    """Pages for a process, with what is looked for in them."""

    group: int
    sought: Sequence[_Sought]
    pages: Sequence[_ToFollow]


def _batches(library: Library, wanted: Sequence[ToTrace]) -> Iterator[_Batch]:
    """The pages of all lessons wanted, read when they are asked for."""
    paths = paths_within(library)
    size = min(MOST_AT_ONCE, max(LEAST_AT_ONCE, len(paths) // (4 * cores())))
    for group, (themes, order) in enumerate(wanted):
        of_group = {share.path for share in order}
        lessons = {lesson for lesson, path in paths.items() if path in of_group}
        holding = [_holding(library, theme, lessons) for theme in themes]
        sought = _sought(library, themes, holding)
        in_order = library.index.store.in_order(set().union(*holding))
        for first in range(0, len(in_order), size):
            batch = in_order[first : first + size]
            pages = [
                _ToFollow(content, shown, [at for at, held in enumerate(holding) if lesson in held])
                for lesson, (shown, content) in zip(batch, packed_pages(library, batch), strict=True)
            ]
            yield _Batch(group, sought, pages)


class _Following:
    """Follows themes through pages, in any process."""

    def __init__(self) -> None:
        self.group: int | None = None

    def __call__(self, batch: _Batch) -> "tuple[int, list[_Trace]]":
        self.look_for(batch.group, batch.sought)
        traces = [_Trace() for _ in batch.sought]
        for content, shown, themes in batch.pages:
            self.page(unpacked_page(content, shown), themes, traces)
        return batch.group, traces

    def look_for(self, group: int, sought: Sequence[_Sought]) -> None:
        if group != self.group:
            self.group = group
            self.sought = sought
            self._names = NameFinder(name for one in sought for name in one.keys)
            self._definitions = [Definitions(spelled(one.theme.names, whole=True)) for one in sought]

    def page(self, page: Page, themes: Iterable[int], traces: "Sequence[_Trace]") -> None:
        """Gathers what a page says of themes, at these positions, in their traces."""
        look = _Look(page, self._names)
        for at in themes:
            self._follow(look, self.sought[at], self._definitions[at], traces[at])

    def _follow(self, look: "_Look", sought: _Sought, definitions: Definitions, trace: "_Trace") -> None:
        theme, folded, page = sought.theme, look.folds.strings, look.page
        hits = list(look.sight.hits(look.matcher(theme), kinds=KINDS))
        taught = [hit for hit in hits if hit.kind in TAUGHT]
        mentions = mentions_in(
            look.prose,
            hits,
            names=lambda string: theme.anywhere.search(folded[string]) is not None,
            plain=look.plain,
            strength=lambda sentence: definitions.strength(folded[sentence]),
        )
        count = sum(len(hit.matches) for hit in taught)
        trace.found.append((_share(page, count), tuple(mentions)))
        trace.spellings.update(_written(hits))
        if taught:
            for paragraph in look.paragraphs:
                has_theme = theme.anywhere.search(paragraph.folded) is not None
                trace.beside.add(paragraph, sought.keys, has_theme=has_theme)


class _Look:
    """A page that themes are looked for in, what several ask of it worked out once."""

    def __init__(self, page: Page, names: NameFinder) -> None:
        self.page = page._replace(passages=tuple(page.passages))  # unpacked once, not by each who looks
        self.sight = sight_of(self.page)
        self.prose = Prose(self.page, _sentences)
        self.folds = _Folds()
        self.plain: Callable[[str], str] = _Known(without_marks).__getitem__ if page.is_markdown else str
        self._names = names

    def matcher(self, theme: Named) -> Matcher:
        return Matcher(
            find=lambda text: theme.spans_in(text, self.folds),
            as_read=True,
            over_lines=True,
            candidates=lambda texts: (
                at for at, text in enumerate(texts) if not theme.is_ruled_out_by(self.folds.characters[text])
            ),
            by_line=False,
        )

    @cached_property
    def paragraphs(self) -> "list[_Paragraph]":
        return [
            _Paragraph(passage.text.string, self.folds, self._names)
            for passage in self.page.passages
            if passage.kind == "body"
        ]


class _Paragraph:
    """A paragraph with the places where any name stands."""

    def __init__(self, string: str, folds: "_Folds", names: NameFinder) -> None:
        self.string = string
        self.folded = folds.strings[string]
        self._places = names.places(self.folded)
        standing = [name for _, found in self._places for name, _ in found]
        self._apart = [*apart(self._places, dict.fromkeys(standing))]
        self._names_apart = {name for name, _, _ in self._apart}
        self._are_all_apart = len(self._apart) == len(standing)
        self._folds = folds
        self._written: dict[tuple[int, int], str] = {}

    def names_among(self, wanted: Mapping[str, str]) -> list[tuple[str, int, int]]:
        """Those of the names wanted that stand in it apart, with where each begins and ends when folded."""
        if self._names_apart <= wanted.keys():  # what is not taken of all makes no difference
            return self._apart
        if self._are_all_apart:
            return [one for one in self._apart if one[0] in wanted]
        return [*apart(self._places, wanted)]

    def written(self, start: int, stop: int) -> str:
        """What it writes where a name stands in its folded text."""
        known = self._written.get((start, stop))
        if known is None:
            begin, end = self._folds.ways_back[self.string].source_span(start, stop)
            known = self._written[start, stop] = " ".join(self.string[begin:end].split())
        return known


class _Known(dict[str, Value]):
    """What a function makes of strings, each worked out once."""

    def __init__(self, work: Callable[[str], Value]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, string: str) -> Value:
        value = self[string] = self._work(string)
        return value


class _Lines:
    """The lines of a text, to be found by what is folded."""

    def __init__(self, text: str, folded: str) -> None:
        self._lines = text.split("\n")
        self._starts = _starts(self._lines)
        self._folded_starts = _starts(folded.split("\n"))

    def around(self, offset: int) -> tuple[str, int, int]:
        """The line of a place in the folded text, and where it begins, in the text and folded."""
        at = bisect_right(self._folded_starts, offset) - 1
        return self._lines[at], self._starts[at], self._folded_starts[at]


def _starts(lines: Iterable[str]) -> list[int]:
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


class _Folds:
    """What strings fold to, each worked out once."""

    def __init__(self) -> None:
        self.strings: _Known[str] = _Known(fold_string)
        self.ways_back: _Known[Folded] = _Known(fold)
        self.lines: _Known[_Lines] = _Known(lambda text: _Lines(text, self.strings[text]))
        # None for a text with entities, which may stand for any character.
        self.characters: _Known[set[str] | None] = _Known(
            lambda text: None if "&" in text else set(self.strings[text])
        )


# --- what is gathered


class _Trace:
    """What is gathered of a theme, page by page."""

    def __init__(self) -> None:
        self.found: list[tuple[Share, tuple[Mention, ...]]] = []
        self.spellings: Counter[str] = Counter()
        self.beside = _Beside()

    def join(self, later: "_Trace") -> None:
        """Adds what was gathered of later pages."""
        self.found += later.found
        self.spellings.update(later.spellings)
        self.beside.join(later.beside)

    def thread_in(self, order: Sequence[Share]) -> Thread | None:
        """The thread in an order that is known, lessons that do not name the theme among the others."""
        found = {(share.path, share.entry): (share, mentions) for share, mentions in self.found}
        return self.thread([found.get((share.path, share.entry), (share, ())) for share in order])

    def thread(self, found: Sequence[tuple[Share, tuple[Mention, ...]]]) -> Thread | None:
        mentions = tuple(mention for _, held in found for mention in held)
        if not mentions:
            return None
        defining = [mention for mention in mentions if mention.kind == "body" and mention.score > 0.6]
        text, *aliases = sorted(self.spellings, key=lambda name: (-self.spellings[name], name))
        return Thread(
            text=text,
            aliases=tuple(aliases),
            definition=max(defining, key=lambda mention: mention.score, default=None),
            mentions=mentions,
            shares=tuple(share for share, _ in found),
            related=self.beside.neighbours(),
        )


def _share(page: Page, count: int) -> Share:
    return Share(path=page.path, entry=page.entry, lesson=page.title, count=count)


class _Beside:
    """The paragraphs of the lessons that name a theme, as the terms that stand in each."""

    def __init__(self) -> None:
        self.company = Company()
        self.written: dict[str, list[str]] = {}  # how the first occurrences of each term are written
        self._often_written: set[str] = set()  # of which terms enough are known

    def add(self, paragraph: _Paragraph, keys: Mapping[str, str], *, has_theme: bool) -> None:
        names = paragraph.names_among(keys)
        terms = {keys[name] for name, _, _ in names} - {""}
        if not terms <= self._often_written:
            self._note_written(paragraph, names, keys)
        self.company.add(terms, has_theme=has_theme)

    def _note_written(
        self, paragraph: _Paragraph, names: Iterable[tuple[str, int, int]], keys: Mapping[str, str]
    ) -> None:
        for name, start, stop in names:
            if (key := keys[name]) and key not in self._often_written:
                written = self.written.setdefault(key, [])
                written.append(paragraph.written(start, stop))
                if len(written) == ENOUGH_SPELLINGS:
                    self._often_written.add(key)

    def join(self, later: "_Beside") -> None:
        self.company.join(later.company)
        for key, written in later.written.items():
            held = self.written.setdefault(key, [])
            held += written[: ENOUGH_SPELLINGS - len(held)]

    def neighbours(self) -> tuple[Neighbour, ...]:
        found = self.company.nearest()[:MOST_RELATED]
        return tuple(
            Neighbour(text=self._text_of(key), together=together, score=round(score, 2))
            for key, together, score in found
        )

    def _text_of(self, key: str) -> str:
        spellings = Counter(self.written[key])
        return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _written(hits: Iterable[LineHit]) -> Iterator[str]:
    """The theme as the lines write it."""
    for hit in hits:
        for start, stop in hit.matches:
            if written := " ".join(hit.text[start:stop].split()):
                yield written


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    string = passage.text.string
    if passage.kind == "code":
        yield from (line.span() for line in CODE_LINE.finditer(string))
        return
    by_lines = passage.kind in ("comment", "reply") or bool(MANY_BARE_LINES.search("\n" + string))
    for start, stop in split_sentences(string, at_newlines=by_lines):
        mark = ITEM_MARK.match(string[start:stop]) if by_lines and passage.kind == "body" else None
        begin = mark.end() + start if mark else start
        if begin < stop:
            yield begin, stop
