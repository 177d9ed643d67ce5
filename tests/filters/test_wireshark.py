import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import display_differences
import display_oracle
import filter_packets
import pytest
from filter_expressions import Expressions

from lesson_engine.filters import Filter, FilterSyntaxError
from lesson_engine.filters.evaluate import verdict
from lesson_engine.filters.wireshark import DIFFERENCES, DisplayFilter, WiresharkError, display_filter
from lesson_engine.messages.wireshark import TEXTS
from lesson_engine.packets import Capture
from lesson_engine.packets.linktype import EN10MB, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, LOOP, NULL, RAW, LinkType

SAMPLES = Path(__file__).parents[2] / "sample_pcaps"

DISPLAY_FILTERS = {
    # The course
    "": "",
    "host 192.168.1.100": (
        "ip.addr == 192.168.1.100 || arp.src.proto_ipv4 == 192.168.1.100 || arp.dst.proto_ipv4 == 192.168.1.100"
    ),
    "src host 192.168.1.100": "ip.src == 192.168.1.100 || arp.src.proto_ipv4 == 192.168.1.100",
    "port 3306": "tcp.port == 3306 || udp.port == 3306 || sctp.port == 3306",
    "tcp port 80 or 443": "tcp.port == 80 || tcp.port == 443",
    "tcp and not port 22": "tcp && !(tcp.port == 22 || udp.port == 22 || sctp.port == 22)",
    "ip host 10.0.0.1 and tcp port 3306": "ip.addr == 10.0.0.1 && tcp.port == 3306",
    "tcp or udp and icmp": "(tcp || udp) && icmp",
    "tcp or (udp and icmp)": "tcp || (udp && icmp)",
    "not icmp": "!icmp",
    "not not not icmp": "!icmp",
    # Addresses
    "ip net 10.0.0.0/8": "ip.addr == 10.0.0.0/8",
    "ip src and dst net 192.168": "ip.src == 192.168.0.0/16 && ip.dst == 192.168.0.0/16",
    "ip net 10": "ip.addr == 10.0.0.0/8",
    "ip net 300": "ip.addr == 1.44.0.0/16",
    "ip net 0": "ip.addr == 0.0.0.0",
    "ip host 10": "ip.addr == 0.0.0.10",
    "ip net 10.0.0.0 mask 255.255.0.0": "ip.addr == 10.0.0.0/16",
    "ip net 10.0.0.1 mask 255.0.0.255": "ip.addr & 255.0.0.255 == 10.0.0.1",
    "host 2001:db8::1": "ipv6.addr == 2001:db8::1",
    "dst net 2001:db8::/32": "ipv6.dst == 2001:db8::/32",
    "rarp src host 10.0.0.3": "arp.opcode in {3, 4} && arp.src.proto_ipv4 == 10.0.0.3",
    "arp src and dst host 10.0.0.3": "arp.src.proto_ipv4 == 10.0.0.3 && arp.dst.proto_ipv4 == 10.0.0.3",
    "ether src 0200.0000.0001": "eth.src == 02:00:00:00:00:01",
    "broadcast": "eth.dst == ff:ff:ff:ff:ff:ff",
    "multicast": "eth.dst.ig == 1",
    "ip broadcast": "ip.dst in {0.0.0.0, 255.255.255.255}",
    "ip multicast": "ip.dst >= 224.0.0.0",
    "ip6 multicast": "ipv6.dst == ff00::/8",
    # Ports and protocols
    "port http": "tcp.port == 80",
    "tcp portrange 80-90": "tcp.port in {80..90}",
    "tcp src portrange http-https": "tcp.srcport in {80..443}",
    "tcp src and dst port 53": "tcp.srcport == 53 && tcp.dstport == 53",
    "ip proto 6": "ip.proto == 6",
    "ip6 proto 17": "ipv6.nxt == 17 || ipv6.fraghdr.nxt == 17",
    "ip proto 300": "!frame",
    "vrrp": "ip.proto == 112",
    "igmp": "ip.proto == 2",
    "ether proto 0x0800": "eth.type == 0x0800",
    "ip protochain 6": "ip && (ip.proto == 6 || ah.next_header == 6)",
    # Bytes
    "tcp[tcpflags] & tcp-syn != 0": "ip && tcp.flags.syn == 1",
    "tcp[tcpflags] & tcp-syn > 0": "ip && tcp.flags.syn == 1",
    "tcp[13] & 2 = 2": "ip && tcp.flags.syn == 1",
    "tcp[13] & 2 = 0": "ip && tcp.flags.syn == 0",
    "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn": "ip && tcp.flags.syn == 1 && tcp.flags.ack == 0",
    "tcp[tcpflags] & (tcp-rst|tcp-fin) != 0": "ip && (tcp.flags.fin == 1 || tcp.flags.reset == 1)",
    "tcp[13] = 2": "ip && tcp.flags & 0xff == 0x02",
    "tcp[(tcp[12] & 0xf0) >> 2:4] = 0x47455420": "ip && tcp.payload[0:4] == 47:45:54:20",
    "tcp[(tcp[12] >> 4) * 4 + 2:1] = 0": "ip && tcp.payload[2] == 0x00",
    "udp[10] & 0x80 = 0": "ip && udp.payload[2] & 0x80 == 0x00",
    "icmp[icmptype] = icmp-echo": "icmp.type == 8",
    "icmp6[0] = 135": "icmpv6.type == 135",
    "ip[8] < 5": "ip.ttl < 5",
    "ip[8] < 300": "ip.ttl",
    "ip[8] = 300": "!frame",
    "300 = ip[8]": "!frame",
    "5 > ip[8]": "ip.ttl < 5",
    "ip[6] & 0x40 != 0": "ip.flags.df == 1",
    "ip[6:2] & 0x1fff != 0": "ip.frag_offset > 0",
    "ip[0] & 0xf != 5": "ip[0] && ip[0] & 0x0f != 0x05",
    "arp[6:2] = 1": "arp.opcode == 1",
    "ether[12:2] = 0x0806": "frame[12:2] == 08:06",
    "ether[0] & (1 + 0) = 1": "frame[0] & 0x01 == 0x01",
    "byte 14 < 64": "frame[14] && frame[14] < 0x40",
    # Lengths
    "greater 100": "frame.len >= 100",
    "less 100": "frame.len <= 100",
    "len > 50 + 50": "frame.len > 100",
    "100 < len": "frame.len > 100",
    "1 = 1": "frame",
    "1 > 2": "!frame",
    # Where vlan and its kind move what follows them
    "vlan and ip": "vlan && ip",
    "vlan 100 and tcp port 80": "vlan.id == 100 && tcp.port == 80",
    "vlan and not (ip or ip6)": "vlan && !(ip || ipv6)",
    "vlan or ip": "vlan || frame[16:2] == 08:00",
    "not vlan and ip": "!vlan && frame[16:2] == 08:00",
    "ip or (vlan and ip)": "ip || (vlan && ip)",
    "vlan and ether proto 0x0800": "vlan && vlan.etype == 0x0800",
    "mpls 1024 and ip": "eth.type == 0x8847 && mpls.label == 1024 && ip",
    "pppoes 39 and udp": "eth.type == 0x8864 && pppoe.session_id == 39 && udp",
    "pppoed": "eth.type == 0x8863",
    "geneve 5 and ip": "udp.dstport == 6081 && geneve && geneve.vni == 5 && ip",
    # The capturing host
    "inbound": "sll.pkttype != 4",
    "outbound": "sll.pkttype == 4",
    "ifindex 2": "sll.ifindex == 2",
}
MORE = """
host 2001:db8::cc
dst host 10.0.0.4
ip dst host 224.0.0.5
net 10.0.0.0 mask 255.0.255.0
src net ::/0
not host 10.0.0.1 and not host 10.0.0.3
host 10.0.0.1 and not 10.0.0.2
vlan 100 and vlan 200 and host 10.0.0.3
vlan 100 or vlan 200
not (vlan and ip) and ip6
port 80 or (vlan and arp) or (vlan and vlan and ip)
mpls and mpls
mpls 1000 and mpls 1024
mpls and tcp port 80
vlan and mpls 5 and ip
not geneve
geneve and tcp port 80
pppoes and ip6
ether proto 0x42
ether proto \\rarp
stp
iso
ipx
netbeui
atalk
aarp
llc
not llc
decnet host 1.10
not decnet host 1.10
icmp6
igmp
igrp
pim
carp
ah
esp
sctp
rarp
not arp
arp host 10.0.0.1
rarp host 10.0.0.3
proto 6
not proto 300
ip6 proto 44
protochain 17
ip6 protochain 58
not byte 100 < 5
rarp or byte 100 < 5
ether[100] != 0
ether[100] > 300
not ether[100] = 300
ether[100] < 300
ether[300000] = 0
2 & ether[0] = 2
tcp[13] & 0xf0 > 0x20
tcp[13] & 3 = 4
tcp[13] > 300
ip[6:2] & 0x3fff != 0
ip[6:2] & 0x4000 = 0
ip[6:2] & 0x6000 != 0x2000
ip[2:2] > 60
ip[20:2] = 33000
ip[22:2] != 80
ip[-1] = 0
ip6[6] = 6
ip6[42:2] = 80
ip6[40:2] != 33000
tcp[20] = 0
tcp[20:4] = 0x47455420
tcp[22:2] < 5
tcp[24:2] != 0
tcp[0xffff:2] = 0
udp[8:2] = 0
udp[9:2] = 0
udp[4:2] > 10
icmp[17] != 6
icmp[20] = 0
icmp[36:2] = 33000
icmp6[8] = 0x60
icmp6[48:2] != 80
igmp[4:4] = 0xe0000001
sctp[12] = 0x70
arp[28:2] = 0
rarp[7] = 3
tcp[(tcp[12] >> 4) * 4 + 1:2] != 0x4554
tcp[(tcp[12] >> 4) * 4:1] < 3
""".strip().splitlines()
"""Expressions whose form is of less interest than whether it is right."""

