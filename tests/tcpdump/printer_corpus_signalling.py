"""Packets in which networks tell their own machines what to do, right and wrong: M3UA, ForCES, RADIUS, OLSR,
HNCP, RPKI."""

import struct
from collections.abc import Callable

from printer_packets import address6, dns_name, ethernet, ip6, over_ip, over_tcp, over_udp, sctp, sctp_chunk, udp

_HEX = bytes.fromhex


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


def _forces() -> list[bytes]:
    def message(kind: int, body: bytes = b"", words: int | None = None, flags: int = 0, side: int = 1) -> bytes:
        length = (24 + len(body)) // 4 if words is None else words
        ends = (side << 30 | 1, (3 - side) << 30 | 2)
        return struct.pack(">BBHIIQI", 0x1F, kind, length, *ends, 0x0102030405060708, flags) + body

    def value(kind: int, body: bytes, excess: int = 0) -> bytes:
        return struct.pack(">HH", kind, 4 + len(body) + excess) + body + bytes(-len(body) % 4)

    def block(*operations: bytes, kind: int = 1) -> bytes:
        return value(0x1000, struct.pack(">II", kind, 7) + b"".join(operations))

    messages = [message(kind) for kind in (*range(24), 255)]
    messages += [message(1, flags=1 << bit, side=bit & 3) for bit in range(32)]
    messages += [message(1, b"abcdefgh", words) for words in (0, 1, 5, 6, 7, 9, 40)] + [message(1, words=5)[:20]]
    messages += [message(kind, b"\0\x10\0\4") for kind in (1, 2, 15, 17, 18)] + [message(15, bytes(8))]
    results = [value(0x10, struct.pack(">I", code)) for code in (*range(6), 255, 256)]
    messages += [message(kind, result) for kind in (2, 17) for result in results]
    kinds = (0, 1, 0x11, *range(0x110, 0x118), 0x1000, 0x1001)
    messages += [message(2, value(kind, bytes(4))) for kind in kinds]
    messages += [message(kind, results[1] + rest) for kind in (2, 17) for rest in (bytes(4), results[2])]
    messages += [message(2, value(0x10, bytes(4), excess)) for excess in (-8, -5, -4, -1, 1, 8)]
    commit = value(12, bytes(8))
    messages += [message(3, block(commit, commit, kind=kind) * 2) for kind in (0, 1, 2, 3, 0xFFFFFFFF)]
    messages += [
        message(kind, block(value(operation, b""), commit)) for kind in (1, 4, 5, 19, 20) for operation in range(16)
    ]
    messages += [message(3, block(commit, value(14, b"abcd", excess))) for excess in (-8, -7, -1, 0, 1)]
    messages += [
        message(3, block(value(99, b"ab"), value(98, bytes(20))) + rest) for rest in (b"", bytes(4), results[0])
    ]
    messages += [message(3, block(rest)) for rest in (b"", b"\0\x0c\0\4", b"\0\x0c\0\5a\0\0\0")]
    messages += [message(3, value(0x1000, bytes(size))) for size in (4, 8, 11)]
    messages += [
        message(kind, block(value(operation, path) + commit))
        for kind, operation in ((3, 1), (3, 5), (4, 7), (5, 11), (19, 3), (19, 13), (20, 9), (20, 10))
        for path in _paths(value)
    ]
    messages += [
        message(3, block(value(operation, b"abcdefgh"), value(operation, b""))) for operation in (0x7FFF, 0x8000)
    ]
    known = struct.pack(">II4sII5s", 1, 12, b"abcd", 2, 13, b"efghi") + bytes(3)
    items = (
        known,
        known[:12] + b"xxxx",
        struct.pack(">II", 1, 7),
        struct.pack(">II", 1, 40) + b"abcd",
        known[:-3],
        b"",
    )
    redirected = [value(0x115, each) + value(0x116, b"packet one") for each in items]
    redirected += [value(0x116, b"packet", excess) for excess in (-8, -1, 0, 1, 9)] + [value(0x112, bytes(8))]
    redirected += [bytes(size) for size in (4, 8, 12)] + [redirected[0] * 2, redirected[0] + bytes(4)]
    messages += [message(6, value(1, each)) for each in redirected] + [message(6, value(1, redirected[0]) * 2)]
    plain = [sctp(_data(payload, each) + _data(0, messages[1])) for payload in (21, 22, 23) for each in messages]
    at_ports = [struct.pack(">HHII", source, destination, 0, 0) + _data(3, messages[1])
                for source in (6704, 6706, 40000) for destination in (6704, 6705, 6707)]  # fmt: skip
    return over_ip(132, *plain, *at_ports)


