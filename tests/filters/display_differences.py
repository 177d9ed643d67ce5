"""When a declared difference may explain that a capture filter and its display filter disagree about a packet.

Each condition looks at the packet alone, apart from what the translation declared, so that a difference that is
declared wrongly, or not at all, is found. `packets` are those that make the languages disagree.
"""

import random
import struct
from collections.abc import Callable, Iterator

import filter_packets as made

from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2, LinkType
from lesson_engine.packets.numbers import VLAN_TPIDS

Layers = tuple[str, ...]
"""What tshark found in a packet, from the outside in."""

_NETWORKS = {"ip", "ipv6", "arp"}
_CARRIERS = {
    "hsr",
    "ieee8021ah",
    "udpencap",
    "llc",
    "ppp",
    "mpls",
    "pppoes",
    "pppoed",
    "gre",
    "vxlan",
    "geneve",
    "ipx",
    "cdp",
    "ayiya",
    "teredo",
    "gtp",
}
_EXTENSIONS = {"ipv6.hopopts", "ipv6.routing", "ipv6.dstopts", "ipv6.fraghdr", "ah"}


def _type(frame: bytes, link_type: LinkType) -> int:
    offset = {EN10MB: 12, LINUX_SLL: 14, LINUX_SLL2: 0}.get(link_type)
    return int.from_bytes(frame[offset : offset + 2], "big") if offset is not None else 0


def _network(frame: bytes, link_type: LinkType) -> bytes:
    """The network header, behind any tags."""
    start, kind = link_type.network_offset or 0, _type(frame, link_type)
    while kind in VLAN_TPIDS and len(frame) >= start + 4:
        kind, start = int.from_bytes(frame[start + 2 : start + 4], "big"), start + 4
    return frame[start:]


