"""A capture that grows has what came, in order, and stops where its room ends."""

from array import array

import pytest

from lesson_engine.bundled import capture_path
from lesson_engine.packets import Capture, Packet
from lesson_engine.packets.capture import Headers
from lesson_engine.packets.growing import GrowingCapture
from lesson_engine.packets.linktype import EN10MB, RAW


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_batches_of_any_size_give_the_capture_they_are_parts_of(size: int) -> None:
    whole = Capture.open(capture_path("mix"))
    growing = GrowingCapture(whole.link_type, snapshot_length=whole.snapshot_length)
    assert [growing.add(batch) for batch in whole.parts(size)] == [len(batch) for batch in whole.parts(size)]
    assert list(growing.capture) == list(whole)
    assert growing.capture.snapshot_length == whole.snapshot_length
    assert not growing.is_full


def test_what_was_asked_for_before_stays_also_where_numpy_looks_at_it() -> None:
    growing = GrowingCapture(RAW)
    growing.add(Capture.from_frames([b"\x45one"], RAW, times_ns=[5]))
    before = growing.capture
    assert int(before.columns.load(0, 1).values[0]) == 0x45
    growing.add(Capture.from_frames([b"\x60two"], RAW, times_ns=[6]))
    assert list(before) == [Packet(1, 5, b"\x45one", 4, RAW)]
    assert list(growing.capture) == [*before, Packet(2, 6, b"\x60two", 4, RAW)]
    assert growing.capture.columns.load(0, 1).values.tolist() == [0x45, 0x60]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("most_packets", "most_bytes", "kept", "is_full"),
    [(2, 100, 2, True), (3, 100, 3, True), (4, 100, 3, False), (9, 11, 3, False), (9, 10, 2, True), (9, 5, 1, True)],
)
def test_it_is_full_at_either_bound(most_packets: int, most_bytes: int, kept: int, is_full: bool) -> None:
    growing = GrowingCapture(EN10MB, most_packets=most_packets, most_bytes=most_bytes)
    assert growing.add(Capture.from_frames([b"one", b"two", b"three"])) == kept
    assert [packet.data for packet in growing.capture] == [b"one", b"two", b"three"][:kept]
    assert (len(growing), growing.is_full) == (kept, is_full)
    assert growing.add(Capture.from_frames([])) == 0


def test_odd_times_and_cut_packets_stay_with_their_packets() -> None:
    def batch(odd_times: dict[int, tuple[int, int]]) -> Capture:
        headers = Headers(array("I", [2, 9]), array("q", [1, 2]), odd_times)
        lengths = array("I", [2, 2])
        return Capture(b"abcd", EN10MB, offsets=array("Q", [0, 2]), captured_lengths=lengths, headers=headers)

    growing = GrowingCapture(EN10MB, most_packets=3)
    growing.add(batch({1: (7, -1)}))
    growing.add(batch({0: (8, -1), 1: (9, -1)}))
    assert growing.capture.odd_times == {1: (7, -1), 2: (8, -1)}
    assert growing.capture.cut_packets == 1
    assert [packet.original_length for packet in growing.capture] == [2, 9, 2]
