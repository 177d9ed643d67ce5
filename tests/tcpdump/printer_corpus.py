"""One packet of every kind that the printers know, and of every way to be wrong, by protocol."""

# ruff: noqa: E501, SIM905
# Bytes read better as one run of digits, and lists of words as one string.

import struct

import printer_corpus_access
import printer_corpus_appletalk
import printer_corpus_bgp
import printer_corpus_geonet
import printer_corpus_infrastructure
import printer_corpus_isis
import printer_corpus_links
import printer_corpus_macsec
import printer_corpus_ospf
import printer_corpus_rare
import printer_corpus_routing
import printer_corpus_services
import printer_corpus_signalling
import printer_corpus_tunnels
from printer_packets import (
    BROADCAST,
    HERE,
    THERE,
    address6,
    cooked,
    cooked2,
    dns,
    dns_name,
    dns_options,
    dns_question,
    dns_record,
    ethernet,
    icmp,
    icmp6,
    ieee_802_3,
    ip,
    ip6,
    over_ip,
    over_ip6,
    over_tcp,
    over_udp,
    sctp,
    sctp_chunk,
    tcp,
    udp,
    with_checksum,
)

_HEX = bytes.fromhex
_SMALL = udp(b"hello")
_DATAGRAM = ip(_SMALL, 17)


def _arp() -> list[bytes]:
    a, b, none = "0a000001", "0a000002", "000000000000"
    here, there = HERE.hex(), THERE.hex()
    packets = [_HEX(f"00010800060400{operation:02x}{here}{a}{there}{b}") for operation in range(12)]
    packets += [
        _HEX(text)
        for text in (
            f"0001080006040001{here}{a}{none}{b}",
            f"0001080006040002{here}{a}{there}{b}" + "00" * 18,
            f"0002080006040001{here}{a}{none}{b}",
            f"0001080106040001{here}{a}{none}{b}",
            f"0001080006050001{here}{a}00{none}{b}00",
            f"0001080004040001{here[:8]}{a}{none[:8]}{b}",
            f"0001100006040001{here}{a}{none}{b}",
            f"0001080000040001{a}{b}",
            f"0001080006000001{here}{none}",
            f"0001080006040001{'ff' * 6}{a}{'ff' * 6}{b}",
            f"0006080006040002{here}{a}{there}{b}",
            f"0018080008040002{here}{here}{a * 20}",
        )
    ]
    return [ethernet(packet, 0x0806) for packet in packets] + [ethernet(packets[3], 0x8035, destination=BROADCAST)]


