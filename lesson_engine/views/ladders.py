"""The ladders of a capture: its conversations with what is found of each, and what is drawn for one.

A filter chooses conversations: each keeps all its packets, and the ICMP and ARP about it. Knows no language, no
terminal and no markup, as `ladder`.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> ladders = Ladders(Capture.open(capture_path("closed_port")))
>>> [(symptom.kind, len(ladders.of(symptom).rows)) for symptom in ladders.chosen()]
[('refused', 2)]
"""

from collections.abc import Collection, Iterator

from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.icmp import icmp_error_of
from lesson_engine.conversations.symptom import Symptom
from lesson_engine.conversations.symptoms import symptoms
from lesson_engine.conversations.tcp import shown_address
from lesson_engine.messages import Message
from lesson_engine.packets import Capture
from lesson_engine.views.ladder import Ladder, ladder_of, ladder_of_notices


class Ladders:
    """Draws the conversations of one capture. `absolute` and `whole` as in `ladder_of`."""

    def __init__(self, capture: Capture, *, absolute: bool = False, whole: bool = False) -> None:
        self._capture = capture
        self._errors = [error for packet in capture if (error := icmp_error_of(packet)) is not None]
        self._times = dict(zip(capture.numbers, capture.times_ns, strict=True))
        self._absolute = absolute
        self._whole = whole

    def chosen(self, numbers: Collection[int] | None = None) -> list[Symptom]:
        """The conversations that any of these packets belongs to (all, if None), in captured order."""
        found = symptoms(self._capture)
        if numbers is not None:
            wanted = frozenset(numbers)
            found = [symptom for symptom in found if not wanted.isdisjoint(packets_of(symptom))]
        return sorted(found, key=lambda symptom: min(packets_of(symptom)))

    def of(self, symptom: Symptom) -> Ladder:
        """The ladder of the conversation that `symptom` is about."""
        if symptom.kind == "host_not_there":
            ends = shown_address(symptom.client.address), shown_address(symptom.server.address)
            asked = Message("views.ladder.arp", address=ends[1])
            return ladder_of_notices(ends, [(number, self._times[number], asked) for number in symptom.evidence])
        # Of a conversation that only an ICMP error tells of, nothing else is there.
        connection = symptom.connection or Connection(symptom.client, symptom.server, (), None, {}, None, 0)
        ends_of_it = {connection.client, connection.server}
        errors = [error for error in self._errors if {error.source, error.destination} == ends_of_it]
        return ladder_of(connection, errors, absolute=self._absolute, whole=self._whole)


def packets_of(symptom: Symptom) -> Iterator[int]:
    """The numbers of the packets that a conversation is made of, and of those that are evidence."""
    yield from symptom.evidence
    if symptom.connection is not None:
        yield from (segment.number for segment in symptom.connection.segments)
