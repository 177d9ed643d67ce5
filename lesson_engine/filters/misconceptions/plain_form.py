"""The plain form of a filter's tree: one shape for the many spellings of one thought.

Qualifiers are taken apart (`tcp port 80` is `tcp and port 80`), negations stand before primitives only, what two
alternatives share is written once, terms stand in one order, tests of TCP's flags are masks and values.
Two filters with equal plain forms choose the same whole packets, if no load of theirs can lie beyond the end of a
packet (`is_exact`); filters that choose the same packets may have different plain forms, so a difference proves
nothing. `vlan` and its kind make order matter: trees with one of them have no plain form (`has_plain_form`).
Knows trees, not packets. Laws used: De Morgan's, absorption, distribution.

>>> from lesson_engine.filters.parser import parse
>>> str(plain(parse("not (port 22 or not tcp)")))
'tcp and not port 22'
>>> str(worded(plain(parse("tcp port 80 or tcp port 443"))))
'tcp and (port 80 or port 443)'
"""

from collections.abc import Iterator
from typing import NamedTuple

from lesson_engine.filters.nodes import (
    Accessor,
    Address,
    And,
    Arith,
    Binary,
    Dotted,
    DottedPrefix,
    Everything,
    Id,
    IdNumber,
    Name,
    Node,
    Not,
    Number,
    Or,
    Protocol,
    Qualifiers,
    Relation,
    Tunnel,
)
from lesson_engine.packets.numbers import ETHER_TYPES

_IP_PROTOCOL_WORDS = {6: "tcp", 17: "udp", 132: "sctp"}
_ETHER_WORDS = {ETHER_TYPES[word]: word for word in ("ip", "ip6", "arp", "rarp")}
_PROTOCOLS = frozenset(("ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp"))
_HEADER_LENGTHS = {"ip": 20, "tcp": 20, "udp": 8}
"""Bytes that every header of the protocol has (RFC 791, 9293, 768)."""
_FLAG_BYTE = 13
"""Offset in the TCP header (RFC 9293, section 3.1)."""


class FlagTest(NamedTuple):
    """True of TCP segments whose flag byte, masked with `mask`, is `value`."""

    mask: int
    value: int


def has_plain_form(tree: Node) -> bool:
    """Whether the order of the terms of `tree` is without meaning."""
    return not any(isinstance(leaf, Tunnel) for leaf in leaves(tree))


def is_exact(tree: Node) -> bool:
    """Whether `tree` and its plain form choose the same whole packets: all it loads lies in headers that are there."""
    return all(map(_stays_in_headers, leaves(tree)))


def _stays_in_headers(leaf: Node) -> bool:
    match leaf:
        case Protocol(name=name):
            return name in _PROTOCOLS
        case Address(qualifiers=Qualifiers(protocol=protocol, type=kind)):
            return kind in (None, "host", "net", "port", "portrange") and (protocol is None or protocol in _PROTOCOLS)
        case Relation(left=left, right=Number()):
            if isinstance(left, Binary) and isinstance(left.right, Number) and left.operator == "&":
                left = left.left
            match left:
                case Accessor(protocol=protocol, index=Number(value=index), size=size):
                    return index + size <= _HEADER_LENGTHS.get(protocol, 0)
    return isinstance(leaf, Everything)


def plain(tree: Node) -> Node:
    """The plain form of `tree`, whose order must be without meaning."""
    return _turned(tree, negated=False, factored=True)


def written_out(tree: Node) -> Node:
    """The plain form of `tree`, but what alternatives share is left in each of them, as it was written."""
    return _turned(tree, negated=False, factored=False)


def leaves(tree: Node) -> Iterator[Node]:
    """The primitives of `tree`, in reading order; a negated one without its `not`."""
    match tree:
        case And(terms=terms) | Or(terms=terms):
            for term in terms:
                yield from leaves(term)
        case Not(term=term):
            yield from leaves(term)
        case _:
            yield tree


def negated(node: Node) -> Node:
    """What is true where `node` is false."""
    return node.term if isinstance(node, Not) else Not(node)


def all_of(terms: tuple[Node, ...]) -> Node:
    """The terms joined by `and`; a single one is itself."""
    return terms[0] if len(terms) == 1 else And(terms)


def any_of(terms: tuple[Node, ...]) -> Node:
    """The terms joined by `or`; a single one is itself."""
    return terms[0] if len(terms) == 1 else Or(terms)


