"""Packets of protocols that are Ethernet types of their own, or that hosts meet rarely."""

from printer_packets import ethernet, ieee_802_3, ip, ip6

LOOPBACK = [
    ethernet(bytes.fromhex("0000 0100 0700") + bytes(40), 0x9000),
    ethernet(bytes.fromhex("0800 0000000000000000 0200 0200000000aa 0100 0100 55aa"), 0x9000),
    ethernet(bytes.fromhex("0300 aabbcc 0500 0102"), 0x9000),
    ethernet(bytes.fromhex("ffff 0000"), 0x9000),
    ethernet(bytes.fromhex("0000 0200 0102"), 0x9000),
]

MPCP = [
    ethernet(bytes.fromhex("0001 ffff 00000000") + bytes(38), 0x8808),
    ethernet(bytes.fromhex("0002 00000001 0a 00000002 0003 00000004 0005 0006") + bytes(20), 0x8808),
    ethernet(bytes.fromhex("0003 00000001 02 81 0003 0004") + bytes(30), 0x8808),
    ethernet(bytes.fromhex("0004 00000001 01 04") + bytes(32), 0x8808),
    ethernet(bytes.fromhex("0005 00000001 0102 03 0010 04") + bytes(30), 0x8808),
    ethernet(bytes.fromhex("0006 00000001 01 0102 0010") + bytes(30), 0x8808),
    ethernet(bytes.fromhex("0101 00000001 01 0102 0010") + bytes(30), 0x8808),
]

BALANCING = [ethernet(bytes.fromhex("bf01dec0 04020000 05000000 c0000201 c0000202") + bytes(8), 0x886F)]

