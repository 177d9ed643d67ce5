"""The same filter in Wireshark's display-filter language, and what the two languages see differently.

A capture filter compares bytes at places it works out from the link layer; a display filter compares fields of
whatever Wireshark took apart: inside tunnels, in the packet that an ICMP error quotes, behind any number of tags.
So the filter a person would type is seldom quite the same. `display_filter` gives that one, and declares every
difference; where a field would be misleading it compares the frame's bytes. Checked against tshark 4.0.17, packet
by packet: where the verdicts differ, a declared difference is the reason. Language: wireshark-filter(4).

>>> from lesson_engine.filters import Filter
>>> display_filter(Filter("tcp port 80 or 443")).expression
'tcp.port == 80 || tcp.port == 443'
>>> display_filter(Filter("not src net 10.0.0.0/8 and ip")).expression
'!(ip.src == 10.0.0.0/8 || arp.src.proto_ipv4 == 10.0.0.0/8) && ip'
>>> display_filter(Filter("greater 100"))
DisplayFilter(expression='frame.len >= 100', differences=())
"""

from itertools import accumulate
from typing import NamedTuple

from lesson_engine.filters import Filter, nodes
from lesson_engine.filters.lexer import LINK
from lesson_engine.filters.meaning import Compiler
from lesson_engine.filters.portnames import named_port, read_range
from lesson_engine.filters.wireshark.frame_bytes import NoBytesError, byte_phrase
from lesson_engine.filters.wireshark.phrases import (
    BYTES_BEYOND,
    NOTHING,
    Phrase,
    joined,
    negated,
)
from lesson_engine.filters.wireshark.relations import PADDING, relation_phrase
from lesson_engine.messages import Message
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS, LLC_SAPS

INSIDE = "wireshark.inside"
TAGS = "wireshark.tags"
FRAGMENTS = "wireshark.fragments"
EXTENSIONS = "wireshark.extensions"
REVERSE_ARP = "wireshark.reverse_arp"
UNUSUAL = "wireshark.unusual"
DAMAGED = "wireshark.damaged"
COOKED = "wireshark.cooked"
ETHERNET = "wireshark.ethernet"

DIFFERENCES = (
    TAGS,
    INSIDE,
    FRAGMENTS,
    EXTENSIONS,
    REVERSE_ARP,
    COOKED,
    ETHERNET,
    PADDING,
    UNUSUAL,
    BYTES_BEYOND,
    DAMAGED,
)
"""Every difference there can be, in the order they are told: what a learner meets first comes first."""

DEEPEST = 20
"""Parentheses in parentheses; tshark 4.0 reads 24 at the least, and more where less stands between them."""

_DISSECTED = (TAGS, INSIDE, DAMAGED)
"""Whatever is read from a header that Wireshark found may lie behind tags, in another packet, or be damaged."""
_TRANSPORTED = (*_DISSECTED, FRAGMENTS, EXTENSIONS)

_WORDS = {
    "ip": Phrase("ip").but(*_DISSECTED),
    "ip6": Phrase("ipv6").but(*_DISSECTED),
    "arp": Phrase("arp").but(*_DISSECTED, REVERSE_ARP),
    "rarp": Phrase("arp.opcode in {3, 4}").but(*_DISSECTED, REVERSE_ARP),
    "tcp": Phrase("tcp").but(*_TRANSPORTED),
    "udp": Phrase("udp").but(*_TRANSPORTED),
    "sctp": Phrase("sctp").but(*_TRANSPORTED),
    "icmp": Phrase("icmp").but(*_TRANSPORTED),
    "icmp6": Phrase("icmpv6").but(*_TRANSPORTED),
    "ah": Phrase("ah").but(*_TRANSPORTED),
    "esp": Phrase("esp").but(*_TRANSPORTED),
    "stp": Phrase("stp").but(*_DISSECTED),
}
"""Words that are a protocol of Wireshark's, or a field that tells one."""
_NUMBERED = {"igmp": ("ip", 2), "pim": (None, 103), "igrp": ("ip", 9), "vrrp": ("ip", 112), "carp": ("ip", 112)}
"""Words that are an IP protocol number, told by that: Wireshark's own words for these mean less or more."""
_PORTS = {"src": ("srcport",), "dst": ("dstport",), "src and dst": ("srcport", "dstport")}
_ADDRESSES = {"src": ("src",), "dst": ("dst",), "src and dst": ("src", "dst")}
_UNTAGGED = frozenset(("mpls", "pppoes"))
"""Encapsulations that follow the Ethernet type at once, and behind which no tag can stand."""
_LARGEST_IP_PROTOCOL = 255
_CHAIN_FIELDS = ("ipv6.nxt", "ipv6.hopopts.nxt", "ipv6.dstopts.nxt", "ipv6.routing.nxt", "ipv6.fraghdr.nxt")


