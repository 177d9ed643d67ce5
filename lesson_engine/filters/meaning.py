"""What a syntax tree asks of packets of one link type: `nodes` in, `program` out.

Primitives are compiled in reading order, because `vlan` and its kind move where later words look, and because
of several faults the first in reading order is the one reported. A tree compiled for no link type in particular
is refused only where every link type would refuse it. No name is looked up outside bundled tables.
Grammar and meaning: pcap-filter(7); where it is silent, libpcap 1.10.3 without its optimizer, netmask 0.

>>> from lesson_engine.packets.linktype import EN10MB
>>> print(Compiler("", EN10MB).test(nodes.Protocol("arp")))
[12:2] = 0x806
"""

from collections.abc import Callable

from lesson_engine.filters import nodes
from lesson_engine.filters.addresses import Addresses
from lesson_engine.filters.arithmetic import Arithmetic
from lesson_engine.filters.frames import COVERED, Frame, UnsupportedError, any_of, equal, masked
from lesson_engine.filters.headers import EITHER_IP, IP, IP6, IP_ONLY, OSI, Headers
from lesson_engine.filters.lexer import LINK
from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Compare,
    Constant,
    Either,
    Field,
    Negation,
    Test,
    Value,
    WireLength,
)
from lesson_engine.packets.capture import ByteOrder
from lesson_engine.packets.linktype import EN10MB, LinkType
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, LLC_SAPS

_ISIS_PDUS = {
    "l1": (26, 24, 18, 15, 17),
    "l2": (27, 25, 20, 16, 17),
    "iih": (17, 15, 16),
    "lsp": (18, 20),
    "snp": (27, 26, 24, 25),
    "csnp": (24, 25),
    "psnp": (26, 27),
}
_LARGEST = {"vlan": 4095, "mpls": 1048575, "pppoes": 65535, "geneve": 16777215}
_TOO_LARGE = {
    "vlan": "VLAN tag {} greater than maximum {}",
    "mpls": "MPLS label {} greater than maximum {}",
    "pppoes": "PPPoE session number {} greater than maximum {}",
    "geneve": "Geneve VNI {} greater than maximum {}",
}
_LLC_SUPERVISORY = {"rr": 1, "rnr": 5, "rej": 9}
_LLC_UNNUMBERED = {"ui": 3, "ua": 0x63, "disc": 0x43, "sabme": 0x6F, "test": 0xE3, "xid": 0xAF, "frmr": 0x87}


class Compiler(Headers):
    """Compiles the nodes of one expression, in reading order, for one link type or for none in particular.

    It remembers what it gave for a node, so the parser may have each part compiled as it is read. Everything
    raises FilterSyntaxError, which says where in `source`.
    """

    def __init__(self, source: str, link_type: LinkType | None, byte_order: ByteOrder = "little") -> None:
        super().__init__(source, Frame(link_type or EN10MB, byte_order))
        self._any_link = link_type is None
        self._arithmetic = Arithmetic(source, self._frame)
        self._addresses = Addresses(source, self._frame)
        self._done: dict[int, tuple[nodes.Node, Test]] = {}
        if link_type is not None and link_type not in COVERED:
            name = link_type.description or link_type.name
            raise self.refusal(
                (0, len(source)), "filters.link_type", f"unknown data link type {link_type.number}", name=name
            )

    # Trees

    def part(self, node: nodes.Node) -> Test | Value:
        """The program of a primitive or of a piece of arithmetic, whichever `node` is."""
        return self._arithmetic.value(node) if isinstance(node, nodes.Arith) else self.test(node)

    def test(self, node: nodes.Node) -> Test:
        """The program of a connective or a primitive."""
        if done := self._done.get(id(node)):
            return done[1]
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
            raise self.refusal(node.span, refusal.key, refusal.libpcap_text, **refusal.params) from None

    def _primitive(self, node: nodes.Node) -> Test:
        match node:
            case nodes.Everything():
                return Always(True)
            case nodes.Address():
                return self._addresses.test(node)
            case nodes.Protocol(name=name):
                return self._protocol(node, name)
            case nodes.Relation():
                return self._arithmetic.relation(node)
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
                raise self.refusal(node.span, "filters.foreign", libpcap_text, words=node.text)
        raise TypeError(f"{type(node).__name__} is no primitive")

    # Protocol words

    def _protocol(self, node: nodes.Node, name: str) -> Test:
        if name in EITHER_IP:
            return self.ip_protocol(EITHER_IP[name])
        if name in IP_ONLY:
            return self.ip4_protocol(IP_ONLY[name])
        if name == "icmp6":
            return self.ip6_protocol(IP_PROTOCOLS["ipv6-icmp"])
        if name in OSI:
            return self.osi_protocol(OSI[name])
        if name in _ISIS_PDUS:
            return All((self.osi_protocol(OSI["isis"]), any_of(self._frame.osi.load(4, 1), _ISIS_PDUS[name])))
        if name in LLC_SAPS:
            return self._frame.carries(LLC_SAPS[name])
        if name in ETHER_TYPES:
            return self._frame.carries(ETHER_TYPES[name])
        if name == LINK:
            raise self.refusal(node.span, "filters.link_alone", "link layer applied in wrong context")
        raise self.refusal(node.span, "filters.radio", "'radio' is not a valid protocol type")

    # Other words

    def _broadcast(self, node: nodes.Cast) -> Test:
        if node.protocol in (None, LINK):
            if self._frame.link_type is not EN10MB:
                description = self._frame.link_type.description
                raise self.refusal(node.span, "filters.no_ethernet", "not a broadcast link", link_type=description)
            return self.on_ethernet(self.mac_at(0, 0xFFFFFFFFFFFF))
        if node.protocol == "ip":
            # The netmask is 0 where it is unknown, so all of the destination is the host's part.
            return All(
                (
                    self._frame.carries(IP),
                    any_of(self._frame.network.load(16, 4), (0, 0xFFFFFFFF), Field("destination_address", 4)),
                )
            )
        libpcap_text = "only link-layer/IP broadcast filters supported"
        raise self.refusal(node.span, "filters.not_for_cast", libpcap_text, protocol=node.protocol, word="broadcast")

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
            raise self.refusal(
                node.span, "filters.not_for_cast", libpcap_text, protocol=node.protocol, word="multicast"
            )
        if self._frame.link_type is not EN10MB:
            description = self._frame.link_type.description
            raise self.refusal(node.span, "filters.no_ethernet", libpcap_text, link_type=description)
        group_bit = Calculation("&", self._frame.header.load(0, 1), Constant(1))
        return self.on_ethernet(Compare(group_bit, "!=", Constant(0), field=Field("destination_mac", 6)))

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
            raise self.refusal(
                node.span, "filters.too_large", libpcap_text, number=number, largest=largest, word=node.word
            )
        self._arithmetic.check_registers(node)
        return test

    def _llc(self, node: nodes.Llc) -> Test:
        kind = node.type.lower() if node.type else None
        if kind not in (None, "i", "s", "u", *_LLC_SUPERVISORY, *_LLC_UNNUMBERED):
            raise self.refusal(node.span, "filters.unknown_llc", f'unknown LLC type name "{node.type}"', name=node.type)
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
