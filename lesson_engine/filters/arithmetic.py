"""Relations and the numbers in them: `nodes.Relation` and `nodes.Arith` in, `program` out.

An accessor implies its protocol: the tests for it come before the comparison. Numbers are held in registers
while others are computed, of which there are sixteen. Oddities of libpcap 1.10 that are kept: of `A op B` only
the tests of A remain, and a divisor or a shift is judged by the first number in it. Model: pcap-filter(7).

>>> from lesson_engine.packets.linktype import EN10MB
>>> relation = nodes.Relation("=", nodes.Accessor("arp", nodes.Number(6), 2), nodes.Number(1))
>>> print(Arithmetic("", Frame(EN10MB, "little")).relation(relation))
[12:2] = 0x806 and [20:2] = 0x1
"""

from lesson_engine.filters import nodes
from lesson_engine.filters.frames import Frame, Place, UnsupportedError, equal
from lesson_engine.filters.headers import EITHER_IP, IP, IP6, IP_ONLY, PROTOCOL, Headers
from lesson_engine.filters.lexer import LINK
from lesson_engine.filters.program import All, Calculation, Compare, Constant, Load, Test, Value, WireLength
from lesson_engine.packets.numbers import ETHER_TYPES, IP_PROTOCOLS

REGISTERS = 16
"""Values the machine can hold at once."""

_ACCESSIBLE = frozenset(("arp", "rarp", "ip", "ip6", "atalk", "decnet", "lat", "sca", "mopdl", "moprc"))
"""Protocols whose header is the network header, for accessors."""
_ACCESSIBLE_OVER_IP = frozenset(("sctp", "tcp", "udp", "icmp", "igmp", "igrp", "pim", "vrrp", "carp"))


class Arithmetic(Headers):
    """Compiles relations; `value` remembers what it gave for a node. Raises FilterSyntaxError."""

    def __init__(self, source: str, frame: Frame) -> None:
        super().__init__(source, frame)
        self._live = 0  # values held at this point of the evaluation
        self._done: dict[int, tuple[nodes.Arith, Value, Test | None]] = {}

    def relation(self, node: nodes.Relation) -> Test:
        """The program of a relation."""
        left, right = self.value(node.left), self.value(node.right)
        self._live -= 2
        checks = [check for part in (node.left, node.right) if (check := self._check(part)) is not None]
        test = Compare(left, node.operator, right, is_relation=True)
        return All((*checks, test)) if checks else test

    def value(self, node: nodes.Arith) -> Value:
        """The program of a number; it holds one register until the relation is made."""
        if done := self._done.get(id(node)):
            return done[1]
        made, check = self._make_value(node)
        self._done[id(node)] = (node, made, check)
        return made

    def _check(self, node: nodes.Arith) -> Test | None:
        """What must hold of a packet for a number that was made to mean anything."""
        return self._done[id(node)][2]

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
                return Calculation("-", Constant(0), value), self._check(operand)
            case nodes.Binary(operator=operator, left=left, right=right):
                made = Calculation(operator, self.value(left), self.value(right))
                self._check_divisor(node)
                self._live -= 1
                # libpcap keeps the checks of the left operand and drops those of the right.
                return made, self._check(left)
            case nodes.Accessor():
                return self._accessor(node)
        raise TypeError(f"{type(node).__name__} is no number")

    def _hold(self, node: nodes.Node) -> None:
        self._live += 1
        self.check_registers(node)

    def check_registers(self, node: nodes.Node) -> None:
        """Refuses `node` if more values are held by now than there are registers."""
        if self._frame.registers + self._live > REGISTERS:
            libpcap_text = "too many registers needed to evaluate expression"
            raise self.refusal(node.span, "filters.too_complex", libpcap_text, limit=REGISTERS)

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
            raise self.refusal(node.span, "filters.division", f"{name} by zero", operator=node.operator)
        if node.operator in ("<<", ">>") and first.value > 31:
            raise self.refusal(node.span, "filters.shift", "shift by more than 31 bits", number=first.value)

    def _accessor(self, node: nodes.Accessor) -> tuple[Value, Test | None]:
        index = self.value(node.index)
        protocol = node.protocol
        self._hold(node)
        self._live -= 1
        if node.size not in (1, 2, 4):
            libpcap_text = "data size must be 1, 2, or 4"
            raise self.refusal(node.span, "filters.access_size", libpcap_text, size=node.size)
        if protocol == "radio":
            libpcap_text = "radio information not present in capture"
            raise self.refusal(node.span, "filters.radio", libpcap_text)
        try:
            place, checks = self._header(node, self._check(node.index))
        except UnsupportedError as refusal:
            raise self.refusal(node.span, refusal.key, refusal.libpcap_text, **refusal.params) from None
        if isinstance(index, Constant) and index.number < 1 << 31:
            load = place.load(index.number, node.size)
        elif place.base is None:
            load = Load(index, place.offset, node.size)
        else:
            # The sum wraps, so that a "negative" index reaches back into the header before.
            load = Load(Calculation("+", index, place.base), place.offset, node.size)
        return load, checks[0] if len(checks) == 1 else All(checks) if checks else None

    def _header(self, node: nodes.Accessor, inner: Test | None) -> tuple[Place, tuple[Test, ...]]:
        """Where the accessor's header starts, and the tests that it is there; `inner` is what its index asks for."""
        frame, protocol = self._frame, node.protocol
        first = () if inner is None else (inner,)
        if protocol == LINK:
            return frame.header, first
        if protocol in _ACCESSIBLE:
            return frame.network, (*first, frame.carries(ETHER_TYPES[protocol]))
        if protocol in _ACCESSIBLE_OVER_IP:
            number = {**EITHER_IP, **IP_ONLY}[protocol]
            # libpcap asks for IPv4 before it asks what the index does.
            present = (frame.carries(IP), *first, equal(frame.network.load(9, 1), number, PROTOCOL))
            return frame.transport(), (*present, frame.first_fragment())
        if protocol == "icmp6":
            next_header = equal(frame.network.load(6, 1), IP_PROTOCOLS["ipv6-icmp"], PROTOCOL)
            return frame.network.plus(40), (*first, frame.carries(IP6), next_header)
        raise self.refusal(node.span, "filters.no_index", "unsupported index operation", protocol=protocol)
