"""Packet detail: the same layers and values as scapy's own dissection, and every field at its bytes, as in tshark."""

import logging
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printer_corpus import ETHERNET, ONE_LINE_SERVICES, OTHER_LINKS
from printer_packets import ethernet, ip, ip6, tcp, udp

from lesson_engine import Capture
from lesson_engine.bundled import capture_names, capture_path
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType
from lesson_engine.sources.writing import write_savefile
from lesson_engine.views.detail import Detail, Node, tree_lines
from lesson_engine.views.dissection import dissect
from lesson_engine.views.scapy_layers import load_scapy

LINK_TYPES = {each.name: each for each in (EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL, LOOP)}
CORPUS = (
    [(EN10MB, frame) for frames in ETHERNET.values() for frame in frames]
    + [(EN10MB, frame) for frame in ONE_LINE_SERVICES]
    + [(LINK_TYPES[name], frame) for name, frames in OTHER_LINKS.items() for frame in frames]
)


def detail(frame: bytes, link_type: LinkType = EN10MB) -> Detail:
    return dissect(Packet(1, 0, frame, len(frame), link_type))


def assert_every_bit_once(found: Detail) -> None:
    """The layers' spans are the frame, and within a layer the fields' bits follow each other without a gap."""
    at = 0
    for start, end in sorted(layer.span for layer in found.layers if layer.span):
        assert start == at
        at = end
    assert at == len(found.data)
    for layer in found.layers:
        for node in layer.walk():
            if node.children and node.kind != "data":
                assert_filled(node)


def assert_filled(node: Node) -> None:
    assert node.span is not None
    bit = node.span[0] * 8
    for child in node.children:
        assert child.span is not None
        start = child.span[0] * 8 + (child.bits[0] if child.bits else 0)
        assert start == bit, f"{child.kind} in {node.kind}"
        bit = start + child.bits[1] if child.bits else child.span[1] * 8
    # A header that is cut may end within a byte.
    assert (bit + 7) // 8 == node.span[1]


def test_every_bit_of_every_frame_has_its_place() -> None:
    for link_type, frame in CORPUS:
        assert_every_bit_once(detail(frame, link_type))


@pytest.mark.parametrize("name", capture_names())
def test_every_bit_of_the_sample_captures_has_its_place(name: str) -> None:
    for packet in Capture.open(capture_path(name)):
        assert_every_bit_once(dissect(packet))


@given(st.data())
def test_any_bytes_give_a_tree(data: st.DataObject) -> None:
    link_type, frame = data.draw(st.sampled_from(CORPUS))
    changed = bytearray(frame)
    for place in data.draw(st.lists(st.integers(0, max(0, len(frame) - 1)), max_size=4)) if frame else []:
        changed[place] = data.draw(st.integers(0, 255))
    found = detail(bytes(changed[: data.draw(st.integers(0, len(frame)))]), link_type)
    assert_every_bit_once(found)
    for language in ("ja", "en"):
        assert len(tree_lines(found, language)) >= len(found.layers)


@given(st.sampled_from([*LINK_TYPES.values(), LinkType.from_number(9)]), st.binary(max_size=200))
def test_noise_gives_a_tree(link_type: LinkType, frame: bytes) -> None:
    assert_every_bit_once(detail(frame, link_type))


@pytest.mark.parametrize("name", capture_names())
def test_layers_and_values_are_those_of_scapy(name: str) -> None:
    scapy = load_scapy()
    capture = Capture.open(capture_path(name))
    kind = {EN10MB: scapy.ether, LINUX_SLL: scapy.cooked, LINUX_SLL2: scapy.cooked2}[capture.link_type]
    for packet in capture:
        theirs = kind(packet.data)
        found = dissect(packet)
        named = {"Raw": "data", "Padding": "padding"}
        names = [each.__name__.removesuffix("error") for each in theirs.layers()]
        assert [layer.kind for layer in found.layers] == [named.get(each, each) for each in names]
        for layer, node in zip(theirs.iterpayloads(), found.layers, strict=True):
            for child in node.children if node.kind != "data" else ():
                field = child.kind.partition(".")[2]
                assert child.span is not None
                if isinstance(layer.fields[field], int) and child.bits is None:
                    read = int.from_bytes(packet.data[slice(*child.span)])
                    assert layer.fields[field] == read, child.kind


