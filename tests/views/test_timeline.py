"""Timelines: every packet is in one lane and one stretch of time."""

import pytest

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.messages import LANGUAGES, Language
from lesson_engine.messages.cells import cell_width
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.views.timeline import BY, By, plain, timeline, timeline_lines


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("name", capture_names())
def test_no_packet_is_left_out(name: str, by: By) -> None:
    capture = Capture.open(capture_path(name))
    seen = timeline(capture, by=by, most=4, stretches=10)
    assert sum(lane.packets for lane in seen.lanes) == len(capture)
    assert sum(lane.octets for lane in seen.lanes) == sum(capture.original_lengths)
    assert len(seen.lanes) <= 5
    assert seen.length_ns == max(capture.times_ns) - min(capture.times_ns)
    assert min(lane.first_ns for lane in seen.lanes) == 0
    assert max(lane.last_ns for lane in seen.lanes) == seen.length_ns


def test_both_directions_are_one_conversation_named_by_its_first_packet() -> None:
    capture = Capture.open(capture_path("handshake"))
    (lane,) = timeline(capture).lanes
    assert str(lane.name) == "TCP 192.168.1.50.47398 > 93.184.216.34.80"


def test_times_out_of_order_and_frames_of_nothing_known_have_their_place() -> None:
    packets = [Packet(number, time, b"\0" * 20, 20, EN10MB) for number, time in ((1, 90), (2, 0), (3, 99))]
    (lane,) = timeline(packets, stretches=10).lanes
    assert (lane.counts, lane.first_ns, lane.last_ns) == ((1, 0, 0, 0, 0, 0, 0, 0, 0, 2), 0, 99)
    assert lane.name.text("en") == "neither IP nor ARP"


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocks_stand_in_one_column(language: Language) -> None:
    head, *rows = plain(timeline_lines(timeline(Capture.open(capture_path("mix"))), language)).splitlines()
    assert {cell_width(row) for row in rows[:-3]} == {cell_width(head) + 2 + 24}


def test_one_packet_and_none() -> None:
    capture = Capture.open(capture_path("handshake"))
    assert sum(timeline([capture[0]]).lanes[0].counts) == 1
    assert timeline_lines(timeline([]), "ja") == []
