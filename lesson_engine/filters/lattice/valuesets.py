"""Sets of unsigned numbers as sorted intervals: what a part of a packet may still be.

A `ValueSet` is a tuple of (low, high) pairs, both ends within, sorted, with a gap between neighbours; so equal
sets are equal tuples. Knows nothing of packets.

>>> minus(((0, 65535),), union(((80, 80),), ((81, 90),)))
((0, 79), (91, 65535))
"""

from typing import TypeAlias

ValueSet: TypeAlias = tuple[tuple[int, int], ...]


def meet(first: ValueSet, second: ValueSet) -> ValueSet:
    """The numbers in both."""
    found = []
    others = iter(second)
    other = next(others, None)
    for low, high in first:
        while other is not None and other[1] < low:
            other = next(others, None)
        while other is not None and other[0] <= high:
            found.append((max(low, other[0]), min(high, other[1])))
            if other[1] > high:
                break
            other = next(others, None)
    return tuple(found)


def minus(first: ValueSet, second: ValueSet) -> ValueSet:
    """The numbers in `first` and not in `second`."""
    found = []
    for low, high in first:
        start = low
        for other_low, other_high in second:
            if other_high < start:
                continue
            if other_low > high:
                break
            if other_low > start:
                found.append((start, other_low - 1))
            start = other_high + 1
        if start <= high:
            found.append((start, high))
    return tuple(found)


def union(first: ValueSet, second: ValueSet) -> ValueSet:
    """The numbers in either."""
    return from_intervals([*first, *second])


def from_intervals(intervals: list[tuple[int, int]]) -> ValueSet:
    """The numbers in any of these intervals, which may touch and overlap."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            if high > found[-1][1]:
                found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return tuple(found)


def contains(values: ValueSet, number: int) -> bool:
    """Whether `number` is one of them."""
    return any(low <= number <= high for low, high in values)


def size(values: ValueSet) -> int:
    """How many there are."""
    return sum(high - low + 1 for low, high in values)


def nearest(values: ValueSet, number: int) -> int:
    """The one of them closest to `number`; the larger of two. Raises ValueError if there is none."""
    ends = [min(max(number, low), high) for low, high in values]
    return min(ends, key=lambda end: (abs(end - number), -end))


def sample(values: ValueSet, around: int) -> list[int]:
    """Up to three of them: the one closest to `around`, another close to it, and the smallest."""
    return list(dict.fromkeys((nearest(values, around), nearest(values, around + 1), values[0][0])))
