"""One packet's bytes as ints: loads, arithmetic, chains of headers."""

import pytest

from lesson_engine.packets.fields import BEYOND, calculate, follow_chain, load


def test_loads_are_big_endian_and_checked() -> None:
    data = bytes(range(1, 8))
    assert [load(1, size)(data) for size in (1, 2, 4)] == [2, 0x0203, 0x02030405]
    for offset, size in ((7, 1), (6, 2), (4, 4), (2**32, 1), (2**33, 4)):
        with pytest.raises(BEYOND):
            load(offset, size)(data)


def test_shifts_beyond_the_word_give_nothing() -> None:
    assert [calculate("<<")(1, by) for by in (0, 31, 32, 2**32 - 1)] == [1, 1 << 31, 0, 0]
    assert [calculate(">>")(2**32 - 1, by) for by in (0, 31, 32, 2**32 - 1)] == [2**32 - 1, 1, 0, 0]


def ip6(*headers: bytes, first: int) -> bytes:
    return b"\x60" + bytes(5) + bytes([first]) + bytes(33) + b"".join(headers)


def test_a_chain_is_followed_through_extension_headers() -> None:
    packet = ip6(bytes([60, 1]) + bytes(14), bytes([44, 0]) + bytes(6), bytes([6, 0]) + bytes(6), first=0)
    assert [follow_chain(packet, 6, 0, protocol) for protocol in (0, 60, 44, 6, 17)] == [True, True, True, True, False]


def test_a_chain_ends_where_nothing_follows() -> None:
    assert not follow_chain(ip6(first=59), 6, 0, 6)
    assert follow_chain(ip6(first=59), 6, 0, 59)


def test_a_chain_beyond_the_bytes_raises() -> None:
    with pytest.raises(BEYOND):
        follow_chain(ip6(first=0), 6, 0, 6)


def test_a_chain_in_a_circle_ends() -> None:
    # An AH whose length field points at itself: (8 + 2) * 4 is 40, where it lies.
    assert not follow_chain(ip6(bytes([51, 8]) + bytes(6), first=51), 6, 0, 6)
