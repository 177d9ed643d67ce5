"""Packets of OSPF, right and wrong, for the tests of the printers."""

import struct

from printer_packets import over_ip, over_ip6

_HEX = bytes.fromhex
_ROUTER = _HEX("0a000001")
_DIGEST = bytes(range(16))


def _message(
    kind: int,
    body: bytes,
    *,
    version: int = 2,
    length: int | None = None,
    area: bytes = bytes(4),
    authentication: int = 0,
    credentials: bytes = bytes(8),
    after: bytes = b"",
) -> bytes:
    size = 24 + len(body) if length is None else length
    header = struct.pack(">BBH4s4sHH8s", version, kind, size, _ROUTER, area, 0, authentication, credentials)
    return header + body + after


def _header(kind: int, size: int, *, name: str = "0a000002", options: int = 0x22, age: int = 1) -> bytes:
    return struct.pack(">HBB4s4sIHH", age, options, kind, _HEX(name), _ROUTER, 0x80000001, 0x1234, size)


def _advertisement(kind: int, body: bytes, *, size: int | None = None, name: str = "0a000002") -> bytes:
    return _header(kind, 20 + len(body) if size is None else size, name=name) + body


def _update(*advertisements: bytes, count: int | None = None) -> bytes:
    number = len(advertisements) if count is None else count
    return _message(4, struct.pack(">I", number) + b"".join(advertisements))


def _part(kind: int, value: bytes, size: int | None = None, *, padded: bool = True) -> bytes:
    """A TLV."""
    head = struct.pack(">HH", kind, len(value) if size is None else size)
    return head + value + (bytes(-len(value) % 4) if padded else b"")


_HELLO = _HEX("ffffff00 000a 12 01 00000028 0a000001 0a000002 0a000003 0a000004")
_DESCRIPTION = _HEX("05dc 52 07 00000063")
_NETWORK = _advertisement(2, _HEX("ffffff00 0a000001 0a000002"))


def _signalling(*parts: bytes, words: int = 3) -> bytes:
    return struct.pack(">HH", 0x1234, words) + b"".join(parts)


def _messages() -> list[bytes]:
    kinds = (*range(8), 255)
    messages = [_message(kind, _HELLO, version=version) for version in (0, 1, 2, 3, 65) for kind in kinds]
    messages += [_message(1, _HELLO, length=length) for length in (0, 23, 24, 43, 45, 49, 52, 53, 65535)]
    messages += [_message(1, _HELLO[:size]) for size in range(len(_HELLO))]
    messages += [_message(1, _HELLO)[:size] for size in range(24)]
    messages += [
        _message(1, _HEX(f"00000000 0000 {options:02x} 00 ffffffff 00000000 {backup:08x}"))
        for options, backup in ((0, 0), (0xFF, 0x0A000001), (1, 0), (4, 0))
    ]
    messages += [_message(1, _HELLO, area=_HEX("0a000006"))]
    for kind, credentials in (
        (1, b"secret\0x"),
        (1, b"a\x01b\xff\x7fcde"),
        (1, bytes(8)),
        (3, bytes(8)),
        (255, bytes(8)),
    ):
        messages.append(_message(1, _HELLO, authentication=kind, credentials=credentials))
    messages += [_message(1, _HELLO, authentication=2, after=_DIGEST[:size]) for size in range(17)]
    blocks = (
        _signalling(_part(1, _HEX("00000001"))),
        _signalling(_part(1, _HEX("00000003")), _part(2, _HEX("00000009") + _DIGEST), _part(9, b"abcde")),
        _signalling(_part(1, _HEX("fffffffc"), 5), _part(2, b"abcd"), words=0),
        _signalling(_part(9, b"abcdef"), _part(9, b"", 99)),
        _signalling(_part(1, b""), words=99),
        _HEX("1234"),
    )
    for block in blocks:
        messages += [
            _message(kind, body, after=block) for kind, body in ((1, _HELLO), (2, _DESCRIPTION), (3, bytes(12)))
        ]
        messages += [
            _message(
                1,
                _HELLO,
                authentication=2,
                credentials=bytes((0, 0, 7, size, 0, 0, 0, 9)),
                after=_DIGEST + block + rest,
            )
            for size, rest in ((16, b""), (16, _DIGEST), (0, _DIGEST), (20, _DIGEST), (255, b""))
        ]
    messages.append(_message(1, _HELLO.replace(b"\x12\x01", b"\x02\x01"), after=blocks[0]))
    headers = [
        _header(kind, 36, name=name) for kind in range(13) for name in ("0a000005", "01000005", "03000005", "04000005")
    ]
    messages += [
        _message(2, _DESCRIPTION[:3] + bytes((flags,)) + _DESCRIPTION[4:]) for flags in (0, 1, 2, 4, 8, 15, 16, 255)
    ]
    messages += [_message(2, (_DESCRIPTION + headers[4])[:size]) for size in range(29)]
    messages += [
        _message(2, _DESCRIPTION + b"".join(headers)),
        _message(5, b"".join(headers)),
        _message(5, headers[0][:19]),
    ]
    messages += [
        _message(kind, before + _header(1, size))
        for kind, before in ((2, _DESCRIPTION), (5, b""))
        for size in (0, 19, 20)
    ]
    requests = [
        struct.pack(">I", kind) + _HEX(name) + _ROUTER for kind in range(13) for name in ("0a000005", "01000005")
    ]
    messages += [
        _message(3, b"".join(requests)),
        *(_message(3, (requests[0] + requests[18])[:size]) for size in range(25)),
    ]
    return messages


