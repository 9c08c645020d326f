"""Where a page names a theme: the sentences, from the lines that grep finds."""

from collections.abc import Callable, Iterable, Iterator

from k8snotes.model.hits import LineHit
from k8snotes.model.page import Page, Passage, PassageKind
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
    page: Page,
    hits: Iterable[LineHit],
    *,
    names: Callable[[str], bool],
    split: Split,
    plain: Callable[[str], str],
    strength: Callable[[str], float],
) -> Iterator[Mention]:
    """The mentions of a page in reading order: every line found stands in one of them.

    `names` says whether a string names the theme, `strength` how surely it defines it; `plain` takes
    inline marks out of a string.
    """
    found: dict[tuple[int, str, str | None], tuple[LineHit, set[int]]] = {}
    sentences = _Sentences(page, split, lambda string: names(string) or names(plain(string)))
    for hit in hits:
        for line, text in sentences.around(hit) or [(hit.line, hit.text.strip())]:
            found.setdefault((line, text, hit.author), (hit, set()))[1].add(hit.line)
    for (line, text, _), (hit, lines) in found.items():
        said = plain(text) if hit.kind != "code" else text
        sure = strength(said) if hit.kind == "body" else 0.0
        tells_little = text.startswith("|") or not names(said)  # a row of a table, an address
        worth = WORTH.get("code" if tells_little else hit.kind, 0.0)
        yield Mention(
            path=page.path,
            lesson=page.title,
            kind=hit.kind,
            text=text,
            plain=said.strip() or text,
            line=line,
            lines=tuple(sorted(lines)),
            score=round(DEFINES + (1 - DEFINES) * sure if sure else worth, 4),
            author=hit.author,
        )


class _Sentences:
    """The sentences of a page's prose that name a theme, each with the lines that it runs over."""

    def __init__(self, page: Page, split: Split, names: Callable[[str], bool]) -> None:
        self._passages = [
            passage for passage in page.passages if passage.kind in ("heading", "body", "comment", "reply")
        ]
        self._split, self._names = split, names
        self._known: dict[int, list[tuple[int, int, str]]] = {}

    def around(self, hit: LineHit) -> list[tuple[int, str]]:
        """The sentences that name the theme on the line of a hit: where each begins, and it; maybe none."""
        return [
            (first, text)
            for number, passage in enumerate(self._passages)
            if passage.kind == hit.kind
            and passage.author == hit.author
            and passage.first_line <= hit.line <= passage.last_line
            for first, last, text in self._naming(number)
            if first <= hit.line <= last
        ]

    def _naming(self, number: int) -> list[tuple[int, int, str]]:
        if number not in self._known:
            passage = self._passages[number]
            string = passage.text.string
            self._known[number] = [
                (passage.text.line_at(start), passage.text.line_at(stop - 1), string[start:stop])
                for start, stop in self._split(passage)
                if self._names(string[start:stop])
            ]
        return self._known[number]
