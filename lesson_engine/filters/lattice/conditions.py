"""Conditions on the parts of a frame that are not known yet, and what is left of them as parts become known.

A `Cell` is a part of a frame that can have any of a range of values, whatever the other cells have. A condition
is true, false or a fault (a load beyond the frame, a division by zero), by the values of its cells; as in
`program`, its parts are evaluated in order, the first that decides ends it, and a fault ends the whole. `narrow`
gives what remains of a condition once a cell is known better. Conditions are made by one `Conditions`, which
makes equal ones once: equal conditions are the same object.

>>> made = Conditions()
>>> port = Cell(0, "bits", None, 272, 16)
>>> either = made.any_of([made.one_of(port, ((80, 80),)), made.one_of(port, ((443, 443),))])
>>> either.allowed
((80, 80), (443, 443))
>>> made.narrow(either, port, ((80, 80),)) is TRUE, made.narrow(either, port, ((81, 442),)) is FALSE
(True, True)
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Literal, TypeAlias

from lesson_engine.filters.lattice.valuesets import ValueSet, meet, minus, union
from lesson_engine.filters.program import HeaderChain, Value

Settle: TypeAlias = "Callable[[Cell, int], Condition]"
CellKind = Literal["bits", "length", "calculation", "chain"]


LONGEST = 65535 + 14
"""Bytes in the longest frame: the longest IP packet, and an Ethernet header."""


class Cell:
    """A part of a frame with a value of its own, 0 <= value < 2**width. Cells are equal if they are the same.

    `kind` "bits": `width` bits at bit `start` of `region`, which is the frame (None) or begins at a computed
    place (a Value). "length": how many bytes lie behind the beginning of `region`. "calculation": the number
    `region` itself. "chain": how a `protochain` ends, 1 true, 0 false, 2 beyond the frame. Questions about cells
    of a smaller `number` are asked first.
    """

    __slots__ = ("full", "kind", "number", "region", "start", "width")

    def __init__(self, number: int, kind: CellKind, region: Value | HeaderChain | None, start: int, width: int) -> None:
        self.number = number
        self.kind = kind
        self.region = region
        self.start = start
        self.width = width
        self.full: ValueSet = ((0, (1 << width) - 1),)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.region} {self.start}+{self.width}>"


class Condition:
    """Something true, false or a fault. `cells` are those it depends on; `rank` says which comes first."""

    __slots__ = ("can_fault", "cells", "rank")

    def __init__(self, cells: frozenset[Cell], can_fault: bool, rank: tuple[int, int]) -> None:
        self.cells = cells
        self.can_fault = can_fault
        self.rank = rank


class OneOf(Condition):
    """True when the cell's value is an allowed one. It never faults."""

    __slots__ = ("allowed", "cell")

    def __init__(self, cell: Cell, allowed: ValueSet, rank: tuple[int, int]) -> None:
        super().__init__(frozenset((cell,)), False, rank)
        self.cell = cell
        self.allowed = allowed

    def __repr__(self) -> str:
        return f"{self.cell} in {self.allowed}"


class Guard(Condition):
    """A fault unless `check` is true; then as `part`. `check` never faults."""

    __slots__ = ("check", "part")

    def __init__(self, check: Condition, part: Condition, rank: tuple[int, int]) -> None:
        super().__init__(check.cells | part.cells, True, rank)
        self.check = check
        self.part = part


class Deferred(Condition):
    """A condition that cannot be told before more cells have one value each.

    When one of its cells has, it is what `settle` gives for that cell and value.
    """

    __slots__ = ("settle",)

    def __init__(self, cells: frozenset[Cell], settle: Settle, rank: tuple[int, int]) -> None:
        super().__init__(cells, True, rank)
        self.settle = settle


