"""Packets of the protocols that configure hosts and run routers, right and wrong, for the tests of the printers."""

# ruff: noqa: E501, SIM905
# Bytes read better as one run of digits, and lists of words as one string.

import struct

from printer_packets import HERE, ethernet, ip, ip6, over_ip, over_ip6, over_udp, udp, with_checksum

_HEX = bytes.fromhex
_SMALL = udp(b"hello")
_COOKIE = _HEX("63825363")


def _boot(
    vendor: bytes,
    *,
    first: tuple[int, int, int, int] = (1, 1, 6, 0),
    numbers: bytes = bytes(8),
    addresses: bytes = bytes(16),
    server: bytes = b"",
    file: bytes = b"",
) -> bytes:
    return (
        bytes(first)
        + numbers
        + addresses
        + HERE
        + bytes(10)
        + server.ljust(64, b"\0")
        + file.ljust(128, b"\0")
        + vendor
    )


def _dhcp() -> list[bytes]:
    messages = [
        _boot(b""),
        _boot(bytes(4)),
        _boot(b"abcd" + bytes(60)),
        _boot(b"CMU\0" + bytes(60)),
        _boot(b"CMU\0" + bytes(range(1, 61))),
        _boot(b"CMU\0\1\0\0\0" + bytes(range(1, 57))),
        _boot(_COOKIE + b"\xff", first=(2, 1, 6, 3), numbers=_HEX("deadbeef00078000"), addresses=bytes(range(16))),
        _boot(_COOKIE, first=(2, 6, 6, 0), numbers=_HEX("0000000000000001"), server=b"boot\x01\xe9", file=b"a" * 128),
        _boot(_COOKIE, first=(1, 6, 8, 0), server=b"s" * 64),
        _boot(_COOKIE, first=(9, 1, 5, 255)),
    ]
    values = ("", "01", "00", "02ff", "0a0000", "0a000001", "c0a80001ff", "0a0000010a000002", "68656c6c6f21")
    values += ("0a0000010a00000203040506", "10ffffffffffffffffffffffff0102030405060708090a0b")
    for value in values:
        data = _HEX(value)
        options = [bytes((tag, len(data))) + data for tag in range(1, 255)]
        messages += [_boot(_COOKIE + b"".join(options[start : start + 16]) + b"\xff") for start in range(0, 254, 16)]
    special = (
        "350101 350102 350103 350104 350105 350106 350107 350108 350109 35010a 35010d 350e 350163 35020101 3500"
        " 37060103060f1c79 3705fe01ffab7f 3700 2e0101 2e0108 2e0109 2e020102 340101 340103 340107 34020107"
        " 3d0701020000000001 3d0400616263 3d06ff0102030405 3d0118 3d03170102 3d0100 5106000000686f73 5107050102686f7374"
        " 5103f0ffff 51030f0000 5203010161 520801026162020263 52050902abcd01 52020100 520401056162 52070601620201630a"
        " 7905180a00000a 7908180a00000a000001 790d000a000001180a00000a000001 790921ffffffffffffffff 79090a0affffffffff01"
        " 790c200a0000010a000001ff0000 f908180a00000a000001 4d03026162 4d06026162026364 4d02006161 4d03056162 4d040061626300"
        " 7e0400010002 7e03000102 7f03000101 7f0400010203 7f0a000101020304050607 0000000000350101 00ff 0000ff00 ff350101"
        " 0b 0b05 0b050a 0c0361e9626d 0c0100"
    ).split()
    messages += [_boot(_COOKIE + _HEX(option)) for option in special]
    lease = "3501053604 0a000001 3304 00000e10 3a04 00000708 3b04 00000c4e 0104 ffffff00 0304 0a000001 0608 08080808 08080404"
    messages += [_boot(_COOKIE + _HEX(lease.replace(" ", "")) + b"\xff" + bytes(20), first=(2, 1, 6, 0))]
    return over_udp(67, *messages)


def _ntp_time(
    first: int, stratum: int, poll: int, precision: int, reference: bytes, *times: int, more: bytes = b""
) -> bytes:
    head = struct.pack(">BBbbII4s", first, stratum, poll, precision, 0x00018001, 0x8001FFFF, reference)
    return head + struct.pack(">QQQQ", *times) + more


