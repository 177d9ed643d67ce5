"""The file of the progress store: one SQLite database, its schema and migrations, and what is done when it fails.

Each piece of work is one transaction in a write-ahead log, so writers may run side by side and be killed at any
moment. The schema has a version (PRAGMA user_version): an older file is migrated, a newer one is refused and left
as it is. A damaged file is never written to: it is kept aside under a new name, what can still be read in it goes
into a new file, and the one who opened the store is told. In a place where nothing can be written, a copy in memory
is read. What the tables mean is `progress`'s to know.

https://www.sqlite.org/wal.html
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message

MIGRATIONS = (
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
    # A token is an attempt's name on every machine it is carried to, so that importing it twice changes nothing.
    """
    ALTER TABLE attempt ADD COLUMN token TEXT;
    ALTER TABLE attempt ADD COLUMN answer TEXT NOT NULL DEFAULT '';
    ALTER TABLE attempt ADD COLUMN withdrawn INTEGER;  -- when its exercise was reset, or NULL while it counts
    UPDATE attempt SET token = 'first-' || id || '-' || at || '-' || exercise;
    CREATE UNIQUE INDEX attempt_by_token ON attempt (token);
    CREATE TABLE drill (
        token TEXT PRIMARY KEY, at INTEGER NOT NULL, topic TEXT NOT NULL, item TEXT NOT NULL, correct INTEGER NOT NULL
    );
    CREATE TABLE quiz (
        token TEXT PRIMARY KEY, at INTEGER NOT NULL, topic TEXT NOT NULL, correct INTEGER NOT NULL,
        questions INTEGER NOT NULL
    );
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    """,
)

_WAIT_SECONDS = 10.0
"""How long a writer waits for another one before it gives up."""

_LOCK = ".rescue"
_GRACE_SECONDS = 0.25

# Primary result codes of SQLite (https://www.sqlite.org/rescode.html). ERROR: our own statements are right, so a
# table or a column that they miss means that something else wrote this file.
_ERROR, _BUSY, _READ_ONLY, _INPUT_OUTPUT, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 1, 5, 8, 10, 11, 13, 14, 26
_DAMAGE = {_ERROR, _CORRUPT, _NOT_A_DATABASE}
_NO_WRITING = {_READ_ONLY, _INPUT_OUTPUT, _FULL, _CANNOT_OPEN}

Row = tuple[Any, ...]
Result = TypeVar("Result")


class ProgressError(OSError):
    """The store cannot be used; `message` says why and what to do. The file is left as it was."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class Store:
    """The store of `workspace`. The file is made at the first write; reading makes nothing.

    Without `rescue`, damage raises ProgressError and the file stays where it is. With it, the damaged file is kept
    aside, and `rescue(old, kept)` is called with the old store, read into memory as far as it can be (None if it
    cannot), and the path where the file now lies; then work goes on in a new file. One connection serves all calls.
    """

    def __init__(
        self, workspace: Workspace, rescue: Callable[[sqlite3.Connection | None, str], None] | None = None
    ) -> None:
        self.workspace = workspace
        self.path = workspace.progress
        self._rescue = rescue
        self._connection: sqlite3.Connection | None = None
        self._is_copy = False
        self._is_rescuing = False

    def close(self) -> None:
        """Gives up the connection; the next call opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._is_copy = False

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return os.path.lexists(self.path)

    def rows(self, query: str, *parameters: str) -> list[Row]:
        """The rows of one query; none where there is no file. Raises ProgressError."""
        if not self.exists:
            return []
        return self.read(lambda store: store.execute(query, parameters).fetchall())

    def read(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Does `work`, which only reads, in a file that is there. Raises ProgressError."""
        return self._transact(work, write=False)

    def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Does `work` in one transaction: all of it or nothing. Raises ProgressError, or WorkspaceError."""
        self.workspace.make(self.workspace.path)
        return self._transact(work, write=True)

    def _transact(self, work: Callable[[sqlite3.Connection], Result], *, write: bool) -> Result:
        found = _identity(self.path)
        try:
            return self._attempt(work, write=write)
        except sqlite3.DatabaseError as error:
            self.close()
            if not _is_damage(error):
                raise ProgressError(Message("course.progress_busy", path=self.path, fault=str(error))) from error
            if self._rescue is None or self._is_rescuing:
                raise ProgressError(Message("course.progress_damaged", path=self.path, fault=str(error))) from error
            self._keep_aside(found)
        try:
            return self._attempt(work, write=write)
        except sqlite3.DatabaseError as error:
            self.close()
            raise ProgressError(Message("course.progress_busy", path=self.path, fault=str(error))) from error

    def _attempt(self, work: Callable[[sqlite3.Connection], Result], *, write: bool) -> Result:
        connection = self._connected(write=write)
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _connected(self, *, write: bool) -> sqlite3.Connection:
        if write and self._is_copy:
            self.close()  # what is written there would be gone with it
        if self._connection is None:
            if not self._is_rescuing and os.path.lexists(self.path + _LOCK):
                with suppress(sqlite3.OperationalError), _alone(self.path + _LOCK):
                    pass  # a rescue is over, or was broken off
            try:
                self._connection = _opened(self.path)
            except sqlite3.OperationalError as error:
                # Even reading writes: a log and its index beside the file.
                if write or _primary_code(error) not in _NO_WRITING:
                    raise
                self._connection = _in_memory(self.path)
                self._is_copy = True
            except NewerStoreError:
                raise ProgressError(Message("course.progress_newer", path=self.path)) from None
        return self._connection

    def _keep_aside(self, damaged: tuple[int, int] | None) -> None:
        """Renames the damaged file and begins a new one, unless another process has done so meanwhile.

        Raises ProgressError if it cannot be renamed.
        """
        lock = self.path + _LOCK
        try:
            with _alone(lock):
                if _identity(self.path) == damaged:
                    # Who has just opened the file under its old name must not find half of it renamed.
                    time.sleep(_GRACE_SECONDS)
                    self._begin_anew(_renamed(self.path))
                    os.unlink(lock)
        except (OSError, sqlite3.OperationalError) as error:
            if _identity(self.path) != damaged:
                return  # another process was quicker, and the lock has gone with its work
            fault = getattr(error, "strerror", None) or str(error)
            raise ProgressError(Message("course.progress_damaged", path=self.path, fault=fault)) from error

    def _begin_anew(self, kept: str) -> None:
        old = None
        with suppress(sqlite3.DatabaseError, NewerStoreError):  # then nothing in it can be read; the file lies aside
            old = _in_memory(kept)
        assert self._rescue is not None
        self._is_rescuing = True
        try:
            self._rescue(old, kept)
        finally:
            self._is_rescuing = False
            if old is not None:
                old.close()


class NewerStoreError(ValueError):
    """The file's schema is newer than this engine."""


