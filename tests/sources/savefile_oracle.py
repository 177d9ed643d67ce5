"""The installed libpcap as an oracle: what it makes of the bytes of a savefile, through ctypes."""

import ctypes
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any, NamedTuple

NANOSECOND_PRECISION = 1


class Record(NamedTuple):
    """A record as libpcap gives it, asked for nanoseconds."""

    seconds: int
    nanoseconds: int
    captured_length: int
    original_length: int
    data: bytes


class Reading(NamedTuple):
    """All that libpcap says about a savefile. `refusal` is its text if it did not open it, `error` its text if it
    read records until it failed."""

    refusal: str | None = None
    error: str | None = None
    dlt: int = -1
    snapshot_length: int = -1
    swapped: bool = False
    records: tuple[Record, ...] = ()


class _Header(ctypes.Structure):
    _fields_ = (
        ("seconds", ctypes.c_long),
        ("fraction", ctypes.c_long),
        ("captured_length", ctypes.c_uint32),
        ("original_length", ctypes.c_uint32),
    )


def library() -> Any:
    """libpcap, with the functions used here declared."""
    pcap = ctypes.CDLL(find_library("pcap") or "libpcap.so.0.8")
    handle = ctypes.c_void_p
    pcap.pcap_open_offline_with_tstamp_precision.argtypes = (ctypes.c_char_p, ctypes.c_uint, ctypes.c_char_p)
    pcap.pcap_open_offline_with_tstamp_precision.restype = handle
    for name in ("pcap_datalink", "pcap_snapshot", "pcap_is_swapped", "pcap_close", "pcap_geterr"):
        getattr(pcap, name).argtypes = (handle,)
    pcap.pcap_geterr.restype = ctypes.c_char_p
    pcap.pcap_close.restype = None
    pcap.pcap_next_ex.argtypes = (handle, ctypes.POINTER(ctypes.POINTER(_Header)), ctypes.POINTER(handle))
    pcap.pcap_datalink_val_to_name.restype = ctypes.c_char_p
    pcap.pcap_datalink_val_to_description.restype = ctypes.c_char_p
    return pcap


def read(path: Path, precision: int = NANOSECOND_PRECISION) -> Reading:
    """What libpcap reads from the savefile at `path`."""
    pcap = library()
    problem = ctypes.create_string_buffer(256)
    handle = pcap.pcap_open_offline_with_tstamp_precision(bytes(path), precision, problem)
    if not handle:
        return Reading(refusal=problem.value.decode())
    try:
        header = ctypes.POINTER(_Header)()
        data = ctypes.c_void_p()
        records = []
        while (result := pcap.pcap_next_ex(handle, header, data)) == 1:
            h = header.contents
            captured = ctypes.string_at(data.value, h.captured_length) if h.captured_length else b""
            records.append(Record(h.seconds, h.fraction, h.captured_length, h.original_length, captured))
        return Reading(
            error=pcap.pcap_geterr(handle).decode() if result == -1 else None,
            dlt=pcap.pcap_datalink(handle),
            snapshot_length=pcap.pcap_snapshot(handle),
            swapped=(pcap.pcap_is_swapped(handle) == 1) == (sys.byteorder == "little"),
            records=tuple(records),
        )
    finally:
        pcap.pcap_close(handle)
