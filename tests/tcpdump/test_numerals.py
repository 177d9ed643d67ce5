"""Numbers of arguments, against the C library itself."""

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.tcpdump.numerals import atoi, int64, strtol

NUMBERLIKE = st.text(alphabet="0123456789 +-xXaf.\t", max_size=24)


@pytest.mark.needs("libc")
@given(NUMBERLIKE)
def test_atoi_is_that_of_the_c_library(text: str) -> None:
    assert atoi(text) == ctypes.CDLL(None).atoi(text.encode())


@pytest.mark.needs("libc")
@given(NUMBERLIKE)
def test_strtol_is_that_of_the_c_library(text: str) -> None:
    strtol_c = ctypes.CDLL(None).strtol
    strtol_c.restype = ctypes.c_long
    strtol_c.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int]
    end = ctypes.c_char_p()
    value = strtol_c(text.encode(), ctypes.byref(end), 0)
    whole = end.value == b"" and any(character.isalnum() for character in text)
    assert strtol(text) == (ctypes.c_int(value).value if whole else None)


def test_an_absurd_number_costs_nothing() -> None:
    assert atoi("9" * 60_000) == -1
    assert int64("9" * 60_000) is None
    assert int64("0" * 60_000 + "5") == 5


def test_64_bits() -> None:
    assert int64("9223372036854775807") == 2**63 - 1
    assert int64("9223372036854775808") is None
    assert int64("5k") is int64("") is int64("0x5") is None
