"""Connections beside tshark's: over every bundled capture, and over some that were made from seeds."""

from collections.abc import Callable
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from made_connections import (
    ACK,
    FIN,
    PSH,
    RST,
    START_NS,
    SYN,
    Made,
    capture_of,
    chaotic,
    frames_of,
    told,
)
from tshark import completeness, verdicts

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.conversations.connection import DATA_SEEN, Connection, Connections, connections
from lesson_engine.conversations.tcp import WINDOW_SCALE, Segment
from lesson_engine.sources.writing import write_savefile

TOLD, CHAOTIC = range(500), range(250)
APART_NS = 1_000_000_000_000


class Difference(NamedTuple):
    """A segment on which we and tshark do not agree."""

    connection: Connection
    segment: Segment
    ours: frozenset[str]
    theirs: frozenset[str]
    their_marks: dict[int, frozenset[str]]

    @property
    def before(self) -> tuple[Segment, ...]:
        return tuple(each for each in self.connection.segments if each.number <= self.segment.number)


def has_no_duplicate_acks(difference: Difference) -> bool:
    """tshark sees a fast retransmission, but marks fewer than two duplicate ACKs for it itself."""
    segment = difference.segment
    asked = [
        each.number
        for each in difference.before
        if each.source == segment.destination and each.acknowledgment == segment.sequence
    ]
    duplicates = [number for number in asked if "duplicate_ack" in difference.their_marks[number]]
    only = difference.theirs - difference.ours == {"fast_retransmission"}
    instead = difference.ours - difference.theirs <= {"retransmission", "out_of_order"}
    return only and instead and len(duplicates) < 2


def touches_zero(difference: Difference) -> bool:
    """A side has reached sequence number 0."""
    return any(
        0 in (each.sequence, each.next_sequence) or (each.flags & ACK and not each.acknowledgment)
        for each in difference.before
    )


def scale_was_refused(difference: Difference) -> bool:
    """A SYN or SYN-ACK without a window scale was captured before one that offers it."""
    offers = [each.option(WINDOW_SCALE) is not None for each in difference.before if each.flags & SYN]
    return difference.ours ^ difference.theirs == {"window_full"} and (False, True) in pairwise(offers)


def had_no_data_to_accept(difference: Difference) -> bool:
    """tshark sees Fast Open in a SYN-ACK although no SYN carried data."""
    carried = any(each.flags & (SYN | ACK) == SYN and each.payload_length for each in difference.before)
    return difference.ours ^ difference.theirs == {"fast_open_accepted"} and not carried


DECLARED: dict[str, Callable[[Difference], bool]] = {
    "RFC 5681, 3.2: duplicate ACKs are counted": has_no_duplicate_acks,
    "RFC 9293, 3.4: 0 is a sequence number": touches_zero,
    "RFC 7323, 2.2: windows are scaled if both sides offer it": scale_was_refused,
    "RFC 7413, 2: Fast Open is data in the SYN": had_no_data_to_accept,
}
"""The disagreements with tshark that `marks` writes down."""


