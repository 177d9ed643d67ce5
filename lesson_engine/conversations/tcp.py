"""TCP segments and whose they are: endpoints, directions, and sequence numbers.

A `Segment` is what a conversation needs of one packet; a packet that holds no whole TCP header (another
protocol, a later fragment, a cut one) has none. RFC 9293 (TCP), RFC 791 (IPv4), RFC 8200 (IPv6).

>>> from lesson_engine.packets import Capture
>>> ip = bytes.fromhex("4500002800000000400600000a0000010a000002")
>>> tcp = bytes.fromhex("c0000050000003e80000000050020400000000" "00")
>>> from lesson_engine.packets.linktype import RAW
>>> segment = segment_of(Capture.from_frames([ip + tcp], RAW)[0])
>>> str(segment.source), str(segment.destination), segment.flags == SYN, segment.payload_length
('10.0.0.1.49152', '10.0.0.2.80', True, 0)
"""

from typing import NamedTuple

from lesson_engine.packets import Packet
from lesson_engine.packets.linktype import EN10MB, LINUX_SLL, LINUX_SLL2, LOOP, NULL
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, TCP_FLAGS, VLAN_TPIDS

FIN, SYN, RST, ACK = (TCP_FLAGS[name] for name in ("fin", "syn", "rst", "ack"))

_ETHER_TYPE_OFFSET = {EN10MB: 12, LINUX_SLL: 14, LINUX_SLL2: 0}
_IP_TYPES = {ETHER_TYPES[name].to_bytes(2) for name in ("ip", "ip6")}
_TAG_TYPES = {number.to_bytes(2) for number in VLAN_TPIDS}
_TCP = IP_PROTOCOLS["tcp"]
_SHORTEST_TCP_HEADER = 20
# Extension headers that are (length + 1) * 8 bytes long: hop-by-hop, routing, destination options.
_IPV6_OPTIONS = {0, 43, 60}


class Endpoint(NamedTuple):
    """An address (4 or 16 bytes) and a port."""

    address: bytes
    port: int

    def __str__(self) -> str:
        if len(self.address) == 4:
            return f"{'.'.join(map(str, self.address))}.{self.port}"
        from ipaddress import IPv6Address

        return f"{IPv6Address(self.address)}.{self.port}"


class Segment(NamedTuple):
    """One TCP segment; `number` is its packet's, `payload_length` in bytes as on the wire."""

    number: int
    time_ns: int
    source: Endpoint
    destination: Endpoint
    sequence: int
    acknowledgment: int
    flags: int
    payload_length: int

    @property
    def next_sequence(self) -> int:
        """The sequence number behind this segment; SYN and FIN count one each."""
        counted = self.payload_length + bool(self.flags & SYN) + bool(self.flags & FIN)
        return (self.sequence + counted) & 0xFFFFFFFF


def segment_of(packet: Packet) -> Segment | None:
    """The TCP segment in `packet`, or None."""
    network = _network_offset(packet)
    if network is None or len(packet.data) <= network:
        return None
    version = packet.data[network] >> 4
    if version == 4:
        return _over_ipv4(packet, network)
    return _over_ipv6(packet, network) if version == 6 else None


def _network_offset(packet: Packet) -> int | None:
    offset = packet.link_type.network_offset
    at = _ETHER_TYPE_OFFSET.get(packet.link_type)
    if offset is None or at is None or packet.link_type in (NULL, LOOP):
        return offset
    data = packet.data
    while data[at : at + 2] in _TAG_TYPES and packet.link_type == EN10MB:
        at, offset = at + 4, offset + 4
    return offset if data[at : at + 2] in _IP_TYPES else None


def _over_ipv4(packet: Packet, network: int) -> Segment | None:
    data = packet.data
    header_length = (data[network] & 0x0F) * 4
    if len(data) < network + 20 or header_length < 20 or data[network + 9] != _TCP:
        return None
    if int.from_bytes(data[network + 6 : network + 8]) & 0x1FFF:
        return None
    total = int.from_bytes(data[network + 2 : network + 4])
    addresses = data[network + 12 : network + 16], data[network + 16 : network + 20]
    return _segment(packet, network + header_length, total - header_length, *addresses)


def _over_ipv6(packet: Packet, network: int) -> Segment | None:
    data = packet.data
    if len(data) < network + 40:
        return None
    length = int.from_bytes(data[network + 4 : network + 6])
    following, at = data[network + 6], network + 40
    while following in _IPV6_OPTIONS and len(data) >= at + 2:
        following, step = data[at], (data[at + 1] + 1) * 8
        at, length = at + step, length - step
    if following != _TCP:
        return None
    return _segment(packet, at, length, data[network + 8 : network + 24], data[network + 24 : network + 40])


def _segment(packet: Packet, at: int, length: int, source: bytes, destination: bytes) -> Segment | None:
    header = packet.data[at : at + _SHORTEST_TCP_HEADER]
    if len(header) < _SHORTEST_TCP_HEADER:
        return None
    return Segment(
        packet.number,
        packet.time_ns,
        Endpoint(source, int.from_bytes(header[0:2])),
        Endpoint(destination, int.from_bytes(header[2:4])),
        int.from_bytes(header[4:8]),
        int.from_bytes(header[8:12]),
        header[13],
        max(0, length - (header[12] >> 4) * 4),
    )
