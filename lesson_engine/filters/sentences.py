"""A sentence for each clause of a filter: which packets it is true of.

Gives messages, which become text in the reader's language; knows nothing of packets.

>>> from lesson_engine.filters.nodes import Address, IdNumber, Qualifiers
>>> str(sentence(Address(Qualifiers("tcp", "dst", "port"), IdNumber(80))))
'TCP: packets to port 80'
"""

from lesson_engine.filters import nodes
from lesson_engine.messages import Message
from lesson_engine.packets.fields import WORD, calculate
from lesson_engine.packets.numbers import TCP_FLAGS

_DIRECTIONS = {"src": "src", "dst": "dst", "src and dst": "both"}
_NAMES = {"ip": "IPv4", "ip6": "IPv6", "ether": "Ethernet"}
_FLAGS_BYTE = nodes.Accessor("tcp", nodes.Number(13), 1)
_TOLD = frozenset(("ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "stp"))


def sentence(node: nodes.Node) -> Message:
    """Which packets `node` is true of."""
    match node:
        case nodes.And():
            return Message("filters.say.and")
        case nodes.Or():
            return Message("filters.say.or")
        case nodes.Not(term=term):
            return Message("filters.say.not", term=term)
        case nodes.Address():
            return _address(node)
        case nodes.Protocol(name=name):
            return Message(f"filters.say.{name}" if name in _TOLD else "filters.say.protocol", name=name.upper())
        case nodes.Relation():
            return _relation(node)
        case nodes.Cast(protocol=protocol, kind=kind):
            word = protocol or "ether"
            return Message(f"filters.say.{kind}", name=_NAMES.get(word, word))
        case nodes.LengthLimit(word=word, limit=limit):
            return Message(f"filters.say.{word}", limit=limit)
        case nodes.ByteTest(offset=offset):
            return Message("filters.say.byte", offset=offset, text=node)
        case nodes.Bound(word=word):
            return Message(f"filters.say.{word}")
        case nodes.InterfaceIndex(index=index):
            return Message("filters.say.ifindex", index=index)
        case nodes.Tunnel(word=word, number=None):
            return Message(f"filters.say.{word}")
        case nodes.Tunnel(word=word, number=number):
            return Message(f"filters.say.{word}_number", number=number)
        case nodes.Everything():
            return Message("filters.say.everything")
    return Message("filters.say.other", text=node)


def _address(node: nodes.Address) -> Message:
    qualifiers, id_ = node.qualifiers or nodes.Qualifiers(), node.id
    protocol, kind = qualifiers.protocol, qualifiers.type or "host"
    if kind in ("proto", "protochain"):
        name = _NAMES.get(protocol or "", protocol or "IP")
        return Message(f"filters.say.{kind}", name=name, id=id_)
    if protocol == "ether":
        kind = "mac"
    if kind == "host" and isinstance(id_, nodes.Dotted) and id_.text.count(".") < 3:
        kind = "net"
    said = Message(f"filters.say.{kind}_{_DIRECTIONS.get(qualifiers.direction or '', 'any')}", id=id_)
    if protocol in (None, "ether"):
        return said
    return Message("filters.say.within", name=_NAMES.get(protocol, protocol.upper()), said=said)


def _relation(node: nodes.Relation) -> Message:
    """TCP flags are spelt out; other relations speak for themselves."""
    wanted = _constant(node.right)
    if wanted is None:
        return Message("filters.say.relation", text=node)
    if node.left == _FLAGS_BYTE and node.operator == "=":
        return Message("filters.say.flags_exactly", flags=_flags(wanted))
    match node.left:
        case nodes.Binary(operator="&", left=left, right=right) if left == _FLAGS_BYTE:
            mask = _constant(right)
            if mask is not None and node.operator in ("=", "!="):
                return _masked_flags(mask, wanted, node.operator, node)
    return Message("filters.say.relation", text=node)


def _constant(node: nodes.Arith) -> int | None:
    """The value of arithmetic on constants alone; None of any other, and of a division by zero."""
    match node:
        case nodes.Number(value=value):
            return value
        case nodes.Binary(operator=operator, left=left, right=right):
            first, second = _constant(left), _constant(right)
            if first is not None and second is not None and (second or operator not in ("/", "%")):
                return calculate(operator)(first, second) & WORD
    return None


def _masked_flags(mask: int, wanted: int, operator: str, node: nodes.Relation) -> Message:
    if wanted == 0:
        return Message(f"filters.say.flags_{'none' if operator == '=' else 'any'}", flags=_flags(mask))
    if operator == "=" and wanted == mask:
        return Message("filters.say.flags_all", flags=_flags(mask))
    if operator == "=" and wanted & ~mask == 0:
        return Message("filters.say.flags_some", flags=_flags(wanted), others=_flags(mask & ~wanted))
    return Message("filters.say.relation", text=node)


def _flags(bits: int) -> str:
    return ", ".join(name.upper() for name, bit in TCP_FLAGS.items() if bits & bit) or "0"
