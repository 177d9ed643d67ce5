"""IP datagrams: from whom, to whom, of what protocol, and where their payload lies in the captured bytes.

What the readers of TCP, ICMP and neighbour discovery begin with. `datagram_of` reads a packet, `read_datagram`
any bytes that hold an IP header, such as those that an ICMP error quotes. A later fragment is a datagram too;
`fragment_offset` says so. Link types whose network layer has no known place give None. RFC 791 (IPv4),
RFC 8200 (IPv6). Where a header says length 0, a network card was to cut the segment later: then the frame's own
length counts.

>>> header = bytes.fromhex("450000280001000040060000 0a0000010a000002")
>>> datagram = read_datagram(header + bytes(20), 0, 40)
>>> datagram.protocol, datagram.payload_at, datagram.payload_length, datagram.hop_limit
(6, 20, 20, 64)
"""

from typing import NamedTuple

from lesson_engine.packets import Packet
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2
from lesson_engine.packets.numbers import ETHER_TYPES, VLAN_TPIDS

_ETHER_TYPE_AT = {EN10MB: 12, LINUX_SLL: 14, LINUX_SLL2: 0}
_TAG_TYPES = {number.to_bytes(2) for number in VLAN_TPIDS}
_IP_TYPES = tuple(ETHER_TYPES[name] for name in ("ip", "ip6"))
# Extension headers that are (length + 1) * 8 bytes long: hop-by-hop, routing, destination options.
_IPV6_OPTIONS = {0, 43, 60}
_IPV6_FRAGMENT = 44


class Datagram(NamedTuple):
    """One IP datagram; addresses are 4 or 16 bytes, `payload_at` is an offset into the bytes it was read from,
    `payload_length` in bytes as on the wire, `fragment_offset` in bytes, `identification` None over IPv6."""

    source: bytes
    destination: bytes
    protocol: int
    payload_at: int
    payload_length: int
    hop_limit: int
    identification: int | None
    fragment_offset: int


def datagram_of(packet: Packet) -> Datagram | None:
    """The datagram in `packet`, or None if there is none or its header is cut."""
    at = network_offset(packet)
    return None if at is None else read_datagram(packet.data, at, packet.original_length)


def network_offset(packet: Packet, ether_types: tuple[int, ...] = _IP_TYPES) -> int | None:
    """Where the network layer begins, behind any VLAN tags; None if it is of none of the `ether_types`. Where the
    link layer does not name its type (raw IP, BSD loopback) it is taken for IP."""
    offset = packet.link_type.network_offset
    at = _ETHER_TYPE_AT.get(packet.link_type)
    if offset is None or at is None:
        return offset if ether_types == _IP_TYPES else None
    data = packet.data
    while data[at : at + 2] in _TAG_TYPES and packet.link_type == EN10MB:
        at, offset = at + 4, offset + 4
    return offset if int.from_bytes(data[at : at + 2]) in ether_types else None


def read_datagram(data: bytes, at: int, end: int) -> Datagram | None:
    """The datagram whose header begins at `at`; `end` is where the bytes ended on the wire."""
    if len(data) <= at:
        return None
    version = data[at] >> 4
    if version == 4:
        return _ipv4(data, at, end)
    return _ipv6(data, at, end) if version == 6 else None


def _ipv4(data: bytes, at: int, end: int) -> Datagram | None:
    header_length = (data[at] & 0x0F) * 4
    if len(data) < at + 20 or header_length < 20:
        return None
    total = int.from_bytes(data[at + 2 : at + 4]) or end - at
    return Datagram(
        data[at + 12 : at + 16],
        data[at + 16 : at + 20],
        data[at + 9],
        at + header_length,
        max(0, total - header_length),
        data[at + 8],
        int.from_bytes(data[at + 4 : at + 6]),
        (int.from_bytes(data[at + 6 : at + 8]) & 0x1FFF) * 8,
    )


def _ipv6(data: bytes, at: int, end: int) -> Datagram | None:
    if len(data) < at + 40:
        return None
    length = int.from_bytes(data[at + 4 : at + 6]) or end - at - 40
    following, payload_at, fragment_offset = data[at + 6], at + 40, 0
    while len(data) >= payload_at + 8:
        if following in _IPV6_OPTIONS:
            step = (data[payload_at + 1] + 1) * 8
        elif following == _IPV6_FRAGMENT and not fragment_offset:
            fragment_offset = int.from_bytes(data[payload_at + 2 : payload_at + 4]) & 0xFFF8
            step = 8
        else:
            break
        following, payload_at, length = data[payload_at], payload_at + step, length - step
        if fragment_offset:
            break
    return Datagram(
        data[at + 8 : at + 24],
        data[at + 24 : at + 40],
        following,
        payload_at,
        max(0, length),
        data[at + 7],
        None,
        fragment_offset,
    )
