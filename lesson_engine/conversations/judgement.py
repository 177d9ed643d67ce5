"""The verdict on one TCP connection: how it failed to open, went wrong or ended, and which packets show it.

The questions are asked from the worst to the best, and the first that the packets answer decides. What a kind of
symptom proves and leaves open is said in the same place as it is found. RFC 9293, RFC 6298 (2.1, the first
time-out), RFC 1122 (4.2.3.9, ICMP errors).
"""

from collections.abc import Iterable, Mapping, Sequence

from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.icmp import IcmpError
from lesson_engine.conversations.marks import SENT_AGAIN, Mark
from lesson_engine.conversations.symptom import NextCapture, Symptom, SymptomKind, duration, next_capture
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Endpoint, Segment, is_before, shown_address
from lesson_engine.messages import Message

_FIRST_TIMEOUT_NS = 1_000_000_000
"""A SYN is repeated after one second (RFC 6298, 2.1); until then silence means nothing."""

_ASKING: frozenset[Mark] = SENT_AGAIN | {"keep_alive", "zero_window_probe"}
"""What a sender repeats until it is answered."""


def judge(
    connection: Connection, errors: Sequence[IcmpError], end_ns: int, hop_limits: Mapping[bytes, set[int]]
) -> Symptom:
    """The symptom of `connection`. `errors` are the ICMP errors about its segments, `end_ns` is the time of the
    capture's last packet, and `hop_limits` has those that the segments of each address came with, RSTs aside."""
    return _Judge(connection, errors, end_ns, hop_limits).symptom()


def judge_lone_error(error: IcmpError) -> Symptom:
    """The symptom of an ICMP error about a segment that is not in the capture."""
    return Symptom(
        "rejected",
        error.source,
        error.destination,
        (error.number,),
        (_rejection(error), Message("conversations.known.quoted_only")),
        (_unknown_rejection(error, error.destination),),
        (next_capture(error.by, error.source, error.destination.port, "rejects"),),
        by=error.by,
    )


def _rejection(error: IcmpError) -> Message:
    reason = Message(f"conversations.reason.{error.reason}")
    return Message("conversations.known.rejected", by=shown_address(error.by), reason=reason, to=error.destination)


def _unknown_rejection(error: IcmpError, server: Endpoint) -> Message:
    if error.by == server.address:
        return Message("conversations.unknown.rejected_by_server", server=shown_address(server.address))
    return Message("conversations.unknown.rejected_on_the_way", by=shown_address(error.by), server=server)


