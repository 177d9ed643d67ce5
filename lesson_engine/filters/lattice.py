"""How two filters relate: equivalent, wider, narrower, overlapping or disjoint, proven, with packets that show it.

The search begins with the class of all whole Ethernet frames and asks what the evaluation of either filter comes
to first, splitting the class by the answer, until both filters have a verdict on a class or cannot differ on it.
The most ordinary classes come first, so that the first frame to tell the filters apart is one that a learner can
read. Every difference is confirmed on a real frame by the ordinary evaluator. "Equivalent" is a proof where
`complete` says so. Frames are whole: as long as their headers say they are, and not cut by a snapshot length.
Ethernet only.

>>> from lesson_engine.filters import Filter
>>> compare(Filter("port 80"), Filter("tcp port 80")).relation
'wider'
>>> compare(Filter("not (ip or arp)"), Filter("not arp and not ip"))[:2]
('equivalent', True)
"""

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from lesson_engine.filters.abstraction import Abstraction
from lesson_engine.filters.conditions import (
    TRUE,
    Cell,
    Condition,
    Every,
    OneOf,
    can_match,
    first_question,
)
from lesson_engine.filters.crafting import Crafter
from lesson_engine.filters.evaluate import predicate
from lesson_engine.filters.program import Always, Test
from lesson_engine.filters.valuesets import ValueSet, meet, minus
from lesson_engine.packets.linktype import EN10MB

if TYPE_CHECKING:
    from lesson_engine.filters import Filter

Relation = Literal["equivalent", "wider", "narrower", "overlapping", "disjoint"]


class ProofPacket(NamedTuple):
    """An Ethernet frame that exactly one of two filters matches, and which."""

    matched_by: Literal["a", "b"]
    data: bytes


class Comparison(NamedTuple):
    """How filter a stands to filter b: a is `relation` than, to or from b.

    `complete` says that the relation is proven, not only tested. `packets_tried` counts the classes of packets
    that were told apart. `proofs` are packets that one filter matches and the other does not, at most one for
    each side; the side of a comes first.
    """

    relation: Relation
    complete: bool
    packets_tried: int
    proofs: tuple[ProofPacket, ...]


Kind: TypeAlias = tuple[bool, bool]
"""Whether a matches, and whether b does."""
BOTH, ONLY_A, ONLY_B = (True, True), (True, False), (False, True)

_RELATIONS: dict[frozenset[Kind], Relation] = {
    frozenset(): "equivalent",
    frozenset({BOTH}): "equivalent",
    frozenset({ONLY_A}): "wider",
    frozenset({BOTH, ONLY_A}): "wider",
    frozenset({ONLY_B}): "narrower",
    frozenset({BOTH, ONLY_B}): "narrower",
    frozenset({ONLY_A, ONLY_B}): "disjoint",
    frozenset({BOTH, ONLY_A, ONLY_B}): "overlapping",
}

WORK_LIMIT = 150_000
"""How many parts of conditions a search may look at: under a second."""


def compare(a: "Filter", b: "Filter", *, within: "Filter | None" = None) -> Comparison:
    """How filter `a` relates to filter `b` on Ethernet packets; with `within`, on those that it matches.

    Two filters that match nothing are equivalent. Disjoint filters have no packet in common and each matches
    some; a filter that matches nothing is narrower than one that matches something. Raises FilterSyntaxError
    if a filter cannot be used on Ethernet.
    """
    domain = Always(True) if within is None else within.program(EN10MB)
    search = _Search(a.program(EN10MB), b.program(EN10MB), domain)
    search.run()
    frames = search.found
    proofs = [ProofPacket("a", frames[ONLY_A])] if ONLY_A in frames else []
    proofs += [ProofPacket("b", frames[ONLY_B])] if ONLY_B in frames else []
    return Comparison(_RELATIONS[frozenset(frames)], search.complete, search.tried, tuple(proofs))


class _Class(NamedTuple):
    """A class of frames: what is known of their cells, and what remains of the conditions."""

    known: dict[Cell, ValueSet]
    a: Condition
    b: Condition
    domain: Condition
    oddness: list[int]


