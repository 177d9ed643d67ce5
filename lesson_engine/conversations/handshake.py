"""Three-way handshakes: which packets are whose SYN, SYN-ACK and ACK (RFC 9293, 3.5).

`HandshakeReader` takes the segments of one connection in captured order. Retransmissions and duplicates belong
to their step: a SYN with the same sequence number, a SYN-ACK with the same numbers, the ACK that answers a
repeated SYN-ACK. The ACK that completes the handshake is the first segment that acknowledges the SYN-ACK; it may
carry data, and it may lie before the SYN-ACK in a capture that is out of order. In a simultaneous open both sides
send a SYN and a SYN-ACK. A step that the capture lacks is empty. ECN: RFC 3168, 6.1.1. Fast Open: RFC 7413.

>>> client, server = Endpoint(bytes([10, 0, 0, 1]), 40000), Endpoint(bytes([10, 0, 0, 2]), 80)
>>> syn = Segment(1, 0, client, server, 99, 0, SYN, 0, 64240, b"", 64, 1)
>>> reader = HandshakeReader()
>>> reader.add(syn)
>>> reader.add(Segment(2, 0, server, client, 499, 100, SYN | ACK, 0, 64240, b"", 64, 0))
>>> reader.add(Segment(3, 0, client, server, 100, 500, ACK, 0, 502, b"", 64, 2))
>>> reader.handshake.is_complete, [segment.number for segment in reader.handshake.segments]
(True, [1, 2, 3])
"""

from typing import NamedTuple

from lesson_engine.conversations.tcp import ACK, CWR, ECE, FAST_OPEN, RST, SYN, Endpoint, Segment, is_before

_EARLY = 16
"""Acknowledgements that are kept for a SYN-ACK that may yet come."""


class Handshake(NamedTuple):
    """One attempt to open a connection; each part is the packets that carry it, first to last. The client is who
    sent the first SYN."""

    client: Endpoint
    server: Endpoint
    syn: tuple[Segment, ...] = ()
    syn_ack: tuple[Segment, ...] = ()
    ack: tuple[Segment, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All its packets in captured order."""
        return tuple(sorted((*self.syn, *self.syn_ack, *self.ack), key=lambda segment: segment.number))

    @property
    def is_complete(self) -> bool:
        """Whether all three steps were seen; of a simultaneous open, a SYN and a SYN-ACK of each side."""
        if self.is_simultaneous:
            return {segment.source for segment in self.syn_ack} == {self.client, self.server} or bool(self.ack)
        return bool(self.syn and self.syn_ack and self.ack)

    @property
    def is_simultaneous(self) -> bool:
        """Whether both sides sent a SYN of their own accord."""
        return len({segment.source for segment in self.syn}) == 2

    @property
    def ecn_asked(self) -> bool:
        """Whether the client's SYN asks for explicit congestion notification."""
        return any(segment.flags & (ECE | CWR) == ECE | CWR for segment in self.syn)

    @property
    def ecn_agreed(self) -> bool:
        """Whether the SYN-ACK grants what the SYN asked."""
        return self.ecn_asked and any(segment.flags & (ECE | CWR) == ECE for segment in self.syn_ack)

    @property
    def fast_open_asked(self) -> bool:
        """Whether a SYN asks for a cookie of Fast Open, or shows one."""
        return any(segment.option(FAST_OPEN) is not None for segment in self.syn)

    @property
    def fast_open_accepted(self) -> bool:
        """Whether the SYN-ACK acknowledges data that came with the SYN."""
        ends = {segment.next_sequence for segment in self.syn if segment.payload_length}
        return any(segment.acknowledgment in ends for segment in self.syn_ack)


class HandshakeReader:
    """Puts a connection's handshake together; `handshake` is None until a SYN or a SYN-ACK came."""

    __slots__ = ("_early", "handshake")

    def __init__(self) -> None:
        self.handshake: Handshake | None = None
        self._early: list[Segment] = []

    def add(self, segment: Segment) -> None:
        """Takes the connection's next segment."""
        kind = segment.flags & (SYN | ACK | RST)
        if kind == SYN:
            self._add_syn(segment)
        elif kind == SYN | ACK:
            self._add_syn_ack(segment)
        elif kind == ACK:
            self._add_ack(segment)

    def _add_syn(self, segment: Segment) -> None:
        known = self.handshake or Handshake(segment.source, segment.destination)
        self.handshake = known._replace(syn=(*known.syn, segment))

    def _add_syn_ack(self, segment: Segment) -> None:
        known = self.handshake or Handshake(segment.destination, segment.source)
        if not _answers(segment, known.syn):
            return
        again = [other for other in known.syn_ack if other.source == segment.source]
        if again and again[0].sequence != segment.sequence:
            return
        self.handshake = known._replace(syn_ack=(*known.syn_ack, segment))
        for early in self._early:
            self._add_ack(early)
        self._early.clear()

    def _add_ack(self, segment: Segment) -> None:
        known = self.handshake
        if known is None:
            return
        if not known.syn_ack:
            if len(self._early) < _EARLY:
                self._early.append(segment)
            return
        ours = [answer for answer in known.syn_ack if answer.source == segment.destination]
        if not ours or is_before(segment.acknowledgment, ours[0].next_sequence):
            return
        if not known.ack or _is_sent_again(segment, known):
            self.handshake = known._replace(ack=(*known.ack, segment))


def _answers(syn_ack: Segment, syns: tuple[Segment, ...]) -> bool:
    """Whether a SYN-ACK acknowledges one of the SYNs, with or without the data in it; any does if none was seen."""
    others = [syn for syn in syns if syn.destination == syn_ack.source]
    return not others or any(
        syn_ack.acknowledgment in ((syn.sequence + 1) & 0xFFFFFFFF, syn.next_sequence) for syn in others
    )


def _is_sent_again(segment: Segment, known: Handshake) -> bool:
    """Whether this is the completing ACK once more: a copy of it, or the answer to a repeated SYN-ACK."""
    last = known.ack[-1]
    same = (segment.source, segment.sequence, segment.acknowledgment) == (
        last.source,
        last.sequence,
        last.acknowledgment,
    )
    if not same or segment.payload_length or segment.flags != last.flags or last.payload_length:
        return False
    copied = segment.identification is not None and segment.identification == last.identification != 0
    return copied or last.number < known.syn_ack[-1].number < segment.number
