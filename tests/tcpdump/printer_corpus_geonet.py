"""Packets of GeoNetworking, right and wrong, for the tests of the printers."""

import struct

from printer_packets import ethernet, ieee_802_3

_HEX = bytes.fromhex
_POSITION = _HEX("80020200000000010000abcd1dcd650005f5e1000064070800000000")
_TRANSPORT = _HEX("07d107d2")


def _packet(following: int = 2, kind: int = 0x50, rest: bytes = _TRANSPORT) -> bytes:
    return bytes((following, kind, 0, 0)) + struct.pack(">HBB", len(rest), 0, 9) + _POSITION + rest


def _packets() -> list[bytes]:
    kinds = [kind << 4 | detail for kind in range(8) for detail in (0, 1, 2, 15)]
    packets = [_packet(2, kind, bytes(range(1, 80))) for kind in kinds]
    packets += [_packet(following) for following in (0, 1, 2, 3, 4, 15, 0x12, 0xF2)]
    packets += [
        _packet(1, 0x50, _TRANSPORT + bytes((1, kind)) + b"rest") for kind in (0, 1, *range(100, 109), 150, 255)
    ]
    packets += [_packet()[:size] for size in range(39)]
    packets += [_packet(following, 0x50, bytes(size)) for following in (0, 1, 2) for size in range(8)]
    packets += [_packet(following, 0x51, bytes(size)) for following in (0, 2) for size in (0, 31, 32, 35, 36, 38, 40)]
    return packets


ETHERNET = {
    "geonet": [
        *(ethernet(packet, 0x8947) for packet in _packets()),
        ethernet(_packet(), 0x0707),
        *(ieee_802_3(_HEX(f"aaaa03000000{kind}") + _packet()) for kind in ("8947", "0707")),
    ],
}
"""Frames by protocol, for every option."""
