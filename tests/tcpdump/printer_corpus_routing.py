"""Packets of the protocols that configure hosts and run routers, right and wrong, for the tests of the printers."""

# ruff: noqa: E501, SIM905
# Bytes read better as one run of digits, and lists of words as one string.

import struct

from printer_packets import HERE, over_udp

_HEX = bytes.fromhex
_COOKIE = _HEX("63825363")


def _boot(
    vendor: bytes,
    *,
    first: tuple[int, int, int, int] = (1, 1, 6, 0),
    numbers: bytes = bytes(8),
    addresses: bytes = bytes(16),
    server: bytes = b"",
    file: bytes = b"",
) -> bytes:
    return (
        bytes(first)
        + numbers
        + addresses
        + HERE
        + bytes(10)
        + server.ljust(64, b"\0")
        + file.ljust(128, b"\0")
        + vendor
    )


def _dhcp() -> list[bytes]:
    messages = [
        _boot(b""),
        _boot(bytes(4)),
        _boot(b"abcd" + bytes(60)),
        _boot(b"CMU\0" + bytes(60)),
        _boot(b"CMU\0" + bytes(range(1, 61))),
        _boot(b"CMU\0\1\0\0\0" + bytes(range(1, 57))),
        _boot(_COOKIE + b"\xff", first=(2, 1, 6, 3), numbers=_HEX("deadbeef00078000"), addresses=bytes(range(16))),
        _boot(_COOKIE, first=(2, 6, 6, 0), numbers=_HEX("0000000000000001"), server=b"boot\x01\xe9", file=b"a" * 128),
        _boot(_COOKIE, first=(1, 6, 8, 0), server=b"s" * 64),
        _boot(_COOKIE, first=(9, 1, 5, 255)),
    ]
    values = ("", "01", "00", "02ff", "0a0000", "0a000001", "c0a80001ff", "0a0000010a000002", "68656c6c6f21")
    values += ("0a0000010a00000203040506", "10ffffffffffffffffffffffff0102030405060708090a0b")
    for value in values:
        data = _HEX(value)
        options = [bytes((tag, len(data))) + data for tag in range(1, 255)]
        messages += [_boot(_COOKIE + b"".join(options[start : start + 16]) + b"\xff") for start in range(0, 254, 16)]
    special = (
        "350101 350102 350103 350104 350105 350106 350107 350108 350109 35010a 35010d 350e 350163 35020101 3500"
        " 37060103060f1c79 3705fe01ffab7f 3700 2e0101 2e0108 2e0109 2e020102 340101 340103 340107 34020107"
        " 3d0701020000000001 3d0400616263 3d06ff0102030405 3d0118 3d03170102 3d0100 5106000000686f73 5107050102686f7374"
        " 5103f0ffff 51030f0000 5203010161 520801026162020263 52050902abcd01 52020100 520401056162 52070601620201630a"
        " 7905180a00000a 7908180a00000a000001 790d000a000001180a00000a000001 790921ffffffffffffffff 79090a0affffffffff01"
        " 790c200a0000010a000001ff0000 f908180a00000a000001 4d03026162 4d06026162026364 4d02006161 4d03056162 4d040061626300"
        " 7e0400010002 7e03000102 7f03000101 7f0400010203 7f0a000101020304050607 0000000000350101 00ff 0000ff00 ff350101"
        " 0b 0b05 0b050a 0c0361e9626d 0c0100"
    ).split()
    messages += [_boot(_COOKIE + _HEX(option)) for option in special]
    lease = "3501053604 0a000001 3304 00000e10 3a04 00000708 3b04 00000c4e 0104 ffffff00 0304 0a000001 0608 08080808 08080404"
    messages += [_boot(_COOKIE + _HEX(lease.replace(" ", "")) + b"\xff" + bytes(20), first=(2, 1, 6, 0))]
    return over_udp(67, *messages)


def _ntp_time(
    first: int, stratum: int, poll: int, precision: int, reference: bytes, *times: int, more: bytes = b""
) -> bytes:
    head = struct.pack(">BBbbII4s", first, stratum, poll, precision, 0x00018001, 0x8001FFFF, reference)
    return head + struct.pack(">QQQQ", *times) + more


def _ntp() -> list[bytes]:
    day, early, late = 0xE900000012345678, 0x7000000180000000, 0xE9000001C0000000
    key, gps, address = _HEX("00000007"), b"GPS\0", b"\x0a\0\0\1"
    messages = [
        _ntp_time(0xE3, 0, 3, -6, bytes(4), 0, 0, 0, late),
        _ntp_time(0x24, 1, -6, 6, gps, day, day + 1, late, day),
        _ntp_time(0x64, 2, 40, -40, address, 1, early, late, day, more=key + bytes(range(16))),
        _ntp_time(0xA4, 16, 0, 0, address, 1, late, early, day, more=key + bytes(range(20))),
        _ntp_time(0xA4, 62, 31, -31, address, 1, 2, 3, 4, more=key),
        _ntp_time(0xA4, 63, 31, -31, address, 1, 2, 3, 4),
        _ntp_time(0x1C, 3, 32, -32, address, day, early, early, early + 1, more=key + b"\1"),
        _ntp_time(0x1C, 15, -31, 0, address, day, 5, 5, 4, more=key),
        _ntp_time(0x0D, 255, -32, 0, address, day, 1 << 63, 0, 1 << 32),
        _ntp_time(0x08, 1, -32, 0, b"\xe9\n\0\0", 0xFFFFFFFFFFFFFFFF, 1, 0xFFFFFFFFFFFFFFFF, 1),
    ]
    # Differences of every sign of seconds and fraction.
    pairs = ((5, 5), (5, 6), (5, 4), (4, 5), (6, 5))
    messages += [
        _ntp_time(0x24, 2, 6, -20, address, day, whole << 32 | part << 28, 5 << 32 | 5 << 28, 5 << 32 | 6 << 28)
        for whole, part in pairs
    ]
    messages += [bytes((0x20 | mode,)) + bytes(size) for mode in range(8) for size in (0, 11, 12, 30, 47, 48)]
    for command in (0, 0x02, 0x9F, 0x5F, 0x22, 0xE1):
        for count, data in ((0, b""), (0, b"abcd"), (4, b"abcd"), (5, b"abcd"), (3, b"abcd")):
            messages.append(struct.pack(">BBHHHHH", 0x16, command, 1, 0x1234 * (command & 1), 5, 6, count) + data)
    return over_udp(123, *messages)


ETHERNET = {
    "dhcp": _dhcp(),
    "ntp": _ntp(),
}
"""Frames by protocol, for every option."""
