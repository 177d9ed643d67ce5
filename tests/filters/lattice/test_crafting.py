"""Frames made of classes."""

import pytest

from lesson_engine.filters.lattice.conditions import Cell
from lesson_engine.filters.lattice.crafting import Crafter
from lesson_engine.filters.program import Calculation, Constant, Load

HEADER_LENGTH = Calculation("<<", Calculation("&", Load(None, 14, 1), Constant(15)), Constant(2))
TYPE = Cell(0, "bits", None, 8 * 12, 16)
PROTOCOL = Cell(1, "bits", None, 8 * 23, 8)
WORDS = Cell(2, "bits", None, 8 * 14 + 4, 4)
SOURCE_PORT = Cell(3, "bits", HEADER_LENGTH, 8 * 14, 16)
LENGTH = Cell(4, "length", None, 0, 17)


def checksum(data: bytes) -> int:
    """RFC 1071: 0 over a header with a right checksum."""
    total = sum(int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def test_options_make_room_before_the_ports() -> None:
    frame = Crafter(set()).craft({TYPE: ((0x0800, 0x0800),), WORDS: ((7, 7),), SOURCE_PORT: ((22, 22),)})
    assert (frame[14], frame[42:44]) == (0x47, b"\0\x16")
    assert int.from_bytes(frame[16:18], "big") == len(frame) - 14
    assert checksum(frame[14:42]) == 0


@pytest.mark.parametrize("length", [60, 100, 1514])
def test_the_length_is_the_nearest_allowed(length: int) -> None:
    frame = Crafter(set()).craft({LENGTH: ((length, 65535),), PROTOCOL: ((6, 6),)})
    assert len(frame) == length
    assert int.from_bytes(frame[16:18], "big") == length - 14


def test_what_the_class_leaves_free_is_ordinary() -> None:
    crafter = Crafter(set())
    assert crafter.craft({PROTOCOL: ((0, 5), (7, 255))})[23] == 17
    assert crafter.craft({TYPE: ((0x0801, 0xFFFF),)})[12:14] == b"\x08\x06"
    assert crafter.craft({SOURCE_PORT: ((0, 51233),)})[34:36] == b"\0\x50"


def test_every_change_is_odder() -> None:
    crafter = Crafter(set())
    before = crafter.oddness()
    assert min(crafter.odder(before, PROTOCOL, PROTOCOL.full, ((0, 100),))) == min(before)
    assert min(crafter.odder(before, PROTOCOL, PROTOCOL.full, ((7, 16),))) > min(before)
