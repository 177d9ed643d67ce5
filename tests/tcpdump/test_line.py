"""Parts of printed lines: the bytes they point at hold the values they print, in every bundled packet."""

import ipaddress
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson_engine import bundled
from lesson_engine.packets.capture import Capture, Packet
from lesson_engine.packets.linktype import EN10MB, LinkType
from lesson_engine.tcpdump.field_places import places
from lesson_engine.tcpdump.line import Part, read_line
from lesson_engine.tcpdump.options import PrintOptions
from lesson_engine.tcpdump.printers import Printer

FILES = bundled.capture_names()


def number(data: bytes) -> str:
    return str(int.from_bytes(data, "big"))


def address(data: bytes) -> str:
    return str(ipaddress.ip_address(data))


def mac(data: bytes) -> str:
    return data.hex(":")


def value(data: bytes) -> str:
    """Behind a TCP option's kind and length."""
    return number(data[2:])


# Kind of part to how its bytes are printed; what stands before the value in the text is left out.
PRINTED: dict[str, Callable[[bytes], str]] = {
    "source": address, "destination": address, "source_port": number, "destination_port": number,
    "sequence": number, "acknowledgment": number, "window": number, "urgent": number, "ttl": number,
    "ip_id": number, "ip_length": number, "icmp_id": number, "icmp_sequence": number, "source_mac": mac,
    "destination_mac": mac, "arp_target": address, "arp_sender": address, "arp_owner": address, "arp_mac": mac,
    "dns_id": number, "option_mss": value, "option_window_scale": value,
    "interface_index": number,
}  # fmt: skip


def printed(name: str, options: PrintOptions) -> Iterator[tuple[Packet, str, list[Part]]]:
    capture = Capture.open(bundled.capture_path(name))
    printer = Printer(options, capture.link_type)
    for packet in capture:
        text = printer.print(packet)
        yield packet, text, read_line(text, packet)


@pytest.mark.parametrize(
    "options",
    [
        PrintOptions(numeric=2, absolute_sequence=True),
        PrintOptions(numeric=2, absolute_sequence=True, verbose=1, link_header=True),
        PrintOptions(numeric=2, time_style=4, number=True, absolute_sequence=True),
    ],
    ids=["plain", "verbose", "numbered"],
)
@pytest.mark.parametrize("name", FILES)
def test_the_bytes_of_a_part_hold_what_it_prints(name: str, options: PrintOptions) -> None:
    seen = set()
    for packet, text, parts in printed(name, options):
        for part in parts:
            assert text[slice(*part.span)] == part.text
            if part.bytes is not None and part.kind in PRINTED:
                held = PRINTED[part.kind](packet.data[slice(*part.bytes)])
                shown = part.text.rpartition(" ")[2].partition(":")[0] if part.kind == "sequence" else part.text
                if part.kind == "dns_id":
                    shown = re.sub(r"\D", "", shown)
                assert shown.rpartition(" ")[2] == held, (part, text)
                seen.add(part.kind)
            elif part.kind in PRINTED:
                pytest.fail(f"{part.kind} has no place: {text}")
    assert {"source", "destination"} <= seen or {"arp_target"} <= seen


@pytest.mark.parametrize("name", FILES)
def test_hardly_anything_is_passed_over(name: str) -> None:
    for _, text, parts in printed(name, PrintOptions(numeric=2)):
        rest, position = "", 0
        for part in parts:
            assert part.span[0] >= position, (part, text)
            rest += text[position : part.span[0]]
            position = part.span[1]
        rest += text[position:]
        assert re.fullmatch(r"(?:[ ,:.>()\[\]\n]|options|tell|is-at|\d+au)*", rest), (rest, text)


def kinds(line: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in read_line(line)]


