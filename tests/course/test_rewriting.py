"""Rewriting reaches every place that spells an address, a port or a sequence number, and keeps checksums right."""

import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.bundled import capture_names
from lesson_engine.course.captures import open_capture
from lesson_engine.course.rewriting import Flow, Substitution, rewrite
from lesson_engine.course.seeding import Rewriting
from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB, IPV4, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType
from lesson_engine.sources.writing import write_savefile

HERE, THERE, ROUTER = (socket.inet_aton(each) for each in ("192.168.1.50", "93.184.216.34", "192.168.1.1"))
HERE6, THERE6 = (socket.inet_pton(socket.AF_INET6, each) for each in ("2001:db8:1::50", "2001:db8:2::34"))
HERE_MAC, ROUTER_MAC = bytes.fromhex("0200c0a80132"), bytes.fromhex("0200c0a80101")
SPELLED = [HERE, THERE, ROUTER, HERE6, THERE6, b"192.168.1.50", b"93.184.216.34", b"\x0250\x011\x03168\x03192"]
PORT = 50650


def checksum(data: bytes) -> int:
    """The Internet checksum, the slow way round (RFC 1071)."""
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) & 1)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def summed(message: bytes, at: int, pseudo_header: bytes = b"") -> bytes:
    return message[:at] + struct.pack(">H", checksum(pseudo_header + message)) + message[at + 2 :]


def ip(payload: bytes, protocol: int, *, forth: bool = True, options: bytes = b"", fragment: int = 0) -> bytes:
    addresses = HERE + THERE if forth else THERE + HERE
    words = 5 + len(options) // 4
    total = words * 4 + len(payload)
    header = struct.pack(">BBHHHBBH", 0x40 | words, 0, total, 7, fragment, 64, protocol, 0) + addresses + options
    return summed(header, 10) + payload


def ip6(payload: bytes, following: int, *, source: bytes = HERE6, destination: bytes = THERE6) -> bytes:
    return struct.pack(">IHBB", 6 << 28, len(payload), following, 255) + source + destination + payload


def pseudo(length: int, protocol: int, addresses: bytes = HERE + THERE) -> bytes:
    """The pseudo-header of IPv4, or of IPv6, whose fields differ in order and size but not in their sum."""
    return addresses + struct.pack(">HH", protocol, length)


def tcp(payload: bytes = b"", *, options: bytes = b"", port: int = 80, addresses: bytes = HERE + THERE) -> bytes:
    offset = 5 + len(options) // 4 << 4
    header = struct.pack(">HHIIBBHHH", PORT, port, 1000, 2000, offset, 0x18, 64, 0, 0)
    message = header + options + payload
    return summed(message, 16, pseudo(len(message), 6, addresses))


def udp(payload: bytes, *, port: int = 9999, addresses: bytes = HERE + THERE) -> bytes:
    message = struct.pack(">HHHH", PORT, port, 8 + len(payload), 0) + payload
    return summed(message, 6, pseudo(len(message), 17, addresses))


def icmp(kind: int, rest: bytes) -> bytes:
    return summed(bytes((kind, 1 if kind == 3 else 0, 0, 0)) + rest, 2)


def icmp6(kind: int, rest: bytes, *, destination: bytes = THERE6) -> bytes:
    message = bytes((kind, 0, 0, 0)) + rest
    summed_message = summed(message, 2, pseudo(len(message), 58, HERE6 + destination))
    return ip6(summed_message, 58, destination=destination)


def name(text: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".")) + b"\0"


def dns() -> bytes:
    header = struct.pack(">HHHHHH", 1, 0x8180, 1, 3, 0, 0)
    question = name("50.1.168.192.in-addr.arpa") + struct.pack(">HH", 12, 1)
    host = struct.pack(">HHHIH", 0xC00C, 1, 1, 60, 4) + THERE
    host6 = struct.pack(">HHHIH", 0xC00C, 28, 1, 60, 16) + THERE6
    text = b"v=spf1 ip4:93.184.216.34 -all"
    record = struct.pack(">HHHIH", 0xC00C, 16, 1, 60, len(text) + 1) + bytes([len(text)]) + text
    return header + question + host + host6 + record


