"""What each clause says of a packet, and why."""

import pytest
from filter_packets import ETHERNET_PACKETS, NETWORK_PACKETS, on_link

from lesson_engine.filters import Filter
from lesson_engine.filters.explain import Clause, explain
from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import LINUX_SLL2

NAMES = list(ETHERNET_PACKETS)
CAPTURE = Capture.from_frames(list(ETHERNET_PACKETS.values()))


def read(expression: str, name: str) -> Clause:
    return explain(Filter(expression), CAPTURE[NAMES.index(name)]).root


def test_the_tree_fills_in_what_was_implied() -> None:
    root = explain(Filter("src host 10.0.0.1 and port 80 or 443")).root
    assert (root.kind, root.text) == ("or", "(src host 10.0.0.1 and port 80) or port 443")
    assert [child.text for child in root.children] == ["src host 10.0.0.1 and port 80", "port 443"]
    assert root.children[1].inherited
    assert root.answer is None


def test_each_clause_answers_and_the_one_that_decided_is_marked() -> None:
    root = read("src host 10.0.0.1 and port 80 or 443", "t443")
    both, last = root.children
    assert [clause.answer for clause in (root, both, *both.children, last)] == ["yes", "no", "no", "skipped", "yes"]
    assert last.decisive
    assert not both.children[0].decisive
    (why,) = both.children[0].evidence
    assert (str(why.what), why.value, why.start, why.end) == ("source", "10.0.0.2", 26, 30)
    (why,) = last.evidence
    assert (str(why.what), why.value, why.start, why.end) == ("source port", "443", 34, 36)


@pytest.mark.parametrize(
    ("expression", "packet", "answer", "evidence"),
    [
        ("tcp port 80", "icmp8", "no", [("protocol", "1 (icmp)", 23, 24)]),
        ("port 80", "u53", "no", [("source port", "33000", 34, 36), ("destination port", "53", 36, 38)]),
        ("port 80", "opt80", "yes", [("destination port", "80", 44, 46)]),
        ("port 80", "frag2", "no", [("fragment offset", "32", 20, 22)]),
        ("host 2001:db8::2", "t6_80", "yes", [("destination", "2001:db8::2", 38, 54)]),
        ("ip", "t6_80", "no", [("Ethernet type", "0x86dd (ip6)", 12, 14)]),
        ("arp host 10.0.0.9", "arp", "no", [("source", "10.0.0.1", 28, 32), ("destination", "10.0.0.2", 38, 42)]),
        ("ether dst ff:ff:ff:ff:ff:ff", "arp", "yes", [("destination MAC", "ff:ff:ff:ff:ff:ff", 0, 6)]),
        ("tcp[13] & 2 != 0", "t443", "yes", [("tcp[13] & 2", "2", 47, 48)]),
        ("tcp[13] = 2", "u53", "no", [("protocol", "17 (udp)", 23, 24)]),
        ("len > 1000", "u53", "no", [("len", "50", 0, 0)]),
        ("vlan 100", "v200_6", "no", [("VLAN", "200", 14, 16)]),
        ("not icmp", "icmp8", "no", [("protocol", "1 (icmp)", 23, 24)]),
    ],
)
def test_the_bytes_that_decided(
    expression: str, packet: str, answer: str, evidence: list[tuple[str, str, int, int]]
) -> None:
    clause = read(expression, packet)
    assert clause.answer == answer
    assert [(str(why.what), why.value, why.start, why.end) for why in clause.evidence] == evidence


def test_what_was_not_captured_ends_the_evaluation() -> None:
    root = read("ether[200] = 3 or ip", "t80")
    assert [clause.answer for clause in (root, *root.children)] == ["beyond", "beyond", "skipped"]
    assert (root.children[0].evidence[0].start, root.children[0].evidence[0].value) == (200, "")


def test_every_clause_agrees_with_the_filter_on_every_packet() -> None:
    for expression in ("not (tcp or udp) and host 10.0.0.1", "vlan and ip or arp", "geneve and ip", "ip6 protochain 6"):
        asked = Filter(expression)
        for packet in CAPTURE:
            explanation = explain(asked, packet)
            assert explanation.matches is asked.matches_packet(packet)
            assert explanation.packet_number == packet.number


def test_other_link_types_have_other_places() -> None:
    capture = Capture.from_frames([on_link(LINUX_SLL2, NETWORK_PACKETS["t80"])], LINUX_SLL2)
    (why,) = explain(Filter("src host 10.0.0.1"), capture[0]).root.evidence
    assert (why.value, why.start, why.end) == ("10.0.0.1", 32, 36)


def test_the_notes_tell_what_surprises() -> None:
    def keys(expression: str) -> list[str]:
        return [note.key.removeprefix("filters.note.") for note in explain(Filter(expression)).notes]

    assert keys("tcp and port 80 or udp") == ["equal_rank"]
    assert keys("(tcp and port 80) or (udp and port 53)") == ["equal_rank"]
    assert keys("port 80 or 443") == ["inherited"]
    assert keys("host 10.0.0.1 and 80") == ["inherited"]
    assert keys("vlan and ip") == ["moved"]
    assert keys("tcp port 80") == []


@pytest.mark.parametrize(
    ("expression", "english"),
    [
        ("tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn", "packets with the TCP flags SYN set and ACK not (IPv4 only)"),
        ("tcp[13] = 18", "packets whose TCP flags are exactly SYN, ACK (IPv4 only)"),
        ("tcp[13] & 4 != 0", "packets with any of the TCP flags RST set (IPv4 only)"),
        ("tcp[13] & 6 = 6", "packets with all of the TCP flags SYN, RST set (IPv4 only)"),
        ("tcp[13] & 1 = 0", "packets with none of the TCP flags FIN set (IPv4 only)"),
        ("ip[8] < 5", "packets for which ip[8] < 5"),
        ("src net 10.0.0.0/8", "packets from an address in 10.0.0.0/8"),
        ("ether host 1:2:3:4:5:6", "packets to or from the MAC address 1:2:3:4:5:6"),
        ("ip broadcast", "IPv4 broadcasts"),
        ("pppoes 5", "packets of PPPoE session 5"),
        ("esis", "ESIS packets"),
    ],
)
def test_a_sentence_for_each_clause(expression: str, english: str) -> None:
    sentence = explain(Filter(expression)).root.sentence
    assert str(sentence) == english
    assert sentence.text("ja") != english
