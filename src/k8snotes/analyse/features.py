"""What marks a sentence as worth reading: named features, each from 0 to 1, and what each is worth.

Weights were chosen among round numbers on the documentation kit and kept where both halves of it
agreed or nothing spoke against a feature that helps on lessons; `docs/evaluation.md` shows what each
is worth by leaving it out.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from k8snotes.analyse.term_stats import content_words
from k8snotes.model.words import Segmented, Sentence, Vocabulary

# What the author puts before the point of a lesson.
CUES = re.compile(
    r"本质|最重要|最关键|核心|关键(?:在于|是|就)|根本|精髓|结论|总结|总之|总而言之|归根结底|一句话|换句话说|也就是说"
    r"|所以说|由此可见|不难看出|可以看到|需要注意|请注意|请记住|记住|目的|之所以|真正"
)
DEFINES = re.compile(r"所谓|(?:是指|指的是|称为|称之为|叫作|叫做|被称作|定义为)|(?:其实)?就是|正是|即[：:“]")
QUOTES = re.compile(r"[“「『][^”」』\n]{2,16}[”」』]")
BOLD = re.compile(r"\*\*[^*\n]{2,40}\*\*|__[^_\n]{2,40}__|<(?:b|strong)>")
ANNOUNCES = re.compile(
    r"(?:本[讲节课章篇文页]|本(?:任务|教程|文档)|这篇(?:文章|文档|教程))[^。！？]{0,14}"
    r"(?:讲|聊|介绍|分享|学习|讨论|看看|探讨|说明|展示|解释|描述|概述|提供|剖析|解析|说说)"
)
PROMISES = re.compile(
    r"(?:今天|这一?(?:讲|节课?|章|课)|接下来)[^。！？]{0,14}(?:讲|聊|介绍|分享|学习|讨论|看看|探讨|剖析|解析|说说|谈谈)"
)
LOOKS_BACK = re.compile(r"^(?:在)?(?:上|前)(?:一|几|面)?(?:个)?(?:讲|节|篇|章|次|课|文|的(?:文章|课程|内容))")
NARRATES = re.compile(
    r"(?:我(?!们|的(?:答案|结论|看法|理解|建议))|[十百几多两\d]+年前|有(?:一)?[天次回]|那天|记得|曾经|当时)"
)
HEADING_COUNTS = 3  # as often as a word in a heading counts beside one in a sentence
DENSE_FROM = 4  # words; a sentence of fewer is not dense because one of them recurs


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the features of a sentence may look at."""

    segmented: Segmented
    title_words: frozenset[str]
    heading_words: frozenset[str]
    first_under_heading: frozenset[int]  # positions of sentences
    opening: int  # position of the first sentence that can stand in a summary
    recurrence: Counter[str]  # content words → sentences with it, and headings
    author_summary: frozenset[int]  # positions of sentences
    densest: float


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


def opening(position: int, _: Sentence, __: frozenset[str], context: Context) -> float:
    """The first sentence of all, greetings apart."""
    return float(position == context.opening)


def early(position: int, _: Sentence, __: frozenset[str], context: Context) -> float:
    """1 at the beginning of the lesson, falling to 0 at its end."""
    return 1 - position / len(context.segmented.sentences)


def recurring(_: int, __: Sentence, words: frozenset[str], context: Context) -> float:
    """How much of what the sentence says comes again in other sentences and in headings."""
    return density(words, context.recurrence) / context.densest


def announces(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """What the text sets out to do, as written texts say it: 本文介绍…"""
    return float(ANNOUNCES.search(sentence.plain) is not None)


def promises(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """What the lesson sets out to do, as teachers say it: 今天我们来聊聊…"""
    return float(PROMISES.search(sentence.plain) is not None)


def bold(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    return float(BOLD.search(sentence.text) is not None)


def quotes(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """A term in quotation marks."""
    return float(QUOTES.search(sentence.plain) is not None)


def cue(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """Words by which an author announces the point."""
    return min(len(set(CUES.findall(sentence.plain))), 2) / 2


def definition(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    return float(DEFINES.search(sentence.plain) is not None)


def author_summary(position: int, _: Sentence, __: frozenset[str], context: Context) -> float:
    """It stands where the author himself sums up."""
    return float(position in context.author_summary)


def code_and_names(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """The share of Latin letters, digits and marks: commands and versions rather than prose."""
    return sum(character.isascii() for character in sentence.plain) / max(len(sentence.plain), 1)


def looks_back(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """It says what another lesson was about."""
    return float(LOOKS_BACK.match(sentence.plain) is not None)


def narrates(_: int, sentence: Sentence, __: frozenset[str], ___: Context) -> float:
    """It tells what happened to the author."""
    return float(NARRATES.match(sentence.plain) is not None)


# Each multiplies what a sentence is worth by 1 + weight × feature.
FEATURES: tuple[tuple[Feature, float], ...] = (
    (title_overlap, 1.0),
    (heading_overlap, 0.3),
    (first_under_heading, 0.6),
    (opening, 0.7),
    (early, 0.7),
    (recurring, 0.5),
    (announces, 1.2),
    (promises, 0.4),
    (bold, 0.5),
    (quotes, 0.3),
    (cue, 0.8),
    (definition, 0.3),
    (author_summary, 1.5),
    (code_and_names, -0.4),
    (looks_back, -0.5),
    (narrates, -0.3),
)


def context_of(
    segmented: Segmented,
    vocabulary: Vocabulary,
    words: Sequence[Sequence[str]],
    *,
    can_stand: Sequence[bool],
    author_summary: frozenset[int],
) -> Context:
    """What the features need to know of a lesson, worked out once."""
    heading_words = [content_words(heading.tokens, vocabulary) for heading in segmented.headings]
    recurrence = Counter(word for sentence in words for word in set(sentence))
    for heading in heading_words:
        recurrence.update(dict.fromkeys(heading, HEADING_COUNTS))
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
        heading_words=frozenset(word for heading in heading_words for word in heading),
        first_under_heading=frozenset(first_under),
        opening=next((position for position, stands in enumerate(can_stand) if stands), -1),
        recurrence=recurrence,
        author_summary=author_summary,
        densest=max((density(frozenset(sentence), recurrence) for sentence in words), default=0.0) or 1.0,
    )


def density(words: frozenset[str], recurrence: Counter[str]) -> float:
    """The mean logarithm of how often a sentence's words recur."""
    return sum(log(recurrence[word]) for word in words) / (len(words) + DENSE_FROM)
