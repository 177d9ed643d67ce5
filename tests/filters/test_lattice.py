"""The lattice on pairs of filters whose relation is known."""

import struct
import subprocess
from pathlib import Path

import pytest

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.lattice import compare
from lesson_engine.packets.capture import Capture

PAIRS = [
    # Who and which way
    ("host 192.168.1.100", "src host 192.168.1.100", "wider"),
    ("host 10.0.0.1", "src 10.0.0.1 or dst 10.0.0.1", "equivalent"),
    ("host 10.0.0.1", "ip host 10.0.0.1", "wider"),
    ("src host 10.0.0.1", "dst host 10.0.0.1", "overlapping"),
    ("src and dst host 10.0.0.1", "host 10.0.0.1", "narrower"),
    ("host 10.0.0.1 and host 10.0.0.2", "host 10.0.0.2 and host 10.0.0.1", "equivalent"),
    ("not host 10.0.0.1 and 10.0.0.2", "not host 10.0.0.1 and host 10.0.0.2", "equivalent"),
    ("not (host 10.0.0.1 or 10.0.0.2)", "not host 10.0.0.1 and not host 10.0.0.2", "equivalent"),
    ("host 10.0.0", "net 10.0.0.0/24", "equivalent"),
    ("host 2001:db8::1", "src host 2001:db8::1", "wider"),
    # Nets and their borders
    ("net 10.0.0.0/8", "net 10.0.0.0/9", "wider"),
    ("net 10.0.0.0/8", "net 10.0.0.0/9 or net 10.128.0.0/9", "equivalent"),
    ("net 192.168.1.0/24", "net 192.168.1.0/25", "wider"),
    ("net 10.0.0.0/8", "net 172.16.0.0/12", "overlapping"),
    ("src net 10.0.0.0/8", "src net 11.0.0.0/8", "disjoint"),
    ("net 2001:db8::/32", "net 2001:db8::/33", "wider"),
    ("src net 10.0.0.0/31", "src host 10.0.0.0 or src host 10.0.0.1", "equivalent"),
    # Ports
    ("port 80", "tcp port 80", "wider"),
    ("tcp and not port 22", "not port 22", "narrower"),
    ("port 80 or port 443", "port 443 or 80", "equivalent"),
    ("tcp port 80 or tcp port 443", "tcp and (port 80 or port 443)", "equivalent"),
    ("portrange 80-90", "port 80", "wider"),
    ("portrange 80-81", "port 80 or port 81", "equivalent"),
    ("portrange 1-65535", "port 0", "overlapping"),
    ("port http", "tcp port 80", "equivalent"),
    ("tcp port 80", "tcp src port 80 or dst port 80", "narrower"),
    ("not (port 80 and port 443)", "not port 80 or not port 443", "equivalent"),
    ("tcp portrange 20-21", "tcp[0:2] = 20 or tcp[0:2] = 21 or tcp[2:2] = 20 or tcp[2:2] = 21", "wider"),
    # and and or
    ("host 10.0.0.2 and port 80 or port 443", "host 10.0.0.2 and (port 80 or port 443)", "wider"),
    ("port 80 or port 443 and host 10.0.0.2", "(port 80 or port 443) and host 10.0.0.2", "equivalent"),
    ("port 80 or (port 443 and host 10.0.0.2)", "port 80 or port 443 and host 10.0.0.2", "wider"),
    ("host 10.0.0.2 and port 80 or 443", "host 10.0.0.2 and port 80 or port 443", "equivalent"),
    # Protocols
    ("tcp", "proto 6", "equivalent"),
    ("tcp", "ip proto 6", "wider"),
    ("tcp", "ip proto 6 or ip6 proto 6", "equivalent"),
    ("udp", "tcp", "disjoint"),
    ("ip", "ip6", "disjoint"),
    ("icmp", "ip proto 1", "equivalent"),
    ("icmp", "icmp6", "disjoint"),
    ("arp", "ether proto 0x806", "equivalent"),
    ("arp", "ether[12:2] = 0x806", "equivalent"),
    ("ip", "not ip6 and not arp", "narrower"),
    ("ip6", "ip6 and not tcp", "wider"),
    ("ether broadcast", "ether dst ff:ff:ff:ff:ff:ff", "equivalent"),
    ("ether multicast", "ether broadcast", "wider"),
    ("stp", "ether proto 0x42", "equivalent"),
    # Flags and other bytes
    ("tcp[tcpflags] & tcp-syn != 0", "tcp[13] = 2", "wider"),
    ("tcp[13] & 2 = 2", "tcp[tcpflags] & tcp-syn != 0", "equivalent"),
    ("tcp[13] = 2", "tcp[tcpflags] == tcp-syn", "equivalent"),
    ("tcp[13] & 18 = 2", "tcp[13] & 2 != 0 and not tcp[13] & 16 != 0", "equivalent"),
    ("tcp[13] & 18 = 2", "tcp[13] = 2", "wider"),
    ("tcp[13] & (tcp-syn|tcp-ack) != 0", "tcp[13] & (tcp-syn|tcp-ack) = (tcp-syn|tcp-ack)", "wider"),
    ("icmp[icmptype] = icmp-echo", "icmp[0] = 8", "equivalent"),
    ("ip[0] & 0xf != 5", "ip[0] & 0xf > 5", "wider"),
    ("ip[8] < 10", "ip[8] <= 9", "equivalent"),
    ("tcp[0:4] > 0x00500000", "tcp[0:2] > 0x50", "wider"),
    ("tcp[2:2] >= 1024", "tcp[2] >= 4", "equivalent"),
    # Fragments
    ("ip[6:2] & 0x1fff = 0", "ip", "narrower"),
    ("tcp and port 80", "tcp and ip[6:2] & 0x1fff = 0 and port 80", "wider"),
    ("udp and not port 53", "udp and (src port 1 or not port 53)", "narrower"),
    # VLAN, in reading order
    ("vlan and ip", "ip and vlan", "wider"),
    ("vlan 100", "vlan", "narrower"),
    ("vlan 100 or vlan 200", "vlan 200 or vlan 100", "overlapping"),
    ("ip or (vlan and ip)", "(vlan and ip) or ip", "overlapping"),
    # Lengths
    ("less 100", "len <= 100", "equivalent"),
    ("greater 100", "len > 100", "wider"),
    ("less 100", "greater 101", "disjoint"),
    # No whole frame is shorter than an Ethernet header, and none with IPv4 than that and its own.
    ("less 33", "less 13", "wider"),
    ("less 33 and ip", "less 13", "equivalent"),
    ("pppoed and less 40", "less 13", "wider"),
    # Parts put together since they were asked about
    ("33 != igmp[8:4] or pppoed and udp or ip", "not (33 != igmp[8:4] or pppoed and udp or ip)", "disjoint"),
    ("icmp[0] = 8 or icmp[0] = 0 and net 10.0.0.0/8 or tcp", "net 10.0.0.0/8 or tcp and icmp[0] = 8", "wider"),
    # Arithmetic, and places computed from bytes that are asked for too
    ("tcp[tcpflags] & tcp-syn|tcp-ack != 0", "tcp and ip and ip[6:2] & 0x1fff = 0", "equivalent"),
    ("tcp[12] & 0xf0 > 0x50", "(tcp[12] & 0xf0) >> 2 > 20", "equivalent"),
    ("ip[2:2] - 20 > 80", "ip[2:2] > 100 or ip[2:2] < 20", "equivalent"),
    ("tcp[0:2] = tcp[2:2]", "tcp[2:2] = tcp[0:2]", "equivalent"),
    ("tcp[0:2] = tcp[2:2]", "tcp", "narrower"),
    ("ip[12:4] = ip[16:4]", "src host 10.0.0.1 and dst host 10.0.0.1", "overlapping"),
    ("ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0", "tcp", "overlapping"),
    ("port 80", "ip[20:2] = 80 or ip[22:2] = 80", "overlapping"),
    # Before the TCP header is the destination address, or an option.
    ("tcp[-4:4] = 0x0a000001", "ip dst host 10.0.0.1 and tcp and ip[6:2] & 0x1fff = 0", "overlapping"),
    (
        "tcp[-4:4] = 0x0a000001 and ip[0] = 0x45",
        "ip dst host 10.0.0.1 and tcp and ip[6:2] & 0x1fff = 0 and ip[0] = 0x45",
        "equivalent",
    ),
    ("tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420", "tcp[20:4] = 0x47455420", "overlapping"),
    # Filters that match nothing, or everything
    ("", "ip or not ip", "equivalent"),
    ("", "tcp", "wider"),
    ("ip and arp", "ip6 and ip", "equivalent"),
    ("ip and arp", "ip", "narrower"),
    ("ip", "ip and arp", "wider"),
    # Loads beyond a short payload end the evaluation, so order matters
    ("tcp[20:4] = 0x47455420 or tcp port 80", "tcp port 80 or tcp[20:4] = 0x47455420", "narrower"),
    ("tcp[20:4] = 0x47455420 and tcp port 80", "tcp port 80 and tcp[20:4] = 0x47455420", "equivalent"),
]