EXACT = (
    *("", "greater 100", "not less 60", "len > 50 + 50", "100 < len", "1 = 1", "1 > 2"),
    *("ether[12:2] = 0x0806", "byte 14 < 64", "byte 100 < 5", "ether[100] != 0 and len > 60", "2 & ether[0] = 2"),
)
"""Those where nothing at all differs, on any link type."""


@pytest.mark.parametrize("expression", DISPLAY_FILTERS)
def test_display_filters_read_as_a_person_would_write_them(expression: str) -> None:
    assert display_filter(Filter(expression)).expression == DISPLAY_FILTERS[expression]


@pytest.mark.parametrize("expression", EXACT)
def test_what_is_exact_declares_nothing(expression: str) -> None:
    assert display_filter(Filter(expression)).differences == ()


def test_every_difference_has_its_words_and_is_told_in_one_order() -> None:
    assert {*DIFFERENCES, "wireshark.computed", "wireshark.too_deep"} == set(TEXTS)
    found = [
        message.key for message in display_filter(Filter("udp[20] = 0 or arp or inbound or vlan or ip")).differences
    ]
    assert found == sorted(found, key=DIFFERENCES.index)
    assert len(found) == len(set(found)) == len(DIFFERENCES)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("len & 1 = 0", "len & 1 = 0"),
        ("tcp port 80 and ip[0] + 1 > 5", "ip[0] + 1 > 5"),
        ("tcp[13] = udp[1]", "tcp[13] = udp[1]"),
        ("tcp[ip[0]] = 2", "tcp[ip[0]] = 2"),
        ("tcp[-4:4] = 1", "tcp[-4:4] = 1"),
        ("1 + tcp[13] = 3", "1 + tcp[13] = 3"),
        ("2 & tcp[13] = 2", "2 & tcp[13] = 2"),
        ("4 / (1 - 1) = 2", "4 / (1 - 1) = 2"),
        ("vlan or protochain 6", "protochain 6"),
        ("geneve or ip", "ip"),
    ],
)
def test_what_a_display_filter_cannot_compute_is_refused_and_named(expression: str, words: str) -> None:
    with pytest.raises(WiresharkError) as caught:
        display_filter(Filter(expression))
    assert words in str(caught.value)
    assert words in caught.value.message.text("ja")


