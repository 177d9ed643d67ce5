"""Symptoms: of every bundled capture, of made connections by kind, and what may not be called a symptom."""

import ipaddress
import struct

import pytest
from made_connections import ACK, FIN, PSH, RST, START_NS, SYN, Frame, Made, capture_of, frame_of, frames_of, told

from lesson_engine import Capture, Filter
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.conversations.symptoms import Diagnosis, Symptom, symptoms
from lesson_engine.tcpdump.command import parse_line

SECOND = 1_000_000_000
THE_SYN = Made(0, True, 99, 0, SYN)
OPENING = (THE_SYN, Made(1, False, 499, 100, SYN | ACK), Made(1, True, 100, 500, ACK))
CLOSING = (Made(1, True, 100, 500, FIN | ACK), Made(1, False, 500, 101, FIN | ACK), Made(1, True, 101, 501, ACK))
RETRIES = (THE_SYN, THE_SYN._replace(after_ms=1000), THE_SYN._replace(after_ms=2000))


def only(*segments: Made, place: int = 0, more: tuple[Frame, ...] = ()) -> Symptom:
    """The only symptom of these segments and the frames behind them."""
    (symptom,) = symptoms(capture_of([*frames_of(segments, place), *more]))
    return symptom


def keys(symptom: Symptom) -> set[str]:
    """What is said, without the words "conversations.known."."""
    return {message.key.rpartition(".")[2] for message in (*symptom.known, *symptom.unknown)}


def quoting(segment: Made, code: int, *, after: float, kind: int = 3, rest: bytes = bytes(4), place: int = 0) -> Frame:
    """An ICMP error from 10.0.0.254 about the segment."""
    frame = frame_of(segment, place)
    message = bytes((kind, code, 0, 0)) + rest + frame[14:]
    addresses = bytes((10, 0, 0, 254)) + frame[26:30]
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(message), 1, 0, 64, 1, 0) + addresses
    return Frame(START_NS + round(after * SECOND), frame[:14] + header + message)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("handshake", ["closed"]),
        ("mysql", ["closed"]),
        ("ssh", ["closed"]),
        ("https", ["closed"]),
        ("dns", []),
        ("ping", []),
        ("no_answer", ["no_answer"]),
        ("closed_port", ["refused"]),
        ("icmp_reject", ["rejected"]),
        ("close_fin", ["closed"]),
        ("abort_rst", ["reset"]),
        ("retransmission", ["loss"]),
        ("lost_reply_client", ["no_answer"]),
        ("lost_reply_server", ["half_open"]),
        ("mix", ["no_answer"] * 2 + ["rejected", "refused", "reset", "loss"] + ["closed"] * 10),
        ("any", ["no_answer"] * 2 + ["rejected", "refused", "reset", "loss"] + ["closed"] * 10),
    ],
)
def test_bundled_captures(name: str, found: list[str]) -> None:
    assert [symptom.kind for symptom in symptoms(Capture.open(capture_path(name)))] == found


def test_every_bundled_capture_is_in_the_table() -> None:
    (mark,) = [mark for mark in test_bundled_captures.pytestmark if mark.name == "parametrize"]
    assert {name for name, _ in mark.args[1]} == set(capture_names())


@pytest.mark.parametrize("place", [0, 1, 2], ids=["IPv4", "IPv6", "VLAN"])
def test_nothing_answers_a_syn(place: int) -> None:
    symptom = only(*RETRIES, place=place)
    assert (symptom.kind, symptom.evidence, symptom.is_trouble) == ("no_answer", (1, 2, 3), True)
    assert keys(symptom) == {"no_answer", "same_syn", "seen_is_not_received"}
    assert symptom.by == symptom.server.address
    filtered = symptom.next_captures[0].command.split("'")[1]
    assert ("icmp6" in filtered) == (place == 1)


