"""A few dozen packets on which filters are tried before the lattice is asked.

The packets are made of the addresses, ports and flags that the filters mention, and of some they do not, over
IPv4, IPv6 and ARP, in both directions, with later fragments. A verdict on all of them is one int, a bit a packet,
so `and`, `or` and `not` of what is known costs nothing: hundreds of trees are tried in the time of one proof.
Filters that differ here may differ only on packets cut short; filters that agree here may still differ.
Frames are whole. Layouts: RFC 791, 826, 8200, 9293, 768, 792.

>>> from lesson_engine.filters.parser import parse
>>> witnesses = Witnesses([parse("tcp port 80"), parse("tcp port 443")])
>>> witnesses.verdicts(parse("tcp and not tcp")), witnesses.verdicts(parse("tcp port 443")) > 0
(0, True)
"""

from collections.abc import Iterable, Iterator

from lesson_engine.filters.evaluate import predicate
from lesson_engine.filters.meaning import Compiler
from lesson_engine.filters.misconceptions.plain_form import is_port, leaves, masked_flags
from lesson_engine.filters.nodes import (
    Accessor,
    Address,
    And,
    Arith,
    Binary,
    Dotted,
    DottedPrefix,
    Id,
    IdNumber,
    Ipv6,
    Name,
    Node,
    Not,
    Number,
    Or,
    Relation,
)
from lesson_engine.packets.linktype import EN10MB

PACKETS = 112
"""How many packets there are: a primitive takes a quarter of a millisecond on so many."""

_KINDS = tuple("tcp tcp tcp udp tcp tcp tcp6 udp tcp icmp tcp arp udp6 tcp icmp6 later".split())  # noqa: SIM905
_STRANGERS = (0xC0A80132, 0x5DB8D822)
_STRANGERS6 = (0x20010DB8 << 96 | 0x50, 0x20010DB8 << 96 | 0x80)
_STRANGE_PORTS = (50000, 1024)
_FLAGS = (2, 18, 16, 24, 17, 4, 20, 0xC2, 1, 0x52, 0, 8)
_LENGTHS = (24, 80, 300)
_MACS = bytes.fromhex("020000000032 020000000001")
_BROADCAST = bytes.fromhex("ffffffffffff 020000000001")


class Witnesses:
    """The packets for some trees, and what is true of them."""

    def __init__(self, trees: Iterable[Node], known: Iterable[bytes] = ()) -> None:
        """Packets for what `trees` mention, and the frames `known` to tell them apart."""
        mentioned = [leaf for tree in trees for leaf in leaves(tree)]
        self._frames = (*_frames(mentioned), *known)
        self._known: dict[Node, int] = {}
        self.everything = (1 << len(self._frames)) - 1

    def verdicts(self, tree: Node) -> int:
        """Which packets match, the first in the lowest bit. Raises FilterSyntaxError if Ethernet has no such thing.

        Nothing in `tree` may move where later words look, as `vlan` does.
        """
        match tree:
            case And(terms=terms):
                found = self.everything
                for term in terms:
                    found &= self.verdicts(term)
                return found
            case Or(terms=terms):
                found = 0
                for term in terms:
                    found |= self.verdicts(term)
                return found
            case Not(term=term):
                return self.everything ^ self.verdicts(term)
        if (known := self._known.get(tree)) is None:
            asks = predicate(Compiler("", EN10MB).test(tree))
            known = 0
            for number, frame in enumerate(self._frames):
                if asks(frame, len(frame)):
                    known |= 1 << number
            self._known[tree] = known
        return known


class _Chance:
    """Choices without a pattern that matters, the same ones every time; importing `random` takes too long."""

    def __init__(self) -> None:
        self._state = 20230101

    def below(self, count: int) -> int:
        """A number below `count`."""
        self._state = (self._state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self._state >> 12) % count

    def one(self, values: list[int], strangers: tuple[int, ...]) -> int:
        """Three times of four one of `values`, where there are any."""
        if values and self.below(4):
            return values[self.below(len(values))]
        return strangers[self.below(len(strangers))]


def _frames(mentioned: list[Node]) -> Iterator[bytes]:
    values = _Values()
    for leaf in mentioned:
        values.learn(leaf)
    chance = _Chance()
    for number in range(PACKETS):
        kind = _KINDS[number % len(_KINDS)]
        frame = bytearray(_frame(kind, values, chance))
        for protocol, index, wanted in values.bytes:
            # As often there as not, and independent of the others.
            if (start := _start(protocol, kind)) is not None and chance.below(2):
                place = start + index
                if place + len(wanted) <= len(frame):
                    frame[place : place + len(wanted)] = wanted
        yield bytes(frame)


def _start(protocol: str, kind: str) -> int | None:
    """Where the header of `protocol` begins in a frame of a kind that has one."""
    if protocol == "ether":
        return 0
    if protocol in ("ip", "ip6", "arp"):
        network = "arp" if kind == "arp" else "ip6" if kind.endswith("6") else "ip"
        return 14 if protocol == network else None
    return 34 if protocol == kind else None


