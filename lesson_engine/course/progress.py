"""The progress store: what was tried, when, and what it showed; one SQLite file in the workspace.

A passed exercise stays passed. Writers may run side by side and may be killed at any moment: each attempt is
one transaction in a write-ahead log. The schema has a version (PRAGMA user_version) and migrations; a store
from a newer engine, or a damaged one, is refused with a message and left as it is.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message

_MIGRATIONS = (
    """
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        exercise TEXT NOT NULL,
        at INTEGER NOT NULL,          -- seconds since the epoch
        passed INTEGER NOT NULL,
        score REAL NOT NULL,
        relation TEXT,
        misconception TEXT
    );
    CREATE INDEX attempt_by_exercise ON attempt (exercise, passed);
    CREATE TABLE hint (exercise TEXT PRIMARY KEY, rungs INTEGER NOT NULL);
    """,
)

_WAIT_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""


class ProgressError(OSError):
    """The store cannot be used; `message` says why and what to do. The file is left as it was."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Progress:
    """One learner's progress, in `workspace`. The file is made at the first write; reading makes nothing.

    One connection serves all calls, since opening and closing it cost more than what lies between; `close`, or
    the end of the process, gives it up.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.path = workspace.progress
        self._store: sqlite3.Connection | None = None

    def close(self) -> None:
        """Gives up the connection; the next call opens another."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def record(self, verdict: Verdict) -> None:
        """Adds one attempt. Raises ProgressError."""
        with self._transaction(write=True) as store:
            store.execute(
                "INSERT INTO attempt (exercise, at, passed, score, relation, misconception) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    verdict.exercise,
                    int(time.time()),
                    verdict.passed,
                    verdict.score,
                    verdict.relation,
                    verdict.misconception,
                ),
            )

    def passed(self) -> set[str]:
        """The ids of the exercises that were passed once. Raises ProgressError."""
        return {row[0] for row in self._read("SELECT DISTINCT exercise FROM attempt WHERE passed")}

    def tried(self) -> set[str]:
        """The ids of the exercises that were tried. Raises ProgressError."""
        return {row[0] for row in self._read("SELECT DISTINCT exercise FROM attempt")}

    def hints_taken(self, exercise: str) -> int:
        """How many rungs of hints were shown. Raises ProgressError."""
        rows = self._read("SELECT rungs FROM hint WHERE exercise = ?", (exercise,))
        return int(rows[0][0]) if rows else 0

    def take_hint(self, exercise: str, rungs: int) -> int:
        """Moves to the next of `rungs` hints and returns its number, counted from 1; the last one stays.

        Raises ProgressError.
        """
        with self._transaction(write=True) as store:
            store.execute(
                "INSERT INTO hint VALUES (?, 1) ON CONFLICT (exercise) DO UPDATE SET rungs = min(rungs + 1, ?)",
                (exercise, rungs),
            )
            return int(store.execute("SELECT rungs FROM hint WHERE exercise = ?", (exercise,)).fetchone()[0])

    def _read(self, query: str, parameters: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        if not os.path.lexists(self.path):
            return []
        with self._transaction(write=False) as store:
            return store.execute(query, parameters).fetchall()

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[sqlite3.Connection]:
        if write:
            self.workspace.make(self.workspace.path)
        try:
            store = self._connected()
            store.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            yield store
            store.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self.close()
            busy = isinstance(error, sqlite3.OperationalError)
            key = "course.progress_busy" if busy else "course.progress_damaged"
            raise ProgressError(Message(key, path=self.path, fault=str(error))) from error

    def _connected(self) -> sqlite3.Connection:
        if self._store is None:
            self._store = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            version = self._store.execute("PRAGMA user_version").fetchone()[0]
            if version > len(_MIGRATIONS):
                self.close()
                raise ProgressError(Message("course.progress_newer", path=self.path))
            if version < len(_MIGRATIONS):
                self._store.execute("PRAGMA journal_mode = WAL")
                self._migrate(self._store)
            # In WAL mode this loses at most the last attempts at a power cut, and never the store.
            self._store.execute("PRAGMA synchronous = NORMAL")
        return self._store

    def _migrate(self, store: sqlite3.Connection) -> None:
        store.execute("BEGIN IMMEDIATE")
        # Another process may have migrated while this one waited for the lock.
        version = store.execute("PRAGMA user_version").fetchone()[0]
        for number, script in enumerate(_MIGRATIONS[version:], start=version + 1):
            for statement in script.split(";"):
                store.execute(statement)
            store.execute(f"PRAGMA user_version = {number}")
        store.execute("COMMIT")
