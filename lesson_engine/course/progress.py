"""Progress: what was tried, when, and what it showed; which hints were taken; drills, quizzes, and settings.

A passed exercise stays passed: later attempts, imports and other machines add to it and never take it back; only a
reset does, and what it sets aside stays in the history. Everything lies in the workspace's store (`store`).

>>> from tempfile import TemporaryDirectory
>>> from lesson_engine.course.workspace import Workspace
>>> with TemporaryDirectory() as directory:
...     progress = Progress(Workspace(directory))
...     progress.record_drill("flags", "[S.]", right=False)
...     drills = progress.drill_history()
...     progress.close()
>>> [(drill.topic, drill.item, drill.right) for drill in drills]
[('flags', '[S.]', False)]
"""

import os
import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from lesson_engine.course.store import ProgressError, Store
from lesson_engine.course.verdict import Verdict
from lesson_engine.course.workspace import Workspace
from lesson_engine.messages import Message

if TYPE_CHECKING:
    from lesson_engine.course.transfer import Document

__all__ = ["Attempt", "Drill", "Progress", "ProgressError", "Quiz"]

_ANSWER_KEPT = 2000
"""Characters of an answer that are kept with its attempt; the answer file itself is the learner's."""


class Attempt(NamedTuple):
    """One graded answer. `at` is in seconds since the epoch; `withdrawn` is when its exercise was reset, or None
    while the attempt counts."""

    exercise: str
    at: int
    passed: bool
    score: float
    misconception: str | None
    answer: str
    withdrawn: int | None


class Drill(NamedTuple):
    """One item of practice that was answered; `at` is in seconds since the epoch."""

    topic: str
    item: str
    at: int
    right: bool


class Quiz(NamedTuple):
    """One quiz that was finished, with `right` of `questions` answered right; `at` is in seconds since the epoch."""

    topic: str
    at: int
    right: int
    questions: int


