"""Packets of BGP, right and wrong: messages, capabilities, attributes of every kind, and routes of every family."""

# ruff: noqa: E501
# Bytes read better as one run of digits.

import struct

from printer_packets import address6, over_tcp

_HEX = bytes.fromhex
_MARKER = b"\xff" * 16
_HERE, _THERE = b"\x0a\0\0\1", b"\x0a\0\0\2"
_HERE_6 = address6("2001:db8::1")
_DISTINGUISHERS = (
    _HEX("0000fde800000064"),
    _HEX("00010a0000010064"),
    _HEX("00020000fde80064"),
    _HEX("0003fde800000064"),
)
_LABEL = _HEX("000641")


def _message(kind: int, body: bytes = b"", size: int | None = None) -> bytes:
    return _MARKER + struct.pack(">HB", 19 + len(body) if size is None else size, kind) + body


def _attribute(kind: int, value: bytes, flags: int = 0x40) -> bytes:
    size = struct.pack(">H", len(value)) if flags & 0x10 else bytes((len(value),))
    return bytes((flags, kind)) + size + value


def _update(attributes: bytes = b"", withdrawn: bytes = b"", routes: bytes = b"") -> bytes:
    counted = (struct.pack(">H", len(part)) + part for part in (withdrawn, attributes))
    return _message(2, b"".join(counted) + routes)


def _open(parameters: bytes, size: int | None = None) -> bytes:
    length = len(parameters) if size is None else size
    return _message(1, _HEX("04fde800b4") + _HERE + bytes((length,)) + parameters)


def _capability(kind: int, value: bytes) -> bytes:
    return bytes((2, 2 + len(value), kind, len(value))) + value


_KEEP_ALIVE = _message(4)
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 9, 12, 13)


def _opens() -> list[bytes]:
    values = (_HEX("00010203040506070809")[:size] for size in range(10))
    messages = [_open(_capability(kind, value)) for value in values for kind in (*range(10), *range(64, 73), 128, 255)]
    families = ("00010001 00020080", "00010100 00020101 00190102 03e70103 00c48004", "80780001018000020100", "f0780001")
    messages += [_open(_capability(kind, _HEX(text))) for kind in (1, 8, 64, 65, 69, 71) for text in families]
    messages += [
        _open(_HEX(parameters))
        for parameters in (
            "0103010203",
            "ff00",
            "02020200 02028000",
            "020402000200",
            "02020505",
            "0201 02",
            "02",
            "02040200",
            "0206 0200 4600 4100",
            "0203 0200",
        )
    ]
    messages += [_open(_HEX("02020200"), size) for size in (0, 1, 2, 3, 5, 255)]
    messages += [_message(1, _open(b"")[19 : 19 + size]) for size in range(11)] + [_open(b"") + _KEEP_ALIVE]
    return messages


def _notifications() -> list[bytes]:
    messages = [_message(3, bytes((code, subcode))) for code in range(9) for subcode in (*range(13), 255)]
    said = (
        b"",
        b"\0",
        b"\5hello",
        b"\5hel\x80\n",
        b"\5abc",
        b"\3hello",
        b"\0ab",
        b"\x80" + b"a" * 128,
        b"\xff" + b"a" * 255,
    )
    messages += [_message(3, bytes((6, subcode)) + text) for subcode in (2, 3, 4) for text in said]
    messages += [_message(3, b"\6\1" + text) for text in (_HEX("00010100000005"), _HEX("010208000000057a"), bytes(6))]
    return [*messages, _message(3), _message(3, b"\6"), _message(3, b"\6\2", 20) + _KEEP_ALIVE]


