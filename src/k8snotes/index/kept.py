"""What was worked out of files, kept beside the index until the files change: a cache and nothing else.

So nothing is repaired: where anything is odd it is thrown away and filled anew, and where nothing can
be written it is done without.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

LAYOUT = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    work TEXT, path TEXT, state TEXT, results TEXT, PRIMARY KEY (work, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS works (work TEXT PRIMARY KEY, turn INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_by (fingerprint TEXT);
"""
MOST_WORKS = 12  # kinds of work kept; those longest not asked for go
BUSY_SECONDS = 5


class KeptResults:
    """Results by the work that made them and the path of the file that they were made of."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._database = _opened(path, fingerprint)

    @property
    def is_there(self) -> bool:
        """Whether anything can be kept."""
        return self._database is not None

    def begin(self, work: str) -> None:
        """Says that a work is asked for."""
        self._ask("INSERT OR REPLACE INTO works SELECT ?, coalesce(max(turn), 0) + 1 FROM works", (work,))
        old = self._ask("SELECT work FROM works ORDER BY turn DESC LIMIT -1 OFFSET ?", (MOST_WORKS,))
        for forgotten in old:
            self._ask("DELETE FROM kept WHERE work = ?", forgotten)
            self._ask("DELETE FROM works WHERE work = ?", forgotten)
        self.save()

    def states(self, work: str) -> dict[str, str]:
        """The state of each file that the results of a work were made of."""
        return dict(self._ask("SELECT path, state FROM kept WHERE work = ?", (work,)))

    def results(self, work: str, path: str) -> str | None:
        found = self._ask("SELECT results FROM kept WHERE work = ? AND path = ?", (work, path))
        return found[0][0] if found and isinstance(found[0][0], str) else None

    def keep(self, work: str, path: str, state: str, results: str) -> None:
        self._ask("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (work, path, state, results))

    def forget(self, work: str, paths: Iterable[str]) -> None:
        """Drops the results of files that are gone."""
        for path in paths:
            self._ask("DELETE FROM kept WHERE work = ? AND path = ?", (work, path))

    def save(self) -> None:
        """Makes what was kept since the last time safe from an interrupt."""
        if self._database is not None:
            try:
                self._database.commit()
            except sqlite3.Error:
                self._give_up()

    def close(self) -> None:
        self.save()
        self._give_up()

    def _ask(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """What the database says; nothing where there is none, or where it is odd, full or in use."""
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeEncodeError):
            self._give_up()
            return []

    def _give_up(self) -> None:
        _close(self._database)
        self._database = None


def _opened(path: Path, fingerprint: str) -> sqlite3.Connection | None:
    """The database, empty where it was none of ours or of another version; None where there can be none."""
    for _ in range(2):
        database = None
        try:
            database = sqlite3.connect(path, timeout=BUSY_SECONDS)
            if _is_ours(database, fingerprint):
                return database
        except sqlite3.OperationalError:  # in use, full, or nowhere to write
            _close(database)
            return None
        except sqlite3.DatabaseError:
            pass
        _close(database)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    return None


def _is_ours(database: sqlite3.Connection, fingerprint: str) -> bool:
    """Whether a database was made by this program as it is now; a new one is from now on."""
    database.executescript(SCHEMA)
    made_by = database.execute("SELECT fingerprint FROM made_by").fetchone()
    if made_by is None:
        database.execute("INSERT INTO made_by VALUES (?)", (fingerprint,))
        database.commit()
    return made_by is None or made_by[0] == fingerprint


def _close(database: sqlite3.Connection | None) -> None:
    if database is not None:
        with contextlib.suppress(sqlite3.Error):
            database.close()
