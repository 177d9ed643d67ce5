"""The syntax tree of a filter expression: frozen nodes that remember where they stood and print themselves.

A node is equal to another of its class with equal fields; its `span` (start and end offset in the source) and
what says how a thing was written, not what it means (`inherited`, `name`), do not count. `str(node)` is the
canonical expression: qualifiers filled in, every grouping written out, numbers in decimal; parsing it gives an
equal tree. A run of one connective is one node (`a or b or c` has three terms), since `and` and `or` each
associate. The nodes know nothing of link types or packets: `meaning` does. Grammar: pcap-filter(7).

>>> tree = And((Protocol("tcp"), Not(Address(Qualifiers(None, "src", "host"), Dotted("10.0.0.1")))))
>>> str(tree)
'tcp and not src host 10.0.0.1'
>>> tree == And(tree.terms, span=(3, 9))
True
"""

from typing import Any, Literal, NamedTuple, TypeAlias, dataclass_transform

Span: TypeAlias = tuple[int, int]

Direction = Literal["src", "dst", "src or dst", "src and dst"]
"""A direction; None in a Qualifiers means none was written, which reads as "src or dst"."""

Relational = Literal["=", "!=", ">", ">=", "<", "<="]
Operator = Literal["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"]


def noted(*, default: Any, kw_only: Literal[True]) -> Any:
    """A field that is remembered but does not count when nodes are compared."""
    return _Noted(default)


class _Noted:
    __slots__ = ("default",)

    def __init__(self, default: object) -> None:
        self.default = default


@dataclass_transform(frozen_default=True, field_specifiers=(noted,))
class Frozen:
    """A value of named fields, set once: equal by class and fields, hashed once. Subclasses only declare fields."""

    _fields: tuple[str, ...] = ()
    _noted: dict[str, object] = {}  # noqa: RUF012  # one dict a class, never changed after the class is made

    def __init_subclass__(cls) -> None:
        declared = cls.__annotations__ if "__annotations__" in cls.__dict__ else {}  # not a parent's
        notes = {name: cls.__dict__[name].default for name in declared if isinstance(cls.__dict__.get(name), _Noted)}
        cls._fields = cls._fields + tuple(name for name in declared if name not in notes)
        cls._noted = {**cls._noted, **notes}
        for name, default in notes.items():
            setattr(cls, name, default)

    def __init__(self, *values: object, **named: object) -> None:
        fields = self._fields
        own = self.__dict__
        if len(values) != len(fields):
            values += tuple(named.pop(name) for name in fields[len(values) :] if name in named)
        if len(values) != len(fields) or (named and not named.keys() <= self._noted.keys()):
            raise TypeError(f"{type(self).__name__} takes {', '.join(fields)}")
        own.update(named)
        own.update(zip(fields, values, strict=True))
        own["_values"] = values

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        return bool(self.__dict__["_values"] == other.__dict__["_values"])

    def __hash__(self) -> int:
        own = self.__dict__
        if "_hash" not in own:
            own["_hash"] = hash((type(self), own["_values"]))
        found: int = own["_hash"]
        return found

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.__dict__['_values']))})"


class Node(Frozen):
    """A part of a filter expression; `span` is where it stood in the source, as offsets (start, end)."""

    span: Span = noted(default=(0, 0), kw_only=True)


# Connectives


class And(Node):
    """True when every term is; terms are tried left to right."""

    terms: tuple[Node, ...]

    def __str__(self) -> str:
        return " and ".join(map(_grouped, self.terms))


class Or(Node):
    """True when any term is; terms are tried left to right."""

    terms: tuple[Node, ...]

    def __str__(self) -> str:
        return " or ".join(map(_grouped, self.terms))


class Not(Node):
    """True when its term is false."""

    term: Node

    def __str__(self) -> str:
        return f"not {_grouped(self.term)}"


def _grouped(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or) else str(node)


# Primitives made of qualifiers and an id


class Qualifiers(NamedTuple):
    """The words before an id: protocol, direction, type; None where nothing was written."""

    protocol: str | None = None
    direction: str | None = None
    type: str | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Id(Node):
    """What a primitive looks for."""


class IdNumber(Id):
    """A plain number."""

    value: int

    def __str__(self) -> str:
        return str(self.value)


class Dotted(Id):
    """Two to four numbers joined by dots."""

    text: str

    def __str__(self) -> str:
        return self.text


class DottedPrefix(Id):
    """address/length, IPv4."""

    text: str
    length: int

    def __str__(self) -> str:
        return f"{self.text}/{self.length}"


class DottedMask(Id):
    """address mask address, IPv4."""

    text: str
    mask: str

    def __str__(self) -> str:
        return f"{self.text} mask {self.mask}"


class Ipv6(Id):
    """An IPv6 address, or with `length` a prefix."""

    text: str
    length: int | None

    def __str__(self) -> str:
        return self.text if self.length is None else f"{self.text}/{self.length}"