def _frame(kind: str, values: "_Values", chance: _Chance) -> bytes:
    hosts = [chance.one(values.hosts, _STRANGERS).to_bytes(4, "big") for _ in range(2)]
    link = _MACS if chance.below(6) else _BROADCAST
    if kind == "arp":
        fixed = bytes.fromhex("0001080006040001")
        return link + b"\x08\x06" + fixed + link[6:] + hosts[0] + bytes(6) + hosts[1] + bytes(18)
    protocol, segment = _segment(kind, values, chance)
    if kind.endswith("6"):
        ends = b"".join(chance.one(values.hosts6, _STRANGERS6).to_bytes(16, "big") for _ in range(2))
        header = b"\x60\0\0\0" + len(segment).to_bytes(2, "big") + bytes((protocol, 64)) + ends
        return link + b"\x86\xdd" + header + segment
    fragment = b"\0\xb9" if kind == "later" else b"\x40\0"
    header = b"\x45\0" + (20 + len(segment)).to_bytes(2, "big") + b"\x1a\x2b" + fragment
    return link + b"\x08\0" + header + bytes((64, protocol, 0, 0)) + hosts[0] + hosts[1] + segment


def _segment(kind: str, values: "_Values", chance: _Chance) -> tuple[int, bytes]:
    """A protocol's number, and its header and payload."""
    payload = bytes(place * 7 & 0xFF for place in range(_LENGTHS[chance.below(3)]))
    ports = b"".join(chance.one(values.ports, _STRANGE_PORTS).to_bytes(2, "big") for _ in range(2))
    match kind.removesuffix("6"):
        case "tcp":
            flags = chance.one(values.flags if chance.below(2) else [], _FLAGS)
            return 6, ports + bytes(8) + bytes((0x50, flags)) + bytes(6) + payload
        case "udp":
            return 17, ports + (8 + len(payload)).to_bytes(2, "big") + bytes(2) + payload
        case "later":
            return (6, 17, 1)[chance.below(3)], ports + payload
    types = (128, 129, 1, 135) if kind == "icmp6" else (0, 8, 3, 11)
    return 58 if kind == "icmp6" else 1, bytes((types[chance.below(4)],)) + bytes(7) + payload


class _Values:
    """What filters mention: addresses, ports, flag bytes, as ints; and other bytes, with their place in a header."""

    def __init__(self) -> None:
        self.hosts: list[int] = []
        self.hosts6: list[int] = []
        self.ports: list[int] = []
        self.flags: list[int] = []
        self.bytes: list[tuple[str, int, bytes]] = []

    def learn(self, leaf: Node) -> None:
        """Note what a primitive mentions."""
        match leaf:
            case Address(id=id_) if is_port(leaf):
                self._learn_port(id_)
            case Address(id=id_):
                self._learn_address(id_)
            case Relation(right=Number(value=value)) if (masked := masked_flags(leaf.left)) is not None:
                self._add(self.flags, value & 0xFF)
                self._add(self.flags, masked & 0xFF)
            case Relation(left=Accessor(size=2), right=Number(value=value)):
                self._add(self.ports, value & 0xFFFF)
            case Relation(left=Accessor(size=4, protocol="ip" | "arp"), right=Number(value=value)):
                self._add(self.hosts, value)
            case Relation(operator=operator, left=left, right=Number(value=value)):
                self._learn_bytes(left, value + {">": 1, "<": -1}.get(operator, 0))

    def _learn_bytes(self, number: Arith, value: int) -> None:
        match number:
            case (
                Accessor(protocol=protocol, index=Number(value=index), size=size)
                | Binary(
                    operator="&", left=Accessor(protocol=protocol, index=Number(value=index), size=size), right=Number()
                )
            ) if 0 <= value < 1 << 8 * size and size in (1, 2, 4):
                wanted = (protocol, index, value.to_bytes(size, "big"))
                if wanted not in self.bytes:
                    self.bytes.append(wanted)

    def _learn_port(self, id_: Id) -> None:
        match id_:
            case IdNumber(value=value):
                self._add(self.ports, value & 0xFFFF)
            case Name(text=text):
                from lesson_engine.filters.portnames import named_port, read_range

                if (borders := read_range(text)) is not None:
                    for border in (borders[0], borders[1], borders[1] + 1):
                        self._add(self.ports, border & 0xFFFF)
                elif (service := named_port(text)) is not None:
                    self._add(self.ports, service[0])

    def _learn_address(self, id_: Id) -> None:
        match id_:
            case IdNumber(value=value):
                self._add(self.hosts, value)
            case Dotted(text=text) | DottedPrefix(text=text):
                octets = [int(part) & 0xFF for part in text.split(".")]
                length = id_.length if isinstance(id_, DottedPrefix) else 8 * len(octets)
                address = int.from_bytes(bytes(octets + [0] * (4 - len(octets))), "big")
                self._add(self.hosts, address)
                if length < 32:
                    # One inside, one right behind the end.
                    self._add(self.hosts, address | 5)
                    self._add(self.hosts, address + (1 << (32 - length)) & 0xFFFFFFFF)
            case Ipv6(text=text):
                from lesson_engine.filters.lexer import parse_ipv6

                if (address6 := parse_ipv6(text)) is not None:
                    self._add(self.hosts6, address6)

    def _add(self, values: list[int], value: int) -> None:
        if value not in values:
            values.append(value)
