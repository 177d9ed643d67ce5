"""Progress as a document: what is carried to another machine, kept as a backup, or saved from a damaged store.

A document is JSON values: the tables below as lists of records, the hints taken, the seed. What is read from one is
checked value by value before anything is written, and merging only adds: an attempt that is known already (by its
token) changes nothing, but that it counts again if it counts in the document; hints never go down; a seed is taken
over only where there is none. Where the document lies is not known here.

>>> checked({"kind": "tutor-progress", "format": 1, "hints": {"exercise3": 2}})["hints"]
{'exercise3': 2}
>>> checked({"kind": "tutor-progress", "format": 2})
Traceback (most recent call last):
    ...
lesson_engine.course.transfer.TransferError: This tutor reads format 1, but the file says 2. Update tutor.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from lesson_engine.messages import Message

FORMAT = 1
"""The format of the documents that are written here, and the only one that is read."""

_KIND = "tutor-progress"
_LARGEST = (1 << 63) - 1

Document = dict[str, Any]
Check = Callable[[object], bool]


class TransferError(ValueError):
    """A document that cannot be taken over; `message` says where the fault is. Nothing was changed."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _text(value: object) -> bool:
    # A lone surrogate is no text that a file could hold.
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _name(value: object) -> bool:
    return _text(value) and bool(value)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


_TABLES: dict[str, tuple[str, dict[str, Check]]] = {
    "attempts": (
        "attempt",
        {
            "token": _name,
            "exercise": _name,
            "at": _whole,
            "passed": _truth,
            "score": _share,
            "relation": _or_none(_text),
            "misconception": _or_none(_text),
            "answer": _text,
            "withdrawn": _or_none(_whole),
        },
    ),
    "drills": ("drill", {"token": _name, "at": _whole, "topic": _text, "item": _text, "correct": _truth}),
    "quizzes": ("quiz", {"token": _name, "at": _whole, "topic": _text, "correct": _whole, "questions": _whole}),
}
"""Key of the document to the store's table and the columns that are carried, each with what its values must be."""


def empty_document() -> Document:
    """What a store that is not there holds."""
    return {"kind": _KIND, "format": FORMAT, **{key: [] for key in _TABLES}, "hints": {}, "seed": None}


def document(store: sqlite3.Connection) -> Document:
    """All that the store holds. Raises sqlite3.DatabaseError."""
    found = empty_document() | {key: [*_records(store, key)] for key in _TABLES}
    found["hints"] = dict(store.execute("SELECT exercise, rungs FROM hint"))
    seed = store.execute("SELECT value FROM setting WHERE name = 'seed'").fetchone()
    found["seed"] = int(seed[0]) if seed else None
    return found


def salvage(store: sqlite3.Connection) -> Document:
    """What can still be read of a damaged store, as far as each record is sound."""
    found = empty_document()
    for key in _TABLES:
        sound: dict[str, dict[str, Any]] = {}
        # From both ends, since reading stops at the damage, and unsorted, since sorting reads all first.
        for order in ("rowid", "rowid DESC"):
            with suppress(sqlite3.DatabaseError):
                for record in _records(store, key, order):
                    if _fault(key, record) is None:
                        sound[record["token"]] = record
        found[key] = sorted(sound.values(), key=lambda record: int(record["at"]))
    with suppress(sqlite3.DatabaseError, ValueError):
        for exercise, rungs in store.execute("SELECT exercise, rungs FROM hint"):
            if _name(exercise) and _whole(rungs):
                found["hints"][exercise] = rungs
    with suppress(sqlite3.DatabaseError, ValueError):
        for (seed,) in store.execute("SELECT value FROM setting WHERE name = 'seed'"):
            found["seed"] = int(seed) if _whole(int(seed)) else None
    return found


def checked(value: object) -> Document:
    """`value` if it is a whole and sound document. Raises TransferError."""
    if not isinstance(value, dict) or value.get("kind") != _KIND:
        raise TransferError(Message("course.import_other"))
    if value.get("format") != FORMAT:
        raise TransferError(Message("course.import_format", found=value.get("format"), known=FORMAT))
    for key in _TABLES:
        records = value.get(key, [])
        if not isinstance(records, list):
            raise TransferError(Message("course.import_fault", place=key))
        for number, record in enumerate(records, start=1):
            fault = _fault(key, record)
            if fault is not None:
                raise TransferError(Message("course.import_fault_in", table=key, number=number, place=fault))
    hints = value.get("hints", {})
    if not isinstance(hints, dict) or not all(_name(exercise) and _whole(rungs) for exercise, rungs in hints.items()):
        raise TransferError(Message("course.import_fault", place="hints"))
    if not _or_none(_whole)(value.get("seed")):
        raise TransferError(Message("course.import_fault", place="seed"))
    return value


def merge(store: sqlite3.Connection, found: Mapping[str, Any]) -> int:
    """Adds a checked document to the store, in the transaction of the caller; returns how many
    records are new or count again."""
    before = store.total_changes
    for key, (table, columns) in _TABLES.items():
        names = ", ".join(columns)
        marks = ", ".join("?" * len(columns))
        for record in found.get(key, []):
            store.execute(
                f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", [record[column] for column in columns]
            )
            if record.get("withdrawn", 0) is None:
                store.execute(
                    "UPDATE attempt SET withdrawn = NULL WHERE token = ? AND withdrawn IS NOT NULL", (record["token"],)
                )
    new = store.total_changes - before
    for exercise, rungs in found.get("hints", {}).items():
        store.execute(
            "INSERT INTO hint VALUES (?, ?) ON CONFLICT (exercise) DO UPDATE SET rungs = max(rungs, excluded.rungs)",
            (exercise, rungs),
        )
    if found.get("seed") is not None:
        store.execute("INSERT OR IGNORE INTO setting VALUES ('seed', ?)", (str(found["seed"]),))
    return new


def _records(store: sqlite3.Connection, key: str, order: str = "at, rowid") -> Iterator[dict[str, Any]]:
    table, columns = _TABLES[key]
    for row in store.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):
        record = dict(zip(columns, row, strict=True))
        # SQLite has no truth values of its own.
        for column, check in columns.items():
            if check is _truth and record[column] in (0, 1):
                record[column] = bool(record[column])
        yield record


def _fault(key: str, record: object) -> str | None:
    """The first column that is missing or no value of its kind, or None."""
    _, columns = _TABLES[key]
    if not isinstance(record, dict):
        return "?"
    return next(
        (column for column, check in columns.items() if column not in record or not check(record[column])), None
    )