def _paths(value: Callable[..., bytes]) -> list[bytes]:
    """Paths into a functional block, of which `value` makes one from its kind and its body."""

    def path(content: bytes, *steps: int, flags: int = 0, missing: int = 0) -> bytes:
        return value(0x110, struct.pack(f">HH{len(steps)}I", flags, len(steps) + missing, *steps) + content)

    def item(kind: int, data: bytes, excess: int = 0) -> bytes:
        return struct.pack(">II", kind, 8 + len(data) + excess) + data + bytes(-len(data) % 4)

    full, ranges = value(0x112, b"abcde"), bytes(7) + b"\1" + bytes(3) + b"\2"
    sparse = [
        item(1, b"abcd") + item(2, b"x"),
        b"",
        b"abcd",
        item(1, b"", -1),
        item(1, b"abcd", 4),
        item(1, b"abcd") + b"xxxx",
    ]
    contents = [
        b"",
        full,
        full * 2,
        full + bytes(4),
        b"abc",
        b"\1\x12\0\1",
        b"\1\x12\0\x40",
        b"\0\0\0\0",
        value(0x999, b"abcd"),
    ]
    contents += [value(0x113, items) for items in sparse]
    contents += [value(0x114, bytes((code, 0, 0, 0))) for code in (0, 1, 0x17, 0x18, 0xFE, 0xFF)]
    contents += [
        value(0x114, b""),
        value(0x114, bytes(5)),
        value(0x114, b"\x18\0\0\0") + full,
        value(0x111, bytes(4) + full),
    ]
    contents += [path(path(full, 3), 2) + path(full, 4), path(b"", missing=1) + full, path(full, missing=9)]
    keys = [struct.pack(">HHI", 0x111, 12, key) + bytes(4) for key in (3, 4, 8, 9, 12, 40, 1 << 16, 0xFFFFFFFF)]
    found = [struct.pack(">IHH", 9, 0x112, size) + full for size in (3, 4, 8, 12, 40)]
    return [
        *(path(key + full, 8, flags=1) for key in keys),
        *(path(value(0x111, each)) for each in (*found, found[1][:8], bytes(4), found[2] + full)),
        *(path(keys[2] + content, flags=1) for content in (*contents, path(full, flags=2), path(keys[1], flags=1))),
        *(path(content, 5, 6) for content in contents),
        *(path(full, flags=flags) for flags in (2, 3, 0x8000)),
        *(path(ranges + content, 7, flags=2) for content in contents[:3]),
        *(
            first + path(full)
            for first in (path(b"", missing=2), path(b"", flags=3), path(b"", flags=2), path(contents[8]))
        ),
        *(value(kind, bytes(4)) for kind in (0x112, 0x999)),
        *(value(0x110, bytes(size)) + bytes(4) for size in (0, 3, 4)),
    ]