class _Search:
    """The search for a frame of each kind that matters: `found` has those that exist."""

    def __init__(self, a: Test, b: Test, domain: Test) -> None:
        self.found: dict[Kind, bytes] = {}
        self.tried = 0
        self.complete = True
        self._doubtful: set[Kind] = set()
        self._a, self._b, self._in_domain = predicate(a), predicate(b), predicate(domain)
        abstraction = Abstraction([a, b, domain])
        self._conditions = abstraction.conditions
        self._crafter = Crafter()
        first = abstraction.condition(a), abstraction.condition(b), abstraction.condition(domain)
        self._queue: list[tuple[int, int, _Class]] = []
        self._seen: set[tuple[object, ...]] = set()
        self._pushed = 0
        domain_condition = self._conditions.every([first[2], abstraction.whole()])
        self._push(_Class({}, first[0], first[1], domain_condition, self._crafter.oddness()))

    def run(self) -> None:
        """Search until nothing is left that matters."""
        while self._queue:
            if self._conditions.visited > WORK_LIMIT:
                self.complete = False
                break
            self._examine(heappop(self._queue)[2])
        if self._doubtful - self.found.keys():
            self.complete = False

    def _push(self, frames: _Class) -> None:
        self._pushed += 1
        heappush(self._queue, (min(frames.oddness), self._pushed, frames))

    def _examine(self, frames: _Class) -> None:
        known, a, b, domain, _ = frames
        if not (kinds := self._possible(a, b) - self.found.keys()):
            return
        depends = sorted(a.cells | b.cells | domain.cells, key=_number)
        key = (a, b, domain, *[(cell, known[cell]) for cell in depends if cell in known])
        if key in self._seen:
            return
        self._seen.add(key)
        self.tried += 1
        for condition in (a, b, domain):
            if condition.cells and can_match(condition):
                question = first_question(condition)
                for values in self._answers(known, question):
                    self._narrow(frames, question.cell, values)
                return
        (kind,) = kinds
        self._confirm(kind, known)

    def _possible(self, a: Condition, b: Condition) -> set[Kind]:
        """The kinds of frame, beside those neither filter matches, that may be in the class."""
        kinds = set()
        a_can, b_can = can_match(a), can_match(b)
        if a_can and b_can:
            kinds.add(BOTH)
        if a is not b:
            if a_can and b is not TRUE:
                kinds.add(ONLY_A)
            if b_can and a is not TRUE:
                kinds.add(ONLY_B)
        return kinds

    def _answers(self, known: dict[Cell, ValueSet], question: OneOf) -> list[ValueSet]:
        values = known.get(question.cell, question.cell.full)
        return [meet(values, question.allowed), minus(values, question.allowed)]

    def _narrow(self, frames: _Class, cell: Cell, values: ValueSet) -> None:
        """Queue the part of a class that has one of `values` in `cell`."""
        narrow = self._conditions.narrow
        known, a, b, domain, oddness = frames
        known = known.copy()
        pending = [(cell, values)]
        while pending:
            cell, values = pending.pop()
            before = known.get(cell, cell.full)
            values = meet(before, values)
            if not values:
                return
            if values == before:
                continue
            known[cell] = values
            oddness = self._crafter.odder(oddness, cell, before, values)
            a, b, domain = narrow(a, cell, values), narrow(b, cell, values), narrow(domain, cell, values)
            # What the domain asks of single cells holds for all frames that count.
            parts = domain.parts if isinstance(domain, Every) else (domain,)
            pending += [(part.cell, part.allowed) for part in parts if isinstance(part, OneOf)]
        if can_match(domain):
            self._push(_Class(known, a, b, domain, oddness))

    def _confirm(self, kind: Kind, known: dict[Cell, ValueSet]) -> None:
        frame = self._crafter.craft(known)
        length = len(frame)
        if self._in_domain(frame, length) and (self._a(frame, length), self._b(frame, length)) == kind:
            self.found[kind] = frame
        else:
            self._doubtful.add(kind)


def _number(cell: Cell) -> int:
    return cell.number
