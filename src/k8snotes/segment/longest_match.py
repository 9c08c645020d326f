"""Words without a dictionary of all words: the longest known one each time, what is unknown as a whole.

Cuts worse than a segmenter and needs none: enough to see which words two texts share.
"""

import re
from collections.abc import Iterator

from k8snotes.model.words import Vocabulary

RUN = re.compile(r"(?P<han>[\u3400-\u9fff]+)|[a-z0-9]+(?:[-._/][a-z0-9]+)*")
LONGEST = 6  # characters of a Han word
# Words of their own that as often begin a longer one, which no list of common words has: 不锈钢.
PREFIXES = frozenset("不无非未多单双主副超")


class LongestMatch:
    """Cuts folded text by the general words and the terms of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._lists = vocabulary.common_ranks, vocabulary.preferred, vocabulary.stop_words

    def words(self, folded: str) -> Iterator[str]:
        """The words in order; what no list knows stands between those that one does, in one piece."""
        for run in RUN.finditer(folded):
            if run["han"]:
                yield from self._han_words(run["han"])
            else:
                yield run[0]

    def _han_words(self, run: str) -> Iterator[str]:
        at = unknown = 0
        while at < len(run):
            stop = min(at + LONGEST, len(run))
            while stop > at and not self._is_known(run[at:stop]):
                stop -= 1
            if stop == at:
                at += 1
                continue
            if unknown < at:
                yield run[unknown:at]
            yield run[at:stop]
            at = unknown = stop
        if unknown < at:
            yield run[unknown:at]

    def _is_known(self, word: str) -> bool:
        ranks, terms, stop_words = self._lists  # to join them takes longer than to cut a comment
        return (word in ranks or word in terms or word in stop_words) and word not in PREFIXES
