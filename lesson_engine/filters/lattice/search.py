"""How two filters relate: equivalent, wider, narrower, overlapping or disjoint, proven, with packets that show it.

The search begins with the class of all whole Ethernet frames and asks what the evaluation of either filter comes
to first, splitting the class by the answer, until both filters have a verdict on a class or cannot differ on it.
The most ordinary classes come first, so that the first frame to tell the filters apart is one that a learner can
read. Every difference is confirmed on a real frame by the ordinary evaluator. "Equivalent" is a proof where
`complete` says so. Frames are whole: not cut by a snapshot length, and long enough for the headers they claim to
have (Ethernet, VLAN, IPv4 with options, IPv6, ARP, TCP, UDP, SCTP, ICMP); a payload may be missing, and a filter
that reads into it then ends there, as in libpcap. Ethernet only.

>>> from lesson_engine.filters import Filter
>>> compare(Filter("port 80"), Filter("tcp port 80")).relation
'wider'
>>> compare(Filter("not (ip or arp)"), Filter("not arp and not ip"))[:2]
('equivalent', True)
"""

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from lesson_engine.filters.evaluate import predicate
from lesson_engine.filters.lattice.abstraction import Abstraction
from lesson_engine.filters.lattice.conditions import (
    TRUE,
    Cell,
    Condition,
    Deferred,
    Every,
    OneOf,
    can_match,
    first_question,
)
from lesson_engine.filters.lattice.crafting import Crafter
from lesson_engine.filters.lattice.valuesets import ValueSet, meet, minus, sample, size
from lesson_engine.filters.program import Always, Test
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

PARTS_LIMIT = 100_000
CLASSES_LIMIT = 2_000
"""How many parts of conditions, and how many classes, a search may look at: some tenths of a second."""


WALKS = 50
"""How often the search goes on at random where it was too much: about a tenth of a second."""

LISTED = 64
"""A cell whose very value matters is split into all its values, up to this many; of more, some are tried."""


