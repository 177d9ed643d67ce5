"""The learner's TOML: what is written behind each key, or the fault with its place.

Whatever the text is, there are values or a Fault; never an exception. TOML 1.0.

>>> read("ack = 1").values
{'ack': 1}
>>> read("flags = S.").hint
'flags = "S."'
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from lesson_engine.course.verdict import Fault
from lesson_engine.messages import Message

_UNQUOTED = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=\s*([^\s"'\[{#][^"'#]*|\[[A-Za-z.]*\])\s*(?:#.*)?""")
_LONGEST_CORRECTED = 200
_STRAIGHT = {ord(quote): '"' for quote in "“”„‟＂"} | {ord(quote): "'" for quote in "‘’‚‛"}


class Written(NamedTuple):
    """What an answer file says, key by key."""

    values: Mapping[str, Any]


def read(answer: str) -> Written | Fault:
    """The values of an answer, or where it is no TOML and, if that is likely, the corrected line."""
    try:
        return Written(tomllib.loads(answer))
    except (ValueError, RecursionError) as error:
        # Integers beyond Python's limit of digits are a ValueError, deep nesting is a RecursionError.
        span = _place(answer, str(error))
        line = answer[slice(*span)]
        key, hint = "reading.not_toml", None
        if narrow := _narrow(line):
            key, hint = "reading.full_width", narrow
        elif quoted := _quoted(line):
            key, hint = "reading.quote_it", quoted
        return Fault(Message(key, line=answer.count("\n", 0, span[0]) + 1), answer, span, hint)


def _place(answer: str, fault: str) -> tuple[int, int]:
    """The span of the line that tomllib's message names, else of the last line that says anything."""
    matched = re.search(r"at line (\d+)", fault)
    lines = answer.splitlines(keepends=True)
    row = min(int(matched[1]), len(lines)) if matched else len(answer.rstrip().splitlines())
    start = sum(map(len, lines[: row - 1]))
    return start, start + len(lines[row - 1].rstrip("\r\n")) if lines else start


def _narrow(line: str) -> str | None:
    """The line without characters of full width and curly quotes, if these are all that is wrong with it."""
    from unicodedata import normalize

    narrow = normalize("NFKC", line).translate(_STRAIGHT) if len(line) <= _LONGEST_CORRECTED else line
    if narrow == line:
        return None
    return narrow if _is_toml(narrow) else _quoted(narrow)


def _quoted(line: str) -> str | None:
    """The line with quotes around its value, if that is all it lacks."""
    matched = _UNQUOTED.fullmatch(line) if len(line) <= _LONGEST_CORRECTED else None
    if matched is None or _is_toml(line):
        return None
    corrected = f'{matched[1]} = "{matched[2].rstrip()}"'
    return corrected if _is_toml(corrected) else None


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except ValueError:
        return False
    return True
