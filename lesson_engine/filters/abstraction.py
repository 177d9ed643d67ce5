"""Programs as conditions on the cells of a frame.

Loads that overlap are cut into cells where any of them, or the mask of any of them, begins or ends; a
comparison becomes conditions on each of its cells. Two things are taken for freer than they are: what lies at
a computed place is taken not to overlap anything else, and a computed number to be independent of what it is
computed from. So the conditions cover every frame, and some combinations that no frame has: two programs never
told apart here are equivalent, while a difference counts only once a real frame shows it. Frames are whole:
`whole` says how long one must be for the headers it claims to have.

>>> from lesson_engine.filters.program import Compare, Constant, Load
>>> is_ip = Compare(Load(None, 12, 2), "=", Constant(0x0800))
>>> Abstraction([is_ip]).condition(is_ip).allowed
((2048, 2048),)
"""

from typing import NamedTuple, TypeAlias

from lesson_engine.filters.conditions import FALSE, TRUE, Cell, CellKind, Condition, Conditions
from lesson_engine.filters.nodes import Relational
from lesson_engine.filters.program import (
    All,
    Always,
    Calculation,
    Choice,
    Compare,
    Constant,
    Either,
    HeaderChain,
    Load,
    Negation,
    Test,
    Value,
    WireLength,
)
from lesson_engine.packets.fields import calculate

WORD = 0xFFFFFFFF
LONGEST = 65535 + 14
"""Bytes in the longest frame: the longest IP packet, and an Ethernet header."""

ALWAYS_PRESENT = 34
"""Bytes that every whole frame has: an Ethernet and an IPv4 header. All others need more."""

Region: TypeAlias = Value | None
"""Where loads are counted from: the frame's start, or a computed place."""


class Bits(NamedTuple):
    """The bits of a load that a mask keeps."""

    load: Load
    mask: int


