"""The thread of a theme through texts, from the index: no lesson is parsed, no word is cut."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from k8snotes.analyse.cooccurrence import Company
from k8snotes.analyse.definitions import Definitions
from k8snotes.analyse.mentions import mentions_in
from k8snotes.assemble.facts import facts_of_page
from k8snotes.courses import reading_order
from k8snotes.index.grep import Matcher
from k8snotes.lookup import Library, grep_page, lessons_within, numbered_pages, page_within
from k8snotes.model.course import LessonFacts
from k8snotes.model.hits import LineHit
from k8snotes.model.page import KINDS, Page, Passage
from k8snotes.model.thread import Mention, Neighbour, Share, Thread
from k8snotes.pipeline import Progress
from k8snotes.segment.fold import fold, fold_string
from k8snotes.segment.lexicon import (
    Lexicon,
    TermFinder,
    common_word_ranks,
    extended,
    key_of,
    names_of,
    shipped_lexicon,
    spelled,
    stop_words,
)
from k8snotes.segment.marks import ITEM_MARK, without_marks
from k8snotes.segment.sentences import split_sentences
from k8snotes.workspace import SEEDS

Place = tuple[str, str | None]  # a lesson: the path of its text, and its title
TAUGHT = frozenset({"title", "heading", "body", "code"})
MOST_RELATED = 10
ENOUGH_SPELLINGS = 20  # occurrences that tell how a term is commonly written
MOST_NAMES = 3000  # that neighbours are looked for among, those of most lessons first
# What may be a neighbour: a term of this many characters, with no mark that terms do not have.
TERM = re.compile(r"[\w .\-/+#]{2,16}")
EVERYDAY = 8000  # ranks of general Chinese words that are no terms
MANY_BARE_LINES = re.compile(rf"\n(?:{ITEM_MARK.pattern}|\|)")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A theme by all names that are known for it, folded, the one asked for first."""

    names: tuple[str, ...]
    lexicon: Lexicon

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Finds it in folded text as `grep` finds its names, in longer words too."""
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
        """Where a text names it; never over a line's end."""
        found: list[tuple[int, int]] = []
        begin = 0
        for line in text.split("\n") if self.stands_in(text) else ():
            if self.stands_in(line):  # the way back from what is folded is dear, and most lines need none
                folded = fold(line)
                spans = (folded.source_span(*match.span()) for match in self.anywhere.finditer(folded.string))
                found += [(start + begin, stop + begin) for start, stop in spans]
            begin += len(line) + 1
        return found

    def is_ruled_out(self, text: str) -> bool:
        """Whether no name of it can stand in a text, whatever marks are taken out and entities decoded."""
        if "&" in text:
            return False
        characters = set(fold_string(text))
        return not any(map(characters.issuperset, self._characters))


def named(name: str, own_terms: Iterable[str]) -> Named:
    """A theme by its name, with the other names that the lexicon and the reader's own terms know."""
    lexicon = extended(shipped_lexicon(), own_terms)
    return Named(names=names_of(name, lexicon), lexicon=lexicon)


def thread_of(
    library: Library, theme: Named, progress: Progress, *, order: Sequence[Place] | None = None
) -> Thread | None:
    """The thread of a theme through a library; None where no lesson names it.

    `progress` is told how many of how many lessons are done. `order` is the reading order, where it is
    known already: then only the lessons that name the theme are looked at.
    """
    if not theme.is_word:
        return None
    store = library.index.store
    holding = {lesson for name in theme.names for lesson in lessons_within(library, name)}
    if not holding:
        return None
    trace = _Trace(theme, _names_used(library, holding))
    if order is not None:
        for lesson in store.in_order(holding):
            trace.follow(page_within(library, lesson), names_it=True, in_known_order=True)
        return trace.thread_in(order)
    total = store.lessons()
    for done, (lesson, page) in enumerate(numbered_pages(library, None), start=1):
        trace.follow(page, names_it=lesson in holding)
        progress(done, total)
    progress(total, total)  # of a library's part not all lessons were looked at
    return trace.thread(shelf=(SEEDS,) if library.shown is None else None)


def near_themes(library: Library, name: str) -> tuple[str, ...]:
    """What the course calls things that comes near to a name that it does not know."""
    from k8snotes.index.suggest import suggestions
    from k8snotes.segment.sound import make_sound

    return suggestions(library.index.store, name, fold_string, make_sound())


def _names_used(library: Library, lessons: Collection[int]) -> list[str]:
    """What some lessons call things, folded, the names of most of them first."""
    counts: Counter[str] = Counter()
    for names in library.index.store.names(lessons):
        counts.update({" ".join(fold_string(name).split()) for name in names})
    common, stop = common_word_ranks(), stop_words()
    terms = (
        name
        for name in counts
        if TERM.fullmatch(name)
        and re.search(r"[^\W\d_]{2}", name)
        and name not in stop
        and common.get(name, EVERYDAY) >= EVERYDAY
    )
    return sorted(terms, key=lambda name: (-counts[name], name))[:MOST_NAMES]