def _radius() -> list[bytes]:
    def message(*attributes: bytes, code: int = 1, length: int | None = None) -> bytes:
        body = b"".join(attributes)
        return struct.pack(">BBH", code, 7, 20 + len(body) if length is None else length) + bytes(range(16)) + body

    def attribute(kind: int, value: bytes, length: int | None = None) -> bytes:
        return bytes((kind, 2 + len(value) if length is None else length)) + value

    def word(value: int) -> bytes:
        return struct.pack(">I", value)

    text = b"a\x1b\x80z\0y"
    values = [(kind, value) for kind in range(140) for value in (b"", b"\1", word(0), word(1), b"\1abcdefg", text)]
    choices = (6, 7, 10, 13, 15, 29, 40, 45, 49, 57, 61, 64, 65, 72, 76)
    values += [(kind, word(number)) for kind in choices for number in range(2, 48)]
    values += [(101, word(cause)) for cause in (200, *range(201, 203), *range(401, 408), *range(500, 510))]
    values += [(27, word(seconds)) for seconds in (59, 60, 3599, 3600, 90061, 0xFFFFFFFF)]
    values += [(kind, word(0xFFFFFFFE + last)) for kind in (4, 8, 14, 23, 37, 55) for last in range(2)]
    tags = (0, 1, 0x1F, 0x20, 0x31, 0x32, 0xFF)
    values += [(kind, bytes((tag, 0, 0, 3))) for kind in (56, 58, 64, 65, 66, 69, 81, 83) for tag in tags]
    values += [(kind, b"\1ab"[:size]) for kind in (69, 79, 26) for size in range(1, 4)]
    values += [(kind, bytes(range(1, 1 + size))) for kind in (70, 71, 84, 95, 124, 125) for size in range(7, 19)]
    values += [(71, b"\0" + bytes(range(13))), (124, word(0xFFFFFFFF) * 2)]
    prefix = address6("2001:db8:1:2::5")
    lengths = ((0, 0), (32, 4), (33, 4), (64, 8), (128, 16), (129, 16), (64, 17), (1, 0))
    values += [(kind, bytes((0, wide)) + prefix[:size]) for kind in (97, 123) for wide, size in lengths]
    values += [(125, bytes((wide,)) + prefix) for wide in (0, 64, 128, 129)]
    values += [(126, bytes((space,)) + b"ex\0mple") for space in range(0x2F, 0x35)]
    stamps = bytes(8) + word(0xE0000000) * 2
    values += [(127, struct.pack(">HBB", 5, code, code) + stamps + b"GPS\n"[:code]) for code in range(4)]
    values += [(128, b"\0\5" + bytes(size)) for size in (0, 1, 18)]
    values += [(129, struct.pack(">H", 1 << bit) + stamps[8:] + b"note"[:bit]) for bit in range(16)]
    methods = (b"\1user", b"\2hi", b"\3\4\x15", b"\4x", b"\x0d\xa0\0\0\1\0", b"\x12\x0b", b"\x15\1", b"\x17", b"")
    values += [
        (79, struct.pack(">BBH", code, 9, 4 + len(method) + excess) + method)
        for code in (1, 2, 3, 9)
        for method in methods
        for excess in (0, 1)
    ]
    vendors = (0, 9, 311, 529, 2352, 2636, 3561, 10415, 12951, 14122, 35632, 46098, 46099)
    values += [(26, word(vendor) + _HEX("0106617a1b00 0203ff 0302")) for vendor in vendors]
    values += [(26, word(9) + _HEX(rest)) for rest in ("01", "0100", "0101", "0109616263", "0103610105", "01036101")]
    messages = [message(attribute(kind, value), attribute(25, b"x")) for kind, value in values]
    messages += [message(attribute(1, b"user", length), attribute(33, b"y")) for length in (0, 1, 3, 9, 10, 255)]
    messages += [message(attribute(1, b"user"), length=length) for length in (0, 19, 20, 21, 22, 25, 27, 4000)]
    messages += [message(code=code) for code in (*range(15), *range(39, 47), 255)]
    return over_udp(1812, *messages, message()[:19], b"") + [
        frame for port in (1813, 1645, 1646, 1700, 3799) for frame in over_udp(port, messages[6])
    ]