def test_a_syn_just_before_the_end_is_no_trouble() -> None:
    """RFC 6298, 2.1: a second must pass before silence means anything."""
    later = next(iter(frames_of(OPENING[:1], 3, START_NS + SECOND)))
    assert only(THE_SYN).kind == "in_the_middle"
    kinds = {symptom.client.port: symptom.kind for symptom in symptoms(capture_of([*frames_of((THE_SYN,)), later]))}
    assert kinds == {20000: "no_answer", 20003: "in_the_middle"}


def test_refused_by_rst() -> None:
    symptom = only(THE_SYN, Made(1, False, 0, 100, RST | ACK))
    assert (symptom.kind, symptom.evidence, symptom.by) == ("refused", (1, 2), bytes((10, 0, 0, 2)))
    assert keys(symptom) == {"refused"}


@pytest.mark.parametrize(("time_to_live", "said"), [(64, "same_hop_limit"), (61, "other_hop_limit")])
def test_a_rst_that_came_another_way_is_pointed_at(time_to_live: int, said: str) -> None:
    """Another conversation shows which time to live the server's packets have."""
    rst = frame_of(Made(1, False, 0, 100, RST | ACK), 0, time_to_live=time_to_live)
    frames = [*frames_of((THE_SYN,)), Frame(START_NS, rst), *frames_of((*OPENING, *CLOSING), 3)]
    refused, closed = symptoms(capture_of(frames))
    assert (refused.kind, closed.kind) == ("refused", "closed")
    assert said in keys(refused)


@pytest.mark.parametrize("code", [1, 3, 10, 13])
def test_rejected_by_icmp_and_by_whom(code: int) -> None:
    symptom = only(*RETRIES, more=(quoting(THE_SYN, code, after=3.1),))
    assert (symptom.kind, symptom.evidence) == ("rejected", (1, 2, 3, 4))
    assert symptom.by == bytes((10, 0, 0, 254))
    assert keys(symptom) == {"rejected", "goes_on_trying", "rejected_on_the_way"}
    assert symptom.next_captures[0].at == symptom.by


def test_an_error_about_a_sequence_number_that_was_not_sent_may_be_forged() -> None:
    """RFC 5927: it does not decide about the connection."""
    forged = quoting(THE_SYN._replace(sequence=7), 13, after=3.1)
    found = symptoms(capture_of([*frames_of(RETRIES), forged]))
    assert [(symptom.kind, symptom.evidence) for symptom in found] == [("no_answer", (1, 2, 3)), ("rejected", (4,))]
    assert "quoted_only" in keys(found[1])


def test_an_error_does_not_end_a_connection_that_goes_on() -> None:
    """RFC 1122, 4.2.3.9."""
    data = Made(1, True, 100, 500, PSH | ACK, 10)
    frames = list(frames_of((*OPENING, data, Made(1000, False, 500, 110, ACK))))
    error = quoting(data, 1, after=0.5)
    (symptom,) = symptoms(capture_of([*frames[:4], error, frames[4]]))
    assert symptom.kind == "established"
    (symptom,) = symptoms(capture_of([*frames[:4], error]))
    assert (symptom.kind, symptom.evidence) == ("rejected", (4, 5))


def test_the_answer_does_not_reach_the_client() -> None:
    answer = Made(1, False, 499, 100, SYN | ACK)
    symptom = only(THE_SYN, answer, THE_SYN._replace(after_ms=1000), answer)
    assert (symptom.kind, symptom.evidence) == ("half_open", (1, 2, 3, 4))
    assert {"syn_after_answer", "answer_lost"} <= keys(symptom)


def test_the_client_says_nothing_more() -> None:
    answer = Made(1, False, 499, 100, SYN | ACK)
    symptom = only(THE_SYN, answer, answer._replace(after_ms=1000))
    assert (symptom.kind, symptom.by) == ("half_open", symptom.client.address)
    assert keys(symptom) == {"half_open", "ack_missing"}
    assert only(THE_SYN, answer).kind == "in_the_middle"


def test_the_server_believes_in_an_older_connection() -> None:
    """RFC 9293, 3.5.1, figure 8: the old acknowledgment, a RST for it, and the SYN again."""
    symptom = only(
        THE_SYN, Made(1, False, 900, 7000, ACK), Made(1, True, 7000, 0, RST), THE_SYN._replace(after_ms=1000)
    )
    assert symptom.kind == "half_open"
    assert keys(symptom) == {"old_connection"}