TSHARK = {
    "Ether.dst": "eth.dst", "Ether.src": "eth.src", "Ether.type": "eth.type", "IP.version": "ip.version",
    "IP.ihl": "ip.hdr_len", "IP.tos": "ip.dsfield", "IP.len": "ip.len", "IP.id": "ip.id", "IP.flags": "ip.flags",
    "IP.frag": "ip.frag_offset", "IP.ttl": "ip.ttl", "IP.proto": "ip.proto", "IP.chksum": "ip.checksum",
    "IP.src": "ip.src", "IP.dst": "ip.dst", "TCP.sport": "tcp.srcport", "TCP.dport": "tcp.dstport",
    "TCP.seq": "tcp.seq_raw", "TCP.ack": "tcp.ack_raw", "TCP.dataofs": "tcp.hdr_len", "TCP.flags": "tcp.flags",
    "TCP.window": "tcp.window_size_value", "TCP.chksum": "tcp.checksum", "TCP.urgptr": "tcp.urgent_pointer",
    "TCP.options": "tcp.options", "UDP.sport": "udp.srcport", "UDP.dport": "udp.dstport", "UDP.len": "udp.length",
    "UDP.chksum": "udp.checksum", "ICMP.type": "icmp.type", "ICMP.code": "icmp.code", "ICMP.chksum": "icmp.checksum",
    "DNS.id": "dns.id", "DNS.qdcount": "dns.count.queries", "DNS.ancount": "dns.count.answers",
    "DNSQR.qname": "dns.qry.name", "DNSQR.qtype": "dns.qry.type", "DNSQR.qclass": "dns.qry.class",
    "DNSRR.rrname": "dns.resp.name", "DNSRR.type": "dns.resp.type", "DNSRR.ttl": "dns.resp.ttl",
    "DNSRR.rdlen": "dns.resp.len", "ARP.op": "arp.opcode", "ARP.hwsrc": "arp.src.hw_mac",
    "ARP.psrc": "arp.src.proto_ipv4", "ARP.hwdst": "arp.dst.hw_mac", "ARP.pdst": "arp.dst.proto_ipv4",
    "CookedLinuxV2.proto": "sll.etype", "CookedLinuxV2.ifindex": "sll.ifindex", "CookedLinuxV2.pkttype": "sll.pkttype",
    "IPv6.version": "ipv6.version", "IPv6.plen": "ipv6.plen", "IPv6.nh": "ipv6.nxt", "IPv6.hlim": "ipv6.hlim",
    "IPv6.src": "ipv6.src", "IPv6.dst": "ipv6.dst", "Dot1Q.prio": "vlan.priority", "Dot1Q.vlan": "vlan.id",
}  # fmt: skip
"""Fields by our names and tshark's, where both see the same one."""


@pytest.mark.needs("tshark")
def test_fields_stand_where_tshark_sees_them(tmp_path: Path) -> None:
    frames = [frame for group in ("arp", "tcp", "icmp", "ip", "udp", "dns", "ip6") for frame in ETHERNET[group]]
    path = tmp_path / "corpus.pcap"
    write_savefile(path, Capture.from_frames(frames))
    compared = compare_with_tshark(path)
    for name in capture_names():
        compared |= compare_with_tshark(Path(capture_path(name)))
    missing = set(TSHARK) - compared - {"Dot1Q.prio", "Dot1Q.vlan"}
    assert not missing