def _ntp() -> list[bytes]:
    day, early, late = 0xE900000012345678, 0x7000000180000000, 0xE9000001C0000000
    key, gps, address = _HEX("00000007"), b"GPS\0", b"\x0a\0\0\1"
    messages = [
        _ntp_time(0xE3, 0, 3, -6, bytes(4), 0, 0, 0, late),
        _ntp_time(0x24, 1, -6, 6, gps, day, day + 1, late, day),
        _ntp_time(0x64, 2, 40, -40, address, 1, early, late, day, more=key + bytes(range(16))),
        _ntp_time(0xA4, 16, 0, 0, address, 1, late, early, day, more=key + bytes(range(20))),
        _ntp_time(0xA4, 62, 31, -31, address, 1, 2, 3, 4, more=key),
        _ntp_time(0xA4, 63, 31, -31, address, 1, 2, 3, 4),
        _ntp_time(0x1C, 3, 32, -32, address, day, early, early, early + 1, more=key + b"\1"),
        _ntp_time(0x1C, 15, -31, 0, address, day, 5, 5, 4, more=key),
        _ntp_time(0x0D, 255, -32, 0, address, day, 1 << 63, 0, 1 << 32),
        _ntp_time(0x08, 1, -32, 0, b"\xe9\n\0\0", 0xFFFFFFFFFFFFFFFF, 1, 0xFFFFFFFFFFFFFFFF, 1),
    ]
    # Differences of every sign of seconds and fraction.
    pairs = ((5, 5), (5, 6), (5, 4), (4, 5), (6, 5))
    messages += [
        _ntp_time(0x24, 2, 6, -20, address, day, whole << 32 | part << 28, 5 << 32 | 5 << 28, 5 << 32 | 6 << 28)
        for whole, part in pairs
    ]
    messages += [bytes((0x20 | mode,)) + bytes(size) for mode in range(8) for size in (0, 11, 12, 30, 47, 48)]
    for command in (0, 0x02, 0x9F, 0x5F, 0x22, 0xE1):
        for count, data in ((0, b""), (0, b"abcd"), (4, b"abcd"), (5, b"abcd"), (3, b"abcd")):
            messages.append(struct.pack(">BBHHHHH", 0x16, command, 1, 0x1234 * (command & 1), 5, 6, count) + data)
    return over_udp(123, *messages)


def _small() -> list[bytes]:
    """HSRP, VRRP and EIGRP."""
    hot = [
        "0000100 30a780100636973636f000000 0a0000fe",
        "00010403 0a64ff07 70617373776f7264 7f000001",
        "00020503ffffff0041e90a0000000000 00000000",
    ]
    hot += [f"0000{state:02x}030a780100636973636f0000000a0000fe" for state in (0, 1, 2, 3, 4, 8)]
    hot += ["01000000", "0003", "000010"]
    frames = over_udp(1985, *(_HEX(text.replace(" ", "")) for text in hot))
    stand_in = (
        "2101640100010000 0a0000fe", "2101640100018d98 0a0000fe 7f000001", "210164020101000a 0a0000fe0a0000fd 70617373000000ff",
        "210164010201ffff 0a0000fe 70617373776f7264", "31ff00010064 cafe 0a0000fe", "3101640300640000 0a0000fe0a0000fd", "2201640100010000",
        "1101640100010000", "4101640100010000", "21016400ff010000", "210164ff00010000 0a0000fe", "2101", "310164010f", "21016401",
    )  # fmt: skip
    messages = [_HEX(text.replace(" ", "")) for text in stand_in]
    frames += [ethernet(ip(message, 112, time_to_live=hops)) for message in messages for hops in (255, 64)]
    pseudo_header = _HEX("0a0000010a00000200700000")[:10] + b"\0\x0c"
    frames += [ethernet(ip(with_checksum(messages[0], 6), 112, time_to_live=255))]
    frames += [ethernet(ip(with_checksum(_HEX("31ff0001006400000a0000fe"), 6, pseudo_header), 112, time_to_live=255))]
    frames += over_ip6(112, messages[0], messages[4])
    metric = "000064000000271000 05dc02ff01"
    fields = (
        "0001000c010001000000000f", "0004000 8 0c040102", "00020008aabbccdd", f"0102001a 00000000 {metric}0000 08 0a",
        f"0102001d 0a000001 {metric}0000 20 0a000002", f"0102001a00000000{metric}0000 18 0a0000", f"0102001a00000000{metric}0000 21 0a",
        f"0103002f 00000000 0a000009 00000064 00000007 00000014 0000 0b 03 {metric}0000 10 0a14", f"0103002f 0a000003 0a000009 00000064 00000007 00000014 0000 63 03 {metric}0000 18 0a1400",
        "0204000c 0001 0009 00000005", f"0202001c 00000000 {metric}0000 0001 0005", f"0202001c 00010005 {metric}0000 0001 0005",
        f"0203002c 00000000 00000009 00000064 00000007 02 04 0014 {metric}0000 0001 0005", f"0203002c 00010003 00000009 00000064 00000007 6304 0014 {metric}0000 0001 0005",
        "0302000511", "99990004", "00010000", "000100ff00", "00010003", "0001", "00010005aa", "0004000501", "0102000501", "01030005aa", "0204000500", "02020005aa", "02030005aa",
    )  # fmt: skip
    headers = [
        f"02{operation:02x}beef0000000{flags}0000000100000002000{flags}0064"
        for operation, flags in zip(range(9), (0, 1, 2, 3, 4, 8, 9, 5, 6), strict=True)
    ]
    hello = headers[5]
    frames += over_ip(
        88, *(_HEX(header) for header in headers), _HEX("01" + hello[2:]), _HEX(hello)[:19], _HEX(hello)[:3]
    )
    frames += over_ip(88, *(_HEX(hello + field.replace(" ", "")) for field in fields))
    return frames + over_ip(88, _HEX(hello + "".join(fields[:12]).replace(" ", "")))


