"""Two capture points: a packet that passed, was lost, or was made in between, whatever the clocks say."""

import random

import pytest
from made_connections import ACK, FIN, PSH, RST, START_NS, SYN, Frame, Made, capture_of, frame_of

from lesson_engine import Capture
from lesson_engine.bundled import capture_path
from lesson_engine.conversations.symptoms import symptoms
from lesson_engine.conversations.vantage import Crossing, join, symptoms_between

MILLISECOND = 1_000_000
TALK = (
    Made(0, True, 99, 0, SYN),
    Made(1, False, 499, 100, SYN | ACK),
    Made(1, True, 100, 500, ACK),
    Made(1, True, 100, 500, PSH | ACK, 100),
    Made(1, True, 200, 500, PSH | ACK, 100),
    Made(1, False, 500, 300, ACK),
    Made(1, False, 500, 300, PSH | ACK, 700),
    Made(1, True, 300, 1200, ACK),
    Made(1, True, 300, 1200, FIN | ACK),
    Made(1, False, 1200, 301, FIN | ACK),
    Made(1, True, 301, 1201, ACK),
)


def points(
    talk: tuple[Made, ...] = TALK,
    lost: frozenset[int] = frozenset(),
    *,
    place: int = 0,
    ahead_ns: int = 0,
    routed: bool = True,
    way_ns: int = 300_000,
) -> tuple[Capture, Capture]:
    """The talk at the client's point and at the server's; packets with a number in `lost` are seen where they are sent
    alone. The server's clock is ahead; a router in between takes one from the time to live."""
    client, server = [], []
    time = START_NS
    for number, segment in enumerate(talk, 1):
        time += round(segment.after_ms * MILLISECOND)
        near, far = (client, server) if segment.forth else (server, client)
        skew = ahead_ns if segment.forth else -ahead_ns
        here = time + (0 if segment.forth else ahead_ns)
        near.append(Frame(here, frame_of(segment, place, number)))
        if number not in lost:
            far.append(Frame(here + skew + way_ns, frame_of(segment, place, number, 63 if routed else 64)))
    return capture_of(sorted(client)), capture_of(sorted(server))


def crossing(*captures: Capture) -> Crossing:
    (found,) = join(*captures)
    return found


@pytest.mark.parametrize("place", [0, 1, 2], ids=["IPv4", "IPv6", "VLAN"])
@pytest.mark.parametrize("ahead_ns", [0, 7_000_000_000, -7_000_000_000])
def test_each_packet_that_was_lost_is_found(place: int, ahead_ns: int) -> None:
    draw = random.Random(place)
    for _ in range(20):
        lost = frozenset(draw.sample(range(3, len(TALK) - 1), 3))
        captures = points(lost=lost, place=place, ahead_ns=ahead_ns)
        found = crossing(*captures)
        forth = {TALK[number - 1][2] for number in lost if TALK[number - 1].forth}
        back = {TALK[number - 1][2] for number in lost if not TALK[number - 1].forth}
        assert {segment.sequence for segment in found.lost_to_server} == forth
        assert {segment.sequence for segment in found.lost_to_client} == back
        assert (found.passed, found.untold, found.made_to_client, found.made_to_server) == (8, 0, (), ())


@pytest.mark.parametrize("routed", [True, False])
def test_the_files_may_be_given_in_either_order(routed: bool) -> None:
    first, second = points(lost=frozenset({4}), routed=routed)
    right, turned = crossing(first, second), crossing(second, first)
    assert [segment.number for segment in right.lost_to_server] == [4]
    assert turned.lost_to_server == right.lost_to_server
    assert (right.client_point, turned.client_point) == (0, 1)


def test_nothing_is_lost_between_and_both_saw_it() -> None:
    (symptom,) = symptoms_between(*points())
    assert symptom.kind == "closed"
    assert "conversations.known.seen_at_both" in {message.key for message in symptom.known}


def test_a_rst_that_the_server_did_not_send() -> None:
    client, server = points(TALK[:8])
    forged = Frame(client.times_ns[-1] - 1, frame_of(Made(0, False, 1200, 300, RST | ACK), 0, 900, 60))
    frames = [Frame(time, packet.data) for time, packet in zip(client.times_ns, client, strict=True)]
    (symptom,) = symptoms_between(capture_of(sorted([*frames, forged])), server)
    assert (symptom.kind, symptom.evidence, symptom.point) == ("made_between", (8,), 0)
    assert "RST" in symptom.known[0].text("ja")


def test_what_a_point_could_not_have_seen_is_no_loss() -> None:
    """The server's capture begins with the third packet and ends with the eighth."""
    client, server = points()
    late = server.select([2 <= index < 8 for index in range(len(server))])
    found = crossing(client, late)
    assert (found.passed, found.untold) == (6, 5)
    assert found[3:7] == ((), (), (), ())


def test_data_that_a_card_cut_has_passed() -> None:
    """One long segment at the sender is two on the wire."""
    long = (*TALK[:3], Made(1, True, 100, 500, PSH | ACK, 200), *TALK[5:])
    client, _ = points(long, place=1)
    _, server = points(place=1)
    assert crossing(client, server)[3:7] == ((), (), (), ())
    _, half = points(lost=frozenset({5}), place=1)
    assert [segment.sequence for segment in crossing(client, half).lost_to_server] == [100]


def test_copies_that_cannot_be_told_apart_are_joined_by_time() -> None:
    """Over IPv6 a SYN sent three times, of which the first two are lost."""
    talk = tuple(TALK[0]._replace(after_ms=1000.0 * count) for count in range(3)) + TALK[1:]
    captures = points(talk, frozenset({2, 3}), place=1, ahead_ns=5_000_000_000)
    found = crossing(*captures)
    assert [segment.number for segment in found.lost_to_server] == [2, 3]


def test_the_bundled_pair_shows_that_the_answers_were_lost() -> None:
    captures = [Capture.open(capture_path(f"lost_reply_{side}")) for side in ("client", "server")]
    (symptom,) = symptoms_between(*captures)
    answers = {
        number for number, packet in enumerate(captures[1], 1) if packet.data[26:30] == bytes((192, 168, 1, 100))
    }
    assert (symptom.kind, symptom.point) == ("lost_between", 1)
    assert set(symptom.evidence) < answers
    assert [each.kind for each in symptoms(captures[0])] == ["no_answer"]


def test_a_conversation_that_only_one_point_has_took_another_way() -> None:
    client, server = points()
    nothing = capture_of([])
    for captures, point in (((client, nothing), 0), ((nothing, server), 1)):
        (symptom,) = symptoms_between(*captures)
        assert (symptom.kind, symptom.point) == ("closed", point)
        assert "conversations.known.seen_at_one" in {message.key for message in symptom.known}


def test_a_syn_that_never_arrives() -> None:
    """Another conversation shows how the clocks differ and that the server's capture was running."""
    client, server = points(ahead_ns=3_000_000_000)
    lonely = Frame(client.times_ns[4] + 1, frame_of(Made(0, True, 5, 0, SYN), 3))
    frames = [Frame(time, packet.data) for time, packet in zip(client.times_ns, client, strict=True)]
    lost, well = symptoms_between(capture_of(sorted([*frames, lonely])), server)
    assert (lost.kind, lost.evidence, well.kind) == ("lost_between", (6,), "closed")
