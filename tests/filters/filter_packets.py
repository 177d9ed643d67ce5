"""Packets made by hand for the filter tests: the ones the tables name, and noise.

Layers are bytes of what they carry; nothing is computed that a filter does not look at.
"""

import random
import struct
from array import array
from collections.abc import Iterator

from lesson_engine.packets.capture import ByteOrder, Capture, Headers
from lesson_engine.packets.linktype import (
    EN10MB,
    IPV4,
    IPV6,
    LINUX_SLL,
    LINUX_SLL2,
    LOOP,
    NULL,
    RAW,
    LinkType,
)

A, B, C, D = "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"
A6, B6 = "20010db8000000000000000000000001", "20010db8000000000000000000000002"
SYN, SYN_ACK = 2, 18


def _ip(address: str) -> bytes:
    return bytes(map(int, address.split(".")))


def ethernet(ether_type: int, payload: bytes, destination: str = "020000000002") -> bytes:
    return bytes.fromhex(destination) + bytes.fromhex("020000000001") + struct.pack(">H", ether_type) + payload


def ip(
    protocol: int, payload: bytes, source: str = A, destination: str = B, *, fragment: int = 0, options: bytes = b""
) -> bytes:
    words = 5 + len(options) // 4
    total = 4 * words + len(payload)
    header = struct.pack(">BBHHHBBH", 0x40 | words, 0, total, 7, fragment, 64, protocol, 0)
    return header + _ip(source) + _ip(destination) + options + payload


def ip6(next_header: int, payload: bytes, source: str = A6, destination: str = B6) -> bytes:
    header = struct.pack(">IHBB", 0x60000000, len(payload), next_header, 64)
    return header + bytes.fromhex(source) + bytes.fromhex(destination) + payload


def tcp(source: int, destination: int, flags: int = SYN, payload: bytes = b"payload!") -> bytes:
    return struct.pack(">HHIIBBHHH", source, destination, 1, 0, 0x50, flags, 64240, 0, 0) + payload


def udp(source: int, destination: int, payload: bytes = b"payload!") -> bytes:
    return struct.pack(">HHHH", source, destination, 8 + len(payload), 0) + payload


def arp(operation: int, source: str, destination: str) -> bytes:
    mac = bytes.fromhex("020000000002" if source == B else "020000000001")
    return struct.pack(">HHBBH", 1, 0x0800, 6, 4, operation) + mac + _ip(source) + bytes(6) + _ip(destination)


def vlan(tag: int, ether_type: int, payload: bytes) -> bytes:
    return struct.pack(">HH", tag, ether_type) + payload


T80 = ip(6, tcp(33000, 80))
T6_80 = ip6(6, tcp(33000, 80))
HOP_BY_HOP_TCP = ip6(0, bytes([6, 0, 5, 2, 0, 0, 1, 0]) + tcp(33000, 80))

NETWORK_PACKETS = {
    "t80": T80,
    "t443": ip(6, tcp(443, 33000, SYN_ACK, b""), B, A),
    "u53": ip(17, udp(33000, 53), A, "8.8.8.8"),
    "s80": ip(132, struct.pack(">HHII", 80, 34000, 1, 0) + b"payload!", C, D),
    "frag1": ip(6, tcp(33000, 80), fragment=0x2000),
    "frag2": ip(6, b"later fragment!!", fragment=0x0004),
    "opt80": ip(6, tcp(33000, 80), options=bytes([1] * 8)),
    "icmp8": ip(1, bytes([8, 0, 0, 0, 0, 1, 0, 1]) + b"payload!"),
    "icmp3": ip(1, bytes([3, 3, 0, 0, 0, 0, 0, 0]) + T80[:28], B, A),
    "ahtcp": ip(51, bytes([6, 4]) + bytes(22) + tcp(33000, 80)),
    "esp": ip(50, bytes(16)),
    "igmp": ip(2, bytes([0x16, 0, 0, 0, 224, 0, 0, 1]), A, "224.0.0.1"),
    "t6_80": T6_80,
    "u6_53": ip6(17, udp(33000, 53)),
    "h6_80": HOP_BY_HOP_TCP,
    "f6_1": ip6(44, bytes([6, 0, 0, 1, 0, 0, 0, 1]) + tcp(33000, 80)),
    "f6_2": ip6(44, bytes([6, 0, 0, 100 * 8 & 0xFF, 0, 0, 0, 1]) + tcp(33000, 80)),
    "i6": ip6(58, bytes([135, 0]) + bytes(22)),
    "hi6": ip6(
        0, bytes([58, 0, 5, 2, 0, 0, 1, 0]) + bytes([143, 0]) + bytes(22), A6, "ff020000000000000000000000000016"
    ),
}
LINK_PACKETS = {
    "arp": ethernet(0x0806, arp(1, A, B), "ffffffffffff"),
    "arpr": ethernet(0x0806, arp(2, B, A)),
    "rarp": ethernet(0x8035, arp(3, C, D)),
    "bcast": ethernet(0x0800, ip(17, udp(68, 67), A, "255.255.255.255"), "ffffffffffff"),
    "stp": ethernet(38, bytes([0x42, 0x42, 3]) + bytes(35), "0180c2000000"),
    "v100": ethernet(0x8100, vlan(100, 0x0800, T80)),
    "v200_6": ethernet(0x8100, vlan(200, 0x86DD, ip6(17, udp(33000, 53)))),
    "q100_200": ethernet(0x88A8, vlan(100, 0x8100, vlan(200, 0x0800, T80))),
    "v9100": ethernet(0x9100, vlan(100, 0x0800, T80)),
    "v300arp": ethernet(0x8100, vlan(300, 0x0806, arp(1, A, B))),
}
TUNNEL_PACKETS = {
    "pppoe": ethernet(0x8864, struct.pack(">BBHHH", 0x11, 0, 39, len(T80) + 2, 0x21) + T80),
    "pppoe6": ethernet(0x8864, struct.pack(">BBHHH", 0x11, 0, 5, len(T6_80) + 2, 0x57) + T6_80),
    "pppoed": ethernet(0x8863, struct.pack(">BBHH", 0x11, 9, 0, 0)),
    "mpls": ethernet(0x8847, struct.pack(">I", 1024 << 12 | 1 << 8 | 64) + T80),
    "mpls2": ethernet(0x8847, struct.pack(">II", 1000 << 12 | 64, 1024 << 12 | 1 << 8 | 64) + T6_80),
    "geneve": ethernet(0x0800, ip(17, udp(5, 6081, struct.pack(">BBHI", 0, 0, 0x0800, 11 << 8) + T80))),
    "geneve_ether": ethernet(
        0x0800, ip(17, udp(5, 6081, struct.pack(">BBHI", 1, 0, 0x6558, 5 << 8) + bytes(4) + ethernet(0x0800, T80)))
    ),
    "geneve6": ethernet(0x86DD, ip6(17, udp(5, 6081, struct.pack(">BBHI", 0, 0, 0x86DD, 11 << 8) + T6_80))),
    "iso": ethernet(40, bytes([0xFE, 0xFE, 3, 0x83, 27, 1, 0, 17]) + bytes(32)),
    "snap": ethernet(60, bytes.fromhex("aaaa03080007809b") + bytes(52)),
    "ipx": ethernet(60, bytes.fromhex("ffff") + bytes(58)),
    "llc_rr": ethernet(4, bytes.fromhex("0404") + bytes([1, 1])),
    "decnet": ethernet(0x6003, bytes.fromhex("1000") + bytes([2]) + struct.pack("<HH", 1034, 1035) + bytes(20)),
}
ETHERNET_PACKETS = {
    **{name: ethernet(0x86DD if data[0] >> 4 == 6 else 0x0800, data) for name, data in NETWORK_PACKETS.items()},
    **LINK_PACKETS,
    **TUNNEL_PACKETS,
}