def _rip() -> list[bytes]:
    entries = (
        "00020000 0a000000 00000000 00000000 00000001", "00000000 00000000 00000000 00000000 00000010", "00020001 0a000000 00000000 00000000 00000001",
        "0002abcd 0a010200 ffffff00 0a000001 00000002", "00020000 0a010203 ffffffff 00000000 00000002", "00020000 00000000 00000000 00000000 00000002",
        "00020000 0a010203 ff00ff00 00000000 00000002", "00060000 0a010203 ff00ff00 00000000 00000002", "00770000 0a010203 ff00ff00 00000000 00000002",
        "ffff0002 70617373 776f7264 00000000 00000000", "ffff0002 70617373 776f7264 70617373 776f7264", "ffff0003 002c0714 00000009 00000000 00000001",
        "ffff0001 0badcafe 0badcafe 0badcafe 0badcafe", "ffff0009 0badcafe 0badcafe 0badcafe 0badcafe", "00020000 0a00", "0002", "ffff00027061", "ffff0003002c", "ffff00 01",
    )  # fmt: skip
    packed = [_HEX(entry.replace(" ", "")) for entry in entries]
    messages = [
        bytes((command, version, 0, 0)) + entry for command in (1, 2) for version in range(4) for entry in packed
    ]
    messages += [bytes((command, version, 0, 0)) + packed[0] for command in range(10) for version in (0, 1, 2)]
    messages += [b"\2\2\0\0" + b"".join(packed[3:9]), b"\2\1\0\0" + packed[0] * 3 + b"abc", b"\2\2", b"\2\2\0\0"]
    return over_udp(520, *messages)