def worded(node: Node) -> Node:
    """A plain form as people write it: `not` before a group, a transport protocol before its port."""
    match node:
        case And(terms=terms) | Or(terms=terms):
            if all(isinstance(term, Not) for term in terms):
                inner = Or if isinstance(node, And) else And
                return Not(worded(inner(tuple(negated(term) for term in terms))))
            if isinstance(node, And):
                terms = tuple(sorted(_with_transport(terms), key=_reading_place))
            shown = tuple(map(worded, terms))
            return shown[0] if len(shown) == 1 else type(node)(shown)
    return node


def _with_transport(terms: tuple[Node, ...]) -> tuple[Node, ...]:
    """Of two terms that are a transport protocol and a port, the one primitive."""
    transports = [term for term in terms if isinstance(term, Protocol) and term.name in ("tcp", "udp", "sctp")]
    ports = [term for term in terms if is_port(term)]
    if len(transports) == len(ports) == 1 and isinstance(port := ports[0], Address) and port.qualifiers:
        joined = Address(port.qualifiers._replace(protocol=transports[0].name), port.id)
        return tuple(joined if term is port else term for term in terms if term is not transports[0])
    return terms


def _reading_place(term: Node) -> int:
    """The order people write conditions in: what, who, where, all the rest, and last what is left out."""
    if isinstance(term, Not):
        return 4
    return 0 if isinstance(term, Protocol) else 1 if is_host(term) else 2 if is_port(term) else 3


def is_port(node: Node) -> bool:
    """Whether `node` is a primitive about a port or a range of ports."""
    return isinstance(node, Address) and node.qualifiers is not None and node.qualifiers.type in ("port", "portrange")


def is_host(node: Node) -> bool:
    """Whether `node` is a primitive about a host or a net."""
    return isinstance(node, Address) and node.qualifiers is not None and node.qualifiers.type in ("host", "net")


# Making it plain


def _turned(tree: Node, *, negated: bool, factored: bool) -> Node:
    match tree:
        case Not(term=term):
            return _turned(term, negated=not negated, factored=factored)
        case And(terms=terms) | Or(terms=terms):
            kind = And if isinstance(tree, And) != negated else Or
            turned = [_turned(term, negated=negated, factored=factored) for term in terms]
            return _joined(kind, turned, factored=factored)
    parts = _plain_primitive(tree)
    if len(parts) == 1:
        return Not(parts[0]) if negated else parts[0]
    return _joined(Or if negated else And, [Not(part) if negated else part for part in parts], factored=factored)


def _joined(kind: type[And] | type[Or], parts: list[Node], *, factored: bool) -> Node:
    terms: dict[Node, None] = {}
    for part in parts:
        terms |= dict.fromkeys(part.terms if isinstance(part, And | Or) and type(part) is kind else (part,))
    _merge_directions(kind, terms)
    if kind is And:
        _fold_flags(terms)
    made = _absorbed(kind, list(terms))
    if factored and len(made) > 1 and (common := _common_factor(kind, made)) is not None:
        return common
    made.sort(key=_place)
    return made[0] if len(made) == 1 else kind(tuple(made))


def _place(term: Node) -> tuple[int, str]:
    """Short terms first: `tcp` before `port 80`, and that before `port 443`."""
    text = str(term)
    return len(text), text


def _other(kind: type[And] | type[Or]) -> type[And] | type[Or]:
    return Or if kind is And else And


def _merge_directions(kind: type[And] | type[Or], terms: dict[Node, None]) -> None:
    """`src X or dst X` is X; so is `not X` of what is neither."""
    for term in list(terms):
        inner = term.term if isinstance(term, Not) else term
        if isinstance(term, Not) != (kind is And) or not isinstance(inner, Address) or inner.qualifiers is None:
            continue
        if inner.qualifiers.direction != "src":
            continue
        other = Address(inner.qualifiers._replace(direction="dst"), inner.id)
        opposite: Node = Not(other) if kind is And else other
        if opposite in terms:
            both = Address(inner.qualifiers._replace(direction=None), inner.id)
            del terms[term], terms[opposite]
            terms[Not(both) if kind is And else both] = None


def _fold_flags(terms: dict[Node, None]) -> None:
    """Tests of the flag byte that must all hold become one; a `not` counts once TCP is certain."""
    tests = {term: test for term in terms if (test := flag_test(term)) is not None}
    if not tests:
        return
    for term in list(terms):
        denied = flag_test(term.term) if isinstance(term, Not) else None
        if denied is not None and denied.mask.bit_count() == 1:
            tests[term] = FlagTest(denied.mask, denied.mask ^ denied.value)
    mask = value = 0
    for test in tests.values():
        if mask & test.mask & (value ^ test.value):
            return  # they contradict each other, and are shown as they stand
        mask, value = mask | test.mask, value | test.value
    if len(tests) > 1:
        for term in tests:
            del terms[term]
        terms[flag_relation(FlagTest(mask, value))] = None