class Mac(Id):
    """An Ethernet address, in any of its spellings."""

    text: str

    def __str__(self) -> str:
        return self.text


class Arcnet(Id):
    """An ARCnet address: $ and two hex digits."""

    text: str

    def __str__(self) -> str:
        return self.text


class Name(Id):
    """A name: of a service, a protocol, a host ..."""

    text: str

    def __str__(self) -> str:
        from lesson_engine.filters.lexer import is_plain_name

        return self.text if is_plain_name(self.text) else f"\\{self.text}"


class Address(Node):
    """Qualifiers and an id, such as `tcp dst port 80`.

    `qualifiers` is None where an id had none to inherit (such a tree does not compile). `inherited` says that
    the qualifiers were not written before this id but before an earlier one.
    """

    qualifiers: Qualifiers | None
    id: Id
    inherited: bool = noted(default=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.qualifiers} {self.id}" if self.qualifiers else str(self.id)


# Primitives that are words


class Protocol(Node):
    """A protocol's name alone: `tcp`, `ip6`, `stp` ..."""

    name: str

    def __str__(self) -> str:
        return self.name


class Cast(Node):
    """`broadcast` or `multicast`, of the link layer unless a protocol is named."""

    protocol: str | None
    kind: Literal["broadcast", "multicast"]

    def __str__(self) -> str:
        return f"{self.protocol} {self.kind}" if self.protocol else self.kind


class LengthLimit(Node):
    """`less N` (at most N bytes on the wire) or `greater N` (at least N)."""

    word: Literal["less", "greater"]
    limit: int

    def __str__(self) -> str:
        return f"{self.word} {self.limit}"


class ByteTest(Node):
    """`byte OFFSET OPERATOR VALUE`: one byte of the link layer."""

    offset: int
    operator: Literal["=", "<", ">", "&", "|"]
    value: int

    def __str__(self) -> str:
        return f"byte {self.offset} {self.operator} {self.value}"


class Bound(Node):
    """`inbound` or `outbound`: which way the packet passed the capturing host."""

    word: Literal["inbound", "outbound"]

    def __str__(self) -> str:
        return self.word


class InterfaceIndex(Node):
    """`ifindex N`."""

    index: int

    def __str__(self) -> str:
        return f"ifindex {self.index}"


class Tunnel(Node):
    """`vlan`, `mpls`, `pppoed`, `pppoes` or `geneve`, with the tag, label, session or VNI asked for, or None.

    All but `pppoed` move where the words after them look.
    """

    word: Literal["vlan", "mpls", "pppoed", "pppoes", "geneve"]
    number: int | None

    def __str__(self) -> str:
        return self.word if self.number is None else f"{self.word} {self.number}"


class Llc(Node):
    """`llc`, with the name of a PDU type or None."""

    type: str | None

    def __str__(self) -> str:
        return (
            f"llc {Name(self.type)}" if self.type and self.type != "rnr" else f"llc {self.type}" if self.type else "llc"
        )


class Foreign(Node):
    """A primitive for link types that are not covered here (802.11, ATM, SS7, OpenBSD's pf).

    `libpcap_text` is how libpcap refuses it on every link type that is.
    """

    text: str
    libpcap_text: str

    def __str__(self) -> str:
        return self.text


# Relations and arithmetic


class Arith(Node):
    """A number computed for each packet."""


class Number(Arith):
    """A constant, 32 bit unsigned."""

    value: int

    def __str__(self) -> str:
        return str(self.value)


class Length(Arith):
    """`len`: the packet's length on the wire."""

    def __str__(self) -> str:
        return "len"


class Accessor(Arith):
    """`protocol[index:size]`: 1, 2 or 4 bytes of a header, big endian."""

    protocol: str
    index: Arith
    size: int

    def __str__(self) -> str:
        return f"{self.protocol}[{self.index}]" if self.size == 1 else f"{self.protocol}[{self.index}:{self.size}]"


class Negative(Arith):
    """Minus a number, modulo 2**32."""

    operand: Arith

    def __str__(self) -> str:
        return f"-{_parenthesised(self.operand)}"


class Binary(Arith):
    """Two numbers and an operator, modulo 2**32."""

    operator: Operator
    left: Arith
    right: Arith

    def __str__(self) -> str:
        return f"{_parenthesised(self.left)} {self.operator} {_parenthesised(self.right)}"


def _parenthesised(node: Arith) -> str:
    return f"({node})" if isinstance(node, Binary | Negative) else str(node)


class Relation(Node):
    """Two numbers compared, both unsigned."""

    operator: Relational
    left: Arith
    right: Arith

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"


class Everything(Node):
    """The empty filter."""

    def __str__(self) -> str:
        return ""


def join(connective: type[And] | type[Or], left: Node, right: Node, span: Span) -> Node:
    """`left and right` or `left or right`, a run of one connective in one node."""
    terms: tuple[Node, ...] = ()
    for node in (left, right):
        terms += node.terms if isinstance(node, And | Or) and type(node) is connective else (node,)
    return connective(terms, span=span)