TIMES = bytes.fromhex("0101080a 00000064 000000c8")
RECORD_ROUTE = b"\x07\x0b\x0c" + ROUTER + THERE + b"\0"
SOLICITED = bytes.fromhex("ff0200000000000000000001ff000034")
WHOLE = udp(b"x" * 64)

IPV4_PACKETS = {
    "tcp": ip(tcp(b"GET / HTTP/1.1\r\nHost: 93.184.216.34\r\nX-From: http://192.168.1.50/\r\n\r\n"), 6),
    "sack": ip(tcp(options=b"\1\1\5\x12" + struct.pack(">IIII", 4000, 5000, 6000, 7000)), 6),
    "timestamps": ip(tcp(options=TIMES), 6),
    "timestamps at an odd offset": ip(tcp(options=b"\1\x08\x0a" + bytes(range(8)) + b"\0"), 6),
    "udp": ip(udp(b"to 93.184.216.34, odd"), 17),
    "udp without a checksum": ip(struct.pack(">HHHH", PORT, 9999, 9, 0) + b"x", 17),
    "dns": ip(udp(dns(), port=53), 17),
    "dns over tcp": ip(tcp(struct.pack(">H", len(dns())) + dns(), port=53), 6),
    "first fragment": ip(WHOLE[:40], 17, fragment=0x2000),
    "last fragment": ip(WHOLE[40:], 17, fragment=5),
    "unreachable": ip(icmp(3, bytes(4) + ip(udp(b"hello"), 17)), 1, forth=False),
    "quote of eight bytes": ip(icmp(11, bytes(4) + ip(tcp(), 6)[:28]), 1, forth=False),
    "redirect": ip(icmp(5, ROUTER + ip(tcp(), 6)[:28]), 1, forth=False),
    "recorded route": ip(tcp(), 6, options=RECORD_ROUTE),
    "ip in ip": ip(ip(tcp(b"inside"), 6), 4),
    "echo": ip(icmp(8, bytes(4) + b"ping"), 1),
}
IPV6_PACKETS = {
    "tcp6": ip6(tcp(b"hello", options=TIMES, addresses=HERE6 + THERE6), 6),
    "udp6 behind options": ip6(b"\x11\0\1\4\0\0\0\0" + udp(b"hello", addresses=HERE6 + THERE6), 0),
    "fragment6": ip6(b"\x11\0\0\1\0\0\0\7" + udp(b"hello", addresses=HERE6 + THERE6), 44),
    "unreachable6": icmp6(1, bytes(4) + ip6(udp(b"hello", addresses=HERE6 + THERE6), 17)),
    "solicitation": icmp6(135, bytes(4) + THERE6 + b"\1\1" + HERE_MAC, destination=SOLICITED),
    "advertisement": icmp6(136, b"\x60\0\0\0" + THERE6 + b"\2\1" + ROUTER_MAC),
    "router": icmp6(134, bytes(12) + b"\3\4\x40\xc0" + bytes(12) + THERE6[:8] + bytes(8)),
    "redirect6": icmp6(137, bytes(4) + THERE6 + HERE6),
}
ARP = struct.pack(">HHBBH", 1, 0x0800, 6, 4, 2) + HERE_MAC + HERE + ROUTER_MAC + ROUTER


def ethernet(packet: bytes, ether_type: int | None = None) -> bytes:
    ether_type = ether_type or (0x0800 if packet[0] >> 4 == 4 else 0x86DD)
    return ROUTER_MAC + HERE_MAC + struct.pack(">H", ether_type) + packet


def tagged(packet: bytes) -> bytes:
    frame = ethernet(packet)
    return frame[:12] + b"\x81\0\0\5" + frame[12:]


def cooked(packet: bytes) -> bytes:
    ether_type = 0x0800 if packet[0] >> 4 == 4 else 0x86DD
    return struct.pack(">HHH", 4, 1, 6) + HERE_MAC + bytes(2) + struct.pack(">H", ether_type) + packet