def _segments() -> list[bytes]:
    """Messages after messages, and what is none."""
    other = [_message(kind, bytes(size)) for kind in (0, 4, 5, 6, 255) for size in (0, 1, 3, 4, 12)]
    families = [_message(5, struct.pack(">HBB", family, 0, 1)) for family in (*range(18), 25, 196, 999)]
    subsequent = [_message(5, bytes((0, 1, 0, kind))) for kind in (*range(8), *range(63, 72), *range(127, 134), 255)]
    strange = [
        b"abc",
        b"abc" * 20,
        _MARKER,
        _MARKER[1:],
        _MARKER + b"\0\x13",
        b"\xff" + _KEEP_ALIVE,
        b"abc" + _KEEP_ALIVE + b"de",
        _KEEP_ALIVE * 3,
        _KEEP_ALIVE + b"x" + _KEEP_ALIVE,
        _KEEP_ALIVE + _KEEP_ALIVE[:18],
        _KEEP_ALIVE + _message(4, b"", 5) + _KEEP_ALIVE,
        *(_message(kind, b"ab", size) for kind in (0, 1, 2, 3, 4, 5, 9) for size in (0, 18, 20, 60)),
    ]
    return other + families + subsequent + strange


def _updates() -> list[bytes]:
    """Plain routes, and how what an update holds may not fit."""
    prefixes = ("", "00", "0000", "080a", "180a0000 200a000001", "210a0000", "1f0a0000ff", "180a", "180a0000ff",
                "00000001 180a0000", "00000001 180a0000 00000002 200a000001", "00000001 08", "00000001")  # fmt: skip
    origin = _attribute(1, b"\0")
    messages = [_update(withdrawn=_HEX(text)) for text in prefixes] + [_update(routes=_HEX(text)) for text in prefixes]
    messages += [_update(origin, _HEX("180a0000"), _HEX("180a0000")), _update(origin)]
    messages += [
        _message(2, _HEX(text))
        for text in ("", "00", "0000", "000000", "0005180a0000", "0004180a0000", "0000000a40010100")
    ]
    heads = ("40", "4001", "400101", "40010100 40", "50", "5001", "500100", "5001000100", "5001000200", "000100")
    return messages + [
        _update(_HEX(head), routes=bytes(size)) + rest
        for head in heads
        for size in (0, 1, 2)
        for rest in (b"", _KEEP_ALIVE)
    ]


