"""What the index keeps of a page: rows of terms, facts to filter by, and the page itself."""

import datetime
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from k8snotes.index.folding import Fold, PageFold
from k8snotes.index.names import LONGEST, name_key
from k8snotes.index.packing import FASTEST, Packed, Placing, packed, placing_of
from k8snotes.index.readings import EditsOf, Reading, readings_of
from k8snotes.index.rows import FIELDS, LAST_PASSAGE, LENGTH_OF, Field, Length, row_number
from k8snotes.index.seams import Seams, seams_of, shares_lines
from k8snotes.index.tokens import Runs, names_in, runs_of, terms_of, tokens_of
from k8snotes.model.page import Page, Passage

LEAD_PASSAGES = 2
# Names of files that say nothing; their folder's name does.
NAMELESS = frozenset({"index", "_index", "readme", "default", ""})
QUOTED = re.compile(
    r"“([^“”\n]{2,24})”|「([^「」\n]{2,24})」|《([^《》\n]{2,24})》|`([^`\n]{2,24})`|\*\*([^*\n]{2,24})\*\*"
)
LATIN_NAME = re.compile("[A-Za-z][A-Za-z0-9-]+")


class Entry(NamedTuple):  # no dataclass: thousands go from process to process
    """A page for the index. Rows are numbered within their lesson, ascending."""

    path: str
    title: str | None
    number: int | None
    author: str | None
    day: str | None  # ISO
    rows: list[tuple[int, str]]  # number, terms
    remarks: list[tuple[int, str | None, str | None, int | None]]  # row, key of the author, ISO day, likes
    lengths: list[int]  # terms of each part
    words: set[str]  # Latin, folded
    names: bytes  # what the lesson calls things, a line each, as written; packed
    short_names: list[str]  # those that may be suggested, folded; as written after a tab where that differs
    passages: int
    page: Packed
    seams: Seams
    shares_lines: bool  # whether several comments stand on one


def entry_of(page: Page, fold: Fold, edits_of: EditsOf) -> Entry:
    """What the index keeps of a page; `fold` folds a string."""
    readings = [*readings_of(page, edits_of)]
    placings = [placing_of(passage, page.lines) for passage in page.passages]
    words = [reading.string for reading in readings]
    stored = set("\n".join(page.lines))
    page_fold = PageFold(stored.union(*_others(page, placings, readings)), fold)
    # What has no number left is found by grep alone.
    passages = page.passages[: LAST_PASSAGE + 1]
    fields = list(_fields(passages))
    places = [row_number(Field.TITLE, 0), row_number(Field.FACTS, 0)]
    places += [row_number(field, position) for position, field in enumerate(fields)]
    title = f"{page.title or ''}\n{_file_words(page)}"
    tokens = tokens_of([title, _facts(page), *words[: len(passages)]], page_fold)
    rest = _rest(page, placings, words, tokens.runs, page_fold)
    rows = list(zip(places, tokens.terms, strict=True))
    # A title of one name, RootCAConfigMap, is no shorter than root-ca-config-map, and found as that, too.
    called = names_in(title)
    rows[0] = places[0], " ".join((tokens.terms[0], *sorted(called.joined)))
    rows[1] = places[1], _without_terms(tokens.terms[1], rows[0][1])
    if any(rest):
        rows.append((row_number(Field.REST, 0), terms_of(rest)))
    rows.sort()
    lengths = [0] * len(Length)
    # Nothing of a lesson has no length but what is gone.
    lengths[Length.TITLE] = 1 + called.parts - called.words
    for field, length in zip((Field.TITLE, Field.FACTS, *fields), tokens.lengths, strict=True):
        if field in LENGTH_OF:
            lengths[LENGTH_OF[field]] += length
    names = list(dict.fromkeys(_names(page, words)))
    return Entry(
        path=page.path,
        title=page.title,
        number=page.number,
        author=page.author,
        day=_iso(page.date),
        rows=rows,
        remarks=[
            (row_number(field, position), *_remark(passage, fold))
            for position, (field, passage) in enumerate(zip(fields, passages, strict=True))
            if field in (Field.COMMENT, Field.REPLY)
        ],
        lengths=lengths,
        words=tokens.runs.latin | rest.latin,
        names=zlib.compress("\n".join(names).encode("utf-8", "surrogatepass"), FASTEST),
        short_names=list(_short_names(names, fold)),
        passages=len(page.passages),
        page=packed(page, placings),
        seams=seams_of(page, stored, placings, readings, fold),
        shares_lines=shares_lines(page.passages),
    )


