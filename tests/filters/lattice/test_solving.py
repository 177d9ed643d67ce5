"""Arithmetic undone, against trying every number."""

import pytest

from lesson_engine.filters.evaluate import number
from lesson_engine.filters.lattice.solving import as_bits, folded, solved
from lesson_engine.filters.lattice.valuesets import contains
from lesson_engine.filters.program import Calculation, Constant, Load, Value

BYTE = Load(None, 0, 1)
CASES = [
    Calculation("+", BYTE, Constant(0xFFFFFFF0)),
    Calculation("-", BYTE, Constant(20)),
    Calculation("-", Constant(20), BYTE),
    Calculation(">>", BYTE, Constant(3)),
    Calculation("<<", BYTE, Constant(2)),
    Calculation(">>", Calculation("&", BYTE, Constant(0xF0)), Constant(2)),
    Calculation("-", Calculation("<<", Calculation("&", BYTE, Constant(0x0F)), Constant(2)), Constant(21)),
]


@pytest.mark.parametrize("value", CASES, ids=str)
@pytest.mark.parametrize("numbers", [((0, 5),), ((20, 20),), ((3, 9), (0xFFFFFFF0, 0xFFFFFFFF)), ((40, 100),)])
def test_solutions_are_all_and_only_those(value: Value, numbers: tuple[tuple[int, int], ...]) -> None:
    solution = solved(value, numbers)
    assert solution is not None
    bits, wanted = solution
    for byte in range(256):
        found = number(value, bytes((byte,)), 1)
        assert found is not None
        assert contains(wanted, byte & bits.mask) == contains(numbers, found)


def test_two_loads_are_not_solved() -> None:
    assert solved(Calculation("+", BYTE, Load(None, 1, 1)), ((1, 1),)) is None


def test_constants_are_folded_modulo_32_bits() -> None:
    assert folded(Calculation("-", Constant(3), Constant(5))) == Constant(0xFFFFFFFE)
    # Division by zero is for each packet to find out.
    division = Calculation("/", Constant(4), Calculation("-", Constant(1), Constant(1)))
    assert folded(division) == Calculation("/", Constant(4), Constant(0))
    assert as_bits(Calculation("&", Constant(12), Calculation("&", BYTE, Constant(6)))) == (BYTE, 4)