@pytest.mark.parametrize(("a", "b", "relation"), PAIRS)
def test_relation(a: str, b: str, relation: str) -> None:
    found = compare(Filter(a), Filter(b))
    assert (found.relation, found.complete) == (relation, True)


MIRRORED = {"wider": "narrower", "narrower": "wider"}


@pytest.mark.parametrize(("a", "b", "relation"), PAIRS[::5])
def test_the_other_way_round(a: str, b: str, relation: str) -> None:
    found = compare(Filter(b), Filter(a))
    assert (found.relation, found.complete) == (MIRRORED.get(relation, relation), True)


@pytest.mark.parametrize(("a", "b", "relation"), PAIRS)
def test_proofs_are_matched_by_one_side_alone(a: str, b: str, relation: str) -> None:
    found = compare(Filter(a), Filter(b))
    sides = {"equivalent": "", "wider": "a", "narrower": "b"}.get(relation, "ab")
    assert "".join(proof.matched_by for proof in found.proofs) == sides
    for proof in found.proofs:
        one, other = (a, b) if proof.matched_by == "a" else (b, a)
        capture = Capture.from_frames([proof.data])
        assert bytes(Filter(one).matches(capture)) == b"\1"
        assert bytes(Filter(other).matches(capture)) == b"\0"


def test_the_same_question_has_the_same_answer() -> None:
    assert compare(Filter("port 80"), Filter("tcp")) == compare(Filter("port 80"), Filter("tcp"))