def _link(kind: int, *metrics: str, count: int | None = None) -> bytes:
    number = len(metrics) if count is None else count
    return _HEX("0a000003 0a000004") + bytes((kind, number)) + _HEX("000a" + "".join(metrics))


def _advertisements() -> list[bytes]:
    topologies = ("01000014", "02000015", "0800001e")
    messages = [_update(_NETWORK, count=count) for count in (0, 1, 2, 0xFFFFFFFF)]
    messages += [_update(_advertisement(kind, _HEX("01020304")), _NETWORK) for kind in (0, 8, 12, 255)]
    routers = [
        _HEX(f"{flags:02x}00 0001") + _link(kind, *metrics)
        for flags, kind, metrics in (
            (0, 1, ()),
            (1, 2, topologies[:1]),
            (2, 3, topologies),
            (0x9F, 4, ()),
            (0x60, 5, ()),
        )
    ]
    routers += [_HEX("0300 0002") + _link(1, topologies[0], count=count) + _link(3) for count in (0, 1, 2, 200)]
    routers += [_HEX(f"0300 {count:04x}") + _link(1) + _link(3) for count in (0, 1, 3)]
    bodies = [(1, body) for body in (*routers, _HEX("03000000"), _HEX("03"))]
    bodies += [(2, _HEX("ffffff00" + "0a000001" * count)) for count in range(4)]
    metrics = ("", "0000000a", "8000000a05ffffff", "0a00", "01000014")
    bodies += [(kind, _HEX("ffffff00" + text)) for kind in (3, 4) for text in metrics]
    routes = (
        "",
        "0000000a0000000000000000",
        "8000000a0a0000030a000004",
        "85ffffff000000000a000004 010000050a00000300000000",
        "0a00",
    )
    bodies += [(kind, _HEX("ffffff00" + text)) for kind in (5, 7) for text in routes]
    bodies += [(6, _HEX(text)) for text in ("", "000000010a000001", "000000020a000002000000090a000001", "00000001")]
    messages += [_update(_advertisement(kind, body), _NETWORK) for kind, body in bodies]
    for kind, body in bodies[2:-3:3]:
        messages += [
            _update(_advertisement(kind, body, size=20 + len(body) + more), _NETWORK) for more in (-1, 1, 4, 40)
        ]
    messages += [_update(_advertisement(1, routers[0], size=size)) for size in (0, 19, 20, 65535)]
    return messages


def _opaque(kind: int, body: bytes, more: int = 0) -> bytes:
    name = f"{kind:02x}000005"
    return _update(_advertisement(10, body, size=20 + len(body) + more, name=name), _NETWORK)


