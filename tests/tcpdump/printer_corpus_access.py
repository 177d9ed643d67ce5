"""Packets of the protocols that bring machines onto a link, right and wrong: PPPoE and PPP, and those beside them."""

import struct

from printer_packets import ethernet, ip, ip6, udp

_HEX = bytes.fromhex
_DATAGRAM = ip(udp(b"hello"), 17)


def _pppoe(code: int, session: int, payload: bytes, length: int | None = None, version: int = 0x11) -> bytes:
    claimed = len(payload) if length is None else length
    message = struct.pack(">BBHH", version, code, session, claimed) + payload
    return ethernet(message, 0x8864 if code == 0 else 0x8863)


def _tag(kind: int, value: bytes) -> bytes:
    return struct.pack(">HH", kind, len(value)) + value


def _discovery() -> list[bytes]:
    named = _tag(0x0101, b"") + _tag(0x0103, b"\1\2\3\4")
    kinds = (0x0000, 0x0102, 0x0104, 0x0105, 0x0110, 0x0120, 0x0201, 0x0202, 0x0203, 0x0999)
    return [
        _pppoe(9, 0, named),
        _pppoe(9, 0, named) + bytes(28),
        _pppoe(7, 0, _tag(0x0102, b"BRAS-1") + _tag(0x0104, bytes(range(40))) + _tag(0, b"") + named),
        _pppoe(9, 0, b"", version=0x22),
        _pppoe(0xA7, 5, b""),
        _pppoe(9, 0, b"\1\1"),
        _pppoe(0x5A, 1, b"abc"),
        _pppoe(9, 0, _tag(0x0101, b""), length=40),
        _pppoe(9, 0, _tag(0x0101, b""), length=1480),
        _pppoe(0x19, 3, _tag(0x0999, b"x" * 100) + _tag(0x0104, bytes(100))),
        *(_pppoe(0x65, 3, _tag(kind, b"no such\nservice")) for kind in kinds),
    ]


def _session(protocol: int, message: bytes) -> bytes:
    return _pppoe(0, 1, struct.pack(">H", protocol) + message)


def _control(code: int, body: bytes) -> bytes:
    return struct.pack(">BBH", code, 1, 4 + len(body)) + body


_OPTIONS = {
    0xC021: "000600000caa 01040578 010305 02060a0b0c0d 02040102 0305c22305 0304c023 0305c22306 0305c22380 0305c22381"
    " 0304c123 0304c227 0305c225ff 0303c0 0304c223 0408c02500000001 0404c026 0402c025 0506aabbccdd 050500 0702 0802"
    " 0904aabb 0d0306 0d0409aa 0d020d 11041234 110501 1204 130301 1303 130701aabbcc 13070201020304 13070301020304"
    " 13090300aabbccddeeff 1309040102030405 13050504ab 130409 17041234 1702 1502 1e02 1f02 1f00 0caa 01 0500",
    0x8021: "010a0a0000010a000002 01060a000001 0206002d0f01 02060062 0202 0204003d 03060a000001 0304aabb 04060a000001"
    " 81060a000001 82060a000001 83060a000001 84060a000001 0502 06040102 02040061 020e006100110011000a000b000c"
    " 0210006100110011000a000b000c0102 0213006100110011000a000b000c020501020203 0210006100110011000a000b000c0105",
    0x80FD: "0003 0002 00050102 010401 1206000000c0 15032f 1502 180408ff 18046101 1803 1a047800 1a04ff0f 1a03"
    " 1302 1104aabb ff02 0502",
    0x8057: "010a0102030405060708 010601020304 0204002d 0302 0200 0206",
    0xC02B: "010601020304 010501 0204aabb",
    0x8281: "0104",
}


def _ppp() -> list[bytes]:
    datagram6 = ip6(udp(b"hello"))
    stacked = _HEX("028100001140")
    starts = (b"\0\x21", b"\x21", b"\xff\3\0\x21", b"\0\3\0\x21", b"\1\3\0\x21", b"\x08\0", stacked)
    frames = [_pppoe(0, 1, start + _DATAGRAM) for start in starts] + [_pppoe(0, 1, b"\0\x57" + datagram6)]
    frames += [_pppoe(0, 1, payload) for payload in (b"", b"\0", b"\xff\3", b"\xff\3\0", b"\x12\x34abcdefg")]
    body = bytes(range(1, 9))
    frames += [_session(0xC021, _control(code, body)) + bytes(pad) for code in range(18) for pad in (0, 20)]
    frames += [_session(0xC021, _control(code, body[:size])) for code in range(14) for size in (1, 3, 4)]
    heads = ("01010004", "0101000401040101", "01010003", "0101000c01040506", "010100", "01")
    frames += [_session(0xC021, _HEX(head)) for head in heads]
    for protocol, options in _OPTIONS.items():
        for option in options.split():
            value = _HEX(option)
            frames += [
                _session(protocol, _control(1, value)),
                _session(protocol, _control(2, value + b"\1\4\1\2")) + bytes(9),
            ]
    secrets = (b"\4user\4pass", b"", b"\3hi\n", b"\0\0", b"\x09abc", b"\4\1\2\3\4na\x80me", b"\0")
    frames += [_session(0xC023, _control(code, secret)) for code in range(1, 5) for secret in secrets]
    frames += [_session(0xC223, _control(code, secret)) for code in range(1, 6) for secret in secrets]
    heads = ("", "01", "010100", "01010003", "01010004", "01010005", "010100070101", "0101000701016101", "0301002061")
    frames += [_session(protocol, _HEX(head)) for protocol in (0xC023, 0xC223) for head in heads]
    others = (0x25, 0x27, 0x29, 0x2D, 0x2F, 0x31, 0x4F, 0xFD, 0xFB, 0xC025, 0xC227, 0xC02D, 0x200)
    frames += [_session(protocol, bytes(range(8))) for protocol in others]
    return frames + [_session(0x3D, piece) for piece in (b"", b"\1", b"\0\0", b"\x40\0", b"\x80\1", b"\xc0\2abc")]


ETHERNET = {
    "pppoe": _discovery(),
    "ppp": _ppp(),
}
"""Frames by protocol, for every option."""
