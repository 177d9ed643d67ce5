"""Packets of IS-IS, right and wrong, for the tests of the printers."""

import struct

from printer_packets import ieee_802_3

from lesson_engine.tcpdump.printers.checksum import osi_checksum

_HEX = bytes.fromhex
_SYSTEM = _HEX("102030405060")
_HEADERS = {15: 27, 16: 27, 17: 20, 18: 27, 20: 27, 24: 33, 25: 33, 26: 17, 27: 17}


def _frame(packet: bytes) -> bytes:
    return ieee_802_3(_HEX("fefe03") + packet)


def _message(
    kind: int,
    parts: bytes = b"",
    *,
    length: int | None = None,
    circuit: int = 1,
    flags: int = 3,
    seconds: int = 1200,
    checksum: int | None = None,
) -> bytes:
    header = _HEADERS.get(kind, 27)
    size = header + len(parts) if length is None else length
    if kind in (15, 16, 17):
        rest = struct.pack(">B6sHHB", circuit, _SYSTEM, 30, size, 64) + _SYSTEM + b"\1"
    elif kind in (18, 20):
        rest = struct.pack(">HH6s2sIHB", size, seconds, _SYSTEM, b"\0\1", 7, 0, flags)
    elif kind in (24, 25):
        rest = struct.pack(">H6sB", size, _SYSTEM, 0) + bytes(8) + b"\xff" * 8
    else:
        rest = struct.pack(">H6sB", size, _SYSTEM, 0) + bytes(16)
    message = bytes((0x83, header, 1, 0, kind, 1, 0, 0)) + rest[: header - 8] + parts
    if kind not in (18, 20):
        return message
    right = osi_checksum(message[12:], 12) if checksum is None else checksum
    return message[:24] + struct.pack(">H", right) + message[26:]


def _part(kind: int, value: bytes, size: int | None = None) -> bytes:
    """A TLV."""
    return bytes((kind, len(value) if size is None else size)) + value


def _changed(message: bytes, at: int, value: int) -> bytes:
    return message[:at] + bytes((value,)) + message[at + 1 :]


_AREA = _part(1, _HEX("03490001"))


def _messages() -> list[bytes]:
    kinds = (*_HEADERS, 0, 19, 47, 255)
    messages = [_message(kind, _AREA) for kind in kinds]
    messages += [_changed(_message(kind, _AREA), 1, _HEADERS[kind] + more) for kind in _HEADERS for more in (-1, 1)]
    changes = ((1, 0), (1, 7), (1, 8), (1, 255), (2, 0), (3, 6), (3, 7), (5, 2), (6, 255), (7, 1), (7, 254), (7, 255))
    messages += [_changed(_message(15, _AREA), at, value) for at, value in changes]
    messages += [_message(kind, _AREA)[:size] for kind in (15, 17, 18, 24, 26) for size in range(36)]
    lengths = (0, 8, 12, 14, 16, 20, 24, 25, 26, 27, 28, 29, 32, 33, 34, 100)
    messages += [_message(kind, _AREA, length=length) for kind in (15, 17, 18, 24, 26) for length in lengths]
    messages += [_message(kind, circuit=circuit) for kind in (16, 17) for circuit in (0, 2, 3, 4, 255)]
    messages += [_message(20, flags=flags) for flags in (0, 1, 2, 4, 0x18, 0x60, 0x80, 0xFF)]
    for checksum in (0, 0x0102, 0xFF01, 0x01FF):
        messages += [_message(18, _AREA, seconds=seconds, checksum=checksum) for seconds in (0, 65535)]
    layers = (0, 1, 9, 0x45, 0x80, 0x84, 0x85, 0x8A, 0xB1, 0xC1, 0xFF)
    return [*messages, *(bytes((layer,)) + bytes(size) for layer in layers for size in (0, 1, 20))]


_METRICS = _HEX("0a 80 c1 3f")
_MILLION = struct.pack(">f", 1e6)
_DEVIATION = _HEX("ffc00000 7f7fffff")
_LINK = _SYSTEM + _HEX("01 00000a")

