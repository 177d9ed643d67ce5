"""Qualifiers and an id: `nodes.Address` in, `program` out.

An id means something else after each type: addresses are looked for in IPv4, ARP and RARP or in IPv6, ports in
TCP, UDP and SCTP, protocols in IP or the link layer. Names of services and protocols come from bundled tables;
names of hosts and networks are looked up nowhere. Of several faults of one primitive libpcap reports the id's
own first, and so does this. Grammar and meaning: pcap-filter(7).

>>> from lesson_engine.filters.frames import Frame
>>> from lesson_engine.packets.linktype import EN10MB
>>> node = nodes.Address(nodes.Qualifiers("ether", "src", None), nodes.Mac("2:0:0:0:0:1"))
>>> print(Addresses("", Frame(EN10MB, "little")).test(node))
[8:4] = 0x1 and [6:2] = 0x200
"""

import re

from lesson_engine.filters import nodes
from lesson_engine.filters.errors import FilterSyntaxError
from lesson_engine.filters.frames import Place, any_of, equal, masked
from lesson_engine.filters.headers import IP, IP6, OSI, PROTOCOL, TRANSPORTS, Headers
from lesson_engine.filters.lexer import LINK, parse_ipv6
from lesson_engine.filters.program import All, Compare, Constant, Either, Field, HeaderChain, Load, Test
from lesson_engine.packets.linktype import EN10MB
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, LLC_SAPS

_NETWORKS = ("ip", "arp", "rarp")
"""Network protocols that carry IPv4 addresses, in the order they are tried."""
_ADDRESS_OFFSETS = {"ip": (12, 16), "arp": (14, 24), "rarp": (14, 24)}
"""Offsets of the source and the destination address."""
_LINK_PROTOCOLS = ("atalk", "aarp", "decnet", "lat", "sca", "mopdl", "moprc")
_ETHER_PROTO_NAMES = {
    name: ETHER_TYPES[name]
    for name in ("aarp", "arp", "atalk", "decnet", "ip", "ip6", "lat", "loopback", "mopdl", "moprc", "rarp", "sca")
} | LLC_SAPS
_TITLES = {"atalk": "AppleTalk"}
"""How libpcap writes a protocol in its refusals, where it is not simply the word or its capitals."""
_WLAN_DIRECTIONS = {
    **{f"addr{digit}": (f"'addr{digit}' and 'address{digit}'", "are") for digit in "1234"},
    "ra": ("'ra'", "is"),
    "ta": ("'ta'", "is"),
}
_OTHER_ADDRESSES = "addresses other than 802.11 MAC addresses"