class WiresharkError(ValueError):
    """No display filter can say what a capture filter says; `message` names the part. `str()` is English."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class DisplayFilter(NamedTuple):
    """A display filter, and what it sees differently from the capture filter it stands for; () where nothing."""

    expression: str
    differences: tuple[Message, ...]


def display_filter(filter: Filter) -> DisplayFilter:
    """The display filter for `filter`, for Ethernet where the link layer matters.

    Raises WiresharkError if it computes what no display filter can, or is nested too deeply for one.
    """
    if isinstance(filter.tree, nodes.Everything):
        return DisplayFilter("", ())
    compiler = Compiler(filter.expression, None)
    compiler.test(filter.tree)
    phrase = _Translation(compiler).phrase(filter.tree, 0)
    if _depth(phrase.text) > DEEPEST:
        raise WiresharkError(Message("wireshark.too_deep", limit=DEEPEST))
    return DisplayFilter(phrase.text, tuple(Message(key) for key in DIFFERENCES if key in phrase.differences))


def _depth(text: str) -> int:
    """How deeply parentheses are nested."""
    return max(accumulate((character == "(") - (character == ")") for character in text))


class _Translation:
    """Translates the nodes of one tree, in reading order, because `vlan` and its kind move where later words look.

    A word that looks behind encapsulations has a field only where they are known to be there (`guarded`: as
    many as were read); elsewhere, as in `vlan or ip`, it reads bytes that belong to something else.
    """

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._encapsulations: list[str] = []  # the words read so far

    def phrase(self, node: nodes.Node, guarded: int) -> Phrase:
        """The display filter of `node`, inside `guarded` encapsulations."""
        match node:
            case nodes.And(terms=terms):
                parts = []
                for term in terms:
                    parts.append(self.phrase(term, guarded))
                    guarded += _encapsulations(term)
                return joined("&&", parts)
            case nodes.Or(terms=terms):
                return joined("||", [self.phrase(term, guarded) for term in terms])
            case nodes.Not(term=nodes.Not(term=term)):
                return self.phrase(term, guarded)
            case nodes.Not(term=term):
                return negated(self.phrase(term, guarded))
        phrase = None
        if guarded == len(self._encapsulations):
            phrase = self._by_fields(node)
            if phrase and self._encapsulations and _UNTAGGED.issuperset(self._encapsulations):
                phrase = phrase._replace(differences=phrase.differences - {TAGS})
        if isinstance(node, nodes.Tunnel) and node.word != "pppoed":
            self._encapsulations.append(node.word)
        return phrase or self._by_bytes(node)

    def _by_bytes(self, node: nodes.Node) -> Phrase:
        """The bytes of the frame that `node` asks about, told as bytes."""
        try:
            phrase = byte_phrase(self._compiler.test(node))
        except NoBytesError:
            raise WiresharkError(Message("wireshark.computed", words=node)) from None
        if phrase.connective == "||":
            phrase = phrase.but(BYTES_BEYOND)
        from_the_start = isinstance(node, nodes.ByteTest) or (
            isinstance(node, nodes.Relation) and _headers(node) <= {LINK}
        )
        on_any_link = from_the_start and not self._encapsulations
        return phrase if on_any_link or not phrase.slices else phrase.but(ETHERNET)

    def _by_fields(self, node: nodes.Node) -> Phrase | None:
        """What Wireshark has fields for; None if there are none."""
        match node:
            case nodes.Address(qualifiers=nodes.Qualifiers() as qualifiers):
                return self._address(qualifiers, node.id)
            case nodes.Protocol(name=name) if name in _NUMBERED:
                return _ip_protocol(*_NUMBERED[name])
            case nodes.Protocol(name=name):
                return _WORDS.get(name)
            case nodes.Cast():
                return self._cast(node)
            case nodes.LengthLimit(word=word, limit=limit):
                return Phrase(f"frame.len {'<=' if word == 'less' else '>='} {limit}")
            case nodes.Relation():
                return _relation(node)
            case nodes.Bound(word=word):
                return Phrase(f"sll.pkttype {'==' if word == 'outbound' else '!='} 4").but(COOKED, DAMAGED)
            case nodes.InterfaceIndex(index=index):
                return Phrase(f"sll.ifindex == {index}").but(COOKED, DAMAGED)
            case nodes.Tunnel():
                return self._tunnel(node)
        return None

    def _tunnel(self, node: nodes.Tunnel) -> Phrase | None:
        word, number = node.word, node.number
        if word == "geneve":
            vni = "" if number is None else f" && geneve.vni == {number}"
            return Phrase(f"udp.dstport == 6081 && geneve{vni}", "&&").but(*_TRANSPORTED)
        if word == "vlan":
            if self._encapsulations:
                return None  # vlan.id would be any tag's
            return Phrase("vlan" if number is None else f"vlan.id == {number}").but(*_DISSECTED)
        kind = None if word in self._encapsulations else self._ether_type(ETHER_TYPES[word])
        if kind is None or number is None:
            return kind
        field = "mpls.label" if word == "mpls" else "pppoe.session_id"
        return joined("&&", (kind, Phrase(f"{field} == {number}").but(INSIDE, DAMAGED)))

    def _ether_type(self, number: int) -> Phrase | None:
        """The Ethernet type, where it is known which of the frame's types is meant."""
        if number in LLC_SAPS.values() or number <= 1500 or number in (ETHER_TYPES["atalk"], ETHER_TYPES["aarp"]):
            return None  # these may stand in an 802.2 header too
        if number > 0xFFFF:
            return NOTHING
        if not self._encapsulations:
            return Phrase(f"eth.type == 0x{number:04x}").but(ETHERNET, INSIDE, DAMAGED)
        if self._encapsulations == ["vlan"]:
            return Phrase(f"vlan.etype == 0x{number:04x}").but(*_DISSECTED)
        return None

    def _cast(self, node: nodes.Cast) -> Phrase | None:
        differences: tuple[str, ...] = _DISSECTED
        match node.protocol, node.kind:
            case None | "ether", "broadcast":
                text, differences = "eth.dst == ff:ff:ff:ff:ff:ff", (INSIDE, ETHERNET, DAMAGED)
            case None | "ether", "multicast":
                text, differences = "eth.dst.ig == 1", (INSIDE, ETHERNET, DAMAGED)
            case "ip", "broadcast":
                text, differences = "ip.dst in {0.0.0.0, 255.255.255.255}", (*_DISSECTED, UNUSUAL)
            case "ip", "multicast":
                text, differences = "ip.dst >= 224.0.0.0", (*_DISSECTED, UNUSUAL)
            case _:
                text = "ipv6.dst == ff00::/8"
        return Phrase(text).but(*differences)

    def _address(self, qualifiers: nodes.Qualifiers, id_: nodes.Id) -> Phrase | None:
        direction = qualifiers.direction
        match qualifiers.type, id_:
            case ((None | "host"), nodes.Mac(text=text)):
                mac = _colons(text)
                return _fields("eth", _ADDRESSES.get(direction or "", ("addr",)), mac).but(INSIDE, ETHERNET, DAMAGED)
            case ((None | "host" | "net"), nodes.Ipv6()):
                return _fields("ipv6", _ADDRESSES.get(direction or "", ("addr",)), str(id_)).but(*_DISSECTED)
            case ((None | "host" | "net"), _) if qualifiers.protocol != "decnet":
                return _host4(qualifiers.protocol, direction, _network(qualifiers.type, id_))
            case (("port" | "portrange"), _):
                return _ports(qualifiers.protocol, direction, *_port_numbers(id_))
            case "proto", _:
                return self._proto(qualifiers.protocol, id_)
            case "protochain", _:
                return _protochain(qualifiers.protocol, _number(id_, IP_PROTOCOLS))
        return None

    def _proto(self, protocol: str | None, id_: nodes.Id) -> Phrase | None:
        if protocol == LINK:
            return self._ether_type(_number(id_, ETHER_TYPES | LLC_SAPS))
        if protocol in (None, "ip", "ip6"):
            return _ip_protocol(protocol, _number(id_, IP_PROTOCOLS))
        return None


