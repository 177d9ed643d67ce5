"""What a computed number says of what it is computed from: arithmetic on values of programs, undone.

>>> _, numbers = inverse(Calculation("-", Load(None, 16, 2), Constant(20)), ((40, 60),))
>>> numbers
((60, 80),)
>>> bits, numbers = solved(Calculation(">>", Load(None, 46, 1), Constant(4)), ((5, 5),))
>>> print(bits.load, numbers)
[46:1] ((80, 95),)
"""

from typing import NamedTuple

from lesson_engine.filters.lattice.valuesets import ValueSet, contains, from_intervals, meet, minus
from lesson_engine.filters.nodes import Relational
from lesson_engine.filters.program import Calculation, Choice, Compare, Constant, Load, Value
from lesson_engine.packets.fields import WORD, calculate

EVERY_NUMBER: ValueSet = ((0, WORD),)


class Bits(NamedTuple):
    """The bits of a load that a mask keeps."""

    load: Load
    mask: int


def as_bits(value: Value) -> Bits | None:
    """The load, and the mask on it, that `value` is; None if it is anything else."""
    match value:
        case Load(size=size):
            return Bits(value, (1 << 8 * size) - 1)
        case (
            Calculation(operator="&", left=inner, right=Constant(number=mask))
            | Calculation(operator="&", left=Constant(number=mask), right=inner)
        ):
            bits = as_bits(inner)
            return bits and Bits(bits.load, bits.mask & mask)
    return None


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
            base = folded(base)
            return Load(None, base.number + offset, size) if isinstance(base, Constant) else Load(base, offset, size)
    return value


def related(relation: Relational, number: int) -> ValueSet:
    """The 32-bit numbers that stand in `relation` to `number`."""
    equal, above = ((number, number),), ((number, WORD),)
    match relation:
        case "=":
            return equal
        case "!=":
            return minus(EVERY_NUMBER, equal)
        case ">=":
            return above
        case "<":
            return minus(EVERY_NUMBER, above)
        case ">":
            return minus(above, equal)
    return minus(EVERY_NUMBER, minus(above, equal))


def inverse(value: Value, numbers: ValueSet) -> tuple[Value, ValueSet] | None:
    """An operand of `value` and what it must be for `value` to be one of `numbers`; None if that is not simple."""
    match value:
        case (
            Calculation(operator="+", left=inner, right=Constant(number=number))
            | Calculation(operator="+", left=Constant(number=number), right=inner)
        ):
            return inner, _moved(numbers, -number)
        case Calculation(operator="-", left=inner, right=Constant(number=number)):
            return inner, _moved(numbers, number)
        case Calculation(operator="-", left=Constant(number=number), right=inner):
            return inner, _moved(from_intervals([(WORD - high, WORD - low) for low, high in numbers]), number + 1)
        case Calculation(operator=">>", left=inner, right=Constant(number=number)) if number < 32:
            top = WORD >> number
            kept = meet(numbers, ((0, top),))
            return inner, tuple((low << number, (high << number) + (1 << number) - 1) for low, high in kept)
        case Calculation(operator="<<", left=inner, right=Constant(number=number)) if number < 32 and (
            widest(inner) << number <= WORD
        ):
            multiples = [(-(-low >> number), high >> number) for low, high in numbers]
            return inner, from_intervals([(low, high) for low, high in multiples if low <= high])
    return None


def _moved(numbers: ValueSet, by: int) -> ValueSet:
    """`numbers` with `by` added to each, modulo 2**32."""
    found = []
    for low, high in numbers:
        low, high = low + by & WORD, high + by & WORD
        found += [(low, high)] if low <= high else [(low, WORD), (0, high)]
    return from_intervals(found)


def widest(value: Value) -> int:
    """A number that `value` never exceeds."""
    bits = as_bits(value)
    return WORD if bits is None else bits.mask


def solved(value: Value, numbers: ValueSet) -> tuple[Bits, ValueSet] | None:
    """The one load that `value` is computed from and what it must be, for `value` to be one of `numbers`.

    None if there are more, or none, or the arithmetic cannot be undone.
    """
    match value:
        case Choice(test=Compare(left=left, relation=relation, right=Constant(number=number))):
            # Whether one number is below another, as `abstraction` puts it: 1 or 0.
            holds = related(relation, number)
            return solved(left, holds if contains(numbers, 1) else minus(EVERY_NUMBER, holds))
        case Choice(test=Compare(left=Constant() as left, relation="<", right=right)):
            return solved(Choice(Compare(right, ">", left), Constant(1), Constant(0)), numbers)
    if (bits := as_bits(value)) is not None:
        return bits, numbers
    inverted = inverse(value, numbers)
    return inverted and solved(*inverted)


def loads(value: Value) -> list[Bits]:
    """The loads that `value` is computed from, with their masks; those that only say where others are, not."""
    if (bits := as_bits(value)) is not None:
        return [bits]
    match value:
        case Calculation(left=left, right=right) | Choice(test=Compare(left=left, right=right)):
            return [*loads(left), *loads(right)]
    return []
