"""Packets in which networks tell their own machines what to do, right and wrong: M3UA."""

import struct

from printer_packets import over_ip, sctp, sctp_chunk


def _data(payload_protocol: int, payload: bytes) -> bytes:
    return sctp_chunk(0, 3, struct.pack(">IHHI", 1, 2, 3, payload_protocol) + payload)


def _m3ua() -> list[bytes]:
    def message(group: int, kind: int, body: bytes = b"", length: int | None = None, version: int = 1) -> bytes:
        claimed = 8 + len(body) if length is None else length
        return struct.pack(">BBBBI", version, 0, group, kind, claimed) + body

    def parameter(kind: int, value: bytes, length: int | None = None) -> bytes:
        return struct.pack(">HH", kind, 4 + len(value) if length is None else length) + value + bytes(-len(value) % 4)

    tags = (0, *range(4, 20), *range(0x200, 0x215), 0xFFFF)
    messages = [message(group, kind) for group in range(11) for kind in range(8)]
    messages += [message(1, 1, parameter(tag, bytes(size))) for tag in tags for size in (0, 1, 4)]
    messages += [message(1, 1, parameter(6, bytes(4), length) + parameter(4, b"hi")) for length in (0, 3, 5, 9, 40)]
    messages += [message(1, 1, parameter(4, b"hi")[:size]) for size in range(8)]
    messages += [message(3, 1, b"", 9), message(3, 1, version=2), message(3, 1, b"abcd", 8), b"\1\0\3", b""]
    return over_ip(132, *(sctp(_data(3, each) + sctp_chunk(11, 0, b"")) for each in messages))


ETHERNET = {"m3ua": _m3ua()}
"""Frames by protocol, for every option."""