def on_link(link_type: LinkType, data: bytes, ether_type: int = 0) -> bytes:
    """A network packet as a frame of `link_type`."""
    version = data[0] >> 4 if data else 0
    kind = ether_type or (0x86DD if version == 6 else 0x0800)
    if link_type in (RAW, IPV4, IPV6):
        return data
    if link_type == LINUX_SLL:
        return struct.pack(">HHH8sH", len(data) % 5, 1, 6, bytes(8), kind) + data
    if link_type == LINUX_SLL2:
        return struct.pack(">HHIHBB8s", kind, 0, len(data) % 4, 1, len(data) % 5, 6, bytes(8)) + data
    if link_type in (NULL, LOOP):
        family = {0x0800: 2, 0x86DD: (10, 24, 28, 30)[len(data) % 4]}.get(kind, 7)
        return struct.pack(">I" if link_type == LOOP or len(data) % 2 else "<I", family) + data
    return ethernet(kind, data)


def frames(link_type: LinkType) -> dict[str, bytes]:
    """All named packets that fit `link_type`."""
    if link_type == EN10MB:
        return ETHERNET_PACKETS
    found = {name: on_link(link_type, data) for name, data in NETWORK_PACKETS.items()}
    if link_type in (LINUX_SLL, LINUX_SLL2):
        for name, frame in ETHERNET_PACKETS.items():
            if name not in found:
                found[name] = on_link(link_type, frame[14:], struct.unpack_from(">H", frame, 12)[0])
        found["sll_llc"] = on_link(link_type, bytes([0x42, 0x42, 3]) + bytes(35), 4)
    return found


def varied(link_type: LinkType, seed: int) -> Iterator[bytes]:
    """The named packets; each cut at every length up to 80 bytes; each with bytes changed; and noise."""
    chance = random.Random(seed)
    for data in frames(link_type).values():
        yield data
        for _ in range(3):
            changed = bytearray(data)
            for _ in range(chance.randint(1, 4)):
                changed[chance.randrange(min(len(changed), 80))] = chance.choice((0, 1, 6, 17, 0x45, 0x60, 0xFF, 80))
            yield bytes(changed)
    for data in chance.sample(list(frames(link_type).values()), 6):
        for length in range(min(len(data), 80)):
            yield data[:length]
    for _ in range(60):
        yield chance.randbytes(chance.choice((0, 1, 20, 60, 100)))


def varied_capture(link_type: LinkType, seed: int, byte_order: ByteOrder = "little") -> Capture:
    """`varied` as a capture; every third packet was a little longer on the wire than was captured."""
    held = list(varied(link_type, seed))
    whole = Capture.from_frames(held, link_type)
    originals = array("I", [len(data) + 10 * (index % 3 == 0) for index, data in enumerate(held)])
    return Capture(
        whole.buffer,
        link_type,
        offsets=whole.offsets,
        captured_lengths=whole.captured_lengths,
        headers=Headers(originals, whole.times_ns, {}),
        byte_order=byte_order,
    )