class _Trace:
    """What is gathered of a theme, page by page."""

    def __init__(self, theme: Named, names_used: Iterable[str]) -> None:
        self.theme = theme
        self.matcher = Matcher(
            find=theme.spans, over_marks=True, over_lines=True, rules_out=theme.is_ruled_out, by_line=False
        )
        self.definitions = Definitions(spelled(theme.names, whole=True))
        self.paragraphs = _Paragraphs(theme, names_used)
        self.facts: list[LessonFacts] = []
        self.found: list[tuple[Share, tuple[Mention, ...]]] = []
        self.spellings: Counter[str] = Counter()

    def follow(self, page: Page, *, names_it: bool, in_known_order: bool = False) -> None:
        if not in_known_order:
            entry = self.facts[-1].entry + 1 if self.facts and self.facts[-1].path == page.path else 0
            self.facts.append(facts_of_page(page, fold_string, entry=entry))
        if names_it:
            page = page._replace(passages=tuple(page.passages))  # unpacked once, not by each who looks
        hits = list(grep_page(page, self.matcher, kinds=KINDS)) if names_it else []
        taught = [hit for hit in hits if hit.kind in TAUGHT]
        count = sum(len(hit.matches) for hit in taught)
        mentions = mentions_in(
            page,
            hits,
            names=self.theme.stands_in,
            split=_sentences,
            plain=without_marks if page.is_markdown else str,
            strength=lambda sentence: self.definitions.strength(fold_string(sentence)),
        )
        share = Share(path=page.path, lesson=page.title, count=count)
        self.found.append((share, tuple(mentions)))
        self.spellings.update(_written(hits))
        if taught:
            self.paragraphs.read(page)

    def thread(self, *, shelf: tuple[str, ...] | None) -> Thread | None:
        return self._thread([self.found[at] for at in reading_order(self.facts, shelf)])

    def thread_in(self, order: Sequence[Place]) -> Thread | None:
        """The thread in an order that is known, lessons that do not name the theme among the others."""
        found = {(share.path, share.lesson): (share, mentions) for share, mentions in self.found}
        return self._thread(
            [found.get(place, (Share(path=place[0], lesson=place[1], count=0), ())) for place in order]
        )

    def _thread(self, found: Sequence[tuple[Share, tuple[Mention, ...]]]) -> Thread | None:
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
            related=self.paragraphs.neighbours(),
        )


def _written(hits: Iterable[LineHit]) -> Iterator[str]:
    """The theme as the lines write it."""
    for hit in hits:
        for start, stop in hit.matches:
            if written := " ".join(hit.text[start:stop].split()):
                yield written


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    string = passage.text.string
    by_lines = passage.kind in ("comment", "reply") or bool(MANY_BARE_LINES.search("\n" + string))
    for start, stop in split_sentences(string, at_newlines=by_lines):
        mark = ITEM_MARK.match(string[start:stop]) if by_lines and passage.kind == "body" else None
        begin = mark.end() + start if mark else start
        if begin < stop:
            yield begin, stop


class _Paragraphs:
    """The paragraphs of the lessons that name a theme, as the terms that stand in each."""

    def __init__(self, theme: Named, names_used: Iterable[str]) -> None:
        self.theme = theme
        self.own = {key_of(name) for name in theme.names}
        preferred = {key_of(spelling): key_of(term) for spelling, term in theme.lexicon.preferred.items()}
        self.preferred = preferred
        self.finder = TermFinder({*theme.lexicon.preferred, *names_used})
        self.spellings: dict[str, Counter[str]] = {}
        self.keys: dict[str, str] = {}
        self.company = Company()

    def read(self, page: Page) -> None:
        for passage in page.passages:
            if passage.kind == "body":
                self._count(passage.text.string)

    def _count(self, text: str) -> None:
        folded = fold_string(text)
        terms: set[str] = set()
        for start, stop in self.finder.find(folded):
            key = self._key(folded[start:stop])
            if not key:
                continue
            terms.add(key)
            spellings = self.spellings.setdefault(key, Counter())
            if spellings.total() < ENOUGH_SPELLINGS:
                begin, end = fold(text).source_span(start, stop)
                spellings[" ".join(text[begin:end].split())] += 1
        has_theme = self.theme.anywhere.search(folded) is not None
        self.company.add(frozenset(terms), has_theme=has_theme)

    def _key(self, term: str) -> str:
        """What all names of a term share; "" for one that is the theme, a part of it, or holds it."""
        if term not in self.keys:
            key = key_of(term)
            key = self.preferred.get(key, key)
            self.keys[term] = "" if any(key in own or own in key for own in self.own) else key
        return self.keys[term]

    def neighbours(self) -> tuple[Neighbour, ...]:
        found = self.company.nearest()[:MOST_RELATED]
        return tuple(
            Neighbour(text=self._text_of(key), together=together, score=round(score, 2))
            for key, together, score in found
        )

    def _text_of(self, key: str) -> str:
        spellings = self.spellings[key]
        return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
