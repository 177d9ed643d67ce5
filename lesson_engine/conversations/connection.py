"""TCP connections of a capture: their segments, handshake, marks and close, as far as the capture shows them.

`Connections` takes packets in captured order, a live batch at a time, and keeps one record a connection; those that
are over can be taken out, so that a long capture needs memory only for what is alive. A connection begins with its
first segment in the capture, wherever in its life that is, and a SYN with a new sequence number between the same
endpoints begins another (RFC 9293, 3.4.1). Which side is the client is known from the handshake; without one it is
taken to be the side with the higher port. RFC 9293.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> (connection,) = connections(Capture.open(capture_path("close_fin")))
>>> str(connection.server), connection.handshake.is_complete, connection.close.how, connection.is_complete
('93.184.216.34.80', True, 'fin', True)
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from lesson_engine.conversations.handshake import Handshake, HandshakeReader
from lesson_engine.conversations.marks import Mark, Marker
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Endpoint, Segment, is_before, segment_of
from lesson_engine.packets import Packet

SYN_SEEN, SYN_ACK_SEEN, ACK_SEEN, DATA_SEEN, FIN_SEEN, RST_SEEN = 1, 2, 4, 8, 16, 32
"""The bits of `Connection.completeness`, those of Wireshark's tcp.completeness."""

TIME_WAIT_NS = 240_000_000_000
"""How long after its end segments of a connection may still come: twice the maximum segment lifetime of RFC 9293."""


class Close(NamedTuple):
    """How a connection ended. `how` is "fin" (one side sent its FIN before it knew of the other's), "simultaneous"
    (both did) or "reset"; `by` sent the first FIN, or the RST. `packets` are the numbers of the FINs and of the
    segments that first acknowledge them, or of the RST. `is_complete`: both FINs were sent and acknowledged."""

    how: Literal["fin", "simultaneous", "reset"]
    by: Endpoint
    packets: tuple[int, ...]
    is_complete: bool


class Connection(NamedTuple):
    """One connection. `segments` are in captured order, of both directions. `handshake` has what there is of it, and
    is None where the capture begins later. `marks` has an entry for each packet number with a mark. `completeness`
    has the bits of Wireshark's tcp.completeness; but data in the SYN of a port used again counts here as well
    (RFC 7413, 2)."""

    client: Endpoint
    server: Endpoint
    segments: tuple[Segment, ...]
    handshake: Handshake | None
    marks: Mapping[int, frozenset[Mark]]
    close: Close | None
    completeness: int

    @property
    def is_established(self) -> bool:
        """Whether the handshake is complete in this capture."""
        return self.handshake is not None and self.handshake.is_complete

    @property
    def is_closed(self) -> bool:
        """Whether the connection is over: closed by both sides, or reset."""
        return self.close is not None and self.close.is_complete

    @property
    def is_complete(self) -> bool:
        """Whether the capture holds the connection from its handshake to its end."""
        return self.is_established and self.is_closed

    def sent_by(self, endpoint: Endpoint) -> tuple[Segment, ...]:
        """The segments of one direction."""
        return tuple(segment for segment in self.segments if segment.source == endpoint)

    def marked(self, *marks: Mark) -> tuple[int, ...]:
        """The numbers of the packets that have any of these marks, in captured order."""
        return tuple(number for number, found in self.marks.items() if not found.isdisjoint(marks))


class _Ending:
    """Watches for FIN and RST."""

    __slots__ = ("_acks", "_ends", "_fins", "_reset")

    def __init__(self) -> None:
        self._fins: dict[Endpoint, Segment] = {}
        self._ends: dict[Endpoint, int] = {}
        self._acks: dict[Endpoint, Segment] = {}
        self._reset: Segment | None = None

    def add(self, segment: Segment) -> None:
        source, other = segment.source, segment.destination
        is_over = len(self._acks) == 2 or self._reset is not None
        if segment.flags & RST:
            self._reset = self._reset if is_over else segment
            return
        awaits = segment.flags & ACK and other in self._ends and other not in self._acks
        if awaits and not is_before(segment.acknowledgment, self._ends[other]):
            self._acks[other] = segment
        if segment.flags & FIN and source not in self._fins:
            self._fins[source] = segment
            self._ends[source] = segment.next_sequence

    def close(self) -> Close | None:
        if self._reset is not None:
            return Close("reset", self._reset.source, (self._reset.number,), True)
        if not self._fins:
            return None
        first, *second = self._fins.values()
        parts = {segment.number for held in (self._fins, self._acks) for segment in held.values()}
        crossed = bool(second) and is_before(second[0].acknowledgment, self._ends[first.source])
        how: Literal["fin", "simultaneous"] = "simultaneous" if crossed else "fin"
        return Close(how, first.source, tuple(sorted(parts)), len(self._acks) == 2)