_VALUES: dict[int, tuple[str, ...]] = {
    1: ("03490001 0102 00 07 490001aabbccdd", "15" + "00" * 21, "09"),
    2: ("00 0a80c13f 102030405060 01 8a4a8080 102030405060 02", "01", "05 0a0b0c0d 102030405060"),
    3: ("0a80c13f 102030405060 0a0b0c0d 102030405061",),
    4: ("102030405060 102030405061",),
    5: ("0a80c13f 06 490001 05 4900 00", "0a80c13f 2a" + "00" * 21, "0a80c13f 08 4900"),
    6: ("020000000001 020000000002 03",),
    7: ("0001 0002 0003 00",),
    8: ("0000",),
    9: ("0004 102030405060 0001 00000007 abcd" * 2,),
    10: ("01 736563726574 00 ff", "36" + "ab" * 16, "36 abcd", "03 0007 abcd", "02 abcd", "ff abcd"),
    12: ("0000", "1234 00"),
    13: ("00", "01 102030405060", "02 102030405060 102030405061"),
    14: ("05d4",),
    42: ("0102",),
    128: ("0a80c13f 0a000000 ff000000 cac13f80 0a000001 ff00ff00",),
    129: ("cc 8e 81 c1 01",),
    130: ("4a4a4a4a 0a000001 ffffffff",),
    131: ("00 0102", "01", "02 0007", "09 0102"),
    132: ("0a000001 0a000002 01",),
    134: ("0a000001",),
    137: ("726f75746572 01", "61 00 62"),
    138: ("10203040506001 01 0a000001 0a000002 00000007 00000008 09",),
    211: ("07 001e", "f8 001e 102030405060"),
    229: ("0000 0001 8002 4003 0004 0fff 01",),
    232: ("20010db8" + "00" * 11 + "01",),
    240: ("00", "01 00000007", "02 00000007 102030405060 00000008", "03 00000007 10203040"),
    241: ("00000007",),
    250: ("00000c 0102", "123456"),
    255: ("0102",),
}
_NEIGHBOR_PARTS = (
    "03 04 0000000f", "04 08 00000001 00000002", "05 04 00000003", "06 04 0a000001", "08 04 0a000002", "12 03 00000a",
    "13 02 0007", "13 02 0008", "14 02 01 03", "1d 06 00000a 01 0002", "20 0b 30 01 102030405061 000010",
    "20 0c c0 01 102030405061 00000011", "20 0b 10 01 102030405061 000010", "63 02 abcd", "fa 01 ab", "ff 00",
)  # fmt: skip
_PREFIX_PARTS = (
    "01 08 00000001 00000002", "02 08 0000000000000001", "75 04 00000005", "03 06 40 00 00000007", "03 05 0c 01 000007",
    "03 06 04 02 00000007", "03 05 00 00 000007", "03 00", "63 02 abcd", "63 00",
)  # fmt: skip
_BRIDGES = (
    (
        143,
        "3002" + "0466" + "01" + "6e616d65".ljust(64, "0") + "0007" + "ab" * 16 + "02" + "61" * 32 + "0008" + "cd" * 16,
    ),
    (143, "f002 0521 6d" + "0f" * 32 + "0606 00000001 0b8c 0605 00000001 0b"),
    (143, "0002 0400 6300"),
    (144, "f002 0123" + "00112233 44556677 00000014 8000 00100007 02" + "e0 00000001 0b8065" * 2 + "6300"),
    (144, "0002 0310 020000000001 3065 c0010203 00010204 6302 abcd"),
    (144, "0002 0113" + "00" * 18 + "01 6300"),
    (144, "0002 0102 abcd 6300"),
)
_CAPABILITIES = (
    "0a000001 03",
    "0a000001 00 0209 c0 000010 0103 000007 0209 00 000010 0104 00000007 63 02 abcd 0208 00 000010 0105 0007",
)


def _values() -> list[tuple[int, bytes]]:
    values = [(kind, _HEX(text)) for kind, texts in _VALUES.items() for text in texts]
    values += [(kind, _HEX(text.replace(" ", ""))) for kind, text in _BRIDGES]
    values += [(242, _HEX(text)) for text in _CAPABILITIES]
    pieces = [_HEX(text) for text in _NEIGHBOR_PARTS]
    pieces += [_part(kind, _MILLION + more) for kind in (9, 10) for more in (b"", b"\0")]
    pieces += [_part(11, _MILLION * 6 + _DEVIATION), _part(12, b"\1" + _MILLION), _part(22, b"\0" + _MILLION * 8)]
    pieces += [
        _part(21, bytes((ability, ability & 15, 0, 0)) + _MILLION * 8 + rest)
        for ability, rest in ((1, _MILLION + b"\5\xdc"), (51, b"ab"), (100, _MILLION + bytes(4)), (200, b""))
    ]
    for piece in (*pieces, b"", b"".join(pieces[:12])):
        values += [
            (kind, before + _LINK + bytes((len(piece),)) + piece) for kind, before in ((22, b""), (222, b"\0\2"))
        ]
        values.append((22, _LINK + bytes((len(piece) + 1,)) + piece + b"\0" * 3))
    values.append((24, _LINK[:7] + b"\6" + pieces[0] + _LINK[:7] + b"\0"))
    for text in ("", *_PREFIX_PARTS, "".join(_PREFIX_PARTS[:4])):
        piece = _HEX(text)
        inner = bytes((len(piece),)) + piece
        values += [(135, _HEX("0000000a 48 0a") + inner), (235, _HEX("0002 0000000a d8 0a0001") + inner)]
        values += [(236, _HEX("0000000a 20 20 20010db8") + inner), (237, _HEX("0002 0000000a e0 08 20") + inner)]
    values += [(135, _HEX(text)) for text in ("0000000a 21", "0000000a 20 0a000001 0000000b 00", "0000000a 7f")]
    return [*values, (236, _HEX("0000000a 00 81")), (236, _HEX("0000000a 00 00"))]


def _parts() -> list[bytes]:
    values = _values()
    last = _part(14, b"\5\xd4")
    messages = [_message(20, _part(kind, value) + last) for kind, value in values]
    for kind, value in dict(reversed(values)).items():
        messages += [_message(15, _part(kind, value[:size]) + last) for size in range(len(value))]
    small = [_part(kind, value) for kind, value in values if len(value) < 20][:40]
    messages += [_message(kind, b"".join(small)) for kind in _HEADERS]
    return [*messages, _message(15, _part(1, b"\1", 9)), _message(15, last + b"\1"), _message(15, last, length=30)]


ETHERNET = {
    "isis": [_frame(message) for message in _messages()],
    "isis_parts": [_frame(message) for message in _parts()],
}
"""Frames by protocol, for every option."""