def _opaques() -> list[bytes]:
    """Restarts and abilities."""
    messages = [_update(_advertisement(scope, _HEX("01020304"), name="02000005")) for scope in (9, 10, 11)]
    graces = [_part(1, _HEX("00000078")), _part(3, _ROUTER), _part(9, b"abcde")]
    graces += [_part(2, bytes((reason,))) for reason in range(5)]
    abilities = [_part(1, struct.pack(">I", flags)) for flags in (0, 1, 0x3FF, 0x200, 0xFFFFFFFF)]
    abilities += [_part(9, b"abcdefgh")]
    for opaque, parts in ((3, graces), (4, abilities)):
        everything = b"".join(parts)
        messages += [_opaque(opaque, everything)]
        messages += [_opaque(opaque, everything[:12], more) for more in (-12, -9, -5, -4, -1, 1, 4, 40)]
        messages += [
            _opaque(opaque, _part(kind, bytes(range(size))) + parts[0]) for kind in range(5) for size in (0, 1, 2, 5)
        ]
        messages += [_opaque(opaque, _part(kind, b"abcd", 99)) for kind in (1, 2, 9)]
        messages += [
            _update(_advertisement(10, everything[:size], size=80, name=f"{opaque:02x}000005"))
            for size in range(12, 24)
        ]
        messages += [_opaque(opaque, parts[0] + _part(9, b"abcde", padded=False), more) for more in (0, -1, 1)]
    return messages


def _links() -> list[bytes]:
    """Traffic engineering."""
    million = struct.pack(">f", 1e6)
    odd = _HEX("00000000 7f800000 ff800000 7fc00000 ffc00000 7f7fffff 80000000 cb989680")
    parts = {
        1: [b"\1", b"\2", b"\0"],
        2: [_ROUTER, _ROUTER * 2],
        3: [_ROUTER],
        4: [_ROUTER],
        5: [_HEX("0000000a")],
        6: [million],
        7: [million],
        8: [million * 8, odd],
        9: [_HEX("deadbeef")],
        11: [_ROUTER * 2, _ROUTER],
        14: [bytes((flags, 0, 0, 0)) for flags in (0, 1, 0x3F, 0xC0)],
        15: [bytes((ability, encoding, 0, 0)) + million * 8 for ability, encoding in ((1, 1), (2, 2), (3, 3), (4, 5))],
        17: [bytes((model, 0, 0, 0)) + million * count for model, count in ((0, 0), (1, 1), (2, 8), (1, 9))],
        33: [b"abcde"],
        16: [_HEX("00000007"), _HEX("0000000700000009")],
    }
    parts[15] += [
        bytes((ability, encoding, 0, 0)) + odd for ability, encoding in ((51, 7), (100, 8), (150, 9), (200, 11), (9, 4))
    ]
    address, metric = _part(1, _ROUTER), _part(5, _HEX("0000000a"))
    usual = b"".join(_part(kind, values[0]) for kind, values in parts.items())
    messages = [_opaque(1, address + _part(2, usual))]
    messages += [
        _opaque(1, _part(2, _part(kind, value) + metric) + address)
        for kind, values in parts.items()
        for value in values
    ]
    for kind, values in (*parts.items(), (0, [b"abcd"])):
        messages += [
            _opaque(1, _part(2, _part(kind, bytes(size)) + metric)) for size in {0, 1, 2, 3, 5, len(values[0]) + 1}
        ]
    messages += [
        _opaque(1, _part(kind, bytes(range(1, size + 1))) + address) for kind in range(4) for size in (0, 1, 3, 4, 5, 9)
    ]
    messages += [_opaque(1, address + _part(kind, b"abcd", 99)) for kind in (1, 2, 9)]
    messages += [_opaque(1, _part(2, metric + _part(2, _ROUTER, size))) for size in (5, 40)]
    messages += [_opaque(1, _part(2, metric + _part(2, _ROUTER), size) + address) for size in range(9, 17)]
    messages += [_opaque(1, address + _part(9, b"abcde", padded=False), more) for more in (0, -1, 1, -9, -12, 3)]
    body = address + _part(2, usual)
    return messages + [
        _update(_advertisement(10, body[:size], size=20 + len(body), name="01000005"))
        for size in range(0, len(body), 3)
    ]