@pytest.mark.parametrize(("forth", "sequence", "acknowledgment"), [(True, 100, 510), (False, 510, 100)])
def test_reset_in_the_middle_and_by_whom(forth: bool, sequence: int, acknowledgment: int) -> None:
    data = Made(1, False, 500, 100, PSH | ACK, 10)
    symptom = only(*OPENING, data, Made(5, forth, sequence, acknowledgment, RST | ACK))
    assert symptom.kind == "reset"
    assert symptom.by == (symptom.client if forth else symptom.server).address
    assert symptom.evidence[-1] == 5
    assert {"reset", "same_hop_limit"} <= keys(symptom)


def test_a_reset_before_the_end_of_the_handshake_and_one_after_a_fin() -> None:
    assert "reset_before_open" in keys(only(*OPENING[:2], Made(1, True, 100, 0, RST)))
    symptom = only(*OPENING, CLOSING[0], Made(1, False, 500, 101, PSH | ACK, 9), Made(1, True, 101, 0, RST))
    assert "reset_after_fin" in keys(symptom)
    assert "reset_alone" in keys(only(Made(1, False, 500, 0, RST)))


def test_one_side_falls_silent() -> None:
    data = Made(1, True, 110, 500, PSH | ACK, 1400)
    small = (Made(1, True, 100, 500, PSH | ACK, 10), Made(1, False, 500, 110, ACK))
    again = tuple(data._replace(after_ms=200 * 2**count) for count in range(4))
    symptom = only(*OPENING, *small, data, *again)
    assert (symptom.kind, symptom.evidence) == ("stopped", (5, 7, 8, 9, 10))
    assert symptom.by == symptom.server.address
    assert keys(symptom) == {"stopped", "only_long_ones"}
    too_big = quoting(data, 4, after=4, rest=struct.pack(">I", 1400))
    assert "too_big" in keys(only(*OPENING, *small, data, *again, more=(too_big,)))


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        ((THE_SYN, Made(30, True, 100, 500, ACK), Made(1, True, 100, 500, PSH | ACK, 9)), "client_goes_on"),
        ((Made(0, False, 499, 100, SYN | ACK), Made(1000, False, 499, 100, SYN | ACK)), "answers_only"),
        ((Made(0, True, 100, 500, ACK, 10), Made(30, True, 110, 900, ACK)), "acks_advance"),
        ((Made(0, True, 100, 500, ACK, 10), Made(30, True, 110, 500, ACK, 10)), "one_way"),
    ],
)
def test_only_one_direction_is_there(segments: tuple[Made, ...], said: str) -> None:
    symptom = only(*segments)
    assert symptom.kind == "one_way"
    assert keys(symptom) == {said, "one_way"}


def test_a_window_of_zero_and_how_long_it_lasts() -> None:
    shut = Made(1, False, 500, 100, ACK, window=0)
    symptom = only(*OPENING, shut, Made(3000, True, 100, 500, ACK))
    assert (symptom.kind, symptom.evidence, symptom.by) == ("zero_window", (4,), bytes((10, 0, 0, 2)))
    assert symptom.known[0].text("en").endswith("when the capture ended 3.0 s later.")
    opened = only(*OPENING, shut, Made(2000, False, 500, 100, ACK))
    assert (opened.evidence, opened.known[0].text("en")[-12:]) == ((4, 5), "after 2.0 s.")


def test_loss_before_and_behind_the_capture_point() -> None:
    data = Made(1, True, 100, 500, PSH | ACK, 10)
    behind = only(*OPENING, data, data._replace(after_ms=200), Made(1, False, 500, 110, ACK))
    assert (behind.kind, behind.evidence) == ("loss", (4, 5))
    assert keys(behind) == {"sent_again", "lost_behind", "loss"}
    before = only(*OPENING, data._replace(sequence=110), data._replace(after_ms=200), Made(1, False, 500, 120, ACK))
    assert keys(before) == {"gaps", "sent_again", "loss"}
    unseen = only(*OPENING, data._replace(sequence=110), Made(1, False, 500, 120, ACK))
    assert "acks_unseen" in keys(unseen)


