"""Which frames count as whole, and how loads are cut into cells."""

import pytest
from filter_packets import ETHERNET_PACKETS

from lesson_engine.filters import Filter
from lesson_engine.filters.lattice import compare
from lesson_engine.filters.lattice.abstraction import Abstraction
from lesson_engine.filters.lattice.solving import Bits
from lesson_engine.filters.program import Load
from lesson_engine.packets.linktype import EN10MB

SHORTEST = [
    ("ip", 34),
    ("ip proto 6 and ip[6:2] & 0x1fff = 0", 54),
    ("ip proto 6 and ip[6:2] & 0x1fff != 0", 34),
    ("udp and ip and ip[6:2] & 0x1fff = 0", 42),
    ("ip6", 54),
    ("ip6 and ip6[6] = 6", 74),
    ("arp", 42),
    ("vlan and arp", 46),
    ("vlan and ip6", 58),
    ("pppoed", 20),
    ("pppoes and ip", 42),
    ("mpls and ip", 38),
    ("ether[12:2] < 1500", 17),
    ("ether proto 0x88cc", 14),
]


@pytest.mark.parametrize(("expression", "length"), SHORTEST)
def test_the_shortest_whole_frame(expression: str, length: int) -> None:
    nothing = Filter("ip and arp")
    assert compare(Filter(f"({expression}) and less {length - 1}"), nothing)[:2] == ("equivalent", True)
    found = compare(Filter(f"({expression}) and less {length}"), nothing)
    assert found.relation == "wider"
    assert len(found.proofs[0].data) == length


def test_overlapping_loads_share_cells() -> None:
    program = Filter("ether[12:4] = 1 or ether[12:2] = 2 or ether[15] & 0xf0 = 0x10").program(EN10MB)
    cells = Abstraction([program]).runs(Bits(Load(None, 12, 4), 0xFFFFFFFF))
    assert [(cell.start, cell.width, shift) for cell, shift in cells] == [
        (96, 16, 16),
        (112, 8, 8),
        (120, 4, 4),
        (124, 4, 0),
    ]


@pytest.mark.parametrize("name", ETHERNET_PACKETS)
def test_a_packet_is_told_from_all_others_by_its_bytes(name: str) -> None:
    """A filter for the first bytes of a real packet, written two ways, and with one bit changed."""
    frame = ETHERNET_PACKETS[name][:17]
    one = " and ".join(f"ether[{place}] = {byte}" for place, byte in enumerate(frame))
    other = " and ".join(f"not ether[{place}] != {byte}" for place, byte in reversed(list(enumerate(frame))))
    assert compare(Filter(one), Filter(other))[:2] == ("equivalent", True)
    changed = one.replace(f"ether[16] = {frame[16]}", f"ether[16] = {frame[16] ^ 1}")
    assert compare(Filter(one), Filter(changed))[:2] == ("disjoint", True)
