"""What the index keeps of a page: rows of terms, facts to filter by, and the page itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from k8snotes.index.names import name_key
from k8snotes.index.packing import Packed, packed
from k8snotes.index.rows import FIELDS, LAST_PASSAGE, LENGTH_OF, Field, Length, row_number
from k8snotes.index.seams import Seams, seams_of, shares_lines
from k8snotes.index.terms import HAN_CHARACTER, Runs, indexed, runs_of
from k8snotes.model.page import Page, Passage
from k8snotes.model.text import Text

LEAD_PASSAGES = 2
# Names of files that say nothing; their folder's name does.
NAMELESS = frozenset({"index", "_index", "readme", "default", ""})
QUOTED = re.compile(
    r"“([^“”\n]{2,24})”|「([^「」\n]{2,24})」|《([^《》\n]{2,24})》|`([^`\n]{2,24})`|\*\*([^*\n]{2,24})\*\*"
)
LATIN_NAME = re.compile("[A-Za-z][A-Za-z0-9-]+")
# Marks that may stand within a word, or hold what is none: links, tags, entities, emphasis.
CUTS_WORDS = re.compile(r"[\[<&]|[A-Za-z0-9][*~`]+[A-Za-z0-9]")
BETWEEN_HAN = re.compile(f"(?<={HAN_CHARACTER})[*~`]+(?={HAN_CHARACTER})")

Fold = Callable[[str], str]
Plain = Callable[[Text], Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
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
    names: str  # what the lesson calls things, a line each, as written
    passages: int
    page: Packed
    seams: Seams
    shares_lines: bool  # whether several comments stand on one


def entry_of(page: Page, fold: Fold, plain: Plain) -> Entry:
    """What the index keeps of a page; `fold` folds a string, `plain` takes inline marks out of a text."""
    rows: list[tuple[int, str]] = []
    remarks: list[tuple[int, str | None, str | None, int | None]] = []
    lengths = [0] * len(Length)
    lengths[Length.TITLE] = 1  # nothing of a lesson has no length but what is gone
    leads = 0
    known = Runs([], [], set())

    def add(field: Field, position: int, text: str) -> None:
        runs = runs_of(fold(text))
        if field in LENGTH_OF:
            lengths[LENGTH_OF[field]] += sum(map(len, runs.han)) + len(runs.latin)
        rows.append((row_number(field, position), indexed(runs, text)))
        known.han.extend(runs.han)
        known.latin.extend(runs.latin)
        known.marks.update(runs.marks)

    read = [_read(passage, page, plain) for passage in page.passages]
    texts = [_words_of(passage, text, page) for passage, text in zip(page.passages, read, strict=True)]
    add(Field.TITLE, 0, f"{page.title or ''} {_file_words(page)}")
    add(Field.FACTS, 0, _facts(page))
    # What has no number left is found by grep alone.
    for position, (passage, text) in enumerate(zip(page.passages, texts, strict=True)):
        if position > LAST_PASSAGE:
            break
        field = FIELDS[passage.kind]
        if field is Field.BODY and leads < LEAD_PASSAGES:
            field = Field.LEAD
            leads += 1
        add(field, position, text)
        if field in (Field.COMMENT, Field.REPLY):
            author = None if passage.author is None else name_key(passage.author, fold)
            day = None if passage.date is None else passage.date.isoformat()
            remarks.append((rows[-1][0], author, day, passage.likes))
    rest = _rest(page, known, fold)
    if any(rest):
        rows.append((row_number(Field.REST, 0), indexed(rest, "")))
    rows.sort()
    return Entry(
        path=page.path,
        title=page.title,
        number=page.number,
        author=page.author,
        day=None if page.date is None else page.date.isoformat(),
        rows=rows,
        remarks=remarks,
        lengths=lengths,
        words={*known.latin, *rest.latin},
        names="\n".join(dict.fromkeys(_names(page, texts))),
        passages=len(page.passages),
        page=packed(page),
        seams=seams_of(page, read, fold),
        shares_lines=shares_lines(page.passages),
    )


def _read(passage: Passage, page: Page, plain: Plain) -> Text:
    """A passage without marks."""
    return plain(passage.text) if page.is_markdown and passage.kind != "code" else passage.text


def _words_of(passage: Passage, read: Text, page: Page) -> str:
    """A passage without the marks that stand between the parts of a word, or make words of their own."""
    if not page.is_markdown or passage.kind == "code":
        return passage.text.string
    if CUTS_WORDS.search(passage.text.string):
        return read.string
    return BETWEEN_HAN.sub("", passage.text.string)  # a fifth of the time, and the same words


def _rest(page: Page, known: Runs, fold: Fold) -> Runs:
    """What a scan of the lines, or of the passages with their marks, finds and the rows lack."""
    stored = runs_of(fold("\n".join(page.lines)))
    read = [passage.text.string for passage in page.passages if CUTS_WORDS.search(passage.text.string)]
    dressed = runs_of(fold("\n".join(read)))
    return Runs(
        sorted({*stored.han, *dressed.han}.difference(known.han)),
        sorted({*stored.latin, *dressed.latin}.difference(known.latin)),
        (stored.marks | dressed.marks) - known.marks,
    )


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


def _names(page: Page, texts: list[str]) -> Iterator[str]:
    """What a lesson calls things: its title and headings, what it quotes, Latin names."""
    if page.title:
        yield page.title.strip()
    for passage, text in zip(page.passages, texts, strict=True):
        if passage.kind == "heading":
            yield text.strip()
        if passage.kind in ("heading", "body"):
            for quoted in QUOTED.finditer(passage.text.string):
                yield (quoted[quoted.lastindex or 0]).strip()
            yield from (
                name for name in LATIN_NAME.findall(text) if not name[1:].islower() or name[0].isupper()
            )
