"""Packets of the protocols that run networks, right and wrong: LDP, PTP, Auto-RP, AHCP, Zephyr, lwres, wb, and one-liners."""

# ruff: noqa: E501
# Bytes read better as one run of digits, and lists of words as one string.

import struct

from printer_packets import address6, ethernet, ip, ip6, over_tcp, over_udp, udp

_HEX = bytes.fromhex


def _ldp_message(kind: int, *values: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack(">HH", number, len(value)) + value for number, value in values)
    message = struct.pack(">HHI", kind, 4 + len(body), 7) + body
    return struct.pack(">HHIH", 1, 6 + len(message), 0x0A000001, 0) + message


def _ldp() -> list[bytes]:
    circuit = (
        struct.pack(">BHBII", 0x80, 0x8005, 16, 1, 100)
        + _HEX("01040 5dc".replace(" ", ""))
        + _HEX("03046162")
        + _HEX("0c040103")
    )
    values = [(0x400, _HEX("000f0000")), (0x400, _HEX("002dc000")), (0x401, b"\x0a\0\0\1"), (0x403, address6("2001:db8::1")),
              (0x402, b"\0\0\0\7"), (0x101, b"\0\1\x0a\0\0\1\x0a\0\0\2"), (0x101, b"\0\2" + address6("2001:db8::1")), (0x101, b"\0\x19"),
              (0x500, _HEX("000100b400001000 0a0000020000")), (0x500, _HEX("000100b4c00710000a0000020000")), (0x100, b"\1"),
              (0x100, _HEX("020001180a0000")), (0x100, _HEX("02000122")), (0x100, _HEX("0200011f0a00")), (0x100, _HEX("020001150a0fff")),
              (0x100, b"\2\0\2\x20" + address6("2001:db8::")[:4]), (0x100, _HEX("02000281")), (0x100, _HEX("0200020a")), (0x100, _HEX("020009")),
              (0x100, _HEX("020001")), (0x100, _HEX("0300010400")), (0x100, b"\x99"), (0x100, circuit), (0x100, struct.pack(">BHBI", 0x80, 5, 0, 1)),
              (0x100, struct.pack(">BHBII", 0x80, 5, 2, 1, 2)), (0x100, struct.pack(">BHBII", 0x80, 5, 40, 1, 2)),
              (0x100, struct.pack(">BHBII", 0x80, 11, 12, 1, 2) + _HEX("0104aabb09040102")), (0x100, struct.pack(">BHBII", 0x80, 5, 8, 1, 2) + _HEX("01010000")),
              (0x200, b"\0\0\0\x10"), (0x300, _HEX("8000000a00000007")), (0x300, _HEX("4000000900000000")), (0x503, _HEX("800f0000000003e800000000")),
              (0x503, _HEX("00000000 00000000 00000001")), (0x601, b"\5\xdc"), (0x103, b"\1"), (0x600, b"\0\0\0\1"), (0x8999, b"abcd")]  # fmt: skip
    packets = [_ldp_message(0x0100, value) for value in values] + [
        _ldp_message(0x0100, (kind, value[:1])) for kind, value in values
    ]
    kinds = (0x0001, 0x0100, 0x0200, 0x0201, 0x0300, 0x0301, 0x0400, 0x0401, 0x0402, 0x0403, 0x0404, 0x0999, 0x8100)
    packets += [_ldp_message(kind, values[0], values[5]) for kind in kinds]
    whole = _ldp_message(0x0100, values[0])
    packets += [
        whole * 2,
        whole + b"abc",
        whole[:18],
        whole[:19],
        b"\0\2" + whole[2:],
        whole[:2] + b"\0\3" + whole[4:],
        b"",
    ]
    packets += [
        whole[:12] + b"\0\2" + whole[14:],
        whole[:12] + b"\1\0" + whole[14:],
        whole[:3] + b"\x20" + whole[4:],
        whole[:20] + b"\0\x20" + whole[22:],
    ]
    return over_udp(646, *packets) + over_tcp(646, *packets[::7])