def compare_with_tshark(path: Path) -> set[str]:
    """Asserts that each field starts and ends where tshark says; returns the kinds that were compared.

    Routed packets are left out: for tshark the destination is the route's last, and a route of half an address
    is scapy's and tshark's own matter."""
    command = ["tshark", "-nr", str(path), "-T", "pdml"]
    document = subprocess.run(command, capture_output=True, check=True).stdout
    compared = set()
    for packet, element in zip(Capture.open(path), ET.fromstring(document).iter("packet"), strict=True):
        theirs: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        for field in element.iter("field"):
            position, size = int(field.get("pos", 0)), int(field.get("size", 0))
            theirs[field.get("name", "")].add((position, position + size))
        found = dissect(packet)
        if found.find("IPv6ExtHdrRouting") or "ip.src_rt" in theirs or "ip.cur_rt" in theirs:
            continue
        for layer in found.layers:
            for node in layer.walk():
                name = TSHARK.get(node.kind)
                if name in theirs and node.span is not None:
                    spans = theirs[name]
                    if node.bits is None:
                        assert node.span in spans, f"{path.name} #{packet.number} {node.kind} {spans}"
                    else:
                        assert any(node.span[0] >= start and node.span[1] <= end for start, end in spans), node.kind
                    compared.add(node.kind)
    return compared


def test_a_header_that_is_cut_keeps_its_fields() -> None:
    whole = ethernet(ip(tcp(b"", flags=0x12)))
    found = detail(whole[:50])
    segment = found.find("TCP")
    assert segment is not None
    assert [child.kind for child in segment.children][-1] == "TCP.window"
    assert found.find("TCP.flags").value == "SYN+ACK"
    assert segment.remark is not None
    assert segment.span == (34, 50)


def test_bits_options_and_padding() -> None:
    found = detail(ethernet(ip(tcp(b"", options=b"\2\4\5\xb4\1\3\3\7"))).ljust(70, b"\0"))
    assert found.find("IP.frag").bits == (3, 13)
    assert [(node.label, node.span) for node in found.find("TCP.options").children] == [
        ("Maximum segment size", (54, 58)), ("NOP", (58, 59)), ("Window scale", (59, 62)),
    ]  # fmt: skip
    assert (found.layers[-1].kind, found.layers[-1].span) == ("padding", (62, 70))


def test_the_text_of_a_payload_is_lines() -> None:
    found = detail(ethernet(ip(tcp(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\0\1"))))
    assert [(node.value, node.span) for node in found.layers[-1].children] == [
        ("GET / HTTP/1.1", (54, 70)), ("Host: a", (70, 79)), ("", (79, 81)), ("00 01", (81, 83)),
    ]  # fmt: skip


def test_what_was_not_captured_is_told() -> None:
    frame = ethernet(ip(udp(b"hello"), 17))
    found = dissect(Packet(1, 0, frame[:40], len(frame), EN10MB))
    assert (found.layers[-1].kind, found.layers[-1].value.text("en")) == ("missing", f"{len(frame) - 40} bytes")


def test_the_byte_order_of_null_records_is_seen() -> None:
    for family in ("02000000", "00000002"):
        found = detail(bytes.fromhex(family) + ip(udp(b""), 17), NULL)
        assert [layer.kind for layer in found.layers] == ["Loopback", "IP", "UDP"]
    assert detail(bytes.fromhex("0000001e") + ip6(udp(b"")), LOOP).find("IPv6") is not None


def test_deeply_nested_packets_come_to_an_end() -> None:
    message = b"\1\0\0\0"
    for _ in range(60):
        message = b"\x0c\0" + bytes(32) + b"\0\x09" + len(message).to_bytes(2) + message
    found = detail(ethernet(ip6(udp(message, 546, 547)), 0x86DD))
    assert_every_bit_once(found)
    assert len([node for layer in found.layers for node in layer.walk()]) < 200


def test_scapy_says_nothing_and_looks_at_no_route(capfd: pytest.CaptureFixture[str]) -> None:
    loop = ETHERNET["dns"][0][:42] + b"\0\1\1\0\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1"
    detail(loop)
    assert capfd.readouterr() == ("", "")
    assert not logging.getLogger("scapy.runtime").disabled
    probe = (
        "import lesson_engine.views.dissection as d, lesson_engine.packets as p\n"
        "d.dissect(p.Capture.from_frames([bytes(60)])[0])\nfrom scapy.config import conf\n"
        "print(conf.route.routes, conf.route6.routes)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", probe], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[] []\n", "")
