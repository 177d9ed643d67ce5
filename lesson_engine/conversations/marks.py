"""What is remarkable in a TCP segment, given those before it: sent again, out of order, a duplicate ACK, no window.

A `Marker` follows both directions of one connection in captured order, and needs nothing but its own counters:
any number of segments costs the same memory. A mark says what the segment looks like from where the capture was
taken. That a segment never arrived, or arrived twice, a capture cannot know.

The marks, and what they mean (the names are those of Wireshark's `tcp.analysis` fields, and so are the meanings):

* `lost_segment`: begins behind what its side has sent so far; what lies between is not in the capture.
* `retransmission`: does not advance what its side has sent. It is a `spurious_retransmission` if the other side
  has acknowledged all of it before; a `fast_retransmission` (RFC 5681, 3.2) if the other side asked for it with two
  or more duplicate ACKs, the last at most 20 ms ago; `out_of_order` if it ends before what was sent last and
  follows that within one round trip (3 ms where the handshake shows none).
* `duplicate_ack`: an empty segment that repeats sequence number, acknowledgment and window (RFC 5681, 2).
* `window_update`: the same with another window. `zero_window`: the receiver has no room (RFC 9293, 3.8.6).
  `window_full`: its data ends where the other side's window does. `zero_window_probe`: one byte for a side without
  a window, and `zero_window_probe_ack` the answer (RFC 9293, 3.8.6.1).
* `keep_alive`: at most one byte, and that one sent before; `keep_alive_ack` its answer (RFC 9293, 3.8.4).
* `ack_lost_segment`: acknowledges what is not in the capture.
* `port_reused`: begins another connection between the same endpoints.
* `fast_open`: a SYN with a cookie; `fast_open_accepted`, `fast_open_ignored`: what the SYN-ACK made of its data
  (RFC 7413).

The marks are those of tshark 4.0.17, with these exceptions, which the tests hold:

* a fast retransmission needs two duplicate ACKs that were seen (RFC 5681, 3.2 asks for three); tshark also takes an
  acknowledgement of what was not captured for enough of them;
* 0 is a sequence number like any other (RFC 9293, 3.4), while to tshark it means that none is known yet;
* windows are not scaled if a SYN-ACK offers no scale, even where it was captured before its SYN (RFC 7323, 2.2);
* where no data came with the SYN, there is none to accept (RFC 7413, 2).

>>> from lesson_engine.conversations.tcp import ACK, SYN, Endpoint, Segment
>>> client, server = Endpoint(bytes([10, 0, 0, 1]), 40000), Endpoint(bytes([10, 0, 0, 2]), 80)
>>> marker = Marker()
>>> syn = Segment(1, 0, client, server, 99, 0, SYN, 0, 64240, b"", 64, 1)
>>> marker.mark(syn), marker.mark(syn._replace(number=2, time_ns=1_000_000_000))
(frozenset(), frozenset({'retransmission'}))
"""

from typing import Literal

from lesson_engine.conversations.tcp import ACK, FAST_OPEN, FIN, RST, SYN, WINDOW_SCALE, Endpoint, Segment, is_before

Mark = Literal[
    "retransmission",
    "fast_retransmission",
    "spurious_retransmission",
    "out_of_order",
    "duplicate_ack",
    "zero_window",
    "window_update",
    "window_full",
    "zero_window_probe",
    "zero_window_probe_ack",
    "keep_alive",
    "keep_alive_ack",
    "lost_segment",
    "ack_lost_segment",
    "port_reused",
    "fast_open",
    "fast_open_accepted",
    "fast_open_ignored",
]

SENT_AGAIN: frozenset[Mark] = frozenset({"retransmission", "fast_retransmission", "spurious_retransmission"})

_WORD = 0xFFFFFFFF
_CONTROL = SYN | FIN | RST
_FAST_NS = 20_000_000
_REORDERED_NS = 3_000_000
_LARGEST_SCALE = 14


