"""The index as an SQLite database: what is kept, how it is written, how one tells that it is whole.

It is only a cache. So nothing is repaired: an index in which anything is odd is made anew.
"""

import contextlib
import os
import sqlite3
import zlib
from array import array
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from k8snotes.index.names import LONGEST
from k8snotes.index.rows import FIELD_MASK, LESSON_SHIFT, PASSAGE_BITS, Field, Length
from k8snotes.model.file_state import FileState

if TYPE_CHECKING:
    from k8snotes.errors import K8sNotesError
    from k8snotes.index.entries import Entry
    from k8snotes.index.grid import Grid
    from k8snotes.index.maps import Maps
    from k8snotes.index.packing import Packed
    from k8snotes.index.query import Rings

LAYOUT = 24  # changes whenever rows, terms, pages or the weights of fields do
BUSY_SECONDS = 30
# FTS5 writes what it gathered once it takes so many bytes; merging small pieces later takes longer.
GATHER_BYTES = 48_000_000
SCHEMA = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, size INTEGER, modified INTEGER, changed INTEGER,
    inode INTEGER,
    digest BLOB,      -- of its content
    error TEXT,       -- why it, or the rest of it, could not be read
    error_kind TEXT   -- the class of that error
);
CREATE INDEX files_in_error ON files (path) WHERE error IS NOT NULL;  -- asked for on every search
CREATE TABLE lessons (
    id INTEGER PRIMARY KEY, file INTEGER, title TEXT, number INTEGER, author TEXT, day TEXT,
    passages INTEGER  -- how many
);
CREATE INDEX lessons_of_files ON lessons (file);
CREATE TABLE names (lesson INTEGER PRIMARY KEY, written BLOB);  -- packed
CREATE TABLE pages (
    lesson INTEGER PRIMARY KEY, path TEXT, shares_lines INTEGER, page BLOB,
    text BLOB         -- its lines, to be searched as they are
);
CREATE TABLE seams (joined TEXT PRIMARY KEY, lessons BLOB) WITHOUT ROWID;
CREATE TABLE maps (
    name TEXT PRIMARY KEY,  -- what FTS5 is asked for it
    lessons INTEGER,        -- how many have passages that match
    rows BLOB,              -- these passages, packed
    text BLOB, said BLOB    -- what these are worth together, by lessons, packed
);
CREATE TABLE remarks (id INTEGER PRIMARY KEY, author TEXT, day TEXT, likes INTEGER);
CREATE VIRTUAL TABLE passages USING fts5(
    terms, content='', columnsize=0, detail=none, tokenize='ascii'
);
"""
MATCHING = (
    f"FROM passages WHERE passages MATCH ? AND (rowid >> {PASSAGE_BITS} & {FIELD_MASK}) != {Field.REST:d}"
)
WIDTH = len(Length)
SHORT_NAMES = "names of length "  # what begins the names of facts
ODD_NAMES = "odd names"
FIELD_MAP = "passages of field "
MOST_PUT_IN = 1 / 32  # of the lessons, put in their places among the others one by one
MOST_ASKED_FOR = 300  # files that are asked for one by one
MOST_LONGER = 200  # words that hold a stretch and are looked up: a letter or two stand in thousands
# Bytes of a file's name that are no text are halves of characters (PEP 383), which SQLite takes for none.
# In the database characters of a private plane stand for them, which no name has.
HALVES, STANDING_IN = range(0xD800, 0xE000), range(0x10F000, 0x10F800)


class StoredFile(NamedTuple):
    id: int
    state: FileState
    digest: bytes | None
    error: str | None
    error_kind: str | None


class BrokenIndex(Exception):
    """The database is none of ours, of another version, damaged, or has no room."""


@contextlib.contextmanager
def _broken_if_odd() -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError, zlib.error) as error:  # its messages quote the damage
        raise BrokenIndex(str(error)) from error


def _stored(text: str) -> str:
    """A text as the database can hold it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(dict(zip(HALVES, STANDING_IN, strict=True)))
    return text


