"""A conversation as a ladder: two lifelines, and what was seen on its way between them, in captured order.

The model that the drawings share (`ladder_text`, `ladder_svg`): every row says in words what its shape says too. A row
is horizontal, because one capture does not know when a packet was sent or arrived elsewhere. `no_answer` is what the
capture shows, not that a packet was lost: no later segment of the other side acknowledges it, and none resets the
connection. Guarantees: no row names a packet that is not there; folded rows are counted. Knows no language, no terminal
and no markup.

>>> from lesson_engine import Capture
>>> from lesson_engine.bundled import capture_path
>>> from lesson_engine.conversations.connection import connections
>>> (connection,) = connections(Capture.open(capture_path("no_answer")))
>>> ladder = ladder_of(connection)
>>> [(row.number, row.flags, row.no_answer, [str(mark) for mark in row.marks]) for row in ladder.arrows[:2]]
[(1, 'SYN', True, []), (2, 'SYN', True, ['sent again'])]
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lesson_engine.conversations.connection import Connection
from lesson_engine.conversations.icmp import IcmpError
from lesson_engine.conversations.marks import SENT_AGAIN, Mark
from lesson_engine.conversations.tcp import ACK, FIN, RST, SYN, Endpoint, Segment, is_before, shown_address
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import TCP_FLAGS

PAUSE_NS = 200_000_000
"""Silence from here on is a row of its own; Linux waits so long at least before it sends again (TCP_RTO_MIN)."""

MOST_ROWS = 40
"""Rows of a ladder that is not asked for as a whole."""
_KEPT_BEFORE, _KEPT_BEHIND = 3, 2
"""Ordinary rows that stay at the ends of a stretch of them."""
_FEWEST_FOLDED = 4

_WORD = 0xFFFFFFFF
_FLAG_ORDER = ("syn", "fin", "rst", "push", "ack", "urg", "ece", "cwr")
_FLAG_NAMES = {"push": "PSH"}
# Marks in the order in which they are told; those of the capture's own making come last.
_TOLD: tuple[Mark, ...] = (
    "retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order", "duplicate_ack", "zero_window",
    "window_full", "window_update", "zero_window_probe", "zero_window_probe_ack", "keep_alive", "keep_alive_ack",
    "ack_lost_segment", "port_reused", "fast_open", "fast_open_accepted", "fast_open_ignored",
)  # fmt: skip


class Arrow(NamedTuple):
    """One segment, or a datagram, of which `said` has all there is to say. `origin` and `target` are places of
    lifelines; times in nanoseconds, `since_ns` since the row before or None in the first; `sequence` and
    `acknowledgment` as they are to be shown, None where the segment has none that matters; `behind` is the sequence
    number behind its payload, if it has one. `is_again`: what it carries was sent before; `is_stopped`: an ICMP error
    quotes it, so it got no farther than to who sent that. `note` says what it completes."""

    number: int
    time_ns: int
    since_ns: int | None
    origin: int
    target: int
    flags: str
    sequence: int | None
    behind: int | None
    acknowledgment: int | None
    payload_length: int
    marks: tuple[Message, ...] = ()
    is_again: bool = False
    no_answer: bool = False
    is_stopped: bool = False
    note: Message | None = None
    said: str = ""


class Notice(NamedTuple):
    """What others said about the conversation: an ICMP error, a question by ARP. It comes from none of the lifelines
    (`origin` None) or from one, and goes to `target`, None if it reached no one that is shown."""

    number: int
    time_ns: int
    since_ns: int | None
    origin: int | None
    target: int | None
    text: Message


class Gap(NamedTuple):
    """Bytes that `origin` must have sent and the capture does not have; `first` and `behind` are sequence numbers."""

    origin: int
    target: int
    first: int
    behind: int
    length: int


class Pause(NamedTuple):
    """Silence, in nanoseconds."""

    length_ns: int


class Fold(NamedTuple):
    """Rows that are not shown: how many packets, the first and last number, and the bytes that each lifeline sent."""

    packets: int
    first: int
    last: int
    payload: tuple[int, ...]


Row = Arrow | Notice | Gap | Pause | Fold


class Ladder(NamedTuple):
    """`lifelines` name who talks, left to right; `start_ns` is the time of the first row."""

    lifelines: tuple[str, ...]
    rows: tuple[Row, ...]
    start_ns: int
    packets: int

    @property
    def arrows(self) -> list[Arrow]:
        """The rows that are segments."""
        return [row for row in self.rows if isinstance(row, Arrow)]


def ladder_of(
    connection: Connection, errors: Iterable[IcmpError] = (), *, absolute: bool = False, whole: bool = False
) -> Ladder:
    """The ladder of `connection`, the client on the left. `errors` are ICMP errors about it. Sequence numbers are those
    that tcpdump prints: relative to the first of each side, but for SYNs; with `absolute`, all as they are sent (-S).
    A long one is folded unless the `whole` is asked for."""
    errors = list(errors)
    drawing = _Drawing(connection, errors, absolute)
    events: list[Segment | IcmpError] = [*connection.segments, *errors]
    # By place in the capture: packets of one capture are numbered in captured order, times may run backwards.
    for event in sorted(events, key=lambda each: each.number):
        drawing.add(event)
    rows = drawing.rows if whole else _folded(drawing.rows, _steps(connection), drawing.payload_of)
    names = str(connection.client), str(connection.server)
    return Ladder(names, tuple(rows), events[0].time_ns if events else 0, len(events))


def ladder_of_notices(lifelines: tuple[str, str], notices: Sequence[tuple[int, int, Message]]) -> Ladder:
    """The ladder of a host that asks (on the left) and one that never answers: number, time, text of each question."""
    rows: list[Row] = []
    before: int | None = None
    for number, time_ns, text in notices:
        since = None if before is None else time_ns - before
        if since is not None and since >= PAUSE_NS:
            rows.append(Pause(since))
        rows.append(Notice(number, time_ns, since, 0, None, text))
        before = time_ns
    return Ladder(lifelines, tuple(rows), notices[0][1] if notices else 0, len(notices))


def flag_names(bits: int) -> str:
    """The flags as people say them: "SYN-ACK"; "-" for none.

    >>> flag_names(0x18), flag_names(0x14), flag_names(0)
    ('PSH-ACK', 'RST-ACK', '-')
    """
    names = (_FLAG_NAMES.get(name, name.upper()) for name in _FLAG_ORDER if bits & TCP_FLAGS[name])
    return "-".join(names) or "-"


class _Drawing:
    """Makes the rows of one connection as its events come."""

    def __init__(self, connection: Connection, errors: list[IcmpError], absolute: bool) -> None:
        self.rows: list[Row] = []
        self.payload_of: dict[int, tuple[int, int]] = {}
        """By packet number: which lifeline sent how much."""
        self._connection = connection
        self._absolute = absolute
        self._before_ns: int | None = None
        self._next: dict[Endpoint, int] = {}
        self._base: dict[Endpoint, int] = {}
        self._answered = _answered(connection)
        self._stopped = _stopped(connection, errors)
        self._notes = _notes(connection)

    def add(self, event: Segment | IcmpError) -> None:
        since = None if self._before_ns is None else event.time_ns - self._before_ns
        if since is not None and since >= PAUSE_NS:
            self.rows.append(Pause(since))
        self._before_ns = event.time_ns
        self.rows += self._of_segment(event, since) if isinstance(event, Segment) else [self._of_error(event, since)]

    def _place(self, endpoint: Endpoint) -> int:
        return 0 if endpoint == self._connection.client else 1

    def _relative(self, number: int, endpoint: Endpoint) -> int:
        """The number as it is shown, of what `endpoint` sends."""
        return (number - self._base.get(endpoint, 0)) & _WORD

    def _numbers(self, segment: Segment) -> tuple[int, int]:
        """Sequence and acknowledgment number as tcpdump prints them: as they are sent until the first segment with an
        acknowledgment, and in every SYN; behind that relative to that segment's."""
        source, other = segment.source, segment.destination
        sequence, acknowledgment = segment.sequence, segment.acknowledgment
        if self._absolute or not segment.flags & ACK:
            return sequence, acknowledgment
        if not self._base or segment.flags & SYN:
            self._base = {source: sequence, other: (acknowledgment - 1) & _WORD}
            return sequence, acknowledgment
        return self._relative(sequence, source), self._relative(acknowledgment, other)

    def _of_segment(self, segment: Segment, since: int | None) -> list[Row]:
        source, other = segment.source, segment.destination
        origin, target = self._place(source), self._place(other)
        marks = self._connection.marks.get(segment.number, frozenset())
        rows: list[Row] = []
        expected = self._next.get(source)
        if "lost_segment" in marks and expected is not None:
            length = (segment.sequence - expected) & _WORD
            ends = self._relative(expected, source), self._relative(segment.sequence, source)
            rows.append(Gap(origin, target, *ends, length))
        if expected is None or is_before(expected, segment.next_sequence):
            self._next[source] = segment.next_sequence
        counts = bool(segment.payload_length or segment.flags & (SYN | FIN))
        numbered = counts or bool(segment.flags & RST)
        sequence, acknowledgment = self._numbers(segment)
        behind = (sequence + segment.payload_length) & _WORD if segment.payload_length else None
        self.payload_of[segment.number] = (origin, segment.payload_length)
        rows.append(
            Arrow(
                segment.number,
                segment.time_ns,
                since,
                origin,
                target,
                flag_names(segment.flags),
                sequence if numbered else None,
                behind,
                acknowledgment if segment.flags & ACK else None,
                segment.payload_length,
                tuple(Message(f"views.mark.{mark}") for mark in _TOLD if mark in marks),
                not marks.isdisjoint(SENT_AGAIN),
                counts and segment.number not in self._answered | self._stopped,
                segment.number in self._stopped,
                self._notes.get(segment.number),
            )
        )
        return rows

    def _of_error(self, error: IcmpError, since: int | None) -> Notice:
        target = self._place(error.source)
        ends = {self._connection.client.address: 0, self._connection.server.address: 1}
        origin = ends.get(error.by)
        reason = Message(f"conversations.reason.{error.reason}")
        key = "views.ladder.icmp" if origin is not None else "views.ladder.icmp_by"
        text = Message(key, reason=reason, by=shown_address(error.by))
        return Notice(error.number, error.time_ns, since, origin if origin != target else None, target, text)


