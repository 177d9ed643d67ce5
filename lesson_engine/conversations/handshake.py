"""Three-way handshakes: which packets are whose SYN, SYN-ACK and ACK (RFC 9293, 3.5).

A handshake begins with a SYN and is kept even if it is never answered. Retransmissions belong to it: a SYN
with the same sequence number, a SYN-ACK with the same numbers. The ACK that completes it is the client's first
segment that acknowledges the SYN-ACK. A new SYN with another sequence number between the same endpoints is a
new handshake (the port was used again).
"""

from collections.abc import Iterable
from typing import NamedTuple

from lesson_engine.conversations.tcp import ACK, RST, SYN, Endpoint, Segment, segment_of
from lesson_engine.packets import Packet


class Handshake(NamedTuple):
    """One attempt to open a connection; each part is the packets that carry it, first to last."""

    client: Endpoint
    server: Endpoint
    syn: tuple[Segment, ...]
    syn_ack: tuple[Segment, ...] = ()
    ack: tuple[Segment, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all three steps were seen."""
        return bool(self.ack)


def find_handshakes(packets: Iterable[Packet]) -> list[Handshake]:
    """The handshakes in `packets`, in the order of their first SYN."""
    found: list[Handshake] = []
    open_at: dict[tuple[Endpoint, Endpoint], int] = {}
    for packet in packets:
        segment = segment_of(packet)
        if segment is None:
            continue
        forth = (segment.source, segment.destination)
        back = (segment.destination, segment.source)
        kind = segment.flags & (SYN | ACK | RST)
        if kind == SYN:
            at = open_at.get(forth)
            if at is not None and found[at].syn[0].sequence == segment.sequence:
                found[at] = found[at]._replace(syn=(*found[at].syn, segment))
            else:
                open_at[forth] = len(found)
                found.append(Handshake(*forth, (segment,)))
        elif kind == SYN | ACK and back in open_at:
            found[open_at[back]] = _with_syn_ack(found[open_at[back]], segment)
        elif kind == ACK and forth in open_at:
            found[open_at[forth]] = _with_ack(found[open_at[forth]], segment)
    return found


def _with_syn_ack(handshake: Handshake, segment: Segment) -> Handshake:
    answers = segment.acknowledgment == (handshake.syn[0].sequence + 1) & 0xFFFFFFFF or any(
        segment.acknowledgment == syn.next_sequence for syn in handshake.syn
    )
    again = not handshake.syn_ack or handshake.syn_ack[0].sequence == segment.sequence
    return handshake._replace(syn_ack=(*handshake.syn_ack, segment)) if answers and again else handshake


def _with_ack(handshake: Handshake, segment: Segment) -> Handshake:
    if handshake.ack or not handshake.syn_ack:
        return handshake
    completes = segment.acknowledgment == handshake.syn_ack[0].next_sequence
    return handshake._replace(ack=(segment,)) if completes else handshake
