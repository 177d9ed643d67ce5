"""What a filter asks of a packet's bytes: tests over loads, constants and the packet's length.

This is what a syntax tree becomes for one link type (`meaning`), what both carriers evaluate (`evaluate`), and
what the lattice looks into. Values are unsigned, 32 bit; loads are big endian. The order of parts is the order
of evaluation, and matters: a load beyond the captured bytes, or a division by zero, ends the evaluation, and
the packet does not match whatever stands around it. Nodes are frozen, hashable and equal by value, so a
carrier may keep what it computed for one. Model: the machine of the BSD packet filter, bpf(4).

>>> ip = Compare(Load(None, 12, 2), "=", Constant(0x0800))
>>> print(All((ip, Negation(Compare(Load(None, 23, 1), "=", Constant(6))))))
[12:2] = 0x800 and not [23:1] = 0x6
"""

from typing import Literal, NamedTuple

from lesson_engine.filters.nodes import Frozen, Operator, Relational, noted


class Field(NamedTuple):
    """The header field that a load reads: its name, its length in bytes, and how many of them lie before the load."""

    name: str
    length: int
    before: int = 0


class Value(Frozen):
    """A 32-bit unsigned number of one packet."""


class Constant(Value):
    """The same number for every packet."""

    number: int

    def __str__(self) -> str:
        return hex(self.number)


class WireLength(Value):
    """The packet's original length."""

    def __str__(self) -> str:
        return "len"


class Load(Value):
    """`size` bytes (1, 2 or 4) at `base` + `offset`, big endian; `base` None is the start of the frame.

    The sum is not reduced modulo 2**32: a "negative" base lies beyond the captured bytes.
    """

    base: Value | None
    offset: int
    size: int

    def __str__(self) -> str:
        return f"[{self.offset}:{self.size}]" if self.base is None else f"[({self.base}) + {self.offset}:{self.size}]"


class Calculation(Value):
    """Two values and an operator, modulo 2**32. A shift by 32 or more gives 0."""

    operator: Operator
    left: Value
    right: Value

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"


class Choice(Value):
    """One of two values, by a test: where an encapsulated header starts."""

    test: "Test"
    then: Value
    otherwise: Value

    def __str__(self) -> str:
        return f"({self.then} if {self.test} else {self.otherwise})"


class Test(Frozen):
    """True or false of one packet, or neither where its bytes end too early."""

    __test__ = False  # not a test case, whatever its name suggests to pytest


class Always(Test):
    """The same for every packet, without a load."""

    truth: bool

    def __str__(self) -> str:
        return str(self.truth).lower()


class Compare(Test):
    """Two values compared; the left one is computed first. `field` is what is read, for explanations; `is_relation`
    says that the comparison itself was written, as in `ip[9] = 17`, and not a primitive that means one."""

    left: Value
    relation: Relational
    right: Value
    field: Field | None = noted(default=None, kw_only=True)
    is_relation: bool = noted(default=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


class HeaderChain(Test):
    """`protochain`: an IP packet (as `carries` tells) whose chain of headers from `offset` on has `protocol`.

    IPv6: hop-by-hop, routing, fragment and destination options, and AH; IPv4: AH alone. As libpcap 1.10 reads
    it, an AH header sets the position to its own length instead of adding it.
    """

    carries: Test
    version: Literal[4, 6]
    offset: int
    protocol: int

    def __str__(self) -> str:
        return f"{self.carries} and chain from {self.offset} has {self.protocol}"


class All(Test):
    """True when every part is; the first that is not decides."""

    parts: tuple[Test, ...]

    def __str__(self) -> str:
        return " and ".join(f"({part})" if isinstance(part, Either) else str(part) for part in self.parts)


class Either(Test):
    """True when any part is; the first that is decides."""

    parts: tuple[Test, ...]

    def __str__(self) -> str:
        return " or ".join(f"({part})" if isinstance(part, All) else str(part) for part in self.parts)


class Negation(Test):
    """True when its part is false."""

    part: Test

    def __str__(self) -> str:
        return f"not ({self.part})" if isinstance(self.part, All | Either) else f"not {self.part}"