def _attributes() -> list[bytes]:
    values = [_HERE * 4 for _ in _WIDTHS]
    messages = [
        _update(_attribute(kind, value[:size]))
        for value, size in zip(values, _WIDTHS, strict=True)
        for kind in (*range(34), 127, 128, 255)
    ]
    messages += [_update(_attribute(1, b"\1", flags)) for flags in range(256)] + [_update(_attribute(1, b"\3"))]
    paths = ("02010001", "020100000001", "0202000100ff", "0202000000010000ffff", "02020001000201010003", "010200010002030100050402 00060007",
             "09010001", "0200", "02000000", "02ff0001", "020200010002020003", "0000", "01020000fde80000fde9")  # fmt: skip
    messages += [_update(_attribute(kind, _HEX(path))) for kind in (2, 17) for path in paths]
    messages += [_update(_attribute(2, _HEX("02040001")), routes=b"\x080a"[:2]) + _KEEP_ALIVE]
    messages += [
        _update(_attribute(8, _HEX("ffffff01 fde80001 ffffff02 00000000 ffffff03"))),
        _update(_attribute(32, bytes(range(24)))),
    ]
    kinds = (0x0002, 0x0003, 0x0005, 0x0009, 0x000A, 0x0102, 0x0103, 0x0105, 0x0107, 0x010B, 0x0202, 0x0203, 0x0205, 0x0306, 0x030C, 0x4004,
             0x8000, 0x8001, 0x8005, 0x800A, *range(0x8800, 0x8806), 0xF10A, 0x0001, 0x4001, 0xC001)  # fmt: skip
    messages += [_update(_attribute(16, struct.pack(">H", kind) + _HERE + b"\0\x64")) for kind in kinds]
    messages += [_update(_attribute(16, b"\3\6" + _HERE + bytes((route, 1)))) for route in (*range(9), 129)]
    messages += [_update(_attribute(16, b"\3\x0c" + struct.pack(">IH", 0, kind))) for kind in range(19)]
    messages += [
        _update(_attribute(16, b"\x80\x0a" + bytes((kind, 2)) + _HEX("05dc0001")))
        for kind in (*range(27), *range(39, 46))
    ]
    messages += [
        _update(_attribute(16, _HEX("40040000" + number)))
        for number in (
            "4b189680",
            "cb189680",
            "7f800000",
            "ff800000",
            "7fc00000",
            "ffc00000",
            "7f7fffff",
            "ff7fffff",
            "00000001",
            "4e6e6b28",
        )
    ]
    messages += [
        _update(_attribute(22, bytes((flags, kind)) + _LABEL + (_HERE + _THERE)[:size]))
        for kind in range(9)
        for flags, size in ((0, 0), (1, 4), (2, 8))
    ]
    metrics = (
        "01000b0000000000000064",
        "01000c000000000000006400",
        "010003",
        "010002",
        "020005abcd",
        "02000b00000000000000 0502000300",
        "0200ff",
    )
    messages += [_update(_attribute(26, _HEX(metric))) for metric in metrics]
    sets = (
        "40010100 4003040a000001",
        "400101",
        "4001",
        "40",
        "500100",
        "4003050a000001",
        "00010100",
        "8063026162 40",
        "c010080002fde800000064",
    )
    messages += [_update(_attribute(128, _HEX("0000fde8" + value)), routes=bytes(5)) for value in sets]
    nested = _attribute(1, b"\0")
    for _ in range(13):
        nested = _attribute(128, _HEX("0000fde8") + nested, 0x50)
        messages.append(_update(nested))
    return messages


def _families() -> list[bytes]:
    pairs = [
        (family, kind)
        for family in (0, 1, 2, 3, 7, 25, 196)
        for kind in (0, 1, 2, 3, 4, 5, 65, 66, 70, 128, 129, 130, 132, 255)
    ]
    heads = [struct.pack(">HB", *pair) for pair in pairs]
    values = [(15, head) for head in heads] + [(14, head + b"\0\0") for head in heads]
    hops = (_HERE_6 + _THERE + _HERE + _THERE + _HERE_6)[:40]
    values += [
        (14, head + bytes((size,)) + hops[:size] + b"\0")
        for head, (family, kind) in zip(heads, pairs, strict=True)
        if kind in (1, 65, 66, 128, 132)
        for size in (1, 4, 5, 9, 11, 12, 16, 20, 21, 24, 28, 29, 36, 40)
        if family in (1, 3, 25, 196) or size in (16, 24, 40, 5)
    ]
    mapped = ("47000601 0a000001", "47000601 0a", "350000" + _HERE_6.hex(), "35", "470000")
    values += [
        (14, b"\0\3\x80" + bytes((8 + len(_HEX(text)),)) + _DISTINGUISHERS[0] + _HEX(text) + b"\0") for text in mapped
    ]
    values += [
        (14, b"\0\1\1\4" + _HERE + _HEX(rest))
        for rest in ("01020abc 180a0000", "0201aa02bbcc 080a", "0105aa", "01", "", "02")
    ]
    values += [(14, _HEX(text)) for text in ("", "00", "0001", "000101", "00010105")]
    return [_update(_attribute(*value)) for value in values]