def _encapsulations(node: nodes.Node) -> int:
    """How many encapsulations a packet has at least, where `node` is true of it and looked at each."""
    match node:
        case nodes.Tunnel(word=word):
            return int(word != "pppoed")
        case nodes.And(terms=terms):
            return sum(map(_encapsulations, terms))
    return 0


def _number(id_: nodes.Id, names: dict[str, int]) -> int:
    return id_.value if isinstance(id_, nodes.IdNumber) else names[str(id_).removeprefix("\\")]


# Addresses


def _network(kind: str | None, id_: nodes.Id) -> str:
    """An IPv4 host or network as the display language writes it, after "== " or, with a mask full of holes, "& "."""
    match id_:
        case nodes.IdNumber(value=value):
            bits = 32
            if kind == "net":
                bits = max(8, (value.bit_length() + 7) // 8 * 8) if value else 32
                value <<= 32 - bits
            return _cidr(value, bits)
        case nodes.DottedPrefix(text=text, length=length):
            return _cidr(_left_justified(text), length)
        case nodes.DottedMask(text=text, mask=mask_text):
            mask = _left_justified(mask_text)
            bits = mask.bit_count()
            if mask == 0xFFFFFFFF << 32 - bits & 0xFFFFFFFF:
                return _cidr(_left_justified(text), bits)
            return f"& {_dotted(mask)} == {_dotted(_left_justified(text))}"
        case nodes.Dotted(text=text):
            return _cidr(_left_justified(text), 8 * (text.count(".") + 1))
    raise TypeError(f"{type(id_).__name__} is no IPv4 address")


def _left_justified(text: str) -> int:
    parts = [*map(int, text.split(".")), 0, 0, 0]
    return int.from_bytes(bytes(parts[:4]), "big")


def _cidr(address: int, bits: int) -> str:
    return _dotted(address) if bits == 32 else f"{_dotted(address)}/{bits}"


def _dotted(address: int) -> str:
    return ".".join(map(str, address.to_bytes(4, "big")))


def _host4(protocol: str | None, direction: str | None, network: str) -> Phrase:
    """In the IPv4 header, and where no protocol is named also in ARP and RARP, as libpcap looks for it."""
    parts = []
    if protocol in (None, "ip"):
        parts.append(_fields("ip", _ADDRESSES.get(direction or "", ("addr",)), network))
    if protocol != "ip":
        fields = tuple(f"{end}.proto_ipv4" for end in _ADDRESSES.get(direction or "", ("src", "dst")))
        either = direction not in ("src", "dst", "src and dst")
        parts.append(_fields("arp", fields, network, "||" if either else "&&"))
    phrase = joined("||", parts).but(*_DISSECTED)
    if protocol != "ip" or direction != "src":
        phrase = phrase.but(UNUSUAL)
    if protocol == "rarp":
        phrase = joined("&&", (_WORDS["rarp"], phrase))
    return phrase.but(REVERSE_ARP) if protocol == "arp" else phrase


def _fields(header: str, fields: tuple[str, ...], value: str, connective: str = "&&") -> Phrase:
    relation = "" if value.startswith("&") else "== "
    return joined(connective, [Phrase(f"{header}.{field} {relation}{value}") for field in fields])


def _colons(mac: str) -> str:
    parts = mac.replace("-", ":").replace(".", ":").split(":")
    width = 12 // len(parts)
    digits = "".join(part.zfill(width) for part in parts).lower()
    return bytes.fromhex(digits).hex(":")


# Ports and protocol numbers


def _port_numbers(id_: nodes.Id) -> tuple[int, int, str | None]:
    """The lowest and the highest port of an id that compiled, and the transport its name narrows to."""
    if isinstance(id_, nodes.IdNumber):
        return id_.value, id_.value, None
    text = str(id_).removeprefix("\\")
    if (numbers := read_range(text)) is not None:
        return min(numbers), max(numbers), None
    services = [service for name in (text, *text.split("-", 1)) if (service := named_port(name)) is not None]
    ports = [service.port for service in services]
    transports = {service.protocol for service in services}
    return min(ports), max(ports), transports.pop() if len(transports) == 1 else None


def _ports(transport: str | None, direction: str | None, low: int, high: int, narrowed: str | None) -> Phrase:
    value = f"== {low}" if low == high else f"in {{{low}..{high}}}"
    transport = transport or narrowed
    transports = (transport,) if transport else ("tcp", "udp", "sctp")
    fields = _PORTS.get(direction or "", ("port",))
    either = [joined("&&", [Phrase(f"{name}.{field} {value}") for field in fields]) for name in transports]
    phrase = joined("||", either).but(*_TRANSPORTED)
    return phrase.but(UNUSUAL) if "udp" in transports else phrase


def _ip_protocol(network: str | None, number: int) -> Phrase:
    if number > _LARGEST_IP_PROTOCOL:
        return NOTHING.but(DAMAGED)
    fields = {"ip": ("ip.proto",), "ip6": ("ipv6.nxt", "ipv6.fraghdr.nxt")}
    names = fields["ip"] + fields["ip6"] if network is None else fields[network]
    phrase = joined("||", [Phrase(f"{name} == {number}") for name in names]).but(*_DISSECTED)
    return phrase if network == "ip" else phrase.but(EXTENSIONS)


def _protochain(network: str | None, number: int) -> Phrase:
    if number > _LARGEST_IP_PROTOCOL:
        return NOTHING.but(DAMAGED)
    names: tuple[str, ...] = ("ah.next_header",)
    if network != "ip":
        names = _CHAIN_FIELDS + names
    if network != "ip6":
        names = ("ip.proto", *names)
    tests = [Phrase(f"{name} == {number}") for name in names]
    phrase = joined("||", tests).but(*_TRANSPORTED)
    return phrase if network is None else joined("&&", (_WORDS[network], phrase))


# Relations


def _relation(node: nodes.Relation) -> Phrase | None:
    phrase, headers = relation_phrase(node), _headers(node)
    if phrase is None or not headers:
        return phrase
    if phrase is NOTHING:
        return phrase.but(DAMAGED)
    if "arp" in headers:
        return phrase.but(*_DISSECTED, REVERSE_ARP)
    if headers & {"udp", "igmp"}:
        phrase = phrase.but(UNUSUAL)
    return phrase.but(*(_DISSECTED if headers & {"ip", "ip6"} else _TRANSPORTED))


def _headers(node: nodes.Relation) -> set[str]:
    """The protocols whose bytes a relation compares, leaving out what only computes a place."""
    found = set()
    waiting: list[nodes.Arith] = [node.left, node.right]
    while waiting:
        match waiting.pop():
            case nodes.Accessor(protocol=protocol):
                found.add(protocol)
            case nodes.Binary(left=left, right=right):
                waiting += (left, right)
            case nodes.Negative(operand=operand):
                waiting.append(operand)
    return found
