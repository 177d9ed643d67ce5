"""The connections of the bundled captures, each from its SYN on: what questions on handshakes and symptoms draw from.

How far each came is `conversations.symptoms`' to say.

>>> sorted({each.outcome for each in openings()})
['complete', 'half', 'refused', 'rejected', 'silent']
"""

from functools import cache
from typing import Literal, NamedTuple

from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.handshake import Handshake
from lesson_engine.conversations.symptoms import SymptomKind, symptoms
from lesson_engine.course.drills.scenes import brief

Outcome = Literal["complete", "refused", "rejected", "half", "silent"]
"""How far an attempt to connect came: all three steps; a RST; an ICMP error; a SYN-ACK that nobody acknowledged;
nothing but SYNs."""

CAPTURES = (
    "mix", "handshake", "mysql", "ssh", "https", "close_fin", "no_answer", "closed_port", "lost_reply_server",
    "lost_reply_client", "icmp_reject", "abort_rst", "retransmission",
)  # fmt: skip

_OUTCOMES: dict[SymptomKind, Outcome] = {
    "refused": "refused",
    "rejected": "rejected",
    "half_open": "half",
    "no_answer": "silent",
}


class Opening(NamedTuple):
    """A connection of a capture and how far it came; `evidence` are the numbers of the packets that show it, an ICMP
    error among them."""

    capture: str
    connection: Connection
    handshake: Handshake
    outcome: Outcome
    evidence: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all its packets, in order."""
        errors = self.evidence if self.outcome == "rejected" else ()
        return tuple(sorted({*(segment.number for segment in self.connection.segments), *errors}))

    @property
    def steps(self) -> tuple[int, int, int]:
        """Of a complete one the numbers of the packets that belong together: the last SYN and SYN-ACK, and the ACK."""
        return self.handshake.syn[-1].number, self.handshake.syn_ack[-1].number, self.handshake.ack[0].number


@cache
def openings() -> tuple[Opening, ...]:
    """The openings of all captures."""
    found = []
    for capture in CAPTURES:
        for symptom in symptoms(brief(capture).packets):
            connection = symptom.connection
            if connection is None or connection.handshake is None or not connection.handshake.syn:
                continue
            outcome = "complete" if connection.is_established else _OUTCOMES.get(symptom.kind)
            if outcome is not None:
                found.append(Opening(capture, connection, connection.handshake, outcome, symptom.evidence))
    return tuple(found)


@cache
def with_outcome(outcome: Outcome) -> tuple[Opening, ...]:
    """The openings that came so far."""
    return tuple(each for each in openings() if each.outcome == outcome)