def _answered(connection: Connection) -> set[int]:
    """The packets that a later segment of the other side acknowledges, or answers by a RST."""
    found: set[int] = set()
    waiting: dict[Endpoint, list[Segment]] = {connection.client: [], connection.server: []}
    for segment in connection.segments:
        theirs = waiting[segment.destination]
        if segment.flags & RST:
            found.update(each.number for each in theirs)
            theirs.clear()
        elif segment.flags & ACK and theirs:
            left = [each for each in theirs if is_before(segment.acknowledgment, each.next_sequence)]
            found.update(each.number for each in theirs if each not in left)
            waiting[segment.destination] = left
        waiting[segment.source].append(segment)
    return found


def _stopped(connection: Connection, errors: list[IcmpError]) -> set[int]:
    """The packets that ICMP errors quote: of those sent before the error with its number, the last."""
    found = set()
    for error in errors:
        quoted = [
            segment.number
            for segment in connection.segments
            if (segment.source, segment.sequence) == (error.source, error.sequence) and segment.number < error.number
        ]
        found.update(quoted[-1:])
    return found


def _notes(connection: Connection) -> dict[int, Message]:
    """What packets complete: the handshake, the close."""
    notes: dict[int, Message] = {}
    handshake, close = connection.handshake, connection.close
    if handshake is not None and handshake.is_complete and handshake.ack:
        notes[handshake.ack[0].number] = Message("views.ladder.established")
    if close is not None and close.is_complete:
        key = "views.ladder.reset" if close.how == "reset" else "views.ladder.closed"
        notes[close.packets[-1]] = Message(key)
    return notes


