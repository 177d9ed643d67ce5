"""Captures keep what was read: in order, numbered, and as arrays that others can view."""

from array import array
from pathlib import Path

import pytest

from lesson_engine.packets import Capture
from lesson_engine.packets.capture import Buffer, Headers
from lesson_engine.packets.linktype import EN10MB, RAW

FRAMES = [b"one", b"", b"three", bytes(1500)]


def test_frames_come_back_as_packets() -> None:
    capture = Capture.from_frames(FRAMES, RAW, times_ns=[5, 6, 7, 8])
    assert [(p.number, p.time_ns, p.data, p.captured_length, p.original_length) for p in capture] == [
        (number, 4 + number, frame, len(frame), len(frame)) for number, frame in enumerate(FRAMES, 1)
    ]
    assert {p.link_type for p in capture} == {RAW}
    assert capture[-1] == capture[3]
    assert len(capture) == 4


def test_an_index_beyond_the_end_is_an_index_error() -> None:
    capture = Capture.from_frames(FRAMES)
    for index in (4, -5):
        with pytest.raises(IndexError):
            capture[index]


def test_frames_and_times_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="4 frames but 1 times"):
        Capture.from_frames(FRAMES, times_ns=[1])


def test_the_arrays_have_the_widths_that_numpy_is_told() -> None:
    capture = Capture.from_frames(FRAMES)
    arrays = (capture.offsets, capture.captured_lengths, capture.original_lengths, capture.times_ns)
    assert [(a.typecode, a.itemsize) for a in arrays] == [("Q", 8), ("I", 4), ("I", 4), ("q", 8)]


def test_a_selection_keeps_numbers_and_all_else() -> None:
    capture = Capture.from_frames(FRAMES, RAW, times_ns=[5, 6, 7, 8])
    capture.error = ValueError("cut")
    chosen = capture.select(b"\1\0\0\1").select(b"\0\1")
    assert [(p.number, p.time_ns, p.data) for p in chosen] == [(4, 8, FRAMES[3])]
    assert chosen.link_type is RAW
    assert chosen.error is capture.error


def test_a_few_packets_of_many_do_not_read_all_headers() -> None:
    asked = []

    def headers(buffer: Buffer, offsets: "array[int]") -> Headers:
        asked.append(len(offsets))
        return Headers(array("I", offsets), array("q", offsets), {3: (1, -1)} if offsets[0] == 0 else {})

    count = 10_000
    capture = Capture(
        bytes(count),
        EN10MB,
        offsets=array("Q", range(count)),
        captured_lengths=array("I", [1]) * count,
        headers=headers,
    )
    for index in (0, 3, 5000, 5001, 9999, -1, 2):
        assert capture[index].time_ns == index % count
    assert sum(asked) < 2000
    assert [p.number - 1 for p in capture if p.odd_time is not None] == [3]
    assert list(capture.times_ns) == list(range(count)) == [p.time_ns for p in capture]


def test_headers_are_read_when_wanted_once_and_only_of_what_was_selected() -> None:
    asked = []

    def headers(buffer: Buffer, offsets: "array[int]") -> Headers:
        asked.append(list(offsets))
        return Headers(array("I", offsets), array("q", offsets), {0: (1, -1)})

    capture = Capture(
        b"abcd", EN10MB, offsets=array("Q", [0, 1, 2]), captured_lengths=array("I", [1, 1, 1]), headers=headers
    )
    chosen = capture.select(b"\0\1\1")
    assert asked == []
    assert [p.original_length for p in chosen] == [1, 2]
    assert [p.odd_time for p in chosen] == [(1, -1), None]
    assert asked == [[1, 2]]
    assert [p.odd_time for p in capture.select(b"\1\0\1")] == [(1, -1), None]


def test_odd_times_follow_their_packets_into_a_selection() -> None:
    headers = Headers(array("I", [1, 1, 1]), array("q", [0, 0, 0]), {1: (7, -5)})
    capture = Capture(
        b"abc", EN10MB, offsets=array("Q", [0, 1, 2]), captured_lengths=array("I", [1, 1, 1]), headers=headers
    )
    assert capture.select(b"\0\1\1").odd_times == {0: (7, -5)}


def test_open_reads_a_savefile(tmp_path: Path) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(bytes.fromhex("d4c3b2a1 02000400 00000000 00000000 00000400 01000000"))
    assert len(Capture.open(path)) == 0


@pytest.mark.parametrize("name", ["mix", "handshake"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_parts_together_are_the_whole(name: str, size: int) -> None:
    whole = Capture.open(f"sample_pcaps/{name}.pcap")
    parts = list(whole.parts(size))
    assert [packet for part in parts for packet in part] == list(whole)
    assert max(map(len, parts)) <= size


def test_the_last_part_has_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "cut.pcap"
    path.write_bytes(Path("sample_pcaps/handshake.pcap").read_bytes()[:-1])
    capture = Capture.open(path)
    assert capture.error is not None
    assert [part.error for part in capture.parts(4)] == [None, None, capture.error]
    empty = Capture.from_frames([])
    assert [len(part) for part in empty.parts(4)] == [0]


@pytest.mark.parametrize("read_before", [False, True])
def test_headers_of_some_packets(read_before: bool) -> None:
    capture = Capture.open("sample_pcaps/handshake.pcap")
    if read_before:
        assert capture.headers
    some = capture.headers_at([7, 2])
    assert list(some.times_ns) == [capture[7].time_ns, capture[2].time_ns]
    assert list(some.original_lengths) == [capture[7].original_length, capture[2].original_length]
