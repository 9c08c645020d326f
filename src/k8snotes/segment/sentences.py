"""Sentence boundaries in Chinese and mixed text."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import assert_never

from k8snotes.model.lesson import Code, Figure, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.model.words import HeadingWords, Segmented, Sentence, Token, Tokenizer
from k8snotes.segment.fold import fold
from k8snotes.segment.marks import without_marks

CLOSERS = r"[”’」』）)】》～\"'*_`~]"
ITEM_MARK = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?|\s*>\s?")
# A sentence ends at 。！？…… with the quotes that close there; a Latin full stop ends one
# before a blank, but not after a single letter or a number (e.g., 1., v1.2).
END = re.compile(
    r"(?P<mark>(?<![。！？!?])[。！？!?]++|…{2,}"
    rf"|(?:(?<=[A-Za-z]{{2}})|(?<=[\u3400-\u9fff]))\.(?={CLOSERS}*+(?:\s|\Z)))"
    rf"(?P<closers>{CLOSERS}*+)"
)
ABBREVIATION = re.compile(
    r"(?<![A-Za-z])(?:vs|etc|cf|al|resp|approx|fig|no|vol|mr|mrs|ms|dr|prof|st|inc|ltd)\Z", re.IGNORECASE
)
LONGEST_ABBREVIATION = len("approx")
# What stands inside a pair on one breath is part of the sentence around it.
OPENERS = dict(zip("”」』）)》", "“「『（(《", strict=True))
BRACKET = re.compile(r"`[^`\n]+`|[“”「」『』（）()《》\n]")
ONE_BREATH = 82  # characters, the pair included
# After a closing quote these go on with the sentence: “……。”，他说
GOES_ON = frozenset("，、；：。,;:”』」）")


def split_sentences(text: str, *, at_newlines: bool) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences, half open, blanks around them left out; all words are covered.

    A newline is a boundary in lists and comments and a blank in wrapped paragraphs.
    """
    cuts = list(_ends(text))
    if at_newlines:
        cuts += [newline.end() for newline in re.finditer(r"\n", text)]
    start = 0
    for cut in sorted({*cuts, len(text)}):
        sentence = text[start:cut]
        stripped = sentence.strip()
        if stripped:
            lead = len(sentence) - len(sentence.lstrip())
            yield start + lead, start + lead + len(stripped)
        start = cut


def segment(lesson: Lesson, tokenizer: Tokenizer) -> Segmented:
    """The words of a lesson: title, headings, and the sentences of its prose in reading order."""

    def plain(string: str) -> str:
        return without_marks(string) if lesson.markup == "markdown" else string

    def tokens(string: str) -> tuple[Token, ...]:
        return tuple(tokens_of(plain(string), tokenizer))

    headings: list[HeadingWords] = []
    sentences: list[Sentence] = []
    for number, block in enumerate(lesson.blocks):
        match block:
            case Heading():
                headings.append(HeadingWords(block=number, tokens=tokens(block.text.string)))
            case Paragraph() | ItemList() | Quote():
                for start, stop in _prose(block):
                    string = block.text.string[start:stop]
                    sentences.append(
                        Sentence(
                            text=string,
                            line=block.text.line_at(start),
                            block=number,
                            is_first=not sentences or sentences[-1].block != number,
                            plain=plain(string),
                            tokens=tokens(string),
                        )
                    )
            case Code() | Table() | Figure():
                pass
            case _:
                assert_never(block)
    return Segmented(
        title=tuple(tokens_of(lesson.title or "", tokenizer)),
        headings=tuple(headings),
        sentences=tuple(sentences),
    )


def tokens_of(string: str, tokenizer: Tokenizer) -> Iterator[Token]:
    """The words of a string, each with the run of the string that it came from."""
    folded = fold(string)
    at = 0
    for word in tokenizer.cut(folded.string):
        start, stop = folded.source_span(at, at + len(word))
        yield Token(word, string[start:stop])
        at += len(word)


def _prose(block: Paragraph | ItemList | Quote) -> Iterator[tuple[int, int]]:
    """The sentences of a block; an item of a list begins after its mark."""
    string = block.text.string
    is_list = isinstance(block, ItemList)
    for start, stop in split_sentences(string, at_newlines=is_list):
        begins_line = _begins_line(string, start)
        mark = ITEM_MARK.match(string[start:stop]) if is_list and begins_line else None
        begin = mark.end() + start if mark else start
        if begin < stop:
            yield begin, stop


def _begins_line(string: str, at: int) -> bool:
    """Whether only blanks stand before a place on its line; the line itself may have no end."""
    while at and string[at - 1] != "\n" and string[at - 1].isspace():
        at -= 1
    return at == 0 or string[at - 1] == "\n"


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, the quotes and marks that close there included."""
    pairs = _pairs(text)
    start = 0
    for end in END.finditer(text):
        if _is_part_of_a_word(text, end) or _goes_on(text, end, pairs):
            continue
        start = end.start("closers") + len(_closing(text, start, end))
        yield start


def _pairs(text: str) -> list[tuple[int, int]]:
    """Code, and quotations and brackets of one breath: the outermost, apart and in order."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in BRACKET.finditer(text):
        start, stop = bracket.span()
        if bracket[0] == "\n":
            opened.clear()
            continue
        if opener := OPENERS.get(bracket[0]):
            near = (i for i in reversed(opened[-ONE_BREATH:]) if text[i] == opener)
            start = next(near, -ONE_BREATH)
            if stop - start > ONE_BREATH:
                continue
            while opened.pop() != start:
                pass  # what was opened in between is never closed
        elif len(bracket[0]) == 1:
            opened.append(start)
            continue
        while pairs and pairs[-1][0] > start:
            pairs.pop()
        pairs.append((start, stop))
    return pairs


def _is_part_of_a_word(text: str, end: re.Match[str]) -> bool:
    """Whether what looks like an end is none: in `a?b=c`, `!=`, `![图]`, `vs. `."""
    mark = end["mark"]
    if mark == ".":
        return bool(ABBREVIATION.search(text[max(end.start() - LONGEST_ABBREVIATION - 1, 0) : end.start()]))
    after = text[end.end() : end.end() + 1]
    return mark.isascii() and after.isascii() and not (after == "" or after.isspace())


def _goes_on(text: str, end: re.Match[str], pairs: list[tuple[int, int]]) -> bool:
    """Whether the sentence goes on after what looks like its end; `pairs` are apart and in order."""
    before = bisect_left(pairs, (end.start(),)) - 1
    if before < 0 or pairs[before][1] <= end.start():
        return False
    if end.end() < pairs[before][1]:
        return True  # in the middle of a quotation
    # The quotation ends with its own mark: 。” closes the sentence, ？” may not.
    after = text[end.end() : end.end() + 1]
    asked = end["mark"][0] in "？！?!"
    return after in GOES_ON or (asked and after != "" and not after.isspace())


def _closing(text: str, start: int, end: re.Match[str]) -> str:
    """Those of the closers that close something; `**` and `"` may open the next sentence instead."""
    kept = ""
    for run in re.finditer(r"([\"'*_`~])\1*|.", end["closers"]):
        if run[1] and text.count(run[0], start, end.start()) % 2 == 0:
            break
        kept += run[0]
    return kept