def _steps(connection: Connection) -> set[int]:
    """The packets of the handshake and of the close, which are never folded."""
    steps = set(connection.close.packets) if connection.close is not None else set()
    if connection.handshake is not None:
        steps.update(segment.number for segment in connection.handshake.segments)
    return steps


def _folded(rows: list[Row], steps: set[int], payload_of: dict[int, tuple[int, int]]) -> list[Row]:
    """The rows without the middle of long ordinary stretches; and if what is remarkable alone is too much, without
    the middle of that."""
    kept = [not isinstance(row, Arrow) or _is_remarkable(row, steps) for row in rows]
    if len(rows) <= MOST_ROWS:
        return rows
    shown = list(kept)
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and not kept[end]:
            end += 1
        if end - at < _KEPT_BEFORE + _KEPT_BEHIND + _FEWEST_FOLDED:
            shown[at:end] = [True] * (end - at)
        else:
            shown[at : at + _KEPT_BEFORE] = [True] * _KEPT_BEFORE
            shown[end - _KEPT_BEHIND : end] = [True] * _KEPT_BEHIND
        at = end + 1
    if sum(shown) > MOST_ROWS:
        places = [place for place, is_shown in enumerate(shown) if is_shown]
        for place in places[MOST_ROWS * 2 // 3 : -(MOST_ROWS // 3)]:
            shown[place] = False
    return _with_folds(rows, shown, payload_of)


def _is_remarkable(row: Arrow, steps: set[int]) -> bool:
    return bool(row.marks or row.note or row.no_answer or row.number in steps or "RST" in row.flags)


def _with_folds(rows: list[Row], shown: list[bool], payload_of: dict[int, tuple[int, int]]) -> list[Row]:
    made: list[Row] = []
    hidden: list[int] = []
    for row, is_shown in zip([*rows, None], [*shown, True], strict=True):
        if row is not None and not is_shown:
            hidden += [row.number] if isinstance(row, Arrow | Notice) else []
            continue
        if hidden:
            payload = [0, 0]
            for number in hidden:
                origin, length = payload_of.get(number, (0, 0))
                payload[origin] += length
            made.append(Fold(len(hidden), hidden[0], hidden[-1], tuple(payload)))
            hidden = []
        if row is not None:
            made.append(row)
    return made
