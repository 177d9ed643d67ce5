"""The connections of the bundled captures, each from its SYN on: what questions on handshakes and symptoms draw from.

ICMP errors belong to the connection whose segment they quote (RFC 792, destination unreachable).

>>> sorted({each.outcome for each in openings()})
['complete', 'half', 'refused', 'rejected', 'silent']
"""

from functools import cache
from typing import Literal, NamedTuple

from lesson_engine.conversations.handshake import Handshake, find_handshakes
from lesson_engine.conversations.tcp import RST, Segment, segment_of
from lesson_engine.course.drills.scenes import brief
from lesson_engine.packets import Packet

Outcome = Literal["complete", "refused", "rejected", "half", "silent"]
"""How far an attempt to connect came: all three steps; a RST; an ICMP error; a SYN-ACK that nobody acknowledged; nothing
but SYNs."""

CAPTURES = (
    "mix", "handshake", "mysql", "ssh", "https", "close_fin", "no_answer", "closed_port", "lost_reply_server",
    "lost_reply_client", "icmp_reject", "abort_rst", "retransmission",
)  # fmt: skip


class Opening(NamedTuple):
    """A handshake in a capture, all segments between its endpoints from its SYN up to the next handshake's, and the
    numbers of the ICMP errors about them."""

    capture: str
    handshake: Handshake
    segments: tuple[Segment, ...]
    errors: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all its packets, in order."""
        return tuple(sorted((*(segment.number for segment in self.segments), *self.errors)))

    @property
    def outcome(self) -> Outcome:
        """How far it came."""
        if self.handshake.is_complete:
            return "complete"
        if any(segment.flags & RST and segment.source == self.handshake.server for segment in self.segments):
            return "refused"
        if self.errors:
            return "rejected"
        return "half" if self.handshake.syn_ack else "silent"

    @property
    def steps(self) -> tuple[int, int, int]:
        """Of a complete one the numbers of the packets that belong together: the last SYN and SYN-ACK, and the ACK."""
        return self.handshake.syn[-1].number, self.handshake.syn_ack[-1].number, self.handshake.ack[0].number


@cache
def openings() -> tuple[Opening, ...]:
    """The openings of all captures, in their order."""
    found = []
    for capture in CAPTURES:
        packets = brief(capture).packets
        segments = [segment for packet in packets if (segment := segment_of(packet)) is not None]
        handshakes = find_handshakes(packets)
        for handshake in handshakes:
            ends = {handshake.client, handshake.server}
            first = handshake.syn[0].number
            later = [each.syn[0].number for each in handshakes if {each.client, each.server} == ends]
            end = min((number for number in later if number > first), default=len(packets) + 1)
            own = [each for each in segments if {each.source, each.destination} == ends and first <= each.number < end]
            errors = [packet.number for packet in packets[first : end - 1] if _is_error_about(packet, handshake)]
            found.append(Opening(capture, handshake, tuple(own), tuple(errors)))
    return tuple(found)


@cache
def with_outcome(outcome: Outcome) -> tuple[Opening, ...]:
    """The openings that came so far."""
    return tuple(each for each in openings() if each.outcome == outcome)


_ICMP_PROTOCOL, _UNREACHABLE = 1, 3
_QUOTED_ADDRESSES, _QUOTED_PORTS = 14 + 20 + 8 + 12, 14 + 20 + 8 + 20
"""Offsets in an Ethernet frame whose IP headers, the outer and the quoted one, have no options."""


def _is_error_about(packet: Packet, handshake: Handshake) -> bool:
    data = packet.data
    client, server = handshake.client, handshake.server
    return (
        data[23] == _ICMP_PROTOCOL
        and data[34] == _UNREACHABLE
        and data[_QUOTED_ADDRESSES:_QUOTED_PORTS] == client.address + server.address
        and data[_QUOTED_PORTS : _QUOTED_PORTS + 4] == client.port.to_bytes(2) + server.port.to_bytes(2)
    )
