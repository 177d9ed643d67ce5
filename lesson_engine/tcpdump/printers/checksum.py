"""The Internet checksum (RFC 1071) and that of OSI (RFC 1008), over any run of bytes.

>>> header = bytes.fromhex("450000280001400040060000 0a000001 0a000002")
>>> hex(internet_checksum(header))
'0x26cd'
>>> internet_checksum(bytes.fromhex("45000028000140004006 26cd 0a000001 0a000002"))
0
"""


def internet_checksum(data: bytes) -> int:
    """The ones' complement of the ones' complement sum of 16-bit words: what a checksum field of zero should
    hold, or 0 where the field already holds it. An odd last byte counts as the high half of a word."""
    if len(data) & 1:
        data += b"\0"
    # 2**16 is 1 modulo 2**16 - 1, so the number the bytes spell has the same remainder as the sum of its words.
    total = int.from_bytes(data, "big")
    remainder = total % 0xFFFF
    return ~(remainder or (0xFFFF if total else 0)) & 0xFFFF


def should_be(found: int, difference: int) -> int:
    """What the checksum field should hold: it holds `found`, and the sum over everything, the field included,
    came out as `difference`.

    >>> hex(should_be(0x0000, 0x26cd))
    '0x26cd'
    """
    total = (found + difference) % 0xFFFF
    return total or 0xFFFF


def osi_checksum(data: bytes, at: int) -> int:
    """What the two bytes at `at` should be (RFC 1008, section 8), as tcpdump reckons it: with them, the sum of all
    bytes and the sum of its running values are 0 modulo 255.

    >>> hex(osi_checksum(bytes(4) + b"a", 1))
    '0xc2db'
    """
    blank = (data[:at] + b"\0\0" + data[at + 2 :])[: len(data)]
    total = sum(blank) % 255
    running = sum(value * (len(blank) - index) for index, value in enumerate(blank)) % 255
    first = (len(blank) - at - 1) * total - running
    return _remainder(first) << 8 | _remainder(running - (len(blank) - at) * total)


def _remainder(value: int) -> int:
    """The value modulo 255, from 1 on; but 255 instead of 1 where the value is negative, as tcpdump has it."""
    remainder = value % 255
    return 255 if remainder == 0 or (remainder == 1 and value < 0) else remainder