def _tcp() -> list[bytes]:
    options = (
        "0204 020405b4 020400 01020304 0502 050a0000000100000002 0503 1312" + "ab" * 16 + " 1404abcd 1c048001 1c048000"
        " 1d03 1d04aabb 1d06aabbccdd 2202 220400 22061234 220a1122334455667788 fe02 fe04f989 fe08f98911223344 fe041234"
        " fe061234abcd fd04aabb ff00 ff01 4003aa 0d06000000ff 0b06000000ff 0c06000000ff 0606000000ff 0706000000ff"
        " 030301 030401ff 08050102030405 020405b40402080a000000010000000001030307"
    ).split()
    segments = [tcp(options=_HEX(option)) for option in options]
    multipath = (
        "0081{a} 0081{a}{b} 0081 0181{a}{b}0005 0181{a}{b}0005abcd 0281{a} 1105aabbccdd00000009 1105{a}00000009"
        " 1000{a}{b}aabbccdd 1005 200100000005 2003{a} 200400000007000000010010 200400000007000000010010beef"
        " 200c{a}000000010010 20050000000500000007000000010010 201f{a}{b}000000010010beef 2000 2005 20 200400000007"
        " 34050a000001 34050a0000010050 3605{a}{b} 30050a000001{a} 31050a0000010050 3005 32050a000001 4005 400506 40"
        " 51 5105 50 5005aa 6000{a} 7000{a} 70 8001 f000"
    ).format(a="0102030405060708", b="1112131415161718")
    for data in multipath.split():
        option = b"\x1e" + bytes((2 + len(data) // 2,)) + _HEX(data)
        segments += [tcp(options=option, flags=flags) for flags in (0x02, 0x12, 0x10)]
    stamps = _HEX("0101080a0000000100000002")
    segments += [
        tcp(b"x" * (flags % 5), flags=flags, sequence=1000 + flags, acknowledgment=2000, source=40000, destination=40001,
            options=stamps)
        for flags in range(256)
    ]  # fmt: skip
    block = _HEX("0101050a0000100000001010")
    segments += [
        tcp(flags=0x10, sequence=sequence, acknowledgment=acknowledgment, source=source, destination=16 - source,
            options=block)
        for sequence, acknowledgment, source in ((5, 7, 7), (15, 17, 9), (105, 9, 7))
    ]  # fmt: skip
    segments += [
        tcp(b"why not" * 10, flags=0x04),
        tcp(b"wh\x80\0y", flags=0x14, urgent=5),
        tcp(sequence=0xFFFFFFFF, flags=0x10),
        tcp()[:12] + b"\x40" + tcp()[13:],
        tcp()[:12] + b"\xf0" + tcp()[13:],
        tcp(source=22, destination=3306),
    ]
    return [ethernet(ip(segment)) for segment in segments]


def _text() -> list[bytes]:
    verbs = (
        "GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK REPORT UPDATE"
        " NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH"
        " UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL PATCH DESCRIBE"
        " ANNOUNCE GET_PARAMETER PAUSE PLAY RECORD REDIRECT SETUP SET_PARAMETER TEARDOWN get HELO QUIT 220 250-ok"
    ).split()
    payloads = [f"{verb} / x\r\nHost: a\r\n\r\nbody".encode() for verb in verbs]
    payloads += [
        b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n<html>\n\x80",
        b"HTTP/1.1 20 OK\r\n",
        b"HTTP/1.1 2000 OK\r\n",
        b"HTTP/1.1  200 OK\r\n",
        b"HTTP/1.1\t200 OK\r\n",
        b"HTTP/1.1 200\x0bOK\r\n",
        b"GET\x0c/ HTTP/1.1\r\n",
        b"200 OK",
        b"GET",
        b"GET\r\n",
        b"GET /\r",
        b"GET /\rx",
        b"GET /\n\n",
        b"GET /\x1b[31m\r\n",
        b" GET /\r\n",
        b"\r\nGET /",
        b"a" * 140 + b" 200\r\n",
        b"a" * 128 + b" 200\r\n",
        b"a" * 129 + b" 200\r\n",
        b"GET /\xe3\x81\x82\r\n",
        b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        b"SSH-2.0-x\n",
        b"SSH-2.0-x",
        b"SSH-",
        b"SSH-1.99-a\r\ncomment\r\n",
        b"SSH-2.0-a\tb\r\n",
        b"SSH-2.0-a\rb\r\n",
        b"\0\0\0\5abc",
    ]
    sip = (
        "ACK BYE CANCEL DO INFO INVITE MESSAGE NOTIFY OPTIONS PRACK QAUTH REFER REGISTER SPRACK UPDATE PUBLISH".split()
    )
    return [packet for port in (80, 8080, 554, 21, 25, 43, 22, 443) for packet in over_tcp(port, *payloads)] + over_udp(
        5060, *(f"{verb} sip:a SIP/2.0\r\n".encode() for verb in sip), b"SIP/2.0 200 OK\r\n", b"\r\n\r\n"
    )


def _icmp() -> list[bytes]:
    quoted = ip(udp(b"hello", 5, 40000), 17)
    routed = ip(tcp(b"hello"), 6, options=b"\x94\4\0\0")
    packets = [
        icmp(kind, code, b"\0\1\5\xdc" + quoted)
        for kind in range(45)
        for code in range(17 if kind in (3, 5, 11, 12) else 2)
    ]
    packets += [icmp(3, code, b"\0\0\0\0" + routed) for code in range(17)]
    entry = b"\x0a\0\0\1\0\0\0\5"
    packets += [icmp(9, 0, _HEX(head) + entry * 2) for head in ("02020708", "02020008", "0203ff08", "0502ff08")]
    packets += [icmp(3, 3, b"\0\0\0\0" + ip(b"\1\2\3\4\5", 99)), icmp(8, 0, b"\0\1\0\2abc")[:-1] + b"x"]
    return packets


def _ip() -> list[bytes]:
    options = (
        "01010101 00000000 94040000 94040001 8307040a0000030000 830b040a0000030a00000400 890b080a0000030a00000400"
        " 070b040a000003ffffffff00 0707050000000000 440805000000000100000000 440c0d0100000001000000ff"
        " 44080903000000ff 44080905000000ff 82040000 52040000 99040000 94030000 94010000 9405000000000000 07020000"
        " 44030000 8306040000000000 070b000a000003ffff01ff00 8307000a00000300 440c000100000001000000ff"
    ).split()
    packets = [ip(tcp(), options=_HEX(option).ljust(-(-len(option) // 8) * 4, b"\0")) for option in options]
    for fragment in (0, 0x2000, 0x4000, 0x8000, 0xFFFF, 0x2005, 5):
        packets += [ip(tcp(), fragment=fragment), ip(udp(b"x" * 20), 17, fragment=fragment)]
    packets += [
        ip(udp(b"x" * 20), 17, total_length=length) for length in (0, 5, 19, 20, 21, 24, 27, 28, 40, 47, 49, 99)
    ]
    packets += [ip(tcp(), traffic_class=bits, time_to_live=bits & 1) for bits in range(8)]
    packets += [ip(b"a" * 9, protocol) for protocol in _UNDECODED]
    plain = ip(b"a" * 9, 255)
    packets += [plain[:10] + b"\0\0" + plain[12:], plain + b"padding", ip(tcp(), source="127.0.0.1")]
    packets += [bytes((first,)) + plain[1:] for first in (0x44, 0x55, 0x65, 0x4F)]
    return [ethernet(packet) for packet in packets]


_UNDECODED = (
    0,
    3,
    5,
    7,
    10,
    15,
    18,
    27,
    40,
    43,
    44,
    48,
    52,
    58,
    60,
    61,
    92,
    99,
    110,
    111,
    115,
    133,
    136,
    142,
    143,
    255,
)
"""Protocols whose payload tcpdump names only, or refuses under IPv4."""


def _udp() -> list[bytes]:
    packets = [ip(udp(b"x" * 20, length=length), 17) for length in (0, 5, 7, 8, 9, 20, 27, 28, 29, 100)]
    packets += [ip(udp(b"")[:length], 17) for length in range(9)]
    pseudo_header = _HEX("0a0000010a0000020011") + struct.pack(">H", len(_SMALL))
    packets += [ip(with_checksum(_SMALL, 6, pseudo_header), 17), ip(_SMALL[:6] + b"\1\2" + _SMALL[8:], 17)]
    packets += [ip(_SMALL[:6] + b"\1\2" + _SMALL[8:], 17, fragment=0x2000)]
    return [ethernet(packet) for packet in packets]


def _dns() -> list[bytes]:
    name, pointer = dns_name("www.example.com"), b"\xc0\x0c"
    question = dns_question(name)
    kinds = (*range(60), *range(95, 110), *range(245, 262), 1000, 32768, 65535)
    messages = [dns(0x0100, (dns_question(name, kind),)) for kind in kinds]
    messages += [
        dns(0x0100, (dns_question(name, 1, number),)) for number in (0, 2, 3, 4, 254, 255, 256, 0x8001, 0x80FF)
    ]
    flags = [*range(16), *(code << 11 for code in range(16)), *(1 << bit for bit in range(15))]
    messages += [dns(value, (question,)) for value in flags] + [dns(0x8000 | value, (question,)) for value in flags]
    data = [
        (1, _HEX("01020304")), (1, b"\1\2"), (1, b""), (28, bytes(15) + b"\1"), (28, _HEX("20010db8" + "00" * 11 + "01")),
        (5, dns_name("a.b")), (5, b"\1x\xc0\x10"), (2, pointer), (12, pointer), (39, pointer), (5, b"\x01a\xc0\x12"),
        (5, b"\xc0\x12"), (5, b"\xc0\x2d"), (5, b"\xc0\xfd"), (6, pointer * 2 + bytes(range(20))), (15, b"\0\x0a" + pointer),
        (16, b"\5hello\3abc"), (16, b"\5he\0\xfflo"), (33, struct.pack(">HHH", 1, 2, 443) + pointer),
        (256, b"\0\1\0\2http://x"), (99, b"\5hello"), (104, b"hello"), (103, b"hello"), (13, b"\1a\1b"), (46, b"x" * 20),
        (43, b"x" * 20), (65, b"abc"), (257, b"\0\5issueca"), (10, b"nn"), (38, b"\0" + bytes(16) + pointer),
        (38, b"\x40" + bytes(8) + pointer), (38, b"\x80" + pointer), (38, b"\x81" + pointer), (250, pointer + bytes(40)),
        (250, dns_name("x") + _HEX("00005f5e1000012c000004d200120006") + bytes(6)),
    ]  # fmt: skip
    messages += [dns(0x8180, (question,), (dns_record(pointer, kind, value),)) for kind, value in data]
    address = dns_record(pointer, 1, b"\1\2\3\4")
    authority = dns_record(dns_name("example.com"), 6, pointer * 2 + bytes(range(20)))
    messages += [
        dns(0x8583, (question,), (), (authority,), (dns_options(b"", 0x8000),)),
        dns(0x8180, (question,), (address,) * 3, (dns_record(pointer, 2, pointer),) * 2, (address, dns_options())),
        dns(0x8180, (question, dns_question(name, 28)), (address,)),
        dns(0x0100, (question, dns_question(pointer, 28))),
        dns(0x0100, (question,), (address,), (address,), (address,)),
        dns(0x0900, (), (dns_record(name, 1, b"\1\2\3\4"),)),
        dns(0x8187, (question,), (), (), (dns_options(b"", 1 << 24),)),
        dns(0x8180, (question,), (dns_record(pointer, 1, b"\1\2\3\4", 3, 90061),), (), ()),
        dns(0x8180), b"", b"abc", dns(0)[:11],
    ]  # fmt: skip
    messages += [dns(0x8180, (question,), (), (), (dns_options(b"", code << 24),)) for code in (0, 1, 2, 3, 255)]
    label = [bytes((size,)) + bytes((97 + index,)) * size for index, size in enumerate((63, 63, 63, 63, 61, 60, 3))]
    names = [
        b"\0", b"\xc0\x0c", b"\xc0\xff", b"\x41\x08\xff\0", b"\x41\x00" + b"\xaa" * 32 + b"\0", b"\x41\x03\xff\0",
        b"\x42\x08\xff\0", b"\x80abc\0", b"\3a\0\x80\0", b"\3a.\\\0", b"\3abc", b"".join(label[:4]) + b"\0",
        b"".join(label[:3]) + label[4] + b"\0", b"".join(label[:3]) + label[4] + label[6] + b"\0",
        b"".join(label[:3]) + label[5] + label[6] + b"\0",
    ]  # fmt: skip
    messages += [dns(0x0100, (dns_question(strange),)) for strange in names]
    options = (
        "00010000 000100121234 0002000141 0003000a41424344000102030405 00030000 00050003010203 0006000301027f"
        " 00070003010203 00050000 0008000700012000c0a800 00080008000220002001000d 0008000400010000"
        " 0008000700011800c0a800 00080006000110180a01 000800050001210a0a 00080006000310000a01 0008000000 00090000"
        " 0009000400015180 00090003000100 000a0008aabbccddeeff0011 000a000daabbccddeeff0011aabbccddee"
        " 000a0018aabbccddeeff0011aabbccddeeff0011aabbccddeeff0011 000a0003aabbcc 000b0000 000b00020064 000b0001aa"
        " 000c0004aabbccdd 000d000403777777 000d00050377777700 000e000412345678 000e0003123456 000f0002000a 001000021234"
        " fde9000411223344 000a 000a0008aabb 000300014100030001410003000141"
    ).split()
    messages += [dns(0x0100, (question,), (), (), (dns_options(_HEX(option)),)) for option in options]
    return (
        over_udp(53, *messages)
        + over_udp(5353, *messages[::5])
        + over_tcp(53, *(struct.pack(">H", len(message)) + message for message in messages[::9]))
        + over_tcp(53, b"a", b"ab", b"abc", b"\0\1a", b"\0\xff" + messages[0])
    )


def _ip6() -> list[bytes]:
    packets = [
        ip6(_SMALL),
        ip6(_SMALL, traffic_class=3, flow_label=0x12345, hop_limit=0),
        ip6(_SMALL, payload_length=5),
        ip6(_SMALL, payload_length=500),
        ip6(_SMALL, payload_length=0),
        ip6(_SMALL, source="::1", destination="::ffff:10.0.0.1"),
        ip6(_SMALL, source="2001:db8::1:0:0:1", destination="1:0:2::"),
        ip6(_SMALL) + b"padding",
        b"\x50" + ip6(_SMALL)[1:],
        ip6(_SMALL)[:30],
        ip6(bytes((17, 0, 0xC2, 4, 0, 1, 0, 0)) + _SMALL, 0, payload_length=0),
        ip6(bytes((17, 0, 0xC2, 4, 0, 0, 1, 0)) + _SMALL, 0, payload_length=0),
        ip6(bytes((17, 1, 0xC2, 4, 0, 1, 0, 0, 0xC2, 4, 0, 2, 0, 0, 0, 0)) + _SMALL, 0, payload_length=0),
    ]
    frames = [ethernet(packet, 0x86DD) for packet in packets]
    options = (
        "010400000000 050200000100 000000000000 c20400010000 c20301010100 050200000000 050300000000 050900000000"
        " c90200000000 c90000000000 770900000000 010900000000 010500000000 000000000001 000000000005 000000050200"
        " 000502010200 000000c20101 3e0400000000"
    ).split()
    for next_header in (0, 60):
        frames += over_ip6(next_header, *(b"\x11\0" + _HEX(option) + _SMALL for option in options))
        frames += over_ip6(
            next_header,
            *(b"\x11\2\xc9" + bytes((size,)) + bytes(20) + _SMALL for size in range(14, 21)),
            *(
                b"\x11\2\xc9\x12" + bytes(16) + bytes((kind, size)) + bytes(2) + _SMALL
                for kind in (1, 5)
                for size in (0, 1)
            ),
            b"\x11\2\xc9\x11" + bytes(16) + b"\1" + bytes(3) + _SMALL,
        )
    for first in (5, 70_000):
        twice = b"\xc2\4" + struct.pack(">I", first) + b"\1\0\xc2\4" + struct.pack(">I", 70_000)
        for next_header in (0, 60):
            frames += over_ip6(next_header, b"\x11\1" + twice + _SMALL)
            frames.append(ethernet(ip6(b"\x11\1" + twice + _SMALL, next_header, payload_length=0), 0x86DD))
    routes = ("1100000100000000", "1102000100000000", "1102020100000000", "1104040100000000", "1104000100000007")
    routes += ("1102090100000000", "1103000100000000", "1103040103040506", "1102040103040506")
    frames += over_ip6(43, *(_HEX(route) + bytes(range(_HEX(route)[1] * 8)) + _SMALL for route in routes))
    frames += over_ip6(44, *(struct.pack(">BBHI", 17, 0, field, 0xABCD) + _SMALL for field in (0, 1, 8, 9)))
    frames += over_ip6(51, b"\x11\4\0\1" + bytes(20) + _SMALL, b"\x11\0" + bytes(20) + _SMALL, b"\x11\x63" + bytes(22))
    frames += over_ip6(0, bytes((0, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0)) + _SMALL)
    frames += over_ip6(6, tcp(), tcp(b"xyz", flags=0x10), b"") + over_ip6(17, b"")
    for next_header, payload in (
        (59, b""),
        (99, b"abc"),
        (50, bytes(20)),
        (108, bytes(8)),
        (41, ip6(_SMALL)),
        (139, b"ab"),
    ):
        frames += over_ip6(next_header, payload)
    frames += (
        over_ip6(4, _DATAGRAM) + over_ip6(1, bytes(8)) + over_ip6(2, bytes(8)) + over_ip6(143, ethernet(_DATAGRAM))
    )
    return (
        frames
        + over_ip(51, b"\x11\4\0\1" + bytes(20) + _SMALL)
        + over_ip(50, bytes(20), b"\1\2\3")
        + over_ip(108, bytes(8))
    )


def _icmp6() -> list[bytes]:
    quoted = ip6(udp(b"hello", 5, 40000), source="fe80::2", destination="fe80::3")
    packets = [icmp6(kind, code, b"\0\1\5\xdc" + quoted) for kind in (1, 2, 3, 4) for code in range(9)]
    packets += [icmp6(1, 4, b"\0\0\0\0" + ip6(tcp(b"hello"), 6)), icmp6(1, 4, b"\0\0\0\0" + quoted[:20])]
    packets += [icmp6(kind, 0, b"\0\1\0\2abcd") for kind in (128, 129)]
    group, other, host = address6("ff02::fb"), address6("ff02::fc"), address6("fe80::5")
    packets += [icmp6(kind, 0, b"\x27\x10\0\0" + group) for kind in (130, 131, 132)]
    packets += [
        icmp6(130, 0, b"\x27\x10\0\0" + bytes(16) + b"\2\x7d\0\0"),
        icmp6(130, 0, b"\xa7\x10\0\0" + group + b"\x0f\x7d\0\2" + host * 2),
        icmp6(130, 0, b"\x27\x10\0\0" + bytes(16) + b"\2\xfd\0\5"),
        icmp6(143, 0, b"\0\0\0\2" + b"\1\0\0\2" + group + host * 2 + b"\7\1\0\0" + other + b"abcd"),
        icmp6(143, 0, b"\0\0\0\5" + b"\2\0\0\0" + group),
    ]
    packets += [icmp6(143, 0, b"\0\0\0\1" + bytes((kind, 0, 0, 0)) + group) for kind in range(1, 8)]
    link = b"\1\1" + HERE
    prefix = b"\3\4\x40\xc0" + struct.pack(">III", 2592000, 0xFFFFFFFF, 0) + address6("2001:db8::")
    servers = b"\x19\3\0\0\0\0\4\xb0" + address6("2001:db8::53")
    domains = b"\x1f\3\0\0\0\0\4\xb0\7example\3com\0\0\0\0"
    route = b"\x18\2\x30\x18\0\0\4\xb0" + address6("2001:db8::")[:8]
    options = [
        b"", link, prefix, b"\5\1\0\0\0\0\5\xdc", servers, domains, route, b"\7\1\0\0\0\0\3\xe8", b"\x08\1\0\0\0\5\0\x1e",
        b"\x0e\1abcdef", link + prefix + servers + domains + route, b"\1\0\0\0", b"\xfd\1abcdef", b"\1\1",
        b"\x03\3" + bytes(22), b"\x05\2" + bytes(14), b"\x18\1\x40\x08" + bytes(4), b"\x18\3\x40\x08" + bytes(20),
        b"\x19\5\0\0" + bytes(4) + host * 2, b"\2\2" + bytes(14),
    ]  # fmt: skip
    packets += [icmp6(134, 0, b"\x40\x48\7\x08" + bytes(8) + option) for option in options]
    packets += [icmp6(134, 0, bytes((64, 1 << bit, 7, 8)) + bytes(8)) for bit in range(8)] + [
        icmp6(133, 0, bytes(4) + link)
    ]
    packets += [icmp6(135, 0, bytes(4) + host), icmp6(135, 0, bytes(4) + host + link)]
    packets += [icmp6(136, 0, bytes((flags, 0, 0, 0)) + host + link) for flags in range(0, 256, 32)]
    packets += [
        icmp6(137, 0, bytes(4) + host + other + link),
        icmp6(137, 0, bytes(4) + host + other + link + b"\4\x0a" + quoted),
    ]
    packets += [icmp6(kind, 0, bytes(20)) for kind in (5, 100, 127, 144, 146, 148, 200, 255)]
    return packets + over_ip6(58, b"", b"\x80\0\1\2\0\1\0\2", b"\x88\0\1\2\0\1\0\2")


def _igmp() -> list[bytes]:
    def message(text: str) -> bytes:
        return ethernet(ip(with_checksum(_HEX(text), 2), 2, destination="224.0.0.22", time_to_live=1))

    packets = []
    for time in (0, 10, 100, 200):
        for group in ("00000000", "e00000fb"):
            packets += [message(f"11{time:02x}0000{group}"), message(f"11{time:02x}0000{group}027d0000")]
    packets += [message(f"{kind:02x}000000e00000fb") for kind in (0x12, 0x16, 0x17, 0x15, 0x22, 0x30)]
    packets += [
        message("11640000e00000fb027d0002" + "0a000005" * 2),
        message("11640000e00000fb027d0005" + "0a000005" * 2),
    ]
    records = ("04000000e00000fb", "01000002e00000fb0a0000050a000005", "02000000e00000fb03010000e00000fc61626364")
    records += ("07000000e00000fb", "01000005e00000fb0a000005")
    packets += [message(f"22000000{count:08x}{record}") for record in records for count in (0, 1, 2, 3)]
    return [*packets, ethernet(ip(_HEX("16000000e00000fb"), 2)), message("11640000e00000fb0203")]


def _link() -> list[bytes]:
    configuration = _HEX("000000000080000200000000010000000480010200000000028003" + "0100140002000f00")
    rapid = _HEX("000002023c80000200000000010000000480010200000000028003" + "0100140002000f0000")
    spanning = [
        configuration,
        rapid,
        _HEX("00000080"),
        configuration[:20],
        configuration[:2] + b"\7" + configuration[3:],
    ]
    spanning += [configuration[:3] + b"\x55" + configuration[4:], configuration[:4] + b"\xff" + configuration[5:]]
    frames = [ieee_802_3(b"\x42\x42\3" + message) for message in spanning]
    frames += [
        ieee_802_3(b"\xaa\xaa\3" + _HEX(head) + _DATAGRAM)
        for head in ("0000000800", "0000f80800", "00000c0800", "0000009999", "1234569999")
    ]
    frames += [
        ieee_802_3(b"\xaa\xaa\3\0\0\x0c\1\x0b" + configuration),
        ieee_802_3(b"\6\6\3" + _DATAGRAM),
        ieee_802_3(b"\xaa\xaa\3\0\0"),
    ]
    services = ((0, 0), (0xF0, 0xF0), (0xF0, 0xF1), (0xF1, 0xF0), (0x10, 0x20), (0x42, 0xAA))
    controls = (3, 0x13, 0xAF, 0xBF, 0xE3, 0x63, 0x6F, 0x7F, 0x43, 0x0F, 0x87, 0x0B, 1, 5, 9, 0x0D, 0, 2, 0xFE)
    frames += [ieee_802_3(bytes((*service, control)) + b"\1hello") for service in services for control in controls]
    frames += [
        ieee_802_3(payload) for payload in (b"\0\1\xaf\x81\1\2", b"\0\1\xaf", b"\0\1\xaf\x81", b"\0\1", b"", b"\0\1\0")
    ]
    frames += [ieee_802_3(b"\xf0\xf0\3abc", 1500), ieee_802_3(b"\xf0\xf0\3abc", 2)]
    frames += [ethernet(_HEX(tag) + _DATAGRAM, 0x8100) for tag in ("00050800", "f00500080800", "00058100100608009999")]
    frames += [ethernet(b"\0\5\x08\0" + _DATAGRAM, ethertype) for ethertype in (0x88A8, 0x9100, 0x9200)]
    frames += [
        ethernet(b"\0\5\x08", 0x8100),
        ethernet(b"\0\5\x99\x99abcd", 0x8100),
        ethernet(b"\xf0\xf0\3hello", 0x8870),
    ]
    stacks = ("00010140", "0001004000020140", "00000140", "00010140", "00010140", "0001")
    frames += [ethernet(_HEX(stack) + _DATAGRAM, 0x8847) for stack in stacks] + [
        ethernet(b"\0\0\x21\x40" + ip6(b"", 59), 0x8847)
    ]
    frames += [
        ethernet(b"abcdefgh" * 9, 0x9999),
        ethernet(_DATAGRAM, source=_HEX("00000c010203"), destination=BROADCAST),
    ]
    return [
        *frames,
        ethernet(b"\0\1\1\x40\x12abc", 0x8847),
        ethernet(b"\0\1", 0x8847),
        ethernet(b"GET /\r\n\tx\r\ny\r", 0x9999),
    ]


def _carried() -> list[bytes]:
    gre = ("00000800", "2000080000000005", "8000080012340000", "1000080000000007", "b000080012340000000000010000000 2")
    frames = over_ip(47, *(_HEX(header.replace(" ", "")) + _DATAGRAM for header in gre))
    frames += over_ip(47, b"\0\0\x65\x58" + ethernet(_DATAGRAM), b"\0\0\x86\xdd" + ip6(b"", 59), b"\0\0\x12\x34abc")
    frames += over_ip(
        47, b"\0\2\x08\0", b"\0\0", b"\0\0\x08\0", b"\x40\0\x08\0" + bytes(8) + _DATAGRAM, b"\x20\0\x08\0\0\0"
    )
    frames += over_ip(4, _DATAGRAM) + over_ip(41, ip6(_SMALL))
    start = struct.pack(">IIHHI", 1, 65535, 10, 11, 12)
    data = struct.pack(">IHHI", 1, 2, 3, 46) + b"hello"
    acknowledgment = struct.pack(">IIHHHHI", 1, 65535, 1, 1, 2, 3, 9)
    chunks = [sctp_chunk(1, 0, start), sctp_chunk(2, 0, start), sctp_chunk(3, 0, acknowledgment)]
    chunks += [sctp_chunk(0, flags, data) for flags in range(8)] + [sctp_chunk(0, 3, data) + sctp_chunk(11, 0, b"")]
    chunks += [sctp_chunk(kind, 0, value) for kind in range(4, 16) for value in (b"", b"\0\1\0\x08abcd")]
    chunks += [sctp_chunk(kind, 0, bytes(12)) for kind in (0xC0, 0xC1, 99)] + [
        sctp_chunk(kind, 0, b"") for kind in range(4)
    ]
    chunks += [sctp_chunk(0, 3, struct.pack(">IHHI", 1, 2, 3, payload) + b"abcde") for payload in (*range(32), 1 << 31)]
    chunks += [sctp_chunk(0, flags, data[:size]) for flags in (0, 7) for size in (3, 11, 12)]
    chunks += [
        sctp_chunk(3, 0, struct.pack(">IIHH", 0xFFFFFFFF, 9, 2, 2) + bytes(size)) for size in (0, 3, 4, 12, 15, 16)
    ]
    chunks += [sctp_chunk(kind, 0, bytes(8)) + sctp_chunk(11, 0, b"") for kind in (0xC2, 0xC3)]
    frames += over_ip(
        132, *(sctp(chunk) for chunk in chunks), sctp()[:11], sctp()[:3], sctp(), sctp(b"\1\0\0\3"), sctp(b"\1\0")
    )
    network = b"\x08\0\0\0\0\0\5\0"
    frames += over_udp(4789, network + ethernet(_DATAGRAM), bytes(8) + ethernet(_DATAGRAM), network[:7], network)
    return frames


def _services() -> list[bytes]:
    frames = over_udp(123, *(bytes((mode,)) + bytes(47) for mode in range(8)), b"\x23", b"\xe3" + bytes(47), b"")
    requests = (b"\0\1file\0octet\0", b"\0\2file\0netascii\0", b"\0\1file\0octet\0blksize\x001024\0tsize\x000\0")
    replies = (
        b"\0\3\0\1data",
        b"\0\4\0\1",
        b"\0\5\0\1not found\0",
        b"\0\5\0\x09x\0",
        b"\0\6blksize\x001024\0",
        b"\0\7x",
    )
    broken = (
        b"\0\1file",
        b"\0\1",
        b"\0",
        b"\0\3",
        b"\0\1fi\nle\0oc\x80tet\0x",
        b"\0\1file\0",
        b"\0\1\0\0\0\0x\0",
        b"\0\6a\0\0b\0\0",
    )
    frames += over_udp(69, *requests, *replies, *broken)
    logs = [b"<%d>x" % (facility * 8 + facility % 8) for facility in range(26)]
    frames += over_udp(514, *logs, b"<7>", b"<>x", b"hello", b"<1234>x", b"<a>", b"<30", b"")
    commands = (*range(15), 40, 41, 42, 43, 44, 45, 99, 255)
    frames += over_udp(1812, *(bytes((command, 1, 0, 20)) + bytes(16) for command in commands), b"\1\1\0\x14")
    frames += over_udp(1812, b"\1\1\0\x0a" + bytes(16), b"\1\1\0\x20" + bytes(16), b"\1\1\0\x14" + bytes(18))
    boot = [bytes((operation, 1, 6, 0)) + bytes(24) + HERE + bytes(202) + _HEX("63825363") for operation in range(4)]
    frames += over_udp(67, *boot, b"\1\1\6\0", b"\1\1\5\0" + bytes(40), b"\1\6\6\0" + bytes(40), b"\1\1\6", b"\1", b"")
    routes = [bytes((command, version)) + bytes(22) for command in range(10) for version in range(4)]
    return frames + over_udp(520, *routes, b"\2\2", b"\2\2\0\0")


ETHERNET = {
    "arp": _arp(),
    "tcp": _tcp(),
    "text": _text(),
    "icmp": _icmp(),
    "ip": _ip(),
    "udp": _udp(),
    "dns": _dns(),
    "ip6": _ip6(),
    "icmp6": _icmp6(),
    "igmp": _igmp(),
    "link": _link(),
    "carried": _carried(),
    **printer_corpus_routing.ETHERNET,
    **printer_corpus_access.ETHERNET,
    **printer_corpus_services.ETHERNET,
    **printer_corpus_tunnels.ETHERNET,
    **printer_corpus_infrastructure.ETHERNET,
    **printer_corpus_links.ETHERNET,
    **printer_corpus_ospf.ETHERNET,
    **printer_corpus_isis.ETHERNET,
    **printer_corpus_macsec.ETHERNET,
    **printer_corpus_geonet.ETHERNET,
    **printer_corpus_appletalk.ETHERNET,
    **printer_corpus_bgp.ETHERNET,
    **printer_corpus_rare.ETHERNET,
    **printer_corpus_signalling.ETHERNET,
}
"""Frames by protocol, for every option."""

ONE_LINE_SERVICES = [
    *_services(),
    *printer_corpus_access.ONE_LINE_SERVICES,
    *printer_corpus_infrastructure.ONE_LINE_SERVICES,
    *printer_corpus_links.ONE_LINE_SERVICES,
    *printer_corpus_rare.ONE_LINE_SERVICES,
]
"""Frames of the protocols that are printed in one line, for the options below -v."""

_REQUEST = _HEX("0001080006040001020000000001") + _HEX("0a000001") + bytes(6) + _HEX("0a000002")
_TAGGED = b"\0\5\x08\0" + _DATAGRAM

OTHER_LINKS = {
    "LINUX_SLL": [cooked(0x0800, _DATAGRAM, way=way) for way in range(7)]
    + [cooked(0x0806, _REQUEST), cooked(0x9999, b"abcd"), cooked(4, b"\xaa\xaa\3\0\0\0\x08\0" + _DATAGRAM)]
    + [
        cooked(0x8100, _TAGGED),
        cooked(0x8100, bytes.fromhex("00059999") + b"abcd"),
        cooked(0x000C, b"abcd"),
        cooked(0x0200, b"abcd"),
        cooked(1, bytes(40)),
        cooked(0x88A8, _TAGGED),
    ]
    + [cooked(0x0800, _DATAGRAM, address_length=length) for length in (0, 4, 8)],
    "LINUX_SLL2": [cooked2(0x0800, _DATAGRAM, way=way) for way in range(7)]
    + [cooked2(0x0806, _REQUEST), cooked2(0x9999, b"abcd"), cooked2(4, b"\xaa\xaa\3\0\0\0\x08\0" + _DATAGRAM)]
    + [cooked2(0x8100, _TAGGED), cooked2(0x0800, _DATAGRAM, address_length=0)],
    "NULL": [struct.pack("<I", family) + _DATAGRAM for family in (0, 2, 6, 7, 10, 16, 23, 99)]
    + [struct.pack("<I", family) + ip6(_SMALL) for family in (24, 28, 30)]
    + [struct.pack(">I", 2) + _DATAGRAM, b"\2\0\0\0"],
    "LOOP": [struct.pack(">I", family) + _DATAGRAM for family in (2, 10, 99)]
    + [struct.pack(">I", family) + ip6(_SMALL) for family in (24, 28, 30)],
    "RAW": [_DATAGRAM, ip6(_SMALL), b"\0", b"\x10abc"],
}
"""Records by link type, for every option."""
