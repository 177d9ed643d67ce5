"""Sets of numbers as intervals, against Python's own sets."""

from hypothesis import given
from hypothesis import strategies as st

from lesson_engine.filters.lattice.valuesets import (
    ValueSet,
    contains,
    from_intervals,
    meet,
    minus,
    nearest,
    sample,
    size,
    union,
)

SMALL = st.sets(st.integers(0, 40))


def as_values(numbers: set[int]) -> ValueSet:
    return from_intervals([(number, number) for number in numbers])


def as_set(values: ValueSet) -> set[int]:
    return {number for low, high in values for number in range(low, high + 1)}


@given(SMALL, SMALL)
def test_operations_are_those_of_sets(first: set[int], second: set[int]) -> None:
    one, other = as_values(first), as_values(second)
    assert as_set(meet(one, other)) == first & second
    assert as_set(minus(one, other)) == first - second
    assert as_set(union(one, other)) == first | second
    assert size(one) == len(first)
    assert {number for number in range(41) if contains(one, number)} == first


@given(SMALL, SMALL)
def test_equal_sets_are_equal_tuples(first: set[int], second: set[int]) -> None:
    assert meet(as_values(first), as_values(second)) == as_values(first & second)
    assert minus(as_values(first), as_values(second)) == as_values(first - second)
    assert union(as_values(first), as_values(second)) == as_values(first | second)


@given(SMALL.filter(bool), st.integers(0, 40))
def test_the_nearest_is_nearest_and_samples_are_members(numbers: set[int], wanted: int) -> None:
    values = as_values(numbers)
    assert abs(nearest(values, wanted) - wanted) == min(abs(number - wanted) for number in numbers)
    assert set(sample(values, wanted)) <= numbers
