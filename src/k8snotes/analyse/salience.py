"""How much each sentence of a lesson matters: a sentence graph, times what the text marks.

The score is LexRank centrality times a product of features, each between 0 and 1:

    salience = centrality × Π (1 + weight × feature)

and 0 for sentences that belong to the teaching and not to what is taught (greetings,
farewells, homework). Weights are in `FEATURES`, one line each.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from k8snotes.analyse.term_stats import Vector, content_words, tf_isf_vectors
from k8snotes.model.words import Segmented, Sentence, Vocabulary

DAMPING = 0.85
ROUNDS = 30  # the order of the sentences settles after about ten

# Openings and closings of a lesson, adverts and homework: never part of a summary.
NOT_TAUGHT = re.compile(
    r"^(?:你好|您好|大家好|同学们好|hi|hello|嗨)[,，!！。 ]"
    r"|^我是[^，。]{1,12}[。，！]?$"
    r"|感谢(?:你的)?(?:收听|阅读|观看)|欢迎(?:你)?(?:在)?(?:留言|评论|把|分享|收听)|留言区|写留言|评论区"
    r"|(?:我们|咱们)?下(?:一)?(?:讲|节课?|篇|次|回)(?:文章)?(?:再)?见|分享给(?:你的|更多|身边)?|请朋友读"
    r"|^(?:思考题|课后思考|练习题|今日思考|本节思考|课后作业)|你(?:可以|不妨)?(?:思考|想)一下|讲述[：:]|时长[\s：:]*\d"
    r"|点击(?:这里|链接|下方|查看)|扫(?:码|描)二维码|^(?:如|见)?(?:下图|上图|图\s*\d+)",
    re.IGNORECASE,
)
# A section or paragraph that sets homework: its questions and their story are not the lesson.
HOMEWORK = re.compile(
    r"(?:(?:今天|今日|本讲|本节|最后|这一?讲|下面|课后)的?|留(?:给你)?(?:一?个|一?道)?)?"
    r"(?:思考题|练习题|讨论题|动手题|课堂讨论|课后(?:思考|练习|作业|讨论)|(?:思考|作业|练习)(?:[：:]|$))"
)
# What the author puts before the point of a lesson.
CUES = re.compile(
    r"本质|最重要|最关键|核心|关键(?:在于|是|就)|根本|精髓|结论|总结|总之|总而言之|归根结底|一句话|换句话说|也就是说"
    r"|所以说|由此可见|不难看出|可以看到|需要注意|请注意|请记住|记住|目的|之所以|真正"
)
DEFINES = re.compile(r"所谓|(?:是指|指的是|称为|称之为|叫作|叫做|被称作|定义为)|(?:其实)?就是|正是|即[：:“]")
QUOTED = re.compile(r"[“「『](?P<term>[^”」』\n]{2,16})[”」』]|\*\*(?P<bold>[^*\n]{2,40})\*\*")
# A sentence that leans on the one before it says little alone.
LEANS = re.compile(
    r"^(?:这|那|它|他|她|其中|此外|另外|同时|而且|并且|但是|但|不过|可是|然而|于是|因此|所以(?!说)|接下来|然后|当然|比如|例如|再|也|还|并|即|则|而(?!言))"
)
ASKS = re.compile(r"[?？][”」』）)]*$")
SHORTEST = 8  # characters; less is a label
TYPICAL = 28  # content words; a longer sentence is central by its length alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the features of a sentence may look at."""

    segmented: Segmented
    title_words: frozenset[str]
    heading_words: frozenset[str]
    first_under_heading: frozenset[int]  # positions of sentences
    last_block: int
    vocabulary: Vocabulary


Feature = Callable[[int, Sentence, frozenset[str], Context], float]


def title_overlap(_: int, __: Sentence, words: frozenset[str], context: Context) -> float:
    """The share of the title's words that the sentence says."""
    return len(words & context.title_words) / len(context.title_words) if context.title_words else 0.0


def heading_overlap(_: int, __: Sentence, words: frozenset[str], context: Context) -> float:
    """The share of the sentence's words that stand in headings."""
    return len(words & context.heading_words) / len(words) if words else 0.0


def first_under_heading(position: int, _: Sentence, __: frozenset[str], context: Context) -> float:
    """The first sentence of a section says what it is about."""
    return float(position in context.first_under_heading)


def early(position: int, _: Sentence, __: frozenset[str], context: Context) -> float:
    """1 at the beginning of the lesson, falling to 0 at its end."""
    return 1 - position / len(context.segmented.sentences)


