"""Records found in many lanes at once are those found one after the other, whatever the guesses."""

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from savefile_bytes import enhanced, interface, obsolete, pcap_header, pcap_record, section, simple
from savefile_cases import CASES

from lesson_engine.packets import Capture
from lesson_engine.sources import lanes, records
from lesson_engine.sources.faults import SavefileError
from lesson_engine.sources.savefile import open_savefile

SECONDS = 1_700_000_000
KINDS = ("pcap", "swapped pcap", "pcapng", "swapped pcapng")


def everything(capture: Capture) -> tuple[object, ...]:
    return (
        capture.offsets,
        capture.captured_lengths,
        capture.original_lengths,
        capture.times_ns,
        capture.odd_times,
        str(capture.error),
    )


def opened(path: Path) -> tuple[object, ...]:
    try:
        return everything(open_savefile(path))
    except SavefileError as fault:
        return (str(fault),)


def both_ways(data: bytes, path: Path, lane: int = 200) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Read without lanes, and with ones so small that a short file has many of them."""
    path.write_bytes(data)
    without = opened(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "MANY_BYTES", 0)
        patch.setattr(lanes, "_BATCH", 10 * lane)
        patch.setattr(lanes, "_LANE", lane)
        patch.setattr(lanes, "_WINDOW", lane)
        patch.setattr(lanes, "_CONFIRMATIONS", 1)
        patch.setattr(lanes, "_MOST_STEPS", 4)
        return without, opened(path)


def savefile(kind: str, packets: list[bytes]) -> bytes:
    order = ">" if kind.startswith("swapped") else "<"
    if kind.endswith("pcapng"):
        start = section(order) + interface(order) + interface(order)
        return start + b"".join([enhanced(data, order, len(data) % 2) for data in packets])
    return pcap_header(order) + b"".join([pcap_record(data, order, SECONDS) for data in packets])


@pytest.mark.parametrize("name", CASES)
def test_every_savefile_is_read_the_same(name: str, tmp_path: Path) -> None:
    without, lanes_too = both_ways(CASES[name], tmp_path / "x.pcap")
    assert lanes_too == without


packets_of_any_kind = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from([bytes(64), bytes(300), *(savefile(kind, [bytes(9)] * 3) for kind in KINDS)]),
    ),
    max_size=60,
)


@given(st.sampled_from(KINDS), packets_of_any_kind, st.sampled_from([40, 200, 1000]), st.integers(0, 40))
def test_packets_that_look_like_records_mislead_nobody(
    tmp_path_factory: pytest.TempPathFactory, kind: str, packets: list[bytes], lane: int, cut: int
) -> None:
    data = savefile(kind, packets)
    without, lanes_too = both_ways(data[: len(data) - cut], tmp_path_factory.getbasetemp() / "x.pcap", lane)
    assert lanes_too == without


@given(
    st.sampled_from(KINDS),
    st.lists(st.integers(0, 50), min_size=20, max_size=60),
    st.lists(st.tuples(st.integers(24, 1000), st.sampled_from([0, 1, 4, 6, 40, 255])), max_size=3),
)
def test_damage_is_found_where_it_is(
    tmp_path_factory: pytest.TempPathFactory, kind: str, sizes: list[int], damage: list[tuple[int, int]]
) -> None:
    data = bytearray(savefile(kind, [bytes(size) for size in sizes]))
    for position, byte in damage:
        data[position % len(data)] = byte
    without, lanes_too = both_ways(bytes(data), tmp_path_factory.getbasetemp() / "x.pcap")
    assert lanes_too == without


def test_other_blocks_among_the_packets_are_read_too(tmp_path: Path) -> None:
    many = [enhanced(bytes(size % 40)) for size in range(60)]
    odd = [simple(b"abc"), obsolete(b"de"), interface(), section() + interface(), enhanced(b"", time=1 << 62)]
    data = section() + interface() + b"".join(many + [block for one in odd for block in [one, *many]])
    without, lanes_too = both_ways(data, tmp_path / "x.pcapng")
    assert lanes_too == without
    assert len(open_savefile(tmp_path / "x.pcapng")) == 6 * 60 + 3


@pytest.mark.parametrize("kind", KINDS)
def test_lanes_begin_where_records_do(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.pcap"
    path.write_bytes(savefile(kind, [bytes(size % 50) for size in range(400)]))
    right = set(open_savefile(path).offsets)
    guesses: list[int] = []
    guessed = lanes._guessed

    def noted(*arguments: object) -> list[int]:
        found = guessed(*arguments)  # type: ignore[arg-type]
        guesses.extend(found)
        return found

    monkeypatch.setattr(records, "MANY_BYTES", 0)
    monkeypatch.setattr(lanes, "_LANE", 1000)
    monkeypatch.setattr(lanes, "_WINDOW", 500)
    monkeypatch.setattr(lanes, "_guessed", noted)
    assert set(open_savefile(path).offsets) == right
    assert len(guesses) > 10
    assert {start + (28 if kind.endswith("pcapng") else 16) for start in guesses} <= right


def test_words_are_read_in_either_order() -> None:
    buffer = b"\xff" + struct.pack(">III", 1, 2, 3)
    assert lanes.words_at(buffer, np.array([1, 5]), 2, "big").tolist() == [[1, 2], [2, 3]]
    assert lanes.words_at(buffer, np.array([9]), 1, "little").tolist() == [[3 << 24]]
