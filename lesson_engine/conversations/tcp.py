"""TCP segments and whose they are: endpoints, directions, and sequence numbers.

A `Segment` is what a conversation needs of one packet; a packet that holds no whole TCP header (another
protocol, a later fragment, a cut one) has none. Sequence numbers are numbers modulo 2^32: `is_before` compares
them. RFC 9293 (TCP).

>>> from lesson_engine.packets import Capture
>>> ip = bytes.fromhex("4500002800000000400600000a0000010a000002")
>>> tcp = bytes.fromhex("c0000050000003e80000000050020400000000" "00")
>>> from lesson_engine.packets.linktype import RAW
>>> segment = segment_of(Capture.from_frames([ip + tcp], RAW)[0])
>>> str(segment.source), str(segment.destination), segment.flags == SYN, segment.payload_length
('10.0.0.1.49152', '10.0.0.2.80', True, 0)
>>> is_before(0xFFFFFFFF, 5)
True
"""

from typing import NamedTuple

from lesson_engine.conversations.datagram import Datagram, datagram_of
from lesson_engine.packets import Packet
from lesson_engine.packets.numbers import IP_PROTOCOLS, TCP_FLAGS

FIN, SYN, RST, ACK, ECE, CWR = (TCP_FLAGS[name] for name in ("fin", "syn", "rst", "ack", "ece", "cwr"))

_TCP = IP_PROTOCOLS["tcp"]
_SHORTEST_HEADER = 20
_WORD = 0xFFFFFFFF
_END_OF_OPTIONS, _NO_OPERATION = 0, 1
WINDOW_SCALE, FAST_OPEN = 3, 34
"""Kinds of options: RFC 7323, RFC 7413."""


class Endpoint(NamedTuple):
    """An address (4 or 16 bytes) and a port."""

    address: bytes
    port: int

    def __str__(self) -> str:
        return f"{shown_address(self.address)}.{self.port}"


class Segment(NamedTuple):
    """One TCP segment; `number` is its packet's, `payload_length` in bytes as on the wire, `window` as in the
    header (not scaled), `options` the captured bytes between header and payload. `hop_limit` (IPv4: time to
    live) and `identification` (None over IPv6) are those of its datagram."""

    number: int
    time_ns: int
    source: Endpoint
    destination: Endpoint
    sequence: int
    acknowledgment: int
    flags: int
    payload_length: int
    window: int
    options: bytes
    hop_limit: int
    identification: int | None

    @property
    def next_sequence(self) -> int:
        """The sequence number behind this segment; SYN and FIN count one each."""
        counted = self.payload_length + bool(self.flags & SYN) + bool(self.flags & FIN)
        return (self.sequence + counted) & _WORD

    def option(self, kind: int) -> bytes | None:
        """The value of the first option of this kind, or None. An option that is cut ends the search."""
        options, at = self.options, 0
        while at < len(options) and options[at] != _END_OF_OPTIONS:
            if options[at] == _NO_OPERATION:
                at += 1
                continue
            length = options[at + 1] if at + 1 < len(options) else 0
            if length < 2 or at + length > len(options):
                break
            if options[at] == kind:
                return options[at + 2 : at + length]
            at += length
        return None


def shown_address(address: bytes) -> str:
    """An IPv4 or IPv6 address as tcpdump prints it."""
    if len(address) == 4:
        return ".".join(map(str, address))
    from ipaddress import IPv6Address

    return str(IPv6Address(address))


def is_before(one: int, other: int) -> bool:
    """Whether sequence number `one` comes before `other`: at most half the space away (RFC 9293, 3.4)."""
    return 0 < (other - one) & _WORD < 0x80000000


def segment_of(packet: Packet) -> Segment | None:
    """The TCP segment in `packet`, or None."""
    datagram = datagram_of(packet)
    return None if datagram is None else segment_in(datagram, packet.data, packet.number, packet.time_ns)


def segment_in(datagram: Datagram, data: bytes, number: int, time_ns: int) -> Segment | None:
    """The TCP segment in `datagram`, which was read from `data`, or None."""
    if datagram.protocol != _TCP or datagram.fragment_offset:
        return None
    at = datagram.payload_at
    header = data[at : at + _SHORTEST_HEADER]
    if len(header) < _SHORTEST_HEADER:
        return None
    header_length = (header[12] >> 4) * 4
    return Segment(
        number,
        time_ns,
        Endpoint(datagram.source, int.from_bytes(header[0:2])),
        Endpoint(datagram.destination, int.from_bytes(header[2:4])),
        int.from_bytes(header[4:8]),
        int.from_bytes(header[8:12]),
        header[13],
        max(0, datagram.payload_length - header_length),
        int.from_bytes(header[14:16]),
        data[at + _SHORTEST_HEADER : at + header_length],
        datagram.hop_limit,
        datagram.identification,
    )