def _ptp() -> list[bytes]:
    def message(kind: int, flags: int = 0x0200, version: int = 2, control: int = 0) -> bytes:
        head = struct.pack(">BBHBBH", kind | 0x10, version, 44, 3, 1, flags)
        return head + _HEX("000000000102 0003 00000004 0102030405060708 0001 0007") + bytes((control, 0xFD))

    body = bytes(range(1, 41))
    packets = [message(kind) + body for kind in range(16)] + [message(0, 1 << bit) + body for bit in range(16)]
    packets += [message(0, version=version) + body for version in (0, 1, 3, 0x12, 0x21)] + [
        message(0, control=number) for number in range(7)
    ]
    packets += [message(11) + body[:20], message(0)[:33], b""]
    frames = over_udp(319, *packets) + over_udp(320, packets[8])
    return frames + [ethernet(packet, 0x88F7) for packet in packets[:4]]


def _autorp() -> list[bytes]:
    group = _HEX("0004e0000000")
    points = b"\x0a\0\0\1\3\1" + group + b"\x0a\0\0\2\xf2\2" + _HEX("ff08ef000000") + group
    packets = [
        bytes((kind, count)) + hold + bytes(4) + points
        for kind in (0x11, 0x12, 0x33)
        for count in (0, 1, 2, 3)
        for hold in (b"\0\0", b"\0\xb5")
    ]
    return over_udp(496, *packets, *(packets[4][:size] for size in (0, 7, 8, 9, 12, 13, 14, 18)))