def _message_3(
    kind: int,
    body: bytes,
    *,
    version: int = 3,
    length: int | None = None,
    area: bytes = bytes(4),
    instance: int = 0,
    after: bytes = b"",
) -> bytes:
    size = 16 + len(body) if length is None else length
    return struct.pack(">BBH4s4sHBB", version, kind, size, _ROUTER, area, 0, instance, 0) + body + after


def _header_3(kind: int, size: int, age: int = 1) -> bytes:
    return struct.pack(">HHI4sIHH", age, kind, 5, _ROUTER, 0x80000001, 0x1234, size)


def _advertisement_3(kind: int, body: bytes, more: int = 0) -> bytes:
    return _header_3(kind, 20 + len(body) + more) + body


def _update_3(*advertisements: bytes, count: int | None = None) -> bytes:
    number = len(advertisements) if count is None else count
    return _message_3(4, struct.pack(">I", number) + b"".join(advertisements))


_HELLO_3 = _HEX("00000005 01 000013 000a 0028 0a000001 0a000002 0a000003 0a000004")
_DESCRIPTION_3 = _HEX("00000213 05dc 00 07 00000063")
_NETWORK_3 = _advertisement_3(0x2002, _HEX("00000013 0a000001 0a000002"))
_TYPES_3 = (*range(0x2000, 0x2010), *range(12), 0x4005, 0x6001, 0xA001, 0xFFFF)


def _messages_3() -> list[bytes]:
    kinds = (*range(8), 255)
    messages = [_message_3(kind, _HELLO_3, version=version) for version in (0, 2, 3, 4, 65) for kind in kinds]
    messages += [_message_3(1, _HELLO_3[:size]) for size in range(len(_HELLO_3))]
    messages += [_message_3(1, _HELLO_3)[:size] for size in range(16)]
    messages += [_message_3(1, _HELLO_3, length=length) for length in (0, 16, 35, 36, 40, 45, 65535)]
    messages += [_message_3(1, _HELLO_3, area=_HEX("0a000006"), instance=7)]
    messages += [
        _message_3(1, _HEX(f"00000005 00 {options:06x} ffff 0000 00000000 {backup:08x}"))
        for options, backup in ((0, 0), (0xFFFFFF, 0x0A000001), (0x600, 0))
    ]
    whole = _HEX("0001 0024 0000 0007 00000001 00000002") + bytes(range(20))
    signalling = _HEX("1234 0008 01020304")
    trailers = [whole[:size] for size in range(1, 40)]
    trailers += [
        _HEX(f"{kind} {size} 0000 0007 00000001 00000002 09")
        for kind in ("0002", "0001")
        for size in ("000f", "0010", "0011", "0012")
    ]
    trailers += [
        signalling,
        signalling + whole,
        signalling[:3],
        *(_HEX(f"1234 {size} 0001") for size in ("0003", "0004", "0006", "0007")),
    ]
    messages += [
        _message_3(kind, body, after=trailer) for trailer in trailers for kind, body in ((2, _DESCRIPTION_3), (5, b""))
    ]
    messages += [
        _message_3(1, _HELLO_3, after=whole),
        _message_3(1, _HEX("00000005 01 000213") + _HELLO_3[8:], after=signalling + whole),
    ]
    headers = [_header_3(kind, 36) for kind in _TYPES_3]
    messages += [
        _message_3(2, _DESCRIPTION_3[:7] + bytes((flags,)) + _DESCRIPTION_3[8:]) for flags in (0, 1, 2, 4, 8, 16, 255)
    ]
    messages += [_message_3(2, (_DESCRIPTION_3 + headers[1])[:size]) for size in range(33)]
    messages += [_message_3(2, _DESCRIPTION_3 + b"".join(headers)), _message_3(5, b"".join(headers))]
    messages += [_message_3(5, headers[0] * 2, length=length) for length in (16, 17, 36, 37, 55)]
    messages += [_message_3(5, _header_3(0x2001, size, age)) for size, age in ((0, 0), (19, 3600), (65535, 65535))]
    requests = [struct.pack(">HHI4s", 0, kind, 5, _ROUTER) for kind in _TYPES_3]
    return [*messages, _message_3(3, b"".join(requests)), *(_message_3(3, requests[1][:size]) for size in range(12))]


