"""Programs as conditions on cells that are all that they are: what `abstraction` takes for free is bound here.

Every byte is a cell of its own at least, what lies at a computed place waits until the place is known, and a
computed number until it depends on little enough to list the cases. So no combination is considered that no
frame has; but there are many more of them, and those of wide numbers can only be sampled. It is used where
the abstraction tells two filters apart and no frame was found that shows it.

>>> from lesson_engine.filters.program import Calculation, Compare, Constant, Load
>>> length = Calculation("<<", Calculation("&", Load(None, 14, 1), Constant(15)), Constant(2))
>>> port_is_80 = Compare(Load(length, 14, 2), "=", Constant(80))
>>> waiting = Concretion([port_is_80]).condition(port_is_80).part
>>> (words,) = waiting.cells
>>> waiting.settle(words, 5).part.parts[1]
<bits None 280+8> in ((80, 80),)
"""

from lesson_engine.filters.lattice.abstraction import ENUMERATED, Abstraction, Region
from lesson_engine.filters.lattice.conditions import Cell, Condition
from lesson_engine.filters.lattice.solving import as_bits, folded, inverse
from lesson_engine.filters.lattice.valuesets import ValueSet
from lesson_engine.filters.nodes import Relational
from lesson_engine.filters.program import (
    Calculation,
    Choice,
    Compare,
    Constant,
    HeaderChain,
    Load,
    Test,
    Value,
    WireLength,
)

_EFFORT = 50
"""What it takes to make a condition anew, in parts of conditions looked at."""

_SAMPLED_HEADERS = (0, 43, 44, 60)
"""IPv6 extension headers that a `protochain` is followed through, one and 8 bytes long."""


class Concretion(Abstraction):
    """The cells that some programs need, none overlapping, and their conditions on them.

    `sampled` says that some condition was made from a sample of the cases.
    """

    def __init__(self, programs: list[Test]) -> None:
        super().__init__(programs)
        self.sampled = False
        self._anywhere = {cut % 8 for region, cuts in self._cuts.items() if region is not None for cut in cuts} | {0}

    def is_cut(self, region: Region, place: int) -> bool:
        """What is cut in some byte at a computed place may be any byte."""
        return place % 8 in self._anywhere or super().is_cut(region, place)

    def _relation(self, left: Value, relation: Relational, right: Value) -> Condition:
        return self._placed(Compare(left, relation, right), {})

    def _placed(self, test: Compare, known: dict[Cell, int]) -> Condition:
        """The comparison, once the places of its loads are known."""
        self.conditions.visited += _EFFORT
        left, right = self._with(test.left, known), self._with(test.right, known)
        base = _first_base(left) or _first_base(right)
        if base is None:
            return super()._relation(left, test.relation, right)
        cells = self._cells_of(base)
        unknown = [cell for cell in cells or () if cell not in known]
        if not unknown:
            self.sampled = True
            return super()._relation(left, test.relation, right)
        made = self.conditions.deferred(
            unknown, lambda cell, number: self._placed(test, known | {cell: number}), (test, frozenset(known.items()))
        )
        for check in reversed(self._checks(base)):
            made = self.conditions.guard(check, made)
        return made

    def _with(self, value: Value, known: dict[Cell, int]) -> Value:
        """`value` with the cells that are known put in."""
        if (bits := as_bits(value)) is not None and bits.load.base is None:
            runs = self.runs(bits)
            if all(cell in known for cell, _ in runs):
                return Constant(sum(known[cell] << shift for cell, shift in runs) & bits.mask)
            return value
        match value:
            case Calculation(operator=operator, left=left, right=right):
                made = folded(Calculation(operator, self._with(left, known), self._with(right, known)))
            case Load(base=Value() as base, offset=offset, size=size):
                made = folded(Load(self._with(base, known), offset, size))
            case WireLength() if (length := self.length(None)) in known:
                return Constant(known[length])
            case Choice(test=Compare(left=left, relation=relation, right=right), then=then, otherwise=otherwise):
                made = Choice(Compare(self._with(left, known), relation, self._with(right, known)), then, otherwise)
            case _:
                return value
        # A load whose place has just been found may be of cells that are known.
        return value if made == value else self._with(made, known)

    def _beyond(self, value: Value, numbers: ValueSet) -> Condition:
        return self._listed(value, numbers, {})

    def _listed(self, value: Value, numbers: ValueSet, known: dict[Cell, int]) -> Condition:
        """The condition that `value` is one of `numbers`, once enough is known to list the cases."""
        self.conditions.visited += _EFFORT
        value = self._with(value, known)
        bits = as_bits(value)
        if isinstance(value, Constant) or (bits and self.keeps_cells(bits)) or inverse(value, numbers) is not None:
            return self._among(value, numbers)
        cells = self._cells_of(value)
        if cells is None:
            self.sampled = True
            return super()._beyond(value, numbers)
        unknown = [cell for cell in cells if cell not in known]
        if sum(cell.width for cell in unknown) <= ENUMERATED:
            return self._enumerated(value, numbers, unknown, known)
        return self.conditions.deferred(
            unknown,
            lambda cell, number: self._listed(value, numbers, known | {cell: number}),
            (value, numbers, frozenset(known.items())),
        )

    def _chain(self, chain: HeaderChain) -> Condition:
        self.sampled = True
        following = Load(None, chain.offset + (9 if chain.version == 4 else 6), 1)
        wanted = ((chain.protocol, chain.protocol),)
        direct = self._among(following, wanted)
        if chain.version == 4:
            return direct
        extension = chain.offset + 40
        behind = [self._is_any(following, _SAMPLED_HEADERS)]
        behind += [self._among(Load(None, extension + 1, 1), ((0, 0),))]
        behind += [self._among(Load(None, extension, 1), wanted), self.long_enough(None, extension + 8)]
        return self.conditions.any_of([direct, self.conditions.every(behind)])

    def _whole_ipv4(self, length: Cell, payload: int, network: int) -> Condition:
        """As long as the header's own length says."""
        options = Calculation("&", Load(None, network, 1), Constant(15))
        return self.conditions.every(
            self.conditions.any_of(
                [
                    self.conditions.opposite(self._among(options, ((words, words),))),
                    super(Concretion, self)._whole_ipv4(length, payload + 4 * max(0, words - 5), network),
                ]
            )
            for words in range(16)
        )


def _first_base(value: Value) -> Value | None:
    """The first computed place of a load in `value` that depends on no other one."""
    match value:
        case Load(base=None) | Load(base=Constant()):
            return None
        case Load(base=Value() as base):
            return _first_base(base) or base
        case Calculation(left=left, right=right) | Choice(test=Compare(left=left, right=right)):
            return _first_base(left) or _first_base(right)
    return None