AOE = [
    ethernet(bytes.fromhex("10 00 ffff ff 01 00000001 0000 0000 00 10 0000"), 0x88A2),
    ethernet(bytes.fromhex("18 00 0001 02 01 00000001 0010 0102 02 13 0005") + b"disk\x01", 0x88A2),
    ethernet(bytes.fromhex("18 00 0001 02 01 00000001 0010 0102 02 1f 0405"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001 02 00 00000002 43 00 02 25 010203040506 0000") + bytes(20), 0x88A2),
    ethernet(bytes.fromhex("1c 03 0001 02 00 00000002 40 04 02 51 010203040506 0000"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001 02 02 00000003 00 01 00 02 00 01 020000000001 00 02 020000000002"), 0x88A2),
    ethernet(bytes.fromhex("18 00 0001 02 02 00000003 00 01 02 07 00"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001 02 03 00000004 01 02 020000000001 020000000002"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001 02 03 00000004 02 02 020000000001"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001 02 77 00000004 02 02"), 0x88A2),
    ethernet(bytes.fromhex("20 00 0001"), 0x88A2),
    ethernet(bytes.fromhex("10 00 0001"), 0x88A2),
]

CFM = [
    ethernet(bytes.fromhex("a0 01 04 46") + bytes(70), 0x8902),
    ethernet(bytes.fromhex("e0 05 80 11") + bytes(20), 0xABCD),
    ethernet(bytes.fromhex("21 05 80 11") + bytes(20), 0x8902),
    ethernet(bytes.fromhex("20 63 80"), 0x8902),
]
"""At the default verbosity only."""

EGP = [
    ethernet(ip(bytes.fromhex(text), 8))
    for text in (
        "0203 0001 ffff 0007 0009 001e 0000 0078",
        "0203 0209 ffff 0007 0009 001e 0000 0078",
        "0203 0203 ffff 0007 0009 001e 0000 0078",
        "0203 0309 ffff 0007 0009 001e 0000 0078",
        "0203 0909 ffff 0007 0009 001e 0000 0078",
        "0205 0001 ffff 0007 0009 001e 0000 0078",
        "0205 0105 ffff 0007 0009 001e 0000 0078",
        "0205 0305 ffff 0007 0009 001e 0000 0078",
        "0202 0002 ffff 0007 0009 0000 0a000000",
        "0201 0082 ffff 0007 0009 0101 0a000000 010203 02 00 01 0b 05 02 ac10 c00002 040506 01 07 01 c00201",
        "0201 0004 ffff 0007 0009 0100 ac1000ac 0102 01 00 02 c00002 c00003",
        "0201 0004 ffff 0007 0009 0100 ac1000e0 0102 01 00 02 c00002 c00003",
        "0201 0004 ffff 0007 0009 0200 c00002c0 01 01 00 02 e00002",
        "0208 0001 ffff 0007 0009 0002 0000 0000",
        "0208 0009 ffff 0007 0009 0012 0000 0000",
        "0209 0009 ffff 0007 0009 0012 0000 0000",
        "0309 0009 ffff 0007 0009 0012 0000 0000",
        "0309 0009 ffff 0007",
    )
]

IGRP = [
    ethernet(ip(bytes.fromhex(text), 9))
    for text in (
        "11 05 0001 0001 0001 0001 abcd 0a0b0c 0003e8 000400 05dc ff 01 02 c00002 000010 000000 05dc ff 01 00"
        "ac1000 ffffff ffffff 05dc 80 01 00",
        "12 05 0001 0000 0000 0000 abcd",
        "13 05 0001 0000 0000 0000 abcd 0a0b0c 0003e8 000400 05dc ff 01 02",
        "13 05 0001 0002 0000 0000 abcd 0a0b0c 0003e8 000400 05dc ff 01 02 01",
        "13 05 0001 0002",
    )
]

MOBILE_IP = [
    ethernet(ip(bytes.fromhex("0600 38fd c0000201") + bytes(20), 55)),
    ethernet(ip(bytes.fromhex("0680 0001 c0000201 c0000202") + bytes(20), 55)),
    ethernet(ip(bytes.fromhex("0680 0001 c0000201"), 55)),
    ethernet(ip(bytes.fromhex("0680 0001"), 55)),
]

MOBILITY = [
    ethernet(ip6(bytes.fromhex(text), 135), 0x86DD)
    for text in (
        "3b 00 00 00 ffff 0000 00",
        "3b 01 01 00 ffff 0000 0102030405060708 00",
        "3b 01 02 00 ffff 0000 0102030405060708",
        "3b 02 03 00 ffff 0011 0102030405060708 1112131415161718",
        "3b 02 04 00 ffff 0011 0102030405060708 1112131415161718 00",
        "3b 01 05 00 ffff 0007 c000 0020 01020000",
        "3b 04 05 00 ffff 0007 0000 0020 00 0102 0000 0310 20010db8000000000000000000000001 0404 00010002 00",
        "3b 03 06 00 ffff 0180 0007 0020 0202 0010 050a 00112233445566778899 0902 0001 00",
        "3b 02 07 00 ffff 0200 20010db8000000000000000000000001",
        "3b 01 09 00 ffff 0200 0000000000000000",
        "3b 00 05 00 ffff 0200 0000000000000000",
        "3b 01 05 00 ffff 0007 c000 0020 0410 0000",
        "3b",
    )
]

DCCP_BODIES = [
    bytes.fromhex(text)
    for text in (
        "13881770 05 10 abcd 01 00 000000000007 0000002a",
        "13881770 08 01 abcd 01 00 000000000007 0000002a 20 04 01 02 00 2c 06 01020304",
        "13881770 07 00 abcd 03 00 000000000007 0000 000000000006 0000002a",
        "13881770 04 00 0000 04 000007 0102",
        "13881770 05 00 0000 06 000007 00 000006 0000 0000",
        "13881770 0a 00 0000 07 00 000000000007 0000 000000000006 2506 0001 0002 26 03 01 29 06 00000001 01",
        "13881770 0b 00 0000 07 00 000000000007 0000 000000000006 2a 08 00000001 0002 2a 0a 00000001 00000002 00 00",
        "13881770 0a 00 0000 07 00 000000000007 0000 000000000006 2b 04 0001 2b 06 00000001 c0 04 0001 80 02",
        "13881770 09 00 0000 0b 00 000000000007 0000 000000000006 21 02 23 03 0b 24 03 01 28 03 05 2d 03 06",
        "13881770 06 00 0000 0d 00 000000000007 0000 000000000006",
        "13881770 07 00 0000 0f 00 000000000007 0000 000000000006 04 010203",
        "13881770 07 00 0000 0f 00 000000000007 0000 000000000006 14 010203",
        "13881770 06 00 0000 11 00 000000000007 0000 000000000006",
        "13881770 06 00 0000 13 00 000000000007 0000 000000000006",
        "13881770 06 00 0000 1d 00 000000000007 0000 000000000006",
        "13881770 07 00 0000 13 00 000000000007 0000 000000000006 21 01",
        "13881770 07 00 0000 13 00 000000000007 0000 000000000006 2901",
        "13881770 07 00 0000 13 00 000000000007 0000 000000000006 29070101",
        "13881770 07 00 0000 13 00 000000000007",
        "13881770 07 00 0000 01 00 000000000007",
        "13881770 07 00 0000 01 00 00000000",
        "13881770 07 00 0000",
    )
]
DCCP = [ethernet(ip(body, 33)) for body in DCCP_BODIES] + [ethernet(ip6(body, 33), 0x86DD) for body in DCCP_BODIES[:4]]

RSVP = [
    ethernet(ip(bytes.fromhex("10 01 ffff ff 00 0008"), 46)),
    ethernet(ip(bytes.fromhex("10 14 ffff ff 00 0008 00000000"), 46)),
    ethernet(ip(bytes.fromhex("11 0e ffff ff 00 0008 00000000"), 46)),
    ethernet(ip(bytes.fromhex("21 0f ffff ff 00 0008 00000000"), 46)),
]
"""At the default verbosity only, as CFM."""

IPX_PACKETS = [
    bytes.fromhex(f"ffff {size:04x} 0011 00000001 020000000001 {socket} 00000002 020000000002 4001") + payload
    for size, socket, payload in (
        (34, "0451", bytes(4)),
        (35, "0455", bytes(5)),
        (35, "1234", bytes(5)),
        (20, "1234", bytes(5)),
        (34, "0452", bytes.fromhex("00017004")),
        (34, "0452", bytes.fromhex("00037104")),
        (34, "0452", bytes.fromhex("00057104")),
        (96, "0452", bytes.fromhex("00027004") + b"SERVER".ljust(48, b"\0") + bytes(14)),
        (80, "0452", bytes.fromhex("00047004") + b"SERVER".ljust(48, b"\0") + bytes(14)),
        (40, "0453", bytes.fromhex("0001 0000000a 0001 0002")),
        (48, "0453", bytes.fromhex("0002 0000000a 0001 0002 0000000b 0001 0002")),
        (46, "0453", bytes.fromhex("0002 0000000a 0001 0002 0000000b 0001 0002")),
        (46, "0453", bytes.fromhex("0003 0000000a 0001 0002 0000000b 0001 0002")),
        (30, "0453", b""),
    )
]
IPX = [
    *(ethernet(packet, 0x8137) for packet in IPX_PACKETS),
    *(ieee_802_3(packet) for packet in IPX_PACKETS[:4]),
    *(ieee_802_3(b"\xe0\xe0\x03" + packet) for packet in IPX_PACKETS[:4]),
]

ETHERNET = {
    "loopback": LOOPBACK,
    "mpcp": MPCP,
    "balancing": BALANCING,
    "aoe": AOE,
    "egp": EGP,
    "igrp": IGRP,
    "mobile_ip": MOBILE_IP,
    "mobility": MOBILITY,
    "dccp": DCCP,
    "ipx": IPX,
}

ONE_LINE_SERVICES = [*CFM, *RSVP]
