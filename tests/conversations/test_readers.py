"""Reading datagrams, segments, ICMP errors and questions for neighbours from bytes, good and bad."""

import ipaddress
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_connections import ACK, PSH, SYN, Made, frame_of

from lesson_engine.conversations.datagram import datagram_of
from lesson_engine.conversations.icmp import icmp_error_of
from lesson_engine.conversations.neighbours import Neighbours
from lesson_engine.conversations.symptoms import symptoms
from lesson_engine.conversations.tcp import is_before, segment_of
from lesson_engine.packets import Capture, Packet
from lesson_engine.packets.linktype import EN10MB, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW
from lesson_engine.sources.writing import write_savefile

SEGMENT = Made(0, True, 99, 500, PSH | ACK, 30, options=bytes((8, 10)) + bytes(8))


def packet(data: bytes, link_type: object = EN10MB, length: int | None = None) -> Packet:
    return Packet(1, 0, data, len(data) if length is None else length, link_type)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [0, 1, 2], ids=["IPv4", "IPv6", "VLAN"])
def test_a_segment_is_read_or_is_none_wherever_it_is_cut(place: int) -> None:
    frame = frame_of(SEGMENT, place, identification=7)
    segment = segment_of(packet(frame))
    assert segment is not None
    assert (segment.sequence, segment.acknowledgment, segment.flags, segment.payload_length) == (99, 500, PSH | ACK, 30)
    assert (segment.window, segment.hop_limit) == (64240, 64)
    assert segment.option(8) == bytes(8)
    assert segment.identification == (None if place == 1 else 7)
    header = len(frame) - 30 - 12
    for length in range(len(frame)):
        cut = segment_of(packet(frame[:length], length=len(frame)))
        assert (cut is not None) == (length >= header)
        assert cut is None or cut.payload_length == 30


@pytest.mark.parametrize(
    ("head", "link_type"),
    [
        (b"", RAW),
        (bytes(14) + b"\x08\x00", LINUX_SLL),
        (b"\x08\x00" + bytes(18), LINUX_SLL2),
        (b"\x02\0\0\0", NULL),
        (b"\0\0\0\x02", LOOP),
    ],
)
def test_every_link_type_that_leads_to_ip(head: bytes, link_type: object) -> None:
    segment = segment_of(packet(head + frame_of(SEGMENT)[14:], link_type))
    assert segment is not None
    assert str(segment.source) == "10.0.0.1.20000"


def test_a_segment_that_a_card_is_to_cut_is_as_long_as_its_frame() -> None:
    frame = bytearray(frame_of(SEGMENT))
    frame[16:18] = b"\0\0"
    segment = segment_of(packet(bytes(frame), length=len(frame) + 60_000))
    assert segment is not None
    assert segment.payload_length == 60_030


def test_extension_headers_lead_to_the_segment_and_later_fragments_to_none() -> None:
    frame = frame_of(SEGMENT, 1)[14:]
    for offset, is_read in ((0, True), (0x0008, False)):
        fragment = bytes((6, 0)) + struct.pack(">HI", offset, 9)
        options = bytes((44, 0)) + bytes(6)
        length = struct.pack(">H", len(frame) - 40 + 16)
        data = frame[:4] + length + b"\0" + frame[7:40] + options + fragment + frame[40:]
        segment = segment_of(packet(data, IPV6))
        assert (segment is not None) is is_read
        assert segment is None or segment.payload_length == 30
        datagram = datagram_of(packet(data, IPV6))
        assert datagram is not None
        assert datagram.fragment_offset == offset


def test_sequence_numbers_wrap() -> None:
    assert is_before(0xFFFFFFFF, 0)
    assert not is_before(0, 0xFFFFFFFF)
    assert not is_before(5, 5)


def icmp(kind: int, code: int, quoted: bytes, rest: bytes = bytes(4), version: int = 4) -> bytes:
    """A raw ICMP datagram from a router, about the datagram `quoted`."""
    message = bytes((kind, code, 0, 0)) + rest + quoted
    if version == 6:
        ends = ipaddress.ip_address("2001:db8::fe").packed + quoted[8:24]
        return struct.pack(">IHBB", 6 << 28, len(message), 58, 64) + ends + message
    ends = bytes((10, 0, 0, 254)) + quoted[12:16]
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(message), 1, 0, 64, 1, 0) + ends + message


@pytest.mark.parametrize(
    ("version", "kind", "code", "reason"),
    [
        (4, 3, 0, "net_unreachable"),
        (4, 3, 1, "host_unreachable"),
        (4, 3, 2, "protocol_unreachable"),
        (4, 3, 3, "port_unreachable"),
        (4, 3, 4, "too_big"),
        (4, 3, 5, "unreachable"),
        (4, 3, 9, "prohibited"),
        (4, 3, 10, "prohibited"),
        (4, 3, 13, "prohibited"),
        (4, 11, 0, "hops_exceeded"),
        (4, 11, 1, None),
        (4, 0, 0, None),
        (6, 1, 0, "net_unreachable"),
        (6, 1, 1, "prohibited"),
        (6, 1, 3, "host_unreachable"),
        (6, 1, 4, "port_unreachable"),
        (6, 1, 6, "prohibited"),
        (6, 2, 0, "too_big"),
        (6, 3, 0, "hops_exceeded"),
        (6, 129, 0, None),
    ],
)
def test_icmp_errors_name_the_segment_and_the_reason(version: int, kind: int, code: int, reason: str | None) -> None:
    quoted = frame_of(SEGMENT, 1 if version == 6 else 0)[14:]
    error = icmp_error_of(packet(icmp(kind, code, quoted, struct.pack(">I", 1400), version), RAW))
    assert (error.reason if error else None) == reason
    if error:
        assert (error.source.port, error.destination.port, error.sequence) == (20000 + (version == 6), 40001, 99)
        assert error.by == (ipaddress.ip_address("2001:db8::fe" if version == 6 else "10.0.0.254")).packed
        assert error.mtu == (1400 if reason == "too_big" else 0)