def _multicast() -> list[bytes]:
    """What IGMP carries: DVMRP, the first PIM, and multicast traceroute."""
    texts = [f"13{kind:02x}000000000e03" for kind in range(12)]
    bodies = {
        1: ("65000001", "650000010a0000020a000003", "650000010a00", "65"),
        2: ("ffff000a010185", "0000000a81", "ffff000a0101050a020186ffff800a0203008a", "ffffff0a010203", "ff00000a0101", "ffff"),
        4: ("0a0000010120000a", "0a000001012002 0a0000020a000003 0a00000401 2001 7f000001", "0a00000101", "0a000001012001 0a00"),
        6: ("0a00000101205302 0a0000020a000003", "0a00000101202002 0a000002", "0a00000101200001 0a00", "0a0000010120ff01 7f000001 0a00", "0a000001012000 00"),
        7: ("0a000001e000010500001c20", "0a000001e0000105", "0a000001"),
        8: ("0a000001e0000105", "0a00"),
        9: ("7f000001e0000105",),
    }  # fmt: skip
    texts += [f"13{kind:02x}000000000e03{body}" for kind, group in bodies.items() for body in group]
    texts += ["13010000", "1301"]
    texts += [f"14{kind:02x}000010000000" for kind in range(10)]
    one = "0a000001 0000 00b4 00040401 e1000001 ffffffff {} {} 05e0 0a000009"
    many = "0a000001 0000 0e10 00040402 e1000001 ffffff00 0001 0001 0120 0a000009 00d8 0a00000a e1000002 ffffffff 0000 0001 0060 0a000008"
    bodies = {
        0: ("00000069", "10000069", "20000000", "30000e10", "10", "100000"),
        1: ("45" + "00" * 11 + "0a000001e1000001", "4500"),
        2: ("e10000010a000001", "e1000001"),
        3: (one.format("0001", "0000"), one.format("0000", "0001"), one.format("0001", "0000").replace("00b4", "0e10").replace("ffffffff", "ffff0000"),
            one.format("0001", "0000").replace("05e0", "0060"), one.format("0001", "0000").replace("05e0", "0018"), many, many[:60], "0a0000010000", "0a00"),
        4: ("e1000001ffffffff0a00000100000069", "e1000001ffffff000a00000100000069", "e1000001"),
        5: ("e1000001ffffffff0a0000018000006500000002", "e1000001ffffff000a0000010000006500000002", "e10000010a"),
        6: (many,), 7: (one.format("0001", "0000"),), 9: ("00",),
    }  # fmt: skip
    texts += [f"14{kind:02x}000010000000{body}" for kind, group in bodies.items() for body in group]
    texts += ["1400000020000000 10000069", "1403000000000000" + many, "1400", "14000000"]
    trace = "0000 e1000001 0a000001 0a000002 {} 08abcdef"
    texts += [
        f"{kind}01{trace.format(reply)}" for kind in ("1e", "1f") for reply in ("0a000003", "e0000020", "efffffff")
    ]
    texts += ["1f010000e1000001", "1e010000e10000010a0000010a0000020a000003"]
    messages = [_HEX(text.replace(" ", "")) for text in texts]
    return [ethernet(ip(message, 2, destination="224.0.0.4", time_to_live=1)) for message in messages]


def _pim() -> list[bytes]:
    four, group, six = "01000a000001", "01000020e1000001", "0200fe80" + "00" * 13 + "01"
    source, other = "010007200a000002", "0100ff180a000003"
    inner = [
        ip(_SMALL, 17).hex(),
        ip(b"", 103).hex(),
        "4500001400000000400600000a000001e1000001",
        "00" * 12 + "0a000001e1000001",
        ip6(_SMALL).hex(),
        "70",
        "00",
        "",
    ]
    texts = [
        "2000 0000 0001 0002 0069 0002 0004 81f4 09c4 0013 0004 00000001 0014 0004 deadbeef 0015 0004 01050000 0015 0004 0100abcd 0016 0000",
        f"2000 0000 0018 0018 {four}{six} 0063 0002 abcd 0012 0000 0013 0002 0001 0012 0004 00000009 0001 0002 ffff",
        f"2000 0000 fde9 0006 {four} 0018 0000 0001 0004 00000000 0002 0002 0000 0014 0002 0000 0015 0001 00",
        *(f"2100 0000 {flags}000000 {packet}" for packet in inner for flags in ("00", "c0")), "2100 beef 80000000 00", "2100 5eff 80000000", "2100 5eff 80000000 4500", "2100 98ff 80000000 4500",
        f"2200 0000 {group}{four}", f"2200 0000 0100ff18e1000001{six}", f"2200 0000 {group}",
        f"2300 0000 {four} 0002 0069 {group} 0001 0001 {source}{other} {group} 0000 0000", f"2300 0000 {six} 0001 ffff {group} 0002 0000 {other}{source}",
        "2304 0000 0a000001 0001 0069 0020e1000001 0001 0000 0720 0a000001", "2303 0000 0a000001 0001 0069", f"2300 0000 0400 0a000001 0001 0069 {group}",
        f"2600 0000 {four} 0001 0069 {group} 0001 0000 {source}", f"2700 0000 0001 0069 {group} 0001 0000 {source}", "2700 0000 0000 0102",
        f"2400 0000 abcd 1e07 {four} 01000018e1000000 0202 0000 {four} 0069 0500 {six} 0069 0600", f"2400 0000 abcd 1e07 {four} {group} 0100 0000 {group} 0102 0000 {four} 0001 0700",
        f"2500 0000 {group}{four} 80000065 00000002", f"2500 0000 {group}{six} 00000065 00000002", f"2800 0000 0205 0069 {four}{group}01000018e1000000", f"2800 0000 0005 0069 {four}",
        f"2900 0000 {six}{group}{four} 0069", "2b00 0000 0100", "2c00 0000 01", "1000 0000 0000", "20", "2000", "2000 00", "2000 dfff", "2000 1234",
        *(f"2a{kind}0 0000 {four} 00000001 00000002 {four} 00000003 00000004 0005" for kind in range(6)), *(f"2a{kind}0 0000 {six} 00000001 00000002" for kind in range(6)),
        *(f"2a{kind}{size} 0000 0a000001 00000001 00000002 0a000001 00000003 00000004 0005" for kind in range(6) for size in "124b"),
        f"2800 0000 0305 0069 {four}{group}01000018e1000000", f"2800 0000 0305 0069 {four}{group}0100",
    ]  # fmt: skip
    messages = [_HEX(text.replace(" ", "")) for text in texts]
    frames = [ethernet(ip(message, 103, destination="224.0.0.13", time_to_live=1)) for message in messages]
    return frames + over_ip6(103, *messages[:4], _HEX("2000dfff"))


