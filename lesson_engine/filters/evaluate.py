"""Evaluating programs over packets: one packet's bytes as ints, or a capture's columns as arrays.

The program says what is loaded in which order; a carrier only says how. For one packet `predicate` makes a
function out of closures: a load beyond the captured bytes raises, and what raised does not match. For a capture
`outcome` computes two masks, matched and out of bounds: a packet out of bounds stays so, a packet decided is
not asked again, and a part that no packet reaches is not computed. Tests hold the two to each other and to
libpcap. Knows nothing of syntax or link types, and leaves NumPy to `packets.columns`.

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
    from lesson_engine.packets.columns import CaptureColumns, Column, Outcome

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
        case HeaderChain(carries=carries, version=version, offset=offset, protocol=protocol):
            is_ip = _asks(carries)
            return lambda data, length: is_ip(data, length) and follow_chain(data, version, offset, protocol)
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

    What is computed for a part of a filter is kept in `columns` and serves later filters.
    """
    return columns.answer(test, lambda: _outcome(test, columns))


def _outcome(test: Test, columns: "CaptureColumns") -> "Outcome":
    from lesson_engine.packets.columns import Outcome, both, union, without

    match test:
        case All(parts=parts):
            matched, beyond = outcome(parts[0], columns)
            for part in parts[1:]:
                if not matched.any():
                    break
                following = outcome(part, columns)
                beyond = union(beyond, both(following.out_of_bounds, matched))
                matched = matched & following.matched
            return Outcome(matched, beyond)
        case Either(parts=parts):
            matched, beyond = outcome(parts[0], columns)
            for part in parts[1:]:
                following = outcome(part, columns)
                undecided = without(following.out_of_bounds, matched)
                matched = matched | (following.matched if beyond is None else following.matched & ~beyond)
                beyond = union(beyond, undecided)
            return Outcome(matched, beyond)
        case Negation(part=part):
            matched, beyond = outcome(part, columns)
            return Outcome(~matched if beyond is None else ~(matched | beyond), beyond)
        case Compare(left=left, relation=relation, right=right):
            return columns.compare(_column(left, columns), RELATIONS[relation], _column(right, columns))
        case Always(truth=truth):
            return Outcome(columns.all_or_none(truth), None)
        case HeaderChain(carries=carries):
            return _chain(test, outcome(carries, columns), columns)
    raise TypeError(f"{type(test).__name__} is no test")


def _chain(test: HeaderChain, is_ip: "Outcome", columns: "CaptureColumns") -> "Outcome":
    """Packet by packet: each chain has a length of its own."""
    from lesson_engine.packets.columns import Outcome, union

    verdicts = {row: verdict(test, columns.data(row), 0) for row in columns.rows_of(is_ip.matched)}
    matched = columns.mask_of([row for row, answer in verdicts.items() if answer])
    beyond = columns.mask_of([row for row, answer in verdicts.items() if answer is None])
    return Outcome(matched, union(is_ip.out_of_bounds, beyond))


def _column(value: Value, columns: "CaptureColumns") -> "Column":
    from lesson_engine.packets.columns import Column

    match value:
        case Constant(number=constant):
            return Column(constant, None)
        case WireLength():
            return columns.original_lengths
        case Load(base=None, offset=offset, size=size):
            return columns.load(offset, size)
        case Load(base=Value() as base, offset=offset, size=size):
            return columns.load_at(base, lambda: _column(base, columns), offset, size)
        case Calculation(operator=sign, left=left, right=right):
            return columns.calculate(sign, _column(left, columns), _column(right, columns))
        case Choice(test=test, then=then, otherwise=otherwise):
            return columns.choose(outcome(test, columns), _column(then, columns), _column(otherwise, columns))
    raise TypeError(f"{type(value).__name__} is no value")
