"""Tables of TOML that know where they lie, so that each fault in a definition names its file and key.

>>> Table.read("format = 1\\nstars = 9", "exercise3.toml").whole("stars", high=3)
Traceback (most recent call last):
    ...
lesson_engine.course.definition.ExerciseError: exercise3.toml, key stars: 9 is not in 0 to 3.
"""

import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from lesson_engine.messages import LANGUAGES, Localized, Message

FORMAT = 1
"""The format version this engine reads; a definition says which it is written in."""


class ExerciseError(ValueError):
    """A definition that cannot be used: `file` and `key` say where, `message` what to do."""

    def __init__(self, message: Message, *, file: str = "", key: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.file = file
        self.key = key


class Table:
    """A TOML table that knows where it lies, so that every fault can name file and key."""

    def __init__(self, values: Mapping[str, Any], file: str, path: str) -> None:
        self.values = values
        self.file = file
        self.path = path

    @classmethod
    def read(cls, source: str, file: str) -> "Table":
        """The top table of a definition in this engine's format. Raises ExerciseError."""
        try:
            top = cls(tomllib.loads(source), file, "")
        except tomllib.TOMLDecodeError as error:
            raise ExerciseError(Message("course.not_toml", file=file, fault=str(error)), file=file) from error
        version = top.whole("format")
        if version != FORMAT:
            raise top.fault("format", Message("course.format", found=version, known=FORMAT))
        return top

    def fault(self, key: str, message: Message) -> ExerciseError:
        where = f"{self.path}.{key}".lstrip(".")
        return ExerciseError(
            Message("course.definition", file=self.file, key=where, fault=message), file=self.file, key=where
        )

    def _get(self, key: str, kind: type, wanted: str) -> Any:
        if key not in self.values:
            raise self.fault(key, Message("course.key_missing"))
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fault(key, Message("course.key_type", wanted=wanted, found=type(value).__name__))
        return value

    def string(self, key: str) -> str:
        text: str = self._get(key, str, "string")
        if not text.strip():
            raise self.fault(key, Message("course.key_empty"))
        return text

    def whole(self, key: str, low: int = 0, high: int = 1 << 31) -> int:
        number: int = self._get(key, int, "integer")
        if not low <= number <= high:
            raise self.fault(key, Message("course.key_range", low=low, high=high, found=number))
        return number

    def flag(self, key: str) -> bool:
        """A boolean; false where the key is not there."""
        return key in self.values and bool(self._get(key, bool, "boolean"))

    def choice(self, key: str, choices: tuple[Any, ...]) -> Any:
        value = self.string(key)
        if value not in choices:
            raise self.fault(key, Message("course.key_choice", choices=", ".join(choices), found=value))
        return value

    def strings(self, key: str, optional: bool = False) -> tuple[str, ...]:
        if optional and key not in self.values:
            return ()
        values: list[object] = self._get(key, list, "array of strings")
        for index, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.fault(
                    f"{key}[{index}]", Message("course.key_type", wanted="string", found=type(value).__name__)
                )
        return tuple(str(value) for value in values)

    def table(self, key: str) -> "Table":
        return Table(self._get(key, dict, "table"), self.file, f"{self.path}.{key}".lstrip("."))

    def tables(self, key: str, optional: bool = False) -> list["Table"]:
        if optional and key not in self.values:
            return []
        values: list[object] = self._get(key, list, "array of tables")
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.fault(
                    f"{key}[{index}]", Message("course.key_type", wanted="table", found=type(value).__name__)
                )
        prefix = f"{self.path}.{key}".lstrip(".")
        return [
            Table(value, self.file, f"{prefix}[{index}]")
            for index, value in enumerate(values)
            if isinstance(value, dict)
        ]

    def localized(self, key: str) -> Localized:
        return self.table(key).here()

    def here(self) -> Localized:
        """This very table as a text in both languages."""
        self.nothing_else(LANGUAGES)
        return Localized(self.string("ja").strip(), self.string("en").strip())

    def nothing_else(self, known: Collection[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.fault(key, Message("course.key_unknown"))