def _tagged(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    return _type(frame, link_type) in VLAN_TPIDS


def _holds_another(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    layers = [name for name in seen if name in _NETWORKS or name == "eth"]
    outer = sum(name in _NETWORKS for name in layers)
    carried = {"udp", "sctp"} <= set(seen)
    return carried or outer > 1 or layers.count("eth") > 1 or bool(_CARRIERS & set(seen))


def _fragment(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    header = _network(frame, link_type)
    version4 = len(header) >= 8 and header[0] >> 4 == 4 and bool(int.from_bytes(header[6:8], "big") & 0x3FFF)
    return version4 or "ipv6.fraghdr" in seen


def _extended(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    return bool(_EXTENSIONS & set(seen))


def _reverse_arp(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    answers = frame[20:22] in (b"\x00\x03", b"\x00\x04")
    return _type(frame, link_type) == 0x8035 or (_type(frame, link_type) == 0x0806 and answers)


def _not_cooked(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    return link_type not in (LINUX_SLL, LINUX_SLL2)


def _not_ethernet(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    return link_type is not EN10MB


def _padded(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    header = _network(frame, link_type)
    if len(header) < 34 or header[0] != 0x45:
        return False
    resets = header[9] == 6 and bool(header[33] & 4)
    return resets or int.from_bytes(header[2:4], "big") < len(header)


def _unusual(frame: bytes, seen: Layers, link_type: LinkType) -> bool:
    header = _network(frame, link_type)
    if "arp" in seen:
        return header[:6] != bytes.fromhex("000108000604")
    routed = header[:1] > b"\x45" and len(header) > 20 and header[20] in (131, 137)
    return routed or bool({"udplite", "dvmrp", "pim"} & set(seen))


CONDITIONS: dict[str, Callable[[bytes, Layers, LinkType], bool]] = {
    "wireshark.tags": _tagged,
    "wireshark.inside": _holds_another,
    "wireshark.fragments": _fragment,
    "wireshark.extensions": _extended,
    "wireshark.reverse_arp": _reverse_arp,
    "wireshark.cooked": _not_cooked,
    "wireshark.ethernet": _not_ethernet,
    "wireshark.padding": _padded,
    "wireshark.unusual": _unusual,
}
"""All but two: `bytes_beyond` is told by libpcap's evaluation, and `damaged` by what was done to the packet."""


def packets() -> Iterator[bytes]:
    """Whole Ethernet packets, undamaged, of every kind about which the languages disagree."""
    yield from made.ETHERNET_PACKETS.values()
    ether = made.ethernet
    syn, reset, cwr = made.tcp(33000, 80), made.tcp(80, 33000, 20, b""), made.tcp(33000, 443, 0xC2, b"")
    for transport in (syn, reset, cwr, made.tcp(1, 2, 0, b""), made.tcp(22, 33000, 0x3F, b"SSH-2.0-x\r\n")):
        yield ether(0x0800, made.ip(6, transport))
        yield ether(0x86DD, made.ip6(6, transport))
    get = made.tcp(33000, 80, 24, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    yield ether(0x0800, made.ip(6, get))
    yield ether(0x0800, made.ip(6, get[:12] + b"\x80" + get[13:20] + b"\1" * 12 + get[20:]))
    yield ether(0x0800, made.ip(6, reset)).ljust(60, b"\0")
    yield ether(0x0800, made.ip(17, made.udp(9, 9, b"x"))).ljust(60, b"\0")
    inner = made.ip(6, syn, made.C, made.D)
    yield ether(0x0800, made.ip(4, inner))
    yield ether(0x0800, made.ip(41, made.T6_80))
    yield ether(0x86DD, made.ip6(4, inner))
    yield ether(0x0800, made.ip(47, struct.pack(">HH", 0, 0x0800) + inner))
    yield ether(
        0x0800, made.ip(17, made.udp(5000, 4789, struct.pack(">II", 0x08000000, 5 << 8) + ether(0x0800, inner)))
    )
    for kind, payload in (
        (0x0800, inner),
        (0x0806, made.arp(1, made.A, made.B)),
        (0x8035, made.arp(3, made.A, made.B)),
    ):
        yield ether(8 + len(payload), bytes.fromhex("aaaa03000000") + struct.pack(">H", kind) + payload)
        tagged = ether(0x8100, made.vlan(100, kind, payload))
        yield tagged
        yield ether(0x0800, made.ip(17, made.udp(5000, 4789, struct.pack(">II", 0x08000000, 5 << 8) + tagged)))
    labelled = ether(0x8847, struct.pack(">I", 5 << 12 | 1 << 8 | 64) + inner)
    yield ether(0x0800, made.ip(17, made.udp(5000, 4789, struct.pack(">II", 0x08000000, 5 << 8) + labelled)))
    bridged = struct.pack(">II", 0x08000000, 5 << 8) + ether(0x0800, inner, "020000000009")
    yield ether(0x86DD, made.ip6(17, made.udp(5000, 4789, bridged)))
    yield ether(0x0806, made.arp(3, made.A, made.B))
    yield ether(0x0800, made.ip(1, bytes([11, 0]) + bytes(6) + made.ip(17, made.udp(53, 33000)), made.B, made.A))
    yield ether(0x86DD, made.ip6(58, bytes([1, 4]) + bytes(6) + made.T6_80))
    for tags in ((0x8100, 0x8100), (0x88A8, 0x88A8), (0x9100, 0x8100)):
        yield ether(tags[0], made.vlan(100, tags[1], made.vlan(200, 0x0800, inner)))
        yield ether(tags[0], made.vlan(200, 0x0806, made.arp(1, made.A, made.B)))
    yield ether(0x8100, made.vlan(100, 0x8847, struct.pack(">I", 5 << 12 | 1 << 8 | 64) + inner))
    yield ether(0x8848, struct.pack(">I", 5 << 12 | 1 << 8 | 64) + inner)
    segment = made.udp(33000, 53, bytes(24))
    yield ether(0x0800, made.ip(17, segment[:16], fragment=0x2000))
    yield ether(0x0800, made.ip(17, segment[16:], fragment=2))
    for offset, part in ((1, segment[:16]), (16, segment[16:])):
        yield ether(0x86DD, made.ip6(44, struct.pack(">BBHI", 17, 0, offset, 7) + part))
    for next_header in (60, 43):
        yield ether(0x86DD, made.ip6(next_header, bytes([17, 0, 1, 4, 0, 0, 0, 0]) + made.udp(33000, 53)))
    for multicast in ("224.0.0.251", "239.1.2.3", "255.255.255.255", "0.0.0.0"):
        yield ether(0x0800, made.ip(17, made.udp(5353, 5353), made.C, multicast), "01005e0000fb")
    yield ether(0x0806, made.arp(1, made.C, made.A), "ffffffffffff")
    for number in (9, 103, 112, 115):
        yield ether(0x0800, made.ip(number, bytes(24)))
    yield ether(0x86DD, made.ip6(103, bytes(24)))
    yield from _rare()
    for flags in (0x4000, 0x8000):
        yield ether(0x0800, made.ip(6, syn, fragment=flags))


def _rare() -> Iterator[bytes]:
    ether, datagram = made.ethernet, made.udp(33000, 53)
    yield ether(0x8100, made.vlan(7, 0x0800, made.ip(17, datagram)))
    yield ether(0x0800, made.ip(51, bytes([17, 4]) + bytes(22) + datagram))
    yield ether(0x0800, made.ip(136, datagram))
    yield ether(0x86DD, made.ip6(136, datagram))
    yield ether(0x0800, made.ip(33, made.tcp(80, 53)))
    yield ether(0x0800, made.ip(17, made.udp(4500, 4500, bytes([1, 2, 3, 4]) + bytes(40))))
    yield ether(0x0800, made.ip(17, made.udp(9899, 9899, struct.pack(">HHII", 80, 33000, 1, 0) + bytes([0, 0, 0, 4]))))
    yield ether(0x892F, struct.pack(">HHH", 32, 1, 0x0800) + made.T80)
    yield ether(0x88E7, struct.pack(">I", 1) + ether(0x0800, made.T80))
    for option in (131, 137):
        for pointer in (4, 8):
            route = bytes([option, 7, pointer, 10, 0, 0, 4, 0])
            yield ether(0x0800, made.ip(17, datagram, made.A, "224.0.0.5", options=route))
    for kind in (0x13, 0x14, 0x1E, 0x22):
        yield ether(0x0800, made.ip(2, bytes([kind, 1, 0, 0, 0, 0, 0, 0])))
    addresses = bytes(8) + bytes([10, 0, 0, 1]) + bytes(8) + bytes([10, 0, 0, 2])
    for beginning in ("0001080008040001", "000186dd06100001", "0013080004040001", "0006080006040001"):
        yield ether(0x0806, bytes.fromhex(beginning) + addresses + bytes(24))
    via = bytes.fromhex("20010db80000000000000000000000cc")
    for kind, left in ((0, 1), (2, 1), (4, 1)):
        yield ether(0x86DD, made.ip6(43, bytes([17, 2, kind, left, 0, 0, 0, 0]) + via + datagram))
    yield ether(0x86DD, made.ip6(60, bytes([17, 2, 1, 2, 0, 0, 201, 16]) + via + datagram))


def damaged(seed: int) -> Iterator[bytes]:
    """The same, with bytes changed, cut, and noise."""
    chance = random.Random(seed)
    for frame in packets():
        changed = bytearray(frame)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(min(len(changed), 80))] = chance.choice((0, 1, 6, 17, 0x45, 0x60, 0xFF, 80))
        yield bytes(changed)
        yield frame[: chance.randint(14, 70)]
