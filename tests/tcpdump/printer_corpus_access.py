"""Packets of the protocols between neighbours on a link, right and wrong: PPPoE and PPP, LLDP, LACP, 802.1X, CDP,
and those that cross the network: PPTP, Telnet, RESP, syslog."""

import struct

from printer_packets import HERE, address6, ethernet, ieee_802_3, ip, ip6, over_ip, over_tcp, over_udp, udp

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
        *(ethernet(b"\x11\x09\0\0\0"[:size], kind) for kind in (0x8863, 0x8864) for size in range(6)),
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
    messages = (
        "",
        "01",
        "010100",
        "01010003",
        "01010004",
        "01010005",
        "010100070101",
        "0101000701016101",
        "0301002061",
    )
    frames += [_session(protocol, _HEX(head)) for protocol in (0xC023, 0xC223) for head in messages]
    others = (0x25, 0x27, 0x29, 0x2B, 0x2D, 0x2F, 0x31, 0x4F, 0xFD, 0xFB, 0xC025, 0xC227, 0xC02D, 0x200)
    frames += [_session(protocol, bytes(range(8))) for protocol in others]
    return frames + [_session(0x3D, piece) for piece in (b"", b"\1", b"\0\0", b"\x40\0", b"\x80\1", b"\xc0\2abc")]


def _value(kind: int, value: bytes) -> bytes:
    return struct.pack(">H", kind << 9 | len(value)) + value


def _lldp() -> list[bytes]:
    values = [_value(1, b"\4" + HERE), _value(2, b"\5eth0"), _value(3, b"\0\x78"), _value(4, b"port 1")]
    values += [_value(5, b"switch1"), _value(6, b"Linux 6.1\n"), _value(7, b"\0\x14\0\4")]
    values += [
        _value(8, _HEX("05010a000001020000000300")),
        _value(8, b"\x11\2" + address6("fe80::1") + _HEX("020000000303010203")),
    ]
    values += [
        _value(127, _HEX("0080c2010001")),
        _value(127, _HEX("00120f01036c000010")),
        _value(127, _HEX("00120f0405dc")),
    ]
    messages = [b"".join(values) + b"\0\0", b"", b"\x0a", b"\0\3abc", b"\x0a\5abc", b"\x0c\0\x0a\1x", b"\x0a\1x\x0a\1y"]
    chassis = (b"ab", HERE, b"\1\x0a\0\0\1", b"\2" + address6("fe80::1"), b"\3abc", b"\1ab", b"\6" + HERE, b"a\0b", b"")
    messages += [_value(kind, bytes((subtype,)) + text) for kind in (1, 2) for subtype in range(9) for text in chassis]
    texts = "01 0003 000300 00 07ffff07ff 0700010002aa"
    messages += [_value(kind, _HEX(text)) for kind in (1, 3, 7, 9) for text in texts.split()]
    addresses = (
        "05010a0000010100000007 05010a000001020000000703010203 05010a000001 0501 05010a00000104000000070501 00"
        " 0302aabb020000000300 05180a00000102000000030161 0706020000000001020000000300 05010a000001030000000900"
    )
    messages += [_value(8, _HEX(text)) for text in addresses.split()]
    bridging = "010001 01 0203000a 02 03000a05766c616e31 03000a 03000aff76 0403aabbcc 04 0400 070100000005 07 00aa 0500"
    messages += [_value(127, _HEX("0080c2" + text)) for text in bridging.split()]
    physics = "01 0101000100a1 02010101 02ff0205 02080300 02 030300000009 03 04 04ffff 05aabb"
    messages += [_value(127, _HEX("00120f" + text)) for text in physics.split()]
    messages += [_value(127, _HEX("00120f0103") + struct.pack(">HH", 1 << bit, bit * 3)) for bit in range(16)]
    messages += [_value(127, _HEX(text)) for text in ("00120f", "0080c2", "0012", "00010203aabb")]
    return [ethernet(message, 0x88CC) for message in messages]


def _slow() -> list[bytes]:
    actor = _HEX("01148000") + HERE + _HEX("0001008000023d000000")
    aggregation = b"\1\1" + actor + b"\2" + actor[1:] + _HEX("03100005") + bytes(64)
    marker = b"\2\1\1\x10\0\5" + HERE + _HEX("00000009") + bytes(80)
    broken = "01010705616263 01010105616263 0101030400010000 01010101 010101 0101 01 0a616263"
    broken += " 0a 0102aa 0200 04aa 02010205aabb"
    return [ethernet(message, 0x8809) for message in (aggregation, marker, b"", *map(_HEX, broken.split()))]


def _eapol() -> list[bytes]:
    def frame(kind: int, body: bytes, version: int = 1) -> bytes:
        return ethernet(struct.pack(">BBH", version, kind, len(body)) + body, 0x888E)

    frames = [frame(kind, b"abc", kind) for kind in range(1, 7)] + [ethernet(b"\1\0\0", 0x888E)]
    frames += [frame(0, _control(code, body)) for code in range(6) for body in (b"", b"\1user", b"\3\x19\x15\0")]
    values = (b"", b"\x20", b"\xc3\xffabcdef", b"\x80\1\2", b"\0\4\0\5xy\x80z", b"\x0a\1")
    kinds = (*range(8), 13, 18, 21, 23, 25, 43, 254, 255)
    frames += [frame(0, _control(1, bytes((kind,)) + value)) for kind in kinds for value in values]
    return frames + [frame(0, _HEX(head)) for head in ("", "01", "0101", "010100", "01010009016162")]