class Abstraction:
    """The cells that some programs need, and their conditions on them."""

    def __init__(self, programs: list[Test]) -> None:
        self.conditions = Conditions()
        self._cells: dict[tuple[CellKind, Region | HeaderChain, int, int], Cell] = {}
        self._cuts: dict[Region, set[int]] = {}
        self._runs: dict[Bits, list[tuple[Cell, int]]] = {}
        self._tests: dict[Test, Condition] = {}
        for bits in _STRUCTURE:
            self._cut(bits)
        for program in programs:
            self._cut_test(program)

    # Cutting

    def _cut_test(self, test: Test) -> None:
        match test:
            case All(parts=parts) | Either(parts=parts):
                for part in parts:
                    self._cut_test(part)
            case Negation(part=part) | HeaderChain(carries=part):
                self._cut_test(part)
            case Compare(left=left, right=right):
                self._cut_value(folded(left))
                self._cut_value(folded(right))

    def _cut_value(self, value: Value) -> None:
        if (bits := as_bits(value)) is not None:
            self._cut(bits)
            value = bits.load
        match value:
            case Load(base=Value() as base, offset=offset):
                self._cut_value(base)
                if is_ipv4_payload(base):
                    self._cut(Bits(Load(None, offset + 9, 1), 0xFF))
                    self._cut(Bits(Load(None, offset + 6, 2), 0x1FFF))
            case Calculation(left=left, right=right):
                self._cut_value(left)
                self._cut_value(right)
            case Choice(test=test, then=then, otherwise=otherwise):
                self._cut_test(test)
                self._cut_value(then)
                self._cut_value(otherwise)

    def _cut(self, bits: Bits) -> None:
        load, mask = bits
        start, length = 8 * load.offset, 8 * load.size
        cuts = self._cuts.setdefault(load.base, set())
        cuts.update((start, start + length))
        if mask != (1 << length) - 1:
            kept = f"{mask:0{length}b}"
            cuts.update(start + place for place in range(1, length) if kept[place] != kept[place - 1])

    def cell(self, kind: CellKind, region: Region | HeaderChain, start: int, width: int) -> Cell:
        """The one cell of this description."""
        key = (kind, region, start, width)
        if (made := self._cells.get(key)) is None:
            made = self._cells[key] = Cell(len(self._cells), kind, region, start, width)
        return made

    def runs(self, bits: Bits) -> list[tuple[Cell, int]]:
        """The cells of some bits of a load, the high ones first, each with how far it is shifted left."""
        if (made := self._runs.get(bits)) is not None:
            return made
        load, mask = bits
        start, length = 8 * load.offset, 8 * load.size
        cuts = self._cuts[load.base]
        made = []
        begin = 0
        for place in range(1, length + 1):
            if place == length or start + place in cuts:
                shift = length - place
                if mask >> shift & 1:
                    made.append((self.cell("bits", load.base, start + begin, place - begin), shift))
                begin = place
        self._runs[bits] = made
        return made

    def length(self, region: Region) -> Cell:
        """The cell of the number of bytes behind the beginning of `region`."""
        return self.cell("length", region, 0, 17)

    # Conditions

    def condition(self, test: Test) -> Condition:
        """The condition that `test` is, over every frame (whole or not)."""
        if (made := self._tests.get(test)) is not None:
            return made
        match test:
            case All(parts=parts):
                made = self.conditions.every([self.condition(part) for part in parts])
            case Either(parts=parts):
                made = self.conditions.any_of([self.condition(part) for part in parts])
            case Negation(part=part):
                made = self.conditions.opposite(self.condition(part))
            case Always(truth=truth):
                made = TRUE if truth else FALSE
            case HeaderChain(carries=carries):
                cell = self.cell("chain", test, 0, 2)
                ends = self.conditions.guard(
                    self.conditions.one_of(cell, ((0, 1),)), self.conditions.one_of(cell, ((1, 1),))
                )
                made = self.conditions.every([self.condition(carries), ends])
            case Compare(left=left, relation=relation, right=right):
                left, right = folded(left), folded(right)
                made = self._compare(left, relation, right)
                for check in reversed([*self._checks(left), *self._checks(right)]):
                    made = self.conditions.guard(check, made)
            case _:
                raise TypeError(f"{type(test).__name__} is no test")
        self._tests[test] = made
        return made

    def _checks(self, value: Value) -> list[Condition]:
        """What must be true for `value` to exist, in the order in which it is found out."""
        match value:
            case Load(base=None, offset=offset, size=size):
                return [self.long_enough(None, offset + size)]
            case Load(base=Constant(number=base), offset=offset, size=size):
                return [self.long_enough(None, base + offset + size)]
            case Load(base=Value() as base, offset=offset, size=size):
                return [*self._checks(base), self.long_enough(base, offset + size)]
            case Calculation(operator=operator, left=left, right=right):
                checks = [*self._checks(left), *self._checks(right)]
                if operator in ("/", "%"):
                    checks.append(self._compare(right, "!=", Constant(0)))
                return checks
        # Of a Choice, the place where an encapsulated header starts, the test for the encapsulation has loaded all.
        return []

    def long_enough(self, region: Region, length: int) -> Condition:
        """The condition that at least `length` bytes lie behind the beginning of `region`."""
        if region is None and length <= ALWAYS_PRESENT:
            return TRUE
        cell = self.length(region)
        return self.conditions.one_of(cell, ((length, cell.full[0][1]),)) if length <= LONGEST else FALSE

    def _compare(self, left: Value, relation: Relational, right: Value) -> Condition:
        if isinstance(left, Constant):
            if isinstance(right, Constant):
                return TRUE if compares(left.number, relation, right.number) else FALSE
            left, right, relation = right, left, _MIRRORED[relation]
        if not isinstance(right, Constant):
            if relation in ("=", "!="):
                left, right = Calculation("-", *sorted((left, right), key=str)), Constant(0)
            else:
                # Whether one is below the other, as a number of one bit.
                below, otherwise = (left, right) if relation in ("<", ">=") else (right, left)
                cell = self.cell("calculation", Choice(Compare(below, "<", otherwise), Constant(1), Constant(0)), 0, 1)
                return self.conditions.one_of(cell, ((1, 1),) if relation in ("<", ">") else ((0, 0),))
        number = right.number
        runs, width = self._parts(left)
        match relation:
            case "=":
                return self._equal(runs, width, number)
            case "!=":
                return self.conditions.opposite(self._equal(runs, width, number))
            case "<=":
                return self._at_most(runs, width, number)
            case ">":
                return self.conditions.opposite(self._at_most(runs, width, number))
            case "<":
                return self._at_most(runs, width, number - 1) if number else FALSE
            case ">=":
                return self.conditions.opposite(self._at_most(runs, width, number - 1)) if number else TRUE

    def _parts(self, value: Value) -> tuple[list[tuple[Cell, int]], int]:
        """The cells a value is put together from, and its width in bits."""
        if (bits := as_bits(value)) is not None:
            return self.runs(bits), 8 * bits.load.size
        if isinstance(value, WireLength):
            return [(self.length(None), 0)], 17
        return [(self.cell("calculation", value, 0, 32), 0)], 32

    def _equal(self, runs: list[tuple[Cell, int]], width: int, number: int) -> Condition:
        parts = []
        rest = number
        for cell, shift in runs:
            part = number >> shift & (1 << cell.width) - 1
            rest ^= part << shift
            parts.append(self.conditions.one_of(cell, ((part, part),)))
        return self.conditions.every(parts) if not rest else FALSE

    def _at_most(self, runs: list[tuple[Cell, int]], width: int, number: int) -> Condition:
        """Compared from the high cells down; the bits that no cell has are 0."""
        steps: list[tuple[Cell, int]] = []
        above = max(width, number.bit_length())
        for cell, shift in runs:
            if number >> shift + cell.width & (1 << above - shift - cell.width) - 1:
                break
            steps.append((cell, number >> shift & (1 << cell.width) - 1))
            above = shift
        made = TRUE
        for cell, part in reversed(steps):
            below = self.conditions.one_of(cell, ((0, part - 1),)) if part else FALSE
            made = self.conditions.any_of(
                [below, self.conditions.every([self.conditions.one_of(cell, ((part, part),)), made])]
            )
        return made

    # Whole frames

    def whole(self) -> Condition:
        """The condition that a frame is as long as the headers it says it has, where any length is asked for."""
        found = [
            self._whole_from(region)
            for kind, region, _, _ in list(self._cells)
            if kind == "length" and not isinstance(region, HeaderChain)
        ]
        return self.conditions.every(found)

    def _whole_from(self, region: Region) -> Condition:
        if region is None:
            return self._whole_frame(12, 2)
        if not is_ipv4_payload(region):
            return self._at_least(self.length(region), 0)
        network = 0
        match region:
            case Calculation(left=Calculation(left=Load(offset=offset))):
                network = offset
        return self._whole_ipv4(self.length(region), network, network)

    def _whole_frame(self, type_offset: int, tags: int) -> Condition:
        kind, network = Load(None, type_offset, 2), type_offset + 2
        length = self.length(None)
        known = [*_ARP_TYPES, *_TUNNEL_TYPES, 0x0800, 0x86DD]
        parts = [
            self._under(kind, (0x0800,), self._whole_ipv4(length, network + 20, network)),
            self._under(kind, _ARP_TYPES, self._at_least(length, network + 28)),
            self._under(kind, (0x86DD,), self._whole_ipv6(length, network)),
            self._under(kind, _TUNNEL_TYPES, self._at_least(length, 100)),
        ]
        if tags:
            known += _TAG_TYPES
            parts.append(self._under(kind, _TAG_TYPES, self._whole_frame(type_offset + 4, tags - 1)))
        return self.conditions.every([*parts, self._unless(kind, tuple(known), self._at_least(length, 60))])

    def _whole_ipv4(self, length: Cell, payload: int, network: int) -> Condition:
        protocol, fragment = Load(None, network + 9, 1), Calculation("&", Load(None, network + 6, 2), Constant(0x1FFF))
        first = self._compare(fragment, "=", Constant(0))
        parts = [
            self._under(protocol, (number,), self._at_least(length, payload + size))
            for number, size in _SHORTEST.items()
        ]
        either = self.conditions.any_of([self.conditions.opposite(first), self.conditions.every(parts)])
        return self.conditions.every([self._at_least(length, payload), either])

    def _whole_ipv6(self, length: Cell, network: int) -> Condition:
        following, payload = Load(None, network + 6, 1), network + 40
        return self.conditions.every(
            [
                self._at_least(length, payload),
                self._under(following, (44, 58), self._at_least(length, payload + 8)),
                *[
                    self._under(following, (number,), self._at_least(length, payload + size))
                    for number, size in _SHORTEST.items()
                ],
            ]
        )

    def _at_least(self, length: Cell, number: int) -> Condition:
        return self.conditions.one_of(length, ((number, LONGEST),))

    def _under(self, load: Load, numbers: tuple[int, ...], then: Condition) -> Condition:
        return self.conditions.any_of([self.conditions.opposite(self._is_any(load, numbers)), then])

    def _unless(self, load: Load, numbers: tuple[int, ...], then: Condition) -> Condition:
        return self.conditions.any_of([self._is_any(load, numbers), then])

    def _is_any(self, load: Load, numbers: tuple[int, ...]) -> Condition:
        return self.conditions.any_of([self._compare(load, "=", Constant(number)) for number in numbers])


