"""The lattice on pairs of filters whose relation is known."""

import pytest

from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare

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
    ("less 33", "less 10", "equivalent"),
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
