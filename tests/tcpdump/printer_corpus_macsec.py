"""Frames with a MACsec tag, right and wrong, for the tests of the printers."""

import struct

from printer_packets import ethernet, ip, udp

_HEX = bytes.fromhex
_CHANNEL = _HEX("0200000000010001")
_CHECK = bytes(range(16))


def _tagged(flags: int, payload: bytes, short_length: int = 0) -> bytes:
    return struct.pack(">BBI", flags, short_length, 7) + (_CHANNEL if flags & 0x20 else b"") + payload + _CHECK


def _frames() -> list[bytes]:
    datagram = b"\x08\0" + ip(udp(b"hello"), 17)
    payloads = [
        datagram,
        _HEX("81000005") + datagram,
        _HEX("0014fefe03") + bytes(20),
        _HEX("88e5") + _tagged(0, datagram),
        b"\x99\x99" + bytes(9),
        b"",
        b"\x08",
        b"\x08\0",
    ]
    flags = (*range(16), 0x10, 0x20, 0x2C, 0x30, 0x40, 0x50, 0x60, 0x7F, 0x80, 0xFF)
    frames = [_tagged(value, datagram) for value in flags]
    frames += [_tagged(value, payload) for payload in payloads for value in (0, 0x20, 0x2C)]
    frames += [_tagged(0, datagram, size) for size in (1, 2, 10, 34, 35, 36, 47, 48, 63, 64, 128, 255)]
    frames += [_tagged(0, b"\x99\x99" + bytes(9), size) for size in (1, 2, 5, 11, 12)]
    frames += [_tagged(value, datagram)[:size] for value in (0, 0x20) for size in range(34)]
    return frames


ETHERNET = {
    "macsec": [
        *(ethernet(frame, 0x88E5) for frame in _frames()),
        ethernet(_HEX("000388e5") + _tagged(0, b"\x08\0" + ip(udp(b"hello"), 17)), 0x8100),
    ],
}
"""Frames by protocol, for every option."""