def test_only_packets_within_the_domain_count() -> None:
    a, b = Filter("port 80"), Filter("tcp port 80")
    assert compare(a, b).relation == "wider"
    assert compare(a, b, within=Filter("tcp"))[:2] == ("equivalent", True)
    assert compare(a, b, within=Filter("ip and arp"))[:2] == ("equivalent", True)
    wider = compare(a, b, within=Filter("ip6 or sctp"))
    assert wider.relation == "wider"
    assert bytes(Filter("ip6 or sctp").matches(Capture.from_frames([wider.proofs[0].data]))) == b"\1"


def test_a_filter_for_another_link_type_is_refused() -> None:
    with pytest.raises(FilterSyntaxError):
        compare(Filter("inbound"), Filter("ip"))


def test_what_is_too_much_is_not_called_proven() -> None:
    found = compare(Filter("ip[2:2] * ip[4:2] = 77"), Filter("ip[2:2] * ip[4:2] * 3 = 231"))
    assert not found.complete
    tags = " or ".join(["(vlan and tcp port 80)"] * 8)
    assert not compare(Filter(tags), Filter(f"{tags} or vlan")).complete


def test_long_lists_are_proven() -> None:
    ports = [f"port {port}" for port in range(1, 60)]
    found = compare(Filter(" or ".join(ports)), Filter(" or ".join(reversed(ports))))
    assert (found.relation, found.complete) == ("equivalent", True)
    clauses = [f"(src host 10.0.0.{n} or src port {n} or tcp[13] & {1 << n} != 0)" for n in range(5)]
    found = compare(Filter(" and ".join(clauses)), Filter(" and ".join(reversed(clauses))))
    assert (found.relation, found.complete) == ("equivalent", True)


# What tcpdump 4.99.3 prints of proofs (-nnt): ordinary packets, with right lengths and checksums.
LINES = [
    ("host 192.168.1.100", "src host 192.168.1.100", "IP 192.168.1.50.51234 > 192.168.1.100.80: Flags [S]"),
    ("port 80", "tcp port 80", "IP 192.168.1.50.51234 > 93.184.216.34.80: UDP, length 29"),
    ("tcp", "tcp and not port 80", "IP 192.168.1.50.51234 > 93.184.216.34.80: Flags [S]"),
    ("tcp[tcpflags] & tcp-syn != 0", "tcp[13] = 2", "IP 192.168.1.50.51234 > 93.184.216.34.80: Flags [S"),
    ("tcp", "ip proto 6", "IP6 2001:db8::50.51234 > 2001:db8::80.80: Flags [S]"),
    ("not port 80", "tcp and not port 80", "IP 192.168.1.50.51234 > 93.184.216.34.53: "),
    ("arp", "arp and src host 10.0.0.1", "ARP, Request who-has 192.168.1.1 tell 192.168.1.50"),
    ("icmp", "icmp and host 10.0.0.1", "IP 192.168.1.50 > 93.184.216.34: ICMP echo request, id 4660, seq 1"),
    ("greater 100", "greater 200", "IP 192.168.1.50.51234 > 93.184.216.34.80: Flags [S]"),
    ("ip", "ip[0] = 0x45", "IP 192.168.1.50.51234 > 93.184.216.34.80: Flags [S]"),
    ("ip", "ip[2:2] < 50", "IP 192.168.1.50.51234 > 93.184.216.34.53: 4660+ A? example.com. (29)"),
    ("vlan 100 and host 10.0.0.1", "ip", "IP "),
]


@pytest.mark.needs("tcpdump")
@pytest.mark.parametrize(("a", "b", "line"), LINES)
def test_proofs_are_ordinary_packets(a: str, b: str, line: str, tmp_path: Path) -> None:
    proof = compare(Filter(a), Filter(b)).proofs[0]
    header = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1)
    record = struct.pack("<IIII", 0, 0, len(proof.data), len(proof.data))
    savefile = tmp_path / "proof.pcap"
    savefile.write_bytes(header + record + proof.data)
    printed = subprocess.run(
        ["tcpdump", "-nnt", "-r", str(savefile)], capture_output=True, text=True, check=True
    ).stdout
    assert printed.startswith(line)
    verbose = subprocess.run(
        ["tcpdump", "-nntvv", "-r", str(savefile)], capture_output=True, text=True, check=True
    ).stdout
    for complaint in ("bad", "incorrect", "truncated", "wrong", "missing", "[|"):
        assert complaint not in verbose