def _absorbed(kind: type[And] | type[Or], terms: list[Node]) -> list[Node]:
    """Without what the other terms decide: `x and (not x or y)` is `x and y`, a header's bytes imply its protocol."""
    present = set(terms)
    if kind is And:
        implied = {
            Protocol(name)
            for term in terms
            if isinstance(term, Relation)
            for name in (_implied_protocol(term.left), _implied_protocol(term.right))
            if name is not None
        }
        terms = [term for term in terms if term not in implied]
    made: list[Node] = []
    for term in terms:
        if isinstance(term, And | Or):
            if present & set(term.terms):
                continue
            left = [inner for inner in term.terms if negated(inner) not in present]
            if left and len(left) < len(term.terms):
                term = left[0] if len(left) == 1 else _other(kind)(tuple(left))
        if term not in made:
            made.append(term)
    return made


def _common_factor(kind: type[And] | type[Or], terms: list[Node]) -> Node | None:
    """`(x and y) or (x and z)` as `x and (y or z)`, for what all terms share; a protocol also where only some do."""
    other = _other(kind)
    sets = [
        dict.fromkeys(term.terms if isinstance(term, And | Or) and type(term) is other else (term,)) for term in terms
    ]
    shared = [part for part in sets[0] if all(part in parts for parts in sets)]
    group = range(len(terms))
    if not shared:
        for part in [part for parts in sets for part in parts if len(parts) > 1]:
            inner = part.term if isinstance(part, Not) else part
            holders = [index for index, parts in enumerate(sets) if part in parts]
            if isinstance(inner, Protocol) and len(holders) > 1:
                shared, group = [part], holders  # type: ignore[assignment]
                break
        else:
            return None
    rests = []
    for index in group:
        rest = [part for part in sets[index] if part not in shared]
        if not rest:
            # One of the terms is the shared part alone, and decides.
            inner_node: Node | None = None
            break
        rests.append(rest[0] if len(rest) == 1 else other(tuple(rest)))
    else:
        inner_node = _joined(kind, rests, factored=True)
    factored = _joined(other, [*shared, *([inner_node] if inner_node is not None else [])], factored=True)
    outside = [term for index, term in enumerate(terms) if index not in group]
    return _joined(kind, [factored, *outside], factored=True) if outside else factored


# Primitives


def _plain_primitive(node: Node) -> tuple[Node, ...]:
    """The primitives that, joined by `and`, say what `node` says."""
    match node:
        case Address(qualifiers=Qualifiers() as qualifiers):
            return _plain_address(node, qualifiers)
        case Relation():
            return (_plain_relation(node),)
    return (node,)


def _plain_address(node: Address, qualifiers: Qualifiers) -> tuple[Node, ...]:
    protocol, direction, kind = qualifiers
    id_ = node.id
    if kind == "proto" and direction is None and (word := _protocol_word(protocol, id_)) is not None:
        return (*(Protocol(name) for name in (protocol,) if name in ("ip", "ip6")), Protocol(word))
    kind = kind or "host"
    narrowing: list[Node] = []
    ported = kind in ("port", "portrange")
    if (protocol in ("tcp", "udp", "sctp") and ported) or (protocol in ("ip", "ip6", "arp", "rarp") and not ported):
        if kind not in ("host", "net", "port", "portrange"):
            return (node,)
        narrowing.append(Protocol(protocol))
        protocol = None
    if ported and isinstance(id_, Name) and kind == "port":
        from lesson_engine.filters.portnames import named_port

        if (service := named_port(id_.text)) is not None:
            id_ = IdNumber(service[0])
            if service[1] and Protocol(service[1]) not in narrowing:
                narrowing.append(Protocol(service[1]))
    elif kind == "portrange" and isinstance(id_, IdNumber):
        kind = "port"
    elif protocol is not None:
        pass  # DECnet's and the link layer's addresses are not IP's
    elif kind == "net" and isinstance(id_, DottedPrefix) and id_.length == 32 and id_.text.count(".") == 3:
        kind, id_ = "host", Dotted(id_.text)
    elif kind == "net" and isinstance(id_, Dotted):
        parts = id_.text.split(".")
        if len(parts) == 4:
            kind = "host"
        else:
            id_ = DottedPrefix(".".join(parts + ["0"] * (4 - len(parts))), 8 * len(parts))
    directions = ("src", "dst") if direction == "src and dst" else (None if direction == "src or dst" else direction,)
    made = [
        Address(Qualifiers(protocol, one, kind), id_, inherited=node.inherited, span=node.span) for one in directions
    ]
    return (*narrowing, *made)