def _olsr() -> list[bytes]:
    def message(kind: int, body: bytes, excess: int = 0, origin: bytes = b"\x0a\0\0\1", time: int = 0x86) -> bytes:
        size = 8 + len(origin) + len(body) + excess
        return struct.pack(">BBH", kind, time, size) + origin + struct.pack(">BBH", 5, 1, 9) + body

    def packet(*messages: bytes, excess: int = 0) -> bytes:
        body = b"".join(messages)
        return struct.pack(">HH", 4 + len(body) + excess, 7) + body

    def link(code: int, neighbors: bytes, excess: int = 0) -> bytes:
        return struct.pack(">BBH", code, 0, 4 + len(neighbors) + excess) + neighbors

    def name(kind: int, address: bytes, text: bytes, excess: int = 0) -> bytes:
        return struct.pack(">HH", kind, len(text) + excess) + address + text + bytes(-len(text) % 4)

    def bodies(address: bytes, rest: bytes) -> list[tuple[int, bytes]]:
        rated = address + b"\xff\x80\0\0"
        hello, sequence = b"\0\0\x86\3", b"\1\2\0\0"
        found = [(1, hello + link(code, address) + link(6, address * 2)) for code in (*range(13), 255)]
        found += [(kind, hello + link(6, rated, excess)) for kind in (1, 201) for excess in (-9, -8, -5, -1, 1)]
        found += [(201, hello + link(10, rated * count)) for count in range(3)]
        found += [(kind, sequence + rated * count) for kind in (2, 202) for count in range(3)]
        found += [(kind, hello[:size]) for kind in (1, 2, 130, 201, 202) for size in range(4)]
        found += [(3, address * count + b"ab") for count in range(3)]
        masks = ("", "ff", "ffff80", "ffff01", "ff00ff", "0001616a", "001f0000", "00fe00ff", "0100")
        found += [(4, (bytes(4) + rest + _HEX(mask)).ljust(2 * len(address), b"\0")) for mask in masks]
        found += [(4, (address + b"\xff" * len(address)) * count) for count in (0, 3, 6)]
        texts = (b"host", b"a\0\x80\n.", b"")
        found += [(130, struct.pack(">HH", 1, 1) + name(kind, address, text)) for kind in (0, 3) for text in texts]
        found += [(130, struct.pack(">HH", 1, count) + name(1, address, b"ab") * 2) for count in (0, 1, 2, 3, 99)]
        found += [(130, struct.pack(">HH", 1, 1) + name(1, address, b"ab", excess)) for excess in (-2, 2, 3, 9)]
        return found + [(kind, b"abcde") for kind in (0, 5, 128, 129, 200)]

    packets = [packet(message(kind, body), message(3, b"")) for kind, body in bodies(b"\x0a\0\0\2", b"")]
    hello = message(1, b"\0\0\x86\3")
    packets += [packet(message(3, b"", time=time)) for time in (0, 1, 0x0F, 0xF0, 0xFF)]
    packets += [packet(message(3, b"abcd", excess), hello) for excess in (-16, -15, -5, 1, 8, 99)]
    packets += [packet(hello, hello, excess=excess) for excess in (-36, -33, -32, -16, -1, 5)]
    wide = address6("2001:db8::2")
    packets6 = [packet(message(kind, body, origin=wide), hello) for kind, body in bodies(wide, bytes(12))]
    return over_udp(698, *packets) + [ethernet(ip6(udp(each, 40000, 698)), 0x86DD) for each in packets6]


