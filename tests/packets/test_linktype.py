"""Link types are named as libpcap names them."""

import ctypes
from ctypes.util import find_library

import pytest

from lesson_engine.packets.linktype import EN10MB, RAW, LinkType
from lesson_engine.packets.linktype_names import NAMES


@pytest.mark.needs("libpcap")
def test_every_name_and_description_is_libpcap_s() -> None:
    pcap = ctypes.CDLL(find_library("pcap") or "libpcap.so.0.8")
    pcap.pcap_datalink_val_to_name.restype = ctypes.c_char_p
    pcap.pcap_datalink_val_to_description.restype = ctypes.c_char_p
    for number in range(400):
        name, description = pcap.pcap_datalink_val_to_name(number), pcap.pcap_datalink_val_to_description(number)
        theirs = None if name is None else (name.decode(), description.decode())
        assert NAMES.get(number) == theirs
        if theirs is not None:
            ours = LinkType.from_number(number)
            assert (ours.name, ours.description) == theirs
            assert ours.dlt == number


def test_a_file_s_number_and_libpcap_s_number_are_one_link_type() -> None:
    for file_number, dlt, name in (
        (100, 11, "ATM_RFC1483"),
        (101, 12, "RAW"),
        (101, 14, "RAW"),
        (102, 15, "SLIP_BSDOS"),
        (103, 16, "PPP_BSDOS"),
        (106, 19, "ATM_CLIP"),
    ):
        assert LinkType.from_number(file_number) == LinkType.from_number(dlt)
        assert LinkType.from_number(dlt).name == name
        assert LinkType.from_number(dlt).number == file_number


def test_the_known_ones_are_single_and_the_unknown_have_a_number() -> None:
    assert LinkType.from_number(1) is EN10MB
    assert LinkType.from_number(101) is RAW
    assert LinkType.from_number(65537) == LinkType(65537, "65537", "", None)
    assert LinkType.from_number(231).maximum_snapshot_length == 134217728
