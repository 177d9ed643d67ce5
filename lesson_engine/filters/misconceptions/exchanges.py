"""Primitives written in the place of others: another value, another direction, another test of TCP's flags.

`exchanges` puts primitives of a wrong filter in the place of those that the right one has and it lacks, and says
of each what mistake that is. `short_address` and `any_of_mask` know primitives that hardly anyone means. Flags:
RFC 9293, section 3.1; addresses of fewer than four numbers: pcap-filter(7).

>>> from lesson_engine.filters.parser import parse
>>> (slip,) = exchanges(parse("tcp and host 10.0.0.1"), parse("tcp and src host 10.0.0.1"))
>>> str(slip.tree), slip.remarks[0].id
('tcp and src host 10.0.0.1', 'one-direction')
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice, product

from lesson_engine.filters.misconceptions.plain_form import (
    FlagTest,
    accessed,
    any_flag,
    flag_test,
    is_host,
    is_port,
    leaves,
)
from lesson_engine.filters.misconceptions.slips import Remark, Slip, places
from lesson_engine.filters.nodes import (
    Address,
    And,
    Binary,
    Dotted,
    IdNumber,
    Node,
    Not,
    Number,
    Or,
    Qualifiers,
    Relation,
)
from lesson_engine.packets.numbers import TCP_FLAGS

MOST_EXCHANGES = 250
"""How many combinations of primitives are exchanged at most."""


def exchanges(tree: Node, answer: Node) -> Iterator[Slip]:
    """`tree` with primitives of `answer` in the place of those that `answer` lacks: one, two or three of them.

    Of a primitive that stands in several places, one place alone may be exchanged too.
    """
    own, written = Counter(leaves(tree)), set(leaves(answer))
    strange = [leaf for leaf in dict.fromkeys(leaves(answer)) if leaf not in own]
    choices = {
        leaf: [(other, remark) for other in strange if (remark := _exchanged(leaf, other)) is not None] for leaf in own
    }
    lacking = [leaf for leaf, found in choices.items() if found and leaf not in written]
    yield from islice(_exchanges_everywhere(tree, lacking, choices), MOST_EXCHANGES)
    for node, put in places(tree):
        leaf = node.term if isinstance(node, Not) else node
        if own[leaf] > 1:
            for other, remark in choices[leaf]:
                yield Slip(put(Not(other) if isinstance(node, Not) else other), (remark,))


def _exchanges_everywhere(
    tree: Node, lacking: list[Node], choices: dict[Node, list[tuple[Node, Remark]]]
) -> Iterator[Slip]:
    for count in range(1, min(3, len(lacking)) + 1):
        for some in combinations(lacking, count):
            for others in product(*(choices[leaf] for leaf in some)):
                changed = {leaf: other for leaf, (other, _) in zip(some, others, strict=True)}
                yield Slip(_replaced(tree, changed), tuple(remark for _, remark in others))


def _replaced(tree: Node, changed: dict[Node, Node]) -> Node:
    match tree:
        case And(terms=terms) | Or(terms=terms):
            return type(tree)(tuple(_replaced(term, changed) for term in terms))
        case Not(term=term):
            return Not(_replaced(term, changed))
    return changed.get(tree, tree)


def _exchanged(wanted: Node, written: Node) -> Remark | None:
    """The mistake of whoever wrote one primitive and should have written the other; None if that makes no sense."""
    parts: dict[str, Node | str] = {"wanted": wanted, "written": written}
    if isinstance(wanted, Address) and isinstance(written, Address):
        return _exchanged_address(wanted, written, parts)
    if type(wanted) is not type(written):
        return None
    if isinstance(wanted, Relation):
        return _exchanged_relation(wanted, written, parts)
    return Remark("other-value", "other_value", parts)


def _exchanged_address(wanted: Address, written: Address, parts: dict[str, Node | str]) -> Remark | None:
    if wanted.qualifiers is None or written.qualifiers is None:
        return None
    if (remark := short_address(written)) is not None:
        return remark
    if wanted.id == written.id and wanted.qualifiers._replace(direction=None) == written.qualifiers._replace(
        direction=None
    ):
        if wanted.qualifiers.direction is None:
            return Remark("one-direction", "one_direction", parts)
        key = "direction_missing" if written.qualifiers.direction is None else "direction_swapped"
        return Remark("one-direction", key, parts)
    if is_host(wanted) and is_port(written):
        return Remark("port-is-not-a-host", "port_is_not_a_host", parts)
    return Remark("other-value", "other_value", parts)


def short_address(node: Node) -> Remark | None:
    """What is to be said of a host whose address is not written out: `host 80`, `host 10.0.1`."""
    match node:
        case Address(qualifiers=Qualifiers(type="host" | None), id=IdNumber(value=value)):
            if value > 0xFFFF:
                return None
            shown: dict[str, Node | str] = {"number": str(value), "address": f"0.0.{value >> 8}.{value & 255}"}
            if node.inherited:
                return Remark("number-became-host", "number_became_host", shown)
            return Remark("short-address", "short_address_number", shown)
        case Address(qualifiers=Qualifiers(type="host" | None), id=Dotted(text=text)):
            octets = text.split(".")
            if len(octets) < 4:
                network = f"{'.'.join(octets + ['0'] * (4 - len(octets)))}/{8 * len(octets)}"
                return Remark("short-address", "short_address_network", {"number": text, "address": network})
    return None


# TCP's flags

_SYN, _ACK = TCP_FLAGS["syn"], TCP_FLAGS["ack"]


def _exchanged_relation(wanted: Relation, written: Node, parts: dict[str, Node | str]) -> Remark:
    test, asked = flag_test(written), flag_test(wanted)
    about_flags = asked is not None or any_flag(wanted) is not None
    if about_flags and test is not None and test.mask == 0xFF and _holds(asked, test.value):
        return Remark("exact-flag-byte", "exact_flag_byte", parts)
    if about_flags and (loose := any_of_mask(written)) is not None:
        return loose
    only_syn = FlagTest(_SYN | _ACK, _SYN)
    if asked is not None and test == (_SYN, _SYN) and (asked.mask & only_syn.mask, asked.value) == only_syn:
        return Remark("syn-bit-is-not-syn-packet", "syn_bit_is_not_syn_packet", parts)
    return Remark("other-value", "other_value", parts)


def _holds(asked: FlagTest | None, flags: int) -> bool:
    """Whether a flag byte passes a test of some of its bits; a test that is no mask and value it is taken to pass."""
    return asked is None or (asked.mask != 0xFF and flags & asked.mask == asked.value)


def any_of_mask(node: Node) -> Remark | None:
    """What is to be said of a mask of which any one bit will do, if ACK, which nearly all segments have, is in it."""
    mask = any_flag(node)
    if mask is not None and mask & _ACK:
        return Remark("any-of-mask", "any_of_mask", {"written": node})
    match node:
        case Relation(operator="!=" | ">", left=Binary(operator="|", right=Number(value=bits)), right=Number(value=0)):
            if bits and "tcp" in accessed(node):
                return Remark("any-of-mask", "any_of_mask_loose", {"written": node})
    return None
