"""A program's tests as comparisons of the frame's bytes, for what Wireshark has no field or no right field for.

`byte_phrase` says in the display language what `program` says: `frame[12:2] == 08:00`. It holds for the link
type that the program was compiled for. It must not know syntax. A display filter cannot compute a place or a
number, so a program that does has no such form: NoBytesError. Language: wireshark-filter(4), "The slice operator".

>>> from lesson_engine.filters.program import Load
>>> byte_phrase(Compare(Load(None, 14, 2), "=", Constant(0x0806))).text
'frame[14:2] == 08:06'
"""

from lesson_engine.filters.nodes import Relational
from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Compare,
    Constant,
    Either,
    Load,
    Negation,
    Test,
    Value,
    WireLength,
)
from lesson_engine.filters.wireshark.phrases import (
    EVERYTHING,
    FARTHEST,
    NOTHING,
    RELATIONS,
    Phrase,
    always,
    joined,
    negated,
    sliced,
)
from lesson_engine.packets.fields import WORD, calculate

FLIPPED: dict[Relational, Relational] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The relation that holds from right to left."""


class NoBytesError(Exception):
    """The test computes what a display filter cannot."""


def byte_phrase(test: Test) -> Phrase:
    """`test` over slices of the frame. Raises NoBytesError."""
    match test:
        case All(parts=parts):
            return joined("&&", map(byte_phrase, parts))
        case Either(parts=parts):
            return joined("||", map(byte_phrase, parts))
        case Negation(part=part):
            return negated(byte_phrase(part))
        case Always(truth=truth):
            return EVERYTHING if truth else NOTHING
        case Compare(left=left, relation=relation, right=right):
            if (number := _constant(right)) is not None:
                return _compared(left, relation, number)
            if (number := _constant(left)) is not None:
                return _compared(right, FLIPPED[relation], number)
    raise NoBytesError


def _constant(value: Value) -> int | None:
    """The number, if it is the same for every packet."""
    match value:
        case Constant(number=number):
            return number
        case Calculation(operator=sign, left=left, right=right):
            first, second = _constant(left), _constant(right)
            if first is not None and second is not None and (second or sign not in "/%"):
                return calculate(sign)(first, second) & WORD
    return None


def _compared(value: Value, relation: Relational, number: int) -> Phrase:
    match value:
        case WireLength():
            return Phrase(f"frame.len {RELATIONS[relation]} {number}")
        case Load(base=None, offset=offset, size=size):
            mask = (1 << 8 * size) - 1
        case (
            Calculation(operator="&", left=Load(base=None, offset=offset, size=size), right=kept)
            | Calculation(operator="&", left=kept, right=Load(base=None, offset=offset, size=size))
        ) if (found := _constant(kept)) is not None:
            mask = found & (1 << 8 * size) - 1
        case _:
            raise NoBytesError
    never = NOTHING._replace(slices=True)
    if offset >= FARTHEST:
        return never
    if (answer := always(relation, number, (1 << 8 * size) - 1)) is not None:
        # The bytes must be there all the same.
        return sliced("frame", offset, size, (1 << 8 * size) - 1, ">=", 0) if answer else never
    return sliced("frame", offset, size, mask, relation, number)
