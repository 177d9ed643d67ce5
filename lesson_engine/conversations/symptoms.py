"""Symptoms of a capture: what is wrong with each conversation in it, the worst first.

A verdict is given only where the packets leave no other: a SYN that was sent once, just before the capture ended, is
no sign of trouble. `Diagnosis` takes packets in batches, `symptoms` reads them all. TCP connections are judged one by
one, with the ICMP errors about them; hosts that nobody answers for are symptoms of their own.

RFC 9293 (TCP), RFC 792 and RFC 4443 (ICMP errors), RFC 5927 (forged ones), RFC 826 and RFC 4861 (neighbours).

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> (symptom,) = symptoms(Capture.open(capture_path("closed_port")))
>>> symptom.kind, str(symptom.server), symptom.evidence, symptom.is_trouble
('refused', '192.168.1.100.3306', (1, 2), True)
"""

from collections.abc import Iterable

from lesson_engine.conversations.connection import TIME_WAIT_NS, Connection, Connections
from lesson_engine.conversations.datagram import datagram_of
from lesson_engine.conversations.icmp import IcmpError, icmp_error_in
from lesson_engine.conversations.judgement import judge, judge_lone_error
from lesson_engine.conversations.neighbours import Neighbours, SilentHost
from lesson_engine.conversations.symptom import NextCapture, Symptom, SymptomKind, duration
from lesson_engine.conversations.tcp import RST, Endpoint, segment_in, shown_address
from lesson_engine.messages import Message
from lesson_engine.packets import Packet

__all__ = ["Diagnosis", "NextCapture", "Symptom", "SymptomKind", "symptoms"]


class Diagnosis:
    """Takes packets in batches and says what is wrong so far."""

    __slots__ = ("_connections", "_end_ns", "_errors", "_neighbours")

    def __init__(self) -> None:
        self._connections = Connections()
        self._errors: list[IcmpError] = []
        self._neighbours = Neighbours()
        self._end_ns = 0

    def feed(self, batch: Iterable[Packet]) -> None:
        """Takes the next packets, in captured order."""
        for packet in batch:
            self._end_ns = max(self._end_ns, packet.time_ns)
            datagram = datagram_of(packet)
            self._neighbours.add(packet, datagram)
            if datagram is None:
                continue
            segment = segment_in(datagram, packet.data, packet.number, packet.time_ns)
            if segment is not None:
                self._connections.add(segment)
                continue
            error = icmp_error_in(datagram, packet)
            if error is not None:
                self._errors.append(error)

    def connections(self) -> list[Connection]:
        """The TCP connections so far, in the order of their first segment."""
        return self._connections.so_far()

    def symptoms(self) -> list[Symptom]:
        """One symptom a connection, and one a host that is not there or a rejection of a segment that was not
        captured; the worst first, else in the order of their packets."""
        found = [_of_silent_host(host) for host in self._neighbours.silent()]
        connections = self.connections()
        errors = _by_connection(self._errors, connections)
        found += self._judged(connections, errors)
        found += [judge_lone_error(error) for error in errors.get(None, [])]
        return _worst_first(found)

    def take_ended(self, now_ns: int, quiet_ns: int = TIME_WAIT_NS) -> list[Symptom]:
        """The symptoms of the connections that are over, as `Connections.take_ended`; nothing of them is held any
        longer, so that a long watch needs memory only for what is alive."""
        ended = self._connections.take_ended(now_ns, quiet_ns)
        errors = _by_connection(self._errors, ended)
        self._errors = errors.get(None, [])
        return _worst_first(self._judged(ended, errors))

    def _judged(self, connections: list[Connection], errors: dict[int | None, list[IcmpError]]) -> list[Symptom]:
        hop_limits = _hop_limits(connections)
        return [
            judge(connection, errors.get(place, []), self._end_ns, hop_limits)
            for place, connection in enumerate(connections)
        ]


def symptoms(packets: Iterable[Packet]) -> list[Symptom]:
    """What happened to the conversations of `packets`, the worst first."""
    diagnosis = Diagnosis()
    diagnosis.feed(packets)
    return diagnosis.symptoms()


def _worst_first(found: list[Symptom]) -> list[Symptom]:
    return sorted(found, key=lambda symptom: (symptom.severity, symptom.evidence[:1]))


def _of_silent_host(host: SilentHost) -> Symptom:
    asker, address = shown_address(host.asker), shown_address(host.address)
    arp = len(host.address) == 4
    expression = f"arp and host {address}" if arp else "icmp6 and ip6[40] >= 135 and ip6[40] <= 136"
    why = Message("conversations.next.question_arrives", host=address, asker=asker)
    return Symptom(
        "host_not_there",
        Endpoint(host.asker, 0),
        Endpoint(host.address, 0),
        host.packets,
        (
            Message(
                "conversations.known.host_not_there",
                asker=asker,
                address=address,
                count=len(host.packets),
                time=duration(host.last_ns - host.first_ns),
                protocol="ARP" if arp else "NDP",
            ),
            Message("conversations.known.nothing_sent", address=address),
        ),
        (Message("conversations.unknown.host_not_there", address=address),),
        (NextCapture(host.address, f"sudo tcpdump -nn -e -i any '{expression}'", why),),
        by=host.address,
    )


def _by_connection(errors: list[IcmpError], connections: list[Connection]) -> dict[int | None, list[IcmpError]]:
    """The errors by the place of the connection whose segment they quote; None for those of no captured segment.
    An error about a sequence number that was never sent may be forged (RFC 5927), and belongs to none either."""
    if not errors:
        return {}
    sent: dict[tuple[Endpoint, Endpoint, int], int] = {}
    for place, connection in enumerate(connections):
        for segment in connection.segments:
            sent[segment.source, segment.destination, segment.sequence] = place
    found: dict[int | None, list[IcmpError]] = {}
    for error in errors:
        found.setdefault(sent.get((error.source, error.destination, error.sequence)), []).append(error)
    return found


def _hop_limits(connections: list[Connection]) -> dict[bytes, set[int]]:
    """With which hop limits the segments of each address came, but for RSTs."""
    found: dict[bytes, set[int]] = {}
    for connection in connections:
        for segment in connection.segments:
            if not segment.flags & RST:
                found.setdefault(segment.source.address, set()).add(segment.hop_limit)
    return found
