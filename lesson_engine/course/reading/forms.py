"""Forms of answers: what a learner may write for a packet, a number, flags and the like, brought to one value.

Each form is tolerant of spelling (`7`, `"7"`, `"#7"`; `S.`, `SYN,ACK`, `syn-ack`) and of nothing else: whatever is
not understood gives a Message that says what to write. Any value that TOML has may come in.

>>> sorted(flags("Flags [S.]")) == sorted(flags("syn-ack")) == ["ack", "syn"]
True
>>> print(packet(True))
write a packet's number, such as 7 (the answer says True).
"""

import re
from collections.abc import Callable
from datetime import time
from typing import TypeAlias

from lesson_engine.messages import Message

Value: TypeAlias = int | str | frozenset[str] | tuple[int, ...] | tuple[str, ...] | tuple[tuple[int, ...], ...]
Form: TypeAlias = Callable[[object], Value | Message]

FLAG_NAMES = {
    "S": "syn", "F": "fin", "R": "rst", "P": "psh", ".": "ack", "U": "urg", "E": "ece", "W": "cwr", "e": "ae",
}  # fmt: skip
"""tcpdump's letters for TCP's flags, in words."""

_WRITTEN_FLAGS = {**{name: name for name in FLAG_NAMES.values()}, "reset": "rst", "push": "psh", "urgent": "urg"}
_SEPARATORS = r"[\s,、，・+/&|_-]+"
_NUMBER = re.compile(r"(?:(?:seq|ack|win|length|port)\b[\s=:]*)?([0-9]{1,20})")
_PACKET = re.compile(r"#?\s*([0-9]{1,9})")
_LARGEST_PACKET = 10**9
_LARGEST = 1 << 64
_SHOWN = 40
"""Characters of a value that a message repeats."""


def is_empty(value: object) -> bool:
    """Whether nothing is written yet: the key is missing, or its value is what starters have."""
    return value is None or value in ("", []) or (isinstance(value, str) and not value.strip(" \t?_"))


def packet(value: object) -> int | Message:
    """A packet's number: `7`, `"7"`, `"#7"`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST_PACKET:
        return value
    matched = _PACKET.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(matched[1]) if matched else _not("packet", value)


def packets(value: object) -> tuple[int, ...] | Message:
    """Packets' numbers, each once: `[1, 2]`, `"#1 #2"`, `1`."""
    written = value if isinstance(value, list) else re.split(_SEPARATORS, value) if isinstance(value, str) else [value]
    found: dict[int, None] = {}
    for each in written:
        if is_empty(each):
            continue
        number = packet(each)
        if isinstance(number, Message):
            return _not("packets", value)
        if number in found:
            return Message("reading.twice", what=f"#{number}")
        found[number] = None
    return tuple(found) if any(found) else _not("packets", value)


def handshakes(value: object) -> tuple[tuple[int, ...], ...] | Message:
    """Rows of three packets: `[[1, 2, 3], [7, 9, 10]]`. Rows of zeros are not filled in yet."""
    if not isinstance(value, list):
        return _not("handshakes", value)
    rows: dict[tuple[int, ...], None] = {}
    for row in value if all(isinstance(each, list) for each in value) else [value]:
        numbers = tuple(map(packet, row))
        if len(row) != 3 or any(isinstance(number, Message) for number in numbers):
            return _not("handshakes", value)
        known = tuple(number for number in numbers if isinstance(number, int))
        if known in rows and any(known):
            return Message("reading.twice", what=list(known))
        rows[known] = None
    return tuple(row for row in rows if any(row))


def order(value: object) -> tuple[str, ...] | Message:
    """Letters in order, each once: `["B", "A"]`, `"B A"`, `"BA"`."""
    text = "".join(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else value
    letters = re.sub(r"[\s,、，・>→-]+", "", text).upper() if isinstance(text, str) else ""
    if not letters.isascii() or not letters.isalpha():
        return _not("order", value)
    twice = next((letter for letter in letters if letters.count(letter) > 1), None)
    return Message("reading.twice", what=twice) if twice else tuple(letters)


def number(value: object) -> int | Message:
    """A number, alone or behind its name: `1`, `"1"`, `"ack 1"`."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return value
    matched = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(matched[1]) if matched else _not("number", value)


def sequence(value: object) -> str | Message:
    """What tcpdump prints behind `seq`: a number, or the first number and the one behind the last: `"1:80"`."""
    if isinstance(value, str) and (
        matched := re.fullmatch(r"(?:seq\s*)?([0-9]{1,20})\s*:\s*([0-9]{1,20})", value.strip())
    ):
        return f"{int(matched[1])}:{int(matched[2])}"
    found = number(value)
    return _not("sequence", value) if isinstance(found, Message) else str(found)


def port(value: object) -> int | Message:
    """A port's number."""
    found = number(value)
    return _not("port", value) if isinstance(found, Message) else found


def address(value: object) -> str | Message:
    """An address, with the port behind it if one is written."""
    text = value.strip().rstrip(":").lower() if isinstance(value, str) else ""
    return text if re.fullmatch(r"[0-9a-f.:]{2,60}", text) else _not("address", value)


def clock(value: object) -> str | Message:
    """The time before a line, as it is printed. TOML knows times too: quotes are not needed."""
    if isinstance(value, time):
        return f"{value:%H:%M:%S.%f}"
    text = value.strip() if isinstance(value, str) else ""
    return text if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?", text) else _not("time", value)


def flags(value: object) -> frozenset[str] | Message:
    """TCP flags in tcpdump's letters or by name, in any order: `S.`, `[S.]`, `SYN,ACK`, `syn-ack`, `SYNACK`."""
    if not isinstance(value, str):
        return _not("flags", value)
    text = re.sub(r"(?i)^flags?\b", "", value.strip()).strip(" []")
    if text and all(letter in FLAG_NAMES for letter in text.replace("s", "S")):
        return frozenset(FLAG_NAMES[letter] for letter in text.replace("s", "S"))
    named = flag_names(text)
    return _not("flags", value) if isinstance(named, Message) else named


def flag_names(value: object) -> frozenset[str] | Message:
    """TCP flags by name alone: `SYN,ACK`, `syn-ack`, `SYN + ACK`."""
    if not isinstance(value, str):
        return _not("flag_names", value)
    words = [word for word in re.split(rf"{_SEPARATORS}|と", value.strip(" []").lower()) if word not in ("", "and")]
    named = "|".join(sorted(_WRITTEN_FLAGS, key=len, reverse=True))
    if words in (["none"], ["なし"]):
        return frozenset()
    if not words or not all(re.fullmatch(rf"(?:{named})+", word) for word in words):
        return _not("flag_names", value)
    return frozenset(_WRITTEN_FLAGS[name] for word in words for name in re.findall(named, word))


def choice(value: object) -> str | Message:
    """One of the options' values."""
    return value.strip().lower() if isinstance(value, str) else _not("choice", value)


def shown(value: object) -> str:
    """What the learner wrote, short enough for a message."""
    if isinstance(value, frozenset):
        return ",".join(sorted(value)).upper()
    try:
        text = value if isinstance(value, str) else str(value)
    except ValueError:  # an integer with more digits than Python prints
        text = "…"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _not(form: str, value: object) -> Message:
    return Message(f"reading.form.{form}", found=shown(value))
