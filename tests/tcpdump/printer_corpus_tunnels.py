"""Packets of the tunnels over UDP and the small services, right and wrong: Geneve, VXLAN-GPE, OTV, NSH, BFD, LISP."""

# ruff: noqa: E501
# Bytes read better as one run of digits, and lists of words as one string.

import struct

from printer_packets import address6, ethernet, ip, ip6, over_udp, udp

_HEX = bytes.fromhex
_DATAGRAM = ip(udp(b"hello"), 17)
_DATAGRAM6 = ip6(udp(b"hello"))
_FRAME = ethernet(_DATAGRAM)


def _geneve() -> list[bytes]:
    def packet(
        protocol: int, inside: bytes, options: bytes = b"", first: int = 0, flags: int = 0, last: int = 0
    ) -> bytes:
        return struct.pack(">BBHI", first | len(options) // 4, flags, protocol, 0x500 | last) + options + inside

    insides = [packet(0x0800, _DATAGRAM), packet(0x86DD, _DATAGRAM6), packet(0x6558, _FRAME), packet(0x9999, b"abcd")]
    options = (
        "010101010000aabb",
        "0000000000000000",
        "01028002aabbccdd00112233",
        "fff00100",
        "00ff001f0000",
        "010300ff",
    )
    packets = insides + [
        packet(0x6558, _FRAME, _HEX(option).ljust(-(-len(_HEX(option)) // 4) * 4, b"\0")) for option in options
    ]
    packets += [packet(0x0800, _DATAGRAM, flags=flags, last=flags) for flags in (0x80, 0x40, 0xC0, 0x3F)]
    packets += [packet(0x0800, _DATAGRAM, first=first) for first in (0x40, 0xC0, 0x3F)] + [b"\0" * 7, b""]
    classes = (*range(0x100, 0x140), 0xFF, 0xFFEF, 0xFFF0)
    packets += [packet(0x0800, _DATAGRAM, struct.pack(">HBB", group, 1, 0)) for group in classes]
    return over_udp(6081, *packets)


def _vxlan_gpe() -> list[bytes]:
    insides = {1: _DATAGRAM, 2: _DATAGRAM6, 3: _FRAME, 4: _HEX("0fc20201 000001ff") + _DATAGRAM, 5: b"abcd"}
    packets = [_HEX("0c0000") + bytes((kind,)) + _HEX("00000500") + inside for kind, inside in insides.items()]
    packets += [bytes((flags, 0, 0, 1)) + _HEX("00000500") + _DATAGRAM for flags in (0, 4, 8, 14, 13, 0x1C, 0x3C, 0xCC)]
    return over_udp(4790, *packets, b"\x0c\0\0\1", b"")


def _nsh() -> list[bytes]:
    head = "0fc2", "0fc6", "2fc2", "1fc2", "4fc2", "0fc0", "0fc1", "0fff"
    packets = [_HEX(f"{first}0{kind}01000001ff") + bytes(16) + _DATAGRAM for first in head for kind in range(3)]
    packets += [_HEX(f"0fc202{protocol:02x}000001ff") + inside
                for protocol, inside in enumerate((b"ab", _DATAGRAM, _DATAGRAM6, _FRAME, b"ab", b"ab"))]  # fmt: skip
    variable = ("0001020300aabbcc", "00010283aabbcc00", "0001020000020304aabbccdd", "0001027f", "00010204aabbccdd")
    packets += [
        struct.pack(">BBBB", 0x0F, 0xC0 | 2 + len(_HEX(tlv)) // 4, 2, 1) + _HEX("000001ff") + _HEX(tlv) + _DATAGRAM
        for tlv in variable
    ]
    packets += [b"\0" * 7, b"", _HEX("0fc20fff000001ff"), _HEX("0fc203fe000001ff")]
    return [ethernet(packet, 0x894F) for packet in packets]


def _bfd() -> list[bytes]:
    body = _HEX("0318 00000001 00000002 000f4240 000f4240 0000c350")
    frames = []
    for port in (3784, 4784, 6784, 3785):
        heads = [
            bytes((version << 5 | 7, flags)) for version in range(3) for flags in (0, 0x40, 0x80, 0xC0, 0x3F, 0xFF, 4)
        ]
        frames += over_udp(port, *(head + body for head in heads), b"\x20\xc0", b"")
    sections = ("010905736563726574", "0103", "0102", "021805000000000a" + "ab" * 16, "041c05000000000a" + "cd" * 20, "0304",
                "0218", "031805000000000a" + "ab" * 16, "051c05000000000a" + "cd" * 20, "0903aa", "01ff", "02", "")  # fmt: skip
    frames += over_udp(3784, *(bytes((0x20, 0xC4)) + body + _HEX(section) for section in sections))
    frames += over_udp(3784, *(bytes((0x20 | diagnostic, 0xC0)) + body for diagnostic in range(10)))
    return [*frames, ethernet(ip(udp(b"from the port", 3784, 40001), 17))]


def _lisp() -> list[bytes]:
    def message(
        kind: int, records: bytes, count: int = 1, flags: int = 0, key: bytes = b"k" * 20, number: int = 1
    ) -> bytes:
        first = kind << 28 | flags << 8 | count
        return struct.pack(">IQHH", first, 99, number, len(key)) + key + records

    def record(family: int, address: bytes, locators: bytes = b"", count: int = 0, action: int = 0x10) -> bytes:
        return struct.pack(">IBBBBHH", 1440, count, 24, action, 0, 7, family) + address + locators

    locator = (
        _HEX("010200ff0005 0001 0a000001")
        + _HEX("010200ff0002 0002")
        + address6("2001:db8::1")
        + _HEX("010200ff00000009")
    )
    packets = [message(kind, b"") for kind in range(16)]
    for kind in (3, 4):
        packets += [message(kind, record(1, b"\x0a\0\0\0", locator, 3, action << 5) + record(2, address6("2001:db8::")), 2)
                    for action in range(5)]  # fmt: skip
        packets += [message(kind, record(1, b"\x0a\0\0\0") + bytes(24), 1, flags=1 << bit) for bit in range(20)]
        packets += [message(kind, record(9, b""), 1), message(kind, b"", 0), message(kind, record(1, b"\x0a\0\0\0"), 3)]
        packets += [message(kind, record(1, b"\x0a\0\0\0"), number=number, key=b"") for number in range(4)]
        packets += [message(kind, record(1, b"\x0a\0\0\0") + b"more")]
    return over_udp(4342, *packets, b"\x30", b"")


def _small() -> list[bytes]:
    frames = over_udp(8472, _HEX("08000001 00000500") + _FRAME, _HEX("00000001 00000500") + _FRAME, b"\x08\0\0", b"")
    frames += over_udp(
        3456, _HEX("00010002 00000003"), _HEX("0a850002 00000003"), _HEX("f0010002"), b"\0", _HEX("0001"), b""
    )
    routes = address6("2001:db8::") + _HEX("00002001") + address6("::") + _HEX("00070010")
    heads = ("0101", "0201", "0301", "0102", "0001")
    frames += over_udp(
        521,
        *(
            _HEX(head) + b"\0\0" + rest
            for head in heads
            for rest in (b"", routes, routes[:20], routes[20:], routes + b"ab")
        ),
    )
    frames += over_udp(521, b"\1\1", b"\1")
    frames += over_udp(6635, _HEX("00010140") + _DATAGRAM, _HEX("00010040") + b"ab", b"\0")
    calls = ("0012000100000008000100020101", "0012800100000008000100020101")
    frames += over_udp(
        30490,
        *(
            _HEX(call) + bytes((kind, code))
            for call in calls
            for kind, code in ((0, 0), (1, 1), (2, 15), (0x80, 16), (0xA1, 3), (9, 4))
        ),
    )
    frames += over_udp(30490, b"abc")
    frames += over_udp(
        525,
        *(
            bytes((kind, 1, 0, 7)) + times + b"host\n".ljust(64, b"\0")
            for kind in range(27)
            for times in (
                bytes(8),
                _HEX("ffffffff0000000a"),
                _HEX("fffffff0000f4241"),
                _HEX("0000000180000000"),
                _HEX("fffffff0001e8480"),
            )
        ),
    )
    frames += over_udp(525, b"\2\1\0\7" + bytes(8) + b"a" * 64, b"\2\1\0\7" + bytes(8) + b"abc")
    kinds = b"".join(struct.pack(">IH", kind, len(value)) + value
                     for kind, value in ((0xC01, b"\x0a\0\0\1"), (0xC02, b"Fa0/1"), (0xC03, b"lab\0x"), (0xC08, bytes(6)), (0xC09, b"ab")))  # fmt: skip
    frames += over_udp(
        1589, *(bytes((1, kind, error, 5)) + b"\0\0\0\7" + kinds for kind in range(6) for error in range(7))
    )
    frames += over_udp(
        1589,
        b"\2\1\0\0\0\0\0\7",
        b"\1\1",
        *(
            b"\1\1\0\2\0\0\0\7" + _HEX(rest)
            for rest in (
                "00000c0100050a000001ff",
                "00000c0800020a00",
                "00000000000100",
                "00000c010000",
                "00000c0100040a00",
                "0000",
            )
        ),
    )
    return frames


def _kerberos() -> list[bytes]:
    names = b"user\0instance\0REALM\0"
    packets = [bytes((version, 2)) for version in (0, 1, 2, 3, 5, 106, 107, 108)]
    for order in (0, 1):
        packets += [
            bytes((4, 2 | order)) + names + bytes(4) + b"\x60krbtgt\0REALM\0",
            bytes((4, 4 | order)) + names + bytes(10) + b"\1\2ab",
        ]
        packets += [
            bytes((4, 6 | order)) + b"\1REALM\0\1\2",
            bytes((4, 10 | order)) + names + bytes(4) + b"\0\1\0\0text\0",
        ]
        packets += [
            bytes((4, 10 | order)) + names + bytes(4) + bytes((code, 0)) + b"\0\0te\nxt\0" for code in range(12)
        ]
    packets += [bytes((4, kind)) + names for kind in range(0, 256, 2)] + [
        b"\4",
        b"\4\2",
        b"\4\2user",
        b"\4\2user\0",
        b"",
    ]
    return over_udp(88, *packets) + over_udp(750, packets[-6])


def _aodv() -> list[bytes]:
    addresses = {4: (b"\x0a\0\0\1", b"\x0a\0\0\2"), 16: (address6("2001:db8::1"), address6("2001:db8::2"))}
    packets: dict[int, list[bytes]] = {4: [], 16: []}
    for size, (here, there) in addresses.items():
        for flags in (0, 0xF8, 0x80):
            request = bytes((1, flags, 0, 3)) + b"\0\0\0\7" + here + b"\0\0\0\1" + there + b"\0\0\0\2"
            reply = bytes((2, flags, 9, 3)) + here + b"\0\0\0\1" + there + b"\0\0\0\2"
            error = bytes((3, flags, 0, 2)) + here + b"\0\0\0\1" + there + b"\0\0\0\2"
            extensions = (b"", b"\1\4\0\0\0\x64", b"\1\2\0\0\0\x64", b"\2\0", b"\1", b"\1\4\0")
            packets[size] += [message + extension for message in (request, reply, error) for extension in extensions]
        packets[size] += [request[:12], reply[:9], error[:10], error[:3], b"\4\0", b"\5", b""]
    here, there = addresses[16]
    draft = [
        b"\x10\0\0\3\0\0\0\7\0\0\0\1\0\0\0\2" + here + there,
        b"\x11\0\0\3\0\0\0\1" + here + there + b"\0\0\0\2",
        b"\x12\0\0\1" + here + b"\0\0\0\1",
        b"\x13\0",
        b"\x14",
    ]
    frames = over_udp(654, *packets[4], *draft)
    return frames + [ethernet(ip6(udp(packet, 40000, 654)), 0x86DD) for packet in (*packets[16], *draft)]


ETHERNET = {
    "geneve": _geneve(),
    "vxlan_gpe": _vxlan_gpe(),
    "nsh": _nsh(),
    "bfd": _bfd(),
    "lisp": _lisp(),
    "small_services": _small(),
    "kerberos": _kerberos(),
    "aodv": _aodv(),
}
"""Frames by protocol, for every option."""
