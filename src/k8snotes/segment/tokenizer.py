"""Words: jieba or rjieba for runs of Han characters, our own rules for all the rest.

The two engines hold the same dictionary and cut Han runs alike; they differ where ASCII
meets punctuation and over the rare characters that jieba does not count as Han, so neither
ever sees any of these.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Literal

from k8snotes.model.words import Tokenizer
from k8snotes.segment.lexicon import Lexicon

EngineName = Literal["jieba", "rjieba"]

# What jieba takes for Han. A character beyond stands in no dictionary and is a word of its own.
HAN_RUN = r"[\u4e00-\u9fd5]+"
# kube-apiserver, v1.2.3, apps/v1, c++, node.js
LATIN_WORD = r"[a-z0-9]+(?:[-._/][a-z0-9]+)*(?:\+\+|#)?"
TOKEN = re.compile(rf"(?P<han>{HAN_RUN})|(?P<latin>{LATIN_WORD})|\s+|.", re.DOTALL)


class WordTokenizer:
    """Cuts folded text into the terms of a lexicon, Latin words, Han words and single marks."""

    def __init__(self, name: EngineName, cut_han: Callable[[str], list[str]], lexicon: Lexicon) -> None:
        self.name: str = name
        self._cut_han = cut_han
        self._terms = lexicon.finder()

    def cut(self, folded: str) -> list[str]:
        """The words in order; joined they are the text."""
        words: list[str] = []
        at = 0
        for start, stop in self._terms.find(folded):
            words += self._cut_plain(folded[at:start])
            words.append(folded[start:stop])
            at = stop
        return words + self._cut_plain(folded[at:])

    def _cut_plain(self, text: str) -> list[str]:
        words: list[str] = []
        for token in TOKEN.finditer(text):
            if token["han"] and len(token[0]) > 1:
                words += self._cut_han(token[0])
            else:
                words.append(token[0])
        return words


def make_tokenizer(lexicon: Lexicon, engine: EngineName | None = None) -> Tokenizer:
    """A tokenizer over the engine named, or the fastest that is installed."""
    if engine is None:
        engine = "rjieba" if find_spec("rjieba") else "jieba"
    return WordTokenizer(engine, _cut_with_rjieba() if engine == "rjieba" else _cut_with_jieba(), lexicon)


@cache
def _cut_with_rjieba() -> Callable[[str], list[str]]:
    import rjieba

    engine = rjieba.Jieba()
    return lambda run: list(engine.cut(run, True))


@cache
def _cut_with_jieba() -> Callable[[str], list[str]]:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in its source, and pkg_resources
        import jieba
    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    # Its own start-up would read a cache file from a folder that anyone may write, and gains
    # nothing by it; the dictionary it ships is all we want.
    engine.FREQ, engine.total = engine.gen_pfdict(engine.get_dict_file())
    engine.initialized = True
    return lambda run: list(engine.cut(run, HMM=True))
