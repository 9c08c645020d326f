"""Where a page names a theme: the sentences, from the lines that grep finds."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from k8snotes.model.hits import LineHit
from k8snotes.model.kinds import PassageKind
from k8snotes.model.page import Page, Passage, place_at
from k8snotes.model.thread import Mention

# How much a mention tells of a theme, by where it stands; a definition tells most.
WORTH: dict[PassageKind, float] = {
    "title": 0.9,
    "heading": 0.8,
    "body": 0.5,
    "reply": 0.4,
    "comment": 0.3,
    "code": 0.2,
}
DEFINES = 0.6  # and so much as it is sure, up to 1

Split = Callable[[Passage], Iterable[tuple[int, int]]]  # a passage to its sentences


def mentions_in(
    prose: "Prose",
    hits: Iterable[LineHit],
    *,
    names: Callable[[str], bool],
    plain: Callable[[str], str],
    strength: Callable[[str], float],
) -> Iterator[Mention]:
    """The mentions of a page in reading order: every line found stands in one of them.

    `names` says whether a string names the theme, `strength` how surely it defines it; `plain` takes
    inline marks out of a string.
    """
    found: dict[tuple[int, str, PassageKind, str | None], tuple[LineHit, set[int]]] = {}
    sentences = _Naming(prose, lambda string: names(string) or names(plain(string)))
    for hit in hits:
        for line, text in sentences.around(hit) or [(hit.line, prose.beside_sentences(hit))]:
            found.setdefault((line, text, hit.kind, hit.author), (hit, set()))[1].add(hit.line)
    for (line, text, _, _), (hit, lines) in found.items():
        said = plain(text) if hit.kind != "code" else text
        sure = strength(said) if hit.kind == "body" else 0.0
        tells_little = text.startswith("|") or not names(said)  # a row of a table, an address
        worth = WORTH.get("code" if tells_little else hit.kind, 0.0)
        yield Mention(
            path=prose.page.path,
            entry=prose.page.entry,
            lesson=prose.page.title,
            kind=hit.kind,
            text=text,
            plain=said.strip() or text,
            line=line,
            place=place_at(prose.page.places, line),
            lines=tuple(sorted(lines)),
            score=round(DEFINES + (1 - DEFINES) * sure if sure else worth, 4),
            author=hit.author,
        )


class Prose:
    """The sentences of a page's prose, for all themes that are looked for in it."""

    def __init__(self, page: Page, split: Split) -> None:
        self.page = page
        self._split = split
        self._passages: dict[int, list[Passage]] = defaultdict(list)  # by the lines that they run over
        self._sentences: dict[int, list[tuple[int, int, str]]] = {}  # by the identity of their passage
        self._by_writer: dict[tuple[int, PassageKind, str | None], list[Passage]] = defaultdict(list)
        for passage in page.passages:
            if passage.kind in WORTH:
                for line in range(passage.first_line, passage.last_line + 1):
                    self._passages[line].append(passage)
                    self._by_writer[line, passage.kind, passage.author].append(passage)

    def on(self, line: int) -> Sequence[Passage]:
        """The passages that run over a line."""
        return self._passages.get(line, ())

    def said_on(self, line: int, kind: PassageKind, author: str | None) -> Sequence[Passage]:
        """Those of one kind and writer: of thousands on one line each is looked at once."""
        return self._by_writer.get((line, kind, author), ())

    def beside_sentences(self, hit: LineHit) -> str:
        """What of a line is shown for a match that stands in none: of one that several share, its part."""
        text = hit.text
        if len(self.on(hit.line)) > (0 if hit.kind == "title" else 1):
            if hit.kind == "title" and self.page.title and self.page.title in text:
                return self.page.title
            start, stop = hit.matches[0]
            opens, closes = text.rfind("<", 0, start), text.rfind(">", 0, start)
            if opens > closes:  # within a tag
                end = text.find(">", stop) + 1
                text = text[opens : end or len(text)]
            else:
                end = text.find("<", stop)
                text = text[closes + 1 : end if end >= 0 else len(text)]
        return text.strip()

    def sentences_of(self, passage: Passage) -> list[tuple[int, int, str]]:
        """The sentences of a passage of the page: on which lines each begins and ends, and it."""
        known = self._sentences.get(id(passage))
        if known is None:
            string = passage.text.string
            known = self._sentences[id(passage)] = [
                (passage.text.line_at(start), passage.text.line_at(stop - 1), string[start:stop])
                for start, stop in self._split(passage)
            ]
        return known


class _Naming:
    """The sentences of a page's prose that name a theme."""

    def __init__(self, prose: Prose, names: Callable[[str], bool]) -> None:
        self._prose, self._names = prose, names
        self._known: dict[int, list[tuple[int, int, str]]] = {}

    def around(self, hit: LineHit) -> list[tuple[int, str]]:
        """The sentences that name the theme on the line of a hit: where each begins, and it; maybe none."""
        return [
            (first, text)
            for passage in self._prose.said_on(hit.line, hit.kind, hit.author)
            for first, last, text in self._in(passage)
            if first <= hit.line <= last
        ]

    def _in(self, passage: Passage) -> list[tuple[int, int, str]]:
        known = self._known.get(id(passage))
        if known is None:
            known = self._known[id(passage)] = [
                sentence for sentence in self._prose.sentences_of(passage) if self._names(sentence[2])
            ]
        return known
