"""Bytes in hexadecimal with marked ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.messages.cells import cell_width
from lesson_engine.views.hexdump import hex_lines, plain
from lesson_engine.views.text import line


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ([(0, 2)], "0000  [00 01]02 03 04 05 06 07  08 09                     .........."),
        ([(7, 9)], "0000   00 01 02 03 04 05 06[07  08]09                     .........."),
        ([(2, 4), (4, 6)], "0000   00 01[02 03|04 05]06 07  08 09                     .........."),
        ([(8, 99)], "0000   00 01 02 03 04 05 06 07 [08 09]                    .........."),
        ([(5, 5)], "0000   00 01 02 03 04 05 06 07  08 09                     .........."),
    ],
)
def test_marks_are_brackets(marked: list[tuple[int, int]], shown: str) -> None:
    assert plain(hex_lines(bytes(range(10)), marked)) == shown


def test_a_range_over_two_rows_is_closed_in_its_last() -> None:
    first, second = plain(hex_lines(bytes(20), [(15, 17)])).splitlines()
    assert first.count("[") == 1
    assert "]" not in first
    assert second.startswith("0010   00]00")
    assert plain(hex_lines(bytes(32), [(0, 16)])).splitlines()[0].endswith("00]  ................")


def test_marked_bytes_have_a_role_in_both_columns() -> None:
    (shown,) = hex_lines(b"GET /", [(0, 3)], "good")
    assert [run.text.strip() for run in shown if run.role == "good"] == ["[47 45 54]", "GET"]
    assert hex_lines(b"a")[0][1] == line(" 61")[0]._replace(text=hex_lines(b"a")[0][1].text)


@given(st.binary(max_size=100), st.lists(st.tuples(st.integers(-3, 110), st.integers(-3, 110)), max_size=4))
def test_every_line_has_the_same_columns(data: bytes, marked: list[tuple[int, int]]) -> None:
    lines = plain(hex_lines(data, marked)).splitlines() if data else []
    assert len(lines) == (len(data) + 15) // 16
    shown = "".join(each[6:55].translate({ord(mark): " " for mark in "[]|"}) for each in lines)
    assert bytes.fromhex(shown) == data
    assert all(cell_width(each) <= 74 and each.isascii() and each.isprintable() for each in lines)


def test_long_packets_have_longer_offsets() -> None:
    assert plain(hex_lines(bytes(0x10001))).splitlines()[-1].startswith("10000  ")