def nested(levels: int) -> str:
    """A filter whose display filter has that many parentheses in parentheses, with as much between them as can be."""
    expression = "icmp"
    for _ in range(levels):
        expression = f"tcp or not (udp and ({expression} or arp) and ip)"
    return expression


def test_what_is_too_deep_for_tshark_is_refused() -> None:
    assert display_filter(Filter(nested(10))).expression
    with pytest.raises(WiresharkError, match="at most 20 levels"):
        display_filter(Filter(nested(11)))


# Against tshark


class Asked:
    """A filter with its display filter, asked of the packets of one savefile."""

    def __init__(self, expression: str, link_type: LinkType) -> None:
        self.expression = expression
        self.filter = Filter(expression, link_type=link_type)
        self.display: DisplayFilter = display_filter(self.filter)
        self.declared = {message.key for message in self.display.differences}


def asked(expressions: Iterable[str], link_type: LinkType) -> list[Asked]:
    made = []
    for expression in dict.fromkeys(expressions):
        try:
            made.append(Asked(expression, link_type))
        except (FilterSyntaxError, WiresharkError):
            continue
    return made


def disagreements(
    path: Path, frames: Sequence[bytes], link_type: LinkType, filters: Sequence[Asked], missing: int = 0
) -> list[tuple[Asked, int, bool | None]]:
    """Each filter and index of a frame about which the languages disagree, with the capture filter's verdict."""
    display_oracle.savefile(path, frames, link_type, missing)
    found = []
    for one, matched in zip(
        filters, display_oracle.matched(path, [one.display.expression for one in filters]), strict=True
    ):
        assert matched is not None, f"tshark refuses {one.display.expression}"
        program = one.filter.program(link_type)
        for index, frame in enumerate(frames):
            answer = verdict(program, frame, len(frame) + missing)
            if (answer is True) != (index + 1 in matched):
                found.append((one, index, answer))
    return found


