"""Which sentences a summary takes: salient, on what is not said yet, and none that hangs in the air."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log1p

from k8snotes.analyse.salience import Salience

# A sentence that points at the one before it is nothing without it: 这也是为什么…, 这种…, 其中…
POINTS_BACK = re.compile(
    r"(?:(?:而|但是?|所以|因此|不过|可是|同时|当然)[，,]?)?"
    r"(?:这(?!一?[讲节篇章门本]|[篇门本堂次]|里[，,]?(?:我|要|说)|时候?[，,]|几年|些年|个世界)"
    r"|那(?=[是就也]|么[，,])|它|他(?!人)|她|其中|此(?!外|前|后)|前者|后者|否则|反之|相反|例如|比如|譬如"
    r"|也就是说|换句话说|换言之|具体来说|具体地说|同理|由此|为此|对此|与此|除此|正因(?:为)?如?此|如此|同样"
    r"|[两三四五六几](?:样|者|点|个|件|种|步)(?:合|凑|加|都|缺|放))"
)
LONGEST_CHAIN = 3  # sentences; what hangs on more is left out
# How much a sentence loses when its words are said already, and how much a long one when room is scarce.
NOVELTY = 0.8
TERSENESS = 0.3
SAME_AGAIN = 0.6  # of the words of two sentences; what shares more is a repetition


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a summary may get: in sentences, in characters joined, or in percent of the prose."""

    sentences: int | None = None
    characters: int | None = None
    percent: int | None = None


def select(salience: Salience, length: Length, candidates: Sequence[int] | None = None) -> tuple[int, ...]:
    """The positions of the sentences taken, in reading order; of `candidates`, None: of all.

    Greedy: the next is what adds most salience for its room, less for words that are covered.
    A sentence that points back brings what it points at along, or is not taken.
    """
    sentences = salience.segmented.sentences
    most_sentences, most_characters = _limits(salience, length)
    chains = {at: chain_of(salience, at) for at in (salience.ranked if candidates is None else candidates)}
    waiting = [at for at, chain in chains.items() if chain]
    covered: Counter[str] = Counter()
    taken: set[int] = set()
    characters = 0
    while True:
        best, most_worth = None, 0.0
        still_waiting: list[int] = []
        for at in waiting:
            added = [other for other in chains[at] if other not in taken]
            size = sum(len(sentences[other].text) for other in added)
            if not added or len(taken) + len(added) > most_sentences or characters + size > most_characters:
                continue
            still_waiting.append(at)
            worth = sum(_gain(salience, other, covered) for other in added) / len(added)
            if length.sentences is None:
                worth /= size**TERSENESS
            if worth > most_worth:
                best, most_worth = at, worth
        if best is None:
            return tuple(sorted(taken))
        waiting = [at for at in still_waiting if at == best or not _repeats(salience, at, best)]
        for at in chains[best]:
            if at not in taken:
                taken.add(at)
                characters += len(sentences[at].text)
                covered.update(set(salience.words[at]))


def thesis_of(salience: Salience, candidates: Sequence[int] | None = None) -> int | None:
    """The position of the most salient statement that needs no other sentence; None where there is none."""
    ranked = salience.ranked if candidates is None else candidates
    return next(
        (at for at in ranked if not salience.is_question(at) and len(chain_of(salience, at)) == 1), None
    )


def chain_of(salience: Salience, at: int) -> tuple[int, ...]:
    """The sentence with those that it points back to, in reading order; none where one cannot be shown."""
    sentences = salience.segmented.sentences
    headings = {heading.block for heading in salience.segmented.headings}
    chain = [at]
    while POINTS_BACK.match(sentences[chain[0]].plain):
        before = chain[0] - 1
        if before < 0 or len(chain) == LONGEST_CHAIN or salience.scores[before] <= 0:
            return ()
        if any(block in headings for block in range(sentences[before].block + 1, sentences[chain[0]].block)):
            return ()
        chain.insert(0, before)
    return tuple(chain)


def _limits(salience: Salience, length: Length) -> tuple[float, float]:
    """At most how many sentences, and how many characters of them."""
    if length.percent is not None:
        prose = sum(len(sentence.text) for sentence in salience.segmented.sentences)
        return inf, prose * length.percent // 100
    return (
        inf if length.sentences is None else length.sentences,
        inf if length.characters is None else length.characters,
    )


def _gain(salience: Salience, at: int, covered: Counter[str]) -> float:
    """Salience, less for what is covered already; a word counts by how often it recurs."""
    recurrence = salience.context.recurrence
    weights = {word: log1p(recurrence[word]) for word in set(salience.words[at])}
    whole = sum(weights.values())
    if not whole:
        return salience.scores[at]
    new = sum(weight / (1 + covered[word]) for word, weight in weights.items())
    return float(salience.scores[at] * (new / whole) ** NOVELTY)


def _repeats(salience: Salience, at: int, other: int) -> bool:
    """Whether two sentences say the same in the same words."""
    a, b = set(salience.words[at]), set(salience.words[other])
    return len(a & b) > SAME_AGAIN * len(a | b)