def compare(a: "Filter", b: "Filter", *, within: "Filter | None" = None) -> Comparison:
    """How filter `a` relates to filter `b` on Ethernet packets; with `within`, on those that it matches.

    Two filters that match nothing are equivalent. Disjoint filters have no packet in common and each matches
    some; a filter that matches nothing is narrower than one that matches something. Raises FilterSyntaxError
    if a filter cannot be used on Ethernet.
    """
    domain = Always(True) if within is None else within.program(EN10MB)
    search = _Search(a.program(EN10MB), b.program(EN10MB), domain)
    complete = search.run()
    frames = search.found
    proofs = [ProofPacket("a", frames[ONLY_A])] if ONLY_A in frames else []
    proofs += [ProofPacket("b", frames[ONLY_B])] if ONLY_B in frames else []
    return Comparison(_RELATIONS[frozenset(frames)], complete, search.tried, tuple(proofs))


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
        self._programs = [a, b, domain]
        self._a, self._b, self._in_domain = predicate(a), predicate(b), predicate(domain)
        self._wanted: set[Kind] = {BOTH, ONLY_A, ONLY_B}

    def run(self) -> bool:
        """Search until all there is was found; False if something may have been missed."""
        exhausted = self._explore(Abstraction(self._programs))
        if exhausted:
            # What the abstraction rules out cannot be; what it allows and no frame showed is looked at closely.
            self._wanted &= self._doubtful
        if exhausted and self._wanted:
            from lesson_engine.filters.lattice.concretion import Concretion

            concretion = Concretion(self._programs)
            exhausted = self._explore(concretion) and not (self._sampled or concretion.sampled)
        return exhausted or not self._wanted

    def _explore(self, abstraction: Abstraction) -> bool:
        """Look for a frame of each kind wanted, among the classes `abstraction` has. False if that was too much."""
        self._conditions = abstraction.conditions
        self._crafter = Crafter(set().union(*abstraction.types.values()))
        self._doubtful: set[Kind] = set()
        self._sampled = False
        self._queue: list[tuple[int, int, _Class]] = []
        self._seen: set[tuple[object, ...]] = set()
        self._pushed = 0
        a, b, domain = map(abstraction.condition, self._programs)
        domain = self._conditions.every([domain, abstraction.whole()])
        everything = _Class({}, a, b, domain, self._crafter.oddness())
        self._push(everything)
        last = self.tried + CLASSES_LIMIT
        while self._queue and self._wanted:
            if self._conditions.visited > PARTS_LIMIT or self.tried > last:
                self._wander(everything)
                return False
            self._examine(heappop(self._queue)[2])
        return True

    def _wander(self, everything: _Class) -> None:
        """Answer questions at random until both filters have a verdict, again and again."""
        from random import Random

        chance = Random(0)
        for _ in range(WALKS):
            frames: _Class | None = everything
            while frames is not None and (kinds := self._possible(frames.a, frames.b) & self._wanted):
                known, *parts, _ = frames
                undecided = next((part for part in parts if part.cells and can_match(part)), None)
                if undecided is None:
                    self.tried += 1
                    self._confirm(kinds.pop(), known)
                    break
                cell, answers = self._ask(known, first_question(undecided))
                frames = self._part(frames, cell, chance.choice([values for values in answers if values]))

    def _push(self, frames: _Class) -> None:
        self._pushed += 1
        heappush(self._queue, (min(frames.oddness), self._pushed, frames))

    def _examine(self, frames: _Class) -> None:
        known, a, b, domain, _ = frames
        if not (kinds := self._possible(a, b) & self._wanted):
            return
        self.tried += 1
        undecided = next((part for part in (a, b, domain) if part.cells and can_match(part)), None)
        if undecided is None:
            (kind,) = kinds
            self._confirm(kind, known)
            return
        depends = a.cells | b.cells | domain.cells
        if any(cell.kind in ("calculation", "chain") for cell in depends | known.keys()):
            # Whether a frame has this number may depend on cells that are no longer asked about.
            depends |= known.keys()
        key = (a, b, domain, *[(cell, known[cell]) for cell in sorted(depends, key=_number) if cell in known])
        if key in self._seen:
            return
        self._seen.add(key)
        cell, answers = self._ask(known, first_question(undecided))
        for values in answers:
            if (part := self._part(frames, cell, values)) is not None:
                self._push(part)

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

    def _ask(self, known: dict[Cell, ValueSet], question: OneOf | Deferred) -> tuple[Cell, list[ValueSet]]:
        """The cell a question is about, and the sets of its values that make a difference."""
        if isinstance(question, OneOf):
            values = known.get(question.cell, question.cell.full)
            return question.cell, [meet(values, question.allowed), minus(values, question.allowed)]
        cell = min(question.cells, key=lambda cell: (size(known.get(cell, cell.full)), cell.number))
        values = known.get(cell, cell.full)
        if size(values) <= LISTED:
            numbers = [number for low, high in values for number in range(low, high + 1)]
        else:
            self._sampled = True
            numbers = sample(values, self._crafter.ordinary(cell))
        return cell, [((number, number),) for number in numbers]

    def _part(self, frames: _Class, cell: Cell, values: ValueSet) -> _Class | None:
        """The part of a class that has one of `values` in `cell`; None if it is outside the domain, or empty."""
        narrow = self._conditions.narrow
        known, a, b, domain, oddness = frames
        known = known.copy()
        pending = [(cell, values)]
        while pending:
            cell, values = pending[0]
            before = known.get(cell, cell.full)
            known[cell] = values = meet(before, values)
            if not values:
                return None
            oddness = self._crafter.odder(oddness, cell, before, values)
            settled = self._conditions.settled
            # Even where the values stay the same: parts put together since may just now be seen to be true of them.
            a, b, domain = narrow(a, cell, values), narrow(b, cell, values), narrow(domain, cell, values)
            while settled != self._conditions.settled:
                settled = self._conditions.settled
                for other in known.keys() & (a.cells | b.cells | domain.cells):
                    its = known[other]
                    a, b, domain = narrow(a, other, its), narrow(b, other, its), narrow(domain, other, its)
            # What the domain asks of single cells holds for all frames that count.
            parts = domain.parts if isinstance(domain, Every) else (domain,)
            pending = [(part.cell, part.allowed) for part in parts if isinstance(part, OneOf)]
        return _Class(known, a, b, domain, oddness) if can_match(domain) else None

    def _confirm(self, kind: Kind, known: dict[Cell, ValueSet]) -> None:
        frame = self._crafter.craft(known)
        length = len(frame)
        if self._in_domain(frame, length) and (self._a(frame, length), self._b(frame, length)) == kind:
            self.found[kind] = frame
            self._wanted.discard(kind)
        else:
            self._doubtful.add(kind)


def _number(cell: Cell) -> int:
    return cell.number
