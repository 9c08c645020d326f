"""Sentence boundaries in Chinese and mixed text."""

import re
from collections.abc import Iterator
from typing import assert_never

from k8snotes.model.lesson import Code, Figure, Heading, ItemList, Lesson, Paragraph, Quote, Table
from k8snotes.model.text import HeadingWords, Segmented, Sentence, Token, Tokenizer
from k8snotes.segment.fold import fold
from k8snotes.segment.marks import ITEM_MARK, without_marks

CLOSERS = "”’」』）)】》\"'*_`～~"
# A sentence ends at 。！？…… with the quotes that close there; a Latin full stop ends one
# before a blank, but not after a single letter or a number (e.g., 1., v1.2).
END = re.compile(
    rf"(?:[。！？!?]+|…{{2,}}|(?<=[A-Za-z]{{2}})\.(?=\s|$)|(?<=[\u3400-\u9fff])\.(?=\s|$))[{re.escape(CLOSERS)}]*"
)
# What stands inside a pair on one breath is part of the sentence around it.
PAIR = re.compile(
    r"“[^“”\n]{0,80}”|「[^「」\n]{0,80}」|（[^（）\n]{0,80}）|\([^()\n]{0,80}\)|《[^《》\n]{0,60}》|`[^`\n]+`"
)
# After a closing quote these go on with the sentence: “……？”这个问题，
GOES_ON = re.compile(r"[，、；：。,;:”』」）]|[？！?!][”」』]$")


def split_sentences(text: str, *, at_newlines: bool) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences, half open, blanks around them left out; all words are covered.

    A newline is a boundary in lists and comments and a blank in wrapped paragraphs.
    """
    inside = [(pair.start(), pair.end()) for pair in PAIR.finditer(text)]
    cuts = [end.end() for end in END.finditer(text) if not _goes_on(text, end, inside)]
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
    return Segmented(title=tokens(lesson.title or ""), headings=tuple(headings), sentences=tuple(sentences))


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
        begin = start + (_mark_length(string[start:stop]) if is_list else 0)
        if begin < stop:
            yield begin, stop


def _mark_length(item: str) -> int:
    mark = ITEM_MARK.match(item)
    return mark.end() if mark else 0


def _goes_on(text: str, end: re.Match[str], inside: list[tuple[int, int]]) -> bool:
    """Whether the sentence goes on after what looks like its end."""
    for start, stop in inside:
        if start < end.start() and end.end() < stop:
            return True  # in the middle of a quotation
        if start < end.start() < stop <= end.end():
            # The quotation ends with its own mark: 。” closes the sentence, ？” may not.
            after = text[end.end() : end.end() + 1]
            asked = text[end.start()] in "？！?!"
            return bool(GOES_ON.match(after)) or (asked and after != "" and not after.isspace())
    return False