def _dhcp6() -> list[bytes]:
    values = (
        "",
        "01",
        "0001",
        "000102",
        "00010203",
        "0001000200030004",
        "000100012b000000020000000001",
        "0002000000090001",
        "00020000000900010203",
    )
    values += (
        "00030001020000000001",
        "0004000102030405060708090a0b0c0d0e0f",
        "fe80" + "00" * 13 + "01",
        "0000000100000064000000c8",
    )
    values += (
        "01" + "fe80" + "00" * 13 + "01",
        "02" + "fe80" + "00" * 13 + "01" + "0001000400030001",
        "00000001" * 6,
        "00000001" * 6 + "40",
        "05",
        "0b",
    )
    values += ("00010010fe80" + "00" * 13 + "01", "000300090474696d65026a7000")
    values += (
        "076578616d706c6503636f6d00",
        "04686f737400026a7000",
        "00000001000000640000006400050018" + "20010db8" + "00" * 11 + "01" + "0000003c00000078",
    )
    kinds = (*range(11), *range(12, 50), 56, 112)
    options = [struct.pack(">HH", kind, len(value) // 2) + _HEX(value) for kind in kinds for value in values]
    head = _HEX("01010203")
    messages = [bytes((kind,)) + head[1:] + options[3] for kind in (*range(12), 14, 15, 16)] + [
        head + option for option in options
    ]
    relay = b"\x0c\1" + _HEX("20010db8" + "00" * 11 + "01" + "fe80" + "00" * 13 + "02")
    inner = head + _HEX("000e0000")
    messages += [head[:size] for size in range(4)] + [
        (relay + b"\0\x09\0\x08" + inner)[:size] for size in (4, 18, 33, 34, 36, 40, 46)
    ]
    messages += [
        head + _HEX("000e0000000800020001"),
        head + _HEX("000800020001000e00"),
        relay + b"\0\x09\0\x2e" + relay + b"\0\x09\0\x08" + inner,
    ]
    frames = [ethernet(ip6(udp(message, 546, 547), 17), 0x86DD) for message in messages]
    # The datagram claims fewer bytes than there are.
    return frames + [ethernet(ip6(udp(inner, 546, 547, length=8 + size), 17), 0x86DD) for size in range(6)]


ETHERNET = {
    "dhcp": _dhcp(),
    "ntp": _ntp(),
    "gateways": _small(),
    "rip": _rip(),
    "pim": _pim(),
    "dhcp6": _dhcp6(),
    "multicast": _multicast(),
}
"""Frames by protocol, for every option."""
