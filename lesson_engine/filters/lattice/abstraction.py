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

from typing import TypeAlias

from lesson_engine.filters.evaluate import RELATIONS
from lesson_engine.filters.lattice.conditions import FALSE, LONGEST, TRUE, Cell, CellKind, Condition, Conditions
from lesson_engine.filters.lattice.solving import Bits, as_bits, folded, inverse, related
from lesson_engine.filters.lattice.valuesets import ValueSet, contains, from_intervals, meet
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
from lesson_engine.packets.fields import WORD, calculate

ALWAYS_PRESENT = 14
"""Bytes that every whole frame has: an Ethernet header."""

ENUMERATED = 8
"""Bits of cells whose every combination of values is tried for a computed number."""

Region: TypeAlias = Value | None
"""Where loads are counted from: the frame's start, or a computed place."""


class Abstraction:
    """The cells that some programs need, and their conditions on them."""

    def __init__(self, programs: list[Test]) -> None:
        self.conditions = Conditions()
        self._cells: dict[tuple[CellKind, Region | HeaderChain, int, int], Cell] = {}
        self._cuts: dict[Region, set[int]] = {}
        self._runs: dict[Bits, list[tuple[Cell, int]]] = {}
        self._tests: dict[Test, Condition] = {}
        self.types: dict[int, set[int]] = {}
        """The Ethernet types that programs ask for, by where."""
        for program in programs:
            self._cut_test(program)
        self._cut_headers(12)

    # Cutting

    def _cut_test(self, test: Test) -> None:
        match test:
            case All(parts=parts) | Either(parts=parts):
                for part in parts:
                    self._cut_test(part)
            case Negation(part=part) | HeaderChain(carries=part):
                self._cut_test(part)
            case Compare(left=left, right=right):
                match left, right:
                    case Load(base=None, offset=offset, size=2), Constant(number=number):
                        self.types.setdefault(offset, set()).add(number)
                self._cut_value(folded(left))
                self._cut_value(folded(right))

    def _cut_headers(self, type_offset: int) -> None:
        """Cut what `whole` looks at."""
        asked = self.types.get(type_offset, set())
        network = type_offset + 2
        self._cut(Bits(Load(None, type_offset, 2), 0xFFFF))
        self._cut_ip(network)
        if asked & TAG_TYPES:
            self._cut_headers(type_offset + 4)
        if PPPOE in asked:
            self._cut(Bits(Load(None, network + 6, 2), 0xFFFF))
            self._cut_ip(network + 8)
        if MPLS in asked:
            self._cut(Bits(Load(None, network + 2, 1), 1))
            self._cut(Bits(Load(None, network + 4, 1), 0xF0))
            self._cut_ip(network + 4)

    def _cut_ip(self, network: int) -> None:
        for offset, size, mask in ((6, 1, 0xFF), (9, 1, 0xFF), (6, 2, 0x1FFF)):
            self._cut(Bits(Load(None, network + offset, size), mask))

    def _cut_value(self, value: Value) -> None:
        if (bits := as_bits(value)) is not None:
            self._cut(bits)
            value = bits.load
        match value:
            case Load(base=Value() as base):
                self._cut_value(base)
                if is_ipv4_payload(base):
                    network = ipv4_header(base)
                    self._cut(Bits(Load(None, network - 2, 2), 0xFFFF))
                    self._cut(Bits(Load(None, network - 6, 2), 0xFFFF))
                    self._cut_ip(network)
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

    def is_cut(self, region: Region, place: int) -> bool:
        """Whether a cell begins at this bit."""
        return place in self._cuts[region]

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
        made = []
        begin = 0
        for place in range(1, length + 1):
            if place == length or self.is_cut(load.base, start + place):
                shift = length - place
                if mask >> shift & (1 << place - begin) - 1:
                    made.append((self.cell("bits", load.base, start + begin, place - begin), shift))
                begin = place
        self._runs[bits] = made
        return made

    def keeps_cells(self, bits: Bits) -> bool:
        """Whether the mask keeps all or nothing of each cell, as all masks do that are in a program."""
        return all(
            bits.mask >> shift & (1 << cell.width) - 1 == (1 << cell.width) - 1 for cell, shift in self.runs(bits)
        )

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
                made = self.conditions.every([self.condition(carries), self._chain(test)])
            case Compare(left=left, relation=relation, right=right):
                made = self._relation(folded(left), relation, folded(right))
            case _:
                raise TypeError(f"{type(test).__name__} is no test")
        self._tests[test] = made
        return made

    def _chain(self, chain: HeaderChain) -> Condition:
        cell = self.cell("chain", chain, 0, 2)
        return self.conditions.guard(self.conditions.one_of(cell, ((0, 1),)), self.conditions.one_of(cell, ((1, 1),)))

    def _relation(self, left: Value, relation: Relational, right: Value) -> Condition:
        """The comparison, and that there is what it compares."""
        made = self._compare(left, relation, right)
        for check in reversed([*self._checks(left), *self._checks(right)]):
            made = self.conditions.guard(check, made)
        return made

    def _checks(self, value: Value) -> list[Condition]:
        """What must be true for `value` to exist, in the order in which it is found out."""
        match value:
            case Load(base=None, offset=offset, size=size):
                return [self.long_enough(None, offset + size)]
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
            left, right, relation = right, left, _MIRRORED[relation]
        if isinstance(left, Constant) and isinstance(right, Constant):
            return TRUE if RELATIONS[relation](left.number, right.number) else FALSE
        if isinstance(right, Constant):
            return self._among(left, related(relation, right.number))
        if relation in ("=", "!="):
            left, right = sorted((left, right), key=str)
            return self._among(Calculation("-", left, right), related(relation, 0))
        # Whether one is below the other is a number too, of one bit.
        below, above = (left, right) if relation in ("<", ">=") else (right, left)
        order = Choice(Compare(below, "<", above), Constant(1), Constant(0))
        return self._among(order, ((1, 1),) if relation in ("<", ">") else ((0, 0),))

    def _among(self, value: Value, numbers: ValueSet) -> Condition:
        """The condition that `value` is one of `numbers`."""
        if (bits := as_bits(value)) is not None and self.keeps_cells(bits):
            return self._within(self.runs(bits), 8 * bits.load.size, numbers)
        if isinstance(value, WireLength):
            return self._within([(self.length(None), 0)], 17, numbers)
        if isinstance(value, Constant):
            return TRUE if contains(numbers, value.number) else FALSE
        if (inverted := inverse(value, numbers)) is not None:
            return self._among(*inverted)
        cells = self._cells_of(value)
        if cells is not None and sum(cell.width for cell in cells) <= ENUMERATED:
            return self._enumerated(value, numbers, cells, {})
        return self._beyond(value, numbers)

    def _beyond(self, value: Value, numbers: ValueSet) -> Condition:
        """A number computed from too much to list the cases: taken to be independent of everything else."""
        width = 1 if isinstance(value, Choice) else 32
        cell = self.cell("calculation", value, 0, width)
        return self.conditions.one_of(cell, meet(numbers, cell.full))

    def _cells_of(self, value: Value) -> list[Cell] | None:
        """The cells `value` is computed from, or None if there is more to it than cells of bits."""
        if (bits := as_bits(value)) is not None:
            return [cell for cell, _ in self.runs(bits)]
        match value:
            case Constant():
                return []
            case WireLength():
                return [self.length(None)]
            case Calculation(left=left, right=right) | Choice(test=Compare(left=left, right=right)):
                first, second = self._cells_of(left), self._cells_of(right)
                return None if first is None or second is None else list(dict.fromkeys(first + second))
        return None

    def _enumerated(self, value: Value, numbers: ValueSet, cells: list[Cell], known: dict[Cell, int]) -> Condition:
        """Every value of every cell tried."""
        if not cells:
            result = self._computed(value, known)
            # A division by zero has been guarded against.
            return TRUE if result is not None and contains(numbers, result) else FALSE
        cell, *others = cells
        self.conditions.visited += 1 << cell.width
        outcomes: dict[Condition, list[tuple[int, int]]] = {}
        for number in range(1 << cell.width):
            outcome = self._enumerated(value, numbers, others, known | {cell: number})
            outcomes.setdefault(outcome, []).append((number, number))
        return self.conditions.any_of(
            self.conditions.every([self.conditions.one_of(cell, from_intervals(values)), outcome])
            for outcome, values in outcomes.items()
        )

    def _computed(self, value: Value, known: dict[Cell, int]) -> int | None:
        """The number `value` is when all its cells are known; None if it divides by zero."""
        if (bits := as_bits(value)) is not None:
            return sum(known[cell] << shift for cell, shift in self.runs(bits)) & bits.mask
        match value:
            case Constant(number=number):
                return number
            case WireLength():
                return known[self.length(None)]
            case Calculation(operator=operator, left=left, right=right):
                first, second = self._computed(left, known), self._computed(right, known)
                if first is None or second is None or (operator in ("/", "%") and not second):
                    return None
                return calculate(operator)(first, second) & WORD
            case Choice(test=Compare(left=left, right=right)):
                first, second = self._computed(left, known), self._computed(right, known)
                return None if first is None or second is None else int(first < second)
        raise TypeError(f"{type(value).__name__} has cells that are not known")

    def _within(self, runs: list[tuple[Cell, int]], width: int, numbers: ValueSet) -> Condition:
        parts = []
        for low, high in numbers:
            if low == high:
                parts.append(self._equal(runs, low))
                continue
            at_most = self._at_most(runs, width, high)
            less = self._at_most(runs, width, low - 1) if low else FALSE
            parts.append(self.conditions.every([self.conditions.opposite(less), at_most]))
        return self.conditions.any_of(parts)

    def _equal(self, runs: list[tuple[Cell, int]], number: int) -> Condition:
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
            return self._whole_frame(12)
        if not is_ipv4_payload(region):
            return self._at_least(self.length(region), 0)
        network = ipv4_header(region)
        is_ipv4 = [self._is_any(Load(None, network - 2, 2), (0x0800, _PPP_IPV4))]
        if self._asks_for(MPLS):
            is_ipv4.append(self._is_any(Load(None, network - 6, 2), (MPLS,)))
        whole = self._whole_ipv4(self.length(region), network, network)
        return self.conditions.any_of([self.conditions.opposite(self.conditions.any_of(is_ipv4)), whole])

    def _asks_for(self, ether_type: int) -> bool:
        return any(ether_type in asked for asked in self.types.values())

    def _whole_frame(self, type_offset: int) -> Condition:
        """Of a type that no program asks for, nothing more is known than of any other."""
        kind, network = Load(None, type_offset, 2), type_offset + 2
        length = self.length(None)
        asked = self.types.get(type_offset, set())
        parts = [
            self._at_least(length, network),
            self._under_range(kind, ((0, _LONGEST_802_3),), self._at_least(length, network + 3)),
            self._under(kind, (0x0800,), self._whole_ipv4(length, network + 20, network)),
            self._under(kind, (0x86DD,), self._whole_ipv6(length, network)),
            self._under(kind, _ARP_TYPES, self._at_least(length, network + 28)),
        ]
        if asked & TAG_TYPES:
            parts.append(self._under(kind, tuple(TAG_TYPES), self._whole_frame(type_offset + 4)))
        if asked & {PPPOE, _PPPOE_DISCOVERY}:
            parts.append(self._under(kind, (PPPOE, _PPPOE_DISCOVERY), self._at_least(length, network + 6)))
        if PPPOE in asked:
            protocol, inside = Load(None, network + 6, 2), network + 8
            parts.append(self._under(kind, (PPPOE,), self._at_least(length, inside)))
            parts += [
                self._under(kind, (PPPOE,), self._under(protocol, (number,), whole))
                for number, whole in self._whole_ip(_PPP_IPV4, _PPP_IPV6, length, inside)
            ]
        if MPLS in asked:
            parts.append(self._under(kind, (MPLS,), self._at_least(length, network + 4)))
            version, inside = Calculation("&", Load(None, network + 4, 1), Constant(0xF0)), network + 4
            last = self._among(Calculation("&", Load(None, network + 2, 1), Constant(1)), ((1, 1),))
            parts += [
                self.conditions.any_of(
                    [
                        self.conditions.opposite(last),
                        self._under(kind, (MPLS,), self._under(version, (number,), whole)),
                    ]
                )
                for number, whole in self._whole_ip(0x40, 0x60, length, inside)
            ]
        return self.conditions.every(parts)

    def _whole_ip(self, ipv4: int, ipv6: int, length: Cell, network: int) -> list[tuple[int, Condition]]:
        return [(ipv4, self._whole_ipv4(length, network + 20, network)), (ipv6, self._whole_ipv6(length, network))]

    def _whole_ipv4(self, length: Cell, payload: int, network: int) -> Condition:
        protocol, fragment = Load(None, network + 9, 1), Calculation("&", Load(None, network + 6, 2), Constant(0x1FFF))
        first = self._among(fragment, ((0, 0),))
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

    def _under(self, load: Value, numbers: tuple[int, ...], then: Condition) -> Condition:
        return self._under_range(load, from_intervals([(number, number) for number in numbers]), then)

    def _under_range(self, load: Value, numbers: ValueSet, then: Condition) -> Condition:
        return self.conditions.any_of([self.conditions.opposite(self._among(load, numbers)), then])

    def _is_any(self, load: Value, numbers: tuple[int, ...]) -> Condition:
        return self._among(load, from_intervals([(number, number) for number in numbers]))


_MIRRORED: dict[Relational, Relational] = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
TAG_TYPES = frozenset((0x8100, 0x88A8, 0x9100))
PPPOE, MPLS = 0x8864, 0x8847
_PPPOE_DISCOVERY = 0x8863
_LONGEST_802_3 = 1500
_PPP_IPV4, _PPP_IPV6 = 0x21, 0x57
_ARP_TYPES = (0x0806, 0x8035)
_SHORTEST = {1: 8, 2: 8, 6: 20, 17: 8, 132: 12}
"""The shortest header, in bytes, of ICMP, IGMP, TCP, UDP and SCTP."""


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


def ipv4_header(base: Value) -> int:
    """Where the IPv4 header is whose length is `base`."""
    match base:
        case Calculation(left=Calculation(left=Load(offset=offset))):
            return offset
    raise ValueError(f"{base} is not the length of an IPv4 header")