def _identity(path: str) -> tuple[int, int] | None:
    """Which file lies there, whatever it is called."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _alone(lock: str) -> Iterator[None]:
    """While no other process is: SQLite's own lock on a file, which ends with the process that holds it."""
    connection = sqlite3.connect(lock, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _renamed(path: str) -> str:
    """Renames a store's files; returns the new name."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (f"{path}.damaged-{stamp}{more}" for more in ("", *(f"-{number}" for number in range(2, 1000))))
    kept = next(name for name in names if not os.path.lexists(name))
    # The log goes first: a log left behind would be played into the new file.
    for suffix in ("-wal", "-shm", ""):
        if os.path.lexists(path + suffix):
            os.rename(path + suffix, kept + suffix)
    return kept


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        if _needs_migration(connection):
            _begin_log(connection)
            _migrate(connection)
        # In WAL mode this loses at most the last attempts at a power cut, and never the store.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_log(connection: sqlite3.Connection) -> None:
    """Turns to a write-ahead log. SQLite does not wait here by itself where another process does the same."""
    give_up = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _primary_code(error) != _BUSY or time.monotonic() > give_up:
                raise
        time.sleep(0.01)


def _in_memory(path: str) -> sqlite3.Connection:
    """A copy of the store that can be read, and migrated, without a write beside the file."""
    from urllib.request import pathname2url

    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # Without a log beside the file nobody is writing, and then reading it need not make one.
        for mode in ("mode=ro", "immutable=1") if os.path.lexists(path + "-wal") else ("immutable=1",):
            try:
                source = sqlite3.connect(f"file:{pathname2url(path)}?{mode}", uri=True)
            except sqlite3.OperationalError:
                continue
            try:
                source.backup(memory)
                break
            except sqlite3.OperationalError:
                continue
            finally:
                source.close()
        if _needs_migration(memory):
            _migrate(memory)
    except BaseException:
        memory.close()
        raise
    return memory


def _needs_migration(connection: sqlite3.Connection) -> bool:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise NewerStoreError(version)
    return bool(version < len(MIGRATIONS))


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have migrated while this one waited for the lock.
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        for statement in script.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


def _primary_code(error: sqlite3.DatabaseError) -> int:
    # Errors of Python's own module have no code.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return _primary_code(error) in _DAMAGE
