"""Packets of the services that keep networks going, right and wrong: IKE, SNMP, L2TP and their like."""

# ruff: noqa: E501
# Bytes read better as one run of digits, and lists of words as one string.

import struct

from printer_packets import address6, ip, over_udp, udp

_HEX = bytes.fromhex
_DATAGRAM = ip(udp(b"hello"), 17)


def _payload(following: int, body: bytes, critical: int = 0, length: int | None = None) -> bytes:
    return struct.pack(">BBH", following, critical, 4 + len(body) if length is None else length) + body


def _isakmp() -> list[bytes]:
    def message(
        first: int, body: bytes, *, version: int = 0x10, exchange: int = 2, flags: int = 0, identity: int = 0,
        cookies: bytes = b"initiator"[:8] + bytes(8), length: int | None = None,
    ) -> bytes:  # fmt: skip
        claimed = 28 + len(body) if length is None else length
        return cookies + struct.pack(">BBBBII", first, version, exchange, flags, identity, claimed) + body

    seconds = _HEX("80010005 80020002 80030001 80040002 800b0001 000c000400007080 800e0080 80630001 80010063")
    transform = _payload(0, b"\1\1\0\0" + seconds)
    proposal = _payload(0, b"\1\1\0\1" + transform)
    association = _payload(13, struct.pack(">II", 1, 1) + proposal)
    vendor = _payload(0, b"RFC 3947 vendor")
    first = message(1, association + vendor)
    payloads = [message(1, _payload(0, struct.pack(">II", domain, situation) + proposal)) for domain in (1, 2)
                for situation in (1, 3, 7)]  # fmt: skip
    for protocol in range(6):
        inner = _payload(3, bytes((1, protocol + 1, 0, 0)) + seconds) + _payload(0, b"\2\x63\0\0" + seconds[:8])
        offer = _payload(2, bytes((1, protocol, 4, 2)) + b"abcd" + inner) + _payload(0, b"\2\3\0\1" + transform)
        payloads.append(message(1, _payload(0, struct.pack(">II", 1, 1) + offer), identity=7))
    network6 = address6("2001:db8::") + address6("ffff:ffff::")
    bodies = (b"\x0a\0\0\1", b"host.example\n\x80", b"\x0a\0\0\0\xff\xff\xff\0", address6("2001:db8::1"), network6, b"")
    payloads += [message(5, _payload(0, bytes((kind, 17, 1, 0xF4)) + body)) for kind in range(13) for body in bodies]
    payloads += [message(kind, _payload(0, bytes(range(40)))) for kind in range(50)]
    payloads += [message(kind, _payload(0, b"\4abc")) for kind in (6, 7, 14, 49, 99)]
    for kind in (0, 1, 14, 24, 31, 8192, 8193, 16384, 16385, 24576, 24577, 24578, 24579, 40000):
        body = struct.pack(">BBH", 1, 4, kind) + b"abcd" + _HEX("800b0001000c000400007080")
        payloads += [message(11, _payload(0, struct.pack(">I", domain) + body), exchange=5) for domain in (1, 2)]
    payloads += [message(12, _payload(0, struct.pack(">IBBH", domain, 3, size, count) + b"abcdefgh"), exchange=5)
                 for domain in (1, 2) for count in (0, 1, 2, 3) for size in (0, 4)]  # fmt: skip
    payloads += [message(0, b"", exchange=exchange, flags=flags) for exchange in (*range(7), *range(31, 39))
                 for flags in (0, 1, 2, 3, 0x28)]  # fmt: skip
    answer = b"initiator"[:8] + b"responds"
    payloads += [message(0, b"", cookies=answer), message(0, b"", cookies=bytes(16)), first[:27], b"", first + b"x"]
    payloads += [message(0, b"", cookies=b"unknown1responds"), message(0, b"", version=0x30), message(4, b"\0\0\0\4")]
    two = [
        _payload(0, _HEX("0300000801000003") + _HEX("0300000c0100000c800e0100"), length=20),
        _payload(
            0, b"\1\1\0\3" + _HEX("0300000c0100000c800e0100") + _HEX("0300000802000002") + _HEX("0000000804000013")
        ),
        _payload(2, b"\1\3\4\1abcd" + _HEX("0000000805000000")) + _payload(0, b"\2\2\0\1" + _HEX("0300000803000002")),
        _payload(0, b"\1\1\x20\1abcd"),
        _payload(5, b"\1\1\0\1" + _HEX("05000008060000010000000805000001")) + _payload(0, b"abcd"),
    ]
    payloads += [message(33, _payload(0, body, 0x80), version=0x20, exchange=34, flags=8) for body in two]
    for kind in range(33, 49):
        payloads += [message(kind, _payload(41, body, critical) + vendor, version=0x20, exchange=35, flags=flags)
                     for body in (b"\0\2\0\0host.example", b"\1\0\0\0" + bytes(range(30)), b"ab")
                     for critical, flags in ((0, 0x20), (0x80, 0x18))]  # fmt: skip
    payloads += [message(35, _payload(0, bytes((kind, 0, 0, 0)) + b"id\x80"), version=0x20) for kind in range(13)]
    kinds = (1, 4, 5, 7, 9, 11, 14, 17, 24, *range(34, 40), 40, 8191, 8192, 16383, *range(16384, 16397), 40959, 40960)
    payloads += [message(41, _payload(0, struct.pack(">BBH", 1, 4, kind) + b"abcd" + b"data"), version=0x20, identity=1)
                 for kind in kinds]  # fmt: skip
    return over_udp(500, *payloads) + over_udp(4500, b"\xff", b"\xfe", b"\0\0\0", bytes(4) + first, bytes(4), b"\0\0\0\1",
                                              _HEX("0000000100000002") + b"abcd")  # fmt: skip