def unexplained(
    path: Path, frames: Sequence[bytes], link_type: LinkType, filters: Sequence[Asked], *, damaged: bool = False
) -> list[str]:
    """What the declared differences do not explain; of damaged packets they explain all if they name damage."""
    found = []
    differing = disagreements(path, frames, link_type, filters, missing=9 if damaged else 0)
    layers = display_oracle.dissected(path)
    for one, index, answer in differing:
        beyond = answer is None and bool(one.declared & {"wireshark.bytes_beyond", "wireshark.damaged"})
        reasons = reasons_for(one, frames[index], layers[index], link_type)
        if not (reasons or beyond or (damaged and "wireshark.damaged" in one.declared)):
            found.append(f"{one.expression!r} as {one.display.expression!r}: {answer} of {frames[index].hex()}")
    return found


def reasons_for(one: Asked, frame: bytes, layers: tuple[str, ...], link_type: LinkType) -> set[str]:
    conditions = display_differences.CONDITIONS
    return {key for key in one.declared if key in conditions and conditions[key](frame, layers, link_type)}


@pytest.mark.needs("tshark")
def test_verdicts_differ_only_as_declared_on_packets_of_every_kind(tmp_path: Path) -> None:
    source = Expressions(seed=20)
    filters = asked([*DISPLAY_FILTERS, *MORE, nested(10), *(source.one() for _ in range(500))], EN10MB)
    assert len(filters) > 300
    assert unexplained(tmp_path / "whole.pcap", list(display_differences.packets()), EN10MB, filters) == []