def differences(path: str | Path, found: list[Connection]) -> list[Difference]:
    """Where the marks differ. Fails if the streams do."""
    theirs = verdicts(path)
    streams = {segment.number: stream for stream, connection in enumerate(found) for segment in connection.segments}
    assert streams == {number: verdict.stream for number, verdict in theirs.items()}
    marks = {number: verdict.marks for number, verdict in theirs.items()}
    return [
        Difference(connection, segment, frozenset(ours), marks[segment.number], marks)
        for connection in found
        for segment in connection.segments
        if (ours := connection.marks.get(segment.number, frozenset())) != marks[segment.number]
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A savefile of all made connections, one after the other."""
    path = tmp_path_factory.mktemp("made") / "made.pcap"
    talks = [*map(told, TOLD), *map(chaotic, CHAOTIC)]
    frames = [
        frame for place, talk in enumerate(talks) for frame in frames_of(talk, place, START_NS + place * APART_NS)
    ]
    write_savefile(path, capture_of(frames), nanoseconds=True)
    return path


@pytest.mark.needs("tshark")
@pytest.mark.parametrize("name", capture_names())
def test_bundled_captures_as_tshark_sees_them(name: str) -> None:
    found = connections(Capture.open(capture_path(name)))
    assert differences(capture_path(name), found) == []
    assert [connection.completeness for connection in found] == completeness(capture_path(name))


@pytest.mark.needs("tshark")
def test_made_connections_as_tshark_sees_them(made: Path) -> None:
    """Each difference is a declared one, and each declaration is needed."""
    reasons = []
    for difference in differences(made, connections(Capture.open(made))):
        reason = next((reason for reason, holds in DECLARED.items() if holds(difference)), None)
        assert reason, difference
        reasons.append(reason)
    assert set(reasons) == set(DECLARED)


@pytest.mark.needs("tshark")
def test_made_connections_are_as_complete_as_tshark_says(made: Path) -> None:
    """But for data in the SYN of a port used again, which counts here (RFC 7413, 2)."""
    found = connections(Capture.open(made))
    differing = [
        (connection, theirs)
        for connection, theirs in zip(found, completeness(made), strict=True)
        if connection.completeness != theirs
    ]
    assert differing
    for connection, theirs in differing:
        first = connection.segments[0]
        assert connection.completeness == theirs | DATA_SEEN
        assert "port_reused" in connection.marks[first.number]
        assert first.payload_length


def test_the_made_connections_have_every_mark(made: Path) -> None:
    """The comparison with tshark is of all marks, not of the common ones."""
    seen = {
        mark for connection in connections(Capture.open(made)) for found in connection.marks.values() for mark in found
    }
    assert len(seen) == 18


@pytest.mark.parametrize("size", [1, 7])
def test_batches_make_no_difference(size: int, made: Path) -> None:
    capture = Capture.open(made)
    packets = list(islice(capture, 3000))
    live = Connections()
    for start in range(0, len(packets), size):
        live.feed(packets[start : start + size])
    assert live.so_far() == connections(packets)


def test_a_short_snapshot_length_makes_no_difference() -> None:
    """Headers are enough; lengths are those on the wire."""
    frames = [frame for seed in range(60) for frame in frames_of(told(seed), seed, START_NS + seed * APART_NS)]
    capture = capture_of(frames)
    cut = [packet._replace(data=packet.data[:106]) for packet in capture]
    assert connections(cut) == connections(capture)


def whole(*segments: Made) -> Connection:
    """The only connection of these segments."""
    (connection,) = connections(capture_of(frames_of(segments)))
    return connection


OPENING = (Made(0, True, 99, 0, SYN), Made(1, False, 499, 100, SYN | ACK), Made(1, True, 100, 500, ACK))


def test_what_is_over_can_be_taken_out() -> None:
    live = Connections()
    closing = (Made(1, True, 100, 500, FIN | ACK), Made(1, False, 500, 101, FIN | ACK), Made(1, True, 101, 501, ACK))
    live.feed(capture_of(frames_of((*OPENING, *closing), 0)))
    live.feed(capture_of(frames_of(OPENING, 3)))
    now = START_NS + 10_000_000_000
    assert live.take_ended(now) == []
    (over,) = live.take_ended(now, quiet_ns=1_000_000_000)
    assert over.is_complete
    assert [connection.is_established for connection in live.so_far()] == [True]
    live.feed(capture_of(frames_of(closing[2:], 0)))
    assert len(live.so_far()) == 2


@pytest.mark.parametrize("first", [True, False])
def test_either_side_may_close_first(first: bool) -> None:
    numbers = {True: (100, 500), False: (500, 100)}
    ours, theirs = numbers[first]
    connection = whole(
        *OPENING,
        Made(1, first, ours, theirs, FIN | ACK),
        Made(1, not first, theirs, ours + 1, ACK),
        Made(1, not first, theirs, ours + 1, FIN | ACK),
        Made(1, first, ours + 1, theirs + 1, ACK),
    )
    close = connection.close
    assert close is not None
    assert (close.how, close.packets, close.is_complete) == ("fin", (4, 5, 6, 7), True)
    assert close.by == (connection.client if first else connection.server)


def test_both_may_close_at_once() -> None:
    connection = whole(
        *OPENING,
        Made(1, True, 100, 500, FIN | ACK),
        Made(0.01, False, 500, 100, FIN | ACK),
        Made(1, False, 501, 101, ACK),
        Made(1, True, 101, 501, ACK),
    )
    assert connection.close is not None
    assert (connection.close.how, connection.close.packets) == ("simultaneous", (4, 5, 6, 7))
    assert connection.is_complete


def test_a_side_that_has_closed_may_go_on_reading() -> None:
    connection = whole(*OPENING, Made(1, True, 100, 500, FIN | ACK), Made(1, False, 500, 101, PSH | ACK, 10))
    assert connection.close is not None
    assert (connection.close.is_complete, connection.is_closed, connection.close.packets) == (False, False, (4, 5))


def test_a_reset_ends_a_connection_but_not_one_that_is_closed() -> None:
    rst = Made(1, False, 500, 0, RST)
    connection = whole(*OPENING, rst)
    assert connection.close == ("reset", connection.server, (4,), True)
    closing = (Made(1, True, 100, 500, FIN | ACK), Made(1, False, 500, 101, FIN | ACK), Made(1, True, 101, 501, ACK))
    connection = whole(*OPENING, *closing, rst)
    assert connection.close is not None
    assert connection.close.how == "fin"


def test_a_port_used_again_is_another_connection() -> None:
    again = [
        made._replace(sequence=made.sequence + 5000, acknowledgment=made.acknowledgment + 5000) for made in OPENING
    ]
    first, second = connections(capture_of(frames_of((*OPENING, *again))))
    assert [segment.number for segment in first.segments] == [1, 2, 3]
    assert second.marks[4] == {"port_reused"}
    assert second.is_established


def test_without_a_handshake_the_higher_port_is_the_clients() -> None:
    connection = whole(Made(0, False, 500, 100, PSH | ACK, 10), Made(1, True, 100, 510, ACK))
    assert (connection.handshake, connection.client.port, connection.server.port) == (None, 40001, 20000)
    assert not connection.is_established
