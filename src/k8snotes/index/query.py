"""What a reader types, as what the index is asked: any string is a valid query.

`"a phrase"` must stand as it is, `-word` must not stand, `a OR b` is either; all else is words.
What words ask, and do not ask for (为什么, 有什么区别), is left out where anything else is said.
A word is cut into terms: the pairs of its Han characters, its Latin words, and, where several
spellings mean one thing (k8s, Kubernetes), all of these as one term.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, pairwise
from types import MappingProxyType
from typing import NamedTuple

from k8snotes.index.terms import LATIN, is_han, match, pairs, parts_of

# A spelling's key → the spellings that mean the same, itself among them.
Rings = Mapping[str, tuple[str, ...]]
# A term's spellings → how many passages hold it, as far as that is known.
Counts = Mapping[tuple[str, ...], int]

ITEM = re.compile(
    # An option of a command (-f, --force) is a word like others.
    r"(?P<minus>(?<!\S)-(?!-|[A-Za-z0-9](?:\s|$)))?"
    r'(?:"(?P<quoted>[^"]*)"|“(?P<typeset>[^“”]*)”|(?P<word>[^\s"“”]+))'
)
EITHER = frozenset({"OR", "ＯＲ", "|", "||"})
MOST_JOINED = 4  # words of a query that are one name
# Letters of a Latin name, for it to be looked for in longer words: there is no CR in Secret. As in `lexicon`.
SHORTEST_INSIDE = 4
LONGEST_PLURAL = 4  # letters of a word in -is that is one: APIs, CNIs
LONGEST_SPELLING = 12  # parts: a Han character or a Latin word each
# What is said around a question and not about its subject, in folded text: each with characters of which one
# stands in all that it finds.
END = r"(?=[?？。!！\s]*$)"
ASKING = (
    (
        "哪",
        "^(?:请问|老师|作者|他|她)?是?在?(?:哪里|哪儿|哪一?[讲课章节篇])里?(?:讲|说|提|介绍|解释)[过到了]+的?",
    ),
    (
        "介解讲说聊谈",
        "(?:请|能否|能不能)?(?:[给帮]我|帮忙)?(?:(?:介绍|解释|说明|讲解)一?下|[讲说聊谈]一下|讲讲|说说|聊聊|谈谈)",
    ),
    ("想教", "我?想要?(?:知道|了解)|[求请]教"),
    ("几多", "(?:一共)?(?:有|是|分为?)?(?:哪几|几|多少)[种个类]"),
    ("作处途义", f"[有起]?(?:什么|啥|何|哪些)(?:作用|用处|用途|意义){END}"),
    ("作处途义思", f"的(?:作用|用处|用途|含义|定义|意思)(?:是(?:什么|啥))?{END}"),
    ("问什何啥", "请问|为什么|为何|为啥|何谓|何为"),
    ("怎何", f"[会能要该]?(?:怎么样?|怎样|如何)(?:(?:[用办做]|理解|回事){END}|才[能会])?"),
    ("什啥嘛", f"是?(?:用来)?[干做](?:什么|啥|嘛)(?:用?的)?{END}"),
    ("什啥哪", f"[是有叫]?(?:什么|啥|哪些|哪[个种里儿])(?:时候|意思|东西|[是叫]|用{END})?"),
    ("多不没否", "多少|多久|是不是|有没有|能不能|可不可以|会不会|要不要|该不该|是否|能否"),
    ("吗呢吧", f"[吗呢吧]{END}"),
)
# What asks to compare, and what stands between the things compared.
SIGNS_OF_COMPARING = "别异同系样较"
COMPARING = f"(?:之间)?[的有]?(?:[区差]别|差异|异同|何?不同|不一样|关系|联系|比较)[是在]?{END}"
AND = "和与跟、"
LEAST_COMPARED = 2
# Alone these say nothing.
LITTLE = frozenset("的了在是有就都也还会能要可到把被让给以和与跟及或由从对为于并而但又所之其将")
# Beside others these do not, in a query in English.
ENGLISH = (
    "a an the what is are was does do did how why when which who where can could should i my me we you"
    " your it its this that there of in on at for to and or with from between difference"
)
LITTLE_ENGLISH = frozenset(ENGLISH.split())
TYPESET = str.maketrans("“”", "  ")
# Operators as a Chinese keyboard types them.
OPERATORS = str.maketrans("＂－｜", '"-|')


class Term(NamedTuple):
    """What is looked up, and counted, as one."""

    match: str  # in the language of FTS5
    spellings: tuple[str, ...]  # folded: what to mark in a text
    run: str  # the stretch of the query that it was cut from
    inside: tuple[str, ...] = ()  # Latin words, which may also be parts of longer ones
    # Of a word at either end of a phrase: whether a longer one begins, and whether it ends, with it.
    edges: tuple[bool, bool] | None = None
    within: str | None = None  # a name that was typed, too short to be meant where it stands in longer words
    is_name: bool = False  # of the lexicon
    is_sure: bool = True  # what matches holds one of the spellings, not only their words somewhere

    def is_followed_by(self, other: "Term") -> bool:
        """Whether both are pairs of Han characters, and the second begins with the last of the first."""
        first, second = self.spellings[0], other.spellings[0]
        are_pairs = len(first) == len(second) == 2 and is_han(first + second)
        return are_pairs and self.run == other.run and first[1] == second[0]

    def may_stand_in(self, word: str, part: str) -> bool:
        """Whether a longer word that holds a part is one that may be meant."""
        begins, ends = self.edges or (False, False)
        return not ((begins and not word.startswith(part)) or (ends and not word.endswith(part)))


Terms = tuple[Term, ...]


class Alternative(NamedTuple):
    """All of these terms; of a phrase in quotes the phrase."""

    terms: Terms
    phrase: str | None = None  # folded
    is_sure: bool = True  # what holds the terms holds the phrase


class Group(NamedTuple):
    """One of these."""

    alternatives: tuple[Alternative, ...]

    @property
    def is_verbatim(self) -> bool:
        """Whether nothing but phrases will do."""
        return all(alternative.phrase is not None for alternative in self.alternatives)


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
    alternatives = (alternative for group in groups for alternative in group.alternatives)
    return tuple(dict.fromkeys(term for alternative in alternatives for term in alternative.terms))


def compiled(
    query: str, fold: Callable[[str], str], rings: Rings, counts: Counts = MappingProxyType({})
) -> Query:
    """The query; one without a word asks for nothing.

    Names that no passage holds are also looked for in the parts of all their spellings.
    """
    groups: list[Group] = []
    excluded: list[Group] = []
    joins = False  # whether the next item is an alternative to the last one
    for item in _joined(_items(query, fold), rings):
        if item.is_either:
            joins = bool(groups)
            continue
        alternatives = _alternatives(item, rings, counts)
        if not alternatives:
            continue
        if item.is_excluded:
            excluded.append(Group(alternatives))
        elif joins:
            groups.append(Group((*groups.pop().alternatives, *alternatives)))
        else:
            groups.append(Group(alternatives))
        joins = False
    return Query(tuple(groups), tuple(excluded))


def _alternatives(item: "_Item", rings: Rings, counts: Counts) -> tuple[Alternative, ...]:
    """What will do for an item: none for one without a word."""
    asked = _phrase(item.folded) if item.is_quoted else _words(item.folded, rings)
    if asked is None:
        return ()
    lost = dict.fromkeys(term for term in asked.terms if term.is_name and not counts.get(term.spellings, 1))
    if not (lost and item.is_a_word):
        return (asked,)
    kept = [term for term in asked.terms if term not in lost]
    return asked, *(
        Alternative((*kept, *parts))
        for spelling in dict.fromkeys(spelling for term in lost for spelling in term.spellings)
        if len(parts := [*_plain_terms(spelling)]) > 1
    )


def _joined(items: list["_Item"], rings: Rings) -> list["_Item"]:
    """The items with those as one that are one name together: config map, 声明式 API."""
    if any(item.is_either for item in items):
        return items
    joined: list[_Item] = []
    at = 0
    while at < len(items):
        for stop in range(min(at + MOST_JOINED, len(items)), at + 1, -1):
            name = " ".join(item.folded for item in items[at:stop])
            if all(item.is_a_word for item in items[at:stop]) and _is_a_name(name, rings):
                joined.append(items[at]._replace(folded=name))
                at = stop
                break
        else:
            joined.append(items[at])
            at += 1
    return joined


def _is_a_name(words: str, rings: Rings) -> bool:
    """Whether words are a name; no name is written with a blank between Han characters."""
    parts = words.split()
    are_apart = any(is_han(before[-1] + after[0]) for before, after in pairwise(parts))
    return not are_apart and _ring_of("".join(parts_of(words)), rings) is not None


def without_typeset_phrases(query: str) -> str:
    """The query with what stands in “ ” as words: a title as it was copied need not stand word for word."""
    return query.translate(TYPESET)


class Word(NamedTuple):
    """A word of a query, or a phrase in quotes."""

    typed: str
    subjects: tuple[str, ...]  # folded, without what asks; none where it is `OR`, or to be left out


def words_of(query: str, fold: Callable[[str], str]) -> list[Word]:
    """The words of a query in their order."""
    return [Word(item.typed, tuple(_subjects_of(item))) for item in _items(query, fold)]


def _subjects_of(item: "_Item") -> list[str]:
    if item.is_excluded or item.is_either:
        return []
    said = item.folded.split()
    return [" ".join(said)] if said and item.is_quoted else said


class _Item(NamedTuple):
    typed: str
    folded: str
    is_quoted: bool = False
    is_excluded: bool = False
    is_either: bool = False

    @property
    def is_a_word(self) -> bool:
        return bool(self.folded) and not (self.is_quoted or self.is_excluded or self.is_either)


def _items(query: str, fold: Callable[[str], str]) -> list[_Item]:
    items: list[_Item] = []
    for found in ITEM.finditer(query.translate(OPERATORS)):
        quoted = found["quoted"] if found["quoted"] is not None else found["typeset"]
        said = found["word"] if quoted is None else quoted
        is_excluded = bool(found["minus"])
        is_either = quoted is None and said in EITHER and not is_excluded
        items.append(_Item(found[0], fold(said), quoted is not None, is_excluded, is_either))
    if any(item.is_either for item in items):  # who writes OR asks no question
        return items
    subjects = _subjects([item.folded if not (item.is_quoted or item.is_excluded) else "" for item in items])
    says_more = any(subjects) or any(item.is_quoted and not item.is_excluded for item in items)
    if not says_more:
        return items
    return [
        item if item.is_quoted or item.is_excluded else item._replace(folded=subject)
        for item, subject in zip(items, subjects, strict=True)
    ]


def _subjects(words: list[str]) -> list[str]:
    """Folded words without what asks, blanks in its place; empty where nothing else is said."""
    little: frozenset[str] = LITTLE_ENGLISH if all(map(str.isascii, words)) else frozenset()
    said = [
        [part for part in word.split() if not (part in little or _says_little(part))]
        for word in _without_asking(words)
    ]
    return [" ".join(parts) if any(map(parts_of, parts)) else "" for parts in said]


def _without_asking(words: list[str]) -> list[str]:
    # Of the expressions those are compiled that may find something: all would take a twentieth of a search.
    held = {*"".join(words)}
    asking = "|".join(expression for signs, expression in ASKING if not held.isdisjoint(signs))
    subjects = [re.sub(asking, " ", word) for word in words] if asking else words
    if held.isdisjoint(SIGNS_OF_COMPARING) or not any(re.search(COMPARING, word) for word in subjects):
        return subjects
    joins = not {*"".join(subjects)}.isdisjoint(AND)
    if joins or len(list(filter(None, subjects))) > LEAST_COMPARED:
        subjects = [re.sub(f"[{AND}]", " ", re.sub(COMPARING, " ", subject)) for subject in subjects]
    return subjects


def _says_little(part: str) -> bool:
    return part == "vs" or (len(part) <= 2 and LITTLE.issuperset(part))


def _words(folded: str, rings: Rings) -> Alternative | None:
    terms = tuple(_terms(folded, rings))
    telling = tuple(term for term in terms if not _says_little(term.run))  # API和Pod, 名字空间是
    return Alternative(telling or terms) if terms else None


def _phrase(folded: str) -> Alternative | None:
    runs = parts_of(folded)
    if not runs:
        return None
    said = folded.strip()
    last = len(runs) - 1
    terms = tuple(
        _phrase_term(run, begins=at > 0 or not said.startswith(run), ends=at < last or not said.endswith(run))
        for at, run in enumerate(runs)
    )
    is_sure = len(runs) == 1 and runs[0] == said and len(terms[0].match.split()) == 1
    return Alternative(terms, " ".join(folded.split()), is_sure)


def _phrase_term(run: str, *, begins: bool, ends: bool) -> Term:
    """A run of a phrase; a Latin word at either end of one may be cut there."""
    if (begins and ends) or not LATIN.match(run):
        return Term(match(run), (run,), run)
    return Term(match(run), (run,), run, (run,), (begins, ends))


def _terms(folded: str, rings: Rings) -> Iterator[Term]:
    """The terms of a word: spellings with others beside them first, then pairs and Latin words."""
    at = 0
    for start, stop, ring in _spellings(folded, rings):
        yield from _plain_terms(folded[at:start])
        yield ring_term(ring, typed=folded[start:stop])
        at = stop
    yield from _plain_terms(folded[at:])


def _plain_terms(folded: str) -> Iterator[Term]:
    for run in parts_of(folded):
        if is_han(run):
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
        is_plural = not (word.endswith(("ss", "us")) or (word.endswith("is") and len(word) > LONGEST_PLURAL))
        return (word, word[:-1]) if is_plural else (word,)
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, f"{word[:-1]}ies"
    return word, f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def in_numbers(spelling: str) -> tuple[str, ...]:
    """A spelling with its last word in singular and plural, if that is a Latin one: 声明式 APIs, PVs."""
    *_, word = parts_of(spelling) or [""]
    if not (LATIN.fullmatch(word) and spelling.endswith(word)):
        return (spelling,)
    numbers = (word, f"{word}s") if len(word) == 2 and word.isalpha() else numbers_of(word)
    return tuple(f"{spelling.removesuffix(word)}{number}" for number in numbers)


def ring_term(ring: tuple[str, ...], typed: str = "") -> Term:
    """Several spellings of one thing, one of which was typed."""
    matches: list[str] = []
    is_sure = True
    for spelling in chain.from_iterable(map(in_numbers, ring)):
        runs = parts_of(spelling)
        if len(runs) == 1 and LATIN.fullmatch(runs[0]):
            matches.append(match(runs[0]))
            continue
        matches.append(f"({' AND '.join(map(match, runs))})")
        is_sure = is_sure and len(runs) == 1
        if all(map(LATIN.fullmatch, runs)):
            matches.append(match("".join(runs)))
    long = (spelling for spelling in ring if LATIN.fullmatch(spelling) and len(spelling) >= SHORTEST_INSIDE)
    return Term(
        match=" OR ".join(dict.fromkeys(matches)),
        spellings=ring,
        run=typed or ring[0],
        inside=tuple(long),
        within=typed if LATIN.fullmatch(typed) and len(typed) < SHORTEST_INSIDE else None,
        is_name=True,
        is_sure=is_sure,
    )


def _spellings(folded: str, rings: Rings) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where spellings of a ring stand, the longest first from each place, and the ring."""
    parts = [part.span() for part in re.finditer(f"{LATIN.pattern}|[^\\s_-]", folded)]
    at = 0
    while at < len(parts):
        start = parts[at][0]
        for last in range(min(at + LONGEST_SPELLING, len(parts)) - 1, at - 1, -1):
            stop = parts[last][1]
            key = "".join([folded[slice(*part)] for part in parts[at : last + 1]])
            ring = _ring_of(key, rings)
            if ring is not None and not _is_piece(folded, start, stop, key):
                spelling = folded[start:stop]
                if len(ring) > 1 or (key.isascii() and (spelling != ring[0] or len(parts_of(spelling)) > 1)):
                    yield start, stop, tuple(dict.fromkeys((*ring, " ".join(parts_of(spelling)))))
                at = last
                break
        at += 1


def _ring_of(key: str, rings: Rings) -> tuple[str, ...] | None:
    """The spellings of a thing, also where it is named in another number: CRDs."""
    if key in rings or not (key.isascii() or key.endswith("s")):
        return rings.get(key)
    # Of declarativeapis it cannot be told where its last word begins.
    numbers = (*in_numbers(key)[1:], key.removesuffix("s"))
    return next((rings[number] for number in numbers if number in rings), None)


def _is_piece(folded: str, start: int, stop: int, key: str) -> bool:
    """Whether two Han characters stand in a longer run, where they may be no word."""
    return (
        len(key) == 2
        and is_han(key)
        and (is_han(folded[start - 1 : start]) or is_han(folded[stop : stop + 1]))
    )
