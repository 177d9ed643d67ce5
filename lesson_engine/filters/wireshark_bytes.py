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
from lesson_engine.filters.wireshark_phrases import (
    EVERYTHING,
    NOTHING,
    RELATIONS,
    Phrase,
    always,
    joined,
    negated,
    sliced,
)

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
        case Compare(left=Constant() as left, relation=relation, right=right) if not isinstance(right, Constant):
            return _compared(right, FLIPPED[relation], left.number)
        case Compare(left=left, relation=relation, right=Constant(number=number)):
            return _compared(left, relation, number)
    raise NoBytesError


def _compared(value: Value, relation: Relational, number: int) -> Phrase:
    match value:
        case WireLength():
            return Phrase(f"frame.len {RELATIONS[relation]} {number}")
        case Load(base=None, offset=offset, size=size):
            mask = (1 << 8 * size) - 1
        case Calculation(operator="&", left=Load(base=None, offset=offset, size=size), right=Constant(number=mask)):
            mask &= (1 << 8 * size) - 1
        case _:
            raise NoBytesError
    if offset >= 1 << 31:
        return NOTHING
    if (answer := always(relation, number, (1 << 8 * size) - 1)) is not None:
        # The bytes must be there all the same.
        return sliced("frame", offset, size, (1 << 8 * size) - 1, ">=", 0) if answer else NOTHING
    return sliced("frame", offset, size, mask, relation, number)
