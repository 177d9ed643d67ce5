"""The lattice on filters and their mutants, with libpcap as the judge over random packets and the proofs."""

import random

import pytest
from filter_oracle import Oracle, RefusedError
from lattice_pairs import Pairs

from lesson_engine.filters import Filter
from lesson_engine.filters.evaluate import number, verdict
from lesson_engine.filters.lattice import Relation, compare
from lesson_engine.filters.lattice.abstraction import Abstraction
from lesson_engine.filters.lattice.concretion import Concretion
from lesson_engine.filters.lattice.conditions import FALSE, FAULT, TRUE, Cell, Condition
from lesson_engine.filters.program import Value
from lesson_engine.packets.linktype import EN10MB

SEED = 20
PAIRS = 250
PACKETS = 1500
ALLOWED: dict[Relation, set[tuple[bool, bool]]] = {
    "equivalent": {(True, True)},
    "wider": {(True, True), (True, False)},
    "narrower": {(True, True), (False, True)},
    "overlapping": {(True, True), (True, False), (False, True)},
    "disjoint": {(True, False), (False, True)},
}
NEITHER = (False, False)


def oracles(pairs: Pairs) -> tuple[str, str, Oracle, Oracle]:
    """A pair that libpcap accepts."""
    while True:
        a, b = pairs.pair()
        try:
            return a, b, Oracle(a, EN10MB), Oracle(b, EN10MB)
        except RefusedError:
            continue


@pytest.mark.needs("libpcap")
def test_no_packet_contradicts_a_proven_relation() -> None:
    pairs = Pairs(SEED)
    packets = [pairs.packet() for _ in range(PACKETS)]
    unproven = 0
    for _ in range(PAIRS):
        a, b, matches_a, matches_b = oracles(pairs)
        found = compare(Filter(a), Filter(b))
        for proof in found.proofs:
            verdicts = matches_a.matches(proof.data), matches_b.matches(proof.data)
            assert verdicts == (proof.matched_by == "a", proof.matched_by == "b"), (a, b, proof.data.hex())
        if not found.complete:
            unproven += 1
            continue
        seen = {(matches_a.matches(packet), matches_b.matches(packet)) for packet in packets}
        assert seen - {NEITHER} <= ALLOWED[found.relation], (a, b, found.relation)
    # Nearly all filters of the kind that learners write can be told for certain.
    assert unproven <= PAIRS // 50


@pytest.mark.parametrize("kind", [Abstraction, Concretion])
def test_conditions_say_of_a_frame_what_the_program_says(kind: type[Abstraction]) -> None:
    pairs = Pairs(SEED)
    frames = [pairs.packet() for _ in range(100)]
    for _ in range(150):
        program = Filter(pairs.filter()).program(EN10MB)
        made = kind([program])
        condition = made.condition(program)
        for frame in pairs.chance.sample(frames, 8):
            expected = {True: TRUE, False: FALSE, None: FAULT}[verdict(program, frame, len(frame))]
            assert told(made, condition, frame, pairs.chance) is expected, (str(program), frame.hex())


def told(made: Abstraction, condition: Condition, frame: bytes, chance: random.Random) -> Condition:
    """What is left of a condition when its cells are those of a frame, told in any order."""
    known: set[Cell] = set()
    while condition.cells:
        cell = chance.choice(sorted(condition.cells - known, key=lambda cell: cell.number))
        known.add(cell)
        value = cell_of(cell, frame)
        settled = made.conditions.settled
        condition = made.conditions.narrow(condition, cell, ((value, value),))
        if made.conditions.settled != settled:
            known.clear()
    return condition


def cell_of(cell: Cell, frame: bytes) -> int:
    """The value of a cell in a frame; of what lies beyond its end, any."""
    start = number(cell.region, frame, len(frame)) if isinstance(cell.region, Value) else 0
    if cell.kind == "calculation":
        return start or 0
    if cell.kind == "length":
        return 0 if start is None else max(0, len(frame) - start)
    bits = 8 * len(frame) - 8 * (start or 0) - cell.start - cell.width
    return int.from_bytes(frame, "big") >> bits & (1 << cell.width) - 1 if start is not None and bits >= 0 else 0