class _Side:
    """What one endpoint has sent so far. Sequence numbers are None until there is one."""

    __slots__ = (
        "contiguous",
        "duplicate_acks",
        "first",
        "gap_told",
        "is_scaled",
        "last_ack",
        "last_marks",
        "last_time",
        "next",
        "next_time",
        "scale",
        "window",
    )

    def __init__(self) -> None:
        self.first: int | None = None
        """Its SYN's sequence number, or the one that its SYN would have had."""
        self.next: int | None = None
        """Behind the highest that it sent."""
        self.next_time = 0
        self.contiguous: int | None = None
        """Behind what it sent without a gap."""
        self.last_ack: int | None = None
        self.last_time = 0
        self.last_marks: frozenset[Mark] = frozenset()
        self.window: int | None = None
        self.scale: int | None = None
        self.is_scaled = True
        """Whether `window` is to be scaled: that of a SYN is not (RFC 7323, 2.2)."""
        self.duplicate_acks = 0
        self.gap_told = False
        """Whether the other side was marked for acknowledging what this one was not seen to send."""


class Marker:
    """Marks the segments of one connection, in captured order."""

    __slots__ = ("_fast_open_data", "_no_scaling", "_round_trip_ns", "_sides", "_syn_time")

    def __init__(self) -> None:
        self._sides: dict[Endpoint, _Side] = {}
        self._no_scaling = False
        self._syn_time: int | None = None
        self._round_trip_ns = 0
        self._fast_open_data = False

    def begins_anew(self, segment: Segment) -> bool:
        """Whether the segment is a SYN of another connection: one that its side did not begin this one with."""
        side = self._sides.get(segment.source)
        return (
            segment.flags & (SYN | ACK) == SYN
            and side is not None
            and side.first is not None
            and side.first != segment.sequence
        )

    def mark(self, segment: Segment) -> frozenset[Mark]:
        """What is remarkable in the connection's next segment."""
        side = self._side(segment.source)
        other = self._side(segment.destination)
        marks = self._of_opening(segment, side, other)
        _note_first(segment, side, other)
        if _is_zero_window_probe(segment, side, other):
            marks.add("zero_window_probe")
        else:
            marks |= _of_sequence(segment, side)
            if self._fills_window(segment, other):
                marks.add("window_full")
            marks |= _of_repeated_ack(segment, side, other)
        ack = _acknowledged(segment)
        if ack != side.last_ack:
            side.duplicate_acks, side.gap_told = 0, False
        if _acknowledges_unseen(ack, other):
            marks.add("ack_lost_segment")
        again = self._sent_again(segment, side, other, marks)
        if again:
            marks.add(again)
        found = frozenset(marks)
        _remember(segment, side, found)
        self._learn_options(segment, side, other)
        return found

    def _side(self, endpoint: Endpoint) -> _Side:
        side = self._sides.get(endpoint)
        if side is None:
            side = self._sides[endpoint] = _Side()
        return side

    def _of_opening(self, segment: Segment, side: _Side, other: _Side) -> set[Mark]:
        """The marks that only a SYN or a SYN-ACK has."""
        marks: set[Mark] = set()
        if not segment.flags & SYN:
            return marks
        if not segment.flags & ACK:
            if side.first is not None:
                # A RST may have brought a sequence number of the other side's choice (RFC 9293, 3.10.7.1).
                side.next = side.contiguous
            if segment.option(FAST_OPEN):
                marks.add("fast_open")
                self._fast_open_data = bool(segment.payload_length)
            return marks
        if side.first not in (None, segment.sequence):
            marks.add("port_reused")
            side.first = segment.sequence
        if self._fast_open_data:
            took = other.first is not None and (segment.acknowledgment - other.first) & _WORD > 1
            marks.add("fast_open_accepted" if took else "fast_open_ignored")
        return marks

    def _fills_window(self, segment: Segment, other: _Side) -> bool:
        if not segment.payload_length or segment.flags & _CONTROL:
            return False
        scale = 0 if self._no_scaling or not other.is_scaled else other.scale
        known = self._no_scaling or other.scale is not None
        if not known or scale is None or other.window is None or other.last_ack is None:
            return False
        return segment.next_sequence == (other.last_ack + (other.window << scale)) & _WORD

    def _sent_again(self, segment: Segment, side: _Side, other: _Side, marks: set[Mark]) -> Mark | None:
        """Which of the kinds of retransmission the segment is, or None if it is new."""
        if (not segment.payload_length and not segment.flags & (SYN | FIN)) or "keep_alive" in marks:
            return None
        end = (segment.sequence + segment.payload_length) & _WORD
        if segment.payload_length and other.last_ack is not None and not is_before(other.last_ack, end):
            return "spurious_retransmission"
        if side.next is None:
            return None
        # More than a byte that begins one before the next: the byte was a probe, and what follows it is new.
        follows_probe = segment.payload_length > 1 and segment.sequence == (side.next - 1) & _WORD
        if follows_probe or not is_before(segment.sequence, side.next):
            return None
        if (
            other.duplicate_acks >= 2
            and other.last_ack == segment.sequence
            and 0 <= segment.time_ns - other.last_time < _FAST_NS
        ):
            return "fast_retransmission"
        close = 0 <= segment.time_ns - side.next_time < (self._round_trip_ns or _REORDERED_NS)
        return "out_of_order" if close and segment.next_sequence != side.next else "retransmission"

    def _learn_options(self, segment: Segment, side: _Side, other: _Side) -> None:
        """What the handshake agrees on: scaled windows, and how long a round trip takes."""
        if segment.flags & SYN:
            side.is_scaled = False
            self._learn_scale(segment, side)
            if not segment.flags & ACK:
                self._syn_time = segment.time_ns
        elif segment.flags & ACK:
            side.is_scaled = True
            if self._syn_time is not None and not self._round_trip_ns:
                self._round_trip_ns = segment.time_ns - self._syn_time

    def _learn_scale(self, segment: Segment, side: _Side) -> None:
        """Windows are scaled only if both sides offer it (RFC 7323, 2.2)."""
        offer = segment.option(WINDOW_SCALE)
        if offer:
            side.scale = min(offer[0], _LARGEST_SCALE)
        elif side.scale is None:
            self._no_scaling = True