def _prefix(length: int, options: int = 0, metric: int = 0) -> bytes:
    address = _HEX("20010db8 00010002 00030004 00050006") * 2
    return struct.pack(">BBH", length, options, metric) + address[: (length + 31) // 32 * 4]


def _advertisements_3() -> list[bytes]:
    messages = [_update_3(_NETWORK_3, count=count) for count in (0, 1, 2, 0xFFFFFFFF)]
    messages += [
        _update_3(_NETWORK_3, _NETWORK_3)[:16] + _update_3(_NETWORK_3)[16 : 16 + size] for size in range(0, 36, 3)
    ]
    messages += [_update_3(_advertisement_3(kind, _HEX("01020304")), _NETWORK_3) for kind in _TYPES_3]
    link = "00 000a 00000001 00000002 0a000003"
    routers = [
        _HEX(f"{flags:02x} 000013 {kind:02x}{link} 01{link}") for flags, kind in ((0, 1), (0x1F, 2), (0xE0, 4), (1, 3))
    ]
    links = _HEX("01 000013 fe80") + bytes(13) + b"\1"
    intra = "2001 00000005 0a000001"
    routes = [_prefix(64), _prefix(0), _prefix(128, 0x3F), _prefix(33, 0xC0, 10), _prefix(129), _prefix(100, 2)]
    forward = _HEX("20010db8") + bytes(11) + b"\x09"
    external = [
        bytes((flags, 0, 0, 10)) + _prefix(32, 0, kind) + rest
        for flags, kind, rest in (
            (0, 0, b""),
            (0x83, 0x2001, forward + b"abcd" + _HEX("00000007 00")),
            (2, 1, forward),
            (1, 0x00FF, b"abcd"),
            (0x7C, 0x0100, _HEX("00000007")),
            (2, 0, forward[:15]),
            (1, 0, b"abc"),
            (0, 0x2001, b"abc"),
        )
    ]
    parts = [_part(1, _HEX("00000078")), _part(2, b"\1"), _part(9, b"abcde"), _part(1, b"abcd", 99)]
    bodies = [
        *((0x2001, body) for body in (*routers, _HEX("01000013"), _HEX("010000"))),
        *((0x2002, _HEX("00ffffff" + "0a000001" * count)) for count in range(3)),
        *((0x2003, _HEX("ff00000a") + body) for body in (b"", *routes, b"".join(routes[:4]), routes[0][:11])),
        *((0x4005, body) for body in external),
        *((8, links + struct.pack(">I", count) + b"".join(routes[:3])) for count in (0, 1, 3, 4, 0xFFFFFFFF)),
        *((8, links + _HEX("00000001") + route) for route in routes),
        *((0x2009, _HEX(f"{count:04x}{intra}") + b"".join(routes[:3])) for count in (0, 1, 3, 4, 0xFFFF)),
        *((0x2009, _HEX(f"0001{intra}") + route) for route in routes),
        *((kind, body) for kind in (10, 11) for body in (*parts, parts[0] + parts[2])),
        (10, _part(2, _part(5, _HEX("0000000a")))),
    ]
    messages += [_update_3(_advertisement_3(kind, body), _NETWORK_3) for kind, body in bodies]
    for kind, body in bodies[::4]:
        messages += [_update_3(_advertisement_3(kind, body, more), _NETWORK_3) for more in (-20, -9, -4, -1, 1, 4, 40)]
    return [*messages, _update_3(_header_3(0x2001, 0)), _update_3(_header_3(0x2001, 65535))]


ETHERNET = {
    "ospf": over_ip(89, *_messages()),
    "ospf_advertisements": over_ip(89, *_advertisements()),
    "ospf_opaque": over_ip(89, *_opaques()),
    "ospf_links": over_ip(89, *_links()),
    "ospf3": over_ip6(89, *_messages_3()),
    "ospf3_advertisements": over_ip6(89, *_advertisements_3()),
}
"""Frames by protocol, for every option."""