def _protocol_word(over: str | None, id_: Id) -> str | None:
    """The one word for `proto NUMBER`, where there is one that says exactly the same."""
    if over == "ether":
        return _ETHER_WORDS.get(id_.value) if isinstance(id_, IdNumber) else None
    if over not in (None, "ip", "ip6"):
        return None
    if isinstance(id_, Name):
        return id_.text if id_.text in _IP_PROTOCOL_WORDS.values() else None
    return _IP_PROTOCOL_WORDS.get(id_.value) if isinstance(id_, IdNumber) else None


def _plain_relation(node: Relation) -> Node:
    left, right, operator = _folded(node.left), _folded(node.right), node.operator
    if isinstance(left, Number) and not isinstance(right, Number) and operator in ("=", "!="):
        left, right = right, left
    made = Relation(operator, left, right, span=node.span)
    test = flag_test(made)
    return flag_relation(test, span=node.span) if test is not None else made


def _folded(number: Arith) -> Arith:
    """Constants joined by `|` or `+`, as one constant, and a mask on the right of what it masks."""
    match number:
        case Binary(operator=operator, left=left, right=right):
            left, right = _folded(left), _folded(right)
            if isinstance(left, Number) and isinstance(right, Number) and operator in ("|", "+"):
                value = left.value | right.value if operator == "|" else left.value + right.value & 0xFFFFFFFF
                return Number(value)
            if operator == "&" and isinstance(left, Number) and not isinstance(right, Number):
                left, right = right, left
            return Binary(operator, left, right)
        case Number(value=value):
            return Number(value)
    return number


def _implied_protocol(number: Arith) -> str | None:
    """The protocol that a packet must be of for `number` to be there: libpcap looks at the leftmost operand only."""
    while isinstance(number, Binary):
        number = number.left
    return number.protocol if isinstance(number, Accessor) and number.protocol != "ether" else None


def _accessors(relation: Relation) -> Iterator[Accessor]:
    pending: list[Arith] = [relation.left, relation.right]
    while pending:
        match pending.pop():
            case Accessor() as accessor:
                yield accessor
            case Binary(left=left, right=right):
                pending += [left, right]


def accessed(tree: Node) -> set[str]:
    """The protocols whose header bytes `tree` asks for with [ ]."""
    return {accessor.protocol for leaf in leaves(tree) if isinstance(leaf, Relation) for accessor in _accessors(leaf)}


# TCP's flags


def masked_flags(number: Arith) -> int | None:
    """The mask that is laid over TCP's flag byte, or None if `number` is anything else."""
    match number:
        case Accessor(protocol="tcp", index=Number(value=index), size=1) if index == _FLAG_BYTE:
            return 0xFF
        case Binary(operator="&", left=left, right=Number(value=mask)) if masked_flags(left) == 0xFF:
            return mask & 0xFF
    return None


def flag_test(node: Node) -> FlagTest | None:
    """What `node`, a relation with folded constants, asks of TCP's flags, if that is a mask and a value."""
    match node:
        case Relation(operator=operator, left=left, right=Number(value=value)):
            mask = masked_flags(left)
            if mask is None or value & ~mask:
                return None
            if operator == "=":
                return FlagTest(mask, value)
            if operator == "!=" and mask.bit_count() == 1:
                return FlagTest(mask, mask ^ value)
    return None


def any_flag(node: Node) -> int | None:
    """The mask, if `node` asks for any of several flags of TCP: `tcp[tcpflags] & (tcp-syn|tcp-ack) != 0`."""
    match node:
        case Relation(operator="!=" | ">", left=left, right=Number(value=0)):
            mask = masked_flags(left)
            return mask if mask is not None and mask.bit_count() > 1 else None
    return None


def flag_relation(test: FlagTest, span: tuple[int, int] = (0, 0)) -> Relation:
    """The primitive that asks for `test`."""
    flags = Accessor("tcp", Number(_FLAG_BYTE), 1)
    left = flags if test.mask == 0xFF else Binary("&", flags, Number(test.mask))
    return Relation("=", left, Number(test.value), span=span)
