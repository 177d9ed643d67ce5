"""The table of savefiles on which we must agree with libpcap, by name; `CASES` is made once."""

import struct

from savefile_bytes import (
    ORDERS,
    block,
    enhanced,
    interface,
    obsolete,
    option,
    pcap_header,
    pcap_record,
    section,
    simple,
)

CASES: dict[str, bytes] = {
    "empty": b"",
    "two bytes": b"ab",
    "text": b"hello world, this is no capture\n",
    "navtel magic": pcap_header(magic=0xA12B3C4D),
    "mesquita magic": pcap_header(magic=0xA1B234CD),
    "ixia magic": pcap_header(magic=0x1C0001AC),
    "no packets": pcap_header(),
    "odd line end": b"\n\r\r\n and some text that is longer than a header",
}

for order in ORDERS:
    for magic in (0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34):
        extra = bytes(8) if magic == 0xA1B2CD34 else b""
        header = pcap_header(order, magic)
        CASES[f"pcap {magic:x} {order}"] = header + b"".join(
            pcap_record(data, order, original=original, extra=extra)
            for data, original in ((b"abcdefgh", 8), (b"", 0), (b"xyz", 1500), (bytes(70), 0xFFFFFFFF))
        )
        CASES[f"odd times {magic:x} {order}"] = header + b"".join(
            pcap_record(b"t", order, seconds, fraction, extra=extra)
            for seconds in (0, 1, 0x7FFFFFFF, 0x80000000, -1)
            for fraction in (0, 999_999, 1_000_000, 999_999_999, 1_000_000_000, 0x7FFFFFFF, -1, -1001)
        )
    for snapshot_length in (0, 1, 5, 262145, 300000, 0x7FFFFFF8, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        name = f"snapshot length {snapshot_length:x} {order}"
        CASES[name] = pcap_header(order, snapshot_length=snapshot_length) + b"".join(
            pcap_record(data, order) for data in (b"abcdefgh", b"XY", b"", b"abcdef")
        )
        CASES["kuznetzov " + name] = pcap_header(order, 0xA1B2CD34, snapshot_length=snapshot_length) + pcap_record(
            bytes(40), order, extra=bytes(8)
        )
        for captured in (9, 262144, 262145, 300000, 300001, 0x7FFFFFFF, 0xFFFFFFFF):
            CASES[f"{name}, captured {captured}"] = (
                pcap_header(order, snapshot_length=snapshot_length)
                + pcap_record(b"good", order)
                + pcap_record(b"short", order, captured=captured)
            )
    for version in ((0, 0), (1, 2), (2, 0), (2, 2), (2, 3), (2, 5), (3, 0), (543, 0), (543, 1), (65535, 65535)):
        CASES[f"version {version} {order}"] = (
            pcap_header(order, version=version, snapshot_length=5)
            + pcap_record(b"abcd", order, captured=4, original=4)
            + pcap_record(b"abcd", order, captured=1000, original=4)
            + pcap_record(b"abcdefgh", order, captured=8, original=8)
            + pcap_record(b"abcd", order, captured=4, original=1000)
        )
    CASES[f"basic pcapng {order}"] = (
        section(order, options=option(1, b"comment", order))
        + block(0xBAD, b"unknown block", order)
        + interface(order, options=option(2, b"eth0", order) + option(0, b"", order))
        + enhanced(b"abcde", order, options=option(1, b"note", order))
        + simple(b"abcdef", order)
        + obsolete(b"xyz", order)
        + block(5, bytes(20), order)
        + enhanced(b"", order, original=60)
    )
    for offset in (1, -1, 3600, -2_000_000, 1 << 62, -(1 << 63)):
        options = option(14, struct.pack(order + "q", offset), order)
        CASES[f"time offset {offset} {order}"] = (
            section(order)
            + interface(order, options=options)
            + enhanced(b"a", order, time=1_500_000)
            + simple(b"z", order)
        )

_BEGUN = section() + interface()
_GOOD = _BEGUN + enhanced(b"good")

for resolution in (0, 3, 6, 7, 9, 10, 12, 19, 20, 0x7F, 0x80, 0x8A, 0x94, 0x9E, 0xA0, 0xA2, 0xBF, 0xC0, 0xFF):
    options = option(9, bytes([resolution]))
    CASES[f"resolution {resolution:x}"] = (
        section()
        + interface(options=options)
        + b"".join(enhanced(b"a", time=time) for time in (5, 1234567890123456789, (1 << 63) - 1, (1 << 64) - 15))
    )
for name, options in {
    "tsresol length": option(9, b"\6\6"),
    "tsresol twice": option(9, b"\6") * 2,
    "tsoffset length": option(14, bytes(4)),
    "tsoffset twice": option(14, bytes(8)) * 2,
    "options end early": option(0, b"") + option(9, b"\xff"),
    "end of options length": option(0, b"abcd"),
    "option header cut": b"\2\0",
    "option cut": struct.pack("<HH", 2, 100) + b"abcd",
    "odd option": option(2, b"a"),
}.items():
    CASES[f"{name}, first"] = section() + interface(options=options) + enhanced(b"a")
    CASES[f"{name}, second"] = _GOOD + interface(options=options) + enhanced(b"a", interface_id=1)

for length in (0, 8, 11, 12, 13, 14, 16, 32, 16 << 20, (16 << 20) + 4, 0xFFFFFFFC):
    CASES[f"block length {length}"] = _GOOD + block(6, bytes(20), length=length)
    CASES[f"first section length {length}"] = section(length=length) + interface()

CASES |= {
    "first section of odd length": struct.pack("<IIIHHqI", 0x0A0D0D0A, 29, 0x1A2B3C4D, 1, 0, -1, 29)
    + b"!"
    + interface(),
    "first section trailer": section(trailer=1) + interface() + enhanced(b"a"),
    "section byte order": _GOOD + section(">") + interface(">") + enhanced(b"b", ">"),
    "second section": _GOOD + section() + interface() + enhanced(b"b"),
    "second section, no interface": _GOOD + section() + enhanced(b"b"),
    "second section, version 2": _GOOD + section(version=(2, 0)) + interface(),
    "second section, version 1.9": _GOOD + section(version=(1, 9)) + interface(),
    "second section, bad magic": _GOOD + block(0x0A0D0D0A, bytes(16)),
    "second section, swapped magic": _GOOD + block(0x0A0D0D0A, bytes.fromhex("1a2b3c4d") + bytes(12)),
    "second section, short": _GOOD + block(0x0A0D0D0A, bytes(12)),
    "two sections before an interface": section() + section(version=(7, 7)) + interface() + enhanced(b"a"),
    "pcapng 1.1": section(version=(1, 1)) + interface(),
    "pcapng 1.2": section(version=(1, 2)) + interface(),
    "pcapng 2.0": section(version=(2, 0)) + interface(),
    "no interface": section(),
    "no interface, other block": section() + block(77, b"abcd"),
    "packet first": section() + enhanced(b"a"),
    "short packet first": section() + block(6, b""),
    "simple packet first": section() + simple(b"a"),
    "other link type": _GOOD + interface(link_type=101),
    "raw and raw": section() + interface(link_type=101) + interface(link_type=101),
    "raw and dlt raw": section() + interface(link_type=101) + interface(link_type=12) + enhanced(b"a", interface_id=1),
    "other snapshot length": _GOOD + interface(snapshot_length=100),
    "same adjusted snapshot length": _GOOD + interface(snapshot_length=0) + enhanced(b"a", interface_id=1),
    "unknown interface": _GOOD + enhanced(b"a", interface_id=3),
    "captured beyond the block": _GOOD + enhanced(b"abcd", captured=99),
    "captured absurd": _GOOD + enhanced(b"abcd", captured=0xFFFFFFFF),
    "captured beyond the snapshot": section() + interface(snapshot_length=4) + enhanced(b"abcdef"),
    "captured beyond the maximum": section() + interface(snapshot_length=300000) + enhanced(bytes(262145)),
    "simple, cut by the snapshot": section() + interface(snapshot_length=4) + simple(b"abcd", original=100),
    "simple, padded": section() + interface(snapshot_length=4) + simple(b"abcdef"),
    "simple, too short": _GOOD + simple(b"abcd", original=100),
    "enhanced, short": _GOOD + block(6, bytes(16)),
    "simple, short": _GOOD + block(3, b""),
    "obsolete, short": _GOOD + block(2, bytes(12)),
    "interface, short": _GOOD + block(1, bytes(4)),
    "first interface, short": section() + block(1, bytes(4)),
    "trailer differs": _GOOD + block(6, bytes(20), trailer=0),
    "several interfaces": section()
    + interface()
    + interface(options=option(9, b"\x09"))
    + interface(options=option(9, b"\x94") + option(14, struct.pack("<q", 7)))
    + b"".join(enhanced(b"p", interface_id=number, time=1_700_000_000_123_456_789) for number in (0, 1, 2, 1, 0)),
    "D-Bus allows large blocks": section() + interface(link_type=231) + block(6, bytes(20), length=(16 << 20) + 4),
}
for number in (0, 12, 50, 100, 101, 102, 103, 104, 106, 113, 147, 228, 231, 249, 276, 279, 0x10001, 0xF4000001):
    CASES[f"link type {number}"] = pcap_header(link_type=number, snapshot_length=0) + pcap_record(b"abcd")

# Runs of packet blocks, which are read many at a time, with something odd in the middle of some.
_ODDITIES = {
    "nothing": {},
    "another block": {20: block(0xBAD, b"unknown")},
    "a simple packet": {20: simple(b"abc"), 21: simple(b"abcd")},
    "a wrong trailer": {20: block(6, bytes(24), trailer=12)},
    "a short block": {20: block(6, bytes(16))},
    "no length": {20: block(6, bytes(20), length=0)},
    "an odd length": {20: block(6, bytes(20), length=33)},
    "a huge length": {20: block(6, bytes(20), length=(16 << 20) + 4)},
    "a length beyond the end": {20: block(6, bytes(20), length=1 << 20)},
    "an unknown interface": {20: enhanced(b"a", interface_id=3)},
    "too much captured": {20: enhanced(b"abcd", captured=5)},
    "more captured than the snapshot length": {20: enhanced(bytes(80))},
    "a time beyond 64 bits of nanoseconds": {20: enhanced(b"a", time=1 << 63)},
    "a time that needs care": {20: enhanced(b"a", interface_id=2, time=5)},
    "an interface": {20: interface(snapshot_length=70, options=option(9, b"\x03")), 21: enhanced(b"a", interface_id=3)},
    "a section": {20: section() + interface(snapshot_length=70)},
}
for name, odd in _ODDITIES.items():
    for count in (1, 2):
        CASES[f"a run with {name}, {count} interfaces"] = (
            section()
            + interface(snapshot_length=70)
            + interface(snapshot_length=70, options=option(9, b"\x09"))
            + interface(snapshot_length=70, options=option(9, b"\xa0"))
            + b"".join(
                odd.get(index, enhanced(bytes(index), interface_id=index % count, time=1_700_000_000_123_456 + index))
                for index in range(60)
            )
        )
CASES["a swapped run"] = (
    section(">")
    + interface(">")
    + b"".join(enhanced(bytes(n), ">", time=(n << 32) + 7, original=2000) for n in range(40))
)
CASES["a run cut short"] = CASES["a run with nothing, 1 interfaces"][:-5]
CASES["a short run before many others"] = (
    section() + interface() + (enhanced(b"ab") * 7 + block(5, bytes(8))) * 6 + enhanced(b"ab") * 9 + block(5, b"")
)
CASES["a pcap run with one beyond the snapshot length"] = (
    pcap_header(snapshot_length=30) + b"".join(pcap_record(bytes(n)) for n in range(40)) + pcap_record(bytes(9)) * 40
)
