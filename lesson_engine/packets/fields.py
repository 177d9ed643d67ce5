"""Reading one packet's bytes as ints: loads with a bounds check, 32-bit arithmetic, chains of IP headers.

The carrier of one packet; `columns` is its twin for a whole capture. A load beyond the captured bytes, like a
division by zero, raises one of `BEYOND`. Loads are big endian. Knows nothing of filters.
IPv6 extension headers: RFC 8200; AH: RFC 4302.

>>> load(2, 2)(b"\\x00\\x01\\x02\\x03")
515
>>> follow_chain(b"\\x60" + bytes(5) + b"\\x3a" + bytes(33), 6, 0, 58)
True
"""

import operator
from collections.abc import Callable
from struct import Struct, error
from typing import Literal

BEYOND = (IndexError, error, ZeroDivisionError)
"""What reading beyond the captured bytes, or dividing by zero, raises."""

WORD = 0xFFFFFFFF

_LOADERS = {2: Struct(">H").unpack_from, 4: Struct(">I").unpack_from}

_HOP_BY_HOP, _DESTINATION, _ROUTING, _FRAGMENT, _AUTHENTICATION, _NO_NEXT = 0, 60, 43, 44, 51, 59


def load(offset: int, size: int) -> Callable[[bytes], int]:
    """A function that reads `size` bytes (1, 2 or 4) at `offset` (not negative); it raises one of BEYOND."""
    if size == 1:
        return operator.itemgetter(offset)
    unpack = _LOADERS[size]

    def read(data: bytes) -> int:
        value: int = unpack(data, offset)[0]
        return value

    return read


def calculate(sign: str) -> Callable[[int, int], int]:
    """The function of an operator; its result is to be reduced to 32 bits. Divisions by zero raise one of BEYOND."""
    return _OPERATORS[sign]


def _shift_left(value: int, by: int) -> int:
    return value << by if by < 32 else 0


def _shift_right(value: int, by: int) -> int:
    return value >> by if by < 32 else 0


_OPERATORS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.floordiv,
    "%": operator.mod,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": _shift_left,
    ">>": _shift_right,
}


def follow_chain(data: bytes, version: Literal[4, 6], offset: int, protocol: int) -> bool:
    """Whether following an IP packet's headers from its start at `offset` arrives at `protocol`.

    Read as libpcap 1.10 does, which takes an AH header's length for the position after it. Where that leads back
    to a header already read (libpcap never returns) the answer is no. Raises one of BEYOND.
    """
    if version == 4:
        following, position = data[offset + 9], (data[offset] & 15) * 4
    else:
        following, position = data[offset + 6], 40
    seen = set()
    while following not in (protocol, _NO_NEXT) and (following, position) not in seen:
        seen.add((following, position))
        start = offset + position
        if following == _AUTHENTICATION:
            following, position = data[start], (data[start + 1] + 2) * 4
        elif version == 6 and following in (_HOP_BY_HOP, _DESTINATION, _ROUTING, _FRAGMENT):
            following, position = data[start], position + (data[start + 1] + 1) * 8
        else:
            break
    return following == protocol
