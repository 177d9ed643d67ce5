"""Savefiles made byte by byte, right and wrong, for the tests of this room."""

import struct

ORDERS = ("<", ">")


def pcap_header(
    order: str = "<",
    magic: int = 0xA1B2C3D4,
    version: tuple[int, int] = (2, 4),
    snapshot_length: int = 262144,
    link_type: int = 1,
) -> bytes:
    return struct.pack(order + "IHHIIII", magic, *version, 0, 0, snapshot_length, link_type)


def pcap_record(
    data: bytes,
    order: str = "<",
    seconds: int = 1,
    fraction: int = 2,
    captured: int | None = None,
    original: int | None = None,
    extra: bytes = b"",
) -> bytes:
    lengths = (len(data) if captured is None else captured, len(data) if original is None else original)
    return struct.pack(order + "IIII", seconds & 0xFFFFFFFF, fraction & 0xFFFFFFFF, *lengths) + extra + data


def block(kind: int, body: bytes, order: str = "<", length: int | None = None, trailer: int | None = None) -> bytes:
    body += bytes(-len(body) % 4)
    right = 12 + len(body)
    return (
        struct.pack(order + "II", kind, right if length is None else length)
        + body
        + struct.pack(order + "I", right if trailer is None else trailer)
    )


def section(order: str = "<", version: tuple[int, int] = (1, 0), options: bytes = b"", **lengths: int) -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, *version, -1) + options, order, **lengths)


def option(code: int, value: bytes, order: str = "<") -> bytes:
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def interface(order: str = "<", link_type: int = 1, snapshot_length: int = 262144, options: bytes = b"") -> bytes:
    return block(1, struct.pack(order + "HHI", link_type, 0, snapshot_length) + options, order)


def enhanced(
    data: bytes,
    order: str = "<",
    interface_id: int = 0,
    time: int = 1_000_001,
    captured: int | None = None,
    original: int | None = None,
    options: bytes = b"",
) -> bytes:
    lengths = (len(data) if captured is None else captured, len(data) if original is None else original)
    body = struct.pack(order + "IIIII", interface_id, time >> 32, time & 0xFFFFFFFF, *lengths)
    return block(6, body + data + bytes(-len(data) % 4) + options, order)


def simple(data: bytes, order: str = "<", original: int | None = None) -> bytes:
    return block(3, struct.pack(order + "I", len(data) if original is None else original) + data, order)


def obsolete(data: bytes, order: str = "<", interface_id: int = 0, time: int = 1_000_001) -> bytes:
    fields = (interface_id, 7, time >> 32, time & 0xFFFFFFFF, len(data), len(data))
    return block(2, struct.pack(order + "HHIIII", *fields) + data, order)