class _Record:
    """A connection while its segments come in."""

    __slots__ = ("_completeness", "_ending", "_marker", "_marks", "_reader", "_segments")

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._marks: dict[int, frozenset[Mark]] = {}
        self._reader = HandshakeReader()
        self._marker = Marker()
        self._ending = _Ending()
        self._completeness = 0

    def begins_anew(self, segment: Segment) -> bool:
        return self._marker.begins_anew(segment)

    def add(self, segment: Segment, more: frozenset[Mark] = frozenset()) -> None:
        marks = self._marker.mark(segment) | more
        if marks:
            self._marks[segment.number] = marks
        self._completeness |= _completeness(segment, is_first=not self._segments)
        self._reader.add(segment)
        self._ending.add(segment)
        self._segments.append(segment)

    def is_over(self, before_ns: int) -> bool:
        close = self._ending.close()
        return close is not None and close.is_complete and self._segments[-1].time_ns < before_ns

    def connection(self) -> Connection:
        handshake = self._reader.handshake
        client, server = (handshake.client, handshake.server) if handshake else _by_ports(self._segments[0])
        return Connection(
            client,
            server,
            tuple(self._segments),
            handshake,
            dict(self._marks),
            self._ending.close(),
            self._completeness,
        )


class Connections:
    """The connections of packets that come in batches."""

    __slots__ = ("_latest", "_records")

    def __init__(self) -> None:
        self._records: list[_Record] = []
        self._latest: dict[frozenset[Endpoint], _Record] = {}

    def feed(self, batch: Iterable[Packet]) -> None:
        """Takes the next packets, in captured order."""
        for packet in batch:
            segment = segment_of(packet)
            if segment is not None:
                self.add(segment)

    def add(self, segment: Segment) -> None:
        """Takes the next segment."""
        ends = frozenset((segment.source, segment.destination))
        record = self._latest.get(ends)
        if record is None or record.begins_anew(segment):
            more: frozenset[Mark] = frozenset(("port_reused",)) if record else frozenset()
            record = self._latest[ends] = _Record()
            self._records.append(record)
            record.add(segment, more)
        else:
            record.add(segment)

    def so_far(self) -> list[Connection]:
        """The connections that are held, in the order of their first segment."""
        return [record.connection() for record in self._records]

    def take_ended(self, now_ns: int, quiet_ns: int = TIME_WAIT_NS) -> list[Connection]:
        """Those that are over and have been quiet for `quiet_ns` before `now_ns`; they are held no longer."""
        over = [record for record in self._records if record.is_over(now_ns - quiet_ns)]
        gone = set(map(id, over))
        self._records = [record for record in self._records if id(record) not in gone]
        self._latest = {ends: record for ends, record in self._latest.items() if id(record) not in gone}
        return [record.connection() for record in over]


def connections(packets: Iterable[Packet]) -> list[Connection]:
    """The TCP connections of `packets`, in the order of their first segment."""
    found = Connections()
    found.feed(packets)
    return found.so_far()


def find_handshakes(packets: Iterable[Packet]) -> list[Handshake]:
    """The handshakes in `packets` that begin with a SYN, in the order of their connections."""
    return [each.handshake for each in connections(packets) if each.handshake is not None and each.handshake.syn]


def _completeness(segment: Segment, *, is_first: bool) -> int:
    """The bits that a segment adds. Wireshark counts the steps behind a SYN only from the second segment on."""
    flags = segment.flags
    data = DATA_SEEN if segment.payload_length else 0
    if flags & (SYN | ACK) == SYN:
        return SYN_SEEN | data if is_first else 0
    if is_first:
        return 0
    found = RST_SEEN if flags & RST else 0
    if flags & (SYN | ACK) == SYN | ACK:
        found |= SYN_ACK_SEEN
    elif flags & ACK:
        found |= data or ACK_SEEN
    if flags & (FIN | ACK) == FIN | ACK:
        found |= FIN_SEEN
    return found


def _by_ports(segment: Segment) -> tuple[Endpoint, Endpoint]:
    """Client and server where no handshake tells: the higher port is the client's, else who is seen first."""
    ends = (segment.source, segment.destination)
    return ends if segment.source.port >= segment.destination.port else (ends[1], ends[0])