def cooked2(packet: bytes) -> bytes:
    ether_type = 0x0800 if packet[0] >> 4 == 4 else 0x86DD
    return struct.pack(">HHIHBB", ether_type, 0, 2, 1, 4, 6) + HERE_MAC + bytes(2) + packet


LINKS: dict[str, tuple[LinkType, Callable[[bytes], bytes]]] = {
    "ethernet": (EN10MB, ethernet),
    "vlan": (EN10MB, tagged),
    "cooked": (LINUX_SLL, cooked),
    "cooked2": (LINUX_SLL2, cooked2),
    "raw": (RAW, bytes),
    "null": (NULL, lambda packet: struct.pack("<I", 2 if packet[0] >> 4 == 4 else 30) + packet),
    "loop": (LOOP, lambda packet: struct.pack(">I", 2 if packet[0] >> 4 == 4 else 30) + packet),
}
PACKETS = IPV4_PACKETS | IPV6_PACKETS


def rewritten(frame: bytes, link_type: LinkType = EN10MB, seed: int = 7) -> bytes:
    return rewrite(Capture.from_frames([frame], link_type), Rewriting(seed))[0].data


def shown(tmp_path: Path, frames: list[bytes], link_type: LinkType) -> str:
    path = tmp_path / "frames.pcap"
    write_savefile(path, Capture.from_frames(frames, link_type))
    done = subprocess.run(
        ["tcpdump", "-nn", "-vvv", "-e", "-r", path], capture_output=True, text=True, errors="replace", check=True
    )
    return done.stdout


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("seed", [7, 8])
@pytest.mark.needs("tcpdump")
def test_tcpdump_finds_no_wrong_checksum_and_sees_the_same_in_other_words(tmp_path: Path, link: str, seed: int) -> None:
    link_type, framed = LINKS[link]
    frames = [framed(packet) for packet in PACKETS.values()]
    before = shown(tmp_path, frames, link_type)
    after = shown(tmp_path, [rewritten(frame, link_type, seed) for frame in frames], link_type)
    for good in ("(correct)", "udp sum ok", "icmp6 sum ok", "no cksum"):
        assert before.count(good) == after.count(good) > 0, good
    # The one header that is said to be wrong is that of the quote which ends behind eight bytes.
    assert before.count("bad") == after.count("bad")
    assert "incorrect" not in before + after


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("link", LINKS)
def test_no_address_is_forgotten(link: str, packet: str) -> None:
    link_type, framed = LINKS[link]
    frame = framed(PACKETS[packet])
    assert any(each in frame for each in SPELLED)
    after = rewritten(frame, link_type)
    assert len(after) == len(frame)
    for spelled in (*SPELLED, HERE_MAC, ROUTER_MAC, PORT.to_bytes(2)):
        assert spelled not in after


def test_arp_follows_its_hosts() -> None:
    rewriting = Rewriting(7)
    after = rewritten(ethernet(ARP, 0x0806))
    assert after[-20:] == b"".join(
        (
            *(rewriting.hardware_address(HERE_MAC), rewriting.address(HERE)),
            *(rewriting.hardware_address(ROUTER_MAC), rewriting.address(ROUTER)),
        )
    )
    assert rewriting.hardware_address(HERE_MAC)[2:] == rewriting.address(HERE)
    assert rewriting.hardware_address(b"\xff" * 6) == b"\xff" * 6


def test_a_neighbour_is_still_asked_for_at_its_own_group() -> None:
    after = rewritten(IPV6_PACKETS["solicitation"], RAW)
    target = after[48:64]
    assert target == Rewriting(7).address(THERE6) != THERE6
    assert after[24:40] == SOLICITED[:13] + target[13:]


