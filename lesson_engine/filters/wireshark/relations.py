"""Relations over header bytes, such as `tcp[13] & 2 != 0`, as Wireshark says them: by field, or by slice.

`relation_phrase` knows the fields that cover exactly the bytes compared; for other bytes of a header it slices
that header in Wireshark's own name. What a capture filter asks silently is written out: `tcp[...]` means IPv4.
Returns None where neither fits, for the caller to try the frame's bytes. RFC 791, 9293, 768, 792, 8200, 826.

>>> from lesson_engine.filters import Filter
>>> relation_phrase(Filter("tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn").tree).text
'ip && tcp.flags.syn == 1 && tcp.flags.ack == 0'
>>> relation_phrase(Filter("tcp[(tcp[12] & 0xf0) >> 2:4] = 0x47455420").tree).text
'ip && tcp.payload[0:4] == 47:45:54:20'
"""

from typing import NamedTuple

from lesson_engine.filters import nodes
from lesson_engine.filters.nodes import Relational
from lesson_engine.filters.wireshark.frame_bytes import FLIPPED
from lesson_engine.filters.wireshark.phrases import (
    EVERYTHING,
    FARTHEST,
    NOTHING,
    RELATIONS,
    Phrase,
    always,
    joined,
    sliced,
)
from lesson_engine.packets.fields import WORD, calculate

PADDING = "wireshark.padding"
"""Bytes after a header: Wireshark ends where the packet says, tcpdump where the captured bytes do."""

_FIELDS = {
    ("ip", 4, 2): "ip.id",
    ("ip", 8, 1): "ip.ttl",
    ("ip", 9, 1): "ip.proto",
    ("ip6", 6, 1): "ipv6.nxt",
    ("ip6", 7, 1): "ipv6.hlim",
    ("tcp", 0, 2): "tcp.srcport",
    ("tcp", 2, 2): "tcp.dstport",
    ("tcp", 4, 4): "tcp.seq_raw",
    ("tcp", 14, 2): "tcp.window_size_value",
    ("udp", 0, 2): "udp.srcport",
    ("udp", 2, 2): "udp.dstport",
    ("udp", 4, 2): "udp.length",
    ("icmp", 0, 1): "icmp.type",
    ("icmp", 1, 1): "icmp.code",
    ("icmp6", 0, 1): "icmpv6.type",
    ("icmp6", 1, 1): "icmpv6.code",
    ("arp", 6, 2): "arp.opcode",
}
"""(header, offset, size) -> the field that is those bytes."""

_TCP_BITS = {
    0x02: "tcp.flags.syn",
    0x10: "tcp.flags.ack",
    0x01: "tcp.flags.fin",
    0x04: "tcp.flags.reset",
    0x08: "tcp.flags.push",
    0x20: "tcp.flags.urg",
    0x40: "tcp.flags.ece",
    0x80: "tcp.flags.cwr",
}
_BITS = {
    ("tcp", 13, 1): _TCP_BITS,
    ("ip", 6, 1): {0x40: "ip.flags.df", 0x20: "ip.flags.mf"},
    ("ip", 6, 2): {0x4000: "ip.flags.df", 0x2000: "ip.flags.mf"},
}
"""(header, offset, size) -> bit -> the field that is that bit, in the order they are told."""


class _Header(NamedTuple):
    """Wireshark's name of a header, its shortest length, what goes before, and whether slices reach behind it."""

    name: str
    length: int
    over: str | None = None
    open_ended: bool = False


_HEADERS = {
    "ip": _Header("ip", 20),
    "ip6": _Header("ipv6", 40),
    "arp": _Header("arp", 28),
    "tcp": _Header("tcp", 20, "ip", open_ended=True),
    "udp": _Header("udp", 8, "ip"),
    "sctp": _Header("sctp", 12, "ip", open_ended=True),
    "icmp": _Header("icmp", 4, open_ended=True),
    "igmp": _Header("igmp", 4, open_ended=True),
    "icmp6": _Header("icmpv6", 4, open_ended=True),
}


class _Asked(NamedTuple):
    """What a relation asks: the bytes of a header, the bits kept, and the comparison with a number."""

    accessor: nodes.Accessor
    mask: int
    relation: Relational
    number: int

    @property
    def maximum(self) -> int:
        return (1 << 8 * self.accessor.size) - 1


def relation_phrase(node: nodes.Node) -> Phrase | None:
    """A relation by fields and header slices, None where that cannot be said."""
    if not isinstance(node, nodes.Relation):
        return None
    left, right = _constant(node.left), _constant(node.right)
    if left is not None and right is not None:
        return EVERYTHING if _holds(left, node.operator, right) else NOTHING
    if isinstance(node.left, nodes.Length) and right is not None:
        return Phrase(f"frame.len {RELATIONS[node.operator]} {right}")
    if isinstance(node.right, nodes.Length) and left is not None:
        return Phrase(f"frame.len {RELATIONS[FLIPPED[node.operator]]} {left}")
    asked = _asked(node.left, node.operator, right) or _asked(node.right, FLIPPED[node.operator], left)
    if asked is None or (header := _HEADERS.get(asked.accessor.protocol)) is None:
        return None
    phrase = _over_header(asked, header)
    if phrase is None or phrase is NOTHING or header.over is None:
        return phrase
    return joined("&&", (Phrase(header.over), phrase))