def _others(page: Page, placings: list[Placing], readings: list[Reading]) -> Iterator[str]:
    """All texts of a page that may hold a character that its lines do not."""
    yield from (page.title or "", _file_words(page), _facts(page))
    for passage, placing, reading in zip(page.passages, placings, readings, strict=True):
        if placing == "pieces":
            yield passage.text.string
        if reading.foreign:
            yield reading.foreign


def _without_terms(terms: str, others: str) -> str:
    """The terms that are none of the others: what is known of a lesson is shown as its title, once."""
    known = {*others.split()}
    return " ".join([term for term in terms.split() if term not in known])


def _fields(passages: Sequence[Passage]) -> Iterator[Field]:
    leads = 0
    for passage in passages:
        field = FIELDS[passage.kind]
        if field is Field.BODY and leads < LEAD_PASSAGES:
            field = Field.LEAD
            leads += 1
        yield field


def _remark(passage: Passage, fold: Fold) -> tuple[str | None, str | None, int | None]:
    author = None if passage.author is None else name_key(passage.author, fold)
    return author, _iso(passage.date), passage.likes


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rest(page: Page, placings: list[Placing], words: list[str], known: Runs, fold: Fold) -> Runs:
    """What a scan of the lines, or of the passages with their marks, finds and the rows lack."""
    lines: list[str | None] = list(page.lines)
    dressed: list[str] = []
    # Its words are those of its lines: the rows have them.
    for position, (passage, placing, said) in enumerate(zip(page.passages, placings, words, strict=True)):
        string = passage.text.string
        if said != string:
            if placing != "lines":
                dressed.append(string)
        elif position > LAST_PASSAGE:
            pass
        elif placing == "lines":
            first, last = passage.first_line - 1, passage.last_line
            lines[first:last] = [None] * (last - first)
        elif placing == "run":
            _, line, column = passage.text.pieces[0]
            parts = string.split("\n")
            lines[line - 1] = _without(lines[line - 1], parts[0], column)
            if parts[1:]:
                last = line + len(parts) - 2
                lines[line:last] = [None] * (last - line)
                lines[last] = _without(lines[last], parts[-1], 0)
    dressed += filter(None, lines)
    found = runs_of("\n".join(dressed), fold)
    return Runs(found.han - known.han, found.latin - known.latin, found.marks - known.marks)


def _without(line: str | None, part: str, column: int) -> str | None:
    """A line without a part of it, if it stands there and no word goes on at either end."""
    if line is None or not line.startswith(part, column):
        return line
    before, after = line[:column], line[column + len(part) :]
    ends = before[-1:] + after[:1]
    return f"{before} {after}" if ends.isascii() and not any(map(str.isalnum, ends)) else line


def _facts(page: Page) -> str:
    """What is known of a lesson beside its text: folders, course, author."""
    folders = page.path.replace("\\", "/").split("/")[:-1]
    return " ".join([*folders[1:], page.course or "", page.author or ""])


def _file_words(page: Page) -> str:
    """The name of a page's file without its ending, or of its folder where that says nothing."""
    *folders, name = page.path.replace("\\", "/").split("/")
    stem = name.rpartition(".")[0] or name
    if stem.lower() not in NAMELESS:
        return stem
    return folders[-1] if folders else ""


def _names(page: Page, words: list[str]) -> Iterator[str]:
    """What a lesson calls things: its title and headings, what it quotes, Latin names; a line each."""
    return (name.replace("\n", " ") for name in _names_said(page, words))


def _names_said(page: Page, words: list[str]) -> Iterator[str]:
    if page.title:
        yield page.title.strip()
    named = [
        (passage, said)
        for passage, said in zip(page.passages, words, strict=True)
        if passage.kind in ("heading", "body")
    ]
    yield from (said.strip() for passage, said in named if passage.kind == "heading")
    for quoted in QUOTED.findall("\n".join([passage.text.string for passage, _ in named])):
        yield "".join(quoted).strip()
    latin = dict.fromkeys(LATIN_NAME.findall("\n".join([said for _, said in named])))
    yield from (name for name in latin if not name[1:].islower() or name[0].isupper())


def _short_names(names: list[str], fold: Fold) -> Iterator[str]:
    for name in names:
        if 1 < len(name) <= LONGEST:
            key = fold(name)
            if "\t" not in name and "\t" not in key:
                yield key if key == name else f"{key}\t{name}"