def test_every_line_of_the_course() -> None:
    line = "14:30:01.234567 IP 93.184.216.34.80 > 192.168.1.50.54321: Flags [S.], seq 5678, ack 1235"
    assert kinds(line) == [
        ("time", "14:30:01.234567"), ("protocol", "IP"), ("source", "93.184.216.34"), ("source_port", "80"),
        ("destination", "192.168.1.50"), ("destination_port", "54321"), ("flags", "Flags [S.]"),
        ("sequence", "seq 5678"), ("acknowledgment", "ack 1235"),
    ]  # fmt: skip
    assert [part.meaning.text("ja") for part in read_line(line)][6:] == [
        "SYN と ACK: 接続要求を承認する",
        "シーケンス番号 5678 (SYN を見た接続では、以後は相対値)",
        "次に欲しいシーケンス番号は 1235 (その手前まで受け取った)",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("IP localhost.53946 > localhost.http: tcp 0",
         ["IP", "localhost", "53946", "localhost", "http", "tcp", "0"]),
        ("1700000000.123456 IP6 fe80::1.546 > ff02::1:2.547: UDP, length 3",
         ["1700000000.123456", "IP6", "fe80::1", "546", "ff02::1:2", "547", "UDP", "length 3"]),
        (" 00:00:00.000043 IP www.example.com > 10.0.0.1: ICMP echo reply, id 7, seq 1, length 64",
         ["00:00:00.000043", "IP", "www.example.com", "10.0.0.1", "ICMP echo reply", "id 7", "seq 1", "length 64"]),
        ("IP 10.0.0.1 > 10.0.0.2: ICMP 10.0.0.1 udp port 9 unreachable, length 36",
         ["IP", "10.0.0.1", "10.0.0.2", "ICMP 10.0.0.1 udp port 9 unreachable", "length 36"]),
        ("lo    In  IP 10.0.0.1.5 > 10.0.0.2.6: Flags [P.], seq 1:5, ack 2, win 9, length 4: HTTP: GET /",
         ["lo", "In", "IP", "10.0.0.1", "5", "10.0.0.2", "6", "Flags [P.]", "seq 1:5", "ack 2", "win 9", "length 4",
          "HTTP: GET /"]),
        ("IP a.example > b.example: udp", ["IP", "a.example", "b.example", "udp"]),
        ("02:00:00:00:00:01 (oui Unknown) > Broadcast, ethertype 802.1Q (0x8100), length 66: vlan 7, p 0, "
         "ethertype IPv4 (0x0800), 10.0.0.1.5 > 10.0.0.2.6: UDP, length 1",
         ["02:00:00:00:00:01", "Broadcast", "802.1Q (0x8100)", "66", "vlan 7", "10.0.0.1", "5", "10.0.0.2", "6", "UDP",
          "length 1"]),
        ("IP 10.0.0.1.53 > 10.0.0.2.6: 9 NXDomain* 0/1/0 (99)",
         ["IP", "10.0.0.1", "53", "10.0.0.2", "6", "9", "NXDomain", "0/1/0", "(99)"]),
        ("nothing that tcpdump prints", []),
        ("", []),
    ],
)  # fmt: skip
def test_other_lines(line: str, expected: list[str]) -> None:
    assert [text for _, text in kinds(line)] == expected


def test_flags_in_words() -> None:
    def meaning(flags: str) -> str:
        return str(read_line(f"IP 1.2.3.4.5 > 1.2.3.4.6: Flags [{flags}], length 0")[5].meaning)

    assert meaning("R.") == "RST and ACK: the connection is refused or cut off"
    assert meaning("SEW") == "TCP flags: SYN, ECE, CWR"
    assert meaning("none") == "TCP flags: -"


@given(st.text(alphabet="IPARP, >.:[]()0123456789 Flagsseqacklength\n", max_size=80))
def test_any_text_gives_parts_that_can_be_told(line: str) -> None:
    for prefix in ("", "IP 1.2.3.4.5 > 6.7.8.9.10: ", "00:00:00.000000 IP ("):
        for part in read_line(prefix + line):
            assert part.meaning.text("ja")
            assert part.meaning.text("en")


@given(st.binary(max_size=80), st.sampled_from([0, 1, 101, 113, 147, 276]))
def test_any_bytes_have_places_within_them(data: bytes, link_type: int) -> None:
    for start, end in places(Packet(1, 0, data, len(data), LinkType.from_number(link_type))).values():
        assert 0 <= start < end <= len(data)


def test_places_are_found_behind_vlan_tags_and_end_where_the_capture_does() -> None:
    capture = Capture.open(bundled.capture_path("handshake"))
    plain = next(packet for packet in capture if places(packet).get("flags"))
    tagged = plain._replace(data=plain.data[:12] + b"\x81\x00\x00\x07" + plain.data[12:])
    assert tagged.link_type == EN10MB
    assert places(tagged)["flags"] == (51, 52)
    assert "flags" not in places(plain._replace(data=plain.data[:47]))