def _routes() -> list[bytes]:
    """Routes of every family, each whole, cut, and before others."""
    first = _DISTINGUISHERS[0]
    routes: dict[tuple[int, int], list[bytes]] = {}
    for family, address in ((1, _HERE), (2, _HERE_6)):
        whole = 8 * len(address)
        prefixes = [(width, address[: (width + 7) // 8]) for width in (0, 8, 20, whole, whole + 1)]
        routes[family, 1] = [bytes((width,)) + part for width, part in prefixes]
        routes[family, 1] += [_HEX("00000001") + route for route in routes[family, 1]]
        labels = (_LABEL, _HEX("000640"), _HEX("800000"))
        routes[family, 4] = [bytes((24 + width,)) + label + part for width, part in prefixes for label in labels] + [
            b"\x17" + _LABEL,
            b"\0",
        ]
        routes[family, 128] = [
            bytes((88 + width,)) + _LABEL + distinguisher + part
            for width, part in prefixes
            for distinguisher in _DISTINGUISHERS
        ] + [b"\x57", b"\0"]
    routes[1, 2] = routes[1, 3] = routes[1, 1]
    routes[3, 1] = [bytes((width,)) + bytes(range(71, 100)) for width in (0, 8, 16, 17, 152, 153)]
    routes[3, 129] = [
        bytes((88 + width,)) + _LABEL + first + bytes(range(71, 91)) for width in (0, 8, 17, 32, 152, 160)
    ] + [b"\x57"]
    targets = [_HEX(text) for text in ("0002fdeffffffff7", "01020a0000010064", "020200010a000064", "0302fde800000064")]
    routes[1, 132] = [
        bytes((width,)) + _HEX("0000fde8") + target[: (width - 25) // 8]
        for width in (32, 33, 40, 47, 48, 60, 77, 95, 96, 97)
        for target in targets
    ]
    routes[1, 132] += [b"\0", b"\1", b"\x1f"]
    routes[1, 66] = [b"\x80" + first + _HERE + _HEX("e8010101"), b"\x60" + first + _HERE]
    pair = b"\x20" + _HERE + b"\x20" + _HEX("e8010101")
    pair_6 = b"\x80" + _HERE_6 + b"\x80" + address6("ff0e::1")
    bodies = [first, first + _HERE, first + _HERE_6, first + pair, first + pair + _THERE, first + _HERE + pair, first + _HERE + pair_6, first + pair_6,
              first + b"\x21" + _HERE + b"\0", first + b"\0\0"]  # fmt: skip
    routes[1, 5] = [bytes((kind, len(body))) + body for kind in range(9) for body in bodies]
    routes[1, 5] += [bytes((3, size)) + first + part for part in (pair, pair_6) for size in (0, 14, 26, 38, 50)]
    circuit = first + _HEX("00010002") + _LABEL
    values = ("", "010008aa", "010010aabb", "01000aaabb", "020010aabb 010008cc", "010000", "020028aabb", "010011aabbcc", "01ffff" + "ab" * 60,
              "010008aa" * 8, "020008aa" * 8)  # fmt: skip
    layer_2 = [
        struct.pack(">H", len(body) + more) + body
        for body in (circuit + _HEX(value) for value in values)
        for more in (-3, 0, 3)
    ]
    layer_2 += [struct.pack(">H", size) + first + _HERE for size in (0, 11, 12, 13, 17, 18)]
    routes[25, 65] = routes[196, 128] = layer_2
    messages = []
    for (family, kind), readable in routes.items():
        head = struct.pack(">HB", family, kind)
        for route in readable:
            whole = head + route
            values = (whole, whole + readable[0], whole[: len(whole) * 2 // 3], whole + bytes(40))
            messages += [_update(_attribute(15, value, 0x50)) for value in values]
            messages.append(
                _update(_attribute(14, head + b"\4" + _HERE + b"\0" + route, 0xD0) + _attribute(1, b"\0")) + _KEEP_ALIVE
            )
    return messages


ETHERNET = {
    "bgp": over_tcp(179, *_segments(), *_notifications()),
    "bgp open": over_tcp(179, *_opens()),
    "bgp updates": over_tcp(179, *_updates(), *_attributes()),
    "bgp routes": over_tcp(179, *_families(), *_routes()),
}
"""Frames by protocol, for every option."""