class Store:
    """An index that is open."""

    def __init__(self, database: sqlite3.Connection, *, is_new: bool = False) -> None:
        self.database = database
        self.is_new = is_new  # it is being made, and nobody else has it open
        self._lengths: array[int] | None = None
        self._known_words: str | None = None  # a line each
        # Of what was added:
        self._words: set[str] = set()
        self._variants: set[str] = set()
        self._seams: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        self._short_names: Counter[str] = Counter()
        self._names_gone: Counter[str] = Counter()  # of what was removed, as they are written
        self._has_changed = is_new  # what it holds
        if self._has_odd_names():
            self._read_odd_names()

    def close(self) -> None:
        self.database.close()

    # --- reading

    def fact(self, name: str) -> object:
        """What is noted under a name; None for nothing."""
        with _broken_if_odd():
            row = self.database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        values = [_stored(value) if isinstance(value, str) else value for value in values]
        with _broken_if_odd():
            return self.database.execute(statement, values).fetchall()

    def numbers(self, column: str, source: str, values: Sequence[object]) -> list[int]:
        """What stands in a column of whole numbers, ascending; `source` is what follows it in a SELECT."""
        # As one text, such as JSON is made of: to hand them over one by one takes twice as long as to find
        # them, and `int` twice as long as a reader of JSON.
        [(found,)] = self.rows(f"SELECT group_concat({column}) {source}", values)
        if not found:
            return []
        import json

        return sorted(json.loads(f"[{found}]"))

    def matching(self, expression: str, *, first_lesson: int = 0) -> list[int]:
        """The passages, from those of a lesson on, that match an expression of FTS5, ascending."""
        rows = self.numbers("rowid", f"{MATCHING} AND rowid >= ?", (expression, first_lesson << LESSON_SHIFT))
        if gone := self.gone:
            return [row for row in rows if row >> LESSON_SHIFT not in gone]
        return rows

    @cached_property
    def maps(self) -> "Maps":
        """Bitmaps of common terms."""
        from k8snotes.index.maps import Maps

        return Maps(self)

    def decompressed(self, content: bytes) -> bytes:
        with _broken_if_odd():
            return zlib.decompress(content)

    @cached_property
    def grid(self) -> "Grid":
        """Where the passages stand in bitmaps."""
        from k8snotes.index.grid import Grid

        def field_bytes(field: Field) -> bytes:
            content = self.fact(f"{FIELD_MAP}{field:d}")
            return content if isinstance(content, bytes) else b""

        firsts, lessons = self.fact("first blocks"), self.fact("blocks")
        if not (isinstance(firsts, bytes) and isinstance(lessons, bytes)):
            return Grid()
        return Grid(array("I", firsts), array("I", lessons), field_bytes)

    @cached_property
    def gone(self) -> Set[int]:
        """The lessons that are gone, whose rows are still there: as they were when it was opened."""
        titles = self.lengths[Length.TITLE :: WIDTH]
        return {lesson for lesson, length in enumerate(titles) if not length} if titles.count(0) else set()

    @overload
    def lessons_matching(self, expression: str, most: None = None) -> set[int]: ...
    @overload
    def lessons_matching(self, expression: str, most: int | None) -> set[int] | None: ...
    def lessons_matching(self, expression: str, most: int | None = None) -> set[int] | None:
        """The lessons that match an expression of FTS5; also some that are gone.

        None where more than `most` passages do.
        """
        [(passages, found)] = self.rows(
            "SELECT count(*), group_concat(lesson) FROM"
            f" (SELECT rowid >> {LESSON_SHIFT} AS lesson FROM passages WHERE passages MATCH ? LIMIT ?)",
            (expression, -1 if most is None else most + 1),
        )
        if most is not None and passages > most:
            return None
        return {*map(int, {*found.split(",")})} if found else set()

    def words_holding(self, part: str) -> list[str]:
        """The Latin words of the texts that a stretch of letters and digits is a part of, each once."""
        if self._known_words is None:
            known = self.fact("words")
            self._known_words = f"{known}\n" if isinstance(known, str) else ""
        words, found = self._known_words, []
        at = words.find(part)
        while at >= 0:
            stop = words.index("\n", at)
            found.append(words[words.rfind("\n", 0, at) + 1 : stop])
            at = words.find(part, stop)
        return found

    def longer_words(self, part: str) -> list[str]:
        """Of the words that a stretch is a part of the first, without itself."""
        return [word for word in self.words_holding(part) if word != part][:MOST_LONGER]

    @property
    def lengths(self) -> "array[int]":
        """How many terms the parts of a lesson have: `WIDTH` numbers by its id, zeros if it is gone."""
        if self._lengths is None:
            content = self.fact("lengths")
            self._lengths = array("I", content if isinstance(content, bytes) else b"")
        return self._lengths

    @property
    def divisors(self) -> list[list[float]]:
        """By what the frequencies of terms are divided in each part of a lesson, by the lesson's id."""
        content = self.fact("divisors")
        divisors = array("d", content if isinstance(content, bytes) else b"")
        return [divisors[part::WIDTH].tolist() for part in Length]

    def pages(self, lessons: Iterable[int]) -> "Iterator[tuple[int, Packed]]":
        """The pages of lessons, packed, in the order asked for."""
        from k8snotes.index.packing import Packed

        with _broken_if_odd():
            for lesson in lessons:
                row = self.database.execute(
                    "SELECT text, page FROM pages WHERE lesson = ?", (lesson,)
                ).fetchone()
                if row is not None:
                    yield lesson, Packed(*row)

    def packed(self, lessons: Iterable[int]) -> "Iterator[tuple[int, str, Packed]]":
        """As `pages`, each with the path of its text."""
        from k8snotes.index.packing import Packed

        with _broken_if_odd():
            for lesson in lessons:
                row = self.database.execute(
                    "SELECT path, text, page FROM pages WHERE lesson = ?", (lesson,)
                ).fetchone()
                if row is not None:
                    path, *content = row
                    yield lesson, path, Packed(*content)

    def text_bytes(self) -> int:
        """How long the lines of all lessons are."""
        [(size,)] = self.rows("SELECT total(length(text)) FROM pages")
        return int(size)

    def texts(self, lessons: Iterable[int]) -> Iterator[tuple[int, str, bool, bytes]]:
        """The lines of lessons in the order asked for, each with its path and whether comments share one."""
        with _broken_if_odd():
            for lesson in lessons:
                found = self.database.execute(
                    "SELECT lesson, path, shares_lines, text FROM pages WHERE lesson = ?", (lesson,)
                ).fetchone()
                if found is not None:
                    yield found

    def names(self, lessons: Iterable[int]) -> Iterator[list[str]]:
        """What each lesson calls things."""
        with _broken_if_odd():
            for lesson in lessons:
                [(content,)] = self.rows("SELECT written FROM names WHERE lesson = ?", (lesson,))
                yield zlib.decompress(content).decode("utf-8", "surrogatepass").split("\n")

    def short_names(self, shortest: int, longest: int) -> Iterator[tuple[int, str]]:
        """What may be suggested, by the length of the names when folded: a line each.

        It holds the folded name, how many lessons use it, and how they write it where that differs.
        """
        for length in range(shortest, longest + 1):
            if isinstance(lines := self.fact(f"{SHORT_NAMES}{length}"), str):
                yield length, lines

    def in_order(self, lessons: Iterable[int]) -> list[int]:
        """Lessons in reading order."""
        wanted = set(lessons)
        return [lesson for lesson in self.order if lesson in wanted]

    @property
    def order(self) -> "array[int]":
        """All lessons in reading order."""
        content = self.fact("order")
        return array("I", content if isinstance(content, bytes) else b"")

    def with_seams(self, seams: Iterable[str]) -> dict[int, set[str]]:
        """The lessons that have any of these seams, each with those that it has."""
        found: dict[int, set[str]] = {}
        for seam in set(seams):
            for (content,) in self.rows("SELECT lessons FROM seams WHERE joined = ?", (seam,)):
                for lesson in array("I", content):
                    found.setdefault(lesson, set()).add(seam)
        return found

    def variants(self) -> str:
        """The characters of the texts that fold into one other, capitals left out."""
        known = self.fact("variants")
        return known if isinstance(known, str) else ""

    def files(self, *, in_error: bool = False) -> list[StoredFile]:
        """The files that the index was made of, or those of them that could not be read."""
        which = "WHERE error IS NOT NULL" if in_error else ""
        found: list[StoredFile] = []
        for number, path, size, modified, changed, inode, *rest in self.rows(
            "SELECT id, path, size, modified, changed, inode, digest, error, error_kind"
            f" FROM files {which} ORDER BY path"
        ):
            found.append(StoredFile(number, FileState(path, size, modified, changed, inode), *rest))
        return found

    def has_files(self) -> bool:
        return bool(self.rows("SELECT 1 FROM files LIMIT 1"))

    def paths(self) -> set[str]:
        """The paths of the files that the index was made of."""
        return {path for (path,) in self.rows("SELECT path FROM files")}

    def has_all(self, paths: Collection[str]) -> bool:
        """Whether the index was made of all these files, and maybe others."""
        if len(paths) > MOST_ASKED_FOR:
            return self.paths().issuperset(paths)
        return all(self.rows("SELECT 1 FROM files WHERE path = ?", (path,)) for path in paths)

    def lessons_of(self, paths: Collection[str]) -> set[int]:
        """The lessons of some files."""
        named = "SELECT lessons.id, files.path FROM lessons JOIN files ON files.id = lessons.file"
        if len(paths) > MOST_ASKED_FOR:
            return {lesson for lesson, path in self.rows(named) if path in paths}
        rows = (self.rows(f"{named} WHERE files.path = ?", (path,)) for path in paths)
        return {lesson for of_path in rows for lesson, _ in of_path}

    def without_lessons(self) -> set[str]:
        """The paths of files that could be read and hold none: what exports wrote."""
        return {
            path
            for (path,) in self.rows(
                "SELECT path FROM files WHERE error IS NULL AND id NOT IN (SELECT file FROM lessons)"
            )
        }

    def damage(self) -> str | None:
        """What SQLite finds wrong with the database; None for nothing."""
        [(said,), *_] = self.rows("PRAGMA integrity_check(1)")
        return None if said == "ok" else str(said)

    def counts(self) -> tuple[int, int, int]:
        """How many files, lessons and passages there are."""
        [(files,)] = self.rows("SELECT count(*) FROM files")
        [(passages,)] = self.rows("SELECT total(passages) FROM lessons")
        return files, self.lessons(), int(passages)

    def contents(self) -> dict[str, tuple[bytes, ...]]:
        """The pages of each file."""
        found: dict[str, tuple[bytes, ...]] = {}
        for path, text, page in self.rows(
            "SELECT files.path, pages.text, pages.page FROM files JOIN lessons ON lessons.file = files.id"
            " JOIN pages ON pages.lesson = lessons.id ORDER BY files.path, lessons.id"
        ):
            found[path] = (*found.get(path, ()), text, page)
        return found

    def terms(self) -> dict[str, int]:
        """How many rows hold each term, those of lessons that are gone left out."""
        with _broken_if_odd():
            self.database.execute(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.postings USING fts5vocab(main, passages, instance)"
            )
            counts: dict[str, int] = {}
            for term, row in self.database.execute("SELECT term, doc FROM temp.postings"):
                if self.lengths[(row >> LESSON_SHIFT) * WIDTH + Length.TITLE]:
                    counts[term] = counts.get(term, 0) + 1
            return counts

    def _has_odd_names(self) -> bool:
        """Whether names of files that are no text stand in the database."""
        try:
            return self.fact(ODD_NAMES) is not None
        except BrokenIndex:  # who opens it finds that out
            return False

    def _read_odd_names(self) -> None:
        whole_again = dict(zip(STANDING_IN, HALVES, strict=True))
        self.database.text_factory = lambda content: content.decode("utf-8").translate(whole_again)

    # --- writing

    def _storable(self, text: str | None) -> str | None:
        return None if text is None else self._storable_name(text)

    def _storable_name(self, name: str) -> str:
        """As `_stored`, and what reads the database will know of it."""
        stored = _stored(name)
        if stored != name:
            self.note(ODD_NAMES, 1)
            self._read_odd_names()
        return stored

    @_broken_if_odd()
    def note(self, name: str, value: object) -> None:
        stored = self._storable_name(value) if isinstance(value, str) else value
        self.database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, stored))

    @_broken_if_odd()
    def add(
        self,
        state: FileState,
        entries: "Iterable[Entry]",
        *,
        digest: bytes | None,
        error: "K8sNotesError | None",
    ) -> None:
        """Keeps a file with its lessons."""
        self._has_changed = True
        kind = None if error is None else type(error).__name__
        said = None if error is None else error.message.packed
        file = self.database.execute(
            "INSERT INTO files (path, size, modified, changed, inode, digest, error, error_kind)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (self._storable(state.path), *state[1:], digest, said, kind),
        ).lastrowid
        for entry in entries:
            self._add_lesson(file, entry)

    def _add_lesson(self, file: int | None, entry: "Entry") -> None:
        lesson = self._next_lesson()
        run = self.database.execute
        facts = (
            lesson,
            file,
            self._storable(entry.title),
            entry.number,
            self._storable(entry.author),
            entry.day,
            entry.passages,
        )
        run("INSERT INTO lessons VALUES (?,?,?,?,?,?,?)", facts)
        run("INSERT INTO names VALUES (?,?)", (lesson, entry.names))
        text, rest = entry.page
        run(
            "INSERT INTO pages VALUES (?,?,?,?,?)",
            (lesson, self._storable(entry.path), entry.shares_lines, rest, text),
        )
        base = lesson << LESSON_SHIFT
        self.database.executemany(
            "INSERT INTO passages (rowid, terms) VALUES (?,?)",
            [(base | row, terms) for row, terms in entry.rows],
        )
        self.database.executemany(
            "INSERT INTO remarks VALUES (?,?,?,?)",
            [(base | row, self._storable(author), *rest) for row, author, *rest in entry.remarks],
        )
        self._words |= entry.words
        self._variants |= entry.seams.variants
        self._short_names.update(entry.short_names)
        for joined in entry.seams.joined:
            self._seams[joined].append(lesson)
        self.grid.add(entry.passages, [row for row, _ in entry.rows])
        self.maps.sample(lesson, entry.rows)
        self.lengths.extend(entry.lengths)

    def _next_lesson(self) -> int:
        """Ids count up from 0 and are never used again: rows of lessons that are gone stay in the index."""
        return len(self.lengths) // WIDTH

    @_broken_if_odd()
    def remove(self, file: StoredFile) -> None:
        """Forgets a file and its lessons."""
        self._has_changed = True
        for (lesson,) in self.rows("SELECT id FROM lessons WHERE file = ?", (file.id,)):
            assert isinstance(lesson, int)
            for names in self.names([lesson]):
                self._names_gone.update(names)
            self.lengths[lesson * WIDTH : (lesson + 1) * WIDTH] = array("I", [0] * WIDTH)
            for table in ("pages", "names"):
                self.database.execute(f"DELETE FROM {table} WHERE lesson = ?", (lesson,))
            first, after = lesson << LESSON_SHIFT, (lesson + 1) << LESSON_SHIFT
            self.database.execute("DELETE FROM remarks WHERE id >= ? AND id < ?", (first, after))
        self.database.execute("DELETE FROM lessons WHERE file = ?", (file.id,))
        self.database.execute("DELETE FROM files WHERE id = ?", (file.id,))

    @_broken_if_odd()
    def renew(self, file: StoredFile, state: FileState) -> None:
        """Notes the state of a file whose content is what it was."""
        self.database.execute(
            "UPDATE files SET size = ?, modified = ?, changed = ?, inode = ? WHERE id = ?",
            (*state[1:], file.id),
        )

    def lessons(self) -> int:
        """How many lessons there are."""
        titles = self.lengths[Length.TITLE :: WIDTH]
        return len(titles) - titles.count(0)

    def waste(self) -> float:
        """Which part of the index belongs to lessons that are gone."""
        lessons = self.lengths[Length.TITLE :: WIDTH]
        return lessons.count(0) / len(lessons) if lessons else 0.0

    @_broken_if_odd()
    def begin(self) -> None:
        """Begins to write: what follows is kept by `finish`, all of it or nothing."""
        self.database.execute("COMMIT")  # of reading
        self.database.execute("BEGIN IMMEDIATE")

    @_broken_if_odd()
    def finish(
        self,
        *,
        fingerprint: str,
        listing: bytes | None,
        doubt: int | None,
        sealed: int,
        reading_key: Callable[[str], Any],
        rings: "Rings" = MappingProxyType({}),
    ) -> None:
        """Keeps what was written, with what tells later whether it still holds.

        `rings` are spellings that mean one thing, and will be asked for together.
        """
        if self._has_changed:
            self._keep_whole(reading_key, rings)
        self.note("fingerprint", fingerprint)
        self.note("listing", listing)
        self.note("doubt", doubt)
        self.note("sealed", sealed)
        self.database.execute("COMMIT")

    def _keep_whole(self, reading_key: Callable[[str], Any], rings: "Rings") -> None:
        """Keeps what is said of all lessons together."""
        self._keep_seams()
        self._keep_short_names()
        self.note("order", self._order(reading_key).tobytes())
        self.note("lengths", self.lengths.tobytes())
        self.note("divisors", self._divisors().tobytes())
        known = self.fact("words")
        words = self._words.union(known.split("\n") if isinstance(known, str) else ())
        self.note("words", "\n".join(sorted(words)))
        self._known_words = None
        self._keep_grid()
        self.maps.renew(rings)

    def _keep_grid(self) -> None:
        from k8snotes.index.grid import FIELDS

        grid = self.grid
        self.note("first blocks", grid.firsts.tobytes())
        self.note("blocks", grid.lessons.tobytes())
        for field in FIELDS:
            # As it is: to unpack it would take longer than all that is done with it.
            self.note(f"{FIELD_MAP}{field:d}", bytes(grid.field_bytes(field)))

    def _keep_seams(self) -> None:
        self.note("variants", "".join(sorted(self._variants.union(self.variants()))))
        self.database.executemany(
            "INSERT INTO seams VALUES (?,?)"
            " ON CONFLICT (joined) DO UPDATE SET lessons = lessons || excluded.lessons",
            [(joined, lessons.tobytes()) for joined, lessons in sorted(self._seams.items())],
        )

    def _keep_short_names(self) -> None:
        counts = self._short_names
        for (lines,) in self.rows("SELECT value FROM facts WHERE name GLOB ?", (f"{SHORT_NAMES}*",)):
            for line in lines.split("\n"):
                key, count, *written = line.split("\t")
                counts["\t".join((key, *written))] += int(count)
        by_length: dict[int, list[str]] = {}
        for line in sorted(sorted(counts), key=counts.__getitem__, reverse=True):
            key, *written = line.split("\t")
            count = counts[line] - self._names_gone[written[0] if written else key]
            if count > 0:
                said = "\t".join((key, str(count), *written))
                by_length.setdefault(min(len(key), LONGEST), []).append(said)
        self.database.execute("DELETE FROM facts WHERE name GLOB ?", (f"{SHORT_NAMES}*",))
        for length, said_of_it in by_length.items():
            self.note(f"{SHORT_NAMES}{length}", "\n".join(said_of_it))

    def _divisors(self) -> "array[float]":
        """What follows from the lengths, by their places: worked out once, not on each search."""
        from k8snotes.index.ranking import divisors

        found = array("d", bytes(8 * len(self.lengths)))
        for part in Length:
            lengths = self.lengths[part::WIDTH]
            found[part::WIDTH] = array("d", divisors(part, lengths, sum(lengths) / (self.lessons() or 1)))
        return found

    def _order(self, reading_key: Callable[[str], Any]) -> "array[int]":
        """The lessons in the order of their files' keys, those of one file in its own."""
        paths = dict(
            self.rows("SELECT lessons.id, files.path FROM lessons JOIN files ON files.id = lessons.file")
        )
        ordered = [lesson for lesson in self.order if lesson in paths]
        new = [*paths.keys() - set(ordered)]
        if len(new) > MOST_PUT_IN * len(paths):
            return array("I", sorted(paths, key=lambda lesson: (reading_key(paths[lesson]), lesson)))
        for lesson in new:  # the key of a path takes a while: a few are compared for each
            insort(ordered, lesson, key=lambda lesson: (reading_key(paths[lesson]), lesson))
        return array("I", ordered)