class _Judge:
    """One connection, with what belongs to it outside of TCP."""

    def __init__(
        self, connection: Connection, errors: Sequence[IcmpError], end_ns: int, hop_limits: Mapping[bytes, set[int]]
    ) -> None:
        self.connection = connection
        self.errors = errors
        self.end_ns = end_ns
        self.hop_limits = hop_limits
        self.client, self.server = connection.client, connection.server
        self.from_client = connection.sent_by(self.client)
        self.from_server = connection.sent_by(self.server)

    def symptom(self) -> Symptom:
        return self._not_opened() or self._ended_badly() or self._one_way() or self._went_badly() or self._well()

    def _made(
        self,
        kind: SymptomKind,
        evidence: Iterable[int],
        known: Iterable[Message],
        unknown: Iterable[Message] = (),
        next_captures: Iterable[NextCapture] = (),
        by: bytes | None = None,
    ) -> Symptom:
        return Symptom(
            kind,
            self.client,
            self.server,
            tuple(sorted(set(evidence))),
            tuple(known),
            tuple(unknown),
            tuple(next_captures),
            by,
            self.connection,
        )

    # How a connection fails to come about.

    def _not_opened(self) -> Symptom | None:
        handshake = self.connection.handshake
        if handshake is None or not handshake.syn or handshake.is_complete:
            return None
        fatal = [error for error in self.errors if error.reason != "too_big"]
        if fatal:
            return self._rejected(fatal)
        if handshake.syn_ack:
            return self._half_open() if not self._is_reset() else None
        if self._is_reset() and any(segment.flags & RST for segment in self.from_server):
            return self._refused()
        if not self.from_server:
            return self._no_answer()
        return self._old_connection()

    def _is_reset(self) -> bool:
        close = self.connection.close
        return close is not None and close.how == "reset"

    def _rejected(self, errors: Sequence[IcmpError]) -> Symptom:
        first = errors[0]
        quoted = {error.sequence for error in errors}
        about = [
            segment.number
            for segment in self.connection.sent_by(first.source)
            if segment.sequence in quoted and segment.next_sequence != segment.sequence
        ]
        known = [_rejection(first)]
        syns = [segment for segment in self.from_client if segment.flags & SYN]
        if len(syns) > 1:
            known.append(Message("conversations.known.goes_on_trying", count=len(syns)))
        return self._made(
            "rejected",
            (*about, *(error.number for error in errors)),
            known,
            (_unknown_rejection(first, self.server),),
            (next_capture(first.by, first.source, first.destination.port, "rejects"),),
            by=first.by,
        )

    def _refused(self) -> Symptom:
        syn = self.from_client[0]
        rst = next(segment for segment in self.from_server if segment.flags & RST)
        time = duration(rst.time_ns - syn.time_ns)
        return self._made(
            "refused",
            (segment.number for segment in self.connection.segments if segment.flags & (SYN | RST)),
            (Message("conversations.known.refused", server=self.server, time=time), *self._hop_limit(rst)),
            (Message("conversations.unknown.refused", server=shown_address(self.server.address)),),
            (next_capture(self.server.address, self.client, self.server.port, "rst_leaves"),),
            by=self.server.address,
        )

    def _no_answer(self) -> Symptom:
        syns = [segment for segment in self.from_client if segment.flags & SYN]
        others = [segment for segment in self.from_client if not segment.flags & (SYN | RST)]
        if others:
            return self._lacks_server(syns[0], others)
        waited = self.end_ns - syns[-1].time_ns
        if len(syns) == 1 and waited < _FIRST_TIMEOUT_NS:
            return self._unfinished()
        time = duration(self.end_ns - syns[0].time_ns)
        known = [Message("conversations.known.no_answer", client=self.client, server=self.server, time=time)]
        if len(syns) > 1:
            known.append(Message("conversations.known.same_syn", count=len(syns), sequence=syns[0].sequence))
        return self._made(
            "no_answer",
            (segment.number for segment in syns),
            known,
            (
                Message("conversations.unknown.no_answer", server=shown_address(self.server.address)),
                Message("conversations.unknown.seen_is_not_received"),
            ),
            (next_capture(self.server.address, self.client, self.server.port, "syn_arrives"),),
            by=self.server.address,
        )

    def _unfinished(self) -> Symptom:
        return self._made(
            "in_the_middle",
            (segment.number for segment in self.connection.segments),
            (Message("conversations.known.unfinished"),),
            (Message("conversations.unknown.unfinished"),),
        )

    def _half_open(self) -> Symptom:
        handshake = self.connection.handshake
        assert handshake is not None
        answers = handshake.syn_ack
        waited = self.end_ns - self.connection.segments[-1].time_ns
        if len(answers) == 1 and len(handshake.syn) == 1 and waited < _FIRST_TIMEOUT_NS:
            return self._unfinished()
        client = shown_address(self.client.address)
        repeated = [syn for syn in handshake.syn if syn.number > answers[0].number]
        known = [Message("conversations.known.half_open", server=self.server, count=len(answers))]
        if repeated:
            known.append(Message("conversations.known.syn_after_answer", client=client, count=len(repeated)))
            unknown = Message("conversations.unknown.answer_lost", client=client)
        else:
            unknown = Message("conversations.unknown.ack_missing", client=client)
        return self._made(
            "half_open",
            (segment.number for segment in handshake.segments),
            known,
            (unknown,),
            (next_capture(self.client.address, self.server, self.server.port, "answer_arrives"),),
            by=self.client.address,
        )

    def _old_connection(self) -> Symptom | None:
        """The server answers a SYN by an ACK of other numbers: it believes in a connection that the client has
        forgotten (RFC 9293, 3.5.1). Where it goes on as if it were open, its SYN-ACK is not in the capture."""
        first = self.from_server[0]
        sent = {segment.next_sequence for segment in self.from_client if segment.number < first.number}
        if first.flags & (SYN | ACK | RST) != ACK or first.payload_length or first.acknowledgment in sent:
            return None
        return self._made(
            "half_open",
            (segment.number for segment in self.connection.segments),
            (Message("conversations.known.old_connection", server=self.server),),
            (Message("conversations.unknown.old_connection", server=shown_address(self.server.address)),),
            (next_capture(self.server.address, self.client, self.server.port, "old_connection"),),
            by=self.server.address,
        )

    # How an open connection goes wrong.

    def _ended_badly(self) -> Symptom | None:
        fatal = [error for error in self.errors if error.reason != "too_big"]
        if fatal and self._nothing_after(fatal[0]):
            return self._rejected(fatal)
        return self._reset() if self._is_reset() else self._stopped()

    def _nothing_after(self, error: IcmpError) -> bool:
        """Whether the side that was not reached says nothing more after the error; an error alone ends no connection
        (RFC 1122, 4.2.3.9)."""
        heard = self.connection.sent_by(error.destination)
        return not any(segment.number > error.number for segment in heard) and self.connection.close is None

    def _reset(self) -> Symptom:
        connection = self.connection
        assert connection.close is not None
        by = connection.close.by
        rst = next(segment for segment in connection.segments if segment.number == connection.close.packets[0])
        before = [segment for segment in connection.segments if segment.number < rst.number]
        last = [segment for segment in before if segment.source != by][-1:]
        known = []
        if not before:
            known.append(Message("conversations.known.reset_alone", by=by))
        elif connection.handshake is not None and connection.handshake.syn and not connection.is_established:
            known.append(Message("conversations.known.reset_before_open", by=by))
        else:
            time = duration(rst.time_ns - before[0].time_ns)
            carried = sum(segment.payload_length for segment in before)
            known.append(Message("conversations.known.reset", by=by, time=time, bytes=f"{carried:,}"))
        if any(segment.flags & FIN and segment.source == by for segment in before):
            known.append(Message("conversations.known.reset_after_fin", by=by))
        return self._made(
            "reset",
            (*(segment.number for segment in last), rst.number),
            (*known, *self._hop_limit(rst)),
            (Message("conversations.unknown.reset", by=shown_address(by.address)),),
            (next_capture(by.address, self._other(by), self.server.port, "rst_leaves"),),
            by=by.address,
        )

    def _stopped(self) -> Symptom | None:
        """One side sends the same again and again, and nothing comes back until the capture ends."""
        segments = self.connection.segments
        sender = segments[-1].source
        heard = [segment for segment in segments if segment.source != sender]
        if not heard or self.connection.is_closed:
            return None
        tail = [segment for segment in segments if segment.number > heard[-1].number]
        marks = self.connection.marks
        again = [segment for segment in tail if marks.get(segment.number, frozenset()) & _ASKING]
        repeated = [segment for segment in again if segment.sequence == again[0].sequence]
        if len(repeated) < 2:
            return None
        silent = self._other(sender)
        time = duration(segments[-1].time_ns - heard[-1].time_ns)
        known = [
            Message(
                "conversations.known.stopped",
                silent=silent,
                last=heard[-1].number,
                sender=shown_address(sender.address),
                count=len(again),
                time=time,
            )
        ]
        too_big = [error for error in self.errors if error.reason == "too_big"]
        if too_big:
            known.append(Message("conversations.known.too_big", by=shown_address(too_big[0].by), mtu=too_big[0].mtu))
        return self._made(
            "stopped",
            (heard[-1].number, *(segment.number for segment in again), *(error.number for error in too_big)),
            (*known, *self._size_of_lost(again, heard[-1])),
            (Message("conversations.unknown.stopped", silent=shown_address(silent.address)),),
            (next_capture(silent.address, sender, self.server.port, "data_arrives"),),
            by=silent.address,
        )

    def _size_of_lost(self, again: list[Segment], heard: Segment) -> tuple[Message, ...]:
        """Whether what is lost is longer than all that came through: a sign of a path with a smaller MTU."""
        lost = min(segment.payload_length for segment in again)
        through = [
            segment.payload_length
            for segment in self.connection.sent_by(again[0].source)
            if not is_before(heard.acknowledgment, segment.next_sequence)
        ]
        if not through or lost <= max(through):
            return ()
        return (Message("conversations.known.only_long_ones", lost=lost, through=max(through)),)

    def _one_way(self) -> Symptom | None:
        connection = self.connection
        if (self.from_client and self.from_server) or len(connection.segments) < 2:
            return None
        sender = connection.segments[0].source
        other = self._other(sender)
        if all(segment.flags & SYN for segment in connection.segments):
            # SYN-ACKs without the SYN they answer.
            known = Message("conversations.known.answers_only", sender=sender, other=other)
        elif self._acks_advance(connection.segments):
            known = Message("conversations.known.acks_advance", sender=sender, other=other)
        else:
            known = Message("conversations.known.one_way", sender=sender, other=other)
        return self._one_way_symptom(sender, connection.segments, known)

    def _lacks_server(self, syn: Segment, others: list[Segment]) -> Symptom:
        """A client that goes on after its SYN has heard a SYN-ACK, which is not in the capture."""
        known = Message("conversations.known.client_goes_on", client=self.client, number=others[0].number)
        return self._one_way_symptom(self.client, (syn, *others), known)

    def _one_way_symptom(self, sender: Endpoint, segments: tuple[Segment, ...], known: Message) -> Symptom:
        other = self._other(sender)
        expression = (
            f"host {shown_address(sender.address)} and host {shown_address(other.address)} and tcp port "
            f"{self.server.port}"
        )
        why = Message("conversations.next.both_ways", host=shown_address(sender.address))
        return self._made(
            "one_way",
            (segment.number for segment in (*segments[:2], segments[-1])),
            (known,),
            (Message("conversations.unknown.one_way", other=shown_address(other.address)),),
            (NextCapture(sender.address, f"sudo tcpdump -nn -i any '{expression}'", why),),
            by=other.address,
        )

    @staticmethod
    def _acks_advance(segments: tuple[Segment, ...]) -> bool:
        return len({segment.acknowledgment for segment in segments if segment.flags & ACK}) > 1

    def _went_badly(self) -> Symptom | None:
        connection = self.connection
        closed = connection.marked("zero_window")
        if closed:
            return self._zero_window(closed)
        copies = self._copies()
        again = tuple(number for number in connection.marked(*SENT_AGAIN) if number not in copies)
        gaps = connection.marked("lost_segment")
        return self._loss(again, gaps) if again or gaps else None

    def _copies(self) -> frozenset[int]:
        """The packets that were captured twice: a retransmission is a datagram of its own, with another
        identification. That happens where a capture has more than one interface on the way."""
        seen: set[tuple[object, ...]] = set()
        copies = set()
        for segment in self.connection.segments:
            if segment.identification:
                datagram = (*segment[2:8], segment.identification)
                if datagram in seen:
                    copies.add(segment.number)
                seen.add(datagram)
        return frozenset(copies)

    def _zero_window(self, closed: tuple[int, ...]) -> Symptom:
        by_number = {segment.number: segment for segment in self.connection.segments}
        first = by_number[closed[0]]
        by = first.source
        opened = [
            segment
            for segment in self.connection.sent_by(by)
            if segment.number > first.number and segment.window and not segment.flags & RST
        ]
        end = opened[0].time_ns if opened else self.end_ns
        time = duration(end - first.time_ns)
        key = "zero_window_opened" if opened else "zero_window_to_the_end"
        offset = "tcp[14:2]" if len(by.address) == 4 else "ip6[54:2]"
        expression = f"src host {shown_address(by.address)} and tcp port {self.server.port} and {offset} = 0"
        why = Message("conversations.next.window", host=shown_address(by.address))
        return self._made(
            "zero_window",
            (*closed, *(segment.number for segment in opened[:1])),
            (Message(f"conversations.known.{key}", by=by, time=time),),
            (Message("conversations.unknown.zero_window", by=shown_address(by.address)),),
            (NextCapture(by.address, f"sudo tcpdump -nn -i any '{expression}'", why),),
            by=by.address,
        )

    def _loss(self, again: tuple[int, ...], gaps: tuple[int, ...]) -> Symptom:
        connection = self.connection
        by_number = {segment.number: segment for segment in connection.segments}
        first_sent: dict[tuple[Endpoint, int], int] = {}
        twice = {}
        for segment in connection.segments:
            if segment.next_sequence != segment.sequence:
                first = first_sent.setdefault((segment.source, segment.sequence), segment.number)
                if first != segment.number:
                    twice[segment.number] = first
        twice = {number: twice[number] for number in again if number in twice}
        known = []
        if again:
            known.append(Message("conversations.known.sent_again", count=len(again)))
        if twice:
            known.append(Message("conversations.known.lost_behind", count=len(twice)))
        if gaps:
            known.append(Message("conversations.known.gaps", count=len(gaps)))
        unseen = connection.marked("ack_lost_segment")
        if unseen:
            known.append(Message("conversations.known.acks_unseen", count=len(unseen)))
        sender = by_number[(*again, *gaps)[0]].source
        other = self._other(sender)
        expression = f"host {shown_address(sender.address)} and tcp port {self.server.port}"
        why = Message("conversations.next.both_ends", host=shown_address(other.address))
        return self._made(
            "loss",
            (*again, *twice.values(), *gaps, *unseen),
            known,
            (Message("conversations.unknown.loss"),),
            (NextCapture(other.address, f"sudo tcpdump -nn -i any -w there.pcap '{expression}'", why),),
        )

    def _well(self) -> Symptom:
        connection = self.connection
        copies = self._copies()
        more = (Message("conversations.known.captured_twice", count=len(copies)),) if copies else ()
        if connection.is_closed:
            assert connection.close is not None
            how = Message(f"conversations.known.closed_{connection.close.how}", by=connection.close.by)
            return self._made("closed", connection.close.packets, (how, *more))
        if connection.is_established:
            assert connection.handshake is not None
            steps = (segment.number for segment in connection.handshake.segments)
            return self._made("established", steps, (Message("conversations.known.established"), *more))
        ends = (connection.segments[0].number, connection.segments[-1].number)
        return self._made("in_the_middle", ends, (Message("conversations.known.in_the_middle"), *more))

    def _other(self, endpoint: Endpoint) -> Endpoint:
        return self.server if endpoint == self.client else self.client

    def _hop_limit(self, rst: Segment) -> tuple[Message, ...]:
        """Whether the RST came as far as the other segments of its sender did."""
        others = self.hop_limits.get(rst.source.address, set())
        if not others:
            return ()
        same = rst.hop_limit in others
        shown = ", ".join(map(str, sorted(others)))
        key = "same_hop_limit" if same else "other_hop_limit"
        return (Message(f"conversations.known.{key}", found=rst.hop_limit, others=shown),)