def test_acknowledgments_sack_edges_and_echoes_move_with_what_they_acknowledge() -> None:
    rewriting = Rewriting(7)
    forth = Flow(6, HERE, PORT, THERE, 80)
    shift, back = rewriting.sequence_shift(forth), rewriting.sequence_shift(forth.reversed())
    segment = rewritten(IPV4_PACKETS["sack"], RAW)[20:]
    sequence, acknowledgment = struct.unpack_from(">II", segment, 4)
    assert (sequence, acknowledgment) == ((1000 + shift) % 2**32, (2000 + back) % 2**32)
    edges = struct.unpack_from(">IIII", segment, 24)
    assert edges == tuple((edge + back) % 2**32 for edge in (4000, 5000, 6000, 7000))
    stamps = struct.unpack_from(">II", rewritten(IPV4_PACKETS["timestamps"], RAW), 44)
    clocks = rewriting.clock_shift(forth), rewriting.clock_shift(forth.reversed())
    assert stamps == tuple((value + clock) % 2**32 for value, clock in zip((100, 200), clocks, strict=True))


def test_a_reset_that_answers_nobody_keeps_its_zero() -> None:
    def segment(flags: int, sequence: int, *, forth: bool) -> bytes:
        ports = (PORT, 80) if forth else (80, PORT)
        return ip(struct.pack(">HHIIBBHHH", *ports, sequence, 77, 0x50, flags, 0, 0, 0), 6, forth=forth)

    def sequences(*frames: bytes) -> list[int]:
        capture = rewrite(Capture.from_frames(frames, RAW), Rewriting(7))
        return [struct.unpack_from(">I", packet.data, 24)[0] for packet in capture]

    syn, refusal = segment(0x02, 76, forth=True), segment(0x14, 0, forth=False)
    assert sequences(syn, refusal)[1] == 0
    assert sequences(syn, segment(0x12, 0, forth=False), refusal)[2] != 0
    # A SYN acknowledges nothing: the field has no meaning, and stays.
    assert struct.unpack_from(">I", rewritten(syn, RAW), 28)[0] == 77


def test_a_checksum_that_was_wrong_stays_wrong_by_as_much() -> None:
    right = IPV4_PACKETS["tcp"]
    wrong = right[:36] + struct.pack(">H", int.from_bytes(right[36:38]) ^ 0x0100) + right[38:]
    after = rewritten(wrong, RAW)
    length = len(after) - 20
    assert checksum(pseudo(length, 6, after[12:20]) + after[20:]) != 0
    assert checksum(after[:20]) == 0


def test_a_udp_checksum_that_comes_to_zero_is_written_as_all_ones() -> None:
    def datagram(word: int) -> bytes:
        return ip(udp(struct.pack(">H", word)), 17)

    first = int.from_bytes(rewritten(datagram(0), RAW)[26:28])
    assert rewritten(datagram(first), RAW)[26:28] == b"\xff\xff"


@pytest.mark.parametrize("name", capture_names())
def test_substituting_nothing_changes_nothing(name: str) -> None:
    capture = open_capture(name)
    assert [*rewrite(capture, Substitution())] == [*capture]


@pytest.mark.parametrize("packet", PACKETS)
@pytest.mark.parametrize("link", ["ethernet", "cooked2", "null"])
def test_a_packet_may_be_cut_anywhere(link: str, packet: str) -> None:
    link_type, framed = LINKS[link]
    frame = framed(PACKETS[packet])
    for length in range(len(frame)):
        assert len(rewritten(frame[:length], link_type)) == length


@given(st.sampled_from([EN10MB, RAW, IPV4, LINUX_SLL, LINUX_SLL2, NULL]), st.binary(max_size=200), st.data())
def test_any_bytes_keep_their_length(link_type: LinkType, noise: bytes, data: st.DataObject) -> None:
    packet = data.draw(st.sampled_from([*PACKETS.values()]))
    at = data.draw(st.integers(0, len(packet)))
    for frame in (noise, packet[:at] + noise, ethernet(packet[:at] + noise + packet[at:], 0x0800)):
        assert len(rewritten(frame, link_type)) == len(frame)


def test_headers_inside_headers_end_somewhere() -> None:
    packet = b"x"
    for _ in range(1500):
        packet = ip(packet, 4)
    assert len(rewritten(packet, RAW)) == len(packet)