def _ber(tag: int, contents: bytes) -> bytes:
    length = len(contents)
    return bytes((tag, length)) + contents if length < 128 else struct.pack(">BBH", tag, 0x82, length) + contents


def _integer(value: int) -> bytes:
    return _ber(2, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def _snmp() -> list[bytes]:
    def bindings(*pairs: tuple[str, bytes]) -> bytes:
        return _ber(0x30, b"".join(_ber(0x30, _ber(6, _HEX(name)) + value) for name, value in pairs))

    def request(kind: int, variables: bytes, status: int = 0, index: int = 0, identity: int = 1234567) -> bytes:
        return _ber(0xA0 | kind, _integer(identity) + _integer(status) + _integer(index) + variables)

    def message(version: int, body: bytes, community: bytes = b"public") -> bytes:
        return _ber(0x30, _integer(version) + _ber(4, community) + body)

    nothing, description = b"\5\0", "2b06010201010100"
    names = ("2b060102010202010a01", "2b06010401090902030a", "2b0601030001", "2b060106030f01010100", "2b060102010b1e00",
             "2b06010201", "2b0601", "2b", "", "28", "8837", "2b06010401bf0803", "ffffffff7f", "0001", "2b0601060a")  # fmt: skip
    values = ("0403616263", "040361ff0a", "0400", "02022b67", "0201ff", "020500ffffffff", "0200", "400401020304", "4002aabb",
              "4104ffffffff", "42050123456789", "43030f4240", "4608ffffffffffffffff", "46020102", "4600", "4404aabbccdd",
              "06032b0601", "8000", "8100", "8200", "8300", "0101ff", "030200aa", "c00100", "a003020101", "3000", "310100",
              "6100", "1f0100", "1f810100", "9f2a00", "05", "0482", "048200", "0489", "3f8a", "e00101", "4501aa")  # fmt: skip
    packets = [message(version, request(kind, bindings((description, nothing))), community)
               for version in (0, 1, 2, 4) for kind in range(9) for community in (b"public", b"se\ncret")]  # fmt: skip
    packets += [message(1, request(2, bindings((name, _HEX("020101"))))) for name in names]
    packets += [message(1, request(kind, bindings((description, _HEX(value))))) for kind in (0, 2) for value in values]
    packets += [message(1, request(kind, bindings(), status, index, -5))
                for kind in (0, 2, 5) for status in (0, 2, 18, 19, -1) for index in (0, 1)]  # fmt: skip
    for generic in (0, 3, 6, 7, -1):
        for specific in (0, 9):
            trap = _ber(6, _HEX("2b06010401090101")) + _HEX("40040a000001") + _integer(generic) + _integer(specific)
            packets.append(message(0, _ber(0xA4, trap + _HEX("4302012c") + bindings((description, _HEX("040161"))))))
    whole = message(1, request(1, bindings((description, nothing), ("2b06010201010300", nothing))))
    packets += [whole + b"xy", whole[:1] + bytes((whole[1] - 3,)) + whole[2:], b"", b"\x30", b"\x30\x80", b"\x1f"]
    packets += [_ber(0x30, _integer(0) + _integer(1)), _ber(0x30, _ber(4, b"x")), _ber(4, b"x"), _ber(0x30, b"")]
    engine = _HEX("80001f8804")
    for flags in range(9):
        for model in (1, 3):
            header = _ber(0x30, _integer(77) + _integer(65507) + _ber(4, bytes((flags,))) + _integer(model))
            user = _ber(4, _ber(0x30, _ber(4, engine) + _integer(2) + _integer(300) + _ber(4, b"admin")
                                + _ber(4, b"digest") + _ber(4, b"")))  # fmt: skip
            scoped = _ber(0x30, _ber(4, engine) + _ber(4, b"ctx") + request(0, bindings((description, nothing))))
            packets.append(_ber(0x30, _integer(3) + header + user + (scoped if flags & 2 == 0 else _ber(4, b"cipher"))))
    header = _ber(0x30, _integer(77) + _integer(65507) + _ber(4, b"\4") + _integer(3))
    blank = _ber(4, _ber(0x30, _ber(4, b"") + _integer(0) + _integer(0) + _ber(4, b"") * 3))
    scoped = _ber(
        0x30,
        _ber(4, b"") + _ber(4, b"") + request(8, bindings(("2b060106030f0101040 0".replace(" ", ""), _HEX("410105")))),
    )
    packets += [
        _ber(0x30, _integer(3) + header + blank + scoped),
        _ber(0x30, _integer(3) + header + _ber(4, b"ab") + scoped),
    ]
    packets += [_ber(0x30, _integer(3) + _ber(0x30, _integer(77) + _integer(65507) + _ber(4, b"ab")))]
    return over_udp(161, *packets) + over_udp(162, packets[4])


def _l2tp() -> list[bytes]:
    def control(values: bytes, flags: int = 0xC802) -> bytes:
        return struct.pack(">HHHHHH", flags, 12 + len(values), 7, 0, 1, 2) + values

    def attribute(kind: int, value: bytes, flags: int = 0x8000, vendor: int = 0) -> bytes:
        return struct.pack(">HHH", flags | 6 + len(value), vendor, kind) + value

    values = (b"", b"\0", b"\0\1", b"\0\2\3", b"\0\1\0\3", b"\0\1\0\3text\n", bytes(range(16)), bytes(range(40, 80)))
    packets = [control(attribute(0, struct.pack(">H", kind))) for kind in range(18)] + [control(b"")]
    packets += [control(attribute(kind, value)) for kind in (*range(41), 46, 47) for value in values]
    packets += [control(attribute(kind, b"\0\0\0" + bytes((bits,)))) for kind in (3, 4, 18, 19) for bits in range(4)]
    packets += [control(attribute(29, bytes((0, kind)))) for kind in range(7)]
    packets += [control(attribute(46, b"\0\1\0\2" + bytes((way,)) + b"bye")) for way in range(4)]
    packets += [control(attribute(7, b"host", 0xC000) + attribute(8, b"Cisco", 0) + attribute(1, b"ab", vendor=9))]
    packets += [control(rest) for rest in (b"\0\5\0\0\0\1", b"\0\x40\0\0\0\1", b"\0", b"\0\6")]
    frame = b"\xff\3\0\x21" + _DATAGRAM
    for flags in (0, 0x4000, 0x0200, 0x4A00, 0x0800, 0x0100, 0x8000, 0xC000):
        head = struct.pack(">H", flags | 2)
        head += struct.pack(">H", 60) if flags & 0x4000 else b""
        head += b"\0\7\0\x09" + (b"\0\1\0\2" if flags & 0x0800 else b"") + (b"\0\2\0\0" if flags & 0x0200 else b"")
        packets += [head + frame, head, head[:5], head + frame[:5]]
    packets += [b"\xc8\2\xff\xff" + bytes(8), b"\xc8\2\0\3" + bytes(8), b"\0\1abcd", b"\0\3abcd", b"\0", b""]
    return over_udp(1701, *packets)


ETHERNET = {
    "l2tp": _l2tp(),
    "snmp": _snmp(),
    "isakmp": _isakmp(),
}
"""Frames by protocol, for every option."""
