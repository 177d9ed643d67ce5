"""Values as a person reads them."""

import pytest
from printer_packets import ethernet, ip, tcp, udp

from lesson_engine.messages import Message
from lesson_engine.packets.capture import Packet
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.views.detail import plain, tree_lines
from lesson_engine.views.dissection import dissect
from lesson_engine.views.field_values import LONGEST, data_value, text_lines

PAYLOAD = b"GET /\x1b]0;owned\x07 HTTP/1.1\r\n\r\n"


def shown(frame: bytes, name: str) -> str:
    node = dissect(Packet(1, 0, frame, len(frame), EN10MB)).find(name)
    assert node is not None
    return node.value if isinstance(node.value, str) else node.value.text("ja")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Ether.type", "0x0800 IPv4"),
        ("Ether.dst", "02:00:00:00:00:02"),
        ("IP.src", "10.0.0.1"),
        ("IP.ihl", "5 (20 バイト)"),
        ("IP.proto", "6 TCP"),
        ("IP.flags", "DF"),
        ("TCP.dport", "80 http"),
        ("TCP.sport", "1000"),
        ("TCP.flags", "SYN+ACK"),
        ("TCP.option", "1460"),
    ],
)
def test_values_of_a_segment(name: str, value: str) -> None:
    assert shown(ethernet(ip(tcp(b"", flags=0x12, options=b"\2\4\5\xb4"))), name) == value


def test_values_of_a_query() -> None:
    message = bytes.fromhex("04d2 0100 0001 0000 0000 0000 0361626303636f6d00 001c 0001")
    frame = ethernet(ip(udp(message, 40000, 53), 17))
    assert shown(frame, "DNSQR.qname") == "abc.com."
    assert shown(frame, "DNSQR.qtype") == "28 AAAA"
    assert shown(frame, "DNS.qr") == Message("views.value.question", bit=0).text("ja")


def test_a_later_fragment_says_where_its_bytes_belong() -> None:
    frame = ethernet(ip(b"later", fragment=185))
    assert shown(frame, "IP.frag") == "185 (1480 バイト目から)"


def test_payload_with_controls_is_no_text() -> None:
    frame = ethernet(ip(tcp(PAYLOAD)))
    drawn = plain(tree_lines(dissect(Packet(1, 0, frame, len(frame), EN10MB)), "en"))
    assert "\x1b" not in drawn
    assert "47 45 54 20 2f 1b" in drawn


def test_long_values_are_cut_with_a_mark() -> None:
    for data in (b"a" * 1000, bytes(1000)):
        value = data_value(data)
        assert "…" in value
        assert len(value) <= LONGEST + 2
    assert data_value("日本".encode()) == '"日本"'


def test_only_text_of_lines_has_lines() -> None:
    assert text_lines(b"no end of line") == []
    assert text_lines(b"\0\1\n") == []
    assert text_lines(b"one\ntwo") == [("one", 0, 4), ("two", 4, 7)]