def _pptp() -> list[bytes]:
    call, numbers, packet = _HEX("00040005"), _HEX("0000000700000003"), b"\xff\3\0\x21" + _DATAGRAM
    flags = (0x2001, 0x3001, 0x3081, 0x2081, 0x0001, 0x1001, 0x8001, 0x2801, 0xE001, 0x0081, 0x20F9, 0x6001, 0x7FF9)
    headers = [struct.pack(">HH", value, protocol) for value in flags for protocol in (0x880B, 0x0800, 0x1234)]
    return over_ip(
        47,
        *(header + call + numbers + packet for header in headers),
        _HEX("3001880b0004"),
        _HEX("3001880b000400050000"),
    )


def _telnet() -> list[bytes]:
    commands = (
        "fffd ff fffa1800 ffff41 fffa2753fff0 fff4fff3 fffe01fffc03 fffa fffa1f00500018fff0 61fffd01 fffd01616263fffb03"
        " fffd2a fffa2a01fff0 fffa2500fff0 fffa2701fff0 fffa26 fffafff0 fffa22fff0 fffd1861 fffd18fffb1f fffa1801fff0"
        " fffa18007874fff0 fffa18ff fffa18fffff0 fffa1800f0 fffa2500 fffa18ff00"
    )
    payloads = [_HEX(command) for command in commands.split()]
    payloads += [bytes((255, code)) for code in range(230, 256)] + [bytes((255, 253, option)) for option in range(60)]
    payloads += [
        bytes((255, 250, option, first, second, 9, 255, 240))
        for option in (24, 37, 38)
        for first in range(11)
        for second in range(17)
    ]
    return over_tcp(23, *payloads)


def _resp() -> list[bytes]:
    payloads = (
        *(
            "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n",
            "*2\r\n$3\r\nGET\r\n",
            "*1\r\n*1\r\n$1\r\na\r\n",
            "*0\r\n",
            "*-1\r\n",
            "*-2\r\n",
        ),
        *(
            "+OK\r\n",
            "+OK",
            "+OK\r",
            "-ERR x\r\n",
            ":12\r\n:13\r\n",
            ":x\r\n",
            "$5\r\nab\r\nc\r\n",
            "$0\r\n\r\n",
            "$-1\r\n",
        ),
        *(
            "$-2\r\n",
            "$x\r\n",
            "$+1\r\na\r\n",
            "$99\r\nabc\r\n",
            "$3\r\nabcde\r\n",
            "$3\r\nabc",
            "*\r\n",
            "*99999\r\n",
            "$9\r\x03abc\r\n",
        ),
        *("PING", "PING\r\n", "ab cd\r\n", "hello\n", "\r\n", "\r\nPING\n"),
    )
    return over_tcp(6379, *(payload.encode() for payload in payloads))


def _syslog() -> list[bytes]:
    messages = [b"<%d>x" % (facility * 8 + facility % 8) for facility in range(26)]
    messages += [
        b"<30>sshd[1]: hello\n",
        b"<13>a\0b\x80",
        b"<7>",
        b"<>x",
        b"hello",
        b"<1234>x",
        b"<a>",
        b"<30",
        b"<",
        b"",
    ]
    return over_udp(514, *messages)


ETHERNET = {
    "pppoe": _discovery(),
    "ppp": _ppp(),
    "lldp": _lldp(),
    "slow": _slow(),
    "eapol": _eapol(),
    "pptp": _pptp(),
    "telnet": _telnet(),
    "resp": _resp(),
    "syslog": _syslog(),
}
"""Frames by protocol, for every option."""


def _cdp() -> list[bytes]:
    def frame(message: bytes) -> bytes:
        return ieee_802_3(_HEX("aaaa0300000c2000") + message)

    def value(kind: int, data: bytes) -> bytes:
        return struct.pack(">HH", kind, 4 + len(data)) + data

    head = _HEX("02b40000")
    switch = value(1, b"switch1") + value(3, b"Gi0/1") + value(4, b"\0\0\0\x28") + value(5, b"IOS\nsecond line")
    switch += value(2, _HEX("000000010101cc00040a000001")) + value(9, b"lab") + value(10, b"\0\1") + value(11, b"\1")
    frames = [frame(head + switch), frame(head), frame(head[:3]), frame(b""), frame(head + value(1, b"a\0\n"))]
    frames += [
        frame(head + _HEX(rest)) for rest in ("000100", "00010002", "00020002", "00010030616263", "00050030616263")
    ]
    return frames + [frame(head + value(kind, bytes(size))) for kind in range(1, 26) for size in range(6)]


ONE_LINE_SERVICES = _cdp()
"""Frames of the protocols that are printed in one line, for the options below -v."""
