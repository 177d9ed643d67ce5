"""What a syntax tree asks of packets of one link type: `nodes` in, `program` out.

Primitives are compiled in reading order, because `vlan` and its kind move where later words look, and because
of several faults the first in reading order is the one reported. A tree compiled for no link type in particular
is refused only where every link type would refuse it. No name is looked up outside bundled tables.
Grammar and meaning: pcap-filter(7); where it is silent, libpcap 1.10.3 without its optimizer, netmask 0.

>>> from lesson_engine.packets.linktype import EN10MB
>>> print(Compiler("", EN10MB).test(nodes.Protocol("arp")))
[12:2] = 0x806
"""

import re
from collections.abc import Callable

from lesson_engine.filters import nodes
from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.frames import COVERED, Frame, Place, UnsupportedError, any_of, equal, masked
from lesson_engine.filters.lexer import LINK, parse_ipv6
from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Compare,
    Constant,
    Either,
    Field,
    HeaderChain,
    Load,
    Negation,
    Test,
    Value,
    WireLength,
)
from lesson_engine.messages import Message
from lesson_engine.packets.capture import ByteOrder
from lesson_engine.packets.linktype import EN10MB, LinkType
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, LLC_SAPS

IP = ETHER_TYPES["ip"]
IP6 = ETHER_TYPES["ip6"]

_PROTOCOL = Field("protocol", 1)

REGISTERS = 16
"""Values the machine can hold at once."""

_TRANSPORTS = {"tcp": 6, "udp": 17, "sctp": 132}
_EITHER_IP = _TRANSPORTS | {"pim": 103, "ah": 51, "esp": 50}
_IP_ONLY = {"icmp": 1, "igmp": 2, "igrp": 9, "vrrp": 112, "carp": 112}
_OSI = {"clnp": 0x81, "esis": 0x82, "isis": 0x83}
_ISIS_PDUS = {
    "l1": (26, 24, 18, 15, 17),
    "l2": (27, 25, 20, 16, 17),
    "iih": (17, 15, 16),
    "lsp": (18, 20),
    "snp": (27, 26, 24, 25),
    "csnp": (24, 25),
    "psnp": (26, 27),
}
_NETWORKS = ("ip", "arp", "rarp")
"""Network protocols that carry IPv4 addresses, in the order they are tried."""
_ADDRESS_OFFSETS = {"ip": (12, 16), "arp": (14, 24), "rarp": (14, 24)}
"""Offsets of the source and the destination address."""
_LINK_PROTOCOLS = ("atalk", "aarp", "decnet", "lat", "sca", "mopdl", "moprc")
_ACCESSIBLE = frozenset(("arp", "rarp", "ip", "ip6", "atalk", "decnet", "lat", "sca", "mopdl", "moprc"))
"""Protocols whose header is the network header, for accessors."""
_ACCESSIBLE_OVER_IP = frozenset(("sctp", "tcp", "udp", "icmp", "igmp", "igrp", "pim", "vrrp", "carp"))
_ETHER_PROTO_NAMES = {
    name: ETHER_TYPES[name]
    for name in ("aarp", "arp", "atalk", "decnet", "ip", "ip6", "lat", "loopback", "mopdl", "moprc", "rarp", "sca")
} | LLC_SAPS
_LARGEST = {"vlan": 4095, "mpls": 1048575, "pppoes": 65535, "geneve": 16777215}
_TOO_LARGE = {
    "vlan": "VLAN tag {} greater than maximum {}",
    "mpls": "MPLS label {} greater than maximum {}",
    "pppoes": "PPPoE session number {} greater than maximum {}",
    "geneve": "Geneve VNI {} greater than maximum {}",
}
_LLC_SUPERVISORY = {"rr": 1, "rnr": 5, "rej": 9}
_LLC_UNNUMBERED = {"ui": 3, "ua": 0x63, "disc": 0x43, "sabme": 0x6F, "test": 0xE3, "xid": 0xAF, "frmr": 0x87}
_TITLES = {"atalk": "AppleTalk"}
"""How libpcap writes a protocol in its refusals, where it is not simply the word or its capitals."""
_WLAN_DIRECTIONS = {
    **{f"addr{digit}": (f"'addr{digit}' and 'address{digit}'", "are") for digit in "1234"},
    "ra": ("'ra'", "is"),
    "ta": ("'ta'", "is"),
}
_DECNET = re.compile(r"([0-9]+)\.([0-9]+)")
_OTHER_ADDRESSES = "addresses other than 802.11 MAC addresses"