class Series(Condition):
    """Parts evaluated in order: `Every` is true when all are, `AnyOf` when one is."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Condition, ...], rank: tuple[int, int]) -> None:
        cells: frozenset[Cell] = frozenset()
        super().__init__(cells.union(*[part.cells for part in parts]), any(part.can_fault for part in parts), rank)
        self.parts = parts


class Every(Series):
    """True when every part is; the first that is not decides."""

    __slots__ = ()


class AnyOf(Series):
    """True when any part is; the first that is decides."""

    __slots__ = ()


TRUE = Condition(frozenset(), False, (0, 0))
FALSE = Condition(frozenset(), False, (0, 0))
FAULT = Condition(frozenset(), True, (0, 0))
_OPPOSITE = {TRUE: FALSE, FALSE: TRUE, FAULT: FAULT}


class Conditions:
    """Makes conditions, each once, in a form that makes equal what means the same where that is cheap to see."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Condition] = {}
        self.visited = 0
        """How many conditions `narrow` looked at: a measure of the work done that is the same on any machine."""
        self.settled = 0
        """How many deferred conditions were told; what they became knows nothing of other cells yet."""

    def one_of(self, cell: Cell, allowed: ValueSet) -> Condition:
        """True when `cell` has one of the `allowed` values."""
        if not allowed:
            return FALSE
        if allowed == cell.full:
            return TRUE
        key = (cell, allowed)
        if (made := self._made.get(key)) is None:
            made = self._made[key] = OneOf(cell, allowed, (cell.number, len(self._made)))
        return made

    def guard(self, check: Condition, part: Condition) -> Condition:
        """A fault unless `check`, which must not fault itself."""
        if check is TRUE or part is FAULT:
            return part
        if check is FALSE:
            return FAULT
        key = (Guard, check, part)
        if (made := self._made.get(key)) is None:
            made = self._made[key] = Guard(check, part, (check.rank[0], len(self._made)))
        return made

    def deferred(self, cells: Iterable[Cell], settle: Settle, meaning: Hashable) -> Condition:
        """What `settle` gives once one of `cells` is known; equal `meaning`, equal condition."""
        key = (Deferred, meaning)
        if (made := self._made.get(key)) is None:
            waiting = frozenset(cells)
            rank = (min(cell.number for cell in waiting), len(self._made))
            made = self._made[key] = Deferred(waiting, settle, rank)
        return made

    def every(self, parts: Iterable[Condition]) -> Condition:
        """True when every part is."""
        return self._series(Every, parts)

    def any_of(self, parts: Iterable[Condition]) -> Condition:
        """True when any part is."""
        return self._series(AnyOf, parts)

    def opposite(self, condition: Condition) -> Condition:
        """True where the condition is false, false where it is true, a fault where it is one."""
        if isinstance(condition, OneOf):
            return self.one_of(condition.cell, minus(condition.cell.full, condition.allowed))
        if isinstance(condition, Guard):
            return self.guard(condition.check, self.opposite(condition.part))
        if isinstance(condition, Deferred):
            settle = condition.settle
            return self.deferred(
                condition.cells, lambda cell, value: self.opposite(settle(cell, value)), ("not", condition)
            )
        if isinstance(condition, Series):
            other = AnyOf if isinstance(condition, Every) else Every
            return self._series(other, map(self.opposite, condition.parts))
        return _OPPOSITE[condition]

    def narrow(self, condition: Condition, cell: Cell, values: ValueSet) -> Condition:
        """What remains of `condition` when `cell` has one of `values`."""
        return self._narrow(condition, cell, values, {})

    def _narrow(
        self, condition: Condition, cell: Cell, values: ValueSet, done: dict[Condition, Condition]
    ) -> Condition:
        if cell not in condition.cells:
            return condition
        if (known := done.get(condition)) is not None:
            return known
        self.visited += 1
        if isinstance(condition, OneOf):
            left = meet(condition.allowed, values)
            narrowed = TRUE if left == values else self.one_of(cell, left)
        elif isinstance(condition, Guard):
            check = self._narrow(condition.check, cell, values, done)
            narrowed = self.guard(check, self._narrow(condition.part, cell, values, done))
        elif isinstance(condition, Deferred):
            (low, high), *others = values
            if others or low < high:
                return condition
            narrowed = condition.settle(cell, low)
            self.settled += 1
        else:
            assert isinstance(condition, Series)  # the rest have no cells
            kind: type[Series] = type(condition)
            narrowed = self._series(kind, (self._narrow(part, cell, values, done) for part in condition.parts))
        done[condition] = narrowed
        return narrowed

    def _series(self, kind: type[Series], parts: Iterable[Condition]) -> Condition:
        neutral, decisive = (TRUE, FALSE) if kind is Every else (FALSE, TRUE)
        found: list[Condition] = []
        # Parts that cannot fault may change places with one another, up to the next that can.
        run: dict[Condition | Cell, Condition] = {}
        seen: set[Condition] = set()
        for part in self._flat(kind, parts):
            if part is neutral:
                continue
            if part is decisive or part is FAULT:
                if part is decisive:
                    run.clear()
                if part is FAULT or found:
                    run[part] = part
                    found += run.values()
                    run = {}
                    break
                return decisive
            if part.can_fault:
                found += sorted(run.values(), key=_rank)
                run = {}
                if part not in seen:  # evaluated again, it would end the same way
                    seen.add(part)
                    found.append(part)
                continue
            if isinstance(part, OneOf):
                cell = part.cell
                if (other := run.get(cell)) is not None:
                    assert isinstance(other, OneOf)
                    both = meet if kind is Every else union
                    merged = self.one_of(cell, both(other.allowed, part.allowed))
                    if merged is decisive:
                        if not found:
                            return decisive
                        found.append(decisive)
                        run = {}
                        break
                    part = merged
                run[cell] = part
            else:
                run[part] = part
        found += sorted(run.values(), key=_rank)
        if len(found) == 1:
            return found[0]
        if not found:
            return neutral
        key = (kind, *found)
        if (made := self._made.get(key)) is None:
            made = self._made[key] = kind(tuple(found), (found[0].rank[0], len(self._made)))
        return made

    def _flat(self, kind: type[Series], parts: Iterable[Condition]) -> Iterable[Condition]:
        for part in parts:
            if type(part) is kind and isinstance(part, Series):
                yield from part.parts
            else:
                yield part


def _rank(condition: Condition) -> tuple[int, int]:
    return condition.rank


def first_question(condition: Condition) -> OneOf | Deferred:
    """The undecided condition without parts that the evaluation of `condition` comes to first."""
    while not isinstance(condition, OneOf | Deferred):
        if isinstance(condition, Guard):
            condition = condition.check
        else:
            assert isinstance(condition, Series)
            condition = condition.parts[0]
    return condition


def can_match(condition: Condition) -> bool:
    """False if the condition is seen to be true of nothing."""
    if isinstance(condition, Every):
        last = condition.parts[-1]
        return last is not FALSE and last is not FAULT
    return condition is not FALSE and condition is not FAULT