def test_packets_captured_twice_are_not_sent_again() -> None:
    """-i any on a bridge: the same datagram, with the same identification."""
    data = (Made(1, True, 100, 500, PSH | ACK, 10), Made(1, False, 500, 110, ACK))
    frames = [frame for frame in frames_of((*OPENING, *data)) for _ in range(2)]
    (symptom,) = symptoms(capture_of(frames))
    assert (symptom.kind, keys(symptom)) == ("established", {"established", "captured_twice"})


def test_a_syn_ack_that_is_not_in_the_capture_is_no_older_connection() -> None:
    symptom = only(THE_SYN, Made(1, True, 100, 500, PSH | ACK, 10), Made(1, False, 500, 110, ACK))
    assert symptom.kind == "in_the_middle"


def test_what_is_well() -> None:
    assert only(*OPENING).kind == "established"
    assert only(*OPENING, *CLOSING).kind == "closed"
    assert only(Made(0, True, 100, 500, ACK, 5), Made(1, False, 500, 105, ACK)).kind == "in_the_middle"
    swapped = (
        *OPENING,
        Made(1, True, 110, 500, ACK, 10),
        Made(0.1, True, 100, 500, ACK, 10),
        Made(1, False, 500, 120, ACK),
    )
    assert only(*swapped).kind == "loss"
    assert not only(*OPENING, *CLOSING).is_trouble


def test_a_host_that_is_not_there() -> None:
    question = bytes.fromhex("ffffffffffff 020000000001 0806 0001080006040001 020000000001")
    question += ipaddress.ip_address("10.0.0.1").packed + bytes(6) + ipaddress.ip_address("10.0.0.9").packed
    (symptom,) = symptoms(capture_of([Frame(START_NS + second * SECOND, question) for second in range(3)]))
    assert (symptom.kind, symptom.evidence, symptom.by) == ("host_not_there", (1, 2, 3), bytes((10, 0, 0, 9)))
    assert (symptom.client.port, symptom.server.port) == (0, 0)


def test_batches_make_no_difference() -> None:
    packets = list(Capture.open(capture_path("mix")))
    live = Diagnosis()
    for start in range(0, len(packets), 5):
        live.feed(packets[start : start + 5])
    assert live.symptoms() == symptoms(packets)


def test_a_long_watch_may_let_go_of_what_has_ended() -> None:
    packets = list(Capture.open(capture_path("mix")))
    whole = symptoms(packets)
    live = Diagnosis()
    taken = []
    for start in range(0, len(packets), 20):
        live.feed(packets[start : start + 20])
        taken += live.take_ended(packets[start].time_ns, quiet_ns=SECOND)
    assert {symptom.kind for symptom in taken} == {"closed", "refused"}
    rest = live.symptoms()
    assert sorted(symptom.evidence for symptom in (*taken, *rest)) == sorted(symptom.evidence for symptom in whole)
    assert len(rest) < len(whole)


def test_all_that_is_said_can_be_said_and_all_that_is_advised_can_be_run() -> None:
    """Over made connections of every kind: both languages, and commands that tcpdump takes."""
    kinds = set()
    for seed in range(150):
        for symptom in symptoms(capture_of(frames_of(told(seed), seed))):
            kinds.add(symptom.kind)
            assert set(symptom.evidence) <= {segment.number for segment in symptom.connection.segments}  # type: ignore[union-attr]
            for message in (*symptom.known, *symptom.unknown):
                assert message.text("ja") != message.text("en")
            for step in symptom.next_captures:
                assert step.why.text("ja") != step.why.text("en")
                command = parse_line(step.command)
                assert Filter(command.expression)
            assert symptom.next_captures or not symptom.is_trouble
    assert kinds >= {"closed", "established", "reset", "loss", "zero_window", "one_way", "in_the_middle", "half_open"}
