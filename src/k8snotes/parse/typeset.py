"""A PDF's lines by how they look: which are one paragraph, which are headings, lists or code.

A line was cut from the one above where it could not have stood there: its first word is wider than
the room that was left. Where the room would have done, the page's author ended the paragraph. What
the text alone does not show, a tagged PDF says, else the distance between the lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from k8snotes.model.lesson import Block, Code, Heading, ItemList, Paragraph, Quote, Table
from k8snotes.model.source import Look, Source
from k8snotes.model.text import Piece, Text
from k8snotes.parse.bare_code import looks_like_code
from k8snotes.parse.paragraphs import CLOSERS, Line, concatenated
from k8snotes.parse.wraps import rejoined, writes_blanks

LIST_ITEM = re.compile(r"[•·●◦▪]\s|\d{1,2}[.、]\s?(?!\d)")
HEADING_TAG = re.compile(r"H(?P<level>[1-6])?")
SAME_SIZE = 0.06  # sizes that differ by less are one, as a part of the larger
SAME_PARAGRAPH = 0.03  # of the size: lines of one paragraph differ by less
LARGER = 1.07  # than the body, at least, are headings
LONGEST_HEADING = 60
LONGEST_MINOR = 40
MINOR_NEVER_ENDS = ("。", "；", "，", "：", ":", "！", "、")
SAME_DISTANCE = 1.4  # points
SAME_PITCH = 1.0  # points
SAME_PLACE = 1.5  # points; browsers put lines on whole pixels
ROOM = 0.35  # of a character, by which the next word may miss the edge
NEAR_EDGE = 3.0  # characters: a column that ends so near the page's edge ends with the page
SUPPORT = 3  # lines that end where a narrower column does
NEXT_PART = 1.6  # lines that stand further apart than this, in lines, are no one paragraph
LATIN_WORD = re.compile(r"[A-Za-z0-9][\w.:/-]*[A-Za-z0-9]|[A-Za-z0-9]", re.ASCII)
# From where such a run begins, so that each is looked at once.
LATIN_END = re.compile(r"(?<![\w.:/-])[_.:/-]*+(?P<word>[A-Za-z0-9](?:[\w.:/-]*[A-Za-z0-9.:/-])?)$", re.ASCII)
LATIN_START = re.compile(r"[A-Za-z0-9](?:[\w.:/-]*[A-Za-z0-9])?", re.ASCII)
BLANK_AND_LETTER = 1.25  # of the size: no two are wider
COMMON_WORDS = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "if", "If", "in", "In", "is",
    "it", "not", "of", "on", "or", "that", "the", "The", "this", "to", "use", "we", "We", "with", "you",
])  # fmt: skip
LONE = re.compile(r"(?![aAI])[A-Za-z]")  # hardly ever a word
LONE_LETTER = 0.3
UNLIKELY = 0.2
NUMBERED_LINE = re.compile(r"\s*(?P<number>\d{1,4})(?:\s+|$)")
CUT_AFTER = ("-", "/", "=", "?")
CODE_CHARACTER = 0.6  # of the size: how wide one is in a fixed font
# A paragraph may end in a colon, hardly ever in a semicolon.
ENDS_PARAGRAPH = re.compile(rf"[。！？：…!?:.~～][{CLOSERS}]*$")
COPY_BUTTON = "复制代码"


class Typeset:
    """The looks of a source's lines, and what follows from them."""

    def __init__(self, source: Source, margins: Collection[int]) -> None:
        self.source = source
        self.looks = [None if at in margins else look for at, look in enumerate(source.looks)]
        self.page_starts = [line - 1 for line, _ in source.places]
        self.body_size = self._usual_size(Line(line, at, 0) for at, line in enumerate(source.lines, 1))
        self.spaced = writes_blanks(
            line for line, look in zip(source.lines, self.looks, strict=True) if look and not look.is_fixed
        )
        self.is_tagged = any(look and look.tag and HEADING_TAG.fullmatch(look.tag) for look in self.looks)
        self.rights = self._rights()
        self.edges: dict[tuple[int, float], float] = {}
        self.edge = self._edge()
        self.pitches = self._pitches()

    def look(self, line: Line) -> Look:
        look = self.looks[line.line - 1]
        assert look is not None, "a blank line"
        return look

    def groups(self, lines: Sequence[Line], *, is_plain: bool = False) -> list[list[Line]]:
        """The lines in groups that were one line before the page broke them.

        `is_plain`: with no marks inside, so that a new piece of text is a new line.
        """
        groups: list[list[Line]] = []
        for line in lines:
            if groups and self._goes_on(groups[-1], line, is_plain=is_plain):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def comment_text(self, lines: Sequence[Line]) -> Callable[[Sequence[Line]], Text]:  # noqa: ARG002
        """How lines out of these comments read: joined where the page broke them."""
        return lambda some: concatenated(
            [self.joined(group) for group in self.groups(some, is_plain=True)], "\n"
        )

    def goes_on(self, before: Line, line: Line) -> bool:
        return self._goes_on([before], line)

    def in_one_part(self, before: Line, line: Line) -> bool:
        part = self.look(before).part
        return part is not None and part == self.look(line).part

    def distance(self, before: Line, line: Line) -> float | None:
        """How many points lie between the baselines of two lines of a page."""
        if self._page(before) != self._page(line):
            return None
        return round(self.look(before).baseline - self.look(line).baseline)

    def alike(self, samples: Sequence[Line]) -> Callable[[Line], bool] | None:
        """Tells whether a line is set as large as most of these; None for no samples."""
        sizes = Counter(_rounded(self.look(line).size) for line in samples)
        if not sizes:
            return None
        (size, _), *_ = sizes.most_common(1)
        return lambda line: _same(self.look(line).size, size)

    def title_in(self, lines: Sequence[Line], *, whole: bool) -> range:
        """Which of the lines at the head are the title: the first that are set like one, if any is."""
        start = next((at for at, line in enumerate(lines) if self.is_title_like(line)), None)
        if start is None:
            return range(len(lines) if whole else min(len(lines), 1))
        stop = start + 1
        while stop < len(lines) and self.same_size(lines[start], lines[stop]):
            stop += 1
        return range(start, stop)

    def joined(self, group: Sequence[Line]) -> Text:
        return rejoined(group, spaced=self.spaced, is_cut=self._is_cut)

    def is_title_like(self, line: Line) -> bool:
        """Whether a line is set like a title: larger than the body, or tagged as the first heading."""
        look = self.look(line)
        return look.tag == "H1" or look.size >= LARGER * self.body_size

    def same_size(self, line: Line, other: Line) -> bool:
        return _same(self.look(line).size, self.look(other).size)

    def blocks(self, lines: Sequence[Line], title: Line | None) -> Iterator[Block]:
        """The blocks of the body; the heading next in size to the title is of the second level."""
        self.body_size = self._usual_size(lines) or self.body_size
        levels = self._levels(lines, title)
        lists: list[list[Line]] = []
        runs = list(self._runs(lines))
        minor = self._minor_headings([None if is_code else group for group, is_code in runs])
        for at, (group, is_code) in enumerate(runs):
            kind = None if is_code else len(levels) + 1 if at in minor else self._kind(group, levels)
            if kind != "list" and lists:
                yield self._list(lists)
                lists = []
            span = {"first_line": group[0].line, "last_line": group[-1].line}
            match kind:
                case None:
                    yield self._code(group)
                case "list":
                    lists.append(group)
                case int():
                    yield Heading(text=self.joined(group), level=kind, **span)
                case "BlockQuote":
                    yield Quote(text=self.joined(group), **span)
                case "TR":
                    yield Table(text=self.joined(group), **span)
                case _:
                    yield Paragraph(text=self.joined(group), **span)
        if lists:
            yield self._list(lists)

    def _kind(self, group: Sequence[Line], levels: Sequence[float]) -> str | int:
        look = self.look(group[0])
        if (level := self._heading_level(group, levels)) is not None:
            return level
        if look.tag == "LI" or LIST_ITEM.match(group[0].string):
            return "list"
        return look.tag or ""

    def _list(self, items: Sequence[Sequence[Line]]) -> ItemList:
        return ItemList(
            text=concatenated([self.joined(item) for item in items], "\n"),
            first_line=items[0][0].line,
            last_line=items[-1][-1].line,
        )

    # What goes on in the next line

    def _goes_on(self, group: Sequence[Line], line: Line, *, is_plain: bool = False) -> bool:
        before, above, here = group[-1], self.look(group[-1]), self.look(line)
        on_same_page = self._page(before) == self._page(line)
        in_same_part = above.part is not None and above.part == here.part
        if not in_same_part and abs(above.size - here.size) > SAME_PARAGRAPH * here.size:
            return False
        if above.part is not None and here.part is not None and not in_same_part:
            return False
        pitch = above.baseline - here.baseline if on_same_page else None
        usual = self.pitches.get(_rounded(here.size))
        if pitch is not None:
            if pitch <= 0:
                return False
            if not in_same_part and usual is not None and pitch > NEXT_PART * usual:
                return False
        if not in_same_part and not self._stands_below(group, line):
            return False
        if not self._is_full(before, line):
            return False
        if in_same_part:
            is_one_run = above.runs is None or here.runs is None or above.runs[1] == here.runs[0]
            if is_one_run or not on_same_page:
                return True
            return not is_plain and ENDS_PARAGRAPH.search(before.string) is None
        if LIST_ITEM.match(line.string) and (
            LIST_ITEM.match(group[0].string) or ENDS_PARAGRAPH.search(before.string)
        ):
            return False
        if pitch is not None and usual is not None and pitch <= usual + SAME_PITCH:
            return True
        return ENDS_PARAGRAPH.search(before.string) is None

    def _stands_below(self, group: Sequence[Line], line: Line) -> bool:
        """Whether a line begins where one that goes on does: below the text, not below its mark or indent."""
        above, here = self.look(group[-1]), self.look(line)
        move = here.left - above.left
        if abs(move) <= SAME_PLACE:
            return True
        if len(group) > 1:
            return False
        reach = NEAR_EDGE * here.size
        return (0 < move < reach and LIST_ITEM.match(group[0].string) is not None) or -reach < move < 0

    def _is_full(self, before: Line, line: Line) -> bool:
        """Whether the first word of a line had no room at the end of the one before."""
        here = self.look(line)
        return self._room(before) < here.first_word + ROOM * here.size

    def _room(self, before: Line) -> float:
        """How much is left at the end of a line."""
        above = self.look(before)
        return self._edge_of(above) - above.right

    def _room_unstretched(self, before: Line) -> float | None:
        """How much was left before the page stretched the line; None where that does not show."""
        stretched = self.look(before).stretched
        return None if stretched is None else self._room(before) + stretched

    def _edge_of(self, look: Look) -> float:
        """Where the column ends that a line stands in: where others end that begin with it, if many do."""
        key = (round(look.left), _rounded(look.size))
        if key not in self.edges:
            self.edges[key] = self._find_edge(look)
        return self.edges[key]

    def _find_edge(self, look: Look) -> float:
        first = bisect_left(self.rights, (look.left - SAME_PLACE,))
        stop = bisect_right(self.rights, (look.left + SAME_PLACE, float("inf")))
        rights = sorted((right for _, right in self.rights[first:stop]), reverse=True)
        if not rights:
            return self.edge
        edge = rights[0]
        near = sum(edge - right <= look.size for right in rights)
        if self.edge - edge <= NEAR_EDGE * look.size or near >= SUPPORT:
            return edge
        return self.edge

    def _is_cut(self, before: Line, line: Line) -> bool:
        """Whether the page broke a Latin word in two: one that stands elsewhere, or the page breaks any."""
        if (is_cut := self._is_known_cut(before, line)) is not None:
            return is_cut
        if not LATIN_END.search(before.string) or not LATIN_START.match(line.string):
            return False
        return self.cuts_words and (self._room_unstretched(before) or 0.0) < self.look(line).size

    def _is_known_cut(self, before: Line, line: Line) -> bool | None:
        """Whether two pieces stand elsewhere as one word, or as two; None for neither."""
        end, start = LATIN_END.search(before.string), LATIN_START.match(line.string)
        if end is None or start is None:
            return None
        if end["word"] in self.words and start[0] in self.words:
            return False
        return True if end["word"] + start[0] in self.words else None

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words that stand inside a line, and some that stand in any."""
        return COMMON_WORDS.union(
            word for line in self.source.lines for word in LATIN_WORD.findall(line[1:-1])
        )

    @cached_property
    def cuts_words(self) -> bool:
        """Whether the page breaks Latin words anywhere: then none of them left much room before it.

        Where words stay whole, a line before a long one has any room that is less than the word; that
        all of many have little of it would be chance.
        """
        chance = 1.0
        for before, line in self._wrapped_pairs():
            look, room = self.look(line), self._room_unstretched(before)
            if room is None or not LATIN_START.match(line.string):
                continue
            if room >= BLANK_AND_LETTER * look.size:
                return False
            chance *= min(BLANK_AND_LETTER * look.size / look.first_word, 1.0)
            end, start = LATIN_END.search(before.string), LATIN_START.match(line.string)
            ends = [end["word"] if end else "", start[0] if start else ""]
            chance *= LONE_LETTER ** sum(LONE.fullmatch(word) is not None for word in ends)
        return chance < UNLIKELY

    def _wrapped_pairs(self) -> Iterator[tuple[Line, Line]]:
        """Lines of prose that surely go on in the next: in the middle of a sentence, on the same page."""
        for at, (above, here) in enumerate(pairwise(self.looks)):
            if above is None or here is None or above.is_fixed or here.is_fixed:
                continue
            before, line = Line(self.source.lines[at], at + 1, 0), Line(self.source.lines[at + 1], at + 2, 0)
            if (
                _same(above.size, here.size)
                and above.baseline > here.baseline
                and abs(above.left - here.left) <= SAME_PLACE
                and above.part == here.part
                and not ENDS_PARAGRAPH.search(before.string)
                and self._is_full(before, line)
            ):
                yield before, line

    # What a document's lines have in common

    def _usual_size(self, lines: Iterable[Line]) -> float:
        """The size that most characters of the lines have, code aside; 0 for none."""
        sizes: Counter[float] = Counter()
        for line in lines:
            look = self.looks[line.line - 1]
            if look is not None and not look.is_fixed:
                sizes[_rounded(look.size)] += len(line.string)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    def _rights(self) -> list[tuple[float, float]]:
        return sorted((look.left, look.right) for look in self.looks if look and not look.is_fixed)

    def _edge(self) -> float:
        """Where the widest column ends: what two lines reach, since one alone may run over it."""
        rights = sorted((right for _, right in self.rights), reverse=True)
        return next(
            (wide for wide, next_one in pairwise(rights) if wide - next_one <= self.body_size),
            max(rights, default=0.0),
        )

    def _pitches(self) -> dict[float, float]:
        """How far apart the lines of a paragraph stand, by their size: where the sentence surely goes on."""
        found: dict[float, list[float]] = defaultdict(list)
        for before, line in self._wrapped_pairs():
            here = self.look(line)
            found[_rounded(here.size)].append(self.look(before).baseline - here.baseline)
        return {size: median(pitches) for size, pitches in found.items()}

    def _page(self, line: Line) -> int:
        return bisect_right(self.page_starts, line.line - 1)

    # Headings

    def _levels(self, lines: Sequence[Line], title: Line | None) -> list[float]:
        """The sizes that headings have, the largest first; the title's before all."""
        sizes = {_rounded(self.look(line).size) for line in lines if self.is_title_like(line)}
        levels: list[float] = [] if title is None else [self.look(title).size]
        for size in sorted(sizes, reverse=True):
            if not levels or not _same(levels[-1], size):
                levels.append(size)
        return levels

    def _heading_level(self, group: Sequence[Line], levels: Sequence[float]) -> int | None:
        look = self.look(group[0])
        if look.tag and (match := HEADING_TAG.fullmatch(look.tag)):
            return int(match["level"] or 2)
        text = "".join(line.string for line in group)
        if self.is_tagged or look.size < LARGER * self.body_size or len(text) > LONGEST_HEADING:
            return None
        if text.endswith(("。", "；", "，")) or not any(character.isalnum() for character in text):
            return None
        return min(next((at for at, size in enumerate(levels, 1) if _same(size, look.size)), 2), 6)

    def _minor_headings(self, groups: Sequence[Sequence[Line] | None]) -> set[int]:
        """Which groups are headings of the body's size: bold lines that stand otherwise than paragraphs do.

        A paragraph that is all bold keeps a paragraph's distance above and below. `groups` has None for code.
        """
        if self.is_tagged:
            return set()
        distances = [self._distance(above, below) for above, below in pairwise(groups)]
        bold = {at for at, group in enumerate(groups) if group and self._is_bold_line(group)}
        usual = [
            distance
            for at, distance in enumerate(distances)
            if distance is not None and at not in bold and at + 1 not in bold
        ]
        if 2 * len(bold) > len(groups):
            return set()
        apart = median(usual) if usual else None
        found: set[int] = set()
        larger = {at for at, group in enumerate(groups) if group and self._is_larger(group[0])}
        for at in bold:
            around = ([None, *distances][at], [*distances, None][at])
            known = [distance for distance in around if distance is not None]
            if (
                at in larger
                or apart is None
                or not known
                or any(abs(distance - apart) > SAME_DISTANCE for distance in known)
            ):
                found.add(at)
        return found

    def _is_larger(self, line: Line) -> bool:
        return self.look(line).size > self.body_size * (1 + SAME_PARAGRAPH)

    def _is_bold_line(self, group: Sequence[Line]) -> bool:
        string, look = group[0].string, self.look(group[0])
        return (
            len(group) == 1
            and (look.is_bold or (look.is_bold is None and self._is_larger(group[0])))
            and look.size >= self.body_size * (1 - SAME_SIZE)
            and len(string) <= LONGEST_MINOR
            and not string.endswith(MINOR_NEVER_ENDS)
        )

    def _distance(self, above: Sequence[Line] | None, below: Sequence[Line] | None) -> float | None:
        """How far a paragraph is from the last line of the one above; None for any other neighbours."""
        if not above or not below or self._page(above[-1]) != self._page(below[0]):
            return None
        last, first = self.look(above[-1]), self.look(below[0])
        is_prose = _same(last.size, self.body_size) and _same(first.size, self.body_size)
        return (
            last.baseline - first.baseline if is_prose and abs(last.left - first.left) <= SAME_PLACE else None
        )

    # Code

    def _runs(self, lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
        """The lines in groups that are a block each, and whether it is code."""
        at = 0
        while at < len(lines):
            stop = at
            while (
                stop < len(lines)
                and self._is_code(lines, stop)
                and (stop == at or self._same_code(lines[stop - 1], lines[stop]))
            ):
                stop += 1
            if stop > at:
                yield list(lines[at:stop]), True
                at = stop
                continue
            stop = at + 1
            while stop < len(lines) and not self._is_code(lines, stop):
                stop += 1
            yield from ((group, False) for group in self.groups(lines[at:stop]))
            at = stop

    def _is_code(self, lines: Sequence[Line], at: int) -> bool:
        """Whether a line is set in a fixed font as a whole, or stands as a remark between such lines."""
        line = lines[at]
        look = self.look(line)
        if look.tag and look.tag != "Code" and not look.tag.startswith(("Div", "NonStruct", "Pre")):
            return False
        if line.string == COPY_BUTTON:
            return False
        if look.is_fixed and (looks_like_code(line.string) or look.tag == "Code"):
            return True
        if look.is_fixed and look.is_even and not _same(look.size, self.body_size):
            return True
        if look.is_fixed is False:
            return False
        return any(self._is_next_code(line, lines[i]) for i in (at - 1, at + 1) if 0 <= i < len(lines))

    def _is_next_code(self, line: Line, other: Line) -> bool:
        """Whether another line is code beyond doubt, and as near as lines of code are."""
        here, there = self.look(line), self.look(other)
        return (
            there.is_fixed is True
            and looks_like_code(other.string)
            and _same(there.size, here.size)
            and self._page(line) == self._page(other)
            and abs(there.baseline - here.baseline) <= self.code_pitch + SAME_PITCH
        )

    @cached_property
    def code_pitch(self) -> float:
        """How far apart lines of code stand."""
        pitches = [
            above.baseline - here.baseline
            for above, here in pairwise(self.looks)
            if above and here and above.is_fixed and here.is_fixed and above.baseline > here.baseline
        ]
        return median(pitches) if pitches else 0.0

    def _same_code(self, before: Line, line: Line) -> bool:
        above, here = self.look(before), self.look(line)
        if not _same(above.size, here.size):
            return False
        return self._page(before) != self._page(line) or above.part == here.part or above.part is None

    def _code(self, lines: Sequence[Line]) -> Code:
        """The lines as they stand on the page, those joined that its edge cut, without their numbers."""
        numbers = _line_numbers([line.string for line in lines])
        left = min(self.look(line).left for line in lines)
        edge = self._code_edge(left)
        indents = self._page_indents(lines)
        shown: list[Text] = []
        for at, line in enumerate(lines):
            raw = self.source.lines[line.line - 1]
            column = numbers.get(at, 0)
            text = Text(string=raw[column:], pieces=(Piece(0, line.line, column),))
            if (
                at
                and self._is_wrapped_code(lines[at - 1], line, edge, left)
                and (not numbers or at not in numbers)
            ):
                joint = self._code_joint(lines[at - 1], line, edge)
                shown[-1] = concatenated([shown[-1], text.trimmed(" ")], joint)
            else:
                indent = indents[self._page(line)]
                shown.append(text.edited([(0, 0, " " * indent)]) if indent and not numbers else text)
        dedent = min(
            (len(text.string) - len(text.string.lstrip()) for text in shown if text.string.strip()), default=0
        )
        return Code(
            text=concatenated([text.edited([(0, dedent, "")]) for text in shown], "\n").trimmed("\n"),
            language=None,
            first_line=lines[0].line,
            last_line=lines[-1].line,
        )

    def _page_indents(self, lines: Sequence[Line]) -> dict[int, int]:
        """How many blanks the lines of each page lack before the block's own beginning."""
        begins: dict[int, float] = {}
        for line in lines:
            look = self.look(line)
            raw = self.source.lines[line.line - 1]
            begin = look.left - (len(raw) - len(raw.lstrip())) * CODE_CHARACTER * look.size
            begins[self._page(line)] = min(begin, begins.get(self._page(line), begin))
        first = min(begins.values())
        width = CODE_CHARACTER * self.look(lines[0]).size
        return {page: round((begin - first) / width) for page, begin in begins.items()}

    def _code_joint(self, before: Line, line: Line, edge: float) -> str:
        """What stood where the page's edge cut a line of code: a blank, unless it cuts anywhere."""
        if before.string.endswith(CUT_AFTER):
            return ""
        if (is_cut := self._is_known_cut(before, line)) is not None:
            return "" if is_cut else " "
        look = self.look(before)
        cut = edge - look.right < CODE_CHARACTER * look.size and before.string[-1:].isalnum()
        return "" if cut and self.cuts_words else " "

    def _code_edge(self, left: float) -> float:
        """Where the page's edge cuts code: as far from the text's end as the code is from its beginning."""
        begin = min((left for left, _ in self.rights), default=0.0)
        edge = self.edge - max(left - begin, 0.0)
        beyond = [
            look.right for look in self.looks if look and look.is_fixed and look.right > edge + SAME_PLACE
        ]
        return max(beyond) if len(beyond) > 1 else edge  # one alone may be a word that has no room

    def _is_wrapped_code(self, before: Line, line: Line, edge: float, left: float) -> bool:
        above, here = self.look(before), self.look(line)
        return here.left - left <= SAME_PLACE and edge - above.right < here.first_word + ROOM * here.size


def _line_numbers(strings: Sequence[str]) -> dict[int, int]:
    """How many characters of each line the page's line number takes; none where the lines have none.

    A line that the page's edge cut has no number.
    """
    found: dict[int, int] = {}
    expected: int | None = None
    for at, string in enumerate(strings):
        match = NUMBERED_LINE.match(string)
        number = int(match["number"]) if match else None
        if match and (expected is None or number == expected):
            found[at] = match.end("number")
            expected = (number or 0) + 1
        elif at == 0:
            return {}
    return found if len(found) > 1 and len(found) * 2 > len(strings) else {}


def _same(size: float, other: float) -> bool:
    return abs(size - other) <= SAME_SIZE * max(size, other)


def _rounded(size: float) -> float:
    return round(size, 1)