def database_version() -> str:
    return sqlite3.sqlite_version


def has_full_text() -> bool:
    """Whether this SQLite can search texts."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE texts USING fts5(terms)")
        except sqlite3.OperationalError:
            return False
    return True


@_broken_if_odd()
def create(path: str | None) -> Store:
    """A new index, in a file of its own or, for None, in memory.

    Raises:
        BrokenIndex: there is no room for it.
    """
    database = sqlite3.connect(path or ":memory:", isolation_level=None)
    # It is moved into place when it is whole; until then nobody misses it.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -32000")
    database.executescript(SCHEMA)
    database.execute("INSERT INTO passages (passages, rank) VALUES ('hashsize', ?)", (GATHER_BYTES,))
    database.execute("BEGIN")
    return Store(database, is_new=True)


def open_whole(path: str, fingerprint: str, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """The index that was made with this fingerprint and sealed; another's writing is waited for.

    Raises:
        FileNotFoundError: there is none.
        BrokenIndex: it is not as it was written.
    """
    modified = os.stat(path).st_mtime_ns
    store = open_any(path, fingerprint, busy_seconds=busy_seconds)
    if store.fact("sealed") != modified:
        store.close()
        raise BrokenIndex
    return store


def open_any(path: str, fingerprint: str, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """As `open_whole`, without regard to the seal."""
    with _broken_if_odd():
        database = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        store = Store(database)
        try:
            # Not mapped to memory: where another program cuts the file short, a read of the map ends the
            # process (SIGBUS), a read of the file is an error. It costs grep 5 µs a lesson.
            database.execute("PRAGMA mmap_size = 0")
            database.execute("BEGIN")  # all that is read comes from one state of it
            if store.fact("fingerprint") != fingerprint:
                raise BrokenIndex
        except BaseException:
            database.close()
            raise
    return store


def seal(path: str, at: int) -> None:
    """Gives the file the time that it itself names: whoever changes it later breaks the seal."""
    os.utime(path, ns=(at, at))


@contextlib.contextmanager
def lock(path: str, seconds: float) -> Iterator[None]:
    """Holds the lock at `path`, which ends with this process whatever becomes of it.

    Raises:
        TimeoutError: another process has held it for so long.
        OSError: it cannot be opened.
    """
    database = _locked(path, seconds)
    try:
        yield
    finally:
        database.close()


def _locked(path: str, seconds: float) -> sqlite3.Connection:
    try:
        database = sqlite3.connect(path, timeout=seconds, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error
    try:
        database.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        database.close()
        raise TimeoutError(str(error)) from error
    except sqlite3.DatabaseError:  # something else lies there
        database.close()
        os.unlink(path)
        return _locked(path, seconds)
    return database
