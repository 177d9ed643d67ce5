"""ICMP errors about TCP segments: who refused to carry which segment, and why (RFC 792, RFC 1122, RFC 4443).

An error quotes the datagram that it is about: its IP header and at least eight bytes behind it, which hold the
ports and the sequence number. Errors about anything else than TCP are none of these.

>>> quoted = bytes.fromhex("4500003c0000400040060000 0a0000010a000002 9c40005000000063")
>>> outer = bytes.fromhex("4500003800000000ff010000 0a0000fe0a000001")
>>> from lesson_engine.conversations.tcp import shown_address
>>> from lesson_engine.packets.linktype import RAW
>>> data = outer + bytes.fromhex("030d000000000000") + quoted
>>> error = icmp_error_of(Packet(2, 0, data, len(data), RAW))
>>> error.reason, shown_address(error.by), str(error.source), str(error.destination), error.sequence
('prohibited', '10.0.0.254', '10.0.0.1.40000', '10.0.0.2.80', 99)
"""

from typing import Literal, NamedTuple

from lesson_engine.conversations.datagram import Datagram, datagram_of, read_datagram
from lesson_engine.conversations.tcp import Endpoint
from lesson_engine.packets import Packet
from lesson_engine.packets.numbers import ICMP6_TYPES, ICMP_TYPES, IP_PROTOCOLS

Reason = Literal[
    "net_unreachable",
    "host_unreachable",
    "protocol_unreachable",
    "port_unreachable",
    "prohibited",
    "too_big",
    "hops_exceeded",
    "unreachable",
]

_TCP, _ICMP, _ICMP6 = (IP_PROTOCOLS[name] for name in ("tcp", "icmp", "ipv6-icmp"))
_HEADER = 8
_UNREACHABLE_CODES: dict[int, Reason] = {
    0: "net_unreachable",
    1: "host_unreachable",
    2: "protocol_unreachable",
    3: "port_unreachable",
    4: "too_big",
    6: "net_unreachable",
    7: "host_unreachable",
    9: "prohibited",
    10: "prohibited",
    11: "net_unreachable",
    12: "host_unreachable",
    13: "prohibited",
}
_UNREACHABLE_CODES_6: dict[int, Reason] = {
    0: "net_unreachable",
    1: "prohibited",
    3: "host_unreachable",
    4: "port_unreachable",
    5: "prohibited",
    6: "prohibited",
}


class IcmpError(NamedTuple):
    """One error. `by` is its source address; `source`, `destination` and `sequence` are those of the TCP segment that
    it quotes; `mtu` is the largest datagram that would fit, for "too_big" where the error says so, else 0."""

    number: int
    time_ns: int
    by: bytes
    reason: Reason
    source: Endpoint
    destination: Endpoint
    sequence: int
    mtu: int


def icmp_error_of(packet: Packet) -> IcmpError | None:
    """The ICMP error about a TCP segment in `packet`, or None."""
    datagram = datagram_of(packet)
    return None if datagram is None else icmp_error_in(datagram, packet)


def icmp_error_in(datagram: Datagram, packet: Packet) -> IcmpError | None:
    """The ICMP error in `datagram`, which was read from `packet`, or None."""
    data, at = packet.data, datagram.payload_at
    if datagram.fragment_offset or len(data) < at + _HEADER:
        return None
    if datagram.protocol == _ICMP:
        reason = _reason(data[at], data[at + 1])
        mtu = int.from_bytes(data[at + 6 : at + 8])
    elif datagram.protocol == _ICMP6:
        reason = _reason_6(data[at], data[at + 1])
        mtu = int.from_bytes(data[at + 4 : at + 8])
    else:
        return None
    quoted = read_datagram(data, at + _HEADER, len(data)) if reason else None
    if reason is None or quoted is None or quoted.protocol != _TCP or quoted.fragment_offset:
        return None
    start = data[quoted.payload_at : quoted.payload_at + 8]
    if len(start) < 8:
        return None
    return IcmpError(
        packet.number,
        packet.time_ns,
        datagram.source,
        reason,
        Endpoint(quoted.source, int.from_bytes(start[0:2])),
        Endpoint(quoted.destination, int.from_bytes(start[2:4])),
        int.from_bytes(start[4:8]),
        mtu if reason == "too_big" else 0,
    )


def _reason(kind: int, code: int) -> Reason | None:
    if kind == ICMP_TYPES["unreach"]:
        return _UNREACHABLE_CODES.get(code, "unreachable")
    return "hops_exceeded" if (kind, code) == (ICMP_TYPES["timxceed"], 0) else None


def _reason_6(kind: int, code: int) -> Reason | None:
    if kind == ICMP6_TYPES["destinationunreach"]:
        return _UNREACHABLE_CODES_6.get(code, "unreachable")
    if kind == ICMP6_TYPES["packettoobig"]:
        return "too_big"
    return "hops_exceeded" if (kind, code) == (ICMP6_TYPES["timeexceeded"], 0) else None