def _ahcp() -> list[bytes]:
    values = {2: b"\x65\x54\0\0", 3: b"\0\0\1\0", 4: address6("2001:db8::1") * 2, 5: b"\x0a\0\0\1" * 2, 6: address6("2001:db8::") + b"\x20",
              7: b"\x0a\0\0\0\x08", 8: address6("::1"), 9: b"\x0a\0\0\1", 10: address6("2001:db8::") + b"\x30", 11: b"\x0a\0\0\0\x08", 12: address6("::2"), 13: address6("::3"), 14: b"ab"}  # fmt: skip
    head = b"\x2b\1\3\5\0\0\0\7" + bytes(range(16))
    options = [
        b"\0\1",
        b"\2",
        b"\2\5ab",
        b"\2\1a\3\1a",
        *(bytes((kind, len(value))) + value for kind, value in values.items()),
    ]
    options += [bytes((kind, len(value) - 1)) + value[1:] for kind, value in values.items()]
    packets = [
        head + bytes((kind, kind // 2)) + struct.pack(">H", len(option)) + option
        for kind in (0, 3)
        for option in options
    ]
    packets += [head + bytes((kind, 0, 0, 0)) for kind in range(8)] + [
        head + b"\0\0\0\5ab",
        head + b"\0\0",
        head[:20],
        b"\x2b\2",
        b"\x2b\2abc",
        b"\x2a\1",
        b"\x2b",
        b"",
    ]
    return over_udp(5359, *packets)


def _zephyr() -> list[bytes]:
    def notice(
        kind: bytes = b"1",
        group: bytes = b"MESSAGE",
        instance: bytes = b"PERSONAL",
        operation: bytes = b"",
        sender: bytes = b"me@R",
        recipient: bytes = b"",
        version: bytes = b"ZEPH0.2",
        more: bytes = b"",
    ) -> bytes:
        fields = (
            version,
            b"0x11",
            kind,
            b"uid",
            b"0x1234",
            b"1",
            b"4",
            b"auth",
            group,
            instance,
            operation,
            sender,
            recipient,
            b"fmt",
            b"0",
            b"0/1",
            b"uid2",
        )
        return b"".join(field + b"\0" for field in fields) + more

    packets = [notice(b"%d" % kind) for kind in range(10)] + [
        notice(b"-1"),
        notice(b"x"),
        notice(b"0xFFFFFFFFFF"),
        notice(b" +2"),
    ]
    for group, instance, operation in ((b"USER_LOCATE", b"me", b"USER_HIDE"), (b"USER_LOCATE", b"me", b"USER_UNHIDE"), (b"USER_LOCATE", b"me", b"X"), (b"ZEPHYR_ADMIN", b"", b"DO IT"),
                                       (b"HM_CTL", b"SERVER", b"BOOT"), (b"HM_STAT", b"HMST_CLIENT", b"GIMMESTATS"), (b"HM_STAT", b"x", b"GIMMESTATS"), (b"WG_CTL", b"A", b"B"),
                                       (b"LOGIN", b"", b"USER_FLUSH"), (b"LOGIN", b"", b"NONE"), (b"LOGIN", b"", b"OPSTAFF"), (b"LOGIN", b"", b"WHAT"), (b"ZEPHYR_CTL", b"HM", b"ACK"), (b"ZEPHYR_CTL", b"x", b"y")):  # fmt: skip
        packets.append(notice(b"2", group, instance, operation))
    for operation in b"SUBSCRIBE SUBSCRIBE_NODEFS UNSUBSCRIBE GIMME GIMMEDEFS CLEARSUB WHAT".split():
        packets += [
            notice(kind, b"ZEPHYR_CTL", b"CLIENT", operation, more=more)
            for kind in (b"2", b"5")
            for more in (b"", b"a\0b\0\0", b"SENT\0", b"a\nB\0")
        ]
    packets += [
        notice(b"2", b"ZEPHYR_CTL", b"REALM", operation)
        for operation in b"ADD_SUBSCRIBE REQ_SUBSCRIBE RLM_SUBSCRIBE RLM_UNSUBSCRIBE X".split()
    ]
    packets += [
        notice(operation=b"OP\x80", sender=b"", recipient=b"you"),
        notice(version=b"ZEPH0.1"),
        notice(version=b"ZEPX"),
        b"ZEPH",
        b"ZEPH0.2\0",
        b"",
        b"\0",
    ]
    return over_udp(2104, *packets) + over_udp(2103, packets[0])


def _lwres() -> list[bytes]:
    def message(operation: int, body: bytes, flags: int = 0, version: int = 0, length: int | None = None) -> bytes:
        claimed = 28 + len(body) if length is None else length
        return struct.pack(">IHHIIIIHH", claimed, version, flags, 7, operation, 1, 16384, 0, 0) + body

    name = b"\0\4host\0"
    addresses = b"\0\0\0\1\0\4\x0a\0\0\1" + b"\0\0\0\2\0\x10" + address6("2001:db8::1") + b"\0\0\0\x09\0\2ab"
    packets = [message(operation, b"", flags) for operation in (0, 0x10000, 0x10004, 9) for flags in (0, 1, 6)]
    packets += [message(0x10001, struct.pack(">II", 1, kinds) + name) for kinds in (0, 1, 2, 3, 7)]
    packets += [
        message(0x10001, struct.pack(">IHH", 0, 1, 3) + name + name + addresses, 1),
        message(0x10002, b"\0\0\0\1" + addresses[:10]),
        message(0x10002, b"\0\0\0\1" + addresses[10:32]),
    ]
    packets += [
        message(0x10002, b"\0\0\0\1\0\0\0\1\0\2ab"),
        message(0x10002, b"\0\0\0\1" + addresses[32:]),
        message(0x10002, struct.pack(">IH", 0, 1) + name + name, 1),
    ]
    packets += [
        message(0x10003, struct.pack(">IHH", 1, group, kind) + name) for group, kind in ((1, 1), (3, 28), (9, 9999))
    ]
    packets += [message(0x10003, struct.pack(">IHHIHH", 1, 1, 1, 3661, 2, 1) + name + b"\0\2ab\0\1c\0\0", 1)]
    packets += [
        message(0x10001, struct.pack(">II", 1, 1) + b"\0\4hostX"),
        message(0, b"", version=1),
        message(0, b"abc", length=99),
        message(0, b"abc"),
        message(0, b"", length=3),
        b"\0" * 26,
        b"",
    ]
    return over_udp(921, *packets)


def _wb() -> list[bytes]:
    def message(kind: int, body: bytes, flags: int = 0) -> bytes:
        return bytes(8) + struct.pack(">HBB", 1, kind, flags) + body

    page = b"\x0a\0\0\1\0\0\0\2"
    drawings = b"".join(
        struct.pack(">IHBB", 3, size, 0, kind) + bytes(size + -size % 4)
        for kind, size in ((2, 4), (9, 3), (14, 0), (99, 0))
    )
    packets = [message(kind, page + b"\0\0\0\1\0\0\0\4" + drawings, flags) for kind in range(9) for flags in (0, 1)]
    packets += [
        message(3, page[:4] + page + b"\0\0\0\1\0\0\0\4" + drawings),
        message(2, page[:4] + page + b"\0\0\0\1\0\0\0\4"),
        message(5, page + b"\0\0\0\1\0\0\0\2"),
    ]
    state = b"\0\0\0\1" + page + struct.pack(">HH", 1, 0)
    packets += [
        message(1, b"\0\0\0\3" + page + state + page + b"site\n\0xyz"),
        message(7, b"\0\0\0\1" + state[:12] + b"\1\0\0\0" + page),
        message(7, bytes(4)),
    ]
    packets += [
        message(0, page + struct.pack(">II", first, last) + struct.pack(">IHBB", upto, 0, 0, 15) + bytes(16))
        for first, last, upto in ((1, 4, 2), (2, 4, 1), (1, 4, 9))
    ]
    return over_udp(4567, *packets, b"", bytes(11), bytes(12))


def _over_tcp() -> list[bytes]:
    def control(kind: int, body: bytes, magic: int = 0x1A2B3C4D, reserved: int = 0, group: int = 1) -> bytes:
        return struct.pack(">HHIHH", 12 + len(body), group, magic, kind, reserved) + body

    bodies = (
        bytes(160),
        bytes(range(1, 161)),
        b"\1\0\1\1\0\0\0\3\0\0\0\2\0\1\0\2" + b"host\n".ljust(64, b"\0") + b"vendor".ljust(64, b"\0"),
    )
    packets = [control(kind, body) for kind in range(18) for body in bodies]
    packets += [
        control(kind, bytes((code, code, code % 4, code)) + b"\0\0\0" + bytes((code,)) * 30)
        for kind in (2, 3, 4, 6, 8, 10, 13)
        for code in range(9)
    ]
    packets += [
        control(kind, b"\0\0\0\7" + bytes((code, code)) + bytes(20)) for kind in (6, 8, 10) for code in range(9)
    ]
    packets += [
        control(
            7, struct.pack(">HHIIIIHHHH", 1, 2, 3, 4, 5 % 4, 2, 6, 7, 5, 0) + b"12345678".ljust(64, b"\0") + bytes(64)
        )
    ]
    packets += [control(9, struct.pack(">HHIIHH", 1, 2, 3, 4, 5, 99) + b"1" * 64 + b"2" * 64 + bytes(64))]
    packets += [
        control(5, b"\0\0\0\7", magic=1),
        control(5, b"\0\0\0\7", reserved=3),
        control(5, b"\0\0\0\7", group=2),
        control(5, b"\0\0\0\7", group=3),
        b"\0\x10",
    ]
    frames = over_tcp(1723, *packets)
    data = ip(udp(b"hello"), 17)
    active = _HEX("0100140 10a000001 00000020 0a000002 e0000001".replace(" ", ""))
    frames += over_tcp(
        639,
        b"\4\0\3",
        b"\4\0\5ab",
        active,
        active[:2] + bytes((20 + len(data),)) + active[3:] + data,
        b"\3" + active[1:] + b"\4\0\3",
        b"\2\0\x08\0\xe0\0\0\1",
    )
    frames += over_tcp(
        639,
        b"\5\0\4a",
        b"\6\0\4a",
        b"\7\0\3",
        b"\x08\0\3",
        b"\0\0\3",
        b"\4\0\2",
        b"\4\xff\xff",
        b"\4\0\x09ab",
        b"\4\0\3\4\0",
        b"\4",
        b"\1\0\3",
        b"\4\0\3\4\5\x99" + bytes(20),
    )
    frames += over_tcp(
        10288,
        *(
            word.encode()
            for word in (
                "MSG 0 1",
                "MSG\0 0",
                "RPY 0 1",
                "ERR 0",
                "ANS 0",
                "NUL 0",
                "SEQ 0",
                "END\r\n",
                "END\0",
                "RPY",
                "x",
            )
        ),
    )
    return frames


def _unspoken() -> list[bytes]:
    """What tcpdump could know, and says nothing of where it is built without SMB: port mapper, NetBIOS and SMB."""
    call = struct.pack(">10I", 7, 0, 2, 100000, 2, 3, 0, 0, 0, 0) + struct.pack(">4I", 100003, 3, 17, 0)
    name = b"\x20" + b"CK" + b"AA" * 15 + b"\0"
    query = _HEX("1234 0110 0001 0000 0000 0000") + name + _HEX("0021 0001")
    frames = over_udp(111, call, b"") + over_tcp(111, struct.pack(">I", 0x80000000 | len(call)) + call)
    frames += over_udp(137, query) + over_udp(138, _HEX("1102000a0a000001008a00bb0000") + name * 2)
    return frames + [
        frame
        for port in (139, 445)
        for frame in over_tcp(
            port, b"\x81\0\0\x44" + name * 2, b"\0\0\0\x23\xffSMBr" + bytes(30), b"\0\0\0\x40\xfeSMB" + bytes(60)
        )
    ]


ETHERNET = {
    "unspoken": _unspoken(),
    "over_tcp": _over_tcp(),
    "ldp": _ldp(),
    "ptp": _ptp(),
    "autorp": _autorp(),
    "ahcp": _ahcp(),
    "zephyr": _zephyr(),
    "lwres": _lwres(),
    "wb": _wb(),
}
"""Frames by protocol, for every option."""


def _one_line() -> list[bytes]:
    frames = over_tcp(323, b"\0\0\0\0\0\0\0\x08", b"x")
    frames += over_udp(
        701,
        *(bytes((0x10, 0, 0, kind)) + b"\0\x08\0\0" for kind in (*range(22), 49, 50, 51, 52, 53)),
        b"\x20" + bytes(7),
        b"\x10",
        b"",
    )
    frames += over_udp(
        3503,
        *(bytes((0, version, 0, 0, kind, 0, 0, 0)) + bytes(24) for version in (1, 2) for kind in range(4)),
        bytes(31),
        b"",
    )
    for port in (12222, 12223):
        payloads = (
            bytes((flags,)) + bytes(size) for flags in (0, 1, 2, 4, 7, 0x3F, 0x40, 0xC0) for size in (3, 5, 10, 11, 30)
        )
        frames += over_udp(port, *payloads, bytes(6) + b"\7" + bytes(20), bytes(6) + b"\x40" + bytes(20))
    frames += [
        ethernet(ip(udp(b"\7" + bytes(20), 12223, 40000), 17)),
        ethernet(ip(udp(b"\7" + bytes(20), 12222, 40000), 17)),
    ]
    agent4, agent6 = b"\0\0\0\1\x0a\0\0\1" + bytes(20), b"\0\0\0\2" + address6("2001:db8::1") + bytes(20)
    frames += over_udp(
        6343,
        *(
            b"\0\0\0" + bytes((version,)) + agent
            for version in (4, 5)
            for agent in (agent4, agent6, agent4[:12], agent6[:20])
        ),
        b"\0\0\0\5\0\0\0\x09" + bytes(40),
        b"",
    )
    frames += over_udp(698, b"\0\x10\0\7" + bytes(12), b"\0\4\0\7" + bytes(12), b"\0\x10\0", b"")
    frames += [ethernet(ip6(udp(b"\0\x10\0\7" + bytes(12), 40000, 698)), 0x86DD)]
    frames += over_udp(
        7000, *(bytes(20) + bytes((kind, 0)) + bytes(6) for kind in (2, *range(3, 15))), bytes(27), b""
    ) + over_udp(7009, bytes(20) + b"\1\1" + bytes(10))
    updates = b"".join(bytes((kind, 10, 1, flags)) + bytes(8) for kind, flags in ((8, 0), (8, 0xC0), (8, 0x3F), (4, 0)))
    messages = (
        b"\0\0\1\2ab",
        *(bytes((kind, 6)) + bytes(6) for kind in range(1, 22)),
        updates,
        b"\x08\1a",
        b"\4\x09ab",
        b"\4",
    )
    frames += over_udp(
        6696,
        *(
            b"\x2a\2" + struct.pack(">H", len(body)) + body + rest
            for body in messages
            for rest in (b"", b"\4\6" + bytes(6))
        ),
    )
    frames += over_udp(6697, b"\x2a\2\0\x09ab", b"\x2a\3\0\0", b"\x2b\2\0\0", b"\x2a\2\0", b"\x2a\2\0\0\4", b"")
    values = [
        struct.pack(">HH", kind, 4) + b"abcd" for kind in (*range(12), *range(31, 46), 511, 512, 767, 768, 1023, 1024)
    ]
    frames += over_udp(
        8231,
        *values,
        b"".join(values),
        values[1] * 3 + values[2],
        values[1] + b"\0\1",
        values[1] + b"\0\1\0\x09ab",
        b"",
    )
    return frames


ONE_LINE_SERVICES = _one_line()
"""Frames of the protocols that are printed in one line, for the options below -v."""
