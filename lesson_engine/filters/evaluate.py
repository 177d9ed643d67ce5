"""Evaluating programs over packets: one packet's bytes as ints, or a capture's columns as arrays.

`predicate` makes a function of one packet, out of closures: a load beyond the captured bytes raises, and what
raised does not match. `outcome` computes, for all packets of a capture at once, two masks: matched, and out of
bounds. The two agree by construction of their three-valued logic (true, false, out of bounds, where the first
decides), and tests hold them to libpcap. Knows nothing of syntax or link types.

>>> from lesson_engine.filters.program import Compare, Constant, Load
>>> is_ip = predicate(Compare(Load(None, 12, 2), "=", Constant(0x0800)))
>>> is_ip(bytes(12) + b"\\x08\\x00", 14), is_ip(bytes(12), 12)
(True, False)
"""

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

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
from lesson_engine.packets.fields import BEYOND, WORD, calculate, follow_chain, load

if TYPE_CHECKING:
    from lesson_engine.packets.columns import CaptureColumns, Outcome

Predicate: TypeAlias = Callable[[bytes, int], bool]
"""A function of a packet's captured bytes and its original length."""
Number: TypeAlias = Callable[[bytes, int], int]

RELATIONS: dict[Relational, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def predicate(test: Test) -> Predicate:
    """A function that says of one packet whether it matches. It never raises."""
    asks = _asks(test)

    def matches(data: bytes, original_length: int) -> bool:
        try:
            return asks(data, original_length)
        except BEYOND:
            return False

    return matches


def verdict(test: Test, data: bytes, original_length: int) -> bool | None:
    """True, false, or None where the evaluation ran beyond the captured bytes (or divided by zero)."""
    try:
        return _asks(test)(data, original_length)
    except BEYOND:
        return None


def number(value: Value, data: bytes, original_length: int) -> int | None:
    """The value in this packet, or None where it lies beyond the captured bytes."""
    try:
        return _number(value)(data, original_length)
    except BEYOND:
        return None


def _asks(test: Test) -> Predicate:
    match test:
        case All(parts=parts):
            return _all(tuple(map(_asks, parts)))
        case Either(parts=parts):
            return _either(tuple(map(_asks, parts)))
        case Negation(part=part):
            denied = _asks(part)
            return lambda data, length: not denied(data, length)
        case Compare(left=Load(base=None, offset=offset, size=size), relation="=", right=Constant(number=wanted)):
            return _load_is(offset, size, wanted)
        case Compare(left=left, relation=relation, right=Constant(number=wanted)):
            return _compared(_number(left), RELATIONS[relation], wanted)
        case Compare(left=left, relation=relation, right=right):
            first, compare, second = _number(left), RELATIONS[relation], _number(right)
            return lambda data, length: compare(first(data, length), second(data, length))
        case Always(truth=truth):
            return lambda data, length: truth
        case HeaderChain(version=version, offset=offset, protocol=protocol):
            return lambda data, length: follow_chain(data, version, offset, protocol)
    raise TypeError(f"{type(test).__name__} is no test")


def _all(parts: tuple[Predicate, ...]) -> Predicate:
    if len(parts) == 2:
        first, second = parts
        return lambda data, length: first(data, length) and second(data, length)

    def every(data: bytes, length: int) -> bool:
        for part in parts:  # noqa: SIM110  # all() of a generator takes twice the time
            if not part(data, length):
                return False
        return True

    return every


def _either(parts: tuple[Predicate, ...]) -> Predicate:
    if len(parts) == 2:
        first, second = parts
        return lambda data, length: first(data, length) or second(data, length)

    def some(data: bytes, length: int) -> bool:
        for part in parts:  # noqa: SIM110  # any() of a generator takes twice the time
            if part(data, length):
                return True
        return False

    return some


def _load_is(offset: int, size: int, wanted: int) -> Predicate:
    """The commonest test of all, without a call in it."""
    if size == 1:
        return lambda data, length: data[offset] == wanted
    if size == 2:
        # Compared from the high byte on, but the low one must be there too.
        low = offset + 1
        return lambda data, length: data[low] | data[offset] << 8 == wanted
    found = load(offset, size)
    return lambda data, length: found(data) == wanted


def _compared(first: Number, compare: Callable[[int, int], bool], wanted: int) -> Predicate:
    return lambda data, length: compare(first(data, length), wanted)


def _number(value: Value) -> Number:
    match value:
        case Constant(number=constant):
            return lambda data, length: constant
        case WireLength():
            return lambda data, length: length
        case Load(base=None, offset=offset, size=size):
            found = load(offset, size)
            return lambda data, length: found(data)
        case Load(base=Value() as base, offset=offset, size=size):
            start = _number(base)
            return lambda data, length: load(start(data, length) + offset, size)(data)
        case Calculation(operator="&", left=left, right=Constant(number=mask)):
            masked = _number(left)
            return lambda data, length: masked(data, length) & mask
        case Calculation(operator=sign, left=left, right=right):
            first, calculated, second = _number(left), calculate(sign), _number(right)
            return lambda data, length: calculated(first(data, length), second(data, length)) & WORD
        case Choice(test=test, then=then, otherwise=otherwise):
            asks, yes, no = _asks(test), _number(then), _number(otherwise)
            return lambda data, length: yes(data, length) if asks(data, length) else no(data, length)
    raise TypeError(f"{type(value).__name__} is no value")


def outcome(test: Test, columns: "CaptureColumns") -> "Outcome":
    """Which packets of a capture match, and on which the evaluation runs out of bounds.

    What was computed for a part of a filter is kept in `columns` and serves later filters.
    """
    from lesson_engine.filters.arrays import ArrayEvaluation

    return ArrayEvaluation(columns).outcome(test)