def _constant(node: nodes.Arith) -> int | None:
    """The number that arithmetic without a packet gives; None if it needs one, or divides by zero."""
    return _value(node, None)


def _value(node: nodes.Arith, data_offset_byte: int | None) -> int | None:
    """The number, where byte 12 of the TCP header (its length, in the high half) is the one byte that may be read."""
    match node:
        case nodes.Number(value=value):
            return value
        case nodes.Accessor(protocol="tcp", index=nodes.Number(value=12), size=1):
            return data_offset_byte
        case nodes.Negative(operand=operand):
            positive = _value(operand, data_offset_byte)
            return None if positive is None else -positive & WORD
        case nodes.Binary(operator=sign, left=first, right=second):
            left, right = _value(first, data_offset_byte), _value(second, data_offset_byte)
            if left is None or right is None or (right == 0 and sign in "/%"):
                return None
            return calculate(sign)(left, right) & WORD
    return None


def _holds(left: int, relation: Relational, right: int) -> bool:
    order = (left > right) - (left < right)
    return {"=": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[
        relation
    ]


def _asked(side: nodes.Arith, relation: Relational, number: int | None) -> _Asked | None:
    """`side` compared with `number`, if it is bytes of a header, perhaps masked.

    A mask to the left of the bytes would drop their header's check, so only one to the right counts.
    """
    if number is None:
        return None
    match side:
        case nodes.Accessor():
            return _Asked(side, (1 << 8 * side.size) - 1, relation, number)
        case nodes.Binary(operator="&", left=nodes.Accessor() as accessor, right=mask):
            if (kept := _constant(mask)) is not None:
                return _Asked(accessor, kept & (1 << 8 * accessor.size) - 1, relation, number)
    return None


def _over_header(asked: _Asked, header: _Header) -> Phrase | None:
    accessor = asked.accessor
    offset = _constant(accessor.index)
    if offset is None:
        start = _payload_offset(accessor)
        return None if start is None else _slice(asked, "tcp.payload", start).but(PADDING)
    if accessor.protocol == "udp" and header.length <= offset < FARTHEST:
        return _slice(asked, "udp.payload", offset - header.length).but(PADDING)
    if offset + accessor.size > header.length:
        behind = header.open_ended and offset < FARTHEST
        return _slice(asked, header.name, offset).but(PADDING) if behind else None
    key = (accessor.protocol, offset, accessor.size)
    if key in _BITS and (phrase := _by_bits(asked, _BITS[key])) is not None:
        return phrase
    if key in _FIELDS and asked.mask == asked.maximum:
        return _by_field(asked, _FIELDS[key])
    if key == ("ip", 6, 2) and asked.mask == 0x1FFF and asked.number == 0 and asked.relation in ("=", "!=", ">"):
        return Phrase("ip.frag_offset == 0" if asked.relation == "=" else "ip.frag_offset > 0")
    if key == ("tcp", 13, 1) and asked.number <= asked.maximum:
        # The field is twelve bits wide: the four before byte 13 are masked away.
        return Phrase(f"tcp.flags & 0x{asked.mask:02x} {RELATIONS[asked.relation]} 0x{asked.number:02x}")
    return _slice(asked, header.name, offset)


def _payload_offset(accessor: nodes.Accessor) -> int | None:
    """How far into the TCP payload an index computed from the header's length points; None if it is no such index."""
    if accessor.protocol != "tcp":
        return None
    starts = {
        None if (index := _value(accessor.index, byte)) is None else index - 4 * (byte >> 4) for byte in range(256)
    }
    start = starts.pop()
    return start if not starts and start is not None and 0 <= start < FARTHEST else None


def _by_bits(asked: _Asked, names: dict[int, str]) -> Phrase | None:
    """Bits compared one by one, as a reader would name them."""
    mask, relation, number = asked.mask, asked.relation, asked.number
    bits = [bit for bit in names if mask & bit]
    if sum(bits) != mask or not bits or number & ~mask or mask == asked.maximum:
        return None
    if relation == ">" and number == 0:
        relation = "!="
    if relation not in ("=", "!="):
        return None
    unlike = relation == "!="
    parts = [Phrase(f"{names[bit]} == {int(bool(number & bit) is not unlike)}") for bit in bits]
    return joined("||" if unlike else "&&", parts)


def _by_field(asked: _Asked, name: str) -> Phrase:
    if (answer := always(asked.relation, asked.number, asked.maximum)) is not None:
        return Phrase(name) if answer else NOTHING
    return Phrase(f"{name} {RELATIONS[asked.relation]} {asked.number}")


def _slice(asked: _Asked, name: str, offset: int) -> Phrase:
    size = asked.accessor.size
    if (answer := always(asked.relation, asked.number, asked.maximum)) is not None:
        return sliced(name, offset, size, asked.maximum, ">=", 0) if answer else NOTHING
    return sliced(name, offset, size, asked.mask, asked.relation, asked.number)