def first_in_block(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    return float(sentence.is_first)


def quoted(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """The author's own marks: a term in quotation marks, words in bold."""
    return float(QUOTED.search(sentence.text) is not None)


def cue(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """Words by which an author announces the point."""
    return min(len(set(CUES.findall(sentence.text))), 2) / 2


def definition(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    return float(DEFINES.search(sentence.text) is not None)


FEATURES: tuple[tuple[Feature, float], ...] = (
    (title_overlap, 1.0),
    (heading_overlap, 0.5),
    (first_under_heading, 0.6),
    (first_in_block, 0.3),
    (early, 0.6),
    (quoted, 0.5),
    (cue, 0.8),
    (definition, 0.3),
)
LEANING = 0.6  # what is left of the score of a sentence that leans on another
ASKING = 0.7  # and of a question


def salience(segmented: Segmented, vocabulary: Vocabulary) -> tuple[list[float], list[Vector]]:
    """A score from 0 to 1 for each sentence, and the vectors that it was worked out from."""
    sentences = segmented.sentences
    words = [content_words(sentence.tokens, vocabulary) for sentence in sentences]
    vectors = tf_isf_vectors(words)
    centrality = lexrank(vectors)
    context = _context(segmented, vocabulary)
    homework = homework_positions(segmented)
    scores: list[float] = []
    for position, sentence in enumerate(sentences):
        if position in homework or not is_taught(sentence.text):
            scores.append(0.0)
            continue
        score = centrality[position] * min(1.0, TYPICAL / max(len(words[position]), 1)) ** 0.5
        for feature, weight in FEATURES:
            score *= 1 + weight * feature(position, sentence, frozenset(words[position]), context)
        score *= LEANING if LEANS.match(sentence.text) else 1.0
        score *= ASKING if ASKS.search(sentence.text) else 1.0
        scores.append(score)
    highest = max(scores, default=0.0)
    return [score / highest for score in scores] if highest else scores, vectors


def is_taught(sentence: str) -> bool:
    """Whether a sentence can stand in a summary: Chinese prose that is part of the lesson."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in sentence)
    return han >= SHORTEST and not NOT_TAUGHT.search(sentence) and not sentence.endswith(("：", ":"))


def homework_positions(segmented: Segmented) -> frozenset[int]:
    """Sentences of sections and paragraphs that begin by setting homework."""
    headings = {
        heading.block: "".join(token.surface for token in heading.tokens) for heading in segmented.headings
    }
    found: set[int] = set()
    under_homework = False
    homework_block = last_block = -1
    for position, sentence in enumerate(segmented.sentences):
        for block in range(last_block + 1, sentence.block + 1):
            if block in headings:
                under_homework = HOMEWORK.match(headings[block]) is not None
        last_block = sentence.block
        if HOMEWORK.match(sentence.plain):
            homework_block = sentence.block
        if under_homework or sentence.block == homework_block:
            found.add(position)
    return frozenset(found)


def lexrank(vectors: Sequence[Vector]) -> list[float]:
    """Continuous LexRank (Erkan & Radev 2004, section 4), scores that sum to 1.

    The similarity matrix is V Vᵀ of unit vectors, so a round of the power method is two
    passes over the words of the text, V (Vᵀ p): time grows with the text, not its square.
    """
    total = len(vectors)
    if not total:
        return []
    degrees = [max(value, 1e-12) for value in _times(vectors, [1.0] * total)]
    rank = [1 / total] * total
    for _ in range(ROUNDS):
        flow = _times(vectors, [p / degree for p, degree in zip(rank, degrees, strict=True)])
        rank = [(1 - DAMPING) / total + DAMPING * value for value in flow]
        norm = sum(rank)
        rank = [value / norm for value in rank]
    return rank


def _times(vectors: Sequence[Vector], weights: Sequence[float]) -> list[float]:
    """V (Vᵀ w): each sentence's similarity to the weighted sum of all."""
    whole: dict[str, float] = {}
    for vector, weight in zip(vectors, weights, strict=True):
        for word, value in vector.items():
            whole[word] = whole.get(word, 0.0) + value * weight
    return [sum(value * whole[word] for word, value in vector.items()) for vector in vectors]


def _context(segmented: Segmented, vocabulary: Vocabulary) -> Context:
    heading_blocks = {heading.block for heading in segmented.headings}
    first_under: set[int] = set()
    last_block = -1
    for position, sentence in enumerate(segmented.sentences):
        if any(block in heading_blocks for block in range(last_block + 1, sentence.block)):
            first_under.add(position)
        last_block = sentence.block
    return Context(
        segmented=segmented,
        title_words=frozenset(content_words(segmented.title, vocabulary)),
        heading_words=frozenset(
            word for heading in segmented.headings for word in content_words(heading.tokens, vocabulary)
        ),
        first_under_heading=frozenset(first_under),
        last_block=last_block,
        vocabulary=vocabulary,
    )