def _hncp() -> list[bytes]:
    def value(kind: int, body: bytes, excess: int = 0) -> bytes:
        return struct.pack(">HH", kind, len(body) + excess) + body + bytes(-len(body) % 4)

    def padded(*parts: bytes) -> bytes:
        body = b"".join(parts)
        return body + bytes(-len(body) % 4)

    interval = value(9, b"\1\2\3\4\0\0\1\0")
    address, mapped, name = address6("2001:db8::2"), bytes(10) + b"\xff\xff\x0a\0\0\1", dns_name("ex.com")
    kinds = (*range(12), *range(31, 46), 511, 512, 767, 768, 1023, 1024)
    values = [value(kind, bytes(range(1, 1 + size))) for kind in kinds for size in (0, 4, 5, 8, 12, 20, 37)]
    holders = {
        5: bytes(20),
        33: b"",
        34: padded(bytes(8), b"\x20", address[:4]),
        35: padded(bytes(4), b"\5\x68", mapped),
        36: bytes(4) + mapped,
        39: padded(address, b"\5", name),
        41: padded(address, b"\4host"),
        42: b"\xab" * 32,
    }
    nested = interval + value(1, b"")
    for _ in range(2):
        values += [value(kind, body + nested) for kind, body in holders.items()]
        values += [
            value(kind, body + nested + rest) for kind, body in holders.items() for rest in (b"\0", b"\0\1\0\4a")
        ]
        nested = value(5, bytes(20) + nested) + interval * 2
    widths = (0, 1, 32, 33, 96, 104, 128, 129, 255)
    values += [value(kind, padded(bytes(size), bytes((width,)), mapped)) + interval
               for kind, size in ((34, 8), (35, 5)) for width in widths]  # fmt: skip
    values += [
        value(43, bytes((kind,)) + rest) for kind in (0, 32, 128, 129, 130, 131, 132) for rest in (b"", name, mapped)
    ]
    names = (name, name[:-1], b"\0", b"\3com\xc0\0", name + b"xyz", b"")
    values += [value(40, each) for each in names] + [value(39, mapped + bytes((flags,)) + name) for flags in range(8)]
    values += [value(39, padded(address, b"\1", each)) + interval for each in names]
    lengths = (0, 1, 8, 9, 63, 64, 255)
    values += [value(41, address + bytes((length,)) + b"hostname") + interval for length in lengths]
    values += [value(41, address + b"\x40" + b"h" * 64)]
    lists = (*names, name * 2, b"\x80", name + b"\xc0\1", b"\x41\x40abc")
    values += [value(37, _HEX("0604") + b"\x0a\0\0\1" + bytes((119, len(each))) + each) + interval for each in lists]
    values += [value(38, struct.pack(">HH", 24, len(each)) + each + bytes(4)) + interval for each in lists]
    values += [
        value(37, _HEX(text)) + interval
        for text in ("06040a0000012a080a0000010a000002ff00", "0603aabbcc", "0609", "01")
    ]
    values += [value(38, struct.pack(">HH", kind, length) + address * 2) + interval
               for kind in (1, 23, 31) for length in (0, 8, 16, 32, 33)]  # fmt: skip
    values += [value(10, bytes(36) + text) for text in (b"n\0x", b"\x80")]
    values += [interval * 3 + value(1, b"") + rest for rest in (b"", b"\0", b"\0\1\0\5abc")] + [
        value(9, b"abcd", 9),
        b"",
    ]
    return over_udp(8231, *values)


def _rpki() -> list[bytes]:
    def pdu(kind: int, number: int, body: bytes, size: int | None = None, version: int = 0) -> bytes:
        claimed = 8 + len(body) if size is None else size
        return struct.pack(">BBHI", version, kind, number, claimed) + body

    def error(wrong: bytes, text: bytes, code: int = 1, more_wrong: int = 0, more_text: int = 0) -> bytes:
        lengths = ((len(each) + more) % (1 << 32) for each, more in ((wrong, more_wrong), (text, more_text)))
        first, second = (struct.pack(">I", length) for length in lengths)
        return pdu(10, code, first + wrong + second + text)

    prefix4, prefix6 = _HEX("01181800 0a000000 0000fde8"), _HEX("00203000") + address6("2001:db8::") + _HEX("0000fde8")
    notify, reset = pdu(0, 7, _HEX("00000005")), pdu(2, 0, b"")
    bodies = (b"", b"\0\0\0\5", prefix4, prefix6, b"odd")
    pdus = [pdu(kind, 7, body) for kind in (*range(12), 255) for body in bodies]
    pdus += [pdu(0, 7, b"\0\0\0\5", size) for size in (0, 7, 8, 11, 13, 0xFFFFFFFF)] + [pdu(0, 7, b"", version=1)]
    pdus += [(notify + reset)[:size] for size in range(1, 20)]
    pdus += [error(reset, b"a\0\x80", code) for code in range(9)]
    pdus += [error(wrong, b"why") for wrong in (b"", b"\0\1", notify, notify + reset, error(reset, b"in"), prefix4)]
    pdus += [error(error(b"", b"", 2, more), b"why") + reset for more in (0, 1, -1)]
    pdus += [error(wrong, b"why", 1, more) + notify for wrong in (b"", reset) for more in (-1, 1, 3, 4, 99)]
    pdus += [error(reset, b"why", 1, 0, more) + notify for more in (-4, -1, 1)] + [error(b"", b"")]
    pdus += [notify + pdu(4, 0, prefix4) + pdu(6, 0, prefix6) + pdu(7, 7, b"\0\0\0\5"), pdu(10, 1, bytes(3)), b""]
    return over_tcp(323, *pdus)


ETHERNET = {
    "m3ua": _m3ua(),
    "forces": _forces(),
    "radius": _radius(),
    "olsr": _olsr(),
    "hncp": _hncp(),
    "rpki": _rpki(),
}
"""Frames by protocol, for every option."""