def test_eight_quoted_bytes_are_enough_and_seven_are_not() -> None:
    quoted = frame_of(SEGMENT)[14:]
    assert icmp_error_of(packet(icmp(3, 3, quoted[:28]), RAW)) is not None
    assert icmp_error_of(packet(icmp(3, 3, quoted[:27]), RAW)) is None


def arp(operation: int, sender: str, target: str) -> bytes:
    ends = [bytes(6) + ipaddress.ip_address(end).packed for end in (sender, target)]
    return (
        b"\xff" * 6
        + bytes(6)
        + b"\x08\x06"
        + bytes.fromhex("0001080006 04")
        + struct.pack(">H", operation)
        + b"".join(ends)
    )


def silent(*frames: tuple[int, bytes]) -> list[tuple[str, tuple[int, ...]]]:
    """The silent hosts of frames that come so many seconds after the start."""
    neighbours = Neighbours()
    for number, (second, data) in enumerate(frames, 1):
        neighbours.add(Packet(number, second * 10**9, data, len(data), EN10MB))
    return [(str(ipaddress.ip_address(host.address)), host.packets) for host in neighbours.silent()]


ASKED = arp(1, "10.0.0.1", "10.0.0.9")


def test_who_is_asked_for_again_and_again_is_not_there() -> None:
    assert silent((0, ASKED), (1, ASKED), (2, ASKED)) == [("10.0.0.9", (1, 2, 3))]


@pytest.mark.parametrize(
    "frames",
    [
        ((0, ASKED),),
        ((0, ASKED), (60, ASKED), (120, ASKED)),
        ((0, ASKED), (1, ASKED), (1, arp(2, "10.0.0.9", "10.0.0.1"))),
        ((0, ASKED), (1, ASKED), (2, arp(1, "10.0.0.9", "10.0.0.7"))),
        ((0, arp(1, "0.0.0.0", "10.0.0.9")), (1, arp(1, "0.0.0.0", "10.0.0.9"))),
        ((0, arp(1, "10.0.0.9", "10.0.0.9")), (1, arp(1, "10.0.0.9", "10.0.0.9"))),
    ],
    ids=["asked once", "asked every minute", "answered", "heard of later", "a probe", "an announcement"],
)
def test_who_may_be_there_is_not_reported(frames: tuple[tuple[int, bytes], ...]) -> None:
    assert silent(*frames) == []


def test_neighbour_discovery_is_the_same_for_ipv6() -> None:
    ends = [ipaddress.ip_address(end).packed for end in ("fe80::1", "ff02::1:ff00:9")]
    target = ipaddress.ip_address("fe80::9").packed
    ask = struct.pack(">IHBB", 6 << 28, 24, 58, 255) + b"".join(ends) + bytes((135, 0)) + bytes(6) + target
    question = bytes(12) + b"\x86\xdd" + ask
    answer = bytes(12) + b"\x86\xdd" + ask[:8] + target + ends[0] + bytes((136, 0)) + bytes(6) + target
    assert silent((0, question), (1, question)) == [("fe80::9", (1, 2))]
    assert silent((0, question), (1, question), (1, answer)) == []


@given(st.lists(st.binary(max_size=90), max_size=6), st.sampled_from([EN10MB, RAW, LINUX_SLL, LINUX_SLL2, NULL]))
def test_any_bytes_have_symptoms_or_none(frames: list[bytes], link_type: object) -> None:
    for symptom in symptoms(Capture.from_frames(frames, link_type)):  # type: ignore[arg-type]
        assert symptom.evidence


@given(st.binary(max_size=40), st.integers(0, 59), st.integers(0, 2))
def test_a_damaged_frame_is_read_or_is_none(damage: bytes, at: int, place: int) -> None:
    frame = frame_of(Made(0, True, 1, 0, SYN), place)
    broken = packet(frame[:at] + damage + frame[at + len(damage) :])
    segment = segment_of(broken)
    assert segment is None or 0 <= segment.payload_length <= 0xFFFF
    icmp_error_of(broken)


@pytest.mark.needs("tshark")
def test_odd_frames_hold_the_segments_that_tshark_sees(tmp_path: Path) -> None:
    """Double tags, a long IP header, trailing padding."""
    plain = frame_of(SEGMENT)
    long_header = plain[:14] + b"\x46" + plain[15:16] + struct.pack(">H", len(plain) - 14 + 4) + plain[18:34] + bytes(4)
    frames = [
        plain[:12] + bytes.fromhex("88a80001 81000002") + plain[12:],
        long_header + plain[34:],
        plain + bytes(9),
    ]
    path = tmp_path / "odd.pcap"
    capture = Capture.from_frames(frames)
    write_savefile(path, capture)
    done = subprocess.run(
        ["tshark", "-r", path, "-T", "fields", "-e", "tcp.seq_raw", "-e", "tcp.len"],
        capture_output=True,
        text=True,
        check=True,
    )
    segments = [segment_of(each) for each in capture]
    ours = [f"{segment.sequence}\t{segment.payload_length}" for segment in segments if segment]
    assert ours == done.stdout.splitlines() == ["99\t30"] * 3
