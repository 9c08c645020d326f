"""What a reader types, as what the index is asked: any string is a valid query.

`"a phrase"` must stand as it is, `-word` must not stand, `a OR b` is either; all else is words.
A word is cut into terms: the pairs of its Han characters, its Latin words, and, where several
spellings mean one thing (k8s, Kubernetes), all of these as one term.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from k8snotes.index.terms import HAN, LATIN, match, pairs, parts_of

# A spelling's key → the spellings that mean the same, itself among them.
Rings = Mapping[str, tuple[str, ...]]

ITEM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<quoted>[^"]*)"|“(?P<typeset>[^“”]*)”|(?P<word>[^\s"“”]+))')
EITHER = frozenset({"OR", "|", "||"})
# What may stand between the parts of one spelling: kube-proxy, API Server.
JOINT = re.compile(r"[\s\-_]*")
LONGEST_SPELLING = 12  # parts: a Han character or a Latin word each
# What is said around a question and not about its subject.
ASKING = re.compile(
    "^(?:请问|老师|作者|他|她)?(?:是)?(?:在)?(?:哪里|哪儿|哪一?[讲课章节篇])(?:里)?(?:讲|说|提|介绍|解释)(?:过|到|了)+(?:的)?"
    "|^(?:请问)?(?:什么(?:是|叫)|啥是|何谓|何为|为什么|为何|如何|怎么样?|怎样)(?=..)"
    "|(?:是什么(?:意思)?|是啥|有哪些|有什么(?:用|区别|作用)?|怎么(?:用|办|做|理解)|吗|呢)?[?？。!！]*$"
)


class Term(NamedTuple):
    """What is looked up, and counted, as one."""

    match: str  # in the language of FTS5
    spellings: tuple[str, ...]  # folded: what to mark in a text
    run: str  # the stretch of the query that it was cut from
    inside: tuple[str, ...] = ()  # Latin words, which may also be parts of longer ones


Terms = tuple[Term, ...]


class Group(NamedTuple):
    """One of these, each all of its terms."""

    alternatives: tuple[Terms, ...]
    # Folded, for phrases that the index alone cannot be sure of: one of them must stand in the text.
    verbatim: tuple[str, ...] = ()


class Query(NamedTuple):
    groups: tuple[Group, ...]
    excluded: tuple[Group, ...]

    @property
    def terms(self) -> Terms:
        """What may be found, each once, in the order of the query."""
        return _terms_of(self.groups)

    @property
    def excluded_terms(self) -> Terms:
        return _terms_of(self.excluded)


def _terms_of(groups: tuple[Group, ...]) -> Terms:
    return tuple(dict.fromkeys(term for group in groups for terms in group.alternatives for term in terms))


def compiled(query: str, fold: Callable[[str], str], rings: Rings) -> Query:
    """The query; one without a word asks for nothing."""
    groups: list[Group] = []
    excluded: list[Group] = []
    joins = False  # whether the next item is an alternative to the last one
    for item in ITEM.finditer(query):
        if item["word"] in EITHER and not item["minus"]:
            joins = bool(groups)
            continue
        group = _group(item, fold, rings)
        if group is None:
            continue
        if item["minus"]:
            excluded.append(group)
        elif joins:
            last = groups.pop()
            groups.append(
                Group(last.alternatives + group.alternatives, last.verbatim + group.verbatim)
                if bool(last.verbatim) == bool(group.verbatim)
                else Group(last.alternatives + group.alternatives)
            )
        else:
            groups.append(group)
        joins = False
    return Query(tuple(groups), tuple(excluded))


def _group(item: "re.Match[str]", fold: Callable[[str], str], rings: Rings) -> Group | None:
    quoted = item["quoted"] if item["quoted"] is not None else item["typeset"]
    if quoted is not None:
        return _phrase(fold(quoted))
    word = fold(item["word"])
    subject = ASKING.sub("", ASKING.sub("", word))
    terms = tuple(_terms(subject if parts_of(subject) else word, rings))
    return Group((terms,)) if terms else None


def _phrase(folded: str) -> Group | None:
    runs = parts_of(folded)
    if not runs:
        return None
    terms = tuple(Term(match(run), (run,), run) for run in runs)
    is_sure = len(runs) == 1 and runs[0] == folded.strip() and len(terms[0].match.split()) == 1
    return Group((terms,), () if is_sure else (" ".join(folded.split()),))


def _terms(folded: str, rings: Rings) -> Iterator[Term]:
    """The terms of a word: spellings with others beside them first, then pairs and Latin words."""
    at = 0
    for start, stop, ring in _spellings(folded, rings):
        yield from _plain_terms(folded[at:start])
        yield _ring_term(ring)
        at = stop
    yield from _plain_terms(folded[at:])


def _plain_terms(folded: str) -> Iterator[Term]:
    for run in parts_of(folded):
        if HAN.match(run):
            for pair in pairs(run):
                yield Term(match(pair), (pair,), run)
        elif LATIN.match(run):
            yield Term(" OR ".join(map(match, numbers_of(run))), numbers_of(run), run, (run,))
        else:
            yield Term(match(run), (run,), run)


def numbers_of(word: str) -> tuple[str, ...]:
    """A Latin word with its singular or plural: pods, pod."""
    if len(word) < 3 or not word.isalpha():
        return (word,)
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word, word[:-2]
    if word.endswith("s"):
        return (word,) if word.endswith(("ss", "us", "is")) else (word, word[:-1])
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, f"{word[:-1]}ies"
    return word, f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _ring_term(ring: tuple[str, ...]) -> Term:
    matches: list[str] = []
    for spelling in ring:
        runs = parts_of(spelling)
        if len(runs) == 1 and LATIN.fullmatch(runs[0]):
            matches += map(match, numbers_of(runs[0]))
        else:
            matches.append(f"({' AND '.join(map(match, runs))})")
    inside = tuple(spelling for spelling in ring if LATIN.fullmatch(spelling))
    return Term(" OR ".join(dict.fromkeys(matches)), ring, ring[0], inside)


def _spellings(folded: str, rings: Rings) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where spellings of a ring stand, the longest first from each place, and the ring."""
    parts = [part.span() for part in re.finditer(f"{LATIN.pattern}|[^\\s_-]", folded)]
    at = 0
    while at < len(parts):
        start = parts[at][0]
        for last in range(min(at + LONGEST_SPELLING, len(parts)) - 1, at - 1, -1):
            stop = parts[last][1]
            key = JOINT.sub("", folded[start:stop])
            ring = rings.get(key)
            if ring is not None and not _is_piece(folded, start, stop, key):
                if len(ring) > 1:
                    yield start, stop, ring
                at = last
                break
        at += 1


def _is_piece(folded: str, start: int, stop: int, key: str) -> bool:
    """Whether two Han characters stand in a longer run, where they may be no word."""
    return (
        len(key) == 2
        and bool(HAN.fullmatch(key))
        and bool(HAN.match(folded[start - 1 : start]) or HAN.match(folded[stop : stop + 1]))
    )