class Progress:
    """One learner's progress, in `workspace`. The file is made at the first write; reading makes nothing.

    `tell` is told when a damaged store was kept aside and a new one begun; without it, damage raises ProgressError
    and the file stays as it is. `close`, or the end of the process, gives the store up.
    """

    def __init__(self, workspace: Workspace, tell: Callable[[Message], None] | None = None) -> None:
        self.path = workspace.progress
        self._tell = tell
        self._store = Store(workspace, self._rescue if tell else None)

    def close(self) -> None:
        """Gives up the connection; the next call opens another."""
        self._store.close()

    def record(self, verdict: Verdict) -> None:
        """Adds one attempt. Raises ProgressError."""
        values = (
            _token(),
            verdict.exercise,
            int(time.time()),
            verdict.passed,
            verdict.score,
            verdict.relation,
            verdict.misconception,
            _essence(verdict.answer),
        )
        self._store.write(
            lambda store: store.execute(
                "INSERT INTO attempt (token, exercise, at, passed, score, relation, misconception, answer)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        )

    def passed(self) -> set[str]:
        """The ids of the exercises that were passed once. Raises ProgressError."""
        return {
            row[0]
            for row in self._store.rows("SELECT DISTINCT exercise FROM attempt WHERE passed AND withdrawn IS NULL")
        }

    def tried(self) -> set[str]:
        """The ids of the exercises that were tried. Raises ProgressError."""
        return {row[0] for row in self._store.rows("SELECT DISTINCT exercise FROM attempt WHERE withdrawn IS NULL")}

    def attempts(self) -> list[Attempt]:
        """All attempts, oldest first, those of exercises that were reset since among them. Raises ProgressError."""
        rows = self._store.rows(
            "SELECT exercise, at, passed, score, misconception, answer, withdrawn FROM attempt ORDER BY at, id"
        )
        return [Attempt(row[0], row[1], bool(row[2]), *row[3:]) for row in rows]

    def reset(self, exercise: str) -> int:
        """Sets aside all attempts at an exercise and its hints, and returns how many attempts that were. They stay
        in the history, and in exports. Raises ProgressError."""

        def withdraw(store: sqlite3.Connection) -> int:
            store.execute("DELETE FROM hint WHERE exercise = ?", (exercise,))
            return store.execute(
                "UPDATE attempt SET withdrawn = ? WHERE exercise = ? AND withdrawn IS NULL",
                (int(time.time()), exercise),
            ).rowcount

        return self._store.write(withdraw) if self._store.exists else 0

    def resets(self, exercise: str) -> int:
        """How often attempts at an exercise were set aside. Raises ProgressError."""
        rows = self._store.rows("SELECT COUNT(DISTINCT withdrawn) FROM attempt WHERE exercise = ?", exercise)
        return int(rows[0][0]) if rows else 0

    def hints_taken(self, exercise: str) -> int:
        """How many rungs of hints were shown. Raises ProgressError."""
        rows = self._store.rows("SELECT rungs FROM hint WHERE exercise = ?", exercise)
        return int(rows[0][0]) if rows else 0

    def take_hint(self, exercise: str, rungs: int) -> int:
        """Moves to the next of `rungs` hints and returns its number, counted from 1; the last one stays.

        Raises ProgressError.
        """

        def step(store: sqlite3.Connection) -> int:
            store.execute(
                "INSERT INTO hint VALUES (?, 1) ON CONFLICT (exercise) DO UPDATE SET rungs = min(rungs + 1, ?)",
                (exercise, rungs),
            )
            return int(store.execute("SELECT rungs FROM hint WHERE exercise = ?", (exercise,)).fetchone()[0])

        return self._store.write(step)

    def record_drill(self, topic: str, item: str, right: bool) -> None:
        """Adds one item of practice: `item` of `topic` was answered right or wrong. Raises ProgressError."""
        values = (_token(), int(time.time()), topic, item, right)
        self._store.write(lambda store: store.execute("INSERT INTO drill VALUES (?, ?, ?, ?, ?)", values))

    def drill_history(self) -> list[Drill]:
        """All items of practice, oldest first. Raises ProgressError."""
        rows = self._store.rows("SELECT topic, item, at, correct FROM drill ORDER BY at, rowid")
        return [Drill(topic, item, at, bool(right)) for topic, item, at, right in rows]

    def record_quiz(self, topic: str, right: int, questions: int) -> None:
        """Adds one finished quiz. Raises ProgressError."""
        values = (_token(), int(time.time()), topic, right, questions)
        self._store.write(lambda store: store.execute("INSERT INTO quiz VALUES (?, ?, ?, ?, ?)", values))

    def quiz_history(self) -> list[Quiz]:
        """All finished quizzes, oldest first. Raises ProgressError."""
        return [
            Quiz(*row) for row in self._store.rows("SELECT topic, at, correct, questions FROM quiz ORDER BY at, rowid")
        ]

    @property
    def seed(self) -> int | None:
        """The seed that makes this learner's captures their own; None for the captures as they were recorded.

        Raises ProgressError.
        """
        rows = self._store.rows("SELECT value FROM setting WHERE name = 'seed'")
        return int(rows[0][0]) if rows else None

    def set_seed(self, seed: int | None) -> None:
        """Remembers the seed; None goes back to the captures as they were recorded. Raises ProgressError."""
        if seed is None:
            self._store.write(lambda store: store.execute("DELETE FROM setting WHERE name = 'seed'"))
        else:
            self._store.write(
                lambda store: store.execute("INSERT OR REPLACE INTO setting VALUES ('seed', ?)", (str(seed),))
            )

    def lot(self) -> int:
        """A number of this learner's own, drawn when it is first asked for. Raises ProgressError."""

        def draw(store: sqlite3.Connection) -> int:
            store.execute("INSERT OR IGNORE INTO setting VALUES ('lot', ?)", (str(int.from_bytes(os.urandom(4))),))
            return int(store.execute("SELECT value FROM setting WHERE name = 'lot'").fetchone()[0])

        return self._store.write(draw)

    def exported(self) -> "Document":
        """Everything, as a document for `take_over`, here or elsewhere. Raises ProgressError."""
        from lesson_engine.course.transfer import document, empty_document

        return self._store.read(document) if self._store.exists else empty_document()

    def take_over(self, found: "Document") -> int:
        """Adds an exported document and returns how many of its records are new here; nothing is taken away.

        Raises TransferError if it is not sound, and then changes nothing; ProgressError.
        """
        from lesson_engine.course.transfer import checked, merge

        sound = checked(found)
        return self._store.write(lambda store: merge(store, sound))

    def _rescue(self, old: sqlite3.Connection | None, kept: str) -> None:
        """Takes over what can be read of a damaged store, and tells where its file lies now."""
        from lesson_engine.course.transfer import merge, salvage

        found = salvage(old) if old is not None else None
        saved = self._store.write(lambda store: merge(store, found)) if found else 0
        assert self._tell is not None
        self._tell(Message("course.progress_kept_aside", path=self.path, kept=kept, saved=saved))


def learner_seed(progress: Progress, environment: "os._Environ[str] | dict[str, str]") -> int | None:
    """The seed of this learner: the one that was chosen, else that of the name in TUTOR_NAME, else None.

    Raises ProgressError: without the store nobody knows which variant they were asked about.
    """
    chosen = progress.seed
    name = environment.get("TUTOR_NAME", "")
    if chosen is not None or not name.strip():
        return chosen
    from lesson_engine.course.seeding import seed_of_name

    return seed_of_name(name)


def _essence(answer: str) -> str:
    """The lines of an answer that say something."""
    lines = [line for line in answer.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    # What came from a command line may hold bytes that are no text.
    return "\n".join(lines)[:_ANSWER_KEPT].encode("utf-8", "replace").decode()


def _token() -> str:
    return os.urandom(8).hex()