class Addresses(Headers):
    """Compiles primitives made of qualifiers and an id. Raises FilterSyntaxError, and what the frame raises."""

    def test(self, node: nodes.Address) -> Test:
        """The program of a primitive."""
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
        raise self.refusal(node.id.span, "filters.arcnet", "aid supported only on ARCnet")

    def _qualifiers(self, node: nodes.Address) -> nodes.Qualifiers:
        if node.qualifiers is None:
            raise self.refusal(node.span, "filters.nothing_to_inherit", "syntax error in filter expression", id=node.id)
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
                raise self.refusal(node.id.span, "filters.gateway_number", "'gateway' requires a name")
            case "proto":
                return self._proto(node, qualifiers, value)
        return self._protochain(node, qualifiers, value)

    def _not_a_link_address(self, node: nodes.Address, qualifiers: nodes.Qualifiers) -> None:
        if qualifiers.protocol == LINK:
            raise self.refusal(node.span, "filters.ether_host", "illegal link layer address", id=node.id)

    def _dotted(self, node: nodes.Address, text: str) -> Test:
        kind = node.qualifiers.type if node.qualifiers else None
        if kind in ("port", "portrange", "proto", "protochain"):
            libpcap_text = f"'{kind}' modifier applied to ip host"
            raise self.refusal(node.span, "filters.not_an_address", libpcap_text, type=kind, id=text)
        if node.qualifiers and node.qualifiers.protocol == "decnet":
            return self._decnet(node.qualifiers, self._decnet_number(text, node.id.span))
        address, bits = self._ipv4(text, node.id.span)
        qualifiers = self._qualifiers(node)
        if kind == "gateway":
            raise self.refusal(node.id.span, "filters.gateway_number", "'gateway' requires a name")
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
                raise self.refusal(span, "filters.bad_ipv4", f"invalid IPv4 address '{text}'", text=text)
            value = value << 8 | octet
        return value, 8 * len(parts)

    def _network(self, node: nodes.Address, id_: nodes.DottedPrefix | nodes.DottedMask) -> Test:
        address, bits = self._ipv4(id_.text, id_.span)
        address <<= 32 - bits
        if isinstance(id_, nodes.DottedMask):
            mask, bits = self._ipv4(id_.mask, id_.span)
            mask <<= 32 - bits
        elif id_.length > 32:
            raise self.refusal(
                id_.span, "filters.prefix_length", "mask length must be <= 32", length=id_.length, maximum=32
            )
        else:
            mask = 0xFFFFFFFF << (32 - id_.length) & 0xFFFFFFFF
        if address & ~mask:
            raise self.refusal(id_.span, "filters.host_bits", f'non-network bits set in "{id_}"', id=id_)
        if node.qualifiers is None or node.qualifiers.type != "net":
            raise self.refusal(node.span, "filters.prefix_without_net", "Mask syntax for networks only", id=id_)
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
            return self.refusal(node.span, "filters.not_for_host", f"link-layer modifier applied to {kind}", **params)
        if protocol == "ip6":
            return self.refusal(node.span, "filters.ip6_with_ipv4", "'ip6' modifier applied to ip host", **params)
        if protocol in (*_LINK_PROTOCOLS, "iso", "ipx"):
            title = _TITLES.get(protocol, protocol.upper())
            return self.refusal(node.span, "filters.not_for_host", f"{title} host filtering not implemented", **params)
        return self.refusal(node.span, "filters.not_for_host", f"'{protocol}' modifier applied to {kind}", **params)

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
            raise self.refusal(node.span, "filters.wlan_direction", libpcap_text, direction=direction)

    def _alternatives(self, tests: list[Test]) -> Test:
        return tests[0] if len(tests) == 1 else Either(tuple(tests))

    def _decnet_number(self, text: str, span: nodes.Span) -> int:
        """The number of area.node; digits alone count, as C's scanf reads them."""
        if (found := re.match(r"([0-9]+)\.([0-9]+)", text)) is None:
            raise self.refusal(span, "filters.bad_decnet", f"malformed decnet address '{text}'", text=text)
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
            raise self.refusal(
                id_.span, "filters.prefix_length", "mask length must be <= 128", length=length, maximum=128
            )
        mask = (1 << 128) - (1 << 128 - length)
        if address & ~mask:
            raise self.refusal(id_.span, "filters.host_bits", f'non-network bits set in "{id_}"', id=id_)
        qualifiers = node.qualifiers or nodes.Qualifiers(type="")
        if qualifiers.type not in (None, "host", "net"):
            libpcap_text = "invalid qualifier against IPv6 address"
            if node.qualifiers is None:
                raise self.refusal(node.span, "filters.nothing_to_inherit", libpcap_text, id=id_)
            raise self.refusal(node.span, "filters.not_an_address", libpcap_text, type=qualifiers.type, id=id_)
        if qualifiers.type != "net" and length != 128:
            raise self.refusal(node.span, "filters.prefix_without_net", "Mask syntax for networks only", id=id_)
        protocol, kind = qualifiers.protocol, "net" if qualifiers.type == "net" else "host"
        if protocol not in (None, "ip6"):
            title = {LINK: "link-layer", "atalk": "AppleTalk"}.get(protocol, f"'{protocol}'")
            key = "filters.ip_with_ipv6" if protocol == "ip" else "filters.not_for_host"
            libpcap_text = f"{title} modifier applied to ip6 {kind}"
            raise self.refusal(node.span, key, libpcap_text, protocol=protocol, type=kind, id=id_)
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
            raise self.refusal(
                node.span, "filters.mac_without_ether", "ethernet address used in non-ether expression", id=text
            )
        if self._frame.link_type is not EN10MB:
            libpcap_text = "ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel"
            description = self._frame.link_type.description
            raise self.refusal(node.span, "filters.no_ethernet", libpcap_text, link_type=description)
        direction = qualifiers.direction
        if direction in _WLAN_DIRECTIONS:
            libpcap_text = f"{' '.join(_WLAN_DIRECTIONS[direction])} only supported on 802.11 with 802.11 headers"
            raise self.refusal(node.span, "filters.wlan_direction", libpcap_text, direction=direction)
        address = _mac_number(text)
        return self.on_ethernet(self._directed(direction, self.mac_at(6, address), self.mac_at(0, address)))

    # Names

    def _name(self, node: nodes.Address, name: str) -> Test:
        qualifiers = self._qualifiers(node)
        protocol = qualifiers.protocol
        match qualifiers.type:
            case None | "host":
                if protocol == LINK and self._frame.link_type is EN10MB:
                    raise self.refusal(node.id.span, "filters.ether_name", f"unknown ether host '{name}'", name=name)
                libpcap_text = f"unknown host '{name}'"
                if protocol == LINK:
                    libpcap_text = (
                        "only ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel supports link-level host name"
                    )
                if protocol == "decnet":
                    libpcap_text = f"decnet name support not included, '{name}' cannot be translated\n"
                raise self.refusal(node.id.span, "filters.host_name", libpcap_text, name=name)
            case "net":
                raise self.refusal(node.id.span, "filters.network_name", f"unknown network '{name}'", name=name)
            case "port":
                return self._service(node, qualifiers, name)
            case "portrange":
                return self._service_range(node, qualifiers, name)
            case "gateway":
                raise self.refusal(node.span, "filters.gateway", "'gateway' not supported in this configuration")
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
                number, kind = OSI.get(name), "unknown osi proto '{}'"
            case _:
                number, kind = None, "unknown protocol: {}"
        if number is None:
            raise self.refusal(node.id.span, "filters.unknown_protocol", kind.format(name), name=name)
        return number

    # Ports

    def _transport(self, node: nodes.Address, qualifiers: nodes.Qualifiers) -> str | None:
        """The transport protocol a port is asked of; None is any."""
        protocol = qualifiers.protocol
        if protocol is not None and protocol not in TRANSPORTS:
            libpcap_text = f"illegal qualifier of '{qualifiers.type}'"
            raise self.refusal(node.span, "filters.not_for_port", libpcap_text, protocol=protocol, type=qualifiers.type)
        return protocol

    def _check_port(self, node: nodes.Address, port: int) -> None:
        if port > 65535:
            raise self.refusal(node.id.span, "filters.port_number", f"illegal port number {port} > 65535", port=port)
        if port < 0:
            raise self.refusal(node.id.span, "filters.port_number", f"illegal port number {port} < 0", port=port)

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
                raise self.refusal(node.id.span, "filters.unknown_port", unknown, name=text)
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
            raise self.refusal(node.id.span, "filters.unknown_port", libpcap_text, name=name)
        return service

    def _agree(
        self, node: nodes.Address, transport: str | None, known_for: str | None, name: str, what: str
    ) -> str | None:
        if transport and known_for and transport != known_for:
            libpcap_text = f"{what} '{name}' is {known_for}"
            raise self.refusal(node.span, "filters.other_transport", libpcap_text, name=name, protocol=known_for)
        return transport or known_for

    def _ports(
        self, node: nodes.Address, qualifiers: nodes.Qualifiers, ports: tuple[int, int], transport: str | None
    ) -> Test:
        """IPv6 first, then IPv4; neither behind other headers, and of fragments only the first."""
        direction = qualifiers.direction
        self._check_direction(node, direction, "ports")
        frame, network = self._frame, self._frame.network
        protocols = tuple(TRANSPORTS.values()) if transport is None else (TRANSPORTS[transport],)

        def among(protocol: Load, header: Place) -> tuple[Test, Test]:
            source = _in_range(header.load(0, 2), ports, Field("source_port", 2))
            destination = _in_range(header.load(2, 2), ports, Field("destination_port", 2))
            tested = equal(protocol, protocols[0], PROTOCOL) if transport else any_of(protocol, protocols, PROTOCOL)
            return tested, self._directed(direction, source, destination)

        ip6 = All((frame.carries(IP6), *among(network.load(6, 1), network.plus(40))))
        protocol, in_header = among(network.load(9, 1), frame.transport())
        ip4 = All((frame.carries(IP), protocol, frame.first_fragment(), in_header))
        return Either((ip6, ip4))

    # proto and protochain

    def _proto(self, node: nodes.Address, qualifiers: nodes.Qualifiers, number: int) -> Test:
        match qualifiers.protocol:
            case None:
                return self.ip_protocol(number)
            case "ip":
                return self.ip4_protocol(number)
            case "ip6":
                return self.ip6_protocol(number)
            case "ether":
                return self._frame.carries(number)
            case "iso":
                return self.osi_protocol(number)
            case "isis":
                return All((self.osi_protocol(OSI["isis"]), equal(self._frame.osi.load(4, 1), number)))
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
        raise self.refusal(node.span, "filters.not_for_proto", libpcap_text, protocol=protocol, type="proto")

    def _protochain(self, node: nodes.Address, qualifiers: nodes.Qualifiers, number: int) -> Test:
        protocol = qualifiers.protocol
        if protocol not in (None, "ip", "ip6"):
            libpcap_text = "bad protocol applied for 'protochain'"
            raise self.refusal(node.span, "filters.not_for_proto", libpcap_text, protocol=protocol, type="protochain")
        network = self._frame.network
        if network.base is not None:
            libpcap_text = "'protochain' not supported with variable length headers"
            raise self.refusal(node.span, "filters.chain_in_tunnel", libpcap_text)
        found = []
        if protocol in (None, "ip"):
            found.append(HeaderChain(self._frame.carries(IP), 4, network.offset, number))
        if protocol in (None, "ip6"):
            found.append(HeaderChain(self._frame.carries(IP6), 6, network.offset, number))
        return found[0] if len(found) == 1 else Either(tuple(found))


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