def _acknowledged(segment: Segment) -> int | None:
    return segment.acknowledgment if segment.flags & ACK else None


def _note_first(segment: Segment, side: _Side, other: _Side) -> None:
    if side.first is None:
        side.first = segment.sequence if segment.flags & SYN else (segment.sequence - 1) & _WORD
    if other.first is None and segment.flags & ACK:
        other.first = (segment.acknowledgment - 1) & _WORD


def _is_zero_window_probe(segment: Segment, side: _Side, other: _Side) -> bool:
    return segment.payload_length == 1 and segment.sequence == side.next and other.window == 0


def _of_sequence(segment: Segment, side: _Side) -> set[Mark]:
    """The marks of a segment in its own direction, but for those of one that is sent again."""
    marks: set[Mark] = set()
    if not segment.window and not segment.flags & _CONTROL:
        marks.add("zero_window")
    if side.next is None:
        return marks
    if is_before(side.next, segment.sequence) and not segment.flags & RST:
        marks.add("lost_segment")
    if segment.payload_length <= 1 and segment.sequence == (side.next - 1) & _WORD and not segment.flags & _CONTROL:
        marks.add("keep_alive")
    return marks


def _of_repeated_ack(segment: Segment, side: _Side, other: _Side) -> set[Mark]:
    """The marks of an empty segment with the numbers of the one before it."""
    repeats = (
        not segment.payload_length
        and not segment.flags & _CONTROL
        and segment.sequence == side.next
        and _acknowledged(segment) == side.last_ack
    )
    if not repeats:
        return set()
    if segment.window != side.window:
        return {"window_update"} if segment.window else set()
    if not segment.window:
        return {"zero_window_probe_ack"} if "zero_window_probe" in other.last_marks else set()
    if "keep_alive" in other.last_marks:
        return {"keep_alive_ack"}
    side.duplicate_acks = 1 if side.gap_told else side.duplicate_acks + 1
    side.gap_told = False
    return {"duplicate_ack"}


def _acknowledges_unseen(ack: int | None, other: _Side) -> bool:
    """Whether `ack` covers what the other side was not seen to send; told once, or once for each gap that data of the
    other side has shown since."""
    if ack is None or other.contiguous is None or other.next is None or not is_before(other.contiguous, ack):
        return False
    if is_before(other.contiguous, other.next):
        other.contiguous = other.next
        return True
    new = not other.duplicate_acks and not other.gap_told
    other.gap_told = True
    return new


def _remember(segment: Segment, side: _Side, marks: frozenset[Mark]) -> None:
    end = segment.next_sequence
    # A RST from a closed port has 0 where it knows no sequence number (RFC 9293, 3.10.7.1).
    says_nothing = side.next is None and segment.flags & RST and not segment.sequence
    if "zero_window_probe" not in marks and not says_nothing:
        if side.next is None or is_before(side.next, end):
            side.next, side.next_time = end, segment.time_ns
        if side.contiguous in (None, segment.sequence):
            side.contiguous = side.next
    side.window = segment.window
    side.last_ack = _acknowledged(segment)
    side.last_time = segment.time_ns
    side.last_marks = marks
