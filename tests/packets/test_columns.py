"""Columns of a capture's bytes: where they lie, where they end, and what is kept."""

import random

import numpy as np
import pytest

from lesson_engine.packets import Capture
from lesson_engine.packets.columns import HEADER_WIDTH, CaptureColumns, Column
from lesson_engine.packets.fields import BEYOND, load


def read(data: bytes, offset: int, size: int) -> int | None:
    try:
        return load(offset, size)(data)
    except BEYOND:
        return None


def numbers(column: Column, length: int) -> list[int | None]:
    missing = [False] * length if column.missing is None else column.missing.tolist()
    return [None if gone else int(value) for value, gone in zip(column.values, missing, strict=True)]  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("offset", [0, 1, 12, 59, 60, 61, 62, 63, 64, 65, 90, 200, 2**32])
def test_a_load_is_that_of_each_packet(offset: int, size: int) -> None:
    chance = random.Random(offset)
    frames = [chance.randbytes(chance.choice((0, 1, 14, 60, 63, 64, 65, 66, 100))) for _ in range(50)]
    columns = Capture.from_frames(frames).columns
    assert numbers(columns.load(offset, size), 50) == [read(data, offset, size) for data in frames]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_a_load_at_each_packets_own_position(size: int) -> None:
    chance = random.Random(size)
    frames = [chance.randbytes(chance.choice((0, 5, 60, 70, 150))) for _ in range(200)]
    columns = Capture.from_frames(frames).columns
    positions = np.array([chance.choice((0, 0, 0, 20, 20, 60, 62, 100, 2**32 - 1)) for _ in frames], dtype=np.uint32)
    found = columns.load_at("there", lambda: Column(positions, None), 3, size)
    assert numbers(found, 200) == [
        read(data, int(position) + 3, size) for data, position in zip(frames, positions, strict=True)
    ]


def test_a_capture_smaller_than_a_row_and_an_empty_one() -> None:
    columns = Capture.from_frames([b"ab", b"c"]).columns
    assert numbers(columns.load(1, 1), 2) == [ord("b"), None]
    assert len(Capture.from_frames([]).columns.load(0, 1).values) == 0  # type: ignore[arg-type]
    assert columns.data(0) == b"ab"


def test_a_division_by_zero_has_no_result() -> None:
    columns = Capture.from_frames([b"\x00", b"\x02"]).columns
    for sign in ("/", "%"):
        found = columns.calculate(sign, Column(7, None), columns.load(0, 1))
        assert numbers(found, 2) == [None, 3 if sign == "/" else 1]
        nothing = columns.calculate(sign, columns.load(0, 1), Column(0, None))
        assert numbers(nothing, 2) == [None, None]
        assert columns.calculate(sign, Column(1, None), Column(0, None)).missing.all()  # type: ignore[union-attr]


def test_what_was_loaded_is_kept_and_cannot_be_written_to() -> None:
    columns = Capture.from_frames([bytes(100)] * 10).columns
    first = columns.load(4, 2)
    assert columns.load(4, 2) is first
    with pytest.raises(ValueError, match="read-only"):
        first.values[0] = 1  # type: ignore[index]


def test_what_is_kept_is_bounded() -> None:
    frames = [bytes(HEADER_WIDTH)] * 1000
    columns: CaptureColumns = Capture.from_frames(frames).columns
    first = columns.load(0, 4)
    for offset in range(1, 40):
        columns.load(offset, 4)
    assert columns.load(0, 4) is not first