_MIRRORED: dict[Relational, Relational] = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_TAG_TYPES = (0x8100, 0x88A8, 0x9100)
_TUNNEL_TYPES = (0x8847, 0x8848, 0x8863, 0x8864)
_ARP_TYPES = (0x0806, 0x8035)
_SHORTEST = {1: 8, 6: 20, 17: 8, 132: 12}
"""The shortest header, in bytes, of ICMP, TCP, UDP and SCTP."""
_STRUCTURE = [
    Bits(Load(None, network + offset, size), mask)
    for network in (14, 18, 22)
    for offset, size, mask in ((-2, 2, 0xFFFF), (6, 1, 0xFF), (9, 1, 0xFF), (6, 2, 0x1FFF))
]
"""What `whole` looks at, behind no tag, one and two."""


def as_bits(value: Value) -> Bits | None:
    """The load, and the mask on it, that `value` is; None if it is anything else."""
    match value:
        case Load(base=Constant(number=base), offset=offset, size=size):
            return Bits(Load(None, base + offset, size), (1 << 8 * size) - 1)
        case Load(size=size):
            return Bits(value, (1 << 8 * size) - 1)
        case (
            Calculation(operator="&", left=inner, right=Constant(number=mask))
            | Calculation(operator="&", left=Constant(number=mask), right=inner)
        ):
            bits = as_bits(inner)
            return bits and Bits(bits.load, bits.mask & mask)
    return None


def is_ipv4_payload(base: Value) -> bool:
    """Whether `base` is the length of an IPv4 header, (version and length & 15) << 2."""
    match base:
        case Calculation(
            operator="<<",
            left=Calculation(operator="&", left=Load(base=None, size=1), right=Constant(number=15)),
            right=Constant(number=2),
        ):
            return True
    return False


def folded(value: Value) -> Value:
    """`value` with what is the same for every packet computed."""
    match value:
        case Calculation(operator=operator, left=left, right=right):
            left, right = folded(left), folded(right)
            match left, right:
                case Constant(number=first), Constant(number=second) if second or operator not in ("/", "%"):
                    return Constant(calculate(operator)(first, second) & WORD)
            return Calculation(operator, left, right)
        case Load(base=Value() as base, offset=offset, size=size):
            return Load(folded(base), offset, size)
    return value


def compares(left: int, relation: Relational, right: int) -> bool:
    """Whether two numbers stand in a relation."""
    match relation:
        case "=":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
    return left >= right