@pytest.mark.needs("tshark")
def test_verdicts_differ_only_as_declared_on_damaged_packets(tmp_path: Path) -> None:
    source = Expressions(seed=21)
    filters = asked([*DISPLAY_FILTERS, *MORE, *(source.one() for _ in range(200))], EN10MB)
    made = list(display_differences.damaged(seed=22))
    reached = display_oracle.reached(display_oracle.savefile(tmp_path / "made.pcap", made, EN10MB, missing=9))
    frames = [frame for number, frame in enumerate(made, 1) if number in reached]
    assert len(frames) > 0.9 * len(made)
    assert unexplained(tmp_path / "damaged.pcap", frames, EN10MB, filters, damaged=True) == []


@pytest.mark.needs("tshark")
def test_verdicts_differ_only_as_declared_on_the_sample_captures(tmp_path: Path) -> None:
    captures = [Capture.open(path) for path in sorted(SAMPLES.glob("*.pcap")) if path.stem != "mix"]
    for link_type in {capture.link_type for capture in captures}:
        frames = [packet.data for capture in captures if capture.link_type is link_type for packet in capture]
        filters = asked([*DISPLAY_FILTERS, *MORE], link_type)
        assert unexplained(tmp_path / "samples.pcap", frames, link_type, filters) == []


@pytest.mark.needs("tshark")
@pytest.mark.parametrize("link_type", [RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL, LOOP])
def test_verdicts_differ_only_as_declared_on_other_link_types(link_type: LinkType, tmp_path: Path) -> None:
    versions = {IPV4: (4,), IPV6: (6,)}.get(link_type, range(16))
    frames = [frame for frame in filter_packets.frames(link_type).values() if frame[0] >> 4 in versions]
    filters = asked([*DISPLAY_FILTERS, *MORE], link_type)
    assert unexplained(tmp_path / "link.pcap", frames, link_type, filters) == []


@pytest.mark.needs("tshark")
def test_what_is_exact_agrees_on_noise_of_every_link_type(tmp_path: Path) -> None:
    for link_type in (EN10MB, RAW, LINUX_SLL2):
        frames = [frame for frame in filter_packets.varied(link_type, seed=23) if frame]
        chosen = random.Random(24).sample(frames, 200)
        assert disagreements(tmp_path / "noise.pcap", chosen, link_type, asked(EXACT, link_type)) == []


SHOWN = (
    *("ip", "ip6", "arp", "rarp", "tcp", "udp", "not tcp", "host 10.0.0.1", "net 2001:db8::/32", "tcp port 80"),
    *(
        "port 53",
        "ip proto 6",
        "tcp[13] & 2 != 0",
        "tcp[20:2] < 0x7062",
        "ether proto 0x0800",
        "ether dst 2:0:0:0:0:9",
    ),
    *("ip src 10.0.0.1", "udp[0:2] > 1", "vlan", "not vlan", "vlan and ip", "mpls and ip", "mpls 5"),
)
"""Filters for which the made packets show each difference that the packet, and not its link type, decides."""


@pytest.mark.needs("tshark")
def test_no_difference_is_declared_in_vain(tmp_path: Path) -> None:
    """For each declared difference some packet shows it, and no other that is declared explains that packet."""
    path = tmp_path / "whole.pcap"
    frames, filters = list(display_differences.packets()), asked(SHOWN, EN10MB)
    differing = disagreements(path, frames, EN10MB, filters)
    layers = display_oracle.dissected(path)
    for one in filters:
        reasons = [
            reasons_for(one, frames[index], layers[index], EN10MB) for other, index, _ in differing if other is one
        ]
        shown = {key for found in reasons if len(found) == 1 for key in found}
        told = one.declared & display_differences.CONDITIONS.keys() - {"wireshark.ethernet"}
        assert told == shown, one.expression