class Compiler:
    """Compiles the nodes of one expression, in reading order, for one link type or for none in particular.

    `test` and `value` remember what they gave for a node, so the parser may compile each part as it is read.
    They raise FilterSyntaxError, which says where in `source`.
    """

    def __init__(self, source: str, link_type: LinkType | None, byte_order: ByteOrder = "little") -> None:
        self._source = source
        self._any_link = link_type is None
        self._frame = Frame(link_type or EN10MB, byte_order)
        self._live = 0  # values held at this point of the evaluation
        self._done: dict[int, tuple[nodes.Node, object]] = {}
        self._checks: dict[int, Test | None] = {}
        if link_type is not None and link_type not in COVERED:
            name = link_type.description or link_type.name
            raise self._refusal(
                (0, len(source)), "filters.link_type", f"unknown data link type {link_type.number}", name=name
            )

    # Trees

    def part(self, node: nodes.Node) -> Test | Value:
        """The program of a primitive or of a piece of arithmetic, whichever `node` is."""
        return self.value(node) if isinstance(node, nodes.Arith) else self.test(node)

    def test(self, node: nodes.Node) -> Test:
        """The program of a connective or a primitive."""
        if done := self._done.get(id(node)):
            return done[1]  # type: ignore[return-value]  # what was made from this node
        made = self._make_test(node)
        self._done[id(node)] = (node, made)
        return made

    def _make_test(self, node: nodes.Node) -> Test:
        match node:
            case nodes.And(terms=terms):
                return All(tuple(map(self.test, terms)))
            case nodes.Or(terms=terms):
                return Either(tuple(map(self.test, terms)))
            case nodes.Not(term=term):
                return Negation(self.test(term))
        try:
            return self._primitive(node)
        except UnsupportedError as refusal:
            raise self._refusal(node.span, refusal.key, refusal.libpcap_text, **refusal.params) from None

    def _primitive(self, node: nodes.Node) -> Test:
        match node:
            case nodes.Everything():
                return Always(True)
            case nodes.Address():
                return self._address(node)
            case nodes.Protocol(name=name):
                return self._protocol(node, name)
            case nodes.Relation():
                return self._relation(node)
            case nodes.Cast(kind="broadcast"):
                return self._broadcast(node)
            case nodes.Cast():
                return self._multicast(node)
            case nodes.LengthLimit(word=word, limit=limit):
                return Compare(WireLength(), "<=" if word == "less" else ">=", Constant(limit))
            case nodes.ByteTest():
                return self._byte(node)
            case nodes.Bound(word=word):
                outbound = Always(True) if self._any_link else self._frame.outbound()
                return outbound if word == "outbound" else Negation(outbound)
            case nodes.InterfaceIndex(index=index):
                return Always(True) if self._any_link else self._frame.interface_index(index)
            case nodes.Tunnel():
                return self._tunnel(node)
            case nodes.Llc():
                return self._llc(node)
            case nodes.Foreign(libpcap_text=libpcap_text):
                raise self._refusal(node.span, "filters.foreign", libpcap_text, words=node.text)
        raise TypeError(f"{type(node).__name__} is no primitive")

    def _refusal(self, span: nodes.Span, key: str, libpcap_text: str, **params: object) -> FilterSyntaxError:
        return FilterSyntaxError(self._source, span, Message(key, **params), libpcap_text=libpcap_text)

    # Protocol words

    def _protocol(self, node: nodes.Node, name: str) -> Test:
        if name in _EITHER_IP:
            return self._ip_protocol(_EITHER_IP[name])
        if name in _IP_ONLY:
            return self._ip4_protocol(_IP_ONLY[name])
        if name == "icmp6":
            return self._ip6_protocol(IP_PROTOCOLS["ipv6-icmp"])
        if name in _OSI:
            return self._osi_protocol(_OSI[name])
        if name in _ISIS_PDUS:
            return All((self._osi_protocol(_OSI["isis"]), any_of(self._frame.osi.load(4, 1), _ISIS_PDUS[name])))
        if name in LLC_SAPS:
            return self._frame.carries(LLC_SAPS[name])
        if name in ETHER_TYPES:
            return self._frame.carries(ETHER_TYPES[name])
        if name == LINK:
            raise self._refusal(node.span, "filters.link_alone", "link layer applied in wrong context")
        raise self._refusal(node.span, "filters.radio", "'radio' is not a valid protocol type")

    def _ip_protocol(self, number: int) -> Test:
        return Either((self._ip4_protocol(number), self._ip6_protocol(number)))

    def _ip4_protocol(self, number: int) -> Test:
        return All((self._frame.carries(IP), equal(self._frame.network.load(9, 1), number, _PROTOCOL)))

    def _ip6_protocol(self, number: int) -> Test:
        """The fixed header's next header, or a fragment header's."""
        network = self._frame.network
        behind_fragment = All((equal(network.load(6, 1), 44), equal(network.load(40, 1), number, _PROTOCOL)))
        return All((self._frame.carries(IP6), Either((equal(network.load(6, 1), number, _PROTOCOL), behind_fragment))))

    def _osi_protocol(self, number: int) -> Test:
        return All((self._frame.carries(LLC_SAPS["iso"]), equal(self._frame.osi.load(0, 1), number)))

    # Qualifiers and an id

    def _address(self, node: nodes.Address) -> Test:
        """Of several faults of one primitive, libpcap reports the id's own first; so do these, in this order."""
        match node.id:
            case nodes.IdNumber(value=value):
                return self._number(node, value)
            case nodes.Dotted(text=text):
                return self._dotted(node, text)
            case nodes.DottedPrefix() | nodes.DottedMask():
                return self._network(node, node.id)
            case nodes.Ipv6():
                return self._ipv6(node, node.id)
            case nodes.Mac(text=text):
                return self._mac(node, text)
            case nodes.Name(text=text):
                return self._name(node, text)
        raise self._refusal(node.id.span, "filters.arcnet", "aid supported only on ARCnet")

    def _qualifiers(self, node: nodes.Address) -> nodes.Qualifiers:
        if node.qualifiers is None:
            raise self._refusal(
                node.span, "filters.nothing_to_inherit", "syntax error in filter expression", id=node.id
            )
        return node.qualifiers

    def _number(self, node: nodes.Address, value: int) -> Test:
        qualifiers = self._qualifiers(node)
        if qualifiers.protocol == "decnet" and qualifiers.type in (None, "host", "net"):
            return self._decnet(qualifiers, value & 0xFFFF)
        match qualifiers.type:
            case None | "host":
                self._not_a_link_address(node, qualifiers)
                return self._host4(node, qualifiers, value, 0xFFFFFFFF)
            case "net":
                self._not_a_link_address(node, qualifiers)
                mask = 0xFFFFFFFF
                while value and not value & 0xFF000000:
                    value, mask = value << 8, mask << 8 & 0xFFFFFFFF
                return self._host4(node, qualifiers, value, mask)
            case "port" | "portrange":
                transport = self._transport(node, qualifiers)
                self._check_port(node, value)
                return self._ports(node, qualifiers, (value, value), transport)
            case "gateway":
                raise self._refusal(node.id.span, "filters.gateway_number", "'gateway' requires a name")
            case "proto":
                return self._proto(node, qualifiers, value)
        return self._protochain(node, qualifiers, value)

    def _not_a_link_address(self, node: nodes.Address, qualifiers: nodes.Qualifiers) -> None:
        if qualifiers.protocol == LINK:
            raise self._refusal(node.span, "filters.ether_host", "illegal link layer address", id=node.id)

    def _dotted(self, node: nodes.Address, text: str) -> Test:
        kind = node.qualifiers.type if node.qualifiers else None
        if kind in ("port", "portrange", "proto", "protochain"):
            libpcap_text = f"'{kind}' modifier applied to ip host"
            raise self._refusal(node.span, "filters.not_an_address", libpcap_text, type=kind, id=text)
        if node.qualifiers and node.qualifiers.protocol == "decnet":
            return self._decnet(node.qualifiers, self._decnet_number(text, node.id.span))
        address, bits = self._ipv4(text, node.id.span)
        qualifiers = self._qualifiers(node)
        if kind == "gateway":
            raise self._refusal(node.id.span, "filters.gateway_number", "'gateway' requires a name")
        self._not_a_link_address(node, qualifiers)
        shift = 32 - bits
        return self._host4(node, qualifiers, address << shift, 0xFFFFFFFF << shift & 0xFFFFFFFF)

    def _ipv4(self, text: str, span: nodes.Span) -> tuple[int, int]:
        """The number dotted text stands for, and its length in bits: 8 a part."""
        value = 0
        parts = text.split(".")
        for part in parts:
            octet = int(part[-4:]) if part.isdigit() and not part[:-4].strip("0") else 256
            if octet > 255:
                raise self._refusal(span, "filters.bad_ipv4", f"invalid IPv4 address '{text}'", text=text)
            value = value << 8 | octet
        return value, 8 * len(parts)

    def _network(self, node: nodes.Address, id_: nodes.DottedPrefix | nodes.DottedMask) -> Test:
        address, bits = self._ipv4(id_.text, id_.span)
        address <<= 32 - bits
        if isinstance(id_, nodes.DottedMask):
            mask, bits = self._ipv4(id_.mask, id_.span)
            mask <<= 32 - bits
        elif id_.length > 32:
            raise self._refusal(
                id_.span, "filters.prefix_length", "mask length must be <= 32", length=id_.length, maximum=32
            )
        else:
            mask = 0xFFFFFFFF << (32 - id_.length) & 0xFFFFFFFF
        if address & ~mask:
            raise self._refusal(id_.span, "filters.host_bits", f'non-network bits set in "{id_}"', id=id_)
        if node.qualifiers is None or node.qualifiers.type != "net":
            raise self._refusal(node.span, "filters.prefix_without_net", "Mask syntax for networks only", id=id_)
        return self._host4(node, node.qualifiers, address, mask)

    def _host4(self, node: nodes.Address, qualifiers: nodes.Qualifiers, address: int, mask: int) -> Test:
        protocol = qualifiers.protocol
        if protocol == "decnet":
            return self._decnet(qualifiers, address & 0xFFFF)
        if protocol is not None and protocol not in _NETWORKS:
            raise self._host_refusal(node, qualifiers)
        if protocol is None:
            # Below MPLS only IP can be told.
            networks = _NETWORKS if not self._frame.below_mpls else ("ip",)
            return self._alternatives(
                [self._host4_over(node, qualifiers.direction, network, address, mask) for network in networks]
            )
        return self._host4_over(node, qualifiers.direction, protocol, address, mask)

    def _host4_over(self, node: nodes.Address, direction: str | None, network: str, address: int, mask: int) -> Test:
        self._check_direction(node, direction)
        carries = self._frame.carries(ETHER_TYPES[network])

        def at(offset: int, name: str) -> Test:
            load, field = self._frame.network.load(offset, 4), Field(name, 4)
            wanted = equal(load, address, field) if mask == 0xFFFFFFFF else masked(load, mask, address, field)
            return All((carries, wanted))

        source, destination = _ADDRESS_OFFSETS[network]
        return self._directed(direction, at(source, "source_address"), at(destination, "destination_address"))

    def _host_refusal(self, node: nodes.Address, qualifiers: nodes.Qualifiers) -> FilterSyntaxError:
        protocol, kind = qualifiers.protocol, "net" if qualifiers.type == "net" else "host"
        params = {"protocol": protocol, "type": kind, "id": node.id}
        if protocol == LINK:
            return self._refusal(node.span, "filters.not_for_host", f"link-layer modifier applied to {kind}", **params)
        if protocol == "ip6":
            return self._refusal(node.span, "filters.ip6_with_ipv4", "'ip6' modifier applied to ip host", **params)
        if protocol in (*_LINK_PROTOCOLS, "iso", "ipx"):
            title = _TITLES.get(protocol, protocol.upper())
            return self._refusal(node.span, "filters.not_for_host", f"{title} host filtering not implemented", **params)
        return self._refusal(node.span, "filters.not_for_host", f"'{protocol}' modifier applied to {kind}", **params)

    def _directed(self, direction: str | None, source: Test, destination: Test) -> Test:
        match direction:
            case "src":
                return source
            case "dst":
                return destination
            case "src and dst":
                return All((source, destination))
        return Either((source, destination))

    def _check_direction(self, node: nodes.Address, direction: str | None, what: str = _OTHER_ADDRESSES) -> None:
        if direction in _WLAN_DIRECTIONS:
            words, verb = _WLAN_DIRECTIONS[direction]
            kind = "not valid qualifiers" if verb == "are" else "not a valid qualifier"
            libpcap_text = f"{words} {verb} {kind} for {what}"
            raise self._refusal(node.span, "filters.wlan_direction", libpcap_text, direction=direction)

    def _alternatives(self, tests: list[Test]) -> Test:
        return tests[0] if len(tests) == 1 else Either(tuple(tests))

    def _decnet_number(self, text: str, span: nodes.Span) -> int:
        """The number of area.node; digits alone count, as C's scanf reads them."""
        if (found := _DECNET.match(text)) is None:
            raise self._refusal(span, "filters.bad_decnet", f"malformed decnet address '{text}'", text=text)
        area, number = (int(digits[-9:]) for digits in found.groups())
        return (area << 10 | number) & 0xFFFF

    def _decnet(self, qualifiers: nodes.Qualifiers, address: int) -> Test:
        """The routing layer's four forms of header: short and long, each plain and after a padding byte."""
        network = self._frame.network
        little_endian = address >> 8 | (address & 0xFF) << 8

        def at(short: int, padded_short: int, long: int, padded_long: int) -> Test:
            return Either(
                (
                    All((masked(network.load(2, 1), 7, 2), equal(network.load(short, 2), little_endian))),
                    All(
                        (
                            masked(network.load(2, 2), 0xFF07, 0x8102),
                            equal(network.load(padded_short, 2), little_endian),
                        )
                    ),
                    All((masked(network.load(2, 1), 7, 6), equal(network.load(long, 2), little_endian))),
                    All(
                        (masked(network.load(2, 2), 0xFF07, 0x8106), equal(network.load(padded_long, 2), little_endian))
                    ),
                )
            )

        carries = self._frame.carries(ETHER_TYPES["decnet"])
        source, destination = All((carries, at(5, 6, 17, 18))), All((carries, at(3, 4, 9, 10)))
        return self._directed(qualifiers.direction, source, destination)

    def _ipv6(self, node: nodes.Address, id_: nodes.Ipv6) -> Test:
        address = parse_ipv6(id_.text)
        assert address is not None  # the lexer took it for one
        length = 128 if id_.length is None else id_.length
        if length > 128:
            raise self._refusal(
                id_.span, "filters.prefix_length", "mask length must be <= 128", length=length, maximum=128
            )
        mask = (1 << 128) - (1 << 128 - length)
        if address & ~mask:
            raise self._refusal(id_.span, "filters.host_bits", f'non-network bits set in "{id_}"', id=id_)
        qualifiers = node.qualifiers or nodes.Qualifiers(type="")
        if qualifiers.type not in (None, "host", "net"):
            libpcap_text = "invalid qualifier against IPv6 address"
            if node.qualifiers is None:
                raise self._refusal(node.span, "filters.nothing_to_inherit", libpcap_text, id=id_)
            raise self._refusal(node.span, "filters.not_an_address", libpcap_text, type=qualifiers.type, id=id_)
        if qualifiers.type != "net" and length != 128:
            raise self._refusal(node.span, "filters.prefix_without_net", "Mask syntax for networks only", id=id_)
        protocol, kind = qualifiers.protocol, "net" if qualifiers.type == "net" else "host"
        if protocol not in (None, "ip6"):
            title = {LINK: "link-layer", "atalk": "AppleTalk"}.get(protocol, f"'{protocol}'")
            key = "filters.ip_with_ipv6" if protocol == "ip" else "filters.not_for_host"
            libpcap_text = f"{title} modifier applied to ip6 {kind}"
            raise self._refusal(node.span, key, libpcap_text, protocol=protocol, type=kind, id=id_)
        self._check_direction(node, qualifiers.direction)
        carries = self._frame.carries(IP6)

        def at(offset: int, name: str) -> Test:
            parts = [carries]
            for place in range(4):
                field = Field(name, 16, 4 * place)
                load = self._frame.network.load(offset + 4 * place, 4)
                word, kept = (number >> 32 * (3 - place) & 0xFFFFFFFF for number in (address, mask))
                parts.append(equal(load, word, field) if kept == 0xFFFFFFFF else masked(load, kept, word, field))
            return All(tuple(parts))

        return self._directed(qualifiers.direction, at(8, "source_address"), at(24, "destination_address"))

    def _mac(self, node: nodes.Address, text: str) -> Test:
        qualifiers = node.qualifiers
        if qualifiers is None or qualifiers.protocol != LINK or qualifiers.type not in (None, "host"):
            raise self._refusal(
                node.span, "filters.mac_without_ether", "ethernet address used in non-ether expression", id=text
            )
        if self._frame.link_type is not EN10MB:
            libpcap_text = "ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel"
            description = self._frame.link_type.description
            raise self._refusal(node.span, "filters.no_ethernet", libpcap_text, link_type=description)
        direction = qualifiers.direction
        if direction in _WLAN_DIRECTIONS:
            libpcap_text = f"{' '.join(_WLAN_DIRECTIONS[direction])} only supported on 802.11 with 802.11 headers"
            raise self._refusal(node.span, "filters.wlan_direction", libpcap_text, direction=direction)
        address = _mac_number(text)
        return self._on_ethernet(self._directed(direction, self._mac_at(6, address), self._mac_at(0, address)))

    def _mac_at(self, offset: int, address: int) -> Test:
        name, header = "source_mac" if offset else "destination_mac", self._frame.header
        low = equal(header.load(offset + 2, 4), address & 0xFFFFFFFF, Field(name, 6, 2))
        return All((low, equal(header.load(offset, 2), address >> 32, Field(name, 6))))

    def _on_ethernet(self, test: Test) -> Test:
        has_header = self._frame.has_ethernet_header()
        return test if has_header is None else All((has_header, test))

    # Names

    def _name(self, node: nodes.Address, name: str) -> Test:
        qualifiers = self._qualifiers(node)
        protocol = qualifiers.protocol
        match qualifiers.type:
            case None | "host":
                if protocol == LINK and self._frame.link_type is EN10MB:
                    raise self._refusal(node.id.span, "filters.ether_name", f"unknown ether host '{name}'", name=name)
                libpcap_text = f"unknown host '{name}'"
                if protocol == LINK:
                    libpcap_text = (
                        "only ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel supports link-level host name"
                    )
                if protocol == "decnet":
                    libpcap_text = f"decnet name support not included, '{name}' cannot be translated\n"
                raise self._refusal(node.id.span, "filters.host_name", libpcap_text, name=name)
            case "net":
                raise self._refusal(node.id.span, "filters.network_name", f"unknown network '{name}'", name=name)
            case "port":
                return self._service(node, qualifiers, name)
            case "portrange":
                return self._service_range(node, qualifiers, name)
            case "gateway":
                raise self._refusal(node.span, "filters.gateway", "'gateway' not supported in this configuration")
        number = self._protocol_number(node, qualifiers, name)
        if qualifiers.type == "proto":
            return self._proto(node, qualifiers, number)
        return self._protochain(node, qualifiers, number)

    def _protocol_number(self, node: nodes.Address, qualifiers: nodes.Qualifiers, name: str) -> int:
        number: int | None
        match qualifiers.protocol:
            case None | "ip" | "ip6":
                number, kind = IP_PROTOCOLS.get(name), "unknown ip proto '{}'"
            case "ether":
                number, kind = _ETHER_PROTO_NAMES.get(name), "unknown ether proto '{}'"
            case "iso":
                number, kind = _OSI.get(name), "unknown osi proto '{}'"
            case _:
                number, kind = None, "unknown protocol: {}"
        if number is None:
            raise self._refusal(node.id.span, "filters.unknown_protocol", kind.format(name), name=name)
        return number

    # Ports

    def _transport(self, node: nodes.Address, qualifiers: nodes.Qualifiers) -> str | None:
        """The transport protocol a port is asked of; None is any."""
        protocol = qualifiers.protocol
        if protocol is not None and protocol not in _TRANSPORTS:
            libpcap_text = f"illegal qualifier of '{qualifiers.type}'"
            raise self._refusal(
                node.span, "filters.not_for_port", libpcap_text, protocol=protocol, type=qualifiers.type
            )
        return protocol

    def _check_port(self, node: nodes.Address, port: int) -> None:
        if port > 65535:
            raise self._refusal(node.id.span, "filters.port_number", f"illegal port number {port} > 65535", port=port)
        if port < 0:
            raise self._refusal(node.id.span, "filters.port_number", f"illegal port number {port} < 0", port=port)

    def _service(self, node: nodes.Address, qualifiers: nodes.Qualifiers, name: str) -> Test:
        transport = self._transport(node, qualifiers)
        port, known_for = self._service_port(node, name, f"unknown port '{name}'")
        transport = self._agree(node, transport, known_for, name, "port")
        return self._ports(node, qualifiers, (port, port), transport)

    def _service_range(self, node: nodes.Address, qualifiers: nodes.Qualifiers, text: str) -> Test:
        from lesson_engine.filters.portnames import read_range

        transport = self._transport(node, qualifiers)
        if (numbers := read_range(text)) is not None:
            low, high, known_for = *numbers, None
        else:
            unknown = f"unknown port in range '{text}'"
            first, dash, second = text.partition("-")
            if not dash:
                raise self._refusal(node.id.span, "filters.unknown_port", unknown, name=text)
            low, low_for = self._service_port(node, first, unknown)
            high, high_for = self._service_port(node, second, unknown)
            known_for = low_for if low_for == high_for else None
        transport = self._agree(node, transport, known_for, text, "port in range")
        self._check_port(node, low)
        self._check_port(node, high)
        return self._ports(node, qualifiers, (min(low, high), max(low, high)), transport)

    def _service_port(self, node: nodes.Address, name: str, libpcap_text: str) -> tuple[int, str | None]:
        from lesson_engine.filters.portnames import named_port

        service = named_port(name)
        if service is None:
            raise self._refusal(node.id.span, "filters.unknown_port", libpcap_text, name=name)
        return service

    def _agree(
        self, node: nodes.Address, transport: str | None, known_for: str | None, name: str, what: str
    ) -> str | None:
        if transport and known_for and transport != known_for:
            libpcap_text = f"{what} '{name}' is {known_for}"
            raise self._refusal(node.span, "filters.other_transport", libpcap_text, name=name, protocol=known_for)
        return transport or known_for

    def _ports(
        self, node: nodes.Address, qualifiers: nodes.Qualifiers, ports: tuple[int, int], transport: str | None
    ) -> Test:
        """IPv6 first, then IPv4; neither behind other headers, and of fragments only the first."""
        direction = qualifiers.direction
        self._check_direction(node, direction, "ports")
        frame, network = self._frame, self._frame.network
        protocols = tuple(_TRANSPORTS.values()) if transport is None else (_TRANSPORTS[transport],)

        def among(protocol: Load, header: Place) -> tuple[Test, Test]:
            source = _in_range(header.load(0, 2), ports, Field("source_port", 2))
            destination = _in_range(header.load(2, 2), ports, Field("destination_port", 2))
            tested = equal(protocol, protocols[0], _PROTOCOL) if transport else any_of(protocol, protocols, _PROTOCOL)
            return tested, self._directed(direction, source, destination)

        ip6 = All((frame.carries(IP6), *among(network.load(6, 1), network.plus(40))))
        protocol, in_header = among(network.load(9, 1), frame.transport())
        ip4 = All((frame.carries(IP), protocol, frame.first_fragment(), in_header))
        return Either((ip6, ip4))

    # proto and protochain

    def _proto(self, node: nodes.Address, qualifiers: nodes.Qualifiers, number: int) -> Test:
        match qualifiers.protocol:
            case None:
                return self._ip_protocol(number)
            case "ip":
                return self._ip4_protocol(number)
            case "ip6":
                return self._ip6_protocol(number)
            case "ether":
                return self._frame.carries(number)
            case "iso":
                return self._osi_protocol(number)
            case "isis":
                return All((self._osi_protocol(_OSI["isis"]), equal(self._frame.osi.load(4, 1), number)))
        protocol = qualifiers.protocol
        if protocol in ("arp", "rarp"):
            libpcap_text = f"{protocol} does not encapsulate another protocol"
        elif protocol in ("lat", "sca", "moprc", "mopdl"):
            libpcap_text = f"{protocol.upper()} does not encapsulate another protocol"
        elif protocol in ("atalk", "decnet"):
            libpcap_text = f"{_TITLES.get(protocol, 'DECNET')} encapsulation is not specifiable"
        elif protocol == "clnp":
            libpcap_text = "'clnp proto' is not supported"
        else:
            libpcap_text = f"'{protocol} proto' is bogus"
        raise self._refusal(node.span, "filters.not_for_proto", libpcap_text, protocol=protocol, type="proto")

    def _protochain(self, node: nodes.Address, qualifiers: nodes.Qualifiers, number: int) -> Test:
        protocol = qualifiers.protocol
        if protocol not in (None, "ip", "ip6"):
            libpcap_text = "bad protocol applied for 'protochain'"
            raise self._refusal(node.span, "filters.not_for_proto", libpcap_text, protocol=protocol, type="protochain")
        network = self._frame.network
        if network.base is not None:
            libpcap_text = "'protochain' not supported with variable length headers"
            raise self._refusal(node.span, "filters.chain_in_tunnel", libpcap_text)
        found = []
        if protocol in (None, "ip"):
            found.append(HeaderChain(self._frame.carries(IP), 4, network.offset, number))
        if protocol in (None, "ip6"):
            found.append(HeaderChain(self._frame.carries(IP6), 6, network.offset, number))
        return found[0] if len(found) == 1 else Either(tuple(found))

    # Other words

    def _broadcast(self, node: nodes.Cast) -> Test:
        if node.protocol in (None, LINK):
            if self._frame.link_type is not EN10MB:
                description = self._frame.link_type.description
                raise self._refusal(node.span, "filters.no_ethernet", "not a broadcast link", link_type=description)
            return self._on_ethernet(self._mac_at(0, 0xFFFFFFFFFFFF))
        if node.protocol == "ip":
            # The netmask is 0 where it is unknown, so all of the destination is the host's part.
            return All(
                (
                    self._frame.carries(IP),
                    any_of(self._frame.network.load(16, 4), (0, 0xFFFFFFFF), Field("destination_address", 4)),
                )
            )
        libpcap_text = "only link-layer/IP broadcast filters supported"
        raise self._refusal(node.span, "filters.not_for_cast", libpcap_text, protocol=node.protocol, word="broadcast")

    def _multicast(self, node: nodes.Cast) -> Test:
        network = self._frame.network
        if node.protocol == "ip":
            return All(
                (
                    self._frame.carries(IP),
                    Compare(network.load(16, 1), ">=", Constant(224), field=Field("destination_address", 4)),
                )
            )
        if node.protocol == "ip6":
            return All((self._frame.carries(IP6), equal(network.load(24, 1), 255, Field("destination_address", 16))))
        libpcap_text = (
            "link-layer multicast filters supported only on "
            "ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel"
        )
        if node.protocol not in (None, LINK):
            raise self._refusal(
                node.span, "filters.not_for_cast", libpcap_text, protocol=node.protocol, word="multicast"
            )
        if self._frame.link_type is not EN10MB:
            description = self._frame.link_type.description
            raise self._refusal(node.span, "filters.no_ethernet", libpcap_text, link_type=description)
        group_bit = Calculation("&", self._frame.header.load(0, 1), Constant(1))
        return self._on_ethernet(Compare(group_bit, "!=", Constant(0), field=Field("destination_mac", 6)))

    def _byte(self, node: nodes.ByteTest) -> Test:
        load = self._frame.header.load(node.offset, 1)
        if node.operator in ("&", "|"):
            # libpcap 1.10 forgets the load here and 1.11 does not: this is 1.11's.
            return Compare(Calculation(node.operator, load, Constant(node.value)), "!=", Constant(0))
        relations: dict[str, nodes.Relational] = {"=": "=", "<": "<", ">": ">"}
        return Compare(load, relations[node.operator], Constant(node.value))

    def _tunnel(self, node: nodes.Tunnel) -> Test:
        number = node.number
        if node.word == "pppoed":
            return self._frame.carries(ETHER_TYPES["pppoed"])
        moves: dict[str, Callable[[int | None], Test]] = {
            "vlan": self._frame.vlan,
            "mpls": self._frame.mpls,
            "pppoes": self._frame.pppoe_session,
            "geneve": self._frame.geneve,
        }
        test = moves[node.word](number)
        if number is not None and number > (largest := _LARGEST[node.word]):
            libpcap_text = _TOO_LARGE[node.word].format(number, largest)
            raise self._refusal(
                node.span, "filters.too_large", libpcap_text, number=number, largest=largest, word=node.word
            )
        if self._frame.registers + self._live > REGISTERS:
            raise self._too_many_registers(node)
        return test

    def _llc(self, node: nodes.Llc) -> Test:
        kind = node.type.lower() if node.type else None
        if kind not in (None, "i", "s", "u", *_LLC_SUPERVISORY, *_LLC_UNNUMBERED):
            raise self._refusal(
                node.span, "filters.unknown_llc", f'unknown LLC type name "{node.type}"', name=node.type
            )
        test, control = self._frame.llc()
        if kind is None:
            return test
        if kind == "i":
            part = masked(control, 1, 0)
        elif kind in ("s", "u"):
            part = masked(control, 3, 1 if kind == "s" else 3)
        elif kind in _LLC_SUPERVISORY:
            part = masked(control, 0x0F, _LLC_SUPERVISORY[kind])
        else:
            part = masked(control, 0xEF, _LLC_UNNUMBERED[kind])
        return All((test, part))

    # Relations and arithmetic

    def _relation(self, node: nodes.Relation) -> Test:
        left, right = self.value(node.left), self.value(node.right)
        self._live -= 2
        checks = [check for part in (node.left, node.right) if (check := self._checks[id(part)]) is not None]
        test = Compare(left, node.operator, right)
        return All((*checks, test)) if checks else test

    def value(self, node: nodes.Arith) -> Value:
        """The program of a number; it holds one register until the relation is made."""
        if done := self._done.get(id(node)):
            return done[1]  # type: ignore[return-value]  # what was made from this node
        made, check = self._make_value(node)
        self._done[id(node)] = (node, made)
        self._checks[id(node)] = check
        return made

    def _make_value(self, node: nodes.Arith) -> tuple[Value, Test | None]:
        match node:
            case nodes.Number(value=number):
                self._hold(node)
                return Constant(number), None
            case nodes.Length():
                self._hold(node)
                return WireLength(), None
            case nodes.Negative(operand=operand):
                value = self.value(operand)
                return Calculation("-", Constant(0), value), self._checks[id(operand)]
            case nodes.Binary(operator=operator, left=left, right=right):
                made = Calculation(operator, self.value(left), self.value(right))
                self._check_divisor(node)
                self._live -= 1
                # libpcap keeps the checks of the left operand and drops those of the right.
                return made, self._checks[id(left)]
            case nodes.Accessor():
                return self._accessor(node)
        raise TypeError(f"{type(node).__name__} is no number")

    def _hold(self, node: nodes.Node) -> None:
        self._live += 1
        if self._frame.registers + self._live > REGISTERS:
            raise self._too_many_registers(node)

    def _too_many_registers(self, node: nodes.Node) -> FilterSyntaxError:
        libpcap_text = "too many registers needed to evaluate expression"
        return self._refusal(node.span, "filters.too_complex", libpcap_text, limit=REGISTERS)

    def _check_divisor(self, node: nodes.Binary) -> None:
        """libpcap looks at the first number of the right operand, whatever is done with it."""
        first = node.right
        while not isinstance(first, nodes.Number | nodes.Length):
            match first:
                case nodes.Binary(left=inner) | nodes.Negative(operand=inner) | nodes.Accessor(index=inner):
                    first = inner
        if not isinstance(first, nodes.Number):
            return
        if node.operator in ("/", "%") and first.value == 0:
            name = "division" if node.operator == "/" else "modulus"
            raise self._refusal(node.span, "filters.division", f"{name} by zero", operator=node.operator)
        if node.operator in ("<<", ">>") and first.value > 31:
            raise self._refusal(node.span, "filters.shift", "shift by more than 31 bits", number=first.value)

    def _accessor(self, node: nodes.Accessor) -> tuple[Value, Test | None]:
        index = self.value(node.index)
        protocol = node.protocol
        self._hold(node)
        self._live -= 1
        if node.size not in (1, 2, 4):
            libpcap_text = "data size must be 1, 2, or 4"
            raise self._refusal(node.span, "filters.access_size", libpcap_text, size=node.size)
        if protocol == "radio":
            libpcap_text = "radio information not present in capture"
            raise self._refusal(node.span, "filters.radio", libpcap_text)
        try:
            place, check = self._header(node, protocol)
        except UnsupportedError as refusal:
            raise self._refusal(node.span, refusal.key, refusal.libpcap_text, **refusal.params) from None
        if isinstance(index, Constant) and index.number < 1 << 31:
            load = place.load(index.number, node.size)
        elif place.base is None:
            load = Load(index, place.offset, node.size)
        else:
            # The sum wraps, so that a "negative" index reaches back into the header before.
            load = Load(Calculation("+", index, place.base), place.offset, node.size)
        inner = self._checks[id(node.index)]
        if inner is not None and check is not None:
            check = All((inner, check))
        return load, check or inner

    def _header(self, node: nodes.Accessor, protocol: str) -> tuple[Place, Test | None]:
        """Where the header of `protocol` starts, and the test that it is there."""
        frame = self._frame
        if protocol == LINK:
            return frame.header, None
        if protocol in _ACCESSIBLE:
            return frame.network, frame.carries(ETHER_TYPES[protocol])
        if protocol in _ACCESSIBLE_OVER_IP:
            number = {**_EITHER_IP, **_IP_ONLY}[protocol]
            present = All((self._ip4_protocol(number), frame.first_fragment()))
            return frame.transport(), present
        if protocol == "icmp6":
            present = All((frame.carries(IP6), equal(frame.network.load(6, 1), IP_PROTOCOLS["ipv6-icmp"])))
            return frame.network.plus(40), present
        raise self._refusal(node.span, "filters.no_index", "unsupported index operation", protocol=protocol)


def _in_range(load: Load, ports: tuple[int, int], field: Field) -> Test:
    low, high = ports
    if low == high:
        return equal(load, low, field)
    return All((Compare(load, ">=", Constant(low), field=field), Compare(load, "<=", Constant(high), field=field)))


def _mac_number(text: str) -> int:
    for sign in ":-":
        if sign in text:
            parts = text.split(sign)
            break
    else:
        parts = text.split(".")
    width = 12 // len(parts)
    return int("".join(part.zfill(width) for part in parts), 16)
