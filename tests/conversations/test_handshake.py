"""Handshakes as they come: repeated, lost, doubled, crossed, out of order; with ECN and Fast Open."""

import pytest
from made_connections import ACK, CWR, ECE, PSH, RST, SYN, Made, capture_of, frames_of

from lesson_engine import Capture, Filter
from lesson_engine.bundled import capture_path
from lesson_engine.conversations.connection import connections, find_handshakes
from lesson_engine.conversations.handshake import Handshake

THE_SYN = Made(0, True, 99, 0, SYN)
THE_ANSWER = Made(1, False, 499, 100, SYN | ACK)
THE_ACK = Made(1, True, 100, 500, ACK)
DATA = Made(1, True, 100, 500, PSH | ACK, 10)
EARLY_DATA = Made(1, False, 500, 100, PSH | ACK, 9)
COOKIE = bytes((34, 10)) + bytes(8)


def numbers(handshake: Handshake) -> tuple[list[int], list[int], list[int]]:
    """The packet numbers of SYN, SYN-ACK and ACK."""
    syn, syn_ack, ack = ([segment.number for segment in part] for part in handshake[2:])
    return syn, syn_ack, ack


def handshake(*segments: Made, place: int = 0) -> Handshake:
    """The handshake of the only connection of these segments."""
    (connection,) = connections(capture_of(frames_of(segments, place)))
    assert connection.handshake is not None
    return connection.handshake


@pytest.mark.parametrize("place", [0, 1, 2], ids=["IPv4", "IPv6", "VLAN"])
@pytest.mark.parametrize(
    ("segments", "syn", "syn_ack", "ack", "complete"),
    [
        ((THE_SYN, THE_ANSWER, THE_ACK), [1], [2], [3], True),
        ((THE_SYN, THE_SYN, THE_ANSWER, THE_ACK, DATA), [1, 2], [3], [4], True),
        ((THE_SYN, THE_ANSWER, THE_ANSWER, THE_ACK), [1], [2, 3], [4], True),
        ((THE_SYN, THE_ANSWER, THE_ACK, THE_ANSWER, THE_ACK, DATA), [1], [2, 4], [3, 5], True),
        ((THE_SYN, THE_ANSWER, DATA), [1], [2], [3], True),
        ((THE_SYN, THE_ANSWER), [1], [2], [], False),
        ((THE_SYN,), [1], [], [], False),
        ((THE_SYN, THE_ACK), [1], [], [], False),
        ((THE_SYN, THE_ACK, THE_ANSWER, DATA), [1], [3], [2], True),
        ((THE_ANSWER, THE_SYN, THE_ACK), [2], [1], [3], True),
        ((THE_ANSWER, THE_ACK), [], [1], [2], False),
        ((THE_SYN, THE_ANSWER._replace(acknowledgment=7), THE_ACK), [1], [], [], False),
        ((THE_SYN, THE_ANSWER, THE_ACK._replace(acknowledgment=499)), [1], [2], [], False),
        ((THE_SYN, THE_ANSWER, THE_ACK._replace(flags=RST | ACK)), [1], [2], [], False),
        ((THE_SYN, THE_ANSWER, EARLY_DATA, THE_ACK._replace(acknowledgment=509)), [1], [2], [4], True),
    ],
)
def test_steps(
    segments: tuple[Made, ...], syn: list[int], syn_ack: list[int], ack: list[int], complete: bool, place: int
) -> None:
    found = handshake(*segments, place=place)
    assert numbers(found) == (syn, syn_ack, ack)
    assert found.is_complete is complete
    assert (found.client.port, found.server.port) == (20000 + place, 40001)


def test_a_copy_of_the_ack_belongs_to_it_and_a_later_window_update_does_not() -> None:
    frames = list(frames_of((THE_SYN, THE_ANSWER, THE_ACK)))
    doubled = capture_of([*frames, frames[2]])
    assert numbers(find_handshakes(doubled)[0]) == ([1], [2], [3, 4])
    assert numbers(handshake(THE_SYN, THE_ANSWER, THE_ACK, THE_ACK._replace(window=99))) == ([1], [2], [3])


def test_both_sides_may_open_at_once() -> None:
    """RFC 9293, figure 7."""
    crossed = (
        THE_SYN,
        Made(0.01, False, 499, 0, SYN),
        Made(1, True, 99, 500, SYN | ACK),
        Made(0.01, False, 499, 100, SYN | ACK),
    )
    found = handshake(*crossed)
    assert numbers(found)[:2] == ([1, 2], [3, 4])
    assert (found.is_simultaneous, found.is_complete) == (True, True)
    assert (found.client.port, found.server.port) == (20000, 40001)
    assert not handshake(*crossed[:3]).is_complete
    assert not handshake(THE_SYN, THE_ANSWER, THE_ACK).is_simultaneous


def test_ecn_is_agreed_on_only_if_both_say_so() -> None:
    asked = THE_SYN._replace(flags=SYN | ECE | CWR)
    granted = THE_ANSWER._replace(flags=SYN | ACK | ECE)
    for syn, answer, agreed in ((asked, granted, True), (asked, THE_ANSWER, False), (THE_SYN, granted, False)):
        found = handshake(syn, answer, THE_ACK)
        assert (found.ecn_asked, found.ecn_agreed) == (syn is asked, agreed)
        assert found.is_complete


def test_fast_open_carries_data_in_the_syn() -> None:
    syn = Made(0, True, 99, 0, SYN, 20, options=COOKIE)
    accepted = handshake(syn, Made(1, False, 499, 120, SYN | ACK), Made(1, True, 120, 500, ACK))
    ignored = handshake(syn, THE_ANSWER, DATA._replace(length=20))
    asked = handshake(THE_SYN._replace(options=bytes((34, 2))), THE_ANSWER, THE_ACK)
    assert [(each.fast_open_asked, each.fast_open_accepted) for each in (accepted, ignored, asked)] == [
        (True, True),
        (True, False),
        (True, False),
    ]
    assert accepted.is_complete
    assert ignored.is_complete
    assert not handshake(THE_SYN, THE_ANSWER, THE_ACK).fast_open_asked


def test_the_first_three_packets_of_the_handshake_capture() -> None:
    found = find_handshakes(Capture.open(capture_path("handshake")))[0]
    assert [segment.number for segment in found.segments] == [1, 2, 3]
    assert (str(found.server), found.is_complete) == ("93.184.216.34.80", True)


def test_a_syn_sent_again_belongs_to_the_same_attempt() -> None:
    (attempt,) = find_handshakes(Capture.open(capture_path("no_answer")))
    assert len(attempt.syn) >= 3
    assert len({segment.sequence for segment in attempt.syn}) == 1
    assert not attempt.is_complete


def test_numbers_are_those_of_the_whole_capture() -> None:
    capture = Capture.open(capture_path("mix"))
    selected = Filter("tcp port 3306").select(capture)
    first = [each.syn[0].number for each in find_handshakes(selected)]
    assert first == [each.syn[0].number for each in find_handshakes(capture) if each.server.port == 3306]
    assert first[0] > 10
